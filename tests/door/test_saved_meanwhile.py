"""Files that are saved while a build runs: the fingerprint is of what is printed, or nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.projects import Project
from support.short_editions import SCRIPT_FILE, START_FILE, with_short_edition

import build
from press.compose import parts as compose


@pytest.fixture
def while_it_runs(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let somebody save a file when all is read and nothing is drawn."""
    original = compose.compose

    def after(save: Any) -> None:
        def saving(*given: Any) -> Any:
            save()
            return original(*given)

        monkeypatch.setattr(compose, "compose", saving)

    return after


def html(project: Project) -> bytes:
    return b"".join(path.read_bytes() for path in sorted((project.folder / "build/html").glob("*.html")))


def run(project: Project) -> int:
    return build.main(["report", "--quiet", "--until", "compose", "--project", str(project.folder)])


@pytest.mark.long
def test_script_that_is_saved_while_a_build_runs_is_told(
    project: Project, while_it_runs: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with_short_edition(project)
    path: Path = project.folder / SCRIPT_FILE
    text = path.read_bytes()
    while_it_runs(lambda: path.write_bytes(text + b"\n# saved\n"))
    assert run(project) == build.TO_MEND
    assert f"{SCRIPT_FILE}: this file was saved while the build ran [figure]" in capsys.readouterr().out
    assert not (project.folder / "build").exists()


@pytest.mark.usefixtures("nothing_is_drawn")
def test_text_that_is_saved_while_a_build_runs_changes_neither_words_nor_fingerprint(
    project: Project, while_it_runs: Any
) -> None:
    with_short_edition(project)
    assert run(project) == build.DONE
    before = html(project)
    while_it_runs(lambda: project.change(START_FILE, "Andre setning.", "Annen setning."))
    assert run(project) == build.DONE
    assert html(project) == before
    while_it_runs(lambda: None)
    assert run(project) == build.DONE
    assert html(project) != before
