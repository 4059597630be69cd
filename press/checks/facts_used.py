"""Every fact that is named is registered, in the form asked for; every registered fact is used.

Why:  a number that stands in one place only can be changed in one place.
Bad:  "{fact:bedriftr}", or "{fact:bedrifter.unit}" where the fact has no unit.
Good: "{fact:bedrifter} industribedrifter".
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Numbers
from press.content.report import Report
from press.errors import Problem, Severity, did_you_mean
from press.words import prose

ID = "facts-used"
SEVERITY: Severity = "error"
FORMS = ("", "words", "unit")
MOST_LINES = 200
"""Of the motif on the cover."""


def check(report: Report) -> Iterator[Problem]:
    used: set[str] = set()
    for text in (*report.prose(), *report.lines()):
        for reference in prose.references(text):
            if reference.kind != "fact":
                continue
            used.add(reference.id)
            fact = report.facts.get(reference.id)
            place = text.place_of(reference.offset)
            if fact is None:
                mend = did_you_mean(reference.id, report.facts, "register it in content/facts.yaml")
                yield Problem(place, ID, f"there is no fact {reference.id!r}", mend)
            elif reference.form not in FORMS:
                mend = did_you_mean(reference.form, FORMS[1:], "the forms are .words and .unit")
                yield Problem(place, ID, f"a fact has no form {reference.form!r}", mend)
            elif reference.form and getattr(fact, reference.form) is None:
                mend = f"add `{reference.form}:` to it in content/facts.yaml"
                yield Problem(place, ID, f"the fact {reference.id!r} has no {reference.form!r}", mend)
    if report.settings.motif is not None:
        for counted, least in ((report.settings.motif.lines, 2), (report.settings.motif.marked, 0)):
            used.add(counted)
            if counted not in report.facts:
                mend = did_you_mean(counted, report.facts, "register it in content/facts.yaml")
                yield Problem(counted.place, ID, f"there is no fact {str(counted)!r}", mend)
            elif (value := report.facts[counted].value) not in map(str, range(least, MOST_LINES + 1)):
                what = f"the motif counts lines, and the fact {str(counted)!r} is {value}"
                yield Problem(counted.place, ID, what, f"name a fact that is a whole number, {least} to {MOST_LINES}")
    numbers = (block for block in report.blocks_of_editions() if isinstance(block, Numbers))
    used |= {str(item.fact) for block in numbers for item in block.items}
    for name in sorted(report.facts.keys() - used):
        yield Problem(
            report.facts[name].place, ID, f"nobody uses the fact {name!r}", f"write {{fact:{name}}}, or delete it"
        )
