"""What is made after an edit, with all that was kept, held against the same made from nothing."""

from __future__ import annotations

import re
from dataclasses import fields

from support.pdf import Pdf, typeset_here

from press.document import Document
from press.writers.pdf.sealed import Typesetter
from press.writers.pdf.typeset import Typeset

STANDARDS = ("PDF_A_2A", "PDF_UA_1")
SAID = re.compile(r"[Ss]e side (\d+) \(([a-z0-9-]+)\)")
"""A page number, and in brackets the id of what stands there."""

FOLIO = re.compile(r"\d+")
"""What is drawn last on a page."""


def same(made: Typeset, clean: Typeset) -> list[str]:
    """Name what of two results differs, but for how often a part was laid out."""
    return [
        each.name
        for each in fields(Typeset)
        if each.compare and each.name != "layouts" and getattr(made, each.name) != getattr(clean, each.name)
    ]


def assert_as_if_clean(typesetter: Typesetter, document: Document) -> Typeset:
    """Typeset with what was kept; the bytes, the places, the problems and the survey are those made from nothing."""
    made = typesetter.typeset(document, surveying=True)
    clean = typeset_here(document, surveying=True)
    assert same(made, clean) == []
    return made


def assert_conforms(made: Typeset) -> Pdf:
    """See that a PDF conforms, and that links and names lead to where things stand."""
    pdf = Pdf(made.pdf)
    assert [failure for standard in STANDARDS for failure in pdf.failures(standard)] == []
    assert {link.target for link in pdf.links if link.inside} <= pdf.anchors.keys()
    assert {name: anchor.page for name, anchor in pdf.anchors.items()} == dict(made.pages)
    return pdf


def assert_whole(made: Typeset) -> int:
    """See that a PDF conforms, and that what it says of pages is so; returns how many numbers it says."""
    pdf = assert_conforms(made)
    assert [int(FOLIO.findall(text)[-1]) for text in pdf.page_texts] == [*range(1, pdf.page_count + 1)]
    said = SAID.findall(" ".join(" ".join(pdf.page_texts).split()))
    assert [(name, int(number)) for number, name in said] == [(name, pdf.anchors[name].page) for _, name in said]
    return len(said)
