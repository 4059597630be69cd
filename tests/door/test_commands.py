"""The table of commands: the help, the names that editions cannot have and the help for slips follow it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.projects import Project

import build
from press.door import commands
from press.door.arguments import parse
from press.door.commands import COMMANDS, RESERVED, edition


def test_every_file_of_a_command_is_in_the_table() -> None:
    files = {path.stem for path in Path(commands.__file__).parent.glob("[!_]*.py")}
    assert files == {command.__name__.rpartition(".")[2] for command in COMMANDS}  # type: ignore[attr-defined]
    assert {command.NAME for command in COMMANDS} == {*RESERVED, edition.NAME}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.NAME)
def test_help_names_a_command_and_what_it_does(command: commands.Command, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main(["--help"])
    out = " ".join(capsys.readouterr().out.split())
    assert f" {command.NAME} {command.HELP} " in out


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_no_edition_has_the_name_of_a_command(project: Project, capsys: pytest.CaptureFixture[str], name: str) -> None:
    project.write(f"content/editions/{name}.yaml", "label: Kort\n")
    assert build.main(["check", "--project", str(project.folder)]) == build.TO_MEND
    assert f"{name!r} cannot be the name of an edition" in capsys.readouterr().out


def test_mistyped_command_is_told_with_the_nearest(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["aprove", "--project", str(project.folder)]) == build.TO_MEND
    assert "there is no edition 'aprove' [edition]\n    mend: did you mean 'approve'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "name", "module"),
    [([], "report", "report"), (["summary"], "summary", "edition"), (["kort"], "kort", "edition")],
)
def test_command_that_is_meant(given: list[str], name: str, module: str) -> None:
    options = parse(given)
    assert (options.edition, options.run.__module__) == (name, f"press.door.commands.{module}")
