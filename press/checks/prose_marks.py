"""Braces close, footnotes have their text, links are safe, and nothing looks like Markdown that prose does not have.

Why:  a mark that means nothing would be printed as it stands.
Bad:  "Se {figur-5.", "# Overskrift", "[her](http://…)", "ord.[^note]" without a `[^note]:` line.
Good: "Se {figur-5}.", a section of its own, "[her](https://…)", a footnote called once and written once.
"""

from __future__ import annotations

from collections.abc import Iterator

from press import prose
from press.errors import Problem, Severity
from press.report import Report

ID = "prose-marks"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    for text in report.prose():
        for problem in prose.problems(text):
            yield Problem(problem.place, ID, problem.what, problem.mend)
    for line in report.lines():
        for problem in prose.problems(line, is_prose=False):
            yield Problem(problem.place, ID, problem.what, problem.mend)
