"""What finished PDFs have answered, part by part: a part that stands where it stood draws what it drew.

An answer depends on the part, the page that it begins at, and the pages of what it names and leads to; nothing else of
a file is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from press.writers.pdf.written import Written

AnswerT = TypeVar("AnswerT")


class Asked:
    """The answers that the last two files gave."""

    def __init__(self) -> None:
        self._before: dict[Any, Any] = {}
        self._now: dict[Any, Any] = {}

    def begin(self) -> None:
        """Go on to another file; what was not asked about the last one is forgotten."""
        self._before, self._now = self._now, {}

    def about(
        self, question: str, part: Written, first: int, pages: Mapping[str, int], ask: Callable[[], AnswerT]
    ) -> AnswerT:
        """Give the answer to a question about a part that begins at a page; `pages` holds the page numbers by id."""
        key = (question, part, first, tuple(pages.get(name) for name in sorted({*part.used, *part.targets})))
        answer: AnswerT = self._before[key] if key in self._before else self._now[key] if key in self._now else ask()
        self._now[key] = answer
        return answer
