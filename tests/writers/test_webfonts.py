"""The typefaces of pages: those that their style sheet asks for, and no others."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from press.cache import Cache
from press.document import Document
from press.fonts import ALL_FACES, FACES, OwnFace, font_face_css
from press.writers.webfonts import faces_in, fonts, with_own_fonts

FACE = FACES[-1]
OWN = OwnFace("Egen", 400, "normal", "a1b2-400.ttf", FACE.content)


def document(css: str, *own: OwnFace) -> Document:
    return Document((), css, {}, (), "nb-NO", faces=own)


def test_faces_are_those_that_the_style_sheet_asks_for() -> None:
    """Regression test: the typeface of code was asked for, and no file of it came along."""
    assert faces_in(document(font_face_css())) == FACES
    assert faces_in(document(with_own_fonts(font_face_css(with_code=True)))) == ALL_FACES


def test_face_of_a_publications_own_comes_along_as_ours_do() -> None:
    css = f'@font-face {{ font-family: "{OWN.family}"; src: url({OWN.asset}) }}\n'
    (made,) = fonts(document(css, OWN), "Åŋ", Cache(None), "").items()
    assert made[0] == "fonts/a1b2-400.woff2"
    assert f'url({made[0]}) format("woff2")' in with_own_fonts(css)
    with TTFont(io.BytesIO(made[1])) as font:
        assert {ord("Å"), ord("ŋ"), ord("a")} <= font.getBestCmap().keys()
