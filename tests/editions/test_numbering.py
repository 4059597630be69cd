"""Numbers of sections to three levels, letters of appendices, and how references read them."""

from __future__ import annotations

import html
import re

import pytest
from support.projects import Project, assert_problems

from press.compose.parts import compose
from press.editions.edition import FULL

ORDER = """order:
  chapters:
    - start
    - to:
        - tre:
            - fire:
                - fem
        - seks
  appendices:
    - sju
    - atte:
        - ni
"""
IDS = ("to", "tre", "fire", "fem", "seks", "sju", "atte", "ni")


@pytest.fixture
def numbered(project: Project) -> Project:
    report = (project.folder / "content/report.yaml").read_text(encoding="utf-8")
    project.write("content/report.yaml", report.partition("order:")[0] + ORDER)
    for name in IDS:
        project.write(f"content/{name}.yaml", f"title: T{name}\nblocks:\n  - text: Ord.\n")
    named = ", ".join(f"{{{name}}}" for name in IDS)
    return project.blocks(f"  - text: Se {named}.\n")


def said(project: Project) -> str:
    assert project.errors() == []
    parts = compose(project.load(), FULL).parts
    text = " ".join(re.sub(r"<[^>]*>", "", part.html) for part in parts)
    return " ".join(html.unescape(text).replace("\u00a0", " ").split())


def numbering(project: Project, line: str) -> Project:
    return project.change("content/report.yaml", "order:\n", f"{line}\norder:\n")


def test_without_numbering_only_chapters_and_appendices_have_numbers(numbered: Project) -> None:
    text = said(numbered)
    assert "Se kapittel 2, «Ttre», «Tfire», «Tfem», «Tseks», vedlegg 1, vedlegg 2, «Tni»." in text
    assert "2.1" not in text


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (
            "numbering: {sections: 3, appendices: letters}",
            "kapittel 2, kapittel 2.1, kapittel 2.1.1, «Tfem», kapittel 2.2, vedlegg A, vedlegg B, vedlegg B.1",
        ),
        (
            "numbering: {sections: 2}",
            "kapittel 2, kapittel 2.1, «Tfire», «Tfem», kapittel 2.2, vedlegg 1, vedlegg 2, vedlegg 2.1",
        ),
        (
            "numbering: {appendices: letters}",
            "kapittel 2, «Ttre», «Tfire», «Tfem», «Tseks», vedlegg A, vedlegg B, «Tni»",
        ),
    ],
)
def test_reference_names_a_section_by_its_number(numbered: Project, line: str, named: str) -> None:
    assert f"Se {named}." in said(numbering(numbered, line))


def test_headings_and_contents_have_the_numbers(numbered: Project) -> None:
    text = said(numbering(numbered, "numbering: {sections: 3, appendices: letters}"))
    for heading, count in {"2.1 Ttre": 2, "2.1.1 Tfire": 1, "B.1 Tni": 2, "Vedlegg B: Tatte": 1}.items():
        assert text.count(heading) == count, heading
    assert "2.1.1.1" not in text


def test_four_levels_are_refused(numbered: Project) -> None:
    found = numbering(numbered, "numbering: {sections: 4}").problems()
    assert_problems(found, "13:23: '4' is not a choice for 'sections' [schema] 3", file="content/report.yaml")
