"""No name of the deny list stands anywhere: not in text, data, figures or templates, nor in ids, addresses or comments.

Why:  who takes part in a study under a letter was promised to be that letter, also for readers of the sources. The
      names stand in content/denylist.yaml; where the sources are public, in a file elsewhere, which the environment
      variable PRESS_DENYLIST names. Endings (-s, -en, -et, -er, -as) are seen through, and so are hyphens, marks and
      line ends within a name, marks between its letters (`N.o.r.d`) and the form that it has in an address
      (`nordreverk.no`).
Bad:  a company's own name in an alt text, in the id of a photograph or in a comment of a data file.
Good: «Bedrift F», or what kind of company it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from press.content.lists import NAME_WORD, Denylist, name_words, spellings
from press.content.report import Report
from press.content.strict_yaml import read_text
from press.errors import ContentError, Place, Problem, Severity

ID = "anonymous"
SEVERITY: Severity = "error"
NEEDED = True
LIST = "content/denylist.yaml"
ENDINGS = ("as", "s", "en", "et", "er", "ene", "ens", "ets", "ers")
SHORTEST = 3
"""Of what is left when an ending is taken off."""
MOST_PARTS = 20
"""That marks can part a name into."""
_MARKED = re.compile(r"[^\W_]+(?:(?:[^\w\s]|_){1,3}[^\W_]+)*")
"""Letters without a space among them: a word, a word with marks in it, an address."""
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?: [^\W_](?![^\W_])){2,}")
"""Letters each by itself: `N o r d`."""
WHAT = "a name of the deny list stands here"
"""Without the name: what is reported may be read by more people than what is checked."""
MEND = "write its letter («Bedrift F»), or what kind of company it is"


def check(report: Report) -> Iterator[Problem]:
    if report.denylist is None or not report.denylist.names:
        return
    names = _Names(report.denylist)
    for shown in sorted({*report.files, *_beside(report)} - {LIST}):
        yield from _found(_text(report, shown), shown, names)


def _beside(report: Report) -> Iterator[str]:
    """Name the files besides the content that something is printed from."""
    for folder, pattern in (("figures", "*.py"), ("figures", "*.mplstyle"), ("templates", "*")):
        for path in (report.project / folder).rglob(pattern):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(report.project).as_posix()


def _text(report: Report, shown: str) -> str:
    if shown in report.files:
        return report.files[shown]
    try:
        return read_text(report.project / shown, shown)
    except ContentError:
        return ""  # the stage that runs it says so


def _found(text: str, shown: str, names: _Names) -> Iterator[Problem]:
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    for start in sorted({*_phrases(text, names), *_joined(text, names)}):
        line = bisect_right(lines, start)
        yield Problem(Place(shown, line, start - lines[line - 1] + 1), ID, WHAT, MEND)


def _phrases(text: str, names: _Names) -> Iterator[int]:
    """Yield where words stand that are a name, whatever marks and spaces there are between them."""
    matches = list(NAME_WORD.finditer(text))
    words = [match[0].lower() for match in matches]
    for index, match in enumerate(matches):
        if any(names.holds(words[index : index + size]) for size in names.sizes if index + size <= len(words)):
            yield match.start()


def _joined(text: str, names: _Names) -> Iterator[int]:
    """Yield where letters stand that are a name once what parts or joins them is taken away."""
    for run in (*_MARKED.finditer(text), *_SPACED.finditer(text)):
        parts = list(NAME_WORD.finditer(run[0]))
        for first, part in enumerate(parts):
            letters = ""
            for last in parts[first : first + MOST_PARTS]:
                letters += last[0].lower()
                if names.holds_joined(letters):
                    yield run.start() + part.start()
                    break


class _Names:
    """The deny list, ready to be asked."""

    def __init__(self, listed: Denylist) -> None:
        split = [name_words(name) for name in listed.names]
        self.plain = {(spelling, len(words)) for words in split for spelling in spellings(words)}
        self.joined = {spelling for spelling, _ in self.plain}
        self.sizes = sorted({size for _, size in self.plain})
        self.asked: dict[str, bool] = {}

    def holds(self, words: list[str]) -> bool:
        """Tell whether these words are a name of the list in any of its forms."""
        phrase = " ".join(words)
        if phrase not in self.asked:
            forms = _forms(phrase.replace(" ", ""), words[-1])
            self.asked[phrase] = any((form, len(words)) in self.plain for form in forms)
        return self.asked[phrase]

    def holds_joined(self, letters: str) -> bool:
        """Tell whether these letters are a name of the list, of however many words."""
        return any(form in self.joined for form in _forms(letters, letters))


def _forms(letters: str, last: str) -> Iterator[str]:
    """Give a name as it stands, and without each ending that its last word may have; none of a number."""
    if letters.isdigit():
        return
    yield letters
    for ending in ENDINGS:
        if last.endswith(ending) and len(last) - len(ending) >= SHORTEST:
            yield letters.removesuffix(ending)
