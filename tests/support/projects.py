"""A small publication for tests: whole and valid, changed one file at a time."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from press.checks import check
from press.content.load import load
from press.content.report import Report
from press.errors import Problem, ReportError

ROOT = Path(__file__).resolve().parents[2]
"""The folder of this repository."""
REPORTS = ROOT / "tests/reports"
"""Small whole publications, one for each feature."""
REPORT = """\
title: Liten rapport
subtitle: En prøve
publisher: Utgiveren
edition: Første utgave
date: 2026-11-23
language: nb
subject: Prøver
keywords: [prøve]
rights: Fritt.
colophon: "{fact:bedrifter} bedrifter."
imprint: Slutt.
parties: [A, B]
order:
  chapters:
    - start
"""
FACTS = """\
bedrifter:
  value: 33
  words: trettitre
  source: Studien
"""
SECTION = """\
title: Start
blocks:
  - text: |
      Første avsnitt.
"""
SECTION_FILE = "content/start.yaml"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==")
"""A picture of one point."""

_EXPECTED = re.compile(r"(?P<place>\S+): (?P<what>.+) \[(?P<rule>[a-z0-9-]+)\] ?(?P<mend>.*)")


@dataclass(frozen=True)
class Project:
    """A publication in a folder, and what tests do with it."""

    folder: Path

    def write(self, name: str, text: str | bytes) -> Project:
        """Put a file into the publication, or another text into a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        return self

    def change(self, name: str, old: str, new: str) -> Project:
        """Replace words that stand once in a file."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write(name, text.replace(old, new))

    def section(self, text: str | bytes) -> Project:
        """Write the publication's one section anew."""
        return self.write(SECTION_FILE, text)

    def blocks(self, text: str) -> Project:
        """Give the one section these blocks; they begin in line 3."""
        return self.section(f"title: Start\nblocks:\n{text}")

    def load(self) -> Report:
        return load(self.folder)

    def problems(self) -> list[Problem]:
        """Load and check; returns the problems of the first stage that finds any."""
        try:
            return check(self.load())
        except ReportError as error:
            return list(error.problems)

    def errors(self) -> list[Problem]:
        """Load and check; returns the problems that would stop a build."""
        return [problem for problem in self.problems() if problem.severity == "error"]


def small_project(folder: Path) -> Project:
    """Write the small publication: one section, one fact, nothing to mend."""
    return Project(folder).write("content/report.yaml", REPORT).write("content/facts.yaml", FACTS).section(SECTION)


def assert_problems(found: Iterable[Problem], *expected: str, file: str = SECTION_FILE) -> None:
    """See that exactly these problems were found.

    Each is written `LINE:COLUMN: part of the message [rule] part of how to mend it`; the last part may be left out, and
    the place may name another file than `file` (`content/facts.yaml:2:3`).
    """
    left = list(found)
    story = "found:\n" + "\n".join(map(str, left))
    for line in expected:
        match = _EXPECTED.fullmatch(line)
        assert match is not None, f"this states no problem: {line}"
        place = f"{file}:{match['place']}" if match["place"][0].isdigit() else match["place"]
        hits = [
            problem
            for problem in left
            if str(problem.place) == place
            and problem.rule == match["rule"]
            and match["what"] in problem.what
            and match["mend"] in problem.mend
        ]
        assert hits, f"missing: {line}\n{story}"
        left.remove(hits[0])
    assert not left, f"too many: {'; '.join(str(problem.place) for problem in left)}\n{story}"
