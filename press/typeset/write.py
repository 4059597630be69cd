"""The pages of all parts written as one PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pydyf

from press.typeset.layout import LaidOut, Layouter, refusals
from press.typeset.soft_hyphens import soft_hyphens
from press.typeset.standards import VARIANT, declare_both, leave_metadata_readable, unambiguous_streams
from press.typeset.subset import locked_subsetter
from press.typeset.tags import true_tags


def write(parts: Sequence[LaidOut], layouter: Layouter, hyphens: Mapping[int, str]) -> bytes:
    """Draw every page and write the file; metadata come from the first part, which all parts share.

    `hyphens` says by the `id()` of each text box that ends a line in a hyphen what that hyphen is.
    """
    layouter.problems.part = ""
    pages = [page for part in parts for page in part.rendered.pages]
    whole = parts[0].rendered.copy(pages)
    declare_both(whole.metadata)
    with refusals(""), locked_subsetter(), soft_hyphens(hyphens), true_tags(parts), unambiguous_streams():
        pdf: bytes = whole.write_pdf(pdf_variant=VARIANT, cache=layouter.images, finisher=_finish)
    return pdf


def _finish(document: Any, pdf: Any) -> None:
    leave_metadata_readable(pdf)
    # The folio of a page is its number in the file, so that «side 29» and page 29 of the reader are one.
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
