"""The door to the pipeline: arguments, the stages in order, problems printed, exit code.

    python build.py                 build the full report into build/report.pdf
    python build.py check           read and check the content, make nothing
    python build.py check --pages   lay the report out as well, and check its pages
    python build.py check --rules   list the rules; `--explain RULE` prints one's page
    python build.py --help          everything else

Problems go to stdout, progress and totals to stderr. Exit code 0: done. 1: the author has something to mend. 2: wrong
usage. 3: a fault of the engine, with its traceback. 130: stopped by an interrupt.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from press.door.files import Folder, named, output_file, output_folder
from press.door.streams import make_safe
from press.errors import Outcome, Place, Problem, ReportError, TypesetError, did_you_mean
from press.outputs import FORMATS, Screen, Sources, totals, write

if TYPE_CHECKING:
    from press.checks.manual import Page
    from press.content.report import Report
    from press.document import Document
    from press.editions.edition import Edition
    from press.editions.page_map import PageMap
    from press.pages import Pages
    from press.writers.pdf.sealed import Typesetter
    from press.writers.pdf.typeset import Typeset

HERE = Path(__file__).resolve().parent
DONE, TO_MEND, USAGE, OUR_FAULT, STOPPED = 0, 1, 2, 3, 130
STAGES = ("load", "check", "compose", "typeset")
_COMMAND = re.compile(r"`(?:python )?build\.py(?: [a-z][a-z-]*)?")
EPILOG = """\
Every command takes `--project DIR` (the publication's folder; default: this one) and `--quiet`;
`build.py COMMAND --help` tells of its other options. Without a command the full report is built.

A publication's figures are drawn by its own scripts, which run as programs with your rights:
read figures/*.py before you build what somebody else has sent.
"""
EDITION_NAME = re.compile(r"[a-z][a-z0-9-]*")
PAGE_MAP = "report.pages.json"
OWN_FOLDERS = ("html", "proofs")
"""What the engine makes in the folder that output goes into."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(arguments)
    console = Console(quiet=options.quiet)
    try:
        return _run(options, console)
    except UnprintableError as error:
        print(f"what was found cannot be written to the output: {error}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return TO_MEND
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; Python would complain once more on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except KeyboardInterrupt:
        console.wipe()
        print("stopped", file=sys.stderr)
        return STOPPED
    except Exception:
        traceback.print_exc()
        print(
            "\nThis is a fault of the engine, not of your content. Please report it with the lines above.",
            file=sys.stderr,
        )
        return OUR_FAULT


def _run(options: argparse.Namespace, console: Console) -> int:
    try:
        return COMMANDS.get(options.command, build)(options, console)
    except ReportError as error:
        _tell(Outcome(error.problems), options, console)
        return TO_MEND


def build(options: argparse.Namespace, console: Console) -> int:
    """Load, check, compose and typeset one edition, and write its PDF."""
    from press.editions.edition import FULL, edition_of

    options.folder = _folder(options)
    console.stage("load")
    report = _load(options)
    edition = edition_of(report, options.edition)
    console.stage("check")
    edition, waiting = _checked(report, edition, options, console)
    if options.until == "check":
        return DONE
    pages = {} if edition is FULL else full_pages(report, options, console).pages
    if options.until == "compose":
        _write_html(_compose(report, edition, console, pages), options.folder)
        return DONE
    _make(report, edition, options, console, pages)
    if waiting:
        what = (
            "1 statement of a short edition waits" if waiting == 1 else f"{waiting} statements of short editions wait"
        )
        console.note(_with_project(f"{what} to be read again: `python build.py approve`", options))
    return DONE


def full_pages(report: Report, options: argparse.Namespace, console: Console) -> PageMap:
    """Say where things stand in the full report: in the last one built of this content, or in one built now."""
    from press.editions.edition import FULL
    from press.editions.page_map import read_page_map, state_of

    document = _compose(report, FULL, console, {})
    known = read_page_map(options.output / PAGE_MAP, state_of(document))
    return known or _typeset(report, FULL, document, options, console)[1]


def _make(
    report: Report, edition: Edition, options: argparse.Namespace, console: Console, pages: Mapping[str, int]
) -> None:
    """Compose and typeset one edition, and write its PDF."""
    from press.writers.pdf.sealed import Typesetter

    with Typesetter() as typesetter:  # which makes ready while the figures are drawn
        _typeset(report, edition, _compose(report, edition, console, pages), options, console, typesetter)


def _typeset(
    report: Report,
    edition: Edition,
    document: Document,
    options: argparse.Namespace,
    console: Console,
    typesetter: Typesetter | None = None,
) -> tuple[Typeset, PageMap]:
    """Typeset what was composed and write its PDF; of the full report also where things stand in it."""
    from press.editions.edition import FULL
    from press.editions.page_map import PageMap, state_of
    from press.writers.pdf.sealed import Typesetter
    from press.writers.pdf.versions import set_by

    with nullcontext(typesetter) if typesetter is not None else Typesetter() as sealed:
        console.stage("typeset")
        result = sealed.typeset(document, console.detail)
    if result.problems:
        raise TypesetError(result.problems)
    _require_page_limit(report, edition, result.page_count)
    remark = f"the same content gives the same bytes where it is set by the same: {set_by()}"
    options.folder.write_with_checksum(edition.output, result.pdf, remark)
    where = PageMap(state_of(document), result.pages, result.places)
    if edition is FULL:
        options.folder.write(PAGE_MAP, where.to_json())
    console.done(f"{named(options.output / edition.output)}: {result.page_count} pages, {len(result.pdf) / 1e6:.1f} MB")
    return result, where


def _load(options: argparse.Namespace) -> Report:
    from press.content.load import load

    return load(options.project)


def _compose(report: Report, edition: Edition, console: Console, pages: Mapping[str, int]) -> Document:
    from press.compose.parts import compose
    from press.figures.scripts import saved_since

    console.stage("compose")
    document = compose(report, edition, console.detail, pages)
    saved = list(saved_since(report.project, report.scripts))
    if saved:
        raise ReportError(saved)
    return document


def _checked(report: Report, edition: Edition, options: argparse.Namespace, console: Console) -> tuple[Edition, int]:
    """Refuse a report with errors; returns the edition, as a draft if it must be, and how many statements wait.

    A statement that has to be read again stops the editions that print it, and no other.
    """
    from press.checks import run as run_checks
    from press.checks.spelling import is_unread
    from press.editions.approvals import RULE
    from press.editions.statements import printed_in, stale

    outcome = run_checks(report)
    waiting = list(stale(report)) if report.editions else []
    printed = printed_in(report, edition.content) if edition.content is not None else set()
    # A problem of the file of approvals itself stops every edition that has statements.
    stopped = [problem for key, problem in waiting if key in printed or (printed and not key)]
    others = [problem for problem in outcome.problems if problem.rule != RULE and not is_unread(problem)]
    errors = [problem for problem in others if problem.severity == "error"] + ([] if options.allow_stale else stopped)
    if errors:
        raise ReportError(sorted(errors))
    left = replace(outcome, problems=tuple(others))
    is_told = others and not console.quiet
    where = _with_project("(`build.py check` shows what)", options)
    console.sum_up(left, f"{totals(left)} {where}" if is_told else "")
    count = len({key for key, _ in waiting}) if edition.content is None else 0
    return (edition.as_draft() if stopped else edition), count


def _require_page_limit(report: Report, edition: Edition, page_count: int) -> None:
    """Refuse an edition that has become too long, and name what is longest in it."""
    if edition.content is None or page_count <= int(edition.content.limits.pages):
        return
    from press.editions.statements import longest

    limit = edition.content.limits.pages
    found = ", ".join(f"{key} ({words} words, {place})" for key, words, place in longest(report, edition.content))
    what = f"the edition has {page_count} pages, {page_count - int(limit)} more than {limit}"
    mend = f"shorten what is longest in it: {found}" if found else "leave some of it out"
    raise ReportError([Problem(edition.content.limits.place, "editions-whole", what, mend)])


def _write_html(document: Document, folder: Folder) -> None:
    for part in document.parts:
        folder.write(f"html/{part.id}.html", part.html.encode("utf-8"))
    folder.write("html/style.css", document.stylesheet.encode("utf-8"))


def _folder(options: argparse.Namespace) -> Folder:
    """Give the folder of the output; where one named with `--output` leads is the user's to say."""
    home = options.project if options.output == options.project / "build" else None
    return output_folder(options.output, home, OWN_FOLDERS)


def check(options: argparse.Namespace, console: Console) -> int:
    """Load and check, with `--pages` also what is laid out, and tell every problem; or tell of the rules."""
    from press.checks import RULES, manual
    from press.checks import run as run_checks
    from press.content.load import load

    if options.rules or options.explain:
        _print(f"{options.explain}\n" if options.explain else manual.listed(manual.pages(RULES)))
        return DONE
    target = output_file(options.output, options.project / "build") if options.output else None
    outcome = Outcome(())
    laid_out = False
    try:
        report = load(options.project)
        outcome = run_checks(report)
        if options.pages and not outcome.has_errors:
            outcome = run_checks(report, _surveyed(report, console))
            laid_out = True
            console.end_stage()
    except ReportError as error:
        outcome = replace(outcome, problems=tuple(sorted({*outcome.problems, *error.problems})))
    _tell(outcome, options, console, target)
    if options.pages and not laid_out:
        print("the pages are not checked: mend what stands above first", file=sys.stderr)
    return TO_MEND if outcome.has_errors else DONE


def _surveyed(report: Report, console: Console) -> Pages | None:
    """Lay out the full report and say what stands where on its pages."""
    from press.editions.edition import FULL
    from press.writers.pdf.sealed import Typesetter

    with Typesetter() as typesetter:
        document = _compose(report, FULL, console, {})
        console.stage("typeset")
        return typesetter.typeset(document, console.detail, surveying=True).surveyed


def make_proofs(options: argparse.Namespace, console: Console) -> int:
    """Build the copies that companies approve."""
    from press.compose.parts import language_of
    from press.editions.edition import FULL
    from press.editions.proofs import proof, require_known

    options.folder = _folder(options)
    if bool(options.companies) == options.all:
        print("name companies by their letters, or give --all", file=sys.stderr)
        return USAGE
    console.stage("load")
    report = _load(options)
    console.stage("check")
    options.allow_stale = True
    _checked(report, FULL, options, console)
    companies = [str(letter) for letter in report.settings.companies] if options.all else options.companies
    require_known(report, companies)
    where = full_pages(report, options, console)
    language = language_of(report)
    proofs = [proof(report, company, language, where) for company in companies]
    for edition in proofs:
        _make(report, edition, options, console, where.pages)
    return DONE


def approve(options: argparse.Namespace, console: Console) -> int:
    """Show what has changed below each statement that waits, and record that it holds."""
    from press.content.load import load
    from press.editions.approval import chosen, recorded, shown
    from press.editions.approvals import FILE
    from press.outputs.printable import printable

    report = load(options.project)
    waiting = chosen(report, options.ids)
    for claim in waiting:
        for line in shown(claim, options.project, shutil.get_terminal_size((120, 40)).columns):
            _print(f"{printable(line)}\n")
    if waiting and not options.yes and not _confirmed(f"Record that {len(waiting)} hold?"):
        print("nothing recorded; answer yes, or give --yes", file=sys.stderr)
        return TO_MEND
    if waiting or report.approvals or report.approvals_amiss:  # of what nothing states any more, none is left
        Folder(options.project).write(FILE, recorded(report, waiting).encode())
    console.done(f"{FILE}: {len(waiting)} recorded" if waiting else "every statement is approved as it stands")
    return DONE


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        return False
    print(f"{question} [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes", "j", "ja"}


def write_schemas(options: argparse.Namespace, console: Console) -> int:
    """Write the JSON Schemas for editors, and into each content file the lines that name its own.

    With `--check` nothing is written, and whatever is out of date is a problem.
    """
    from press.content.schema import FOLDER, content_files, schemas, with_modeline
    from press.content.strict_yaml import read_text

    wanted = {FOLDER / name: text for name, text in schemas().items()}
    for path, schema in content_files(options.project):
        wanted[path] = with_modeline(path, schema, read_text(path, named(path)))
    stale = [path for path, text in wanted.items() if not path.is_file() or read_text(path, named(path)) != text]
    if options.check:
        mend = "run `python build.py schema`"
        problems = [
            Problem(Place(named(path)), "schema", "this is not what `build.py schema` writes", mend) for path in stale
        ]
        if problems:
            raise ReportError(sorted(problems))
    for path in stale:
        home = FOLDER if path.parent == FOLDER else options.project
        Folder(home).write(path.relative_to(home).as_posix(), wanted[path].encode())
    console.done(f"{len(stale)} of {len(wanted)} files written")
    return DONE


class UnprintableError(Exception):
    """Standard output takes no more."""


class Console:
    """Progress: one living line for a person, plain lines for everything else, nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.live = sys.stderr.isatty()
        self.started = time.perf_counter()
        self.stage_started = self.started
        self.current = ""

    def stage(self, name: str) -> None:
        """Say that a stage begins, and how long the one before took."""
        self.end_stage()
        self.current = name
        self.stage_started = time.perf_counter()
        self._show(name)

    def detail(self, line: str) -> None:
        """Say what the stage is at."""
        if self.live:
            self._show(f"{self.current}: {line}")

    def done(self, line: str) -> None:
        """Say what came of it, and the whole time."""
        self.end_stage()
        if not self.quiet:
            print(f"{line} ({time.perf_counter() - self.started:.1f} s)", file=sys.stderr)

    def note(self, line: str) -> None:
        """Say something more, once it is done."""
        if not self.quiet:
            print(line, file=sys.stderr)

    def sum_up(self, outcome: Outcome, line: str) -> None:
        """Say what came of the checks, and, however quiet, which of them are switched off."""
        lines = [line] if line else []
        if outcome.switched_off:
            lines.append(f"switched off in content/report.yaml: {', '.join(outcome.switched_off)}")
        if lines:
            self.wipe()
            print(*lines, sep="\n", file=sys.stderr)

    def wipe(self) -> None:
        """Clear the living line, for something else to be printed."""
        if self.live and not self.quiet and self.current:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def end_stage(self) -> None:
        """Say how long the stage took that ends here."""
        if not self.current or self.quiet:
            return
        line = f"{self.current:<8} {time.perf_counter() - self.stage_started:5.2f} s"
        print(f"\r\x1b[K{line}" if self.live else line, file=sys.stderr)
        self.current = ""

    def _show(self, line: str) -> None:
        if self.live and not self.quiet:
            print(f"\r\x1b[K{line[:78]}", end="", file=sys.stderr, flush=True)


def _parser() -> _DefaultCommand:
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Build a publication from its structured sources.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--project", type=_project, default=HERE, metavar="DIR", help="the publication's folder (default: this one)"
    )
    common.add_argument("--quiet", action="store_true", help="print problems only")
    writing = argparse.ArgumentParser(add_help=False, parents=[common])
    writing.add_argument(
        "--output", type=Path, metavar="DIR", help="where the files go (default: build/ in the project)"
    )
    making = argparse.ArgumentParser(add_help=False, parents=[writing])
    making.add_argument(
        "--until", choices=STAGES[1:], default=STAGES[-1], help="stop after a stage; `compose` writes the HTML"
    )
    commands.add_parser("report", parents=[making], help="build the full report (the default)")
    short = commands.add_parser(
        "summary", parents=[making], help="build the short edition of this name, or any other in content/editions/"
    )
    short.add_argument(
        "--allow-stale", action="store_true", help="build a copy marked as a draft from statements not yet approved"
    )
    checking = commands.add_parser("check", parents=[common], help="read and check the content, make nothing")
    checking.add_argument(
        "--format", choices=FORMATS, default="text", help="for people, programs or CI (default: text)"
    )
    checking.add_argument("--output", type=Path, metavar="FILE", help="where the problems go (default: stdout)")
    checking.add_argument("--pages", action="store_true", help="lay the report out, and check its pages too")
    telling = checking.add_mutually_exclusive_group()
    telling.add_argument("--rules", action="store_true", help="list the rules, and check nothing")
    telling.add_argument("--explain", type=_rule, metavar="RULE", help="print a rule's page in the manual")
    approving = commands.add_parser(
        "approve", parents=[common], help="record that statements of short editions have been read and hold"
    )
    approving.add_argument("ids", nargs="*", metavar="ID", help="a statement or a section (default: all that wait)")
    approving.add_argument("--yes", action="store_true", help="record without asking")
    proofing = commands.add_parser("proof", parents=[writing], help="build a company's copy for its approval")
    proofing.add_argument("companies", nargs="*", metavar="LETTER", help="the letters that stand for companies")
    proofing.add_argument("--all", action="store_true", help="for every company")
    schemas = commands.add_parser("schema", parents=[common], help="write the JSON Schemas with which editors complete")
    schemas.add_argument("--check", action="store_true", help="write nothing; fail when one is out of date")
    return _DefaultCommand(parser, "report", commands)


class _DefaultCommand:
    """An argument parser that takes a command for granted when none is named."""

    def __init__(
        self,
        parser: argparse.ArgumentParser,
        default: str,
        commands: argparse._SubParsersAction[argparse.ArgumentParser],
    ) -> None:
        self.parser = parser
        self.default = default
        self.commands = commands

    def parse_args(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        given = list(sys.argv[1:] if arguments is None else arguments)
        if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help"}):
            given.insert(0, self.default)
        edition = given[0]
        if EDITION_NAME.fullmatch(edition) and edition not in self.commands.choices:
            given[0] = "summary"  # every short edition takes the same options
        options = self.parser.parse_args(given)
        if "output" in options and options.command != "check":
            options.edition = edition
            options.output = options.output or options.project / "build"
            options.allow_stale = getattr(options, "allow_stale", False)
        return options


def _project(text: str) -> Path:
    path = Path(text)
    if not (path / "content" / "report.yaml").is_file():
        raise argparse.ArgumentTypeError(f"{text} holds no publication: there is no content/report.yaml in it")
    return path.resolve()


def _rule(name: str) -> Page:
    from press.checks import RULES, manual

    pages = {page.id: page for page in manual.pages(RULES)}
    if name not in pages:
        raise argparse.ArgumentTypeError(f"no rule is called {name!r}: {did_you_mean(name, pages, 'see --rules')}")
    return pages[name]


def _tell(
    outcome: Outcome, options: argparse.Namespace, console: Console, target: tuple[Folder, str] | None = None
) -> None:
    """Write problems into the file named, or to stdout, and to stderr what they come to."""
    console.wipe()
    told = tuple(replace(problem, mend=_with_project(problem.mend, options)) for problem in outcome.problems)
    outcome = replace(outcome, problems=told)
    sources = Sources(options.project, _repository(options.project))
    text = write(getattr(options, "format", "text"), outcome, sources, None if target else _screen())
    if target is not None:
        folder, name = target
        folder.write(name, text.encode("utf-8"))
    else:
        _print(text)
    if not outcome.problems:
        console.done(totals(outcome))
    console.sum_up(outcome, totals(outcome) if outcome.problems else "")


def _with_project(text: str, options: argparse.Namespace) -> str:
    """Let the commands that a text names be those for this publication, where it is not the engine's own."""
    if options.project == HERE:
        return text
    return _COMMAND.sub(lambda match: f"{match[0]} --project {shlex.quote(named(options.project))}", text)


def _repository(project: Path) -> Path:
    """Give the top of the repository that a publication is in; without one the folder we are in, if that is above."""
    top = next((folder for folder in (project, *project.parents) if (folder / ".git").exists()), Path.cwd())
    return top if project.is_relative_to(top) else project


def _screen() -> Screen | None:
    """Describe the terminal that stdout is, if it is one."""
    is_coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Screen(shutil.get_terminal_size().columns, is_coloured) if sys.stdout.isatty() else None


def _print(text: str) -> None:
    """Print text as it is; letters that the output's encoding lacks are shown as their numbers."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), end="", flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnprintableError(error.strerror) from error


COMMANDS = {"check": check, "approve": approve, "proof": make_proofs, "schema": write_schemas}

if __name__ == "__main__":
    make_safe()
    sys.exit(main())
