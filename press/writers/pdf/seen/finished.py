"""The finished PDF asked, by PDFium, what a reader of it meets: where links land, what is tagged, which fonts draw.

`press.writers.pdf.tags` and `press.writers.pdf.write` mean well; this looks at what they wrote.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from pypdfium2 import raw

from press.fonts import in_use
from press.pages import Extent
from press.writers.pdf.seen.pdfium import opened

MM_PER_PT = 25.4 / 72
ARTIFACT = "Artifact"


@dataclass(frozen=True)
class Piece:
    """Something drawn on a page: a text, a picture, a line or a ground."""

    extent: Extent
    text: str
    """Empty for what is no text."""
    is_tagged: bool
    """Whether an element of the tag tree owns it."""
    is_artifact: bool
    fonts: frozenset[str]
    """Names of the fonts that draw it, also within a drawing."""

    @property
    def foreign(self) -> list[str]:
        """The fonts that are neither from the bundle nor the publication's own."""
        ours = tuple({face.family.replace(" ", "-") for face in in_use()})
        return sorted(name for name in self.fonts if not name.startswith(ours))


class Finished:
    """A PDF in memory, open while the body of a `with` runs. Pages count from 1, lengths are millimetres."""

    def __init__(self, pdf: bytes) -> None:
        self._context = opened(pdf)
        self._opened: tuple[int, Any] = (0, None)

    def __enter__(self) -> Finished:
        self._pdf = self._context.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close_page()
        self._context.__exit__(kind, error, trace)

    def pieces(self, number: int) -> Iterator[Piece]:
        """Yield what is drawn on a page."""
        page = self._page(number)
        text_page = page.get_textpage()
        owned = _owned(page)
        for drawn in page.get_objects(max_depth=1, textpage=text_page):
            inside = [drawn]
            if drawn.type == raw.FPDF_PAGEOBJ_FORM:
                inside = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], form=drawn, level=1))
            texts = [each for each in inside if each.type == raw.FPDF_PAGEOBJ_TEXT]
            yield Piece(
                _extent(drawn, page.get_height()),
                _text(drawn, text_page) if drawn.type == raw.FPDF_PAGEOBJ_TEXT else "",
                raw.FPDFPageObj_GetMarkedContentID(drawn) in owned,
                ARTIFACT in _marks(drawn),
                frozenset(map(_font, texts)),
            )
        text_page.close()

    def lands(self, number: int, extent: Extent) -> int | None:
        """Follow the link in the middle of a rectangle; returns the page it leads to, None if there is no such link."""
        page = self._page(number)
        across = (extent.left + extent.right) / 2 / MM_PER_PT
        up = page.get_height() - (extent.top + extent.bottom) / 2 / MM_PER_PT
        link = raw.FPDFLink_GetLinkAtPoint(page, across, up)
        target = raw.FPDFLink_GetDest(self._pdf, link) if link else None
        landed = raw.FPDFDest_GetDestPageIndex(self._pdf, target) + 1 if target else None
        return landed or None

    def _page(self, number: int) -> Any:
        """Open a page, which takes some milliseconds: it stays open until another is asked for."""
        if self._opened[0] != number:
            self._close_page()
            self._opened = (number, self._pdf[number - 1])
        return self._opened[1]

    def _close_page(self) -> None:
        number, page = self._opened
        if number:
            self._opened = (0, None)
            page.close()


def _owned(page: Any) -> set[int]:
    """Give the numbers of the marked content of a page that elements of the tag tree own."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return set()
    found: set[int] = set()
    waiting = [raw.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(raw.FPDF_StructTree_CountChildren(tree))]
    while waiting:
        element = waiting.pop()
        if not element:
            continue
        for index in range(raw.FPDF_StructElement_CountChildren(element)):
            found.add(raw.FPDF_StructElement_GetChildMarkedContentID(element, index))
            waiting.append(raw.FPDF_StructElement_GetChildAtIndex(element, index))
    raw.FPDF_StructTree_Close(tree)
    return found - {-1}


def _extent(drawn: Any, height: float) -> Extent:
    left, low, right, high = drawn.get_bounds()
    return Extent(left * MM_PER_PT, (height - high) * MM_PER_PT, right * MM_PER_PT, (height - low) * MM_PER_PT)


def _text(drawn: Any, text_page: Any) -> str:
    size = raw.FPDFTextObj_GetText(drawn, text_page, None, 0)
    buffer = (raw.FPDF_WCHAR * max(size // 2, 1))()
    raw.FPDFTextObj_GetText(drawn, text_page, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _marks(drawn: Any) -> set[str]:
    """Name the marks around something drawn: a tag's, or that of an artifact."""
    found = set()
    for index in range(raw.FPDFPageObj_CountMarks(drawn)):
        mark, size = raw.FPDFPageObj_GetMark(drawn, index), ctypes.c_ulong(0)
        raw.FPDFPageObjMark_GetName(mark, None, 0, ctypes.byref(size))
        buffer = (raw.FPDF_WCHAR * max(size.value // 2, 1))()
        raw.FPDFPageObjMark_GetName(mark, buffer, size.value, ctypes.byref(size))
        found.add(bytes(buffer).decode("utf-16-le", "replace").rstrip("\0"))
    return found


def _font(drawn: Any) -> str:
    """Name the font of a text, without the six letters that mark a subset."""
    font = raw.FPDFTextObj_GetFont(drawn)
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    name = buffer.value.decode("utf-8", "replace")
    return name.partition("+")[2] or name
