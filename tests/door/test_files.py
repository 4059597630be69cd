"""The writer of files: what it refuses, so that no output leads out of its folder or takes the place of a source."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.projects import FACTS, PNG, REPORT, Project, assert_problems

import build
from press.door.files import ENGINE, Folder, output_file, output_folder
from press.errors import ReportError

TWO = REPORT.replace("[A, B]", "PARTIES")
PHOTO = "  - photo: bilde-1\n    caption: Et bilde\n    image: {}\n    alt: Et bilde.\n    credit: Meg\n"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(project: Project, command: str, *options: str) -> int:
    return build.main([command, "--quiet", "--project", str(project.folder), *options])


# Names.


@pytest.mark.parametrize("name", ["../a.pdf", "ut/../../a.pdf", "/tmp/a.pdf", "..\\a.pdf", "", ".", ".."])
def test_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "ut"
    with pytest.raises(ReportError, match=r"\[output\]"):
        Folder(folder).write(name, b"new")
    assert list(tmp_path.iterdir()) == []


def test_link_below_the_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ut").mkdir()
    (tmp_path / "victim").mkdir()
    (tmp_path / "ut/proofs").symlink_to(tmp_path / "victim")
    with pytest.raises(ReportError, match="this folder is a link that leads out"):
        Folder(tmp_path / "ut").write_with_checksum("proofs/bedrift-a.pdf", b"new")
    assert files(tmp_path) == {}


@pytest.mark.parametrize("second", ["proofs/Bedrift-A.pdf", "proofs/bedrift-a.pdf"])
def test_two_things_never_share_a_file(tmp_path: Path, second: str) -> None:
    folder = Folder(tmp_path)
    folder.write("proofs/bedrift-a.pdf", b"one party's")
    with pytest.raises(ReportError, match="two things would be written into this file"):
        folder.write(second, b"another's")
    assert files(tmp_path) == {"proofs/bedrift-a.pdf": b"one party's"}


def test_pipe_in_the_place_of_a_file_stays_one(tmp_path: Path) -> None:
    # Root's `--output /dev/null` once made a file of it, for the whole machine.
    os.mkfifo(tmp_path / "findings.json")
    with pytest.raises(ReportError, match="a device or a pipe stands in its place"):
        Folder(tmp_path).write("findings.json", b"new")
    assert (tmp_path / "findings.json").is_fifo()


# What content chooses.


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ("[/../../../../utenfor]", "12:11: '/../../../../utenfor' cannot be the letter of a party [schema] capital"),
        ("[A, a]", "12:14: 'a' cannot be the letter of a party [schema]"),
        ("[A, B, A]", "12:17: the party 'A' is registered twice [schema] leave one"),
        ("[AB]", "12:11: 'AB' cannot be the letter of a party [schema]"),
    ],
)
def test_party_is_held_to_a_letter(project: Project, parties: str, expected: str) -> None:
    found = project.write("content/report.yaml", TWO.replace("PARTIES", parties)).problems()
    assert_problems(found, expected, file="content/report.yaml")


def test_all_parties_that_cannot_be_are_told_together(project: Project) -> None:
    found = project.write("content/report.yaml", TWO.replace("PARTIES", "[../x, B, /y]")).problems()
    assert [str(problem.place) for problem in found] == ["content/report.yaml:12:11", "content/report.yaml:12:20"]


def test_proof_of_a_party_that_leads_out_writes_nothing(project: Project) -> None:
    project.write("content/report.yaml", TWO.replace("PARTIES", "[/../../../../utenfor]"))
    before = files(project.folder.parent)
    assert run(project, "proof", "--all") == build.TO_MEND
    assert files(project.folder.parent) == before


@pytest.mark.parametrize("language", ["../../x", "/etc/nb", "nb/../nn", "NB", "nb\u00a0"])
def test_language_is_held_to_a_code(project: Project, language: str) -> None:
    found = project.change("content/report.yaml", "language: nb", f'language: "{language}"').problems()
    assert found
    assert {problem.place.line for problem in found} == {6}


@pytest.mark.parametrize("name", ["Kort", "kort-utkast", "report", "kort utgave"])
def test_edition_is_held_to_a_name_that_no_other_file_can_have(project: Project, name: str) -> None:
    found = project.write(f"content/editions/{name}.yaml", "label: Kort\n").problems()
    assert [problem.what for problem in found] == [f"{name!r} cannot be the name of an edition"]


def test_templates_of_an_edition_are_held_to_a_name(project: Project) -> None:
    edition = "label: Kort\nlimits: {pages: 2}\ntemplates: ../report\nsections:\n  - include: start\n"
    (found,) = project.write("content/editions/kort.yaml", edition).problems()
    assert str(found.place) == "content/editions/kort.yaml:3:12"
    assert found.what == "'../report' cannot be the name of templates"


def test_files_that_differ_in_capitals_alone_are_refused(project: Project) -> None:
    project.write("content/images/Bilde.png", PNG).write("content/images/bilde.png", PNG)
    blocks = PHOTO.format("Bilde.png") + PHOTO.replace("bilde-1", "bilde-2").format("bilde.png")
    assert any("differ in nothing but capitals" in problem.what for problem in project.blocks(blocks).problems())


# Sources.


@pytest.mark.parametrize(
    "output",
    [
        "content/report.yaml",
        "content/start.yaml",
        "content/funn.json",
        "content/ny/funn.json",
        "Content/funn.json",
        "figures/funn.json",
        "templates/funn.json",
        "README.md",
        ".git/config.json",
        "content",
        "content/",
        "nowhere/funn.json",
        "build/nowhere/funn.json",
        "link/funn.json",
    ],
)
def test_findings_never_replace_a_source(project: Project, output: str, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("README.md", "Les meg.\n")
    (project.folder / "link").symlink_to(project.folder / "content")
    before = files(project.folder)
    assert run(project, "check", "--output", f"{project.folder}/{output}") == build.TO_MEND
    assert "[output]" in capsys.readouterr().out
    assert files(project.folder) == before


@pytest.mark.parametrize("output", ["build/funn.json", "funn.sarif", "build/../funn.xml"])
def test_findings_go_where_no_sources_are(project: Project, output: str) -> None:
    (project.folder / "build").mkdir()
    for _ in range(2):  # the second replaces the first
        assert run(project, "check", "--output", f"{project.folder}/{output}") == build.DONE
    assert (project.folder / output).exists()


def test_findings_make_the_folder_build(project: Project) -> None:
    assert run(project, "check", "--format", "json", "--output", f"{project.folder}/build/funn.json") == build.DONE
    assert (project.folder / "build/funn.json").read_bytes().startswith(b"{")


@pytest.mark.parametrize("output", ["", "content", "content/ut", "CONTENT", "figures", "templates", ".git", "ut"])
@pytest.mark.parametrize("command", ["report", "proof"])
def test_output_never_goes_where_sources_are(
    project: Project, command: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if output == "ut":
        (project.folder / "ut").symlink_to(project.folder / "content")
    before = files(project.folder)
    given = ["--all"] if command == "proof" else []
    assert run(project, command, *given, "--output", str(project.folder / output)) == build.TO_MEND
    assert "no output may replace one [output]" in capsys.readouterr().out
    assert files(project.folder) == before


@pytest.mark.parametrize("output", ["press", "templates/language", "tests", ".github"])
def test_output_never_goes_where_the_engine_is(output: str) -> None:
    with pytest.raises(ReportError, match="no output may replace one"):
        output_folder(ENGINE / output, None)
    with pytest.raises(ReportError, match="no output may replace one"):
        output_file(ENGINE / output / "funn.json", ENGINE / "build")


def test_output_may_go_into_folders_that_hold_no_sources(project: Project, tmp_path: Path) -> None:
    project.write("docs/index.html", "")
    for folder in (project.folder / "build", project.folder / "docs", tmp_path, tmp_path / "ny"):
        assert output_folder(folder, None).path == folder


def test_output_never_goes_where_another_publication_has_its_sources(project: Project, tmp_path: Path) -> None:
    other = Project(tmp_path / "other").write("content/report.yaml", REPORT).write("content/facts.yaml", FACTS)
    with pytest.raises(ReportError, match="no output may replace one"):
        output_folder(other.folder / "content", None)


def test_output_that_is_a_file_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("ut", "a file")
    assert run(project, "report", "--output", str(project.folder / "ut")) == build.TO_MEND
    assert "this is a file, not a folder [output]" in capsys.readouterr().out


def test_schema_is_not_written_through_a_link_out_of_the_publication(project: Project, tmp_path: Path) -> None:
    (tmp_path / "utenfor").mkdir()
    (tmp_path / "utenfor/kort.yaml").write_bytes(b"label: Kort\n")
    (project.folder / "content/editions").symlink_to(tmp_path / "utenfor")
    run(project, "schema")
    assert (tmp_path / "utenfor/kort.yaml").read_bytes() == b"label: Kort\n"
