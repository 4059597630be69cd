"""Publications that several test modules ask: the fixtures of `conftest.py` build each once.

`full_report` is the publication of this repository, `published("blocks")` the one in `reports/blocks/`, and
`published("editions/for-tillitsvalgte")` a short edition of the one in `reports/editions/`. A test that asks for one
carries its mark, `full` or `feature("blocks")`, so that all such tests run in the same process.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from support.pdf import Built, publish
from support.projects import REPORTS, ROOT
from support.surroundings import EVERYTHING, place

FEATURES = sorted(folder.name for folder in REPORTS.iterdir())
OF_INSTITUTE = ("picture", "quotation", "code", "references")
"""The block types that stand in `whole/institute/` and in no feature's publication."""
ALWAYS = ("blocks", "minimal")
"""Those that `make test` builds; what asks for another is a long test."""
SHORT = sorted(f"{path.parts[-4]}/{path.stem}" for path in REPORTS.glob("*/content/editions/*.yaml"))
"""The short editions of the features' publications."""
Publish = Callable[[str], Built]

full = pytest.mark.xdist_group("full-report")


def feature(name: str) -> pytest.MarkDecorator:
    """Let the tests of one publication run in one process, which then builds it once."""
    return pytest.mark.xdist_group(f"report-{name}")


def is_long(group: str) -> bool:
    """Tell whether the tests of a group wait for a publication that `make test` does not build."""
    return group in {f"report-{name}" for name in FEATURES if name not in ALWAYS}


def _each(names: list[str]) -> pytest.MarkDecorator:
    params = [pytest.param(name, marks=feature(name.partition("/")[0]), id=name) for name in names]
    return pytest.mark.parametrize("name", params)


every_feature = _each(FEATURES)
every_short_edition = _each(SHORT)
every_edition = _each([*FEATURES, *SHORT])
every_publication = pytest.mark.parametrize(
    "name", [*every_edition.args[1], pytest.param("study", marks=[full, pytest.mark.long], id="study")]
)
"""Those, and the publication of this repository."""


@dataclass(frozen=True, repr=False)
class Full(Built):
    """The publication of this repository, and the same built elsewhere."""

    again: bytes
    """What `build.py` made of the same content in other surroundings."""

    def words(self, line: object) -> str:
        """Give a title or label as printed, with single, ordinary spaces."""
        facts = self.report.facts
        with_words = re.sub(r"\{fact:([a-z0-9-]+)\.words\}", lambda m: str(facts[m[1]].words), str(line))
        capital = r"\{fact:([A-Z])([a-z0-9-]+)\.words\}"
        with_words = re.sub(capital, lambda m: str(facts[m[1].lower() + m[2]].words).capitalize(), with_words)
        return words(re.sub(r"\{fact:([a-z0-9-]+)\}", lambda m: str(facts[m[1]].value), with_words))


def words(text: object) -> str:
    """Give a line with single, ordinary spaces."""
    return " ".join(str(text).split())


def build_full() -> Full:
    """Build the publication here and, at the same time, where everything around it is different."""
    with place(ROOT, EVERYTHING) as elsewhere, elsewhere.build() as other:
        here = publish(ROOT, surveying=True)
        assert other.wait() == 0
        return Full(*(getattr(here, each.name) for each in fields(here)), again=elsewhere.pdf())


def build_feature(folder: Path, name: str, publish_full: Publish) -> Built:
    """Build a copy of a feature's publication in `folder`, or a short edition of it."""
    feature, _, edition = name.partition("/")
    shutil.copytree(REPORTS / feature, folder / feature)
    if not edition:
        return publish(folder / feature)
    return publish(folder / feature, edition, publish_full(feature).result.pages)
