"""matplotlib's SVG made fit for the page."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from press.figures.svg import LARGEST_BYTES, SVG, for_print

PATH = f"{SVG}path"
USE = f"{SVG}use"


def saved(figure: Figure) -> bytes:
    """Let matplotlib write a figure as it does for the press."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg")
    return buffer.getvalue()


def with_texts(*texts: str) -> bytes:
    figure = Figure(figsize=(2, 1))
    for row, text in enumerate(texts):
        figure.text(0.1, 0.2 + 0.2 * row, text, fontsize=8)
    return saved(figure)


def letter(outline: str, scale: float = 1) -> bytes:
    """Give a drawing of one letter."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g>
        <defs><path id="A" d="{outline}" transform="scale({scale})"/></defs><use xlink:href="#A"/></g></svg>""".encode()


def printed(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(for_print(svg, 50.8, 25.4))


def outlines(svg: bytes) -> dict[str, str]:
    """Give the outlines that `<use>` refers to, by their ids."""
    return {path.get("id", ""): path.get("d", "") for path in printed(svg).iter(PATH) if path.get("id")}


def test_each_outline_is_written_once_and_a_space_not_at_all() -> None:
    svg = with_texts("Illustrasjon", "to ord")
    after = printed(svg)
    uses = [use.get("{http://www.w3.org/1999/xlink}href", "")[1:] for use in after.iter(USE)]
    assert len(uses) == len("Illustrasjon") + len("toord")
    drawn = {name: outline for name, outline in outlines(svg).items() if outline}
    assert set(uses) == set(drawn)
    assert len(drawn) == len(set("Illustrasjontoord"))


def test_letters_stand_where_they_stood() -> None:
    svg = with_texts("Ord")
    places = [use.get("transform") for use in ElementTree.fromstring(svg).iter(USE)]
    assert [use.get("transform") for use in printed(svg).iter(USE)] == places


def test_outline_of_a_letter_is_in_the_curves_of_pdf() -> None:
    svg = letter("M 0 0 L 64 128 Q 6 9 -3 6 C 1 2 3 4 5 6 z", 0.5)
    assert outlines(svg) == {"A": "M 0 0 L 32 64 C 12.67 24.33 1.5 4 -1.5 3 C 0.5 1 1.5 2 2.5 3 z"}


def test_outline_keeps_numbers_with_exponents() -> None:
    assert outlines(letter("M 1e-05 100 L 2.5 -4 z M 1 1 L 2 2 z")) == {"A": "M 0 100 L 2.5 -4 z M 1 1 L 2 2 z"}


@pytest.mark.parametrize("outline", ["L 1 1", "M 1", "M 0 0 Q 1 1", "M 0 0 L 1 1 2 2"])
def test_outline_that_breaks_off_is_refused(outline: str) -> None:
    with pytest.raises(ValueError, match=f"an outline breaks off: {outline}"):
        for_print(letter(outline), 10, 10)


def test_group_keeps_its_place_and_colour() -> None:
    svg = with_texts("Ord")
    places = [g.get("transform") for g in ElementTree.fromstring(svg).iter(f"{SVG}g") if g.get("transform")]
    after = [g.get("transform") for g in printed(svg).iter(f"{SVG}g") if g.get("transform")]
    assert after == places != []


def test_marks_that_are_used_many_times_are_left_as_they_are() -> None:
    figure = Figure(figsize=(2, 1))
    figure.add_axes((0, 0, 1, 1)).plot([1, 2, 3], [1, 2, 3], marker="o")
    svg = saved(figure)
    marks = len(re.findall(rb'<use xlink:href="#m', svg))
    assert marks >= 3
    assert len(list(printed(svg).iter(USE))) >= 3


def test_size_is_given_in_millimetres_and_the_view_box_kept() -> None:
    root = printed(with_texts("Ord"))
    assert (root.get("width"), root.get("height")) == ("50.8mm", "25.4mm")
    assert root.get("viewBox") == "0 0 144 72"


@pytest.mark.parametrize(("width", "shown"), [(170.0, "170mm"), (169.99999999999997, "170mm"), (54.25, "54.25mm")])
def test_size_is_written_without_the_dust_of_inches(width: float, shown: str) -> None:
    root = ElementTree.fromstring(for_print(with_texts("Ord"), width, 10))
    assert root.get("width") == shown


def test_metadata_is_gone_and_the_drawing_is_not() -> None:
    svg = with_texts("Ord")
    assert b"<metadata>" in svg
    assert b"matplotlib" in svg.lower()
    after = for_print(svg, 50.8, 25.4)
    assert b"metadata" not in after
    assert b"<path" in after


def test_svg_is_written_without_prefixes() -> None:
    after = for_print(with_texts("Ord"), 50.8, 25.4)
    assert after.startswith(b"<svg ")
    assert b"ns0:" not in after


@pytest.mark.parametrize("transform", ["rotate(45)", "translate(1 2) scale(3 4)", "matrix(1 0 0 1 0 0)"])
def test_unknown_transform_of_a_letter_is_refused(transform: str) -> None:
    svg = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g>
        <defs><path id="A" d="M 0 0 L 1 1" transform="scale(0.5)"/></defs>
        <use xlink:href="#A" transform="{transform}"/></g></svg>"""
    with pytest.raises(ValueError, match=re.escape(transform)):
        for_print(svg.encode(), 10, 10)


def test_rectangular_letter_is_no_rectangle() -> None:
    """Regression test: PDFium snapped a lone sans «I» to whole pixels, so that it looked bold."""
    found = outlines(letter("M 0 0 L 0 8 L 2 8 L 2 0 z"))
    assert found == {"A": "M 0 0 C 0 0 0 8 0 8 L 2 8 L 2 0 z"}


def in_svg(inside: str, attributes: str = "") -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {spaces} {attributes}>{inside}<path d='M 0 0 L 1 1'/></svg>".encode()


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "'script' is not allowed"),
        ("<foreignObject/>", "'foreignObject' is not allowed"),
        ('<image xlink:href="file:///etc/hostname"/>', "'image' is not allowed"),
        ("<animate/>", "'animate' is not allowed"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "html' is not allowed"),
        ('<g onload="alert(1)"/>', "'onload' of 'g' is not allowed"),
        (
            '<use xlink:href="https://example.org/a.svg#b"/>',
            "a reference leaves the drawing: https://example.org/a.svg",
        ),
        ('<use xlink:href="//example.org/a.svg"/>', "a reference leaves the drawing"),
        ('<g style="fill: url(https://example.org/a)"/>', "a style leaves the drawing"),
        ("<g fill=\"url( 'file:///etc/hostname')\"/>", "a style leaves the drawing"),
        ("<style>@import 'https://example.org/a.css';</style>", "a style leaves the drawing"),
    ],
)
def test_what_matplotlib_does_not_draw_with_is_refused(inside: str, said: str) -> None:
    assert for_print(in_svg('<g clip-path="url(#a)"/>'), 10, 10).startswith(b"<svg ")
    with pytest.raises(ValueError, match=re.escape(said)):
        for_print(in_svg(inside), 10, 10)


def test_entities_are_refused_before_they_are_read() -> None:
    bomb = (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
    )
    with pytest.raises(ValueError, match="defines entities"):
        for_print(bomb, 10, 10)


def test_drawing_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match=f"larger than {LARGEST_BYTES} bytes"):
        for_print(in_svg(" " * LARGEST_BYTES), 10, 10)


def test_same_bytes_in_give_the_same_bytes_out() -> None:
    svg = with_texts("Illustrasjon", "to ord")
    assert for_print(svg, 50.8, 25.4) == for_print(svg, 50.8, 25.4)


# The words, for a search.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Antall bedrifter", "Antall bedrifter"),
        ("En -- to & <tre>", "En -- to & <tre>"),
        ("CO$_2$-utslipp", "CO2-utslipp"),
        ("$10^{3}$", "103"),
        ("æøå ŋ Łódź", "æøå ŋ Łódź"),
    ],
)
def test_text_has_its_words_with_it_unpainted(text: str, words: str) -> None:
    (found,) = printed(with_texts(text)).iter(f"{SVG}text")
    assert found.text == words
    assert (found.get("fill"), found.get("stroke")) == ("none", "none")


def test_lines_of_a_text_have_their_words_each() -> None:
    found = printed(with_texts("To\nlinjer", "og")).iter(f"{SVG}text")
    assert [each.text for each in found] == ["To", "linjer", "og"]


def test_words_with_letters_that_no_typeface_has_are_left_out() -> None:
    """They would bring a font of the machine into the file."""
    assert list(printed(with_texts("Ord \N{SNOWMAN}")).iter(f"{SVG}text")) == []


def test_words_stand_where_their_outlines_do() -> None:
    root = printed(with_texts("Ord"))
    (group,) = (group for group in root.iter(f"{SVG}g") if group.find(f"{SVG}text") is not None)
    assert [child.tag for child in group] == [f"{SVG}defs", *[USE] * len("Ord"), f"{SVG}text"]
    assert "scale(0.08 -0.08)" in (group.get("transform") or "")


def test_comments_are_gone() -> None:
    assert b"<!--" not in for_print(with_texts("Ord"), 50.8, 25.4)
