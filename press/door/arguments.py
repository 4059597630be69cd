"""Arguments: what is typed, as the options of one of the commands in `press.door.commands`.

Nothing slow is imported here, so that `--help` is there at once.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from press.door.commands import COMMANDS, edition, report
from press.door.files import ENGINE

EDITION_NAME = re.compile(r"[a-z][a-z0-9-]*")
EPILOG = """\
A publication of your own begins with `build.py new DIR`. Every command takes `--project DIR` (the publication's
folder; default: this one), before its name or after it, and `--quiet`; `build.py COMMAND --help` tells of its other
options. Without a command the full report is built.

A publication's figures are drawn by its own scripts, which run as programs with your rights:
read figures/*.py before you build what somebody else has sent.
"""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Give the options of a command, and as `run` what runs it; ends the program with 2 for what there is not.

    Without a command the report is meant, and what names no command names a short edition.
    """
    given = _command_first(list(arguments))
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help"}):
        given.insert(0, report.NAME)
    name = given[0]
    if EDITION_NAME.fullmatch(name) and name not in {command.NAME for command in COMMANDS}:
        given[0] = edition.NAME
    return _parser().parse_args(given, argparse.Namespace(edition=name))


def _command_first(given: list[str]) -> list[str]:
    """Put `--project DIR` behind the command, where it stands before."""
    taken = 2 if given[:1] == ["--project"] else 1 if given[:1] and given[0].startswith("--project=") else 0
    is_before = taken and given[taken:] and not given[taken].startswith("-")
    return [given[taken], *given[:taken], *given[taken + 1 :]] if is_before else given


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Build a publication from its structured sources.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    for command in COMMANDS:
        options = commands.add_parser(command.NAME, help=command.HELP)
        options.add_argument(
            "--project",
            type=_project,
            default=ENGINE,
            metavar="DIR",
            help="the publication's folder (default: this one)",
        )
        options.add_argument("--quiet", action="store_true", help="print problems only")
        command.add_options(options)
        options.set_defaults(run=command.run)
    return parser


def _project(text: str) -> Path:
    path = Path(text)
    if not (path / "content" / "report.yaml").is_file():
        raise argparse.ArgumentTypeError(f"{text} holds no publication: there is no content/report.yaml in it")
    return path.resolve()
