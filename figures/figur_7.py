"""World map of the sixteen lighthouse companies in the network in January 2019, and the regions of all 44 a year later.

Whose data: the sixteen, their places and years are those of the World Economic Forum's and McKinsey's reports and
releases; the coordinates are GeoNames' to a tenth of a degree; the split of the 44 is the study's own. The outlines are
Natural Earth's (the note in each GeoJSON file tells what was done to them). Where a number had to move away from its
place, a line ties it to it. Nokia in Oulu came after the sixteen and is therefore a ring without a number.

Not to be read into it: a mark says where one site of a company lies, not how much is made there, and the place of
no. 13 is approximate. The units of the bar are counts by region: no unit stands for a certain company, and none can be
traced to a mark on the map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from look import (
    AFTER_HEADING,
    AKSE,
    DATA_PT,
    FJORD,
    FJORD_LYS,
    FULL_WIDTH,
    HEADING_PT,
    HVIT,
    KOBBER,
    KOBBER_MORK,
    LAND,
    SKIFER,
    SMALLEST_PT,
    Numbers,
    Row,
    Style,
    box,
    bracket,
    canvas,
    disc,
    half_capital,
    heading,
    lines,
    stroke,
    words,
)
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Bbox

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

    from press.figures import FigureData

HEIGHT = 125

# Half a turn from this meridian the map is cut: down the Bering Strait, where it parts no mainland.
WORLD_MERIDIAN_DEG = 9
WORLD_CENTRE = (85, 83.5)
WORLD_RADIUS = 31.4

# Large enough for nine numbers and still inside the outline file, which ends at 42 and 62° N and at 24° E; it also ends
# at 12° W, but beyond that the window shows open sea only.
INSET = Bbox.from_bounds(0, 0, 54, 50)
INSET_CENTRE_DEG = (6, 52)
INSET_CENTRE = (31, 23)
INSET_RADIUS = 155

# The last line of the title in the sea.
SEA_BASELINE = 60
SEA_LETTERS = 24
LATER_LETTERS = 25

NUMBER_DISC = 2.3
EDGE_PT = 0.6
DOT = 0.7
RING = 1.3

# Columns of two, so that every region fills whole columns and half of the bar is eleven of its twenty-two.
BAR_X = 58
UNITS_A_COLUMN = 2
UNIT, UNIT_GAP, REGION_GAP = 4, 1, 2
UNITS_TOP = UNITS_A_COLUMN * (UNIT + UNIT_GAP) - UNIT_GAP
# Over the units, from below: the regions' names, the bracket over Asia, its name, the heading.
REGION_BASELINE = UNITS_TOP + 2
BRACKET_Y, BRACKET_ARM = UNITS_TOP + 7, 1
FAR_BASELINE = UNITS_TOP + 9
BAR_HEADING = UNITS_TOP + 16
REGION_COLOURS = (FJORD, FJORD_LYS, AKSE)


def draw(data: FigureData) -> Figure:
    """Draw the world with its marks; below it, Europe enlarged to the left and the bar of all 44 to the right."""
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    draw_land(axes, world_rings(data.shapes["land"]))
    draw_title(axes, data.labels)
    draw_inset_ground(axes, data.shapes["europe"], data.labels["inset"])
    for place in data.tables["lighthouses"]:
        draw_place(axes, place)
    for place in data.tables["later"]:
        draw_later_place(axes, place, data.labels["later"])
    heading(axes, BAR_X, BAR_HEADING, data.labels["all"])
    draw_bar(axes, data.tables["regions"])
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
    return np.stack((x, y), axis=-1) * WORLD_RADIUS + WORLD_CENTRE


def draw_land(axes: Axes, rings: Sequence[Numbers]) -> PathPatch:
    """Fill rings (mm) as one shape, so that a ring inside another and turning the other way is a hole in it."""
    path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
    patch = PathPatch(path, facecolor=LAND, edgecolor="none", linewidth=0)
    axes.add_patch(patch)
    return patch


def draw_title(axes: Axes, labels: Mapping[str, str]) -> None:
    """Say in the empty sea to the left what the numbers on both maps are."""
    style: Style = {"size_pt": HEADING_PT, "strong": True, "colour": FJORD}
    lines(axes, 0, SEA_BASELINE, labels["numbered"], letters=SEA_LETTERS, most=3, stand="last", **style)
    words(axes, 0, SEA_BASELINE - AFTER_HEADING, labels["list"], colour=SKIFER)


def draw_inset_ground(axes: Axes, shape: Mapping[str, Any], text: str) -> None:
    """Draw Europe in its window, and the outline of that window on the world."""
    x, y, width, height = INSET.bounds
    window = box(axes, x, y, width, height, edge=None)
    rings = [np.array(ring) for polygon in shape["geometry"]["coordinates"] for ring in polygon]
    draw_land(axes, [on_inset(ring[:, 0], ring[:, 1]) for ring in rings]).set_clip_path(window)
    box(axes, x, y, width, height, fill="none", edge=AKSE)
    words(axes, x + 3, y + height - 5, text, strong=True, colour=FJORD)
    # A straight edge of the window is a curve on the world: twenty steps a side are smooth at this size.
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
    edge = np.concatenate([np.linspace(start, end, 20) for start, end in pairwise(corners)])
    stroke(axes, on_world(*from_inset(edge[:, 0], edge[:, 1])))


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
    scale = INSET_RADIUS * np.sqrt(2 / (1 + nearness))
    return np.stack((x * scale, y * scale), axis=-1) + INSET_CENTRE


def from_inset(x_mm: Numbers, y_mm: Numbers) -> tuple[Numbers, Numbers]:
    """Undo `on_inset`: turn mm of the inset, other than its centre, into longitudes and latitudes in degrees.

    Source: the same chapter, the inverse equations.
    """
    middle_longitude, middle_latitude = np.radians(INSET_CENTRE_DEG)
    x, y = (x_mm - INSET_CENTRE[0]) / INSET_RADIUS, (y_mm - INSET_CENTRE[1]) / INSET_RADIUS
    distance = np.hypot(x, y)
    arc = 2 * np.arcsin(distance / 2)
    phi = np.arcsin(np.cos(arc) * np.sin(middle_latitude) + y * np.sin(arc) * np.cos(middle_latitude) / distance)
    northward = distance * np.cos(middle_latitude) * np.cos(arc) - y * np.sin(middle_latitude) * np.sin(arc)
    return np.degrees(middle_longitude + np.arctan2(x * np.sin(arc), northward)), np.degrees(phi)


def draw_place(axes: Axes, place: Row) -> None:
    """Set a place's number on the world or, for a place that the inset shows, in there, and only a dot on the world."""
    colour = FJORD if place["accent"] is None else KOBBER
    x, y = on_world(place["longitude"], place["latitude"])
    inset = on_inset(place["longitude"], place["latitude"])
    if INSET.contains(*inset):
        disc(axes, x, y, DOT, fill=colour)
        x, y = inset
    number_x, number_y = x + (place["right_mm"] or 0), y + (place["up_mm"] or 0)
    if (number_x, number_y) != (x, y):
        disc(axes, x, y, DOT, fill=colour)
        stroke(axes, [(x, y), (number_x, number_y)], colour=colour)
    disc(axes, number_x, number_y, NUMBER_DISC, fill=colour, edge=HVIT, line_pt=EDGE_PT)
    number = str(place["number"])
    words(axes, number_x, number_y, number, middle=True, size_pt=SMALLEST_PT, strong=True, colour=HVIT, align="center")


def draw_later_place(axes: Axes, place: Row, text: str) -> None:
    """Mark a place that is not one of the numbered with an open ring on the world and words tied to it by a line."""
    x, y = on_world(place["longitude"], place["latitude"])
    stroke(axes, [(x, y), (x + 9, y)], colour=KOBBER)
    disc(axes, x, y, RING, fill=HVIT, edge=KOBBER, line_pt=DATA_PT)
    # The first line of the words is level with the ring.
    lines(axes, x + 10, y + half_capital(), text, letters=LATER_LETTERS, most=3, stand="top", colour=KOBBER_MORK)


def draw_bar(axes: Axes, regions: Sequence[Row]) -> None:
    """Draw one square a company, region after region, under their names and counts, and embrace those of one part."""
    tones = iter(REGION_COLOURS)
    x: float = BAR_X
    part, part_count, part_end = "", 0, x
    for region in regions:
        count, text = int(region["count"]), f"{region['region']} {region['count']}"
        is_accent = region["accent"] is not None
        end = draw_units(axes, x, count, KOBBER if is_accent else next(tones))
        if is_accent:
            # One column is narrower than its label, which therefore stands above its neighbours', on a stem.
            stem_x = x + UNIT / 2
            stroke(axes, [(stem_x, UNITS_TOP + 1), (stem_x, FAR_BASELINE - 1.4)], colour=KOBBER)
            words(axes, x, FAR_BASELINE, text, strong=True, colour=KOBBER_MORK)
        else:
            words(axes, x, REGION_BASELINE, text)
        if region["part_of"] is not None:
            part, part_count, part_end = region["part_of"], part_count + count, end
        x = end + REGION_GAP
    bracket(axes, (BAR_X, BRACKET_Y), (part_end, BRACKET_Y), (0, -BRACKET_ARM))
    words(axes, BAR_X, FAR_BASELINE, f"{part} {part_count}")


def draw_units(axes: Axes, x: float, count: int, colour: str) -> float:
    """Draw squares column after column from the lower edge of the figure; return where the last column ends."""
    for unit in range(count):
        column, row = divmod(unit, UNITS_A_COLUMN)
        box(axes, x + column * (UNIT + UNIT_GAP), row * (UNIT + UNIT_GAP), UNIT, UNIT, fill=colour, edge=None)
    return x + (column + 1) * (UNIT + UNIT_GAP) - UNIT_GAP
