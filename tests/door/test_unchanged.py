"""A build of what has not changed: nothing is made, the files stand, and what was said is said again."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

import pytest
from support.projects import Project
from support.short_editions import START_FILE, with_short_edition

import build
from press.document import Document
from press.door import unchanged
from press.errors import Outcome, Place, Problem
from press.surroundings import DENYLIST
from press.writers.pdf import sealed
from press.writers.pdf.typeset import Typeset


class Set(nullcontext["Set"]):
    """Stands in for the last stage, and counts the documents that it was handed."""

    def __init__(self) -> None:
        self.count = 0
        self.meanwhile: Callable[[], object] = lambda: None
        """What somebody does while a document is set."""

    def __enter__(self) -> Set:
        return self

    def typeset(self, document: Document, *_: object, **__: object) -> Typeset:
        self.count += 1
        self.meanwhile()
        return Typeset(f"%PDF-1.7 {self.count}".encode(), {}, {}, 5, 4)


@pytest.fixture
def project(project: Project) -> Project:
    with_short_edition(project)
    return project


@pytest.fixture
def set_(monkeypatch: pytest.MonkeyPatch, nothing_is_drawn: None) -> Set:
    stand_in = Set()
    monkeypatch.setattr(sealed, "Typesetter", lambda cache: stand_in)
    return stand_in


def report(project: Project, *options: str) -> None:
    assert build.main(["report", "--project", str(project.folder), *options]) == build.DONE


def test_build_of_what_has_not_changed_makes_nothing_and_says_the_same(
    project: Project, set_: Set, capsys: pytest.CaptureFixture[str]
) -> None:
    report(project)
    first = capsys.readouterr().err
    report(project)
    again = capsys.readouterr().err
    assert set_.count == 1
    assert "5 pages" in first
    assert "5 pages" in again
    assert "nothing has changed since it was built" in again
    assert "typeset" not in again


def test_other_folder_and_other_options_are_other_builds(project: Project, set_: Set, tmp_path: Path) -> None:
    report(project)
    report(project, "--output", str(tmp_path / "elsewhere"))
    assert set_.count == 2
    assert (tmp_path / "elsewhere/report.pdf").is_file()
    report(project, "--no-cache")
    assert set_.count == 3


def more_words(project: Project) -> None:
    project.change(START_FILE, "Ordene i rammen.", "Andre ord i rammen.")


CHANGES: dict[str, Callable[[Project], object]] = {
    "words": more_words,
    "a file more": lambda project: project.write("templates/ny.css", "p { color: red }"),
    "a script": lambda project: project.write("figures/hjelp.py", "A = 1\n"),
    "a template": lambda project: project.write("templates/blocks/text.html.j2", "{{ block.text|prose }}"),
    "the PDF is gone": lambda project: (project.folder / "build/report.pdf").unlink(),
    "the PDF is another": lambda project: (project.folder / "build/report.pdf").write_bytes(b"%PDF-1.7 another"),
    "the checksum is gone": lambda project: (project.folder / "build/report.pdf.sha256").unlink(),
    "the page map is gone": lambda project: (project.folder / "build/report.pages.json").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_anything_that_is_another_makes_the_build_anew(
    project: Project, set_: Set, change: Callable[[Project], object]
) -> None:
    report(project)
    change(project)
    report(project)
    assert set_.count == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("installed", lambda: ["another-1.0"]), ("WRITERS", {}), ("ENGINE", Path("/nowhere"))],
    ids=["packages", "what sets the pages", "the engine"],
)
def test_other_surroundings_make_the_build_anew(
    project: Project, set_: Set, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    report(project)
    monkeypatch.setattr(unchanged, name, value)
    report(project)
    assert set_.count == 2


def test_link_in_the_place_of_a_file_with_the_same_bytes_is_refused_as_ever(
    project: Project, set_: Set, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report(project)
    path = project.folder / START_FILE
    path.rename(tmp_path / "elsewhere.yaml")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    assert build.main(["report", "--project", str(project.folder)]) == build.TO_MEND
    assert START_FILE in capsys.readouterr().out


def test_deny_list_outside_is_one_of_the_files(
    project: Project, set_: Set, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "names.yaml"
    outside.write_text("names: [Nordbolt]\n", encoding="utf-8")
    monkeypatch.setenv(DENYLIST, str(outside))
    report(project)
    report(project)
    assert set_.count == 1
    outside.write_text("names: [Sørbolt]\n", encoding="utf-8")
    report(project)
    assert set_.count == 2


def test_what_was_saved_while_it_was_built_is_built(project: Project, set_: Set) -> None:
    set_.meanwhile = lambda: more_words(project) if set_.count == 1 else None
    report(project)
    report(project)
    assert set_.count == 2


def test_folder_that_is_a_link_is_not_taken_for_unchanged(project: Project, set_: Set) -> None:
    (project.folder / "real").mkdir()
    (project.folder / "content/lenke").symlink_to(project.folder / "real")
    build.main(["report", "--project", str(project.folder), "--quiet"])
    count = set_.count
    build.main(["report", "--project", str(project.folder), "--quiet"])
    assert set_.count == 2 * count


def test_build_that_failed_is_made_again(project: Project, set_: Set, capsys: pytest.CaptureFixture[str]) -> None:
    project.change(START_FILE, "Ordene i rammen.", "Se {borte}.")
    for _ in range(2):
        assert build.main(["report", "--project", str(project.folder)]) == build.TO_MEND
        assert "borte" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "json"])
def test_check_of_what_has_not_changed_reads_nothing_and_says_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    project.change(START_FILE, "Ordene i rammen.", "Ordene ordene i TODO rammen.")
    asked = ["check", "--format", form, "--project", str(project.folder)]
    codes, said = [build.main(asked)], [capsys.readouterr().out]
    with monkeypatch.context() as patched:
        patched.setattr("press.content.load.load", None)
        codes.append(build.main(asked))
        said.append(capsys.readouterr().out)
    assert codes == [build.TO_MEND] * 2
    assert said[0] == said[1] != ""
    project.change(START_FILE, "TODO", "den")
    build.main(asked)
    assert "TODO" not in capsys.readouterr().out


def test_outcome_is_read_as_it_was_written() -> None:
    problem = Problem(Place("content/start.yaml", 3, 7), "typography", "æ", "ø", "warning")
    outcome = Outcome((problem,), ((problem, "med vilje"),), ("spelling",), ("typography", "placeholder"))
    record = json.loads(json.dumps({**asdict(outcome), "laid_out": True}))
    assert unchanged._read(record) == (outcome, True)
