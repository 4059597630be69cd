"""Of the lines of running text, at most 16 in a hundred end in a hyphen.

Why:  each divided word costs the reader a moment, and a page with many has a frayed edge.
Bad:  every fourth line divided, as narrow columns and long words have it when each line is broken by itself.
Good: one in seven.

Last lines of paragraphs cannot be divided and are not counted, nor are headings, captions, notes and boxes in other
type. A hundred lines are the fewest of which a share can be told.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Line, Pages

ID = "hyphen-share"
SEVERITY: Severity = "warning"
MOST_SHARE = 0.16
FEWEST_LINES = 100


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    lines = [line for paragraph in pages.paragraphs for line in paragraph[:-1] if line.is_body and not line.is_heading]
    divided = [line for line in lines if line.ends_divided]
    if len(lines) < FEWEST_LINES or len(divided) <= MOST_SHARE * len(lines):
        return
    by_page: dict[int, list[Line]] = {}
    for line in divided:
        by_page.setdefault(line.page, []).append(line)
    page, there = max(by_page.items(), key=lambda each: (len(each[1]), -each[0]))
    share = f"{len(divided)} of {len(lines)} lines end in a hyphen; {int(MOST_SHARE * len(lines))} may"
    what = f"page {page}: {share}, and most do here, {len(there)}"
    yield Problem(there[0].place, ID, what, "change a few words where several lines near each other are divided")
