"""What text must say that its glyphs alone do not: where words end, and which words the end of a line divides.

Layout drops the space that a line ends in, and a space that stands alone between two boxes is never drawn. So whoever
takes the text out as it is tagged, or reads it aloud, gets «enny» of «en ny» (ISO 32000-1, 14.8.2.5, asks for the space
at the end of a line too). A divided word in turn is two pieces with a hyphen between that may be layout's or its own.

Here the letters of the source, spaces between them, are followed through the text boxes that they were laid out in.
`press.writers.pdf.engine.actual_text` writes what comes of it into the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from press.document import LABEL
from press.writers.pieces import is_note

SOFT = "\N{SOFT HYPHEN}"
"""A hyphen that layout put in."""
HARD = "-\N{WORD JOINER}"
"""A hyphen of the source that a line ends in: Poppler and PDFium drop a hyphen that nothing follows."""
INLINE = frozenset({"a", "span", "em", "strong", "sub", "sup", "code", "abbr", "br"})
SAYS_NOTHING = frozenset({"span", "em", "strong", "sub", "sup", "br"})


@dataclass
class Saying:
    """What one text box says beyond its glyphs."""

    space: bool = False
    """A space follows its last word."""
    word: str = ""
    """Its last word goes on in a later box; this is all of the word."""
    goes_on: bool = False
    """Its first word began in a box before, which says it."""
    hyphen: str = ""
    """What the hyphen is that it ends in, where the word could not be put together: SOFT or HARD."""


@dataclass
class Run:
    """One text box, in the order that the source has its text in."""

    box: Any
    page: int
    element: Element
    ends_line: bool
    spaced: bool = False
    """Whether the source has a space after it."""
    ends_block: bool = False
    """Whether what follows stands in another paragraph, cell or heading."""
    is_call: bool = False
    """Whether it is the number that calls a note, which is no part of the word it stands at."""


@dataclass
class Flow:
    """Text that is read without a break: that of the body, or that of the notes."""

    parents: Mapping[Element, Element]
    """The element around each."""
    runs: list[Run] = field(default_factory=list)

    def space(self) -> None:
        if self.runs:
            self.runs[-1].spaced = True

    def begin(self, element: Element) -> None:
        """Go on in another element; a block's end is the end of a word."""
        if not self.runs:
            return
        is_other = self._block(element) is not self._block(self.runs[-1].element)
        self.runs[-1].ends_block |= is_other
        if element.tag == "br" or is_other:
            self.space()

    def add(self, run: Run) -> None:
        """Go on in a box; the box that the flow is in already is no other."""
        if not self.runs or self.runs[-1].box is not run.box:
            self.runs.append(run)
        else:
            self.runs[-1].spaced = False

    def _block(self, element: Element) -> Element:
        while element.tag in INLINE and not is_note(element) and element in self.parents:
            element = self.parents[element]
        return element


def sayings(flow: Flow, hyphens: Mapping[Any, str]) -> dict[Any, Saying]:
    """Tell what each box of a flow says; `hyphens` knows what the hyphens are that lines end in."""
    flow.space()
    said = {run.box: Saying(space=_lacks_space(run, after)) for run, after in pairwise([*flow.runs, None]) if run}
    for word in _divided(flow.runs, hyphens):
        first = _beginning(word, flow.parents)
        if _is_whole(word[first:], flow.parents):
            beginning = said[word[first].box]
            beginning.word, beginning.space = _letters(word[first:], hyphens), False
            for run in word[first + 1 :]:
                said[run.box].goes_on = True
        else:
            for run in word[:-1]:
                said[run.box].hyphen = hyphens.get(run.box, "")
    return said


def _beginning(word: Sequence[Run], parents: Mapping[Element, Element]) -> int:
    """Find where a word begins in the element in which it is first divided: «(» may stand before a link."""
    first = next(number for number, run in enumerate(word) if run.ends_line)
    holder = _holder(word[first].element, parents)
    while first and _holder(word[first - 1].element, parents) is holder:
        first -= 1
    return first


def _is_whole(word: Sequence[Run], parents: Mapping[Element, Element]) -> bool:
    """Tell whether a word can be said where it begins: on one page, and no letter of it in another element."""
    if any(run.ends_block for run in word[:-1]):
        return False
    holder = _holder(word[0].element, parents)
    elsewhere = [run for run in word if _holder(run.element, parents) is not holder]
    elsewhere_said = "".join(run.box.text.split()[0] for run in elsewhere)
    return len({run.page for run in word}) == 1 and not any(letter.isalnum() for letter in elsewhere_said)


def _lacks_space(run: Run, after: Run | None) -> bool:
    """Tell whether a space is to be shown after a box; that a box's text ends in one does not mean that it is drawn."""
    next_begins_with_it = after is not None and _on_one_line(run, after) and after.box.text[:1].isspace()
    return run.spaced and not next_begins_with_it


def _on_one_line(run: Run, other: Run) -> bool:
    """Tell whether two boxes stand on one line; in another the space that a box's text begins with is not drawn."""
    lines = [each.box.position_y + each.box.baseline for each in (run, other)]
    return run.page == other.page and abs(lines[0] - lines[1]) < 1


def _divided(runs: Sequence[Run], hyphens: Mapping[Any, str]) -> Iterator[list[Run]]:
    """Yield the boxes of each word that the end of a line divides.

    A word that ends in a hyphen («lyd- og») is one with the next there: readers join the two, whatever stands between.
    """
    word: list[Run] = []
    for run in runs:
        if run.is_call:
            yield from _if_divided(word)
            word = []
            continue
        word.append(run)
        if (not run.spaced and not run.box.text[-1:].isspace()) or hyphens.get(run.box) == HARD:
            if len(run.box.text.split()) > 1:
                yield from _if_divided(word)
                word = [run]
            continue
        yield from _if_divided(word)
        word = []


def _if_divided(word: list[Run]) -> Iterator[list[Run]]:
    if any(run.ends_line for run in word[:-1]):
        yield word


def _letters(word: Sequence[Run], hyphens: Mapping[Any, str]) -> str:
    pieces = [run.box.text for run in word]
    pieces[0] = pieces[0].split()[-1]
    pieces[-1] = pieces[-1].split()[0]
    whole = ""
    for run, piece in zip(word, pieces, strict=True):
        is_soft = run is not word[-1] and hyphens.get(run.box) == SOFT
        whole += f"{piece[:-1] if is_soft else piece}{' ' if run.spaced else ''}"
    return whole.strip().replace(SOFT, "")


def _holder(element: Element, parents: Mapping[Element, Element]) -> Element:
    """Find the element whose text an element's is in the tag tree."""
    while element.tag in SAYS_NOTHING and not {"lang", LABEL} & set(element.keys()) and not is_note(element):
        element = parents[element]
    return element
