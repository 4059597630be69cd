"""At most one paragraph in a hundred ends in a line of one short word.

Why:  a word of less than eight letters leaves a gap in the page; a few cannot be helped, many look careless.
Bad:  a paragraph whose last line is «til.».
Good: two words on the last line, or none.

As long as there are more, each is shown. Paragraphs and items of lists count if they have several lines; cells,
captions and headings do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Line, Pages, quoted

ID = "last-line"
SEVERITY: Severity = "note"
MOST_SHARE = 0.01
FEWEST_LETTERS = 8
TAGS = {"p", "li"}


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    long = [paragraph for paragraph in pages.paragraphs if len(paragraph) > 1 and paragraph[0].tag in TAGS]
    ends = [paragraph[-1] for paragraph in long if _is_short(paragraph[-1])]
    if len(ends) <= MOST_SHARE * len(long):
        return
    for line in ends:
        what = f"page {line.page}: a paragraph ends in a line of one word, {quoted(line.text)}"
        share = f"{len(ends)} of {len(long)} do, {int(MOST_SHARE * len(long))} may"
        yield Problem(
            line.place, ID, f"{what} ({share})", "change a few words, so that the line is filled or not needed"
        )


def _is_short(line: Line) -> bool:
    words = line.text.split()
    return len(words) == 1 and sum(letter.isalnum() for letter in words[0]) < FEWEST_LETTERS
