"""Fonts in the file: of each the glyphs that are shown, and what letters they are.

Source: ISO 32000-1, 9.7 (composite fonts) and 9.10.3 (ToUnicode); ISO 19005-2, 6.2.11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf


@dataclass(frozen=True)
class Embedded:
    """A font as it goes into a file; glyphs go by their number in the font, lengths are thousandths of an em."""

    base_font: str
    """Its name, with the six letters that mark a subset."""
    content: bytes
    """A TrueType font with these glyphs."""
    letters: Mapping[int, str]
    """What each glyph reads as."""
    widths: Mapping[int, int]
    bounds: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    flags: int
    family: str = ""


def embed(pdf: Any, font: Embedded) -> Any:
    """Add a font to a PDF; returns its dictionary, whose content shows glyphs by their numbers."""
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": f"/{font.base_font}",
        **({"FontFamily": pydyf.String(font.family)} if font.family else {}),
        "Flags": font.flags,
        "FontBBox": pydyf.Array(font.bounds),
        "ItalicAngle": 0,
        "Ascent": font.ascent,
        "Descent": font.descent,
        "CapHeight": font.cap_height,
        "StemV": 80,
        "FontFile2": _added(pdf, pydyf.Stream([font.content], {"Length1": len(font.content)}, compress=True)),
    }
    glyphs = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": f"/{font.base_font}",
        "CIDSystemInfo": pydyf.Dictionary(
            {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
        ),
        "FontDescriptor": _added(pdf, pydyf.Dictionary(descriptor)),
        "CIDToGIDMap": "/Identity",
        "W": pydyf.Array(_runs(font.widths)),
    }
    entry = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": f"/{font.base_font}",
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([_added(pdf, pydyf.Dictionary(glyphs))]),
            "ToUnicode": _added(pdf, pydyf.Stream(_to_unicode(font.letters), compress=True)),
        }
    )
    pdf.add_object(entry)
    return entry


def _added(pdf: Any, item: Any) -> Any:
    pdf.add_object(item)
    return item.reference


def _runs(widths: Mapping[int, int]) -> Iterator[Any]:
    """Yield the first glyph of each run of neighbours, and their widths."""
    run: list[int] = []
    for glyph in sorted(widths):
        if glyph - 1 not in widths:
            run = pydyf.Array()
            yield glyph
            yield run
        run.append(widths[glyph])


def _to_unicode(letters: Mapping[int, str]) -> list[bytes]:
    """Tell the letters of each glyph; a table of this kind lists at most a hundred at a time."""
    codes = {glyph: text.encode("utf-16-be").hex().encode() for glyph, text in letters.items()}
    pairs = [b"<%04x> <%s>" % (glyph, code) for glyph, code in sorted(codes.items())]
    listed = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    return [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        b"1 begincodespacerange <0000> <ffff> endcodespacerange",
        *(line for part in listed for line in (b"%d beginbfchar" % len(part), *part, b"endbfchar")),
        b"endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
