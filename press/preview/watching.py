"""Watching: says when something that a publication is made from was saved.

Editors save in many ways: in place, by a new file renamed onto the old one, with a copy set aside first. So it is never
asked what happened to which file; what counts is that the folders are quiet again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

from watchfiles import DefaultFilter, awatch

from press.door.files import SOURCES, THEME

WATCHED = (*sorted(SOURCES), THEME)
QUIET_MS = 40
"""So long nothing may have happened before a save counts as whole."""
LATEST_MS = 400
"""So late a build begins at the latest, whatever else goes on."""
LOOK_AROUND_MS = 1000
"""So often it is seen whether a whole folder came, went or was exchanged, which its own watch cannot tell."""


class _Sources(DefaultFilter):
    """Leaves out what editors and systems keep beside the files they write."""

    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^4913$", r"^\.", r"^#.*#$", r"\.tmp$", r"\.bak$")


async def saves(project: Path, stop: asyncio.Event) -> AsyncIterator[None]:
    """Yield each time that sources were changed and are quiet again, until told to stop."""
    is_polling = False
    while not stop.is_set():
        folders = _folders(project)
        watch = awatch(
            *(project / name for name in folders),
            watch_filter=_Sources(),
            debounce=LATEST_MS,
            step=QUIET_MS,
            stop_event=stop,
            rust_timeout=LOOK_AROUND_MS,
            yield_on_timeout=True,
            ignore_permission_denied=True,
            force_polling=is_polling or None,
        )
        try:
            async with aclosing(watch):
                async for changes in watch:
                    is_other = _folders(project) != folders
                    if changes or is_other:
                        yield
                    if is_other:
                        break
        except FileNotFoundError:  # a folder went just now
            await asyncio.sleep(LOOK_AROUND_MS / 1000)
            yield
        except OSError:
            if is_polling:
                raise
            is_polling = True  # the system watches as many files as it is allowed to; we look ourselves


def _folders(project: Path) -> dict[str, tuple[int, int]]:
    """Give those of the folders that are there, and which ones they are."""
    found = {}
    for name in WATCHED:
        try:
            status = (project / name).stat()
        except OSError:
            continue
        found[name] = (status.st_dev, status.st_ino)
    return found
