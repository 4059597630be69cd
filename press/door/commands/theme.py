"""`build.py theme`: three pages that show what the theme makes of type and colours; the content is not printed."""

from __future__ import annotations

import argparse

from press.door.building import add_output, begin, make, typesetter_for
from press.door.caching import add_cache, cache_of
from press.door.console import Console
from press.door.exit_codes import DONE
from press.door.files import Folder
from press.door.unchanged import unless_unchanged

NAME = "theme"
HELP = "build three pages that show the type and the colours of theme.yaml"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    add_cache(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    unless_unchanged(options, console, cache_of(options, console), lambda: _built(options, console))
    return DONE


def _built(options: argparse.Namespace, console: Console) -> Folder:
    from press.editions.edition import FULL
    from press.editions.specimen import specimen
    from press.words.language import language_of

    with typesetter_for(FULL, cache_of(options, console)) as typesetter:
        build = begin(options, console)
        edition = specimen(build.report.theme, language_of(build.report))
        make(build, [edition], {}, typesetter)
    return build.folder
