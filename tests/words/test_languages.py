"""The languages that are shipped: bokmål, nynorsk and English, each whole."""

from __future__ import annotations

import re
from datetime import date

import pytest
from support.projects import ROOT, Project, assert_problems

from press.compose.parts import compose, figures_of
from press.compose.printed import without_marks
from press.compose.spoken import spoken_pieces
from press.editions.edition import EPUB, FULL, WEB, Edition, edition_of
from press.words.language import NO_BREAK_SPACE, OUR_TEMPLATES, read_language
from press.words.spelling import speller

SHIPPED = ("nb", "nn", "en")
TEMPLATES = [path.read_text(encoding="utf-8") for path in sorted(OUR_TEMPLATES.rglob("*.j2"))]


def test_shipped_languages_are_these() -> None:
    assert {path.stem for path in (OUR_TEMPLATES / "language").glob("*.yaml")} == {*SHIPPED}


@pytest.mark.parametrize("tag", SHIPPED)
def test_every_word_stands_in_each_language(tag: str) -> None:
    languages = {name: read_language(ROOT, name) for name in SHIPPED}
    words = {name: {**language.words, **language.web} for name, language in languages.items()}
    every = {word for each in words.values() for word in each}
    assert every - words[tag].keys() == set()
    asked = {name for text in TEMPLATES for name in re.findall(r"""word\(["'](\w+)["'][,)]""", text)}
    assert len(asked) > 30
    assert asked - words[tag].keys() == set()


@pytest.mark.parametrize(
    ("tag", "day", "number", "small"),
    [
        ("nb", "3. november 2026", "12 345,50", "9999"),
        ("nn", "3. november 2026", "12 345,50", "9999"),
        ("en", "3 November 2026", "12,345.50", "9999"),
    ],
)
def test_dates_and_numbers_are_the_languages(tag: str, day: str, number: str, small: str) -> None:
    language = read_language(ROOT, tag)
    assert language.date(date(2026, 11, 3)).replace(NO_BREAK_SPACE, " ") == day
    assert language.number("12345.50").replace(NO_BREAK_SPACE, " ") == number
    assert language.number("9999") == small
    assert NO_BREAK_SPACE in language.set(day)


@pytest.mark.parametrize(("tag", "locale"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_pages_say_their_language_and_keep_the_case_of_their_title(project: Project, tag: str, locale: str) -> None:
    project.change("content/report.yaml", "language: nb", f"language: {tag}")
    project.change("content/report.yaml", "subtitle: En prøve", "subtitle: NAV i Norge")
    document = compose(project.load(), FULL)
    assert document.language == locale
    for part in document.parts:
        assert f'<html lang="{locale}">' in part.html
        assert "<title>Liten rapport: NAV i Norge</title>" in part.html


@pytest.mark.parametrize(
    ("tag", "known", "unknown"),
    [("nb", "kunnskap", "kunskap"), ("nn", "ikkje", "ikke"), ("en", "colour", "color")],
)
def test_spelling_is_read_in_each_language(project: Project, tag: str, known: str, unknown: str) -> None:
    with speller(tag, project.folder) as spelling:
        assert spelling.knows(known)
        assert not spelling.knows(unknown)


# Sections in another language.

ENGLISH = """\
title: Summary
language: en
blocks:
  - text: |
      See {start}, {fact:andel} and page 3, which the municipality’s organisation has set down.
"""


def bilingual(project: Project) -> Project:
    project.change("content/report.yaml", "- start", "- start:\n        - kort")
    project.change("content/facts.yaml", "bedrifter:", "andel:\n  value: 12345.5\n  source: Studien\nbedrifter:")
    project.write("content/kort.yaml", ENGLISH).write("content/words.txt", "")
    return project


def test_section_in_another_language_is_marked_and_set_in_it(project: Project) -> None:
    _, contents, start, _ = (part.html for part in compose(bilingual(project).load(), FULL).parts)
    assert '<section class="section section-1" id="kort" lang="en-GB"' in start
    assert "12,345.5 and page\N{NO-BREAK SPACE}3" in start
    assert '<a href="#kort"><span lang="en-GB">Summary</span></a>' in contents
    assert '<html lang="nb-NO">' in contents


ABROAD = """\
title: Terms abroad
language: en
blocks:
  - callout: ramme
    title: A box
    style: tip
    text: |
      See {start}, {title:kort} and {tabell-1}.[^note]

      [^note]: Here.
  - table: tabell-1
    title: By country
    columns: [{heading: Country}, {heading: Visits, type: number, total: sum}]
    rows:
      - [Norway, "12345.5"]
  - figure: figur-1
    title: Visits
    source: Our count.
    alt: They rose.
"""
DATA = """\
labels: {axis: "Visits, {fact:andel}"}
tables:
  visits:
    columns:
      - {key: country, heading: Country, type: text}
      - {key: visits, heading: Visits, type: number, unit: people, decimals: 2}
    rows:
      - [Norway, -12345.125]
"""


@pytest.fixture
def two_languages(project: Project, nothing_is_drawn: None) -> Project:
    """A publication in bokmål with an appendix in English, and its figure's data in one in bokmål."""
    bilingual(project)
    project.change("content/report.yaml", "        - kort", "        - kort\n  appendices: [abroad, tall]")
    project.write("content/abroad.yaml", ABROAD).write("content/data/figur-1.yaml", DATA)
    project.write(
        "content/tall.yaml",
        "title: Tall\nblocks:\n  - text: Se {abroad}, {kort} og {figur-1}.\n  - figure_data: data\n",
    )
    project.write("figures/figur_1.py", FIGURE)
    return project


FIGURE = """\
from matplotlib.figure import Figure


def draw(data):
    figure = Figure(figsize=(4, 2))
    figure.text(0.1, 0.5, data.labels["axis"])
    return figure
"""


def parts_of(project: Project, edition: Edition = FULL) -> dict[str, str]:
    return {part.id: part.html for part in compose(project.load(), edition).parts}


def test_words_of_templates_are_in_the_language_of_the_section(two_languages: Project) -> None:
    abroad = parts_of(two_languages)["abroad"]
    for words in (">Tip<", ">Table 1<", ">Total<", ">Figure 1<", ">Appendix 1<", "12,345.5", "“Summary”"):
        assert words in abroad, words
    assert 'data-bookmark="Figure 1 Visits"' in abroad
    assert not re.search(r">(Figur|Tabell|Sum|Vedlegg)\b", abroad.partition("<main")[2])


def test_what_is_said_elsewhere_of_a_section_has_the_language_of_each(two_languages: Project) -> None:
    parts = parts_of(two_languages)
    assert 'Vedlegg 1: <span lang="en-GB">Terms abroad</span>' in parts["contents"]
    numbers = parts["tall"]
    assert "vedlegg\N{NO-BREAK SPACE}1</a>" in numbers
    assert "figur\N{NO-BREAK SPACE}1</a>" in numbers
    assert '<a class="reference" href="#kort" lang="en-GB">«Summary»</a>' in numbers
    assert ">Data til figur 1<" in numbers
    assert '<span lang="en-GB">Country</span>' in numbers
    assert '<td class="right">−12\N{NO-BREAK SPACE}345,13</td>' in numbers
    assert '<span lang="en-GB">Visits</span> (<span lang="en-GB">people</span>)' in numbers


def test_figures_words_are_in_the_language_of_its_section(two_languages: Project) -> None:
    report = two_languages.load()
    data = figures_of(report, FULL)["figur-1"]
    assert data.labels["axis"] == "Visits, 12,345.5"
    assert data.number(12345.5) == "12,345.5"
    csv = compose(report, WEB).assets["figures/figur-1.csv"].decode("utf-8-sig")
    assert csv.split("\r\n")[:2] == ["Country;Visits (people)", "Norway;-12345,125"]


@pytest.mark.parametrize("edition", [WEB, EPUB], ids=["web", "epub"])
def test_section_speaks_its_language_in_other_media(two_languages: Project, edition: Edition) -> None:
    parts = parts_of(two_languages, edition)
    abroad = parts["abroad"]
    assert 'lang="en-GB"' in abroad
    assert '<h2 class="notes-head">Notes</h2>' in abroad
    assert ">Appendix 1<" in abroad
    assert ">Table 1<" in abroad
    contents = parts["index" if edition is WEB else "nav"]
    assert 'Vedlegg 1: <span lang="en-GB">Terms abroad</span>' in contents
    if edition is WEB:
        assert '<span>Next</span> <span lang="nb-NO">Tall</span>' in abroad


def test_block_in_a_short_edition_keeps_its_language(two_languages: Project) -> None:
    blocks = "blocks: [{excerpt: figur-1}, {excerpt: ramme}]"
    edition = f'label: Kort\nlimits: {{pages: "4"}}\nsections:\n  - id: ute\n    title: Ute\n    {blocks}\n'
    two_languages.write("content/editions/kort.yaml", edition)
    report = two_languages.load()
    pages = dict.fromkeys(["start", "kort", "tabell-1"], 3)
    short = compose(report, edition_of(report, "kort"), pages=pages)
    (html,) = (part.html for part in short.parts if part.id == "ute")
    assert '<figure lang="en-GB"' in html
    assert ">Figure 1<" in html
    assert '<section lang="en-GB" class="callout callout-tip"' in html


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>\ufdd00\ufdd1One\ufdd2</p>", '<p><span lang="en">One</span></p>'),
        ('<p lang="en">\ufdd00\ufdd1One\ufdd2</p>', '<p lang="en">One</p>'),
        ('<br><p lang="en">\ufdd01\ufdd1Én\ufdd2</p>', '<br><p lang="en"><span lang="nb">Én</span></p>'),
        (
            "\ufdd00\ufdd1<p>One</p><ul><li><p>Two</p></li></ul>\ufdd2",
            '<p lang="en">One</p><ul lang="en"><li><p>Two</p></li></ul>',
        ),
        ("\ufdd00\ufdd1<em>One</em> two\ufdd2", '<span lang="en"><em>One</em> two</span>'),
        ("<td>\ufdd00\ufdd110,5\ufdd2</td>", "<td>10,5</td>"),
        ("<title>\ufdd00\ufdd1One\ufdd2</title>", "<title>One</title>"),
        ('<main lang="en"><img alt="a > b"></main>\ufdd01\ufdd1Én\ufdd2', '<main lang="en"><img alt="a > b"></main>Én'),
    ],
)
def test_text_says_its_language_where_another_stands_around_it(html: str, said: str) -> None:
    assert without_marks(spoken_pieces(html, "nb", ["en", "nb"].__getitem__)) == said


def test_section_in_another_language_is_held_to_its_spelling_and_marks(project: Project) -> None:
    bilingual(project)
    assert project.problems() == []
    project.change("content/kort.yaml", "organisation has", "organisasjon «has»")
    found = {(problem.rule, problem.place.column) for problem in project.problems()}
    assert found == {("spelling", 70), ("typography", 83), ("typography", 87)}


def test_language_of_a_section_goes_down_to_those_below_it(project: Project) -> None:
    project.change("content/report.yaml", "- start", "- start:\n        - kort")
    project.change("content/start.yaml", "title: Start\n", "title: Start\nlanguage: de\n")
    report = project.write("content/kort.yaml", "title: Kurz\nblocks:\n  - text: Ein Wort.\n").load()
    assert {name: str(tag) for name, tag in report.language_by_section.items()} == {"start": "de", "kort": "de"}
    (part,) = (each for each in compose(report, FULL).parts if each.id == "start")
    assert '<main id="start" class="section" lang="de"' in part.html


def test_language_that_is_no_code_is_told(project: Project) -> None:
    project.change("content/start.yaml", "title: Start\n", "title: Start\nlanguage: engelsk\n")
    assert_problems(project.problems(), "2:11: 'engelsk' cannot be the code of a language [schema] nb, nn, en")
