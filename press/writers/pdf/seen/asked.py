"""What finished PDFs have answered, part by part: a part that stands where it stood draws what it drew.

An answer depends on the part, the page that it begins at, the pages of what it names and leads to, and for which
letters its glyphs stand in the file, where other parts have the say; nothing else of a file is asked about. Answers
that find nothing wrong are kept in the cache, for the next command, by the key of the part (`press.writers.pdf.kept`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Generic, TypeVar

from press.cache import Cache, key_of
from press.writers.pdf.written import Written

KIND = "pdf-asked"
AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True)
class Kept(Generic[AnswerT]):
    """How answers to a question are kept."""

    write: Callable[[AnswerT], bytes | None]
    """Write an answer down; None for one that finds something wrong, which is asked for again."""
    read: Callable[[bytes], AnswerT]


class Asked:
    """The answers that the last two files gave, in front of a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._before: dict[Any, Any] = {}
        self._now: dict[Any, Any] = {}
        self._letters: Mapping[str, Mapping[int, str]] = {}
        self._keys: Mapping[Written, str] = {}

    def begin(self, letters: Mapping[str, Mapping[int, str]], keys: Mapping[Written, str]) -> None:
        """Go on to another file; what was not asked about the last one is forgotten.

        `letters` says, by the names of fonts, for which letters their glyphs stand; `keys`, under which key a part is
        kept, if it is.
        """
        self._before, self._now, self._letters, self._keys = self._now, {}, letters, keys

    def about(
        self,
        question: str,
        part: Written,
        first: int,
        pages: Mapping[str, int],
        ask: Callable[[], AnswerT],
        kept: Kept[AnswerT] | None = None,
    ) -> AnswerT:
        """Give the answer to a question about a part that begins at a page; `pages` holds the page numbers by id."""
        numbers = tuple(pages.get(name) for name in sorted({*part.used, *part.targets}))
        depends_on = (question, first, numbers, tuple(self._said_otherwise(part)))
        key = (part, depends_on)
        if key in self._before or key in self._now:
            answer: AnswerT = self._before[key] if key in self._before else self._now[key]
        elif kept is not None and part in self._keys:
            answer = self._found(key_of(self._keys[part], _reader(), repr(depends_on)), ask, kept)
        else:
            answer = ask()
        self._now[key] = answer
        return answer

    def _found(self, key: str, ask: Callable[[], AnswerT], kept: Kept[AnswerT]) -> AnswerT:
        """Give an answer that another process has kept, or ask, and keep it."""
        if (data := self._cache.get(KIND, key)) is not None:
            return kept.read(data)
        answer = ask()
        if (data := kept.write(answer)) is not None:
            self._cache.put(KIND, key, data)
        return answer

    def _said_otherwise(self, part: Written) -> Iterator[tuple[str, int, str]]:
        """Yield the glyphs of a part that stand for other letters than the part itself says."""
        for use in part.fonts:
            letters = self._letters[use.name]
            yield from ((use.name, glyph, letters[glyph]) for glyph, said in use.glyphs if letters[glyph] != said)


@cache
def _reader() -> str:
    """Name who answers, with its version."""
    return f"pypdfium2 {version('pypdfium2')}"
