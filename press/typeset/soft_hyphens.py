"""Hyphens at the ends of lines, drawn with glyphs of their own that read as what they are.

A word divided at the end of a line must copy and search as one word, and «nord-norske» must keep its hyphen, wherever
it is divided. Readers of a PDF tell the two by the character behind the glyph, and both are drawn with the font's one
hyphen glyph. What is more, PDFium and Poppler take a HYPHEN-MINUS at the end of a line for one that layout put in, and
Poppler 26.05 a HYPHEN (U+2010) as well. So the last glyph of a line that ends in a hyphen is swapped for another glyph
id, which the font's subset makes a copy of the hyphen (`press.typeset.subset`): one whose Unicode value is SOFT HYPHEN
for a hyphen of ours, as ISO 32000-1, 14.8.2.2.3 has it, and one that reads as NON-BREAKING HYPHEN (U+2011), at which
they join nothing, for a hyphen of the source.

The swap takes place behind `weasyprint.draw.text.draw_first_line` (private, WeasyPrint 70.0), where a line's glyphs
have just been written to the page's stream.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from weasyprint.draw import text as weasyprint_text

SOFT = "\N{SOFT HYPHEN}"
HARD = "\N{NON-BREAKING HYPHEN}"
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_LAST_GLYPH = re.compile(rb"([0-9a-f]{4})(>[^<>]*(?:<>[^<>]*)*\] TJ)\Z")


@contextmanager
def soft_hyphens(hyphens: Mapping[int, str]) -> Iterator[None]:
    """Draw the hyphens at the ends of lines as what they are, while the body runs.

    `hyphens` says by the `id()` of each text box that ends in one how it is to be read: SOFT or HARD.
    """
    theirs = weasyprint_text.draw_first_line

    def draw_first_line(stream: Any, text_box: Any, *arguments: Any) -> Any:
        emojis = theirs(stream, text_box, *arguments)
        if id(text_box) in hyphens:
            _swap_last_glyph(stream, hyphens[id(text_box)])
        return emojis

    weasyprint_text.draw_first_line = draw_first_line
    try:
        yield
    finally:
        weasyprint_text.draw_first_line = theirs


def _swap_last_glyph(stream: Any, reads_as: str) -> None:
    shown = stream.stream[-1]
    font = _current_font(stream)
    match = _LAST_GLYPH.search(shown)
    if match is None:
        raise ValueError(f"an unknown way of showing text: {shown[-80:]!r}")
    hyphen = int(match[1], 16)
    if font.to_unicode.get(hyphen) not in {"-", "‐"}:
        raise ValueError(f"the line ends in {font.to_unicode.get(hyphen)!r}, not in a hyphen")
    copies = font.__dict__.setdefault("hyphen_copies", {})
    copy = copies.setdefault(reads_as, font.glyph_count + len(copies))
    font.hyphen = hyphen
    font.to_unicode[copy] = reads_as
    font.widths[copy] = font.widths[hyphen]
    # Within a line the glyph stands for what was typed.
    font.to_unicode[hyphen] = "-"
    stream.stream[-1] = shown[: match.start(1)] + f"{copy:04x}".encode() + shown[match.start(2) :]


def _current_font(stream: Any) -> Any:
    """Find the font set last in a stream."""
    for operation in reversed(stream.stream):
        match = _FONT.fullmatch(operation) if isinstance(operation, bytes) else None
        if match:
            name = match[1].decode()
            return next(font for font in stream._fonts.values() if font.hash == name)
    raise ValueError("no font was set before text was shown")
