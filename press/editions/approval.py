"""Approving: what has changed below a statement shown side by side, then recorded.

The file of approvals holds hashes, not words. What a sentence said when it was approved is looked up in the project's
git history, in the commits that recorded the approval; where there is none, only the present words are shown.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import textwrap
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from press.content.load import load
from press.content.report import Report
from press.door.files import THEME
from press.editions.approvals import FILE, RULE, Approval, write_approvals
from press.editions.statements import Claim, Sentence, Support, claims, sentences
from press.errors import Place, Problem, ReportError, did_you_mean

UNKNOWN = "(the wording that was approved is not in this project's history)"
SEPARATOR = " | "
GIT_S = 20


def chosen(report: Report, ids: Sequence[str]) -> list[Claim]:
    """Give the statements that wait for approval, or those of them named by statement or section.

    Raises ReportError when a name is neither, or when what a statement rests on is not there.
    """
    found = claims(report)
    keys = {claim.key for claim in found} | {claim.key.partition(".")[0] for claim in found}
    wrong = [name for name in ids if name not in keys]
    if wrong:
        places = [Problem(Place(FILE), RULE, f"there is no statement {name!r}", _mend(name, keys)) for name in wrong]
        raise ReportError(places)
    wanted = [claim for claim in found if not ids or claim.key in ids or claim.key.partition(".")[0] in ids]
    empty = [
        Problem(claim.own.place, RULE, f"{claim.key!r} rests on {support.id!r}, which says nothing", "name what does")
        for claim in wanted
        for support in claim.supports
        if not support.sentences
    ]
    if empty:
        raise ReportError(empty)
    return [claim for claim in wanted if not claim.is_approved]


def recorded(report: Report, approved: Iterable[Claim]) -> str:
    """Write the file of approvals anew: these statements as they stand, the others as they were approved."""
    now = {claim.key for claim in approved}
    lines = {
        claim.key: [_line(claim)]
        if claim.key in now or claim.is_approved
        else list(dict.fromkeys(before.line for before in report.approvals.get(claim.key, ())))
        for claim in claims(report)
    }
    return write_approvals((key, found) for key, found in lines.items() if found)


def _line(claim: Claim) -> str:
    grounds = {support.id: tuple(sentence.hash for sentence in support.sentences) for support in claim.supports}
    return Approval(claim.own.place, claim.own.hash, grounds).line


def shown(claim: Claim, project: Path, width: int) -> Iterator[str]:
    """Show a statement, and side by side what it rests on: as it was approved, and as it stands."""
    yield f"{claim.key}  ({claim.own.place})"
    if claim.approved in {None, claim.own.hash}:
        yield from textwrap.wrap(claim.own.words, width, initial_indent="    ", subsequent_indent="    ")
    else:
        yield from side_by_side(_approved_words(claim, project), [claim.own], width)
    for support in claim.supports:
        if support.is_as_approved:
            continue
        yield f"  rests on {support.id}"
        if support.approved is None:
            yield f"    not approved before; {len(support.sentences)} sentences"
            continue
        yield from side_by_side(_approved(support, project), support.sentences, width)
    yield from (f"  no longer rests on {name}" for name in claim.dropped)
    yield ""


def side_by_side(before: Sequence[str] | None, now: Sequence[Sentence], width: int) -> Iterator[str]:
    """Show the sentences that differ in two columns; None for what cannot be told."""
    column = (width - len(SEPARATOR) - 4) // 2
    left = list(before) if before is not None else []
    right = [sentence.words for sentence in now]
    if before is None:
        yield f"    {UNKNOWN}"
    for kind, a, b, c, d in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for old, new in zip_longest(left[a:b], now[c:d]):
            words = "" if new is None else f"{new.place.line}: {new.words}"
            pairs = zip_longest(textwrap.wrap(old or "", column), textwrap.wrap(words, column), fillvalue="")
            yield from (f"    {one:<{column}}{SEPARATOR}{other}".rstrip() for one, other in pairs)


def _approved(support: Support, project: Path) -> list[str] | None:
    """Look up in the project's history what a support said when it was approved."""
    line = f"{support.id} {' '.join(support.approved or ())}"
    for report in _history(project, line):
        found = list(sentences(report, support.id))
        if tuple(sentence.hash for sentence in found) == support.approved:
            return [sentence.words for sentence in found]
    return None


def _approved_words(claim: Claim, project: Path) -> list[str] | None:
    """Look up in the project's history what a statement said when it was approved."""
    for report in _history(project, f"- {claim.approved}"):
        for before in claims(report):
            if (before.key, before.own.hash) == (claim.key, claim.approved):
                return [before.own.words]
    return None


def _history(project: Path, line: str) -> Iterator[Report]:
    """Yield the report as of each commit in which a line came into the file of approvals or went out of it.

    That is more than one where several statements rest on the same. Each report is gone when the next is asked for.
    """
    for commit in _git(project, "log", "--format=%H", f"-S{line}", "--", FILE).decode().split():
        with tempfile.TemporaryDirectory() as folder, suppress(zipfile.BadZipFile, OSError, ReportError):
            names = (
                _git(project, "ls-tree", "--name-only", "-z", commit, "content", "figures", THEME).decode().split("\0")
            )
            # As zip, which is unpacked within the folder and without links by every Python; tar only since 3.11.4.
            archive = _git(project, "archive", "--format=zip", commit, *filter(None, names))
            with zipfile.ZipFile(io.BytesIO(archive)) as packed:
                packed.extractall(folder)
            yield load(Path(folder))


def _git(project: Path, *arguments: str) -> bytes:
    """Ask git; nothing when there is no git, no repository, or no answer."""
    with suppress(OSError, subprocess.TimeoutExpired):
        command = ["git", "-C", str(project), *arguments]
        done = subprocess.run(command, capture_output=True, timeout=GIT_S, check=False)  # noqa: S603
        return done.stdout if done.returncode == 0 else b""
    return b""


def _mend(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known, "name a section with a `result` or `summary`, or `<section>.summary`")
