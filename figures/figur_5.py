"""The method in five steps, with who carried each out and the way back from analysis to interviews.

Whose data: the words of the figure in the first edition, which survive without its lines; who carried out steps 3 and 4
is the editors' reading of the text. The boxes are equally wide, so nothing may be read into how long a step took.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from look import BLEKK, FJORD, HVIT, IS, KOBBER, KOBBER_MORK, SKIFER, arrow, box, canvas, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

WIDTH_MM = 170
HEIGHT_MM = 52
EDGE = 0.2  # keeps the outer half of an outline on the canvas

# Five boxes at equal distances over the full width.
BOX_WIDTH = 28
BOX_BOTTOM, BOX_TOP = 23, 37
PITCH = (WIDTH_MM - 2 * EDGE - BOX_WIDTH) / 4
INDENT = 2.5
NUMBER_BASELINE, NAME_BASELINE = 31.7, 26

WHO_BASELINE = 17.5
HOW_BASELINE = 13
HOW_LETTERS = 25
HOW_LEADING = 3.3

INTERVIEWS, ANALYSIS = 2, 3
RETURN_CURVE = 0.42
RETURN_BASELINE = 47.5
CLEARANCE = 0.8  # between an arrow and a box

EMPHASIS_PT = 9
TEXT_PT = 8
DETAIL_PT = 7


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(WIDTH_MM, HEIGHT_MM)
    steps: Sequence[Mapping[str, Any]] = data.tables["steps"]
    for step in steps:
        draw_step(axes, step, joint=data.labels["joint"])
    for before, after in pairwise(left_of(step["number"]) for step in steps):
        middle = (BOX_BOTTOM + BOX_TOP) / 2
        arrow(axes, (before + BOX_WIDTH + CLEARANCE, middle), (after - CLEARANCE, middle), colour=SKIFER)
    draw_return(axes, data.labels["parallel"])
    return figure


def left_of(number: int) -> float:
    return EDGE + PITCH * (number - 1)


def draw_step(axes: Axes, step: Mapping[str, Any], *, joint: str) -> None:
    x = left_of(step["number"])
    text_x = x + INDENT
    # Dark, light and white differ in greyscale too, and the name stands under the box.
    fill, words = {None: (HVIT, BLEKK), joint: (FJORD, HVIT)}.get(step["who"], (IS, BLEKK))
    box(axes, x, BOX_BOTTOM, BOX_WIDTH, BOX_TOP - BOX_BOTTOM, fill=fill)
    label(axes, text_x, NUMBER_BASELINE, str(step["number"]), size_pt=TEXT_PT, color=words, va="baseline")
    label(axes, text_x, NAME_BASELINE, step["name"], size_pt=EMPHASIS_PT, strong=True, color=words, va="baseline")
    if step["who"] is not None:
        label(axes, text_x, WHO_BASELINE, step["who"], size_pt=TEXT_PT, strong=True, color=FJORD, va="baseline")
    for index, line in enumerate(textwrap.wrap(step["how"], HOW_LETTERS, break_long_words=False)):
        label(axes, text_x, HOW_BASELINE - index * HOW_LEADING, line, size_pt=DETAIL_PT, color=SKIFER, va="baseline")


def draw_return(axes: Axes, words: str) -> None:
    start, end = (left_of(number) + BOX_WIDTH / 2 for number in (ANALYSIS, INTERVIEWS))
    y = BOX_TOP + CLEARANCE
    arrow(axes, (start, y), (end, y), colour=KOBBER, curve=RETURN_CURVE)
    middle = (start + end) / 2
    label(axes, middle, RETURN_BASELINE, words, size_pt=TEXT_PT, color=KOBBER_MORK, ha="center", va="baseline")
