"""A number that is registered as a fact is not typed by hand.

Why:  the day the number changes, a copy typed by hand stays as it was. A number is taken for the fact when the fact's
      noun follows within two words, or within four if it is 10 or more in digits. The noun is the first word of the
      fact's id, or what follows the fact where it is used. A fact with a unit is known by its unit; 100 or more that is
      no year, and 30 or more that is no multiple of five, by its digits alone.
Bad:  "intervjuer i 33 industribedrifter" where facts.yaml has `bedrifter` with the value 33.
Good: "intervjuer i {fact:bedrifter} industribedrifter"; what only happens to be the same number is accepted in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words import prose
from press.words.remembered import remembered
from press.words.wording import seen_words

ID = "fact-typed"
SEVERITY: Severity = "warning"
TELLING_FROM = 30
LARGE_FROM = 100
YEARS = range(1800, 2101)
SHORTEST_NOUN = 6
"""Of a noun that is only the end of the fact's, or only follows it: «resultater» for `hovedresultater`."""
_AFTER_REFERENCE = re.compile(r"\{fact:[^{}\n]*\}[\s«*]+([^\W\d_]+)")
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?:er|ene|ar|ane|en|et|es|e|a|s)?s?\Z")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_COUNTED_OTHERWISE = ("prosent", "%", "år", "års", "årig", "kroner", "kr", "timer", "dager", "km", "millioner")


@dataclass(frozen=True)
class _Known:
    """One fact in the form in which it may have been typed."""

    name: str
    form: str
    value: str
    unit: str | None
    nouns: frozenset[str]
    """Stems of the words that follow it elsewhere in the report."""


@dataclass(frozen=True, eq=False)
class _Finder:
    """What is looked for, and the facts that each number may be, by its small letters."""

    pattern: re.Pattern[str]
    facts: Mapping[str, Sequence[_Known]]


def check(report: Report) -> Iterator[Problem]:
    known = tuple(_forms(report))
    if not known:
        return
    finder = _finder(known)
    for kind, text in report.texts():
        yield from _amiss(text, kind, finder)


@remembered
def _amiss(text: Located, kind: Kind, finder: _Finder) -> Iterator[Problem]:
    seen = seen_words(text, kind)
    for match in finder.pattern.finditer(seen):
        after = seen[match.end() : match.end() + 80]
        fact = next((fact for fact in finder.facts[match[0].lower()] if _is_meant(fact, after)), None)
        if fact is not None:
            what = f"{match[0]!r} is typed by hand, and the fact {fact.name!r} is that number"
            name = fact.name[0].upper() + fact.name[1:] if match[0][0].isupper() else fact.name
            yield Problem(text.place_of(match.start()), ID, what, f"write {{fact:{name}{fact.form}}}")


@lru_cache(maxsize=4)
def _finder(known: tuple[tuple[str, _Known], ...]) -> _Finder:
    facts: dict[str, list[_Known]] = {}
    for number, fact in known:
        facts.setdefault(number, []).append(fact)
    numbers = "|".join(sorted(map(re.escape, facts), key=len, reverse=True))
    return _Finder(re.compile(rf"(?<![\w.,–-])(?<!\d )(?:{numbers})(?![\w–-]|[ .,]\d)", re.IGNORECASE), facts)


def _forms(report: Report) -> Iterator[tuple[str, _Known]]:
    """Yield each fact in each form, with the number as it may have been typed."""
    following: dict[str, set[str]] = {}
    for _, text in report.texts():
        for name, noun in _followed(text):
            following.setdefault(name, set()).add(noun)
    for name, fact in report.facts.items():
        nouns, value = frozenset(following.get(name, ())), str(fact.value)
        unit = None if fact.unit is None else str(fact.unit)
        yield value.replace(".", ","), _Known(name, "", value, unit, nouns)
        if fact.words is not None:
            yield str(fact.words).lower(), _Known(name, ".words", value, unit, nouns)


@remembered
def _followed(text: Located) -> Iterator[tuple[str, str]]:
    """Yield the facts that a text names, each with the stem of the noun that follows it."""
    ends = {match.start(): match[1] for match in _AFTER_REFERENCE.finditer(text)}
    for reference in prose.references(text) if ends else ():
        if reference.kind == "fact" and len(noun := ends.get(reference.offset, "")) >= SHORTEST_NOUN:
            yield reference.id, _stem(noun)


def _is_meant(known: _Known, after: str) -> bool:
    unit = known.unit
    near = re.split(r"[.,:;!?()\n]", after, maxsplit=1)[0]
    if unit is not None:
        return near.lstrip().lower().startswith(unit.lower())
    if near.lstrip().lower().startswith(_COUNTED_OTHERWISE):
        return False
    head = _stem(known.name.split("-")[0])
    value = int(known.value) if known.form == "" and known.value.isdigit() else 0
    for distance, word in enumerate(_WORD.findall(near)[: 4 if value >= 10 else 2]):
        stem = _stem(word)
        is_end_of_it = len(word) >= SHORTEST_NOUN and head.endswith(stem)
        if (len(head) >= 4 and stem.endswith(head)) or (distance < 2 and (is_end_of_it or stem in known.nouns)):
            return True
    return _tells_by_itself(value)


def _tells_by_itself(value: int) -> bool:
    """Tell whether digits are seldom those of something else."""
    return value not in YEARS and (value >= LARGE_FROM or (value >= TELLING_FROM and value % 5 != 0))


def _stem(word: str) -> str:
    """Take the ending off a noun, well enough to tell forms of one word from other words."""
    plain = word.lower().translate(_LETTERS)
    return _ENDING.sub("", plain, count=1) if len(plain) > 4 else plain
