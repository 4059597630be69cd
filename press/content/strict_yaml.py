"""YAML read strictly: bytes in, mappings, lists and strings out, each with its place.

Every scalar stays the text that was written (YAML 1.1 would make `NO` false, `0301` the number 193 and `12:30` the
number 750); the models in `press.content.blocks` and `press.content.report` decide what is a number. What YAML would
change in silence is refused: values over several lines, `>`, comments after values, escapes, braces without keys; so
are duplicate keys, aliases and anchors, tags, and several documents. All problems of a file are told together.

Left to others: which characters (`press.content.characters`), the words for what is not YAML (`press.content.slips`),
which keys and values are allowed.
"""

from __future__ import annotations

import re
import stat
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from press.content import slips
from press.content.characters import character_problems, decoded, thinned
from press.content.slips import (
    ACCEPTANCE,
    BULLET,
    COMMENT,
    IN_QUOTES,
    NO_SPACE_AFTER_DASH,
    REFERENCE,
    SMART_QUOTES,
    WRONG_ESCAPE,
    Slip,
)
from press.errors import ContentError, Place, Problem

RULE = "yaml"
LARGEST_BYTES = 5_000_000
DEEPEST = 12
MOST_VALUES = 50_000
LONGEST_TEXT = 100_000
"""In characters; thirty pages."""
MOST_SLIPS = 20
"""Of one kind that are told of a file."""
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
        row = bisect_right(self._begins, offset) - 1
        if row >= len(self._starts):
            return self.place
        line, column = self._starts[row]
        return Place(self.place.file, line, column + offset - self._begins[row])

    @cached_property
    def _begins(self) -> list[int]:
        """The offset of each line; counted once, as checks ask for many places of a long text."""
        return [0, *(match.end() for match in re.finditer("\n", self))]

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

    Raises ContentError with every problem of the characters, or else of the structure.
    """
    return parse_yaml(read_text(path, shown), shown)


def parse_yaml(text: str, shown: str) -> LocatedMap:
    """Read the text of a YAML file; raises ContentError with every problem of it."""
    # A text under `|` is the same whether the file's last line ends or not.
    return _Reader(text if text.endswith("\n") else f"{text}\n", shown).document()


def is_within(path: Path, folder: Path) -> bool:
    """Tell whether a path lies in a folder when all links are followed; one that leads in a circle lies nowhere."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def read_text(path: Path, shown: str) -> str:
    """Read a text file, in which each character is the one that it looks like; raises ContentError."""
    text = decoded(read_bytes(path, shown), shown)
    if problems := thinned(character_problems(text, shown)):
        raise ContentError(problems)
    return text


def read_bytes(path: Path, shown: str) -> bytes:
    """Read an ordinary file that is not too large; raises ContentError."""
    try:
        status = path.stat()
        size = status.st_size
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            what = "this is a device or a pipe, not a file"
            raise ContentError([Problem(Place(shown), "file", what, "put an ordinary file here")])
        if size > LARGEST_BYTES:
            what = f"the file is {size} bytes long; {LARGEST_BYTES} are the most"
            raise ContentError([Problem(Place(shown), "file", what, "split it into several sections")])
        return path.read_bytes()
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


class _Reader:
    """Builds one document from PyYAML's events, which carry the marks that its constructors throw away."""

    def __init__(self, text: str, shown: str) -> None:
        self.shown = shown
        self.lines = text.split("\n")
        self.events = yaml.parse(text, Loader=LOADER)
        self.is_json = text.startswith("{")
        """Whether a program wrote the file, in the part of YAML that is JSON: its escapes mean what they say."""
        self.values = 0
        self.problems: list[Problem] = []
        self.slips: list[Slip] = []
        """What YAML would change in silence."""

    def document(self) -> LocatedMap:
        """Give the file's mapping; raises ContentError with every problem that it has."""
        node: Any = None
        try:
            for event in self.events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if node is not None:
                        mend = "remove the `---`, or indent it if it belongs to a text"
                        self._refuse(event, "a second document begins here", mend)
                    node = self._node(next(self.events), 0)
        except yaml.YAMLError as error:
            self._explain(error)
        if not (isinstance(node, LocatedMap) or self.problems or self.slips):
            place = node.place if node is not None else Place(self.shown, 1, 1)
            self._add(place, "the file holds no `key: value` lines", "write them as the other files of its kind do")
        self._raise_problems()
        return node  # type: ignore[no-any-return]  # what is no mapping is a problem

    def _node(self, event: Any, depth: int) -> Any:
        if depth > DEEPEST:
            self._refuse(event, f"this is nested more than {DEEPEST} levels deep", "flatten the structure")
        self.values += 1
        if self.values > MOST_VALUES:
            self._refuse(event, f"the file holds more than {MOST_VALUES} keys and values", "split it")
        self._forbid_indicators(event)
        if isinstance(event, yaml.AliasEvent):
            return Located("", self._place(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = LocatedList(self._place(event))
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(item, depth + 1))
            return items
        return self._mapping(event, depth)

    def _forbid_indicators(self, event: Any) -> None:
        """Refuse what YAML has beyond keys, lists and values: an editor means the mark itself."""
        row, column = _point(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self.slips.append(slips.forbidden_first(row, column, "*"))
        elif event.anchor:
            self.slips.append(slips.forbidden_first(row, column, "&"))
        elif event.tag:
            self.slips.append(slips.forbidden_first(row, column, "!"))

    def _mapping(self, event: Any, depth: int) -> LocatedMap:
        mapping = LocatedMap(self._place(event))
        above: Any = None
        while not isinstance(key_event := next(self.events), yaml.MappingEndEvent):
            key = self._node(key_event, depth + 1)
            value_event = next(self.events)
            self._check_key(key_event, value_event, in_braces=bool(event.flow_style))
            before = len(self.slips)
            value = self._node(value_event, depth + 1)
            if getattr(above, "style", None) == "|" and above.value.strip() and isinstance(key, Located) and " " in key:
                out = slips.out_of_text(key.place.line - 1, key.place.column - 1)
                self.slips[before:] = [out]  # what looks like its value is the rest of the sentence
            above = value_event
            if not isinstance(key, Located):
                self._add(
                    self._place(key_event), "this stands where a key belongs", f"write `key: value`, or {IN_QUOTES}"
                )
                continue
            if key in mapping:
                first = mapping.key_places[key]
                what = f"the key {str(key)!r} stands here a second time (first in line {first.line})"
                self._add(key.place, what, "remove one of them, or begin a new entry with `- ` before it")
                continue
            mapping.key_places[str(key)] = key.place
            mapping[str(key)] = value
        return mapping

    def _check_key(self, key: Any, value: Any, *, in_braces: bool) -> None:
        """Refuse what YAML takes for a key and no editor means as one."""
        if not isinstance(key, yaml.ScalarEvent):
            return
        row, column, last, end = *_point(key.start_mark), *_point(key.end_mark)
        before, behind = self.lines[row][:column], self.lines[last][end:]
        if before.endswith("? "):
            self.slips.append(slips.forbidden_first(row, len(before.rstrip(" ?")) + 1, "?"))
        elif in_braces and not behind.lstrip().startswith(":") and isinstance(value, yaml.ScalarEvent):
            is_reference = REFERENCE.match(self.lines[row], max(column - 1, 0))
            slip = (
                slips.forbidden_first(row, column - 1, "{") if is_reference else slips.entry_without_colon(row, column)
            )
            if not (self.slips and (self.slips[-1].line, self.slips[-1].what) == (slip.line, slip.what)):
                self.slips.append(slip)
        elif key.style in {None, ""} and NO_SPACE_AFTER_DASH.match(key.value):
            self.slips.append(slips.no_space_after_dash(row, column))
        elif bullet := BULLET.match(key.value):
            self.slips.append(slips.wrong_bullet(row, column, bullet["bullet"]))

    def _scalar(self, event: Any) -> Located:
        place = self._place(event)
        if len(event.value) > LONGEST_TEXT:
            self._refuse(event, f"this text has more than {LONGEST_TEXT} characters", "split it into several texts")
        if self.is_json and event.style == '"':
            # An escape can name what nobody may type: "\u202e".
            self.problems.extend(problem.at(place) for problem in character_problems(event.value, self.shown))
        else:
            self.slips.extend(_SILENT[event.style](event, self.lines))
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

    def _explain(self, error: yaml.YAMLError) -> None:
        """Put what an editor did in place of what the parser says; that itself, if no slip is found above it."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        found = list(slips.slips(list(self.lines)))
        self.slips = found if any(slip.line <= line for slip in found) else [*self.slips, *found]
        if not self.problems and not any(slip.line <= line for slip in self.slips):
            mend = "look at the indentation, the quotes and the colons of this line and of the one above"
            self._add(Place(self.shown, line, column), "the file cannot be understood from here on", mend)

    def _raise_problems(self) -> None:
        places = (Place(self.shown, slip.line, slip.column) for slip in self.slips)
        told = [Problem(place, RULE, slip.what, slip.mend) for place, slip in zip(places, self.slips, strict=True)]
        if self.problems or told:
            raise ContentError(thinned(sorted({*self.problems, *told}), MOST_SLIPS))

    def _place(self, event: Any) -> Place:
        return Place(self.shown, event.start_mark.line + 1, event.start_mark.column + 1)

    def _add(self, place: Place, what: str, mend: str) -> None:
        self.problems.append(Problem(place, RULE, what, mend))

    def _refuse(self, event: Any, what: str, mend: str) -> None:
        """Add a problem after which the rest is not worth reading."""
        self._add(self._place(event), what, mend)
        self._raise_problems()


def _silent_in_plain(event: Any, lines: list[str]) -> Iterator[Slip]:
    """Find what YAML changes without a word in a value without quotes."""
    row, column, last, end = *_point(event.start_mark), *_point(event.end_mark)
    before, behind = lines[row][:column], lines[last][end:]
    is_alone = not before.strip()
    if last != row:
        yield slips.stray(lines[row], row) if is_alone else slips.over_lines(lines[row + 1], row + 1)
    elif is_alone and (NO_SPACE_AFTER_DASH.match(event.value) or BULLET.match(event.value)):
        yield slips.stray(lines[row], row)
    if (comment := COMMENT.match(behind)) and not ACCEPTANCE.match(behind):
        yield slips.swallowed(last, end + comment.end() - 1)
    if event.value.startswith(tuple(SMART_QUOTES)):
        yield slips.smart_quotes(row, column, event.value[0])


def _silent_in_quotes(event: Any, lines: list[str]) -> Iterator[Slip]:
    row, column, last, end = *_point(event.start_mark), *_point(event.end_mark)
    if last != row:
        yield slips.unclosed(row, column, event.style)
    elif event.style == '"':
        for match in WRONG_ESCAPE.finditer(lines[row][column:end]):
            yield slips.escape(row, column + match.start(1), match[1])


def _silent_in_block(event: Any, lines: list[str]) -> Iterator[Slip]:
    row, column = _point(event.start_mark)
    if event.style == ">":
        yield slips.folded(row, column)
    if not event.value.strip():
        below = next((line for line in islice(lines, row + 1, None) if line.strip()), "")
        if below and not slips.is_structure(below, slips.indent(below)):
            yield slips.nothing_under_bar(row, column)


_SILENT = {
    None: _silent_in_plain,
    "": _silent_in_plain,
    "'": _silent_in_quotes,
    '"': _silent_in_quotes,
    "|": _silent_in_block,
    ">": _silent_in_block,
}
"""What finds, by the style of a scalar, that it is not read as it is written."""


def _point(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def text_or_nothing(value: object) -> Located:
    """Take a scalar for a text, also one of no letters; raises a validation error for anything else."""
    if not isinstance(value, Located):
        kind = "a list" if isinstance(value, list) else "`key: value` lines"
        raise PydanticCustomError("text_type", "text is wanted here, not {kind}", {"kind": kind})
    return value


def _non_empty_text(value: object) -> Located:
    text = text_or_nothing(value)
    if not text.strip():
        raise PydanticCustomError("text_empty", "no text stands here")
    return text
