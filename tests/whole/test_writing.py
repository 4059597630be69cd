"""docs/writing.md is true: what it says is printed is printed, and what it says is refused is refused."""

from __future__ import annotations

import html
import re

import pytest
from support.projects import ROOT, Project

from press.compose.parts import compose
from press.editions.edition import FULL

PAGE = (ROOT / "docs/writing.md").read_text(encoding="utf-8")
TABLE = "  - table: tabell-1\n    title: Tall\n    columns: [{heading: Kolonne}]\n    rows:\n"


def rows(heading: str) -> list[tuple[str, str]]:
    """Give the rows of the table under a heading: what is typed, and what comes of it."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"(?m)^\| (?:`` (.+) ``|`(.+)`) \| `(.+)` \|$", part)
    return [((of_two or of_one).replace("⏎", "\n"), told) for of_two, of_one, told in found]


def under_a_bar(text: str, indent: int) -> str:
    return "|\n" + "".join(f"{' ' * indent}{line}\n" for line in text.split("\n"))


def printed(project: Project) -> str:
    """Give what stands in the section, without tags, with single, ordinary spaces."""
    assert project.errors() == []
    (part,) = [part for part in compose(project.load(), FULL).parts if part.id == "start"]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", part.html)).split())


@pytest.mark.parametrize(("typed", "told"), rows("In a text"))
def test_text_is_printed_as_the_page_says(project: Project, typed: str, told: str) -> None:
    named = "  - text: Se {tabell-1}.\n"
    project.blocks(f"{named}  - text: {under_a_bar(typed, 6)}{TABLE}      - [tall]\n")
    assert f"Se tabell 1. {told} Tabell 1 Tall" in printed(project)


@pytest.mark.parametrize(("typed", "told"), [*rows("In cells, captions and sources"), ('""', "")])
def test_cell_is_printed_as_the_page_says(project: Project, typed: str, told: str) -> None:
    cell = typed if typed == '""' else under_a_bar(typed, 10)
    source = f"    source: {under_a_bar(typed, 6)}" if told else ""
    table = TABLE.replace("[{heading: Kolonne}]", "[{heading: A}, {heading: B}]")
    project.blocks(f"  - text: Se {{tabell-1}}.\n{table}      - - fast\n        - {cell}\n{source}")
    assert f"AB fast{told}" in printed(project)
    assert printed(project).count(told) >= 2


@pytest.mark.parametrize(("typed", "told"), rows("What is refused"))
def test_text_is_refused_as_the_page_says(project: Project, typed: str, told: str) -> None:
    project.blocks(f"  - text: {under_a_bar(typed, 6)}")
    assert any(told in problem.what and problem.severity == "error" for problem in project.problems())


@pytest.mark.parametrize("title", ["*Ny* vei", "[Vei](https://example.org)", "Vei[^n]", "Se {page:start}"])
def test_title_of_more_than_plain_words_is_refused(project: Project, title: str) -> None:
    project.section(f"title: '{title}'\nblocks:\n  - text: Ord.\n")
    assert project.errors()


def test_row_without_a_word_is_refused(project: Project) -> None:
    project.blocks(f'  - text: Se {{tabell-1}}.\n{TABLE}      - [""]\n')
    assert "the row has nothing in its cells" in project.problems()[0].what


@pytest.mark.parametrize("heading", ["In a text", "In cells, captions and sources", "What is refused"])
def test_page_has_its_examples(heading: str) -> None:
    assert len(rows(heading)) >= 4
