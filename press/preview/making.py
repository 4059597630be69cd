"""Making an edition again and again in one living process: pages and where things stand on them, or the problems.

Everything slow is kept between two builds: modules, what the cache keeps, where things stand in the full report, and a
typesetter that is ready before there is anything to typeset. Only `Maker.make` is asked by the rest of the preview, so
that whatever becomes faster below it becomes faster there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from press.cache import Cache
from press.checks import errors, page_errors
from press.checks import run as run_checks
from press.checks.spelling import is_unread
from press.compose.parts import compose
from press.content.load import load
from press.content.report import Report
from press.document import Document
from press.door.building import PAGE_MAP, require_page_limit, sorted_out
from press.editions.edition import FULL, WEB, Edition, edition_of
from press.editions.page_map import PageMap, read_page_map, state_of
from press.editions.proofs import proof, require_known
from press.errors import Problem, ReportError, TypesetError, in_order
from press.figures.scripts import saved_since
from press.pages import Pages
from press.preview.pictures import Keys
from press.words.language import language_of
from press.writers.pdf.sealed import Typesetter
from press.writers.pdf.typeset import Typeset
from press.writers.web.pages import Block
from press.writers.web.typeset import Typesetter as WebTypesetter

PROOF = "proof "
"""How the choice of a party's proof begins; its letter follows."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """An edition that could be built."""

    output: str
    """Name of its PDF in the output folder."""
    pdf: bytes
    pages: Pages
    """What stands where: by id, and by place in the content."""
    keys: tuple[str, ...]
    """One for each page; equal where two pages look the same."""
    problems: tuple[Problem, ...]
    """Warnings and notes on the content."""
    page_map: PageMap | None
    """Of the full report, where this is it."""
    report: Report

    @property
    def page_count(self) -> int:
        return len(self.keys)


@dataclass(frozen=True)
class Site:
    """A web edition that could be built, as it is shown; nothing of it is written."""

    files: Mapping[str, bytes]
    """By their paths. Elements of pages keep their places in the content."""
    blocks: tuple[Block, ...]
    """What stands where, page by page in reading order."""
    problems: tuple[Problem, ...]
    """Warnings and notes on the content."""
    report: Report

    @property
    def page_count(self) -> int:
        return sum(name.endswith(".html") for name in self.files)


@dataclass(frozen=True)
class Refused:
    """What keeps an edition from being built, and the warnings besides."""

    problems: tuple[Problem, ...]


@dataclass
class Maker:
    """Makes editions of the publication in a folder; leave it as a context, so that no process stays behind."""

    project: Path
    folder: Path
    """Where builds put their files; only the page map of the full report is read there."""
    cache: Cache
    """What was made before."""
    choices: tuple[str, ...] = (FULL.name,)
    """What can be chosen, as the content was when it could last be read."""
    _warnings: tuple[Problem, ...] = ()
    """What was found last that is no error."""
    _page_map: PageMap | None = None
    _keys: Keys = field(default_factory=Keys)
    _typesetter: Typesetter | None = None
    _of_web: WebTypesetter = field(init=False)

    def __post_init__(self) -> None:
        self._of_web = WebTypesetter(self.cache, is_marked=True)

    def __enter__(self) -> Maker:
        self._typesetter = Typesetter(cache=self.cache)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._typesetter is not None:
            self._typesetter.__exit__(None, None, None)
            self._typesetter = None

    def make(self, choice: str, progress: Progress = lambda line: None) -> Made | Site | Refused:
        """Build a choice from what is on the disk now: `report`, `web`, a short edition's name, or `proof A`.

        What `progress` raises ends the build, and nothing stays behind.
        """
        warnings: tuple[Problem, ...] = ()
        try:
            progress("load")
            report = load(self.project)
            self.choices = choices_of(report)
            progress("check")
            if choice == WEB.name:
                warnings = self._warnings
                return self._site(report, progress)
            warnings = self._warnings = self._checked(report)
            edition, where = self._edition(report, choice, warnings, progress)
            return self._made(report, edition, where, warnings, progress)
        except ReportError as error:
            return Refused(tuple(in_order({*warnings, *error.problems})))

    def on_pages(self, made: Made | Site) -> tuple[Problem, ...]:
        """Say what there was no time for: what finished pages of the full report show, warnings on the web edition."""
        if isinstance(made, Site):
            self._warnings = self._checked(made.report)
            return self._warnings
        return made.problems if made.page_map is None else self._checked(made.report, made.pages)

    @staticmethod
    def _checked(report: Report, pages: Pages | None = None) -> tuple[Problem, ...]:
        return tuple(each for each in run_checks(report, pages).problems if not is_unread(each))

    def _edition(
        self, report: Report, choice: str, problems: Sequence[Problem], progress: Progress
    ) -> tuple[Edition, PageMap | None]:
        """Give the edition of a choice, as a draft if it must be, and where things stand in the report it refers to."""
        edition = FULL if choice.startswith(PROOF) else edition_of(report, choice)
        stopped, others = sorted_out(report, edition, problems)
        if errors := [each for each in others if each.severity == "error"]:
            raise ReportError(errors)
        if choice == FULL.name:
            return FULL, None
        where = self._full_pages(report, progress)
        if choice.startswith(PROOF):
            party = choice.removeprefix(PROOF)
            require_known(report, [party])
            return proof(report, party, language_of(report), where), where
        return edition.as_draft() if stopped else edition, where

    def _full_pages(self, report: Report, progress: Progress) -> PageMap:
        document = self._composed(report, FULL, None, progress)
        state = state_of(document)
        if self._page_map is None or self._page_map.state != state:
            self._page_map = read_page_map(self.folder / PAGE_MAP, state)
        if self._page_map is None:
            result = self._typeset(report, document, progress)
            self._page_map = PageMap(state, result.pages, result.places)
        return self._page_map

    def _made(
        self,
        report: Report,
        edition: Edition,
        where: PageMap | None,
        problems: tuple[Problem, ...],
        progress: Progress,
    ) -> Made:
        document = self._composed(report, edition, where, progress)
        result = self._typeset(report, document, progress)
        assert result.surveyed is not None  # it was asked for  # noqa: S101
        require_page_limit(report, edition, result.page_count)
        if edition is FULL:
            self._page_map = where = PageMap(state_of(document), result.pages, result.places)
        return Made(
            edition.output,
            result.pdf,
            result.surveyed,
            self._keys.of(document, result.surveyed, result.pdf),
            problems,
            where if edition is FULL else None,
            report,
        )

    def _site(self, report: Report, progress: Progress) -> Site:
        """Make the web edition. The pages of the PDF that it names are those last known, if any are.

        Only what stops it is looked for first: its warnings are those of the build before, until there is time.
        """
        if found := errors(report):
            raise ReportError(found)
        where = self._page_map or read_page_map(self.folder / PAGE_MAP)
        document = self._composed(report, WEB, where, progress)
        progress("typeset")
        made = self._of_web.typeset(document, lambda line: progress(f"typeset: {line}"))
        return Site(made.contents, made.blocks, self._warnings, report)

    def _composed(self, report: Report, edition: Edition, where: PageMap | None, progress: Progress) -> Document:
        progress("compose")
        pages = where.pages if where else None
        document = compose(report, edition, lambda line: progress(f"compose: {line}"), pages, self.cache)
        if saved := list(saved_since(self.project, report.scripts)):
            raise ReportError(saved)
        return document

    def _typeset(self, report: Report, document: Document, progress: Progress) -> Typeset:
        progress("typeset")
        assert self._typesetter is not None  # the maker is a context  # noqa: S101
        result = self._typesetter.typeset(document, lambda line: progress(f"typeset: {line}"), surveying=True)
        self.cache.prune()
        if problems := page_errors(report, result.surveyed) if result.surveyed else result.problems:
            raise TypesetError(problems)
        return result


def choices_of(report: Report) -> tuple[str, ...]:
    """Name all that can be shown of a publication: what is printed on pages, and the web edition."""
    printed = [name for name in report.editions if edition_of(report, name).writer == FULL.writer]
    return (FULL.name, WEB.name, *printed, *(f"{PROOF}{letter}" for letter in report.settings.parties))
