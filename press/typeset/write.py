"""The pages of all parts written as one PDF.

Fonts are subset by fontTools, which the lock file pins, never by the system's HarfBuzz: the two give other bytes, and
which of them a machine has would decide which PDF it makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from weasyprint.pdf import fonts as weasyprint_fonts

from press.typeset.layout import PDF_VARIANT, LaidOut, Layouter
from press.typeset.log import now_in


def write(parts: Sequence[LaidOut], layouter: Layouter) -> bytes:
    """Draw every page and write the file; metadata come from the first part, which all parts share."""
    now_in("")
    pages = [page for part in parts for page in part.rendered.pages]
    with _locked_subsetter():
        pdf: bytes = parts[0].rendered.copy(pages).write_pdf(pdf_variant=PDF_VARIANT, cache=layouter.images)
    return pdf


@contextmanager
def _locked_subsetter() -> Iterator[None]:
    # WeasyPrint 70 falls back to fontTools where this name is None, and logs that it does (see press.typeset.log).
    found = weasyprint_fonts.harfbuzz_subset
    weasyprint_fonts.harfbuzz_subset = None
    try:
        yield
    finally:
        weasyprint_fonts.harfbuzz_subset = found
