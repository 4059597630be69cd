"""Terms: foreign words and abbreviations marked wherever they stand, and nothing else touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from support.projects import Project, assert_problems

from press.compose.parts import compose
from press.content.strict_yaml import Located, LocatedList, LocatedMap
from press.content.terms import Terms
from press.editions.edition import FULL
from press.errors import Place

FILE = "content/terms.yaml"
PLACE = Place(FILE, 1, 1)


def terms(foreign: dict[str, list[str]] | None = None, abbreviations: dict[str, str] | None = None) -> Terms:
    """Make the terms that a file with these entries holds."""
    file = LocatedMap(PLACE)
    file["foreign"], file["abbreviations"] = LocatedMap(PLACE), LocatedMap(PLACE)
    for tag, words in (foreign or {}).items():
        file["foreign"][tag] = LocatedList(PLACE)
        file["foreign"][tag].extend(Located(word, PLACE) for word in words)
    for name, long_form in (abbreviations or {}).items():
        file["abbreviations"][name] = Located(long_form, PLACE)
    return Terms.model_validate(file)


TERMS = terms(
    {"en": ["Big Data", "Data", "kick-off", "C++"], "de": ["Industrie 4.0"]},
    {"IoT": "Internet of Things", "AR": "Augmented Reality", "nr. 1": "nummer én"},
)


def en(words: str) -> str:
    return f'<span lang="en">{words}</span>'


IOT = '<abbr title="Internet of Things">IoT</abbr>'
MARKED = {
    "foreign word": ("Vi bruker Data.", f"Vi bruker {en('Data')}."),
    "in any case": ("data og DATA", f"{en('data')} og {en('DATA')}"),
    "longest first": ("Big Data", en("Big Data")),
    "across a space that does not break": ("Big\u00a0Data", en("Big\u00a0Data")),
    "another language": ("Industrie 4.0 nå", '<span lang="de">Industrie 4.0</span> nå'),
    "with a hyphen": ("en kick-off her", f"en {en('kick-off')} her"),
    "before a hyphen": ("Big Data-analyser, IoT-drift", f"{en('Big Data')}-analyser, {IOT}-drift"),
    "before a hyphen that nothing follows": ("data- og IoT-drift", f"{en('data')}- og {IOT}-drift"),
    "with a hyphen, before another": ("kick-off-møte", f"{en('kick-off')}-møte"),
    "with marks that patterns know": ("i C++ og C", f"i {en('C++')} og C"),
    "abbreviation": ("IoT og mer", f"{IOT} og mer"),
    "abbreviation with a space": ("nr. 1 her", '<abbr title="nummer én">nr. 1</abbr> her'),
    "abbreviation across a space that does not break": (
        "nr.\u00a01 her",
        '<abbr title="nummer én">nr.\u00a01</abbr> her',
    ),
    "at both ends": ("IoT Data", f"{IOT} {en('Data')}"),
    "between marks": ("(Data), «IoT»", f"({en('Data')}), «{IOT}»"),
    "beside what is escaped": ("<b>Data</b> & IoT", f"&lt;b&gt;{en('Data')}&lt;/b&gt; &amp; {IOT}"),
}
LEFT_ALONE = {
    "within a word": "Datamaskin, metadata",
    "after a hyphen": "meta-data",
    "beside a digit": "Data4",
    "abbreviation in another case": "iot og ar",
    "letters that only fold alike": "Daﬅa",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "expected"), MARKED.values(), ids=MARKED)
def test_term_is_marked(text: str, expected: str) -> None:
    assert TERMS.mark(text) == expected


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_no_term_is_left_alone(text: str) -> None:
    assert TERMS.mark(text) == escape(text)


def test_no_terms_only_escape() -> None:
    assert terms().mark("<Data> & IoT") == escape("<Data> & IoT")


def test_abbreviation_outranks_a_foreign_word_of_the_same_letters() -> None:
    both = terms({"en": ["AR"]}, {"AR": "Augmented Reality"})
    assert both.mark("AR") == '<abbr title="Augmented Reality">AR</abbr>'
    assert both.mark("ar") == en("ar")


def test_what_a_term_says_is_escaped() -> None:
    hostile = terms({"en": ['"><script>']}, {"A&B": '" onload="x'})
    assert hostile.mark("A&B") == '<abbr title="&#34; onload=&#34;x">A&amp;B</abbr>'
    assert "<script>" not in hostile.mark('se "><script> her')


@given(st.text("abDatIoTR <>&\"'.-\u00a0+4", max_size=40))
def test_marks_take_nothing_and_add_nothing(text: str) -> None:
    marked = TERMS.mark(text)
    tags = set(re.findall(r"<[^>]*>", marked))
    assert all(re.fullmatch(r'<span lang="(en|de)">|<abbr title="[\w .]+">|</(span|abbr)>', tag) for tag in tags)
    assert Markup(re.sub(r"<[^>]*>", "", marked)).unescape() == text


# The file.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("foreign:\n  'en\"><script>': [Data]\n", "2:20: 'en\"><script>' is not a language tag [schema] write en, de"),
        ("foreign:\n  engelsk: [Data]\n", "2:13: 'engelsk' is not a language tag [schema] write en, de"),
        ("foreign:\n  EN: [Data]\n", "2:8: 'EN' is not a language tag [schema]"),
        ("foreign:\n  en: [Data, '']\n", "2:14: 'en' is empty [schema]"),
        ("abbreviations:\n  '': x\n", "2:7: an abbreviation has no letters [schema] write it before the colon"),
        ("abbreviations:\n  ' ': x\n", "2:8: an abbreviation has no letters [schema]"),
    ],
    ids=["tag that closes a tag", "word for a tag", "capitals", "empty word", "no abbreviation", "space"],
)
def test_file_with_a_fault_is_refused_with_its_place(project: Project, text: str, expected: str) -> None:
    assert_problems(project.write(FILE, text).problems(), expected, file=FILE)


@pytest.mark.parametrize("tag", ["en", "de", "nn", "sma", "en-GB", "zh-Hant-TW", "es-419"])
def test_language_tags_are_let_in(project: Project, tag: str) -> None:
    assert project.write(FILE, f"foreign:\n  {tag}: [Data]\n").problems() == []


def test_terms_are_marked_in_prose_titles_and_notes_alike(project: Project) -> None:
    project.write(FILE, "foreign:\n  en: [Big Data]\nabbreviations:\n  IoT: Internet of Things\n")
    project.section(
        "title: Om Big Data\nblocks:\n  - text: |\n      Mer *Big Data* og {start}.[^n]\n\n      [^n]: Også IoT.\n"
    )
    assert project.problems() == []
    document = compose(project.load(), FULL)
    html = next(part.html for part in document.parts if part.id == "start")
    assert html.count(en("Big Data")) >= 2
    assert html.count(f"Også {IOT}.") == 1
