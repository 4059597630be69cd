"""`build.py NAME`: a short edition, and the full report first where its pages are not known.

`summary` stands for all of them in the help.
"""

from __future__ import annotations

import argparse

from press.door import publishing
from press.door.console import Console
from press.door.files import Folder

NAME = "summary"
HELP = "build the short edition of this name, or any other in content/editions/"


def add_options(parser: argparse.ArgumentParser) -> None:
    publishing.add_options(parser)
    parser.add_argument(
        "--allow-stale", action="store_true", help="build a copy marked as a draft from statements not yet approved"
    )


def run(options: argparse.Namespace, console: Console) -> int:
    return publishing.run(options, console, lambda: _built(options, console))


def _built(options: argparse.Namespace, console: Console) -> Folder:
    from press.editions.edition import edition_of

    return publishing.build_edition(
        options, console, lambda report: edition_of(report, options.edition), allow_stale=options.allow_stale
    )
