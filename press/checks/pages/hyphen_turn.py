"""No word is divided by the turn of a page.

Why:  a reader must keep half a word in mind while leafing.
Bad:  «felles ekspe-» at the foot of a page and «rimenter» overleaf.
Good: the whole word on either page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages, quoted

ID = "hyphen-turn"
SEVERITY: Severity = "warning"


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for paragraph in pages.paragraphs:
        for line, following in pairwise(paragraph):
            if line.ends_divided and following.page != line.page:
                word = f"{line.text.split()[-1]}{following.text.split()[0]}"
                what = f"page {line.page}: {quoted(word)} goes on on page {following.page}"
                yield Problem(line.place, ID, what, "change a few words before it, so that the line ends elsewhere")
