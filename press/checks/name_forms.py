"""A name is spelt one way.

Why:  who reads «SINTEF» and «Sintef» takes them for two, and whose name it is minds. The names are those of
      content/report.yaml (publisher, authors, where they work, series), `names:` in content/hyphenation.yaml, whoever
      wrote the sources, and words with a capital that the texts have in two ways. Told are other capitals, and spaces
      or hyphens more or less; not words that a sentence may begin with: «Norsk industri vokser».
Bad:  "Sintef" where other texts have SINTEF; "Nordisk ministerråd" by the publisher Nordisk Ministerråd; "Digital 21".
Good: each name as it is written where it is listed, or as most texts have it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Place, Problem, Severity
from press.words.names import known_names
from press.words.remembered import remembered
from press.words.wording import ITEM, MARK, NEAR, seen_words

ID = "name-forms"
SEVERITY: Severity = "warning"
_BEGINS = re.compile(rf"(?:\A|[.!?…:–]|\n[ ]*\n)[\s»«(‹“”‘{MARK}{ITEM}]*\Z|\n[{ITEM}{MARK}]*\Z")
_CAPITALS = re.compile(r"(?<![\w@./-])[A-ZÆØÅÄÖ][A-Za-zÆØÅæøåäöÄÖ]{2,}(?![\w@/]|[.]\w)")
_WORDS_ONLY = re.compile(r".[a-zæøåäö]*(?:[ \u00a0][a-zæøåäö]+)+")
"""What ordinary words look like where a sentence begins."""
_ROMAN = re.compile(r"[IVXLCDM]+")


class _Met(NamedTuple):
    """A word with a capital, as a text has it."""

    word: str
    offset: int


def check(report: Report) -> Iterator[Problem]:
    known = {" ".join(each.name.split()): each.place for each in reversed([*known_names(report)])}
    names = {name: place for name, place in known.items() if _is_name(name)}
    yield from _otherwise_than_listed(report, names)
    yield from _in_two_ways(report, names)


def _is_name(name: str) -> bool:
    """Tell whether a name has more than a capital first: a capital elsewhere, a digit, or another word."""
    return len(name) >= 3 and name[:1].isupper() and any(not letter.islower() for letter in name[1:])


def _otherwise_than_listed(report: Report, names: Mapping[str, Place]) -> Iterator[Problem]:
    if not names:
        return
    pattern = _pattern(tuple(names))
    by_letters = {_letters(name): name for name in names}
    for kind, text in report.texts():
        for found, offset in _alike(text, kind, pattern):
            name = by_letters[_letters(found)]
            if found != name and text.place != names[name]:
                yield _problem(text, offset, found, name, f"{names[name]} has it")


@lru_cache(maxsize=4)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Find each name in whatever capitals, with a space, a hyphen or nothing between its parts."""
    parted = (re.findall(r"[^\W\d_]+|\d+|[^\w\s-]+", name) for name in sorted(names, key=len, reverse=True))
    joined = "|".join(r"[ \u00a0-]?".join(map(re.escape, parts)) for parts in parted)
    return re.compile(rf"(?<![\w@./-])(?:{joined})(?=s?(?![\w@/]|[.]\w))", re.IGNORECASE)


@remembered
def _alike(text: Located, kind: Kind, pattern: re.Pattern[str]) -> Iterator[_Met]:
    seen = seen_words(text, kind)
    for match in pattern.finditer(seen):
        # Small letters make words of it; so may the beginning of a sentence, of which the capital is.
        is_first = _BEGINS.search(seen, max(0, match.start() - NEAR), match.start())
        if match[0][0].isupper() and not (is_first and _WORDS_ONLY.fullmatch(match[0])):
            yield _Met(match[0].replace("\u00a0", " "), match.start())


def _in_two_ways(report: Report, names: Mapping[str, Place]) -> Iterator[Problem]:
    """Yield the rarer form of a word of capitals that stands in two: SINTEF and Sintef."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, list[tuple[Located, int]]] = defaultdict(list)
    for kind, text in report.texts():
        for word, offset in _capitals(text, kind):
            forms[word.lower()][word] += 1
            places[word].append((text, offset))
    listed = {name.lower() for name in names}
    for small, counted in forms.items():
        if len(counted) < 2 or small in listed:
            continue
        (most, count), *others = counted.most_common()
        for other, _ in others:
            for text, offset in places[other]:
                first, at = places[most][0]
                yield _problem(text, offset, other, most, f"{count} places have it, as {first.place_of(at)}")


@remembered
def _capitals(text: Located, kind: Kind) -> Iterator[_Met]:
    """Yield words of three letters or more that have a capital where no sentence begins, or capitals within."""
    seen = seen_words(text, kind)
    if seen.isupper():
        return
    for match in _CAPITALS.finditer(seen):
        word = match[0].removesuffix("s") if match[0][:-1].isupper() else match[0]
        has_more = any(letter.isupper() for letter in word[1:])
        begins = _BEGINS.search(seen, max(0, match.start() - NEAR), match.start())
        if not _ROMAN.fullmatch(word) and (has_more or not begins):
            yield _Met(word, match.start())


def _letters(name: str) -> str:
    return re.sub(r"[\s\u00a0-]", "", name).lower()


def _problem(text: Located, offset: int, found: str, name: str, why: str) -> Problem:
    what = f"{found!r} is spelt otherwise than the name"
    return Problem(text.place_of(offset), ID, what, f"write «{name}», as {why}")
