"""Nothing lost: the words of the HTML against the words on the pages, for every part of every build.

WeasyPrint 70 can drop text without a word in its log (footnotes outside column containers, what follows a
`column-span`, grid rows, whatever runs out of a box of fixed height). So each element's own text is followed through
the text boxes that were laid out for it: every letter must be there once, in order, where it can be seen, and elements
must come in the order of the source. What is left over, doubled or out of place is a problem with the file and line
that the element's `data-at` attribute names.

The walk also finds the hyphens at the ends of lines, and which of them layout put in; `press.typeset.soft_hyphens`
needs to know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from press.document import AT, FURNITURE, POINT
from press.errors import Place, Problem
from press.fonts import FACES, characters
from press.typeset.boxes import pseudo, root_element
from press.typeset.layout import LaidOut
from press.typeset.sight import UNSEEN, Sight, sights
from press.typeset.soft_hyphens import HARD, SOFT

RULE = "conserved"
HYPHENS = "-‐"
_LETTERED = {str(number) for number in range(1, 27)}


@dataclass
class Conserved:
    """What the comparison of one or more parts brought to light."""

    problems: list[Problem] = field(default_factory=list)
    hyphens: dict[int, str] = field(default_factory=dict)
    """What the hyphen is that a line ends in, by `id()` of the line's last text box."""
    places: dict[str, int] = field(default_factory=dict)
    """The page on which each place of the content begins, by what its elements' `data-at` says."""


@dataclass(frozen=True)
class _Line:
    """One text box of an element."""

    sight: Sight
    page: int

    @property
    def text(self) -> str:
        text: str = self.sight.box.text
        return text


@dataclass(frozen=True)
class _Piece:
    """A stretch of an element's own text, between its children."""

    element: Element
    text: str
    """Without white space."""
    at: str
    repeats: bool
    """Whether it repeats on each page (a table's head)."""
    floats: bool
    """Whether it may stand on a later page than what follows it (a footnote)."""


def conserve(part: LaidOut, result: Conserved) -> None:
    """Compare a part's HTML with its pages; adds to `result`."""
    lines = _lines_by_element(part)
    _points(part, result)
    html = root_element(part.rendered)
    body = html.find("body")
    followed: dict[Element, _Followed] = {}
    last_page, last_text = 0, ""
    for piece in _pieces(body if body is not None else html):
        place = place_of(piece.at, part)
        if piece.element not in followed:
            followed[piece.element] = _follow(piece, lines.get(piece.element, []), place, result)
        pages = followed[piece.element].pages_of(piece.text)
        if not pages:
            continue
        result.places.setdefault(piece.at, pages[0])
        if pages[0] < last_page:
            before = f"«{_short(last_text)}» on page {last_page}"
            what = f"«{_short(piece.text)}» stands on page {pages[0]}, before {before}"
            result.problems.append(Problem(place, RULE, what, "mend the style sheet that moves it"))
        if not piece.floats:
            last_page, last_text = pages[-1], piece.text


def _points(part: LaidOut, result: Conserved) -> None:
    """Compare what stands before the points of lists with what the content has there."""
    labels: dict[Element, str] = defaultdict(str)
    for page in part.rendered.pages:
        for sight in sights(page):
            if pseudo(sight.box) == "marker":
                labels[sight.box.element] += _letters(sight.box.text)
    for element, at in _counted(root_element(part.rendered), ""):
        typed, label = element.get(POINT, ""), labels.get(element, "")
        # In a list within a list the style may count in letters.
        if label not in {
            typed,
            f"{chr(ord('a') + int(typed[:-1]) - 1)}{typed[-1]}" if typed[:-1] in _LETTERED else typed,
        }:
            what = f"a point is printed with «{label}» before it, where the source has «{typed}»"
            result.problems.append(Problem(place_of(at, part), RULE, what, "mend the style sheet that sets lists"))


def _counted(element: Element, at: str) -> Iterator[tuple[Element, str]]:
    """Yield the points of counted lists, each with its place."""
    at = element.get(AT, at)
    if POINT in element.attrib:
        yield element, at
    for child in element:
        yield from _counted(child, at)


def _lines_by_element(part: LaidOut) -> Mapping[Element, list[_Line]]:
    lines: dict[Element, list[_Line]] = defaultdict(list)
    for number, page in enumerate(part.rendered.pages, start=part.first_page):
        for sight in sights(page):
            if not pseudo(sight.box) and sight.box.element is not None:
                lines[sight.box.element].append(_Line(sight, number))
    return lines


def _pieces(element: Element, at: str = "", repeats: bool = False, floats: bool = False) -> Iterator[_Piece]:
    """Yield the text below an element in reading order."""
    if FURNITURE in element.attrib:
        return
    at = element.get(AT, at)
    repeats = repeats or element.tag == "thead"
    floats = floats or "footnote" in (element.get("class") or "").split()
    yield _Piece(element, _letters(element.text), at, repeats, floats)
    for child in element:
        yield from _pieces(child, at, repeats, floats)
        yield _Piece(element, _letters(child.tail), at, repeats, floats)


def _letters(text: str | None) -> str:
    return "".join((text or "").split())


@dataclass
class _Followed:
    """An element's own text, followed through its lines."""

    pages: list[int]
    """The page of each letter."""
    transformed: bool
    """Whether text-transform changed its letters, and not always one for one: «ß» in capitals is «SS»."""

    def fold(self, text: str) -> str:
        return text.casefold() if self.transformed else text

    def pages_of(self, text: str) -> list[int]:
        """Take the pages of the letters that come next."""
        count = len(self.fold(text))
        taken, self.pages = self.pages[:count], self.pages[count:]
        return taken


def _follow(piece: _Piece, found: list[_Line], place: Place, result: Conserved) -> _Followed:
    """Compare all of an element's own text with its lines."""
    expected = _letters("".join([piece.element.text or "", *(child.tail or "" for child in piece.element)]))
    if piece.repeats and found:
        found = [line for line in found if line.page == found[0].page]
    followed = _Followed([], any(line.sight.box.style["text_transform"] != "none" for line in found))
    if expected:
        _compare(followed, expected, found, place, result)
        for line in found:
            _glyphs(line.sight.box, place, result)
        _sight(found, place, result)
    return followed


def _compare(followed: _Followed, expected: str, found: list[_Line], place: Place, result: Conserved) -> None:
    """Follow the expected letters through the lines; hyphens that end a line are noted."""
    expected = followed.fold(expected)
    position = 0
    for line in found:
        text = followed.fold(_letters(line.text))
        for index, letter in enumerate(text):
            is_last_hyphen = index == len(text) - 1 and letter in HYPHENS
            if position < len(expected) and letter == expected[position]:
                position += 1
                followed.pages.append(line.page)
                if is_last_hyphen and line.sight.ends_line and line.text.endswith(letter):
                    result.hyphens[id(line.sight.box)] = HARD
            elif is_last_hyphen:
                result.hyphens[id(line.sight.box)] = SOFT
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


def _sight(found: list[_Line], place: Place, result: Conserved) -> None:
    """Report the first line that stands where nobody can read it; those after it have the same cause."""
    line = next((line for line in found if line.sight.fault), None)
    if line is not None:
        what = f"text {line.sight.fault} on page {line.page}: «{_short(line.text)}»"
        mend = "make it shorter, or give it more room in its template's style sheet"
        if line.sight.fault == UNSEEN:
            mend = "mend the style sheet that hides it"
        result.problems.append(Problem(place, RULE, what, mend))


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


def place_of(at: str, part: LaidOut) -> Place:
    """Read a place that `data-at` names; without one, say in which part it is."""
    file, _, numbers = at.partition(":")
    line, _, column = numbers.partition(":")
    if file and line.isdigit():
        return Place(file, int(line), int(column) if column.isdigit() else 0)
    return Place(f"templates (the part {part.part.id!r})")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
