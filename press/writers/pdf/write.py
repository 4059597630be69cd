"""The pages of all parts written as one PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pydyf

from press.writers.pdf.engine.actual_text import actual_text
from press.writers.pdf.engine.subset import locked_subsetter
from press.writers.pdf.layout import LaidOut, Layouter, refusals
from press.writers.pdf.seen.conserve import Conserved
from press.writers.pdf.standards import VARIANT, declare_both, leave_metadata_readable, unambiguous_streams
from press.writers.pdf.tags import true_tags


def write(parts: Sequence[LaidOut], layouter: Layouter, conserved: Conserved) -> bytes:
    """Draw every page and write the file; metadata come from the first part, which all parts share.

    `conserved` knows what its text boxes say beyond their glyphs.
    """
    layouter.problems.part = ""
    pages = [page for part in parts for page in part.rendered.pages]
    whole = parts[0].rendered.copy(pages)
    declare_both(whole.metadata)
    words = actual_text(conserved.said, conserved.hyphens)
    with refusals(""), locked_subsetter(), words, true_tags(parts), unambiguous_streams():
        pdf: bytes = whole.write_pdf(pdf_variant=VARIANT, cache=layouter.images, finisher=_finish)
    return pdf


def _finish(document: Any, pdf: Any) -> None:
    leave_metadata_readable(pdf)
    # The folio of a page is its number in the file, so that «side 29» and page 29 of the reader are one.
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
