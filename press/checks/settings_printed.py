"""What report.yaml says for the last page is printed.

Why:  words that stand nowhere are words that somebody believes are read; so are the rights that nobody was told of.
Bad:  `imprint` in report.yaml with `leave_out: [back]`; `rights` as well, unless a short edition has a `colophon`.
Good: the last page, or no words for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Colophon
from press.content.report import LAST_PAGE, Report
from press.errors import Problem, Severity

ID = "settings-printed"
SEVERITY: Severity = "error"
IN_COLOPHON = ("authors", "series", "isbn", "doi", "how_to_cite")


def check(report: Report) -> Iterator[Problem]:
    settings = report.settings
    if "back" not in settings.leave_out:
        return
    colophon = next((block for block in report.blocks_of_editions() if isinstance(block, Colophon)), None)
    given = {name: getattr(settings, name) for name in (*LAST_PAGE, *IN_COLOPHON)}
    for name, value in given.items():
        if value and (colophon is None or name == "imprint"):
            place = (value[0] if isinstance(value, tuple) else value).place
            what = f"`{name}` stands on the last page, which `leave_out` leaves out"
            yield Problem(place, ID, what, f"delete `{name}`, or take `back` out of `leave_out`")
    for name in LAST_PAGE:
        if colophon is not None and given[name] is None and name != "imprint":
            what = f"this is to print `{name}`, and content/report.yaml has none"
            yield Problem(colophon.place, ID, what, f"write `{name}` in content/report.yaml, or leave the colophon out")
