"""No single line of a paragraph stands alone at the head or foot of a page or column.

Why:  a line by itself is overlooked, or read as a heading.
Bad:  the last line of a paragraph as the first of a page (a widow), or its first as the last (an orphan).
Good: two lines at least on either side of the turn.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages, columns, quoted

ID = "widow"
SEVERITY: Severity = "warning"


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for paragraph in pages.paragraphs:
        first, *others = columns(paragraph)
        if not others:
            continue
        for lines, which in ((first, "first"), (others[-1], "last")):
            if len(lines) == 1:
                line = lines[0]
                what = f"page {line.page}: the {which} line of a paragraph stands alone: {quoted(line.text)}"
                mend = "shorten or lengthen the paragraph, or one before it, by a line"
                yield Problem(line.place, ID, what, mend)
