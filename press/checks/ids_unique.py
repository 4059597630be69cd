"""Every id stands for one thing, and is short enough to name a file.

Why:  a reference to an id that two things share would point to either.
Bad:  two boxes with `example: boks-f`; an id of three hundred letters.
Good: `example: boks-f-bred-medvirkning` and `example: boks-f-implementering`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.errors import Problem
from press.references import duplicate_ids, targets
from press.report import Report

ID = "ids-unique"
LONGEST = 100
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def check(report: Report) -> Iterator[Problem]:
    for problem in duplicate_ids(report):
        yield Problem(problem.place, ID, problem.what, problem.mend)
    for target in targets(report.sections).values():
        if not _KEBAB.fullmatch(target.id):
            mend = "write small letters a–z and digits, with hyphens between words"
            yield Problem(target.place, ID, f"the id {target.id!r} is not in kebab-case", mend)
        if len(target.id) > LONGEST:
            what = f"the id is {len(target.id)} characters long; {LONGEST} are the most"
            yield Problem(target.place, ID, what, "name it by two or three words")
