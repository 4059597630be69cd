"""What is made after an edit, with all that was kept, held against the same made from nothing."""

from __future__ import annotations

from dataclasses import fields

from support.pdf import typeset_here

from press.document import Document
from press.writers.pdf.sealed import Typesetter
from press.writers.pdf.typeset import Typeset

STANDARDS = ("PDF_A_2A", "PDF_UA_1")


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
