"""How deep a margin note is, and how deep at least the text beside it: room for the one that is deeper.

A pull quote stands beside a paragraph and is often deeper. What it reaches below the paragraph must find room on the
page, where WeasyPrint 70 would cut it off, and must not run into what comes next. Nothing is laid out here: words are
measured with the typefaces, in the sizes of `templates/blocks/quote.css` and `templates/editions/report/`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from press.fonts import SANS, SERIF, advances

PT_PER_MM = 72 / 25.4
KERNING = 1.02
"""How much wider a line may come out than its letters, at the most."""
_WHOLE = re.compile(r"\S+\s*")
_AT_HYPHENS = re.compile(r"[^\s-]*-+\s*|[^\s-]+\s*")
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Setting:
    """How a text is set: a face, in what size and to what measure."""

    family: str
    weight: int
    style: str
    size_pt: float
    leading_pt: float
    width_mm: float

    def width_pt(self, text: str) -> float:
        known = advances(self.family, self.weight, self.style)
        return sum(known.get(letter, 1) for letter in text) * self.size_pt

    def most_lines(self, text: str) -> int:
        """Count the lines of a text whose words are not divided, but perhaps after their hyphens."""
        return max(self._filled_lines(_WHOLE.findall(text)), self._filled_lines(_AT_HYPHENS.findall(text)))

    def _filled_lines(self, pieces: Sequence[str]) -> int:
        """Count the lines of pieces that are set one after another, each on the line before if there is room."""
        lines, room = 0, 0.0
        for piece in pieces:
            width = self.width_pt(piece) * KERNING
            if width > room:
                lines, room = lines + 1, self.width_mm * PT_PER_MM
            room -= width
        return lines

    def fewest_lines(self, text: str) -> int:
        """Count the lines that a text takes if none has any room left."""
        return ceil(self.width_pt(" ".join(text.split())) / KERNING / (self.width_mm * PT_PER_MM))


QUOTE = Setting(SERIF, 300, "italic", 15, 19, 48)
SPEAKER = Setting(SANS, 400, "normal", 8.2, 11.2, 48)
SPEAKER_MARGIN_PT = 3.6
BODY = Setting(SERIF, 400, "normal", 10.2, 14.4, 112)
SMALL = Setting(SANS, 400, "normal", 8.2, 11.2, 112)
"""The smallest type of the body column: captions."""


def depth_pt(quote: str, speaker: str) -> float:
    """Tell how deep a pull quote is at the most, its marks and its speaker included."""
    below = SPEAKER_MARGIN_PT + SPEAKER.most_lines(speaker) * SPEAKER.leading_pt if speaker else 0
    return QUOTE.most_lines(quote) * QUOTE.leading_pt + below


def least_depth_pt(html: str, setting: Setting) -> float:
    """Tell how deep a piece of HTML is at least, footnotes left out."""
    return setting.fewest_lines(_running(html)) * setting.leading_pt


def _running(html: str) -> str:
    """Take the text out of HTML as `press.words.prose` makes it, without that of footnotes."""
    text, within_note = "", 0
    for piece in _TAG.split(html):
        if piece.startswith("<span") and (within_note or 'class="footnote"' in piece):
            within_note += 1
        elif piece == "</span>" and within_note:
            within_note -= 1
        elif not piece.startswith("<") and not within_note:
            text += piece
    return text
