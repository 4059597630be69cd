"""What can be referred to, and by which number: ids in, targets out.

Numbers are given in reading order of what is handed in, so that an edition that leaves sections out counts what it
shows: chapters, appendices, main results, figures, tables, and the parts of an interview guide each have a series.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Literal

from press.content.blocks import Block, Definition, Example, Photo, Text
from press.content.report import Report, Section
from press.content.strict_yaml import Located
from press.errors import Place, Problem

RULE = "ids"
TargetKind = Literal["chapter", "appendix", "section", "divider", "example", "figure", "table", "questions", "block"]


@dataclass(frozen=True)
class Target:
    """Something with an id that a text can point to."""

    id: str
    kind: TargetKind
    place: Place
    title: Located | None
    number: int | None = None
    party: str | None = None
    label: str | None = None
    """The number of a section as it is printed, where it is more than that of its chapter: 2.1, B, B.3."""
    in_appendix: bool = False
    printed: bool = True
    """False for what has an id but nothing on paper, such as a lost photograph."""

    @property
    def is_named_by_title(self) -> bool:
        """Whether a reference prints its title in quotation marks: it has no number."""
        return self.kind in {"section", "block"} and self.label is None


def targets(sections: Iterable[Section]) -> Mapping[str, Target]:
    """Index everything with an id, the first of each id, with its number."""
    found: dict[str, Target] = {}
    for target in _all(sections):
        found.setdefault(target.id, target)
    return found


def result_numbers(sections: Iterable[Section]) -> Mapping[str, int]:
    """Give the main results their numbers: the sections with a `result`, in reading order, from 1."""
    results = (s for section in sections for s in section.walk() if s.content.result is not None)
    return {section.id: number for number, section in enumerate(results, start=1)}


def duplicate_ids(report: Report) -> Iterator[Problem]:
    """Yield a problem for each id that stands for two things."""
    first: dict[str, Place] = {}
    for target in _all(report.sections):
        if target.id in first and first[target.id] != target.place:
            what = f"the id {target.id!r} is ambiguous: it stands also at {first[target.id]}"
            yield Problem(target.place, RULE, what, "give one of them another id")
        first.setdefault(target.id, target.place)


def _all(sections: Iterable[Section]) -> Iterator[Target]:
    counters: Counter[str] = Counter()
    for section in sections:
        yield from _of_section(section, counters)


def _of_section(section: Section, counters: Counter[str], label: str | None = None) -> Iterator[Target]:
    content = section.content
    kind: TargetKind = "section"
    number: int | None = None
    if section.level == 1 and section.group in {"chapters", "appendices"}:
        kind = "chapter" if section.group == "chapters" else "appendix"
        number = _count(counters, kind)
        counters["questions"] = 0
        label = _label(section, number)
    place = Place(f"content/{section.id}.yaml", 1, 1)
    yield Target(
        section.id,
        kind,
        place,
        content.title,
        number,
        in_appendix=section.group == "appendices",
        label=label if label != str(number) else None,
    )
    if content.divider is not None:
        yield Target(str(content.divider.id), "divider", content.divider.id.place, content.title, number)
    for block in content.blocks:
        yield from _of_block(block, counters)
    deepest = int(section.numbering.sections) if section.numbering is not None else 1
    for index, child in enumerate(section.children, start=1):
        below = f"{label}.{index}" if label is not None and child.level <= deepest else None
        yield from _of_section(child, counters, below)
    for block in content.closing:
        yield from _of_block(block, counters)


def _label(section: Section, number: int) -> str:
    """Give the number of a chapter or appendix as it is printed."""
    in_letters = section.numbering is not None and section.numbering.appendices == "letters"
    if section.group != "appendices" or not in_letters or number > len(ascii_uppercase):
        return str(number)
    return ascii_uppercase[number - 1]


def _of_block(block: Block, counters: Counter[str]) -> Iterator[Target]:
    if isinstance(block, Text) or block.id is None:
        return
    series = block.numbered
    number = _count(counters, series) if series is not None else None
    title = block.term if isinstance(block, Definition) else getattr(block, "title", None)
    kind: TargetKind = "example" if isinstance(block, Example) else _KIND_BY_SERIES.get(series, "block")
    party = str(block.party) if isinstance(block, Example) else None
    printed = block.stands != "none" if isinstance(block, Photo) else True
    yield Target(str(block.id), kind, block.id.place, title, number, party, printed=printed)


_KIND_BY_SERIES: Mapping[str | None, TargetKind] = {"figure": "figure", "table": "table", "questions": "questions"}


def _count(counters: Counter[str], series: str) -> int:
    counters[series] += 1
    return counters[series]
