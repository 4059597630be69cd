"""No more than two lines in a row end in a hyphen.

Why:  three hyphens one above another are a ladder that the eye slips on, and it loses its line.
Bad:  three lines that end in «representan-», «leverandør-» and «kunnskaps-».
Good: two at most, and then a line that ends in a whole word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages, columns

ID = "hyphen-ladder"
SEVERITY: Severity = "warning"
MOST = 2


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for paragraph in pages.paragraphs:
        for column in columns(paragraph):
            for divided, together in groupby(column, key=lambda line: line.ends_divided):
                lines = list(together)
                if divided and len(lines) > MOST:
                    ends = ", ".join(f"«{line.text.split()[-1]}»" for line in lines)
                    what = f"page {lines[0].page}: {len(lines)} lines in a row end in a hyphen: {ends}"
                    mend = "change a few words before them, so that one of the lines ends elsewhere"
                    yield Problem(lines[0].place, ID, what, mend)
