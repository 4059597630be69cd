"""Names: ids for sections, tables and photographs, and names for their files, that a publication has not yet."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args

from press.content.blocks import ALL_KINDS
from press.content.files import FILES, SECTION
from press.content.load import ID_MEND, ID_PATTERN
from press.content.strict_yaml import Located, LocatedList, LocatedMap, read_yaml
from press.editions.edition import PartKind
from press.errors import ContentError, Place, Problem, ReportError

RULE = "import"
IMAGES = "content/images"
LONGEST = 60
"""Of an id made of a title, in characters."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t", "þ": "th", "ð": "d"})
_PART = "part-"


class Names:
    """Gives names, each once; raises ReportError for an id of its own that cannot be one or is taken."""

    def __init__(self, project: Path, own: str) -> None:
        self.project = project
        self.own = own
        self._taken = {*get_args(PartKind), *ids(project)}
        self._images: dict[str, bytes] = {}
        what, mend = _amiss(own), f"choose another with --section: {ID_MEND}"
        if not what and (own in self._taken or self._is_there(own)):
            what = f"the id {own!r} is taken"
        if what:
            raise ReportError([Problem(Place("--section"), RULE, what, mend)])
        self._taken.add(own)

    def of(self, words: str) -> str:
        """Give an id made of words; without any, of the section's own."""
        made = slug(words)
        is_bare = not made
        if not ID_PATTERN.fullmatch(made):
            made = f"{self.own[:LONGEST]}-{made}".strip("-")
        name, number = made, 0 if is_bare else 1
        while name in self._taken or _amiss(name) or self._is_there(name):
            number += 1
            name = f"{made}-{number}"
        self._taken.add(name)
        return name

    def image(self, id_: str, data: bytes) -> str:
        """Give the name of a picture's file; the same picture has one file."""
        suffix = "png" if data.startswith(b"\x89PNG") else "jpg"
        name, number = f"{id_}.{suffix}", 1
        for there, same in self._images.items():
            if same == data:
                return there
        while os.path.lexists(self.project / IMAGES / name):
            number += 1
            name = f"{id_}-{number}.{suffix}"
        self._images[name] = data
        return name

    def _is_there(self, name: str) -> bool:
        return os.path.lexists(self.project / SECTION.named(name))


def slug(words: str) -> str:
    """Make small letters, digits and hyphens of words, a few of them; nothing of words in other alphabets."""
    letters = unicodedata.normalize("NFKD", words.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return made if len(made) <= LONGEST else made[: LONGEST + 1].rpartition("-")[0] or made[:LONGEST]


def ids(project: Path) -> Iterator[str]:
    """Yield the ids that stand in the content, as far as it can be read."""
    for path in sorted((project / "content").rglob("*.yaml")):
        try:
            yield from _ids(read_yaml(path, path.name))
        except ContentError:
            continue  # check tells of it


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, LocatedMap):
        yield from (str(each) for key, each in value.items() if key in {*ALL_KINDS, "id"} and isinstance(each, Located))
        for each in value.values():
            yield from _ids(each)
    elif isinstance(value, LocatedList):
        for each in value:
            yield from _ids(each)


def _amiss(name: str) -> str:
    """Say why a name cannot be a section's id."""
    kind = next(file for file in FILES if fnmatchcase(SECTION.named(name), file.path))
    if not ID_PATTERN.fullmatch(name) or name.startswith(_PART) or name in get_args(PartKind) or kind is not SECTION:
        return f"{name!r} cannot be the id of a section"
    return ""
