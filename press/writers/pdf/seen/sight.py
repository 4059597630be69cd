"""Whether laid-out text can be seen: on the page, within the boxes that cut it off, and drawn at all.

A text box in WeasyPrint's tree is no proof of text in print. `overflow` and `clip` cut it off, a fixed height lets it
run over what follows, a transformation moves it off the page, and `visibility`, `opacity` or a transparent colour leave
nothing of it; the words are in the tree all the same, and in most of these cases a reader of the PDF finds them too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from press.writers.pdf.engine.boxes import LineBox, MarginBox, TextBox, children, has_fixed_height, page_box

TOLERANCE_PX = 1.5
CAPITALS = 0.7
"""Height of capitals over font size. What is above them and below the base line may be cut off, and all can be read."""

OUT_OF_PAGE = "runs out of the type area"
OUT_OF_BOX = "runs out of its box"
CUT_OFF = "is cut off"
UNSEEN = "cannot be seen"

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels from the upper left corner of the page."""


@dataclass(frozen=True)
class Sight:
    """A text box as a reader meets it."""

    box: Any
    fault: str
    """What is wrong with the sight of it; empty when all of it can be seen."""
    ends_line: bool


@dataclass(frozen=True)
class _Frame:
    """What text must stay within, and what is said of text that does not."""

    edges: Edges
    fault: str


@dataclass(frozen=True)
class _View:
    """What holds for everything below a box."""

    frames: tuple[_Frame, ...]
    matrix: Any = None
    """Where what is drawn goes; None where it stays."""
    transparent: bool = False


def sights(page: Any) -> Iterator[Sight]:
    """Yield each text box that stands in a page's content, in the order of the tree."""
    box = page_box(page)
    left, top = box.content_box_x(), box.content_box_y()
    view = _View((_Frame((left, top, left + box.width, top + box.height), OUT_OF_PAGE),))
    for child in children(box):
        if not isinstance(child, MarginBox):
            yield from _visit(child, view)


def _visit(box: Any, view: _View, *, last: bool = False) -> Iterator[Sight]:
    if isinstance(box, TextBox):
        yield Sight(box, _fault(box, view), last)
        return
    view = _below(box, view)
    last = last or isinstance(box, LineBox)
    inside = list(children(box))
    for child in inside:
        yield from _visit(child, view, last=last and child is inside[-1])


def _fault(box: Any, view: _View) -> str:
    if not box.text.strip():
        return ""
    if view.transparent or box.style["visibility"] != "visible" or box.style["color"].alpha == 0:
        return UNSEEN
    base_line = box.position_y + box.baseline
    capitals = base_line - CAPITALS * box.style["font_size"]
    drawn = _moved((box.position_x, capitals, box.position_x + box.width, base_line), view.matrix)
    return next((frame.fault for frame in view.frames if not _holds(frame.edges, drawn)), "")


def _below(box: Any, view: _View) -> _View:
    """Add to what holds above a box what the box does to all that is in it."""
    style = box.style
    if box.transformation_matrix:
        above = view.matrix
        view = replace(view, matrix=box.transformation_matrix @ above if above else box.transformation_matrix)
    if style["opacity"] == 0:
        view = replace(view, transparent=True)
    if style["overflow"] != "visible":
        left, top = box.padding_box_x(), box.padding_box_y()
        edges = (left, top, left + box.padding_width(), top + box.padding_height())
        view = _framed(view, edges, CUT_OFF)
    elif has_fixed_height(box):
        # What a box of fixed height cannot hold is drawn over what comes below; to the sides it may hang out.
        bottom = box.padding_box_y() + box.padding_height()
        view = _framed(view, (-float("inf"), -float("inf"), float("inf"), bottom), OUT_OF_BOX)
    if box.is_absolutely_positioned() and style["clip"]:
        view = _framed(view, _clip(box), CUT_OFF)
    return view


def _framed(view: _View, edges: Edges, fault: str) -> _View:
    return replace(view, frames=(*view.frames, _Frame(_moved(edges, view.matrix), fault)))


def _clip(box: Any) -> Edges:
    """Give the edges of `clip: rect(…)`, which counts from the border box's upper left corner."""
    top, right, bottom, left = box.style["clip"]
    x, y = box.border_box_x(), box.border_box_y()
    return (
        x if left == "auto" else x + left,
        y if top == "auto" else y + top,
        x + (box.border_width() if right == "auto" else right),
        y + (box.border_height() if bottom == "auto" else bottom),
    )


def _moved(edges: Edges, matrix: Any) -> Edges:
    """Give the edges of what a rectangle becomes."""
    if matrix is None:
        return edges
    left, top, right, bottom = edges
    corners = [matrix.transform_point(x, y) for x in (left, right) for y in (top, bottom)]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _holds(outer: Edges, inner: Edges) -> bool:
    return (
        inner[0] >= outer[0] - TOLERANCE_PX
        and inner[1] >= outer[1] - TOLERANCE_PX
        and inner[2] <= outer[2] + TOLERANCE_PX
        and inner[3] <= outer[3] + TOLERANCE_PX
    )
