"""The content of this study: nothing to mend, spelt right, and every letter of it in the typefaces."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from support.projects import ROOT

import build
from press.checks import spelling, words_needed
from press.content.load import load
from press.fonts import FACES, SANS, SERIF


def test_publication_in_this_repository_has_nothing_to_mend(capsys: pytest.CaptureFixture[str]) -> None:
    code = build.main(["check"])
    assert capsys.readouterr().out == ""
    assert code == build.DONE


def test_publication_is_spelt_as_the_dictionary_and_its_list_have_it() -> None:
    report = load(ROOT)
    assert report.words
    assert [*spelling.check(report), *words_needed.check(report)] == []


def test_every_character_of_the_content_is_in_the_faces_of_running_text() -> None:
    """A character that a face lacks would come from whatever font the machine has."""
    content = {
        character: path.name
        for path in sorted((ROOT / "content").rglob("*.yaml"))
        for character in path.read_text(encoding="utf-8")
        if character != "\n"
    }
    for family in (SERIF, SANS):
        (upright,) = (f for f in FACES if (f.family, f.weight, f.style) == (family, 400, "normal"))
        with TTFont(upright.path) as font:
            known = {chr(code) for code in font.getBestCmap()}
        assert {character: file for character, file in content.items() if character not in known} == {}, family
