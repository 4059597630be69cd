"""`build.py epub`: the EPUB, and the full report first where its pages are not known, which the EPUB lists."""

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

NAME = "epub"
HELP = "build the EPUB, for reading systems"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    add_cache(parser)
    add_timings(parser)
    add_until(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    if options.until == STAGES[-1]:
        unless_unchanged(options, console, cache_of(options, console), lambda: _built(options, console).folder)
    else:
        _built(options, console)
    return DONE


def _built(options: argparse.Namespace, console: Console) -> Build:
    from press.editions.edition import EPUB

    build = begin(options, console)
    checked(build, EPUB)
    if options.until == "check":
        return build
    where = full_pages(build)
    pages = {**where.places, **where.pages}
    if options.until == "compose":
        write_html(build, EPUB, pages)
    else:
        with typesetter_for(EPUB, build.cache) as typesetter:
            make(build, [EPUB], pages, typesetter)
    return build
