"""Figures: a script and its data in, SVG out.

A script is `figures/<id>.py` in the project, with `draw(data)` that returns a matplotlib Figure. It draws what it is
handed and touches nothing else: the shared look (`figures/report.mplstyle`), the fonts and the saving are done for it.
Scripts run in a child process, with limits and without a way to files, connections or programs
(`press.figures.drawing`); one that breaks a limit is ended and named, and the others are drawn all the same. The same
script and data give the same bytes: the hash salt is fixed and no date is written. So what was drawn once is kept
(`press.figures.keys`), and only what is missing is drawn; what failed is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from press.cache import Cache
from press.content.strict_yaml import is_within, read_text
from press.errors import ContentError, FigureError, Place, Problem
from press.figures.draughtsman import Draughtsman
from press.figures.drawing import RULE, STYLE, Drawing, FigureData, Job
from press.figures.keys import KIND, History, Parts, decoded, encoded, key_of_parts, parts_of, program_parts, sources
from press.figures.numbers import PYTHON, Signs
from press.figures.theme import DEFAULT as DEFAULT_THEME
from press.figures.theme import FigureTheme

if TYPE_CHECKING:  # whose modules have no part in drawing
    from press.content.report import FigureSource, Value

__all__ = ["STYLE", "Draughtsman", "Drawing", "FigureData", "draw_all", "figure_data", "figures"]


@dataclass(frozen=True)
class Made:
    """A figure that is to be printed."""

    drawing: Drawing
    parts: Parts
    """Of what it is made."""
    why: str
    """Why it was drawn; empty if it was kept."""
    last: str
    """Why it was drawn the last time, if that is known."""


def figure_data(
    source: FigureSource,
    expand: Callable[[str], str],
    theme: FigureTheme = DEFAULT_THEME,
    signs: Signs = PYTHON,
) -> FigureData:
    """Make a figure's data of what was read; `expand` puts facts into words, `signs` are those of its numbers."""

    def value(cell: Value) -> Value:
        return expand(cell) if isinstance(cell, str) else cell

    return FigureData(
        {name: expand(words) for name, words in source.declared.labels.items()},
        {
            name: tuple({key: value(cell) for key, cell in row.items()} for row in table.rows)
            for name, table in source.tables.items()
        },
        source.shapes,
        theme,
        signs,
    )


def draw_all(
    project: Path,
    wanted: Mapping[str, FigureData],
    progress: Callable[[str], None] = lambda line: None,
    cache: Cache | None = None,
) -> dict[str, Drawing]:
    """Draw figures by their ids, or take what was kept; raises FigureError with the problems of all of them."""
    return {name: made.drawing for name, made in figures(project, wanted, progress, cache or Cache(None)).items()}


def figures(
    project: Path, wanted: Mapping[str, FigureData], progress: Callable[[str], None], cache: Cache
) -> dict[str, Made]:
    """Do as `draw_all`, and say of each figure of what it is made and why it was drawn."""
    if not wanted:
        return {}
    _require_readable(project)
    files = {name: sources(project, name) for name in wanted}
    program = program_parts()
    parts = {name: parts_of(name, data, files[name], program) for name, data in wanted.items()}
    kept = {name: decoded(cache.get(KIND, key_of_parts(parts[name]))) for name in wanted}
    missing = [name for name, drawing in kept.items() if drawing is None]
    found: dict[str, Drawing | tuple[Problem, ...]] = {}
    if missing:
        with Draughtsman() as draughtsman:
            jobs = [Job(project, name, wanted[name], draughtsman.limits, files[name]) for name in missing]
            for name, answer in draughtsman.drawn(jobs):
                progress(name)
                found[name] = answer
    is_certain = not missing or program_parts() == program
    made: dict[str, Made] = {}
    problems: list[Problem] = []
    for name, drawing in (kept | found).items():
        if not isinstance(drawing, Drawing):
            problems.extend(drawing or ())
            continue
        history = History(cache, project, name)
        why = history.reason(parts[name]) if name in found else ""
        if name in found and is_certain:
            cache.put(KIND, key_of_parts(parts[name]), encoded(drawing))
        history.record(parts[name], why or history.why)
        made[name] = Made(drawing, parts[name], why, history.why)
    if problems:
        raise FigureError(dict.fromkeys(problems))
    return made


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
