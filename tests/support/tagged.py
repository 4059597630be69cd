"""The lines of a PDF as its tags give them, literally: what each says, character for character, in tag order.

What is read of each piece of marked content is `literal`'s to say; no place on a page counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from support.pdf import Pdf
from support.structure import Element, Mark, tree

INLINE = frozenset({"Span", "Link", "Code", "Formula", "Reference", "Note"})
"""Elements that stand within a line."""


def lines(pdf: Pdf) -> list[str]:
    """Give the text of each paragraph, heading, label, point, cell and caption in reading order.

    A footnote is read where it is called, its number before it and before its text; a figure is read as its words for
    those who cannot see it.
    """
    pieces = "".join(_pieces(tree(pdf))).split(_EDGE)
    return [line for line in map(folded, pieces) if line]


def folded(text: str) -> str:
    """Fold white space; what only tells where a word may be divided is none of the text."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").replace("\N{WORD JOINER}", "").split())


_EDGE = "\0"


def _pieces(element: Element) -> Iterator[str]:
    """Yield what is read, with an edge around each line, and spaces around what interrupts one."""
    above = element.parent.role if element.parent is not None else ""
    is_within = element.role in INLINE or (element.role == "Lbl" and above in INLINE)
    around = "" if element.role in {"Span", "Link", "Code"} else " " if is_within else _EDGE
    yield around
    if element.role in {"Figure", "Formula"}:
        yield element.get("Alt") or ""
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _pieces(kid)
        elif isinstance(kid, Mark):
            yield kid.literal
    yield around
