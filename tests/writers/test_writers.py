"""A medium of its own: what it takes to add one, and what of paper its HTML then has (nothing)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from support.projects import Project

import build
import press
from press.cache import Cache
from press.compose.parts import compose
from press.content.report import Section
from press.document import Document
from press.editions import edition
from press.editions.edition import FULL, Edition
from press.editions.naming import ByLink
from press.errors import Problem
from press.pages import Pages
from press.timing import Timing
from press.writers import WRITERS, Composing, Writer

PRESS = Path(press.__file__).parent


@dataclass(frozen=True)
class Made:
    """A medium's result: more than one file, and no pages."""

    contents: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    page_count: int = 0
    surveyed: Pages | None = None
    timings: tuple[Timing, ...] = ()

    def files(self, output: str) -> Mapping[str, bytes]:
        return {f"{output}/{name}": content for name, content in self.contents.items()}


class Web:
    """A medium without pages: each chapter whole in a file of its own."""

    def typesetter(self, cache: Cache) -> AbstractContextManager[Web]:
        return nullcontext(self)

    def typeset(self, document: Document, progress: Callable[[str], None], *, surveying: bool = False) -> Made:
        return Made({f"{part.id}.html": part.html.encode() for part in document.parts})

    def set_by(self) -> str:
        return "nothing"

    def openings(self, root: Section) -> Iterator[tuple[str, str, Mapping[str, Section]]]:
        yield "section", root.id, {"section": root}

    def functions(self, composing: Composing) -> Mapping[str, Callable[..., Any]]:
        return {"body": lambda section: Markup("").join(composing.render_block(b, 2) for b in section.content.blocks)}


SITE = Edition(
    "site", "site", "editions/site", ("sections",), ("editions/site/site.css",), writer="screen", naming=ByLink
)


@pytest.fixture
def site(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Give a publication a web edition: its writer, one template, one style sheet."""
    web: Writer = Web()
    monkeypatch.setattr("press.writers.WRITERS", {**WRITERS, "screen": web})
    for module in ("press.compose.parts", "press.door.building"):
        monkeypatch.setattr(f"{module}.WRITERS", {**WRITERS, "screen": web})
    project.write(
        "templates/editions/site/section.html.j2",
        "<main id={{ section.id }}><h1>{{ section.content.title|line }}</h1>{{ body(section) }}</main>\n",
    )
    project.write("templates/editions/site/site.css", "main { max-width: 40em }\n")
    return project.blocks(
        "  - text: Ord som gjelder, se {page:ramme} og {ramme}.\n  - quote: Ord som gjelder\n"
        "  - callout: ramme\n    title: Ramme\n    text: Ord.\n"
    )


def html(project: Project, of: Edition = SITE) -> str:
    (part,) = compose(project.load(), of).parts
    return re.sub(r'\s*data-at="[^"]*"|\n', "", part.html)


def test_edition_names_its_writer() -> None:
    assert WRITERS[FULL.writer] is WRITERS["pdf"]


def test_every_writer_is_a_folder() -> None:
    folders = {path.parent.name for path in (PRESS / "writers").glob("*/__init__.py")}
    assert folders == {*WRITERS}


def test_no_stage_nor_the_door_asks_a_writer_by_name() -> None:
    files = [*(PRESS / "compose").glob("*.py"), *(PRESS / "door").rglob("*.py"), Path(build.__file__)]
    asking = re.compile(r"^\s*(?:from|import) press\.writers(?:\.| import pdf)", re.MULTILINE)
    assert [path.name for path in files if asking.search(path.read_text("utf-8"))] == []


def test_other_medium_gets_a_chapter_without_paper(site: Project) -> None:
    found = html(site)
    link = '<a class="reference" href="#ramme">«Ramme»</a>'
    assert f"<p>Ord som gjelder, se {link} og {link}.</p>" in found
    assert '<aside class="quote"' in found
    for paper in ("beside", "height", "pt", "data-page-of", "data-furniture", "flow"):
        assert paper not in found


@pytest.mark.long
def test_other_medium_writes_its_files_through_the_door(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition, "edition_of", lambda report, name: SITE)
    assert build.main(["summary", "--quiet", "--project", str(site.folder)]) == build.DONE
    assert (site.folder / "build/site/start.html").read_text(encoding="utf-8").startswith("<main id=start>")


# Templates and style sheets of blocks.


@pytest.mark.parametrize("folder", ["blocks", "screen/blocks", "editions/site/blocks"])
def test_block_is_set_by_its_edition_else_its_medium_else_as_everywhere(site: Project, folder: str) -> None:
    order = ["blocks", "screen/blocks", "editions/site/blocks"]
    for name in order[: order.index(folder) + 1]:
        site.write(
            f"templates/{name}/callout.html.j2",
            f'<b class="{name}">{{{{ block.title|line }}}}</b>{{{{ block.text|prose }}}}\n',
        )
        site.write(f"templates/{name}/callout.css", f"/* of {name} */\n")
    assert re.findall('<b class="(.*?)">', html(site)) == [folder]
    document = compose(site.load(), SITE)
    assert re.findall(r"/\* of (.*?) \*/", document.stylesheet) == [folder]
    assert f"templates/{folder}/callout.css" in [name for _, name in document.sheets]


def test_block_of_one_edition_or_medium_changes_no_other(site: Project) -> None:
    before = compose(site.load(), FULL)
    for folder in ("screen/blocks", "editions/site/blocks"):
        site.write(f"templates/{folder}/callout.html.j2", "<b></b>\n").write(
            f"templates/{folder}/callout.css", "b {}\n"
        )
    assert compose(site.load(), FULL) == before


def test_block_of_an_edition_may_take_up_the_common_one(site: Project) -> None:
    site.write("templates/editions/site/blocks/callout.html.j2", '<b>{% include "blocks/callout.html.j2" %}</b>\n')
    assert '<b><section class="callout" id="ramme">' in html(site)


def test_fault_in_a_block_of_an_edition_is_named_there(site: Project) -> None:
    name = "templates/editions/site/blocks/callout.html.j2"
    with pytest.raises(press.errors.TemplateError) as caught:
        compose(site.write(name, "\n{{ nothing }}\n").load(), SITE)
    assert [str(problem.place) for problem in caught.value.problems] == [f"{name}:2"]


def test_edition_without_sections_prints_none(project: Project) -> None:
    covers = compose(project.load(), replace(FULL, parts=("cover", "back")))
    assert [part.id for part in covers.parts] == ["cover", "back"]
