"""No sentence is longer than forty words.

Why:  beyond that a reader has to begin again; Norwegian plain-language advice is fifteen to twenty.
Bad:  a paragraph-long sentence that holds three thoughts together with «og».
Good: a thought, a full stop, the next thought.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words.remembered import remembered
from press.words.wording import sentences, shown, words

ID = "sentence-length"
SEVERITY: Severity = "warning"
LONGEST = 40


def check(report: Report) -> Iterator[Problem]:
    for text in report.prose():
        yield from _too_long(text)


@remembered
def _too_long(text: Located) -> Iterator[Problem]:
    for offset, sentence in sentences(shown(str(text))):
        if (count := len(words(sentence))) > LONGEST:
            what = f"this sentence has {count} words; {LONGEST} are the most"
            yield Problem(text.place_of(offset), ID, what, "divide it where a new thought begins")
