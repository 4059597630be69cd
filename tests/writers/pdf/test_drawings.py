"""Drawings as forms: drawn once, and to be seen and found as before."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import nullcontext

import numpy as np
import pikepdf
import pypdfium2
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from support.pdf import Pdf, typeset_here

from press.document import Document
from press.figures.svg import for_print
from press.fonts import FACES, SANS
from press.writers.pdf import write_part

MakeDocument = Callable[..., Document]
WIDTH_MM, HEIGHT_MM = 60.0, 30.0
SCALE = 150 / 72
INVISIBLE = 24
"""By how much a pixel of 255 may differ at the edge of a letter: letters are painted one by one, not all at once."""
LOOK = {
    "fontproperties": FontProperties(fname=next(face.path for face in FACES if face.key == (SANS, 400, "normal"))),
    "fontsize": 8,
}
SHOWN = '<p><img src="https://report.invalid/figures/a.svg" alt="Et bilde" style="width: {width}mm"></p>'


def drawing() -> bytes:
    """Draw what figures are made of: letters of each kind, marks, a hatch, a clipped line, what one sees through."""
    figure = Figure(figsize=(WIDTH_MM / 25.4, HEIGHT_MM / 25.4))
    axes = figure.add_axes((0.1, 0.2, 0.5, 0.7))
    axes.set_axis_off()
    axes.plot([0, 1, 2], [0, 5, 1], marker="o")
    axes.bar([0, 1], [1, 2], hatch="//", alpha=0.5)
    axes.set_ylim(0, 3)
    figure.text(0.62, 0.75, "Levende tekst", color="#0b3c5d", **LOOK)
    figure.text(0.62, 0.5, "Gjennomsiktig", color="#cc0000", alpha=0.4, **LOOK)
    figure.text(0.62, 0.25, "CO$_2$", **LOOK)
    figure.text(0.92, 0.1, "Loddrett", rotation=90, **LOOK)
    figure.text(0.62, 0.05, "I", **LOOK)
    svg = io.BytesIO()
    figure.savefig(svg, format="svg")
    return for_print(svg.getvalue(), WIDTH_MM, HEIGHT_MM)


def made(document: MakeDocument, *widths: float, svg: bytes | None = None) -> bytes:
    """Make a PDF that shows the drawing as wide as these, a page each."""
    body = "|".join(SHOWN.format(width=width) for width in widths)
    return typeset_here(document(("a", body), assets={"figures/a.svg": svg or drawing()})).pdf


def pixels(pdf: bytes, page: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    return pypdfium2.PdfDocument(pdf)[page].render(scale=SCALE).to_numpy().astype(np.int16)


def ink(pdf: bytes, page: int = 0) -> float:
    """Tell how many black pixels what is drawn comes to; the number at the foot of the page left out."""
    drawn = 255 - pixels(pdf, page)[:-60, :, 0]
    return float(drawn.sum()) / 255


def words(pdf: bytes, page: int = 0) -> list[str]:
    text: str = pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range()
    return text.split()[:-1]


def form_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return sum(isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form" for each in file.objects)


def test_drawing_looks_and_reads_as_without_forms(document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = made(document, WIDTH_MM)
    monkeypatch.setattr(write_part, "forms", nullcontext)
    theirs = made(document, WIDTH_MM)
    assert abs(pixels(ours) - pixels(theirs)).max() <= INVISIBLE
    assert sorted(words(ours)) == sorted(words(theirs))
    assert {"Levende", "tekst", "Gjennomsiktig", "CO2", "Loddrett"} <= set(words(ours))
    assert [*Pdf(ours).failures(), *Pdf(ours).failures("PDF_A_2A")] == []


def test_drawing_that_is_shown_again_is_not_drawn_again(document: MakeDocument) -> None:
    once, twice = made(document, WIDTH_MM), made(document, WIDTH_MM, WIDTH_MM)
    assert form_count(twice) == form_count(once)
    assert words(twice, 0) == words(twice, 1) == words(once)
    assert ink(twice, 0) == pytest.approx(ink(twice, 1), rel=0.01)
    assert ink(twice, 1) > 0
    assert form_count(made(document, WIDTH_MM, WIDTH_MM / 2)) > form_count(once)


def test_letter_is_one_form_however_often_it_is_used(document: MakeDocument) -> None:
    figure = Figure(figsize=(WIDTH_MM / 25.4, HEIGHT_MM / 25.4))
    for row in range(5):
        figure.text(0.1, row / 5, "abababab", **LOOK)
    svg = io.BytesIO()
    figure.savefig(svg, format="svg")
    assert form_count(made(document, WIDTH_MM, svg=for_print(svg.getvalue(), WIDTH_MM, HEIGHT_MM))) == 1 + len("ab")


def test_rectangular_letter_is_as_thin_as_it_is(document: MakeDocument) -> None:
    """Regression test: PDFium snaps a rectangle to whole pixels, and «I» alone looked bold."""
    figure = Figure(figsize=(WIDTH_MM / 25.4, HEIGHT_MM / 25.4))
    for column in range(8):
        figure.text(0.1 + 0.101 * column, 0.5, "I", **LOOK)
    svg = io.BytesIO()
    figure.savefig(svg, format="svg")
    shown = ink(made(document, WIDTH_MM, svg=for_print(svg.getvalue(), WIDTH_MM, HEIGHT_MM)))
    outline = 0.083 * 0.656  # of an em square
    assert shown == pytest.approx(8 * outline * (8 * SCALE) ** 2, rel=0.05)
