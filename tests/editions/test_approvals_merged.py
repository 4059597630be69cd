"""Branches that each approve, merged by git: what nobody has read together is told, and nothing else is."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from support.projects import Project, small_project
from support.short_editions import BELOW_FILE, FINDING_FILE, KEYS, START_FILE, with_short_edition

import build
from press.editions.approvals import FILE, read_approvals
from press.editions.statements import claims

SUMMARY, RESULT, EXAMPLE = KEYS
Change = Callable[[Project], object]
ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
UNION = "content/approved.yaml merge=union\n"


def git(project: Project, *arguments: str, may_fail: bool = False) -> bool:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", project.folder, *arguments]
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, check=False)
    assert may_fail or done.returncode == 0, done.stderr
    return done.returncode == 0


def approve(project: Project, *names: str) -> None:
    assert build.main(["approve", "--quiet", "--yes", "--project", str(project.folder), *names]) == build.DONE


def waiting(project: Project) -> list[str]:
    return [found.key for found in claims(project.load()) if not found.is_approved]


@pytest.fixture(params=["", UNION], ids=["plain", "union"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """Give the publication with a short edition, committed; with and without the line in .gitattributes."""
    project = with_short_edition(small_project(tmp_path / "publication")).write(".gitattributes", request.param)
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "A")
    return project


def merged(project: Project, mine: Change, theirs: Change) -> bool:
    """Let two branches change and approve what they like, and merge them; tells whether git saw no conflict."""
    for branch, change in (("mine", mine), ("theirs", theirs)):
        git(project, "switch", "--quiet", "-c", branch, "main")
        change(project)
        git(project, "commit", "--quiet", "--all", "-m", branch)
    return git(project, "merge", "--quiet", "mine", may_fail=True)


def changing(file: str, old: str, new: str, *names: str) -> Change:
    """Change words and approve what rests on them."""
    return lambda project: approve(project.change(file, old, new), *names)


def test_same_statement_approved_by_both_on_different_sentences_is_stale(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    # Both sentences lie below the result; it once merged without a conflict, and counted as approved.
    merged(
        project,
        changing(START_FILE, "Ordene i rammen.", "Rammens ord."),
        changing(BELOW_FILE, "Under", "Nedenfor"),
    )
    assert RESULT in waiting(project)
    assert build.main(["check", "--quiet", "--project", str(project.folder)]) == build.TO_MEND
    assert f"'{RESULT}' was approved in each of two branches, and nobody has read the two together" in (
        capsys.readouterr().out
    )


def test_statement_and_ground_approved_in_different_branches_is_stale(project: Project) -> None:
    merged(
        project,
        changing(START_FILE, "Andre setning.", "Annen setning."),
        changing(START_FILE, "Starten i korthet.", "Kort om starten."),
    )
    assert SUMMARY in waiting(project)


def test_different_statements_of_one_section_merge(project: Project) -> None:
    def only(name: str, old: str, new: str) -> Change:
        return lambda project: approve(project.change(FINDING_FILE, old, new), name)

    text = (project.folder / FINDING_FILE).read_text(encoding="utf-8")
    words = [line.strip() for line in text[text.index("result:") :].splitlines() if line.strip().endswith(".")]
    assert len(words) == 2
    one, other = words
    assert merged(project, only(RESULT, one, f"Nå: {one}"), only(EXAMPLE, other, f"Nå: {other}"))
    assert waiting(project) == []
    assert build.main(["check", "--quiet", "--project", str(project.folder)]) == build.DONE


def test_same_change_approved_by_both_stays_approved(project: Project) -> None:
    change = changing(START_FILE, "Andre setning.", "Annen setning.")
    assert merged(project, change, lambda project: (change(project), project.write("notat.txt", "b")))
    assert waiting(project) == []


def test_file_that_a_merge_left_in_conflict_is_mended_by_approving(project: Project) -> None:
    change = changing(START_FILE, "Andre setning.", "Annen setning.")
    other = changing(START_FILE, "Starten i korthet.", "Kort om starten.")
    is_clean = merged(project, change, other)
    text = (project.folder / FILE).read_text(encoding="utf-8")
    assert ("<<<<<<<" in text) is not is_clean
    if not is_clean:
        assert build.main(["check", "--quiet", "--project", str(project.folder)]) == build.TO_MEND
    approve(project)
    assert waiting(project) == []
    assert build.main(["check", "--quiet", "--project", str(project.folder)]) == build.DONE
    found, amiss = read_approvals((project.folder / FILE).read_text(encoding="utf-8"))
    assert amiss == []
    assert {key: len(lines) for key, lines in found.items()} == dict.fromkeys(KEYS, 1)


# The file itself.

LINE = "0123456789ab, start 0123456789ab ba9876543210"


@pytest.mark.parametrize(
    "text",
    [
        f"a.b:\n<<<<<<< HEAD\n  - {LINE}\n||||||| 1234567\n  - 111111111111, start 111111111111\n=======\n"
        f"  - 222222222222, start 222222222222\n>>>>>>> theirs\n",
        f"<<<<<<< HEAD\na.b:\n  - {LINE}\n=======\na.b:\n  - 222222222222, start 222222222222\n>>>>>>> theirs\n",
    ],
    ids=["a line", "an entry"],
)
def test_both_sides_of_a_conflict_are_read_and_the_conflict_is_told(text: str) -> None:
    found, amiss = read_approvals(text)
    assert [approval.line for approval in found["a.b"]] == [LINE, "222222222222, start 222222222222"]
    (problem,) = amiss
    assert problem.what == "a merge has left both its sides here"
    assert "python build.py approve" in problem.mend


@pytest.mark.parametrize(
    "line",
    ["tull", "  - 0123", "a.b", "  start: 0123456789ab", f"- {LINE}", "\ufffd", "a b:", "  statement: 0123456789ab"],
)
def test_line_that_approve_does_not_write_is_told(line: str) -> None:
    _, (problem,) = read_approvals(f"# Ord\na.b:\n  - {LINE}\n{line}\n")
    assert (problem.place.line, problem.rule) == (4, "approved")


def test_damaged_file_is_mended_by_approving(project: Project) -> None:
    project.write(FILE, b"\xff\xfe tull\n  - 0123\n")
    assert build.main(["check", "--quiet", "--project", str(project.folder)]) == build.TO_MEND
    approve(project)
    assert build.main(["check", "--quiet", "--project", str(project.folder)]) == build.DONE


def test_file_with_marks_of_a_merge_stops_the_edition_but_not_the_report(project: Project) -> None:
    text = (project.folder / FILE).read_text(encoding="utf-8")
    project.write(FILE, f"<<<<<<< HEAD\n=======\n>>>>>>> theirs\n{text}")
    given = ["--quiet", "--until", "check", "--project", str(project.folder)]
    assert build.main(["report", *given]) == build.DONE
    assert build.main(["kort", *given]) == build.TO_MEND
