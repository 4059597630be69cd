"""Coloured grounds cover at most 40 % of a page.

Why:  a tint sets a box apart from the text around it; where the page is all tint, nothing stands out.
Bad:  three boxes on sand, one above another, and no text between them.
Good: each box by the text that it belongs to, on a page of its own.

Pages that are coloured from edge to edge, such as dividers, are meant so. Colours within drawings are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Box, Extent, Pages

ID = "page-tint"
SEVERITY: Severity = "warning"
MOST_SHARE = 0.4


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for page in pages.pages:
        tinted = _outermost([box for box in page.boxes if box.has_ground])
        share = sum(map(_area, (box.extent for box in tinted))) / _area(page.sheet)
        if not page.has_ground and share > MOST_SHARE:
            what = f"page {page.number}: {share:.0%} of the page is tinted; {MOST_SHARE:.0%} is the most"
            yield Problem(tinted[-1].place, ID, what, "move a box to the text that it belongs to, on another page")


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """Leave out the boxes that lie on others."""
    return [
        box for box in boxes if not any(box.extent.beyond(other.extent) <= 0 for other in boxes if other is not box)
    ]


def _area(extent: Extent) -> float:
    return (extent.right - extent.left) * extent.height
