"""The method in five steps, with who carried each out and the way back from analysis to interviews.

Whose data: the words of the figure in the first edition, which survive without its lines; who carried out steps 3 and 4
is the editors' reading of the text.

Not to be read into it: the boxes are equally wide, so they tell nothing of how long a step took.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from look import (
    AFTER_HEADING,
    BLEKK,
    FJORD,
    FULL_WIDTH,
    HVIT,
    IS,
    KOBBER,
    KOBBER_MORK,
    SKIFER,
    Row,
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

HEIGHT = 52

# Five boxes at equal distances over the full width.
BOX_WIDTH = 28
BOX_BOTTOM, BOX_TOP = 24, 38
PITCH = (FULL_WIDTH - BOX_WIDTH) / 4
INDENT = 2.5
NUMBER_BASELINE, NAME_BASELINE = 32.7, 27
WHO_BASELINE = 18.5
# What fits under a box, the last of which has the edge beside it.
HOW_LETTERS = 24

INTERVIEWS, ANALYSIS = 2, 3
RETURN_CURVE = 0.42
RETURN_BASELINE = 48.5
CLEARANCE = 0.8  # between an arrow and a box


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    steps: Sequence[Row] = data.tables["steps"]
    for step in steps:
        draw_step(axes, step, joint=data.labels["joint"])
    for before, after in pairwise(left_of(step["number"]) for step in steps):
        middle = (BOX_BOTTOM + BOX_TOP) / 2
        arrow(axes, (before + BOX_WIDTH + CLEARANCE, middle), (after - CLEARANCE, middle))
    draw_return(axes, data.labels["parallel"])
    return figure


def left_of(number: int) -> float:
    """Tell where the box of a step begins."""
    return PITCH * (number - 1)


def draw_step(axes: Axes, step: Row, *, joint: str) -> None:
    x = left_of(step["number"])
    text_x = x + INDENT
    # Dark, light and white differ in greyscale too, and the name stands under the box.
    fill, colour = {None: (HVIT, BLEKK), joint: (FJORD, HVIT)}.get(step["who"], (IS, BLEKK))
    box(axes, x, BOX_BOTTOM, BOX_WIDTH, BOX_TOP - BOX_BOTTOM, fill=fill)
    words(axes, text_x, NUMBER_BASELINE, str(step["number"]), colour=colour)
    heading(axes, text_x, NAME_BASELINE, step["name"], colour=colour)
    if step["who"] is not None:
        words(axes, text_x, WHO_BASELINE, step["who"], strong=True, colour=FJORD)
    lines(axes, text_x, WHO_BASELINE - AFTER_HEADING, step["how"], letters=HOW_LETTERS, colour=SKIFER)


def draw_return(axes: Axes, text: str) -> None:
    start, end = (left_of(number) + BOX_WIDTH / 2 for number in (ANALYSIS, INTERVIEWS))
    y = BOX_TOP + CLEARANCE
    arrow(axes, (start, y), (end, y), colour=KOBBER, curve=RETURN_CURVE)
    words(axes, (start + end) / 2, RETURN_BASELINE, text, colour=KOBBER_MORK, align="center")
