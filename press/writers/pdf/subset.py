"""Fonts subset by fontTools, which the lock file pins, never by the system's HarfBuzz.

The two give other bytes, so that which of them a machine has would decide which PDF it makes. WeasyPrint 70 can use
fontTools itself, but lets it parse the layout tables that it then drops, which takes half a second a font; here they
go first. A PDF needs no layout tables: its glyphs are placed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "SVG ")


def subset(content: bytes, glyphs: Iterable[int], *, hinting: bool, face: int = 0) -> bytes:
    """Return the font with no other outlines than those of `glyphs` (ids), which keep their ids."""
    # fontTools takes a quarter of a second to import, and a subset that was made before is not made again.
    from fontTools import subset as font_subset
    from fontTools.ttLib import TTFont

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
