"""Acceptances: comments in content that let one problem stand, with the reason why.

    # ok: figure-cited – figuren åpner kapitlet
    - figure: figur-5

The comment stands at the end of the problem's line or alone above it; above a text under `|`, in which no comment can
stand, it holds for the whole text. It is content's own record of an exception: one without a reason, for a rule that
there is not, or that accepts nothing any more is a problem itself.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from press.checks.manual import READERS
from press.content.report import Report
from press.content.strict_yaml import LOADER
from press.errors import Place, Problem, did_you_mean, in_order

RULE = "acceptance"
LIST_RULES = "`build.py check --rules` lists them"
_MAYBE = re.compile(r"(?m)^[^#\n]*#.*\bok", re.IGNORECASE)
_OK = re.compile(r"\bok(?:ay|ey)?\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)*(?![\w-])")
_COMMENT = re.compile(r"(?<!\S)#")
_ACCEPTANCE = re.compile(r"#[ ]*ok[ ]*:[ ]*(?P<rule>\S*)(?:[ ]+[–—-]+[ ]+(?P<reason>.*\w.*))?", re.IGNORECASE)


@dataclass(frozen=True)
class Acceptance:
    """One comment: what it accepts, why, and in which lines (from 1)."""

    place: Place
    rule: str
    reason: str
    lines: range

    def accepts(self, problem: Problem) -> bool:
        return problem.rule == self.rule and problem.place.file == self.place.file and problem.place.line in self.lines


def accept(
    report: Report,
    problems: Iterable[Problem],
    ran: Collection[str],
    known: Collection[str],
    needed: Collection[str],
) -> tuple[list[Problem], tuple[tuple[Problem, str], ...], list[Problem]]:
    """Part problems into those left and those accepted with a reason; third, what is amiss with the comments.

    A comment that accepts nothing is told of only if its rule is among those that `ran`; what those that are `needed`
    find cannot be accepted.
    """
    texts = {file: text for file, text in report.files.items() if file.endswith(".yaml")}
    stray = [problem for file, text in texts.items() for problem in misplaced(text, file, known)]
    comments = [comment for file in report.files for comment in _comments_in(report, file)]
    sound = [comment for comment in comments if comment.rule in {*known} - {*needed} and comment.reason]
    left: list[Problem] = []
    accepted: list[tuple[Problem, str]] = []
    used: set[Acceptance] = set()
    for problem in in_order(problems):
        found = [comment for comment in sound if comment.accepts(problem)]
        used |= set(found)
        if found:
            accepted.append((problem, found[0].reason))
        else:
            left.append(problem)
    stale = [comment for comment in sound if comment.rule in ran and comment not in used]
    amiss = [problem for comment in comments for problem in _unsound(comment, known, needed)]
    return left, tuple(accepted), [*stray, *amiss, *map(_stale, stale)]


def acceptances(text: str, shown: str) -> list[Acceptance]:
    """Find the acceptances in a YAML file's text; messages call the file `shown`."""
    if not _MAYBE.search(text):
        return []
    lines = text.split("\n")
    values = _Values(text)
    comments = {row: start for row, line in enumerate(lines) if (start := values.comment_in(row, line)) is not None}
    found: list[Acceptance] = []
    for row, start in comments.items():
        match = _ACCEPTANCE.match(lines[row], start)
        if match is None:
            continue
        target = row
        while target in comments and not lines[target][: comments[target]].strip():
            target += 1
        reason = (match["reason"] or "").strip()
        covered = range(target + 1, values.last_row(target) + 2)
        found.append(Acceptance(Place(shown, row + 1, start + 1), match["rule"], reason, covered))
    return found


def misplaced(text: str, shown: str, known: Collection[str]) -> Iterator[Problem]:
    """Yield what was meant as an acceptance and is none: a comment with its words out of place, or one in a text."""
    if not _MAYBE.search(text):
        return
    values = _Values(text)
    for row, line in enumerate(text.split("\n")):
        comment = values.comment_in(row, line)
        if comment is not None:
            yield from _out_of_place(line, Place(shown, row + 1, comment + 1), known)
        for match in _ACCEPTANCE.finditer(line, 0, len(line) if comment is None else comment):
            if match["rule"] in {*known, *READERS} or match["reason"]:
                mend = "put it into a line of its own just above the text, indented as the text's key is"
                what = "this acceptance stands inside a text, and would be printed with it"
                yield Problem(Place(shown, row + 1, match.start() + 1), RULE, what, mend)


def _out_of_place(line: str, place: Place, known: Collection[str]) -> Iterator[Problem]:
    comment = line[place.column - 1 :]
    named = [name for name in _NAME.findall(comment) if name in known]
    if named and _OK.search(comment) and not _ACCEPTANCE.match(comment):
        what = f"this comment names {named[0]!r} and says ok, but accepts nothing"
        yield Problem(
            place, RULE, what, f"write `# ok: {named[0]} – ` and why it may stand, and nothing before it", "warning"
        )


class _Values:
    """Where a file's scalars stand: a `#` in one of them begins no comment, and some go over many lines."""

    def __init__(self, text: str) -> None:
        self.spans: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self.last_rows: dict[int, int] = {}
        for event in yaml.parse(text, Loader=LOADER):
            if not isinstance(event, yaml.ScalarEvent):
                continue
            start, end = _point(event.start_mark), _point(event.end_mark)
            last = end[0] - 1 if end[1] == 0 and end[0] > start[0] else end[0]
            self.last_rows[start[0]] = max(last, self.last_rows.get(start[0], 0))
            # After the mark of a block (`|`) a comment may stand: its text begins in the next line.
            self.spans.append(((start[0] + 1, 0), end) if event.style in {"|", ">"} else (start, end))

    def comment_in(self, row: int, line: str) -> int | None:
        """Tell where the comment of a line begins, if it has one. Rows and columns count from 0."""
        return next(
            (match.start() for match in _COMMENT.finditer(line) if not self._within((row, match.start()))), None
        )

    def last_row(self, row: int) -> int:
        """Tell the last row of what begins in a row."""
        return self.last_rows.get(row, row)

    def _within(self, point: tuple[int, int]) -> bool:
        index = bisect_right(self.spans, point, key=lambda span: span[0]) - 1
        return index >= 0 and point < self.spans[index][1]


def _point(mark: Any) -> tuple[int, int]:
    return mark.line, mark.column


def _comments_in(report: Report, file: str) -> list[Acceptance]:
    return acceptances(report.files[file], file) if file.endswith(".yaml") else []


def _unsound(comment: Acceptance, known: Collection[str], needed: Collection[str]) -> Iterator[Problem]:
    if not comment.rule:
        yield Problem(comment.place, RULE, "this acceptance names no rule", "write `# ok: rule – reason`")
    elif comment.rule in READERS or comment.rule in needed:
        mend = "mend what it finds, and delete the comment"
        yield Problem(comment.place, RULE, f"what {comment.rule!r} finds cannot be accepted", mend)
    elif comment.rule not in known:
        mend = did_you_mean(comment.rule, known, LIST_RULES)
        yield Problem(comment.place, RULE, f"there is no rule {comment.rule!r}", mend)
    elif not comment.reason:
        mend = f"write `# ok: {comment.rule} – ` and why it may stand"
        yield Problem(comment.place, RULE, "this acceptance gives no reason", mend)


def _stale(comment: Acceptance) -> Problem:
    what = f"nothing is found here any more by {comment.rule!r}"
    return Problem(comment.place, RULE, what, "delete the comment, or move it to just above the problem", "warning")
