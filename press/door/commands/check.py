"""`build.py check`: the content read and checked, with `--pages` also what is laid out; or what the rules are."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.door.building import composed
from press.door.caching import add_cache, cache_of
from press.door.console import Console, print_out
from press.door.exit_codes import DONE, TO_MEND
from press.door.files import output_file
from press.door.telling import tell
from press.door.unchanged import outcome_unless_unchanged
from press.errors import Outcome, ReportError, did_you_mean
from press.outputs import FORMATS
from press.writers import WRITERS

if TYPE_CHECKING:
    from press.cache import Cache
    from press.checks.manual import Page
    from press.content.report import Report
    from press.pages import Pages

NAME = "check"
HELP = "read and check the content, make nothing"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text", help="for people, programs or CI (default: text)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where the problems go (default: stdout)")
    parser.add_argument("--pages", action="store_true", help="lay the report out, and check its pages too")
    add_cache(parser)
    telling = parser.add_mutually_exclusive_group()
    telling.add_argument("--rules", action="store_true", help="list the rules, and check nothing")
    telling.add_argument("--explain", type=_rule, metavar="RULE", help="print a rule's page in the manual")


def run(options: argparse.Namespace, console: Console) -> int:
    if options.rules or options.explain:
        from press.checks import RULES, manual

        print_out(f"{options.explain}\n" if options.explain else manual.listed(manual.pages(RULES)))
        return DONE
    target = output_file(options.output, options.project / "build") if options.output else None
    cache = cache_of(options, console)
    outcome, laid_out = outcome_unless_unchanged(options, cache, lambda: _checked(options, console, cache))
    tell(outcome, options, console, target)
    if options.pages and not laid_out:
        print("the pages are not checked: mend what stands above first", file=sys.stderr)
    return TO_MEND if outcome.has_errors else DONE


def _checked(options: argparse.Namespace, console: Console, cache: Cache) -> tuple[Outcome, bool]:
    """Read and check the content and, if that is asked for and there are no errors, its pages; tells whether it did."""
    from press.checks import run as run_checks
    from press.content.load import load

    outcome = Outcome(())
    try:
        report = load(options.project)
        outcome = run_checks(report)
        if options.pages and not outcome.has_errors:
            outcome = run_checks(report, _surveyed(report, console, cache))
            console.end_stage()
            return outcome, True
    except ReportError as error:
        outcome = replace(outcome, problems=tuple(sorted({*outcome.problems, *error.problems})))
    return outcome, False


def _surveyed(report: Report, console: Console, cache: Cache) -> Pages | None:
    """Lay out the full report and say what stands where on its pages."""
    from press.editions.edition import FULL

    with WRITERS[FULL.writer].typesetter(cache) as typesetter:
        document = composed(report, FULL, console, {}, cache)
        console.stage("typeset")
        surveyed = typesetter.typeset(document, console.detail, surveying=True).surveyed
    cache.prune()
    return surveyed


def _rule(name: str) -> Page:
    from press.checks import RULES, manual

    pages = {page.id: page for page in manual.pages(RULES)}
    if name not in pages:
        raise argparse.ArgumentTypeError(f"no rule is called {name!r}: {did_you_mean(name, pages, 'see --rules')}")
    return pages[name]
