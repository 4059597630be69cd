"""Annotations that GitHub shows beside the line: its workflow commands, one a line."""

from __future__ import annotations

from press.errors import Outcome, Problem
from press.outputs.printable import printable
from press.outputs.sources import Sources

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def write(outcome: Outcome, sources: Sources) -> str:
    """Write an annotation for each problem."""
    return "".join(f"{_annotation(problem.at(sources.in_repository(problem.place)))}\n" for problem in outcome.problems)


def _annotation(problem: Problem) -> str:
    place = problem.place
    where = f"file={_escape(printable(place.file), ':,')},line={max(place.line, 1)},col={max(place.column, 1)}"
    message = _escape(printable(f"{problem.what} – {problem.mend}"))
    return f"::{_LEVELS[problem.severity]} {where},title={_escape(problem.rule, ':,')}::{message}"


def _escape(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
