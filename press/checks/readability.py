"""Sections that are hard to read are told, with how they have changed since the last release.

Why:  LIX (words a sentence plus the share of long words) shows where editing pays; it is a hint, no verdict. The last
      release stands in content/readability.yaml, which tools/readability.py writes.
Bad:  a section with LIX 62, «very difficult», whose sentences run over three lines.
Good: a section with LIX 45, as in good journalism.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.words.wording import readability, section_prose

ID = "readability"
SEVERITY: Severity = "note"
HARD_FROM = 55
FEWEST_WORDS = 100
"""Of a section that can be measured: a few long words move the figure of a short text."""


def check(report: Report) -> Iterator[Problem]:
    before = report.readability
    for section in report.walk():
        found = readability(section_prose(section))
        lix = round(found.lix)
        if found.words < FEWEST_WORDS or lix <= HARD_FROM:
            continue
        trend = ""
        if before is not None and section.id in before.lix:
            trend = f"; it was {before.lix[section.id]} in {before.release}"
        what = f"the section has LIX {lix}{trend}"
        mend = "divide long sentences, and write shorter words for long ones"
        yield Problem(section.content.title.place, ID, what, mend)
