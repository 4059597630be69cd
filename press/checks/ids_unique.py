"""Every id stands for one thing, and is short enough to name a file.

Why:  a reference to an id that two things share would point to either.
Bad:  two boxes with `example: boks-f`; an id of three hundred letters.
Good: `example: boks-f-bred-medvirkning` and `example: boks-f-implementering`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from press.content.report import Report
from press.editions.edition import PartKind, own_ids
from press.editions.references import duplicate_ids, targets
from press.errors import Place, Problem, Severity

ID = "ids-unique"
SEVERITY: Severity = "error"
NEEDED = True
LONGEST = 100
PART = "part-"
"""How the ids begin that templates give the parts of an edition."""
PART_KINDS = frozenset(get_args(PartKind))
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def check(report: Report) -> Iterator[Problem]:
    yield from duplicate_ids(report)
    for name, place in _ids(report):
        if not _KEBAB.fullmatch(name):
            mend = "write small letters a–z and digits, with hyphens between words"
            yield Problem(place, ID, f"{name!r} cannot be an id", mend)
        if len(name) > LONGEST:
            what = f"the id is {len(name)} characters long; {LONGEST} are the most"
            yield Problem(place, ID, what, "name it by two or three words")
        if name in PART_KINDS or name.startswith(PART):
            what = f"{name!r} is what a part of every edition is called"
            yield Problem(place, ID, what, "add a word to it")


def _ids(report: Report) -> Iterator[tuple[str, Place]]:
    """Yield the ids of the report and those that short editions have of their own."""
    yield from ((target.id, target.place) for target in targets(report.sections).values())
    for content in report.editions.values():
        yield from ((str(name), name.place) for name in own_ids(content))
