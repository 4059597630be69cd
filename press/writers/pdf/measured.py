"""The heights of a part that has been laid out, as the bricks that `press.writers.pdf.makeup` fills pages with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any
from xml.etree.ElementTree import Element

from press.document import PARTED
from press.writers.pdf.engine.boxes import (
    FootnoteAreaBox,
    LineBox,
    ReplacedBox,
    TableRowBox,
    children,
    page_box,
    pseudo,
)
from press.writers.pdf.engine.line_grid import step_of
from press.writers.pdf.layout import LaidOut
from press.writers.pdf.makeup import Brick, Flow, Measured, Sheet, cost_of_pages
from press.writers.pdf.movable import LISTS
from press.writers.pdf.movable import Flow as Flowing

PX_TO_PT = 0.75
AVOID = {"avoid", "avoid-page"}
FORCED = {"page", "left", "right", "recto", "verso"}
DIVIDED = ("p", "ul", "ol", "div", "figure", "table")
"""What a page may divide between lines or rows."""


@dataclass
class _Leaf:
    """A line, or a row of a table."""

    page: int
    top: float
    bottom: float
    block: Any
    """The box that its line stands in."""
    row: bool = False
    glued: bool = False
    """Whether the page is not to end below it."""


@dataclass
class Found:
    """The boxes of a part by their elements."""

    height: float
    """How high the text of a page is."""
    paper: float
    """How large the page is, its margins counted in."""
    tops: tuple[float, ...]
    """Where it begins on each page."""
    pieces: dict[Element, list[tuple[int, Any]]] = field(default_factory=lambda: defaultdict(list))
    """The boxes of atoms, of what moves and of what they stand in, each with the number of its page, from 0."""
    notes: dict[Element, float] = field(default_factory=lambda: defaultdict(float))
    """How deep each footnote is."""
    notes_on: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    """How deep the notes of each page are, with what lies above them."""
    above_notes: float = 0

    def page(self, element: Element, *, last: bool = False) -> int:
        """Give the page on which something begins, or ends; what has no boxes is on the first."""
        pieces = self.pieces.get(element)
        return pieces[-1 if last else 0][0] if pieces else 0

    def is_divided(self, element: Element) -> bool:
        """Tell whether something stands on more pages than one."""
        return self.page(element) != self.page(element, last=True)

    @classmethod
    def on(cls, laid_out: LaidOut, flow: Flowing) -> Found:
        """Find what stands in a part that has been laid out."""
        pages = laid_out.rendered.pages
        sheet = page_box(pages[0])
        paper = float(sheet.margin_width() * sheet.margin_height())
        found = cls(sheet.height, paper, tuple(page_box(page).content_box_y() for page in pages))
        wanted = {*flow.atoms, *flow.moving, *(each for path in flow.around.values() for each in path)}
        for number, page in enumerate(pages):
            _visit(page_box(page), number, wanted, found)
        return found


def measure(found: Found, flow: Flowing) -> Measured:
    """Measure what stands in a part, in the order of `flow`."""
    bricks: list[Brick] = []
    above: tuple[Element, ...] = ()
    for index, (atom, below) in enumerate(zip(flow.atoms, (*flow.atoms[1:], None), strict=True)):
        entered = [each for each in flow.around[atom] if each not in above]
        above = flow.around[atom]
        bricks += _bricks(atom, index, above, entered, found)
        if bricks[-1].flow and (below is None or flow.around[below][0] is not above[0]):
            bricks[-1] = _closing(bricks[-1])
    moving = tuple(_whole(element, index, (), found) for index, element in enumerate(flow.moving))
    return Measured(
        Sheet(round(found.height * PX_TO_PT, 2), round(found.above_notes * PX_TO_PT, 2)),
        _held(bricks, flow, found),
        moving,
        flow.stands,
        flow.belongs,
        flow.earliest,
        flow.latest,
        _open(flow, bricks),
        flow.sections,
        flow.rows,
    )


def cost_of(found: Found, flow: Flowing, side: int) -> float:
    """Tell what the pages of a part cost as they came out, if it begins on this side (`press.writers.pdf.makeup`)."""
    filled = [0.0] * len(found.tops)
    tinted = [0.0] * len(found.tops)
    for element in (*flow.atoms, *flow.moving):
        for page, box in found.pieces.get(element, []):
            down = box.border_box_y() + box.border_height() - found.tops[page]
            filled[page] = max(filled[page], min(down, found.height - found.notes_on[page]))
            tinted[page] += _tint(box, found)
    free = [max(0.0, 1 - (down + found.notes_on[page]) / found.height) for page, down in enumerate(filled)]
    homes = [found.page(flow.atoms[home], last=True) for home in flow.belongs]
    away = [
        (found.page(element) - home, (side + home) % 2 == 0) for element, home in zip(flow.moving, homes, strict=True)
    ]
    ends_in_text = any(found.page(atom, last=True) == len(free) - 1 for atom in flow.atoms)
    return cost_of_pages(free, tinted, away, ends_in_text)


def _visit(box: Any, page: int, wanted: set[Element], found: Found) -> None:
    for child in children(box):
        if isinstance(child, FootnoteAreaBox):
            notes = list(children(child))
            for note in notes:
                found.notes[note.element] += note.margin_height()
            if notes:
                found.above_notes = child.margin_height() - sum(note.margin_height() for note in notes)
                found.notes_on[page] = child.margin_height()
        elif child.element in wanted and not pseudo(child):
            if not child.element_tag.startswith("::"):
                found.pieces[child.element].append((page, child))
            if PARTED in child.element.attrib:
                _visit(child, page, wanted, found)
        else:
            _visit(child, page, wanted, found)


def _bricks(
    atom: Element, index: int, path: Sequence[Element], entered: Sequence[Element], found: Found
) -> list[Brick]:
    pieces = found.pieces.get(atom, [])
    flow_step = max((step_of(box) for _, box in found.pieces.get(path[0], [])), default=0.0)
    leaves = [leaf for page, box in pieces for leaf in _leaves(box, page, pieces[0][0])] if atom.tag in DIVIDED else []
    whole = _whole(atom, index, entered, found, flow_step)
    if len(leaves) < 2 or any(box.style["break_inside"] in AVOID for _, box in pieces):
        return [whole]
    notes = _notes_by_leaf(pieces, leaves, found)
    bricks: list[Brick] = []
    height = deep = 0.0
    for number in range(len(leaves)):
        height += _advance(leaves, number, pieces)
        deep += notes[number]
        if number + 1 == len(leaves) or _may_end(leaves, number):
            bricks.append(
                Brick(
                    round(height * PX_TO_PT, 2),
                    notes=round(deep * PX_TO_PT, 2),
                    again=round(_head(pieces) * PX_TO_PT, 2),
                    divides="list" if atom.tag in LISTS else "table" if any(leaf.row for leaf in leaves) else "",
                    atom=index,
                )
            )
            height = deep = 0.0
    bricks[0] = replace(whole, height=bricks[0].height, after=0, notes=bricks[0].notes)
    bricks[-1] = replace(bricks[-1], after=whole.after, flow=whole.flow)
    return bricks


def _whole(element: Element, index: int, entered: Iterable[Element], found: Found, flow_step: float = 0) -> Brick:
    """Measure what stands as a whole."""
    pieces = found.pieces.get(element, [])
    if not pieces:
        return Brick(0, atom=index)
    boxes = [box for _, box in pieces]
    around = [piece[1] for each in entered for piece in found.pieces.get(each, [])[:1]]
    flow = Flow(_points(max((_length(box, "margin_top") for box in around), default=0)), _points(flow_step))
    notes = sum(found.notes[each] for each in element.iter() if each in found.notes)
    before = _length(boxes[0], "margin_top")
    return Brick(
        _points(sum(box.border_height() for box in boxes)),
        _points(before) if flow_step else max(_points(before), flow.before),
        _points(_length(boxes[-1], "margin_bottom")),
        _points(max(map(step_of, _beginning(boxes[0])))),
        flow if flow_step else None,
        begins=bool(flow_step and around),
        notes=_points(notes),
        spare=_points(_counted_twice(boxes[-1])),
        alone=boxes[0].style["break_before"] in FORCED,
        tint=round(sum(_tint(box, found) for box in boxes), 4),
        atom=index,
    )


def _counted_twice(box: Any) -> float:
    """Tell how much of the padding below its own lines a block wants twice: WeasyPrint 70.0 does near a page's end."""
    last = next((child for child in reversed([*children(box)]) if child.is_in_normal_flow()), None)
    return float(box.padding_bottom) if isinstance(last, LineBox) else 0.0


def _tint(box: Any, found: Found) -> float:
    """Tell what share of the page the ground of a box takes."""
    ground = box.style["background_color"]
    return float(box.border_height() * box.border_width() / found.paper) if getattr(ground, "alpha", 0) else 0.0


def _closing(brick: Brick) -> Brick:
    """Let the space below what closes a stretch of text be part of it: no other margin swallows it."""
    return replace(brick, height=round(brick.height + max(0.0, brick.after), 2), after=min(0.0, brick.after))


def _points(pixels: float) -> float:
    return round(pixels * PX_TO_PT, 2)


def _beginning(box: Any) -> Iterator[Any]:
    """Yield a box and all that begin where it does."""
    while box is not None:
        yield box
        box = next(children(box), None)


def _length(box: Any, name: str) -> float:
    value = box.style[name]
    return float(value.value) if getattr(value, "unit", None) == "px" or value == 0 else 0.0


def _leaves(box: Any, page: int, first: int) -> Iterator[_Leaf]:
    """Yield the lines or rows of a block."""
    leaf: _Leaf | None = None
    for child in children(box):
        if not child.is_in_normal_flow() or pseudo(child) == "marker":
            continue
        if child.element_tag == "thead" and page != first:
            continue  # it stands there again
        if isinstance(child, LineBox | TableRowBox | ReplacedBox):
            leaf = _Leaf(page, child.position_y, child.position_y + child.margin_height(), box)
            leaf.row = isinstance(child, TableRowBox)
            leaf.glued = leaf.row and box.element_tag in {"thead", "caption"}
            yield leaf
        else:
            for leaf in _leaves(child, page, first):
                yield leaf
            if leaf is not None and child.style["break_after"] in AVOID:
                leaf.glued = True


def _head(pieces: Sequence[tuple[int, Any]]) -> float:
    """Tell how high the head of a table is, which stands again where the table goes on."""
    return next((float(head.margin_height()) for _, box in pieces for head in _heads(box)), 0.0)


def _heads(box: Any) -> Iterator[Any]:
    for child in children(box):
        if child.element_tag == "thead":
            yield child
        else:
            yield from _heads(child)


def _advance(leaves: Sequence[_Leaf], number: int, pieces: Sequence[tuple[int, Any]]) -> float:
    """Tell how far down a line, and what stands between it and the next, takes what comes below."""
    leaf = leaves[number]
    box = next(box for page, box in pieces if page == leaf.page)
    top = box.border_box_y() if number == 0 else leaf.top
    if number + 1 == len(leaves):
        return float(box.border_box_y() + box.border_height() - top)
    # A page that divides it may stretch the piece on it.
    below = leaves[number + 1]
    return float((below.top if below.page == leaf.page else leaf.bottom) - top)


def _may_end(leaves: Sequence[_Leaf], number: int) -> bool:
    """Tell whether a page may end below a line."""
    leaf, below = leaves[number], leaves[number + 1]
    if leaf.glued:
        return False
    element = leaf.block.element
    if element is not below.block.element:
        return True
    if leaf.block.element_tag in {"table", "tbody", "thead"}:
        return True
    above, below_it = _together(leaves, number, -1), _together(leaves, number + 1, 1)
    style = leaf.block.style
    return bool(above >= style["orphans"] and below_it >= style["widows"])


def _together(leaves: Sequence[_Leaf], number: int, step: int) -> int:
    """Count the lines of one block from one of them on, up or down, as far as orphans and widows ask."""
    block = leaves[number].block
    most = max(block.style["orphans"], block.style["widows"])
    count = 0
    while 0 <= number < len(leaves) and leaves[number].block.element is block.element and count < most:
        count, number = count + 1, number + step
    return count


def _notes_by_leaf(pieces: Sequence[tuple[int, Any]], leaves: Sequence[_Leaf], found: Found) -> list[float]:
    deep = [0.0] * len(leaves)
    for page, box in pieces:
        for call in _calls(box):
            line = next(
                (n for n, leaf in enumerate(leaves) if leaf.page == page and call.position_y < leaf.bottom),
                len(leaves) - 1,
            )
            deep[line] += found.notes.get(call.element, 0)
    return deep


def _calls(box: Any) -> Iterator[Any]:
    for child in children(box):
        if pseudo(child) == "footnote-call":
            yield child
        else:
            yield from _calls(child)


def _held(bricks: Sequence[Brick], flow: Flowing, found: Found) -> tuple[Brick, ...]:
    """Let no page end below what announces something."""
    holds = [
        heads or any(box.style["break_after"] in AVOID for _, box in found.pieces.get(atom, []))
        for heads, atom in zip(flow.heads, flow.atoms, strict=True)
    ]
    return tuple(
        replace(brick, breaks=not holds[above.atom]) if brick.atom > above.atom else brick
        for above, brick in pairwise((bricks[0], *bricks))
    )


def _open(flow: Flowing, bricks: Sequence[Brick]) -> tuple[bool, ...]:
    """Tell where what moves may stand: not where a note in the margin may still reach down."""
    opens = list(flow.opens)
    reach = 0.0
    for atom, own in groupby(bricks, key=lambda brick: brick.atom):
        together = list(own)
        reach = max(reach - sum(brick.height for brick in together), -together[-1].after)
        if reach > 0:
            opens[atom + 1] = False
    return tuple(opens)
