"""Building: what the commands that make PDFs share. The stages in order, and then the files.

What WeasyPrint, matplotlib or pydantic are needed for is imported where it is used: a command that does without them
is not to wait for them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.door.caching import cache_of
from press.door.console import Console
from press.door.files import Folder, named, output_folder
from press.door.telling import with_project
from press.errors import Problem, ReportError, TypesetError
from press.outputs import totals
from press.writers import WRITERS

if TYPE_CHECKING:
    from press.cache import Cache
    from press.content.report import Report
    from press.document import Document
    from press.editions.edition import Edition
    from press.editions.page_map import PageMap
    from press.writers import Made, Typesetter

STAGES = ("load", "check", "compose", "typeset")
PAGE_MAP = "report.pages.json"
OWN_FOLDERS = ("html", "proofs", "web")
"""What the engine makes in the folder that output goes into."""


@dataclass(frozen=True)
class Build:
    """What is built, where it goes, and who is told."""

    report: Report
    folder: Folder
    console: Console
    cache: Cache
    """What was made before, by former builds or for another edition."""


def add_output(parser: argparse.ArgumentParser) -> None:
    """Let a command take a folder for its files."""
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="where the files go (default: build/ in the project)"
    )


def add_until(parser: argparse.ArgumentParser) -> None:
    """Let a command stop after a stage."""
    parser.add_argument(
        "--until", choices=STAGES[1:], default=STAGES[-1], help="stop after a stage; `compose` writes the HTML"
    )


def add_timings(parser: argparse.ArgumentParser) -> None:
    """Let a command say where the time went."""
    parser.add_argument(
        "--timings", action="store_true", help="tell where the time went: figures drawn, parts made (and why) or kept"
    )


def typesetter_for(edition: Edition, cache: Cache) -> AbstractContextManager[Typesetter]:
    """Start what typesets an edition, which makes ready while the content is read or the figures are drawn."""
    return WRITERS[edition.writer].typesetter(cache)


def begin(options: argparse.Namespace, console: Console) -> Build:
    """Load a publication; raises ReportError, also for a folder that no output may go into."""
    from press.content.load import load

    ours = options.project / "build"
    path = options.output or ours
    # Where a folder named with `--output` leads is the user's to say.
    folder = output_folder(path, options.project if path == ours else None, OWN_FOLDERS)
    console.stage("load")
    return Build(load(options.project), folder, console, cache_of(options, console))


def checked(build: Build, edition: Edition, *, allow_stale: bool = False) -> Edition:
    """Refuse a report in which `check` finds errors; returns the edition, as a draft if it must be.

    A statement that has to be read again stops the editions that print it, and no other.
    """
    from press.checks import run as run_checks
    from press.checks.spelling import is_unread

    report, console = build.report, build.console
    console.stage("check")
    outcome = run_checks(report)
    stopped, others = sorted_out(report, edition, outcome.problems)
    errors = [problem for problem in others if problem.severity == "error"] + ([] if allow_stale else stopped)
    if errors:
        raise ReportError(sorted(errors))
    others = [problem for problem in others if not is_unread(problem)]
    left = replace(outcome, problems=tuple(others))
    is_told = others and not console.quiet
    where = with_project("(`build.py check` shows what)", report.project)
    console.sum_up(left, f"{totals(left)} {where}" if is_told else "")
    return edition.as_draft() if stopped else edition


def sorted_out(report: Report, edition: Edition, problems: Sequence[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Give the statements printed in an edition that have to be read again, and what else `check` found."""
    from press.editions.statements import printed_in, stale

    waiting = {problem: key for key, problem in stale(report)} if report.editions else {}
    printed = printed_in(report, edition.content) if edition.content is not None else set()
    # A problem of the file of approvals itself, which has no key, stops every edition that has statements.
    stopped = [each for each in problems if each in waiting and printed and waiting[each] in {"", *printed}]
    return stopped, [problem for problem in problems if problem not in waiting]


def composed(report: Report, edition: Edition, console: Console, pages: Mapping[str, int], cache: Cache) -> Document:
    """Compose an edition; raises ReportError, also when a script was saved meanwhile."""
    from press.compose.parts import compose
    from press.figures.scripts import saved_since

    console.stage("compose")
    document = compose(report, edition, console.detail, pages, cache)
    saved = list(saved_since(report.project, report.scripts))
    if saved:
        raise ReportError(saved)
    return document


def write_html(build: Build, edition: Edition, pages: Mapping[str, int]) -> None:
    """Compose an edition, and write what would be typeset."""
    document = composed(build.report, edition, build.console, pages, build.cache)
    for part in document.parts:
        build.folder.write(f"html/{part.id}.html", part.html.encode("utf-8"))
    build.folder.write("html/style.css", document.stylesheet.encode("utf-8"))


def make(build: Build, editions: Sequence[Edition], pages: Mapping[str, int], typesetter: Typesetter) -> None:
    """Compose and typeset editions of one medium, and write their PDFs."""
    for edition in editions:
        document = composed(build.report, edition, build.console, pages, build.cache)
        _done(build, edition, _typeset(build, edition, document, typesetter))


def make_full(build: Build, typesetter: Typesetter) -> PageMap:
    """Compose and typeset the full report, and write its PDF and where things stand in it."""
    from press.editions.edition import FULL

    return _make_full(build, composed(build.report, FULL, build.console, {}, build.cache), typesetter)


def full_pages(build: Build, typesetter: Typesetter | None = None) -> PageMap:
    """Say where things stand in the full report: in the last one built of this content, or in one built now."""
    from press.editions.edition import FULL
    from press.editions.page_map import read_page_map, state_of

    document = composed(build.report, FULL, build.console, {}, build.cache)
    known = read_page_map(build.folder.path / PAGE_MAP, state_of(document))
    if known is not None:
        return known
    with nullcontext(typesetter) if typesetter else WRITERS[FULL.writer].typesetter(build.cache) as ready:
        return _make_full(build, document, ready)


def _make_full(build: Build, document: Document, typesetter: Typesetter) -> PageMap:
    from press.editions.edition import FULL
    from press.editions.page_map import PageMap, state_of

    result = _typeset(build, FULL, document, typesetter)
    where = PageMap(state_of(document), result.pages, result.places)
    build.folder.write(PAGE_MAP, where.to_json())
    _done(build, FULL, result)
    return where


def _typeset(build: Build, edition: Edition, document: Document, typesetter: Typesetter) -> Made:
    """Typeset what was composed, and write it; raises ReportError with whatever is wrong with it or its pages."""
    from press.checks import page_errors

    build.console.stage("typeset")
    result = typesetter.typeset(document, build.console.detail, surveying=True)
    build.console.explain(result.timings)
    if problems := page_errors(build.report, result.surveyed) if result.surveyed else result.problems:
        raise TypesetError(problems)
    require_page_limit(build.report, edition, result.page_count)
    remark = f"the same content gives the same bytes where it is set by the same: {WRITERS[edition.writer].set_by()}"
    files = result.files(edition.output)
    beside = f"{edition.output}/"
    within = {name.removeprefix(beside): content for name, content in files.items() if name.startswith(beside)}
    if within:
        build.folder.write_folder(edition.output, within, remark)
    for name, content in files.items():
        if not name.startswith(beside):
            build.folder.write_with_checksum(name, content, remark)
    return result


def _done(build: Build, edition: Edition, result: Made) -> None:
    build.cache.prune()
    path = named(build.folder.path / edition.output)
    size = sum(map(len, result.files(edition.output).values()))
    build.console.done(f"{path}: {result.page_count} pages, {size / 1e6:.1f} MB")


def require_page_limit(report: Report, edition: Edition, page_count: int) -> None:
    """Refuse an edition that has become too long, and name what is longest in it."""
    if edition.content is None or page_count <= int(edition.content.limits.pages):
        return
    from press.editions.statements import longest

    limit = edition.content.limits.pages
    found = ", ".join(f"{key} ({words} words, {place})" for key, words, place in longest(report, edition.content))
    what = f"the edition has {page_count} pages, {page_count - int(limit)} more than {limit}"
    mend = f"shorten what is longest in it: {found}" if found else "leave some of it out"
    raise ReportError([Problem(edition.content.limits.place, "editions-whole", what, mend)])
