"""No word stands twice in a row, and no number of a fact before its unit.

Why:  it is what cutting and pasting leaves behind, and eyes slide over it. `{fact:vekst.unit}` is the number with its
      unit, so that `{fact:vekst} {fact:vekst.unit}` is printed as «12 12 prosent», and with the unit typed after it as
      «12 prosent prosent».
Bad:  "Bedriftene har har erfart …"; "{fact:vekst} {fact:vekst.unit}"; "{fact:vekst.unit} prosent".
Good: "Bedriftene har erfart …"; "{fact:vekst.unit}".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from press.content.blocks import Kind
from press.content.report import Fact, Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words import prose
from press.words.remembered import remembered
from press.words.wording import MARK, seen_words

ID = "word-twice"
SEVERITY: Severity = "warning"
# The second word is only looked at, for it can be the first of another pair.
_TWICE = re.compile(rf"(?<![\w-])([^\W\d_]+)(?=(?:[ {MARK}]|\n(?![ ]*\n))+(?P<second>\1)(?![\w-]))", re.IGNORECASE)


def check(report: Report) -> Iterator[Problem]:
    for kind, text in report.texts():
        yield from _amiss(text, kind)
        if ".unit}" in text:
            yield from _around_units(text, report.facts)


@remembered
def _amiss(text: Located, kind: Kind) -> Iterator[Problem]:
    for match in _TWICE.finditer(seen_words(text, kind)):
        place = text.place_of(match.start("second"))
        yield Problem(place, ID, f"{match['second']!r} stands here a second time", "delete one of them")


def _around_units(text: Located, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    """Yield what is printed twice of a fact with its unit: the number before it, or the unit after it."""
    found = [each for each in prose.references(text) if each.kind == "fact"]
    for one, other in pairwise(found):
        between = text[text.index("}", one.offset) + 1 : other.offset]
        if (one.id, one.form, other.form) == (other.id, "", "unit") and not between.strip():
            what = f"the number of the fact {one.id!r} stands here twice: with its unit it is printed too"
            yield Problem(text.place_of(one.offset), ID, what, f"write {{fact:{one.id}.unit}} alone")
    for each in found:
        unit = str(facts[each.id].unit) if each.form == "unit" and each.id in facts else ""
        after = text.index("}", each.offset) + 1
        if unit and re.match(rf"\s+{re.escape(unit)}(?!\w)", text[after:]):
            what = f"{unit!r} stands here a second time: {{fact:{each.id}.unit}} prints it too"
            yield Problem(text.place_of(after), ID, what, "delete one of them")
