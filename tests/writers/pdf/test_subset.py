"""Fonts subset by fontTools: the glyphs that are used, where they were, and the same bytes on every machine."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from support.pdf import typeset_here

from press.document import Document
from press.fonts import FACES
from press.writers.pdf.subset import LAYOUT_TABLES, subset

MakeDocument = Callable[..., Document]
FACE = next(face for face in FACES if face.file == "SourceSerifPro-Regular.ttf")


@pytest.fixture(scope="module")
def content() -> bytes:
    return FACE.path.read_bytes()


def glyphs_of(content: bytes, text: str) -> dict[int, str]:
    """Give the glyph ids of the letters of a text, as WeasyPrint hands them over."""
    with TTFont(io.BytesIO(content)) as font:
        names = font.getBestCmap()
        return {font.getGlyphID(names[ord(letter)]): letter for letter in text}


def outlines(content: bytes) -> dict[int, list[object]]:
    """Give the outlines of all glyphs that have one, by glyph id."""
    with TTFont(io.BytesIO(content)) as font:
        glyphs = font.getGlyphSet()
        drawn = {}
        for name in font.getGlyphOrder():
            pen = RecordingPen()
            glyphs[name].draw(pen)
            if pen.value:
                drawn[font.getGlyphID(name)] = pen.value
        return drawn


def test_only_the_outlines_of_used_glyphs_are_left_where_they_were(content: bytes) -> None:
    used = glyphs_of(content, "Bru")
    left, whole = outlines(subset(content, used, hinting=False)), outlines(content)
    assert left.keys() == {0, *used}
    assert left == {glyph: whole[glyph] for glyph in left}


def test_parts_of_a_composed_letter_come_with_it(content: bytes) -> None:
    (ring,) = glyphs_of(content, "å")
    left = outlines(subset(content, {ring: "å"}, hinting=False))
    assert ring in left
    assert len(left) < 10


def test_layout_tables_are_dropped_and_what_a_pdf_needs_is_kept(content: bytes) -> None:
    with TTFont(io.BytesIO(content)) as font:
        assert set(LAYOUT_TABLES) & set(font.keys())
    with TTFont(io.BytesIO(subset(content, glyphs_of(content, "Bru"), hinting=False))) as font:
        assert set(LAYOUT_TABLES) & set(font.keys()) == set()
        assert {"head", "hhea", "hmtx", "maxp", "glyf", "loca"} <= set(font.keys())


def test_subset_is_much_smaller(content: bytes) -> None:
    assert len(subset(content, glyphs_of(content, "Digitalisering"), hinting=False)) < len(content) / 5


def test_hinting_is_kept_only_when_asked_for(content: bytes) -> None:
    used = glyphs_of(content, "Bru")
    with TTFont(io.BytesIO(subset(content, used, hinting=False))) as font:
        assert not {"fpgm", "prep"} & set(font.keys())


def test_same_glyphs_give_the_same_bytes_in_whatever_order(content: bytes) -> None:
    used = glyphs_of(content, "Digitalisering")
    assert subset(content, used, hinting=False) == subset(content, dict(reversed(used.items())), hinting=False)


def test_time_of_the_font_is_not_the_time_of_the_build(content: bytes) -> None:
    with (
        TTFont(io.BytesIO(content)) as whole,
        TTFont(io.BytesIO(subset(content, glyphs_of(content, "Bru"), hinting=False))) as left,
    ):
        assert left["head"].modified == whole["head"].modified


def test_glyph_that_the_font_lacks_does_no_harm(content: bytes) -> None:
    used = glyphs_of(content, "Bru")
    assert outlines(subset(content, {**used, 60_000: "?"}, hinting=False)).keys() == {0, *used}


def test_fonts_in_a_pdf_are_subset_here(document: MakeDocument) -> None:
    made = document(("start", "<p>Bruk <em>bare</em> dette</p>"), sheet="em { font-style: italic }")
    with pikepdf.open(io.BytesIO(typeset_here(made).pdf)) as pdf:
        files = [
            bytes(entry.FontFile2.read_bytes())
            for entry in pdf.objects
            if isinstance(entry, pikepdf.Dictionary) and "/FontFile2" in entry
        ]
    assert len(files) == 3
    for file in files:
        with TTFont(io.BytesIO(file)) as font:
            assert set(LAYOUT_TABLES) & set(font.keys()) == set()
        assert 1 < len(outlines(file)) < 40
