"""Words have the forms that the house has chosen.

Why:  bokmål allows many; a report by several hands that mixes them looks unedited. The forms stand in
      content/house_forms.yaml; an entry that ends in a hyphen holds for every word that begins so. A capital letter
      within a sentence makes a name, and names are left alone.
Bad:  "framover", "språka", "ikkje".
Good: "fremover", "språkene", "ikke".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words.remembered import remembered
from press.words.wording import ITEM, MARK, NEAR, seen_words

ID = "house-forms"
SEVERITY: Severity = "warning"
_BEGINS = re.compile(rf"(?:\A|[.!?…:]|\n[ ]*\n)[\s»«(‹{MARK}{ITEM}]*\Z|\n[{ITEM}{MARK}]*\Z")


@dataclass(frozen=True, eq=False)
class _Finder:
    """What is looked for, and what is to stand instead, by small letters."""

    pattern: re.Pattern[str]
    forms: Mapping[str, str]


def check(report: Report) -> Iterator[Problem]:
    listed = report.house_forms.forms if report.house_forms is not None else {}
    if not listed:
        return
    finder = _finder(tuple((str(form).lower(), str(instead)) for form, instead in listed.items()))
    for kind, text in report.texts():
        yield from _amiss(text, kind, finder)


@lru_cache(maxsize=4)
def _finder(listed: tuple[tuple[str, str], ...]) -> _Finder:
    forms = dict(listed)
    whole = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True) if not form.endswith("-"))
    begun = "|".join(re.escape(form[:-1]) for form in sorted(forms, key=len, reverse=True) if form.endswith("-"))
    pattern = re.compile(rf"(?<![\w-])(?:({whole or '(?!)'})(?![\w-])|({begun or '(?!)'})(\w+))", re.IGNORECASE)
    return _Finder(pattern, forms)


@remembered
def _amiss(text: Located, kind: Kind, finder: _Finder) -> Iterator[Problem]:
    seen = seen_words(text, kind)
    for match in finder.pattern.finditer(seen):
        if match[0][0].isupper() and not _BEGINS.search(seen, max(0, match.start() - NEAR), match.start()):
            continue
        if match[1]:
            instead = finder.forms[match[1].lower()]
        else:
            instead = finder.forms[f"{match[2].lower()}-"].removesuffix("-") + match[3]
        if match[0][0].isupper():
            instead = instead[0].upper() + instead[1:]
        yield Problem(text.place_of(match.start()), ID, f"{match[0]!r} is not the house's form", f"write «{instead}»")
