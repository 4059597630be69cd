"""How far two colours stand apart (WCAG 2.2, 1.4.3), and how far text must from its ground."""

from __future__ import annotations

from collections.abc import Sequence

LEAST, LEAST_OF_LARGE = 4.5, 3.0
LARGE_PT, LARGE_BOLD_PT, BOLD = 18, 14, 700


def contrast(one: Sequence[float], other: Sequence[float]) -> float:
    """Give the contrast ratio of two colours, each red, green and blue from 0 to 1: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(size_pt: float, weight: int) -> float:
    """Give the least contrast of text of a size and weight."""
    is_large = size_pt >= (LARGE_BOLD_PT if weight >= BOLD else LARGE_PT)
    return LEAST_OF_LARGE if is_large else LEAST


def _luminance(colour: Sequence[float]) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4) for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
