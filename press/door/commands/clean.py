"""`build.py clean`: what was kept of former builds deleted, so that the next makes everything anew.

What was built stays; `make clean` takes that too.
"""

from __future__ import annotations

import argparse

from press.cache import Cache
from press.door.caching import add_folder
from press.door.console import Console
from press.door.exit_codes import DONE
from press.door.files import cache_folder, named

NAME = "clean"
HELP = "delete the cache; what was built stays"


def add_options(parser: argparse.ArgumentParser) -> None:
    add_folder(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    folder = cache_folder(options.cache, options.project)
    Cache(folder, warn=console.warn).clear()
    console.done(f"{named(folder)}: nothing is kept any more")
    return DONE
