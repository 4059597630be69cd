"""Texts that fill their line but for the space at its end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import pytest
from support.pdf import Pdf, typeset_here

from press.document import Document
from press.writers.pdf.engine import full_lines

MakeDocument = Callable[..., Document]
WORDS = "frem at de savner en mer systematisk og målrettet fremgangsmåte for"


def line_counts(document: MakeDocument) -> list[int]:
    """Set the words in columns wider and wider by a hair, a page each; returns how many lines each has."""
    columns = [
        f'<p style="width: {108.8 + step / 16}mm">{WORDS} <span>kompetanseoverføring.</span></p>' for step in range(24)
    ]
    sheet = "@page { size: 200mm 100mm; @bottom-right { content: none } }"
    pdf = Pdf(typeset_here(document(("a", "|".join(columns)), sheet=sheet)).pdf)
    assert pdf.page_count == len(columns)
    return [
        len({round(passage.top) for passage in pdf.passages if passage.page == page})
        for page in range(1, pdf.page_count + 1)
    ]


def test_text_before_another_element_fills_its_line(document: MakeDocument) -> None:
    counts = line_counts(document)
    assert set(counts) <= {2, 3}
    assert sorted(counts, reverse=True) == counts


def test_fault_of_the_library_that_this_mends_is_reported_once_it_is_gone(
    document: MakeDocument, monkeypatch: pytest.MonkeyPatch, mended: Callable[[bool, str], None]
) -> None:
    # Pango 1.50 has it, Pango 1.56 has not.
    monkeypatch.setattr(full_lines, "full_lines", nullcontext)
    counts = line_counts(document)
    assert set(counts) <= {2, 3, 4}
    mended(
        sorted(counts, reverse=True) == counts,
        "lines broken after their first word (press/writers/pdf/engine/full_lines.py)",
    )
