"""The tag tree of the publication of this repository, held against its content element by element.

What is expected is derived from the YAML alone (`content_tags.py`), not from the HTML that the tags were made of; for
the spans of foreign words and abbreviations, which the content lists once and the pipeline finds, it is that list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

import pikepdf
import pytest
from support.built import Full, full
from support.content_tags import Tag, tags, word_for_word
from support.literal import tagged
from support.pdf import glued
from support.structure import (
    HOLDERS,
    Element,
    Mark,
    Painted,
    first_different,
    gaps,
    owners,
    paint,
    said,
    said_word_for_word,
    tree,
)

from press.content import blocks

pytestmark = full

KINDS = (
    "Document", "Part", "Sect", "Div", "Aside", "H1", "H2", "H3", "H4", "H5", "H6", "P", "BlockQuote",
    "L", "LI", "Lbl", "LBody", "Table", "Caption", "THead", "TBody", "TR", "TH", "TD",
    "TOC", "TOCI", "Reference", "Note", "Figure", "Link",
)  # fmt: skip
SELDOM = {"H5", "H6", "Aside", "BlockQuote"}
"""What the content may have none of."""


@pytest.fixture(scope="module")
def root(full_report: Full) -> Element:
    return tree(full_report.pdf)


@pytest.fixture(scope="module")
def expected(full_report: Full) -> list[Tag]:
    return tags(full_report)


@pytest.fixture(scope="module")
def painted(full_report: Full) -> list[Painted]:
    return paint(full_report.pdf)


# As many as the content has, and in its order.


@pytest.mark.parametrize("role", KINDS)
def test_there_are_as_many_as_the_content_has(root: Element, expected: list[Tag], role: str) -> None:
    wanted = sum(each == role for each, _ in expected)
    assert len(root.all(role)) == wanted
    assert wanted or role in SELDOM


def test_there_are_no_elements_of_other_kinds(root: Element) -> None:
    assert {element.role for element in root.walk()} <= {*KINDS, "Span"}


def test_elements_come_in_the_contents_order_word_for_word(root: Element, expected: list[Tag]) -> None:
    found = said(root)
    different = [(number, pair) for number, pair in enumerate(zip(found, expected, strict=False)) if len({*pair}) > 1]
    assert different[:1] == []
    assert len(found) == len(expected)


def test_report_reads_literally_as_its_content_is_written(full_report: Full, root: Element) -> None:
    assert first_different(said_word_for_word(root), word_for_word(full_report)) is None


def test_every_block_of_the_content_is_counted(full_report: Full, expected: list[Tag]) -> None:
    shown = Counter(block.kind for _, block in full_report.report.blocks() if block.stands != "none")
    captions = sum(role == "Caption" and text.startswith("figur") for role, text in expected)
    assert captions == shown["figure"] + shown["matrix"]
    said = sum(block.kind == "quote" and block.speaker is not None for _, block in full_report.report.blocks())
    assert sum(role == "Aside" for role, _ in expected) == said
    assert sum(text.startswith("læringseksempel") for role, text in expected if role == "P") == shown["example"]


# What each kind of element says.


def test_headings_leave_no_level_out(root: Element) -> None:
    levels = [int(element.role[1]) for element in root.walk() if re.fullmatch("H[1-6]", element.role)]
    assert len(levels) > 90
    assert gaps(levels) == []


def test_every_item_of_a_list_has_a_label_and_a_body(root: Element) -> None:
    items = root.all("LI")
    assert [[kid.role for kid in item.elements] for item in items] == [["Lbl", "LBody"]] * len(items)
    assert [item for item in items if not item.elements[0].text] == []


def test_every_list_tells_how_its_items_are_counted(root: Element) -> None:
    for found in root.all("L"):
        label = found.elements[0].elements[0].text
        counted = "Disc" if label == "–" else "LowerAlpha" if label == "a." else "Decimal"
        assert found.get("ListNumbering") == counted, label


def test_every_head_cell_tells_its_scope_and_no_other_cell_does(root: Element) -> None:
    for table in root.all("Table"):
        in_head = {cell for head in table.all("THead") for cell in head.all("TH")}
        for cell in table.all("TH", "TD"):
            scope = None if cell.role == "TD" else "Column" if cell in in_head else "Row"
            assert cell.get("Scope") == scope, cell.text


def test_every_row_of_a_table_is_as_wide_as_the_others(root: Element) -> None:
    for table in root.all("Table"):
        assert len({len(row.elements) for row in table.all("TR")}) == 1


def test_every_note_follows_its_call_and_has_an_id_of_its_own(root: Element) -> None:
    notes = root.all("Note")
    for note in notes:
        assert note.parent is not None
        before = note.parent.elements[note.parent.elements.index(note) - 1]
        assert (before.role, before.one("Lbl").text) == ("Reference", note.elements[0].text)
    names = list(root.data.P.IDTree.Names)
    assert {str(name) for name in names[::2]} == {note.get("ID") for note in notes}
    assert {name.objgen for name in names[1::2]} == {note.data.objgen for note in notes}
    assert len(names) == 2 * len(notes)


def test_every_entry_of_the_contents_refers_with_a_link(root: Element) -> None:
    for entry in root.all("TOCI"):
        reference = entry.elements[0]
        assert reference.role == "Reference"
        assert [link.areas[0].page for link in reference.all("Link")] == reference.pages


def test_every_figure_has_its_alternative_text_and_lies_on_its_page(full_report: Full, root: Element) -> None:
    drawings = [block for _, block in full_report.report.blocks() if isinstance(block, blocks.Figure)]
    assert [glued(figure.get("Alt") or "") for figure in root.all("Figure")] == [
        glued(full_report.words(block.alt)) for block in drawings
    ]
    for figure in root.all("Figure"):
        left, bottom, right, upper = map(float, figure.data.A.BBox)
        assert 0 <= left < right <= 596
        assert 0 <= bottom < upper <= 842


def test_every_link_is_named_by_its_text(root: Element) -> None:
    links = root.all("Link")
    named = [(link, {tagged("Link", glued(str(area.annotation.Contents))) for area in link.areas}) for link in links]
    assert [(link.text, names) for link, names in named if names != {tagged("Link", link.text)}] == []


def test_every_link_of_the_pages_is_in_the_tree_and_leads_back_to_it(full_report: Full, root: Element) -> None:
    numbers = pikepdf.NumberTree(root.data.P.ParentTree)
    areas = {area.annotation.objgen: link for link in root.all("Link") for area in link.areas}
    assert len(areas) == len(full_report.pdf.links)
    for page in root.file.pages:
        for annotation in page.get("/Annots", ()):
            assert numbers[int(annotation.StructParent)].objgen == areas[annotation.objgen].data.objgen


def test_foreign_words_and_abbreviations_are_those_that_the_content_lists(full_report: Full, root: Element) -> None:
    terms = full_report.report.terms
    assert terms is not None
    foreign = {(said_by_span(word), language) for language, words in terms.foreign.items() for word in words}
    abbreviations = {(said_by_span(name), str(long_form)) for name, long_form in terms.abbreviations.items()}
    spans = root.all("Span")
    assert {(said_by_span(span.text), span.get("Lang")) for span in spans if span.get("Lang")} <= foreign
    assert {(said_by_span(span.text), span.get("E")) for span in spans if span.get("E")} == abbreviations
    assert [span.text for span in spans if not span.get("Lang") and not span.get("E")] == []


def test_every_term_that_the_content_lists_is_marked_wherever_it_is_read(full_report: Full, root: Element) -> None:
    terms = full_report.report.terms
    assert terms is not None
    foreign = one_of(str(word) for words in terms.foreign.values() for word in words)
    listed = rf"(?<![\w-])(?:(?i:{foreign})|{one_of(terms.abbreviations)})(?!\w)"
    html = "".join(part.html for part in full_report.document.parts)
    body = re.sub(r"<head>.*?</head>|<p [^>]*data-furniture.*?</p>", "", html, flags=re.DOTALL)
    plain = unescape(re.sub(r"<[^>]*>", "\n", body)).replace("\N{NO-BREAK SPACE}", " ")
    wanted = Counter(said_by_span(word) for word in re.findall(listed, plain))
    assert Counter(said_by_span(span.text) for span in root.all("Span")) == wanted


# What holds the whole together.


def test_text_stands_only_in_elements_that_may_hold_it(root: Element) -> None:
    assert [element.role for element in root.walk() if element.role in HOLDERS and element.own_text] == []
    assert [
        element for element in root.walk() if element.role in HOLDERS and len(element.kids) > len(element.elements)
    ] == []


def test_no_element_is_empty_but_cells_that_the_content_leaves_empty(
    full_report: Full, root: Element, expected: list[Tag]
) -> None:
    quadrants = 4 * sum(isinstance(block, blocks.Matrix) for _, block in full_report.report.blocks())
    without_words = [role for role, text in expected if role == "TD" and not text]
    assert [element.role for element in root.walk() if not element.kids] == without_words[quadrants:]


def test_paragraphs_that_a_page_divides_are_one_element(root: Element) -> None:
    divided = [paragraph for paragraph in root.all("P", "LBody") if len(paragraph.pages) > 1]
    assert divided
    assert [paragraph.pages for paragraph in divided if paragraph.pages[-1] - paragraph.pages[0] != 1] == []


def test_pages_of_the_tree_run_forward(root: Element) -> None:
    pages = [mark.page for mark in root.marks]
    assert pages == sorted(pages)


def test_every_mark_leads_back_to_its_element(full_report: Full, root: Element) -> None:
    marks = {
        (mark.page, mark.mcid): element.data.objgen
        for element in root.walk()
        for mark in element.kids
        if isinstance(mark, Mark)
    }
    assert owners(full_report.pdf) == marks


def test_everything_drawn_is_in_the_tree_once_or_an_artifact(root: Element, painted: list[Painted]) -> None:
    in_tree = Counter((mark.page, mark.mcid) for mark in root.marks)
    assert [found for found in painted if found.mcid is None and not found.is_artifact] == []
    drawn = {(found.page, found.mcid) for found in painted if found.mcid is not None and not found.is_artifact}
    assert [mark for mark in drawn if in_tree[mark] != 1] == []


def test_running_heads_and_page_numbers_are_artifacts(full_report: Full, painted: list[Painted]) -> None:
    sections = {section.id for section in full_report.report.walk()}
    pages = [page for part in full_report.document.parts if part.id in sections for page in full_report.pages_of(part)]
    text = Counter(found.page for found in painted if found.is_artifact and found.operator == "TJ")
    assert len(pages) > 50
    assert {page for page in pages if not text[page]} == set()
    dividers = [section.content.divider for section in full_report.report.sections if section.content.divider]
    divided = {full_report.pdf.anchors[str(divider.id)].page for divider in dividers}
    assert {page for page in text if page not in pages} == divided, "there the title is printed once more"


def test_lines_of_the_motif_are_artifacts(full_report: Full, painted: list[Painted]) -> None:
    lines = int(full_report.report.facts["bedrifter"].value)
    filled = Counter(found.page for found in painted if found.is_artifact and found.operator.startswith("f"))
    for page in (1, full_report.pdf.page_count):
        assert filled[page] >= lines
    assert [found for found in painted if found.page == 1 and found.operator != "TJ" and not found.is_artifact] == []


def said_by_span(text: object) -> str:
    return tagged("Span", glued(str(text)))[1]


def one_of(words: Iterable[str]) -> str:
    """Make a pattern of words, the longer before the shorter that begin as they do."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
