"""Nothing lost: the words of the HTML against those of the finished pages, as they are read back from their bytes.

The list is that of `press.writers.pieces`, which the pages of the PDF are held to as well: each element's own text, in
the order of the source, with its place in the content. On the pages every letter must stand once and in order; notes
stand below their chapter, in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element

from press.errors import Place, Problem
from press.writers.html import classes, parse
from press.writers.pieces import Piece, pieces

RULE = "conserved"
MEND = "mend the template: what a page shows stands once in <main>"
SHORT = 40


def wanted_of(page: Element) -> tuple[Piece, ...]:
    """Give the pieces of a part that readers see, before anything is done to it."""
    main = deepcopy(next(page.iter("main")))
    for parent in list(main.iter()):
        for child in [each for each in parent if _is_about(each)]:
            parent.remove(child)
    return tuple(pieces(main))


def conserve(name: str, wanted: Iterable[Piece], html: str) -> Iterator[Problem]:
    """Hold what is finished, a page or a part of one, against the pieces that it was made of."""
    yield from _compared(name, wanted, parse(html))


def _compared(name: str, wanted: Iterable[Piece], root: Element) -> Iterator[Problem]:
    """Follow the letters of body and notes through a page; the first that is missing or too many is told."""
    found = {False: "", True: ""}
    for is_note, text in _found(root):
        found[is_note] += "".join(text.split())
    at = {False: 0, True: 0}
    for piece in wanted:
        begin = at[piece.floats]
        at[piece.floats] += len(piece.text)
        if found[piece.floats][begin : at[piece.floats]] != piece.text:
            there = found[piece.floats][begin : begin + SHORT]
            what = f"the page {name!r} has «{there}» where the source has «{piece.text[:SHORT]}»"
            yield Problem(Place.parse(piece.at) or Place(f"templates (the part {name!r})"), RULE, what, MEND)
            return
    for floats, text in found.items():
        if len(text) > at[floats]:
            what = f"the page {name!r} has «{text[at[floats] :][:SHORT]}», which the source has not"
            yield Problem(Place(f"templates (the part {name!r})"), RULE, what, MEND)


def _found(element: Element, is_note: bool = False, is_drawn: bool = False) -> Iterator[tuple[bool, str]]:
    """Yield the text of a page in the order of its bytes, and of each whether a note has it."""
    if _is_about(element) or "note-call" in classes(element) or "note-back" in classes(element):
        return
    is_note = is_note or "footnote" in classes(element)
    is_drawn = (is_drawn or element.tag == "svg") and element.get("class") != "page-room"
    if element.text and not is_drawn:
        yield is_note, element.text
    for child in element:
        yield from _found(child, is_note, is_drawn)
        if child.tail and not is_drawn:
            yield is_note, child.tail


def _is_about(element: Element) -> bool:
    """Tell whether an element is no part of the text: ways to other pages, the head of the notes, the page's frame."""
    if element.tag in {"head", "script"} or {"steps", "notes-head", "page-list"} & {*classes(element)}:
        return True
    is_frame = {"site", "site-foot", "contents", "skip"} & {*classes(element)}
    return bool(is_frame)
