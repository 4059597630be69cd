"""Slips in YAML that editors make, found line by line and told in an editor's words.

The parser says where it gave up, often many lines below the slip, and in the words of its grammar. So once it has, the
lines are read again here with an eye to what was meant: which mark is missing or too many, where, and what to type.
Every slip of a file is found in one run. What the parser accepts and changes in silence is told in the same words.

Left to others: characters (`press.content.characters`), and what is whole YAML (`press.content.strict_yaml`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

IN_QUOTES = 'put the whole value in double quotes: "…"'
UNDER_A_BAR = "write `|` after the key, and the text in the lines below it, two spaces further in than the key"
ONE_LINE = f"write it on one line, or {UNDER_A_BAR}"
QUOTES_WITHIN = "write quoted words as «…» and an apostrophe as ’, or put the whole value in the other kind of quotes"
BRACKETS = {"[": "]", "{": "}"}
SMART_QUOTES = "“”„‟‘‚"
REFERENCE = re.compile(r"\{ *[a-zæøåA-ZÆØÅ][\w:.-]* *\}")
ACCEPTANCE = re.compile(r"\s+#[ ]*ok[ ]*:", re.IGNORECASE)
COMMENT = re.compile(r"\s+#")
WRONG_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*(\\[^"\\])')

_BLOCK = re.compile(r"(?P<mark>[|>])[-+1-9]{0,2}\s*(?:#.*)?\Z")
_QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_WORD_KEY = re.compile(r"[\w.-]+[ ]*:(?=\s|\Z)")
_SENTENCE_KEY = re.compile(r"[^:\"']*[^\s:\"'][ ][^\s:]")
_COLON = re.compile(r":(?=\s|\Z)")
_NO_SPACE = re.compile(r"[A-Za-z_][\w-]*:(?=[^\s:/])")
NO_SPACE_AFTER_DASH = re.compile(r"-(?=[^\W\d_]|[\"'«\[{])")
BULLET = re.compile(r"(?P<bullet>[–—−•·‣*])[ ]+\S")
_FORBIDDEN_FIRST = "@`%!&*,]}"

_A_LITTLE = 3
"""By how many columns at most a line is indented wrongly by accident."""

_FAR = 200
"""How many lines are looked ahead."""
Kind = Literal["key", "entry"]
_NAMES = {"key": "key", "entry": "dash"}


@dataclass(frozen=True)
class Slip:
    """What is wrong at a point of a file, and how to mend it; line and column from 1."""

    line: int
    column: int
    what: str
    mend: str


def swallowed(row: int, column: int) -> Slip:
    """Tell of words that YAML takes for a comment. Rows and columns count from 0, as everywhere below."""
    what = "what stands after ` #` is not read: YAML takes it for a comment"
    return Slip(row + 1, column + 1, what, f"{IN_QUOTES}; a real comment stands on a line of its own")


def over_lines(line: str, row: int) -> Slip:
    """Tell of a value without quotes that goes on in another line, given that line."""
    column = indent(line)
    if bullet := BULLET.match(line, column):
        return wrong_bullet(row, column, bullet["bullet"])
    if is_structure(line, column):
        what = "this stands further in than the line above it, which has a value already"
        return Slip(row + 1, column + 1, what, "begin it in the column of the key or dash that it belongs beside")
    what = "the value of the line above goes on here, and the line's end would be lost"
    return Slip(row + 1, column + 1, what, f"{ONE_LINE}; if this is an entry of its own, begin it with `- `")


def stray(line: str, row: int) -> Slip:
    """Tell what may be meant by a line that is neither key nor entry."""
    column = indent(line)
    if match := _NO_SPACE.match(line, column):
        return _no_space_after_colon(row, match.end())
    if NO_SPACE_AFTER_DASH.match(line, column):
        return no_space_after_dash(row, column)
    if bullet := BULLET.match(line, column):
        return wrong_bullet(row, column, bullet["bullet"])
    what = "this line is neither `key: value` nor `- entry`"
    mend = "write its key and a colon before it, or join it to the line above in double quotes or under `|`"
    return Slip(row + 1, column + 1, what, mend)


def _no_space_after_colon(row: int, column: int) -> Slip:
    return Slip(row + 1, column + 1, "a space is missing after the colon", "write `key: value`")


def wrong_bullet(row: int, column: int, bullet: str) -> Slip:
    """Tell of an entry that begins as entries do in print."""
    return Slip(row + 1, column + 1, f"an entry begins with a dash (-), not with {bullet}", "write `- ` before it")


def folded(row: int, column: int) -> Slip:
    """Tell of a text under `>`."""
    return Slip(row + 1, column + 1, "`>` joins the lines below it to one, paragraphs and lists too", "write `|`")


def unclosed(row: int, column: int, quote: str) -> Slip:
    """Tell of a quote that has no other in its line."""
    what = f"a quote ({quote}) opens here and does not close in this line"
    also = "; an apostrophe in print is ’" if quote == "'" else ""
    return Slip(row + 1, column + 1, what, f"close it with {quote} at the end of the value, or {UNDER_A_BAR}{also}")


def forbidden_first(row: int, column: int, first: str) -> Slip:
    """Tell of a value without quotes that begins with a mark that means something else to YAML."""
    return Slip(row + 1, column + 1, f"a value that begins with {first} must stand in quotes", IN_QUOTES)


def escape(row: int, column: int, sequence: str) -> Slip:
    """Tell of a backslash that makes something else of the character after it."""
    what = f"in double quotes {sequence} does not stand for itself"
    mend = "put the value in single quotes: '…'; a character is typed as itself, and lines stand under `|`"
    return Slip(row + 1, column + 1, what, mend)


def smart_quotes(row: int, column: int, first: str) -> Slip:
    """Tell of a value between a word processor's quotation marks."""
    what = f"{first} is a mark that is printed, not a quote that holds a value together"
    return Slip(row + 1, column + 1, what, 'type " around a value, and « and » around words that are quoted in print')


def entry_without_colon(row: int, column: int) -> Slip:
    """Tell of an entry in braces that is no `key: value`."""
    what = "this stands between braces and is not `key: value`"
    mend = 'put a value that holds a comma or begins with { in double quotes: "…", and a space after each colon'
    return Slip(row + 1, column + 1, what, mend)


def no_space_after_dash(row: int, column: int) -> Slip:
    """Tell of a dash with a word tight after it, given where the dash stands."""
    return Slip(row + 1, column + 2, "a space is missing after the dash", "write `- ` before the entry")


def nothing_under_bar(row: int, column: int) -> Slip:
    """Tell of a `|` below which no line stands further in than its key."""
    mend = "begin each line of the text two spaces further in than the key"
    return Slip(row + 1, column + 1, "no text is indented under this `|`", mend)


def out_of_text(row: int, column: int) -> Slip:
    """Tell of a line of a text that stands no further in than the text's key."""
    what = "this line is not indented as the text under `|` above it"
    return Slip(row + 1, column + 1, what, "begin it in the same column as that")


def slips(lines: list[str]) -> Iterator[Slip]:
    """Yield the slips in the lines of a file that the parser has refused."""
    return _Lines(lines).read()


@dataclass(frozen=True)
class _Level:
    """Keys or entries that stand below each other."""

    column: int
    kind: Kind
    row: int


class _Lines:
    """Reads a file as an editor does: by indentation, dashes, keys and what stands after them."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.levels: list[_Level] = []
        self.row = 0
        self.siblings: Counter[_Level] = Counter()
        """How many stand below the first of a level."""
        self.levels_before_slip: list[_Level] = []
        """What stood there before the last line that is indented wrongly."""
        self.alone: tuple[int, int] | None = None
        """Row and column of the last value that stands on a line of its own."""
        self.is_open = True
        """Whether something may stand further in than the line above: a key or a dash has nothing after it."""
        self.after_text: tuple[int, int] | None = None
        """The columns of the key and of the text that stands just above under a `|`."""
        self.text_above: tuple[int, int] | None = None
        """The same, of the line that is being read."""
        self.has_value = False
        """Whether a value without quotes stands in the line above."""

    def read(self) -> Iterator[Slip]:
        while self.row < len(self.lines):
            line = self.lines[self.row]
            column = indent(line)
            row = self.row
            self.row += 1
            if not line.strip() or line[column] == "#" or line.startswith(("---", "...")):
                continue
            yield from self._line(row, column)

    def _line(self, row: int, column: int) -> Iterator[Slip]:
        line, start = self.lines[row], column
        after_text, self.after_text = self.after_text, None
        has_value, self.has_value = self.has_value, False
        self.text_above = after_text
        if NO_SPACE_AFTER_DASH.match(line, column):
            yield no_space_after_dash(row, column)
            line = self.lines[row] = f"{line[:column]}- {line[column + 1 :]}"
        elif bullet := BULLET.match(line, column):
            yield wrong_bullet(row, column, bullet["bullet"])
            line = self.lines[row] = f"{line[:column]}-{line[column + 1 :]}"
        while line.startswith("- ", column) or line[column:] == "-":
            yield from self._enter(row, column, "entry", is_first=column == start)
            self.is_open = True
            column += 1 + indent(line[column + 1 :])
            if column >= len(line) or line[column] == "#":
                return
        is_first = column == start
        value = self._after_key(line, column)
        if value is not None and not (after_text and is_first and _SENTENCE_KEY.match(line, column)):
            yield from self._enter(row, column, "key", is_first=is_first)
            yield from self._value(row, value, column)
        elif is_first and not self._may_be_value(line, column):
            yield from self._stray(row, column, after_text, has_value=has_value)
        else:
            self.alone = (row, column) if is_first else None
            yield from self._value(row, column, self.levels[-1].column if self.levels else -1, is_entry=not is_first)

    def _may_be_value(self, line: str, column: int) -> bool:
        """Tell whether a line can be the value of the key above it."""
        return self.is_open and bool(self.levels) and self._is_below(column) and not _NO_SPACE.match(line, column)

    def _is_below(self, column: int) -> bool:
        return not self.levels or column > self.levels[-1].column

    def _after_key(self, line: str, column: int) -> int | None:
        """Tell where the value stands of a line whose key begins at a column; None if no key does."""
        if quoted := _QUOTED.get(line[column]):
            match = quoted.match(line, column)
            colon = _COLON.match(line, match.end()) if match else None
        elif line[column] in f"{_FORBIDDEN_FIRST}[{{|>?#":
            return None
        else:
            colon = _COLON.search(line, column)
            comment = COMMENT.search(line, column)
            colon = None if colon and comment and comment.start() < colon.start() else colon
        if colon is None:
            return None
        return colon.end() + indent(line[colon.end() :])

    def _enter(self, row: int, column: int, kind: Kind, *, is_first: bool) -> Iterator[Slip]:
        """Put a key or a dash below or beside what stands above it."""
        if not is_first:
            self.levels.append(_Level(column, kind, row))
            return
        above = list(self.levels)
        if self._fits(row, column, kind):
            return
        popped, self.levels = self.levels, self.levels_before_slip
        if self._fits(row, column, kind):
            return
        self.levels = popped
        slip = self._first_misplaced(row, column, kind, above)
        yield slip or self._misplaced(row, column, kind, above, popped[-1] if popped else None)
        self.levels_before_slip = above
        self.levels = [*self.levels, _Level(column, kind, row)]

    def _fits(self, row: int, column: int, kind: Kind) -> bool:
        """Put a key or a dash where it belongs; False if there is no such place."""
        deepest = self.levels[-1] if self.levels else None
        while self.levels and (
            self.levels[-1].column > column
            or (self.levels[-1].column == column and kind == "key" and self._has_key_at(column))
        ):
            self.levels = self.levels[:-1]
        top = self.levels[-1] if self.levels else None
        if top is not None and top.column == column and top.kind == kind:
            self.siblings[top] += 1
            return True
        is_within = self.is_open and (deepest is None or column > deepest.column)
        is_list_at_key = (
            self.is_open and kind == "entry" and top is not None and top.column == column and top is deepest
        )
        if is_within or is_list_at_key:
            self.levels = [*self.levels, _Level(column, kind, row)]
        return is_within or is_list_at_key

    def _has_key_at(self, column: int) -> bool:
        return (
            len(self.levels) > 1
            and self.levels[-1].kind == "entry"
            and self.levels[-2] == _Level(column, "key", self.levels[-2].row)
        )

    def _first_misplaced(self, row: int, column: int, kind: Kind, above: list[_Level]) -> Slip | None:
        """Tell that it is the first of its kind that is indented wrongly, if the ones below it agree on that."""
        first = next((level for level in reversed(above) if level.kind == kind), None)
        if first is None or self.siblings[first] or not 0 < abs(first.column - column) <= _A_LITTLE:
            return None
        if self.text_above is not None and column > first.column:
            return None
        below = (
            line
            for line in islice(self.lines, row + 1, row + _FAR)
            if line.strip() and indent(line) <= max(column, first.column)
        )
        agrees = column == 0 or indent(next(below, "")) == column
        what = f"this {_NAMES[kind]} begins in column {first.column + 1}, those below it in column {column + 1}"
        return Slip(first.row + 1, first.column + 1, what, f"begin it in column {column + 1}") if agrees else None

    def _misplaced(self, row: int, column: int, kind: Kind, above: list[_Level], top: _Level | None) -> Slip:
        if kind == "entry" and self.alone is not None and self.alone[1] == column:
            return Slip(
                self.alone[0] + 1, column + 1, "a dash is missing: entries begin with `- `", "write `- ` before it"
            )
        if top is not None and top.column == column and kind == "key":
            what = "a dash is missing: the entries above begin with `- `"
            return Slip(
                row + 1, column + 1, what, "write `- ` before the key, and begin what belongs to it in the key's column"
            )
        if top is not None and top.column == column:
            self.after_text = self.text_above
            what = "a dash stands among keys"
            return Slip(row + 1, column + 1, what, f"leave the dash out, or indent it below its key{self._or_text()}")
        if kind == "key" and self._lacks_colon(row - 1, column):
            return Slip(row, column + 1, "a colon is missing after the key", "write `key: value`")
        beside = {level.column: level.row for level in above if level.kind == kind and level.column != column}
        choices = " or ".join(f"{other + 1} (as line {line + 1})" for other, line in sorted(beside.items()))
        what = f"this {_NAMES[kind]} begins in column {column + 1}, where nothing begins that it could stand with"
        return Slip(row + 1, column + 1, what, f"begin it in column {choices or 1}{self._or_text()}")

    def _lacks_colon(self, row: int, column: int) -> bool:
        """Tell whether words begin a mapping, in a line of their own or after a dash, that have no colon."""
        line = self.lines[row]
        return len(line) - len(line.lstrip(" -")) == column and line[column:] != "" and _COLON.search(line) is None

    def _or_text(self) -> str:
        above = self.text_above
        return f"; in column {above[1] + 1} if it belongs to the text above" if above is not None else ""

    def _stray(self, row: int, column: int, text: tuple[int, int] | None, *, has_value: bool) -> Iterator[Slip]:
        line = self.lines[row]
        if text is not None and not _NO_SPACE.match(line, column):
            yield out_of_text(row, column)
            yield from self._block(*text)
            return
        yield over_lines(line, row) if has_value and self._is_below(column) else stray(line, row)

    def _value(self, row: int, column: int, parent: int, *, is_entry: bool = False) -> Iterator[Slip]:
        """Read what stands after a key or a dash. `parent`: in which column that begins."""
        line = self.lines[row]
        value = line[column:].rstrip()
        self.is_open = not value or value.startswith("#")
        if self.is_open:
            return
        first = value[0]
        if block := _BLOCK.match(value):
            if block["mark"] == ">":
                yield folded(row, column)
            yield from self._block(parent)
        elif first in "|>":
            is_text = first == "|"
            what = f"text stands beside the {first}" if is_text else "a value that begins with > must stand in quotes"
            yield Slip(row + 1, column + 1, what, "begin the text in the next line, indented" if is_text else IN_QUOTES)
        elif first in _QUOTED:
            yield from self._quoted(row, column)
        elif first in BRACKETS:
            yield from self._brackets(row, column, parent)
        elif first in _FORBIDDEN_FIRST or re.match(r"[-?](\s|\Z)", value):
            yield forbidden_first(row, column, first)
        else:
            self.has_value = True
            yield from self._plain(row, column, value, is_entry=is_entry)
            if is_entry and (match := _NO_SPACE.match(line, column)) and self._goes_on_at(column):
                self.levels.append(_Level(column, "key", row))
                yield _no_space_after_colon(row, match.end())

    def _goes_on_at(self, column: int) -> bool:
        """Tell whether the next line begins in a column."""
        return self.row < len(self.lines) and indent(self.lines[self.row]) == column

    def _plain(self, row: int, column: int, value: str, *, is_entry: bool) -> Iterator[Slip]:
        comment = COMMENT.search(value)
        if comment is not None and not ACCEPTANCE.match(value, comment.start()):
            yield swallowed(row, column + comment.end() - 1)
        bare = value[: comment.start()] if comment else value
        if value[0] in SMART_QUOTES:
            yield smart_quotes(row, column, value[0])
        elif (colon := _COLON.search(bare)) and not is_entry:
            what = "a colon with a space after it stands within the value"
            yield Slip(row + 1, column + colon.start() + 1, what, f"{IN_QUOTES}, or {UNDER_A_BAR}")

    def _block(self, parent: int, inner: int = 0) -> Iterator[Slip]:
        """Read the text under a `|`, line by line, to the first that stands no further in than its key.

        `inner`: in which column the text begins, if some of it has been read.
        """
        while self.row < len(self.lines):
            line = self.lines[self.row]
            column = indent(line)
            if line.strip() and column <= parent:
                if inner or is_structure(line, column):
                    break
                inner = parent + 2
                what = "the text under `|` is not indented"
                mend = f"begin each of its lines in column {inner + 1}, two spaces further in than the key"
                yield Slip(self.row + 1, column + 1, what, mend)
                self._skip_text(parent)
                return
            if line.strip():
                inner = inner or column
                if column < inner:
                    what = "this line begins further left than the first line of its text"
                    yield Slip(
                        self.row + 1, column + 1, what, f"begin both in the same column, {column + 1} or {inner + 1}"
                    )
            self.row += 1
        self.after_text = (parent, inner) if inner else None

    def _skip_text(self, parent: int | None = None) -> None:
        """Pass over what is text, to the next key or entry; below a `|` to one no further in than its key."""
        while self.row < len(self.lines):
            line = self.lines[self.row]
            column = indent(line)
            if is_structure(line, column) and (parent is None or column <= parent):
                return
            self.row += 1

    def _quoted(self, row: int, column: int) -> Iterator[Slip]:
        line, quote = self.lines[row], self.lines[row][column]
        match = _QUOTED[quote].match(line, column)
        if match is None:
            yield unclosed(row, column, quote)
            self._skip_text()
            return
        if quote == '"':
            yield from (escape(row, column + found.start(1), found[1]) for found in WRONG_ESCAPE.finditer(match[0]))
        rest = line[match.end() :]
        if rest.strip() and not COMMENT.match(rest):
            yield _goes_on(row, match.end() - 1, quote)

    def _brackets(self, row: int, column: int, parent: int) -> Iterator[Slip]:
        """Read a list or keys in brackets, which may go over several lines."""
        flow = _Flow(self.lines, row, column, parent)
        found = list(flow.read())
        if self.lines[row][column] == "{":
            found = found[:1]
        if not found and not flow.is_closed:
            opening = self.lines[row][column]
            mend = f"close it with {BRACKETS[opening]}, or {IN_QUOTES}"
            found = [Slip(row + 1, column + 1, f"{opening} opens here and does not close", mend)]
        self.row = max(self.row, flow.row + 1)
        rest = self.lines[flow.row][flow.column :] if flow.is_closed else ""
        if (rest.strip() and not COMMENT.match(rest)) or REFERENCE.match(self.lines[row], column):
            yield forbidden_first(row, column, self.lines[row][column])
        else:
            yield from found


class _Flow:
    """Reads `[…]` or `{…}`; afterwards `row` and `column` tell where it ends."""

    def __init__(self, lines: list[str], row: int, column: int, parent: int) -> None:
        self.lines, self.row, self.column, self.parent = lines, row, column, parent
        self.open: list[str] = []
        self.entry: tuple[int, int] | None = None
        """Where the entry begins that is being read."""
        self.has_colon = False
        self.is_closed = False

    def read(self) -> Iterator[Slip]:
        while True:
            line = self.lines[self.row]
            while self.column < len(line):
                yield from self._step(line)
                if self.is_closed:
                    return
            if self.row + 1 >= len(self.lines) or self._ends_at(self.lines[self.row + 1]):
                return
            self.row, self.column = self.row + 1, 0

    def _ends_at(self, line: str) -> bool:
        """Tell whether a line can no longer belong to what is in brackets."""
        column = indent(line)
        return bool(line.strip()) and column <= self.parent and line[column] not in "]}"

    def _step(self, line: str) -> Iterator[Slip]:
        """Read one token."""
        character = line[self.column]
        at = self.column
        self.column += 1
        if character == "#" and (at == 0 or line[at - 1].isspace()):
            if self.entry is not None:
                yield swallowed(self.row, at)
            self.column = len(line)
        elif character in _QUOTED and (self.entry is None or (self.has_colon and line[at - 1].isspace())):
            yield from self._quoted(line, at)
        elif character in BRACKETS and (self.entry is None or self.has_colon):
            self.open.append(character)
            self.entry, self.has_colon = None, False
        elif character in BRACKETS.values():
            yield from self._close(character, at)
        elif character == ",":
            yield from self._end_entry()
        elif character == ":" and _COLON.match(line, at):
            self.has_colon = True
        elif not character.isspace() and self.entry is None:
            self.entry = (self.row, at)

    def _quoted(self, line: str, at: int) -> Iterator[Slip]:
        match = _QUOTED[line[at]].match(line, at)
        self.entry = self.entry or (self.row, at)
        if match is None:
            yield unclosed(self.row, at, line[at])
            self.column = len(line)
            return
        self.column = match.end()
        if not re.match(r"\s*([,:\]}]|#|\Z)", line[self.column :]):
            yield _goes_on(self.row, self.column - 1, line[at])

    def _close(self, character: str, at: int) -> Iterator[Slip]:
        yield from self._end_entry()
        opening = self.open.pop()
        if BRACKETS[opening] != character:
            what = f"{character} stands where {BRACKETS[opening]} closes what {opening} opened"
            yield Slip(self.row + 1, at + 1, what, f"write {BRACKETS[opening]}")
        self.entry = (self.row, at)  # a comma or another bracket follows
        self.has_colon = True
        self.is_closed = not self.open

    def _end_entry(self) -> Iterator[Slip]:
        if self.open[-1] == "{" and self.entry is not None and not self.has_colon:
            yield entry_without_colon(*self.entry)
        self.entry, self.has_colon = None, False


def _goes_on(row: int, column: int, quote: str) -> Slip:
    return Slip(row + 1, column + 1, f"the quote ({quote}) closes here, and the value goes on after it", QUOTES_WITHIN)


def is_structure(line: str, column: int) -> bool:
    """Tell whether a line is a key or an entry, as far as can be told from itself."""
    return line.startswith("- ", column) or line[column:] == "-" or _WORD_KEY.match(line, column) is not None


def indent(line: str) -> int:
    """Count the spaces at a line's beginning."""
    return len(line) - len(line.lstrip(" "))
