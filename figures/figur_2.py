"""Three storeys of technology, what leads from one to the next, and the effects at the top.

From bottom to top base technologies, system technologies and areas of application, with cyber security as a premise
along all three. Whose data: the two kinds of technology, the four strategic technologies and cyber security are
Digital21's (2018), the three effects are the report's, and which example stands on which storey is the editors'.

Not to be read into it: Digital21's own list or placing of technologies, a ranking, or a full set on any storey.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING

from look import (
    AFTER_HEADING,
    FJORD,
    FULL_WIDTH,
    HVIT,
    IS,
    KOBBER,
    SKIFER,
    Row,
    arrow,
    box,
    canvas,
    half_capital,
    heading,
    lines,
    words,
)
from matplotlib.patches import Polygon

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

HEIGHT = 110

STOREYS_BOTTOM = 8
STOREY_HEIGHT = 20
STOREY_PITCH = 30
STOREY_WIDTH = 139
EFFECTS_HEIGHT = 12
BAR_X = 143
HEAD_X = 3
# One grid of columns: four for the examples, the fifth for the words of the bar; the effects take every second.
COLUMNS_X = 38
COLUMN_PITCH = 27
# From the top of a box to its first baseline.
FIRST_BASELINE = 7
# Between an arrow and the boxes that it leads from and to.
CLEARANCE = 1.2
STAR = 1.5
# What fits the width of a head and of an example.
HEAD_LETTERS = 20
EXAMPLE_LETTERS = 16


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    parts: Sequence[Row] = data.tables["parts"]
    storeys = [part for part in parts if part["role"] == "storey"]
    for position, storey in enumerate(storeys):
        draw_storey(axes, STOREYS_BOTTOM + position * STOREY_PITCH, storey, contents_of(storey, data))
    storeys_height = (len(storeys) - 1) * STOREY_PITCH + STOREY_HEIGHT
    for part in parts:
        if part["role"] == "premise":
            draw_premise(axes, storeys_height, part)
        if part["role"] == "effects":
            draw_effects(axes, part, contents_of(part, data))
    draw_star(axes, COLUMNS_X, 2)
    words(axes, COLUMNS_X, 2, data.labels["key"])
    return figure


def contents_of(part: Row, data: FigureData) -> Sequence[Row]:
    return [row for row in data.tables["contents"] if row["part"] == part["name"]]


def draw_storey(axes: Axes, y: float, storey: Row, examples: Sequence[Row]) -> None:
    """Draw a storey with its examples, and the arrow that leads up from it."""
    box(axes, 0, y, STOREY_WIDTH, STOREY_HEIGHT, fill=IS)
    first = y + STOREY_HEIGHT - FIRST_BASELINE
    draw_head(axes, HEAD_X, first, storey)
    for position, example in enumerate(examples):
        x = COLUMNS_X + position * COLUMN_PITCH
        lines(axes, x, first, example["name"], letters=EXAMPLE_LETTERS)
        if example["note"] is not None:
            draw_star(axes, x, first)
    low, high = y + STOREY_HEIGHT, y + STOREY_PITCH
    arrow(axes, (HEAD_X + 1, low + CLEARANCE), (HEAD_X + 1, high - CLEARANCE))
    words(axes, HEAD_X + 4, (low + high) / 2, storey["step"], middle=True)


def draw_head(axes: Axes, x: float, first: float, part: Row) -> None:
    heading(axes, x, first, part["name"])
    lines(axes, x, first - AFTER_HEADING, part["meaning"], letters=HEAD_LETTERS, colour=SKIFER)


def draw_star(axes: Axes, x: float, baseline: float) -> None:
    """Set a star to the left of the words at x, half-way up their capitals."""
    middle_x, middle_y = x - 2.6, baseline + half_capital()
    points = []
    for corner in range(10):
        # The inner corners of a five-pointed star whose edges run straight through lie at this share of the radius.
        radius = STAR * (0.382 if corner % 2 else 1)
        angle = pi / 2 + corner * pi / 5
        points.append((middle_x + radius * cos(angle), middle_y + radius * sin(angle)))
    axes.add_patch(Polygon(points, facecolor=KOBBER, linewidth=0))


def draw_premise(axes: Axes, height: float, part: Row) -> None:
    """Draw the bar that runs along all storeys."""
    box(axes, BAR_X, STOREYS_BOTTOM, FULL_WIDTH - BAR_X, height)
    draw_head(axes, BAR_X + HEAD_X, STOREYS_BOTTOM + height - FIRST_BASELINE, part)


def draw_effects(axes: Axes, part: Row, effects: Sequence[Row]) -> None:
    box(axes, 0, HEIGHT - EFFECTS_HEIGHT, FULL_WIDTH, EFFECTS_HEIGHT, fill=FJORD, edge=None)
    first = HEIGHT - FIRST_BASELINE
    heading(axes, HEAD_X, first, part["name"], colour=HVIT)
    for position, effect in enumerate(effects):
        words(axes, COLUMNS_X + position * 2 * COLUMN_PITCH, first, effect["short_name"] or effect["name"], colour=HVIT)
