"""A document made into the files of a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from press.cache import Cache
from press.document import Document
from press.errors import Problem, TypesetError
from press.pages import Pages
from press.timing import Timing
from press.writers.conserved import conserve, conserve_together
from press.writers.cover import cover
from press.writers.drawings import with_page_numbers, words_in
from press.writers.html import classes, written
from press.writers.linked import Page
from press.writers.web.citations import citations, json_ld, site_map
from press.writers.web.pages import INDEX, make, read
from press.writers.web.pictures import icon, in_points
from press.writers.web.search import search_index
from press.writers.web.versions import set_by
from press.writers.webfonts import fonts, with_own_fonts

SCRIPT = Path(__file__).resolve().parent / "page" / "script.js"
BLOCKS = frozenset({"h1", "h2", "p", "li"})


@dataclass(frozen=True)
class Made:
    """The files of a web edition, by their paths in its folder."""

    contents: Mapping[str, bytes]
    page_count: int
    problems: tuple[Problem, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    surveyed: Pages | None = None
    timings: tuple[Timing, ...] = ()

    def files(self, output: str) -> Mapping[str, bytes]:
        return {f"{output}/{name}": content for name, content in sorted(self.contents.items())}


@dataclass(frozen=True)
class Typesetter:
    """Makes the files of web editions; fonts and pictures that were made before are kept."""

    cache: Cache

    def typeset(self, document: Document, progress: Callable[[str], None], *, surveying: bool = False) -> Made:
        """Make the files; raises TypesetError with all that is wrong with the pages."""
        problems: list[Problem] = []
        pages = read(document, problems)
        if problems:
            raise TypesetError(problems)
        readmes = dict(_readmes(pages))
        plain = {name: data for name, data in document.assets.items() if name.endswith(".svg")}
        drawings = with_page_numbers([page.root for page in pages], plain)
        make(pages, document, problems)
        for page in pages:
            progress(page.file)
            if page.part.id == INDEX and document.about is not None:
                _describe(page.root, json_ld(document.about))
        styles = "".join(_styles([page.root for page in pages]))
        html = {page.part.id: written(page.root) for page in pages}
        chapters = [page.part for page in pages if page.is_chapter]
        held = [page.part for page in pages if page.part.id != "whole"]
        problems += conserve(held, html)
        if "whole" in html:
            problems += conserve_together(chapters, html["whole"])
        if problems:
            raise TypesetError(problems)
        made = {page.file: html[page.part.id].encode() for page in pages}
        made |= {name: text.encode() for name, text in readmes.items()}
        made["search-index.js"] = search_index(pages)
        made["script.js"] = SCRIPT.read_bytes()
        made["style.css"] = f"{with_own_fonts(document.stylesheet)}\n{styles}".encode()
        made |= self._files(document, html, drawings)
        if document.about is not None:
            made |= citations(document.about)
            made |= site_map(document.about, [page.file for page in pages if page.part.id not in {"search", "whole"}])
        return Made(made, len(pages))

    def _files(
        self, document: Document, html: Mapping[str, str], drawings: Mapping[str, bytes]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield what pages load and link to: fonts, drawings, pictures, and what came with the document."""
        made_by = set_by()
        letters = {letter for text in html.values() for letter in text}
        letters |= {letter for svg in drawings.values() for _, letter in words_in(svg)}
        yield from fonts(document, letters, self.cache, made_by).items()
        made_anew = {face.asset for face in document.faces}
        others = {**document.assets, **drawings}.items()
        yield from ((name, data) for name, data in others if name not in made_anew)
        for name, svg in ((name, svg) for name, svg in drawings.items() if name.startswith("figures/")):
            yield f"{name.removesuffix('.svg')}.png", in_points(svg, self.cache, made_by)
        if document.about is not None:
            yield "icon.svg", icon(document.about)
            yield "cover.png", cover(document.about, self.cache, made_by)


def _describe(root: Element, described: str) -> None:
    """Add to a page what programs are told of the publication."""
    head = next(root.iter("head"))
    script = SubElement(head, "script", {"type": "application/ld+json"})
    script.text = described
    script.tail = "\n"


def _styles(roots: Sequence[Element]) -> Iterator[str]:
    """Yield rules for what style attributes say, which the policy of the pages forbids: each becomes a class."""
    named: dict[str, str] = {}
    for element in (element for root in roots for element in root.iter() if "style" in element.attrib):
        declared = element.attrib.pop("style").strip()
        if declared and declared not in named:
            named[declared] = f"styled-{len(named) + 1}"
            yield f".{named[declared]} {{ {declared} }}\n"
        if declared:
            element.set("class", " ".join([*classes(element), named[declared]]))


def _readmes(pages: list[Page]) -> Iterator[tuple[str, str]]:
    """Yield what is also to be read as plain text, with the paths of its files."""
    texts: dict[str, list[str]] = {}
    for page in sorted(pages, key=lambda page: page.main.get("data-readme") is None):
        for element in page.main.iter():
            if path := element.get("data-readme"):
                texts.setdefault(path, []).extend(_plain(element))
    yield from ((path, "\n".join(lines) + "\n") for path, lines in texts.items())


def _plain(main: Element) -> Iterator[str]:
    for element in main.iter():
        if element.tag in BLOCKS:
            words = " ".join("".join(element.itertext()).split())
            if element.tag == "h1":
                yield from (words, "=" * len(words))
            elif element.tag == "h2":
                yield from ("", words, "-" * len(words))
            else:
                yield f"- {words}" if element.tag == "li" else words
