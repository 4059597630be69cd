"""Nothing is left that was to be filled in.

Why:  «TODO» in print is the one mistake that everybody sees.
Bad:  "TODO: tall fra Bedrift F", "xxx prosent", "Lorem ipsum", "«…?»".
Good: the words or the number; until they are there, the sentence is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words.remembered import remembered

ID = "placeholder"
SEVERITY: Severity = "error"
LONGEST_SHOWN = 20
"""In characters: a line to write on can be long."""
_LEFT = re.compile(
    r"(?<!\w)(?:TODO|FIXME|TBD|TBA|TKTK|[Tt]odo:|(?i:x{3,}|lorem ipsum|fyll inn|fylles inn))(?!\w)"
    r"|«(?:…|\.\.\.)\??»|\[(?:…|\.\.\.|\?+)\]|\?{2,}|_{3,}"
)


def check(report: Report) -> Iterator[Problem]:
    for text in (*report.prose(), *report.lines(), *_notes(report)):
        yield from _left(text)


@remembered
def _left(text: Located) -> Iterator[Problem]:
    for match in _LEFT.finditer(text):
        what = f"{match[0][:LONGEST_SHOWN]!r} was to be filled in"
        yield Problem(text.place_of(match.start()), ID, what, "write what belongs here, or leave it out")


def _notes(report: Report) -> Iterator[Located]:
    for fact in report.facts.values():
        yield from (note for note in (fact.words, fact.unit, fact.source, fact.note) if note is not None)
