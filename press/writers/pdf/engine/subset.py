"""Fonts subset by fontTools, which the lock file pins, never by the system's HarfBuzz.

The two give other bytes, so that which of them a machine has would decide which PDF it makes. WeasyPrint 70 can use
fontTools itself, but lets it parse the layout tables that it then drops, which takes half a second a font; here they
go first. A PDF needs no layout tables: its glyphs are placed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from fontTools import subset as font_subset
from fontTools.ttLib import TTFont
from weasyprint.pdf import fonts as weasyprint_fonts

LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "SVG ")


@contextmanager
def locked_subsetter() -> Iterator[None]:
    """Let WeasyPrint's fonts be subset here while the body runs."""
    # Font.subset is private to WeasyPrint 70.0, which is pinned; tests/writers/pdf/test_subset.py looks at its work.
    theirs = weasyprint_fonts.Font.subset
    weasyprint_fonts.Font.subset = _subset
    try:
        yield
    finally:
        weasyprint_fonts.Font.subset = theirs


def subset(content: bytes, glyphs: Mapping[int, str], *, hinting: bool, face: int = 0) -> bytes:
    """Return the font with no other outlines than those of `glyphs` (ids), which keep their ids."""
    font = TTFont(io.BytesIO(content), fontNumber=face, recalcTimestamp=False)
    for table in LAYOUT_TABLES:
        if table in font:
            del font[table]
    options = font_subset.Options(
        retain_gids=True, passthrough_tables=True, ignore_missing_glyphs=True, hinting=hinting, notdef_outline=True
    )
    subsetter = font_subset.Subsetter(options)
    subsetter.populate(gids=glyphs)
    subsetter.subset(font)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def _subset(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:
    if to_unicode:
        font.file_content = subset(font.file_content, to_unicode, hinting=hinting, face=font.index)
