"""The file of approvals: a line for each statement, so that branches merge line by line.

    datadeling.result:
      - ff4f8f3ff3d3, datadeling ef0bf10bc6b2 2c8129be5f11, figur-6 7051e2ccaa39

A line ties the hash of a statement's words to the hashes of every sentence that it was read together with. Branches
that approve different statements change different lines, and between two of them stands one that neither changes.
Branches that approve the same statement change the same line: git keeps both (`merge=union`) or marks a conflict, and
here both count as what somebody approved. That is safe: a line holds only for exactly the words that it was made from,
and what nobody has read together has none. `build.py approve` writes the file anew, whatever a merge has made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from press.errors import Place, Problem

RULE = "approved"
FILE = "content/approved.yaml"
HEAD = """\
# What editors approved: for each statement of the short editions hashes of its words and of each sentence below it.
# Written by `python build.py approve`, also after a merge; not for editing by hand.
"""
MEND = "run `python build.py approve`, which writes the file anew and keeps what holds"
_KEY = re.compile(r"(?P<key>[a-z0-9][a-z0-9.-]*):")
_LINE = re.compile(r"  - (?P<line>[0-9a-f]{12}(?:, [a-z0-9-]+(?: [0-9a-f]{12})+)+)")
_MARK = re.compile(r"<{7}|\|{7}|={7}|>{7}")
_SKIPPED = re.compile(r"#.*|\{\}|\s*")


@dataclass(frozen=True)
class Approval:
    """What an editor approved: hashes of a statement and of each sentence of what it rested on."""

    place: Place
    statement: str
    rests_on: Mapping[str, tuple[str, ...]]

    @property
    def line(self) -> str:
        """Write it as a line of the file."""
        return ", ".join([self.statement, *(" ".join([name, *hashes]) for name, hashes in self.rests_on.items())])


def read_approvals(text: str) -> tuple[dict[str, tuple[Approval, ...]], list[Problem]]:
    """Read the file: what was approved, by statement, and what is amiss with the file itself."""
    found: dict[str, tuple[Approval, ...]] = {}
    amiss: list[Problem] = []
    key, in_base = "", False
    for row, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        place = Place(FILE, row, 1)
        if mark := _MARK.match(line):
            in_base = mark[0].startswith("|")
            if mark[0].startswith("<"):
                amiss.append(Problem(place, RULE, "a merge has left both its sides here", MEND))
        elif in_base or _SKIPPED.fullmatch(line):
            continue
        elif match := _KEY.fullmatch(line):
            key = match["key"]
        elif key and (match := _LINE.fullmatch(line)):
            found[key] = (*found.get(key, ()), _approval(match["line"], place))
        else:
            amiss.append(Problem(place, RULE, "this line is none that `build.py approve` writes", MEND))
    return found, amiss


def write_approvals(approved: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Write the file of these statements and their lines."""
    entries = [f"{key}:\n" + "".join(f"  - {line}\n" for line in lines) for key, lines in sorted(approved)]
    return "".join([HEAD, *entries] if entries else [HEAD, "{}\n"])


def _approval(line: str, place: Place) -> Approval:
    statement, *grounds = line.split(", ")
    named = (ground.split(" ") for ground in grounds)
    return Approval(place, statement, {name: tuple(hashes) for name, *hashes in named})
