"""The four industrial revolutions as a staircase.

Each step is a band that runs on to today, because the technologies of the earlier steps are still developing. Whose
data: the rounded periods and the years that are often used as markers are from the public literature on Industrie
4.0; that Norwegian industry must work with 3.0 and 4.0 side by side is the report's own statement.

Not to be read into it: the steps are equally high and nearly equally wide, so neither duration nor weight is to scale,
and other authors date the steps differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from look import (
    AFTER_HEADING,
    AKSE,
    BLEKK,
    DATA_PT,
    FJORD,
    FJORD_LYS,
    FULL_WIDTH,
    HVIT,
    IS,
    KOBBER,
    KOBBER_MORK,
    LAND,
    MM_PER_PT,
    SKIFER,
    SMALLEST_PT,
    Row,
    arrow,
    box,
    bracket,
    canvas,
    heading,
    lines,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

HEIGHT = 95

FOOT = 10
STEP_HEIGHT = 19
GAP = 0.5
STEPS_X = (0, 33, 67, 102)
TODAY_X = 146
INDENT = 3
BRACKET_X = 149.5
BRACKET_ARM = 1.5
# Earlier to later, light to dark: fill, and the colours of words on it.
BANDS = ((IS, FJORD, BLEKK), (LAND, FJORD, BLEKK), (FJORD_LYS, HVIT, HVIT), (FJORD, HVIT, HVIT))
# What fits a step, and the space beside the bracket.
STEP_LETTERS = 28
BRACKET_LETTERS = 14


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    steps: Sequence[Row] = data.tables["steps"]
    for position, step in enumerate(steps):
        draw_band(axes, position, step)
        draw_date(axes, position, step)
    draw_time(axes, data.labels)
    draw_bracket(axes, steps)
    return figure


def draw_band(axes: Axes, position: int, step: Row) -> None:
    fill, name_colour, technology_colour = BANDS[position]
    x, top = STEPS_X[position], tread(position)
    box(axes, x, top - STEP_HEIGHT + GAP, TODAY_X - x, STEP_HEIGHT - GAP, fill=fill, edge=None)
    heading(axes, x + INDENT, top - 6, f"{step['number']} {step['name']}", colour=name_colour)
    first = top - 6 - AFTER_HEADING
    lines(axes, x + INDENT, first, step["technology"], letters=STEP_LETTERS, most=2, colour=technology_colour)


def tread(position: int) -> float:
    """Tell the height of the top of a step."""
    return FOOT + (position + 1) * STEP_HEIGHT


def draw_date(axes: Axes, position: int, step: Row) -> None:
    """Set the period on the tread, and under it in small type the year that is often used as its marker."""
    x, y = STEPS_X[position] + INDENT, tread(position)
    words(axes, x, y + 5.5, step["period"])
    words(axes, x, y + 2, step["marker"], size_pt=SMALLEST_PT, colour=SKIFER)


def draw_time(axes: Axes, labels: Mapping[str, str]) -> None:
    arrow(axes, (0, FOOT - 3), (TODAY_X, FOOT - 3), colour=AKSE)
    words(axes, 0, 2, labels["time"], colour=SKIFER)
    words(axes, TODAY_X / 2, 2, labels["development"], colour=SKIFER, align="center")
    words(axes, TODAY_X, 2, labels["today"], colour=SKIFER, align="right")


def draw_bracket(axes: Axes, steps: Sequence[Row]) -> None:
    """Embrace the steps that have a note, which is the same for all of them, and set it beside the bracket."""
    noted = [position for position, step in enumerate(steps) if step["note"] is not None]
    # Half the line's width further in, so that its edges and those of the bands are level.
    inset = DATA_PT * MM_PER_PT / 2
    low, high = tread(noted[0]) - STEP_HEIGHT + GAP + inset, tread(noted[-1]) - inset
    bracket(axes, (BRACKET_X, low), (BRACKET_X, high), (-BRACKET_ARM, 0), colour=KOBBER, line_pt=DATA_PT)
    note = steps[noted[0]]["note"]
    middle = (low + high) / 2
    text_x = BRACKET_X + 1.5
    lines(axes, text_x, middle, note, letters=BRACKET_LETTERS, most=8, stand="middle", strong=True, colour=KOBBER_MORK)
