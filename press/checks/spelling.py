"""Words are spelt as the dictionary has them.

Why:  a misprint in print stays. The rule runs where there is a content/words.txt. hunspell knows a word, or two that
      make it up; content/terms.yaml lists words of other languages, and content/words.txt what is right all the same,
      one a line with its reason: `katapultsenter  # navn på ordningen`. A name is told once, at its first place; those
      who wrote the publication or its sources are known. A section that has another `language` is read
      with the dictionary of that, if there is one. Each part of a word with a hyphen is a word. It
      does not see a misprint that is another word: "må" for "på".
Bad:  "digitaliserign", "bedrftene".
Good: "digitalisering", "bedriftene".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from press.content.lists import WORDS
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Place, Problem, Severity
from press.words.names import WORD, written_by
from press.words.spelling import MEMORY, NoDictionaryError, Speller, Word, listed_forms, own_words, speller

ID = "spelling"
SEVERITY: Severity = "warning"
OTHER_MEMORY = "build/spelling-{}.json"
Text = tuple[Located, Sequence[Word]]
MOST_PLACES = 3
MOST_GUESSED = 10
"""Words of which near ones are looked for: it can take hunspell a second each."""


def check(report: Report) -> Iterator[Problem]:
    if report.words is None:
        return
    listed = {str(entry.word) for entry in report.words}
    listed |= {word for person in written_by(report) for word in WORD.findall(person.name) if word[0].isupper()}
    main = str(report.settings.language)
    for language, texts in _by_language(report, main).items():
        memory = MEMORY if language == main else OTHER_MEMORY.format(language)
        try:
            with speller(language, report.project, memory) as spelling:
                yield from _misspelt(texts, spelling, listed)
        except NoDictionaryError as error:
            if language == main:
                yield Problem(Place(WORDS), ID, error.what, error.mend)


def _by_language(report: Report, main: str) -> dict[str, list[Text]]:
    """Sort the texts, with their words, by the language that each is in."""
    found: dict[str, list[Text]] = {main: []}
    for text, words in own_words(report):
        found.setdefault(str(report.language_by_text.get(id(text), main)), []).append((text, words))
    return found


def is_unread(problem: Problem) -> bool:
    """Tell whether this says that there is no dictionary, which is for whoever checks and not for whoever builds."""
    return problem.rule == ID and not problem.place.line and problem.severity != "error"


def _misspelt(texts: Iterable[Text], spelling: Speller, listed: set[str]) -> Iterator[Problem]:
    unknown = list(_unknown(texts, spelling, listed))
    found: dict[str, dict[Place, None]] = {}
    for word, text, offset in unknown:
        found.setdefault(word, {})[text.place_of(offset)] = None  # two tables of one CSV file have one
    places = {word: list(where) for word, where in found.items()}
    guessed = list(dict.fromkeys(word for word, *_ in unknown))[:MOST_GUESSED]
    for word, text, offset in unknown:
        place, is_name = text.place_of(offset), word[0].isupper()
        if is_name and place != places[word][0]:
            continue  # told with the first
        near = spelling.near(word, listed) if word in guessed else []
        instead = f"write {_alternatives(near)}; if {word!r} is right" if near else f"mend it; if {word!r} is right"
        once = f"once as `{word}  # whose name it is`" if is_name else "with the reason"
        mend = f"{instead}, list it in {WORDS} {once}, or in content/terms.yaml if it is foreign"
        yield Problem(place, ID, f"no dictionary has {word!r}{_elsewhere(places[word][1:]) if is_name else ''}", mend)


def _unknown(texts: Iterable[Text], spelling: Speller, listed: set[str]) -> Iterator[tuple[str, Located, int]]:
    right: set[str] = set()
    for text, words in texts:
        for word, offset, is_joined in words:
            if word in right:
                continue
            if len(word) == 1 or not listed.isdisjoint(listed_forms(word)) or spelling.knows(word):
                right.add(word)
            # In `organisasjons- og driftsendring` the s joins what comes after the hyphen.
            elif not (is_joined and word.endswith("s") and spelling.knows(word[:-1])):
                yield word, text, offset


def _elsewhere(places: Sequence[Place]) -> str:
    """Name the other places of a word."""
    if not places:
        return ""
    more = f" and in {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    return f", which stands at {', '.join(map(str, places[:MOST_PLACES]))} too{more}"


def _alternatives(words: list[str]) -> str:
    quoted = [f"«{word}»" for word in words]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
