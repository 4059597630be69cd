"""Words are spelt as the dictionary has them.

Why:  a misprint in print stays. The rule runs where there is a content/words.txt. hunspell knows a word, or two that
      make it up; content/terms.yaml lists words of other languages, and content/words.txt what is right all the same,
      one a line with its reason: `katapultsenter  # navn på ordningen`. Each part of a word with a hyphen is a word. It
      does not see a misprint that is another word: "må" for "på".
Bad:  "digitaliserign", "bedrftene".
Good: "digitalisering", "bedriftene".
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.lists import WORDS
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Place, Problem, Severity
from press.words.spelling import NoDictionaryError, Speller, listed_forms, own_words, speller

ID = "spelling"
SEVERITY: Severity = "warning"
MOST_GUESSED = 10
"""Words of which near ones are looked for: it can take hunspell a second each."""


def check(report: Report) -> Iterator[Problem]:
    if report.words is None:
        return
    listed = {str(entry.word) for entry in report.words}
    try:
        with speller(str(report.settings.language), report.project) as spelling:
            yield from _misspelt(report, spelling, listed)
    except NoDictionaryError as error:
        yield Problem(Place(WORDS), ID, error.what, error.mend)


def is_unread(problem: Problem) -> bool:
    """Tell whether this says that there is no dictionary, which is for whoever checks and not for whoever builds."""
    return problem.rule == ID and not problem.place.line and problem.severity != "error"


def _misspelt(report: Report, spelling: Speller, listed: set[str]) -> Iterator[Problem]:
    unknown = list(_unknown(report, spelling, listed))
    guessed = list(dict.fromkeys(word for word, *_ in unknown))[:MOST_GUESSED]
    for word, text, offset in unknown:
        near = spelling.near(word, listed) if word in guessed else []
        instead = f"write {_alternatives(near)}; if {word!r} is right" if near else f"mend it; if {word!r} is right"
        mend = f"{instead}, list it in {WORDS} with the reason, or in content/terms.yaml if it is foreign"
        yield Problem(text.place_of(offset), ID, f"no dictionary has {word!r}", mend)


def _unknown(report: Report, spelling: Speller, listed: set[str]) -> Iterator[tuple[str, Located, int]]:
    right: set[str] = set()
    for text, words in own_words(report):
        for word, offset, is_joined in words:
            if word in right:
                continue
            if len(word) == 1 or not listed.isdisjoint(listed_forms(word)) or spelling.knows(word):
                right.add(word)
            # In `organisasjons- og driftsendring` the s joins what comes after the hyphen.
            elif not (is_joined and word.endswith("s") and spelling.knows(word[:-1])):
                yield word, text, offset


def _alternatives(words: list[str]) -> str:
    quoted = [f"«{word}»" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
