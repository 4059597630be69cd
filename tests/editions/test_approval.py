"""`build.py approve`: what has changed is shown beside what was approved, and nothing is recorded unasked."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import pytest
from support.projects import Project
from support.short_editions import (
    BELOW_FILE,
    FINDING,
    FINDING_FILE,
    KEYS,
    SCRIPT_FILE,
    START_FILE,
    approve_all,
    with_short_edition,
)

import build
from press.editions.approval import SEPARATOR, UNKNOWN, side_by_side
from press.editions.approvals import FILE, HEAD
from press.editions.statements import Sentence, claims
from press.errors import Place

SUMMARY, RESULT, EXAMPLE = KEYS
START_FILE_END = "summary:\n  text: |\n    Starten i korthet.\n  rests_on: [start]\n"
FINDING_FILE_END = FINDING[FINDING.index("result:") :]
IDENTITY = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A"}
IDENTITY |= {"GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def approved_project(project: Project) -> Project:
    return with_short_edition(project)


@pytest.fixture
def changed_project(approved_project: Project) -> Project:
    """Give the publication with a sentence changed since it was approved."""
    return approved_project.change(START_FILE, "Andre setning.", "Annen setning.")


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let somebody at a terminal answer."""

    def say(words: str) -> None:
        stdin = io.StringIO(words)
        monkeypatch.setattr(stdin, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", stdin)

    return say


def approve(project: Project, *arguments: str) -> int:
    return build.main(["approve", "--project", str(project.folder), *arguments])


def approvals(project: Project) -> str:
    return (project.folder / FILE).read_text(encoding="utf-8")


def entry(project: Project, key: str) -> list[str]:
    """Give what the file of approvals says of a statement."""
    lines = approvals(project).splitlines()
    below = lines[lines.index(f"{key}:") + 1 :]
    return list(takewhile(lambda line: line.startswith(" "), below))


def waiting(project: Project) -> list[str]:
    return [found.key for found in claims(project.load()) if not found.is_approved]


def git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, **IDENTITY}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=environment)


def commit(project: Project, top: Path | None = None) -> Project:
    """Commit the publication as it stands, in a repository of its own or in that of a folder above."""
    folder = top or project.folder
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "as it stands")
    return project


# What is shown.


def shown(project: Project, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Approve without an answer; give the lines that were shown."""
    assert approve(project, *arguments) == build.TO_MEND
    return capsys.readouterr().out.splitlines()


def test_old_and_new_words_are_shown_side_by_side(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(approved_project).change(START_FILE, "Andre setning.", "Annen setning.")
    lines = shown(approved_project, capsys)
    assert lines[:3] == [f"{SUMMARY}  (content/start.yaml:24:9)", "    Starten i korthet.", "  rests on start"]
    (row,) = [line for line in lines if SEPARATOR in line]
    assert [column.strip() for column in row.split(SEPARATOR)] == ["Andre setning.", "7: Annen setning."]


def test_sentences_that_read_as_before_are_not_shown(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(approved_project).change(START_FILE, "Andre setning.", "Annen setning.")
    text = "\n".join(shown(approved_project, capsys))
    assert "Annen setning." in text
    assert "Første setning." not in text
    assert RESULT not in text


def test_old_words_are_those_that_were_approved_and_not_those_that_were_committed_last(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(approved_project)
    commit(approved_project.change(START_FILE, "Andre setning.", "Annen setning."))
    approved_project.change(START_FILE, "Annen setning.", "Enda en setning.")
    (row,) = [line for line in shown(approved_project, capsys) if SEPARATOR in line]
    assert [column.strip() for column in row.split(SEPARATOR)] == ["Andre setning.", "7: Enda en setning."]


def test_old_words_are_found_when_another_statement_on_the_same_ground_was_approved_anew(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    # The newest commit that touched the line had the new words; the old ones were said not to be in the history.
    commit(approve_all(approved_project.change(FINDING_FILE, "[figur-1]", "[figur-1, start]")))
    approved_project.change(START_FILE, "Andre setning.", "Annen setning.")
    assert approve(approved_project, SUMMARY, "--yes") == build.DONE
    commit(approved_project)
    capsys.readouterr()
    rows = [line for line in shown(approved_project, capsys, EXAMPLE) if SEPARATOR in line]
    assert [column.strip() for column in rows[0].split(SEPARATOR)] == ["Andre setning.", "7: Annen setning."]


def test_old_words_of_the_statement_itself_are_shown(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(approved_project).change(START_FILE, "Starten i korthet.", "Kort om starten.")
    lines = shown(approved_project, capsys)
    assert [column.strip() for column in lines[1].split(SEPARATOR)] == ["Starten i korthet.", "24: Kort om starten."]


def test_publication_in_a_folder_of_a_larger_repository_has_its_history(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(approved_project, top=approved_project.folder.parent)
    approved_project.change(START_FILE, "Andre setning.", "Annen setning.")
    assert any("Andre setning." in line for line in shown(approved_project, capsys))


def test_publication_without_figures_has_its_history(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    # The whole look-up once failed because there was no folder of that name.
    figure = "  - text: |\n      Se {figur-1}.\n  - figure: figur-1\n    title: Figuren\n    source: Studien\n"
    approved_project.change(START_FILE, f"{figure}    alt: |\n      To rader, den siste lengst.\n", "")
    approved_project.change(FINDING_FILE, "[figur-1]", "[under]")
    shutil.rmtree(approved_project.folder / "figures")
    shutil.rmtree(approved_project.folder / "content/data")
    commit(approve_all(approved_project)).change(START_FILE, "Andre setning.", "Annen setning.")
    assert any("Andre setning." in line for line in shown(approved_project, capsys))


def test_figures_script_is_shown_side_by_side(approved_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    commit(approved_project).change(SCRIPT_FILE, "[0, 1]", "[1, 0]")
    text = "\n".join(shown(approved_project, capsys, EXAMPLE))
    assert "[0, 1]" in text
    assert "[1, 0]" in text


@pytest.mark.parametrize("history", ["none", "without the approval"])
def test_without_history_it_says_so_and_shows_the_present_words(
    approved_project: Project, capsys: pytest.CaptureFixture[str], history: str
) -> None:
    if history != "none":
        file = approved_project.folder / FILE
        kept = file.read_bytes()
        file.unlink()
        commit(approved_project).write(FILE, kept)
    approved_project.change(START_FILE, "Andre setning.", "Annen setning.")
    lines = shown(approved_project, capsys)
    assert f"    {UNKNOWN}" in lines
    assert any(line.endswith(f"{SEPARATOR}7: Annen setning.") for line in lines)


def test_without_git_it_says_so_and_shows_the_present_words(
    changed_project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(changed_project)
    monkeypatch.setenv("PATH", "")
    assert f"    {UNKNOWN}" in shown(changed_project, capsys)


def test_ground_that_was_never_approved_is_counted(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(with_short_edition(project, approve=False), capsys)
    assert [line for line in lines if line and not line.startswith(" ")] == [
        f"{SUMMARY}  (content/start.yaml:24:9)",
        f"{RESULT}  (content/funn.yaml:7:9)",
        f"{EXAMPLE}  (content/funn.yaml:11:11)",
    ]
    assert "    not approved before; 2 sentences" in lines


def test_ground_that_is_no_longer_named_is_shown(approved_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    approved_project.change(FINDING_FILE, "[rammen, under]", "[rammen]")
    assert "  no longer rests on under" in shown(approved_project, capsys)


def test_nothing_shown_speaks_to_the_terminal(approved_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    approved_project.change(SCRIPT_FILE, "Two bars.", "Two \x1b[31mbars.")
    text = "\n".join(shown(approved_project, capsys, EXAMPLE))
    assert "\\u001b[31mbars" in text
    assert "\x1b" not in text


def sentence(text: str, line: int) -> Sentence:
    return Sentence(text, Place("content/start.yaml", line, 7))


def test_columns_keep_to_their_width() -> None:
    long = "Setningen er mye lengre enn spalten den skal stå i, og brytes derfor over flere linjer. " * 3
    lines = list(side_by_side([long], [sentence(f"{long}Ny.", 7)], 80))
    assert len(lines) > 3
    assert max(len(line) for line in lines) <= 80
    assert {line.index(SEPARATOR.rstrip()) for line in lines} == {lines[0].index(SEPARATOR.rstrip())}


def test_sentence_that_is_new_stands_alone_in_the_right_column() -> None:
    (line,) = side_by_side(["A."], [sentence("A.", 7), sentence("B.", 8)], 40)
    assert [column.strip() for column in line.split(SEPARATOR)] == ["", "8: B."]


def test_sentence_that_is_gone_stands_alone_in_the_left_column() -> None:
    (line,) = side_by_side(["A.", "B."], [sentence("A.", 7)], 40)
    assert [column.strip() for column in line.split(SEPARATOR.rstrip())] == ["B.", ""]


# What is recorded, and when.


def test_answer_is_asked_for_once_and_yes_records(
    changed_project: Project, answer: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    answer("y\n")
    assert approve(changed_project) == build.DONE
    out, err = capsys.readouterr()
    assert out.endswith("Record that 1 hold? [y/N] ")
    assert err.startswith(f"{FILE}: 1 recorded")
    assert changed_project.problems() == []


@pytest.mark.parametrize("words", ["n\n", "\n", "", "kanskje\n"], ids=["no", "nothing", "end of input", "other words"])
def test_any_other_answer_records_nothing(
    changed_project: Project, answer: Callable[[str], None], capsys: pytest.CaptureFixture[str], words: str
) -> None:
    before = approvals(changed_project)
    answer(words)
    assert approve(changed_project) == build.TO_MEND
    assert "nothing recorded" in capsys.readouterr().err
    assert approvals(changed_project) == before


def test_nothing_is_recorded_where_nobody_can_answer(
    changed_project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = approvals(changed_project)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))  # which is no terminal
    assert approve(changed_project) == build.TO_MEND
    assert "Record" not in capsys.readouterr().out
    assert approvals(changed_project) == before


def test_yes_records_without_asking_and_check_is_clean_afterwards(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    with_short_edition(project, approve=False)
    assert approve(project, "--yes") == build.DONE
    assert "Record" not in capsys.readouterr().out
    assert build.main(["check", "--project", str(project.folder)]) == build.DONE


def test_approving_twice_changes_nothing_and_shows_nothing(
    changed_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert approve(changed_project, "--yes") == build.DONE
    once = approvals(changed_project)
    capsys.readouterr()
    assert approve(changed_project, "--yes") == build.DONE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("every statement is approved as it stands")
    assert approvals(changed_project) == once


@pytest.mark.parametrize("name", [SUMMARY, "start"], ids=["statement", "section"])
def test_what_is_approved_already_is_not_asked_about(
    approved_project: Project, answer: Callable[[str], None], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = approvals(approved_project)
    answer("")
    assert approve(approved_project, name) == build.DONE
    assert capsys.readouterr().out == ""
    assert approvals(approved_project) == before


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ([SUMMARY], [RESULT, EXAMPLE]),
        ([EXAMPLE], [SUMMARY, RESULT]),
        (["funn"], [SUMMARY]),
        (["start", EXAMPLE], [RESULT]),
        ([], []),
    ],
    ids=["a statement", "an example", "a section", "both", "all"],
)
def test_only_what_is_named_is_recorded(project: Project, names: list[str], left: list[str]) -> None:
    with_short_edition(project, approve=False)
    assert approve(project, *names, "--yes") == build.DONE
    assert waiting(project) == left


def test_other_entries_stay_as_they_were(approved_project: Project) -> None:
    approved_project.change(START_FILE, "Ordene i rammen.", "Rammens ord.")
    before = {key: entry(approved_project, key) for key in KEYS}
    assert waiting(approved_project) == [SUMMARY, RESULT]
    assert approve(approved_project, SUMMARY, "--yes") == build.DONE
    after = {key: entry(approved_project, key) for key in KEYS}
    assert {key for key in KEYS if before[key] != after[key]} == {SUMMARY}
    assert all(before.values())
    assert waiting(approved_project) == [RESULT]


@pytest.mark.parametrize(
    ("name", "mend"),
    [("start.sumary", "did you mean 'start.summary'"), ("funnet", "did you mean 'funn'"), ("x", "name a section with")],
)
def test_unknown_id_is_a_problem_and_records_nothing(
    changed_project: Project, capsys: pytest.CaptureFixture[str], name: str, mend: str
) -> None:
    before = approvals(changed_project)
    assert approve(changed_project, SUMMARY, name, "--yes") == build.TO_MEND
    out = capsys.readouterr().out
    assert f"{FILE}: there is no statement '{name}' [approved]" in out
    assert mend in out
    assert approvals(changed_project) == before


def test_statement_that_rests_on_nothing_is_not_approved(
    approved_project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = approvals(approved_project)
    approved_project.change(FINDING_FILE, "[rammen, under]", "[rammen, undre]")
    assert approve(approved_project, "--yes") == build.TO_MEND
    assert "content/funn.yaml:7:9: 'funn.result' rests on 'undre', which says nothing" in capsys.readouterr().out
    assert approvals(approved_project) == before


def test_approval_of_no_statement_is_cleared_away(approved_project: Project) -> None:
    approved_project.change(FINDING_FILE, FINDING_FILE_END, "")
    assert len(approved_project.problems()) == 2
    assert approve(approved_project) == build.DONE
    assert approved_project.problems() == []
    assert "funn.result" not in approvals(approved_project)


def test_file_without_any_approval_left_can_be_read(approved_project: Project) -> None:
    # A file of comments alone held no mapping, and nothing could be built any more.
    approved_project.change(START_FILE, START_FILE_END, "").change(FINDING_FILE, FINDING_FILE_END, "")
    (approved_project.folder / "content/editions/kort.yaml").unlink()
    assert approve(approved_project) == build.DONE
    assert approvals(approved_project) == f"{HEAD}{{}}\n"
    assert approved_project.problems() == []


def test_publication_without_statements_gets_no_file(project: Project) -> None:
    assert approve(project, "--yes") == build.DONE
    assert not (project.folder / FILE).exists()


def test_file_is_written_whole(
    changed_project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = approvals(changed_project)
    monkeypatch.setattr(os, "fsync", no_room)
    assert approve(changed_project, "--yes") == build.TO_MEND
    assert "the file cannot be written: " in capsys.readouterr().out
    assert approvals(changed_project) == before
    assert [path.name for path in (changed_project.folder / "content").glob(".*")] == []


def no_room(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_entries_stand_in_the_order_of_their_names_under_a_head_that_says_what_they_are(
    approved_project: Project,
) -> None:
    text = approvals(approved_project)
    assert text.startswith(HEAD)
    assert [line.rstrip(":") for line in text.removeprefix(HEAD).splitlines() if not line.startswith(" ")] == sorted(
        KEYS
    )


def test_approving_changes_no_byte_of_what_is_printed(approved_project: Project) -> None:
    before = approved_project.load().fingerprint
    (approved_project.folder / FILE).unlink()
    assert approved_project.load().fingerprint == before
    assert approved_project.change(BELOW_FILE, "av dem", "i alt").load().fingerprint != before
