"""What the preview is made of, each by itself: blocks and lines, keys of pages, pages that changed, editors."""

from __future__ import annotations

import argparse
import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support.projects import SECTION_FILE, Project

from press.cache import Cache
from press.errors import Place
from press.pages import Box, Extent, Line, Page, Pages
from press.preview.blocks import block_at, blocks_of, web_block_at
from press.preview.editors import EDITORS, editor
from press.preview.making import Made, Maker, Refused, Site
from press.preview.session import changed_blocks, changed_pages
from press.preview.watching import saves
from press.writers.web import typeset as web_typeset

ROOT = Path(__file__).resolve().parent.parent.parent
AREA = Extent(20, 20, 190, 270)


def line(number: int, top: float, place: str, column: int = 1, left: float = 20, text: str = "ord") -> Line:
    found = Place.parse(place)
    assert found is not None
    return Line(number, text, Extent(left, top, left + 80, top + 3), AREA, found, 1, column)


def test_lines_of_a_paragraph_are_one_block_in_each_column() -> None:
    lines = (line(1, 20, "a.yaml:4:7"), line(1, 25, "a.yaml:4:7"), line(1, 20, "a.yaml:4:7", 2, 110))
    blocks = blocks_of(Page(1, "start", AREA, lines=lines))
    assert [(block.extent.left, block.extent.top, block.extent.bottom) for block in blocks] == [
        (109, 19, 24.5),
        (19, 19, 29.5),
    ]


def test_innermost_block_comes_first_and_what_has_no_line_is_none() -> None:
    box = Box(1, "box", Extent(10, 10, 200, 100), AREA, Place("a.yaml", 2, 3), 1, 1)
    furniture = replace(line(1, 50, "a.yaml:9:9"), place=Place("templates (the part 'cover')"))
    blocks = blocks_of(Page(1, "start", AREA, lines=(line(1, 20, "a.yaml:4:7"), furniture), boxes=(box,)))
    assert [str(block.place) for block in blocks] == ["a.yaml:4:7", "a.yaml:2:3"]


@pytest.mark.parametrize(("caret", "shown"), [(1, 3), (3, 3), (5, 3), (8, 8), (40, 8)])
def test_caret_shows_what_begins_in_its_line_or_in_the_nearest_above(caret: int, shown: int) -> None:
    pages = Pages(
        (
            Page(
                1,
                "start",
                AREA,
                lines=(line(1, 20, "a.yaml:3:7"), line(1, 25, "a.yaml:8:7"), line(1, 30, "b.yaml:5:7")),
            ),
        )
    )
    block = block_at(pages, "a.yaml", caret)
    assert block is not None
    assert block.place.line == shown
    assert block_at(pages, "c.yaml", 1) is None


def test_editors_are_names_and_addresses_that_open_no_page() -> None:
    for given in (*EDITORS, "myeditor://{path}:{line}", "vscode-insiders://file/{path}:{line}:{column}"):
        assert editor(given) == given
    for given in (
        "emacs",
        "https://evil.example/{path}",
        "javascript:alert(1)//{path}",
        "myeditor://x",
        "file://{path}",
    ):
        with pytest.raises(argparse.ArgumentTypeError, match="name one of vscode"):
            editor(given)


@pytest.mark.usefixtures("nothing_is_drawn")
def test_web_edition_keeps_places_and_tells_what_says_something_new(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_typeset, "fonts", lambda *_: {})
    maker = Maker(project.folder, project.folder / "build", Cache(None))

    def made() -> Site:
        result = maker.make("web")
        assert isinstance(result, Site), result
        return result

    first = made()
    assert first.page_count == 7
    assert b'data-at="content/' in first.files["start.html"]
    title, text = (web_block_at(first.blocks, SECTION_FILE, line) for line in (1, 9))
    assert [str(each.place) for each in (title, text) if each] == [f"{SECTION_FILE}:1:8", f"{SECTION_FILE}:4:7"]
    assert web_block_at(first.blocks, "content/other.yaml", 1) is None
    assert changed_blocks(first, made()) == ()
    project.change(SECTION_FILE, "Første avsnitt", "Endret avsnitt")
    (changed,) = changed_blocks(first, made())
    assert (changed.file, changed.place.file) == ("start.html", SECTION_FILE)
    assert "Endret avsnitt" in changed.text


@pytest.mark.long
def test_maker_tells_pages_that_changed_and_draws_anew_only_theirs(project: Project) -> None:
    with Maker(project.folder, project.folder / "build", Cache(None)) as maker:

        def made() -> Made:
            result = maker.make("report")
            assert isinstance(result, Made), result
            return result

        first = made()
        assert first.keys == made().keys
        assert maker.choices == ("report", "web", "proof A", "proof B")
        project.change(SECTION_FILE, "Første avsnitt", "Endret avsnitt")
        second = made()
        # The fingerprint in the colophon on page 4 is another; that is no change to be scrolled to.
        assert [n for n, pair in enumerate(zip(first.keys, second.keys, strict=True), 1) if len(set(pair)) > 1] == [
            3,
            4,
        ]
        assert changed_pages(first, second) == (3,)
        project.write("templates/blocks/text.css", "p { letter-spacing: 0.1pt }")
        third = made()
        assert 3 in changed_pages(second, third)
        project.write("templates/blocks/text.html.j2", "{{ nothing }}")
        refused = maker.make("report")
        assert isinstance(refused, Refused)
        assert refused.problems[0].place.file == "templates/blocks/text.html.j2"


@pytest.mark.long
def test_maker_tells_of_figures_that_fail_and_goes_on(tmp_path: Path) -> None:
    project = Project(tmp_path / "publication")
    shutil.copytree(ROOT / "tests/reports/figures", project.folder)
    script = next((project.folder / "figures").glob("figur_*.py"))
    sound = script.read_bytes()
    with Maker(project.folder, project.folder / "build", Cache(None)) as maker:
        good = maker.make("report")
        assert isinstance(good, Made), good
        for broken in (b"def draw(data):\n    raise ValueError('no')\n", b"def draw(", b"import os\nos._exit(3)\n"):
            script.write_bytes(broken)
            refused = maker.make("report")
            assert isinstance(refused, Refused)
            assert refused.problems[0].place.file == f"figures/{script.name}"
        script.unlink()
        assert isinstance(maker.make("report"), Refused)
        script.write_bytes(sound)
        again = maker.make("report")
        assert isinstance(again, Made)
        assert (again.pdf, again.keys) == (good.pdf, good.keys)


@pytest.mark.long
def test_watching_sees_saves_renames_and_folders_that_come_and_go(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    async def run() -> list[str]:
        stop = asyncio.Event()
        seen: list[str] = []
        told = asyncio.Event()

        async def watch() -> None:
            async for _ in saves(tmp_path, stop):
                told.set()

        watching = asyncio.create_task(watch())
        await asyncio.sleep(0.5)
        for name, act in {
            "save": lambda: (tmp_path / "content/a.yaml").write_text("x"),
            "rename": lambda: (tmp_path / "content/a.yaml").replace(tmp_path / "content/b.yaml"),
            "delete": (tmp_path / "content/b.yaml").unlink,
            "folder": (tmp_path / "figures").mkdir,
            "in the new folder": lambda: (tmp_path / "figures/a.py").write_text("x"),
            "exchanged": lambda: ((tmp_path / "content").rename(tmp_path / "old"), (tmp_path / "content").mkdir()),
            "in the exchanged": lambda: (tmp_path / "content/a.yaml").write_text("x"),
            "backup": lambda: (tmp_path / "content/.a.yaml.swp").write_text("x"),
            "output": lambda: ((tmp_path / "build").mkdir(), (tmp_path / "build/report.pdf").write_text("x")),
        }.items():
            told.clear()
            act()
            try:
                await asyncio.wait_for(told.wait(), 0.6 if name in {"backup", "output"} else 10)
                seen.append(name)
            except TimeoutError:
                pass
            await asyncio.sleep(1.2 if name in {"folder", "exchanged"} else 0.1)
        stop.set()
        await asyncio.wait_for(watching, 10)
        return seen

    expected = ["save", "rename", "delete", "folder", "in the new folder", "exchanged", "in the exchanged"]
    assert asyncio.run(run()) == expected
