"""No section or text is without anything to read.

Why:  a heading that stands over nothing looks like a page that was lost.
Bad:  a section with a title alone, or with nothing but a photograph that is left out.
Good: each section has a text, a figure or a subsection of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report, Section
from press.errors import Place, Problem, Severity
from press.words import prose

ID = "section-empty"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    for section in report.walk():
        if not _has_something(section):
            mend = "write its `blocks`, or take it out of the order in content/report.yaml"
            yield Problem(Place(f"content/{section.id}.yaml", 1, 1), ID, "nothing stands under this heading", mend)
    for text in report.prose():
        if not prose.words(text) and not list(prose.references(text)):
            yield Problem(text.place, ID, "this text has no words", "write it, or delete the block")


def _has_something(section: Section) -> bool:
    content = section.content
    printed = any(block.stands != "none" for block in (*content.blocks, *content.closing))
    return printed or content.lead is not None or bool(section.children)
