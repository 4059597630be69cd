"""World map of the sixteen lighthouse companies in the network in January 2019, and the regions of all 44 a year later.

The sixteen, their places and years are those of the World Economic Forum's and McKinsey's reports and releases; the
coordinates are GeoNames' to a tenth of a degree; the split of the 44 is the study's own. The outlines are Natural
Earth's (the note in each GeoJSON file tells what was done to them). A mark says where one site of a company lies, not
how much is made there; where a number had to move away from its place, a line ties it to it; the place of no. 13 is
approximate. Nokia in Oulu came after the sixteen and is therefore a ring without a number. The units of the bar are
counts by region: no unit stands for a certain company, and none can be traced to a mark on the map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from look import AKSE, FJORD, FJORD_LYS, HVIT, KOBBER, KOBBER_MORK, LAND, SKIFER, SMALLEST_PT, box, canvas, label
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

    from press.figures import FigureData

Numbers = NDArray[np.float64]

WIDTH_MM, HEIGHT_MM = 170, 125
MM_PER_PT = 25.4 / 72

# Half a turn from this meridian the map is cut: down the Bering Strait, where it parts no mainland.
WORLD_MERIDIAN_DEG = 9
WORLD_CENTRE_MM = (85, 83.5)
WORLD_RADIUS_MM = 31.4

# Large enough for nine numbers and still inside the outline file, which ends at 42 and 62° N and at 24° E; it also ends
# at 12° W, but beyond that the window shows open sea only.
INSET_MM = Bbox.from_bounds(0.1, 0.1, 53.8, 49.8)
INSET_CENTRE_DEG = (6, 52)
INSET_CENTRE_MM = (31, 23)
INSET_RADIUS_MM = 155

DISC_MM = 2.2
DOT_MM = 0.7
RING_MM = 1.1
DIGIT_HEIGHT_MM = 0.65 * SMALLEST_PT * MM_PER_PT  # Source Sans Pro draws a digit 0.65 em high

# Columns of two, so that every region fills whole columns and half of the bar is eleven of its twenty-two.
BAR_MM = (58.0, 0.0)
UNITS_A_COLUMN = 2
UNIT_MM, UNIT_GAP_MM, REGION_GAP_MM = 4, 1, 2
REGION_COLOURS = (FJORD, FJORD_LYS, AKSE)


def draw(data: FigureData) -> Figure:
    """Draw the world with its marks; below it, Europe enlarged to the left and the bar of all 44 to the right."""
    figure, axes = canvas(WIDTH_MM, HEIGHT_MM)
    draw_land(axes, world_rings(data.shapes["land"]), LAND)
    label(axes, 0, 63, data.labels["numbered"], strong=True, color=FJORD)
    label(axes, 0, 56, data.labels["list"], color=SKIFER)
    draw_inset_ground(axes, data.shapes["europe"], data.labels["inset"])
    for place in data.tables["lighthouses"]:
        draw_place(axes, place, KOBBER if place["accent"] else FJORD)
    for place in data.tables["later"]:
        draw_later_place(axes, place, data.labels["later"])
    draw_bar(axes, data.tables["regions"], data.labels)
    return figure


def world_rings(shape: Mapping[str, Any]) -> list[Numbers]:
    """Project the outlines of the world to mm.

    The file holds whatever crosses 180° twice, a full turn apart; of two such twins only the one that has its middle on
    this map is drawn.
    """
    rings = [np.array(ring) for polygon in shape["geometry"]["coordinates"] for ring in polygon]
    middles = [(ring[:, 0].min() + ring[:, 0].max()) / 2 for ring in rings]
    return [
        on_world(ring[:, 0], ring[:, 1])
        for ring, middle in zip(rings, middles, strict=True)
        if abs(middle - WORLD_MERIDIAN_DEG) <= 180
    ]


def on_world(longitude: ArrayLike, latitude: ArrayLike) -> Numbers:
    """Project degrees to mm of the world map by the Equal Earth projection; the last axis of the result is x, y.

    Source: Šavrič, Patterson & Jenny, "The Equal Earth map projection", International Journal of Geographical
    Information Science 33 (2019), DOI 10.1080/13658816.2018.1504949, the equations for the sphere.
    """
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(latitude)))
    slope = a1 + 3 * a2 * theta**2 + theta**6 * (7 * a3 + 9 * a4 * theta**2)
    x = 2 * np.sqrt(3) * np.radians(np.subtract(longitude, WORLD_MERIDIAN_DEG)) * np.cos(theta) / (3 * slope)
    y = theta * (a1 + a2 * theta**2 + theta**6 * (a3 + a4 * theta**2))
    return np.stack((x, y), axis=-1) * WORLD_RADIUS_MM + WORLD_CENTRE_MM


def draw_land(axes: Axes, rings: Sequence[Numbers], colour: str) -> PathPatch:
    """Fill rings (mm) as one shape, so that a ring inside another and turning the other way is a hole in it."""
    path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
    patch = PathPatch(path, facecolor=colour, edgecolor="none", linewidth=0)
    axes.add_patch(patch)
    return patch


def draw_inset_ground(axes: Axes, shape: Mapping[str, Any], words: str) -> None:
    """Draw Europe in its window, and the outline of that window on the world."""
    x, y, width, height = INSET_MM.bounds
    window = box(axes, x, y, width, height, edge=AKSE, line_pt=0.6)
    rings = [np.array(ring) for polygon in shape["geometry"]["coordinates"] for ring in polygon]
    draw_land(axes, [on_inset(ring[:, 0], ring[:, 1]) for ring in rings], LAND).set_clip_path(window)
    box(axes, x, y, width, height, fill="none", edge=AKSE, line_pt=0.6)
    label(axes, x + 3, y + height - 4, words, strong=True, color=FJORD)
    # A straight edge of the window is a curve on the world: twenty steps a side are smooth at this size.
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
    edge = np.concatenate([np.linspace(start, end, 20) for start, end in pairwise(corners)])
    outline = on_world(*from_inset(edge[:, 0], edge[:, 1]))
    axes.plot(outline[:, 0], outline[:, 1], color=AKSE, linewidth=0.6)


def on_inset(longitude: ArrayLike, latitude: ArrayLike) -> Numbers:
    """Project degrees to mm of the inset by Lambert's azimuthal equal-area projection; the last axis is x, y.

    Source: Snyder, "Map Projections: A Working Manual", U.S. Geological Survey Professional Paper 1395 (1987),
    chapter 24, the forward equations for the sphere, oblique aspect.
    """
    middle_longitude, middle_latitude = np.radians(INSET_CENTRE_DEG)
    east, phi = np.radians(longitude) - middle_longitude, np.radians(latitude)
    nearness = np.sin(middle_latitude) * np.sin(phi) + np.cos(middle_latitude) * np.cos(phi) * np.cos(east)
    x = np.cos(phi) * np.sin(east)
    y = np.cos(middle_latitude) * np.sin(phi) - np.sin(middle_latitude) * np.cos(phi) * np.cos(east)
    scale = INSET_RADIUS_MM * np.sqrt(2 / (1 + nearness))
    return np.stack((x * scale, y * scale), axis=-1) + INSET_CENTRE_MM


def from_inset(x_mm: Numbers, y_mm: Numbers) -> tuple[Numbers, Numbers]:
    """Undo `on_inset`: turn mm of the inset, other than its centre, into longitudes and latitudes in degrees.

    Source: the same chapter, the inverse equations.
    """
    middle_longitude, middle_latitude = np.radians(INSET_CENTRE_DEG)
    x, y = (x_mm - INSET_CENTRE_MM[0]) / INSET_RADIUS_MM, (y_mm - INSET_CENTRE_MM[1]) / INSET_RADIUS_MM
    distance = np.hypot(x, y)
    arc = 2 * np.arcsin(distance / 2)
    phi = np.arcsin(np.cos(arc) * np.sin(middle_latitude) + y * np.sin(arc) * np.cos(middle_latitude) / distance)
    northward = distance * np.cos(middle_latitude) * np.cos(arc) - y * np.sin(middle_latitude) * np.sin(arc)
    return np.degrees(middle_longitude + np.arctan2(x * np.sin(arc), northward)), np.degrees(phi)


def draw_place(axes: Axes, place: Mapping[str, Any], colour: str) -> None:
    """Set a place's number on the world or, for a place that the inset shows, in there, and only a dot on the world."""
    x, y = on_world(place["longitude"], place["latitude"])
    inset = on_inset(place["longitude"], place["latitude"])
    if INSET_MM.contains(*inset):
        axes.add_patch(Circle((x, y), DOT_MM, facecolor=colour, edgecolor="none", zorder=3))
        x, y = inset
    number_x, number_y = x + (place["right_mm"] or 0), y + (place["up_mm"] or 0)
    if (number_x, number_y) != (x, y):
        axes.add_patch(Circle((x, y), DOT_MM, facecolor=colour, edgecolor="none", zorder=3))
        axes.plot((x, number_x), (y, number_y), color=colour, linewidth=0.8, zorder=3)
    axes.add_patch(Circle((number_x, number_y), DISC_MM, facecolor=colour, edgecolor=HVIT, linewidth=0.6, zorder=4))
    label(
        axes,
        number_x,
        number_y - DIGIT_HEIGHT_MM / 2,
        str(place["number"]),
        size_pt=SMALLEST_PT,
        strong=True,
        color=HVIT,
        ha="center",
        va="baseline",
        zorder=5,
    )


def draw_later_place(axes: Axes, place: Mapping[str, Any], words: str) -> None:
    """Mark a place that is not one of the numbered with an open ring on the world and words tied to it by a line."""
    x, y = on_world(place["longitude"], place["latitude"])
    axes.plot((x, x + 9), (y, y), color=KOBBER, linewidth=0.8, zorder=3)
    axes.add_patch(Circle((x, y), RING_MM, facecolor=HVIT, edgecolor=KOBBER, linewidth=1.2, zorder=4))
    # The first line of the words is level with the ring.
    label(axes, x + 10, y + 1.65, words, color=KOBBER_MORK, va="top")


def draw_bar(axes: Axes, regions: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> None:
    """Draw one square a company, region after region, under the regions' names and counts."""
    x, y = BAR_MM
    top = y + UNITS_A_COLUMN * (UNIT_MM + UNIT_GAP_MM) - UNIT_GAP_MM
    near, bracket, far, heading = top + 2, top + 7, top + 9, top + 16
    label(axes, x, heading, labels["all"], strong=True, color=FJORD, va="baseline")
    tones = iter(REGION_COLOURS)
    asia_count, asia_end = 0, x
    for region in regions:
        count, words = int(region["count"]), f"{region['region']} {region['count']}"
        colour = KOBBER if region["accent"] else next(tones)
        end = draw_units(axes, x, y, count, colour)
        if region["accent"]:
            # One column is narrower than its label, which therefore stands above its neighbours', on a stem.
            axes.plot((x + UNIT_MM / 2,) * 2, (top + 1, far - 1.4), color=colour, linewidth=0.8)
            label(axes, x, far, words, strong=True, color=colour, va="baseline")
        else:
            label(axes, x, near, words, va="baseline")
        if region["asia"]:
            asia_count, asia_end = asia_count + count, end
        x = end + REGION_GAP_MM
    start = BAR_MM[0]
    axes.plot(
        (start, start, asia_end, asia_end),
        (bracket - 1, bracket, bracket, bracket - 1),
        color=AKSE,
        linewidth=0.8,
        solid_joinstyle="miter",
    )
    label(axes, start, far, f"{labels['asia']} {asia_count}", va="baseline")


def draw_units(axes: Axes, x: float, y: float, count: int, colour: str) -> float:
    """Draw squares column after column, the first with its lower left corner at (x, y); return their end, in mm."""
    for unit in range(count):
        column, row = divmod(unit, UNITS_A_COLUMN)
        corner = (x + column * (UNIT_MM + UNIT_GAP_MM), y + row * (UNIT_MM + UNIT_GAP_MM))
        axes.add_patch(Rectangle(corner, UNIT_MM, UNIT_MM, facecolor=colour, edgecolor="none"))
    return x + (column + 1) * (UNIT_MM + UNIT_GAP_MM) - UNIT_GAP_MM
