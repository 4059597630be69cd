"""Page numbers that are filled in when parts are linked: right wherever one may stand, and as if laid out there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from support.incremental import assert_as_if_clean
from support.pdf import Pdf

from press.document import Document
from press.writers.pdf.sealed import Typesetter

MakeDocument = Callable[..., Document]

MOVES = ((0, 6), (0, 7), (0, 8), (7, 8), (8, 8))
FAR = ((9, 86), (9, 87))
"""How many pages stand before the number, and how many between it and what it is the page of.

From 9 to 10 and from 99 to 100, and by a page within as many digits.
"""
FURTHEST = "side by side"
CASES = {
    # Regression tests: the outline and the running head kept the number that the part was first laid out with.
    "in a heading and its bookmark": ("", "<h2>Se side [slutt]</h2>"),
    "in a running head": (
        "h2 { string-set: s content(text) } @page { @top-left { content: string(s) } }",
        "<h2>Se side [slutt]</h2>|<p>Ord</p>",
    ),
    "its own in a running head": (
        "h2 { string-set: s counter(page) } @page { @top-left { content: string(s) } }",
        "<h2>Ord</h2>|<p>Ord</p>",
    ),
    "its own in a bookmark": ("h2 { bookmark-label: counter(page) }", "<h2>Ord</h2>"),
    "of what a link leads to, from the style sheet": (
        "a::after { content: target-counter(attr(href), page) }",
        '<p>Se <a href="#der">ord</a></p>|<p id="der">Ord</p>',
    ),
    "side by side": ("", "<p>Se [slutt][slutt] og [slutt], [slutt]</p>"),
    "beside a hyphen": ("", "<p>Se side-[slutt]-en og [slutt]-</p>"),
    "in a divided word": (
        "p { width: 12mm; hyphens: auto }",
        "<p>Kommunesammenslåing[slutt]sammenslåing [slutt]</p>",
    ),
    "in a cell": ("", "<table><tr><td>Se</td><td>[slutt]</td></tr></table>"),
    "in a table's head": (
        "th { font-weight: 400 } td { padding: 8pt }",
        f"<table><thead><tr><th>[slutt]</th></tr></thead>{'<tr><td>Ord</td></tr>' * 12}</table>",
    ),
    "in a footnote": (".note { float: footnote }", '<p>Ord<span class="note">Se side [slutt]</span></p>'),
    "in a link": ("", '<p><a href="#slutt">Se [slutt]</a></p>'),
    "in proportional digits": ("span { font-variant-numeric: proportional-nums }", "<p>Se side [slutt] og mer</p>"),
    "in tabular digits": ("span { font-variant-numeric: tabular-nums; font-kerning: none }", "<p>Se [slutt] og</p>"),
    "spaced": ("span { letter-spacing: 1pt; word-spacing: 2pt }", "<p>Se [slutt] og mer</p>"),
    "underlined": ("span { text-decoration: underline }", "<p>Se [slutt] og mer</p>"),
    "turned and seen through": ("p { transform: rotate(1deg); opacity: .9 }", "<p>Se [slutt]</p>"),
    "in capitals of another weight": ("span { text-transform: uppercase; font-weight: 600 }", "<p>Se [slutt]</p>"),
    "of a page to the left": (
        "@page { @bottom-left { content: counter(page) } @bottom-right { content: none } }",
        "<p>Ord</p>|<p>Ord</p>",
    ),
    "between words of the margin": (
        '@page { @bottom-left { content: "Side " counter(page) " av " counter(pages) } }',
        "<p>Side 3 av</p>|<p>Ord</p>",
    ),
    "in a running element": (
        ".head { position: running(head) } .head::after { content: counter(page) }"
        "@page { @top-left { content: element(head) } }",
        '<p class="head" data-furniture>Ord</p><p>Ord</p>|<p>Ord</p>',
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("case", CASES)
def test_number_that_moved_is_as_if_laid_out_there(document: MakeDocument, case: str) -> None:
    sheet, body = CASES[case]
    with Typesetter(workers=1) as typesetter:
        for before, between in (*MOVES, *(FAR if case == FURTHEST else ())):
            front = [("foran", "<p>Side av ord</p>|" * before + "<p>Ord</p>")] if before else []
            last = ("z", "<p>Ord</p>|" * between + '<p id="slutt">Slutt</p>')
            made = assert_as_if_clean(typesetter, document(*front, ("a", body), last, sheet=sheet))
            pdf = Pdf(made.pdf)
            numbers = re.findall(
                r"[Ss]e side (\d+)", " ".join([*pdf.page_texts, *(each.title for each in pdf.outline)])
            )
            assert set(map(int, numbers)) <= {pdf.anchors["slutt"].page}
