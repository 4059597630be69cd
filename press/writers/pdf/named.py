"""Which files of a document a part may show: those that its HTML or the style sheet names, and those that these name.

A part is laid out with these and no others (`engine.fetch`), so that whatever else changes is nothing to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote

from press.document import Document, Part

DRAWING = ".svg"
"""The kind of file that can show others."""


class NamedFiles:
    """Answers for one document; every text is looked through once."""

    def __init__(self, document: Document) -> None:
        self._assets = document.assets
        self._folders: dict[str, list[str]] = {}
        for name in sorted(document.assets):
            self._folders.setdefault(name.rpartition("/")[0], []).append(name)
        self._by_drawing: dict[str, frozenset[str]] = {}
        self._digests: dict[str, str] = {}
        self.of_sheet = self._reached(self._named_in(document.stylesheet))
        """Names of those that every part may show."""

    def of_part(self, part: Part) -> frozenset[str]:
        """Name those that a part may show."""
        return self.of_sheet | self._reached(self._named_in(part.html))

    def digests(self, names: Iterable[str]) -> Iterator[str]:
        """Yield names, each with the SHA-256 of what it stands for."""
        for name in sorted(names):
            if name not in self._digests:
                self._digests[name] = hashlib.sha256(self._assets[name]).hexdigest()
            yield from (name, self._digests[name])

    def _reached(self, names: Iterable[str]) -> frozenset[str]:
        """Name some files, those that the drawings among them name, and so on."""
        found: set[str] = set()
        left = list(names)
        while left:
            if (name := left.pop()) not in found:
                found.add(name)
                left += self._of_drawing(name) if name.lower().endswith(DRAWING) else ()
        return frozenset(found)

    def _of_drawing(self, name: str) -> frozenset[str]:
        if name not in self._by_drawing:
            text = self._assets[name].decode("utf-8", "replace")
            self._by_drawing[name] = frozenset(self._named_in(text))
        return self._by_drawing[name]

    def _named_in(self, text: str) -> Iterator[str]:
        """Yield the files whose names stand in a text, as they are or in the ways of HTML and of addresses."""
        text = unquote(unescape(text)) if "&" in text or "%" in text else text
        for folder, names in self._folders.items():
            if folder in text:
                yield from (name for name in names if name in text)
