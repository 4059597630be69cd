"""The publications in examples/: kinds that are met in practice, each as an author would leave it.

A statistical report in bokmål, an annual report in English on US Letter with a look and a typeface of its own, and a
handbook in nynorsk with numbered sections, sources, code and formulas.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.pdf import Built, publish
from support.projects import ROOT

from press.checks import run

EXAMPLES = sorted(folder.name for folder in (ROOT / "examples").iterdir() if folder.is_dir())

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("examples")]


@pytest.fixture(scope="module", params=EXAMPLES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("examples") / request.param
    shutil.copytree(ROOT / "examples" / request.param, folder)
    return publish(folder, surveying=True)


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_example_conforms_to_both_standards(built: Built, profile: str) -> None:
    assert built.pdf.failures(profile) == []


def test_example_has_nothing_to_mend_in_its_content_nor_on_its_pages(built: Built) -> None:
    assert built.result.surveyed is not None
    problems = run(built.report, built.result.surveyed).problems
    assert [problem for problem in problems if problem.severity != "note"] == []


def test_example_loses_no_word(built: Built) -> None:
    assert built.unread() == {}


def test_short_edition_of_an_example_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "statistikk"
    shutil.copytree(ROOT / "examples/statistikk", folder)
    short = publish(folder, "summary", dict.fromkeys(("figur-1", "figur-2", "tabell-4"), 5))
    assert short.unread() == {}
    assert short.result.page_count <= 4
