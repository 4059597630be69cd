"""What the figure scripts share: the palette, the type, the canvas in millimetres, and the pieces that recur.

A script draws on a canvas whose data coordinates are millimetres of the printed page, origin at the lower left, so
that every length in it can be checked with a ruler on the print. Lengths are therefore in millimetres unless their
name says otherwise. Colours have the names of the design system; text sizes are points at printed size and never go
below `SMALLEST_PT`. What is drawn later lies on top, except that discs lie above lines and words above all else.
"""

from collections.abc import Mapping, Sequence
from math import dist
from textwrap import wrap
from typing import Any, Literal, TypedDict, Unpack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle
from numpy.typing import NDArray

from press.figures.theme import COLOURS, TEXT_WIDTH_MM

BLEKK = COLOURS["ink"]
SKIFER = COLOURS["muted"]
FJORD = COLOURS["primary"]
FJORD_LYS = COLOURS["link"]
# Copper lines and marks, and the darker copper of the words that belong to them.
KOBBER = COLOURS["accent"]
KOBBER_MORK = COLOURS["accent_dark"]
AKSE = COLOURS["axis"]
LINJE = COLOURS["line"]
LAND = COLOURS["area"]
IS = COLOURS["cool"]
HVIT = "#FFFFFF"

MM_PER_INCH = 25.4
MM_PER_PT = MM_PER_INCH / 72
FULL_WIDTH = TEXT_WIDTH_MM

# Line weights: what the figure is about, what connects and frames it, what only guides the eye.
DATA_PT = 1.4
LINE_PT = 0.8
HAIR_PT = 0.4
DASHES = (0, (3, 2))
HEAD = 1.8
HEAD_WIDTH = 1.3

HEADING_PT = 9
TEXT_PT = 8
SMALLEST_PT = 7
# In parts of the type size: from one baseline to the next, and the height of a capital or a digit of Source Sans Pro.
LEADING = 1.275
CAPITAL = 0.66
# From the baseline of a heading to that of the words under it.
AFTER_HEADING = 4.5

Point = tuple[float, float]
Numbers = NDArray[np.float64]
"""An array; one of points has a row each, x and y."""
Align = Literal["left", "center", "right"]
Row = Mapping[str, Any]
"""A row of a data table: the values that the columns of the data file declare."""
Stand = Literal["first", "last", "middle", "top"]
"""What of a block of lines its height is given for: first or last baseline, its middle, the top of its capitals."""


class Style(TypedDict, total=False):
    """How words are set; what is left out is left-aligned ink in `TEXT_PT`, not strong."""

    size_pt: float
    strong: bool
    colour: str
    align: Align


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """Make a figure of the printed size with one frameless axes whose units are millimetres."""
    figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return figure, axes


def words(axes: Axes, x: float, y: float, text: str, *, middle: bool = False, **style: Unpack[Style]) -> None:
    """Set one line of words on the baseline `y` or, if `middle`, with its capitals half above and half below."""
    size_pt = style.get("size_pt", TEXT_PT)
    if size_pt < SMALLEST_PT:
        raise ValueError(f"{text!r} is set in {size_pt} pt; nothing in a figure is smaller than {SMALLEST_PT} pt")
    axes.text(
        x,
        y - half_capital(size_pt) if middle else y,
        text,
        fontsize=size_pt,
        fontweight=600 if style.get("strong") else 400,
        color=style.get("colour", BLEKK),
        ha=style.get("align", "left"),
        va="baseline",
    )


def page_number(axes: Axes, x: float, y: float, target: str) -> None:
    """Leave room, with its middle at `y`, for the number of the page on which something stands.

    The press takes three digits as a label that must have room, and prints the number there when pages are known.
    """
    axes.text(x, y - half_capital(), "000", fontsize=TEXT_PT, va="baseline", gid=f"page:{target}")


def lines(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    letters: int,
    most: int | None = None,
    stand: Stand = "first",
    **style: Unpack[Style],
) -> float:
    """Set text in lines of at most `letters` characters; `stand` says what of them is at `y`.

    Returns the baseline of the last. Raises ValueError if they are more than `most`: there is no room for more.

    Each line is set by itself: matplotlib 3.11 gives a line with descenders more room than one without, so that the
    lines of one block would be unevenly far apart.
    """
    parts = wrap(text, letters, break_long_words=False, break_on_hyphens=False)
    if most is not None and len(parts) > most:
        raise ValueError(f"«{text}» takes {len(parts)} lines of {letters} letters, and there is room for {most}")
    size_pt = style.get("size_pt", TEXT_PT)
    step, half = leading(size_pt), half_capital(size_pt)
    fall = step * (len(parts) - 1)
    first = {"first": y, "last": y + fall, "middle": y + fall / 2 - half, "top": y - 2 * half}[stand]
    for number, part in enumerate(parts):
        words(axes, x, first - number * step, part, **style)
    return first - fall


def half_capital(size_pt: float = TEXT_PT) -> float:
    """Tell how far the middle of a line's capitals and digits lies over its baseline."""
    return CAPITAL * size_pt * MM_PER_PT / 2


def leading(size_pt: float = TEXT_PT) -> float:
    """Tell how far apart the baselines of neighbouring lines are."""
    return LEADING * size_pt * MM_PER_PT


def heading(axes: Axes, x: float, y: float, text: str, *, colour: str = FJORD) -> None:
    """Set a heading on the baseline `y`."""
    words(axes, x, y, text, size_pt=HEADING_PT, strong=True, colour=colour)


def stroke(
    axes: Axes, points: Sequence[Point] | Numbers, *, colour: str = AKSE, line_pt: float = LINE_PT, dashed: bool = False
) -> None:
    """Draw a line through points, with sharp corners and ends that stop where the points are."""
    axes.plot(
        *np.transpose(points),
        color=colour,
        linewidth=line_pt,
        linestyle=DASHES if dashed else "solid",
        solid_joinstyle="miter",
        solid_capstyle="butt",
        dash_capstyle="butt",
    )


def bracket(axes: Axes, start: Point, end: Point, arm: Point, *, colour: str = AKSE, line_pt: float = LINE_PT) -> None:
    """Draw a bracket from `start` to `end`; `arm` is the way from its back towards what it embraces."""
    tips = [(x + arm[0], y + arm[1]) for x, y in (start, end)]
    stroke(axes, [tips[0], start, end, tips[1]], colour=colour, line_pt=line_pt)


def arrow(
    axes: Axes,
    start: Point,
    end: Point,
    *,
    colour: str = BLEKK,
    line_pt: float = LINE_PT,
    dashed: bool = False,
) -> None:
    """Draw a straight arrow with a small filled head at `end`, larger on a heavier line.

    The head of a dashed arrow is solid: dashes would tear its outline.
    """
    scale = 1 + (line_pt / LINE_PT - 1) / 2
    share = HEAD * scale / dist(start, end)
    neck = (end[0] + (start[0] - end[0]) * share, end[1] + (start[1] - end[1]) * share)
    stroke(axes, [start, neck], colour=colour, line_pt=line_pt, dashed=dashed)
    axes.add_patch(
        FancyArrowPatch(
            neck,
            end,
            arrowstyle=f"-|>,head_length={HEAD / MM_PER_PT:.2f},head_width={HEAD_WIDTH / 2 / MM_PER_PT:.2f}",
            mutation_scale=scale,
            shrinkA=0,
            shrinkB=0,
            color=colour,
            linewidth=LINE_PT,
            joinstyle="miter",
        )
    )


def box(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = HVIT,
    edge: str | None = FJORD,
    line_pt: float = LINE_PT,
) -> Rectangle:
    """Draw a square-cornered box with its lower left corner at (x, y).

    The line lies inside the box: so boxes with and without one are equally large, and none is cut by the canvas.
    """
    inset = 0 if edge is None else line_pt * MM_PER_PT / 2
    corner, size = (x + inset, y + inset), (width - 2 * inset, height - 2 * inset)
    patch = Rectangle(corner, *size, facecolor=fill, edgecolor=edge or "none", linewidth=line_pt)
    axes.add_patch(patch)
    return patch


def disc(
    axes: Axes, x: float, y: float, radius: float, *, fill: str, edge: str | None = None, line_pt: float = LINE_PT
) -> None:
    """Draw a round mark about (x, y), its line inside it as a box has it."""
    inset = 0 if edge is None else line_pt * MM_PER_PT / 2
    # Between matplotlib's lines (2) and its words (3).
    patch = Circle((x, y), radius - inset, facecolor=fill, edgecolor=edge or "none", linewidth=line_pt, zorder=2.5)
    axes.add_patch(patch)
