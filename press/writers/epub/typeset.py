"""A document made into an EPUB."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from press.cache import Cache
from press.document import Document
from press.errors import Problem, TypesetError
from press.pages import Pages
from press.timing import Timing
from press.writers.conserved import conserve, wanted_of
from press.writers.cover import cover
from press.writers.drawings import words_in
from press.writers.epub.chapters import make, read
from press.writers.epub.package import COVER, access_of, list_pages, package
from press.writers.epub.packed import packed
from press.writers.epub.sound import faults
from press.writers.epub.stylesheet import stylesheet
from press.writers.epub.versions import set_by
from press.writers.html import written_as_xml
from press.writers.linked import Page
from press.writers.webfonts import fonts

COVER_SIZE = (1200, 1600)


@dataclass(frozen=True)
class Made:
    """An EPUB."""

    content: bytes
    page_count: int
    """How many files a reader turns through."""
    problems: tuple[Problem, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    surveyed: Pages | None = None
    timings: tuple[Timing, ...] = ()

    def files(self, output: str) -> Mapping[str, bytes]:
        return {output: self.content}


@dataclass(frozen=True)
class Typesetter:
    """Makes EPUBs; fonts and the picture of the cover that were made before are kept."""

    cache: Cache

    def typeset(self, document: Document, progress: Callable[[str], None], *, surveying: bool = False) -> Made:
        """Make the EPUB; raises TypesetError with all that is wrong with it."""
        assert document.about is not None  # every composed document has it  # noqa: S101
        problems: list[Problem] = []
        pages = read(document, problems)
        if problems:
            raise TypesetError(problems)
        wanted = {page.part.id: wanted_of(page.root) for page in pages}
        begun = make(pages, document, problems)
        list_pages(pages, begun)
        access = access_of(document.about, pages, begun)
        sheet = stylesheet(document, problems)
        shown = set(_with_quoted_sources(pages))
        xml = {page.part.id: written_as_xml(page.root) for page in pages}
        problems += (problem for name, text in xml.items() for problem in conserve(name, wanted[name], text))
        if problems:
            raise TypesetError(problems)
        files = {page.file: xml[page.part.id].encode() for page in pages}
        files["style.css"] = sheet.encode()
        files |= {name: document.assets[name] for name in sorted(shown & document.assets.keys())}
        files |= self._files(document, xml)
        for name in files:
            progress(name)
        made = packed({"package.opf": package(document.about, pages, files, access), **files})
        if found := list(faults(made)):
            raise TypesetError(found)
        return Made(made, len(pages))

    def _files(self, document: Document, xml: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """Yield what the style sheet and a shelf of books show: fonts, and the picture of the cover."""
        made_by = set_by()
        letters = {letter for text in xml.values() for letter in text}
        for name, data in document.assets.items():
            if name.startswith("figures/"):
                letters |= {letter for _, letter in words_in(data)}
        yield from fonts(document, letters, self.cache, made_by).items()
        if document.about is not None:
            yield COVER, cover(document.about, self.cache, made_by, COVER_SIZE)


def _with_quoted_sources(pages: Sequence[Page]) -> Iterator[str]:
    """Yield the files that pictures are of, and name each as an address does."""
    for image in (each for page in pages for each in page.root.iter("img")):
        yield (name := image.get("src", ""))
        image.set("src", quote(name))
