"""Figure 2: three storeys of technology, what leads from one to the next, and the effects at the top.

From bottom to top base technologies, system technologies and areas of application, with cyber security as a premise
along all three. Whose data: the two kinds of technology, the four strategic technologies and cyber security are
Digital21's (2018), the three effects are the report's, and which example stands on which storey is the editors'.

Not to be read into it: Digital21's own list or placing of technologies, a ranking, or a full set on any storey.
"""

from __future__ import annotations

from math import cos, pi, sin
from textwrap import wrap
from typing import TYPE_CHECKING

from look import BLEKK, FJORD, HVIT, IS, KOBBER, SKIFER, arrow, box, canvas, label
from matplotlib.patches import Polygon

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from press.figures import FigureData

WIDTH = 170
HEIGHT = 110

# All in mm, from the lower left corner.
LOWEST_STOREY = 9
STOREY_HEIGHT = 21
STOREY_PITCH = 32
STOREY_WIDTH = 139
EFFECTS_HEIGHT = 12
BAR_X = 143
HEAD_X = 3
# One grid of columns: four for the examples, the fifth for the words of the bar; the effects take every second.
COLUMNS_X = 38
COLUMN_PITCH = 27
# From the top of a box to its first baseline; from one baseline to the next.
FIRST_BASELINE = 7
LEADING = 3.6
HEAD_LEADING = 4.4
STAR_RADIUS = 1.5
# In characters: what fits the width of a head and of an example at 8 pt.
HEAD_LINE = 20
EXAMPLE_LINE = 16


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(WIDTH, HEIGHT)
    for position, row in enumerate(data.tables["storeys"]):
        _storey(axes, data, LOWEST_STOREY + position * STOREY_PITCH, str(row["name"]), str(row["meaning"]))
        if row["step"] is not None:
            _step_up(axes, LOWEST_STOREY + position * STOREY_PITCH + STOREY_HEIGHT, str(row["step"]))
    _security(axes, data)
    _effects(axes, data)
    _key(axes, data)
    return figure


def _storey(axes: Axes, data: FigureData, y: float, name: str, meaning: str) -> None:
    _frame(axes, 0, y, STOREY_WIDTH, STOREY_HEIGHT, fill=IS)
    first = y + STOREY_HEIGHT - FIRST_BASELINE
    _head(axes, HEAD_X, first, name, meaning)
    examples = [row for row in data.tables["examples"] if row["storey"] == name]
    for position, row in enumerate(examples):
        x = COLUMNS_X + position * COLUMN_PITCH
        _lines(axes, x, first, str(row["name"]), EXAMPLE_LINE)
        if row["strategic"] is not None:
            _star(axes, x - 2.6, first + 0.9)


def _step_up(axes: Axes, y: float, words: str) -> None:
    gap = STOREY_PITCH - STOREY_HEIGHT
    arrow(axes, (HEAD_X + 1, y + 1.5), (HEAD_X + 1, y + gap - 1.5), colour=BLEKK)
    _words(axes, HEAD_X + 4, y + gap / 2 - 0.8, words)


def _security(axes: Axes, data: FigureData) -> None:
    height = (len(data.tables["storeys"]) - 1) * STOREY_PITCH + STOREY_HEIGHT
    _frame(axes, BAR_X, LOWEST_STOREY, WIDTH - BAR_X, height, fill=HVIT)
    first = LOWEST_STOREY + height - FIRST_BASELINE
    _head(axes, BAR_X + HEAD_X, first, data.labels["security"], data.labels["security_meaning"])


def _effects(axes: Axes, data: FigureData) -> None:
    box(axes, 0, HEIGHT - EFFECTS_HEIGHT, WIDTH, EFFECTS_HEIGHT, fill=FJORD, line_pt=0)
    first = HEIGHT - FIRST_BASELINE
    _words(axes, HEAD_X, first, data.labels["effects"], size_pt=9, strong=True, colour=HVIT)
    for position, row in enumerate(data.tables["effects"]):
        _words(axes, COLUMNS_X + position * 2 * COLUMN_PITCH, first, str(row["short_name"]), colour=HVIT)


def _key(axes: Axes, data: FigureData) -> None:
    _star(axes, COLUMNS_X - 2.6, 2.9)
    _words(axes, COLUMNS_X, 2, data.labels["key"])


def _star(axes: Axes, x: float, y: float) -> None:
    points = []
    for corner in range(10):
        # The inner corners of a five-pointed star whose edges run straight through lie at this share of the radius.
        radius = STAR_RADIUS * (0.382 if corner % 2 else 1)
        angle = pi / 2 + corner * pi / 5
        points.append((x + radius * cos(angle), y + radius * sin(angle)))
    axes.add_patch(Polygon(points, facecolor=KOBBER, linewidth=0))


def _frame(axes: Axes, x: float, y: float, width: float, height: float, *, fill: str) -> None:
    # The line lies inside the box, or the edge of the figure would cut away half of it.
    inset = 0.14
    box(axes, x + inset, y + inset, width - 2 * inset, height - 2 * inset, fill=fill)


def _head(axes: Axes, x: float, first: float, name: str, meaning: str) -> None:
    _words(axes, x, first, name, size_pt=9, strong=True, colour=FJORD)
    _lines(axes, x, first - HEAD_LEADING, meaning, HEAD_LINE, colour=SKIFER)


def _lines(axes: Axes, x: float, first: float, words: str, width: int, *, colour: str = BLEKK) -> None:
    """Set words in lines of at most `width` characters, the first on the baseline `first`."""
    for number, part in enumerate(wrap(words, width, break_on_hyphens=False)):
        _words(axes, x, first - number * LEADING, part, colour=colour)


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
