"""Publications that several test modules ask: the fixtures of `conftest.py` build each once.

`full_report` is the publication of this repository, `published("blocks")` the one in `reports/blocks/`. A test that
asks for one carries its mark, `full` or `feature("blocks")`, so that all such tests run in the same process.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from pdf import Built, publish
from surroundings import EVERYTHING, place

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "tests/reports"
FEATURES = sorted(folder.name for folder in REPORTS.iterdir())
Publish = Callable[[str], Built]

full = pytest.mark.xdist_group("full-report")


def feature(name: str) -> pytest.MarkDecorator:
    """Let the tests of one publication run in one process, which then builds it once."""
    return pytest.mark.xdist_group(f"report-{name}")


every_feature = pytest.mark.parametrize("name", [pytest.param(name, marks=feature(name)) for name in FEATURES])


@dataclass(frozen=True, repr=False)
class Full(Built):
    """The publication of this repository, and the same built elsewhere."""

    again: bytes
    """What `build.py` made of the same content in other surroundings."""

    def words(self, line: object) -> str:
        """Give a title or label as printed, with single, ordinary spaces."""
        facts = self.report.facts
        with_words = re.sub(r"\{fact:([a-z0-9-]+)\.words\}", lambda m: str(facts[m[1]].words), str(line))
        return words(re.sub(r"\{fact:([a-z0-9-]+)\}", lambda m: str(facts[m[1]].value), with_words))


def words(text: object) -> str:
    """Give a line with single, ordinary spaces."""
    return " ".join(str(text).split())


def build_full() -> Full:
    """Build the publication here and, at the same time, where everything around it is different."""
    with place(ROOT, EVERYTHING) as elsewhere, elsewhere.build() as other:
        here = publish(ROOT)
        assert other.wait() == 0
        return Full(here.report, here.document, here.result, here.pdf, elsewhere.pdf)


def build_feature(folder: Path, name: str) -> Built:
    """Build a copy of a feature's publication in `folder`."""
    shutil.copytree(REPORTS / name, folder / name)
    return publish(folder / name)
