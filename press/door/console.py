"""The console: progress and totals on stderr, what was asked for on stdout."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from press.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.errors import Outcome


class UnprintableError(Exception):
    """Standard output takes no more."""


class Console:
    """Progress: one living line for a person, plain lines for everything else, nothing when quiet."""

    def __init__(self, *, quiet: bool, timings: bool = False) -> None:
        self.quiet = quiet
        self.timings = timings
        """Whether it is told where the time of a stage went."""
        self._timings: list[Timing] = []
        self.live = sys.stderr.isatty()
        self.started = time.perf_counter()
        self.stage_started = self.started
        self.current = ""
        self.said: list[str] = []
        """What was said of what came of it, without times."""

    def stage(self, name: str) -> None:
        """Say that a stage begins, and how long the one before took."""
        self.end_stage()
        self.current = name
        self.stage_started = time.perf_counter()
        self._timings = []
        self._show(name)

    def detail(self, line: str) -> None:
        """Say what the stage is at."""
        if self.live:
            self._show(f"{self.current}: {line}")
        self._timings.append(Timing(line, time.perf_counter() - self.stage_started, "drawn by then"))

    def explain(self, timings: Sequence[Timing]) -> None:
        """Know better where the time of the stage goes than by what it was said to be at."""
        self._timings = list(timings)

    def done(self, line: str) -> None:
        """Say what came of it, and the whole time."""
        self.end_stage()
        self.said.append(line)
        if not self.quiet:
            print(f"{line} ({time.perf_counter() - self.started:.1f} s)", file=sys.stderr)

    def note(self, line: str) -> None:
        """Say something more, once it is done."""
        self.said.append(line)
        if not self.quiet:
            print(line, file=sys.stderr)

    def warn(self, line: str) -> None:
        """Say, however quiet, what somebody should know of this computer, which is no problem of the content."""
        self.wipe()
        print(f"warning: {line}", file=sys.stderr)

    def sum_up(self, outcome: Outcome, line: str) -> None:
        """Say what came of the checks, and, however quiet, which of them are switched off."""
        lines = [line] if line else []
        if outcome.switched_off:
            lines.append(f"switched off in content/report.yaml: {', '.join(outcome.switched_off)}")
        self.said += lines
        if lines:
            self.wipe()
            print(*lines, sep="\n", file=sys.stderr)

    def wipe(self) -> None:
        """Clear the living line, for something else to be printed."""
        if self.live and not self.quiet and self.current:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def end_stage(self) -> None:
        """Say how long the stage took that ends here."""
        if not self.current or self.quiet:
            return
        line = f"{self.current:<8} {time.perf_counter() - self.stage_started:5.2f} s"
        print(f"\r\x1b[K{line}" if self.live else line, file=sys.stderr)
        if self.timings:
            print(*(f"    {each}\n" for each in self._timings), sep="", end="", file=sys.stderr)
        self.current = ""

    def _show(self, line: str) -> None:
        if self.live and not self.quiet:
            print(f"\r\x1b[K{line[:78]}", end="", file=sys.stderr, flush=True)


def print_out(text: str) -> None:
    """Print text as it is; letters that the output's encoding lacks are shown as their numbers."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), end="", flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnprintableError(error.strerror) from error
