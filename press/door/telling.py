"""Problems told: in the format asked for, with the commands that mend them as they are for this publication."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from press.door.console import Console, print_out
from press.door.files import ENGINE, Folder, named
from press.errors import Outcome
from press.outputs import Screen, Sources, totals, write

_COMMAND = re.compile(r"`(?:python )?build\.py(?: [a-z][a-z-]*)?")


def tell(
    outcome: Outcome, options: argparse.Namespace, console: Console, target: tuple[Folder, str] | None = None
) -> None:
    """Write problems into the file named, or to stdout, and to stderr what they come to."""
    console.wipe()
    told = tuple(replace(problem, mend=with_project(problem.mend, options.project)) for problem in outcome.problems)
    outcome = replace(outcome, problems=told)
    sources = Sources(options.project, _repository(options.project))
    text = write(getattr(options, "format", "text"), outcome, sources, None if target else _screen())
    if target is not None:
        folder, name = target
        folder.write(name, text.encode("utf-8"))
    else:
        print_out(text)
    if not outcome.problems:
        console.done(totals(outcome))
    console.sum_up(outcome, totals(outcome) if outcome.problems else "")


def with_project(text: str, project: Path) -> str:
    """Let the commands that a text names be those for this publication, where it is not the engine's own."""
    if project == ENGINE:
        return text
    return _COMMAND.sub(lambda match: f"{match[0]} --project {shlex.quote(named(project))}", text)


def _repository(project: Path) -> Path:
    """Give the top of the repository that a publication is in; without one the folder we are in, if that is above."""
    top = next((folder for folder in (project, *project.parents) if (folder / ".git").exists()), Path.cwd())
    return top if project.is_relative_to(top) else project


def _screen() -> Screen | None:
    """Describe the terminal that stdout is, if it is one."""
    is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(shutil.get_terminal_size().columns, is_coloured) if sys.stdout.isatty() else None
