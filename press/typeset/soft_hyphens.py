"""Hyphens that layout put in, drawn with a glyph of their own that reads as U+00AD.

A word divided at the end of a line must copy and search as one word, and «nord-norske» must keep its hyphen. Readers of
a PDF tell the two by the character behind the glyph, and both are drawn with the font's one hyphen glyph. So the last
glyph of a line that ends in a hyphen of ours is swapped for another glyph id, which the font's subset makes a copy of
the hyphen (`press.typeset.subset`) and whose Unicode value is SOFT HYPHEN.

The swap takes place behind `weasyprint.draw.text.draw_first_line` (private, WeasyPrint 70.0), where a line's glyphs
have just been written to the page's stream.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.draw import text as weasyprint_text

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_LAST_GLYPH = re.compile(rb"([0-9a-f]{4})(>[^<>]*(?:<>[^<>]*)*\] TJ)\Z")


@contextmanager
def soft_hyphens(text_boxes: Collection[int]) -> Iterator[None]:
    """Draw the last glyph of each text box whose `id()` is given as a soft hyphen, while the body runs."""
    theirs = weasyprint_text.draw_first_line

    def draw_first_line(stream: Any, text_box: Any, *arguments: Any) -> Any:
        emojis = theirs(stream, text_box, *arguments)
        if id(text_box) in text_boxes:
            _swap_last_glyph(stream)
        return emojis

    weasyprint_text.draw_first_line = draw_first_line
    try:
        yield
    finally:
        weasyprint_text.draw_first_line = theirs


def _swap_last_glyph(stream: Any) -> None:
    shown = stream.stream[-1]
    font = _current_font(stream)
    match = _LAST_GLYPH.search(shown)
    if match is None:
        raise ValueError(f"an unknown way of showing text: {shown[-80:]!r}")
    hyphen = int(match[1], 16)
    soft = font.glyph_count
    if font.to_unicode.get(hyphen) not in {"-", "‐"}:
        raise ValueError(f"the line ends in {font.to_unicode.get(hyphen)!r}, not in a hyphen")
    font.to_unicode[soft] = SOFT_HYPHEN
    font.widths[soft] = font.widths[hyphen]
    font.soft_hyphen = hyphen
    stream.stream[-1] = shown[: match.start(1)] + f"{soft:04x}".encode() + shown[match.start(2) :]


def _current_font(stream: Any) -> Any:
    """Find the font set last in a stream."""
    for operation in reversed(stream.stream):
        match = _FONT.fullmatch(operation) if isinstance(operation, bytes) else None
        if match:
            name = match[1].decode()
            return next(font for font in stream._fonts.values() if font.hash == name)
    raise ValueError("no font was set before text was shown")
