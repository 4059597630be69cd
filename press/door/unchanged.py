"""Nothing changed: what the last build wrote still stands, and what it or the checks said is said again.

A build goes by what lies in the project and in the engine, by what is installed and by how it was asked for; it asks
neither the clock nor the network. So a build of which all that is as it was, and whose files lie where it wrote them
with the bytes that it wrote, need not be made again. The cache has its record, under the hash of all that.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from press.cache import Cache, key_of
from press.door.console import Console
from press.door.files import ENGINE, SOURCES, THEME, Folder, named
from press.errors import Outcome, Place, Problem
from press.surroundings import DENYLIST, installed
from press.writers import WRITERS

KIND, CHECK_KIND = "build", "check"
OF_ENGINE = ("press", "templates", "build.py")
LEFT_OUT = "__pycache__"


def unless_unchanged(options: argparse.Namespace, console: Console, cache: Cache, build: Callable[[], Folder]) -> None:
    """Run a build, which gives the folder that it wrote into; or, if nothing has changed, say what it said."""
    before = "" if getattr(options, "timings", False) else state_of(options)  # where nothing is made, no time goes
    if before and (record := cache.get(KIND, before)) is not None:
        said = json.loads(record)
        if all(_hash_of(Path(path)) == digest for path, digest in said["written"].items()):
            for line in said["said"]:
                console.note(line)
            console.done("nothing has changed since it was built")
            return
    folder = build()
    # What was saved while the build ran may be in it or not.
    if before and state_of(options) == before:
        written = {str(folder.path / name): digest for name, digest in folder.written.items()}
        cache.put(KIND, before, json.dumps({"written": written, "said": console.said}).encode())


def outcome_unless_unchanged(
    options: argparse.Namespace, cache: Cache, check: Callable[[], tuple[Outcome, bool]]
) -> tuple[Outcome, bool]:
    """Run the checks, which give what they found and whether pages were among it; if nothing has changed, recall it."""
    before = state_of(options)
    if before and (record := cache.get(CHECK_KIND, before)) is not None:
        return _read(json.loads(record))
    outcome, laid_out = check()
    if before and state_of(options) == before:
        cache.put(CHECK_KIND, before, json.dumps({**asdict(outcome), "laid_out": laid_out}).encode())
    return outcome, laid_out


def state_of(options: argparse.Namespace) -> str:
    """Hash all that a build goes by; nothing where that cannot be told, since something is no plain file."""
    asked = {name: str(value) for name, value in vars(options).items() if not callable(value)}
    outside = os.environ.get(DENYLIST, "")
    own = (*sorted(SOURCES), THEME)
    folders = [*(options.project / name for name in own), *(ENGINE / name for name in OF_ENGINE)]
    try:
        files = [path for folder in folders for path in _files(folder)]
        hashes = [
            f"{path} {_leads_to(path)} {_hash_of(path)}" for path in [*files, *([Path(outside)] if outside else [])]
        ]
    except OSError:
        return ""
    writers = (writer.set_by() for writer in WRITERS.values())
    return key_of(
        json.dumps(asked, sort_keys=True),
        os.getcwd(),
        sys.version,
        *writers,
        *installed(),
        *hashes,
    )


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files below a folder; raises OSError for what is neither."""
    if path.is_dir() and not path.is_symlink():
        for each in sorted(path.iterdir()):
            if each.name != LEFT_OUT:
                yield from _files(each)
    elif path.is_file():
        yield path
    elif os.path.lexists(path):
        raise OSError(f"{named(path)} is neither a file nor a folder")


def _leads_to(path: Path) -> str:
    """Say where a link leads, which is refused where a file of the same bytes is not; nothing if it is none."""
    return os.readlink(path) if path.is_symlink() else ""


def _hash_of(path: Path) -> str:
    """Hash a file; nothing if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _read(record: dict[str, Any]) -> tuple[Outcome, bool]:
    """Give an outcome as it was before it was written down, and whether pages were checked."""
    accepted = tuple((_problem(each), reason) for each, reason in record["accepted"])
    problems = tuple(map(_problem, record["problems"]))
    return Outcome(problems, accepted, tuple(record["switched_off"]), tuple(record["ran"])), record["laid_out"]


def _problem(record: dict[str, Any]) -> Problem:
    return Problem(**{**record, "place": Place(**record["place"])})
