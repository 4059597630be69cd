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
from support.projects import SECTION_FILE, Project, assert_problems

from press import checks
from press.checks import CHECKS, Rule
from press.checks.manual import page_of
from press.errors import Problem

CASES = Path(__file__).resolve().parent
EXPECT = "# expect: "
IDS = [rule.ID for rule in CHECKS]
NO_RULES = {"__init__", "acceptances", "manual"}


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
    assert {case.parent.name for case in CASES.glob("*/*.yaml")} == set(IDS)


def test_folder_beside_cases_belongs_to_one_of_them() -> None:
    folders = [folder for folder in CASES.glob("*/*") if folder.is_dir()]
    assert folders
    assert [folder for folder in folders if not folder.with_suffix(".yaml").is_file()] == []


def test_every_check_file_is_listed_by_its_own_id() -> None:
    files = Path(checks.__file__).parent.glob("*.py")
    assert sorted(IDS) == sorted(file.stem.replace("_", "-") for file in files if file.stem not in NO_RULES)


@pytest.mark.parametrize("rule", CHECKS, ids=IDS)
def test_check_is_explained_by_its_docstring(rule: Rule) -> None:
    page = page_of(rule)
    assert page.summary.endswith(".")
    assert list(page.parts) == ["Why", "Bad", "Good"]
    assert all(page.parts.values())


@pytest.mark.parametrize("rule", CHECKS, ids=IDS)
def test_check_says_how_severe_it_is(rule: Rule) -> None:
    assert rule.SEVERITY in {"error", "warning", "note"}


def test_checks_change_nothing(project: Project) -> None:
    report = project.load()
    checks.check(report)
    assert report == project.load()


def test_problems_are_sorted_and_each_is_told_once(project: Project) -> None:
    project.blocks("  - text: Se {b}, {c.\n  - text: Se {a}.\n")
    found = project.problems()
    assert len(found) == 3
    assert found == sorted(set(found))


# Severities.

BROKEN = "  - text: Se TODO.\n"
SETTINGS = "content/report.yaml"


def with_checks(project: Project, lines: str) -> Project:
    """Set the severities of rules in the publication's settings; they begin in line 13."""
    return project.change(SETTINGS, "order:\n", f"checks:\n{lines}order:\n")


def test_problem_has_the_severity_of_its_rule(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.placeholder, "SEVERITY", "note")
    (problem,) = project.blocks(BROKEN).problems()
    assert (problem.rule, problem.severity) == ("placeholder", "note")


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_settings_give_a_rule_another_severity(project: Project, severity: str) -> None:
    with_checks(project.blocks(BROKEN), f"  placeholder: {severity}\n")
    (problem,) = project.problems()
    assert (problem.rule, problem.severity) == ("placeholder", severity)


def test_settings_of_one_rule_leave_the_others_as_they_are(project: Project) -> None:
    project.blocks(f"{BROKEN}  - quote: Ikke her\n")
    with_checks(project, "  placeholder: note\n")
    assert {problem.rule: problem.severity for problem in project.problems()} == {
        "placeholder": "note",
        "quote-in-text": "error",
    }


def test_rule_that_is_switched_off_finds_nothing_and_is_named(project: Project) -> None:
    with_checks(project.blocks(BROKEN), "  placeholder: off\n")
    outcome = checks.run(project.load())
    assert outcome.problems == ()
    assert outcome.switched_off == ("placeholder",)
    assert "placeholder" not in outcome.ran
    assert "figure-cited" in outcome.ran


def test_rule_that_is_switched_off_is_not_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_: object) -> list[Problem]:
        raise AssertionError("it ran")

    monkeypatch.setattr(checks.placeholder, "check", check)
    with_checks(project, "  placeholder: off\n")
    assert checks.run(project.load()).problems == ()


def test_nothing_is_switched_off_by_itself(project: Project) -> None:
    outcome = checks.run(project.load())
    assert outcome.switched_off == ()
    assert list(outcome.ran) == IDS


def test_unknown_rule_in_the_settings_is_a_problem(project: Project) -> None:
    with_checks(project, "  figure-cyted: off\n")
    expected = "content/report.yaml:14:3: there is no rule 'figure-cyted' [severity] did you mean 'figure-cited'"
    assert_problems(project.problems(), expected)


@pytest.mark.parametrize("rule", ["yaml", "schema", "acceptance", "severity"])
def test_what_is_seen_to_while_reading_cannot_be_set(project: Project, rule: str) -> None:
    with_checks(project, f"  {rule}: off\n")
    assert_problems(project.problems(), f"content/report.yaml:14:3: there is no rule '{rule}' [severity]")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "  figure-cited: false\n",
            "14:17: 'false' is not a choice for 'figure-cited' [schema] choose 'error', 'warning'",
        ),
        ("  - figure-cited\n", "14:3: 'checks' must hold `key: value` lines [schema]"),
        ("  figure-cited: [off]\n", "14:17: is not a choice for 'figure-cited' [schema]"),
    ],
    ids=["no such severity", "a list", "list of severities"],
)
def test_setting_that_is_none_is_a_problem_of_reading(project: Project, lines: str, expected: str) -> None:
    (problem,) = with_checks(project, lines).problems()
    assert_problems([problem], expected, file=SETTINGS)
