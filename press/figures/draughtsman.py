"""The process that runs figure scripts: started, handed its work, and ended with what it runs."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from press.errors import FigureError, Problem
from press.figures.drawing import Answer, Drawing, FigureData, Job, breach, serve
from press.figures.keys import sources
from press.limits import Limits

LIMITS = Limits(memory_mib=2000, cpu_s=60, wall_s=120)
"""What one script may use."""
PATIENCE_S = 30
"""How much longer than the child the parent waits."""


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

    def draw(
        self, project: Path, figure_id: str, data: FigureData, files: Mapping[str, bytes] | None = None
    ) -> Drawing:
        """Run one script; raises FigureError, which names the script's line that failed.

        `files` is what it is made of, if that was read before.
        """
        read = sources(project, figure_id) if files is None else files
        ((_, found),) = self.drawn([Job(project, figure_id, data, self.limits, read)])
        if not isinstance(found, Drawing):
            raise FigureError(found)
        return found

    def drawn(self, jobs: Iterable[Job]) -> Iterator[tuple[str, Drawing | tuple[Problem, ...]]]:
        """Run scripts; yields each figure's id and the figure, or what is wrong with it, as they are finished."""
        left = {job.figure_id: job for job in jobs}
        self._ask(left.values())
        while left:
            figure_id, answer = self._answered(left)
            del left[figure_id]
            if isinstance(answer, str):
                raise RuntimeError(f"drawing failed:\n{answer}")
            yield figure_id, answer

    def _ask(self, jobs: Iterable[Job]) -> None:
        try:
            self._connection.send(list(jobs))
        except OSError as error:
            raise self._ended() from error

    def _answered(self, left: Mapping[str, Job]) -> tuple[str, Answer]:
        """Wait for the next answer."""
        exit_code = None
        try:
            if self._connection.poll(self.limits.wall_s + PATIENCE_S):
                answered: tuple[str, Answer] = self._connection.recv()
                return answered
        except (EOFError, OSError) as error:
            if hasattr(os, "fork"):  # then a script runs in a fork of the child, which outlives it
                raise self._ended() from error
            self._process.join(PATIENCE_S)
            exit_code = self._process.exitcode
        # The child cannot fork, and so cannot end a script itself; it runs one after the other.
        figure_id, *others = left
        self._end()
        Path(self._folder.name).mkdir(exist_ok=True)
        self._start()
        self._ask(left[other] for other in others)
        return figure_id, (breach(left[figure_id], exit_code),)

    def _ended(self) -> RuntimeError:
        self._process.join(PATIENCE_S)
        return RuntimeError(f"the process that draws figures ended with {self._process.exitcode}")

    def _end(self) -> None:
        """End the child, which ends the script that it runs; it has a moment to do so before it is killed."""
        self._connection.close()
        self._process.join(PATIENCE_S)
        self._process.kill()
        self._process.join()
