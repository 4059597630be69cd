"""A publication in a folder of its own: what is written for CI names files from the repository's top, and the commands
that problems name are those for this publication."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.projects import Project, small_project

import build
from press.door.files import ENGINE
from press.door.telling import with_project

BAD = "  - text: Se {borte}.\n"
WHERE = "content/start.yaml"


@pytest.fixture
def below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Give a publication in a folder of a repository whose top is the current folder."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    return small_project(tmp_path / "sub" / "min rapport").blocks(BAD)


def check(project: Project, capsys: pytest.CaptureFixture[str], form: str) -> str:
    given = Path("sub/min rapport") if Path("sub").is_dir() else project.folder
    build.main(["check", "--quiet", "--format", form, "--project", str(given)])
    return capsys.readouterr().out


@pytest.mark.parametrize("inside", [False, True], ids=["at the top", "in a folder within"])
@pytest.mark.parametrize("has_git", [True, False])
def test_places_for_ci_are_those_of_the_repository(
    below: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, inside: bool, has_git: bool
) -> None:
    if not has_git:
        (below.folder.parent.parent / ".git").rename(below.folder.parent.parent / "away")
    if inside:
        monkeypatch.chdir(below.folder)
    top = f"sub/min rapport/{WHERE}" if has_git or not inside else WHERE
    assert f"::error file={top},line=3" in check(below, capsys, "github")
    junit = ElementTree.fromstring(check(below, capsys, "junit"))
    (failure,) = junit.iter("failure")
    assert failure.attrib["message"].startswith(f"{top}:3:14: ")
    assert str(failure.text).startswith(f"{top}:3:14: ")
    (result,) = json.loads(check(below, capsys, "sarif"))["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == top.replace(" ", "%20")


@pytest.mark.parametrize("form", ["text", "json"])
def test_places_for_people_and_programs_are_those_of_the_publication(
    below: Project, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    out = check(below, capsys, form)
    assert WHERE in out
    assert f"sub/min rapport/{WHERE}" not in out


def test_publication_at_the_top_has_no_folder_before_its_names(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"::error file={WHERE},line=3" in check(project.blocks(BAD), capsys, "github")


def test_place_that_is_not_the_publications_is_left_alone(below: Project, capsys: pytest.CaptureFixture[str]) -> None:
    out = ("check", "--quiet", "--format", "github", "--project", str(below.folder), "--output", "borte/x.json")
    assert build.main(list(out)) == build.TO_MEND
    assert "::error file=borte/x.json," in capsys.readouterr().out


def test_commands_that_mend_name_the_publication(below: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["schema", "--check", "--project", "sub/min rapport"]) == build.TO_MEND
    mends = re.findall("mend: (.*)", capsys.readouterr().out)
    assert set(mends) == {"run `python build.py schema --project 'sub/min rapport'`"}


def test_commands_for_the_engines_own_publication_name_none() -> None:
    assert with_project("run `python build.py approve a.b`", ENGINE) == "run `python build.py approve a.b`"


def test_help_tells_of_the_project_and_of_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main(["--help"])
    out = capsys.readouterr().out
    assert "--project DIR" in out
    assert "read figures/*.py before you build what somebody else has sent" in out
