"""A curve after Gartner's hype cycle of July 2017, with fifteen technologies marked by their years to the plateau.

Whose data: phase and class of each technology are Gartner's, as the trade press reported them; the order inside a phase
follows the public chart. The names are our translations and the fifteen our selection from a longer list; the shape of
the curve and the places inside a phase are our own, as the drawing says.

Not to be read into it: neither heights nor distances may be measured, so the axes have no numbers. Autonomous vehicles
and virtual reality stand out because the text speaks of them, not because Gartner did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np
from look import (
    AKSE,
    BLEKK,
    DATA_PT,
    FJORD,
    FULL_WIDTH,
    IS,
    KOBBER,
    KOBBER_MORK,
    SKIFER,
    Align,
    Numbers,
    Row,
    arrow,
    canvas,
    half_capital,
    leading,
    lines,
    stroke,
    words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from press.figures import FigureData

HEIGHT = 120

# The corner where time and expectation begin, and the size of one of the hundred parts of each.
CORNER = (1, 14)
TIME_UNIT, EXPECTATION_UNIT = 1.65, 0.96

# Circle, square and triangle, of sizes at which they look equally large.
MARKER_PT = {"o": 6, "s": 5.5, "^": 6.8}
ACCENT_SCALE = 1.3
# Between the end of a leader and the words.
WORDS_GAP = 1

PHASE_GAP = 1
PHASE_LETTERS = 14
# What fits the widest room of a name, and the note in the corner at the upper right.
NAME_LETTERS = 30
NOTE_LETTERS = 30


def draw(data: FigureData) -> Figure:
    """Draw the phases, the curve over them, and the marks on the curve with their names."""
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    points = data.tables["curve"]
    for phase in data.tables["phases"]:
        draw_phase(axes, points, phase)
    draw_axes(axes, data.labels)
    stroke(axes, on_curve(points, np.linspace(0, 100, 401)), colour=FJORD, line_pt=DATA_PT)
    markers = {str(row["years"]): marker for row, marker in zip(data.tables["classes"], MARKER_PT, strict=True)}
    for technology in data.tables["technologies"]:
        draw_technology(axes, points, technology, markers[str(technology["years"])])
    note = data.labels["note"]
    lines(axes, FULL_WIDTH, HEIGHT - 1, note, letters=NOTE_LETTERS, most=4, stand="top", colour=SKIFER, align="right")
    return figure


def draw_phase(axes: Axes, points: Sequence[Row], phase: Row) -> None:
    """Tint the ground under the curve in one phase, a white gap between it and the next, and name it below."""
    x, y = on_curve(points, np.linspace(phase["start"], phase["end"], 101)).T
    x = np.clip(x, x[0] + PHASE_GAP / 2, x[-1] - PHASE_GAP / 2)
    axes.fill_between(x, CORNER[1], y, facecolor=IS, edgecolor="none", linewidth=0)
    first = CORNER[1] - 1 - leading()
    lines(axes, x[0], first, phase["name"], letters=PHASE_LETTERS, colour=FJORD)


def on_curve(points: Sequence[Row], time: Numbers) -> Numbers:
    """Find the curve's places at times from 0 to 100: a row each, x and y in mm."""
    return np.column_stack((time, height(points, time))) * (TIME_UNIT, EXPECTATION_UNIT) + CORNER


def height(points: Sequence[Row], time: Numbers) -> Numbers:
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
    x, y = CORNER
    arrow(axes, (x, y), (x, HEIGHT), colour=AKSE)
    arrow(axes, (x, y), (FULL_WIDTH, y), colour=AKSE)
    words(axes, x + 3, HEIGHT - 2, labels["y_axis"], middle=True)
    words(axes, FULL_WIDTH, y + 3, labels["x_axis"], middle=True, align="right")


def draw_technology(axes: Axes, points: Sequence[Row], technology: Row, marker: str) -> None:
    """Set a mark on the curve, and its name and class at the end of a leader."""
    ((x, y),) = on_curve(points, np.array([technology["x"]]))
    is_accent = technology["accent"] is not None
    end_x, end_y = x + technology["right_mm"], y + technology["up_mm"]
    fill, dark, pale = (KOBBER, KOBBER_MORK, KOBBER_MORK) if is_accent else (FJORD, BLEKK, SKIFER)
    stroke(axes, [(x, y), (end_x, end_y)], colour=fill if is_accent else AKSE)
    # With a white edge that lifts it off the curve.
    axes.plot([x], [y], marker=marker, color=fill, markersize=MARKER_PT[marker] * (ACCENT_SCALE if is_accent else 1))
    align: Align = "left" if technology["right_mm"] >= 0 else "right"
    words_x = end_x + WORDS_GAP if align == "left" else end_x - WORDS_GAP
    first = end_y - half_capital()
    name = wrap(technology["name"], technology["letters"] or NAME_LETTERS)
    for number, part in enumerate(name):
        words(axes, words_x, first - number * leading(), part, strong=is_accent, colour=dark, align=align)
    words(axes, words_x, first - len(name) * leading(), technology["years"], colour=pale, align=align)
