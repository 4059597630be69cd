"""What finished PDFs have answered, part by part: a part that stands where it stood draws what it drew.

An answer depends on the part, the page that it begins at, the pages of what it names and leads to, and for which
letters its glyphs stand in the file, where other parts have the say; nothing else of a file is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from press.writers.pdf.written import Written

AnswerT = TypeVar("AnswerT")


class Asked:
    """The answers that the last two files gave."""

    def __init__(self) -> None:
        self._before: dict[Any, Any] = {}
        self._now: dict[Any, Any] = {}
        self._letters: Mapping[str, Mapping[int, str]] = {}

    def begin(self, letters: Mapping[str, Mapping[int, str]]) -> None:
        """Go on to another file; what was not asked about the last one is forgotten.

        `letters` says, by the names of fonts, for which letters their glyphs stand.
        """
        self._before, self._now, self._letters = self._now, {}, letters

    def about(
        self, question: str, part: Written, first: int, pages: Mapping[str, int], ask: Callable[[], AnswerT]
    ) -> AnswerT:
        """Give the answer to a question about a part that begins at a page; `pages` holds the page numbers by id."""
        numbers = tuple(pages.get(name) for name in sorted({*part.used, *part.targets}))
        key = (question, part, first, numbers, tuple(self._said_otherwise(part)))
        answer: AnswerT = self._before[key] if key in self._before else self._now[key] if key in self._now else ask()
        self._now[key] = answer
        return answer

    def _said_otherwise(self, part: Written) -> Iterator[tuple[str, int, str]]:
        """Yield the glyphs of a part that stand for other letters than the part itself says."""
        for use in part.fonts:
            letters = self._letters[use.name]
            yield from ((use.name, glyph, letters[glyph]) for glyph, said in use.glyphs if letters[glyph] != said)
