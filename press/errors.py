"""The one shape for whatever an author can mend: where, what, and how.

`Problem` is the value that every stage yields; `ReportError` carries one or more of them to the door, which alone
prints. The children of `ReportError` say which folder to open. Any other exception that escapes a stage is a fault of
the engine and keeps its traceback.

This module imports nothing from `press`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, order=True)
class Place:
    """A point in a file of the project. Line and column count from 1; 0 means that none can be named."""

    file: str
    line: int = 0
    column: int = 0

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read `file:line` or `file:line:column`, as `str` writes it; None if it names no line."""
        match = re.fullmatch(r"([^:]+):([0-9]+)(?::([0-9]+))?", text)
        return cls(match[1], int(match[2]), int(match[3] or 0)) if match is not None else None

    def __str__(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True, order=True)
class Problem:
    """One thing for an author to mend."""

    place: Place
    rule: str
    """Id of the check or reader that found it, kebab-case."""
    what: str
    mend: str
    """The author's next edit, with the right choices listed."""
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.mark}{self.what} [{self.rule}]\n    mend: {self.mend}"

    @property
    def mark(self) -> str:
        """What tells a warning or a note from an error, which has no mark."""
        return "" if self.severity == "error" else f"{self.severity}: "

    def as_rule(self, rule: str) -> Problem:
        """Give the same problem as another rule's."""
        return replace(self, rule=rule)

    def at(self, place: Place) -> Problem:
        """Give the same problem another place: the first caller that knows where adds it."""
        return replace(self, place=place)


@dataclass(frozen=True)
class Outcome:
    """What a run of the checks came to."""

    problems: tuple[Problem, ...]
    """By file and line."""
    accepted: tuple[tuple[Problem, str], ...] = ()
    """Problems that a comment accepts, each with its reason."""
    switched_off: tuple[str, ...] = ()
    """Ids of the rules that report.yaml switches off."""
    ran: tuple[str, ...] = ()
    """Ids of the rules that ran; none when the content could not be read."""

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


class ReportError(Exception):
    """Carries the problems that stop a stage, all of one run together."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ContentError(ReportError):
    """Mend something in `content/`."""


class TemplateError(ReportError):
    """Mend something in `templates/`."""


class FigureError(ReportError):
    """Mend something in `figures/` or the data it draws."""


class TypesetError(ReportError):
    """WeasyPrint complained, or a page cannot be made."""


class UndrawableError(ValueError):
    """Something in a figure that would not be shapes; says how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.mend = mend


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by file and line: as comparing them does, and ten times as fast, which a hundred thousand feel."""

    def key(each: Problem) -> tuple[str, int, int, str, str, str, str]:
        place = each.place
        return place.file, place.line, place.column, each.rule, each.what, each.mend, each.severity

    return sorted(problems, key=key)


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Name the known words most like `word`, best first."""
    from difflib import get_close_matches

    return get_close_matches(word, sorted(set(known)), n=most, cutoff=0.5)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Say which known word may have been meant, or `otherwise` if none is near."""
    near = nearest(word, known)
    return f"did you mean {' or '.join(repr(name) for name in near)}?" if near else otherwise
