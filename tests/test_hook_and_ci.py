"""The hook and CI: a commit is checked as what it will hold, and a reviewer sees in print what `check` finds amiss."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.cases import rest_long
from support.projects import REPORT, ROOT, Project, small_project
from support.short_editions import START_FILE, with_short_edition

import build
from press.writers.pdf import sealed
from press.writers.pdf.typeset import Typeset

MINE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
NEW = "title: Ny\nblocks:\n  - text: Nye ord.\n"


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", folder, *arguments]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **MINE})


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give the hook, of an engine that is set up: the one whose Python runs the tests."""
    import tools.check_project as hook

    monkeypatch.setattr(hook, "INSIDE", Path(sys.executable))
    run = subprocess.run

    def without_set_up(command: Any, **options: Any) -> Any:
        is_set_up = "set_up.py" in str(command[1])
        return subprocess.CompletedProcess(command, 0) if is_set_up else run(command, **options)

    monkeypatch.setattr(hook.subprocess, "run", without_set_up)
    return hook


@pytest.fixture(params=rest_long(["sub/min rapport", "."]))
def committed(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Project, str]:
    """Give a publication that is committed whole, and its folder in the repository that we are in."""
    git(tmp_path, "init", "--quiet")
    project = small_project(tmp_path / request.param)
    project.write("content/report.yaml", f"{REPORT}    - ny\n").write("content/ny.yaml", NEW)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "A")
    monkeypatch.chdir(tmp_path)
    return project, request.param


def test_commit_that_is_whole_passes(committed: tuple[Project, str], hook: Any) -> None:
    assert hook.main([committed[1]]) == build.DONE


@pytest.mark.long
def test_commit_that_only_deletes_a_sections_file_fails(
    committed: tuple[Project, str], hook: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    project, folder = committed
    git(project.folder, "rm", "--quiet", "content/ny.yaml")
    assert hook.main([folder]) == build.TO_MEND
    assert "content/report.yaml:16:7: there is no file content/ny.yaml [file]" in capfd.readouterr().out


@pytest.mark.long
def test_commit_that_forgets_the_new_file_fails(
    committed: tuple[Project, str], hook: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    project, folder = committed
    project.change("content/report.yaml", "    - ny\n", "    - ny\n    - glemt\n").write("content/glemt.yaml", NEW)
    git(project.folder, "add", "content/report.yaml")
    assert hook.main([folder]) == build.TO_MEND
    assert "there is no file content/glemt.yaml [file]" in capfd.readouterr().out
    git(project.folder, "add", "content/glemt.yaml")
    assert hook.main([folder]) == build.DONE


@pytest.mark.long
def test_what_is_not_staged_is_not_checked(committed: tuple[Project, str], hook: Any) -> None:
    project, folder = committed
    project.write("content/ny.yaml", "tittel: Ny\n")
    assert hook.main([folder]) == build.DONE
    git(project.folder, "add", "content/ny.yaml")
    project.write("content/ny.yaml", NEW)
    assert hook.main([folder]) == build.TO_MEND


@pytest.mark.long
def test_hook_outside_a_repository_checks_the_folder(
    project: Project, hook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.folder)
    assert hook.main([]) == build.DONE
    project.write("content/start.yaml", "tittel: Start\n")
    assert hook.main([]) == build.TO_MEND


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".pre-commit-hooks.yaml"])
def test_hook_runs_whatever_a_commit_changes(name: str) -> None:
    # pre-commit hands a hook no file that is deleted, and runs none that it has no file for.
    found = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    (hook,) = found if isinstance(found, list) else found["repos"][0]["hooks"]
    assert hook["always_run"] is True
    assert "files" not in hook
    assert os.access(ROOT / hook["entry"], os.X_OK)


# CI.


def commands(name: str) -> list[str]:
    """Give what the job that publishes runs, line by line, with `upload` where it keeps what was made."""
    found = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    if "jobs" not in found:
        assert found["pages"]["needs"] == []
        assert found["pages"]["artifacts"]["when"] == "always"
        return [*found["pages"]["script"], "upload"]
    job = found["jobs"]["publication"]
    assert "needs" not in job
    return [line for step in job["steps"] for line in (step.get("run") or _upload(step)).splitlines()]


def _upload(step: dict[str, Any]) -> str:
    return "upload" if "upload" in step.get("uses", "") else ""


@pytest.mark.parametrize("name", [".github/workflows/publication.yml", "ci/gitlab.yml"])
@pytest.mark.usefixtures("nothing_is_drawn")
def test_changed_sentence_below_a_statement_does_not_keep_the_reviewer_from_the_pdf(
    name: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_short_edition(project).change(START_FILE, "Andre setning.", "Annen setning.")

    class StandIn(nullcontext["StandIn"]):
        def __enter__(self) -> StandIn:
            return self

        def typeset(self, *_: object, **__: object) -> Typeset:
            return Typeset(b"%PDF-1.7", pages={"start": 3, "funn": 4}, places={}, page_count=4, layouts=4)

    monkeypatch.setattr(sealed, "Typesetter", lambda cache: StandIn())
    (project.folder / "content/editions/kort.yaml").rename(project.folder / "content/editions/summary.yaml")
    done: dict[str, int] = {}
    made: set[str] = set()
    for line in commands(name):
        if line == "upload":
            made = {path.name for path in (project.folder / "build").iterdir()}
        elif match := re.match(r"\.venv/bin/python build\.py (\S+) ?(.*)", line):
            given = ["--project", str(project.folder), *shlex.split(match[2])]
            done[match[1]] = build.main([match[1], *given])
            if done[match[1]] != build.DONE and name.startswith("ci/"):
                break
    assert done == {"report": build.DONE, "summary": build.DONE, "check": build.TO_MEND}
    if made:
        assert {"report.pdf", "summary-utkast.pdf"} <= made
