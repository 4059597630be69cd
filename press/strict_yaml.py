"""YAML read strictly: bytes in, mappings, lists and strings out, each with its place.

Every scalar stays the text that was written (YAML 1.1 would make `NO` false, `0301` the number 193 and `12:30` the
number 750); the models in `press.blocks` and `press.report` decide what is a number. Refused, with file, line and
column: duplicate keys, aliases and anchors, tags, several documents, tabs, anything but UTF-8, text that is not in
Unicode's composed form (NFC), characters that nobody sees, and letters that look like others.

Left to others: which keys and values are allowed.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from press.errors import ContentError, Place, Problem

RULE = "yaml"
LARGEST_BYTES = 5_000_000
DEEPEST = 12
MOST_VALUES = 50_000
LONGEST_TEXT = 100_000
"""In characters; thirty pages."""
TAB = "\t"
# Cyrillic letters, and the Greek ones that look like Latin, in a word that has Latin letters too.
_LOOK_ALIKE = "[\u0400-\u052fΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]"
_TWO_ALPHABETS = re.compile(rf"(?<!\w)(?=\w*[A-Za-zÀ-ɏ])\w*?({_LOOK_ALIKE})")
# libyaml reads ten times as fast; the wheels of PyYAML carry it, a build from source may not.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Located(str):
    """A scalar: the text as written, and where each of its characters stands in the file."""

    place: Place
    _starts: tuple[tuple[int, int], ...]
    """Line and column (from 1) at which each line of the text begins; none if the file has other letters there."""

    def __new__(cls, text: str, place: Place, starts: tuple[tuple[int, int], ...] | None = None) -> Located:
        located = super().__new__(cls, text)
        located.place = place
        located._starts = ((place.line, place.column),) if starts is None else starts
        return located

    def place_of(self, offset: int) -> Place:
        """Tell where the character at `offset` (from 0) of the text stands in the file.

        Where the letters of the file are not those of the text one by one (folded lines, escapes), that is where the
        text begins.
        """
        before = self[:offset]
        row = before.count("\n")
        if row >= len(self._starts):
            return self.place
        line, column = self._starts[row]
        return Place(self.place.file, line, column + offset - (before.rfind("\n") + 1))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_non_empty_text)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # Editors read `33` and `true` as what they look like; here every scalar is the text that was written.
        return {"type": ["string", "number", "boolean"], "minLength": 1}


class LocatedMap(dict[str, Any]):
    """A mapping and the places of itself, its keys and its values."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.key_places: dict[str, Place] = {}


class LocatedList(list[Any]):
    """A list and its place."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


def read_yaml(path: Path, shown: str) -> LocatedMap:
    """Read the file at `path`; problems call it `shown`.

    Raises ContentError with every problem of the characters, or the first of the structure.
    """
    text = read_text(path, shown)
    reader = _Reader(text, shown)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(shown, mark.line + 1, mark.column + 1) if mark else Place(shown)
        raise ContentError(
            [Problem(place, RULE, f"this is not YAML: {error.problem or error}", _mend_syntax(error))]
        ) from None
    except yaml.YAMLError as error:
        raise ContentError(
            [Problem(Place(shown), RULE, f"this is not YAML: {error}", "mend the file's syntax")]
        ) from None


def is_within(path: Path, folder: Path) -> bool:
    """Tell whether a path lies in a folder when all links are followed; one that leads in a circle lies nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def read_text(path: Path, shown: str) -> str:
    """Read a file as UTF-8 text without hidden or decomposed characters; raises ContentError."""
    try:
        status = path.stat()
        size = status.st_size
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            what = "this is a device or a pipe, not a file"
            raise ContentError([Problem(Place(shown), "file", what, "put an ordinary file here")])
        if size > LARGEST_BYTES:
            what = f"the file is {size} bytes long; {LARGEST_BYTES} are the most"
            raise ContentError([Problem(Place(shown), "file", what, "split it into several sections")])
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(
            [
                Problem(
                    Place(shown),
                    "file",
                    f"the file cannot be read: {error.strerror}",
                    f"create {shown} or let it be read",
                )
            ]
        ) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(shown, before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1)
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        raise ContentError([Problem(place, "utf-8", what, "save the file as UTF-8 in your editor")]) from None
    text = text.replace("\r\n", "\n")
    problems = list(_character_problems(text, shown))
    if problems:
        raise ContentError(problems)
    return text


def _character_problems(text: str, shown: str) -> Iterator[Problem]:
    if text.isascii() and TAB not in text and text.isprintable():
        return
    composed = unicodedata.is_normalized("NFC", text)
    mixed = re.search(_LOOK_ALIKE, text) is not None
    for row, line in enumerate(text.split("\n"), start=1):
        for match in _TWO_ALPHABETS.finditer(line) if mixed else ():
            what = f"a letter of another alphabet stands here: U+{ord(match[1]):04X} {unicodedata.name(match[1])}"
            yield Problem(Place(shown, row, match.start(1) + 1), "look-alike", what, "type the one it looks like")
        if line.isprintable() and composed:
            continue
        for column, character in enumerate(line, start=1):
            place = Place(shown, row, column)
            if character == TAB:
                yield Problem(place, "tab", "a tab stands here", "indent and separate with spaces")
            elif _is_hidden(character):
                name = f"U+{ord(character):04X} {unicodedata.name(character, _unnamed(character))}"
                yield Problem(
                    place, "hidden-character", f"a character that nobody sees stands here: {name}", "delete it"
                )
        if not composed and not unicodedata.is_normalized("NFC", line):
            column = next(i for i in range(1, len(line) + 1) if not unicodedata.is_normalized("NFC", line[:i]))
            mend = (
                f"type it again as one character: «{unicodedata.normalize('NFC', line[max(0, column - 2) : column])}»"
            )
            yield Problem(Place(shown, row, column), "composed", "a letter is put together from two characters", mend)


def _unnamed(character: str) -> str:
    return "control character" if unicodedata.category(character) == "Cc" else "a character without a name"


def _is_hidden(character: str) -> bool:
    # Cc controls, Cf formats (direction marks, zero widths, soft hyphen, byte order mark, tags), Co private, Cs
    # surrogates, Cn unassigned, Zl and Zp line and paragraph separators. Spaces other than U+0020 are the
    # pipeline's to set, so they are not typed either.
    category = unicodedata.category(character)
    return category in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"} or (category == "Zs" and character != " ")


class _Reader:
    """Builds one document from PyYAML's events, which carry the marks that its constructors throw away."""

    def __init__(self, text: str, shown: str) -> None:
        self.shown = shown
        self.lines = text.split("\n")
        self.events = yaml.parse(text, Loader=LOADER)
        self.values = 0

    def document(self) -> LocatedMap:
        node: Any = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    self._refuse(event, "a second document begins here", "keep one document a file: remove the `---`")
                node = self._node(next(self.events), 0)
        if not isinstance(node, LocatedMap):
            place = node.place if node is not None else Place(self.shown, 1, 1)
            raise ContentError([Problem(place, RULE, "the file holds no mapping", "write `key: value` lines")])
        return node

    def _node(self, event: Any, depth: int) -> Any:
        if depth > DEEPEST:
            self._refuse(event, f"this is nested more than {DEEPEST} levels deep", "flatten the structure")
        self.values += 1
        if self.values > MOST_VALUES:
            self._refuse(event, f"the file holds more than {MOST_VALUES} keys and values", "split it")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, "aliases and anchors (`*`, `&`) are not used", "write the value out where it is needed")
        if event.tag:
            self._refuse(event, f"the tag {event.tag!r} is not used", "write the plain value")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = LocatedList(self._place(event))
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(item, depth + 1))
            return items
        return self._mapping(event, depth)

    def _mapping(self, event: Any, depth: int) -> LocatedMap:
        mapping = LocatedMap(self._place(event))
        while not isinstance(key_event := next(self.events), yaml.MappingEndEvent):
            key = self._node(key_event, depth + 1)
            if not isinstance(key, Located):
                self._refuse(key_event, "a key must be a word", "write `key: value`")
            if key in mapping:
                first = mapping.key_places[key]
                self._refuse(
                    key_event,
                    f"the key {str(key)!r} stands here a second time (first in line {first.line})",
                    "remove one of them",
                )
            mapping.key_places[str(key)] = key.place
            mapping[str(key)] = self._node(next(self.events), depth + 1)
        return mapping

    def _scalar(self, event: Any) -> Located:
        place = self._place(event)
        if len(event.value) > LONGEST_TEXT:
            self._refuse(event, f"this text has more than {LONGEST_TEXT} characters", "split it into several texts")
        if event.style == '"':
            # An escape can name what nobody may type: "\u202e".
            problems = [replace(problem, place=place) for problem in _character_problems(event.value, self.shown)]
            if problems:
                raise ContentError(problems)
        return Located(event.value, place, self._line_starts(event, place))

    def _line_starts(self, event: Any, place: Place) -> tuple[tuple[int, int], ...]:
        """Find where each line of a scalar begins, as far as the file has the same letters there."""
        if event.style == "|":
            return self._block_starts(event.value.split("\n"), place.line)
        column = place.column + (1 if event.style in {"'", '"'} else 0)
        if self.lines[place.line - 1 : place.line] and self.lines[place.line - 1].startswith(event.value, column - 1):
            return ((place.line, column),)
        return ()

    def _block_starts(self, rows: list[str], first: int) -> tuple[tuple[int, int], ...]:
        """Find the rows of a literal block, whose first stands in the line after `first` (from 1)."""
        starts: list[tuple[int, int]] = []
        for row, text in enumerate(rows):
            line = self.lines[first + row] if first + row < len(self.lines) else ""
            if not line.endswith(text) or line[: len(line) - len(text)].strip():
                return tuple(starts) if row == len(rows) - 1 else ()
            starts.append((first + row + 1, len(line) - len(text) + 1))
        return tuple(starts)

    def _place(self, event: Any) -> Place:
        return Place(self.shown, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(self, event: Any, what: str, mend: str) -> None:
        raise ContentError([Problem(self._place(event), RULE, what, mend)])


def _mend_syntax(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return "put a value that contains `: ` in double quotes, or write the text under `|`"
    if "could not find expected ':'" in problem or "did not find expected key" in problem:
        return "write `key: value`, and indent what belongs to a key by two spaces more than the key"
    if "cannot start any token" in problem:
        return "put a value that begins with this character in double quotes"
    return "look at the indentation and the quotes of this line and the one above"


def _non_empty_text(value: object) -> Located:
    if not isinstance(value, Located):
        kind = "a list" if isinstance(value, list) else "a mapping"
        raise PydanticCustomError("text_type", "text is wanted here, not {kind}", {"kind": kind})
    if not value.strip():
        raise PydanticCustomError("text_empty", "no text stands here")
    return value
