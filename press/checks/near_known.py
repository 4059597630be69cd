"""What a box, a figure or a table is to stand near is in the same part of the report.

Why:  it is set near the paragraph that it belongs to; if there is none, it stays where it is written.
Bad:  `near: datadeling utenfor kjeden` where no paragraph has these words.
Good: `near: Noen har ansatt folk`, words of one paragraph as they stand there, or the id of a section, figure or table.

A part is what begins on a new page: a chapter, or a section with `opens: page`, and all up to the next of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from press.content.blocks import Block, Example, Movable
from press.content.report import Report, Section
from press.errors import Problem, Severity
from press.words import prose

ID = "near-known"
SEVERITY: Severity = "error"
_NAMES = {"example": "box", "figure": "figure", "matrix": "figure", "table": "table", "photo": "photograph"}


@dataclass
class Part:
    """What stands together in print, and what it may be said to be near."""

    movable: list[Movable] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def add(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Movable):
                self.movable.append(block)
            if not isinstance(block, Example):
                self.texts += block.prose()
                self.ids |= {str(block.id)} if block.id is not None else set()

    def holds(self, near: str) -> bool:
        """Tell whether it has an id, or a paragraph or list with these words."""
        return near in self.ids or any(" ".join(near.split()) in words for words in self._paragraphs)

    @cached_property
    def _paragraphs(self) -> list[str]:
        return [prose.words(piece) for text in self.texts for piece in re.split(r"\n[ \t]*\n", text)]


def check(report: Report) -> Iterator[Problem]:
    for part in parts(report):
        for block in part.movable:
            near = block.near
            if near is None or (near != block.id and part.holds(near)):
                continue
            what = f"nothing that the {_NAMES[block.kind]} could stand near has the id, or the words, {str(near)!r}"
            mend = "copy a few words of one paragraph of the same part, or leave `near` out"
            yield Problem(near.place, ID, what, mend)


def parts(report: Report) -> list[Part]:
    """Deal out to the parts what stands in them."""
    found: list[Part] = []
    for root in report.sections:
        found.append(Part())
        _gather(root, found)
    return found


def _gather(section: Section, found: list[Part]) -> None:
    content = section.content
    if content.opens == "page":
        found.append(Part())
    found[-1].ids.add(section.id)
    found[-1].texts += [content.lead] if content.lead is not None else []
    found[-1].add(content.blocks)
    for child in section.children:
        _gather(child, found)
    found[-1].add(content.closing)
