"""Lines broken for the sake of the whole paragraph, where WeasyPrint 70.0 fills one after the other.

Before the first line of a paragraph is laid out, it is read and measured (`paragraph`), and `press.writers.pdf.breaks`
chooses where its lines end. When WeasyPrint then asks how much of a text box fits a line, it is given what was chosen.
All else is its own: heights, footnotes, orphans and widows, pages. A paragraph that goes on on another page goes on as
it was planned.

What cannot be told beforehand is left to WeasyPrint: lines beside a float, and paragraphs with a picture, a float or a
box in a line, of text that runs from right to left or keeps its spaces, with letters or words spaced out, with a first
line or letter of its own, with room around an inline element, with a word wider than the measure, or of enormous
length. So is a line whose text turns out wider than it was measured.

Which line will be the last of its page is foreseen from the room that is left where a paragraph begins or goes on.
Notes that its own lines call, and what is moved for the sake of blocks after it, are not: a hyphen may still come to
stand there, and the rule `hyphen-turn` tells of it.

`iter_line_boxes`, `get_next_linebox`, `split_text_box` and `split_first_line` are private to WeasyPrint 70.0. With
`on=False` nothing is touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint.layout import block, inline
from weasyprint.text.line_break import strut

from press.writers.pdf.engine.line_memory import LineMemory
from press.writers.pdf.engine.paragraph import Ending, NotMeasurable, Paragraph, Piece


@contextmanager
def total_fit(memory: LineMemory | None = None, *, on: bool = True) -> Iterator[None]:
    """Break lines for the sake of the whole paragraph while the body runs; to be entered after `full_lines`.

    What `memory` knows of a paragraph is not planned again.
    """
    if not on:
        yield
        return
    iter_line_boxes = block.iter_line_boxes
    theirs = inline.get_next_linebox, inline.split_text_box, inline.split_first_line
    setter = _Setter(memory or LineMemory(), *theirs)

    def begin_and_iterate(context: Any, linebox: Any, *arguments: Any) -> Any:
        setter.begun.add(linebox)
        return iter_line_boxes(context, linebox, *arguments)

    block.iter_line_boxes = begin_and_iterate
    inline.get_next_linebox = setter.get_next_linebox
    inline.split_text_box = setter.split_text_box
    inline.split_first_line = setter.split_first_line
    try:
        yield
    finally:
        block.iter_line_boxes = iter_line_boxes
        inline.get_next_linebox, inline.split_text_box, inline.split_first_line = theirs


class _Setter:
    """Stands in for functions of WeasyPrint while a document is laid out."""

    def __init__(self, memory: LineMemory, get_next_linebox: Any, split_text_box: Any, split_first_line: Any) -> None:
        self.memory = memory
        self._next_linebox, self._text_box, self._first_line = get_next_linebox, split_text_box, split_first_line
        self.begun: set[Any] = set()
        """Paragraphs whose next line is the first on its page, or in its column."""
        self._paragraphs: dict[Any, Paragraph | None] = {}
        """By the box that holds all of a paragraph; None if its lines are WeasyPrint's to break."""
        self._line: tuple[Paragraph, Ending] | None = None
        """What is known of the line that is laid out."""
        self._piece: Piece | None = None

    def get_next_linebox(
        self,
        context: Any,
        linebox: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        *first_styles: Any,
    ) -> Any:
        """Lay out a line; where its end can be chosen, up to there."""
        around, self._line = self._line, None
        is_beside_float = any(
            shape.position_y + shape.margin_height() > position_y for shape in context.excluded_shapes or ()
        )
        if any(first_styles):
            self._paragraphs[linebox] = None
        if not is_beside_float:
            below = position_y + bottom_space if linebox in self.begun else None
            self._line = self._choose(context, linebox, skip_stack, containing_block.width, below)
        self.begun.discard(linebox)
        try:
            return self._next_linebox(
                context,
                linebox,
                position_y,
                bottom_space,
                skip_stack,
                containing_block,
                absolute_boxes,
                fixed_boxes,
                *first_styles,
            )
        finally:
            self._line = around

    def _choose(
        self, context: Any, linebox: Any, skip_stack: Any, width: float, below: float | None
    ) -> tuple[Paragraph, Ending] | None:
        if linebox not in self._paragraphs:
            try:
                self._paragraphs[linebox] = Paragraph(linebox, self.memory)
            except NotMeasurable:
                self._paragraphs[linebox] = None
        paragraph = self._paragraphs[linebox]
        if paragraph is None:
            return None
        if skip_stack is None and paragraph.is_one_line(
            width, lambda text, style: self._first_line(text, style, context, None, 0)[3]
        ):
            return None
        begins = inline.skip_first_whitespace(linebox, skip_stack)
        if begins == "continue":
            return None
        room = (lambda: _room(context, linebox, below)) if below is not None else None
        ending = paragraph.ending(paragraph.offset(begins), width, context, room)
        return None if ending is None else (paragraph, ending)

    def split_text_box(
        self, context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
    ) -> Any:
        """Give a line as much of a text box as was chosen."""
        if self._line is not None and available_width is not None:
            paragraph, ending = self._line
            self._piece = paragraph.piece(box, skip, ending) if box in paragraph.by_box else None
        try:
            return self._text_box(context, box, available_width, skip, is_line_start)
        finally:
            self._piece = None

    def split_first_line(
        self, text: str, style: Any, context: Any, max_width: Any, spacing: float, **named: Any
    ) -> Any:
        """Set the piece that was chosen; one that is too wide, and the rest of its line, as WeasyPrint does."""
        piece, self._piece = self._piece, None
        if piece is not None:
            shown = self._first_line(piece.shown + piece.hyphen, style, context, None, spacing)
            layout, length, _, width, height, baseline = shown
            if width <= max_width:
                return layout, length - len(piece.hyphen.encode()), piece.resume, width, height, baseline
            self._line = None
        return self._first_line(text, style, context, max_width, spacing, **named)


def _room(context: Any, linebox: Any, below: float) -> float:
    """Tell how many lines there is room for before the page or the column ends, as far as that is known."""
    height = strut(linebox.style)[0]
    if context.page_bottom is None or not height:
        return inf
    return float((context.page_bottom - below) / height * (1 + 1e-9))
