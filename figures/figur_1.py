"""The companies of the study, and the learning examples that describe fifteen of them.

A strip of one mark per company, lettered where the report describes the company; below it a matrix of those companies
and the six themes, one dot per learning example with the page it stands on. Whose data: the report's own text, counted
by the editors; what a company makes and for whom stands in the words of that text, or as not stated.

Not to be read into it: the order of the open marks means nothing, the companies are not ranked, and the descriptions
say nothing of sector, size or place. A hollow dot is an example about a company other than the lettered one.
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
    HAIR_PT,
    HVIT,
    KOBBER,
    LINE_PT,
    LINJE,
    SKIFER,
    Row,
    box,
    canvas,
    disc,
    heading,
    lines,
    page_number,
    stroke,
    words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

HEIGHT = 164

STRIP_HEADING = 161.5
STRIP_BOTTOM = 153.8
MARK = 4
MARK_PITCH = 5
GROUP_GAP = 6

MATRIX_HEADING = 144.5
ROWS_TOP = 113.7
ROW_HEIGHT = 7.2
MAKES_X = 13
CUSTOMERS_X = 52
FIRST_THEME_X = 107
THEME_PITCH = 11
THEME_STEP = 4.7
DOT = 1.6
EMPTY = 0.35
# Between the middle of a dot and the page beside it.
PAGE_GAP = 2.4
# Between a dot or the number of a theme and the words to its left.
WORDS_GAP = 3
# The empty cells to the left of a hollow dot whose place its note takes.
NOTE_COLUMNS = 2
# What fits the two columns of words.
MAKES_LETTERS = 27
CUSTOMERS_LETTERS = 42


def draw(data: FigureData) -> Figure:
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    companies, themes = data.tables["companies"], data.tables["themes"]
    draw_strip(axes, data, companies)
    draw_heads(axes, data, themes)
    draw_rows(axes, companies, not_stated=data.labels["not_stated"])
    draw_dots(axes, data.tables["examples"], companies, themes)
    draw_counts(axes, data.labels["per_theme"], themes, bottom=ROWS_TOP - ROW_HEIGHT * len(companies))
    return figure


def draw_strip(axes: Axes, data: FigureData, companies: Sequence[Row]) -> None:
    """Set one mark a company: first those with a letter, then as many open ones as there are others."""
    for position, row in enumerate(companies):
        draw_lettered_mark(axes, position * MARK_PITCH, STRIP_BOTTOM, row)
    others_x = len(companies) * MARK_PITCH + GROUP_GAP
    # The count comes from a fact and so as text.
    for position in range(int(str(data.tables["others"][0]["companies"]))):
        box(axes, others_x + position * MARK_PITCH, STRIP_BOTTOM, MARK, MARK)
    heading(axes, 0, STRIP_HEADING, data.labels["strip"])
    words(axes, others_x, STRIP_HEADING, data.labels["others"], colour=SKIFER)


def draw_lettered_mark(axes: Axes, x: float, y: float, company: Row) -> None:
    box(axes, x, y, MARK, MARK, fill=FJORD, edge=None)
    middle = (x + MARK / 2, y + MARK / 2)
    words(axes, *middle, company["letter"], middle=True, strong=True, colour=HVIT, align="center")


def draw_heads(axes: Axes, data: FigureData, themes: Sequence[Row]) -> None:
    """Set the names of the themes one above the other, each ending at its column: none fits over a column of 11 mm."""
    heading(axes, 0, MATRIX_HEADING, data.labels["matrix"])
    words(axes, 0, MATRIX_HEADING - AFTER_HEADING, data.labels["dot"], colour=SKIFER)
    for position, theme in enumerate(themes):
        x = theme_x(position)
        y = MATRIX_HEADING - THEME_STEP * (len(themes) - 1 - position)
        words(axes, x - WORDS_GAP, y, theme["name"], align="right")
        words(axes, x, y, str(theme["number"]), strong=True, colour=FJORD, align="center")
        stroke(axes, [(x, y - 1.5), (x, ROWS_TOP + 1.5)], line_pt=HAIR_PT)
    for x, key, letters in (
        (0, "company", 8),
        (MAKES_X, "makes", MAKES_LETTERS),
        (CUSTOMERS_X, "customers", CUSTOMERS_LETTERS),
    ):
        lines(axes, x, ROWS_TOP + 2.5, data.labels[key], letters=letters, most=1, strong=True, colour=FJORD)


def draw_rows(axes: Axes, companies: Sequence[Row], *, not_stated: str) -> None:
    draw_rule(axes, ROWS_TOP, FJORD, DATA_PT)
    for position, row in enumerate(companies):
        y = row_y(position)
        draw_lettered_mark(axes, 0, y - MARK / 2, row)
        for x, key, letters in ((MAKES_X, "makes", MAKES_LETTERS), (CUSTOMERS_X, "customers", CUSTOMERS_LETTERS)):
            colour = SKIFER if row[key] == not_stated else BLEKK
            lines(axes, x, y, row[key], letters=letters, most=2, stand="middle", colour=colour)
        if position:
            draw_rule(axes, y + ROW_HEIGHT / 2, LINJE, HAIR_PT)


def draw_dots(axes: Axes, examples: Sequence[Row], companies: Sequence[Row], themes: Sequence[Row]) -> None:
    """Set a dot where a company has an example, with its page, and a speck where it has none.

    The specks lead the eye down from the theme.
    """
    column_of = {theme["name"]: column for column, theme in enumerate(themes)}
    line_of = {company["letter"]: line for line, company in enumerate(companies)}
    empty = {(column, line) for column in column_of.values() for line in line_of.values()}
    for example in examples:
        column, line = column_of[example["theme"]], line_of[example["letter"]]
        x, y = theme_x(column), row_y(line)
        empty.discard((column, line))
        page_number(axes, x + PAGE_GAP, y, example["box"])
        if example["note"] is None:
            disc(axes, x, y, DOT, fill=KOBBER)
        else:
            disc(axes, x, y, DOT, fill=HVIT, edge=KOBBER)
            words(axes, x - WORDS_GAP, y, example["note"], middle=True, colour=SKIFER, align="right")
            empty -= {(column - step, line) for step in range(1, NOTE_COLUMNS + 1)}
    for column, line in sorted(empty):
        disc(axes, theme_x(column), row_y(line), EMPTY, fill=LINJE)


def draw_counts(axes: Axes, text: str, themes: Sequence[Row], *, bottom: float) -> None:
    draw_rule(axes, bottom, FJORD, LINE_PT)
    y = bottom - ROW_HEIGHT / 2
    words(axes, CUSTOMERS_X, y, text, middle=True, strong=True, colour=FJORD)
    for position, theme in enumerate(themes):
        count = str(theme["examples"])
        words(axes, theme_x(position), y, count, middle=True, strong=True, colour=FJORD, align="center")


def draw_rule(axes: Axes, y: float, colour: str, line_pt: float) -> None:
    stroke(axes, [(0, y), (FULL_WIDTH, y)], colour=colour, line_pt=line_pt)


def theme_x(position: int) -> float:
    """Tell where the middle of a column is."""
    return FIRST_THEME_X + position * THEME_PITCH


def row_y(position: int) -> float:
    """Tell the height of the middle of a row."""
    return ROWS_TOP - (position + 0.5) * ROW_HEIGHT
