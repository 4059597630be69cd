"""Nothing lost: the words of the HTML against the words on the pages, for every part of every build.

WeasyPrint 70 can drop text without a word in its log (footnotes outside column containers, what follows a
`column-span`, grid rows, whatever runs out of a box of fixed height). So each element's own text is followed through
the text boxes that were laid out for it: every letter must be there once, in order, inside the page, and elements
must come in the order of the source. What is left over, doubled or out of place is a problem with the file and line
that the element's `data-at` attribute names.

The walk also finds the hyphens that layout put in, which `press.typeset.soft_hyphens` needs to know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from press.document import AT, FURNITURE
from press.errors import Place, Problem
from press.fonts import FACES, characters
from press.typeset.boxes import page_box, pseudo, root_element, text_boxes
from press.typeset.layout import LaidOut

RULE = "conserved"
HYPHENS = "-‐"
TOLERANCE_PX = 1.5


@dataclass
class Conserved:
    """What the comparison of one or more parts brought to light."""

    problems: list[Problem] = field(default_factory=list)
    soft_hyphens: set[int] = field(default_factory=set)
    """`id()` of each text box that ends in a hyphen which is not in the source."""


@dataclass(frozen=True)
class _Line:
    """One text box of an element."""

    box: Any
    page: int
    outside: bool
    """Whether it reaches out of the page's content area."""


def conserve(part: LaidOut, result: Conserved) -> None:
    """Compare a part's HTML with its pages; adds to `result`."""
    lines = _lines_by_element(part)
    html = root_element(part.rendered)
    body = html.find("body")
    last_page, last_text = 0, ""
    for element, at, repeats, floats in _elements(body if body is not None else html):
        expected = _own_text(element)
        found = lines.get(element, [])
        place = _place(at, part)
        if not expected:
            continue
        if repeats and found:
            found = [line for line in found if line.page == found[0].page]
        _compare(expected, found, place, result)
        for line in found:
            _glyphs(line.box, place, result)
            if line.outside:
                mend = "make it shorter, or give it more room in its template's style sheet"
                what = f"text runs out of page {line.page}: «{_short(line.box.text)}»"
                result.problems.append(Problem(place, RULE, what, mend))
        if found and not floats:
            if found[0].page < last_page:
                before = f"«{_short(last_text)}» on page {last_page}"
                what = f"«{_short(expected)}» stands on page {found[0].page}, before {before}"
                result.problems.append(Problem(place, RULE, what, "mend the style sheet that moves it"))
            last_page, last_text = found[-1].page, expected


def _lines_by_element(part: LaidOut) -> Mapping[Element, list[_Line]]:
    lines: dict[Element, list[_Line]] = defaultdict(list)
    for number, page in enumerate(part.rendered.pages, start=part.first_page):
        box = page_box(page)
        left, top = box.content_box_x(), box.content_box_y()
        right, bottom = left + box.width, top + box.height
        for text_box, in_margin in text_boxes(box):
            if in_margin or pseudo(text_box) or text_box.element is None:
                continue
            outside = (
                text_box.position_x < left - TOLERANCE_PX
                or text_box.position_y < top - TOLERANCE_PX
                or text_box.position_x + text_box.width > right + TOLERANCE_PX
                or text_box.position_y + text_box.height > bottom + TOLERANCE_PX
            )
            lines[text_box.element].append(_Line(text_box, number, outside and bool(text_box.text.strip())))
    return lines


def _elements(
    element: Element, at: str = "", repeats: bool = False, floats: bool = False
) -> Iterator[tuple[Element, str, bool, bool]]:
    """Yield each element of the text in source order.

    With it come its place, whether it repeats on each page (a table's head), and whether it may stand on a later page
    than what follows it (a footnote).
    """
    if FURNITURE in element.attrib:
        return
    at = element.get(AT, at)
    repeats = repeats or element.tag == "thead"
    floats = floats or "footnote" in (element.get("class") or "").split()
    yield element, at, repeats, floats
    for child in element:
        yield from _elements(child, at, repeats, floats)


def _own_text(element: Element) -> str:
    """Give the text directly in an element, without white space: what its text boxes must hold."""
    pieces = [element.text or "", *(child.tail or "" for child in element)]
    return "".join("".join(pieces).split())


def _compare(expected: str, found: list[_Line], place: Place, result: Conserved) -> None:
    """Follow the expected letters through the lines; hyphens that end a line and are not expected are noted."""
    position = 0
    for line in found:
        text = "".join(line.box.text.split())
        for index, letter in enumerate(text):
            if position < len(expected) and _same(letter, expected[position]):
                position += 1
            elif index == len(text) - 1 and letter in HYPHENS:
                result.soft_hyphens.add(id(line.box))
            else:
                result.problems.append(_different(expected, position, text[index:], place, line.page))
                return
    if position < len(expected):
        where = f" after page {found[-1].page}" if found else ""
        what = f"text is lost in layout{where}: «{_short(expected[position:])}»"
        mend = "keep to the style rules in CONTRIBUTING.md that keep text from being lost"
        result.problems.append(Problem(place, RULE, what, mend))


def _different(expected: str, position: int, text: str, place: Place, page: int) -> Problem:
    if position >= len(expected):
        what = f"text stands twice: «{_short(text)}» again on page {page}"
    else:
        what = f"page {page} has «{_short(text)}» where the source has «{_short(expected[position:])}»"
    return Problem(place, RULE, what, "mend the template or style sheet that sets this text")


def _glyphs(box: Any, place: Place, result: Conserved) -> None:
    """Report letters that the bundled typefaces lack: another font would be taken from the machine, silently."""
    style = box.style
    known = characters(style["font_family"][0], style["font_weight"], style["font_style"])
    for letter in sorted(set(box.text) - known):
        if letter.isspace():
            continue
        face = f"{style['font_family'][0]} {style['font_weight']}"
        what = f"«{letter}» (U+{ord(letter):04X}) is not in {face}"
        families = ", ".join(sorted({item.family for item in FACES}))
        result.problems.append(Problem(place, "glyph", what, f"use only characters that {families} have"))


def _same(letter: str, expected: str) -> bool:
    # text-transform may have changed the case of a label.
    return letter == expected or letter.lower() == expected.lower()


def _place(at: str, part: LaidOut) -> Place:
    file, _, numbers = at.partition(":")
    line, _, column = numbers.partition(":")
    if file and line.isdigit():
        return Place(file, int(line), int(column) if column.isdigit() else 0)
    return Place(f"templates (the part {part.part.id!r})")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
