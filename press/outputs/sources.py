"""The lines of the project's files that problems are shown with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from press.door.files import THEME
from press.errors import Place

LARGEST_BYTES = 5_000_000


class Sources:
    """Reads the files that places name, each once, and none outside the project."""

    def __init__(self, project: Path, repository: Path | None = None) -> None:
        self._project = project.resolve()
        self._repository = (repository or project).resolve()
        self._lines = cache(self._read)

    def line(self, place: Place) -> str | None:
        """Give the line at a place; None if there is none to show."""
        lines = self._lines(place.file) if place.line else ()
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None

    def in_repository(self, place: Place) -> Place:
        """Give a place as CI names it: from the top of the repository, in which the publication may be a folder."""
        top, _, name = place.file.partition("/")
        is_ours = (
            place.file == THEME
            or top in {"content", "figures", "fonts"}
            or (top == "templates" and name and (self._project / place.file).exists())
        )
        if not is_ours or not self._project.is_relative_to(self._repository):
            return place
        return replace(place, file=(self._project.relative_to(self._repository) / place.file).as_posix())

    def _read(self, file: str) -> tuple[str, ...]:
        try:
            path = (self._project / file).resolve()
            is_ours = path.is_relative_to(self._project) and path.is_file() and path.stat().st_size <= LARGEST_BYTES
            # Bytes, as `read_text` would take a lone carriage return for the end of a line.
            return tuple(path.read_bytes().decode("utf-8-sig", "replace").split("\n")) if is_ours else ()
        except (OSError, RuntimeError, ValueError):
            return ()
