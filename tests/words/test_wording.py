"""Wording: what a reader sees of a text, letter for letter; its sentences, and how hard they are."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.projects import Project

from press.content.blocks import Kind
from press.content.strict_yaml import Located
from press.errors import Place
from press.words.wording import (
    ITEM,
    MARK,
    THING,
    known_language,
    readability,
    section_prose,
    seen_words,
    sentences,
    shown,
    words,
)

BLANKS = str.maketrans({MARK: "_", THING: "#", ITEM: ":"})


def seen(text: str, kind: Kind = "prose") -> str:
    """Show blanked characters as `_` (marks), `#` (things) and `:` (marks of items)."""
    return shown(text, kind).translate(BLANKS)


def located(text: str) -> Located:
    return Located(text, Place("content/a.yaml", 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Se {figur-1}.", "Se #########."),
        ("*Ord* og ord", "_Ord_ og ord"),
        ("[her](https://a.no/b_c) nå", "_her" + "_" * 19 + " nå"),
        ("ord.[^note] Så", "ord._______ Så"),
        ("[^note]: Ord", ":" * 8 + " Ord"),
        ("- ord\n  - to", "::ord\n::::to"),
        ("1. ord\n2. to", ":::ord\n:::to"),
        ("12. ord", "12. ord"),
        ("Det er 12. ord", "Det er 12. ord"),
        ("ord - ord", "ord - ord"),
        (r"\*ord \{a\}", "__ord __a__"),
        ("Se https://a.no/b-c her", "Se ################ her"),
    ],
    ids=[
        "reference",
        "emphasis",
        "link",
        "footnote's call",
        "footnote's text",
        "list",
        "numbered list",
        "number that is no list's",
        "number within a line",
        "hyphen within a line",
        "escapes",
        "address",
    ],
)
def test_prose_is_seen_without_what_is_not_printed(text: str, expected: str) -> None:
    assert seen(text) == expected


def test_plain_words_have_references_but_no_markdown() -> None:
    assert seen("*Ord* i {start} [1]", "plain") == "*Ord* i ####### [1]"


@given(st.text(alphabet="ab *[](){}^:-1.\\\n", max_size=60), st.sampled_from(get_args(Kind)))
def test_every_letter_that_is_seen_keeps_its_place(text: str, kind: Kind) -> None:
    result = shown(text, kind)
    assert len(result) == len(text)
    assert all(new in {old, MARK, THING, ITEM} for old, new in zip(text, result, strict=True))
    assert result.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("En. To? Tre!", ["En.", "To?", "Tre!"]),
        ("En\nto.\nTre.", ["En\nto.", "Tre."]),
        ("En\n\nTo", ["En", "To"]),
        ("Disse: Én er slik.", ["Disse:", "Én er slik."]),
        ("disse: en og to.", ["disse: en og to."]),
        ("Disse:\n\n- en\n- to", ["Disse:", "en", "to"]),
        ("Se nr. 12 og s. 4.", ["Se nr. 12 og s. 4."]),
        ("F.eks. Bedrift A. Så.", ["F.eks. Bedrift A.", "Så."]),
        ("Den 10. november kom.", ["Den 10. november kom."]),
        ("Han sa «ja.» Hun gikk.", ["Han sa «ja.»", "Hun gikk."]),
        ("Industri 4.0 er her.", ["Industri 4.0 er her."]),
        ("", []),
        ("**", []),
    ],
    ids=[
        "marks",
        "over lines",
        "paragraphs",
        "colon before a sentence",
        "colon within a sentence",
        "list",
        "abbreviations before numbers",
        "abbreviation before a capital",
        "date",
        "end within quotation marks",
        "version",
        "nothing",
        "marks alone",
    ],
)
def test_text_is_divided_into_sentences(text: str, expected: list[str]) -> None:
    assert [sentence for _, sentence in sentences(shown(text))] == expected


def test_sentence_ends_after_a_letter_that_names_something() -> None:
    assert len(list(sentences(shown("Slik er Bedrift A. Og slik er Bedrift B.")))) == 2


def test_sentences_begin_where_they_stand() -> None:
    text = "En.\n\n- *To* ord.  Tre.\n\n[^a]: Fire."
    assert [text[offset : offset + 2] for offset, _ in sentences(shown(text))] == ["En", "To", "Tr", "Fi"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("to ord", 2), ("{fact:a} ord", 2), ("drifts-data og 2018–2020", 3), ("2,5 ord", 3), ("– ord …", 1)],
    ids=["words", "reference", "hyphen and dash", "decimals", "marks"],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert len(words(shown(text))) == count


def test_lix_is_words_a_sentence_and_long_words_in_a_hundred() -> None:
    result = readability([located("Fem ord og digitalisering her.\nDe er tre.")])
    assert result.words == 8
    assert result.lix == pytest.approx(8 / 2 + 100 * 1 / 8)


def test_text_without_words_has_no_lix() -> None:
    assert readability([]).lix == 0.0


def test_section_is_measured_without_its_subsections(project: Project) -> None:
    project.change("content/report.yaml", "    - start\n", "    - start:\n        - under\n")
    project.write("content/under.yaml", "title: Under\nlead: Tre\n")
    project.section("title: Start\nlead: En\nclosing:\n  - text: To\n")
    (start,) = project.load().sections
    assert list(map(str, section_prose(start))) == ["En", "To"]


def test_cells_that_hold_a_number_are_no_text(project: Project) -> None:
    project.blocks(
        "  - table: t\n    title: Tabell\n    columns: [{heading: Tall}]\n    rows: [['2.5'], ['-3'], [tre]]\n"
    )
    found = {str(text): seen_words(text, kind) for kind, text in project.load().texts()}
    assert found["tre"] == "tre"
    assert found["2.5"] == found["-3"] == ""


def test_language_that_there_is_not_is_none(project: Project) -> None:
    project.change("content/report.yaml", "language: nb", "language: xx")
    assert known_language(project.load()) is None


def test_language_that_cannot_be_read_is_none(project: Project) -> None:
    project.write("templates/language/nb.yaml", "locale: nb\n")
    assert known_language(project.load()) is None
