"""Of what each part was made the last time it was kept, so that it can be said why it is made anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from press.cache import Cache, key_of
from press.document import PAGE_OF, Document, Part
from press.writers.pdf.named import NamedFiles
from press.writers.pdf.written import GUESS

KIND = "pdf-made-of"
FIRST = "first time"
MOVED = "its page numbers are part of something else, and moved"
SIDE = "it begins on the other side of a leaf"
GONE = "what was kept of it is gone"
NOTHING_KEPT = "nothing is kept without a cache"
_TARGET = re.compile(f'{PAGE_OF}="([^"]*)"')

Ingredients = Mapping[str, str]
"""What a part is made of: a hash or a text for each thing, by how its change is told."""


def digits(part: Part, pages: Mapping[str, int]) -> str:
    """Tell how many digits the numbers have that a part prints."""
    return ",".join(str(len(str(pages.get(target, GUESS)))) for target in _TARGET.findall(part.html))


class MadeOf:
    """What the parts of one document are made of, each hashed once; `engine` is the hash of what makes them."""

    def __init__(self, document: Document, engine: str) -> None:
        self.document = document
        self._named = NamedFiles(document)
        self.all_parts = {
            "the style sheet": key_of(document.stylesheet, repr(document.sheets)),
            "a figure or picture": self._files(self._named.of_sheet),
            "words with their breaks": key_of(document.language, "\n".join(document.hyphenation)),
            "the engine or the fonts": engine,
        }
        """What every part is made of."""
        self.shared = key_of(*self.all_parts.values())
        self._parts: dict[Part, Ingredients] = {}

    def part(self, part: Part) -> Ingredients:
        """Say what a part is made of, but for numbers."""
        if part not in self._parts:
            files = self._files(self._named.of_part(part))
            text = key_of(part.id, part.title, part.html)
            self._parts[part] = {"new text": text, **self.all_parts, "a figure or picture": files}
        return self._parts[part]

    def _files(self, names: Iterable[str]) -> str:
        return key_of(*self._named.digests(names))


class History:
    """What the parts of a document were made of before; those of one edition are told from another's by its sheets."""

    def __init__(self, cache: Cache, made_of: MadeOf) -> None:
        self._cache = cache
        self._made_of = made_of
        self._key = key_of(*(name for _, name in made_of.document.sheets))
        self._parts: dict[str, Ingredients] = {}
        with suppress(ValueError, TypeError):
            found = json.loads(cache.get(KIND, self._key) or b"{}")
            self._parts = {str(name): dict(of) for name, of in found.items()}
        self._now: dict[str, Ingredients] = {}

    def why(self, part: Part, first_page: int, pages: Mapping[str, int]) -> str:
        """Say why a part has to be made that is not kept."""
        numbers = f"{digits(part, pages)} {len(str(first_page))}"
        now = {**self._made_of.part(part), "a number of another length": numbers, SIDE: str(first_page % 2)}
        before = self._parts.get(part.id)
        again = part.id in self._now
        self._parts[part.id] = self._now[part.id] = now
        if before is None:
            return FIRST if self._cache.folder is not None else NOTHING_KEPT
        changed = [name for name in now if before.get(name) != now[name]]
        if changed == [SIDE]:
            return SIDE
        return ", ".join(name for name in changed if name != SIDE) or (MOVED if again else GONE)

    def likely(self, part: Part, estimate: int) -> int:
        """Give a first page near an estimate, on the side of the leaf where the part began before."""
        side = self._parts.get(part.id, {}).get(SIDE, str(estimate % 2))
        return estimate if side == str(estimate % 2) else estimate + 1

    def record(self) -> None:
        """Remember what the parts that were made are made of."""
        if self._now:
            self._cache.put(KIND, self._key, json.dumps(self._parts).encode("ascii"))
