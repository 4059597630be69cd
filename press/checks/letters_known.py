"""Every letter is one that the typefaces have.

Why:  one that they lack would be drawn with whatever font the machine has, or as an empty box; the build refuses it
      (`glyph`), and here it is told at its letter.
Bad:  a word in Chinese or Arabic, a picture of a face.
Good: the letters of European languages, Sámi and Polish among them, Greek ones, and signs such as ≤, ×, ½ and →.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from press.content.report import Report
from press.errors import Problem, Severity
from press.fonts import FACES, characters

ID = "letters-known"
SEVERITY: Severity = "error"
NEEDED = True
# Whatever typeface it is, these are in it; so most texts need no look into the fonts.
_UNCOMMON = re.compile("[^\n\\x20-\\x7e\u00a0-\u017f–—‘’“”„†•…‹›€™−]")


def check(report: Report) -> Iterator[Problem]:
    for _, text in report.texts():
        if text.isascii():
            continue
        for match in _UNCOMMON.finditer(text):
            if match[0] not in _known():
                what = f"no bundled typeface has «{match[0]}» (U+{ord(match[0]):04X})"
                yield Problem(text.place_of(match.start()), ID, what, "write it in letters, or leave it out")


@cache
def _known() -> frozenset[str]:
    return frozenset().union(*(characters(*face.key) for face in FACES))
