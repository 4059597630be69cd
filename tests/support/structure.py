"""What tests ask of the tag tree of a finished PDF: elements in reading order, with what they say and where it stands.

`tree` reads it; `shape` gives it as one line that can be compared, with «…» for text and «→» for the area of a link:

    Document(H1(…) P(… Link(→ …) Reference(Lbl(…)) Note(Lbl(…) …)))

`paint` tells of everything drawn on the pages whether it belongs to the tree or is an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import pairwise, zip_longest
from string import digits
from typing import Any

import pikepdf
from support.literal import literally, plain, tagged
from support.pdf import Pdf, glued

INLINE = frozenset({"Span", "Link"})
"""Elements that are part of the text they stand in."""
GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "Aside"})
HOLDERS = GROUPS | {"Table", "THead", "TBody", "TFoot", "TR", "L", "LI", "TOC", "TOCI"}
"""Elements in which only elements stand."""
PAINTING = frozenset({"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"})


@dataclass(frozen=True)
class Mark:
    """Marked content of one page."""

    page: int
    """From 1."""
    mcid: int
    text: str
    literal: str
    """What it says, whatever it looks like, its spaces with it."""


@dataclass(frozen=True)
class Area:
    """The rectangle of a link."""

    page: int
    annotation: Any


@dataclass(eq=False)
class Element:
    """A structure element."""

    role: str
    data: Any
    """Its dictionary."""
    file: Any
    """What its dictionary is read from, and lives as long as."""
    parent: Element | None
    kids: list[Element | Mark | Area] = field(default_factory=list)

    def get(self, key: str) -> str | None:
        """Give what an entry says (`Lang`, `E`, `Alt`, `ID`), or an attribute (`Scope`, `ListNumbering`)."""
        for where in (self.data, self.data.get("/A", {})):
            if f"/{key}" in where:
                return str(where[f"/{key}"]).removeprefix("/")
        return None

    @property
    def elements(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it in reading order."""
        yield self
        for kid in self.elements:
            yield from kid.walk()

    def all(self, *roles: str) -> list[Element]:
        """Give the elements of these roles, this one and those below it, in reading order."""
        return [element for element in self.walk() if element.role in roles]

    def one(self, role: str) -> Element:
        (found,) = self.all(role)
        return found

    @cached_property
    def marks(self) -> list[Mark]:
        """What is read in it and below it, in reading order."""
        found: list[Mark] = []
        for kid in self.kids:
            found += [kid] if isinstance(kid, Mark) else kid.marks if isinstance(kid, Element) else []
        return found

    @property
    def areas(self) -> list[Area]:
        return [kid for kid in self.kids if isinstance(kid, Area)]

    @property
    def text(self) -> str:
        """What is read in it and below it, glued."""
        return glued("".join(mark.text for mark in self.marks))

    @property
    def own_text(self) -> str:
        """What is read in it, glued, without what stands in elements of their own: notes, lists, paragraphs."""
        own = (kid.own_text if isinstance(kid, Element) else kid.text for kid in self.kids if is_own(kid))
        return glued("".join(own))

    @property
    def own_words(self) -> str:
        """What is read in it literally, word for word, without what stands in elements of their own."""
        return plain("".join(_own_words(self)))

    @property
    def pages(self) -> list[int]:
        """The pages it stands on."""
        return sorted({mark.page for mark in self.marks})

    @property
    def above(self) -> Iterator[Element]:
        """Yield the elements it stands in, innermost first."""
        if self.parent is not None:
            yield self.parent
            yield from self.parent.above


def is_own(kid: Element | Mark | Area) -> bool:
    return isinstance(kid, Mark) or (isinstance(kid, Element) and kid.role in INLINE)


def _own_words(element: Element) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, Mark):
            yield kid.literal
        elif isinstance(kid, Element) and kid.role in INLINE:
            yield from _own_words(kid)
        elif isinstance(kid, Element) and kid.role == "Reference":
            # The call of a note has the space that follows it.
            yield "".join(mark.literal for mark in kid.marks)[-1:].strip(digits)


def tree(pdf: Pdf) -> Element:
    """Read the tag tree; returns its root, the Document."""
    file = pikepdf.open(BytesIO(pdf.data))
    numbers = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
    literal = literally(pdf.data)

    def read(data: Any, parent: Element | None, page: int) -> Element:
        element = Element(str(data.S).removeprefix("/"), data, file, parent)
        page = numbers[data.Pg.objgen] if "/Pg" in data else page
        for kid in data.get("/K", ()):
            if not isinstance(kid, pikepdf.Dictionary):
                element.kids.append(mark(page, int(kid)))
            elif kid.Type == "/MCR":
                element.kids.append(mark(numbers[kid.Pg.objgen], int(kid.MCID)))
            elif kid.Type == "/OBJR":
                element.kids.append(Area(numbers[kid.Pg.objgen], kid.Obj))
            else:
                element.kids.append(read(kid, element, page))
        return element

    def mark(page: int, mcid: int) -> Mark:
        text, _, _ = pdf.marked.get((page, mcid), ("", 0, 0))
        return Mark(page, mcid, text, literal[page, mcid])

    (root,) = file.Root.StructTreeRoot.K
    return read(root, None, 0)


def shape(element: Element) -> str:
    """Give an element and all below it as one line; lines of text and areas that follow each other are one."""
    said = [shape(kid) if isinstance(kid, Element) else "→" if isinstance(kid, Area) else "…" for kid in element.kids]
    kept = [one for one, before in zip(said, ["", *said], strict=False) if one != before or "(" in one]
    return f"{element.role}({' '.join(kept)})"


def gaps(levels: list[int]) -> list[tuple[int, int]]:
    """Give each pair of neighbouring heading levels that goes more than one down; the first is held against 0."""
    return [(one, other) for one, other in pairwise([0, *levels]) if other > one + 1]


@dataclass(frozen=True)
class Painted:
    """One thing that was drawn on a page."""

    page: int
    operator: str
    mcid: int | None
    is_artifact: bool


def paint(pdf: Pdf) -> list[Painted]:
    """Tell of everything drawn which marked content it belongs to, or whether it is an artifact."""
    file = pikepdf.open(BytesIO(pdf.data))
    return [found for number, page in enumerate(file.pages, start=1) for found in _painted(number, page)]


def _painted(number: int, page: Any) -> Iterator[Painted]:
    around: list[tuple[str, int | None]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            properties = instruction.operands[1] if operator == "BDC" else {}
            mcid = int(properties["/MCID"]) if "/MCID" in properties else None
            around.append((str(instruction.operands[0]), mcid))
        elif operator == "EMC":
            around.pop()
        elif operator in PAINTING:
            mcid = next((mcid for _, mcid in reversed(around) if mcid is not None), None)
            yield Painted(number, operator, mcid, any(tag == "/Artifact" for tag, _ in around))


def owners(pdf: Pdf) -> Mapping[tuple[int, int], Any]:
    """Read the parent tree: the object number of the element that each mark belongs to, by page and MCID."""
    file = pikepdf.open(BytesIO(pdf.data))
    numbers = pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree)
    return {
        (number, mcid): owner.objgen
        for number, page in enumerate(file.pages, start=1)
        for mcid, owner in enumerate(numbers[int(page.StructParents)])
        if owner is not None
    }


def said(root: Element) -> list[tuple[str, str]]:
    """Give every element but spans in reading order: its role, and what it says of its own, or in a figure's stead."""
    return [
        tagged(element.role, glued(element.get("Alt") or "") if element.role == "Figure" else element.own_text)
        for element in root.walk()
        if element.role != "Span"
    ]


def said_word_for_word(root: Element) -> list[tuple[str, str]]:
    """Give every element but spans and figures as `said` does, but read literally: spaces and hyphens count."""
    return [
        tagged(element.role, element.own_words) for element in root.walk() if element.role not in {"Span", "Figure"}
    ]


def first_different(found: list[tuple[str, str]], expected: list[tuple[str, str]]) -> object:
    """Give the first pair in which two readings differ; none if they are the same."""
    return next((pair for pair in zip_longest(found, expected) if pair[0] != pair[1]), None)
