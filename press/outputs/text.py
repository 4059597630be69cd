"""Plain lines for a person: place, what, rule, and how to mend it.

    content/digitalisering.yaml:36:57: nothing has the id 'figur-22' [references-known]
        mend: did you mean 'figur-2' or 'figur-8'?

On a terminal the line itself stands between the two, with a caret below the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

from press.errors import Outcome, Problem
from press.outputs.printable import printable
from press.outputs.sources import Sources

_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "note": "\x1b[36m"}
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_CUT = "…"


@dataclass(frozen=True)
class Screen:
    """A terminal: how many characters it is wide, and whether it shows colours."""

    width: int
    is_coloured: bool


def write(outcome: Outcome, sources: Sources, screen: Screen | None = None) -> str:
    """Write every problem; on a screen together with its line."""
    return "".join(_problem(problem, sources, screen) for problem in outcome.problems)


def _problem(problem: Problem, sources: Sources, screen: Screen | None) -> str:
    paint = _paint if screen is not None and screen.is_coloured else _leave
    place, what, mend = (printable(str(part)) for part in (problem.place, problem.what, problem.mend))
    colour = _COLOURS[problem.severity]
    head = f"{paint(f'{place}:', _BOLD)} {paint(problem.mark + what, colour)} {paint(f'[{problem.rule}]', _DIM)}\n"
    line = sources.line(problem.place)
    excerpt = ""
    if screen is not None and line is not None:
        number = str(problem.place.line)
        room = max(screen.width - len(number) - 10, 20)
        shown, before = _window(line, problem.place.column, room)
        caret = f"    {' ' * len(number)} | {' ' * before}{paint('^', colour)}\n" if problem.place.column else ""
        excerpt = f"    {number} | {shown}\n{caret}"
    return f"{head}{excerpt}    mend: {mend}\n"


def _window(line: str, column: int, room: int) -> tuple[str, int]:
    """Cut a line to what there is room for around a column (from 1); second, how many cells stand before it."""
    seen, at = printable(line.rstrip("\r")), len(printable(line[: max(column - 1, 0)]))
    start = max(0, min(at - room // 3, len(seen) - room))
    end = start + room
    shown = (_CUT if start else "") + seen[start:end].rstrip() + (_CUT if end < len(seen) else "")
    return shown, len(_CUT if start else "") + sum(1 + (east_asian_width(c) in "WF") for c in seen[start:at])


def _paint(text: str, colour: str) -> str:
    return f"{colour}{text}{_PLAIN}"


def _leave(text: str, colour: str) -> str:
    return text
