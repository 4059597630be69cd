"""The editions: each whole in its templates, none known to a stage by name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from projects import Project

from press.blocks import KINDS
from press.compose import compose
from press.editions import EDITIONS, Edition, PartKind

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
TEMPLATE_OF: dict[PartKind, set[str]] = {
    "cover": {"cover"},
    "contents": {"contents"},
    "sections": {"section", "divider"},
    "back": {"back"},
}
every_edition = pytest.mark.parametrize("edition", EDITIONS.values(), ids=list(EDITIONS))


def test_full_report_is_an_edition() -> None:
    assert EDITIONS["report"].output == "report.pdf"


def test_editions_are_found_by_their_names_and_write_files_of_their_own() -> None:
    assert all(name == edition.name for name, edition in EDITIONS.items())
    outputs = [edition.output for edition in EDITIONS.values()]
    assert len(set(outputs)) == len(outputs)
    assert all(re.fullmatch(r"[a-z-]+\.pdf", output) for output in outputs)


def test_every_kind_of_part_has_its_templates_named_here() -> None:
    assert set(get_args(PartKind)) == TEMPLATE_OF.keys()


@every_edition
def test_edition_has_a_template_for_each_of_its_parts(edition: Edition) -> None:
    assert edition.parts
    for kind in edition.parts:
        for template in TEMPLATE_OF[kind]:
            assert (TEMPLATES / edition.templates / f"{template}.html.j2").is_file(), template


@every_edition
def test_edition_names_every_style_sheet_of_its_folder(edition: Edition) -> None:
    found = {path.name for path in (TEMPLATES / edition.templates).glob("*.css")}
    assert set(edition.stylesheets) == found


@pytest.mark.parametrize("kind", KINDS)
def test_every_block_type_has_a_template_and_a_style_sheet(kind: str) -> None:
    assert (TEMPLATES / f"blocks/{kind}.html.j2").is_file()
    assert (TEMPLATES / f"blocks/{kind}.css").is_file()


def test_no_block_has_a_template_without_a_type() -> None:
    files = {path.name for path in (TEMPLATES / "blocks").iterdir()} - {"README.md"}
    assert {name.partition(".")[0] for name in files} == KINDS.keys()


def test_parts_come_in_the_editions_order(project: Project) -> None:
    document = compose(project.load(), EDITIONS["report"])
    assert [part.id for part in document.parts] == ["cover", "contents", "start", "back"]


def test_edition_of_another_name_and_fewer_parts_needs_no_stage_to_know_it(project: Project) -> None:
    short = replace(EDITIONS["report"], name="brief", output="brief.pdf", parts=("sections", "cover"))
    document = compose(project.load(), short)
    assert [part.id for part in document.parts] == ["start", "cover"]
    (full,) = (part for part in compose(project.load(), EDITIONS["report"]).parts if part.id == "start")
    assert document.parts[0] == full


def test_edition_uses_no_other_style_sheets_than_its_own(project: Project) -> None:
    bare = replace(EDITIONS["report"], stylesheets=("page.css",))
    sheet = compose(project.load(), bare).stylesheet
    assert (TEMPLATES / "editions/report/page.css").read_text(encoding="utf-8") in sheet
    assert (TEMPLATES / "editions/report/type.css").read_text(encoding="utf-8") not in sheet
