"""The typefaces: there, right, free to embed, and enough for whatever the style sheets and the content ask for."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from support.cases import rest_long
from support.projects import ROOT

from press.compose.theme import properties
from press.content.theme import default_theme
from press.fonts import ALL_FACES, CODE_FACE, FACES, SANS, SERIF, Face, advances, characters, font_face_css
from tools.letters import code, letters

STYLE_SHEETS = sorted((ROOT / "templates").rglob("*.css"))
LATIN_EXTENDED_A = "".join(map(chr, range(0x100, 0x180)))
NORWEGIAN = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789éèêóòôü«»‹›–—…•§€%&×≥·’°½ "
SAME = ("GPOS", "GSUB", "OS/2", "name")
"""Tables that say how a face is set."""
every_face = pytest.mark.parametrize("face", FACES, ids=[face.file for face in FACES])


@every_face
def test_face_is_the_file_that_it_says(face: Face) -> None:
    with TTFont(face.path) as font:
        names = {font["name"].getDebugName(1), font["name"].getDebugName(16)}
        assert face.family in names
        # The oldest weights of the families are numbered as fonts were before CSS; the file's name tells them too.
        assert abs(font["OS/2"].usWeightClass - face.weight) <= 50
        assert (font["post"].italicAngle != 0) == (face.style == "italic")


@every_face
def test_face_may_be_embedded_without_restriction(face: Face) -> None:
    with TTFont(face.path) as font:
        assert font["OS/2"].fsType == 0
        assert "SIL Open Font License" in font["name"].getDebugName(13)


@every_face
def test_face_has_every_norwegian_character(face: Face) -> None:
    with TTFont(face.path) as font:
        assert sorted(set(NORWEGIAN) - {chr(code) for code in font.getBestCmap()}) == []


@every_face
def test_face_has_every_latin_letter_of_europe(face: Face) -> None:
    """North Sámi Ŋ ŋ Ŧ ŧ among them, which the files of Source Serif Pro lack."""
    with TTFont(io.BytesIO(face.content)) as font:
        known = {chr(code) for code in font.getBestCmap()}
    assert sorted(set(LATIN_EXTENDED_A) - known) == (list("ĬĭĲĳ") if face.family == SERIF else [])
    assert characters(*face.key) == known


@every_face
def test_letters_are_added_behind_what_a_face_has(face: Face) -> None:
    """Whatever is set without them is set as before, to the byte."""
    with TTFont(face.path) as old, TTFont(io.BytesIO(face.content)) as new:
        count = old["maxp"].numGlyphs
        assert new.getGlyphOrder()[:count] == old.getGlyphOrder()
        assert new["maxp"].numGlyphs == len(new.getGlyphOrder()) > count
        assert [new["glyf"][name] for name in old.getGlyphOrder()] == [
            old["glyf"][name] for name in old.getGlyphOrder()
        ]
        changed = {chr(code) for code, name in old.getBestCmap().items() if new.getBestCmap()[code] != name}
        assert changed == ({"Ŋ"} if "Ŋ" in map(chr, old.getBestCmap()) else set())  # the sans has the other shape
        assert {tag: new.reader[tag] for tag in SAME} == {tag: old.reader[tag] for tag in SAME}


@every_face
def test_letters_match_those_they_are_made_of(face: Face) -> None:
    wide = advances(*face.key)
    for letter, like in ("Ŋ", "N"), ("ŋ", "n"), ("Ŧ", "T"), ("ŧ", "t"):
        assert wide[letter] == pytest.approx(wide[like], rel=0.05)
    with TTFont(io.BytesIO(face.content)) as font:
        glyphs, known = font["glyf"], font.getBestCmap()
        for letter, like in ("Ŋ", "N"), ("ŋ", "n"), ("Ŧ", "T"), ("ŧ", "t"):
            assert glyphs[known[ord(letter)]].yMax == pytest.approx(glyphs[known[ord(like)]].yMax, abs=5)
        assert all(glyphs[known[ord(letter)]].yMin < -100 for letter in "Ŋŋ")


@pytest.mark.parametrize("face", rest_long(FACES), ids=lambda face: face.file)
def test_letters_are_what_the_newer_editions_give(face: Face) -> None:
    assert letters(face) == face.letters.read_bytes(), "make letters"


@every_face
def test_file_of_letters_keeps_the_licence_and_not_the_reserved_name(face: Face) -> None:
    with TTFont(face.letters) as font:
        assert not any("Source" in font["name"].getDebugName(number) for number in (1, 3, 4, 6))
        assert "Adobe" in font["name"].getDebugName(0)
        assert "SIL Open Font License" in font["name"].getDebugName(13)
        assert font["OS/2"].fsType == 0
    assert "SIL OPEN FONT LICENSE" in (face.letters.parent / "OFL.txt").read_text(encoding="utf-8")


def test_faces_are_declared_each_once() -> None:
    declared = re.findall(
        r'@font-face \{ font-family: "([^"]+)"; font-weight: (\d+); font-style: (\w+); src: url\(fonts/([^)]+)\) \}',
        font_face_css(),
    )
    assert declared == [(face.family, str(face.weight), face.style, face.file) for face in FACES]
    assert len({(face.family, face.weight, face.style) for face in FACES}) == len(FACES)
    assert len({face.file for face in FACES}) == len(FACES)


def test_package_that_is_not_installed_is_named_with_what_to_do() -> None:
    with pytest.raises(ModuleNotFoundError, match="font_that_is_not_there is not installed: run make"):
        _ = Face(SERIF, 400, "normal", "font_that_is_not_there", "Not.ttf").path


@pytest.mark.parametrize("sheet", STYLE_SHEETS, ids=[sheet.relative_to(ROOT).as_posix() for sheet in STYLE_SHEETS])
def test_style_sheet_asks_only_for_faces_that_there_are(sheet: Path) -> None:
    """A weight that is not declared is not missed by anyone: the nearest one is set, or one is made up."""
    known = {(face.family, face.weight, face.style) for face in ALL_FACES}
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    declared = dict(properties(default_theme()))
    css = re.sub(r"var\(--(serif|sans)-stack\)", r"var(--\1)", css)  # ours first, and others
    css = re.sub(r"var\(--([\w-]+)\)", lambda match: declared.get(match[1], match[0]), css)
    size = r"(?:[\d.]+\w+|clamp\([^)]+\))(?:/[\d.]+\w*)?"
    asked = re.findall(rf'font:\s*(italic\s+)?(\d+)\s+{size}\s+"([^"]+)"', css)
    assert {(family, int(weight), "italic" if slant else "normal") for slant, weight, family in asked} <= known
    assert len(re.findall(r"\bfont:(?! var\()", css)) == len(asked), "each `font:` names weight, size and family"
    assert set(re.findall(r'font-family:\s*"?([^;"}]+)', css)) <= {SERIF, SANS, CODE_FACE.family}
    assert {int(weight) for weight in re.findall(r"font-weight:\s*(\d+)", css)} <= {face.weight for face in FACES}
    assert not re.search(r"font-weight:\s*(bold|bolder|lighter)", css)


def test_face_for_code_is_what_the_package_gives_and_keeps_the_licence() -> None:
    assert code() == CODE_FACE.path.read_bytes(), "make letters"
    with TTFont(CODE_FACE.path) as font:
        assert not any("Source" in font["name"].getDebugName(number) for number in (1, 3, 4, 6))
        assert "SIL Open Font License" in font["name"].getDebugName(13)
        assert font["OS/2"].fsType == 0
        assert len({width for width, _ in font["hmtx"].metrics.values() if width}) == 1
    assert set(NORWEGIAN) <= characters(*CODE_FACE.key)
