"""What stands where on finished pages: plain values for the rules on pages, which know nothing of WeasyPrint.

`press.writers.pdf.seen.survey` fills them in. Lengths are millimetres from the upper left corner of the page, pages
count from 1, and what a page holds comes in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Literal

from press.errors import Place, Problem

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, each from 0 to 1."""
BoxKind = Literal["figure", "table", "row", "box", "image"]


@dataclass(frozen=True)
class Extent:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def beyond(self, room: Extent) -> float:
        """Tell how far this reaches out of another; 0 or less if it stays within."""
        return max(room.left - self.left, room.top - self.top, self.right - room.right, self.bottom - room.bottom)

    def overlap(self, other: Extent) -> float:
        """Tell how far two cover each other, along the shorter side; 0 or less if they do not."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return min(across, min(self.bottom, other.bottom) - max(self.top, other.top))


@dataclass(frozen=True)
class Line:
    """One line of text."""

    page: int
    text: str
    """Without numbers that call footnotes and marks of lists."""
    extent: Extent
    """From the first letter to the last, and from the height of capitals to the base line."""
    room: Extent
    """What it must stay within: its column, as far as that is in the type area."""
    place: Place
    paragraph: int
    """Number of the element whose line it is, the same on every page."""
    column: int
    """Number of the column that it stands in, another one on every page."""
    tag: str = "p"
    ends_divided: bool = False
    """Whether it ends in a hyphen with the rest of the word in the next line."""
    is_note: bool = False
    """Whether it belongs to a footnote."""
    is_repeated: bool = False
    """Whether it is printed once more for the eye, of what is read where it stands in the text."""
    is_in_drawing: bool = False
    """Whether it stands where a drawing has left room for it."""
    is_body: bool = False
    """Whether it is running text: set in the face, size and leading of the whole document."""

    @property
    def is_heading(self) -> bool:
        return self.tag in HEADINGS


@dataclass(frozen=True)
class Box:
    """Something that stands as a whole, or a piece of it where it is split."""

    page: int
    kind: BoxKind
    """`box`: text on a ground or behind a border of its own."""
    extent: Extent
    room: Extent
    """What it must stay within: the box around it across, the type area down."""
    place: Place
    element: int
    """Number of its element, the same on every page."""
    column: int
    name: str = ""
    """Its class or tag, for messages."""
    has_ground: bool = False
    """Whether it lies on a colour of its own."""
    dpi: float | None = None
    """Points to the inch, of pictures that are made of points."""
    is_in_line: bool = False
    """Whether it is a picture that stands among the words of a line, as a formula does."""


@dataclass(frozen=True)
class Tint:
    """Text in one colour on one ground."""

    page: int
    text: str
    place: Place
    colour: Colour
    """As it comes out on the ground, if it lets the ground through."""
    ground: Colour
    size_pt: float
    weight: int


@dataclass(frozen=True)
class Link:
    """A link to something in the document."""

    page: int
    target: str
    text: str
    place: Place
    lands: int | None = None
    """The page where the finished PDF leads to; None if nowhere."""
    in_contents: bool = False
    """Whether it stands in a list of contents or figures."""
    area: Extent | None = None
    """Where it can be pressed."""


@dataclass(frozen=True)
class PageNumber:
    """A page number in print."""

    page: int
    target: str
    printed: str
    place: Place


@dataclass(frozen=True)
class Drawn:
    """Text that the finished PDF draws in a way it should not."""

    page: int
    text: str
    place: Place
    fault: Literal["untagged", "foreign"]
    font: str = ""


@dataclass(frozen=True)
class Lettering:
    """Words in a drawing that hold a number."""

    place: Place
    """The line of the script that wrote them; its file alone where the drawing library did."""
    text: str
    figure: str


@dataclass(frozen=True)
class Page:
    """One page."""

    number: int
    part: str
    """Id of the part that it belongs to."""
    area: Extent
    """The type area."""
    has_ground: bool = False
    """Whether it is coloured from edge to edge."""
    sheet: Extent = Extent(0, 0, 210, 297)
    """The whole page."""
    leading: float = 0
    """From one base line of its running text to the next; 0 where the style sheet leaves that to the font."""
    lines: tuple[Line, ...] = ()
    boxes: tuple[Box, ...] = ()
    tints: tuple[Tint, ...] = ()
    links: tuple[Link, ...] = ()
    numbers: tuple[PageNumber, ...] = ()
    drawn: tuple[Drawn, ...] = ()

    @cached_property
    def flow(self) -> tuple[Line, ...]:
        """Its lines but for footnotes."""
        return tuple(line for line in self.lines if not line.is_note)

    @property
    def place(self) -> Place:
        """Where its last words stand in the content."""
        return self.flow[-1].place if self.flow else Place(f"templates (the part {self.part!r})")


@dataclass(frozen=True)
class Pages:
    """All pages of a document."""

    pages: tuple[Page, ...]
    ids: Mapping[str, int] = field(default_factory=dict)
    """Page number by id of what stands there."""
    problems: tuple[Problem, ...] = ()
    """What typesetting found that keeps the document from being built."""
    lettering: tuple[Lettering, ...] = ()
    """The numbers in the words of its figures."""

    def lines(self) -> Iterator[Line]:
        """Yield all lines in reading order, page by page."""
        for page in self.pages:
            yield from page.lines

    def boxes(self) -> Iterator[Box]:
        """Yield all boxes, page by page."""
        for page in self.pages:
            yield from page.boxes

    @cached_property
    def paragraphs(self) -> Sequence[tuple[Line, ...]]:
        """The lines of each paragraph, heading or item, in the order in which they begin."""
        found: dict[int, list[Line]] = {}
        for line in self.lines():
            found.setdefault(line.paragraph, []).append(line)
        return [tuple(lines) for lines in found.values()]


def columns(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Part the lines of a paragraph where it goes on in another column or on another page."""
    return [tuple(together) for _, together in groupby(lines, key=lambda line: line.column)]


def quoted(text: str, most: int = 40) -> str:
    """Quote words of a page in a message, cut to what a message has room for."""
    text = " ".join(text.split()).replace("«", "‹").replace("»", "›")
    return f"«{text if len(text) <= most else text[:most].rstrip() + '…'}»"
