"""Parts laid out by WeasyPrint: page numbers filled in, and where things stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.pdf import Pdf, typeset_here

from press.document import PAGE_OF, Document
from press.errors import TypesetError

MakeDocument = Callable[..., Document]


def test_pages_are_counted_through_all_parts(document: MakeDocument) -> None:
    made = document(("one", "<p>En</p>|<p>To</p>"), ("two", "<p>Tre</p>"), ("three", "<p>Fire</p>|<p>Fem</p>"))
    result = typeset_here(made)
    pdf = Pdf(result.pdf)
    assert [pdf.words(number) for number in range(1, 6)] == [
        ["En", "1"],
        ["To", "2"],
        ["Tre", "3"],
        ["Fire", "4"],
        ["Fem", "5"],
    ]
    assert result.page_count == 5


def test_page_numbers_of_what_comes_before_and_after_are_filled_in(document: MakeDocument) -> None:
    one = "<p>Side [slutt] og [start]</p>"
    result = typeset_here(document(("one", one), ("two", '<p id="start">A</p>|<p id="slutt">B</p>')))
    pdf = Pdf(result.pdf)
    assert pdf.words(1) == ["Side", "3", "og", "2", "1"]
    assert pdf.words(3) == ["B", "3"]
    assert result.layouts == 2, "a number of as many digits is filled in without laying the part out again"


@pytest.mark.parametrize(
    "room",
    [
        f'<span {PAGE_OF}="slutt" class="page-number"></span>',
        f"<em data-note {PAGE_OF}=slutt></em>",
        f"<span {PAGE_OF}='slutt' ></span>",
    ],
    ids=["not the last attribute", "another element, without quotes", "a space behind it"],
)
def test_page_number_is_filled_in_however_its_element_is_written(document: MakeDocument, room: str) -> None:
    # A template that wrote the attribute before another printed «side», and no number.
    result = typeset_here(document(("one", f"<p>Side {room}</p>"), ("two", '<p id="slutt">B</p>')))
    assert Pdf(result.pdf).words(1) == ["Side", "2", "1"]


@pytest.mark.parametrize("inside", [" ", "7", "<b></b>"])
def test_page_number_that_has_no_room_fails(document: MakeDocument, inside: str) -> None:
    made = document(("one", f'<p>Side <span {PAGE_OF}="slutt">{inside}</span></p>'), ("two", '<p id="slutt">B</p>'))
    with pytest.raises(TypesetError, match="the part 'one' has no room for the page of 'slutt'"):
        typeset_here(made)


def test_page_number_that_is_not_laid_out_fails(document: MakeDocument) -> None:
    made = document(("one", f'<p>Side <img {PAGE_OF}="slutt" alt=""></p>'), ("two", '<p id="slutt">B</p>'))
    with pytest.raises(TypesetError, match="text is lost in layout: «2»"):
        typeset_here(made)


def test_attribute_in_text_is_text(document: MakeDocument) -> None:
    result = typeset_here(document(("one", f"<p>{PAGE_OF}=&quot;a&quot;&gt;&lt;/span&gt;</p>")))
    assert Pdf(result.pdf).words(1) == [f'{PAGE_OF}="a"></span>', "1"]


def test_result_tells_the_page_of_each_id(document: MakeDocument) -> None:
    result = typeset_here(document(("one", '<p id="a">A</p>|<p id="b">B</p>'), ("two", '<p id="c">C</p>')))
    assert result.pages == {"part-one": 1, "a": 1, "b": 2, "part-two": 3, "c": 3}


def test_what_runs_over_several_pages_stands_where_it_begins(document: MakeDocument) -> None:
    three = '<div id="lang"><p>A</p>|<p>B</p>|<p>C</p></div><p>Side [lang]</p>'
    result = typeset_here(document(("one", "<p>A</p>|<p>B</p>"), ("two", three)))
    assert result.pages["lang"] == 3
    assert result.page_count == 5
    assert Pdf(result.pdf).words(5) == ["C", "Side", "3", "5"]


def test_links_between_parts_land_on_the_page_of_their_target(document: MakeDocument) -> None:
    result = typeset_here(document(("one", '<p><a href="#mål">Dit</a></p>'), ("two", '<p>A</p>|<p id="mål">Her</p>')))
    pdf = Pdf(result.pdf)
    ((page, target),) = [(link.page, link.target) for link in pdf.links]
    assert (page, target) == (1, "mål")
    assert pdf.anchors["mål"].page == 3


def test_outline_runs_through_all_parts(document: MakeDocument) -> None:
    result = typeset_here(document(("one", "<h1>En</h1>"), ("two", "<h1>To</h1><h2>To en</h2>|<h2>To to</h2>")))
    outline = [(entry.level, entry.title, entry.page) for entry in Pdf(result.pdf).outline]
    assert outline == [(1, "En", 1), (1, "To", 2), (2, "To en", 2), (2, "To to", 3)]


def test_metadata_are_those_of_the_first_part(document: MakeDocument) -> None:
    pdf = Pdf(typeset_here(document(("one", "<p>A</p>"), ("two", "<p>B</p>"))).pdf)
    assert (pdf.title, pdf.language) == ("Prøve", "nb")


def test_assets_and_fonts_are_shared_by_all_parts(document: MakeDocument) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="5mm"><path d="M0 0h50v9z"/></svg>'
    image = '<img src="figures/a.svg" alt="Et felt"><p>Ord</p>'
    pdf = Pdf(typeset_here(document(("one", image), ("two", image), assets={"figures/a.svg": svg})).pdf)
    assert pdf.alt_texts == ["Et felt", "Et felt"]
    assert sorted(font.name for font in pdf.fonts) == ["Source-Sans-Pro", "Source-Serif-Pro"]


def test_same_document_gives_the_same_bytes(document: MakeDocument) -> None:
    made = document(("one", "<h1>En [slutt]</h1>|<p>To</p>"), ("two", '<p id="slutt">Tre</p>'))
    assert typeset_here(made).pdf == typeset_here(made).pdf


def test_progress_tells_each_part_that_is_laid_out(document: MakeDocument) -> None:
    told: list[str] = []
    typeset_here(document(("one", "<p>[slutt]</p>"), ("two", '<p id="slutt">B</p>')), told.append)
    assert told == ["one", "two"]
