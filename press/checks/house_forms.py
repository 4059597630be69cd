"""Words have the forms that the house has chosen.

Why:  bokmål allows many; a report by several hands that mixes them looks unedited. The forms stand in
      content/house_forms.yaml; an entry that ends in a hyphen holds for every word that begins so. A capital letter
      within a sentence makes a name, and names are left alone.
Bad:  "framover", "språka", "ikkje".
Good: "fremover", "språkene", "ikke".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.words.wording import ITEM, MARK, NEAR, texts

ID = "house-forms"
SEVERITY: Severity = "warning"
_BEGINS = re.compile(rf"(?:\A|[.!?…:]|\n[ ]*\n)[\s»«(‹{MARK}{ITEM}]*\Z|\n[{ITEM}{MARK}]*\Z")


def check(report: Report) -> Iterator[Problem]:
    listed = report.house_forms.forms if report.house_forms is not None else {}
    if not listed:
        return
    forms = {form.lower(): str(instead) for form, instead in listed.items()}
    whole = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True) if not form.endswith("-"))
    begun = "|".join(re.escape(form[:-1]) for form in sorted(forms, key=len, reverse=True) if form.endswith("-"))
    pattern = re.compile(rf"(?<![\w-])(?:({whole or '(?!)'})(?![\w-])|({begun or '(?!)'})(\w+))", re.IGNORECASE)
    for text, seen in texts(report):
        for match in pattern.finditer(seen):
            if match[0][0].isupper() and not _BEGINS.search(seen, max(0, match.start() - NEAR), match.start()):
                continue
            if match[1]:
                instead = forms[match[1].lower()]
            else:
                instead = forms[f"{match[2].lower()}-"].removesuffix("-") + match[3]
            if match[0][0].isupper():
                instead = instead[0].upper() + instead[1:]
            yield Problem(
                text.place_of(match.start()), ID, f"{match[0]!r} is not the house's form", f"write «{instead}»"
            )
