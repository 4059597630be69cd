"""How far two colours stand apart (WCAG 2.2, 1.4.3), how far text must from its ground, and which colour would.

Source of the lightness, chroma and hue that `nearest` goes by: Björn Ottosson, «A perceptual color space for image
processing» (2020), OKLCH.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

LEAST, LEAST_OF_LARGE = 4.5, 3.0
LARGE_PT, LARGE_BOLD_PT, BOLD = 18, 14, 700
NEUTRAL = 0.03
"""Of less chroma than this is what passes for grey beside other colours."""
STEPS = 1000
"""Of lightness, from black to white."""


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Give the contrast ratio of two colours, each red, green and blue from 0 to 1: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(size_pt: float, weight: int) -> float:
    """Give the least contrast of text of a size and weight."""
    is_large = size_pt >= (LARGE_BOLD_PT if weight >= BOLD else LARGE_PT)
    return LEAST_OF_LARGE if is_large else LEAST


def channels(colour: str) -> tuple[float, float, float]:
    """Give red, green and blue of `#RRGGBB`, each from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def nearest(colour: str, passes: Callable[[str], bool]) -> str | None:
    """Find the colour of the same hue and of the nearest lightness that passes, as `#RRGGBB`; None if none does.

    Its chroma is the same too, as far as a screen can show that.
    """
    lightness, chroma, hue = _lch(channels(colour))
    for step in range(STEPS + 1):
        for lighter in (lightness - step / STEPS, lightness + step / STEPS):
            found = _shown(lighter, chroma, hue) if 0 <= lighter <= 1 else colour
            if passes(found):
                return found
    return None


@lru_cache(maxsize=256)
def turned(colour: str, ground: str) -> str:
    """Give the colour of the same hue that stands as far from a dark ground as this one does from white.

    Between colours that are turned alike there is the contrast that was between them, as far as light goes.
    """
    wanted = contrast(channels(colour), (1, 1, 1))
    _, chroma, hue = _lch(channels(colour))
    lightness, of_ground, tint = _lch(channels(ground))
    if chroma < NEUTRAL:  # as grey as the ground is, and no greyer
        chroma, hue = max(chroma, of_ground), tint
    least, most = lightness, 1.0
    for _ in range(16):
        middle = (least + most) / 2
        is_less = contrast(channels(_shown(middle, chroma, hue)), channels(ground)) < wanted
        least, most = (middle, most) if is_less else (least, middle)
    return _shown(most, chroma, hue)


def dark_ground(colour: str) -> str:
    """Give the ground of dark pages in the hue of a colour, as their style sheet has it."""
    return _shown(0.2, 0.02, _lch(channels(colour))[2])


def _luminance(colour: Sequence[float]) -> float:
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _lch(colour: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = map(_linear, colour)
    long, medium, short = (
        math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue),
        math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue),
        math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue),
    )
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short, math.hypot(a, b), math.atan2(b, a)


def _shown(lightness: float, chroma: float, hue: float) -> str:
    """Give a colour as `#RRGGBB`, with as much of its chroma as there is at this lightness."""
    least, most = 0.0, chroma
    if not _is_whole(_rgb(lightness, chroma, hue)):
        for _ in range(20):
            middle = (least + most) / 2
            least, most = (middle, most) if _is_whole(_rgb(lightness, middle, hue)) else (least, middle)
        chroma = least
    return "#" + "".join(f"{round(min(1, max(0, value)) * 255):02X}" for value in _rgb(lightness, chroma, hue))


def _is_whole(colour: Sequence[float]) -> bool:
    return all(-0.0001 <= value <= 1.0001 for value in colour)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, ...]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long, medium, short = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return tuple(
        12.92 * value if value <= 0.0031308 else 1.055 * float(abs(value) ** (1 / 2.4)) - 0.055 for value in linear
    )
