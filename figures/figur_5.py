"""The method in five steps, with who carried each out; interviews and analysis are lanes that run side by side.

Whose data: the words of the figure in the first edition, which survive without its lines; who carried out steps 3 and 4
is the editors' reading of the text. The months of the workshops are the text's.

Not to be read into it: widths tell nothing of how long a step took, nor the marks of the checks when those were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from look import (
    AFTER_HEADING,
    BLEKK,
    DATA_PT,
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

HEIGHT = 63

# Steps 1, 4 and 5 are as high as the two lanes between them, of which that of step 3 begins and ends later.
BOTTOM = 20
LANE_HEIGHT = 20
LANE_GAP = HEIGHT - BOTTOM - 2 * LANE_HEIGHT
PLACES = {1: (0, 25), 2: (30.5, 58), 3: (42.5, 58), 4: (106, 26.5), 5: (138, 32)}
"""Where a step begins and how wide it is, by its number."""
INTERVIEWS, ANALYSIS = 2, 3
INDENT = 2.5
FIRST_BASELINE = 5.3
CLEARANCE = 0.8  # between an arrow and a box
# What fits a line: of the lanes, and of the boxes.
LANE_LETTERS = 44
BOX_LETTERS = 16

TICK = 2.5
DIAMOND = 1.5
# The diamonds' stems end below the words of the checks.
WORKSHOP_Y = 9.5


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    steps: Sequence[Row] = data.tables["steps"]
    for step in steps:
        draw_step(axes, step, joint=data.labels["joint"])
    upper, lower = (bottom_of(number) + LANE_HEIGHT / 2 for number in (INTERVIEWS, ANALYSIS))
    draw_arrow(axes, 1, INTERVIEWS, upper)
    draw_arrow(axes, ANALYSIS, 4, lower)
    draw_arrow(axes, 4, 5, (upper + lower) / 2)
    draw_marks(axes, data)
    return figure


def bottom_of(number: int) -> float:
    return BOTTOM + LANE_HEIGHT + LANE_GAP if number == INTERVIEWS else BOTTOM


def draw_step(axes: Axes, step: Row, *, joint: str) -> None:
    number = step["number"]
    is_lane = number in {INTERVIEWS, ANALYSIS}
    x, width = PLACES[number]
    bottom = bottom_of(number)
    height = LANE_HEIGHT if is_lane else HEIGHT - BOTTOM
    # Dark, light and white differ in greyscale too.
    fill, colour, pale = {None: (HVIT, BLEKK, SKIFER), joint: (FJORD, HVIT, HVIT)}.get(step["who"], (IS, BLEKK, SKIFER))
    box(axes, x, bottom, width, height, fill=fill)
    letters = LANE_LETTERS if is_lane else BOX_LETTERS
    y = bottom + height - FIRST_BASELINE
    heading(axes, x + INDENT, y, f"{number} {step['name']}", colour=colour)
    for text, ink in ((step["who"], colour), (step["how"], pale)):
        if text is not None:
            y = lines(axes, x + INDENT, y - AFTER_HEADING, text, letters=letters, colour=ink)
    if y < bottom + 1:
        raise ValueError(f"the words of step {number} reach below its box: shorten them")


def draw_arrow(axes: Axes, before: int, after: int, y: float) -> None:
    start, width = PLACES[before]
    arrow(axes, (start + width + CLEARANCE, y), (PLACES[after][0] - CLEARANCE, y))


def draw_marks(axes: Axes, data: FigureData) -> None:
    """Mark the checks by ticks at the lane of the analysis, and the workshops by diamonds further below it."""
    start, width = PLACES[ANALYSIS]
    checks: Sequence[Row] = data.tables["checks"]
    workshops: Sequence[Row] = data.tables["workshops"]
    for check in checks:
        x = start + width * check["place"] / 100
        stroke(axes, [(x, BOTTOM), (x, BOTTOM - TICK)], line_pt=DATA_PT, colour=FJORD)
        words(axes, x, BOTTOM - TICK - 3.2, data.labels["check"], align="center")
    for workshop in workshops:
        x = start + width * workshop["place"] / 100
        stroke(axes, [(x, BOTTOM), (x, WORKSHOP_Y)], colour=KOBBER)
        corners = [
            (x - DIAMOND, WORKSHOP_Y),
            (x, WORKSHOP_Y + DIAMOND),
            (x + DIAMOND, WORKSHOP_Y),
            (x, WORKSHOP_Y - DIAMOND),
        ]
        axes.add_patch(Polygon(corners, facecolor=KOBBER, linewidth=0, zorder=2.5))
        words(axes, x, WORKSHOP_Y - DIAMOND - 3.4, data.labels["workshop"], colour=KOBBER_MORK, align="center")
        words(axes, x, WORKSHOP_Y - DIAMOND - 3.4 - leading(), workshop["when"], colour=KOBBER_MORK, align="center")
