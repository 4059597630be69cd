"""No line and no box sticks out of its column, and nothing runs off the type area.

Why:  what sticks out touches its neighbour, hangs in the margin, or is cut off where the paper ends.
Bad:  a long word that cannot be divided in a narrow cell; a table wider than the page.
Good: text broken within its column, drawings no wider than their place.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages, quoted

ID = "overfull"
SEVERITY: Severity = "error"
TOLERANCE_MM = 0.3


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for line in pages.lines():
        if (beyond := line.extent.beyond(line.room)) > TOLERANCE_MM:
            what = f"page {line.page}: {quoted(line.text)} sticks out of its column by {beyond:.1f} mm"
            yield Problem(line.place, ID, what, _mend(line.text))
    for box in pages.boxes():
        # A row sticks out with its table.
        if box.kind != "row" and (beyond := box.extent.beyond(box.room)) > TOLERANCE_MM:
            what = f"page {box.page}: this {box.kind} ({box.name}) sticks out by {beyond:.1f} mm"
            yield Problem(box.place, ID, what, "make it smaller, or its words shorter, until it fits")


def _mend(words: str) -> str:
    if any(letter.isalpha() for letter in words):
        return "let its longest word be divided (content/hyphenation.yaml), or shorten it"
    return "write fewer digits, such as «300» with the word «millioner» in what stands beside it"
