"""Line numbers in the margin that stand beside lines of text, and beside nothing else.

A style sheet numbers the lines of a page by writing 1, 2, 3 … below each other in a margin box, as high as the lines of
text are. Of a margin box that says `--beside-lines: 1` only the numbers stay that have a line of text beside them: a
number beside nothing cannot be referred to. Which line of a page is empty only its layout knows, and CSS has no counter
of lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from press.writers.pdf.engine.boxes import LineBox, MarginBox, children, page_box, text_boxes

PROPERTY = "__beside_lines"


def keep_beside_lines(rendered: Any) -> None:
    """Take the numbers off the pages that stand beside no line, in place."""
    for page in rendered.pages:
        boxes = list(children(page_box(page)))
        margins = [
            box for box in boxes if isinstance(box, MarginBox) and PROPERTY in getattr(box.style, "cascaded", ())
        ]
        if margins:
            baselines = [at for box in boxes if not isinstance(box, MarginBox) for at in _baselines(box)]
            for number in (line for margin in margins for line in _lines(margin)):
                top, bottom = number.position_y, number.position_y + number.height
                if not any(top < at <= bottom for at in baselines):
                    number.children = ()


def _baselines(box: Any) -> Iterator[float]:
    return (line.position_y + line.baseline for line in _lines(box) if _has_words(line))


def _lines(box: Any) -> Iterator[Any]:
    for child in children(box):
        if isinstance(child, LineBox):
            yield child
        yield from _lines(child)


def _has_words(line: Any) -> bool:
    return any(text.text.strip() for text, _ in text_boxes(line))
