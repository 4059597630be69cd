"""What a drawing depends on: its key in the cache, part by part, so that it can be said why a figure is drawn anew.

A drawing depends on its script and what that imports, the style sheet, its data with the facts in its words, the
typefaces, and the program: our modules that draw (and no other, as `press.figures.sandbox` lets a script read), every
installed package, Python, and the time zones that dates may be in. matplotlib is not imported to ask.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import zoneinfo
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

from press.cache import Cache, key_of
from press.figures.drawing import OUR_STYLE, Drawing, FigureData, PageRoom
from press.figures.sandbox import OURS
from press.figures.scripts import STYLE, read_by_figures
from press.fonts import FACES
from press.surroundings import installed

KIND = "figure"
LAST = "figure-parts"
"""The kind of the entries that say of what a figure was made the last time, and why."""
NEVER = "it has not been drawn here before"
GONE = "what was kept of it is gone"
NOTHING_KEPT = "nothing is kept without a cache"

Parts = Mapping[str, str]
"""What a drawing depends on, by names for people; each with its hash, but for packages, whose names say it all."""


def sources(project: Path, figure_id: str) -> dict[str, bytes]:
    """Read the files that a figure's script is made of, and the style sheet: ours if the project has none."""
    files = {name: (project / name).read_bytes() for name in read_by_figures(project, [figure_id])}
    return files if STYLE in files else files | {STYLE: OUR_STYLE.read_bytes()}


def parts_of(figure_id: str, data: FigureData, files: Mapping[str, bytes], program: Parts) -> Parts:
    """Name everything that a drawing depends on, with its hash: what is the figure's own, and the program."""
    words = {f"the words {name}": _hash(text) for name, text in data.labels.items()}
    tables = {f"the table {name}": _hash(_canonical(rows)) for name, rows in data.tables.items()}
    shapes = {f"the shapes {name}": _hash(_canonical(shape)) for name, shape in data.shapes.items()}
    own = {name: _hash(content) for name, content in files.items()}
    # A script may go by the order that its data is declared in.
    order = {"the order of its data": _hash(_canonical([list(data.labels), list(data.tables), list(data.shapes)]))}
    look = _canonical(asdict(replace(data.theme, faces=())))
    theme = {"the theme": _hash(look + " ".join(f"{face.key} {face.file}" for face in data.theme.faces))}
    signs = {"how its language writes numbers": _hash(_canonical(asdict(data.signs)))}
    return {"its id": _hash(figure_id), **own, **words, **tables, **shapes, **order, **theme, **signs, **program}


def key_of_parts(parts: Parts) -> str:
    """Give the key of a drawing of these parts."""
    return key_of(*(text for item in sorted(parts.items()) for text in item))


def encoded(drawing: Drawing) -> bytes:
    """Give a drawing as bytes: its size, rooms for page numbers and numbers as JSON, an end of line, its SVG."""
    rooms = [[room.target, room.left_mm, room.down_mm] for room in drawing.page_rooms]
    size = {"width_mm": drawing.width_mm, "height_mm": drawing.height_mm, "page_rooms": rooms}
    size["numbers"] = drawing.numbers
    return json.dumps(size).encode("ascii") + b"\n" + drawing.svg


def decoded(content: bytes | None) -> Drawing | None:
    """Give the drawing that was encoded; None for what no drawing was ever encoded as."""
    size, _, svg = (content or b"").partition(b"\n")
    try:
        sides = json.loads(size)
        rooms = tuple(PageRoom(str(target), float(left), float(down)) for target, left, down in sides["page_rooms"])
        numbers = tuple((str(text), int(line)) for text, line in sides["numbers"])
        return Drawing(svg, float(sides["width_mm"]), float(sides["height_mm"]), rooms, numbers)
    except (ValueError, TypeError, KeyError):
        return None


class History:
    """What a figure was made of the last time."""

    def __init__(self, cache: Cache, project: Path, figure_id: str) -> None:
        self._cache = cache
        self._key = key_of(str(project), figure_id)
        content = cache.get(LAST, self._key)
        self.parts: Parts = {}
        self.why = ""
        with suppress(ValueError, TypeError):
            parts, why = json.loads(content or b"")
            self.parts, self.why = dict(parts), str(why)

    def changes(self, parts: Parts) -> list[str]:
        """Say what is not as it was the last time."""
        found = [f"{name} has changed" for name in parts if self.parts.get(name, parts[name]) != parts[name]]
        found += [f"{name} is new" for name in parts if name not in self.parts]
        return found + [f"{name} is no longer there" for name in self.parts if name not in parts]

    def reason(self, parts: Parts) -> str:
        """Say why a figure that is made of these parts has to be drawn."""
        if self._cache.folder is None and not self.parts:
            return NOTHING_KEPT
        return (", ".join(self.changes(parts)) or GONE) if self.parts else NEVER

    def record(self, parts: Parts, why: str) -> None:
        if (dict(parts), why) != (self.parts, self.why):
            self._cache.put(LAST, self._key, json.dumps([parts, why]).encode("ascii"))


def program_parts() -> Parts:
    """Name what is the same for every figure, as it is now: while a process lives, somebody may install another."""
    modules = hashlib.sha256()
    for path in OURS:
        modules.update(f"{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    faces = key_of(*(path.read_bytes() for face in FACES for path in (face.path, face.letters)))
    python = f"{sys.version} {sys.platform} {platform.machine()}"
    packages = {f"the package {name}": "" for name in installed()}
    return {
        "the engine's modules that draw": modules.hexdigest(),
        "the typefaces": faces,
        "Python": _hash(python),
        "FreeType": _free_type(),
        "the time zones": _hash("".join(_time_zones())),
        **packages,
    }


def _free_type() -> str:
    """Hash matplotlib's own module for outlines, which its wheels have FreeType in."""
    spec = find_spec("matplotlib")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec is not None else Path()
    return key_of(*(path.read_bytes() for path in sorted(folder.glob("ft2font.*")) if path.suffix != ".pyi"))


def _time_zones() -> Iterator[str]:
    """Yield the editions of the machine's time zones."""
    for folder in zoneinfo.TZPATH:
        for name in ("+VERSION", "tzdata.zi"):
            with suppress(OSError), open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                yield f"{folder}: {file.readline()}"


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _hash(content: str | bytes) -> str:
    return key_of(content)[:32]
