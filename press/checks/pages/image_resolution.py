"""A photograph has at least 300 points to the inch where it stands.

Why:  fewer are seen as squares and blurred edges in print.
Bad:  a picture of 600 points over the width of the body column.
Good: the same picture from the camera, or set smaller.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages

ID = "image-resolution"
SEVERITY: Severity = "warning"
LEAST_DPI = 300
MM_PER_INCH = 25.4


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for box in pages.boxes():
        # Half a point of tolerance: the width of a column is no whole number of inches.
        if box.dpi is not None and box.dpi < LEAST_DPI - 0.5:
            width = box.extent.right - box.extent.left
            needed = ceil(width / MM_PER_INCH * LEAST_DPI)
            what = f"page {box.page}: this picture has {box.dpi:.0f} points to the inch; {LEAST_DPI} are the least"
            yield Problem(box.place, ID, what, f"use a picture that is at least {needed} points wide")
