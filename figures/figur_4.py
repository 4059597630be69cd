"""Figure 4: the four industrial revolutions as a staircase.

Each step is a band that runs on to today, because the technologies of the earlier steps are still developing. Whose
data: the rounded periods and the years that are often used as markers are from the public literature on Industrie
4.0; that Norwegian industry works with 3.0 and 4.0 side by side is the report's own statement.

Not to be read into it: the steps are equally high and nearly equally wide, so neither duration nor weight is to scale,
and other authors date the steps differently.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from look import BLEKK, FJORD, FJORD_LYS, HVIT, IS, KOBBER, LAND, SKIFER, arrow, box, canvas, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from press.figures import FigureData

WIDTH = 170
HEIGHT = 95

# All in mm, from the lower left corner.
FOOT = 10
STEP_HEIGHT = 19
GAP = 0.5
STEPS_X = (0, 33, 67, 102)
TODAY_X = 146
INNER_X = 3
LEADING = 3.6
BRACKET_X = 148
BRACKET_ARM = 1.5
# The first of the steps that the bracket embraces; it runs on to the last.
BRACKET_FROM = 2
# Earlier to later, light to dark: fill, and the colours of words on it.
BANDS = ((IS, FJORD, BLEKK), (LAND, FJORD, BLEKK), (FJORD_LYS, HVIT, HVIT), (FJORD, HVIT, HVIT))
# In characters: what fits a step, and the space beside the bracket.
STEP_LINE = 28
BRACKET_LINE = 14


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(WIDTH, HEIGHT)
    for position, row in enumerate(data.tables["steps"]):
        _band(axes, position, f"{row['number']} {row['name']}", str(row["technology"]))
        _date(axes, position, str(row["period"]), str(row["marker"]))
    _time(axes, data)
    _bracket(axes, data)
    return figure


def _band(axes: Axes, position: int, name: str, technology: str) -> None:
    fill, name_colour, technology_colour = BANDS[position]
    x = STEPS_X[position]
    top = _tread(position)
    box(axes, x, top - STEP_HEIGHT + GAP, TODAY_X - x, STEP_HEIGHT - GAP, fill=fill, line_pt=0)
    _words(axes, x + INNER_X, top - 6, name, size_pt=9, strong=True, colour=name_colour)
    _lines(axes, x + INNER_X, top - 10.5, technology, STEP_LINE, colour=technology_colour)


def _date(axes: Axes, position: int, period: str, marker: str) -> None:
    x = STEPS_X[position] + INNER_X
    _words(axes, x, _tread(position) + 5.5, period)
    _words(axes, x, _tread(position) + 2, marker, size_pt=7, colour=SKIFER)


def _time(axes: Axes, data: FigureData) -> None:
    arrow(axes, (0, FOOT - 3), (TODAY_X, FOOT - 3))
    _words(axes, 0, 2, data.labels["time"], colour=SKIFER)
    _words(axes, TODAY_X, 2, data.labels["today"], align="right", colour=SKIFER)
    _words(axes, TODAY_X / 2, 2, data.labels["development"], align="center", colour=SKIFER)


def _bracket(axes: Axes, data: FigureData) -> None:
    # Half the line's width further in, so that its edges and those of the bands are level.
    low = _tread(BRACKET_FROM) - STEP_HEIGHT + GAP + 0.25
    high = _tread(len(STEPS_X) - 1) - 0.25
    right = BRACKET_X + BRACKET_ARM
    axes.plot(
        [BRACKET_X, right, right, BRACKET_X],
        [low, low, high, high],
        color=KOBBER,
        linewidth=1.4,
        solid_joinstyle="miter",
        solid_capstyle="butt",
    )
    lines = len(wrap(data.labels["bracket"], BRACKET_LINE))
    first = (low + high) / 2 + LEADING * (lines - 1) / 2 - 0.9
    _lines(axes, right + 1.5, first, data.labels["bracket"], BRACKET_LINE, strong=True, colour=KOBBER)


def _tread(position: int) -> float:
    """Tell the height of the top of a step."""
    return FOOT + (position + 1) * STEP_HEIGHT


def _lines(
    axes: Axes, x: float, first: float, words: str, width: int, *, strong: bool = False, colour: str = BLEKK
) -> None:
    """Set words in lines of at most `width` characters, the first on the baseline `first`."""
    for number, part in enumerate(wrap(words, width, break_on_hyphens=False)):
        _words(axes, x, first - number * LEADING, part, strong=strong, colour=colour)


def _words(
    axes: Axes,
    x: float,
    baseline: float,
    words: str,
    *,
    size_pt: float = 8,
    strong: bool = False,
    colour: str = BLEKK,
    align: str = "left",
) -> None:
    label(axes, x, baseline, words, size_pt=size_pt, strong=strong, color=colour, ha=align, va="baseline")
