"""Every word of content/words.txt is needed.

Why:  each line there is a word that nobody looks at any more; one too many hides a misprint.
Bad:  a word that the content no longer has, or that the dictionary knows by itself.
Good: a line for each word that is right, stands in the content and is in no dictionary.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from press.content.report import Report
from press.errors import Problem, Severity
from press.words.spelling import NoDictionaryError, listed_forms, own_words, speller

ID = "words-needed"
SEVERITY: Severity = "warning"


def check(report: Report) -> Iterator[Problem]:
    if not report.words:
        return
    met = {word for _, words in own_words(report) for word, *_ in words}
    needed = set().union(*map(listed_forms, met))
    # Without a dictionary nothing is known; `spelling` says so.
    with suppress(NoDictionaryError), speller(str(report.settings.language), report.project) as spelling:
        for entry in report.words:
            word = str(entry.word)
            if spelling.knows(word):
                what = f"the dictionary knows {word!r} by itself"
                yield Problem(entry.word.place, ID, what, "delete the line")
            elif word not in needed:
                yield Problem(entry.word.place, ID, f"no text has {word!r} any more", "delete the line")
