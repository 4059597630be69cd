"""Parts that were made before: found again by everything that they depend on.

A part depends on its HTML, on the document's style sheet, language and hyphenation, on the pictures that it may show
(`named`), on the fonts, on what sets the pages (`versions`), on the modules of this writer, and on how many digits the
numbers have that it prints. Not on the numbers themselves, nor on the page that it begins at: these are filled in when
it is linked. A part that is made up for the side that it begins on is made anew for the other.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from press import document as document_module
from press import errors as errors_module
from press import fonts as fonts_module
from press import pages as pages_module
from press.cache import Cache, key_of
from press.document import Document, Part
from press.errors import Problem
from press.fonts import ALL_FACES
from press.writers import pieces as pieces_module
from press.writers.pdf.made_of import MadeOf, digits
from press.writers.pdf.versions import set_by
from press.writers.pdf.written import Written

KIND = "pdf-part"
SHARED = (document_module, errors_module, fonts_module, pages_module, pieces_module)
"""The modules that this writer's rest on."""
MOST_VARIANTS = 4
"""How many makings of a part are held in memory: with numbers of other lengths, or before the last edits."""


class KeptParts:
    """The parts that one process has met, in front of a cache."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.met: dict[str, Written] = {}
        self._made_of: MadeOf | None = None
        self._problems: dict[str, tuple[Problem, ...]] = {}

    def find(self, document: Document, part: Part, first_page: int, pages: Mapping[str, int]) -> Written | None:
        """Give a part as it would be made for these numbers; None if it has to be made."""
        found = self._held(self.key(document, part, first_page, pages))
        return found if found is not None and found.fits(first_page, pages) else None

    def has(self, document: Document, part: Part, first_page: int, pages: Mapping[str, int]) -> bool:
        """Tell whether a part is there that may do when its true numbers are known."""
        return self._held(self.key(document, part, first_page, pages)) is not None

    def _held(self, key: str) -> Written | None:
        if key not in self.met and (data := self.cache.get(KIND, key)) is not None:
            try:
                self.met[key] = Written.from_bytes(data)
            except ValueError:  # of another make of the engine, whose modules hash alike: it is made anew
                return None
        return self.met.get(key)

    def is_empty(self) -> bool:
        """Tell whether nothing at all was kept, as before the first build."""
        folder = self.cache.folder
        return not self.met and (folder is None or next(folder.glob(f"{KIND}.*"), None) is None)

    def meet(self, document: Document, part: Part, written: Written, pages: Mapping[str, int]) -> None:
        """Remember a part that was made."""
        self.met[self.key(document, part, written.first_page, pages)] = written

    def tell(self, document: Document, problems: tuple[Problem, ...]) -> None:
        """Remember what is wrong with all that the parts of a document share; those that are kept do not say so."""
        if problems:
            self._problems[self.made_of(document).shared] = problems

    def problems(self, document: Document) -> tuple[Problem, ...]:
        """Say what is wrong with all that the parts of a document share."""
        return self._problems.get(self.made_of(document).shared, ())

    def keep(self, made: Mapping[str, Written]) -> None:
        """Put parts that nothing is wrong with into the cache."""
        for key, written in made.items():
            self.cache.put(KIND, key, written.to_bytes())

    def forget_all_but(self, used: set[str]) -> None:
        """Let go of what the last documents did not use."""
        for key in [key for key in self.met if key not in used][: -MOST_VARIANTS * max(1, len(used))]:
            del self.met[key]

    def key(self, document: Document, part: Part, first_page: int, pages: Mapping[str, int]) -> str:
        """Name everything that a part depends on but for what is filled in."""
        own = self.made_of(document).part(part).values()
        return key_of(*own, digits(part, pages), str(len(str(first_page))))

    def made_of(self, document: Document) -> MadeOf:
        """Give what the parts of a document are made of."""
        if self._made_of is None or self._made_of.document is not document:
            self._made_of = MadeOf(document, engine())
        return self._made_of


@cache
def engine() -> str:
    """Hash what makes parts: the modules of this writer, those that it rests on, Python, the fonts, what sets pages."""
    modules = [Path(str(each.__file__)) for each in SHARED]
    own = sorted(Path(__file__).parent.rglob("*.py"))
    return key_of(sys.version, set_by(), *(path.read_bytes() for path in (*modules, *own)), *_fonts())


def _fonts() -> Iterator[bytes]:
    for face in ALL_FACES:
        yield face.letters.read_bytes()
