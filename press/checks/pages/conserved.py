"""Every word of the content is on the pages once, in order, where it can be seen.

Why:  layout can drop text without a word: a footnote, a row, whatever runs out of a box of fixed height.
Bad:  a style that hides a paragraph, or cuts off its last lines.
Good: the same words on the pages as in the content, and in the PDF as on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages

ID = "conserved"
SEVERITY: Severity = "error"
NEEDED = True
FOUND_AS = {ID, "read-back"}
"""What `press.writers.pdf.typeset` calls it: lost in layout, and lost in the file."""


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    yield from (problem for problem in pages.problems if problem.rule in FOUND_AS)
