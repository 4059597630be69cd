"""What the figure scripts share: the palette, the canvas in millimetres, and the pieces that recur.

A script draws on a canvas whose data coordinates are millimetres of the printed page, origin at the lower left, so
that every length in it can be checked with a ruler on the print. Colours have the names of the design system; text
sizes are points at printed size and never go below `SMALLEST_PT`.
"""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

BLEKK = "#16222C"
SKIFER = "#4A5761"
FJORD = "#0B3C5D"
FJORD_LYS = "#2F6C93"
KOBBER = "#B5481A"
KOBBER_MORK = "#8F3610"
TANG = "#1E958C"
TANG_MORK = "#0F6B64"
RAV = "#E3A72F"
AKSE = "#7F8C96"
LINJE = "#C3CED6"
LAND = "#DDE4E9"
SAND = "#F8F3EA"
IS = "#EAF1F5"
HVIT = "#FFFFFF"

SMALLEST_PT = 7
MM_PER_INCH = 25.4


def canvas(width_mm: float, height_mm: float) -> tuple[Figure, Axes]:
    """Make a figure of the printed size with one frameless axes whose units are millimetres."""
    figure = Figure(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width_mm)
    axes.set_ylim(0, height_mm)
    return figure, axes


def box(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    fill: str = HVIT,
    edge: str = FJORD,
    line_pt: float = 0.8,
) -> Rectangle:
    """Draw a square-cornered box with its lower left corner at (x, y) mm."""
    patch = Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=line_pt)
    axes.add_patch(patch)
    return patch


def arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    colour: str = AKSE,
    both_ways: bool = False,
    curve: float = 0,
    dashed: bool = False,
    line_pt: float = 0.8,
) -> FancyArrowPatch:
    """Draw an arrow with a small filled head from `start` to `end` (mm); `curve` bends return paths."""
    head = "head_length=4.2,head_width=1.7"
    patch = FancyArrowPatch(
        start,
        end,
        arrowstyle=f"<|-|>,{head}" if both_ways else f"-|>,{head}",
        connectionstyle=f"arc3,rad={curve}",
        mutation_scale=1,
        shrinkA=0,
        shrinkB=0,
        color=colour,
        linewidth=line_pt,
        linestyle=(0, (3, 2)) if dashed else "solid",
        joinstyle="miter",
    )
    axes.add_patch(patch)
    return patch


def label(axes: Axes, x: float, y: float, words: str, *, size_pt: float = 8, strong: bool = False, **style: object) -> Text:
    """Set words at (x, y) mm, left aligned on the vertical middle unless `style` says otherwise."""
    if size_pt < SMALLEST_PT:
        raise ValueError(f"{words!r} is set in {size_pt} pt; nothing in a figure is smaller than {SMALLEST_PT} pt")
    settings: dict[str, object] = {"ha": "left", "va": "center", "linespacing": 1.25, "fontweight": 600 if strong else 400}
    settings.update(style)
    return axes.text(x, y, words, fontsize=size_pt, **settings)
