"""Headings go no deeper than four levels.

Why:  nobody keeps five levels in mind while reading, and type can hardly tell them apart.
Bad:  a section under a section under a section under a section of a chapter.
Good: the deepest become sections beside their parent, or paragraphs that begin with what they are about.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity

ID = "section-depth"
SEVERITY: Severity = "warning"
DEEPEST = 4


def check(report: Report) -> Iterator[Problem]:
    for section in report.walk():
        if section.level > DEEPEST:
            what = f"the section {section.id!r} stands {section.level} levels deep; {DEEPEST} are the most"
            yield Problem(section.place, ID, what, "move it up beside its parent, or make it paragraphs there")
