"""Pictures under a number: SVG held to a list, PDF drawn, photographs as they are; what runs or reaches out is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.projects import PNG, Project, assert_problems

from press.content.pictures import let_in
from press.content.strict_yaml import Located
from press.errors import Place, Problem

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
SHAPE = '<path d="M0 0L10 10" stroke-linecap="round"/>'
BOX = 'viewBox="0 0 200 100"'
INSTITUTE = Path(__file__).parents[1] / "whole/institute/content/images"
BAD = {
    "script": SVG.format(BOX, "<script>alert(1)</script>"),
    "event": SVG.format(BOX, '<path d="M0 0" onclick="a()"/>'),
    "letters": SVG.format(BOX, "<text>Ord</text>"),
    "picture": SVG.format(BOX, '<image href="https://example.org/a.png"/>'),
    "outward reference": SVG.format(BOX, '<use xlink:href="b.svg#a"/>'),
    "outward style": SVG.format(BOX, '<path d="M0 0" style="fill: url(https://example.org/a)"/>'),
    "foreign object": SVG.format(BOX, "<foreignObject/>"),
    "entity": f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG.format(BOX, SHAPE)}',
    "no XML": "<svg",
    "no SVG": "<html/>",
    "no size": SVG.format("", SHAPE),
    "size without end": SVG.format(f'viewBox="0 0 {"9" * 400} 1"', SHAPE),
    "sizes without end": SVG.format(f'width="{"9" * 400}" height="{"9" * 400}"', SHAPE),
    "no height to speak of": SVG.format('viewBox="0 0 1000 1"', SHAPE),
    "number that is none": SVG.format('width="1.2.3" height="1"', SHAPE),
    "unknown letters": f'<?xml version="1.0" encoding="a"?>{SVG.format(BOX, SHAPE)}',
    "two bytes a letter": SVG.format(BOX, SHAPE).encode("utf-16-le").decode(),
}


def let(data: bytes | str, name: str = "a.svg") -> tuple[object, list[Problem]]:
    problems: list[Problem] = []
    found = let_in(data.encode() if isinstance(data, str) else data, Located(name, Place("a.yaml", 1, 1)), problems)
    return found, problems


@pytest.mark.parametrize("svg", BAD.values(), ids=BAD)
def test_svg_with_more_than_shapes_is_refused(svg: str) -> None:
    found, problems = let(svg)
    assert found is None
    assert "a.svg is no drawing that can be let in" in problems[0].what
    assert "as paths" in problems[0].mend


@pytest.mark.parametrize(("size", "ratio"), [(BOX, 2), ('width="30mm" height="10mm"', 3), (f'width="9in" {BOX}', 2)])
def test_svg_of_another_program_is_let_in_without_what_that_keeps_in_it(size: str, ratio: float) -> None:
    notes = '<metadata>a</metadata><i:view xmlns:i="http://i" i:b="c"/>'
    found, problems = let(SVG.format(size, f"{notes}{SHAPE}"))
    assert problems == []
    assert found.ratio == pytest.approx(ratio)  # type: ignore[attr-defined]
    data = found.data.decode()  # type: ignore[attr-defined]
    assert "metadata" not in data
    assert "view " not in data
    assert 'stroke-linecap="round"' in data


def test_page_of_a_pdf_is_drawn_the_same_each_time() -> None:
    data = (INSTITUTE / "skisse.pdf").read_bytes()
    (first, problems), (again, _) = let(data, "skisse.pdf"), let(data, "skisse.pdf")
    assert problems == []
    assert first == again
    assert first.name == "skisse.pdf.png"  # type: ignore[attr-defined]
    assert first.ratio == pytest.approx(2, rel=0.01)  # type: ignore[attr-defined]


def test_pdf_that_is_none_is_refused() -> None:
    found, problems = let(b"%PDF-1.7\nrubbish", "a.pdf")
    assert found is None
    assert "a.pdf cannot be drawn" in problems[0].what


def test_picture_is_as_wide_as_it_says_and_no_higher_than_a_page(project: Project) -> None:
    from press.compose.parts import _Composer
    from press.editions.edition import FULL

    block = (
        "  - text: Se {k}.\n  - picture: k\n    title: A\n    source: B\n    alt: C\n    image: a.png\n"
        "    width: WIDTH\n"
    )
    sizes = {}
    for width in ("body", "full", "page"):
        project.blocks(block.replace("WIDTH", width)).write("content/images/a.png", PNG)
        report = project.load()
        assert project.errors() == []
        (picture,) = [each for _, each in report.blocks() if each.kind == "picture"]
        sizes[width] = _Composer(report, FULL, lambda line: None, {}).picture_size(picture)  # type: ignore[arg-type]
    assert sizes == {"body": (112, 112), "full": (170, 170), "page": (129, 129)}


def test_picture_that_is_not_there_is_told(project: Project) -> None:
    project.blocks("  - picture: k\n    title: A\n    source: B\n    alt: C\n    image: borte.svg\n")
    assert_problems(project.problems(), "7:12: there is no file content/images/borte.svg [file]")
