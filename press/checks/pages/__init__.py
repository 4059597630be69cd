"""The rules on finished pages, in running order: `build.py check --pages` lays the report out for them.

As the other rules, but for `check(report, pages)`, which reads what `press.writers.pdf.typeset` surveyed. To add one:
its file here and its line in `PAGE_CHECKS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from press.checks.pages import (
    box_far,
    box_split,
    conserved,
    contrast,
    figure_far,
    figure_numbers,
    glyph,
    heading_low,
    hyphen_ladder,
    hyphen_share,
    hyphen_turn,
    image_resolution,
    last_line,
    line_starts,
    link_target,
    off_grid,
    overfull,
    overlap,
    page_fill,
    page_tint,
    tagged,
    widow,
)
from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages


class PageRule(Protocol):
    """What the module of a rule on pages has."""

    ID: str
    SEVERITY: Severity

    def check(self, report: Report, pages: Pages, /) -> Iterator[Problem]: ...


TAKEN_UP = {*conserved.FOUND_AS, glyph.ID}
"""What rules here take up of the problems of `press.writers.pdf.typeset`; the others stand by themselves."""
PAGE_CHECKS: tuple[PageRule, ...] = (
    conserved,
    glyph,
    overfull,
    overlap,
    box_split,
    contrast,
    image_resolution,
    tagged,
    link_target,
    figure_numbers,
    figure_far,
    box_far,
    page_fill,
    page_tint,
    off_grid,
    heading_low,
    widow,
    hyphen_turn,
    hyphen_ladder,
    hyphen_share,
    line_starts,
    last_line,
)
