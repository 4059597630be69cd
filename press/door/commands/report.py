"""`build.py report`: the full report, also when no command is named; it says how many statements wait to be read."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from press.door.building import add_output, add_timings, add_until, begin, checked, make_full, write_html
from press.door.caching import add_cache
from press.door.console import Console
from press.door.exit_codes import DONE
from press.door.telling import with_project

if TYPE_CHECKING:
    from press.content.report import Report

NAME = "report"
HELP = "build the full report (the default)"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    add_cache(parser)
    add_timings(parser)
    add_until(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    from press.editions.edition import FULL

    build = begin(options, console)
    checked(build, FULL)
    if options.until == "compose":
        write_html(build, FULL, {})
    elif options.until != "check":
        make_full(build)
        if waiting := _waiting(build.report):
            console.note(with_project(f"{waiting} to be read again: `python build.py approve`", options.project))
    return DONE


def _waiting(report: Report) -> str:
    from press.editions.statements import stale

    count = len({key for key, _ in stale(report)}) if report.editions else 0
    if count == 1:
        return "1 statement of a short edition waits"
    return f"{count} statements of short editions wait" if count else ""
