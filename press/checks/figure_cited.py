"""Every figure and table is named by a paragraph above it.

Why:  a reader who meets a figure unannounced must guess what it is for.
Bad:  a figure block whose id no earlier text names.
Good: "Arbeidet gikk i fem trinn ({figur-5})." and then the figure.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Block
from press.content.report import Report, Section
from press.errors import Problem, Severity
from press.words import prose

ID = "figure-cited"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    cited: set[str] = set()
    for item in _in_reading_order(report.sections):
        if isinstance(item, Section):
            texts = [item.content.lead] if item.content.lead is not None else []
        else:
            texts = list(item.prose())
        cited |= {reference.id for text in texts for reference in prose.references(text)}
        if (
            isinstance(item, Block)
            and item.numbered in {"figure", "table"}
            and item.id is not None
            and item.id not in cited
        ):
            what = f"{item.kind} {str(item.id)!r} comes before any text names it"
            yield Problem(item.id.place, ID, what, f"write {{{item.id}}} in a paragraph above, or move it down")


def _in_reading_order(sections: tuple[Section, ...]) -> Iterator[Section | Block]:
    for section in sections:
        yield section
        yield from section.content.blocks
        yield from _in_reading_order(section.children)
        yield from section.content.closing
