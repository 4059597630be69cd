"""Figure 1: the companies of the study, and the learning examples that describe fifteen of them.

A strip of one mark per company, lettered where the report describes the company; below it a matrix of those companies
and the six themes, one dot per learning example. Whose data: the report's own text, counted by the editors; what a
company makes and for whom stands in the words of that text, or as not stated.

Not to be read into it: the order of the open marks means nothing, the companies are not ranked, and the descriptions
say nothing of sector, size or place. A hollow dot is an example about a company other than the lettered one.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from look import AKSE, BLEKK, FJORD, HVIT, KOBBER, LINJE, SKIFER, box, canvas, label
from matplotlib.patches import Circle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from press.figures import FigureData

WIDTH = 170
HEIGHT = 190

# All in mm. Baselines are set apart from the marks they belong to by half the height of a capital.
HALF_CAPITAL = 0.93
MARK = 4
MARK_PITCH = 5
GROUP_GAP = 6
STRIP_Y = 178

ROWS_TOP = 130
ROW_HEIGHT = 8
MAKES_X = 13
CUSTOMERS_X = 52
FIRST_THEME_X = 110
THEME_PITCH = 11
THEME_NAMES_Y = 138
THEME_NAMES_STEP = 5
DOT_RADIUS = 1.5
EMPTY_RADIUS = 0.35
LEADING = 3.6
# The empty cells to the left of a hollow dot whose place its note takes.
NOTE_COLUMNS = 2
# In characters: what fits the two columns of words at 8 pt.
MAKES_LINE = 27
CUSTOMERS_LINE = 42


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(WIDTH, HEIGHT)
    _strip(axes, data)
    _theme_heads(axes, data)
    _rows(axes, data)
    _dots(axes, data)
    _counts(axes, data)
    return figure


def _strip(axes: Axes, data: FigureData) -> None:
    letters = [str(row["letter"]) for row in data.tables["companies"]]
    _described, other = data.tables["groups"]
    for position, letter in enumerate(letters):
        _lettered_mark(axes, position * MARK_PITCH, STRIP_Y, letter)
    other_x = len(letters) * MARK_PITCH + GROUP_GAP
    # The count comes from a fact and so as text.
    for position in range(int(str(other["companies"]))):
        # The line lies inside the mark, so that open and filled marks are equally large.
        inset = 0.14
        side = MARK - 2 * inset
        box(axes, other_x + position * MARK_PITCH + inset, STRIP_Y + inset, side, side)
    baseline = STRIP_Y + MARK + 4
    _words(axes, 0, baseline, data.labels["strip"], size_pt=9, strong=True, colour=FJORD)
    _words(axes, other_x, baseline, data.labels["others"], colour=SKIFER)


def _theme_heads(axes: Axes, data: FigureData) -> None:
    """Set the names of the themes one above the other, each ending at its column: none fits over a column of 11 mm."""
    top = THEME_NAMES_Y + THEME_NAMES_STEP * (len(data.tables["themes"]) - 1)
    _words(axes, 0, top, data.labels["matrix"], size_pt=9, strong=True, colour=FJORD)
    _words(axes, 0, top - THEME_NAMES_STEP, data.labels["dot"], colour=SKIFER)
    for position, row in enumerate(data.tables["themes"]):
        x = _theme_x(position)
        y = THEME_NAMES_Y + THEME_NAMES_STEP * position
        _words(axes, x - 3, y, str(row["name"]), align="right")
        _words(axes, x, y, str(row["number"]), align="center", strong=True, colour=FJORD)
        axes.plot([x, x], [y - 1.5, ROWS_TOP + 1.5], color=AKSE, linewidth=0.4)
    for x, key in ((0, "company"), (MAKES_X, "makes"), (CUSTOMERS_X, "customers")):
        _words(axes, x, ROWS_TOP + 2.5, data.labels[key], strong=True, colour=FJORD)


def _rows(axes: Axes, data: FigureData) -> None:
    _rule(axes, ROWS_TOP, colour=FJORD, line_pt=1.4)
    for position, row in enumerate(data.tables["companies"]):
        y = _row_y(position)
        _lettered_mark(axes, 0, y - MARK / 2, str(row["letter"]))
        for x, key, line in ((MAKES_X, "makes", MAKES_LINE), (CUSTOMERS_X, "customers", CUSTOMERS_LINE)):
            words = str(row[key])
            colour = SKIFER if words == data.labels["not_stated"] else BLEKK
            lines = wrap(words, line, break_on_hyphens=False)
            first = y - HALF_CAPITAL + LEADING * (len(lines) - 1) / 2
            for number, part in enumerate(lines):
                _words(axes, x, first - LEADING * number, part, colour=colour)
        if position:
            _rule(axes, y + ROW_HEIGHT / 2, colour=LINJE, line_pt=0.4)


def _dots(axes: Axes, data: FigureData) -> None:
    row_of = {row["letter"]: position for position, row in enumerate(data.tables["companies"])}
    column_of = {row["name"]: position for position, row in enumerate(data.tables["themes"])}
    empty = {(column, line) for column in column_of.values() for line in row_of.values()}
    for row in data.tables["examples"]:
        column = column_of[row["theme"]]
        line = row_of[row["letter"]]
        x = _theme_x(column)
        y = _row_y(line)
        hollow = row["note"] is not None
        fill = HVIT if hollow else KOBBER
        axes.add_patch(Circle((x, y), DOT_RADIUS, facecolor=fill, edgecolor=KOBBER, linewidth=0.8))
        empty.discard((column, line))
        if hollow:
            _words(axes, x - 3, y - HALF_CAPITAL, str(row["note"]), align="right", colour=SKIFER)
            empty -= {(column - step, line) for step in range(1, NOTE_COLUMNS + 1)}
    # The empty cells lead the eye down from the name of a theme.
    for column, line in sorted(empty):
        axes.add_patch(Circle((_theme_x(column), _row_y(line)), EMPTY_RADIUS, facecolor=LINJE, linewidth=0))


def _counts(axes: Axes, data: FigureData) -> None:
    bottom = ROWS_TOP - ROW_HEIGHT * len(data.tables["companies"])
    _rule(axes, bottom, colour=FJORD, line_pt=0.8)
    baseline = bottom - ROW_HEIGHT / 2 - HALF_CAPITAL
    _words(axes, CUSTOMERS_X, baseline, data.labels["per_theme"], strong=True, colour=FJORD)
    for position, row in enumerate(data.tables["themes"]):
        _words(axes, _theme_x(position), baseline, str(row["examples"]), align="center", strong=True, colour=FJORD)


def _lettered_mark(axes: Axes, x: float, y: float, letter: str) -> None:
    box(axes, x, y, MARK, MARK, fill=FJORD, line_pt=0)
    _words(axes, x + MARK / 2, y + MARK / 2 - HALF_CAPITAL, letter, align="center", strong=True, colour=HVIT)


def _rule(axes: Axes, y: float, *, colour: str, line_pt: float) -> None:
    axes.plot([0, WIDTH], [y, y], color=colour, linewidth=line_pt, solid_capstyle="butt")


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


def _theme_x(position: int) -> float:
    return FIRST_THEME_X + position * THEME_PITCH


def _row_y(position: int) -> float:
    """Tell the height of the middle of a row."""
    return ROWS_TOP - (position + 0.5) * ROW_HEIGHT
