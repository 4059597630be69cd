"""No three lines in a row begin with the same word.

Why:  the eye comes back to the wrong one and skips a line, or reads one twice.
Bad:  three lines under each other that begin with «og».
Good: the same words, broken elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Line, Pages, columns

ID = "line-starts"
SEVERITY: Severity = "warning"
MOST = 2
_MARKS = "«»‹›()[].,:;!?–-"


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for paragraph in pages.paragraphs:
        for column in columns(paragraph):
            yield from _in(column)


def _in(column: tuple[Line, ...]) -> Iterator[Problem]:
    count, before = 0, ""
    for index, line in enumerate(column):
        word = line.text.split()[0].strip(_MARKS).casefold()
        count = count + 1 if word and word == before else 1
        before = word
        if count == MOST + 1:
            first = column[index - MOST]
            what = f"page {first.page}: {count} lines in a row begin with «{word}»"
            yield Problem(
                first.place, ID, what, "change a few words before them, so that one of the lines breaks elsewhere"
            )
