"""Words that the language's patterns divide wrongly.

Pyphen, which WeasyPrint asks where a word may break, works by Liang's method: patterns with digits between letters,
the highest digit at a point wins, odd digits allow a break and even ones forbid it. An exception such as
`sammen-slå-ing` becomes the pattern `s8a8m8m8e8n9s8l8å9i8n8g`, which outranks the dictionary wherever the letters
stand, also inside compounds. The patterns are added to Pyphen's table for as long as a document is laid out.

Source: F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983; Pyphen 0.18 keeps its tables in `pyphen.hdcache`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pyphen

ALLOW = 9
FORBID = 8


@contextmanager
def exceptions(language: str, words: Iterable[str]) -> Iterator[None]:
    """Let `words` (with hyphens at their allowed breaks) outrank the patterns of `language` while the body runs."""
    words, known = tuple(words), pyphen.language_fallback(language)
    if known is None or not words:  # no patterns divide the language's words, or they divide them all rightly
        yield
        return
    path = pyphen.LANGUAGES[known]
    pyphen.hdcache[path] = _dictionary(path, words)
    try:
        yield
    finally:
        del pyphen.hdcache[path]


@lru_cache(maxsize=4)
def _dictionary(path: Path, words: tuple[str, ...]) -> pyphen.HyphDict:
    """Read a language's patterns, which takes some tenths of a second, and add those of `words`."""
    dictionary = pyphen.HyphDict(path)
    for word in words:
        letters, values = pattern(word)
        dictionary.patterns[letters] = (0, values)
        dictionary.maxlen = max(dictionary.maxlen, len(letters))
    return dictionary


def pattern(word: str) -> tuple[str, tuple[int, ...]]:
    """Turn `sam-men` into its letters and the digit before each letter after the first.

    Returns the letters, and one digit for each point from before the first letter (0) to before the last.
    """
    values = [0]
    letters = ""
    allowed = False
    for character in word.lower():
        if character == "-":
            allowed = True
            continue
        if letters:
            values.append(ALLOW if allowed else FORBID)
        letters += character
        allowed = False
    return letters, tuple(values)
