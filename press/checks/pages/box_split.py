"""No box, figure or row of a table is divided by the end of a page or column.

Why:  a box is read as one thing; half a row says something else than the whole.
Bad:  a learning example that begins on one page and ends on the next.
Good: the box on one page, and text in the room that it leaves.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Box, Pages

ID = "box-split"
SEVERITY: Severity = "error"
WHOLE = {"figure", "row", "box"}
"""Tables may go on over the page, between two rows."""


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    pieces: dict[int, list[Box]] = {}
    for box in pages.boxes():
        if box.kind in WHOLE:
            pieces.setdefault(box.element, []).append(box)
    areas = {page.number: page.area for page in pages.pages}
    for first, *others in pieces.values():
        if not others:
            continue
        last = others[-1]
        where = f"goes on on page {last.page}" if last.page != first.page else "goes on in the next column"
        height = sum(box.extent.height for box in (first, *others))
        fits = height <= areas[first.page].height
        mend = "give it `break-inside: avoid` in its style sheet" if fits else "shorten it: it is taller than a page"
        yield Problem(first.place, ID, f"page {first.page}: this {first.kind} ({first.name}) {where}", mend)
