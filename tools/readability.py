"""Measure how readable each section is, and write it down as that of a release: `python -m tools.readability 1.0.0`.

The check `readability` tells how sections have changed since.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from press.checks.readability import FEWEST_WORDS
from press.content.load import load
from press.content.report import Report
from press.door.files import Folder
from press.errors import ReportError
from press.words.wording import readability, section_prose

SHOWN = "content/readability.yaml"
PROJECT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str], project: Path = PROJECT) -> int:
    """Write the file anew; returns the exit code."""
    if len(arguments) != 1:
        print("usage: python -m tools.readability RELEASE", file=sys.stderr)
        return 2
    try:
        Folder(project).write(SHOWN, baseline(load(project), arguments[0]).encode())
    except ReportError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def baseline(report: Report, release: str) -> str:
    """Write the LIX of each section that is long enough to be measured."""
    lines = [
        "# LIX of each section at the last release, by `python -m tools.readability RELEASE`.",
        f"release: {release}",
    ]
    measured = ((section.id, readability(section_prose(section))) for section in report.walk())
    found = [f"  {name}: {round(result.lix)}" for name, result in measured if result.words >= FEWEST_WORDS]
    return "\n".join([*lines, "lix:" if found else "lix: {}", *found, ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
