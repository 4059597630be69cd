"""World map of the sixteen lighthouse companies in the network in January 2019, and the regions of all 44 a year later.

Whose data: the sixteen, their places and years are those of the World Economic Forum's and McKinsey's reports and
releases; the coordinates are GeoNames' to a tenth of a degree; the split of the 44 is the study's own. The outlines are
Natural Earth's (the note in each GeoJSON file tells what was done to them). The world is shown from 10 to 70° N, where
all of them lie, and Europe once more, larger. Nokia in Oulu came after the sixteen and is therefore an open ring.

Not to be read into it: a mark says where one site of a company lies, not how much is made there, and the place of
Uthmaniyah is approximate. The squares are counts by region: none stands for a certain company, and none can be traced
to a mark on the map.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from look import (
    AFTER_HEADING,
    AKSE,
    BLEKK,
    DATA_PT,
    FJORD,
    FULL_WIDTH,
    HAIR_PT,
    HVIT,
    KOBBER,
    KOBBER_MORK,
    LAND,
    LINE_PT,
    LINJE,
    Align,
    Numbers,
    Row,
    box,
    canvas,
    disc,
    half_capital,
    heading,
    lines,
    stroke,
    words,
)
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Bbox

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

    from press.figures import FigureData

HEIGHT = 119

# Half a turn from this meridian the map is cut: down the Bering Strait, where it parts no mainland.
WORLD_MERIDIAN_DEG = 9
WORLD_RADIUS = 38
# From 10° N to 70° N; to the left from the west of America, to the right over the sea, where words have room.
WORLD_BOTTOM = 73.5
WORLD = Bbox.from_bounds(0, WORLD_BOTTOM, FULL_WIDTH, 38.2)
WORLD_CENTRE = (70.5, WORLD_BOTTOM - 7.7)
TITLE_BASELINE = HEIGHT - 3

# Large enough for nine names and still inside the outline file, which ends at 42 and 62° N and at 24° E; it also ends
# at 12° W, but beyond that the window shows open sea only.
INSET = Bbox.from_bounds(0, 0, 92, 69)
INSET_CENTRE_DEG = (6, 52)
INSET_CENTRE = (60, 31.9)
INSET_RADIUS = 215

DOT, SMALL_DOT = 1.1, 0.7
RING = 1.3
# Between the end of a leader and its words, and from the uppermost words of a region to its name over them.
WORDS_GAP = 0.8
NAME_LETTERS = 34
LATER_LETTERS = 25

# The regions of all 44, each a row of squares, ten a line, under the name of the part that they belong to.
REGIONS_X, UNITS_X = 98, 125.5
UNITS_A_LINE = 10
UNIT, UNIT_GAP = 3.5, 1
REGION_GAP, PART_GAP = 2.6, 5.5
REGION_LETTERS = 30
# Fill and edge of those regions that do not stand out: L* 24, 57 and 82, and white has 100.
REGION_LOOKS = ((FJORD, None), (AKSE, None), (LINJE, AKSE))


def draw(data: FigureData) -> Figure:
    """Draw the world with its marks; below it, Europe enlarged to the left and all 44 to the right."""
    figure, axes = canvas(FULL_WIDTH, HEIGHT)
    heading(axes, 0, TITLE_BASELINE, data.labels["numbered"])
    draw_window(axes, WORLD, world_rings(data.shapes["land"]))
    draw_window(axes, INSET, rings_of(data.shapes["europe"], on_inset))
    draw_frame_of_inset(axes)
    for region, places in groupby(data.tables["lighthouses"], key=lambda place: place["region"]):
        draw_places(axes, str(region), list(places))
    for place in data.tables["later"]:
        draw_later_place(axes, place, data.labels["later"])
    draw_regions(axes, data.labels["all"], data.tables["regions"])
    return figure


def rings_of(shape: Mapping[str, Any], project: Callable[[Numbers, Numbers], Numbers]) -> list[Numbers]:
    rings = [np.array(ring) for polygon in shape["geometry"]["coordinates"] for ring in polygon]
    return [project(ring[:, 0], ring[:, 1]) for ring in rings]


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


def draw_window(axes: Axes, window: Bbox, rings: Sequence[Numbers]) -> None:
    """Fill rings (mm) inside a window as one shape, so that a ring inside another and turning the other way is a hole.

    The window has a hairline about it.
    """
    path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
    patch = PathPatch(path, facecolor=LAND, edgecolor="none", linewidth=0)
    axes.add_patch(patch)
    clip = Rectangle((window.x0, window.y0), window.width, window.height, transform=axes.transData)
    patch.set_clip_path(clip)
    box(axes, *window.bounds, fill="none", edge=AKSE, line_pt=HAIR_PT)


def draw_frame_of_inset(axes: Axes) -> None:
    """Draw the outline of the larger map on the world, and lines that lead down to that map."""
    x, y, width, height = INSET.bounds
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


def draw_places(axes: Axes, region: str, places: Sequence[Row]) -> None:
    """Set the marks of one region with their names, and over the uppermost of them what the region is called."""
    highest: tuple[float, float] | None = None
    for place in places:
        colour = FJORD if place["accent"] is None else KOBBER
        longitude, latitude = place["longitude"], place["latitude"]
        x, y = on_world(longitude, latitude)
        inset = on_inset(longitude, latitude)
        if INSET.contains(*inset):
            disc(axes, x, y, SMALL_DOT, fill=colour)
            x, y = inset
        end = draw_name(axes, place, x, y)
        disc(axes, x, y, DOT, fill=colour, edge=HVIT, line_pt=HAIR_PT)
        if highest is None or end[1] > highest[1]:
            highest = end
        is_inset = INSET.contains(*inset)
    name = f"{region} {len(places)}"
    if is_inset:
        heading(axes, INSET.x0 + 3, INSET.y1 - 5.5, name)
    elif highest is not None:
        heading(axes, highest[0] + WORDS_GAP, highest[1] - half_capital() + AFTER_HEADING, name)


def draw_name(axes: Axes, place: Row, x: float, y: float) -> tuple[float, float]:
    """Set company and place at the end of a leader from the mark; returns where it ends."""
    is_accent = place["accent"] is not None
    end_x, end_y = x + place["right_mm"], y + place["up_mm"]
    stroke(axes, [(x, y), (end_x, end_y)], colour=KOBBER if is_accent else AKSE)
    align: Align = "left" if place["right_mm"] >= 0 else "right"
    words_x = end_x + WORDS_GAP if align == "left" else end_x - WORDS_GAP
    lines(
        axes,
        words_x,
        end_y - half_capital(),
        # Without what the table adds in brackets.
        f"{place['company']}, {place['place'].partition(' (')[0]}",
        letters=place["letters"] or NAME_LETTERS,
        most=3,
        strong=is_accent,
        colour=KOBBER_MORK if is_accent else BLEKK,
        align=align,
    )
    return end_x, end_y


def draw_later_place(axes: Axes, place: Row, text: str) -> None:
    """Mark a place that is not one of the sixteen with an open ring on the world and words tied to it by a line."""
    x, y = on_world(place["longitude"], place["latitude"])
    stroke(axes, [(x, y), (x + 5, y)], colour=KOBBER)
    disc(axes, x, y, RING, fill=HVIT, edge=KOBBER, line_pt=DATA_PT)
    # The first line of the words is level with the ring.
    lines(axes, x + 6, y + half_capital(), text, letters=LATER_LETTERS, most=2, stand="top", colour=KOBBER_MORK)


def draw_regions(axes: Axes, text: str, regions: Sequence[Row]) -> None:
    """Draw one square a company, region under region, those of one part under its name and count."""
    last = lines(axes, REGIONS_X, 65, text, letters=REGION_LETTERS, most=2, strong=True, colour=FJORD)
    looks = iter(REGION_LOOKS)
    y, part = last - 8, None
    for region in regions:
        if region["part_of"] is not None and region["part_of"] != part:
            count = sum(int(each["count"]) for each in regions if each["part_of"] == region["part_of"])
            words(axes, REGIONS_X, y, f"{region['part_of']} {count}", strong=True)
            y -= PART_GAP
        part = region["part_of"]
        is_accent = region["accent"] is not None
        fill, edge = (HVIT, KOBBER) if is_accent else next(looks)
        indent = 0 if part is None else 3
        name = f"{region['region']} {region['count']}"
        colour = KOBBER_MORK if is_accent else BLEKK
        words(axes, REGIONS_X + indent, y, name, strong=is_accent, colour=colour)
        # The words are half-way up the squares.
        bottom = y + half_capital() - UNIT / 2
        last = draw_units(axes, bottom, int(region["count"]), fill, edge, DATA_PT if is_accent else LINE_PT)
        y -= bottom - last + UNIT + REGION_GAP


def draw_units(axes: Axes, y: float, count: int, fill: str, edge: str | None, line_pt: float) -> float:
    """Draw squares line after line from the lower edge `y` of the first; return the lower edge of the last."""
    for unit in range(count):
        line, column = divmod(unit, UNITS_A_LINE)
        x = UNITS_X + column * (UNIT + UNIT_GAP)
        box(axes, x, y - line * (UNIT + UNIT_GAP), UNIT, UNIT, fill=fill, edge=edge, line_pt=line_pt)
    return y - line * (UNIT + UNIT_GAP)
