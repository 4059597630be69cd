"""Lines of running text stand at the same heights on every page.

Why:  lines that are level across a spread look calm, and those on the back of the paper do not show between them.
Bad:  a page where a table of an odd height has moved all that comes after it by half a line.
Good: the text after the table on the next line of the grid, as `--box-snap` in the style sheet has it.

One line in twenty may stand elsewhere. Where more do, each stretch of them is shown. The grid is the one that most
lines keep; headings, captions, notes, tables and boxes in other type are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Line, Page, Pages, quoted

ID = "off-grid"
SEVERITY: Severity = "warning"
MOST_SHARE = 0.05
NEGLIGIBLE_MM = 0.15
PT_PER_MM = 72 / 25.4


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    counted = [(page, line) for page in pages.pages if page.leading and not page.has_ground for line in _body(page)]
    if not counted:
        return
    usual, _ = Counter(round(_down(*each), 1) for each in counted).most_common(1)[0]
    off = [each for each in counted if abs(_aside(*each, usual)) > NEGLIGIBLE_MM]
    most = int(MOST_SHARE * len(counted))
    if len(off) <= most:
        return
    for page, lines in groupby(off, key=lambda each: each[0]):
        first, *others = (line for _, line in lines)
        aside = _aside(page, first, usual) * PT_PER_MM
        where = (
            f"{quoted(first.text)} stands {abs(aside):.1f} pt {'below' if aside > 0 else 'above'} the lines of the grid"
        )
        also = f", and {len(others)} more lines of the page" if others else ""
        what = f"page {page.number}: {where}{also} ({len(off)} of {len(counted)} do, {most} may)"
        yield Problem(
            first.place, ID, what, "in the style sheet, make what stands above it as high as a whole number of lines"
        )


def _body(page: Page) -> Iterator[Line]:
    yield from (line for line in page.flow if line.is_body and not (line.is_heading or line.is_in_drawing))


def _down(page: Page, line: Line) -> float:
    """Tell how far a base line lies below one of the lines that begin with the type area."""
    return (line.extent.bottom - page.area.top) % page.leading


def _aside(page: Page, line: Line, usual: float) -> float:
    """Tell how far a base line lies below the nearest line of the grid, less than 0 if above it."""
    return (_down(page, line) - usual + page.leading / 2) % page.leading - page.leading / 2
