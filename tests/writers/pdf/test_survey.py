"""The survey of pages that were laid out: what stands where, and that the rules on pages find it at its line.

`tests/checks/test_page_checks.py` holds the rules against pages made by hand.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from PIL import Image
from support.pdf import typeset_here
from support.projects import Project, assert_problems
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from press import checks
from press.document import AT, Document
from press.errors import Place, Problem
from press.pages import Extent, Line, Pages, columns
from press.writers.pdf import typeset
from press.writers.pdf.sealed import Typesetter
from press.writers.pdf.seen.finished import Finished
from press.writers.pdf.tags import Tagger

MakeDocument = Callable[..., Document]
Told = Callable[..., list[Problem]]

WHITE = (1.0, 1.0, 1.0)
LINES = 8
"""As many lines as a page of the small documents has."""


def at(line: int) -> str:
    return f'{AT}="content/start.yaml:{line}:7"'


def place(line: int) -> Place:
    return Place("content/start.yaml", line, 7)


def p(line: int, text: str = "Et par ord", style: str = "") -> str:
    return f'<p {at(line)} style="{style}">{text}</p>'


def lines_of(count: int) -> str:
    return "<br>".join(f"Linje {number}" for number in range(count))


def surveyed(document: Document) -> Pages:
    result = typeset_here(document, surveying=True)
    assert result.surveyed is not None
    return result.surveyed


def line_with(text: str, pages: Pages) -> Line:
    (line,) = (line for line in pages.lines() if text in line.text)
    return line


@pytest.fixture
def document(document: MakeDocument) -> MakeDocument:
    """Make documents whose text begins at the edge of the type area."""

    def make(*parts: tuple[str, str], sheet: str = "", **more: Any) -> Document:
        return document(*parts, sheet=f"body {{ margin: 0 }} {sheet}", **more)

    return make


@pytest.fixture
def told(document: MakeDocument, project: Project) -> Told:
    """Lay out bodies, one a part, and run one rule on the pages."""

    def run(rule: str, *bodies: str, **more: object) -> list[Problem]:
        parts = [(f"part-{number}", body) for number, body in enumerate(bodies)]
        outcome = checks.run(project.load(), surveyed(document(*parts, **more)))
        return [problem for problem in outcome.problems if problem.rule == rule]

    return run


# What comes back.


def test_survey_is_made_only_when_it_is_asked_for(document: MakeDocument) -> None:
    made = document(("one", p(10)))
    plain, asked = typeset_here(made), typeset_here(made, surveying=True)
    assert plain.surveyed is None
    assert asked.surveyed is not None
    assert asked.pdf == plain.pdf


@pytest.mark.long
def test_survey_comes_whole_from_a_process_of_its_own(document: MakeDocument) -> None:
    made = document(("one", f"<h1>En</h1>{p(10)}"), ("two", p(20)))
    with Typesetter() as typesetter:
        there = typesetter.typeset(made, surveying=True)
    assert there == typeset_here(made, surveying=True)
    assert [page.part for page in (there.surveyed or Pages(())).pages] == ["one", "two"]


@pytest.mark.long
def test_what_is_wrong_is_told_whether_or_not_the_pages_are_surveyed(document: MakeDocument) -> None:
    made = document(("one", p(10) + p(20, style="display: none") + p(30, style="colour: red")))
    found = surveyed(made)
    with Typesetter() as typesetter:
        assert typesetter.typeset(made).problems == found.problems
    assert {(problem.rule, problem.place.line) for problem in found.problems} == {("conserved", 20), ("weasyprint", 0)}
    assert [line.place for line in found.lines()] == [place(10), place(30)]


def test_numbers_of_pages_run_through_all_parts(document: MakeDocument) -> None:
    found = surveyed(document(("one", f"{p(10)}|{p(11)}"), ("two", f'<p id="slutt" {at(20)}>Slutt</p>')))
    assert [(page.number, page.part) for page in found.pages] == [(1, "one"), (2, "one"), (3, "two")]
    assert [line.page for line in found.lines()] == [1, 2, 3]
    assert (found.ids["slutt"], found.ids["part-two"]) == (3, 3)


# Lines.


def test_line_has_the_extent_of_its_letters_and_the_room_of_its_column(document: MakeDocument) -> None:
    line = line_with("Et par ord", surveyed(document(("one", p(10, style="margin-left: 5mm")))))
    assert line.extent.left == pytest.approx(15, abs=0.01)
    assert 25 < line.extent.right < 40
    # 10 points of type on lines of 14 points: capitals are 0.7 of 10 points high.
    assert line.extent.height == pytest.approx(7 * 25.4 / 72, abs=0.01)
    assert line.room == Extent(pytest.approx(15, abs=0.01), 10, pytest.approx(80, abs=0.01), 50)  # type: ignore[arg-type]


def test_lines_of_one_paragraph_have_its_number_on_every_page(document: MakeDocument) -> None:
    found = surveyed(document(("one", p(10, lines_of(LINES + 3)))))
    (paragraph,) = found.paragraphs
    assert [len(lines) for lines in columns(paragraph)] == [LINES, 3]
    assert [line.page for line in paragraph] == [1] * LINES + [2] * 3


def test_lines_of_two_columns_are_told_apart(document: MakeDocument) -> None:
    body = f'<div style="columns: 2; column-gap: 4mm">{p(10, lines_of(6), "orphans: 2; widows: 2")}</div>'
    found = surveyed(document(("one", body)))
    left, right = columns(found.paragraphs[0])
    assert [len(left), len(right)] == [3, 3]
    assert left[0].room.right == pytest.approx(43, abs=0.1)
    assert right[0].room.left == pytest.approx(47, abs=0.1)


@pytest.mark.parametrize(
    ("text", "divided"),
    [("kommunesammenslåingsprosesser", True), ("nord-norskekommunenavnmedmer", True), ("et par ord til", False)],
    ids=["by layout", "at its own hyphen", "not at all"],
)
def test_line_knows_whether_its_last_word_is_divided(document: MakeDocument, text: str, divided: bool) -> None:
    found = surveyed(document(("one", p(10, text, "hyphens: auto; width: 18mm"))))
    assert next(line.ends_divided for line in found.lines()) is divided
    assert [line.ends_divided for line in found.lines()][-1] is False


def test_dashes_of_lists_and_numbers_of_footnotes_are_no_words_of_a_line(document: MakeDocument) -> None:
    sheet = ".footnote { float: footnote } .flow { columns: 1 }"
    note = '<span class="footnote">En note.</span>'
    body = f'<div class="flow"><ul><li {at(10)}>Et punkt</li></ul><p {at(20)}>Et ord.{note}</p></div>'
    found = surveyed(document(("one", body), sheet=sheet))
    assert [(line.text, line.tag, line.is_note) for line in found.lines()] == [
        ("Et punkt", "li", False),
        ("Et ord.", "p", False),
        ("En note.", "span", True),
    ]


def test_head_of_a_table_counts_once_however_often_it_repeats(document: MakeDocument) -> None:
    rows = "".join(f"<tr><td>Rad {number}</td></tr>" for number in range(10))
    found = surveyed(document(("one", f"<table {at(10)}><thead><tr><th>Hode</th></tr></thead>{rows}</table>")))
    assert [line.text for line in found.lines()].count("Hode") == 1
    assert len(found.pages) == 2
    assert [box.kind for box in found.boxes()].count("row") == 11


def test_what_stands_in_the_margin_is_no_text_but_has_its_colours(document: MakeDocument) -> None:
    sheet = "@page { @top-left { content: 'Løpende'; color: #777 } }"
    found = surveyed(document(("one", p(10)), sheet=sheet))
    assert [line.text for line in found.lines()] == ["Et par ord"]
    assert "Løpende" in [tint.text for tint in found.pages[0].tints]


# Lost and foreign.


def test_text_that_is_lost_is_told_at_its_line(told: Told) -> None:
    found = told("conserved", p(10) + p(20, "Borte", "display: none"))
    assert_problems(found, "20:7: text is lost in layout: «Borte» [conserved]")


def test_letter_that_the_typefaces_lack_is_told_at_its_line(told: Told) -> None:
    found = told("glyph", p(10) + p(20, "Et ∰ til"))
    assert_problems(found, "20:7: «∰» (U+2230) is not in Source Serif Pro 400 [glyph]")


@pytest.fixture
def foreign_pdf() -> bytes:
    """Make a PDF in a font that is not ours."""
    font = Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSans.ttf").as_uri()
    fonts = FontConfiguration()
    sheet = CSS(string=f"@font-face {{ font-family: X; src: url({font}) }} p {{ font-family: X }}", font_config=fonts)
    return HTML(string="<p>Fremmed</p>").write_pdf(stylesheets=[sheet], font_config=fonts)  # type: ignore[no-any-return]


def test_font_from_elsewhere_is_foreign(foreign_pdf: bytes) -> None:
    with Finished(foreign_pdf) as finished:
        (piece,) = finished.pieces(1)
    assert (piece.text, piece.foreign) == ("Fremmed", ["X"])


def test_bundled_fonts_are_not_foreign_in_text_and_in_drawings(document: MakeDocument) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="5mm">'
        '<text y="4mm" font-family="Source Sans Pro" font-size="8">Etikett</text></svg>'
    )
    image = '<img src="figures/a.svg" alt="Et felt">'
    made = document(("one", p(10) + image), assets={"figures/a.svg": drawing.encode()})
    # Nothing may draw letters in a drawing as letters; what does is told of, and drawn in our fonts all the same.
    with Finished(typeset_here(made, surveying=True).pdf) as finished:
        fonts = {font for piece in finished.pieces(1) for font in piece.fonts}
        assert [piece.foreign for piece in finished.pieces(1) if piece.foreign] == []
    assert fonts == {"Source-Serif-Pro", "Source-Sans-Pro"}


def test_everything_in_the_pdf_is_tagged_or_decoration(told: Told) -> None:
    assert told("tagged", f"<h1>En</h1>{p(10, 'Ord', 'background: #eee')}", p(20)) == []


def test_text_without_a_tag_is_told_at_its_line(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tagger, "add_tags", lambda *arguments: None)
    found = told("tagged", p(10, "Avsnitt") + p(20, "Til"))
    assert_problems(
        [problem for problem in found if problem.place.file.startswith("content")],
        "10:7: page 1: «Avsnitt» belongs to no element of the PDF's tag tree [tagged]",
        "20:7: page 1: «Til» belongs to no element of the PDF's tag tree [tagged]",
    )


# Room.


def test_word_too_long_for_its_column_is_overfull(told: Told) -> None:
    found = told("overfull", p(10) + p(20, "Kommunesammenslåingsprosesser", "width: 30mm"))
    assert_problems(found, "20:7: page 1: «Kommunesammenslåingsprosesser» sticks out of its column by [overfull]")


def test_table_wider_than_its_column_is_overfull(told: Told) -> None:
    found = told("overfull", f'<table {at(20)} style="width: 78mm"><tr><td>Et ord</td></tr></table>')
    assert_problems(found, "20:7: page 1: this table (table) sticks out by 8.0 mm [overfull]")


def test_picture_off_the_type_area_is_overfull(told: Told) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="5mm"><path d="M0 0h50v9z"/></svg>'
    image = f'<img {at(20)} src="figures/a.svg" alt="Et felt" style="display: block; width: 73mm; height: 5mm">'
    found = told("overfull", p(10) + image, assets={"figures/a.svg": drawing})
    assert_problems(found, "20:7: page 1: this image (img) sticks out by 3.0 mm [overfull]")


def test_lines_that_fill_their_column_are_not_overfull(told: Told) -> None:
    assert told("overfull", p(10, "Ord og ord til " * 20, "text-align: justify; text-indent: 4mm")) == []


def test_paragraph_drawn_over_another_overlaps_it(told: Told) -> None:
    found = told("overlap", p(10, "Øverst") + p(20, "Nederst", "margin-top: -14pt"))
    assert_problems(found, "10:7: page 1: «Øverst» and «Nederst» lie over each other [overlap]")


def test_margin_note_that_reaches_into_the_next_overlaps_it(told: Told) -> None:
    def noted(line: int, count: int) -> str:
        note = p(line, lines_of(count), "position: absolute; left: 0; top: 0; width: 25mm")
        return f'<div style="position: relative"><div style="margin-left: 30mm">{p(line + 1)}</div>{note}</div>'

    assert_problems(told("overlap", noted(10, 2) + noted(20, 1)), "10:7: lie over each other [overlap]")
    assert told("overlap", noted(10, 1) + noted(20, 1)) == []


GROUND = "background: #eee; padding: 1mm"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f'<section class="example" {at(20)} style="{GROUND}"><p>{lines_of(4)}</p></section>', "box (example)"),
        (f"<table><tr {at(20)}><td>{lines_of(5)}</td></tr></table>", "row (tr)"),
        (f'<figure {at(20)} style="margin: 0"><p>{lines_of(4)}</p></figure>', "figure (figure)"),
    ],
    ids=["box", "row", "figure"],
)
def test_what_a_page_divides_is_told_at_its_line(told: Told, body: str, kind: str) -> None:
    sheet = "p { orphans: 1; widows: 1 } td { padding: 0 }"
    found = told("box-split", p(10, lines_of(LINES - 3)) + body, sheet=sheet)
    assert_problems(found, f"20:7: page 1: this {kind} goes on on page 2 [box-split]")


def test_what_is_kept_whole_is_not_split(told: Told) -> None:
    body = f'<section {at(20)} style="{GROUND}; break-inside: avoid"><p>{lines_of(4)}</p></section>'
    assert told("box-split", p(10, lines_of(LINES - 2)) + body) == []


# Seen.


@pytest.mark.parametrize(
    ("style", "ratio"),
    [
        ("color: #999", "2.84"),
        ("color: #eee; background: #fff", "1.16"),
        ("color: rgba(0, 0, 0, 0.4)", "2.84"),
        ("opacity: 0.4", "2.84"),
    ],
    ids=["on the page", "on a ground of its own", "letting the ground through", "in a box that does"],
)
def test_pale_text_is_told_at_its_line(told: Told, style: str, ratio: str) -> None:
    found = told("contrast", p(10, "Mørk") + p(20, "Blek", style))
    assert_problems(found, f"20:7: page 1: «Blek» has a contrast of {ratio} to 1; 4.5 is the least [contrast]")


def test_ground_is_that_of_the_nearest_box_that_has_one(document: MakeDocument) -> None:
    sheet = "@page { background: #0b3c5d } html { color: #fff }"
    inside = '<div style="background: #f00"><div><em>Rød</em></div></div>'
    found = surveyed(document(("one", f"<p>Blå</p>{inside}"), sheet=sheet))
    assert found.pages[0].has_ground
    grounds = {tint.text: tint.ground for tint in found.pages[0].tints}
    assert grounds["Rød"] == (1.0, 0.0, 0.0)
    assert grounds["Blå"] == pytest.approx((0x0B / 255, 0x3C / 255, 0x5D / 255), abs=1e-3)


def test_page_without_a_ground_is_white(document: MakeDocument) -> None:
    page = surveyed(document(("one", p(10)))).pages[0]
    assert not page.has_ground
    assert {tint.ground for tint in page.tints} == {WHITE}


def test_picture_of_few_points_is_told_at_its_line(told: Told) -> None:
    png = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(png, "png")
    style = "display: block; width: 50.8mm; image-rendering: crisp-edges"
    image = f'<img {at(20)} src="images/a.png" alt="Et felt" style="{style}">'
    found = told("image-resolution", p(10) + image, assets={"images/a.png": png.getvalue()})
    expected = "20:7: page 1: this picture has 100 points to the inch [image-resolution] at least 600 points wide"
    assert_problems(found, expected)


# Links and numbers.


def test_link_lands_on_the_page_of_its_target(document: MakeDocument) -> None:
    made = document(("one", f'<p {at(10)}><a href="#mål">Dit</a></p>'), ("two", '<p>A</p>|<p id="mål">Her</p>'))
    (link,) = surveyed(made).pages[0].links
    assert (link.target, link.text, link.place, link.lands, link.in_contents) == ("mål", "Dit", place(10), 3, False)


def test_link_in_contents_is_known(document: MakeDocument) -> None:
    body = '<nav><ol><li><a href="#mål">Hit</a></li></ol></nav><p id="mål">Her</p>'
    (link,) = surveyed(document(("one", body))).pages[0].links
    assert link.in_contents


def test_link_over_two_lines_is_one(document: MakeDocument) -> None:
    body = f'<p {at(10)} style="width: 20mm"><a href="#mål">Hit eller <em>dit og til alle</em></a></p><p id="mål">A</p>'
    assert len(surveyed(document(("one", body))).pages[0].links) == 1


def test_page_number_in_print_is_held_against_its_target(document: MakeDocument) -> None:
    found = surveyed(document(("one", f'<p {at(10)}>Side [slutt]</p>|<p id="slutt">A</p>')))
    (number,) = found.pages[0].numbers
    assert (number.target, number.printed, number.place) == ("slutt", "2", place(10))


def test_page_number_typed_by_hand_is_told_at_its_line(told: Told) -> None:
    found = told("link-target", f'<p {at(10)}>Se <a href="#mål">side 3</a>.</p>|<p id="mål">Her</p>')
    assert_problems(found, "10:7: page 1: the link «side 3» leads to 'mål'; it stands on page 2 [link-target]")


# Pages, headings, paragraphs.


def test_widow_and_orphan_are_told_at_their_line(told: Told) -> None:
    sheet = "p { orphans: 1; widows: 1 }"
    assert_problems(
        told(
            "widow",
            p(10, lines_of(LINES - 1)) + p(20, "En<br>to<br>tre"),
            p(30, f"{lines_of(LINES)}<br>Enke"),
            sheet=sheet,
        ),
        "20:7: page 1: the first line of a paragraph stands alone: «En» [widow]",
        "30:7: page 4: the last line of a paragraph stands alone: «Enke» [widow]",
    )


def test_layout_that_keeps_lines_together_has_no_widow(told: Told) -> None:
    sheet = "p { orphans: 2; widows: 2 }"
    assert told("widow", p(10, lines_of(LINES - 1)) + p(20, "En<br>to<br>tre<br>fire"), sheet=sheet) == []


def test_heading_left_behind_is_told_at_its_line(told: Told) -> None:
    heading = f'<h2 {at(20)} style="break-after: auto">Overskrift</h2>'
    found = told("heading-low", p(10, lines_of(LINES - 1)) + heading + p(30))
    assert_problems(found, "20:7: page 1: the heading «Overskrift» has no line below it [heading-low]")


def test_page_with_one_line_is_told_at_that_line(told: Told) -> None:
    last = f'<p {at(30)} style="break-before: page">Ord</p>'
    found = told("page-fill", p(10, lines_of(LINES)) + p(20) + last)
    assert_problems(found, "20:7: page 2: only 9% of the page is filled [page-fill]")


GRID = "html { line-height: 14pt } p { line-height: inherit }"


def test_line_between_those_of_the_grid_is_told_at_its_line(told: Told) -> None:
    found = told("off-grid", p(10, lines_of(3)) + p(20, style="margin-top: 5pt"), sheet=GRID)
    assert_problems(
        found, "20:7: page 1: «Et par ord» stands 5.0 pt below the lines of the grid (1 of 4 do, 0 may) [off-grid]"
    )


def test_text_in_another_size_has_no_grid(told: Told) -> None:
    small = "margin-top: 5pt; font-size: 8pt"
    assert told("off-grid", p(10, lines_of(3)) + p(20, style=small), sheet=GRID) == []


def test_grounds_that_cover_much_of_a_page_are_told_at_the_last(told: Told) -> None:
    ground = f'<div {at(20)} style="background: #eee; width: 70mm; height: 39mm"><p {at(21)}>Et par ord</p></div>'
    assert_problems(told("page-tint", ground), "20:7: page 1: 51% of the page is tinted; 40% is the most [page-tint]")
    assert told("page-tint", ground.replace("background: #eee", "border: 1pt solid #eee")) == []


def test_share_of_hyphens_is_told_where_most_are(told: Told) -> None:
    words = f"{LADDER} " * 5
    found = told("hyphen-share", *[p(line, words, "hyphens: auto; width: 20mm") for line in range(10, 20)])
    assert [(problem.rule, problem.place) for problem in found] == [("hyphen-share", place(10))]


LADDER = "menneskerettighetsorganisasjonssamarbeidsavtaler"
"""A word that takes several lines, so that no other breaks can be chosen."""


def test_ladder_of_hyphens_is_told_at_its_line(told: Told) -> None:
    found = told("hyphen-ladder", p(10) + p(20, LADDER, "hyphens: auto; width: 15mm"))
    assert [problem.place for problem in found] == [place(20)]


def test_word_divided_by_a_page_is_told_at_its_line(told: Told) -> None:
    style = "hyphens: auto; width: 30mm; orphans: 1; widows: 1"
    found = told("hyphen-turn", p(10, lines_of(LINES - 1)) + p(20, "kommunesammenslåing " * 2, style))
    assert [problem.place for problem in found] == [place(20)]
    assert found[0].what.endswith("goes on on page 2")


def test_lines_that_begin_alike_are_told_at_their_line(told: Told) -> None:
    found = told("line-starts", p(10) + p(20, "Og en<br>og to<br>og tre"))
    assert_problems(found, "20:7: page 1: 3 lines in a row begin with «og» [line-starts]")


def test_survey_leaves_typeset_without_it_alone() -> None:
    assert typeset.Typeset(b"", {}, {}, 0, 0).surveyed is None
