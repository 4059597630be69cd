"""Nothing lost: the words of the HTML against the words on the pages, for every part of every build.

WeasyPrint 70 can drop text without a word in its log (footnotes outside column containers, what follows a
`column-span`, grid rows, whatever runs out of a box of fixed height). So each element's own text is followed through
the text boxes that were laid out for it: every letter must be there once, in order, where it can be seen, and elements
must come in the order of the source. What is left over, doubled or out of place is a problem with the file and line
that the element's `data-at` attribute names.

The walk also finds the hyphens at the ends of lines, and which of them layout put in, and where words end;
`press.writers.pdf.words` needs to know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from press.document import AT, POINT
from press.errors import Place, Problem
from press.fonts import characters, in_use
from press.writers.pdf.engine.boxes import pseudo, root_element
from press.writers.pdf.layout import LaidOut
from press.writers.pdf.seen.sight import UNSEEN, Sight, sights
from press.writers.pdf.words import HARD, SOFT, Flow, Run, Saying, sayings
from press.writers.pieces import Piece, is_note, letters, pieces

RULE = "conserved"
HYPHENS = "-‐"
_LETTERED = {str(number) for number in range(1, 27)}


@dataclass
class Conserved:
    """What the comparison of one or more parts brought to light."""

    problems: list[Problem] = field(default_factory=list)
    hyphens: dict[Any, str] = field(default_factory=dict)
    """What the hyphen is that a line ends in, by the line's last text box."""
    said: dict[Any, Saying] = field(default_factory=dict)
    """What text boxes say beyond their glyphs."""
    places: dict[str, int] = field(default_factory=dict)
    """The page on which each place of the content begins, by what its elements' `data-at` says."""


@dataclass(eq=False)
class _Line:
    """One text box of an element."""

    sight: Sight
    page: int

    @property
    def text(self) -> str:
        text: str = self.sight.box.text
        return text

    @cached_property
    def run(self) -> Run:
        box = self.sight.box
        return Run(box, self.page, box.element, self.sight.ends_line)


def conserve(part: LaidOut, result: Conserved) -> None:
    """Compare a part's HTML with its pages; adds to `result`."""
    lines = _lines_by_element(part)
    _points(part, result)
    html = root_element(part.rendered)
    body = html.find("body")
    followed: dict[Element, _Followed] = {}
    flows = _Flows(html, lines)
    last_page, last_text = 0, ""
    for piece in pieces(body if body is not None else html):
        place = place_of(piece.at, part)
        if piece.element not in followed:
            followed[piece.element] = _follow(piece, lines.get((piece.element, ""), []), place, result)
        read = followed[piece.element].read(piece.source)
        flows.add(piece, read)
        pages = [line.page for _, line in read if line is not None]
        if not pages:
            continue
        result.places.setdefault(piece.at, pages[0])
        if pages[0] < last_page:
            before = f"«{_short(last_text)}» on page {last_page}"
            what = f"«{_short(piece.text)}» stands on page {pages[0]}, before {before}"
            result.problems.append(Problem(place, RULE, what, "mend the style sheet that moves it"))
        if not piece.floats:
            last_page, last_text = pages[-1], piece.text
    result.said |= flows.said(result.hyphens)


def _points(part: LaidOut, result: Conserved) -> None:
    """Compare what stands before the points of lists with what the content has there."""
    labels: dict[Element, str] = defaultdict(str)
    for page in part.rendered.pages:
        for sight in sights(page):
            if pseudo(sight.box) == "marker":
                labels[sight.box.element] += letters(sight.box.text)
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


class _Flows:
    """The text of the body and that of the notes, each followed through its boxes."""

    def __init__(self, html: Element, lines: Mapping[tuple[Element, str], list[_Line]]) -> None:
        self.lines = lines
        self.parents = {child: parent for parent in html.iter() for child in parent}
        self.body, self.notes = Flow(self.parents), Flow(self.parents)

    def add(self, piece: Piece, read: Sequence[tuple[str, _Line | None]]) -> None:
        flow = self.notes if piece.floats else self.body
        flow.begin(piece.element)
        if is_note(piece.element):
            for call in self.lines.get((piece.element, "footnote-call"), [])[:1]:
                self.body.add(replace(call.run, element=self.parents[piece.element], is_call=True))
        for letter, line in read:
            if letter.isspace():
                flow.space()
            elif line is not None:
                flow.add(line.run)

    def said(self, hyphens: Mapping[Any, str]) -> dict[Any, Saying]:
        said = sayings(self.body, hyphens) | sayings(self.notes, hyphens)
        for (_, generated), lines in self.lines.items():
            if generated in {"marker", "footnote-marker"}:
                said |= {line.run.box: Saying(space=not line.text[-1:].isspace()) for line in lines}
        return said


def _lines_by_element(part: LaidOut) -> Mapping[tuple[Element, str], list[_Line]]:
    """Give the text boxes by their element and pseudo-element."""
    lines: dict[tuple[Element, str], list[_Line]] = defaultdict(list)
    for number, page in enumerate(part.rendered.pages, start=part.first_page):
        for sight in sights(page):
            if sight.box.element is not None:
                lines[sight.box.element, pseudo(sight.box)].append(_Line(sight, number))
    return lines


@dataclass
class _Followed:
    """An element's own text, followed through its lines."""

    lines: list[_Line]
    """The line of each letter."""
    transformed: bool
    """Whether text-transform changed its letters, and not always one for one: «ß» in capitals is «SS»."""

    def fold(self, text: str) -> str:
        return text.casefold() if self.transformed else text

    def read(self, source: str) -> list[tuple[str, _Line | None]]:
        """Take the lines of the letters that come next; white space, and what is lost, has none."""
        read: list[tuple[str, _Line | None]] = []
        for letter in source:
            count = 0 if letter.isspace() else len(self.fold(letter))
            taken, self.lines = self.lines[:count], self.lines[count:]
            read.append((letter, taken[-1] if taken else None))
        return read


def _follow(piece: Piece, found: list[_Line], place: Place, result: Conserved) -> _Followed:
    """Compare all of an element's own text with its lines."""
    expected = letters("".join([piece.element.text or "", *(child.tail or "" for child in piece.element)]))
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
        text = followed.fold(letters(line.text))
        for index, letter in enumerate(text):
            is_last_hyphen = index == len(text) - 1 and letter in HYPHENS
            if position < len(expected) and letter == expected[position]:
                position += 1
                followed.lines.append(line)
                if is_last_hyphen and line.sight.ends_line and line.text.endswith(letter):
                    result.hyphens[line.sight.box] = HARD
            elif is_last_hyphen:
                result.hyphens[line.sight.box] = SOFT
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
        families = ", ".join(sorted({item.family for item in in_use()}))
        result.problems.append(Problem(place, "glyph", what, f"use only characters that {families} have"))


def place_of(at: str, part: LaidOut) -> Place:
    """Read a place that `data-at` names; without one, say in which part it is."""
    return Place.parse(at) or Place(f"templates (the part {part.part.id!r})")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
