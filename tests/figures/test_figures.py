"""Figure scripts run: what they draw, what goes wrong in them, and what they must not leave behind."""

from __future__ import annotations

import os
import py_compile
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from support.projects import ROOT, Project

from press.content.report import DataFile, FigureSource, ReadTable
from press.content.strict_yaml import Located
from press.errors import FigureError, Place, Problem
from press.figures import STYLE, Draughtsman, Drawing, FigureData, figure_data

SCRIPT = "figures/figur_en.py"
DATA = FigureData({"axis": "Tid"}, {"points": ({"x": 1, "name": "A"}, {"x": 2.5, "name": None})}, {})
BEGINNING = "from matplotlib.figure import Figure\n\n\n"
"""Three lines, so that what follows begins in line 4."""


@pytest.fixture(scope="module", autouse=True)
def draughtsman() -> Iterator[Draughtsman]:
    """Let one child process run the scripts of all tests here: starting it is what takes its time."""
    with Draughtsman() as child:
        CHILD.append(child)
        yield child
        CHILD.clear()


CHILD: list[Draughtsman] = []


def drawn(project: Project, script: str, data: FigureData = DATA) -> Drawing:
    """Draw with a script that has this text after its import."""
    return CHILD[0].draw(project.write(SCRIPT, BEGINNING + script).folder, "figur-en", data)


def problems(project: Project, script: str) -> tuple[Problem, ...]:
    with pytest.raises(FigureError) as caught:
        drawn(project, script)
    return caught.value.problems


def problem(project: Project, script: str) -> Problem:
    (found,) = problems(project, script)
    assert found.rule == "figure"
    assert found.mend
    return found


# What goes wrong in a script is a problem that names its line.


def test_script_with_a_syntax_error_is_named_with_its_line(project: Project) -> None:
    found = problem(project, "def draw(data):\n    x = = 1\n")
    assert found.place == Place(SCRIPT, 5)
    assert found.what.startswith("SyntaxError: ")


def test_script_that_raises_is_named_with_the_line(project: Project) -> None:
    found = problem(project, "def draw(data):\n    x = 1\n    raise ValueError('aldri')\n")
    assert found.place == Place(SCRIPT, 6)
    assert found.what == "ValueError: aldri"


def test_script_that_raises_in_a_helper_is_named_with_the_helpers_line(project: Project) -> None:
    found = problem(project, "def draw(data):\n    return half(0)\n\n\ndef half(x):\n    return 1 / x\n")
    assert found.place == Place(SCRIPT, 9)
    assert found.what == "ZeroDivisionError: division by zero"


def test_script_whose_module_beside_it_raises_is_named_with_the_line_that_called_it(project: Project) -> None:
    project.write("figures/helping.py", "def help(x):\n\n\n\n\n\n\n\n\n\n    return 1 / x\n")
    found = problem(project, "import helping\n\n\ndef draw(data):\n    return helping.help(0)\n")
    assert found.place == Place(SCRIPT, 8)


def test_script_that_raises_while_it_is_read_is_named_with_the_line(project: Project) -> None:
    found = problem(project, "\nimport nowhere_to_be_found\n")
    assert found.place == Place(SCRIPT, 5)
    assert found.what == "ModuleNotFoundError: No module named 'nowhere_to_be_found'"


def test_data_that_is_not_there_is_named_with_the_file_to_add_it_to(project: Project) -> None:
    found = problem(project, "def draw(data):\n    return data.labels['axsi']\n")
    assert found.place == Place(SCRIPT, 5)
    assert found.what == "the data has no 'axsi'"
    assert "content/data/figur-en.yaml" in found.mend


def test_script_without_draw_is_told_to_define_it(project: Project) -> None:
    found = problem(project, "def paint(data):\n    return Figure()\n")
    assert found.place.file == SCRIPT
    assert found.what == "the script has no draw(data)"
    assert "def draw(data)" in found.mend


def test_attribute_that_only_sounds_like_draw_is_told_as_what_it_is(project: Project) -> None:
    found = problem(project, "def draw(data):\n    figure = Figure()\n    figure.draw_all()\n    return figure\n")
    assert found.place == Place(SCRIPT, 6)
    assert "draw_all" in found.what
    assert "no draw(data)" not in found.what


@pytest.mark.parametrize(
    ("returned", "kind"), [("5", "int"), ("None", "NoneType"), ("Figure().add_subplot()", "Axes"), ("Figure", "type")]
)
def test_script_that_returns_something_else_is_told_to_return_the_figure(
    project: Project, returned: str, kind: str
) -> None:
    found = problem(project, f"def draw(data):\n    return {returned}\n")
    assert found.what == f"draw() returned {kind}, not a matplotlib Figure"
    assert "return figure" in found.mend


def test_figure_that_cannot_be_saved_is_the_scripts_problem(project: Project) -> None:
    # matplotlib reads formulas between dollar signs when it saves, long after draw() has returned.
    found = problem(
        project, "def draw(data):\n    figure = Figure()\n    figure.text(0.5, 0.5, '$x^$')\n    return figure\n"
    )
    assert found.place.file == SCRIPT


def test_drawing_that_cannot_be_printed_is_the_scripts_problem(project: Project) -> None:
    draw_pixels = "figure.figimage([[0.0, 1.0], [1.0, 0.0]])"
    found = problem(project, f"def draw(data):\n    figure = Figure()\n    {draw_pixels}\n    return figure\n")
    assert found.place.file == SCRIPT
    assert "a picture of 2 × 2 points, and a figure is drawn with shapes" in found.what


def test_script_that_ends_the_program_is_a_problem(project: Project) -> None:
    found = problem(project, "def draw(data):\n    raise SystemExit(0)\n")
    assert found.place == Place(SCRIPT, 5)


# A warning is a problem.


def test_warning_of_the_script_is_a_problem(project: Project) -> None:
    found = problem(project, "import warnings\n\n\ndef draw(data):\n    warnings.warn('nei')\n    return Figure()\n")
    assert found.place.file == SCRIPT
    assert found.what == "UserWarning: nei"


def test_warning_of_matplotlib_is_a_problem(project: Project) -> None:
    project.write(STYLE, "font.family: Source Sans Pro\n")
    text = "figure.text(0.5, 0.5, '\N{BLACK STAR}')"
    found = problems(project, f"def draw(data):\n    figure = Figure()\n    {text}\n    return figure\n")
    assert [each.what for each in found] == ["the label «★» has «★» (U+2605, BLACK STAR), which Source Sans Pro lacks"]


def test_line_in_matplotlibs_log_is_a_problem(project: Project) -> None:
    text = "figure.text(0.5, 0.5, 'a', family='Ukjent')"
    found = problems(project, f"def draw(data):\n    figure = Figure()\n    {text}\n    return figure\n")
    assert [each.what for each in found] == ["a label is to be set in Ukjent, which is none of our fonts"]
    assert found[0].mend == "leave the font out, or name one of: Source Sans Pro, Source Serif Pro"


# What is drawn.


PLOT = """\
def draw(data):
    figure = Figure(figsize=(170 / 25.4, 52 / 25.4))
    axes = figure.add_axes((0.1, 0.2, 0.8, 0.7))
    axes.plot([row["x"] for row in data.tables["points"]], [3, 4], marker="o", clip_on=True)
    axes.set_xlabel(data.labels["axis"])
    figure.text(0.5, 0.9, "Il & <b>")
    return figure
"""


@pytest.mark.parametrize(("width", "height"), [(170, 52), (112, 40), (54, 33.3), (170, 190)])
def test_drawing_has_the_size_in_millimetres_that_the_script_gave(
    project: Project, width: float, height: float
) -> None:
    drawing = drawn(project, f"def draw(data):\n    return Figure(figsize=({width} / 25.4, {height} / 25.4))\n")
    assert (drawing.width_mm, drawing.height_mm) == pytest.approx((width, height))
    opening = re.search(rb"<svg [^>]*>", drawing.svg)
    assert opening is not None
    assert f'width="{width:g}mm"'.encode() in opening[0]
    assert f'height="{height:g}mm"'.encode() in opening[0]
    box = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', opening[0])
    assert box is not None
    assert [float(side) * 25.4 / 72 for side in box.groups()] == pytest.approx([width, height], abs=0.01)


def test_same_script_and_data_give_the_same_bytes(project: Project) -> None:
    project.write(STYLE, "svg.hashsalt: report\nfont.family: Source Sans Pro\n")
    first = drawn(project, PLOT)
    assert drawn(project, PLOT) == first
    assert b"<path" in first.svg


@pytest.mark.long
def test_same_bytes_whatever_the_hash_seed_and_the_day(project: Project, tmp_path: Path) -> None:
    project.write(STYLE, "svg.hashsalt: report\nfont.family: Source Sans Pro\n").write(SCRIPT, BEGINNING + PLOT)
    program = (
        "import sys; from pathlib import Path; from press.figures import FigureData, draw_all;"
        "data = FigureData({'axis': 'Tid'}, {'points': ({'x': 1}, {'x': 2.5})}, {});"
        f"drawn = draw_all(Path({str(project.folder)!r}), {{'figur-en': data}});"
        "sys.stdout.buffer.write(drawn['figur-en'].svg)"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch},
            stdout=subprocess.PIPE,
        )
        for seed, epoch in (("1", "0"), ("2", "1000000000"))
    ]
    one, other = (process.communicate()[0] for process in processes)
    assert one == other
    assert one.endswith(b"</svg>")


def test_drawing_tells_neither_date_nor_place(project: Project) -> None:
    svg = drawn(project, PLOT).svg.decode("utf-8")
    assert "<metadata" not in svg
    assert str(project.folder) not in svg
    assert not re.search(r"20\d\d-\d\d-\d\d", svg)


def test_room_for_a_page_number_is_told_in_millimetres_and_left_empty(project: Project) -> None:
    script = """\
def draw(data):
    figure = Figure(figsize=(100 / 25.4, 50 / 25.4))
    axes = figure.add_axes((0.5, 0, 0.5, 1))
    axes.set_axis_off()
    axes.text(0.2, 0.4, "000", gid="page:boks-a")
    figure.text(0.1, 0.9, "001", gid="page:boks-b")
    figure.text(0.1, 0.5, "Ord", gid="boks-c")
    return figure
"""
    drawing = drawn(project, script)
    rooms = {room.target: (room.left_mm, room.down_mm) for room in drawing.page_rooms}
    assert rooms == {"boks-a": pytest.approx((60, 30)), "boks-b": pytest.approx((10, 5))}
    words = re.findall(r"<text[^>]*>([^<]*)", drawing.svg.decode("utf-8"))
    assert "Ord" in words
    assert not {"000", "001"} & {*words}


def test_words_of_a_figure_are_escaped_and_drawn_as_outlines(project: Project) -> None:
    svg = drawn(project, PLOT).svg.decode("utf-8")
    assert "<b>" not in svg
    assert svg.count("<text") == svg.count('fill="none" stroke="none"') > 0


# What a script may use, and what is left of it.


def test_script_may_import_modules_beside_it_as_they_are_now(project: Project) -> None:
    project.write("figures/beside.py", "WIDTH = 3\n")
    script = "from beside import WIDTH\n\n\ndef draw(data):\n    return Figure(figsize=(WIDTH, 1))\n"
    assert drawn(project, script).width_mm == pytest.approx(3 * 25.4)
    # The next script sees what the file says then, never what Python kept of it: that has their time and size.
    beside = project.folder / "figures/beside.py"
    kept = Path(cache_from_source(str(beside)))
    py_compile.compile(str(beside), str(kept))
    times = beside.stat()
    project.write("figures/beside.py", "WIDTH = 4\n")
    os.utime(beside, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert drawn(project, script).width_mm == pytest.approx(4 * 25.4)


def test_nothing_is_written_beside_the_scripts(project: Project) -> None:
    project.write("figures/beside.py", "WIDTH = 3\n")
    drawn(project, f"import beside\n\n\n{PLOT}")
    assert sorted(path.name for path in (project.folder / "figures").iterdir()) == ["beside.py", "figur_en.py"]


def test_shared_look_holds_while_a_script_runs(project: Project) -> None:
    project.write(STYLE, "font.size: 7.5\nsvg.fonttype: path\n")
    seen = "assert matplotlib.rcParams['font.size'] == 7.5"
    drawn(project, f"import matplotlib\n\n\ndef draw(data):\n    {seen}\n    return Figure()\n")


def test_project_without_a_look_of_its_own_gets_ours(project: Project) -> None:
    seen = "assert matplotlib.rcParams['text.color'] == '#16222C', matplotlib.rcParams['text.color']"
    drawn(project, f"import matplotlib\n\n\ndef draw(data):\n    {seen}\n    return Figure()\n")
    without = drawn(project, PLOT)
    project.write(STYLE, (ROOT / STYLE).read_bytes())
    assert drawn(project, PLOT) == without


def test_line_of_the_style_sheet_that_matplotlib_does_not_know_is_a_problem_of_that_file(project: Project) -> None:
    project.write(STYLE, "font.size: 8\nfont.colour: red\n")
    assert {each.place.file for each in problems(project, PLOT)} == {STYLE}


def test_what_a_script_changes_of_the_look_does_not_reach_the_next(project: Project) -> None:
    before = drawn(project, PLOT)
    change = "matplotlib.rcParams['lines.linewidth'] = 9"
    drawn(project, f"import matplotlib\n\n\ndef draw(data):\n    {change}\n    return Figure()\n")
    assert drawn(project, PLOT) == before


def test_our_fonts_can_be_drawn_with_by_name(project: Project) -> None:
    def letter(family: str) -> bytes:
        text = f"figure.text(0.5, 0.5, 'Å', family={family!r})"
        return drawn(project, f"def draw(data):\n    figure = Figure()\n    {text}\n    return figure\n").svg

    assert len({letter(family) for family in ("Source Serif Pro", "Source Sans Pro")}) == 2
    assert letter("sans-serif") == letter("Source Sans Pro")


# The data that a script is handed.


def test_figure_data_puts_facts_into_labels_and_cells_and_leaves_numbers_alone() -> None:
    place = Place("content/data/figur-en.yaml", 1, 1)
    rows = ({"name": "av {fact:x}", "x": 2, "y": 2.5, "none": None},)
    source = FigureSource(
        DataFile.model_construct(labels={"axis": Located("{fact:x} år", place)}),
        {"points": ReadTable(None, rows, ())},  # type: ignore[arg-type]
        {"land": {"type": "FeatureCollection"}},
    )
    data = figure_data(source, lambda words: words.replace("{fact:x}", "33"))
    assert data.labels == {"axis": "33 år"}
    assert data.tables == {"points": ({"name": "av 33", "x": 2, "y": 2.5, "none": None},)}
    assert data.shapes == {"land": {"type": "FeatureCollection"}}
