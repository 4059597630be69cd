"""The pages of all parts written as one PDF."""

from __future__ import annotations

from collections.abc import Sequence

from press.typeset.layout import PDF_VARIANT, LaidOut, Layouter
from press.typeset.subset import locked_subsetter


def write(parts: Sequence[LaidOut], layouter: Layouter) -> bytes:
    """Draw every page and write the file; metadata come from the first part, which all parts share."""
    layouter.problems.part = ""
    pages = [page for part in parts for page in part.rendered.pages]
    with locked_subsetter():
        pdf: bytes = parts[0].rendered.copy(pages).write_pdf(pdf_variant=PDF_VARIANT, cache=layouter.images)
    return pdf
