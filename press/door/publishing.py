"""What the commands that build an edition share: options, stages, and nothing done where nothing has changed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

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
from press.door.files import Folder
from press.door.unchanged import unless_unchanged

if TYPE_CHECKING:
    from press.content.report import Report
    from press.editions.edition import Edition


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let a command say where its files go, what is kept, where the time went, and stop after a stage."""
    add_output(parser)
    add_cache(parser)
    add_timings(parser)
    add_until(parser)


def run(options: argparse.Namespace, console: Console, build: Callable[[], Folder]) -> int:
    """Build, which gives the folder that was written into, unless nothing has changed since."""
    if getattr(options, "until", STAGES[-1]) == STAGES[-1]:
        unless_unchanged(options, console, cache_of(options, console), build)
    else:
        build()
    return DONE


def build_edition(
    options: argparse.Namespace,
    console: Console,
    chosen: Callable[[Report], Edition],
    with_more: Callable[[Build, Edition], Edition] = lambda build, edition: edition,
    *,
    allow_stale: bool = False,
) -> Folder:
    """Build an edition, and the full report first if its pages are not known; `with_more` adds what comes of that."""
    build = begin(options, console)
    edition = checked(build, chosen(build.report), allow_stale=allow_stale)
    if options.until == "check":
        return build.folder
    where = full_pages(build)
    pages = {**where.places, **where.pages}
    edition = with_more(build, edition)
    if options.until == "compose":
        write_html(build, edition, pages)
    else:
        with typesetter_for(edition, build.cache) as typesetter:
            make(build, [edition], pages, typesetter)
    return build.folder
