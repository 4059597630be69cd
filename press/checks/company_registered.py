"""A learning example names a company of the register.

Why:  a letter that the register does not hold is a slip, or a company that has not approved its example.
Bad:  `company: P` where report.yaml lists A to O.
Good: `company: F`.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.blocks import Example
from press.errors import Problem
from press.report import Report

ID = "company-registered"


def check(report: Report) -> Iterator[Problem]:
    register = set(report.settings.companies)
    for _, block in report.blocks():
        if isinstance(block, Example) and block.company not in register:
            mend = f"choose one of {', '.join(sorted(register))}, or add it to `companies` in content/report.yaml"
            yield Problem(block.company.place, ID, f"the register holds no company {str(block.company)!r}", mend)
