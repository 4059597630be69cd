"""No page is under a third full.

Why:  a page with three lines on it looks like a mistake, and is one: the text before it is a little too long.
Bad:  the last two lines of a chapter alone on a page.
Good: a chapter shortened, or lengthened, by a few lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Page, Pages

ID = "page-fill"
SEVERITY: Severity = "warning"
LEAST = 1 / 3


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for page in pages.pages:
        if not page.has_ground and (filled := _filled(page)) < LEAST:
            what = f"page {page.number}: only {filled:.0%} of the page is filled"
            yield Problem(page.place, ID, what, "shorten the text before it by these lines, or add to it")


def _filled(page: Page) -> float:
    """Tell how far down the type area the page is filled, from 0 to 1; footnotes do not count."""
    ends = [line.extent.bottom for line in page.flow] + [box.extent.bottom for box in page.boxes]
    return (max(ends, default=page.area.top) - page.area.top) / page.area.height
