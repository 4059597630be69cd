"""Text boxes drawn so that their text reads as the source has it, whoever takes it out.

A space that a box lacks is shown after its last letter. A word that the end of a line divides is marked on its first
piece with the whole word as its ActualText (ISO 32000-1, 14.9.4), and what is left of it, up to the next word, as a
line feed. Found by trial: PDFium, Poppler and MuPDF (from 1.24 on) then copy and find the plain word. An empty
ActualText, which Poppler and MuPDF take as well, PDFium passes over. pdf.js reads no ActualText. It finds a divided
word by the HYPHEN-MINUS before the line's end, so that every hyphen's glyph reads as that.

Where a word cannot be put together, because it goes on on another page or in a link, its hyphen alone says what it is.

The marks are put in behind `weasyprint.draw.text.draw_first_line` (private, WeasyPrint 70.0), where a box's glyphs
have just been written to the page's stream.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont
from weasyprint.draw import text as weasyprint_text

from press.writers.pdf.words import Saying

LINE_FEED = "\n"
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_SHOWN = re.compile(rb"\[(.*)\] TJ", re.DOTALL)
_PIECE = re.compile(rb"<([0-9a-f]*)>|([^<>]+)")


@dataclass
class Glyph:
    """A glyph as it is shown."""

    code: bytes
    reads: str
    moves: bytes = b""
    """What moves the glyph after it."""


@contextmanager
def actual_text(said: Mapping[Any, Saying], hyphens: Mapping[Any, str]) -> Iterator[None]:
    """Draw text boxes with what they say while the body runs.

    `hyphens` knows the boxes that end in a hyphen.
    """
    theirs = weasyprint_text.draw_first_line
    spaces: dict[str, tuple[int, int]] = {}

    def draw_first_line(stream: Any, text_box: Any, *arguments: Any) -> Any:
        before = len(stream.stream)
        emojis = theirs(stream, text_box, *arguments)
        saying = said.get(text_box)
        if saying is not None and len(stream.stream) > before and text_box.text.strip():
            line = _Line(stream, before)
            if text_box in hyphens:
                line.name_hyphen()
            if saying.space:
                line.add_space(spaces)
            stream.stream[before:] = line.written(saying)
        return emojis

    weasyprint_text.draw_first_line = draw_first_line
    try:
        yield
    finally:
        weasyprint_text.draw_first_line = theirs


class _Line:
    """The operations that draw one text box: each as it is, or the glyphs that it shows."""

    def __init__(self, stream: Any, start: int) -> None:
        self.operations: list[Any] = []
        self.font = _current_font(stream, start)
        for operation in stream.stream[start:]:
            named = _FONT.fullmatch(operation) if isinstance(operation, bytes) else None
            shown = _SHOWN.fullmatch(operation) if isinstance(operation, bytes) else None
            if named:
                self.font = _font_of(stream, named[1].decode())
            self.operations.append(list(_glyphs(shown[1], self.font)) if shown else operation)
        if not self.glyphs:
            raise ValueError(f"an unknown way of showing text: {stream.stream[start:]!r}"[:200])

    @property
    def glyphs(self) -> list[Glyph]:
        return [item for operation in self.operations if isinstance(operation, list) for item in operation]

    def name_hyphen(self) -> None:
        """Let the hyphen's glyph read as HYPHEN-MINUS, whichever hyphen it was first drawn for."""
        # Layout may draw the space after a hyphen of the source: «IT- og».
        code = next((int(glyph.code, 16) for glyph in reversed(self.glyphs) if not glyph.reads.isspace()), 0)
        if self.font.to_unicode.get(code) not in {"-", "‐"}:
            raise ValueError(f"the line ends in {self.font.to_unicode.get(code)!r}, not in a hyphen")
        self.font.to_unicode[code] = "-"

    def add_space(self, known: dict[str, tuple[int, int]]) -> None:
        """Show a space after the last glyph, unless it is one: layout draws some that the box's text lacks."""
        if self.glyphs[-1].reads.isspace():
            return
        code, width = known.get(self.font.hash) or known.setdefault(self.font.hash, _space(self.font.file_content))
        self.font.to_unicode.setdefault(code, " ")
        self.font.widths.setdefault(code, width)
        next(o for o in reversed(self.operations) if isinstance(o, list)).append(Glyph(b"%04x" % code, " "))

    def written(self, saying: Saying) -> list[Any]:
        """Give the operations, with marks around the glyphs that say something else."""
        begins, ends = self._marks(saying)
        written: list[Any] = []
        count = 0
        for operation in self.operations:
            if not isinstance(operation, list):
                written.append(operation)
                continue
            shown: list[Glyph] = []
            for glyph in operation:
                if count in begins:
                    written += [*_show(shown), begins[count]]
                    shown = []
                shown.append(glyph)
                count += 1
                if count in ends:
                    written += [*_show(shown), b"EMC"]
                    shown = []
            written += _show(shown)
        return written

    def _marks(self, saying: Saying) -> tuple[dict[int, bytes], set[int]]:
        """Give the marks by the number of the glyph that they stand before, and the glyphs before which marks end."""
        spaces = [glyph.reads.isspace() for glyph in self.glyphs]
        begins, ends = dict[int, bytes](), set[int]()
        if saying.goes_on:
            begins[0] = _says(LINE_FEED)
            ends.add(spaces.index(True) + 1 if True in spaces else len(spaces))
        if saying.word or saying.hyphen:
            last = max(number for number, is_space in enumerate(spaces) if not is_space)
            first = max((number for number in range(last) if spaces[number]), default=-1) + 1
            begins[first if saying.word else last] = _says(saying.word or saying.hyphen)
            ends.add(len(spaces) if saying.word else last + 1)
        return begins, ends


def _says(text: str) -> bytes:
    return b"/Span <</ActualText <feff%s>>> BDC" % text.encode("utf-16-be").hex().encode()


def _show(glyphs: Sequence[Glyph]) -> list[bytes]:
    shown = b"".join(b"<%s>%s" % (glyph.code, glyph.moves) for glyph in glyphs).replace(b"><", b"")
    return [b"[%s] TJ" % shown] if glyphs else []


def _glyphs(shown: bytes, font: Any) -> Iterator[Glyph]:
    glyph = Glyph(b"", "")
    for codes, moves in _PIECE.findall(shown):
        glyph.moves = b" ".join(filter(None, (glyph.moves, moves)))
        for at in range(0, len(codes), 4):
            if glyph.code or glyph.moves:
                yield glyph
            glyph = Glyph(codes[at : at + 4], font.to_unicode[int(codes[at : at + 4], 16)])
    yield glyph


def _current_font(stream: Any, end: int) -> Any:
    """Find the font that is set before an operation of a stream."""
    for operation in reversed(stream.stream[:end]):
        match = _FONT.fullmatch(operation) if isinstance(operation, bytes) else None
        if match:
            return _font_of(stream, match[1].decode())
    return None


def _font_of(stream: Any, name: str) -> Any:
    return next(font for font in stream._fonts.values() if font.hash == name)


@lru_cache(maxsize=32)
def _space(file: bytes) -> tuple[int, int]:
    """Find the glyph that a font has for a space, and its width in thousandths of an em."""
    with TTFont(io.BytesIO(file), lazy=True) as font:
        name = font.getBestCmap()[ord(" ")]
        return font.getGlyphID(name), round(font["hmtx"][name][0] * 1000 / font["head"].unitsPerEm)
