"""No name of the deny list stands anywhere: not in text, data or figures, and not in ids, comments or notes either.

Why:  who takes part in a study under a letter was promised to be that letter, also for readers of the sources. The
      names stand in content/denylist.yaml: in plain letters, or hashed by tools/deny.py where the list would give them
      away. Endings (-s, -en, -et, -er, -as) are seen through, and so are hyphens, marks and line ends within a name.
Bad:  a company's own name in an alt text, in the id of a photograph or in a comment of a data file.
Good: «Bedrift F», or what kind of company it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from press.errors import ContentError, Place, Problem, Severity
from press.lists import MOST_WORDS, NAME_WORD, Denylist, hashed, name_words
from press.report import Report
from press.strict_yaml import read_text

ID = "anonymous"
SEVERITY: Severity = "error"
LIST = "content/denylist.yaml"
ENDINGS = ("as", "s", "en", "et", "er", "ene", "ens", "ets", "ers")
SHORTEST = 3
"""Of what is left when an ending is taken off."""
WHAT = "a name of the deny list stands here"
"""Without the name: what is reported may be read by more people than what is checked."""
MEND = "write «Bedrift» and its letter, or what kind of company it is"


def check(report: Report) -> Iterator[Problem]:
    if report.denylist is None or not report.denylist.entries:
        return
    names = _Names(report.denylist)
    scripts = (path.relative_to(report.project).as_posix() for path in (report.project / "figures").glob("*.py"))
    for shown in sorted({*report.files, *scripts} - {LIST}):
        yield from _found(_text(report, shown), shown, names)


def _text(report: Report, shown: str) -> str:
    if shown in report.texts:
        return report.texts[shown]
    try:
        return read_text(report.project / shown, shown)
    except ContentError:
        return ""  # the stage that runs it says so


def _found(text: str, shown: str, names: _Names) -> Iterator[Problem]:
    matches = list(NAME_WORD.finditer(text))
    words = [match[0].lower() for match in matches]
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    for index, match in enumerate(matches):
        for size in names.sizes:
            if index + size > len(words):
                break
            if names.holds(words[index : index + size]):
                line = bisect_right(lines, match.start())
                place = Place(shown, line, match.start() - lines[line - 1] + 1)
                yield Problem(place, ID, WHAT, MEND)
                break


class _Names:
    """The deny list, ready to be asked."""

    def __init__(self, listed: Denylist) -> None:
        self.salt = str(listed.salt)
        self.plain = {" ".join(name_words(entry.name)) for entry in listed.entries if entry.name is not None}
        hashes = [entry for entry in listed.entries if entry.sha256 is not None]
        self.hashed = {str(entry.sha256) for entry in hashes}
        self.hashed_sizes = {
            size for entry in hashes for size in ([int(entry.words)] if entry.words else range(1, MOST_WORDS + 1))
        }
        self.sizes = sorted({*self.hashed_sizes, *(name.count(" ") + 1 for name in self.plain)})
        self.asked: dict[str, bool] = {}

    def holds(self, words: list[str]) -> bool:
        """Tell whether these words are a name of the list in any of its forms."""
        phrase = " ".join(words)
        if phrase not in self.asked:
            self.asked[phrase] = self._look_up(phrase, len(words))
        return self.asked[phrase]

    def _look_up(self, phrase: str, size: int) -> bool:
        if phrase.replace(" ", "").isdigit():
            return False
        is_hashed = size in self.hashed_sizes
        return any(
            form in self.plain or (is_hashed and hashed(self.salt, form) in self.hashed) for form in _forms(phrase)
        )


def _forms(phrase: str) -> Iterator[str]:
    yield phrase
    last = phrase.rpartition(" ")[2]
    for ending in ENDINGS:
        if last.endswith(ending) and len(last) - len(ending) >= SHORTEST:
            yield phrase.removesuffix(ending)
