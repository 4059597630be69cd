"""`build.py report`: the full report, also when no command is named; it says how many statements wait to be read."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from press.door import publishing
from press.door.building import STAGES, begin, checked, make_full, typesetter_for, write_html
from press.door.caching import cache_of
from press.door.console import Console
from press.door.files import Folder
from press.door.telling import with_project

if TYPE_CHECKING:
    from press.content.report import Report

NAME = "report"
HELP = "build the full report (the default)"


add_options = publishing.add_options


def run(options: argparse.Namespace, console: Console) -> int:
    is_whole = options.until == STAGES[-1]
    return publishing.run(options, console, lambda: (_built if is_whole else _begun)(options, console))


def _begun(options: argparse.Namespace, console: Console) -> Folder:
    from press.editions.edition import FULL

    build = begin(options, console)
    checked(build, FULL)
    if options.until == "compose":
        write_html(build, FULL, {})
    return build.folder


def _built(options: argparse.Namespace, console: Console) -> Folder:
    from press.editions.edition import FULL

    with typesetter_for(FULL, cache_of(options, console)) as typesetter:
        build = begin(options, console)
        checked(build, FULL)
        make_full(build, typesetter)
    if waiting := _waiting(build.report):
        console.note(with_project(f"{waiting} to be read again: `python build.py approve`", options.project))
    return build.folder


def _waiting(report: Report) -> str:
    from press.editions.statements import stale

    count = len({key for key, _ in stale(report)}) if report.editions else 0
    if count == 1:
        return "1 statement of a short edition waits"
    return f"{count} statements of short editions wait" if count else ""
