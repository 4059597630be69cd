"""Whole or not at all: builds that are killed, that run out of room, and that meet each other.

After each of them the folder holds a whole PDF, the last good one or the new one, and no checksum but its own; and the
build after it leaves nothing there but its own two files. Builds are killed at each step that they tell of and at
moments spread over the clock; their writing is killed before every line of it, which is finer than any clock.

What ends with a signal runs in a process of its own: a function of this module whose name is handed to `process`.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import itertools
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from support.projects import ROOT, SECTION_FILE, Project, small_project

import build
from press.door import files as door_files
from press.door.building import PAGE_MAP
from press.door.console import Console
from press.door.files import Folder
from press.errors import ReportError
from press.writers.pdf import sealed
from press.writers.pdf.typeset import Typeset

pytestmark = pytest.mark.long

PDF, CHECKSUM = "report.pdf", "report.pdf.sha256"
OLD_WORD, NEW_WORD = "Første", "Andre"
NOBODY = 65534
PATIENCE_S = 120
"""How long a test waits for a process that must end; it ends in a few seconds, or never."""
ENDLESS = '{{ block.text|prose }}<table><tr><td colspan="10000000">1</td></tr></table>'
"""WeasyPrint 70 lays this out column by column: it takes more time and memory than anybody has."""

STEPS = (
    "stage load",
    "stage check",
    "stage compose",
    "stage typeset",
    "detail 1",  # a part is laid out
    "detail 2",
    "detail 3",
    "detail 4",
    "writing",
    "mapping",
    "done",
)
CLOCK = 10
"""How many moments are spread over the time that a build takes."""


def process(function: Callable[..., None], *arguments: object) -> subprocess.Popen[str]:
    """Call a function of this module in another process, the first of a group of its own."""
    code = "import sys, test_crashes as here; getattr(here, sys.argv[1])(*sys.argv[2:])"
    return subprocess.Popen(
        [sys.executable, "-B", "-c", code, function.__name__, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "tests", Path(__file__).parent]))},
        start_new_session=True,
    )


def finished(started: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait until all who could print are gone, its children too; returns the exit code and what was printed."""
    with started:
        try:
            out, _ = started.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            raise
    return started.returncode, out


def run(project: Project, *arguments: str) -> int:
    return build.main(["report", "--quiet", "--project", str(project.folder), *arguments])


class StandIn(nullcontext["StandIn"]):
    """Typesets nothing, and has a PDF ready."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf

    def __enter__(self) -> StandIn:
        return self

    def typeset(self, *_: object, **__: object) -> Typeset:
        return Typeset(self.pdf, pages={}, places={}, page_count=5, layouts=4)


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give other processes a folder for temporary files that is cleared away with those of the tests."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


# What must hold, whatever happened.


def checksum(pdf: bytes) -> bytes:
    return f"{hashlib.sha256(pdf).hexdigest()}  {PDF}\n".encode("ascii")


def assert_whole(files: dict[str, bytes], *allowed: bytes, story: str = "") -> None:
    """See that the PDF is one of those allowed, and that there is no checksum but its own."""
    assert files[PDF] in allowed, story
    assert files.get(CHECKSUM, checksum(files[PDF])).startswith(checksum(files[PDF])), story


def assert_clean(files: dict[str, bytes], pdf: bytes, story: str = "") -> None:
    """See that the folder holds this PDF, its checksum, perhaps a page map, and nothing else."""
    assert files.keys() - {PAGE_MAP} == {PDF, CHECKSUM}, story
    assert_whole(files, pdf, story=story)


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@dataclass(frozen=True)
class Good:
    """A small publication before and after a word was changed."""

    old: bytes
    new: bytes
    old_map: bytes
    new_map: bytes
    takes_s: float
    """How long a build takes here."""

    def changed(self, folder: Path) -> Project:
        """Make the publication as it stands when the word is changed and the PDF is still the old one."""
        project = changed(folder).write(f"build/{PDF}", self.old).write(f"build/{CHECKSUM}", checksum(self.old))
        return project.write(f"build/{PAGE_MAP}", self.old_map)


def changed(folder: Path) -> Project:
    return small_project(folder).change(SECTION_FILE, OLD_WORD, NEW_WORD)


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Good:
    folder = tmp_path_factory.mktemp("good")
    before, after = small_project(folder / "before"), changed(folder / "after")
    assert run(after) == build.DONE
    started = time.perf_counter()
    subprocess.run([sys.executable, ROOT / "build.py", "--quiet", "--project", before.folder], check=True)
    takes_s = time.perf_counter() - started
    old, new = (read(project.folder / "build") for project in (before, after))
    assert_clean(old, old[PDF])
    assert_clean(new, new[PDF])
    assert old[PDF] != new[PDF]
    assert old[PAGE_MAP] != new[PAGE_MAP]
    return Good(old[PDF], new[PDF], old[PAGE_MAP], new[PAGE_MAP], takes_s)


def assert_survived(project: Project, good: Good) -> None:
    """See what a killed build left, and that the next one makes the new PDF and leaves nothing else.

    A page map is of the state that it names, and whole; it need not be of the PDF that it lies beside.
    """
    folder = project.folder / "build"
    left = read(folder)
    assert_whole(left, good.old, good.new)
    assert left[PAGE_MAP] in {good.old_map, good.new_map}
    assert left[PDF] == good.new or left[PAGE_MAP] == good.old_map
    assert run(project) == build.DONE
    assert_clean(read(folder), good.new)
    assert read(folder)[PAGE_MAP] == good.new_map


# Killed builds.


def build_and_be_killed(step: str, folder: str) -> None:
    """Build, and kill the whole group when a step is reached."""
    kind, _, which = step.partition(" ")
    count = itertools.count(1)

    def reached(line: object) -> bool:
        return which in {"", str(next(count)) if kind == "detail" else line}

    def killing(old: Callable[..., Any]) -> Callable[..., Any]:
        def replacement(itself: object, line: object, *given: object) -> Any:
            if reached(line):
                os.killpg(0, signal.SIGKILL)
            return old(itself, line, *given)

        return replacement

    writers = {"writing": "write_with_checksum", "mapping": "write"}
    where, name = (Folder, writers[kind]) if kind in writers else (Console, kind)
    setattr(where, name, killing(getattr(where, name)))
    build.main(["report", "--project", folder])


@pytest.mark.parametrize("step", STEPS)
def test_build_that_is_killed_at_a_step_leaves_a_whole_pdf(good: Good, tmp_path: Path, step: str) -> None:
    project = good.changed(tmp_path / "publication")
    exit_code, out = finished(process(build_and_be_killed, step, project.folder))
    assert exit_code == -signal.SIGKILL, out
    assert_survived(project, good)


@pytest.mark.parametrize("moment", range(CLOCK))
def test_build_that_is_killed_at_a_moment_leaves_a_whole_pdf(good: Good, tmp_path: Path, moment: int) -> None:
    project = good.changed(tmp_path / "publication")
    command = [sys.executable, ROOT / "build.py", "--quiet", "--project", project.folder]
    with subprocess.Popen(command, start_new_session=True) as started:
        try:
            started.wait(good.takes_s * (moment + 0.5) / CLOCK)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
    assert_survived(project, good)


def test_first_build_that_is_killed_leaves_no_pdf_and_the_next_is_whole(good: Good, tmp_path: Path) -> None:
    project = changed(tmp_path / "publication")
    exit_code, out = finished(process(build_and_be_killed, "writing", project.folder))
    assert exit_code == -signal.SIGKILL, out
    assert not (project.folder / "build" / PDF).exists()
    assert run(project) == build.DONE
    assert_clean(read(project.folder / "build"), good.new)


# Writing that is broken off before each of its lines.

SMALL_OLD, SMALL_NEW = b"%PDF-1.7 the last good one", b"%PDF-1.7 the new one " + b"x" * 20_000
BEFORE: dict[str, dict[str, bytes]] = {
    "over a pdf with its checksum": {PDF: SMALL_OLD, CHECKSUM: checksum(SMALL_OLD)},
    "over a pdf alone": {PDF: SMALL_OLD},
    "over nothing": {},
}
FIRST, *_ = BEFORE
BREAKS: dict[str, type[BaseException] | None] = {"killed": None, "disk full": OSError, "interrupt": KeyboardInterrupt}
ENDS = {"killed": -signal.SIGKILL, "disk full": build.TO_MEND, "interrupt": build.STOPPED}
FEWEST_LINES = 40


@dataclass(frozen=True)
class Broken:
    """What a writing that was broken off left, and what stood there after the next."""

    line: str
    exit_code: int
    left: dict[str, bytes]
    after_next: dict[str, bytes]


def break_writing_at_every_line(folder: str, how: str, before: str) -> None:
    """Write in forked processes, each broken off one line later than the one before, until one comes through."""
    target = Path(folder) / PDF
    for number in itertools.count(1):
        shutil.rmtree(folder, ignore_errors=True)
        target.parent.mkdir()
        for name, data in BEFORE[before].items():
            (target.parent / name).write_bytes(data)
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os._exit(_write_broken_off(target, how, number, writer))
        os.close(writer)
        with open(reader, encoding="utf-8") as told:
            line = told.read()
        _, status = os.waitpid(child, 0)
        left = _shown(read(target.parent))
        Folder(target.parent).write_with_checksum(PDF, SMALL_NEW)
        print(json.dumps([line, os.waitstatus_to_exitcode(status), left, _shown(read(target.parent))]))
        if not line:
            return


def _shown(files: dict[str, bytes]) -> dict[str, str]:
    return {name: data.decode("ascii") for name, data in files.items()}


def _write_broken_off(target: Path, how: str, number: int, writer: int) -> int:
    lines = itertools.count(1)

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != door_files.__file__:
            return None
        if event == "line" and next(lines) == number:
            os.write(writer, f"{frame.f_code.co_name}:{frame.f_lineno}".encode())
            error = BREAKS[how]
            if error is None:
                os.kill(os.getpid(), signal.SIGKILL)
            else:
                raise error(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return trace

    sys.settrace(trace)
    try:
        Folder(target.parent).write_with_checksum(PDF, SMALL_NEW)
    except (ReportError, OSError):
        return build.TO_MEND
    except KeyboardInterrupt:
        return build.STOPPED
    return build.DONE


@pytest.mark.parametrize(
    ("how", "before"),
    [*(("killed", before) for before in BEFORE), ("disk full", FIRST), ("interrupt", FIRST)],
    ids=lambda name: name,
)
def test_writing_that_is_broken_off_before_any_line_leaves_a_whole_pdf(tmp_path: Path, how: str, before: str) -> None:
    exit_code, out = finished(process(break_writing_at_every_line, tmp_path / "ut", how, before))
    assert exit_code == 0, out
    *broken, whole = [
        Broken(line, ended, *({name: text.encode() for name, text in files.items()} for files in (left, after)))
        for line, ended, left, after in map(json.loads, out.splitlines())
    ]
    assert len(broken) > FEWEST_LINES
    for each in broken:
        story = f"{how} before {each.line}"
        if how == "disk full" and each.exit_code == build.DONE:
            assert each.left[PDF] == SMALL_NEW, story  # the file system refused the lock alone
        else:
            assert each.exit_code == ENDS[how], story
        if PDF in each.left or BEFORE[before]:
            assert_whole(each.left, SMALL_OLD, SMALL_NEW, story=story)
        assert_clean(each.after_next, SMALL_NEW, story)
    assert whole.exit_code == build.DONE
    assert_clean(whole.left, SMALL_NEW)
    both = {each.left.get(PDF) for each in broken}
    assert both == {BEFORE[before].get(PDF), SMALL_NEW}  # it was broken off on both sides of the rename


def write_half_and_be_killed(folder: str, share: str) -> None:
    """Be killed by the system in the middle of a write, when so many parts of the file are written."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(len(SMALL_NEW) * float(share)),) * 2)
    Folder(Path(folder)).write_with_checksum(PDF, SMALL_NEW)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_writing_that_is_killed_half_way_through_a_file_leaves_a_whole_pdf(tmp_path: Path, share: float) -> None:
    before = {PDF: SMALL_OLD, CHECKSUM: checksum(SMALL_OLD)}
    for name, data in before.items():
        (tmp_path / name).write_bytes(data)
    exit_code, out = finished(process(write_half_and_be_killed, tmp_path, share))
    assert exit_code == -signal.SIGXFSZ, out
    left = read(tmp_path)
    assert {name: left.pop(name) for name in before} == before
    assert [len(data) for data in left.values()] == [int(len(SMALL_NEW) * share)]
    Folder(tmp_path).write_with_checksum(PDF, SMALL_NEW)
    assert_clean(read(tmp_path), SMALL_NEW)


# No room, no right.


def build_with_little_room(folder: str, room: str) -> None:
    """Build where no file may be larger than so many bytes; the layout is not run."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), resource.RLIM_INFINITY))
    sealed.Typesetter = lambda cache: StandIn(SMALL_NEW)
    sys.exit(run(Project(Path(folder))))


@pytest.mark.parametrize("room", [0, 1, len(SMALL_NEW) // 2, len(SMALL_NEW) - 1])
def test_build_without_room_for_its_pdf_is_a_problem_and_keeps_the_last_good_one(
    good: Good, tmp_path: Path, room: int
) -> None:
    project = good.changed(tmp_path / "publication")
    exit_code, out = finished(process(build_with_little_room, project.folder, room))
    assert exit_code == build.TO_MEND, out
    assert "the file cannot be written: File too large [output]" in out
    assert "make room" in out
    assert_clean(read(project.folder / "build"), good.old)


def build_without_room_for_fonts(folder: str) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, resource.RLIM_INFINITY))
    sys.exit(run(Project(Path(folder))))


def test_build_without_room_for_temporary_files_is_a_problem_and_keeps_the_last_good_pdf(
    good: Good, tmp_path: Path, temporary: Path
) -> None:
    project = good.changed(tmp_path / "publication")
    exit_code, out = finished(process(build_without_room_for_fonts, project.folder))
    assert exit_code == build.TO_MEND, out
    assert "the fonts cannot be unpacked for layout: File too large [limits]" in out
    assert "TMPDIR" in out
    assert_clean(read(project.folder / "build"), good.old)
    assert list(temporary.iterdir()) == []


@pytest.fixture
def read_only(good: Good) -> Iterator[Project]:
    """Give a publication whose output folder we may read only; root may write anywhere, so root steps down."""
    with tempfile.TemporaryDirectory() as name:
        project = good.changed(Path(name))
        for path in (project.folder, *project.folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        (project.folder / "build").chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(NOBODY)
        yield project
        if is_root:
            os.seteuid(0)
        (project.folder / "build").chmod(0o755)


def test_build_into_a_read_only_folder_is_a_problem_and_keeps_the_last_good_pdf(
    good: Good, read_only: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sealed, "Typesetter", lambda cache: StandIn(good.new))
    assert run(read_only) == build.TO_MEND
    assert "the file cannot be written: Permission denied [output]" in capsys.readouterr().out
    assert_clean(read(read_only.folder / "build"), good.old)


def test_pdf_that_cannot_be_replaced_keeps_its_checksum(tmp_path: Path) -> None:
    """On Windows that is a PDF that somebody reads; here a folder stands in its place."""
    (tmp_path / PDF).mkdir()
    (tmp_path / CHECKSUM).write_bytes(checksum(SMALL_OLD))
    with pytest.raises(ReportError, match="cannot be written"):
        Folder(tmp_path).write_with_checksum(PDF, SMALL_NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == [PDF, CHECKSUM]
    assert (tmp_path / CHECKSUM).read_bytes() == checksum(SMALL_OLD)


# What killed builds left, and builds that meet.


def test_what_killed_builds_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    left_over = [f".{name}.k2j4h6g8{door_files.TEMPORARY}" for name in (PDF, CHECKSUM, "start.html")]
    others = [f".{PDF}.swp", f"{PDF}~", ".hidden", f"notes{door_files.TEMPORARY}", f".{PDF}.k2j4h6g8", "report.tmp"]
    for name in left_over + others:
        (tmp_path / name).write_bytes(b"something")
    Folder(tmp_path).write(PDF, SMALL_NEW)
    assert {path.name for path in tmp_path.iterdir()} == {PDF, *others}


def test_temporary_file_of_a_build_that_is_writing_is_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / f".{PDF}.k2j4h6g8{door_files.TEMPORARY}"
    must_wait = threading.Event()
    lock = fcntl.flock

    def tell_of_waiting(folder: int, operation: int) -> None:
        try:
            lock(folder, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            must_wait.set()
            lock(folder, operation)

    with door_files._writing(tmp_path / PDF):
        temporary.write_bytes(b"half a PDF")
        monkeypatch.setattr(fcntl, "flock", tell_of_waiting)
        other = threading.Thread(target=Folder(tmp_path).write_with_checksum, args=(PDF, SMALL_NEW))
        other.start()
        assert must_wait.wait(PATIENCE_S)
        assert read(tmp_path) == {temporary.name: b"half a PDF"}
        temporary.unlink()
    other.join(PATIENCE_S)
    assert_clean(read(tmp_path), SMALL_NEW)


def test_file_system_without_locks_is_written_to_and_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    left_over = tmp_path / f".{PDF}.k2j4h6g8{door_files.TEMPORARY}"
    left_over.write_bytes(b"perhaps of a build that is writing")
    monkeypatch.setattr(fcntl, "flock", refuse)
    Folder(tmp_path).write_with_checksum(PDF, SMALL_NEW)
    assert {path.name for path in tmp_path.iterdir()} == {PDF, CHECKSUM, left_over.name}
    assert_whole(read(tmp_path), SMALL_NEW)


def test_two_builds_at_once_into_one_folder_both_end_whole(good: Good, tmp_path: Path) -> None:
    before, after = small_project(tmp_path / "before"), changed(tmp_path / "after")
    command = [sys.executable, ROOT / "build.py", "--quiet", "--output", tmp_path / "ut", "--project"]
    with subprocess.Popen([*command, before.folder]) as one, subprocess.Popen([*command, after.folder]) as other:
        assert (one.wait(PATIENCE_S), other.wait(PATIENCE_S)) == (build.DONE, build.DONE)
    files = read(tmp_path / "ut")
    assert_whole(files, good.old, good.new)
    assert files[PAGE_MAP] in {good.old_map, good.new_map}
    assert set(files) == {PDF, CHECKSUM, PAGE_MAP}


WRITERS, TIMES = 4, 25


def write_often(folder: str, letter: str) -> None:
    """Say that all is ready, wait for the word, and write many times."""
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(TIMES):
        Folder(Path(folder)).write_with_checksum(PDF, f"{letter} {number}".encode() * 10_000)


def test_many_writers_at_once_leave_one_whole_file_with_its_own_checksum(tmp_path: Path) -> None:
    writers = [process(write_often, tmp_path, letter) for letter in "abcdefgh"[:WRITERS]]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [finished(writer) for writer in writers] == [(0, "")] * WRITERS
    last = [f"{letter} {TIMES - 1}".encode() * 10_000 for letter in "abcdefgh"[:WRITERS]]
    files = read(tmp_path)
    assert_whole(files, *last)
    assert set(files) == {PDF, CHECKSUM}


# No child survives its parent.


def build_and_be_killed_alone(folder: str, step: str, name: str) -> None:
    """Build, and be killed without the child that lays out."""

    def end(*_: object) -> None:
        os.kill(os.getpid(), getattr(signal, name))

    setattr(Console, step, end)
    build.main(["report", "--project", folder])


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM"])
@pytest.mark.parametrize("step", ["stage", "detail"], ids=["while the child waits", "while the child lays out"])
def test_no_child_and_no_temporary_file_survives_a_build_that_is_killed_alone(
    good: Good, tmp_path: Path, temporary: Path, step: str, name: str
) -> None:
    project = good.changed(tmp_path / "publication").write("templates/blocks/text.html.j2", ENDLESS)
    # The child prints into the same pipe, which is at its end only when the child is gone, too.
    exit_code, out = finished(process(build_and_be_killed_alone, project.folder, step, name))
    assert exit_code == -getattr(signal, name), out
    assert list(temporary.iterdir()) == []
    assert_clean(read(project.folder / "build"), good.old)
