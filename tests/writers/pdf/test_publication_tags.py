"""The tag trees of whole publications, held against their content element by element.

What is expected is derived from the YAML alone (`content_tags.py`), not from the HTML that the tags were made of.
"""

from __future__ import annotations

import re
from collections import Counter

import pikepdf
import pytest
from support.built import Publish, every_publication
from support.content_tags import Content, Tag, tags_as_printed, word_for_word_as_printed
from support.literal import tagged
from support.pdf import Built, glued
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

pytestmark = every_publication

KINDS = (
    "Document", "Part", "Sect", "Div", "Aside", "H1", "H2", "H3", "H4", "H5", "H6", "P", "BlockQuote",
    "L", "LI", "Lbl", "LBody", "Table", "Caption", "THead", "TBody", "TR", "TH", "TD",
    "TOC", "TOCI", "Reference", "Note", "Figure", "Link",
)  # fmt: skip
TREES: dict[str, Element] = {}


@pytest.fixture
def built(published: Publish, name: str) -> Built:
    return published(name)


@pytest.fixture
def root(built: Built, name: str) -> Element:
    return TREES.get(name) or TREES.setdefault(name, tree(built.pdf))


@pytest.fixture
def expected(built: Built, root: Element) -> list[Tag]:
    return tags_as_printed(built, said(root))


@pytest.fixture
def painted(built: Built) -> list[Painted]:
    return paint(built.pdf)


def test_elements_come_in_the_contents_order_word_for_word(root: Element, expected: list[Tag]) -> None:
    found = said(root)
    assert [pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]][:1] == []
    assert len(found) == len(expected)


def test_publication_reads_literally_as_its_content_is_written(built: Built, root: Element) -> None:
    """Regression: words at the ends of lines were read as one, «enny» for «en ny», and so were words set apart."""
    found = said_word_for_word(root)
    assert first_different(found, word_for_word_as_printed(built, found)) is None


def test_there_are_no_elements_of_other_kinds(root: Element) -> None:
    assert {element.role for element in root.walk()} <= {*KINDS, "Span"}


def test_headings_leave_no_level_out(root: Element) -> None:
    levels = [int(element.role[1]) for element in root.walk() if re.fullmatch("H[1-6]", element.role)]
    assert levels
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
        rows = table.all("TR")
        widths = [len(row.elements) for row in rows]
        for index, row in enumerate(rows):
            # A cell that goes down over further rows stands in them too.
            for cell in row.elements:
                for below in range(index + 1, index + int(cell.get("RowSpan") or 1)):
                    widths[below] += 1
        assert len({*widths}) == 1


def test_every_note_follows_its_call_and_has_an_id_of_its_own(root: Element) -> None:
    notes = root.all("Note")
    for note in notes:
        assert note.parent is not None
        before = note.parent.elements[note.parent.elements.index(note) - 1]
        assert (before.role, before.one("Lbl").text) == ("Reference", note.elements[0].text)
    names = list(root.data.P.IDTree.Names) if notes else []
    assert {str(name) for name in names[::2]} == {note.get("ID") for note in notes}
    assert {name.objgen for name in names[1::2]} == {note.data.objgen for note in notes}
    assert len(names) == 2 * len(notes)


def test_every_entry_of_the_contents_refers_with_a_link(root: Element) -> None:
    for entry in root.all("TOCI"):
        reference = entry.elements[0]
        assert reference.role == "Reference"
        assert [link.areas[0].page for link in reference.all("Link")] == reference.pages


def test_every_figure_has_its_alternative_text_and_lies_on_its_page(built: Built, root: Element) -> None:
    pictures = (blocks.Figure, blocks.Photo)
    shown = [block for _, block in built.report.blocks() if isinstance(block, pictures) and block.stands != "none"]
    assert [glued(figure.get("Alt") or "") for figure in root.all("Figure")] == [
        glued(Content(built).words(block.alt)) for block in shown
    ]
    for figure in root.all("Figure"):
        left, bottom, right, upper = map(float, figure.data.A.BBox)
        assert 0 <= left < right <= 596
        assert 0 <= bottom < upper <= 842


def test_every_link_is_named_by_its_text_or_by_more_that_ends_in_it(root: Element) -> None:
    links = root.all("Link")
    named = [(link, {tagged("Link", glued(str(area.annotation.Contents))) for area in link.areas}) for link in links]
    wanted = [{tagged("Link", glued(link.get("Alt") or link.text))} for link in links]
    assert [(link.text, names) for (link, names), want in zip(named, wanted, strict=True) if names != want] == []
    assert all((link.get("Alt") or link.text).endswith(link.text) for link in links)


def test_every_link_of_the_pages_is_in_the_tree_and_leads_back_to_it(built: Built, root: Element) -> None:
    numbers = pikepdf.NumberTree(root.data.P.ParentTree)
    areas = {area.annotation.objgen: link for link in root.all("Link") for area in link.areas}
    assert len(areas) == len(built.pdf.links)
    for page in root.file.pages:
        for annotation in page.get("/Annots", ()):
            assert numbers[int(annotation.StructParent)].objgen == areas[annotation.objgen].data.objgen


def test_text_stands_only_in_elements_that_may_hold_it(root: Element) -> None:
    assert [element.role for element in root.walk() if element.role in HOLDERS and element.own_text] == []
    assert [
        element for element in root.walk() if element.role in HOLDERS and len(element.kids) > len(element.elements)
    ] == []


def test_no_element_is_empty_but_cells_that_the_content_leaves_empty(
    built: Built, root: Element, expected: list[Tag]
) -> None:
    quadrants = 4 * sum(isinstance(block, blocks.Matrix) for _, block in built.report.blocks())
    without_words = [role for role, text in expected if role == "TD" and not text]
    assert [element.role for element in root.walk() if not element.kids] == without_words[quadrants:]


def test_pages_of_the_tree_run_forward(root: Element) -> None:
    pages = [mark.page for mark in root.marks]
    assert pages == sorted(pages)


def test_every_mark_leads_back_to_its_element(built: Built, root: Element) -> None:
    marks = {
        (mark.page, mark.mcid): element.data.objgen
        for element in root.walk()
        for mark in element.kids
        if isinstance(mark, Mark)
    }
    assert owners(built.pdf) == marks


def test_everything_drawn_is_in_the_tree_once_or_an_artifact(root: Element, painted: list[Painted]) -> None:
    in_tree = Counter((mark.page, mark.mcid) for mark in root.marks)
    assert [found for found in painted if found.mcid is None and not found.is_artifact] == []
    drawn = {(found.page, found.mcid) for found in painted if found.mcid is not None and not found.is_artifact}
    assert [mark for mark in drawn if in_tree[mark] != 1] == []
