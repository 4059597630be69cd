"""A term is used in its one form.

Why:  two words for one thing make a reader look for the difference. In brackets, emphasis or quotation marks a word is
      explained or quoted, so there every form may stand; so it may where a term is defined, and in the cells of data.
      Capitals count where a form differs from the term in nothing else.
Bad:  "en digital twin" where content/glossary.yaml says `use: digital tvilling`.
Good: "en digital tvilling"; "digital tvilling (digital twin)" where the foreign word explains the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from press.content.blocks import Definition, Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words.remembered import remembered
from press.words.wording import MARK, NEAR, shown

ID = "glossary"
SEVERITY: Severity = "warning"
_OPENED = re.compile(rf"(?:[«(]|(?<!\w){MARK})[^»()\n{MARK}]*\Z")
_CLOSED = re.compile(rf"[^«()\n{MARK}]{{0,{NEAR}}}(?:[»)]|{MARK}(?!\w))")


def check(report: Report) -> Iterator[Problem]:
    if report.glossary is None:
        return
    listed = [(str(form), str(term.use)) for term in report.glossary.terms for form in term.never]
    if not listed:
        return
    finder = _finder(tuple(listed))
    for kind, text in _running_text(report):
        yield from _amiss(text, kind, finder)


@dataclass(frozen=True, eq=False)
class _Finder:
    """What is looked for, and the term for each form: as it is written, or in small letters."""

    pattern: re.Pattern[str]
    exact: Mapping[str, str]
    instead: Mapping[str, str]


@lru_cache(maxsize=4)
def _finder(listed: tuple[tuple[str, str], ...]) -> _Finder:
    # A form that differs from the term in capitals alone, or has nothing but capitals, is meant letter by letter.
    exact = {form: use for form, use in listed if form.lower() == use.lower() or form.isupper()}
    instead = {form.lower(): use for form, use in listed if form not in exact}
    forms = "|".join(re.escape(form) for form in sorted({*instead, *exact}, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)({forms})(?:s|en|et|er|ene|e)?(?!\w)", re.IGNORECASE)
    return _Finder(pattern, exact, instead)


@remembered
def _amiss(text: Located, kind: Kind, finder: _Finder) -> Iterator[Problem]:
    seen = shown(str(text), kind)
    for match in finder.pattern.finditer(seen):
        use = finder.exact.get(match[1]) or finder.instead.get(match[1].lower())
        if use is not None and (match[1].lower() == use.lower() or not _is_explained(seen, match)):
            what = f"{match[0]!r} is not the word for it here"
            yield Problem(text.place_of(match.start()), ID, what, f"write «{use}»")


def _is_explained(seen: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return _OPENED.search(seen, max(0, start - NEAR), start) is not None and _CLOSED.match(seen, end) is not None


def _running_text(report: Report) -> Iterator[tuple[Kind, Located]]:
    """Yield prose, titles and captions; not the terms that are defined, nor the cells of data."""
    yield from (("prose", text) for text in report.prose())
    for section in report.walk():
        yield "plain", section.content.title
    for _, block in report.blocks():
        if not isinstance(block, Definition):
            yield from ((kind, text) for kind, text in block.texts() if kind != "prose")
