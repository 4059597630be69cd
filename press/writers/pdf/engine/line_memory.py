"""Lines that were set before: a line is what Pango makes of its text, its style and its measure, each time.

WeasyPrint 70.0 sets the lines of a page again and again: to learn how wide a box may be, to level columns, for what it
puts back because a page is full, and all of them when a word of the part has changed. Here each is set once and then
looked up, which takes about half of the time that layout does. Remembered is what its `split_first_line` (private)
returns, with all that it is told and all that it asks of the style; a test holds that list against its source.

Where a paragraph's lines end (`total_fit`) is remembered by the same, of all its texts: of the hundred paragraphs of a
part that is laid out again, one has changed.

Upstream: WeasyPrint itself remembers the height of an empty line so (`strut`), and could do the same here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.line_break import Layout, can_break_text, split_first_line

ASKED = (
    *("direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size"),
    *("font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian"),
    *("font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings"),
    *("font_weight", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang"),
    *("letter_spacing", "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break"),
    "word_spacing",
)
"""What setting a line asks of the style."""
ASKING = (inline, preferred, line_break)
"""The modules that ask for lines; drawings ask the last."""
MOST = 20_000
"""How many lines are remembered, the last ones: those of some hundred pages, about 20 MB."""

Plan = TypeVar("Plan")


class LineMemory:
    """Remembers lines for one style sheet and its fonts, and one list of words with their breaks."""

    def __init__(self) -> None:
        self._lines: dict[Any, Any] = {}
        self._breaks: dict[tuple[str, Any], Any] = {}
        self._plans: dict[Hashable, Any] = {}
        self._is_on = False
        self._styles: dict[int, tuple[Any, str]] = {}
        """The styles of the part that is laid out, by their identity; held, so that no other takes it."""

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Set lines from memory while the body runs, in which one part is laid out."""
        self._is_on = True
        theirs = [(module, name, getattr(module, name)) for module in ASKING for name in self._ours()]
        for module, name, _ in theirs:
            setattr(module, name, self._ours()[name])
        try:
            yield
        finally:
            for module, name, original in theirs:
                setattr(module, name, original)
            self._is_on = False
            self._styles.clear()
            for held in (self._lines, self._breaks, self._plans):
                for oldest in list(held)[: -MOST or None]:
                    del held[oldest]

    def planned(
        self, told: Hashable, style: Any, texts: Iterable[tuple[str, Any, bool]], plan: Callable[[], Plan]
    ) -> Plan:
        """Give how a paragraph was planned before, or plan it.

        `told` is all that the plan depends on but the paragraph's style and its texts, each with its own style and
        whether it calls a note.
        """
        if not self._is_on:
            return plan()
        parts = ((text, self._asked_of(own), calls) for text, own, calls in texts)
        key = (told, self._asked_of(style), *parts)
        if key not in self._plans:
            self._plans[key] = plan()
        found: Plan = self._plans[key]
        return found

    def _ours(self) -> dict[str, Any]:
        return {"split_first_line": self._split_first_line, "can_break_text": self._can_break_text}

    def _split_first_line(
        self,
        text: str,
        style: Any,
        context: Any,
        max_width: Any,
        justification_spacing: Any,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        told = (max_width, justification_spacing, is_line_start, minimum)
        key = (text, self._asked_of(style), *told)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = split_first_line(text, style, context, *told)
        layout, *rest = found
        # Whoever gets a line may write in it; what is remembered stays as it is.
        copied = Layout.__new__(Layout)
        copied.__dict__.update(layout.__dict__)
        return copied, *rest

    def _can_break_text(self, text: str, lang: Any) -> Any:
        if (text, lang) not in self._breaks:
            self._breaks[text, lang] = can_break_text(text, lang)
        return self._breaks[text, lang]

    def _asked_of(self, style: Any) -> str:
        known = self._styles.get(id(style))
        if known is None:
            known = self._styles[id(style)] = (style, repr([style[name] for name in ASKED]))
        return known[1]
