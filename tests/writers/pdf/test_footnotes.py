"""Footnotes that are carried over to the next page stay there, whatever else of that page is laid out again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from support.pdf import Pdf, typeset_here

from press.document import AT, Document
from press.errors import TypesetError

MakeDocument = Callable[..., Document]

SHEET = """
.footnote { float: footnote; font-size: 8pt; line-height: 10pt }
p, li { orphans: 2; widows: 2 }
ul { margin: 4pt 0; padding: 0 }
"""
NOTE = "note1 note2 note3 note4 note5"


def words(first: int, last: int) -> str:
    return " ".join(f"ord{number}" for number in range(first, last + 1))


@pytest.fixture
def carried_over(document: MakeDocument) -> Document:
    """Make a list whose last item begins on a page that has no room for its note; the rest of it is on the next."""
    note = f'<span class="footnote" {AT}="content/start.yaml:7:9">{NOTE}</span>'
    items = f"<li>{words(15, 21)}</li><li>{words(22, 32)}{note} {words(33, 40)}</li>"
    return document(("one", f'<div style="columns: 1"><p>{words(1, 14)}</p><ul>{items}</ul></div>'), sheet=SHEET)


def test_note_that_is_carried_over_to_the_next_page_is_in_print(carried_over: Document) -> None:
    pdf = Pdf(typeset_here(carried_over).pdf)
    assert pdf.page_count == 2
    assert NOTE not in " ".join(pdf.words(1))
    assert NOTE in " ".join(pdf.words(2))


def test_note_that_weasyprint_alone_loses_is_told(
    carried_over: Document, monkeypatch: pytest.MonkeyPatch, mended: Callable[[bool, str], None]
) -> None:
    monkeypatch.setattr("press.writers.pdf.engine.footnotes.kept_footnotes", nullcontext)
    try:
        typeset_here(carried_over)
    except TypesetError as error:
        (problem,) = error.problems
    else:
        mended(True, "a note that is carried over to the next page is lost (press/writers/pdf/engine/footnotes.py)")
        return
    assert str(problem.place) == "content/start.yaml:7:9"
    assert problem.what.startswith("text is lost in layout: «note1")
