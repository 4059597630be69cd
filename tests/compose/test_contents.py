"""How deep contents go: in the PDF and its outline, on the web, in the EPUB."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from support.projects import Project
from support.site import PDF

from press.compose.parts import compose
from press.editions.edition import EPUB, FULL, WEB, Edition
from press.editions.references import targets

ALL = ["start", "a", "b", "c"]
SITE = replace(WEB, context={"pdfs": [PDF]})


def nested(project: Project, depth: str) -> Project:
    """Write sections four levels deep; the third begins on a page of its own."""
    for name in ALL[1:]:
        opens = "opens: page\n" if name == "b" else ""
        project.write(f"content/{name}.yaml", f"title: Del {name}\n{opens}blocks:\n  - text: Ord.\n")
    order = "    - start:\n      - a:\n        - b:\n          - c\n"
    project.change("content/report.yaml", "    - start\n", order)
    return project.change("content/report.yaml", "language: nb\n", f"language: nb\n{depth}")


def parts(project: Project, edition: Edition) -> dict[str, str]:
    report = project.load()
    pages = dict.fromkeys(targets(report.sections), 1)
    return {part.id: part.html for part in compose(report, edition, pages=pages).parts}


def listed(html: str) -> list[str]:
    (nav,) = re.findall(r'<nav (?:id="contents" class="contents|class="(?:contents|toc)").*?</nav>', html, re.DOTALL)[
        :1
    ]
    return [name for name in re.findall(r'href="#([a-z]+)"', nav) if name in ALL]


@pytest.mark.parametrize(
    ("depth", "contents", "outline"),
    [("", 2, 4), ("contents_depth: 1\n", 1, 1), ("contents_depth: 3\n", 3, 3)],
    ids=["default", "1", "3"],
)
def test_contents_and_outline_are_as_deep_as_is_said(project: Project, depth: str, contents: int, outline: int) -> None:
    nested(project, depth)
    assert not project.errors()
    print_parts = parts(project, FULL)
    assert listed(print_parts["contents"]) == ALL[:contents]
    headings = re.findall(r"<h([1-4])([^>]*)>", print_parts["start"] + print_parts["b"])
    outlined = [int(level) for level, attributes in headings if "bookmark-level: none" not in attributes]
    assert sorted(outlined) == [1, 2, 3, 4][:outline]
    site = parts(project, SITE)
    assert listed(site["index"]) == listed(site["start"]) == ALL[:contents]
    assert listed(parts(project, EPUB)["nav"]) == ALL[:outline]


def test_depth_that_there_is_not_is_refused(project: Project) -> None:
    (problem,) = nested(project, "contents_depth: 4\n").problems()
    assert (problem.place.line, problem.mend) == (7, "choose '1', '2' or '3'")
