"""Streams that are closed or full: a build goes on without them, and what was found is never lost without a word."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest
from support.cases import rest_long
from support.projects import Project

import build

BAD = "  - text: Se {borte}.\n"
FOUND = "content/start.yaml:3:14: nothing has the id 'borte'"


def door(project: Project, command: str, streams: str) -> subprocess.CompletedProcess[str]:
    """Go through the door with streams as a shell lays them."""
    words = [sys.executable, "-B", build.__file__, command, "--project", str(project.folder)]
    line = f"{shlex.join(words)} {streams}"
    return subprocess.run(["bash", "-c", line], capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("streams", rest_long(["2>&- <&-", "2>&-", "2>/dev/full"]))
def test_problems_are_told_and_counted_without_stderr(project: Project, streams: str) -> None:
    done = door(project.blocks(BAD), "check", streams)
    assert (done.returncode, done.stderr) == (build.TO_MEND, "")
    assert done.stdout.startswith(FOUND)


@pytest.mark.long
@pytest.mark.parametrize("streams", [">&- 2>&- <&-", "2>&-", "2>/dev/full", "2> >(head -c 3 >/dev/null)"])
def test_build_goes_on_without_stderr(project: Project, streams: str) -> None:
    done = door(project, "report", streams)
    assert (done.returncode, done.stdout) == (build.DONE, "")
    assert (project.folder / "build/report.pdf").read_bytes().endswith(b"%%EOF\n")


def test_closed_stdout_does_not_become_a_file_of_the_build(project: Project) -> None:
    done = door(project.blocks(BAD), "check", ">&-")
    assert (done.returncode, done.stderr) == (build.TO_MEND, "1 problem to mend\n")


@pytest.mark.parametrize("command", rest_long(["check", "report"]))
def test_full_stdout_is_told(project: Project, command: str) -> None:
    done = door(project.blocks(BAD), command, ">/dev/full")
    assert done.returncode == build.TO_MEND
    assert "what was found cannot be written to the output: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", rest_long(["check", "report"]))
def test_reader_that_has_gone_is_no_fault(project: Project, command: str) -> None:
    done = door(project.blocks(BAD), command, "> >(exec <&-); sleep 0.1")
    assert "Traceback" not in done.stderr
