"""A learning example tells of the company it is filed under.

Why:  a wrong letter gives one company's words to another, and can tell a reader who is who.
Bad:  `company: F` over a text that says «Bedrift G».
Good: the same letter in both; `about: Morselskapet til Bedrift A` where a box is about more than its company.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Example
from press.content.report import Report
from press.errors import Problem, Severity
from press.words.wording import company_names

ID = "box-own-company"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    named = company_names(report)
    if named is None:
        return
    for _, block in report.blocks():
        if not isinstance(block, Example) or block.about is not None:
            continue
        for text in (*block.lines(), *block.prose()):
            for match in named.finditer(text):
                if match[1] != block.company and match[1] in report.settings.companies:
                    what = f"the box of company {block.company} names company {match[1]}"
                    mend = "mend the letter, or say under `about:` whom the box is about"
                    yield Problem(text.place_of(match.start()), ID, what, mend)
