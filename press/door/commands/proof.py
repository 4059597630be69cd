"""`build.py proof`: the copies that parties approve, and the full report first where its pages are not known."""

from __future__ import annotations

import argparse
import sys

from press.door import publishing
from press.door.building import add_output, add_timings, begin, checked, full_pages, make, typesetter_for
from press.door.caching import add_cache, cache_of
from press.door.console import Console
from press.door.exit_codes import USAGE
from press.door.files import Folder

NAME = "proof"
HELP = "build a party's copy for its approval"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    add_cache(parser)
    add_timings(parser)
    parser.add_argument("parties", nargs="*", metavar="LETTER", help="the letters that stand for parties")
    parser.add_argument("--all", action="store_true", help="for every party")


def run(options: argparse.Namespace, console: Console) -> int:
    if bool(options.parties) == options.all:
        print("name parties by their letters, or give --all", file=sys.stderr)
        return USAGE
    return publishing.run(options, console, lambda: _built(options, console))


def _built(options: argparse.Namespace, console: Console) -> Folder:
    from press.editions.edition import FULL
    from press.editions.proofs import proof, require_known
    from press.words.language import language_of

    with typesetter_for(FULL, cache_of(options, console)) as typesetter:
        build = begin(options, console)
        report = build.report
        checked(build, FULL)
        parties = [str(letter) for letter in report.settings.parties] if options.all else options.parties
        require_known(report, parties)
        where = full_pages(build, typesetter)
        language = language_of(report)
        make(build, [proof(report, party, language, where) for party in parties], where.pages, typesetter)
    return build.folder
