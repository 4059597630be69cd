"""The six main results and how they influence each other: a starting point, three challenges, one answer.

Whose data: the six results are the study's; the arrows are the editors' reading of its text, and the table says of each
whether the text states it. Two are inferred and dashed. The figure of the first edition is lost, so nothing here may be
read as a copy of it. Length and order of the arrows mean nothing; copper marks the answer and what leads back from it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from look import BLEKK, FJORD, HVIT, IS, KOBBER, KOBBER_MORK, MM_PER_INCH, SKIFER, arrow, box, canvas, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

WIDTH_MM = 170
HEIGHT_MM = 105
ANSWER = 6

# A grid of three columns and three rows. The answer spans all rows, so that each challenge meets it straight across.
EDGE = 0.2  # keeps the outer half of an outline on the canvas
LEFT, LEFT_END = EDGE, 33
MIDDLE, MIDDLE_END = 62, 107
RIGHT, RIGHT_END = 143, WIDTH_MM - EDGE
ROW_BOTTOMS = (74, 37, EDGE)
ROW_HEIGHT = 21
ROW_MIDDLES = tuple(bottom + ROW_HEIGHT / 2 for bottom in ROW_BOTTOMS)
GROUP_BASELINE = 99
# Where the dashed way from 3 to 5 passes 4, and how far below the middle of 3 it sets out.
BYPASS = 58
BYPASS_START = 6.5

NUMBER_STRIP = 6
TITLE_INDENT = 2.5
PAIR = 1.6  # half the distance between the two arrows of a pair
CLEARANCE = 0.8  # between an arrow and a box
LABEL_GAP = 1.5  # between an arrow and its words
LABEL_INDENT = 1.8  # between a box and the words over its arrow
HEAD = 1.6  # length of an arrow head
GAP = 1.2  # on either side of an arrow that crosses a dashed one

TEXT_PT = 8
EMPHASIS_PT = 10
GROUP_PT = 9
LEADING = 1.28
ASCENT = 0.69  # height of a line's letters over its baseline, in parts of the type size
DASHES = (0, (3, 2))

Point = tuple[float, float]
Side = Literal["above", "below", "left", "right"]
Stand = Literal["on", "middle", "under"]
STAND_BY_SIDE: Mapping[Side, Stand] = {"above": "on", "below": "under", "left": "middle", "right": "middle"}


class Node(NamedTuple):
    """The place of a result in mm, and the letters that fit on a line of its title."""

    x: float
    y: float
    width: float
    height: float
    letters: int


class Edge(NamedTuple):
    """The way of an arrow in mm, and the place of its words."""

    way: tuple[Point, ...]
    words_at: Point
    letters: int
    side: Side
    """Where the words stand, seen from the arrow."""
    gap_at: float | None = None
    """The height at which the way is interrupted to let another arrow through."""


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(WIDTH_MM, HEIGHT_MM)
    for x, group in ((LEFT, "group_start"), (MIDDLE, "group_challenges"), (RIGHT, "group_answer")):
        label(axes, x, GROUP_BASELINE, data.labels[group], size_pt=GROUP_PT, strong=True, color=FJORD, va="baseline")
    for number, node in nodes().items():
        draw_node(axes, number, node, data.labels[f"result_{number}"])
    is_inferred = {data.labels["stated"]: False, data.labels["interpretation"]: True}
    ways = edges()
    rows: Sequence[Mapping[str, Any]] = data.tables["influences"]
    for row in rows:
        pair = row["source"], row["target"]
        if pair not in ways:
            raise ValueError(f"the drawing has no way from result {pair[0]} to result {pair[1]}")
        draw_edge(axes, ways[pair], row, inferred=is_inferred[row["basis"]])
    draw_key(axes, is_inferred)
    return figure


def nodes() -> Mapping[int, Node]:
    top, middle, bottom = ROW_BOTTOMS
    left, centre = LEFT_END - LEFT, MIDDLE_END - MIDDLE
    return {
        1: Node(LEFT, top, left, ROW_HEIGHT, 16),
        2: Node(LEFT, middle, left, ROW_HEIGHT, 16),
        3: Node(MIDDLE, top, centre, ROW_HEIGHT, 24),
        4: Node(MIDDLE, middle, centre, ROW_HEIGHT, 27),
        5: Node(MIDDLE, bottom, centre, ROW_HEIGHT, 24),
        6: Node(RIGHT, bottom, RIGHT_END - RIGHT, top + ROW_HEIGHT - bottom, 10),
    }


def draw_node(axes: Axes, number: int, node: Node, title: str) -> None:
    is_answer = number == ANSWER
    colour = KOBBER if is_answer else FJORD
    box(axes, node.x, node.y, node.width, node.height, fill=IS, edge=colour)
    box(axes, node.x, node.y, NUMBER_STRIP, node.height, fill=colour, edge=colour)
    middle = node.y + node.height / 2
    size_pt = EMPHASIS_PT if is_answer else TEXT_PT
    set_words(axes, node.x + NUMBER_STRIP / 2, middle, [str(number)], EMPHASIS_PT, strong=True, color=HVIT, ha="center")
    lines = textwrap.wrap(title, node.letters, break_long_words=False)
    set_words(axes, node.x + NUMBER_STRIP + TITLE_INDENT, middle, lines, size_pt, strong=True, color=BLEKK)


def set_words(
    axes: Axes,
    x: float,
    y: float,
    lines: Sequence[str],
    size_pt: float,
    *,
    stand: Stand = "middle",
    **style: Any,
) -> None:
    """Set lines that stand on the height `y`, are centred on it or hang under it.

    Each line is set by itself: matplotlib 3.11 gives a line with descenders more room than one without, so that the
    lines of one block would be unevenly far apart.
    """
    mm_per_pt = MM_PER_INCH / 72
    leading = LEADING * size_pt * mm_per_pt
    ascent = ASCENT * size_pt * mm_per_pt
    height = leading * (len(lines) - 1) + ascent
    top = {"on": y + height, "middle": y + height / 2, "under": y}[stand]
    for index, line in enumerate(lines):
        label(axes, x, top - ascent - index * leading, line, size_pt=size_pt, va="baseline", **style)


def edges() -> Mapping[tuple[int, int], Edge]:
    """Lay out the arrows by their ends. Only the way from 3 to 5 bends: in a stack it must pass 4."""
    left_pair, middle_pair = 17, 86.5
    return {
        (1, 2): downward(left_pair - PAIR, "left", 14),
        (2, 1): reverse(downward(left_pair + PAIR, "right", 17)),
        (3, 4): downward(middle_pair - PAIR, "left", 17),
        (4, 3): reverse(downward(middle_pair + PAIR, "right", 17)),
        (1, 3): across(LEFT_END, MIDDLE, ROW_MIDDLES[0], "above", 22),
        (2, 4): across(LEFT_END, MIDDLE, ROW_MIDDLES[1], "above", 20),
        (3, 6): across(MIDDLE_END, RIGHT, ROW_MIDDLES[0] + PAIR, "above", 25),
        (4, 6): across(MIDDLE_END, RIGHT, ROW_MIDDLES[1] + PAIR, "above", 25),
        (5, 6): across(MIDDLE_END, RIGHT, ROW_MIDDLES[2] + PAIR, "above", 25),
        (6, 3): reverse(across(MIDDLE_END, RIGHT, ROW_MIDDLES[0] - PAIR, "below", 25)),
        (6, 4): reverse(across(MIDDLE_END, RIGHT, ROW_MIDDLES[1] - PAIR, "below", 22)),
        (6, 5): reverse(across(MIDDLE_END, RIGHT, ROW_MIDDLES[2] - PAIR, "below", 27)),
        (3, 5): past_the_middle(),
    }


def downward(x: float, side: Side, letters: int) -> Edge:
    """Go from the top row to the one below it."""
    top, bottom = ROW_BOTTOMS[0] - CLEARANCE, ROW_BOTTOMS[1] + ROW_HEIGHT + CLEARANCE
    words_x = x - LABEL_GAP if side == "left" else x + LABEL_GAP
    return Edge(((x, top), (x, bottom)), (words_x, (top + bottom) / 2), letters, side)


def across(start: float, end: float, y: float, side: Side, letters: int) -> Edge:
    """Go from the right edge of one box to the left edge of the next."""
    words_y = y + LABEL_GAP if side == "above" else y - LABEL_GAP
    return Edge(((start + CLEARANCE, y), (end - CLEARANCE, y)), (start + LABEL_INDENT, words_y), letters, side)


def reverse(edge: Edge) -> Edge:
    return edge._replace(way=edge.way[::-1])


def past_the_middle() -> Edge:
    """Go from 3 to 5 on the left of 4, leaving a gap where the arrow from 2 to 4 comes through."""
    start, end = ROW_MIDDLES[0] - BYPASS_START, ROW_MIDDLES[2]
    way = ((MIDDLE - CLEARANCE, start), (BYPASS, start), (BYPASS, end), (MIDDLE - CLEARANCE, end))
    words_y = (ROW_BOTTOMS[1] + ROW_BOTTOMS[2] + ROW_HEIGHT) / 2
    return Edge(way, (BYPASS - LABEL_GAP, words_y), 21, "left", gap_at=ROW_MIDDLES[1])


def draw_edge(axes: Axes, edge: Edge, row: Mapping[str, Any], *, inferred: bool) -> None:
    line, words = (KOBBER, KOBBER_MORK) if row["source"] == ANSWER else (SKIFER, BLEKK)
    draw_way(axes, edge.way, line, dashed=inferred, gap_at=edge.gap_at)
    align = "right" if edge.side == "left" else "left"
    lines = textwrap.wrap(row["how"], edge.letters, break_long_words=False)
    set_words(axes, *edge.words_at, lines, TEXT_PT, stand=STAND_BY_SIDE[edge.side], color=words, ha=align)


def draw_way(axes: Axes, way: Sequence[Point], colour: str, *, dashed: bool, gap_at: float | None = None) -> None:
    """Draw a way with a head at its end.

    A dashed way may bend. It is drawn leg by leg, so that every corner begins a dash, and its head is solid, because
    dashes would tear the outline.
    """
    if not dashed:
        arrow(axes, way[0], way[-1], colour=colour)
        return
    (from_x, from_y), (tip_x, tip_y) = way[-2:]
    length = abs(tip_x - from_x) + abs(tip_y - from_y)
    neck = (tip_x + (from_x - tip_x) * HEAD / length, tip_y + (from_y - tip_y) * HEAD / length)
    for start, end in pairwise((*way[:-1], neck)):
        if gap_at is not None and start[1] > gap_at > end[1]:
            draw_dashes(axes, start, (start[0], gap_at + GAP), colour)
            draw_dashes(axes, end, (end[0], gap_at - GAP), colour)
        else:
            draw_dashes(axes, start, end, colour)
    arrow(axes, neck, way[-1], colour=colour)


def draw_dashes(axes: Axes, start: Point, end: Point, colour: str) -> None:
    axes.plot(*zip(start, end, strict=True), color=colour, linewidth=0.8, linestyle=DASHES, dash_capstyle="butt")


def draw_key(axes: Axes, is_inferred: Mapping[str, bool]) -> None:
    for y, (words, dashed) in zip((7, 2), is_inferred.items(), strict=True):
        draw_way(axes, ((LEFT, y), (LEFT + 10, y)), SKIFER, dashed=dashed)
        set_words(axes, LEFT + 12, y, [words], TEXT_PT, color=SKIFER)
