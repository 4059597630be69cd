"""Where things stand in the full report: written with every build of it, read by editions that refer to it.

A map holds for one state of the composed report and of the engine, and names it by a hash; a map of any other state
is as good as none, and so is one that is not as it was written: a page number that somebody changed would be printed
as it stands. Nothing is guessed: who needs a page that is not known builds the report first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from press.document import Document
from press.fonts import FACES
from press.writers.pdf.versions import set_by

ENGINE = Path(__file__).resolve().parent.parent / "writers" / "pdf"


@dataclass(frozen=True)
class PageMap:
    """Page numbers of the full report, from 1."""

    state: str
    """Hash of all that the pages depend on."""
    pages: Mapping[str, int]
    """By id of what begins there."""
    places: Mapping[str, int]
    """By place in the content, `file:line:column`, of a paragraph or block."""

    def to_json(self) -> bytes:
        """Write the map as a file, with a checksum of the rest."""
        data = asdict(self)
        return json.dumps({"sha256": _checksum(data), **data}, ensure_ascii=False, indent=1).encode()


def read_page_map(path: Path, state: str | None = None) -> PageMap | None:
    """Read the map at `path` if it is of this state, where one is given, and as it was written."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        data = json.loads(path.read_bytes())
        checksum = data.pop("sha256")
        found = PageMap(**data)
        is_of_it = state in (None, found.state)
        if is_of_it and checksum == _checksum(data) and _is_sound(found.pages) and _is_sound(found.places):
            return found
    return None


def _checksum(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _is_sound(pages: Mapping[str, Any]) -> bool:
    return all(type(page) is int for page in pages.values())


def state_of(full: Document) -> str:
    """Hash all that the pages of the composed report depend on: what is set, and what sets it.

    The fingerprint of the content is left out: it moves no line, and it changes with words that only short editions
    print, after which the report need not be set again.
    """
    digest = hashlib.sha256()
    assets = sorted(full.assets.items())
    printed = [(part.id, part.html) for part in full.parts]
    digest.update(repr((printed, full.stylesheet, full.hyphenation, full.language, assets)).encode())
    for path in sorted(ENGINE.rglob("*.py")):
        digest.update(path.read_bytes())
    for face in FACES:
        digest.update(face.letters.read_bytes())
    digest.update(set_by().encode())
    return digest.hexdigest()
