"""Whole numbers in Norwegian words: «trettitre», to be held against digits."""

from __future__ import annotations

import re

SMALL = (
    "null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv", "tretten", "fjorten",
    "femten", "seksten", "sytten", "atten", "nitten",
)  # fmt: skip
TENS = ("", "", "tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti")
LARGEST = 999_999
_SAME = (
    ("é", "e"),
    ("syv", "sju"),
    ("tyve", "tjue"),
    ("tredve", "tretti"),
    ("eitt", "en"),
    ("ett", "en"),
    ("ein", "en"),
)
_SPACES = re.compile(r"[\s-]")
_JOINS = re.compile(r"(?<=hundre)og|(?<=tusen)og")
_ONE_OF_MANY = re.compile(r"\Aen(?=hundre|tusen)|(?<=tusen)en(?=hundre)")


def in_words(number: int) -> str:
    """Write a number up to `LARGEST` as one word, as Norwegian does: tohundreogtrettitre."""
    if number < len(SMALL):
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (SMALL[number % 10] if number % 10 else "")
    unit, name = (1000, "tusen") if number >= 1000 else (100, "hundre")
    count, rest = divmod(number, unit)
    joined = "og" if 0 < rest < 100 else ""
    return (in_words(count) if count > 1 else "") + name + joined + (in_words(rest) if rest else "")


def say_the_same(words: str, number: int) -> bool:
    """Tell whether words are that number, in one word or several, in any of the forms that are written."""
    return _plain(words) == _plain(in_words(number))


def _plain(words: str) -> str:
    plain = words.strip().lower()
    for form, usual in _SAME:
        plain = plain.replace(form, usual)
    return _ONE_OF_MANY.sub("", _JOINS.sub("", _SPACES.sub("", plain)))
