"""A result card has no more words than its edition has room for (`words_per_card`).

Why:  cards stand in pairs, and one that is too long leaves a hole beside it.
Bad:  a result card of 95 words in an edition with room for 80.
Good: cards shortened until they fit.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import EditionContent, Report, Result
from press.editions.statements import printed_in
from press.errors import Problem, Severity
from press.words import prose

ID = "card-length"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    for content in report.editions.values():
        yield from _too_long(report, content)


def _too_long(report: Report, content: EditionContent) -> Iterator[Problem]:
    limit = content.limits.words_per_card
    if limit is None:
        return
    printed = printed_in(report, content)
    for section in report.walk():
        result = section.content.result
        if result is not None and f"{section.id}.result" in printed and (over := words_of(result) - int(limit)) > 0:
            what = f"the card of {section.id!r} has {words_of(result)} words, {over} more than {limit}"
            mend = "shorten its text or its example, or raise `words_per_card` where there is room"
            yield Problem(result.text.place, ID, what, mend)


def words_of(result: Result) -> int:
    """Count the words of a result's card, without its claim."""
    texts = [result.text, *([result.example.text] if result.example is not None else [])]
    return sum(len(prose.words(text).split()) for text in texts)
