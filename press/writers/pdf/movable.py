"""What may be moved in a part, where it belongs, and where it may come to stand.

A part's text is read as a row of atoms: paragraphs, lists, headings, and whatever else stands by itself. What templates
mark with MOVES is no atom but goes between them: it may come after any atom that ends a thought. The order of the atoms
is the author's, and so is that of what moves, among itself. What the reader of the PDF hears follows what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element, tostring

from press.document import MOVES, PARTED

THROUGH = "through"
"""The value of PARTED of what becomes two, because what moves cannot stand in it."""
LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
HEADINGS = frozenset({*LEVELS, "header"})
LISTS = frozenset({"ul", "ol"})


@dataclass(frozen=True)
class Flow:
    """The atoms of a part in order, and what moves between them."""

    atoms: tuple[Element, ...]
    moving: tuple[Element, ...]
    stands: tuple[int, ...]
    """How many atoms stand before each thing that moves, as the content has it."""
    around: Mapping[Element, tuple[Element, ...]]
    """What each atom or thing that moves stands in, from the innermost."""

    @cached_property
    def belongs(self) -> tuple[int, ...]:
        """The atom that each thing that moves belongs to: what it is said to be near, or names it, or stands above."""
        homes = zip(self._homes, self.stands, strict=True)
        return tuple(max(before - 1, 0) if home is None else home for home, before in homes)

    @cached_property
    def earliest(self) -> tuple[int, ...]:
        """How many atoms stand before each thing at the least: what nothing says a place of comes no earlier."""
        return tuple(before if home is None else 0 for home, before in zip(self._homes, self.stands, strict=True))

    @cached_property
    def _homes(self) -> tuple[int | None, ...]:
        return tuple(self._home(element) for element in self.moving)

    @cached_property
    def opens(self) -> tuple[bool, ...]:
        """Tell for each number of atoms whether what moves may stand after so many, and not only where it stood."""
        return (False, *(self._ends_a_thought(index) for index in range(len(self.atoms))))

    @cached_property
    def heads(self) -> tuple[bool, ...]:
        """Tell of each atom whether it announces what comes below it."""
        return tuple(atom.tag in HEADINGS for atom in self.atoms)

    @cached_property
    def sections(self) -> tuple[int, ...]:
        """Number the innermost sections that the atoms stand in."""
        numbers: dict[Element, int] = {}
        within = (next(each for each in self.around[atom] if each.get(PARTED) != THROUGH) for atom in self.atoms)
        return tuple(numbers.setdefault(each, len(numbers)) for each in within)

    def _ends_a_thought(self, index: int) -> bool:
        if self.atoms[index].tag in HEADINGS:
            return False
        following = self.atoms[index + 1] if index + 1 < len(self.atoms) else None
        return following is None or following.tag not in LISTS

    def _home(self, element: Element) -> int | None:
        near, own = element.get(MOVES, ""), element.get("id", "")
        if near:
            for index, atom in enumerate(self.atoms):
                if near == atom.get("id"):
                    return index
                if any(near == each.get("id") for each in self.around[atom]) and atom.tag not in HEADINGS:
                    return index
            words = spaced(near)
            found = (index for index, atom in enumerate(self.atoms) if words in spaced("".join(atom.itertext())))
        else:
            link = f"#{own}"
            found = (
                index
                for index, atom in enumerate(self.atoms)
                if own and any(each.get("href") == link for each in atom.iter("a"))
            )
        return next(found, None)


def flow_of(html: Element) -> Flow | None:
    """Read a part; None if nothing moves in it."""
    atoms: list[Element] = []
    moving: list[Element] = []
    stands: list[int] = []
    around: dict[Element, tuple[Element, ...]] = {}
    for element, path in _read(html, ()):
        around[element] = path
        if MOVES in element.attrib:
            moving.append(element)
            stands.append(len(atoms))
        else:
            atoms.append(element)
    return Flow(tuple(atoms), tuple(moving), tuple(stands), around) if moving and atoms else None


def _read(element: Element, path: tuple[Element, ...]) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    for child in element:
        if PARTED in child.attrib or (not path and child.find(f".//*[@{PARTED}]") is not None):
            yield from _read(child, (child, *path) if PARTED in child.attrib else path)
        elif path:
            yield child, path


def move(html: Element, after: Sequence[int]) -> None:
    """Let each thing that moves stand after so many atoms, in place."""
    flow = flow_of(html)
    if flow is None or tuple(after) == flow.stands:
        return
    parents = {child: parent for parent in html.iter() for child in parent}
    for element, stood, stands in zip(flow.moving, flow.stands, after, strict=True):
        if stood != stands:
            _take_out(element, parents)
    last: dict[int, Element] = {}
    for element, stood, stands in zip(flow.moving, flow.stands, after, strict=True):
        if stood != stands:
            # Of several at one place each comes after the one before.
            _put_after(last.get(stands, flow.atoms[stands - 1]), element, parents)
            _head_below(element, flow, stands)
        last[stands] = element


def _head_below(element: Element, flow: Flow, stands: int) -> None:
    """Give a thing a heading one step below that of the section in which it has come to stand."""
    section = flow.sections[stands - 1]
    above = [atom for atom, within in zip(flow.atoms, flow.sections, strict=True) if within == section]
    heading = next((each for atom in above for each in atom.iter() if each.tag in LEVELS), None)
    own = next((each for each in element.iter() if each.tag in LEVELS), None)
    if heading is not None and own is not None:
        own.tag = f"h{min(int(heading.tag[1]) + 1, len(LEVELS))}"


def _take_out(element: Element, parents: dict[Element, Element]) -> None:
    """Take an element out; what it parted becomes one again."""
    parent = parents[element]
    index = list(parent).index(element)
    parent.remove(element)
    if 0 < index < len(parent):
        above, below = parent[index - 1], parent[index]
        if above.get(PARTED) == THROUGH == below.get(PARTED):
            parent.remove(below)
            for child in list(below):
                above.append(child)
                parents[child] = above


def _put_after(place: Element, element: Element, parents: dict[Element, Element]) -> None:
    parent = parents[place]
    if parent.get(PARTED) == THROUGH:
        index = list(parent).index(place) + 1
        if rest := list(parent)[index:]:
            second = Element(parent.tag, {name: value for name, value in parent.attrib.items() if name != "id"})
            for child in rest:
                parent.remove(child)
                second.append(child)
                parents[child] = second
            _put_after(parent, second, parents)
        place, parent = parent, parents[parent]
    parent.insert(list(parent).index(place) + 1, element)
    parents[element] = parent


def is_whole(before: Element, after: Element) -> bool:
    """Tell whether two trees of a part have the same atoms in order, and the same that moves, in order."""
    first, second = flow_of(before), flow_of(after)
    if first is None or second is None:
        return first is second
    atoms, moving = ([_written(getattr(flow, name)) for flow in (first, second)] for name in ("atoms", "moving"))
    return atoms[0] == atoms[1] and [*map(_level, moving[0])] == [*map(_level, moving[1])]


def _written(elements: Sequence[Element]) -> list[str]:
    return [tostring(element, encoding="unicode").strip() for element in elements]


def _level(written: str) -> str:
    """Leave out how deep the headings are of what moves, since that follows the section in which it stands."""
    return re.sub(r"(</?h)[1-6]\b", r"\1", written)


def spaced(text: str) -> str:
    """Give words with ordinary spaces and no hints where they may be divided."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())
