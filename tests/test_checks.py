"""The checks, each proved by files: `checks/<id>/good-*.yaml` and `bad-*.yaml`.

A case is a section that is put into the small publication as it stands. A folder of the same name holds further files
of that case's publication. A bad case begins with its problems, all of them, one a line:

    # expect: LINE:COLUMN: part of the message [rule] part of how to mend it

For a problem elsewhere the place names the file: `content/facts.yaml:5:3`. A good case has none, of any check.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import SECTION_FILE, Project, assert_problems

from press import checks
from press.checks import CHECKS
from press.errors import Problem

CASES = Path(__file__).resolve().parent / "checks"
EXPECT = "# expect: "
IDS = [identifier for identifier, _ in CHECKS]


def cases(pattern: str) -> pytest.MarkDecorator:
    found = sorted(CASES.glob(f"*/{pattern}"))
    return pytest.mark.parametrize("case", found, ids=[f"{case.parent.name}/{case.stem}" for case in found])


def problems_of(case: Path, project: Project) -> list[Problem]:
    if case.with_suffix("").is_dir():
        shutil.copytree(case.with_suffix(""), project.folder, dirs_exist_ok=True)
    shutil.copy(case, project.folder / SECTION_FILE)
    return project.problems()


@cases("good-*.yaml")
def test_good_case_has_nothing_to_mend(case: Path, project: Project) -> None:
    assert_problems(problems_of(case, project))


@cases("bad-*.yaml")
def test_bad_case_has_the_problems_it_states_and_no_other(case: Path, project: Project) -> None:
    lines = case.read_text(encoding="utf-8").splitlines()
    expected = [line.removeprefix(EXPECT) for line in lines if line.startswith(EXPECT)]
    assert lines[0].startswith(EXPECT), "the first line states the expected problem"
    assert any(f"[{case.parent.name}]" in line for line in expected)
    assert_problems(problems_of(case, project), *expected)


@pytest.mark.parametrize("identifier", IDS)
def test_check_has_a_good_case_and_a_bad_one(identifier: str) -> None:
    assert list((CASES / identifier).glob("good-*.yaml"))
    assert list((CASES / identifier).glob("bad-*.yaml"))


def test_cases_belong_to_checks() -> None:
    assert {folder.name for folder in CASES.iterdir()} == set(IDS)


def test_folder_beside_cases_belongs_to_one_of_them() -> None:
    folders = [folder for folder in CASES.glob("*/*") if folder.is_dir()]
    assert folders
    assert [folder for folder in folders if not folder.with_suffix(".yaml").is_file()] == []


def test_every_check_file_is_listed_by_its_own_id() -> None:
    files = Path(checks.__file__).parent.glob("*.py")
    assert sorted(IDS) == sorted(file.stem.replace("_", "-") for file in files if file.stem != "__init__")


@pytest.mark.parametrize("identifier", IDS)
def test_check_is_explained_by_its_docstring(identifier: str) -> None:
    page = getattr(checks, identifier.replace("-", "_")).__doc__
    summary, _, rest = page.partition("\n\n")
    assert summary.endswith(".")
    assert [line.split(":")[0] for line in rest.splitlines() if line[:1].isupper()] == ["Why", "Bad", "Good"]


def test_checks_change_nothing(project: Project) -> None:
    report = project.load()
    checks.check(report)
    assert report == project.load()


def test_problems_are_sorted_and_each_is_told_once(project: Project) -> None:
    project.blocks("  - text: Se {b}, {c.\n  - text: Se {a}.\n")
    found = project.problems()
    assert len(found) == 3
    assert found == sorted(set(found))
