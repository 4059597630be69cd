"""One part laid out: HTML and page numbers in, pages and where things stand on them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from press.document import PAGE_OF, Document, Part
from press.errors import Place, Problem, TypesetError
from press.writers.pdf.engine.fetch import BASE_URL, Assets, Images
from press.writers.pdf.engine.line_numbers import keep_beside_lines
from press.writers.pdf.engine.log import Problems
from press.writers.pdf.engine.part_pdf import VARIANT
from press.writers.pdf.movable import move
from press.writers.pdf.named import NamedFiles
from press.writers.pdf.written import GUESS, RESERVED


@dataclass(frozen=True)
class LaidOut:
    """A part on its pages."""

    part: Part
    first_page: int
    """Number of its first page in the document, from 1."""
    rendered: Any
    """WeasyPrint's Document of this part."""
    anchors: Mapping[str, int]
    """Page number in the document by id."""
    used: Mapping[str, int]
    """The page numbers printed in it, by the id they belong to."""
    sided: bool = False
    """Whether it is another where it begins on the other side, left or right."""

    @property
    def last_page(self) -> int:
        return self.first_page + len(self.rendered.pages) - 1


class Layouter:
    """Lays out the parts of one document with the same fonts, images and style sheet."""

    def __init__(self, document: Document, problems: Problems) -> None:
        self.problems = problems
        problems.document = document
        # A style sheet built with another configuration than the rendering has no fonts and no counters of its own, and
        # nothing says so.
        self.fonts = FontConfiguration()
        self.counters = CounterStyle()
        self.show(document)
        with refusals(""):
            self.stylesheet = self._css(document.stylesheet)

    def show(self, document: Document) -> None:
        """Show the files of a document, which may be another if nothing but its parts and these files differ."""
        self._named = NamedFiles(document)
        self._fetcher = Assets(document.assets, self._named.of_sheet)
        self.images = Images(self._fetcher)

    def lay_out(
        self, part: Part, first_page: int, pages: Mapping[str, int], moved: Sequence[int | None] | None = None
    ) -> LaidOut:
        """Lay a part out with the numbers in `pages` where its HTML leaves room, or GUESS where none is known.

        `moved` says where what moves is to stand, if not where it does (`press.writers.pdf.movable`).
        """
        self.problems.part = part.id
        self._fetcher.named = self._named.of_part(part)
        used: dict[str, int] = {}
        if RESERVED.search(part.html):
            what = f"the part {part.id!r} holds a control character (U+0001 to U+0003)"
            raise TypesetError([Problem(Place("templates"), "settle", what, "take it out")])
        with refusals(part.id):
            source = HTML(string=part.html, base_url=BASE_URL, url_fetcher=self._fetcher)
            for element, target in page_numbers(source.etree_element, part.id):
                used[target] = pages.get(target, GUESS)
                element.text = str(used[target])
            if moved is not None:
                move(source.etree_element, moved)
            rendered = source.render(
                stylesheets=[self.stylesheet, self._css(f"@page :first {{ counter-reset: page {first_page} }}")],
                font_config=self.fonts,
                # A copy, since a part's own style sheet adds to it, and the next part is not to have that.
                counter_style=self.counters.copy(),
                cache=self.images,
                pdf_variant=VARIANT,
            )
        keep_beside_lines(rendered)
        anchors: dict[str, int] = {}
        for number, page in enumerate(rendered.pages, start=first_page):
            for name in page.anchors:
                anchors.setdefault(name, number)  # what runs over several pages stands where it begins
        return LaidOut(part, first_page, rendered, anchors, used)

    def _css(self, text: str) -> Any:
        return CSS(
            string=text,
            base_url=BASE_URL,
            url_fetcher=self._fetcher,
            font_config=self.fonts,
            counter_style=self.counters,
        )


def page_numbers(html: Element, part: str) -> Iterator[tuple[Element, str]]:
    """Yield the elements in which page numbers are printed, each with the id of what stands there, in order.

    Raises TypesetError where something else stands in one already.
    """
    for element in html.iter():
        if (target := element.get(PAGE_OF)) is None:
            continue
        if not target or len(element) or element.text:
            what = f"the part {part!r} has no room for the page of {target!r}: its element is not empty"
            mend = "print {{ page(…) }}, which leaves an empty element"
            raise TypesetError([Problem(Place("templates"), "settle", what, mend)])
        yield element, target


@contextmanager
def refusals(part: str) -> Iterator[None]:
    """Turn the fetcher's refusal into a problem that names the part."""
    try:
        yield
    except FatalURLFetchingError as error:
        where = f" (in the part {part!r})" if part else ""
        mend = "name only files that the document brings: figures, images and the bundled fonts"
        raise TypesetError([Problem(Place("templates"), "sealed", f"{error}{where}", mend)]) from error
