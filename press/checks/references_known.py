"""Every reference names something that is there, and that the reference can be made to.

Why:  nothing in print is numbered by hand, so an id that is wrong would leave a hole.
Bad:  "se {figur-55}" where there is no such figure; "{page:foto-fabrikk}" for a photograph that is not printed.
Good: "se {figur-5}".
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.editions.edition import targets_of_editions
from press.editions.references import targets
from press.errors import Problem, Severity, did_you_mean
from press.words import prose

ID = "references-known"
SEVERITY: Severity = "error"
NEEDED = True
LINKED = "](#"


def check(report: Report) -> Iterator[Problem]:
    of_report, of_editions = targets(report.sections), targets_of_editions(report)
    for kind, text in report.texts():
        known = {**of_editions.get(text.place.file, {}), **of_report}
        for reference in prose.references(text):
            if reference.kind == "fact":
                continue
            place = text.place_of(reference.offset)
            if kind == "plain" and reference.kind == "page":
                what = "a title or label stands in several places, and cannot say a page"
                yield Problem(place, ID, what, f"write {{{reference.id}}}, or the page in the text")
                continue
            target = known.get(reference.id)
            if target is None:
                mend = did_you_mean(reference.id, known, "use the id of a section, box, figure or table")
                yield Problem(place, ID, f"nothing has the id {reference.id!r}", mend)
            elif not target.printed:
                yield Problem(place, ID, f"{reference.id!r} is not in print", "leave the reference out")
            elif reference.kind != "page" and target.title is None and target.party is None:
                yield Problem(place, ID, f"{reference.id!r} has no title to print", "refer to the section it stands in")
        start = text.find(LINKED)
        while start >= 0:
            name = text[start + len(LINKED) : text.find(")", start)]
            if name not in known:
                mend = did_you_mean(name, known, "use the id of a section, box, figure or table")
                yield Problem(text.place_of(start), ID, f"the link goes to #{name}, which nothing has as its id", mend)
            start = text.find(LINKED, start + 1)
