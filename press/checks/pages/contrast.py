"""Text stands out from its ground: 4.5 to 1, large text 3 to 1.

Why:  those who see poorly, and everyone in bad light, cannot read grey on grey (WCAG 2.2, 1.4.3, level AA).
Bad:  a light grey caption on a sand-coloured ground.
Good: dark ink on a light ground, or the other way about.

Large is from 18 points, or from 14 points in bold. Letters within drawings and over pictures are not
measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.errors import Problem, Severity
from press.pages import Colour, Pages, Tint, quoted
from press.report import Report

ID = "contrast"
SEVERITY: Severity = "error"
LEAST, LEAST_OF_LARGE = 4.5, 3.0
LARGE_PT, LARGE_BOLD_PT, BOLD = 18, 14, 700


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for page in pages.pages:
        for tint in page.tints:
            ratio, least = contrast(tint.colour, tint.ground), _least(tint)
            if ratio < least:
                # Cut, not rounded: 4.49 is not 4.5.
                shown = int(ratio * 100) / 100
                what = f"page {page.number}: {quoted(tint.text)} has a contrast of {shown} to 1; {least} is the least"
                mend = "choose a darker or a lighter colour for the text or its ground in the style sheet"
                yield Problem(tint.place, ID, what, mend)


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two colours as WCAG 2.2 defines it: 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4) for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _least(tint: Tint) -> float:
    is_large = tint.size_pt >= (LARGE_BOLD_PT if tint.weight >= BOLD else LARGE_PT)
    return LEAST_OF_LARGE if is_large else LEAST
