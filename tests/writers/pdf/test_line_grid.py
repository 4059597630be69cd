"""Text begins on the lines of its page, whatever stands above it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from support.pdf import typeset_here

from press.document import Document
from press.pages import Line

MakeDocument = Callable[..., Document]

SHEET = """
@page { size: 100mm 120mm; margin: 10mm; @bottom-right { content: none } }
html { font: 10pt/14pt "Source Serif Pro" }
body, p { margin: 0 }
.flow { columns: 1 }
.flow, .flow > p { --box-snap: 14pt }
.box { height: 17pt }
"""


def lines(document: MakeDocument, body: str, sheet: str = "") -> list[Line]:
    surveyed = typeset_here(document(("one", body), sheet=SHEET + sheet), surveying=True).surveyed
    assert surveyed is not None
    return list(surveyed.lines())


def downs(document: MakeDocument, body: str, sheet: str = "") -> dict[str, float]:
    """Set a page; tell how many points below the first line each line stands."""
    first, *others = lines(document, body, sheet)
    return {line.text: (line.extent.bottom - first.extent.bottom) * 72 / 25.4 for line in others}


BOX = '<div class="box">Boks</div>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>En</p><p>To</p>", 14),
        (f"<p>En</p>{BOX}<p>To</p>", 14 + 28),
        (f'<p>En</p>{BOX}<p style="margin-top: 4pt">To</p>', 14 + 28),
        (f'<p>En</p>{BOX}<p style="margin-top: 14pt">To</p>', 14 + 42),
        (f'<p>En</p>{BOX}<p style="margin-top: -4pt">To</p>', 14 + 14),
        (f'<p>En</p>{BOX}<p style="--box-snap: none">To</p>', 14 + 17),
        (f"<p>En</p>{BOX}<div><p>To</p></div>", 14 + 17),
    ],
    ids=["next", "after a box", "margin within", "margin beyond", "less margin", "switched off", "deeper down"],
)
def test_paragraph_begins_on_the_next_line_of_the_grid(document: MakeDocument, body: str, expected: float) -> None:
    assert downs(document, f'<div class="flow">{body}</div>')["To"] == pytest.approx(expected, abs=0.05)


def test_column_container_and_what_is_around_it_begin_there_too(document: MakeDocument) -> None:
    after = '<div class="note"><div class="flow"><p>To</p></div><i>Ved siden</i></div>'
    sheet = ".note { position: relative } i { position: absolute; left: 40mm; top: 0; font-style: normal }"
    found = downs(document, f'<div class="flow"><p>En</p></div>{BOX}{after}', sheet)
    assert found["To"] == pytest.approx(14 + 28, abs=0.05)
    assert found["Ved siden"] == found["To"]


def test_text_at_the_head_of_a_page_is_not_moved(document: MakeDocument) -> None:
    body = f'<div class="flow"><p>En</p></div>{BOX * 15}<div class="flow"><p>To</p></div>'
    first, *_, last = lines(document, body)
    assert (last.text, last.page) == ("To", 2)
    assert last.extent.top == first.extent.top


def test_what_the_library_lacks_is_reported_once_it_has_it(
    document: MakeDocument, monkeypatch: pytest.MonkeyPatch, mended: Callable[[bool, str], None]
) -> None:
    monkeypatch.setattr("press.writers.pdf.engine.line_grid.line_grid", nullcontext)
    body = f'<div class="flow"><p>En</p>{BOX}<p>To</p></div>'
    down = downs(document, body)["To"]
    mended(down == pytest.approx(14 + 28, abs=0.05), "blocks begin on a grid (press/writers/pdf/engine/line_grid.py)")
