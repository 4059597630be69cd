"""The six main results and how they influence each other: a starting point, three challenges, one answer.

Whose data: the six results are the study's; the arrows are the editors' reading of its text, and the table says of each
whether the text states it. Two are inferred and dashed. The figure of the first edition is lost, so nothing here may be
read as a copy of it.

Not to be read into it: length and order of the arrows mean nothing, nor does 5 stand over 3 because it is more: so no
arrow has to cross another. A heavy arrow leads back from the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from look import (
    FJORD,
    FULL_WIDTH,
    HVIT,
    IS,
    KOBBER,
    LINE_PT,
    SKIFER,
    TEXT_PT,
    Align,
    Point,
    Row,
    Stand,
    arrow,
    box,
    canvas,
    heading,
    lines,
    words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

HEIGHT = 105
ANSWER = 6

# A grid of three columns and three rows: 3 and 4 on a level with 1 and 2, and 5 over 3, which leads to it. The answer
# spans all rows, so that each challenge meets it straight across.
LEFT, LEFT_END = 0, 33
MIDDLE, MIDDLE_END = 62, 107
RIGHT, RIGHT_END = 143, FULL_WIDTH
ROW_BOTTOMS = (74, 37, 0)
ROW_HEIGHT = 21
ROW_MIDDLES = tuple(bottom + ROW_HEIGHT / 2 for bottom in ROW_BOTTOMS)
GROUP_GAP = 4  # from a box up to the name of its group

NUMBER_STRIP = 6
TITLE_INDENT = 2.5
PAIR = 1.6  # half the distance between the two arrows of a pair
CLEARANCE = 0.8  # between an arrow and a box
LABEL_GAP = 1.8  # between an arrow and its words
LABEL_INDENT = 1.8  # between a box and the words over its arrow
KEY_Y = (93, 88, 83)
BACK_PT = 1.8  # the weight of what leads back from the answer

# The number of a result, and the title of the answer.
LARGE_PT = 10

Side = Literal["above", "below", "left", "right"]
STAND_BY_SIDE: Mapping[Side, Stand] = {"above": "last", "below": "top", "left": "middle", "right": "middle"}


class Node(NamedTuple):
    """The place of a result, and the letters that fit on a line of its title."""

    x: float
    y: float
    width: float
    height: float
    letters: int


class Edge(NamedTuple):
    """The ends of an arrow, and the place of its words."""

    way: tuple[Point, Point]
    words_at: Point
    letters: int
    side: Side
    """Where the words stand, seen from the arrow."""


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    for x, line, group in ((LEFT, 1, "group_start"), (MIDDLE, 0, "group_challenges"), (RIGHT, 0, "group_answer")):
        heading(axes, x, ROW_BOTTOMS[line] + ROW_HEIGHT + GROUP_GAP, data.labels[group])
    influences: Sequence[Row] = data.tables["influences"]
    titles = titles_of(influences)
    for number, node in nodes().items():
        draw_node(axes, number, node, titles[number])
    is_inferred = {data.labels["stated"]: False, data.labels["interpretation"]: True}
    ways = edges()
    for row in influences:
        pair = row["source"], row["target"]
        if pair not in ways:
            raise ValueError(f"the drawing has no way from result {pair[0]} to result {pair[1]}")
        draw_edge(axes, ways[pair], row, inferred=is_inferred[row["basis"]])
    draw_key(axes, is_inferred, data.labels["back"])
    return figure


def titles_of(influences: Sequence[Row]) -> Mapping[int, str]:
    """Find the title of each result, which the table writes out at every arrow for those who read it alone."""
    titles: dict[int, str] = {}
    for row in influences:
        for number, title in ((row["source"], row["source_title"]), (row["target"], row["target_title"])):
            if titles.setdefault(number, title) != title:
                raise ValueError(f"result {number} is called both {titles[number]!r} and {title!r}")
    return titles


def nodes() -> Mapping[int, Node]:
    top, middle, bottom = ROW_BOTTOMS
    left, centre = LEFT_END - LEFT, MIDDLE_END - MIDDLE
    return {
        1: Node(LEFT, middle, left, ROW_HEIGHT, 16),
        2: Node(LEFT, bottom, left, ROW_HEIGHT, 16),
        5: Node(MIDDLE, top, centre, ROW_HEIGHT, 24),
        3: Node(MIDDLE, middle, centre, ROW_HEIGHT, 24),
        4: Node(MIDDLE, bottom, centre, ROW_HEIGHT, 27),
        6: Node(RIGHT, bottom, RIGHT_END - RIGHT, top + ROW_HEIGHT - bottom, 10),
    }


def draw_node(axes: Axes, number: int, node: Node, title: str) -> None:
    x, y, width, height, letters = node
    colour, size_pt = (KOBBER, LARGE_PT) if number == ANSWER else (FJORD, TEXT_PT)
    box(axes, x, y, width, height, fill=IS, edge=colour)
    box(axes, x, y, NUMBER_STRIP, height, fill=colour, edge=None)
    middle = y + height / 2
    number_x, title_x = x + NUMBER_STRIP / 2, x + NUMBER_STRIP + TITLE_INDENT
    words(axes, number_x, middle, str(number), middle=True, size_pt=LARGE_PT, strong=True, colour=HVIT, align="center")
    lines(axes, title_x, middle, title, letters=letters, most=4, stand="middle", size_pt=size_pt, strong=True)


def edges() -> Mapping[tuple[int, int], Edge]:
    """Lay out the arrows by their ends."""
    top, middle, bottom = ROW_MIDDLES
    left_pair, middle_pair = 17.3, 86.8
    return {
        (1, 2): downward(left_pair - PAIR, 1, "left", 14),
        (2, 1): reverse(downward(left_pair + PAIR, 1, "right", 17)),
        (3, 4): downward(middle_pair - PAIR, 1, "left", 17),
        (4, 3): reverse(downward(middle_pair + PAIR, 1, "right", 17)),
        (3, 5): reverse(downward(middle_pair, 0, "right", 21)),
        (1, 3): across(LEFT_END, MIDDLE, middle, "above", 22),
        (2, 4): across(LEFT_END, MIDDLE, bottom, "above", 20),
        (5, 6): across(MIDDLE_END, RIGHT, top + PAIR, "above", 25),
        (3, 6): across(MIDDLE_END, RIGHT, middle + PAIR, "above", 25),
        (4, 6): across(MIDDLE_END, RIGHT, bottom + PAIR, "above", 25),
        (6, 5): reverse(across(MIDDLE_END, RIGHT, top - PAIR, "below", 27)),
        (6, 3): reverse(across(MIDDLE_END, RIGHT, middle - PAIR, "below", 25)),
        (6, 4): reverse(across(MIDDLE_END, RIGHT, bottom - PAIR, "below", 22)),
    }


def downward(x: float, row: int, side: Side, letters: int) -> Edge:
    """Go from a row, counted from the top, to the one below it."""
    top, bottom = ROW_BOTTOMS[row] - CLEARANCE, ROW_BOTTOMS[row + 1] + ROW_HEIGHT + CLEARANCE
    words_x = x - LABEL_GAP if side == "left" else x + LABEL_GAP
    return Edge(((x, top), (x, bottom)), (words_x, (top + bottom) / 2), letters, side)


def across(start: float, end: float, y: float, side: Side, letters: int) -> Edge:
    """Go from the right edge of one box to the left edge of the next."""
    words_y = y + LABEL_GAP if side == "above" else y - LABEL_GAP
    return Edge(((start + CLEARANCE, y), (end - CLEARANCE, y)), (start + LABEL_INDENT, words_y), letters, side)


def reverse(edge: Edge) -> Edge:
    return edge._replace(way=edge.way[::-1])


def draw_edge(axes: Axes, edge: Edge, row: Row, *, inferred: bool) -> None:
    arrow(axes, *edge.way, line_pt=BACK_PT if row["source"] == ANSWER else LINE_PT, dashed=inferred)
    align: Align = "right" if edge.side == "left" else "left"
    lines(axes, *edge.words_at, row["how"], letters=edge.letters, most=3, stand=STAND_BY_SIDE[edge.side], align=align)


def draw_key(axes: Axes, is_inferred: Mapping[str, bool], back: str) -> None:
    """Explain the three kinds of arrows in the corner over the starting point, which is free."""
    kinds = [(text, LINE_PT, dashed) for text, dashed in is_inferred.items()]
    for y, (text, line_pt, dashed) in zip(KEY_Y, (*kinds, (back, BACK_PT, False)), strict=True):
        arrow(axes, (LEFT, y), (LEFT + 10, y), line_pt=line_pt, dashed=dashed)
        words(axes, LEFT + 12, y, text, middle=True, colour=SKIFER)
