"""What a reference prints is not typed by hand: the number of a figure, table, chapter or page, marks around a title.

Why:  the day a figure is added, a number typed by hand leads to another one, and nobody sees it. Numbers of other works
      («lovens kapittel 4», «side 12 i …», what stands in a footnote) are left alone. A section's title is printed with
      its quotation marks, so that those typed around it would be printed twice.
Bad:  "se figur 3 på side 12", "se «{den-norske-modellen}»".
Good: "se {figur-3} på {page:figur-3}", "se {den-norske-modellen}".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.report import Report
from press.editions.references import Target, targets
from press.errors import Problem, Severity
from press.words.wording import NEAR, known_language, shown, units

ID = "reference-typed"
SEVERITY: Severity = "warning"
_IN_MARKS = re.compile(r"«\{(?:title:)?(?P<id>[a-z0-9-]+)\}»")
NUMBERED = ("figure", "table", "chapter", "appendix")
_OF_ANOTHER = re.compile(
    r"(?:(?<!\w)[^\W\d_]+s|\w*(?:lov|loven|forskrift|forskriften|direktivet|standarden|rammeverket)|(?<!\w)[A-ZÆØÅ]{2,}\b[^.!?]{0,30})"
    r"[,:( ]*\Z"
)
_IN_ANOTHER = re.compile(r"(?: (?:og|til) \d+|[–-]\d+)?,? (?:i|av|fra) (?!denne|dette|rapporten|teksten)\w")


def check(report: Report) -> Iterator[Problem]:
    language = known_language(report)
    if language is None:
        return
    kinds = {language.words[kind].lower(): kind for kind in (*NUMBERED, "page") if kind in language.words}
    known: dict[tuple[str, int], Target] = {
        (target.kind, target.number): target
        for target in targets(report.sections).values()
        if target.number is not None
    }
    pattern = re.compile(
        rf"(?<![\w-])(?P<word>{'|'.join(kinds)})(?:r|er|en|ne|ene)? (?P<number>\d+)(?![\w.,-]*\d)", re.I
    )
    by_id = targets(report.sections)
    for text in report.prose():
        for match in _IN_MARKS.finditer(text):
            if match["id"] in by_id and (by_id[match["id"]].is_named_by_title or "title:" in match[0]):
                what = f"{match[0]!r} is printed with its quotation marks twice"
                yield Problem(text.place_of(match.start()), ID, what, f"write {match[0][1:-1]}")
        for start, unit in units(shown(str(text))):
            is_note = text[start:].lstrip().startswith("[^")
            for match in pattern.finditer(unit) if not is_note else ():
                before = unit[max(0, match.start() - NEAR) : match.start()]
                if _OF_ANOTHER.search(before) or _IN_ANOTHER.match(unit, match.end()):
                    continue
                kind, number = kinds[match["word"].lower()], int(match["number"])
                target = known.get((kind, number))
                place = text.place_of(start + match.start())
                yield Problem(place, ID, f"{match[0]!r} is typed by hand", _mend(kind, target, match[0]))


def _mend(kind: str, target: Target | None, typed: str) -> str:
    if kind == "page":
        return "write {page:id} with the id of what stands on that page"
    if target is None:
        return "write {id} with the id of what is meant"
    name = target.id[0].upper() + target.id[1:] if typed[0].isupper() else target.id
    return f"write {{{name}}}"
