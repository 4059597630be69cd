"""Pictures of pages, by PDFium: what a browser shows of a PDF, and whether two pages look the same."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

import pypdfium2

from press.document import Document
from press.pages import Pages
from press.writers.pdf.seen.pdfium import opened

KEY_SCALE = 1.0
"""Of the pictures that are compared: a point is a pixel, and a comma changes several."""
WIDEST_PX = 4000
"""As wide as any picture is drawn, which is an A4 page on the sharpest screens, well enlarged."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass
class Keys:
    """Tells pages apart by what they look like, and draws for that only what may look otherwise than before.

    The pages of a part look as they did if its HTML, what is around it (styles, pictures, hyphenation), its first page
    and the page numbers printed in it are as they were: nothing else goes into its layout.
    """

    _around: tuple[object, ...] = ()
    _known: dict[Hashable, tuple[str, ...]] = field(default_factory=dict)

    def of(self, document: Document, pages: Pages, pdf: bytes) -> tuple[str, ...]:
        """Give a key for each page of a document, the same for pages that look the same."""
        around = (document.stylesheet, document.assets, document.hyphenation, document.language)
        known = self._known if around == self._around else {}
        self._around, self._known = around, {}
        html = {part.id: part.html for part in document.parts}
        for part, group in groupby(pages.pages, key=lambda page: page.part):
            those = list(group)
            numbers = tuple((each.target, each.printed) for page in those for each in page.numbers)
            made_of = (part, html[part], those[0].number, len(those), numbers)
            self._known[made_of] = known.get(made_of) or page_keys(pdf, [page.number for page in those])
        return tuple(key for keys in self._known.values() for key in keys)


def page_keys(pdf: bytes, numbers: Iterable[int]) -> tuple[str, ...]:
    """Give a key for each of these pages, the same for pages that look the same."""
    with opened(pdf) as document:
        return tuple(_key(document, number - 1) for number in numbers)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Give the width and height of each page, in millimetres."""
    with opened(pdf) as document:
        sizes = (document.get_page_size(index) for index in range(len(document)))
        return tuple((width * 25.4 / 72, height * 25.4 / 72) for width, height in sizes)


def picture(pdf: bytes, number: int, width_px: int) -> bytes:
    """Draw a page, counted from 1, as a PNG of this width."""
    with opened(pdf) as document:
        page = document[number - 1]
        bitmap = page.render(scale=min(width_px, WIDEST_PX) / page.get_width(), rev_byteorder=True)
        rows = memoryview(bitmap.buffer).cast("B")
        image = _png(bitmap.width, bitmap.height, rows, bitmap.stride)
        bitmap.close()
        page.close()
        return image


def _png(width: int, height: int, pixels: memoryview, stride: int) -> bytes:
    """Write red, green and blue as a PNG whose rows are not filtered.

    Pillow 13 tries every filter for each row, which takes twice as long and gives larger files of pages.
    Source: PNG specification, third edition, sections 5, 9 and 11.2.
    """

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + pixels[start : start + 3 * width] for start in range(0, stride * height, stride))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # eight bits each of three colours, not interlaced
    return SIGNATURE + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def _key(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    bitmap = page.render(scale=KEY_SCALE)
    key = hashlib.sha256(repr((bitmap.width, bitmap.height)).encode())
    key.update(bitmap.buffer)
    bitmap.close()
    page.close()
    return key.hexdigest()[:16]
