"""Numbers in figures are written as the language of their text has them.

Why:  in Norwegian 12.5 is a date or a version, and 1,234 is less than two; readers compare a figure with its text.
Bad:  in a Norwegian figure, labels that a script writes by `f"{value:.1f}"` or `f"{value:,}"`: 12.5, 25,000.
Good: data.number(value), data.number(value, 1), and `fmt=data.number` for labels of bars; ticks of axes come so by
      themselves.

Only what a script writes is held to it: words in content/data are read with all other texts (`typography`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.checks.typography import number_slips
from press.content.blocks import Figure
from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Lettering, Pages
from press.words.wording import is_number, known_language, locale_of

ID = "figure-numbers"
SEVERITY: Severity = "warning"
SHOWN = 3
_TIME, _HOUR = re.compile(r"[0-3]\d\.[0-5]\d"), re.compile(r"0\d\.[0-5]\d")
"""A time or a day of the month (08.30, 17.05), as the drawing library writes them; and one that is surely no number."""


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    main = known_language(report)
    for section, block in report.blocks():
        if not isinstance(block, Figure) or main is None:
            continue
        tag = report.language_by_section.get(section.id)
        locale = main.locale if tag is None else locale_of(report, tag)
        typed = " ".join(str(line) for line in report.figures[str(block.figure)].lines() if not is_number(line))
        written = [each for each in pages.lettering if each.figure == block.figure and each.text not in typed]
        has_hours = any(_HOUR.fullmatch(each.text) for each in written)
        found = {
            each: what
            for each in written
            if not (_TIME.fullmatch(each.text) and (has_hours or each.place.line == 0))
            for what in number_slips(each.text, locale)
        }
        if found:
            mend = "write data.number(value) in the script; for labels of bars, fmt=data.number"
            yield Problem(block.figure.place, ID, f"the figure has {_listed(found)}", mend)


def _listed(found: dict[Lettering, str]) -> str:
    return ", ".join(
        f"{what} in {_shown([each for each, told in found.items() if told == what])}"
        for what in dict.fromkeys(found.values())
    )


def _shown(labels: list[Lettering]) -> str:
    """Name some labels, and the lines of the script that wrote them."""
    more = f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
    words = ", ".join(f"«{each.text}»" for each in labels[:SHOWN])
    return f"{words}{more} ({', '.join(str(place) for place in sorted({each.place for each in labels}))})"
