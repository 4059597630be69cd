"""No heading stands alone, or over a single line, at the foot of a page or column.

Why:  a heading belongs to what comes below it; on another page it announces nothing.
Bad:  a heading as the last line of a page, and its section overleaf.
Good: two lines at least below it, or the heading on the next page.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Line, Pages, quoted

ID = "heading-low"
SEVERITY: Severity = "warning"
FEWEST_LINES = 2


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    parts: dict[str, list[Line]] = {}
    for page in pages.pages:
        parts.setdefault(page.part, []).extend(page.flow)
    for lines in parts.values():
        for index, line in enumerate(lines):
            following = lines[index + 1 : index + 1 + FEWEST_LINES]
            if not line.is_heading or (following and following[0].paragraph == line.paragraph):
                continue
            below = next((n for n, each in enumerate(following) if not _is_below(each, line)), FEWEST_LINES)
            if below < FEWEST_LINES:
                what = f"page {line.page}: the heading {quoted(line.text)} has {below or 'no'} line below it"
                mend = "shorten or lengthen the text before it, so that it moves to what it announces"
                yield Problem(line.place, ID, what, mend)


def _is_below(line: Line, heading: Line) -> bool:
    return line.page == heading.page and line.extent.top >= heading.extent.bottom
