"""A learning example tells of the party it is filed under.

Why:  a wrong letter gives one party's words to another, and can tell a reader who is who.
Bad:  `party: F` over a text that says «Bedrift G».
Good: the same letter in both; `about: Morselskapet til Bedrift A` where a box is about more than its party.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Example
from press.content.report import Report
from press.errors import Problem, Severity
from press.words.wording import party_names

ID = "box-own-party"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    named = party_names(report)
    if named is None:
        return
    for _, block in report.blocks():
        if not isinstance(block, Example) or block.about is not None:
            continue
        for text in (*block.lines(), *block.prose()):
            for match in named.finditer(text):
                if match[1] != block.party and match[1] in report.settings.parties:
                    what = f"the box of party {block.party} names party {match[1]}"
                    mend = "mend the letter, or say under `about:` whom the box is about"
                    yield Problem(text.place_of(match.start()), ID, what, mend)
