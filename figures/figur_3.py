"""A curve after Gartner's hype cycle of July 2017, with fifteen technologies marked by their years to the plateau.

Phase and class of each technology are Gartner's, as the trade press reported them; the names are our translations and
the fifteen our selection from a longer list. The shape of the curve and the places inside a phase are our own, so
neither heights nor distances may be measured, and the axes have no numbers. The order inside a phase follows the public
chart. No. 9 and 15 stand out because the text speaks of them, not because Gartner did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
from look import FJORD, HVIT, IS, KOBBER, KOBBER_MORK, arrow, canvas, label
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

Numbers = NDArray[np.float64]

WIDTH_MM, HEIGHT_MM = 170, 120

# The corner where time and expectation begin, and the size of one of the hundred parts of each.
CORNER_MM = (1, 14)
TIME_MM, EXPECTATION_MM = 1.65, 0.96

# Circle, square and triangle, of sizes at which they look equally large.
MARKER_PT = {"o": 6, "s": 5.5, "^": 6.8}
NUMBER_DISTANCE_MM = 3.4

KEY_MM = (107, 104.5)
PHASE_GAP_MM = 1
PHASE_LINE_LETTERS = 14
LEADING_MM = 3.6
DIGIT_HEIGHT_MM = 1.8  # of Source Sans Pro in 8 pt


def draw(data: FigureData) -> Figure:
    """Draw the phases, the curve over them, the marks on the curve and the key to their shapes."""
    figure, axes = canvas(WIDTH_MM, HEIGHT_MM)
    points = data.tables["curve"]
    draw_phases(axes, points, data.tables["phases"])
    draw_axes(axes, data.labels)
    line = on_curve(points, np.linspace(0, 100, 401))
    axes.plot(*line.T, color=FJORD, solid_capstyle="butt")
    markers = {str(row["years"]): marker for row, marker in zip(data.tables["classes"], MARKER_PT, strict=True)}
    for technology in data.tables["technologies"]:
        draw_technology(axes, points, technology, markers[str(technology["years"])])
    draw_key(axes, data.labels["key"], markers)
    return figure


def draw_phases(axes: Axes, points: Sequence[Mapping[str, Any]], phases: Sequence[Mapping[str, Any]]) -> None:
    """Tint the ground under the curve phase by phase, a white gap between two, and name each phase below it."""
    for phase in phases:
        x, y = on_curve(points, np.linspace(phase["start"], phase["end"], 101)).T
        x = np.clip(x, x[0] + PHASE_GAP_MM / 2, x[-1] - PHASE_GAP_MM / 2)
        axes.fill_between(x, CORNER_MM[1], y, facecolor=IS, edgecolor="none", linewidth=0)
        for row, words in enumerate(wrap(phase["name"], PHASE_LINE_LETTERS, break_long_words=False), start=1):
            label(axes, x[0], CORNER_MM[1] - 1 - row * LEADING_MM, words, color=FJORD, va="baseline")


def on_curve(points: Sequence[Mapping[str, Any]], time: Numbers) -> Numbers:
    """Find the curve's places at times from 0 to 100: a row each, x and y in mm."""
    return np.column_stack((time, height(points, time))) * (TIME_MM, EXPECTATION_MM) + CORNER_MM


def height(points: Sequence[Mapping[str, Any]], time: Numbers) -> Numbers:
    """Read off a curve that runs smoothly through the points and rises or falls only where they do.

    Cubic Hermite pieces: the slopes at the points are first those of the natural spline, which nowhere bends suddenly,
    and are then held within the bounds that keep a piece from swinging past its ends.
    Source: Hyman, "Accurate monotonicity preserving cubic interpolation", SIAM Journal on Scientific and Statistical
    Computing 4 (1983).
    """
    x: Numbers = np.array([point["x"] for point in points])
    y: Numbers = np.array([point["y"] for point in points])
    width = np.diff(x)
    chord = np.diff(y) / width
    # One equation a point: the bend is the same on both sides of it, and none at the two ends.
    beside = np.diag(1 / width, 1) + np.diag(1 / width, -1)
    weighted = np.append(chord / width, 0) + np.insert(chord / width, 0, 0)
    slopes = np.linalg.solve(beside + np.diag(2 * beside.sum(axis=0)), 3 * weighted)
    before, after = chord[:-1], chord[1:]
    gentler = np.where(np.abs(before) < np.abs(after), before, after) * (before * after > 0)
    steepest = 3 * np.concatenate((chord[:1], gentler, chord[-1:]))
    slopes = np.clip(slopes, np.minimum(steepest, 0), np.maximum(steepest, 0))
    piece = np.clip(np.searchsorted(x, time, side="right") - 1, 0, len(x) - 2)
    t = (time - x[piece]) / width[piece]
    return (
        y[piece] * (1 + 2 * t) * (1 - t) ** 2
        + y[piece + 1] * t**2 * (3 - 2 * t)
        + width[piece] * (slopes[piece] * t * (1 - t) ** 2 - slopes[piece + 1] * t**2 * (1 - t))
    )


def draw_axes(axes: Axes, labels: Mapping[str, str]) -> None:
    """Draw expectation and time as arrows without numbers, because neither is measured."""
    x, y = CORNER_MM
    arrow(axes, (x, y), (x, HEIGHT_MM))
    arrow(axes, (x, y), (WIDTH_MM, y))
    label(axes, x + 3, HEIGHT_MM - 2, labels["y_axis"])
    label(axes, WIDTH_MM, y + 3, labels["x_axis"], ha="right")


def draw_technology(
    axes: Axes, points: Sequence[Mapping[str, Any]], technology: Mapping[str, Any], marker: str
) -> None:
    """Set a mark on the curve and its number beside it, straight out from the curve on the upper side."""
    around = technology["x"] + np.array((-0.1, 0, 0.1))
    (x0, y0), (x, y), (x1, y1) = on_curve(points, around)
    out = np.array((y0 - y1, x1 - x0)) / np.hypot(x1 - x0, y1 - y0)
    accent = bool(technology["accent"])
    colour = KOBBER if accent else FJORD
    draw_mark(axes, x, y, marker, colour, 1.3 if accent else 1)
    number_x, number_y = (x, y) + out * NUMBER_DISTANCE_MM
    number_y -= DIGIT_HEIGHT_MM / 2
    label(axes, number_x, number_y, str(technology["number"]), strong=accent, color=colour, ha="center", va="baseline")
    if accent:
        draw_name(axes, number_x, number_y, technology, falling=out[0] > 0)


def draw_mark(axes: Axes, x: float, y: float, marker: str, colour: str, scale: float = 1) -> None:
    """Set a mark at (x, y) mm, with a white edge that lifts it off the curve."""
    axes.plot(
        [x], [y], marker=marker, color=colour, markersize=MARKER_PT[marker] * scale, markeredgecolor=HVIT, zorder=4
    )


def draw_name(axes: Axes, number_x: float, number_y: float, technology: Mapping[str, Any], *, falling: bool) -> None:
    """Set name and class to the right of a number where the curve falls, and above it where it rises: there is room."""
    x, y, side = (number_x + 2, number_y, "left") if falling else (number_x + 1.4, number_y + 2 * LEADING_MM, "right")
    label(axes, x, y, technology["name"], strong=True, color=KOBBER_MORK, ha=side, va="baseline")
    label(axes, x, y - LEADING_MM, technology["years"], color=KOBBER_MORK, ha=side, va="baseline")


def draw_key(axes: Axes, heading: str, markers: Mapping[str, str]) -> None:
    """List the classes with their marks, level with the name of no. 9."""
    x, y = KEY_MM
    label(axes, x, y, heading, strong=True, color=FJORD)
    for row, (words, marker) in enumerate(markers.items(), start=1):
        draw_mark(axes, x + 1, y - 5 * row, marker, FJORD)
        label(axes, x + 4, y - 5 * row, words)
