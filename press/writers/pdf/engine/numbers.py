"""Page numbers found again in what is drawn, and the glyphs that any other number would be.

A number that is a text box of its own is drawn as the glyphs of its digits and nothing between them. Where all digits
are of one width, and no two of them are drawn nearer to each other than others, another number of as many digits is
the same but for the glyphs' codes. Whether that is so is asked of the font, by setting all pairs of digits as the box
itself is set.

Behind `weasyprint.draw.text.draw_first_line` (private, WeasyPrint 70.0), as `actual_text` is.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Any

from weasyprint.draw import text as weasyprint_text
from weasyprint.text.line_break import create_layout

DIGITS = "0123456789"
_PAIRS = "".join(f"{first}{second}" for first, second in product(DIGITS, DIGITS))
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_SHOWN = re.compile(rb"\[<(.*)\] TJ")
_CODE = re.compile(rb"([0-9a-f]{4})(>[^<>]*<?)?")


@dataclass(frozen=True)
class Spot:
    """Where a number was drawn."""

    stream: Any
    operation: int
    """Index of the operation that shows it."""
    glyphs: tuple[str, ...]
    """The codes of the ten digits."""
    between: str
    """What stands between the codes of two digits."""


@contextmanager
def spotted(boxes: Collection[Any]) -> Iterator[dict[Any, Spot]]:
    """Note where text boxes that are numbers are drawn while the body runs; a box that is bound to be itself is not."""
    theirs = weasyprint_text.draw_first_line
    spots: dict[Any, Spot] = {}

    def draw_first_line(stream: Any, text_box: Any, *arguments: Any) -> Any:
        before = len(stream.stream)
        emojis = theirs(stream, text_box, *arguments)
        if text_box in boxes and (even := _even_digits(stream, text_box, theirs, arguments)) is not None:
            glyphs, between = even
            number = between.join(glyphs[int(digit)] for digit in text_box.text).encode()
            shown = [index for index in range(before, len(stream.stream)) if _SHOWN.fullmatch(_bytes(stream, index))]
            if len(shown) == 1 and _bytes(stream, shown[0]).startswith(b"[<" + number):
                spots[text_box] = Spot(stream, shown[0], glyphs, between)
        return emojis

    weasyprint_text.draw_first_line = draw_first_line
    try:
        yield spots
    finally:
        weasyprint_text.draw_first_line = theirs


def _even_digits(stream: Any, text_box: Any, draw: Any, arguments: Any) -> tuple[tuple[str, ...], str] | None:
    """Give the codes of the digits as a box shows them, and what it has between; None if they take unlike room."""
    trial = copy.copy(text_box)
    trial.text = _PAIRS
    trial.pango_layout = create_layout(_PAIRS, text_box.style, None, None, 0)
    scratch = stream.clone(tags=None)
    draw(scratch, trial, *arguments)
    drawn = [_bytes(scratch, index) for index in range(len(scratch.stream))]
    names = [match[1].decode() for each in drawn if (match := _FONT.fullmatch(each))]
    shown = [match[1] for each in drawn if (match := _SHOWN.fullmatch(each))]
    if len(names) != 1 or len(shown) != 1:
        return None
    found = _CODE.findall(shown[0])
    glyphs = {letter: code.decode() for letter, (code, _) in zip(_PAIRS, found, strict=False)}
    between = {moves for _, moves in found[:-1]}
    if [code.decode() for code, _ in found] != [glyphs[letter] for letter in _PAIRS] or len(between) != 1:
        return None
    font = next(font for font in stream._fonts.values() if font.hash == names[0])
    if len({font.widths[int(code, 16)] for code in glyphs.values()}) != 1:
        return None
    return tuple(glyphs[digit] for digit in DIGITS), between.pop().decode()


def _bytes(stream: Any, index: int) -> bytes:
    operation = stream.stream[index]
    return operation if isinstance(operation, bytes) else b""
