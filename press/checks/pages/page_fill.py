"""Pages are filled for seven tenths at least, but for the last of a part, and the one before if the last is a figure.

Why:  a page that ends half empty looks like a mistake, and paper is paid for. Only where a part ends may one, and
      one that lies on its side for a table or picture.
Bad:  a figure that does not fit, so that the page before it ends after three paragraphs.
Good: the figure after the paragraph that fills the page; boxes that may move (`near`) do so by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Place, Problem, Severity
from press.pages import Page, Pages

ID = "page-fill"
SEVERITY: Severity = "warning"
LEAST = 0.7
LISTS = "contents"
"""The part whose lists are made of what stands elsewhere."""
IN_SETTINGS = Place("content/report.yaml")
WITHOUT = (
    "write `leave_out: [lists]`, if the lists of figures and boxes are not needed; they begin where they fit whole"
)


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for page, following, later in zip(pages.pages, pages.pages[1:], (*pages.pages[2:], None), strict=False):
        is_last = following.part != page.part
        if later is None or later.part != following.part:
            is_last = is_last or _is_plate(following)
        lies = _lies(page) != _lies(pages.pages[0])  # with a table on its side, which nothing stands below
        if not page.has_ground and not is_last and not lies and (filled := _filled(page)) < LEAST:
            what = f"page {page.number}: only {filled:.0%} of the page is filled; {LEAST:.0%} is the least"
            mend = "move what stands first on the next page below a paragraph or two of the text after it"
            yield Problem(page.place, ID, what, mend) if page.part != LISTS else Problem(IN_SETTINGS, ID, what, WITHOUT)


def _lies(page: Page) -> bool:
    return page.sheet.right > page.sheet.bottom


def _is_plate(page: Page) -> bool:
    """Tell whether a page is a figure or a table."""
    return any(box.kind in {"figure", "table"} and box.extent.height > LEAST * page.area.height for box in page.boxes)


def _filled(page: Page) -> float:
    """Tell how far down the type area the page is filled, from 0 to 1; footnotes fill it from below."""
    ends = [line.extent.bottom for line in page.flow] + [box.extent.bottom for box in page.boxes]
    notes = [line.extent.top for line in page.lines if line.is_note]
    free = min(notes, default=page.area.bottom) - max(ends, default=page.area.top)
    return 1 - max(0.0, free) / page.area.height
