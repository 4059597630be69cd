"""What style sheets did to words: added some, turned their order about, or took capitals from them.

`press.writers.pdf.seen.conserve` follows the words of the HTML to the pages; it says nothing of words that come from a
style sheet, and of two boxes on one page not which a reader meets first. So: no words in `content:` (digits and signs
may stand there; running heads come from the content by `string-set` and `position: running()`), no `direction` but that
of the language, no transformation of letters but to capitals, and boxes that follow each other in the content stand
below each other or side by side from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from press.document import AT
from press.errors import Place, Problem
from press.writers.pdf.engine.boxes import BLOCKS, MarginBox, children, page_box, pseudo, root_element, text_boxes
from press.writers.pdf.layout import LaidOut
from press.writers.pdf.seen.conserve import place_of

RULE = "styled"
TOLERANCE_PX = 1.5
_WORDS = re.compile(r"[^\W\d_]{2,}")
ALLOWED_TRANSFORMS = {"none", "uppercase"}


def styled_problems(part: LaidOut) -> Iterator[Problem]:
    """Yield what the style sheets do to the words of a part, each kind once."""
    html = root_element(part.rendered)
    told: set[str] = set()
    order = {element: index for index, element in enumerate(html.iter())}
    said = _said(html)
    for page in part.rendered.pages:
        for what, element in _faults(page_box(page), order, said):
            if what not in told:
                told.add(what)
                yield Problem(_place(element, html, part), RULE, what, "mend the style sheet: what is read is content")


def _faults(box: Any, order: Mapping[Element, int], said: str) -> Iterator[tuple[str, Element | None]]:
    for text_box, in_margin in text_boxes(box):
        yield from _of_text(text_box, in_margin, said)
    yield from _out_of_order(box, order)


def _of_text(box: Any, in_margin: bool, said: str) -> Iterator[tuple[str, Element | None]]:
    if in_margin or pseudo(box) in {"before", "after"}:
        words = [word for word in _WORDS.findall(box.text) if word.casefold() not in said]
        if words:
            yield f"a style sheet adds words: «{' '.join(words)}»", box.element
    if (transform := box.style["text_transform"]) not in ALLOWED_TRANSFORMS:
        yield f"a style sheet changes letters (text-transform: {transform}): «{box.text.strip()}»", box.element
    if box.style["direction"] != "ltr":
        yield f"a style sheet turns the words about (direction: rtl): «{box.text.strip()}»", box.element


def _out_of_order(box: Any, order: Mapping[Element, int]) -> Iterator[tuple[str, Element | None]]:
    """Yield neighbours that stand the other way round than in the content."""
    below = [child for child in children(box) if not isinstance(child, MarginBox)]
    flowing = [child for child in below if isinstance(child, BLOCKS) and child.is_in_normal_flow() and _has_text(child)]
    # An anonymous box has the element of the box around it, and so no place of its own in the order.
    named = (child for child in flowing if child.element is not box.element and child.element in order)
    ordered = sorted(named, key=lambda child: order[child.element])
    for first, second in pairwise(ordered):
        is_below = second.position_y >= first.position_y + min(first.margin_height(), second.margin_height()) / 2
        is_right = second.position_x >= first.position_x + TOLERANCE_PX
        is_level = second.position_y >= first.position_y - TOLERANCE_PX and second.position_x >= first.position_x
        if not (is_below or is_right or is_level):
            what = f"a style sheet sets «{_words_of(second)}» before «{_words_of(first)}»"
            yield what, second.element
    for child in below:
        yield from _out_of_order(child, order)


def _said(html: Element) -> str:
    """Gather what the HTML says, in text and in attributes that style sheets may print."""
    attributes = (value for element in html.iter() for value in element.attrib.values())
    return " ".join([*html.itertext(), *attributes]).casefold()


def _has_text(box: Any) -> bool:
    return any(text.text.strip() for text, _ in text_boxes(box))


def _words_of(box: Any) -> str:
    words = " ".join(" ".join(text.text for text, _ in text_boxes(box)).split())
    return words if len(words) <= 40 else f"{words[:40]}…"


def _place(element: Element | None, html: Element, part: LaidOut) -> Place:
    """Name the place in the content of what stands in an element, the nearest that is known."""
    parents = {child: parent for parent in html.iter() for child in parent}
    while element is not None and AT not in element.attrib:
        element = parents.get(element)
    return place_of(element.get(AT, "") if element is not None else "", part)
