"""Which lines of prose begin a point of a list, and which only begin with a number: «17. mai ble planen vedtatt».

CommonMark takes both for lists, and prints «17. mai» as a point that says «mai». Here a numbered list begins with 1 and
counts on, so that what is printed before a point is what was typed there; every other number is text. A point that is
not counted begins with `-`. A footnote has no lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

NOTE = r"\[\^((?:[^\]\[\s]|\[(?!\^))+)\]"
"""What calls a footnote. At the beginning of a line and with a colon behind it, it begins the footnote's text."""
_BEGINS = re.compile(rf"(?m)^ *(?:{NOTE}: *)?(?:-|\d{{1,9}}[.)])(?: |$)")
_NOTE = re.compile(rf" *{NOTE}: *")
_MARK = re.compile(r"(?:-|(?P<number>\d{1,9})(?P<after>[.)]))(?: +(?=\S)| *$)")
NOTE_INDENT = 4
"""Spaces before what belongs to a footnote after an empty line."""
NO_NUMBER = -9


@dataclass(frozen=True)
class Mark:
    """What may be the mark of a point: a dash, or a number with a full stop or bracket."""

    offset: int
    """Where it stands in the text, from 0."""
    end: int
    """Where what follows it begins."""
    column: int
    typed: str
    number: int | None = None
    is_point: bool = False
    """Whether it begins a point; otherwise it is text."""

    def follows(self, before: Mark | None) -> bool:
        """Tell whether this is the number after another's, written in the same way."""
        return (
            before is not None
            and self.number is not None
            and before.number == self.number - 1
            and before.typed[-1] == self.typed[-1]
        )


@dataclass(frozen=True)
class Line:
    """A line of a text, with what it begins with."""

    text: str
    offset: int
    marks: tuple[Mark, ...]
    """More than one where a list begins within a point: `- 1. `."""
    note: str | None
    """Name of the footnote whose text it belongs to."""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def words(self) -> str:
        """What stands behind the marks of its points."""
        return self.text[max((mark.end - self.offset for mark in self.marks if mark.is_point), default=0) :]

    @property
    def point(self) -> Mark | None:
        """The outermost point that begins here."""
        return next((mark for mark in self.marks if mark.is_point), None)


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Line, ...]:
    """Read a text line by line and decide which marks begin points."""
    plain = list(_lines(text))
    found, open_lists, after_blank = [], dict[int, Mark](), True
    for row, line in enumerate(plain):
        marks = line.marks
        if line.note:
            open_lists.clear()
        elif marks or (after_blank and not line.is_blank):
            marks = tuple(_decided(plain, row, open_lists))
        found.append(replace(line, marks=marks))
        after_blank = line.is_blank
    return tuple(found)


def points(text: str) -> Iterator[Mark]:
    """Yield the marks of a text's points, in order."""
    if _BEGINS.search(text):
        yield from (mark for line in read(text) for mark in line.marks if mark.is_point)


def as_markdown(text: str) -> str:
    """Put a backslash into the numbers that are text, as CommonMark wants it; lines stay lines."""
    if not _BEGINS.search(text):
        return text
    pieces, end = [], 0
    for mark in (mark for line in read(text) for mark in line.marks):
        if not mark.is_point:
            at = mark.offset + len(mark.typed) - 1
            pieces += [text[end:at], "\\"]
            end = at
    return "".join([*pieces, text[end:]])


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines with all that may be marks, undecided."""
    offset, in_note, after_blank = 0, None, True
    for row in text.split("\n"):
        note = _NOTE.match(row)
        if row.strip() and after_blank and not row.startswith(" " * NOTE_INDENT):
            in_note = None
        in_note = note[1] if note is not None else in_note
        start = note.end() if note is not None else len(row) - len(row.lstrip(" "))
        yield Line(row, offset, tuple(_marks(row, offset, start)), in_note)
        after_blank = not row.strip()
        offset += len(row) + 1


def _marks(row: str, offset: int, start: int) -> Iterator[Mark]:
    while match := _MARK.match(row, start):
        typed = f"{match['number'] or '-'}{match['after'] or ''}"
        # What begins with a nought counts nothing, and would be printed without it.
        number = int(match["number"]) if match["number"] else None
        number = NO_NUMBER if number is not None and not typed.startswith(str(number)) else number
        yield Mark(offset + start, offset + match.end(), start, typed, number)
        if match.end() == len(row):
            return
        start = match.end()


def _decided(lines: Sequence[Line], row: int, open_lists: dict[int, Mark]) -> Iterator[Mark]:
    """Yield the marks of a line up to the first that is text; `open_lists` holds the last point of each, by column."""
    line = lines[row]
    for column in [column for column in open_lists if column > line.indent]:
        del open_lists[column]
    for mark in line.marks:
        begins = mark.number is None or (mark.number == 1 and _is_counted_on(lines, row, mark))
        decided = replace(mark, is_point=begins or mark.follows(open_lists.get(mark.column)))
        yield decided
        if not decided.is_point:
            return
        open_lists[mark.column] = decided
    if not line.marks:
        open_lists.pop(line.indent, None)


def _is_counted_on(lines: Sequence[Line], row: int, first: Mark) -> bool:
    """Tell whether a point with the next number follows in the same list."""
    after_blank = False
    for line in lines[row + 1 :]:
        if line.note or (after_blank and not line.is_blank and line.indent < first.column):
            return False
        if line.indent == first.column and (line.marks or (after_blank and not line.is_blank)):
            return bool(line.marks) and line.marks[0].follows(first)
        if line.marks and line.indent < first.column:
            return False
        after_blank = line.is_blank
    return False
