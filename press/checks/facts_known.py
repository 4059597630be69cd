"""Every fact that is named is registered, in the form asked for.

Why:  nothing can be printed of a number that is not there.
Bad:  "{fact:bedriftr}", or "{fact:bedrifter.unit}" where the fact has no unit; a motif of what is no whole number.
Good: "{fact:bedrifter} industribedrifter".
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity, did_you_mean
from press.words import prose

ID = "facts-known"
SEVERITY: Severity = "error"
NEEDED = True
FORMS = ("", "words", "unit")
MOST_LINES = 200
"""Of the motif on the cover."""


def check(report: Report) -> Iterator[Problem]:
    for _, text in report.texts():
        for reference in prose.references(text):
            if reference.kind != "fact":
                continue
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
    yield from _motif(report)


def _motif(report: Report) -> Iterator[Problem]:
    motif = report.settings.motif
    for counted, least in ((motif.lines, 2), (motif.marked, 0)) if motif is not None else ():
        if counted not in report.facts:
            mend = did_you_mean(counted, report.facts, "register it in content/facts.yaml")
            yield Problem(counted.place, ID, f"there is no fact {str(counted)!r}", mend)
        elif (value := report.facts[counted].value) not in map(str, range(least, MOST_LINES + 1)):
            what = f"the motif counts lines, and the fact {str(counted)!r} is {value}"
            yield Problem(counted.place, ID, what, f"name a fact that is a whole number, {least} to {MOST_LINES}")
