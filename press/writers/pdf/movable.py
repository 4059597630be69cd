"""What may be moved in a part, where it belongs, and where it may come to stand.

A part's text is read as a row of atoms: paragraphs, lists, headings, and whatever else stands by itself. What templates
mark with MOVES is no atom but goes between them: it may come after any atom that ends a thought. The order of the atoms
is the author's, and so is that of boxes among boxes, and of figures and tables, which are numbered, among themselves.
What the reader of the PDF hears follows what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element, tostring

from press.document import MOVES, PARTED

THROUGH = "through"
"""The value of PARTED of what becomes two, because what moves cannot stand in it."""
LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
HEADINGS = frozenset({*LEVELS, "header"})
LISTS = frozenset({"ul", "ol"})
OUTLINED = re.compile(r"(\bbookmark-level: *)[0-9]+")


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
        homes = zip(self.homes, self.stands, strict=True)
        return tuple(max(before - 1, 0) if home is None else home for home, before in homes)

    @cached_property
    def earliest(self) -> tuple[int, ...]:
        """How many atoms stand before each thing at the least: what nothing says a place of comes no earlier."""
        return tuple(
            before if home is None else max((n + 1 for n in self._numbered(element) if n < before), default=0)
            for element, home, before in zip(self.moving, self.homes, self.stands, strict=True)
        )

    @cached_property
    def latest(self) -> tuple[int, ...]:
        """How many atoms stand before each thing at the most."""
        return tuple(
            min((n for n in self._numbered(element) if n >= before), default=len(self.atoms))
            for element, before in zip(self.moving, self.stands, strict=True)
        )

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Tell of each thing that moves whether it is a figure or table; of these none passes another."""
        return tuple(int(_is_numbered(element)) for element in self.moving)

    def _numbered(self, element: Element) -> list[int]:
        """Give the atoms that something that moves may not pass."""
        return [n for n, atom in enumerate(self.atoms) if _is_numbered(atom)] if _is_numbered(element) else []

    @cached_property
    def homes(self) -> tuple[int | None, ...]:
        """The atom that each thing is said to be near, or that names it, if there is one."""
        return tuple(self._home(element, before) for element, before in zip(self.moving, self.stands, strict=True))

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
        atom, following = self.atoms[index], self.atoms[index + 1] if index + 1 < len(self.atoms) else None
        if atom.tag in HEADINGS or following is None:
            return following is None and atom.tag not in HEADINGS
        # Definitions and their like stand together.
        return following.tag not in LISTS and not atom.tag == following.tag == "section"

    def _home(self, element: Element, stands: int, seen: tuple[Element, ...] = ()) -> int | None:
        near = element.get(MOVES, "")
        if near:
            for other, before in zip(self.moving, self.stands, strict=True):
                if other not in (element, *seen) and near in _ids(other):
                    home = self._home(other, before, (element, *seen))
                    return max(before - 1, 0) if home is None else home
            for index, atom in enumerate(self.atoms):
                if near == atom.get("id"):
                    return index
                if any(near == each.get("id") for each in self.around[atom]) and atom.tag not in HEADINGS:
                    return index
            words = spaced(near)
            found = (index for index, atom in enumerate(self.atoms) if words in spaced("".join(atom.itertext())))
        else:
            links = {f"#{own}" for own in _ids(element)}
            # What is named below it alone was named above it in another part.
            found = (
                index
                for index, atom in enumerate(self.atoms[:stands])
                if any(each.get("href") in links for each in atom.iter("a"))
            )
        return next(found, None)


def _ids(element: Element) -> set[str]:
    return {own for each in element.iter() if (own := each.get("id"))}


def _is_numbered(element: Element) -> bool:
    return next(element.iter("figure"), None) is not None


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


def move(html: Element, order: Sequence[int | None]) -> None:
    """Let each thing that is marked as moving stand after so many atoms, in place; None lets it stay where it is."""
    keep(html, [index for index, place in enumerate(order) if place is None])
    flow = flow_of(html)
    after = [place for place in order if place is not None]
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


def keep(html: Element, indexes: Collection[int]) -> None:
    """Let some of what is marked as moving stay where it is: the marks are taken off, in place."""
    if (flow := flow_of(html)) is not None:
        for index in indexes:
            del flow.moving[index].attrib[MOVES]


def _head_below(element: Element, flow: Flow, stands: int) -> None:
    """Give a thing a heading, or a place in the outline, one step below the section in which it has come to stand."""
    section = flow.sections[stands - 1]
    above = [atom for atom, within in zip(flow.atoms, flow.sections, strict=True) if within == section]
    heading = next((each for atom in above for each in atom.iter() if each.tag in LEVELS), None)
    if heading is None:
        return
    level = min(int(heading.tag[1]) + 1, len(LEVELS))
    if (own := next((each for each in element.iter() if each.tag in LEVELS), None)) is not None:
        own.tag = f"h{level}"
    for each in element.iter():
        if "style" in each.attrib:
            each.set("style", OUTLINED.sub(rf"\g<1>{level}", each.attrib["style"]))


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
    """Tell whether two trees of a part have the same atoms in order, and the same that moves, in the order it keeps."""
    first, second = flow_of(before), flow_of(after)
    if first is None or second is None:
        return first is second
    return _written(first.atoms) == _written(second.atoms) and _by_row(first) == _by_row(second)


def _by_row(flow: Flow) -> list[str]:
    rows = sorted(zip(flow.rows, flow.moving, strict=True), key=lambda each: each[0])
    return [*map(_level, _written([element for _, element in rows]))]


def _written(elements: Sequence[Element]) -> list[str]:
    return [tostring(element, encoding="unicode").strip() for element in elements]


def _level(written: str) -> str:
    """Leave out how deep the headings are of what moves, since that follows the section in which it stands."""
    return OUTLINED.sub(r"\1", re.sub(r"(</?h)[1-6]\b", r"\1", written))


def spaced(text: str) -> str:
    """Give words with ordinary spaces and no hints where they may be divided."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())
