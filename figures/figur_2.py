"""Three storeys of technology, what leads from one to the next, the effects at the top, and what frames them.

From bottom to top base technologies, system technologies and areas of application, with cyber security as a premise
around all three. Whose data: the two kinds of technology, the four strategic technologies and cyber security are
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
    KOBBER_MORK,
    SKIFER,
    SMALLEST_PT,
    Row,
    arrow,
    box,
    canvas,
    half_capital,
    heading,
    leading,
    lines,
    stroke,
    words,
)
from matplotlib.patches import Polygon

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

HEIGHT = 110

# The frame, and between it and the storeys its own words below and a gap on the other sides.
FRAME_PT = 1.4
FRAME_GAP = 4
FRAME_FOOT = 9
STOREY_HEIGHT = 20
STOREY_PITCH = 28
STOREY_WIDTH = FULL_WIDTH - 2 * FRAME_GAP
EFFECTS_HEIGHT = 14
HEAD_X = FRAME_GAP + 3
# One grid of columns: four for the examples; the effects share their width in three.
COLUMNS_X = 46
COLUMNS_END = FULL_WIDTH - FRAME_GAP
COLUMN_PITCH = (COLUMNS_END - COLUMNS_X) / 4
EFFECT_PITCH = (COLUMNS_END - COLUMNS_X) / 3
# From the top of a box to its first baseline.
FIRST_BASELINE = 6
# Between an arrow and the boxes that it leads from and to.
CLEARANCE = 1
STAR = 1.5
# What fits the width of a head, of an example, of the key under one, of an effect.
HEAD_LETTERS = 24
EXAMPLE_LETTERS = 19
KEY_LETTERS = 28
EFFECT_LETTERS = 29


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    parts: Sequence[Row] = data.tables["parts"]
    storeys = [part for part in parts if part["role"] == "storey"]
    for part in parts:
        if part["role"] == "premise":
            draw_frame(axes, frame_height(len(storeys)), part)
        if part["role"] == "effects":
            draw_effects(axes, part, contents_of(part, data))
    # The key stands where a reader meets the first star: on the highest storey that has one.
    starred = [storey for storey in storeys if any(row["note"] is not None for row in contents_of(storey, data))]
    for position, storey in enumerate(storeys):
        key = data.labels["key"] if starred and storey is starred[-1] else None
        bottom = FRAME_FOOT + position * STOREY_PITCH
        draw_storey(axes, bottom, storey, contents_of(storey, data), key)
        top = bottom + STOREY_HEIGHT
        if storey is storeys[-1]:
            # Out of the frame, with its words between that and the effects.
            draw_step(axes, top, HEIGHT - EFFECTS_HEIGHT, frame_height(len(storeys)), storey["step"])
        else:
            draw_step(axes, top, bottom + STOREY_PITCH, top, storey["step"])
    return figure


def contents_of(part: Row, data: FigureData) -> Sequence[Row]:
    return [row for row in data.tables["contents"] if row["part"] == part["name"]]


def frame_height(storeys: int) -> float:
    return FRAME_FOOT + (storeys - 1) * STOREY_PITCH + STOREY_HEIGHT + FRAME_GAP


def draw_storey(axes: Axes, y: float, storey: Row, examples: Sequence[Row], key: str | None) -> None:
    """Draw a storey with its examples; `key` says what its first star means."""
    box(axes, FRAME_GAP, y, STOREY_WIDTH, STOREY_HEIGHT, fill=IS)
    first = y + STOREY_HEIGHT - FIRST_BASELINE
    draw_head(axes, HEAD_X, first, storey)
    for position, example in enumerate(examples):
        x = COLUMNS_X + position * COLUMN_PITCH
        lines(axes, x, first, example["name"], letters=EXAMPLE_LETTERS, most=2)
        if example["note"] is not None:
            draw_star(axes, x, first)
            if key is not None:
                foot = first - 2 * leading() - leading(SMALLEST_PT) / 2
                lines(axes, x, foot, key, letters=KEY_LETTERS, most=2, size_pt=SMALLEST_PT, colour=KOBBER_MORK)
                key = None


def draw_step(axes: Axes, start: float, end: float, words_from: float, text: str) -> None:
    """Draw the arrow that leads up from a storey, its words in the middle of what is free beside it."""
    x = HEAD_X + 1
    arrow(axes, (x, start + CLEARANCE), (x, end - CLEARANCE))
    words(axes, x + 3, (words_from + end) / 2, text, middle=True)


def draw_head(axes: Axes, x: float, first: float, part: Row) -> None:
    heading(axes, x, first, part["name"])
    lines(axes, x, first - AFTER_HEADING, part["meaning"], letters=HEAD_LETTERS, most=2, colour=SKIFER)


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


def draw_frame(axes: Axes, height: float, part: Row) -> None:
    """Draw the frame around all storeys, with its words at its foot."""
    box(axes, 0, 0, FULL_WIDTH, height, line_pt=FRAME_PT)
    heading(axes, HEAD_X, 3.2, part["name"])
    words(axes, COLUMNS_X, 3.2, part["meaning"], colour=SKIFER)


def draw_effects(axes: Axes, part: Row, effects: Sequence[Row]) -> None:
    """Set the effects evenly over the columns, a hairline of white between them."""
    bottom = HEIGHT - EFFECTS_HEIGHT
    box(axes, 0, bottom, FULL_WIDTH, EFFECTS_HEIGHT, fill=FJORD, edge=None)
    first = HEIGHT - FIRST_BASELINE
    heading(axes, HEAD_X, first, part["name"], colour=HVIT)
    words(axes, HEAD_X, first - AFTER_HEADING, part["meaning"], colour=HVIT)
    for position, effect in enumerate(effects):
        x = COLUMNS_X + position * EFFECT_PITCH
        lines(axes, x, first, effect["name"], letters=EFFECT_LETTERS, most=2, colour=HVIT)
        stroke(axes, [(x - 3, bottom + 2), (x - 3, HEIGHT - 2)], colour=HVIT)
