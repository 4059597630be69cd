"""Every link lands on the page where its target stands, and «side 29» is page 29.

Why:  a reader who follows a wrong number finds something else, and trusts no number after that.
Bad:  a page number typed by hand into the words of a link.
Good: `{page:figur-5}`, which the pipeline fills in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.report import Report
from press.document import FINGERPRINT
from press.errors import Problem, Severity
from press.pages import Page, Pages, quoted
from press.words.language import language_of

ID = "link-target"
SEVERITY: Severity = "error"


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    typed = re.compile(rf"(?i)\b{re.escape(language_of(report).word('page'))}\s+(\d+)")
    for page in pages.pages:
        yield from _on(page, pages, typed)


def _on(page: Page, pages: Pages, typed: re.Pattern[str]) -> Iterator[Problem]:
    for number in page.numbers:
        if number.target != FINGERPRINT and number.printed != str(pages.ids.get(number.target)):
            what = f"page {page.number}: {number.target!r} is said to be on page {number.printed}"
            yield Problem(number.place, ID, f"{what}; {_where(number.target, pages)}", "let `{page:id}` fill it in")
    for link in page.links:
        words = f"page {page.number}: the link {quoted(link.text)}"
        if link.lands is None or link.lands != pages.ids.get(link.target):
            lands = f"lands on page {link.lands}" if link.lands else "lands nowhere"
            mend = f"give only one thing the id {link.target!r}, and let that be in print"
            yield Problem(link.place, ID, f"{words} {lands}; {_where(link.target, pages)}", mend)
        for match in typed.finditer(link.text):
            if int(match[1]) != pages.ids.get(link.target):
                what = f"{words} leads to {link.target!r}; {_where(link.target, pages)}"
                yield Problem(link.place, ID, what, f"write {{page:{link.target}}} instead of the number")


def _where(target: str, pages: Pages) -> str:
    return f"it stands on page {pages.ids[target]}" if target in pages.ids else "it stands nowhere"
