"""Lines that WeasyPrint 70.0 breaks after their first word although they fit.

A text that goes on in another element (`… for <em>alle</em>`) ends in a space. Where it fills the line but for that
space, Pango lets the space hang over the edge, and WeasyPrint takes it for a line that is too long and cuts it at the
first word. Here such a text is measured without the space, which no line shows at its end.

`split_first_line` is private to WeasyPrint 70.0; the module can go when
tests/writers/pdf/test_full_lines.py passes without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import inline


@contextmanager
def full_lines() -> Iterator[None]:
    """Let texts fill their lines while the body runs."""
    theirs = inline.split_first_line

    def split_first_line(text: str, style: Any, context: Any, max_width: Any, *arguments: Any, **named: Any) -> Any:
        found = theirs(text, style, context, max_width, *arguments, **named)
        resume_at = found[2]
        if max_width is None or resume_at is None or not text.endswith(" ") or style["white_space"] != "normal":
            return found
        without = theirs(text.rstrip(" "), style, context, max_width, *arguments, **named)
        fits = without[2] is None and without[3] <= max_width
        return without if fits else found

    inline.split_first_line = split_first_line
    try:
        yield
    finally:
        inline.split_first_line = theirs
