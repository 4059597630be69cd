"""Figure scripts that do not end, eat, write, read, connect or ask: each is named, and none of them harms."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.cases import rest_long
from support.projects import ROOT, Project

from press.errors import FigureError, Place, Problem
from press.figures import Draughtsman, FigureData, draw_all
from press.limits import Limits

SCRIPT = "figures/figur_en.py"
DATA = FigureData({"axis": "Tid"}, {}, {})
LIMITS = Limits(memory_mib=700, cpu_s=2, wall_s=60)
BEGINNING = "import os, sys, time\nfrom matplotlib.figure import Figure\n\ndef draw(data):\n"
"""Four lines, so that what follows begins in line 5."""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits less, and cannot fork")


@pytest.fixture(scope="module")
def draughtsman() -> Iterator[Draughtsman]:
    with Draughtsman(LIMITS) as child:
        yield child


def problems(draughtsman: Draughtsman, project: Project, body: str) -> tuple[Problem, ...]:
    """Draw with a script whose draw(data) has these lines, and then returns a figure."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    project.write(SCRIPT, f"{BEGINNING}{lines}    return Figure()\n")
    with pytest.raises(FigureError) as caught:
        draughtsman.draw(project.folder, "figur-en", DATA)
    return caught.value.problems


UNENDING = {
    "memory": ("x = 'a' * 10**10", "the script takes more than 700 MiB of memory"),
    "memory, bit by bit": (
        "x = []\nwhile True: x.append(bytearray(10**8))",
        "the script takes more than 700 MiB of memory",
    ),
    "os._exit": ("os._exit(0)", "the script ends the program that runs it"),
    "a crash": ("os.abort()", "the script is ended by the system (signal 6), as when it takes too much memory"),
    "sys.exit": ("sys.exit(3)", "SystemExit: 3"),
    "an interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt: "),
    "itself without end": ("return draw(data)", "RecursionError: maximum recursion depth exceeded"),
    "endless loop": ("while True: pass", "the script takes more than 2 seconds of processor time"),
    "waiting": ("time.sleep(1000)", "the script takes more than 1 seconds"),
}


@pytest.mark.parametrize(("body", "what"), rest_long(UNENDING.values(), 7), ids=UNENDING)
def test_script_that_breaks_a_limit_is_named(draughtsman: Draughtsman, project: Project, body: str, what: str) -> None:
    draughtsman.limits = replace(LIMITS, wall_s=1) if "sleep" in body else LIMITS
    (problem,) = problems(draughtsman, project, body)
    assert problem.place.file == SCRIPT
    assert problem.what.startswith(what)
    assert problem.mend


FORBIDDEN = {
    "a file is read": ("open('{folder}/content/report.yaml').read()", "it reads the file content/report.yaml"),
    "a file is read, and the refusal swallowed": (
        "try: open('/etc/passwd')\nexcept OSError: pass",
        "it reads the file /etc/passwd",
    ),
    "a file beside it is read": ("open('{folder}/figures/data.csv')", "it reads the file figures/data.csv"),
    "a folder is looked into": ("os.listdir('{folder}/content')", "it looks into the folder content"),
    "a file is written": ("open('{folder}/figures/ut.txt', 'w').write('x')", "it writes the file figures/ut.txt"),
    "a file is written by its number": ("os.open('{folder}/ut', os.O_CREAT | os.O_WRONLY)", "it writes the file ut"),
    "a figure is saved": ("Figure().savefig('{folder}/build/x.png')", "it writes the file build/x.png"),
    "a source is deleted": ("os.remove('{folder}/content/report.yaml')", "it makes, changes or deletes files"),
    "a folder is made": ("os.makedirs('{folder}/ny/ny')", "it makes, changes or deletes files"),
    "a connection": ("import socket\nsocket.create_connection(('127.0.0.1', {port}))", "it opens a connection"),
    "an address": (
        "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}/')",
        "it opens a connection",
    ),
    "a program": ("import subprocess\nsubprocess.run(['true'])", "it starts or ends another program"),
    "a command": ("os.system('true')", "it starts or ends another program"),
    "a fork": ("os.fork()", "it starts or ends another program"),
    "TeX": ("f = Figure()\nf.text(0.5, 0.5, 'x', usetex=True)\nreturn f", "it "),
    "a question": ("input('Navn? ')", "it asks a question and waits for the answer"),
}


@pytest.mark.parametrize(("body", "what"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_script_that_does_more_than_draw_is_refused_at_its_line(
    draughtsman: Draughtsman, project: Project, body: str, what: str
) -> None:
    project.write("figures/data.csv", "1;2\n")
    before = {path: path.is_dir() or path.read_bytes() for path in project.folder.rglob("*")}
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        found = problems(
            draughtsman, project, body.replace("{folder}", str(project.folder)).replace("{port}", str(port))
        )
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert found[0].what.startswith(f"the script: {what}")
    assert found[0].place.file == SCRIPT
    assert found[0].place.line >= 5 or "TeX" in body or "usetex" in body
    after = {path: path.is_dir() or path.read_bytes() for path in project.folder.rglob("*")}
    after.pop(project.folder / SCRIPT)
    assert after == before


@pytest.mark.parametrize(
    "size", ["(0, 0)", "(0, 3)", "(40000, 3)", "(3, 0.1)", "(3, float('nan'))", "(3, float('inf'))", "(-3, 3)"]
)
def test_canvas_of_no_size_or_of_a_kilometre_is_refused(draughtsman: Draughtsman, project: Project, size: str) -> None:
    (problem,) = problems(draughtsman, project, f"return Figure(figsize={size})")
    assert problem.place.file == SCRIPT
    assert "mm wide" in problem.what or "figure size" in problem.what.lower() or "finite" in problem.what.lower()


@pytest.mark.long
def test_what_a_script_prints_goes_to_stderr_with_its_name(
    draughtsman: Draughtsman, project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    body = "print('hei')\nsys.stderr.write('og hå')\nprint('under', file=sys.__stdout__, flush=True)\nos.write(1, b'x')"
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    project.write(SCRIPT, f"{BEGINNING}{lines}    for n in range(1000): print(n)\n    return Figure()\n")
    with Draughtsman() as child:
        child.draw(project.folder, "figur-en", DATA)
    out, err = capfd.readouterr()
    assert out == ""
    assert "figures/figur_en.py prints: hei\n" in err
    assert "og hå" in err
    assert err.count("\n") < 120


@pytest.mark.long
def test_every_script_is_drawn_though_one_breaks_a_limit_and_all_problems_are_told(project: Project) -> None:
    scripts = {"en": "os._exit(0)", "to": "pass", "tre": "open('x', 'w')"}
    for name, body in scripts.items():
        project.write(f"figures/{name}.py", f"{BEGINNING}    {body}\n    return Figure()\n")
    told: list[str] = []
    before = multiprocessing.active_children()
    with pytest.raises(FigureError) as caught:
        draw_all(project.folder, dict.fromkeys(scripts, DATA), told.append)
    assert sorted(told) == ["en", "to", "tre"]
    assert [str(each.place) for each in caught.value.problems] == ["figures/en.py", "figures/tre.py:5"]
    assert multiprocessing.active_children() == before


@pytest.mark.long
def test_settings_of_the_user_and_of_the_folder_have_no_effect(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"{BEGINNING}    f = Figure()\n    f.add_subplot().set_xlabel(data.labels['axis'])\n    return f\n"
    project.write(SCRIPT, script)
    plain = draw_all(project.folder, {"figur-en": DATA})
    settings = "savefig.bbox: tight\nfigure.autolayout: True\nfont.size: 3\nfigure.dpi: 300\naxes.facecolor: red\n"
    for place in (tmp_path / "home/.config/matplotlib", tmp_path / "here", project.folder, project.folder / "figures"):
        place.mkdir(parents=True, exist_ok=True)
        (place / "matplotlibrc").write_text(settings)
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "here/matplotlibrc"))
    monkeypatch.setenv("MPLBACKEND", "no-such-backend")
    assert draw_all(project.folder, {"figur-en": DATA}) == plain


@pytest.mark.long
def test_no_process_and_no_file_outlives_a_parent_that_is_killed(project: Project, tmp_path: Path) -> None:
    project.write(SCRIPT, f"{BEGINNING}    print(os.getpid(), os.getppid())\n    time.sleep(60)\n    return Figure()\n")
    program = (
        "import sys; from pathlib import Path; from press.figures import FigureData, draw_all\n"
        "if __name__ == '__main__':\n"
        f"    draw_all(Path({str(project.folder)!r}), {{'figur-en': FigureData({{}}, {{}}, {{}})}})"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE, text=True)
    assert parent.stderr is not None
    line = parent.stderr.readline()
    assert line.startswith("figures/figur_en.py prints: "), line
    children = [int(word) for word in line.split()[-2:]]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stderr.close()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and (any(map(_lives, children)) or list(tmp_path.glob("press-*"))):
        time.sleep(0.05)
    assert not any(map(_lives, children))
    assert list(tmp_path.glob("press-*")) == []


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_problem_names_the_script_by_its_place_in_the_project(draughtsman: Draughtsman, project: Project) -> None:
    (problem,) = problems(draughtsman, project, "x = 1\nopen('fil.txt', 'w')")
    assert problem.place == Place(SCRIPT, 6)
    assert problem.mend == "take that out: the figure that draw(data) returns is saved for it"
