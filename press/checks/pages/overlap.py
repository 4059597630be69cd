"""No text lies over other text, or over a picture.

Why:  neither of the two can be read.
Bad:  a margin note that reaches down into the next one; a column that runs into its neighbour.
Good: a note no longer than the text beside it leaves room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Box, Line, Page, Pages, quoted

ID = "overlap"
SEVERITY: Severity = "error"
TOLERANCE_MM = 0.2
MEND = "shorten the one that reaches too far, or move it to where there is room"


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for page in pages.pages:
        yield from dict.fromkeys(_on(page))


def _on(page: Page) -> Iterator[Problem]:
    """Yield a problem for the upper of two paragraphs that touch, named by the first of their lines that do."""
    told: set[tuple[int, int]] = set()
    for one, other in _level(page.lines):
        pair = (one.paragraph, other.paragraph)
        if pair not in told and one.extent.overlap(other.extent) > TOLERANCE_MM:
            told.add(pair)
            what = f"page {page.number}: {quoted(one.text)} and {quoted(other.text)} lie over each other"
            yield Problem(one.place, ID, what, MEND)
    # What stands in a drawing has been measured with its labels.
    for line in (line for line in page.lines if not line.is_in_drawing):
        pictures = (box for box in page.boxes if box.kind == "image" and not _stands_in(box, line))
        if any(line.extent.overlap(picture.extent) > TOLERANCE_MM for picture in pictures):
            yield Problem(line.place, ID, f"page {page.number}: {quoted(line.text)} lies over a picture", MEND)


def _level(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield the pairs of lines that stand at one height, in reading order: few of all pairs that a page has."""
    down = sorted(range(len(lines)), key=lambda number: lines[number].extent.top)
    pairs: list[tuple[int, int]] = []
    for at, one in enumerate(down, start=1):
        bottom = lines[one].extent.bottom
        beside = takewhile(lambda number, ends=bottom: lines[number].extent.top < ends, down[at:])  # type: ignore[misc]
        pairs += ((min(one, other), max(one, other)) for other in beside)
    return ((lines[one], lines[other]) for one, other in sorted(pairs))


def _stands_in(box: Box, line: Line) -> bool:
    """Tell whether a picture is one of a line's own, with words on both sides."""
    middle = (box.extent.top + box.extent.bottom) / 2
    return box.is_in_line and line.extent.top < middle < line.extent.bottom
