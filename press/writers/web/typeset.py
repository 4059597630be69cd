"""A document made into the files of a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from press.cache import Cache
from press.document import About, Document, Part
from press.errors import Problem, TypesetError
from press.pages import Pages
from press.timing import Timing
from press.writers.cover import cover
from press.writers.drawings import words_in
from press.writers.html import written
from press.writers.linked import Page, same_names
from press.writers.web.citations import citations, json_ld, site_map
from press.writers.web.dark import dark_rules
from press.writers.web.pages import WHOLE, Block, Finished, Laid, Surroundings, around, finish, gathered, lay
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
    blocks: tuple[Block, ...] = ()
    """What stands where, if elements kept their places in the content."""

    def files(self, output: str) -> Mapping[str, bytes]:
        return {f"{output}/{name}": content for name, content in sorted(self.contents.items())}


@dataclass
class _Before:
    """What a living process made last, and of what."""

    of: object = None
    """What every page depends on."""
    laid: Mapping[Part, Laid] = field(default_factory=dict)
    surroundings: Surroundings | None = None
    finished: Mapping[Part, Finished] = field(default_factory=dict)


@dataclass
class Typesetter:
    """Makes the files of web editions; what is as it was in the edition before is not made again.

    With `is_marked`, elements keep their places in the content, for who wants to know where they come from.
    """

    cache: Cache
    is_marked: bool = False
    _before: _Before = field(default_factory=_Before)

    def typeset(self, document: Document, progress: Callable[[str], None], *, surveying: bool = False) -> Made:
        """Make the files; raises TypesetError with all that is wrong with the pages."""
        problems: list[Problem] = []
        plain = {name: data for name, data in document.assets.items() if name.endswith(".svg")}
        before = self._before if self._before.of == (plain, document.about) else _Before((plain, document.about))
        laid = {part: each for part in document.parts if (each := before.laid.get(part) or lay(part, plain, problems))}
        pages = [each.page for each in laid.values()]
        problems += same_names(pages)
        if problems:
            raise TypesetError(problems)
        surroundings = around(pages, problems, is_marked=self.is_marked)
        known = before.finished if surroundings == before.surroundings else {}
        finished = {}
        for part, each in laid.items():
            progress(each.page.file)
            finished[part] = known.get(part) or finish(
                each, surroundings, written, partial(_describe, document.about), problems
            )
        html = {each.page.file: finished[part].html for part, each in laid.items()}
        for page in (page for page in pages if page.part.id == WHOLE):
            articles = [each.article for each in finished.values() if each.article]
            html[page.file] = gathered(html[page.file], articles, page, problems)
        if problems:
            raise TypesetError(problems)
        self._before = _Before(before.of, laid, surroundings, finished)
        drawings = {**plain, **{name: data for each in laid.values() for name, data in each.drawings.items()}}
        styles = {name: declared for each in finished.values() for name, declared in each.styles.items()}
        rules = dark_rules({colour for each in laid.values() for colour in each.colours}, document.stylesheet)
        rules += "".join(f".{name} {{ {declared} }}\n" for name, declared in styles.items())
        made = {name: text.encode() for name, text in html.items()}
        made |= {name: text.encode() for name, text in _readmes(pages)}
        made["search-index.js"] = search_index(each.entries for each in finished.values())
        made["script.js"] = SCRIPT.read_bytes()
        made["style.css"] = f"{with_own_fonts(document.stylesheet)}\n{rules}".encode()
        letters = {letter for each in finished.values() for letter in each.letters}
        made |= self._files(document, letters, drawings)
        if document.about is not None:
            made |= citations(document.about)
            listed = [page.file for page in pages if page.part.id not in {"search", WHOLE}]
            made |= site_map(document.about, listed)
        blocks = tuple(block for each in finished.values() for block in each.blocks)
        return Made(made, len(pages), blocks=blocks)

    def _files(
        self, document: Document, letters: set[str], drawings: Mapping[str, bytes]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield what pages load and link to: fonts, drawings, pictures, and what came with the document."""
        made_by = set_by()
        letters = letters | {letter for svg in drawings.values() for _, letter in words_in(svg)}
        yield from fonts(document, letters, self.cache, made_by).items()
        made_anew = {face.asset for face in document.faces}
        others = {**document.assets, **drawings}.items()
        yield from ((name, data) for name, data in others if name not in made_anew)
        for name, svg in ((name, svg) for name, svg in drawings.items() if name.startswith("figures/")):
            yield f"{name.removesuffix('.svg')}.png", in_points(svg, self.cache, made_by)
        if document.about is not None:
            yield "icon.svg", icon(document.about)
            yield "cover.png", cover(document.about, self.cache, made_by)


def _describe(about: About | None, root: Element) -> None:
    """Add to a page what programs are told of the publication."""
    if about is None:
        return
    head = next(root.iter("head"))
    script = SubElement(head, "script", {"type": "application/ld+json"})
    script.text = json_ld(about)
    script.tail = "\n"


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
