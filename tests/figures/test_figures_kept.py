"""A figure is drawn when something that it is made of has changed, and only then; its bytes never tell which it was."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.cases import rest_long
from support.projects import ROOT, Project

import press.figures
from press.cache import Cache
from press.errors import FigureError
from press.figures import STYLE, Draughtsman, FigureData, draw_all, keys
from press.figures.drawing import PageRoom
from press.figures.keys import KIND, NEVER, encoded, key_of_parts, parts_of, sources
from press.figures.sandbox import OURS

SCRIPT = """\
from matplotlib.figure import Figure
from shared import field

def draw(data):
    figure = Figure(figsize=(2, 2))
    field(figure, data)
    return figure
"""
SHARED = "from deeper import MORE\n\ndef field(figure, data):\n    figure.text(0.1, 0.5, data.labels['axis'] + MORE)\n"
DATA = FigureData({"axis": "Tid"}, {"points": ({"x": 1, "name": "A"}, {"x": 2.5, "name": None})}, {"land": {"a": [1]}})
FILES = {
    "figures/figur_en.py": SCRIPT,
    "figures/figur_to.py": SCRIPT.replace("(2, 2)", "(3, 2)"),
    "figures/shared.py": SHARED,
    "figures/deeper.py": "MORE = ''\n",
    STYLE: "font.family: Source Sans Pro\n",
}


@pytest.fixture
def drawn_from(project: Project) -> Project:
    for name, text in FILES.items():
        project.write(name, text)
    return project


def parts(project: Project, data: FigureData = DATA, figure_id: str = "figur-en") -> dict[str, str]:
    return dict(parts_of(figure_id, data, sources(project.folder, figure_id), keys.program_parts()))


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize("name", ["figures/figur_en.py", "figures/shared.py", "figures/deeper.py", STYLE])
def test_key_goes_by_each_file_that_the_script_is_made_of(drawn_from: Project, name: str) -> None:
    before = parts(drawn_from)
    drawn_from.write(name, FILES[name] + "# En merknad\n")
    assert changed(before, parts(drawn_from)) == {name}
    assert key_of_parts(before) != key_of_parts(parts(drawn_from))


def test_key_goes_by_no_other_file(drawn_from: Project) -> None:
    before = parts(drawn_from)
    drawn_from.write("figures/figur_to.py", "").write("figures/unused.py", "").write(
        "content/start.yaml", "title: Ny\n"
    )
    assert parts(drawn_from) == before


def test_key_goes_by_our_style_sheet_where_the_project_has_none(
    drawn_from: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (drawn_from.folder / STYLE).unlink()
    before = parts(drawn_from)
    monkeypatch.setattr(keys, "OUR_STYLE", tmp_path / "style")
    (tmp_path / "style").write_text("font.size: 9\n", encoding="utf-8")
    assert changed(before, parts(drawn_from)) == {STYLE}


OTHERS: dict[str, tuple[FigureData, set[str]]] = {
    "a word": (FigureData({"axis": "Rom"}, DATA.tables, DATA.shapes), {"the words axis"}),
    "an integer that is one no more": (
        FigureData(DATA.labels, {"points": ({"x": 1.0, "name": "A"}, {"x": 2.5, "name": None})}, DATA.shapes),
        {"the table points"},
    ),
    "an empty cell": (
        FigureData(DATA.labels, {"points": ({"x": 1, "name": "A"}, {"x": 2.5, "name": ""})}, DATA.shapes),
        {"the table points"},
    ),
    "the order of columns": (
        FigureData(DATA.labels, {"points": ({"name": "A", "x": 1}, {"x": 2.5, "name": None})}, DATA.shapes),
        {"the table points"},
    ),
    "a shape": (FigureData(DATA.labels, DATA.tables, {"land": {"a": [2]}}), {"the shapes land"}),
    "one word more": (
        FigureData({**DATA.labels, "more": ""}, DATA.tables, DATA.shapes),
        {"the words more", "the order of its data"},
    ),
}


@pytest.mark.parametrize(("data", "which"), OTHERS.values(), ids=OTHERS)
def test_key_goes_by_the_data(drawn_from: Project, data: FigureData, which: set[str]) -> None:
    assert changed(parts(drawn_from), parts(drawn_from, data)) == which


def test_key_goes_by_the_order_of_the_words(drawn_from: Project) -> None:
    one = FigureData({"a": "x", "b": "y"}, {}, {})
    other = FigureData({"b": "y", "a": "x"}, {}, {})
    assert changed(parts(drawn_from, one), parts(drawn_from, other)) == {"the order of its data"}


def test_key_goes_by_the_program(drawn_from: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = parts(drawn_from)
    assert {"the package matplotlib-3.11.2", "the package numpy", "Python", "FreeType"} - {
        name.rsplit("-", 1)[0] if "numpy" in name else name for name in before
    } == set()
    module = tmp_path / OURS[0].name
    module.write_bytes(OURS[0].read_bytes() + b"\n")
    others: dict[str, dict[str, Any]] = {
        "the engine's modules that draw": {"OURS": (module, *OURS[1:])},
        "the typefaces": {"FACES": keys.FACES[1:]},
        "FreeType": {"_free_type": lambda: "another"},
        "the time zones": {"_time_zones": lambda: ["another"]},
    }
    for name, values in others.items():
        with monkeypatch.context() as patched:
            for attribute, value in values.items():
                patched.setattr(keys, attribute, value)
            assert changed(before, parts(drawn_from)) == {name}
    packages = sorted(set(keys.installed()) - {"matplotlib-3.11.2"} | {"matplotlib-3.11.3"})
    monkeypatch.setattr(keys, "installed", lambda: packages)
    assert changed(before, parts(drawn_from)) == {f"the package matplotlib-3.11.{number}" for number in (2, 3)}


# What has a part in drawing is what the key goes by.


def imported(path: Path) -> Iterator[str]:
    """Yield what a module imports when it runs, wherever in it."""
    waiting: list[ast.AST] = [ast.parse(path.read_bytes())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        waiting += ast.iter_child_nodes(node)


def test_our_modules_that_draw_are_those_that_drawing_imports() -> None:
    waiting, found = [ROOT / "press/figures/drawing.py"], set[Path]()
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        for name in imported(path):
            steps = name.split(".")
            for end in range(1, len(steps) + 1 if steps[0] == "press" else 0):
                base = ROOT.joinpath(*steps[:end])
                waiting += [base.with_suffix(".py"), base / "__init__.py"]
    assert sorted(found) == sorted(OURS)


@pytest.mark.long
def test_script_meets_no_other_module_of_ours(drawn_from: Project) -> None:
    ours = "sorted({m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'press'} - {None})"
    drawn_from.write("figures/figur_en.py", f"import sys\ndef draw(data):\n    raise ValueError(' '.join({ours}))\n")
    drawn_from.write("figures/figur_to.py", "import press.words.prose\n" + SCRIPT)
    with Draughtsman() as child:
        with pytest.raises(FigureError) as caught:
            child.draw(drawn_from.folder, "figur-en", DATA)
        loaded = caught.value.problems[0].what.removeprefix("ValueError: ").split()
        assert set(map(Path, loaded)) <= set(OURS)
        assert len(loaded) > 5
        with pytest.raises(FigureError) as caught:
            child.draw(drawn_from.folder, "figur-to", DATA)
    assert "which is not declared" in caught.value.problems[0].what
    assert "press/words" in caught.value.problems[0].what


@pytest.mark.parametrize("how", rest_long(["open({folder!r} + '/hidden.py')", "importlib.import_module('hidden')"]))
def test_file_that_no_import_names_is_refused(drawn_from: Project, how: str) -> None:
    """It would be no part of the key."""
    code = how.format(folder=str(drawn_from.folder / "figures"))
    drawn_from.write("figures/hidden.py", "").write("figures/figur_en.py", f"import importlib\n{code}\n{SCRIPT}")
    with pytest.raises(FigureError, match=r"it reads the file figures/hidden\.py, which is not declared"):
        draw_all(drawn_from.folder, {"figur-en": DATA})


@pytest.mark.long
def test_what_is_saved_while_a_figure_is_drawn_has_no_part_in_it(drawn_from: Project) -> None:
    with Draughtsman() as child:
        before = child.draw(drawn_from.folder, "figur-en", DATA)
        read = sources(drawn_from.folder, "figur-en")
        drawn_from.write("figures/figur_en.py", SCRIPT.replace("(2, 2)", "(4, 4)"))
        drawn_from.write("figures/deeper.py", "MORE = '!'\n").write(STYLE, "font.size: 20\n")
        assert child.draw(drawn_from.folder, "figur-en", DATA, read) == before
        assert child.draw(drawn_from.folder, "figur-en", DATA).width_mm > before.width_mm


# Drawn or kept.


class NothingIsDrawn:
    def __init__(self, *_: object) -> None:
        raise AssertionError("a figure was drawn")


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{KIND}.*"))


@pytest.mark.long
def test_bytes_are_the_same_kept_or_not_and_however_many_draw(
    drawn_from: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {"figur-en": DATA, "figur-to": DATA}
    warnings: list[str] = []
    folder = tmp_path / "cache"
    kept = draw_all(drawn_from.folder, wanted, cache=Cache(folder))
    with monkeypatch.context() as patched:
        patched.setattr(press.figures, "Draughtsman", NothingIsDrawn)
        assert draw_all(drawn_from.folder, wanted, cache=Cache(folder)) == kept
    assert [draw_all(drawn_from.folder, {name: DATA})[name] for name in wanted] == [*kept.values()]
    one, other = entries(folder)
    one.write_bytes(one.read_bytes()[:-10])
    # Whole, and by its hash what was put there, but no drawing.
    Cache(folder).put(KIND, other.suffix[1:], b"[1, 2]\nno drawing")
    assert draw_all(drawn_from.folder, wanted, cache=Cache(folder, warn=warnings.append)) == kept
    assert len(warnings) == 1
    assert str(one) in warnings[0]


def test_size_of_a_drawing_and_its_rooms_are_kept_to_the_last_bit() -> None:
    rooms = (PageRoom("boks-å", 2 / 3, 7.25),)
    drawing = press.figures.Drawing(b"<svg/>\n\x00", 1 / 3, 50.800000000000004, rooms)
    assert keys.decoded(encoded(drawing)) == drawing
    for other in (b"", b"\n", b"{}\n", b"[]\n", b'{"width_mm": "a", "height_mm": 1}\n', b"\xff\n", None):
        assert keys.decoded(other) is None


@pytest.mark.long
def test_what_failed_is_tried_again_and_the_rest_kept(drawn_from: Project, tmp_path: Path) -> None:
    drawn_from.write("figures/figur_en.py", "def draw(data):\n    raise ValueError('a')\n")
    drawn_from.write("figures/figur_tre.py", "def draw(data):\n    raise ValueError('c')\n")
    wanted = dict.fromkeys(["figur-en", "figur-to", "figur-tre"], DATA)
    for _ in range(2):
        with pytest.raises(FigureError) as caught:
            draw_all(drawn_from.folder, wanted, cache=Cache(tmp_path / "cache"))
        assert [each.place.file for each in caught.value.problems] == ["figures/figur_en.py", "figures/figur_tre.py"]
        assert len(entries(tmp_path / "cache")) == 1


@pytest.mark.long
def test_matplotlib_is_not_imported_where_nothing_is_drawn(drawn_from: Project, tmp_path: Path) -> None:
    wanted = {"figur-en": FigureData({"axis": "Tid"}, {}, {})}
    draw_all(drawn_from.folder, wanted, cache=Cache(tmp_path / "cache"))
    program = (
        "import sys; from pathlib import Path; from press.cache import Cache; from press.figures import *\n"
        f"draw_all(Path({str(drawn_from.folder)!r}), {{'figur-en': FigureData({{'axis': 'Tid'}}, {{}}, {{}})}},"
        f" cache=Cache(Path({str(tmp_path / 'cache')!r})))\n"
        "print([name for name in ('matplotlib', 'numpy', 'fontTools', 'weasyprint') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.long
def test_nothing_is_kept_of_a_program_that_changed_meanwhile(
    drawn_from: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process that draws imports it when it starts, which is after the key was made."""
    found = [{"the engine": "one"}, {"the engine": "another"}]
    monkeypatch.setattr(press.figures, "program_parts", lambda: found.pop(0))
    assert draw_all(drawn_from.folder, {"figur-en": DATA}, cache=Cache(tmp_path)).keys() == {"figur-en"}
    assert entries(tmp_path) == []


# Why.


def test_reason_names_what_has_changed(drawn_from: Project, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    history = keys.History(cache, drawn_from.folder, "figur-en")
    before = parts(drawn_from)
    assert history.reason(before) == NEVER
    history.record(before, NEVER)
    drawn_from.write("figures/shared.py", "from other import MORE\n" + SHARED.partition("\n")[2])
    drawn_from.write("figures/other.py", "MORE = ''\n")
    later = keys.History(Cache(tmp_path), drawn_from.folder, "figur-en")
    assert later.why == NEVER
    assert later.reason(parts(drawn_from)) == (
        "figures/shared.py has changed, figures/other.py is new, figures/deeper.py is no longer there"
    )
    assert later.reason(before) == keys.GONE
    assert keys.History(cache, drawn_from.folder, "figur-to").reason(before) == NEVER
    assert keys.History(Cache(None), drawn_from.folder, "figur-en").reason(before) == keys.NOTHING_KEPT


@pytest.mark.parametrize("content", [b"", b"[]", b"[[1], 2]", b"7", json.dumps([{"a": "b"}]).encode()])
def test_history_that_is_none_is_no_fault(drawn_from: Project, tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    history = keys.History(cache, drawn_from.folder, "figur-en")
    cache.put(keys.LAST, history._key, content)
    assert keys.History(cache, drawn_from.folder, "figur-en").reason(parts(drawn_from)) == NEVER
