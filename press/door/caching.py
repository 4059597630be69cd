"""The cache, as the commands use it: where it lies, and when it is done without."""

from __future__ import annotations

import argparse
import subprocess
from contextlib import suppress
from pathlib import Path

from press.cache import Cache
from press.door.console import Console
from press.door.files import cache_folder, named
from press.errors import ReportError

GIT_S = 5


def add_cache(parser: argparse.ArgumentParser) -> None:
    """Let a command say where what was made before is kept, or do without."""
    choice = parser.add_mutually_exclusive_group()
    add_folder(choice)
    choice.add_argument("--no-cache", action="store_true", help="make everything anew, and keep nothing")


def add_folder(parser: argparse._ActionsContainer) -> None:
    """Let a command take the folder of a cache."""
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="where what was made is kept (default: .cache/ in the project)"
    )


def cache_of(options: argparse.Namespace, console: Console) -> Cache:
    """Give the cache of a command; raises ReportError for a folder named by the user that cannot be one."""
    if getattr(options, "no_cache", False):
        return Cache(None)
    try:
        folder = cache_folder(options.cache, options.project)
    except ReportError as error:
        if options.cache is not None:
            raise
        console.warn(f"the build goes on without a cache: {error.problems[0]}")
        return Cache(None)
    if _is_in_git(folder):
        what = "somebody has put files of it into git, and nobody can tell what they are"
        console.warn(
            f"{named(folder)}: the build goes on without this cache: {what}; `git rm -r --cached` takes them out"
        )
        return Cache(None)
    return Cache(folder, warn=console.warn)


def _is_in_git(folder: Path) -> bool:
    """Tell whether git keeps anything of a cache: what comes with somebody's change is not what was made here."""
    with suppress(OSError, subprocess.TimeoutExpired):
        if folder.is_dir():
            command = ["git", "-C", str(folder), "ls-files", "--", "."]
            found = subprocess.run(command, capture_output=True, timeout=GIT_S, check=False)  # noqa: S603
            return bool(found.stdout)
    return False
