"""No word stands twice in a row.

Why:  it is what cutting and pasting leaves behind, and eyes slide over it.
Bad:  "Bedriftene har har erfart …".
Good: "Bedriftene har erfart …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words.remembered import remembered
from press.words.wording import MARK, seen_words

ID = "word-twice"
SEVERITY: Severity = "warning"
# The second word is only looked at, for it can be the first of another pair.
_TWICE = re.compile(rf"(?<![\w-])([^\W\d_]+)(?=(?:[ {MARK}]|\n(?![ ]*\n))+(?P<second>\1)(?![\w-]))", re.IGNORECASE)


def check(report: Report) -> Iterator[Problem]:
    for kind, text in report.texts():
        yield from _amiss(text, kind)


@remembered
def _amiss(text: Located, kind: Kind) -> Iterator[Problem]:
    for match in _TWICE.finditer(seen_words(text, kind)):
        place = text.place_of(match.start("second"))
        yield Problem(place, ID, f"{match['second']!r} stands here a second time", "delete one of them")
