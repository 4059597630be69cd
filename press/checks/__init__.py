"""The checks, in running order. One rule, one file; each module's docstring is its page in the manual.

A check module has `ID`, `SEVERITY` (unless report.yaml sets another) and `check(report)`, which yields problems and
changes nothing; whatever it yields is told as this rule's. `NEEDED = True` says that nothing can be built, or may be,
with what it finds: it can then be neither set nor accepted. To add one: its file here and its line in `CHECKS`.
`pages/` holds the rules that need finished pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, cast

from press.checks import (
    anonymous,
    approved,
    box_own_party,
    callout_style,
    card_length,
    data_holds,
    editions_whole,
    fact_typed,
    fact_words,
    facts_known,
    facts_used,
    figure_cited,
    figure_complete,
    figure_drawable,
    files_used,
    glossary,
    house_forms,
    ids_unique,
    language_known,
    letters_known,
    name_forms,
    near_known,
    party_registered,
    placeholder,
    prose_marks,
    quote_in_text,
    quote_placed,
    readability,
    reference_typed,
    references_known,
    section_depth,
    section_empty,
    sentence_length,
    sentence_marks,
    settings_printed,
    sources_cited,
    sources_known,
    spelling,
    sums_hold,
    theme_contrast,
    typography,
    word_twice,
    words_needed,
)
from press.checks.acceptances import LIST_RULES, accept
from press.checks.acceptances import RULE as ACCEPTANCE
from press.checks.pages import PAGE_CHECKS, TAKEN_UP, PageRule
from press.content.report import OFF, Level, Report
from press.errors import Outcome, Problem, Severity, did_you_mean, in_order
from press.pages import Pages


class Rule(Protocol):
    """What the module of every rule has."""

    ID: str
    SEVERITY: Severity


class Check(Rule, Protocol):
    """What the module of a rule on content has."""

    def check(self, report: Report, /) -> Iterator[Problem]: ...


CHECKS: tuple[Check, ...] = (
    ids_unique,
    language_known,
    letters_known,
    theme_contrast,
    files_used,
    section_empty,
    section_depth,
    prose_marks,
    references_known,
    reference_typed,
    sources_known,
    sources_cited,
    facts_known,
    facts_used,
    fact_typed,
    fact_words,
    sums_hold,
    data_holds,
    figure_drawable,
    figure_complete,
    figure_cited,
    quote_placed,
    quote_in_text,
    near_known,
    party_registered,
    box_own_party,
    callout_style,
    anonymous,
    placeholder,
    typography,
    glossary,
    house_forms,
    name_forms,
    spelling,
    words_needed,
    word_twice,
    sentence_length,
    sentence_marks,
    settings_printed,
    readability,
    editions_whole,
    card_length,
    approved,
)
RULES: tuple[Rule, ...] = (*CHECKS, *PAGE_CHECKS)
"""Every rule, run or not."""
NEEDED = frozenset(rule.ID for rule in RULES if getattr(rule, "NEEDED", False))
"""Those that report.yaml cannot set and no comment can accept."""
SETTING = "severity"
MEND_NEEDED = "leave it out of `checks`, and mend what it finds: nothing is built with it"


def check(report: Report) -> list[Problem]:
    """Run every check; returns all problems, by file and line."""
    return list(run(report).problems)


def run(report: Report, pages: Pages | None = None) -> Outcome:
    """Run every check that is not switched off, those on pages if there are any, and settle what they found."""
    levels = _levels(report)
    checks = [rule for rule in CHECKS if levels[rule.ID] != OFF]
    page_checks = [rule for rule in PAGE_CHECKS if levels[rule.ID] != OFF] if pages is not None else []
    found = [problem.as_rule(rule.ID) for rule in checks for problem in rule.check(report)]
    if pages is not None:
        found += _found_on_pages(report, pages, page_checks)
    return settle(report, [*checks, *page_checks], found)


def errors(report: Report) -> list[Problem]:
    """Run the checks whose errors stop the report itself, and no others; returns the errors.

    Statements that wait to be read again stop only the short editions that print them.
    """
    levels = _levels(report)
    checks = [rule for rule in CHECKS if levels[rule.ID] == "error" and rule is not approved]
    found = [problem.as_rule(rule.ID) for rule in checks for problem in rule.check(report)]
    return [problem for problem in settle(report, checks, found).problems if problem.severity == "error"]


def page_errors(report: Report, pages: Pages) -> list[Problem]:
    """Give what is so wrong with finished pages, of whatever edition, that they are not to be built."""
    levels = _levels(report)
    page_checks = [rule for rule in PAGE_CHECKS if levels[rule.ID] == "error"]
    outcome = settle(report, page_checks, _found_on_pages(report, pages, page_checks))
    # What is amiss with acceptances `check` says: they are for the pages of the full report.
    return [each for each in outcome.problems if each.severity == "error" and each.rule not in {SETTING, ACCEPTANCE}]


def _found_on_pages(report: Report, pages: Pages, page_checks: Sequence[PageRule]) -> list[Problem]:
    found = [problem.as_rule(rule.ID) for rule in page_checks for problem in rule.check(report, pages)]
    return found + [problem for problem in pages.problems if problem.rule not in TAKEN_UP]


def settle(report: Report, ran: Sequence[Rule], found: Iterable[Problem]) -> Outcome:
    """Give problems the severities that report.yaml sets, and set aside what is accepted in place.

    `ran` are the rules that `found` them. An acceptance of any other rule is left in peace. What layout itself
    complains of belongs to no rule, and is an error.
    """
    levels = _levels(report)
    ids = tuple(rule.ID for rule in ran)
    stamped = {
        replace(problem, severity=cast(Severity, levels.get(problem.rule, problem.severity))) for problem in found
    }
    left, accepted, amiss = accept(report, stamped, ids, levels.keys(), NEEDED)
    unknown = [
        Problem(name.place, SETTING, f"there is no rule {str(name)!r}", did_you_mean(name, levels, LIST_RULES))
        for name in report.settings.checks
        if name not in levels
    ]
    unknown += [
        Problem(name.place, SETTING, f"what {str(name)!r} finds is always an error", MEND_NEEDED)
        for name, level in report.settings.checks.items()
        if name in NEEDED and level != "error"
    ]
    switched_off = tuple(name for name, level in levels.items() if level == OFF)
    return Outcome(tuple(in_order({*left, *amiss, *unknown})), accepted, switched_off, ids)


def _levels(report: Report) -> dict[str, Level]:
    """Tell how much each rule matters: as report.yaml sets it, otherwise by default."""
    settings: Mapping[str, Level] = {str(name): level for name, level in report.settings.checks.items()}
    return {rule.ID: rule.SEVERITY if rule.ID in NEEDED else settings.get(rule.ID, rule.SEVERITY) for rule in RULES}
