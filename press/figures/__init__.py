"""Figures: a script and its data in, SVG out.

A script is `figures/<id>.py` in the project, with `draw(data)` that returns a matplotlib Figure. It draws what it is
handed and touches nothing else: the shared look (`figures/report.mplstyle`), the fonts and the saving are done for it.
Scripts run in a child process, with limits and without a way to files, connections or programs
(`press.figures.drawing`); one that breaks a limit is ended and named, and the others are drawn all the same. The same
script and data give the same bytes: the hash salt is fixed and no date is written.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from press.content.report import FigureSource, Value
from press.content.strict_yaml import is_within, read_text
from press.errors import ContentError, FigureError, Place, Problem
from press.figures.drawing import RULE, STYLE, Drawing, FigureData, Job, breach, serve
from press.figures.scripts import read_by_figures
from press.limits import Limits

__all__ = ["STYLE", "Draughtsman", "Drawing", "FigureData", "draw_all", "figure_data"]

LIMITS = Limits(memory_mib=2000, cpu_s=60, wall_s=120)
"""What one script may use."""
PATIENCE_S = 30
"""How much longer than the child the parent waits."""


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


def draw_all(
    project: Path, wanted: Mapping[str, FigureData], progress: Callable[[str], None] = lambda line: None
) -> dict[str, Drawing]:
    """Draw figures by their ids; raises FigureError with the problems of all of them."""
    if not wanted:
        return {}
    _require_readable(project)
    drawings: dict[str, Drawing] = {}
    problems: list[Problem] = []
    with Draughtsman() as draughtsman:
        for figure_id, data in wanted.items():
            progress(figure_id)
            try:
                drawings[figure_id] = draughtsman.draw(project, figure_id, data)
            except FigureError as error:
                problems.extend(error.problems)
    if problems:
        raise FigureError(dict.fromkeys(problems))
    return drawings


class Draughtsman:
    """A child process that runs figure scripts.

    Use it as a context manager: leaving it, for whatever reason, ends the child.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="press-", ignore_cleanup_errors=True)
        self._start()

    def _start(self) -> None:
        # Spawned, not forked: the child holds nothing of the parent's, and starts alike on every system.
        context = multiprocessing.get_context("spawn")
        self._connection, far_end = context.Pipe()
        self._process = context.Process(target=serve, args=(far_end, self._folder.name), daemon=True)
        self._process.start()
        far_end.close()

    def __enter__(self) -> Draughtsman:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._folder.cleanup()

    def draw(self, project: Path, figure_id: str, data: FigureData) -> Drawing:
        """Run one script; raises FigureError, which names the script's line that failed."""
        files = tuple(read_by_figures(project, [figure_id]))
        job = Job(project, figure_id, data, self.limits, files)
        try:
            self._connection.send(job)
            answer = self._connection.recv() if self._connection.poll(self.limits.wall_s + PATIENCE_S) else None
        except (EOFError, OSError) as error:
            self._process.join(PATIENCE_S)
            if hasattr(os, "fork"):  # then a script runs in a fork of the child, which outlives it
                raise RuntimeError(f"the process that draws figures ended with {self._process.exitcode}") from error
            answer = (breach(job, self._process.exitcode),)
            self._start_anew()
        if answer is None:  # the child cannot fork, and so cannot end a script itself
            answer = (breach(job, None),)
            self._start_anew()
        if isinstance(answer, Drawing):
            return answer
        if isinstance(answer, str):
            raise RuntimeError(f"drawing failed:\n{answer}")
        raise FigureError(answer)

    def _start_anew(self) -> None:
        self._end()
        Path(self._folder.name).mkdir(exist_ok=True)
        self._start()

    def _end(self) -> None:
        """End the child, which ends the script that it runs; it has a moment to do so before it is killed."""
        self._connection.close()
        self._process.join(PATIENCE_S)
        self._process.kill()
        self._process.join()


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
