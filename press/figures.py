"""Figures: a script and its data in, SVG out.

A script is `figures/<id>.py` in the project, with `draw(data)` that returns a matplotlib Figure. It draws what it is
handed and touches nothing else: the shared look (`figures/report.mplstyle`), the fonts and the saving are done here.
The same script and data give the same bytes: the hash salt is fixed in the style sheet and no date is written.
"""

from __future__ import annotations

import importlib.util
import io
import logging
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.errors import ContentError, FigureError, Place, Problem
from press.fonts import FACES
from press.report import FigureSource, Value
from press.strict_yaml import is_within, read_text
from press.svg import for_print

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RULE = "figure"
MM_PER_INCH = 25.4
STYLE = "figures/report.mplstyle"


@dataclass(frozen=True)
class FigureData:
    """What a script draws."""

    labels: Mapping[str, str]
    """The words of the figure by name, with facts put in."""
    tables: Mapping[str, tuple[Mapping[str, Value], ...]]
    """Rows by table name; each value is str, int, float, or None for an empty cell."""
    shapes: Mapping[str, Any]
    """Parsed GeoJSON by name."""


@dataclass(frozen=True)
class Drawing:
    """A finished figure."""

    svg: bytes
    width_mm: float
    height_mm: float


def figure_data(source: FigureSource, expand: Callable[[str], str]) -> FigureData:
    """Make a figure's data of what was read; `expand` puts facts into words."""

    def value(cell: Value) -> Value:
        return expand(cell) if isinstance(cell, str) else cell

    return FigureData(
        {name: expand(words) for name, words in source.declared.labels.items()},
        {
            name: tuple({key: value(cell) for key, cell in row.items()} for row in table.rows)
            for name, table in source.tables.items()
        },
        source.shapes,
    )


def draw(project: Path, figure_id: str, data: FigureData) -> Drawing:
    """Run one script; raises FigureError, which names the script's line that failed."""
    import matplotlib

    script = f"figures/{figure_id.replace('-', '_')}.py"
    matplotlib.use("svg")
    _register_fonts()
    _require_readable(project)
    style = project / STYLE
    with matplotlib.rc_context(), _complaints(script) as complaints:
        matplotlib.rcParams["svg.hashsalt"] = figure_id  # or each drawing's ids would be others
        if style.is_file():
            matplotlib.rcParams.update(matplotlib.rc_params_from_file(str(style), use_default_template=False))
        figure = _run(project / script, script, data)
        drawing = _save(figure, script)
    if complaints:
        raise FigureError(complaints)
    return drawing


def _require_readable(project: Path) -> None:
    """See that scripts and style say what they seem to: no characters that nobody sees, nothing from elsewhere."""
    for path in sorted([*(project / "figures").glob("[!.]*.py"), project / STYLE]):
        shown = path.relative_to(project).as_posix()
        if not path.is_file():
            continue
        if not is_within(path, project):
            what = "this file is a link that leads out of the project"
            raise FigureError([Problem(Place(shown), RULE, what, "put the file itself here")])
        try:
            read_text(path, shown)
        except ContentError as error:
            raise FigureError(error.problems) from None


def _register_fonts() -> None:
    from matplotlib import font_manager

    known = {Path(entry.fname) for entry in font_manager.fontManager.ttflist}
    for face in FACES:
        if face.path not in known:
            font_manager.fontManager.addfont(str(face.path))


def _run(path: Path, shown: str, data: FigureData) -> Figure:
    from matplotlib.figure import Figure

    name = f"figures.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FigureError([Problem(Place(shown), RULE, "the script cannot be read", f"write {shown} with draw(data)")])
    module = importlib.util.module_from_spec(spec)
    with _folder_on_path(path.parent):
        try:
            spec.loader.exec_module(module)
            if not callable(getattr(module, "draw", None)):
                mend = "define `def draw(data): …` that returns a Figure"
                raise FigureError([Problem(Place(shown), RULE, "the script has no draw(data)", mend)])
            figure = module.draw(data)
        except FigureError:
            raise
        except (Exception, SystemExit) as error:
            raise FigureError([_problem(error, path, shown)]) from error
    if not isinstance(figure, Figure):
        what = f"draw() returned {type(figure).__name__}, not a matplotlib Figure"
        raise FigureError([Problem(Place(shown), RULE, what, "end draw(data) with `return figure`")])
    return figure


def _save(figure: Figure, script: str) -> Drawing:
    buffer = io.BytesIO()
    try:
        width, height = (float(inches) * MM_PER_INCH for inches in figure.get_size_inches())
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    except (Exception, SystemExit) as error:
        what = f"the figure cannot be saved: {type(error).__name__}: {error}"
        raise FigureError([Problem(Place(script), RULE, what, "mend what the script draws")]) from error
    try:
        svg = for_print(buffer.getvalue(), width, height)
    except ValueError as error:
        what, mend = f"the drawing is not one that can be printed: {error}", "draw with lines, shapes and words only"
        raise FigureError([Problem(Place(script), RULE, what, mend)]) from error
    return Drawing(svg, width, height)


@contextmanager
def _folder_on_path(folder: Path) -> Iterator[None]:
    """Let scripts import the modules beside them, and forget those modules afterwards."""
    before = set(sys.modules)
    writes_bytecode = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        sys.dont_write_bytecode = writes_bytecode
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file and Path(file).parent == folder:
                del sys.modules[name]


@contextmanager
def _complaints(script: str) -> Iterator[list[Problem]]:
    """Gather what matplotlib warns of or logs while a script runs."""
    complaints: list[Problem] = []
    mend = "mend the script; a figure is drawn without a warning"

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complaints.append(Problem(Place(script), RULE, f"matplotlib says: {record.getMessage()}", mend))

    handler = Handler(logging.WARNING)
    logger = logging.getLogger("matplotlib")
    logger.addHandler(handler)
    propagates, logger.propagate = logger.propagate, False
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield complaints
        complaints.extend(
            Problem(Place(script), RULE, f"{item.category.__name__}: {item.message}", mend) for item in caught
        )
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


def _problem(error: BaseException, path: Path, shown: str) -> Problem:
    """Name the script's own line that an exception went through last."""
    line = 0
    if isinstance(error, SyntaxError) and error.filename == str(path):
        line = error.lineno or 0
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(path):
            line = frame.lineno or 0
    if isinstance(error, KeyError):
        what, mend = (
            f"the data has no {error.args[0]!r}",
            f"add it to content/data/{path.stem.replace('_', '-')}.yaml, or mend its name",
        )
    else:
        what, mend = f"{type(error).__name__}: {error}", "mend the script or the data it draws"
    return Problem(Place(shown, line), RULE, what, mend)
