"""Every statement of a short edition has been read by an editor together with what it rests on.

Why:  a summary goes stale without a word when the text below it changes.
Bad:  the section now says «fire av ti», and its `result` still «halvparten».
Good: the statement read again, mended if need be, and `python build.py approve datadeling.result`.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.editions.approvals import RULE
from press.editions.statements import stale
from press.errors import Problem, Severity

ID = RULE
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report) -> Iterator[Problem]:
    if report.editions:
        yield from (problem for _, problem in stale(report))
