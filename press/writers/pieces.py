"""The words of composed HTML, piece by piece in reading order: what every medium is held to.

A piece is a stretch of an element's own text, between its children, with the place in the content that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from press.document import AT, FURNITURE


@dataclass(frozen=True)
class Piece:
    """A stretch of an element's own text, between its children."""

    element: Element
    source: str
    """As the HTML has it."""
    at: str
    repeats: bool
    """Whether it repeats on each page (a table's head)."""
    floats: bool
    """Whether it may stand on a later page than what follows it (a footnote)."""

    @property
    def text(self) -> str:
        return letters(self.source)


def pieces(element: Element, at: str = "", repeats: bool = False, floats: bool = False) -> Iterator[Piece]:
    """Yield the text below an element in reading order."""
    if FURNITURE in element.attrib:
        return
    at = element.get(AT, at)
    repeats = repeats or element.tag == "thead"
    floats = floats or is_note(element)
    yield Piece(element, element.text or "", at, repeats, floats)
    for child in element:
        yield from pieces(child, at, repeats, floats)
        yield Piece(element, child.tail or "", at, repeats, floats)


def is_note(element: Element) -> bool:
    """Tell whether an element is a footnote."""
    return "footnote" in (element.get("class") or "").split()


def letters(text: str | None) -> str:
    """Give a text without its white space."""
    return "".join((text or "").split())
