"""A part that has been laid out, checked and drawn: plain data, which can be kept and linked into one PDF with others.

What is not known before all parts are put together is left open in it:

- Objects of the PDF are numbered within the part. LOCAL before a number in an object's head stands for «and what the
  part's numbers begin at», be it in a reference or as a key of the parent tree.
- Page numbers stand in `Slot`s of the pages' content, as glyphs of one width: any number of as many digits fits in.
- A text that an object says with a page number in it is one of `texts`; TEXT stands before its number.

A part whose numbers could not be left open, because they are part of something else, is `bound` to those it was laid
out with.

Source of the idea: object files and linkers; ISO 32000-1, 7.3.10 and 7.5.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from press.document import PAGE_OF
from press.errors import Problem
from press.pages import Page

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LOCAL = b"\x01"
"""Stands before a number that counts within the part."""
TEXT = b"\x02"
"""Stands before the number of a text in which a page number is said."""
NUMBER = "\x03"
"""Stands on both sides of the id of what a text says the page of."""
RESERVED = re.compile("[\x01-\x03]")
SAID_NUMBER = re.compile(f"{NUMBER}([^{NUMBER}]*){NUMBER}")
GUESS = 30
"""The page of what nothing is known of."""
OWN_PAGE = ""
"""The target of a number that is that of the page it stands on."""


@dataclass(frozen=True)
class Slot:
    """Room for a page number in a page's content."""

    at: int
    """Where its first glyph is in the content, in bytes."""
    target: str
    """Id of what it is the page of; OWN_PAGE for a folio."""
    page: int
    """The page that it stands on, from 0 in its part."""
    glyphs: tuple[str, ...]
    """The codes of the ten digits, each of four hexadecimal digits."""
    between: str
    """What stands between the codes of two digits."""


@dataclass(frozen=True)
class Stream:
    """A stream object: what a page draws, a picture, a form."""

    number: int
    head: bytes
    """Its dictionary, without `Length`."""
    body: bytes
    """As it stands in the file."""
    content: bytes = b""
    """What it draws, if it has slots."""
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class FontUse:
    """A font, and the glyphs that a part shows of it."""

    name: str
    """What the content calls it."""
    file: str
    """SHA-256 of the font's file."""
    index: int
    base_font: str
    family: str
    flags: int
    ascent: int
    descent: int
    glyphs: tuple[tuple[int, str], ...]
    """Number and letters of each glyph, in the order in which they were first shown."""
    widths: tuple[tuple[int, int], ...]
    """Width of each glyph, in thousandths of an em."""


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline."""

    level: int
    title: str
    page: int
    x: float
    y: float
    is_open: bool


@dataclass(frozen=True)
class Identity:
    """What a document says of itself; every part has it, and that of the first one counts."""

    info: bytes
    metadata: bytes
    """XMP, as it stands in the file."""
    language: str
    profile: bytes
    """The ICC profile of the colours."""
    profile_name: str


@dataclass(frozen=True, eq=False)
class Written:
    """A part in print."""

    part: str
    title: str
    first_page: int
    """The page that it was laid out for, from 1."""
    used: Mapping[str, int]
    """The page numbers that it was laid out with, by the id they belong to."""
    bound: bool
    sided: bool
    """Whether it was made up for the side that it begins on, left or right."""
    page_objects: tuple[int, ...]
    """The object of each page."""
    objects: tuple[tuple[int, bytes], ...]
    """Number and head of each object that is no stream."""
    streams: tuple[Stream, ...]
    texts: tuple[str, ...]
    elements: tuple[int, ...]
    """The structure elements that hang under the document."""
    parents: int
    """The parent tree's node of this part."""
    notes: tuple[tuple[str, int], ...]
    """The structure elements that have an id."""
    anchors: tuple[tuple[str, int, float, float], ...]
    """Id, page (from 0) and point of everything that can be led to."""
    targets: tuple[str, ...]
    """What its links lead to."""
    bookmarks: tuple[Bookmark, ...]
    fonts: tuple[FontUse, ...]
    fields: tuple[int, ...]
    """The fields to be filled in."""
    form: bytes
    """What the dictionary of all fields says beside them."""
    identity: Identity
    places: Mapping[str, int]
    """The page (from 0) on which each place of the content begins."""
    letters: tuple[Mapping[str, int], ...]
    """How often each letter stands on each page, but for those of numbers in slots."""
    surveyed: tuple[Page, ...]
    """What stands where, with pages counted from 1 in the part."""
    count: int
    """How many numbers the survey has given."""
    problems: tuple[Problem, ...] = field(default=())

    @property
    def page_count(self) -> int:
        return len(self.page_objects)

    def fits(self, first_page: int, pages: Mapping[str, int]) -> bool:
        """Tell whether the part, put at another page, is what laying it out there would make of it.

        `pages` holds the page numbers by id, and GUESS stands for those that are not known.
        """
        if self.sided and (first_page - self.first_page) % 2:
            return False
        wanted = {target: pages.get(target, GUESS) for target in self.used}
        if self.bound or self.problems:  # which name pages
            return first_page == self.first_page and wanted == self.used
        return all(_digits(wanted[target]) == _digits(number) for target, number in self.used.items()) and all(
            _digits(first_page + page) == _digits(self.first_page + page) for page in range(self.page_count)
        )

    def slots(self) -> Iterator[Slot]:
        """Yield the numbers that are left open."""
        for stream in self.streams:
            yield from stream.slots

    def to_bytes(self) -> bytes:
        """Write the part down, to be kept."""
        return bytes(_adapter().dump_json(self))

    @classmethod
    def from_bytes(cls, data: bytes) -> Written:
        """Read a part that was written down; raises ValueError if it is none."""
        written: Written = _adapter().validate_json(data)
        return written


def first_pages(parts: Sequence[Written]) -> list[int]:
    """Give the number of the first page of each part, from 1."""
    return list(accumulate((part.page_count for part in parts), initial=1))[:-1]


def text_of(element: Element) -> str:
    """Give the text of an element; a page number is left open."""
    own = f"{NUMBER}{element.get(PAGE_OF)}{NUMBER}" if PAGE_OF in element.attrib else element.text or ""
    return "".join([own, *(f"{text_of(child)}{child.tail or ''}" for child in element)])


def _digits(number: int) -> int:
    return len(str(number))


@cache
def _adapter() -> TypeAdapter[Any]:
    from pydantic import ConfigDict, TypeAdapter

    Written.__pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")  # type: ignore[attr-defined]
    return TypeAdapter(Written)
