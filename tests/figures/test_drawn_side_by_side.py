"""Scripts that run at the same time: none waits for another, meets another's things, or outlives what asked for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.projects import ROOT, Project

from press.figures import STYLE, Draughtsman, Drawing, FigureData
from press.figures.drawing import Job, _cores
from press.figures.keys import sources
from press.limits import Limits

BEGINNING = "import os, time\nfrom matplotlib.figure import Figure\n\ndef draw(data):\n"
END = "    return Figure(figsize=(2, 2))\n"
NONE = FigureData({}, {}, {})


@pytest.fixture(scope="module")
def draughtsman() -> Iterator[Draughtsman]:
    with Draughtsman(Limits(memory_mib=2000, cpu_s=20, wall_s=3)) as child:
        yield child


def job(draughtsman: Draughtsman, project: Project, figure_id: str, body: str = "") -> Job:
    project.write(f"figures/{figure_id}.py", BEGINNING + body + END)
    return Job(project.folder, figure_id, NONE, draughtsman.limits, sources(project.folder, figure_id))


@pytest.mark.long
def test_figure_that_takes_long_keeps_no_other_waiting(draughtsman: Draughtsman, project: Project) -> None:
    if _cores() < 2:
        pytest.skip("one processor draws one figure at a time")
    names = {"treg": "    time.sleep(1)\n", "f1": "", "f2": ""}
    jobs = [job(draughtsman, project, name, body) for name, body in names.items()]
    assert [figure_id for figure_id, _ in draughtsman.drawn(jobs)] == ["f1", "f2", "treg"]


@pytest.mark.long
def test_figure_that_never_ends_is_named_and_the_others_drawn(draughtsman: Draughtsman, project: Project) -> None:
    never = "    while True:\n        time.sleep(0.01)\n"
    ends = "    os._exit(3)\n"
    jobs = [job(draughtsman, project, *each) for each in (("a", never), ("b", ends), ("c",), ("d", never), ("e",))]
    found = dict(draughtsman.drawn(jobs))
    assert {name for name, each in found.items() if isinstance(each, Drawing)} == {"c", "e"}
    said = {name: each[0].what for name, each in found.items() if isinstance(each, tuple)}
    assert said["a"] == said["d"] == "the script takes more than 3 seconds"
    assert said["b"] == "the script ends the program that runs it"


@pytest.mark.long
def test_each_figure_has_its_own_style_sheet(draughtsman: Draughtsman, project: Project) -> None:
    """As when it is saved while the scripts are read."""
    for size in range(1, 7):
        project.write(f"figures/f{size}.py", f"{BEGINNING}    return Figure()\n")
    jobs = []
    for size in range(1, 7):
        project.write(STYLE, f"figure.figsize: {size}, 1\n")
        read = sources(project.folder, f"f{size}")
        jobs.append(Job(project.folder, f"f{size}", NONE, draughtsman.limits, read))
    found = dict(draughtsman.drawn(jobs))
    widths = {name: each.width_mm / 25.4 for name, each in found.items() if isinstance(each, Drawing)}
    assert widths == pytest.approx({f"f{size}": size for size in range(1, 7)})


@pytest.mark.long
def test_scripts_end_with_whoever_asked_for_them(project: Project, capfd: pytest.CaptureFixture[str]) -> None:
    body = "    print(os.getpid())\n    time.sleep(60)\n"
    with Draughtsman() as child:
        child._ask([job(child, project, name, body) for name in ("en", "to")])
        told = ""
        deadline = time.monotonic() + 30
        while told.count("\n") < min(2, _cores()) and time.monotonic() < deadline:
            told += capfd.readouterr().err
            time.sleep(0.05)
        folder = Path(child._folder.name)
    processes = [int(line.split()[-1]) for line in told.splitlines()]
    assert len(processes) == min(2, _cores())
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    assert not folder.exists()


@pytest.mark.long
def test_one_after_the_other_where_a_system_cannot_fork(project: Project, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os\nos.__dict__.pop('fork', None)\n", encoding="utf-8")
    for name, body in (("en", ""), ("to", "    os._exit(3)\n"), ("tre", "")):
        project.write(f"figures/{name}.py", BEGINNING + body + END)
    program = (
        "import sys; from pathlib import Path; from press.errors import FigureError\n"
        "from press.figures import FigureData, draw_all\n"
        "from press.cache import Cache\n"
        "try:\n"
        f"    draw_all(Path({str(project.folder)!r}), dict.fromkeys(['en', 'to', 'tre'], FigureData({{}}, {{}}, {{}})),"
        f" print, Cache(Path({str(tmp_path / 'cache')!r})))\n"
        "except FigureError as error:\n"
        "    print(*error.problems)\n"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[:3] == ["en", "to", "tre"]
    assert "figures/to.py: the script ends the program that runs it" in run.stdout
    assert len(list((tmp_path / "cache").glob("figure.*"))) == 2
