"""A fact's words say its value.

Why:  the value is changed and its words are left, or the other way round; the report then says two numbers. Holds for
      whole numbers in publications in Norwegian. What is printed of a fact has no marks and no references.
Bad:  `value: 34` and `words: trettitre` in content/facts.yaml; `words: "*fem*"`.
Good: `value: 33` and `words: trettitre`; a number that is said otherwise («halvparten») is written in the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.number_words import LARGEST, in_words, say_the_same
from press.words import marks, prose
from press.words.wording import is_norwegian

ID = "fact-words"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    norwegian = is_norwegian(report)
    for name, fact in report.facts.items():
        for text in (text for text in (fact.words, fact.unit) if text is not None):
            yield from marks.problems(text, "plain")
            for reference in prose.references(text):
                place = text.place_of(reference.offset)
                yield Problem(place, ID, "a fact's own words name nothing else", "write the word itself")
        value = str(fact.value)
        if fact.words is None or not norwegian or not value.isdigit() or int(value) > LARGEST:
            continue
        if not say_the_same(fact.words, int(value)):
            what = f"the fact {name!r} is {value}, and its words are «{fact.words}»"
            yield Problem(fact.words.place, ID, what, f"write «{in_words(int(value))}», or mend the value")
