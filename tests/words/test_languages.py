"""The languages that are shipped: bokmål, nynorsk and English, each whole."""

from __future__ import annotations

import re
from datetime import date

import pytest
from support.projects import ROOT, Project, assert_problems

from press.compose.parts import compose
from press.editions.edition import FULL
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
    asked = {name for text in TEMPLATES for name in re.findall(r"""word\(["'](\w+)["']\)""", text)}
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
    assert 'href="#kort" lang="en-GB">' in contents
    assert '<html lang="nb-NO">' in contents


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
