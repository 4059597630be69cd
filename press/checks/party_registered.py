"""A party (a company, a municipality, a hospital) that a learning example or a text names is one of the register.

Why:  a letter that the register does not hold is a slip, or a party that has not approved its example.
Bad:  `party: P` or «Bedrift P» where report.yaml lists A to O.
Good: `party: F`, «Bedrift F».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.blocks import Example
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Place, Problem, Severity
from press.words.remembered import remembered
from press.words.wording import party_names

ID = "party-registered"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    register = set(report.settings.parties)
    mend = f"choose one of {', '.join(sorted(register))}, or add it to `parties` in content/report.yaml"
    for _, block in report.blocks():
        if isinstance(block, Example) and block.party not in register:
            yield Problem(block.party.place, ID, f"the register holds no party {str(block.party)!r}", mend)
    names = party_names(report)
    if names is None or not register:
        return
    for _, text in report.texts():
        for letter, place in _named(text, names):
            if letter not in register:
                yield Problem(place, ID, f"the register holds no party {letter!r}", mend)


@remembered
def _named(text: Located, names: re.Pattern[str]) -> Iterator[tuple[str, Place]]:
    """Yield the letters of the parties that a text names, and where."""
    return ((match[1], text.place_of(match.start())) for match in names.finditer(text))
