"""The door: arguments, exit codes, what is printed where, and files that are written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import multiprocessing
import os
import re
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from support.projects import ROOT, Project

import build
from press.checks import CHECKS, figure_cited
from press.door.files import Folder
from press.errors import Place, Problem, ReportError
from press.outputs import FORMATS
from press.timing import Timing
from press.writers.pdf import sealed
from press.writers.pdf.typeset import Typeset

BAD_SECTION = "title: Start\nledd: A\nblocks:\n  - txet: B\n  - callout: boks\n    title: C\n"
GOOD_PDF = b"%PDF-1.7 the last good one"
NOBODY = 65534


def run(project: Project, *arguments: str) -> int:
    """Go through the door in this process; returns the exit code."""
    command, *options = arguments or ("report",)
    return build.main([command, "--project", str(project.folder), *options])


def door(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Go through the door as a command does."""
    command = [sys.executable, "-B", str(ROOT / "build.py"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def instead_of_typeset(monkeypatch: pytest.MonkeyPatch, outcome: BaseException | bytes, *timings: Timing) -> None:
    """Let the last stage fail, or give these bytes, without laying anything out."""

    class StandIn(nullcontext["StandIn"]):
        def __enter__(self) -> StandIn:
            return self

        def typeset(self, *_: object, **__: object) -> Typeset:
            if isinstance(outcome, bytes):
                return Typeset(outcome, pages={}, places={}, page_count=5, layouts=4, timings=timings)
            raise outcome

    monkeypatch.setattr(sealed, "Typesetter", lambda cache: StandIn())


# Exit codes.


def test_build_of_a_small_publication_is_done_and_says_so(project: Project) -> None:
    done = door("--project", str(project.folder))
    assert done.returncode == build.DONE == 0
    assert done.stdout == ""
    pdf = (project.folder / "build" / "report.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    checksum = (project.folder / "build" / "report.pdf.sha256").read_text(encoding="ascii")
    line, remark = checksum.splitlines()
    assert line == f"{hashlib.sha256(pdf).hexdigest()}  report.pdf"
    assert re.match(r"# the same .* set by the same: pango [0-9.]+, harfbuzz [0-9.]+, fontconfig [0-9.]+, ", remark)
    assert "weasyprint 70.0" in remark
    stages = [line.split()[0] for line in done.stderr.splitlines()]
    assert stages[:4] == ["load", "check", "compose", "typeset"]
    assert re.fullmatch(r"\S+report\.pdf: \d+ pages, \d+\.\d MB \(\d+\.\d s\)", done.stderr.splitlines()[-1])


def test_check_without_a_problem_is_done_and_makes_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(project.folder.rglob("*"))
    assert run(project, "check") == build.DONE
    cache = project.folder / ".cache"
    assert [path for path in sorted(project.folder.rglob("*")) if cache not in {path, *path.parents}] == before
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("nothing to mend")


@pytest.mark.parametrize("command", ["report", "check"])
def test_all_problems_of_a_run_are_printed_together(
    project: Project, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    project.section(BAD_SECTION).change("content/facts.yaml", "33", "mange")
    assert run(project, command) == build.TO_MEND == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[::2] == [
        "content/facts.yaml:2:10: 'mange' is not a number [schema]",
        "content/start.yaml:2:1: unknown key 'ledd' [schema]",
        "content/start.yaml:4:5: this block does not say what it is [schema]",
        "content/start.yaml:5:5: the key 'text' is missing [schema]",
    ]
    assert all(line.startswith("    mend: ") for line in out.splitlines()[1::2])
    assert "4 problems to mend" in err


def test_problems_of_checks_are_printed_together(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.section("title: Start\nblocks:\n  - text: Se {borte}.\n  - quote: Ikke her\n")
    assert run(project, "check") == build.TO_MEND
    out, err = capsys.readouterr()
    assert [line.split(": ")[0] for line in out.splitlines()[::2]] == [
        "content/start.yaml:3:14",
        "content/start.yaml:4:12",
    ]
    assert err == "2 problems to mend\n"


def test_one_problem_is_counted_as_one(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.section("title: [A]\n")
    assert run(project, "check") == build.TO_MEND
    assert capsys.readouterr().err == "1 problem to mend\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["Check"],
        ["--until", "nowhere"],
        ["report", "--format", "github"],
        ["check", "--format", "html"],
        ["check", "--explain", "figur-cited"],
        ["check", "--explain"],
        ["check", "--rules", "--explain", "figure-cited"],
        ["check", "--project", "no/such/folder"],
        ["--project"],
        ["report", "report"],
    ],
    ids=" ".join,
)
def test_wrong_usage_has_its_own_exit_code(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        build.main(arguments)
    assert caught.value.code == build.USAGE == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: build.py")


def test_folder_without_a_publication_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        build.main(["check", "--project", str(tmp_path)])
    assert caught.value.code == build.USAGE
    assert "there is no content/report.yaml in it" in capsys.readouterr().err


def test_fault_of_the_engine_keeps_its_traceback_and_has_its_own_exit_code(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, RuntimeError("a gear is missing"))
    assert run(project) == build.OUR_FAULT == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" in err
    assert "RuntimeError: a gear is missing" in err
    assert "a fault of the engine, not of your content" in err


def test_interrupt_stops_without_a_traceback(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, KeyboardInterrupt())
    assert run(project) != build.DONE
    out, err = capsys.readouterr()
    assert "stopped" in err
    assert "Traceback" not in out + err


# Arguments.


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["report", "--help"], ["check", "-h"]], ids=" ".join)
def test_help_prints_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        build.main(arguments)
    assert caught.value.code == build.DONE
    out, err = capsys.readouterr()
    assert out.startswith("usage: build.py")
    assert err == ""


def test_help_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["report", "--help"], ["check", "--help"]):
        with pytest.raises(SystemExit):
            build.main(arguments)
    out = capsys.readouterr().out
    for word in (
        *("report", "check", "--project", "--output", "--quiet", "--until", "--format", "--pages"),
        *("--rules", "--explain"),
        *("text", "json", "github", "sarif", "junit"),
    ):
        assert word in out


@pytest.mark.parametrize(
    ("arguments", "light"),
    [
        (
            ["--help"],
            {"weasyprint", "matplotlib", "numpy", "jinja2", "fontTools", "markdown_it", "pydantic", "yaml", "asyncio"},
        ),
        (["check"], {"weasyprint", "matplotlib", "numpy", "jinja2", "fontTools", "markdown_it", "asyncio"}),
    ],
    ids=["help", "check"],
)
def test_command_imports_nothing_heavy(project: Project, arguments: list[str], light: set[str]) -> None:
    given = [*arguments, "--project", str(project.folder)] if arguments == ["check"] else arguments
    script = (
        "import runpy, sys\n"
        f"sys.argv = ['build.py', *{given!r}]\n"
        "try:\n    runpy.run_path('build.py', run_name='__main__')\n"
        "except SystemExit as ending:\n    print('ended', ending.code)\n"
        "print('imported', *sorted(sys.modules))\n"
    )
    command = [sys.executable, "-B", "-c", script]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    assert "ended 0" in out
    imported = set(out.splitlines()[-1].split())
    assert "press.errors" in imported
    assert not imported & light


def test_report_is_the_command_when_none_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF)
    assert build.main(["--project", str(project.folder)]) == build.DONE
    assert (project.folder / "build" / "report.pdf").read_bytes() == GOOD_PDF
    assert ": 5 pages," in capsys.readouterr().err


def test_timings_tell_where_the_time_of_each_stage_went(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF, Timing("start", 0.25, "new text"), Timing("cover", 0, "kept"))
    assert run(project, "report") == build.DONE
    assert "new text" not in capsys.readouterr().err
    assert run(project, "report", "--timings") == build.DONE
    said = capsys.readouterr().err
    assert "     0.25 s  start: new text\n             cover: kept\n" in said
    assert said.index("typeset ") < said.index("start: new text")
    assert run(project, "report", "--timings", "--quiet") == build.DONE
    assert capsys.readouterr().err == ""


def test_output_goes_where_it_is_told(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF)
    assert run(project, "report", "--output", str(tmp_path / "ut" / "her")) == build.DONE
    assert (tmp_path / "ut" / "her" / "report.pdf").read_bytes() == GOOD_PDF
    assert not (project.folder / "build").exists()


@pytest.mark.parametrize(
    ("stage", "made"),
    [("check", []), ("compose", ["back.html", "contents.html", "cover.html", "start.html", "style.css"])],
)
def test_until_stops_after_a_stage(
    project: Project, monkeypatch: pytest.MonkeyPatch, stage: str, made: list[str]
) -> None:
    instead_of_typeset(monkeypatch, AssertionError("typeset was reached"))
    assert run(project, "report", "--until", stage) == build.DONE
    assert sorted(path.name for path in project.folder.glob("build/**/*") if path.is_file()) == made


@pytest.mark.long
def test_project_is_found_from_any_folder_by_a_relative_path(project: Project, tmp_path: Path) -> None:
    done = door("check", "--project", project.folder.name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    done = door("check", "--project", ".", folder=project.folder)
    assert (done.returncode, done.stdout) == (0, "")


# What is printed.


@pytest.mark.parametrize("command", ["report", "check"])
def test_quiet_prints_nothing_when_all_is_well(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF)
    assert run(project, command, "--quiet") == build.DONE
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("command", ["report", "check"])
def test_quiet_still_prints_problems(project: Project, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run(project.section(BAD_SECTION), command, "--quiet") == build.TO_MEND
    out, err = capsys.readouterr()
    assert out.startswith("content/start.yaml:2:1: unknown key 'ledd' [schema]")
    assert err == "3 problems to mend\n"


def test_lines_are_plain_when_nobody_watches(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF)
    run(project)
    out, err = capsys.readouterr()
    assert "compose" in err
    assert not set("\r\x1b\b") & set(out + err)


class Terminal(io.StringIO):
    """A screen that someone watches."""

    def isatty(self) -> bool:
        return True

    def shown(self) -> list[str]:
        """Tell the lines as they stand on the screen in the end."""
        return [line.split("\r\x1b[K")[-1] for line in self.getvalue().split("\n")]


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of both outputs; called within a test, as pytest sets its own between fixtures."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    return terminal


def test_terminal_shows_a_living_line_and_in_the_end_what_each_stage_took(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF)
    terminal = at_a_terminal(monkeypatch)
    run(project)
    assert "\r\x1b[Kload" in terminal.getvalue()
    assert [line.split()[0] for line in terminal.shown()[:4]] == ["load", "check", "compose", "typeset"]
    assert terminal.shown()[-1] == ""


def test_terminal_shows_problems_on_lines_of_their_own(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    # The living line must be ended or wiped first; «loadcontent/start.yaml:2:1» cannot be clicked.
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = at_a_terminal(monkeypatch)
    run(project.section(BAD_SECTION))
    assert "content/start.yaml:2:1: unknown key 'ledd' [schema]" in terminal.shown()


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
    ids=["a terminal", "NO_COLOR", "empty NO_COLOR", "dumb terminal"],
)
def test_terminal_shows_the_line_and_colours_unless_they_are_not_wanted(
    project: Project, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], is_coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    terminal = at_a_terminal(monkeypatch)
    assert run(project.section(BAD_SECTION), "check") == build.TO_MEND
    assert "    2 | ledd: A\n" in terminal.getvalue()
    assert ("\x1b[31m" in terminal.getvalue()) == is_coloured


def test_neither_excerpt_nor_colour_is_printed_when_nobody_watches(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    run(project.section("title: Start\nledd: A\n"), "check")
    assert capsys.readouterr().out == (
        "content/start.yaml:2:1: unknown key 'ledd' [schema]\n    mend: did you mean 'lead'?\n"
    )


def test_letters_that_the_output_cannot_show_are_printed_as_their_numbers(project: Project) -> None:
    project.section("title: Start\nløkk: A\n")
    command = [sys.executable, "-B", str(ROOT / "build.py"), "check", "--project", str(project.folder)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="ascii", check=False, env=environment)
    assert done.returncode == build.TO_MEND
    assert done.stdout.startswith("content/start.yaml:2:1: unknown key 'l\\xf8kk' [schema]")


# Severities.

BROKEN = "  - text: Se TODO.\n"


def with_severity(project: Project, severity: str) -> Project:
    """Let the publication have one problem, as severe as this."""
    settings = f"checks:\n  placeholder: {severity}\norder:\n"
    return project.blocks(BROKEN).change("content/report.yaml", "order:\n", settings)


@pytest.mark.parametrize(
    ("severity", "code", "total"),
    [
        ("error", build.TO_MEND, "1 problem to mend"),
        ("warning", build.DONE, "nothing to mend, 1 warning"),
        ("note", build.DONE, "nothing to mend, 1 note"),
    ],
)
def test_check_fails_on_errors_alone(
    project: Project, capsys: pytest.CaptureFixture[str], severity: str, code: int, total: str
) -> None:
    assert run(with_severity(project, severity), "check") == code
    out, err = capsys.readouterr()
    assert "'TODO' was to be filled in [placeholder]" in out
    assert err == f"{total}\n"


def test_check_names_what_is_switched_off_however_quiet(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(with_severity(project, "off"), "check", "--quiet") == build.DONE
    assert capsys.readouterr() == ("", "switched off in content/report.yaml: placeholder\n")


def test_check_counts_what_is_accepted(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.blocks("  - text: Se TODO. # ok: placeholder – kommer\n")
    assert run(project, "check") == build.DONE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("nothing to mend, 1 accepted (")


def test_build_counts_warnings_in_one_line_and_goes_on(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF)
    project.section("title: Start\nblocks:\n  - text: Ord. # ok: placeholder – en grunn\n")
    assert run(project) == build.DONE
    out, err = capsys.readouterr()
    assert out == ""
    where = f"`build.py check --project {project.folder}` shows what"
    assert err.splitlines().count(f"nothing to mend, 1 warning ({where})") == 1


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("", "", build.TO_MEND, id="an error"),
        pytest.param("  - text: Se", "  # ok: placeholder – kommer\n  - text: Se", build.DONE, id="accepted"),
        pytest.param("order:\n", "checks:\n  placeholder: off\norder:\n", build.DONE, id="switched off"),
    ],
)
def test_build_stops_where_check_does_and_nowhere_else(project: Project, old: str, new: str, code: int) -> None:
    project.blocks("  - text: Se TODO.\n")
    for file in ("content/report.yaml", "content/start.yaml"):
        text = (project.folder / file).read_text(encoding="utf-8")
        project.write(file, text.replace(old, new) if old else text)
    assert [run(project, "check"), run(project, "report", "--until", "check")] == [code, code]


def test_build_that_stops_prints_its_errors_alone(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.blocks(f"{BROKEN}  - text: Ord. # ok: figure-cited – en grunn\n")
    assert run(project) == build.TO_MEND
    out, _ = capsys.readouterr()
    assert "[placeholder]" in out
    assert "[acceptance]" not in out


TALL = "  - definition: begrep\n    term: Begrep\n    text: |\n" + "      En setning til som fyller linjen.\n" * 150


def test_build_stops_where_a_page_is_wrong_and_keeps_the_last_good_one(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two drawings ran 28 mm out of their column, which `check --pages` said and a build did not."""
    last = project.write("build/report.pdf", GOOD_PDF).folder / "build/report.pdf"
    assert run(project.blocks(TALL)) == build.TO_MEND
    out, _ = capsys.readouterr()
    assert re.match(r"content/start\.yaml:\d+:\d+: page \d+: this box .* goes on on page \d+ \[box-split\]", out)
    assert last.read_bytes() == GOOD_PDF


def test_build_names_what_is_switched_off(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, GOOD_PDF)
    settings = "checks:\n  figure-cited: off\norder:\n"
    assert run(project.change("content/report.yaml", "order:\n", settings)) == build.DONE
    assert "switched off in content/report.yaml: figure-cited" in capsys.readouterr().err.splitlines()


# Formats.


def test_github_format_prints_an_annotation_for_each_problem(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project.section(BAD_SECTION), "check", "--format", "github") == build.TO_MEND
    out, err = capsys.readouterr()
    file = "::error file=content/start.yaml"
    assert out.splitlines() == [
        f"{file},line=2,col=1,title=schema::unknown key 'ledd' – did you mean 'lead'?",
        f"{file},line=4,col=5,title=schema::this block does not say what it is – did you mean 'text'?",
        f"{file},line=5,col=5,title=schema::the key 'text' is missing – add a line `text: …`",
    ]
    assert err == "3 problems to mend\n"


def test_github_format_escapes_what_content_says(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.section('{"title": "A",\n"100 %\\n::error::x": "B"}\n')
    assert run(project, "check", "--format", "github") == build.TO_MEND
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("::error file=content/start.yaml,line=2,col=1,title=schema::unknown key '100 %25")


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_goes_to_stdout_and_totals_to_stderr(
    project: Project, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert run(project.section("title: Start\nledd: A\n"), "check", "--format", form) == build.TO_MEND
    out, err = capsys.readouterr()
    assert "unknown key 'ledd'" in out
    assert err == "1 problem to mend\n"


@pytest.mark.parametrize("form", ["json", "sarif", "junit"])
def test_format_for_programs_is_written_when_there_is_nothing_to_mend(
    project: Project, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert run(project, "check", "--format", form) == build.DONE
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("form", FORMATS)
def test_output_file_holds_what_stdout_would(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    project.section(BAD_SECTION)
    run(project, "check", "--format", form)
    expected = capsys.readouterr().out
    target = tmp_path / "problems"
    assert run(project, "check", "--format", form, "--output", str(target)) == build.TO_MEND
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "3 problems to mend\n"
    assert target.read_text(encoding="utf-8") == expected


def test_output_file_is_plain_though_someone_watches(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    run(project.section(BAD_SECTION), "check", "--output", str(tmp_path / "problems"))
    text = (tmp_path / "problems").read_text(encoding="utf-8")
    assert text.startswith("content/start.yaml:2:1: unknown key 'ledd' [schema]\n    mend: ")
    assert "\x1b" not in text


def test_output_file_that_cannot_be_written_is_a_problem(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "problems").mkdir()
    assert run(project, "check", "--output", str(tmp_path / "problems")) == build.TO_MEND
    assert "this is a folder, not a file [output]" in capsys.readouterr().out


# The rules.


def test_rules_are_listed_with_severity_and_first_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["check", "--rules"]) == build.DONE
    out, err = capsys.readouterr()
    assert err == ""
    lines = {line.split()[0]: line.split(maxsplit=2)[1:] for line in out.splitlines()}
    assert [name for name in lines if name in {rule.ID for rule in CHECKS}] == [rule.ID for rule in CHECKS]
    assert lines["figure-cited"] == [figure_cited.SEVERITY, "Every figure and table is named by a paragraph above it."]


def test_explained_rule_prints_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["check", "--explain", "figure-cited"]) == build.DONE
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith(
        f"figure-cited ({figure_cited.SEVERITY})\n\nEvery figure and table is named by a paragraph above it."
    )
    assert "\nWhy:  a reader who meets a figure unannounced" in out


def test_unknown_rule_is_wrong_usage_that_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        build.main(["check", "--explain", "figur-cited"])
    assert caught.value.code == build.USAGE
    assert "no rule is called 'figur-cited': did you mean 'figure-cited'" in capsys.readouterr().err


# The last good PDF.


@pytest.fixture
def last_good(project: Project) -> Path:
    project.write("build/report.pdf", GOOD_PDF)
    return project.folder / "build" / "report.pdf"


def assert_untouched(last_good: Path) -> None:
    assert last_good.read_bytes() == GOOD_PDF
    assert [path.name for path in last_good.parent.iterdir()] == ["report.pdf"]


def test_problem_in_content_leaves_the_last_good_pdf(project: Project, last_good: Path) -> None:
    assert run(project.section(BAD_SECTION)) == build.TO_MEND
    assert_untouched(last_good)


def test_problem_of_a_check_leaves_the_last_good_pdf(project: Project, last_good: Path) -> None:
    assert run(project.blocks("  - text: Se {borte}.\n")) == build.TO_MEND
    assert_untouched(last_good)


def test_problem_in_templates_leaves_the_last_good_pdf(project: Project, last_good: Path) -> None:
    assert run(project.write("templates/editions/report/cover.html.j2", "{{ nobody }}")) == build.TO_MEND
    assert_untouched(last_good)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize(
    "outcome",
    [ReportError([Problem(Place("a"), "r", "w", "m")]), RuntimeError("our bug"), KeyboardInterrupt()],
    ids=["problem", "fault", "interrupt"],
)
def test_failure_to_typeset_leaves_the_last_good_pdf(
    project: Project, last_good: Path, monkeypatch: pytest.MonkeyPatch, outcome: BaseException
) -> None:
    instead_of_typeset(monkeypatch, outcome)
    assert run(project) != build.DONE
    assert_untouched(last_good)


def test_failure_to_write_leaves_the_last_good_pdf_and_is_a_problem(
    project: Project, last_good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    instead_of_typeset(monkeypatch, b"%PDF-1.7 a new one")
    no_more_room(monkeypatch)
    assert run(project) == build.TO_MEND
    assert_untouched(last_good)
    assert "the file cannot be written: No space left on device [output]" in capsys.readouterr().out


# Writing whole.


def no_more_room(monkeypatch: pytest.MonkeyPatch, error: BaseException | None = None) -> None:
    def fsync(_: int) -> None:
        raise error or OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """Give a folder with one file that we may not write into; root may write anywhere, so root steps down."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.pdf").write_bytes(GOOD_PDF)
        folder.chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(NOBODY)
        yield folder
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_write_makes_the_folder_and_a_file_that_others_may_read(tmp_path: Path) -> None:
    target = tmp_path / "ut" / "her" / "a.pdf"
    umask = os.umask(0o022)
    try:
        Folder(target.parent).write(target.name, b"new")
    finally:
        os.umask(umask)
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert list(target.parent.iterdir()) == [target]


def test_write_keeps_to_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0o077)
    try:
        Folder(tmp_path).write("a.pdf", b"new")
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o600


def test_write_replaces_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old and longer")
    Folder(target.parent).write(target.name, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_write_into_a_read_only_folder_is_a_problem_and_changes_nothing(read_only_folder: Path) -> None:
    with pytest.raises(ReportError) as caught:
        Folder(read_only_folder).write("report.pdf", b"new")
    (problem,) = caught.value.problems
    assert problem.rule == "output"
    assert problem.what == "the file cannot be written: Permission denied"
    assert "name another folder" in problem.mend
    assert [path.name for path in read_only_folder.iterdir()] == ["report.pdf"]
    assert (read_only_folder / "report.pdf").read_bytes() == GOOD_PDF


def test_write_where_a_file_stands_for_the_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "ut").write_bytes(b"a file")
    with pytest.raises(ReportError, match=r"a\.pdf: the file cannot be written: File exists \[output\]"):
        Folder(tmp_path / "ut").write("a.pdf", b"new")
    assert (tmp_path / "ut").read_bytes() == b"a file"


def test_write_that_cannot_be_renamed_is_a_problem_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(ReportError, match=r"report\.pdf: the file cannot be written: a folder stands"):
        Folder(tmp_path).write("report.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


def test_write_that_cannot_be_renamed_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(GOOD_PDF)

    def replace(self: Path, onto: Path) -> Path:
        assert onto.read_bytes() == GOOD_PDF
        assert self.read_bytes() == b"new"
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(ReportError, match="the file cannot be written: Permission denied"):
        Folder(target.parent).write(target.name, b"new")
    monkeypatch.undo()
    assert_untouched(target)


@pytest.mark.parametrize(
    ("error", "raised"), [(None, ReportError), (KeyboardInterrupt(), KeyboardInterrupt)], ids=["no room", "interrupt"]
)
def test_write_that_breaks_off_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException | None, raised: type[BaseException]
) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(GOOD_PDF)
    no_more_room(monkeypatch, error)
    with pytest.raises(raised):
        Folder(target.parent).write(target.name, b"new")
    assert_untouched(target)


def test_problem_of_writing_names_a_file_below_this_folder_by_its_short_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(ReportError) as caught:
        Folder(tmp_path).write("report.pdf", b"new")
    assert str(caught.value.problems[0].place) == "report.pdf"


# Pages.

TYPED = "  - text: |\n      Se [side 99](#start).\n"


def test_check_of_pages_lays_out_and_makes_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project.blocks(TYPED), "check", "--pages") == build.TO_MEND
    out, err = capsys.readouterr()
    assert (
        "content/start.yaml:4:7: page 3: the link «side 99» leads to 'start'; it stands on page 3 [link-target]" in out
    )
    assert [line.split()[0] for line in err.splitlines()] == ["compose", "typeset", "1"]
    assert not (project.folder / "build").exists()


def test_check_without_pages_sees_nothing_of_them(project: Project) -> None:
    assert run(project.blocks(TYPED), "check") == build.DONE


def test_check_of_pages_begins_when_the_content_has_no_error(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project.blocks("  - text: Se {borte}.\n"), "check", "--pages") == build.TO_MEND
    out, err = capsys.readouterr()
    assert "[references-known]" in out
    assert "[link-target]" not in out
    assert err.splitlines()[-1] == "the pages are not checked: mend what stands above first"


def test_check_of_pages_tells_of_a_template_beside_what_the_content_has(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.blocks("  - text: Og og så videre.\n").write("templates/blocks/text.html.j2", "{{ blokk }}")
    assert run(project, "check", "--pages") == build.TO_MEND
    out = capsys.readouterr().out
    assert "[word-twice]" in out
    assert "templates/blocks/text.html.j2:1: " in out


@pytest.mark.long
def test_check_of_pages_gives_every_format_the_same_problems(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    run(project.blocks(TYPED), "check", "--pages", "--format", "sarif", "--quiet")
    log = json.loads(capsys.readouterr().out)["runs"][0]
    rules = [log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] for result in log["results"]]
    assert "link-target" in rules
    assert rules == [result["ruleId"] for result in log["results"]]
