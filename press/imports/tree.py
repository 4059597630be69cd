"""What a Markdown or Word file says, in the elements of HTML: what its reader hands to the drafts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from press.content.characters import compatible

LONGEST_SHOWN = 300
"""In characters, of words that are told."""


@dataclass(frozen=True)
class Node:
    """An element: what HTML calls it, but for `note` (the call of a footnote), `caption` and `tags` (code of HTML)."""

    tag: str
    at: int
    """The line, or paragraph, in which it begins; from 1."""
    children: tuple[Node | str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What could not be carried over as it was, and what to do about it."""

    at: int
    what: str
    mend: str


class NoPictureError(Exception):
    """Says why a picture cannot be had, and how to mend that."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


@dataclass
class Source:
    """A file as it was read."""

    body: Sequence[Node]
    notes: Mapping[str, Node]
    """The texts of footnotes, by what calls them."""
    picture: Callable[[str], bytes]
    """Gives a picture by its address; raises NoPictureError."""
    told: list[Told]
    where: Callable[[int], str] | None = None
    """Says in words where a number of `at` is; None where it is a line."""


def text_of(children: Sequence[Node | str]) -> str:
    """Give the words of elements, pictures and calls left out."""
    return "".join(_texts(children))


def _texts(children: Sequence[Node | str]) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child
        elif child.tag in {"br", "p", "li", "td", "th", "tr"}:
            yield from (" ", *_texts(child.children), " ")
        else:
            yield from _texts(child.children)


def shown(text: str) -> str:
    """Give words to be told on one line, cut where they are many."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"


def settled(text: str) -> str:
    """Give letters as content has them: each one character, spaces ordinary, nothing that nobody sees."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", "".join(map(_settled, text)))


def _settled(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Zs", "Zl", "Zp"} or character in "\t\n\r\v\f":
        return " "
    if character in "\N{HYPHEN}\N{NON-BREAKING HYPHEN}":
        return "-"
    return "" if category in {"Cc", "Cf", "Cn", "Co", "Cs"} else compatible(character)
