"""`build.py new DIR`: a small publication that builds at once, to be made one's own."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from press.door.console import Console
from press.door.exit_codes import DONE, TO_MEND
from press.door.files import Folder, holds_sources, named
from press.door.telling import tell, with_project
from press.errors import Place, Problem, ReportError

NAME = "new"
HELP = "write a small publication into an empty folder, to start from"
LANGUAGES = ("nb", "nn", "en")
PAPERS = ("a4", "letter")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="where it goes: a new folder, or an empty one")
    parser.add_argument("--title", default="", help="its title (default: one to change)")
    parser.add_argument("--language", choices=LANGUAGES, default="nb", help="bokmål, nynorsk or English (default: nb)")
    parser.add_argument("--paper", choices=PAPERS, default="a4", help="(default: a4)")


def run(options: argparse.Namespace, console: Console) -> int:
    from press.checks import run as run_checks
    from press.content.load import load
    from press.content.starter import TITLES, starter

    path = options.folder.resolve()
    _require_empty(path)
    title = options.title or TITLES[options.language]
    # The date of a publication is content; the day on which it was begun is as good a first one as any.
    files = list(starter(path, options.language, title, options.paper, date.today()))
    folder = Folder(path)
    for name, data in files:
        folder.write(name, data)
    options.project = path
    outcome = run_checks(load(path))
    if outcome.problems:  # only a title can have any
        tell(outcome, options, console)
    console.done(f"{named(path)}: {len(files)} files written")
    console.note(with_project("next: `build.py watch --open` shows it while you write, `build.py` builds it", path))
    return TO_MEND if outcome.has_errors else DONE


def _require_empty(path: Path) -> None:
    """Refuse a folder in which anything lies, or that is the engine's own."""
    what = ""
    if path.exists() and not path.is_dir():
        what = "this is a file, not a folder"
    elif path.is_dir() and any(path.iterdir()):
        what = "something lies in this folder already"
    elif holds_sources(path):
        what = "sources of the engine or of a publication lie here"
    if what:
        mend = "name a folder that is not there yet, or an empty one"
        raise ReportError([Problem(Place(named(path)), NAME, what, mend)])
