"""What holds columns ends with the lowest line in them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from support.pdf import typeset_here

from press.document import Document

MakeDocument = Callable[..., Document]

SHEET = """
@page { size: 100mm 120mm; margin: 10mm; @bottom-right { content: none } }
html { font: 10pt/14pt "Source Serif Pro" }
body, p, ul { margin: 0 }
.two { columns: 2; column-gap: 5mm }
p, li { orphans: 2; widows: 2 }
"""
KINDS = {
    "paragraphs": ["<p>{}</p>"] * 3,
    "a list": ["<p>{}</p>", "<ul><li>{}</li><li>Kort</li></ul>"],
    "a list last": ["<p>{}</p>", '<ul style="margin-bottom: 9pt"><li>{}</li></ul>'],
}


def foot_spaces(document: MakeDocument, kind: list[str]) -> set[float]:
    """Set columns of more and more words, a page each; tell what lies between their lowest line and what comes next."""
    pages = []
    for count in range(8, 26):
        words = " ".join(f"ord{number:02}" for number in range(count))
        pages.append(f'<div class="two">{"".join(kind).format(*[words] * len(kind))}</div><div>Etter</div>')
    surveyed = typeset_here(document(("one", "|".join(pages)), sheet=SHEET), surveying=True).surveyed
    assert surveyed is not None
    assert len(surveyed.pages) == len(pages)
    found = set()
    for page in surveyed.pages:
        *others, after = page.lines
        assert after.text == "Etter"
        lowest = max(line.extent.bottom for line in others)
        found.add(round((after.extent.bottom - lowest) * 72 / 25.4, 1))
    return found


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_space_below_columns_is_one_whatever_is_in_them(document: MakeDocument, kind: list[str]) -> None:
    assert foot_spaces(document, kind) == {14.0}


def test_fault_of_the_library_that_this_mends_is_reported_once_it_is_gone(
    document: MakeDocument, monkeypatch: pytest.MonkeyPatch, mended: Callable[[bool, str], None]
) -> None:
    monkeypatch.setattr("press.writers.pdf.engine.level_columns.level_columns", nullcontext)
    found = foot_spaces(document, KINDS["paragraphs"])
    mended(found == {14.0}, "columns deeper than their text (press/writers/pdf/engine/level_columns.py)")
