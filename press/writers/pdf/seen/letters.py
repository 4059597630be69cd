"""The letters of texts counted, as what was laid out and what is in the file are compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

# PDFium gives U+FFFE or U+0002 for a soft hyphen that joins two halves of a word.
JOINTS = "\N{SOFT HYPHEN}-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{WORD JOINER}\x02\ufffe"


def letters_of(texts: Iterable[str]) -> dict[str, int]:
    """Count the letters of texts; white space and hyphens are not compared."""
    return Counter(letter for letter in "".join(texts) if not letter.isspace() and letter not in JOINTS)
