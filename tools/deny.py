"""Make entries for content/denylist.yaml from names, hashed with the list's salt: `python tools/deny.py`.

Names are read from standard input, one a line, so that they stay out of the shell's history; the entries are printed,
also for a name as addresses write it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))  # run as a file, Python looks beside it

from press.content.lists import MOST_WORDS, hashed, name_words, spellings  # noqa: E402
from press.content.strict_yaml import read_yaml  # noqa: E402
from press.errors import ContentError  # noqa: E402

SHOWN = "content/denylist.yaml"


def main(project: Path = PROJECT) -> int:
    """Print an entry for each name; returns the exit code."""
    try:
        salt = read_yaml(project / SHOWN, SHOWN).get("salt")
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    if not salt:
        print(f"{SHOWN} has no `salt`: add one, of any random letters", file=sys.stderr)
        return 1
    try:
        print("\n".join(entries(str(salt), sys.stdin)))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def entries(salt: str, names: Iterable[str]) -> Iterator[str]:
    """Write the lines of the list; raises ValueError for what cannot be a name."""
    for number, name in enumerate(names, start=1):
        words = name_words(name)
        if not name.strip():
            continue
        if not 1 <= len(words) <= MOST_WORDS:
            raise ValueError(f"line {number}: a name has one to {MOST_WORDS} words")
        for letters in spellings(words):
            yield f"  - {{sha256: {hashed(salt, letters)}, words: {len(words)}}}"


if __name__ == "__main__":
    sys.exit(main())
