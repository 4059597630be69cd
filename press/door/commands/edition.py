"""`build.py NAME`: a short edition, and the full report first where its pages are not known.

`summary` stands for all of them in the help.
"""

from __future__ import annotations

import argparse

from press.door.building import (
    STAGES,
    Build,
    add_output,
    add_timings,
    add_until,
    begin,
    checked,
    full_pages,
    make,
    typesetter_for,
    write_html,
)
from press.door.caching import add_cache, cache_of
from press.door.console import Console
from press.door.exit_codes import DONE
from press.door.unchanged import unless_unchanged

NAME = "summary"
HELP = "build the short edition of this name, or any other in content/editions/"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    add_cache(parser)
    add_timings(parser)
    add_until(parser)
    parser.add_argument(
        "--allow-stale", action="store_true", help="build a copy marked as a draft from statements not yet approved"
    )


def run(options: argparse.Namespace, console: Console) -> int:
    if options.until == STAGES[-1]:
        unless_unchanged(options, console, cache_of(options, console), lambda: _built(options, console).folder)
    else:
        _built(options, console)
    return DONE


def _built(options: argparse.Namespace, console: Console) -> Build:
    from press.editions.edition import edition_of

    build = begin(options, console)
    edition = checked(build, edition_of(build.report, options.edition), allow_stale=options.allow_stale)
    if options.until == "check":
        return build
    pages = full_pages(build).pages
    if options.until == "compose":
        write_html(build, edition, pages)
    else:
        with typesetter_for(edition, build.cache) as typesetter:
            make(build, [edition], pages, typesetter)
    return build
