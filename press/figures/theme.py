"""What figures share with the pages they stand on: colours by their roles, and the widths of columns.

A script takes them from its data (`data.theme.colours["primary"]`), or imports them from here: while a publication's
figures are drawn, the names below have the values of its `theme.yaml`. matplotlib's own settings follow them too; a
project's `figures/report.mplstyle` is read after that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from press.fonts import SANS, SERIF, OwnFace, use_own

COLOURS: dict[str, str] = {
    "ink": "#16222C",
    "muted": "#4A5761",
    "primary": "#0B3C5D",
    "link": "#2F6C93",
    "accent": "#B5481A",
    "accent_dark": "#8F3610",
    "highlight": "#E3A72F",
    "line": "#C3CED6",
    "warm": "#F8F3EA",
    "cool": "#EAF1F5",
    "axis": "#7F8C96",
    "area": "#DDE4E9",
}
CYCLE = ("primary", "accent", "#1E958C", "highlight")
"""The colours of data where a theme names none: roles, or a colour of its own."""
SERIES: list[str] = [COLOURS.get(name, name) for name in CYCLE]
TEXT_WIDTH_MM = 170.0
"""The width of a page's text, both columns together."""
BODY_WIDTH_MM = 112.0


@dataclass(frozen=True)
class FigureTheme:
    """The part of a theme that figures go by."""

    colours: Mapping[str, str]
    series: tuple[str, ...]
    text_width_mm: float
    body_width_mm: float
    serif: str = SERIF
    sans: str = SANS
    faces: tuple[OwnFace, ...] = ()
    """Those of the publication's own."""


DEFAULT = FigureTheme(dict(COLOURS), tuple(SERIES), TEXT_WIDTH_MM, BODY_WIDTH_MM)


def use(theme: FigureTheme) -> None:
    """Give the names of this module the values of a theme, for scripts that import them from here on."""
    global TEXT_WIDTH_MM, BODY_WIDTH_MM
    COLOURS.update(theme.colours)
    SERIES[:] = theme.series
    TEXT_WIDTH_MM, BODY_WIDTH_MM = theme.text_width_mm, theme.body_width_mm
    use_own(theme.faces)


def settings_of(theme: FigureTheme) -> dict[str, Any]:
    """Give matplotlib's settings that follow from a theme."""
    ink, axis = theme.colours["ink"], theme.colours["axis"]
    inked = ("text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor")
    drawn = ("axes.edgecolor", "xtick.color", "ytick.color")
    cycle = ", ".join(repr(colour) for colour in theme.series)
    return {
        # The families of CSS by their general names.
        "font.family": [theme.sans],
        "font.sans-serif": [theme.sans],
        "font.serif": [theme.serif],
        **dict.fromkeys(("mathtext.cal", "mathtext.sf", "mathtext.tt"), theme.sans),
        **dict.fromkeys(inked, ink),
        **dict.fromkeys(drawn, axis),
        "grid.color": theme.colours["line"],
        "axes.prop_cycle": f"cycler('color', [{cycle}])",
    }
