"""A paragraph before it is laid out: its text, the places where it may be broken, and how far along they stand.

Read from WeasyPrint's boxes, measured with Pango. Places for breaks are those that WeasyPrint 70.0 would find
(`weasyprint.text.line_break.split_first_line`): Pango's line breaks, Pyphen's syllables and soft hyphens, by what the
style says of each word. But they are looked for in the whole text, where WeasyPrint sees one element at a time; none
comes before the number that calls a note.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from math import inf
from typing import Any, TypeVar

import pyphen
from weasyprint.formatting_structure import boxes
from weasyprint.layout.percent import percentage
from weasyprint.text.ffi import FROM_UNITS, ffi
from weasyprint.text.line_break import create_layout, get_log_attrs, line_size

from press.writers.pdf.breaks import Measure, Point, best_breaks
from press.writers.pdf.engine.boxes import pseudo
from press.writers.pdf.engine.line_memory import LineMemory

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
HYPHENS = "-\N{HYPHEN}"
"""What lines may end in that the source has."""
HYPHEN_COST = 1.2
"""What it costs to divide a word; a line whose end is free along a tenth of the measure costs 1."""
OWN_HYPHEN_COST = 0.4
"""What it costs to break a word after a hyphen that it has anyway."""
SHORT_LINE = 0.15
"""The share of the measure below which a last line is hardly one."""
SHORT_WORD, SHORT_WORD_LINE = 8, 0.3
"""A word alone in the last line has at least so many letters, or takes this share of the measure."""
NARROWEST_EM = 0.36
"""How wide a letter is at least, on an average."""
MOST_CHARACTERS = 20_000
"""Of a paragraph that is weighed as a whole."""
HYPHEN_SLACK_EM = 0.03
"""How much wider a hyphen may come out than it is by itself, by what stands before it."""
SAME_PX = 1e-3
"""What is no difference between two sums of widths."""
ONE_LINE_PX = 0.5
"""How much a line may be too long that is left to WeasyPrint as one line: many a box is as wide as its text."""
LINE_BREAK = "\n"
UNLIKE_SPACES = frozenset("\t\f\v\r\x85\u2028\u2029")


Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a line ends."""

    at: int
    """Where the next line begins, in bytes of the paragraph."""
    hyphen: str = ""
    """What is put in at its end."""
    is_hyphen: bool = False
    """Whether it ends in a hyphen, put in or not."""
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """As much of a text box as a line gets."""

    shown: str
    hyphen: str
    resume: int | None
    """Where the next line begins, in bytes from where this one does; None if the line goes on after the box."""


@dataclass
class Run:
    """A text box of a paragraph."""

    box: Any
    start: int
    """The number of its first character in the paragraph."""
    byte: int
    """The number of its first byte there."""

    @property
    def style(self) -> Any:
        return self.box.style

    @cached_property
    def raw(self) -> bytes:
        return str(self.box.text).encode()

    @property
    def end(self) -> int:
        return self.start + len(self.box.text)

    @property
    def calls_note(self) -> bool:
        return bool(pseudo(self.box) == "footnote-call")

    @cached_property
    def wraps(self) -> bool:
        return bool(self.style["white_space"] == "normal")

    @cached_property
    def bytes_at(self) -> list[int]:
        """The byte that each character begins at, and the end."""
        if self.raw.isascii():
            return list(range(len(self.raw) + 1))
        return [0, *accumulate(len(letter.encode()) for letter in self.box.text)]

    @cached_property
    def along(self) -> list[float]:
        """How far along each character begins, and the end of all."""
        layout = create_layout(self.box.text, self.style, None, None, 0)
        line, _ = layout.get_first_line()
        known = _clusters(line, len(self.raw))
        found = [known.get(byte) for byte in self.bytes_at]
        return found if None not in found else _shared_out(found)  # type: ignore[return-value]

    @cached_property
    def hyphen(self) -> str:
        return str(self.style["hyphenate_character"])

    @cached_property
    def hyphen_width(self) -> float:
        layout = create_layout(self.hyphen, self.style, None, None, 0)
        line, _ = layout.get_first_line()
        return float(line_size(line, self.style)[0] + HYPHEN_SLACK_EM * self.style["font_size"])


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a paragraph may be broken, or must be."""

    at: int
    """Where the next line begins, in characters; `byte` in bytes."""
    byte: int
    end: float
    start: float
    hyphen: str = ""
    is_hyphen: bool = False
    is_forced: bool = False

    @property
    def cost(self) -> float:
        return HYPHEN_COST if self.hyphen else OWN_HYPHEN_COST if self.is_hyphen else 0.0


class NotMeasurable(Exception):  # noqa: N818 - no error: WeasyPrint breaks such a paragraph
    """A paragraph's lines cannot be told before they are laid out."""


class Paragraph:
    """A paragraph, and how it was broken at each width."""

    def __init__(self, linebox: Any, memory: LineMemory) -> None:
        """Read a paragraph; raises NotMeasurable."""
        self.linebox = linebox
        self.memory = memory
        self.runs: list[Run] = []
        self.by_box: dict[Any, Run] = {}
        self.starts: dict[Any, int] = {}
        """The byte that each box begins at."""
        self._read(linebox)
        self.text = "".join(run.box.text for run in self.runs)
        self._lines: dict[float, dict[int, Ending]] = {}
        """By width: the end of each line by the byte it begins at, as last planned."""
        self._plans: dict[tuple[int, float, int], dict[int, Ending] | None] = {}
        self._unplanned: set[float] = set()
        """The widths for which no lines can be found."""

    def _read(self, parent: Any) -> None:
        for child in parent.children:
            last = self.runs[-1] if self.runs else None
            byte = last.byte + len(last.raw) if last else 0
            self.starts[child] = byte
            if not child.is_in_normal_flow():
                if child.is_floated():
                    raise NotMeasurable
            elif isinstance(child, boxes.TextBox):
                _require_plain(child)
                self.runs.append(Run(child, last.end if last else 0, byte))
                self.by_box[child] = self.runs[-1]
            elif isinstance(child, boxes.InlineBox) and not child.is_leader and not _takes_room(child.style):
                self._read(child)
            else:
                raise NotMeasurable

    def is_one_line(self, width: float, widths_of: Callable[[str, Any], float]) -> bool:
        """Tell whether it fits one line, so that nothing is to be chosen; `widths_of` knows texts in a style."""
        if self._narrowest < 0.7 * width or not self.text:
            return True
        if self._narrowest > width or LINE_BREAK in self.text:
            return False
        if self._whole is None:
            self._whole = sum(widths_of(run.box.text, run.style) for run in self.runs)
        return bool(self._whole + self.linebox.text_indent <= width)

    _whole: float | None = None

    @cached_property
    def _narrowest(self) -> float:
        if LINE_BREAK in self.text:
            return inf
        return NARROWEST_EM * sum(len(run.box.text) * float(run.style["font_size"]) for run in self.runs)

    def offset(self, skip_stack: Any) -> int:
        """Tell at which byte a line begins of which WeasyPrint says which boxes it skips."""
        box = self.linebox
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            if isinstance(box, boxes.TextBox):
                return self.starts[box] + int(index or 0)
            box = box.children[index]
        return 0 if box is self.linebox else self.starts[box]

    def ending(self, begins: int, width: float, context: Any, room: Callable[[], float] | None) -> Ending | None:
        """Tell where the line ends that begins at a byte; None if WeasyPrint is to find that.

        `room` tells of the first line on a page or in a column how many lines there is room for.
        """
        lines = self._lines.setdefault(width, {})
        if begins not in lines or (begins == 0 and room is not None):
            lines |= self._planned(begins, width, context) or {}
        if room is not None and (turn := self._turn(list(_ahead(lines, begins)), room)):
            lines |= self._planned(begins, width, context, turn) or {}
        return lines.get(begins)

    def _turn(self, lines: Sequence[Ending], find_room: Callable[[], float]) -> int:
        """Tell which line will be the last of its page, if it ends in a hyphen; 0 if none."""
        if not any(ending.is_hyphen for ending in lines):
            return 0
        style, room = self.linebox.style, find_room()
        last = int(min(room, len(lines) - style["widows"])) if 0 < room < len(lines) else 0
        return last if last >= max(1, style["orphans"]) and lines[last - 1].is_hyphen else 0

    def piece(self, box: Any, skip: int, ending: Ending) -> Piece | None:
        """Give as much of a text box as a line gets that ends there; None if WeasyPrint is to find that."""
        run = self.by_box[box]
        if box.text == LINE_BREAK:
            return None
        local = ending.at - run.byte
        if ending.is_last or local > len(run.raw):
            return Piece(run.raw[skip:].decode(), "", None)
        if local <= skip:
            return None
        return Piece(run.raw[skip:local].decode().rstrip(" "), ending.hyphen, local - skip)

    def _planned(self, begins: int, width: float, context: Any, turn: int = 0) -> dict[int, Ending] | None:
        key = (begins, width, turn)
        if key not in self._plans and width not in self._unplanned:
            told = (*key, self.linebox.text_indent if begins == 0 else 0)
            texts = ((run.box.text, run.style, run.calls_note) for run in self.runs)
            self._plans[key] = self.memory.planned(
                told, self.linebox.style, texts, lambda: self._plan(begins, width, context, turn)
            )
            if self._plans[key] is None:
                self._unplanned.add(width)
        return self._plans.get(key)

    def _plan(self, begins: int, width: float, context: Any, turn: int) -> dict[int, Ending] | None:
        """Break the paragraph from a byte on, up to where it ends or must be broken."""
        if len(self.text) > MOST_CHARACTERS:
            return None
        try:
            shift = (self.linebox.text_indent if begins == 0 else 0) - self._along[bisect_left(self._bytes, begins)]
        except NotMeasurable:
            return None
        if LINE_BREAK not in self.text and self._along[-1] + shift <= width + ONE_LINE_PX:
            return {}
        places = self._places(context)
        first = bisect_right(places, begins, key=lambda place: place.byte)
        last = next(number for number in range(first, len(places)) if places[number].is_forced)
        places = places[first : last + 1]
        style = self.linebox.style
        if places[-1].end + shift <= width + ONE_LINE_PX:
            return {}
        zone = percentage(style["hyphenate_limit_zone"], style, width)
        measure = Measure(width + SAME_PX, shift, zone, turn)
        chosen = best_breaks(list(self._points(places, width)), measure)
        if chosen is None:
            return None
        lines: dict[int, Ending] = {}
        for number in chosen:
            place = places[number]
            lines[begins] = Ending(place.byte, place.hyphen, place.is_hyphen, place.byte == self._bytes[-1])
            begins = place.byte
        return lines

    def _points(self, places: Sequence[_Place], width: float) -> Iterator[Point]:
        last = places[-1]
        for place in places:
            rest = last.end - place.start
            is_stub = False
            if rest < SHORT_WORD_LINE * width:
                words = self.text[place.at : last.at].split()
                is_short = len(words) == 1 and (len(words[0]) < SHORT_WORD or bool(place.hyphen))
                is_stub = rest < SHORT_LINE * width or is_short
            yield Point(place.end, place.start, place.cost, place.is_hyphen, bool(place.hyphen), is_stub)

    @cached_property
    def _bytes(self) -> list[int]:
        """The byte that each character begins at, and the end."""
        return self._joined([run.bytes_at for run in self.runs])

    @cached_property
    def _along(self) -> list[float]:
        """How far along each character begins, and the end."""
        return self._joined([run.along for run in self.runs])

    @staticmethod
    def _joined(of_runs: Sequence[list[Number]]) -> list[Number]:
        """Put what counts in each text box after another, so that it counts in the paragraph."""
        joined = list(of_runs[0])
        for each in of_runs[1:]:
            left = joined.pop()
            joined += [left + number for number in each]
        return joined

    def _run_of(self, at: int) -> Run:
        """Find the text box that holds a character."""
        return self.runs[bisect_right(self._run_starts, at) - 1]

    @cached_property
    def _run_starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def _places(self, context: Any) -> list[_Place]:
        """Find all places where it may be broken, in order, its end included."""
        if self._found is None:
            attributes = _attributes(self.text, self.linebox.style["lang"])
            found = {place.at: place for place in self._syllables(attributes, context)}
            found |= {place.at: place for place in self._breaks(attributes)}
            found[len(self.text)] = self._place(len(self.text), is_forced=True)
            self._found = [found[at] for at in sorted(found)]
        return self._found

    _found: list[_Place] | None = None

    def _breaks(self, attributes: Sequence[int]) -> Iterator[_Place]:
        """Yield the places between words, after hyphens, after soft hyphens, and where lines must end."""
        text, may_break = self.text, _masks()["is_line_break"]
        for at in [number for number, attribute in enumerate(attributes) if attribute & may_break]:
            if not 0 < at < len(text):
                continue
            before = text[at - 1]
            if before == LINE_BREAK:
                yield self._place(at, at - 1, is_forced=True)
            elif text[at] != LINE_BREAK and self._may_break(at):
                if before == SOFT_HYPHEN:
                    yield self._divided(at)
                else:
                    shown = len(text[:at].rstrip(" ")) if before == " " else at
                    yield self._place(at, shown, is_hyphen=text[shown - 1] in HYPHENS)

    def _may_break(self, at: int) -> bool:
        """Tell whether the styles let a line end before a character where the letters do."""
        first, second = self._run_of(at - 1), self._run_of(at)
        if self.text[at - 1] == " ":
            return first.wraps
        if self.text[at - 1] == SOFT_HYPHEN and first.style["hyphens"] == "none":
            return False
        return first.wraps and second.wraps and (first is second or not second.calls_note)

    def _syllables(self, attributes: Sequence[int], context: Any) -> Iterator[_Place]:
        """Yield the places where the language's patterns divide words."""
        begins, ends = _masks()["is_word_start"], _masks()["is_word_end"]
        start = 0
        for at in [number for number, attribute in enumerate(attributes) if attribute & (begins | ends)]:
            if attributes[at] & ends and at - start > 1:
                run, word = self._run_of(start), self.text[start:at]
                if at <= run.end and run.wraps and SOFT_HYPHEN not in word:
                    yield from (self._divided(start + position) for position in _positions(word, run.style, context))
            if attributes[at] & begins:
                start = at

    def _place(self, at: int, shown: int | None = None, *, is_hyphen: bool = False, is_forced: bool = False) -> _Place:
        """Make a place before a character; the line that ends there shows what is before `shown`."""
        end = self._along[at if shown is None else shown]
        return _Place(at, self._bytes[at], end, self._along[at], "", is_hyphen, is_forced)

    def _divided(self, at: int) -> _Place:
        run = self._run_of(at - 1)
        along = self._along[at]
        return _Place(at, self._bytes[at], along + run.hyphen_width, along, run.hyphen, is_hyphen=True)


def _ahead(lines: Mapping[int, Ending], begins: int) -> Iterator[Ending]:
    """Yield the ends of the lines from one on, up to where the paragraph ends or must be broken."""
    while (ending := lines.get(begins)) is not None:
        yield ending
        begins = ending.at


def _require_plain(box: Any) -> None:
    """Raise NotMeasurable if a text box is set otherwise than letter after letter, from left to right."""
    style = box.style
    if box.text == LINE_BREAK and style["white_space"] == "pre-line":
        return
    is_plain = (
        style["white_space"] in {"normal", "nowrap"}
        and style["letter_spacing"] == "normal"
        and not style["word_spacing"]
        and style["direction"] == "ltr"
        and style["word_break"] != "break-all"
        and style["font_size"] > 0
        and UNLIKE_SPACES.isdisjoint(box.text)
        and LINE_BREAK not in box.text
    )
    if not is_plain:
        raise NotMeasurable


def _takes_room(style: Any) -> bool:
    """Tell whether an inline element has room around its text."""
    for side in ("left", "right"):
        around = (style[f"margin_{side}"], style[f"padding_{side}"])
        if style[f"border_{side}_width"] or any(each != "auto" and each.value for each in around):
            return True
    return False


def _positions(word: str, style: Any, context: Any) -> list[int]:
    """Tell after which letters a word may be divided."""
    language = style["lang"] and pyphen.language_fallback(style["lang"])
    total, left, right = style["hyphenate_limit_chars"]
    if style["hyphens"] != "auto" or not language or len(word) < total:
        return []
    key = (language, left, right, total)
    if key not in context.dictionaries:
        context.dictionaries[key] = pyphen.Pyphen(lang=language, left=left, right=right)
    # A word that is written otherwise when it is divided stays whole.
    return [int(position) for position in context.dictionaries[key].positions(word) if not position.data]


def _clusters(line: Any, length: int) -> dict[int, float]:
    """Read how far along a line's clusters of glyphs begin, by their first byte, and the line's end."""
    starts: list[int] = []
    widths: list[int] = []
    run = line.runs
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        if item.analysis.level % 2:
            raise NotMeasurable
        count = glyphs.num_glyphs
        starts += [item.offset + offset for offset in ffi.unpack(glyphs.log_clusters, count)]
        widths += _glyph_widths(glyphs.glyphs, count)
        run = run.next
    known = {0: 0.0, length: 0.0}  # a line that must end at once has no glyphs
    along = 0
    for start, width in zip(starts, widths, strict=True):
        if start not in known:
            known[start] = along * FROM_UNITS
        along += width
    known[length] = along * FROM_UNITS
    return known


def _shared_out(found: Sequence[float | None]) -> list[float]:
    """Give the letters of a ligature an equal share of its width."""
    along = list(found)
    for number, each in enumerate(found):
        if each is None:
            after = next(n for n in range(number, len(found)) if found[n] is not None)
            before = along[number - 1]
            along[number] = before + (found[after] - before) / (after - number + 1)  # type: ignore[operator]
    return along  # type: ignore[return-value]


def _glyph_widths(glyphs: Any, count: int) -> list[int]:
    whole = array("i")
    whole.frombytes(ffi.buffer(glyphs, count * ffi.sizeof("PangoGlyphInfo")))
    step = ffi.sizeof("PangoGlyphInfo") // whole.itemsize
    return whole[ffi.offsetof("PangoGlyphInfo", "geometry") // whole.itemsize :: step].tolist()


def _attributes(text: str, language: str | None) -> list[int]:
    """Tell of each character, and of the end, what Pango says of the place before it: `_masks` are its bits."""
    found = array("I")
    found.frombytes(ffi.buffer(get_log_attrs(text, language)))
    return found.tolist()


@cache
def _masks() -> Mapping[str, int]:
    """Find the bits of `PangoLogAttr`, which compilers lay out."""
    masks: dict[str, int] = {}
    for name in ("is_line_break", "is_word_start", "is_word_end"):
        attribute = ffi.new("PangoLogAttr *")
        setattr(attribute, name, 1)
        masks[name] = int.from_bytes(ffi.buffer(attribute), "little" if array("I", [1]).tobytes()[0] else "big")
    return masks
