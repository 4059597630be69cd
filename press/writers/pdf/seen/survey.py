"""What stands where on the pages of a part, as the plain values of `press.pages`.

The boxes that WeasyPrint laid out are walked page by page, as `press.writers.pdf.seen.sight` walks them. Each thing has
the place in the content that the nearest `data-at` around it names. `press.writers.pdf.seen.surveyed` puts the parts
together.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element

from press.document import AT, IN_DRAWING, PAGE_OF, REPEATS
from press.errors import Place
from press.pages import Box, BoxKind, Colour, Extent, Line, Link, Page, PageNumber, Tint
from press.writers.pdf.engine.boxes import (
    BLOCKS,
    FootnoteAreaBox,
    LineBox,
    MarginBox,
    ReplacedBox,
    TableBox,
    TableCellBox,
    TableRowBox,
    TextBox,
    children,
    line_height,
    numbers_of_pages,
    page_box,
    pseudo,
    root_element,
)
from press.writers.pdf.layout import LaidOut
from press.writers.pdf.seen.conserve import place_of
from press.writers.pdf.seen.sight import CAPITALS
from press.writers.pdf.written import NUMBER, text_of

MM_PER_PX = 25.4 / 96
PT_PER_PX = 0.75
WHITE: Colour = (1.0, 1.0, 1.0)
MEASURED = {"srgb", "hsl", "hwb"}
"""Spaces of colours that become sRGB without a profile."""
BODY = ("font_family", "font_size", "font_weight", "font_style", "line_height")
"""What text has in common with the root element if it is running text."""
SHIFTED = {"sub", "sup"}
"""Elements whose letters stand above or below the base line."""
UNREAD = {"marker", "footnote-call", "footnote-marker"}
"""Pseudo-elements that are numbers and dashes, not words."""


def survey_part(part: LaidOut, hyphens: Container[Any]) -> tuple[tuple[Page, ...], int]:
    """Survey the pages of a part, counted from 1; returns them, and how many numbers were given.

    `hyphens` holds the text boxes that end a line in a hyphen.
    """
    numbers = count()
    source = _Source(part, numbers)
    pages = tuple(
        _PageSurvey(source, number, page, hyphens).page() for number, page in enumerate(part.rendered.pages, start=1)
    )
    return pages, next(numbers)


class _Source:
    """The HTML of a part: for each element a number, its place in the content, and what it stands in."""

    def __init__(self, part: LaidOut, numbers: Iterator[int]) -> None:
        self.part = part
        self.numbers = numbers
        self.number: dict[Element, int] = {}
        self.place: dict[Element, Place] = {}
        self.parent: dict[Element, Element] = {}
        self.heads: dict[Element, int] = {}
        """The page on which the head of each table stands first; on the others it only repeats."""
        self.repeats: set[Element] = set()
        """What is printed once more for the eye."""
        self.in_drawings: set[Element] = set()
        """What stands where a drawing has left room for it."""
        self.nowhere = place_of("", part)
        self._read(root_element(part.rendered), self.nowhere)

    def nearest(self, element: Element | None, tag: str) -> Element | None:
        """Find the element, it or one around it, that has a tag."""
        while element is not None and element.tag != tag:
            element = self.parent.get(element)
        return element

    def _read(self, element: Element, place: Place) -> None:
        place = place_of(element.attrib[AT], self.part) if AT in element.attrib else place
        self.number[element], self.place[element] = next(self.numbers), place
        if REPEATS in element.attrib:
            self.repeats |= set(element.iter())
        if IN_DRAWING in element.attrib:
            self.in_drawings |= set(element.iter())
        for child in element:
            self.parent[child] = element
            self._read(child, place)


@dataclass(frozen=True)
class _View:
    """What holds for everything below a box."""

    column: int
    limit: Extent
    """The type area, or the whole page for what is positioned by itself."""
    room: Extent
    ground: Colour | None
    """None where it is not known."""
    opacity: float = 1
    is_note: bool = False
    is_furniture: bool = False


class _PageSurvey:
    """The survey of one page, gathered while its boxes are walked."""

    def __init__(self, source: _Source, number: int, laid_out: Any, hyphens: Container[Any]) -> None:
        self.source = source
        self.number = number
        self.laid_out = laid_out
        self.hyphens = hyphens
        printed = str(source.part.first_page + number - 1)
        numbers = numbers_of_pages(page_box(laid_out))
        self.folios = {text for text, target in numbers if target is None and text.text == printed}
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.tints: dict[tuple[object, ...], Tint] = {}
        self.numbers: list[PageNumber] = []

    def page(self) -> Page:
        box = page_box(self.laid_out)
        self.whole = Extent(0, 0, box.margin_width() * MM_PER_PX, box.margin_height() * MM_PER_PX)
        grounds = [ground for ground in (box.background, box.canvas_background) if ground and ground.color.alpha > 0]
        ground: Colour | None = WHITE
        for each in grounds:
            ground = _over(each.color, ground)
        area = _inner(box)
        self.root = next(child.style for child in children(box) if not isinstance(child, MarginBox))
        view = _View(next(self.source.numbers), area, area, ground)
        for child in children(box):
            self._visit(child, replace(view, is_furniture=isinstance(child, MarginBox)))
        return Page(
            self.number,
            self.source.part.part.id,
            area,
            bool(grounds),
            self.whole,
            round(line_height(self.root) * MM_PER_PX, 4),
            tuple(self.lines),
            tuple(self.boxes),
            tuple(self.tints.values()),
            tuple(self._links()),
            tuple(self.numbers),
        )

    # Boxes.

    def _visit(self, box: Any, view: _View) -> None:
        if pseudo(box) == "marker" or self._repeats(box):
            return
        if isinstance(box, LineBox):
            self._line(box, view)
            return
        view = self._below(box, view)
        if not view.is_furniture and (kind := _kind(box)):
            self._box(box, kind, view)
        if isinstance(box, BLOCKS) and not box.is_table_wrapper:
            # A hanging indent may reach into the padding on the left, nothing into that on the right.
            inner = _inner(box)
            view = replace(view, room=replace(inner, left=box.padding_box_x() * MM_PER_PX))
        for child in children(box):
            self._visit(child, view)

    def _repeats(self, box: Any) -> bool:
        """Tell whether this is the head of a table that goes on from an earlier page."""
        if box.element_tag != "thead" or box.element is None:
            return False
        return self.source.heads.setdefault(box.element, self.number) != self.number

    def _below(self, box: Any, view: _View) -> _View:
        """Add to what holds around a box what it does to all that is in it."""
        if box.is_column:
            view = replace(view, column=next(self.source.numbers))
        if box.is_absolutely_positioned():
            view = replace(view, limit=self.whole, room=self.whole)
        background = getattr(box, "background", None)
        return replace(
            view,
            ground=_over(background.color, view.ground) if background else view.ground,
            opacity=view.opacity * box.style["opacity"],
            is_note=view.is_note or isinstance(box, FootnoteAreaBox),
        )

    def _box(self, box: Any, kind: BoxKind, view: _View) -> None:
        element, extent = box.element, _outer(box)
        classes = (element.get("class") or "").split()
        room = Extent(view.room.left, view.limit.top, view.room.right, view.limit.bottom)
        self.boxes.append(
            Box(
                self.number,
                kind,
                extent,
                room,
                self.source.place[element],
                self.source.number[element],
                view.column,
                classes[0] if classes else element.tag,
                kind != "image" and box.background is not None and box.background.color.alpha > 0,
                _dpi(box) if kind == "image" else None,
            )
        )

    # Lines.

    def _line(self, box: Any, view: _View) -> None:
        texts: list[Any] = []
        for child in children(box):
            self._inline(child, view, texts)
        words = [text for text in texts if pseudo(text) not in UNREAD and text.text.strip()]
        if not words or view.is_furniture:
            return
        extents = [_letters(text) for text in texts if text.text.strip()]
        level = [_letters(text) for text in words if text.element.tag not in SHIFTED]
        extent = Extent(
            min(each.left for each in extents),
            min(each.top for each in extents),
            max(each.right for each in extents),
            # Lowered letters stand below the base line.
            max(each.bottom for each in level or extents),
        )
        room = Extent(view.room.left, view.limit.top, view.room.right, view.limit.bottom)
        self.lines.append(
            Line(
                self.number,
                "".join(_text_of_box(text) for text in texts if pseudo(text) not in UNREAD).strip(),
                extent,
                room,
                self.source.place[box.element],
                self.source.number[box.element],
                view.column,
                box.element.tag,
                texts[-1] in self.hyphens,
                view.is_note,
                box.element in self.source.repeats,
                box.element in self.source.in_drawings,
                all(box.style[name] == self.root[name] for name in BODY),
            )
        )

    def _inline(self, box: Any, view: _View, texts: list[Any]) -> None:
        """Gather the texts of a line; what is positioned or floats is no part of it."""
        if not box.is_in_normal_flow():
            self._visit(box, view)
        elif isinstance(box, TextBox):
            texts.append(box)
            self._tint(box, view)
            if box.element is not None and (target := box.element.get(PAGE_OF)):
                self.numbers.append(PageNumber(self.number, target, box.text.strip(), self._place(box)))
        else:
            view = self._below(box, view)
            if isinstance(box, ReplacedBox):
                self._box(box, "image", view)
                self.boxes[-1] = replace(self.boxes[-1], is_in_line=True)
            for child in children(box):
                self._inline(child, view, texts)

    def _tint(self, box: Any, view: _View) -> None:
        colour = _over(box.style["color"], view.ground, view.opacity * box.style["opacity"])
        place, size, weight = self._place(box), box.style["font_size"] * PT_PER_PX, box.style["font_weight"]
        if not box.text.strip() or colour is None or view.ground is None:
            return
        self.tints.setdefault(
            (colour, view.ground, size, weight, place),
            Tint(self.number, self._open(box).strip(), place, colour, view.ground, size, weight),
        )

    def _open(self, box: Any) -> str:
        """Give the text of a box; its page's number is left open, too."""
        return NUMBER * 2 if box in self.folios else _text_of_box(box)

    def _place(self, box: Any) -> Place:
        return self.source.place.get(box.element, self.source.nowhere)

    # Links.

    def _links(self) -> Iterator[Link]:
        seen: set[Element] = set()
        for kind, target, (left, top, right, bottom), box in self.laid_out.links:
            element = self.source.nearest(box.element, "a")
            if kind != "internal" or element is None or element in seen:
                continue
            seen.add(element)
            area = Extent(left * MM_PER_PX, top * MM_PER_PX, right * MM_PER_PX, bottom * MM_PER_PX)
            yield Link(
                self.number,
                target,
                text_of(element),
                self.source.place[element],
                in_contents=self.source.nearest(element, "nav") is not None,
                area=area,
            )


def _text_of_box(box: Any) -> str:
    """Give the text of a box; a page number is left open."""
    target = box.element.get(PAGE_OF) if box.element is not None and not pseudo(box) else None
    return f"{NUMBER}{target}{NUMBER}" if target else str(box.text)


def _kind(box: Any) -> BoxKind | None:
    """Tell whether a box is something that stands as a whole, and what."""
    if isinstance(box, ReplacedBox):
        return "image"
    if box.element is None or pseudo(box) or box.element.tag in {"html", "body"} or box.is_table_wrapper:
        return None
    if isinstance(box, TableBox):
        return "table"
    if isinstance(box, TableRowBox):
        return "row" if box.element.tag == "tr" else None
    if not isinstance(box, BLOCKS) or isinstance(box, TableCellBox):
        return None
    if box.element.tag == "figure":
        return "figure" if box.element.find(".//table") is None else None
    is_framed = box.background is not None or min(box.border_left_width, box.border_top_width) > 0
    return "box" if is_framed and "".join(box.element.itertext()).strip() else None


def _dpi(box: Any) -> float | None:
    """Tell how many points of a picture come to an inch; None for a drawing, which has no points."""
    width = getattr(box.replacement, "width", None)
    return width / (box.width * MM_PER_PX / 25.4) if width and box.width else None


def _outer(box: Any) -> Extent:
    left, top = box.border_box_x(), box.border_box_y()
    return _mm(left, top, left + box.border_width(), top + box.border_height())


def _inner(box: Any) -> Extent:
    left, top = box.content_box_x(), box.content_box_y()
    return _mm(left, top, left + box.width, top + box.height)


def _letters(text: Any) -> Extent:
    """Give what the letters of a text fill, from the height of capitals to the base line."""
    base = text.position_y + text.baseline
    return _mm(text.position_x, base - CAPITALS * text.style["font_size"], text.position_x + text.width, base)


def _mm(*edges: float) -> Extent:
    left, top, right, bottom = (round(edge * MM_PER_PX, 3) for edge in edges)
    return Extent(left, top, right, bottom)


def _over(colour: Any, ground: Colour | None, opacity: float = 1) -> Colour | None:
    """Lay a colour of WeasyPrint's over another; None where what comes out is not known."""
    alpha = float(colour.alpha * opacity)
    if alpha == 0:
        return ground
    if colour.space not in MEASURED or (ground is None and alpha < 1):
        return None
    red, green, blue = (
        round(alpha * top + (1 - alpha) * below, 4)
        for top, below in zip(colour.to("srgb").coordinates, ground or WHITE, strict=True)
    )
    return red, green, blue
