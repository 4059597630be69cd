"""The processes that run figure scripts: started, handed their work, and ended with what they run."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType

from press.errors import FigureError, Problem
from press.figures.drawing import Drawing, FigureData, Job, breach, serve
from press.figures.keys import sources
from press.limits import Limits

LIMITS = Limits(memory_mib=2000, cpu_s=60, wall_s=120)
"""What one script may use."""
PATIENCE_S = 30
"""How much longer than the child the parent waits."""
MOST_AT_ONCE = 2
"""The processes that draw at the same time: each takes a second to import matplotlib."""


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
        self.connection, far_end = context.Pipe()
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
        self.begin(project, figure_id, data, files)
        return self.finish()

    def begin(self, project: Path, figure_id: str, data: FigureData, files: Mapping[str, bytes] | None = None) -> None:
        """Let the child run a script; it has none to run already."""
        read = sources(project, figure_id) if files is None else files
        self._job = Job(project, figure_id, data, self.limits, read)
        self.deadline = time.monotonic() + self.limits.wall_s + PATIENCE_S
        try:
            self.connection.send(self._job)
        except OSError as error:
            raise self._ended() from error

    def finish(self) -> Drawing:
        """Wait for what the script draws."""
        try:
            is_there = self.connection.poll(max(0, self.deadline - time.monotonic()))
            answer = self.connection.recv() if is_there else None
        except (EOFError, OSError) as error:
            if hasattr(os, "fork"):  # then a script runs in a fork of the child, which outlives it
                raise self._ended() from error
            self._process.join(PATIENCE_S)
            answer = (breach(self._job, self._process.exitcode),)
            self._start_anew()
        if answer is None:  # the child cannot fork, and so cannot end a script itself
            answer = (breach(self._job, None),)
            self._start_anew()
        if isinstance(answer, Drawing):
            return answer
        if isinstance(answer, str):
            raise RuntimeError(f"drawing failed:\n{answer}")
        raise FigureError(answer)

    def _ended(self) -> RuntimeError:
        self._process.join(PATIENCE_S)
        return RuntimeError(f"the process that draws figures ended with {self._process.exitcode}")

    def _start_anew(self) -> None:
        self._end()
        Path(self._folder.name).mkdir(exist_ok=True)
        self._start()

    def _end(self) -> None:
        """End the child, which ends the script that it runs; it has a moment to do so before it is killed."""
        self.connection.close()
        self._process.join(PATIENCE_S)
        self._process.kill()
        self._process.join()


class Studio:
    """Draughtsmen at work, as many as there is work and processors for; leaving it ends them."""

    def __init__(self, project: Path, wanted: Mapping[str, tuple[FigureData, Mapping[str, bytes]]]) -> None:
        self._project = project
        self._wanted = wanted
        self._stack = ExitStack()
        self._count = min(len(wanted), MOST_AT_ONCE, os.cpu_count() or 1)

    def __enter__(self) -> Studio:
        with self._stack:  # which ends those that have started if another cannot
            self._idle = [self._stack.enter_context(Draughtsman()) for _ in range(self._count)]
            self._stack = self._stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def drawn(self, progress: Callable[[str], None]) -> Iterable[tuple[str, Drawing | tuple[Problem, ...]]]:
        """Yield what is drawn, as it is finished: each figure, or what is wrong with it."""
        waiting = list(self._wanted.items())
        busy: dict[Draughtsman, str] = {}
        while waiting or busy:
            while waiting and self._idle:
                figure_id, (data, files) = waiting.pop(0)
                progress(figure_id)
                hand = self._idle.pop(0)
                hand.begin(self._project, figure_id, data, files)
                busy[hand] = figure_id
            first = min(hand.deadline for hand in busy)
            wait([hand.connection for hand in busy], max(0, first - time.monotonic()))
            now = time.monotonic()
            for hand in [hand for hand in busy if hand.connection.poll() or hand.deadline <= now]:
                figure_id = busy.pop(hand)
                try:
                    yield figure_id, hand.finish()
                except FigureError as error:
                    yield figure_id, error.problems
                self._idle.append(hand)
