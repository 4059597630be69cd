"""The checks, in running order. One rule, one file; each module's docstring is its page in the manual.

A check module has `ID` and `check(report)`, which yields problems and changes nothing. To add one: its file here and
its line in `CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from press.checks import (
    approved,
    company_registered,
    editions_whole,
    facts_used,
    figure_cited,
    figure_complete,
    files_used,
    ids_unique,
    language_known,
    prose_marks,
    quote_in_text,
    references_known,
)
from press.errors import Problem
from press.report import Report

CHECKS: tuple[tuple[str, Callable[[Report], Iterator[Problem]]], ...] = (
    (ids_unique.ID, ids_unique.check),
    (language_known.ID, language_known.check),
    (files_used.ID, files_used.check),
    (prose_marks.ID, prose_marks.check),
    (references_known.ID, references_known.check),
    (facts_used.ID, facts_used.check),
    (figure_complete.ID, figure_complete.check),
    (figure_cited.ID, figure_cited.check),
    (quote_in_text.ID, quote_in_text.check),
    (company_registered.ID, company_registered.check),
    (editions_whole.ID, editions_whole.check),
    (approved.ID, approved.check),
)


def check(report: Report) -> list[Problem]:
    """Run every check; returns all problems, by file and line."""
    return sorted({problem for _, run in CHECKS for problem in run(report)})
