"""Sections dealt out to pages: which begin one, and what follows each of these up to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from press.content.blocks import Block
from press.content.report import Section


@dataclass(frozen=True)
class Rest:
    """What stands in a part below a section's own blocks, or what follows there after one of its subsections."""

    section: Section
    children: tuple[Section, ...]
    ends: bool
    """Whether the section ends in the part: nothing below it begins a page further on."""
    depth: int
    """How many headings deep its subsections stand in the part."""

    @property
    def closing(self) -> tuple[Block, ...]:
        return self.section.content.closing if self.ends else ()


def openings(root: Section) -> Iterator[tuple[str, str, Mapping[str, Section]]]:
    """Yield the parts of a chapter as `press.writers.Writer` says: its divider, and each section that begins a page."""
    if root.content.divider is not None:
        yield "divider", str(root.content.divider.id), {"section": root}
    for section in root.walk():
        if section is root or section.content.opens == "page":
            yield "section", section.id, {"section": section, "root": root}


def rest(section: Section, depth: int, after: Section | None = None) -> Rest:
    """Gather the subsections of a section (after one of them) that stand before the next that begins a page."""
    start = section.children.index(after) + 1 if after is not None else 0
    children: list[Section] = []
    for child in section.children[start:]:
        if child.content.opens != "page":
            children.append(child)
        if _begins_pages(child):
            return Rest(section, tuple(children), ends=False, depth=depth)
    return Rest(section, tuple(children), ends=True, depth=depth)


def continued(opener: Section, root: Section) -> Iterator[Rest]:
    """Yield what stands after a section in the part that it begins: the rest of the sections it stands in."""
    if any(_begins_pages(child) for child in opener.children):
        return  # what follows stands after the pages that are begun below it
    path = _path(root, opener)
    for index in range(len(path) - 2, -1, -1):
        level = max(s.level for s in path[: index + 1] if s is root or s.content.opens == "page")
        found = rest(path[index], path[index].level - level, after=path[index + 1])
        yield found
        if not found.ends:
            return


def _begins_pages(section: Section) -> bool:
    """Tell whether a section, or anything below it, begins a page."""
    return any(below.content.opens == "page" for below in section.walk())


def _path(root: Section, section: Section) -> list[Section]:
    """Name the sections that one stands in, from the outermost to itself."""
    below = next((child for child in root.children if section in child.walk()), None)
    return [root] if below is None else [root, *_path(below, section)]
