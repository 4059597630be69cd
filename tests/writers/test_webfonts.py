"""The typefaces of pages: those that their style sheet asks for, and no others."""

from __future__ import annotations

from press.fonts import ALL_FACES, CODE_FACE, FACES, font_face_css
from press.writers.webfonts import faces_in, with_own_fonts


def test_faces_are_those_that_the_style_sheet_asks_for() -> None:
    """Regression test: the typeface of code was asked for, and no file of it came along."""
    assert faces_in(font_face_css()) == FACES
    assert faces_in(with_own_fonts(font_face_css(with_code=True))) == ALL_FACES
    assert CODE_FACE in ALL_FACES
