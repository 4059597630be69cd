"""The four industrial revolutions as a staircase on a time scale.

Each step is a band that begins in the year often used as its marker and runs on to today, because the technologies of
the earlier steps are still developing. Whose data: the rounded periods and the marker years are from the public
literature on Industrie 4.0; the years between them are counted from those; that Norwegian industry must work with 3.0
and 4.0 side by side is the report's own statement.

Not to be read into it: the steps are equally high, so weight is not to scale; other authors date them differently.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from look import (
    AFTER_HEADING,
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
    Align,
    Row,
    box,
    bracket,
    canvas,
    heading,
    lines,
    stroke,
    words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

HEIGHT = 97

FOOT = 14
STEP_HEIGHT = 16
GAP = 0.5
TODAY_X = 146
INDENT = 3
BRACKET_X = 149.5
BRACKET_ARM = 1.5
# Earlier to later, light to dark: fill, and the colours of words on it.
BANDS = ((IS, FJORD, BLEKK), (LAND, FJORD, BLEKK), (FJORD_LYS, HVIT, HVIT), (FJORD, HVIT, HVIT))
# The time scale under the steps, its ticks, its years and the spans between them.
SCALE_Y, TICK = FOOT - 2, 1.5
YEAR_BASELINE, SPAN_BASELINE = 6, 1
# A band or a tread below this width is narrow; what fits a line in either, and the space beside the bracket.
NARROW = 40
NARROW_LETTERS, WIDE_LETTERS = 20, 50
BRACKET_LETTERS = 14


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    steps: Sequence[Row] = data.tables["steps"]
    (today,) = data.tables["today"]
    years = [*(step["year"] for step in steps), today["year"]]
    x_of = {year: TODAY_X * (year - years[0]) / (years[-1] - years[0]) for year in years}
    for position, step in enumerate(steps):
        draw_step(axes, position, step, x_of[step["year"]], x_of[years[position + 1]])
    draw_scale(axes, x_of, data.labels["years"])
    # In the lowest band, which is free there.
    words(axes, TODAY_X - INDENT, FOOT + STEP_HEIGHT - 6, data.labels["development"], align="right", colour=SKIFER)
    words(axes, TODAY_X, YEAR_BASELINE, f"{today['year']}, {today['name']}")
    draw_bracket(axes, steps)
    return figure


def draw_step(axes: Axes, position: int, step: Row, x: float, next_x: float) -> None:
    """Draw a step's band; its words stand in it and on its tread, or, if it is narrow, all over its end."""
    fill, name_colour, technology_colour = BANDS[position]
    top = FOOT + (position + 1) * STEP_HEIGHT
    box(axes, x, top - STEP_HEIGHT + GAP, TODAY_X - x, STEP_HEIGHT - GAP, fill=fill, edge=None)
    name = f"{step['number']} {step['name']}"
    if TODAY_X - x < NARROW / 2:
        draw_date(axes, TODAY_X, top, step, WIDE_LETTERS, "right")
        words(axes, TODAY_X, top + 10.5, step["technology"], align="right")
        words(axes, TODAY_X, top + 10.5 + AFTER_HEADING, name, size_pt=9, strong=True, colour=FJORD, align="right")
        return
    heading(axes, x + INDENT, top - 6, name, colour=name_colour)
    first = top - 6 - AFTER_HEADING
    letters = NARROW_LETTERS if next_x - x < NARROW else WIDE_LETTERS
    lines(axes, x + INDENT, first, step["technology"], letters=letters, most=2, colour=technology_colour)
    draw_date(axes, x + INDENT, top, step, letters, "left")


def draw_date(axes: Axes, x: float, tread: float, step: Row, letters: int, align: Align) -> None:
    """Set the period on the tread, and under it in small type the year that is often used as its marker."""
    parts = len(step["marker"]) > letters
    words(axes, x, tread + 5.5 + (3 if parts else 0), step["period"], align=align)
    marker = step["marker"]
    lines(
        axes,
        x,
        tread + 2,
        marker,
        letters=letters,
        most=2,
        stand="last",
        size_pt=SMALLEST_PT,
        colour=SKIFER,
        align=align,
    )


def draw_scale(axes: Axes, x_of: dict[int, float], unit: str) -> None:
    """Draw time to scale, with a tick and a year at each step and the years that passed between two."""
    stroke(axes, [(0, SCALE_Y), (TODAY_X, SCALE_Y)])
    for x in x_of.values():
        stroke(axes, [(x, SCALE_Y), (x, SCALE_Y - TICK)])
    for (year, x), (after, next_x) in pairwise(x_of.items()):
        is_narrow = next_x - x < NARROW / 2
        words(axes, x, YEAR_BASELINE, str(year), align="right" if is_narrow else "left")
        span = f"{after - year} {unit}"
        words(axes, (x + next_x) / 2, SPAN_BASELINE, span, strong=True, colour=FJORD, align="center")


def draw_bracket(axes: Axes, steps: Sequence[Row]) -> None:
    """Embrace the steps that have a note, which is the same for all of them, and set it beside the bracket."""
    noted = [position for position, step in enumerate(steps) if step["note"] is not None]
    # Half the line's width further in, so that its edges and those of the bands are level.
    inset = DATA_PT * MM_PER_PT / 2
    low, high = FOOT + noted[0] * STEP_HEIGHT + GAP + inset, FOOT + (noted[-1] + 1) * STEP_HEIGHT - inset
    bracket(axes, (BRACKET_X, low), (BRACKET_X, high), (-BRACKET_ARM, 0), colour=KOBBER, line_pt=DATA_PT)
    note = steps[noted[0]]["note"]
    middle = (low + high) / 2
    text_x = BRACKET_X + 1.5
    lines(axes, text_x, middle, note, letters=BRACKET_LETTERS, most=8, stand="middle", strong=True, colour=KOBBER_MORK)
