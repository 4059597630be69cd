"""The tag tree, one statement at a time: a few lines of HTML laid out on small pages, and what the finished file says.

`shape` writes a tree as one line; `tests/support/structure.py` says how. At the end,
`templates/blocks/README.md` is held against the publications that have every block; `test_publication_tags` holds whole
publications against their content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, get_args, get_origin

import pikepdf
import pytest
from support.built import OF_INSTITUTE, Publish, feature
from support.content_tags import Content
from support.literal import tagged
from support.pdf import Built, Pdf, glued, typeset_here
from support.structure import (
    Area,
    Element,
    Mark,
    gaps,
    paint,
    said,
    shape,
    tree,
)

from press.content.blocks import ALL_KINDS, EDITION_KINDS, KINDS, Block
from press.document import Document
from press.words.language import OUR_TEMPLATES

MakeDocument = Callable[..., Document]
LayOut = Callable[..., Pdf]

SHEET = """
body { margin: 0 }
.flow { columns: 1 }
.footnote { float: footnote; font-size: 8pt }
.two { columns: 2; column-gap: 5mm }
table { border-collapse: collapse }
h3, h4, h5, h6, th, strong { font-weight: 400 }
ol, ul { margin: 0; padding-left: 8mm }
nav ol { list-style: none }
"""
LONG = " ".join(f"Setning nummer {number} fyller linjen." for number in range(1, 31))
"""More than a page of text."""
FIELD = b'<svg xmlns="http://www.w3.org/2000/svg" width="20mm" height="5mm"><path d="M0 0h50v9z"/></svg>'
ASSETS = {"figures/a.svg": FIELD}
NOTE = '<p>Ord<span class="footnote">Noten.</span> etter.</p>'
EVERYTHING = f"""
<main><h1>Tittel</h1><div class="flow"><p lang="en">Words</p>{NOTE}<p>Ord <abbr title="for eksempel">f.eks.</abbr></p>
<ul><li>en<ol><li>to</li></ol></li></ul></div>
<figure><img src="figures/a.svg" alt="Et felt"><figcaption>Felt</figcaption></figure>
<img src="figures/a.svg" alt=""><aside><p>Til side, med <a href="#slutt">en <em>lenke</em></a></p></aside>
<table><caption>Tall</caption><thead><tr><td></td><th scope="col">A</th></tr></thead>
<tbody><tr><th scope="row">B</th><td>1</td></tr></tbody></table>
<nav><h2>Innhold</h2><ol><li><a href="#slutt">Slutt</a> [slutt]</li></ol></nav>
<section id="slutt" style="border-top: 1mm solid #000; background: #eee"><h2>Slutt</h2><p>{LONG}</p></section></main>
"""


@pytest.fixture
def lay_out(document: MakeDocument) -> LayOut:
    """Make the PDF of parts, each given as the body of its HTML."""

    def make(*bodies: str, sheet: str = "", assets: Mapping[str, bytes] = ASSETS) -> Pdf:
        parts = [(f"del-{number}", body) for number, body in enumerate(bodies, start=1)]
        return Pdf(typeset_here(document(*parts, sheet=f"{SHEET}{sheet}", assets=assets)).pdf)

    return make


def below(pdf: Pdf) -> str:
    """Give the shape of what stands under the Document."""
    return " ".join(shape(element) for element in tree(pdf).elements)


# Text.


def test_paragraph_over_two_pages_is_one_p(lay_out: LayOut) -> None:
    pdf = lay_out(f"<p>{LONG}</p><p>Etter.</p>")
    first, second = tree(pdf).all("P")
    assert first.pages[:2] == [1, 2]
    assert (first.text, second.text) == (glued(LONG), glued("Etter."))


def test_paragraph_over_two_columns_is_one_p(lay_out: LayOut) -> None:
    text = LONG[:180]
    pdf = lay_out(f'<div class="two"><p>{text}</p></div>')
    paragraph = tree(pdf).one("P")
    places = [pdf.marked[mark.page, mark.mcid] for mark in paragraph.marks]
    tops = [top for _, top, _ in places]
    assert tops != sorted(tops), "the text goes on at the top of another column"
    assert (paragraph.pages, paragraph.text) == ([1], glued(text))


def test_lines_of_a_paragraph_stand_in_it_without_elements_of_their_own(lay_out: LayOut) -> None:
    paragraph = tree(lay_out(f"<p>{LONG}</p>")).one("P")
    assert len(paragraph.kids) > 10
    assert all(isinstance(kid, Mark) for kid in paragraph.kids)


def test_emphasis_and_spans_that_say_nothing_are_part_of_their_paragraph(lay_out: LayOut) -> None:
    pdf = lay_out('<p>Et <em>ord</em>, <strong>et</strong> til<br>og <span class="whole">ett</span>.</p>')
    assert below(pdf) == "P(…)"
    assert tree(pdf).text == glued("Et ord, et til og ett.")


@pytest.mark.parametrize("level", range(1, 7))
def test_heading_keeps_its_level(lay_out: LayOut, level: int) -> None:
    assert below(lay_out(f"<h{level}>Tittel</h{level}>")) == f"H{level}(…)"


@pytest.mark.parametrize(
    ("levels", "found"),
    [([1, 2, 3, 3, 1, 2], []), ([2, 3], [(0, 2)]), ([1, 3, 2], [(1, 3)]), ([], [])],
    ids=["none", "begins too low", "left out", "empty"],
)
def test_gaps_between_headings_are_seen(levels: list[int], found: list[tuple[int, int]]) -> None:
    assert gaps(levels) == found


def test_block_quotation_holds_its_paragraphs(lay_out: LayOut) -> None:
    assert below(lay_out("<blockquote><p>A</p><p>B</p></blockquote>")) == "BlockQuote(P(…) P(…))"


# Groups.


@pytest.mark.parametrize(
    ("tag", "role"), [("main", "Part"), ("article", "Art"), ("section", "Sect"), ("nav", "Sect"), ("aside", "Aside")]
)
def test_group_is_an_element_over_all_its_pages(lay_out: LayOut, tag: str, role: str) -> None:
    pdf = lay_out(f"<{tag}><p>A</p>|<p>B</p></{tag}>")
    assert below(pdf) == f"{role}(P(…) P(…))"
    assert tree(pdf).pages == [1, 2]


def test_aside_is_a_div_to_those_that_do_not_know_it(lay_out: LayOut) -> None:
    root = tree(lay_out("<aside><p>A</p></aside>"))
    roles = root.data.P.RoleMap
    assert {str(name): str(known) for name, known in roles.items()} == {"/Aside": "/Div"}


def test_div_that_says_nothing_leaves_its_place_to_what_is_in_it(lay_out: LayOut) -> None:
    assert below(lay_out("<section><div><header><h1>A</h1></header><div><p>B</p></div></div></section>")) == (
        "Sect(H1(…) P(…))"
    )


def test_div_with_a_language_stays(lay_out: LayOut) -> None:
    pdf = lay_out('<section><div lang="en"><p>A</p></div></section>')
    assert below(pdf) == "Sect(Div(P(…)))"
    assert tree(pdf).one("Div").get("Lang") == "en"


def test_spaces_between_elements_set_in_a_line_are_artifacts(lay_out: LayOut) -> None:
    pdf = lay_out("<section><h1>Ord</h1> <p>betyr dette.</p></section>", sheet="h1, h1 + p { display: inline }")
    assert below(pdf) == "Sect(H1(…) P(…))"


def test_parts_hang_one_after_another_under_one_document(lay_out: LayOut) -> None:
    pdf = lay_out("<h1>En</h1>|<p>To</p>", "<h1>Tre</h1>", "<p>Fire</p>")
    root = tree(pdf)
    assert shape(root) == "Document(H1(…) P(…) H1(…) P(…))"
    assert [element.pages for element in root.elements] == [[1], [2], [3], [4]]


# Lists.


def test_list_has_items_of_label_and_body(lay_out: LayOut) -> None:
    pdf = lay_out("<ol><li>ett</li><li>to</li></ol>")
    assert below(pdf) == "L(LI(Lbl(…) LBody(…)) LI(Lbl(…) LBody(…)))"
    assert [label.text for label in tree(pdf).all("Lbl")] == ["1.", "2."]
    assert [body.text for body in tree(pdf).all("LBody")] == ["ett", "to"]


def test_list_within_a_list_stands_in_the_body_of_its_item(lay_out: LayOut) -> None:
    assert below(lay_out("<ul><li>ett<ul><li>to</li></ul></li></ul>")) == (
        "L(LI(Lbl(…) LBody(… L(LI(Lbl(…) LBody(…))))))"
    )


@pytest.mark.parametrize(
    ("html", "numbering"),
    [
        ("<ul><li>en</li></ul>", ["Disc"]),
        ("<ol><li>en</li></ol>", ["Decimal"]),
        ("<ol><li>en<ol><li>to</li></ol></li></ol>", ["Decimal", "LowerAlpha"]),
        ("<ol><li>en<ul><li>to</li></ul></li></ol>", ["Decimal", "Disc"]),
    ],
    ids=["dashes", "numbers", "letters in numbers", "dashes in numbers"],
)
def test_list_tells_how_its_items_are_counted(lay_out: LayOut, html: str, numbering: list[str]) -> None:
    lists = tree(lay_out(html, sheet="ol ol { list-style-type: lower-alpha }")).all("L")
    assert [found.get("ListNumbering") for found in lists] == numbering


def test_item_with_paragraphs_holds_them_in_its_body(lay_out: LayOut) -> None:
    assert below(lay_out("<ul><li><p>A</p><p>B</p></li></ul>")) == "L(LI(Lbl(…) LBody(P(…) P(…))))"


def test_item_over_two_pages_is_one_item(lay_out: LayOut) -> None:
    pdf = lay_out(f"<ul><li>{LONG}</li></ul>")
    assert below(pdf) == "L(LI(Lbl(…) LBody(…)))"
    assert tree(pdf).one("LBody").text == glued(LONG)


def test_number_that_stands_for_a_label_is_the_label(lay_out: LayOut) -> None:
    """Regression: the items of a figure's key had no label; their numbers were read as words."""
    pdf = lay_out('<ol style="list-style: none"><li><span data-label>7</span> sju</li></ol>')
    assert below(pdf) == "L(LI(Lbl(…) LBody(…)))"
    assert (tree(pdf).one("Lbl").text, tree(pdf).one("LBody").text) == ("7", "sju")


# Tables.

TABLE = "<table><thead><tr><th scope='col'>Navn</th><th scope='col'>Tall</th></tr></thead><tbody>{}</tbody></table>"


def test_table_has_head_and_body_of_rows(lay_out: LayOut) -> None:
    assert below(lay_out(TABLE.format("<tr><td>a</td><td>1</td></tr>"))) == (
        "Table(THead(TR(TH(…) TH(…))) TBody(TR(TD(…) TD(…))))"
    )


def test_table_over_pages_is_one_table_with_its_head_once(lay_out: LayOut) -> None:
    rows = "".join(f"<tr><td>Rad {number}</td><td>{number}</td></tr>" for number in range(20))
    pdf = lay_out(TABLE.format(rows))
    root = tree(pdf)
    assert pdf.page_count > 1
    assert all("Navn" in text for text in pdf.page_texts), "the head is drawn on every page"
    assert root.one("Table").pages == list(range(1, pdf.page_count + 1))
    assert [head.text for head in root.all("TH")] == ["navn", "tall"]
    assert root.one("THead").pages == [1]
    assert [row.text for row in root.one("TBody").elements] == [f"rad{number}{number}" for number in range(20)]


def test_cell_over_two_pages_is_one_cell(lay_out: LayOut) -> None:
    pdf = lay_out(TABLE.format(f"<tr><td>1</td><td>{LONG}</td></tr>"))
    short, long = tree(pdf).all("TD")
    assert len(long.pages) > 1
    assert (long.text, short.text) == (glued(LONG), "1")


@pytest.mark.parametrize(("scope", "said"), [("col", "Column"), ("row", "Row")])
def test_head_cell_tells_its_scope(lay_out: LayOut, scope: str, said: str) -> None:
    body = f"<table><tbody><tr><th scope='{scope}'>A</th><td>1</td></tr></tbody></table>"
    root = tree(lay_out(body))
    assert root.one("TH").get("Scope") == said
    assert root.one("TD").get("Scope") is None


def test_cell_tells_how_many_columns_and_rows_it_spans(lay_out: LayOut) -> None:
    rows = "<tr><td colspan='2'>a</td></tr><tr><td rowspan='2'>b</td><td>c</td></tr><tr><td>d</td></tr>"
    cells = tree(lay_out(TABLE.format(rows))).all("TD")
    assert [(cell.get("ColSpan"), cell.get("RowSpan")) for cell in cells] == [
        ("2", None),
        (None, "2"),
        (None, None),
        (None, None),
    ]


def test_empty_cell_keeps_its_place(lay_out: LayOut) -> None:
    assert "TR(TD() TD(…))" in below(lay_out(TABLE.format("<tr><td></td><td>1</td></tr>")))


def test_caption_of_a_table_stands_first_in_it(lay_out: LayOut) -> None:
    html = TABLE.format("<tr><td>a</td><td>1</td></tr>").replace("<table>", "<table><caption>Tall</caption>")
    assert below(lay_out(html)).startswith("Table(Caption(…) THead(")


# Contents.

NAV = """<nav><h1>Innhold</h1><ol>
<li><span>1</span> <a href="#a">En</a> [a]<ol><li><a href="#b">To</a> [b]</li></ol></li>
<li><a href="#c">Tre</a> [c]</li></ol></nav>
|<section><h2 id="a">En</h2><h2 id="b">To</h2><h2 id="c">Tre</h2></section>"""


def test_contents_are_a_toc_of_entries_that_refer(lay_out: LayOut) -> None:
    nav, _ = tree(lay_out(NAV)).elements
    entry = "TOCI(Reference(Link(→ …) …))"
    assert shape(nav) == f"Sect(H1(…) TOC(TOCI(Reference(… Link(→ …) …) TOC({entry})) {entry}))"


def test_entry_of_the_contents_is_read_with_its_page(lay_out: LayOut) -> None:
    nav, _ = tree(lay_out(NAV)).elements
    assert [reference.text for reference in nav.all("Reference")] == ["1en2", "to2", "tre2"]


def test_list_outside_the_contents_is_no_toc(lay_out: LayOut) -> None:
    assert below(lay_out('<ol><li><a href="#a">En</a></li></ol><p id="a">A</p>')) == (
        "L(LI(Lbl(…) LBody(Link(→ …)))) P(…)"
    )


# Footnotes.


def test_note_stands_at_its_call_in_the_paragraph(lay_out: LayOut) -> None:
    pdf = lay_out(f'<div class="flow">{NOTE}<p>Neste.</p></div>')
    assert below(pdf) == "P(… Reference(Lbl(…)) Note(Lbl(…) …) …) P(…)"
    assert tree(pdf).text == glued("Ord 1 1. Noten. etter. Neste.")


def test_note_is_read_at_its_call_though_it_stands_at_the_foot_of_the_page(lay_out: LayOut) -> None:
    pdf = lay_out(f'<div class="flow">{NOTE}<p>Neste.</p></div>')
    root = tree(pdf)
    note, following = root.one("Note"), root.all("P")[1]
    assert top(pdf, note) > top(pdf, following)
    assert [element.role for element in root.walk()].index("Note") < list(root.walk()).index(following)


def test_call_and_note_carry_the_same_number(lay_out: LayOut) -> None:
    root = tree(lay_out(f'<div class="flow">{NOTE * 3}</div>'))
    calls = [reference.one("Lbl").text for reference in root.all("Reference")]
    assert calls == ["1", "2", "3"]
    assert [note.one("Lbl").text.strip(".") for note in root.all("Note")] == calls


def test_each_note_has_an_id_that_leads_to_it(lay_out: LayOut) -> None:
    body = f'<div class="flow">{NOTE * 11}</div>'
    root = tree(lay_out(body, body))
    notes = {note.get("ID"): note.data.objgen for note in root.all("Note")}
    assert len(notes) == 22
    names = list(root.data.P.IDTree.Names)
    ids = [str(name) for name in names[::2]]
    assert dict(zip(ids, (note.objgen for note in names[1::2]), strict=True)) == notes
    assert ids == sorted(ids), "readers look names up by halving"


def test_note_in_the_item_of_a_list_stands_in_its_body(lay_out: LayOut) -> None:
    body = '<div class="flow"><ul><li>en<span class="footnote">Noten.</span></li></ul></div>'
    assert below(lay_out(body)) == "L(LI(Lbl(…) LBody(… Reference(Lbl(…)) Note(Lbl(…) …))))"


def test_paragraph_goes_on_after_a_note_on_the_next_page(lay_out: LayOut) -> None:
    note = '<span class="footnote">Noten.</span>'
    pdf = lay_out(f'<div class="flow"><p>{LONG}{note} {LONG}</p></div>')
    root = tree(pdf)
    assert below(pdf) == "P(… Reference(Lbl(…)) Note(Lbl(…) …) …)"
    assert root.one("P").pages[-1] > root.one("Note").pages[0]
    assert root.one("P").own_text == glued(f"{LONG} {LONG}")


# Figures.


def test_figure_has_its_alternative_text_and_its_place(lay_out: LayOut) -> None:
    pdf = lay_out('<img src="figures/a.svg" alt="Et felt av grått" style="display: block">')
    figure = tree(pdf).one("Figure")
    left, bottom, right, upper = (float(edge) * 25.4 / 72 for edge in figure.data.A.BBox)
    assert figure.get("Alt") == "Et felt av grått"
    assert [round(edge, 2) for edge in (left, bottom, right, upper)] == [10, 45, 30, 50]


def test_link_that_says_more_than_its_words_is_named_by_both(lay_out: LayOut) -> None:
    pdf = lay_out('<p id="slutt">Se <a href="#slutt" title="Boksen om Bedrift A, side">9</a></p>')
    link = tree(pdf).one("Link")
    assert (link.text, link.get("Alt")) == ("9", "Boksen om Bedrift A, side 9")
    assert [str(area.annotation.Contents) for area in link.areas] == ["Boksen om Bedrift A, side 9"]


def test_figure_is_read_before_the_caption_below_it_and_tied_to_it(lay_out: LayOut) -> None:
    """Regression: captions, and the keys of figures, came before the drawing that they stand under."""
    body = '<figure><img src="figures/a.svg" alt="Et felt"><ol><li>A</li></ol><figcaption>Felt</figcaption></figure>'
    assert below(lay_out(f"<section><h1>En</h1>{body}</section>")) == (
        "Sect(H1(…) Div(Figure(…) L(LI(Lbl(…) LBody(…))) Caption(…)))"
    )


def test_picture_without_alternative_text_is_an_artifact(lay_out: LayOut) -> None:
    pdf = lay_out('<p>Ord</p><img src="figures/a.svg" alt="">')
    assert below(pdf) == "P(…)"
    drawn = [found for found in paint(pdf) if found.operator not in {"Tj", "TJ"}]
    assert drawn
    assert all(found.is_artifact and found.mcid is None for found in drawn)


# Links.


def test_link_is_named_by_its_text(lay_out: LayOut) -> None:
    pdf = lay_out('<p>Se <a href="#b">kapitlet\n om <em>alt</em></a>.</p><p id="b">B</p>')
    link = tree(pdf).one("Link")
    assert str(link.areas[0].annotation.Contents) == "kapitlet om alt"
    assert link.text == glued("kapitlet om alt")


def test_link_over_two_lines_is_one_link_with_an_area_for_each(lay_out: LayOut) -> None:
    pdf = lay_out(f'<p><a href="https://example.org/">{LONG[:90]}</a></p>')
    link = tree(pdf).one("Link")
    assert len({tuple(map(float, area.annotation.Rect)) for area in link.areas}) == len(link.marks) > 1
    assert {str(area.annotation.A.URI) for area in link.areas} == {"https://example.org/"}
    assert link.text == glued(LONG[:90])


def test_link_over_two_pages_is_one_link_with_an_area_on_each(lay_out: LayOut) -> None:
    pdf = lay_out(f'<p><a href="https://example.org/">{LONG}</a></p>')
    link = tree(pdf).one("Link")
    assert sorted({area.page for area in link.areas}) == link.pages
    assert len(link.pages) > 1


def test_every_area_of_a_link_leads_back_to_its_element(lay_out: LayOut) -> None:
    root = tree(lay_out('<p><a href="#b">En</a> og <a href="#b">to</a></p><p id="b">B</p>', '<a href="#b">Tre</a>'))
    numbers = pikepdf.NumberTree(root.data.P.ParentTree)
    areas = [(link, area) for link in root.all("Link") for area in link.kids if isinstance(area, Area)]
    assert len(areas) == 3
    for link, area in areas:
        assert numbers[int(area.annotation.StructParent)].objgen == link.data.objgen


# Language and abbreviations.


def test_foreign_words_tell_their_language(lay_out: LayOut) -> None:
    pdf = lay_out('<p>De kaller det <span lang="en">learning by doing</span>.</p>')
    span = tree(pdf).one("Span")
    assert below(pdf) == "P(… Span(…) …)"
    assert (span.get("Lang"), span.text) == ("en", glued("learning by doing"))


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ('<p lang="en">Words</p>', "P"),
        ('<h1 lang="en">Words</h1>', "H1"),
        ('<section lang="en"><p>Words</p></section>', "Sect"),
        ('<p><em lang="en">Words</em></p>', "Span"),
        ('<p><a lang="en" href="https://example.org/">Words</a></p>', "Link"),
    ],
    ids=["paragraph", "heading", "section", "emphasis", "link"],
)
def test_language_is_told_by_the_element_that_has_it(lay_out: LayOut, html: str, role: str) -> None:
    root = tree(lay_out(html))
    assert [(element.role, element.get("Lang")) for element in root.walk() if element.get("Lang")] == [(role, "en")]


def test_words_of_the_documents_own_language_are_not_marked(lay_out: LayOut) -> None:
    assert below(lay_out('<p>Ord og <span lang="nb">ord</span>.</p>')) == "P(…)"


def test_words_of_the_documents_language_among_foreign_ones_tell_theirs(lay_out: LayOut) -> None:
    """Regression: what was in the document's own language was taken for English within English words."""
    root = tree(lay_out('<p lang="en">Words and <span lang="nb">ord</span>.</p>'))
    assert [(span.get("Lang"), span.text) for span in root.all("Span")] == [("nb", "ord")]


def test_abbreviation_tells_what_it_stands_for(lay_out: LayOut) -> None:
    pdf = lay_out('<p>Mye <abbr title="forskning og utvikling">FoU</abbr>.</p>')
    span = tree(pdf).one("Span")
    assert below(pdf) == "P(… Span(…) …)"
    assert (span.get("E"), span.text) == ("forskning og utvikling", "fou")


def test_abbreviation_in_another_language_tells_both(lay_out: LayOut) -> None:
    span = tree(lay_out('<p><abbr lang="en" title="Virtual Reality">VR</abbr></p>')).one("Span")
    assert (span.get("E"), span.get("Lang")) == ("Virtual Reality", "en")


# What is not read.


def test_running_heads_and_page_numbers_are_artifacts(lay_out: LayOut) -> None:
    sheet = ".head { position: running(head) } @page { @top-left { content: element(head) } }"
    pdf = lay_out('<p class="head" data-furniture>Kolumnetittel</p><p>A</p>|<p>B</p>', sheet=sheet)
    for number, text in enumerate(pdf.page_texts, start=1):
        assert {"Kolumnetittel", str(number)} < set(text.split())
    assert tree(pdf).text == "ab"
    drawn_as_text = [found for found in paint(pdf) if found.operator in {"Tj", "TJ"} and found.mcid is None]
    assert len(drawn_as_text) == 4
    assert all(found.is_artifact for found in drawn_as_text)


@pytest.mark.parametrize(
    "style",
    ["border-top: 1mm solid #000", "background: #eee", "border: 1mm solid #000; border-radius: 2mm; background: #eee"],
    ids=["rule", "ground", "frame"],
)
def test_rules_and_grounds_are_artifacts(lay_out: LayOut, style: str) -> None:
    pdf = lay_out(f'<section style="{style}"><p>A</p></section>')
    drawn = [found for found in paint(pdf) if found.operator not in {"Tj", "TJ"}]
    assert drawn
    assert all(found.is_artifact and found.mcid is None for found in drawn)
    assert below(pdf) == "Sect(P(…))"


def test_lines_of_a_motif_are_artifacts(lay_out: LayOut) -> None:
    lines = "".join(f'<div style="left: {number}mm"></div>' for number in range(5))
    sheet = ".motif div { position: absolute; width: 0.5mm; height: 5mm; background: #000 }"
    pdf = lay_out(f'<div class="motif">{lines}</div><p>A</p>', sheet=sheet)
    assert sum(found.is_artifact and found.operator.startswith("f") for found in paint(pdf)) == 5
    assert below(pdf) == "P(…)"


def test_nothing_is_drawn_that_is_neither_tagged_nor_an_artifact(lay_out: LayOut) -> None:
    pdf = lay_out(EVERYTHING)
    assert len(paint(pdf)) > 40
    assert untagged(pdf) == []


# The tree as a whole.


def test_order_is_that_of_the_source_whatever_the_order_on_the_page(lay_out: LayOut) -> None:
    sheet = ".row { display: flex } .low { position: absolute; bottom: 0 }"
    body = '<p class="low">en</p><div class="row"><section><p>to</p></section><section><p>tre</p></section></div>'
    pdf = lay_out(f"{body}<p>fire</p>", sheet=sheet)
    assert [paragraph.text for paragraph in tree(pdf).all("P")] == ["en", "to", "tre", "fire"]


def test_what_is_printed_once_more_for_the_eye_is_an_artifact(lay_out: LayOut) -> None:
    pdf = lay_out("<p>A <em>b</em></p><aside data-repeats><p>b</p></aside><p data-repeats>A</p>")
    assert below(pdf) == "P(…)"
    assert pdf.page_texts[0].split()[:4] == ["A", "b", "b", "A"]
    assert untagged(pdf) == []


@pytest.mark.parametrize("before", [True, False], ids=["above", "below"])
def test_caption_of_a_figure_that_is_a_table_is_the_tables(lay_out: LayOut, before: bool) -> None:
    table, caption = "<table><tr><td>1</td></tr></table>", "<figcaption>Tall</figcaption>"
    pdf = lay_out(f"<figure>{caption if before else table}{table if before else caption}</figure>")
    assert below(pdf) == ("Table(Caption(…) TBody(TR(TD(…))))" if before else "Table(TBody(TR(TD(…))) Caption(…))")


def test_empty_corner_of_a_table_has_a_name(lay_out: LayOut) -> None:
    root = tree(lay_out('<table><tr><td aria-label="Hoder"></td><th scope="col">A</th></tr></table>'))
    assert [cell.get("Alt") for cell in root.all("TD")] == ["Hoder"]


def test_every_element_names_its_parent(lay_out: LayOut) -> None:
    root, *others = tree(lay_out(EVERYTHING)).walk()
    assert root.data.P.Type == "/StructTreeRoot"
    assert [found.role for found in others if found.parent and found.data.P.objgen != found.parent.data.objgen] == []


def test_nothing_is_empty_and_nothing_without_meaning(lay_out: LayOut) -> None:
    root = tree(lay_out(EVERYTHING))
    assert [shape(element) for element in root.walk() if not element.kids] == ["TD()"]
    assert {"NonStruct", "Private"}.isdisjoint(element.role for element in root.walk())
    assert [span for span in root.all("Span") if not span.get("Lang") and not span.get("E")] == []


def test_file_says_that_it_is_tagged_and_shows_its_title(lay_out: LayOut) -> None:
    catalogue = tree(lay_out("<p>A</p>")).file.Root
    assert catalogue.MarkInfo.Marked is True
    assert catalogue.ViewerPreferences.DisplayDocTitle is True
    assert str(catalogue.Lang) == "nb"


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_document_with_everything_conforms(lay_out: LayOut, profile: str) -> None:
    assert lay_out(EVERYTHING, NAV).failures(profile) == []


# The page that documents the tags of every block type.

README = (OUR_TEMPLATES / "blocks/README.md").read_text(encoding="utf-8")
STANDS = {"body column": "body", "full width": "full", "not in print": "none"}
STYLE_ONLY = {"div", "span", "a"}
"""Elements that templates write and that the page leaves out; what a link becomes stands under «in words»."""


def rows(head: str) -> dict[str, list[str]]:
    """Read a table of the page: by its first column, the others."""
    lines = README[README.index(f"| {head} |") :].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {first.strip("`"): others for first, *others in cells}


DOCUMENTED = rows("block")
IN_WORDS = rows("in words")


def named(cell: str) -> set[str]:
    """Give the names in a cell: of HTML elements or of tags."""
    return set(re.findall(r"`([A-Za-z0-9]+)`", cell))


def level_left_open(roles: set[str]) -> set[str]:
    return {re.sub(r"^([hH])[2-6]$", r"\1n", role) for role in roles}


def template_of(name: str) -> str:
    """Read a template with those that it includes."""
    text = (OUR_TEMPLATES / name).read_text(encoding="utf-8")
    return re.sub(r'\{% include "([^"]+)" %\}', lambda match: template_of(match[1]), text)


def blocks_of(built: Built, kind: str) -> list[tuple[int, Block]]:
    """Give the blocks of a type, each with the level of a heading in it."""
    return [(section.level + 1, block) for section, block in built.report.blocks() if block.kind == kind]


SHORT = "editions/for-tillitsvalgte"
SET = [
    pytest.param("blocks" if kind in KINDS else SHORT, kind, marks=feature("blocks" if kind in KINDS else "editions"))
    for kind in DOCUMENTED
    if kind not in {"excerpt", *OF_INSTITUTE}
]
"""The block types that have a template, and a publication with blocks of the type."""
each_set = pytest.mark.parametrize(("name", "kind"), SET)


def test_every_block_type_is_documented_and_no_other() -> None:
    assert list(DOCUMENTED) == list(ALL_KINDS)


def test_block_types_of_short_editions_alone_are_documented_as_such() -> None:
    ours = {kind for kind, cells in DOCUMENTED.items() if "short editions only" in cells[2]}
    assert ours == EDITION_KINDS.keys() - KINDS.keys()


def test_excerpt_is_documented_as_what_it_names_and_never_set_itself() -> None:
    html, tags_of_it, stands = DOCUMENTED["excerpt"]
    assert html == tags_of_it == "those of the block it names"
    assert stands.startswith("where that stands")
    assert not (OUR_TEMPLATES / "blocks/excerpt.html.j2").exists()


@each_set
def test_documented_html_is_what_the_template_writes(name: str, kind: str) -> None:
    html = DOCUMENTED[kind][0]
    template = template_of(f"blocks/{kind}.html.j2")
    written = set(re.findall(r"<([a-z]+[0-9]?)", template.replace("<h{{ level }}", "<h2"))) - STYLE_ONLY
    prose = {"p", "ul", "ol", "li"} if kind == "text" else set()
    assert named(html) == level_left_open(written) | prose
    assert ("prose" in html) == ("|prose" in template)


@each_set
def test_documented_tags_are_those_that_a_publication_has(published: Publish, name: str, kind: str) -> None:
    built = published(name)
    found, content = said(tree(built.pdf)), Content(built)
    roles: set[str] = set()
    for level, block in blocks_of(built, kind):
        wanted = [tagged(role, glued(text)) for role, text in content.block(block, level)]
        at = [index for index in range(len(found)) if found[index : index + len(wanted)] == wanted]
        left = iter(found)  # what moves may part a text
        assert at or (kind == "text" and all(each in left for each in wanted)), f"{block.place}: not in the tree"
        roles |= {role for role, _ in wanted}
    documented = DOCUMENTED[kind][1]
    by_prose = named(DOCUMENTED["text"][1]) if "prose" in documented else set()
    by_words = named(IN_WORDS["a link or a reference"][1]) | named(IN_WORDS["a footnote"][1])
    assert named(documented) <= level_left_open(roles)
    assert level_left_open(roles) <= named(documented) | by_prose | by_words


@each_set
def test_documented_places_are_those_where_a_block_may_stand(published: Publish, name: str, kind: str) -> None:
    found = [block for _, block in blocks_of(published(name), kind)]
    choices = {
        field_name: get_args(field.annotation)
        for field_name, field in type(found[0]).model_fields.items()
        if get_origin(field.annotation) is Literal
    }
    varied = [block.model_copy(update={key: value}) for block in found for key in choices for value in choices[key]]
    documented = {stands for words, stands in STANDS.items() if words in DOCUMENTED[kind][2]}
    assert documented == {block.stands for block in [*found, *varied]}


@pytest.mark.parametrize("what", IN_WORDS)
def test_documented_tags_of_what_words_hold_are_those_it_gets(lay_out: LayOut, what: str) -> None:
    html, documented = IN_WORDS[what]
    html = html.strip("`").replace("<code>", '<code style="font-family: Letters Code">')
    body = f'<div class="flow"><p>Ord {html} etter.</p><p id="id">Her.</p></div>'
    paragraph = tree(lay_out(body)).all("P")[0]
    assert {element.role for element in paragraph.walk()} - {"P"} == named(documented)


def top(pdf: Pdf, element: Element) -> float:
    """Tell how far down its page an element begins, in millimetres."""
    mark = element.marks[0]
    return pdf.marked[mark.page, mark.mcid][1]


def untagged(pdf: Pdf) -> list[object]:
    """Give what is drawn without belonging to an element or being an artifact."""
    return [found for found in paint(pdf) if found.mcid is None and not found.is_artifact]
