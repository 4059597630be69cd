"""One part drawn as objects of a PDF that is not written yet.

WeasyPrint 70.0 draws a document and writes a file in one go (`weasyprint.pdf.generate_pdf`, private). Here it draws the
pages of a part, and what belongs to the whole document is left to `press.writers.pdf.link`: fonts, outline,
destinations and the roots of the page tree and of the tag tree. Links may lead into other parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint import DEFAULT_OPTIONS

from press.writers.pdf.written import LOCAL

VARIANT = "pdf/a-2a"
AddTags = Callable[[Any, Any, Any, Any], None]


class Local(int):
    """A number that counts within the part, written so that it can be found again."""

    def __str__(self) -> str:
        return f"{LOCAL.decode()}{int(self)}"

    def __format__(self, spec: str) -> str:
        return str(self)


class PartPdf(pydyf.PDF):  # type: ignore[misc]
    """The objects of a part, numbered within it."""

    def add_object(self, added: Any) -> None:
        added.number = Local(len(self.objects))
        self.objects.append(added)


def draw_part(rendered: Any, images: dict[str, Any], add_tags: AddTags) -> tuple[PartPdf, Any]:
    """Draw the pages of WeasyPrint's document; returns its objects, and the dictionary that fonts are to be put in.

    `add_tags` is given the PDF, the document, a version and the pages' streams, and writes the tag tree.
    """
    fonts = pydyf.Dictionary()
    options = {**DEFAULT_OPTIONS, **weasyprint.pdf.VARIANTS[VARIANT][1], "pdf_variant": VARIANT, "cache": images}
    ours = {
        "add_tags": add_tags,
        "resolve_links": _links,
        "add_outlines": _nothing,
        # A file that is attached is refused by `press.writers.pdf.seen.links`.
        "add_annotations": _nothing,
        "write_pdf_attachment": _nothing,
        "build_fonts_dictionary": lambda *_: fonts,
    }
    with ExitStack() as stack:
        stack.enter_context(_instead(pydyf, "PDF", PartPdf))
        for name, function in ours.items():
            stack.enter_context(_instead(weasyprint.pdf, name, function))
        pdf = weasyprint.pdf.generate_pdf(rendered, None, 1, **options)
    return pdf, fonts


def _links(pages: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the links of each page, wherever they lead, and no destinations."""
    for page in pages:
        yield page.links, []


def _nothing(*_: Any) -> None:
    return None


@contextmanager
def _instead(holder: Any, name: str, ours: Any) -> Iterator[None]:
    theirs = getattr(holder, name)
    setattr(holder, name, ours)
    try:
        yield
    finally:
        setattr(holder, name, theirs)
