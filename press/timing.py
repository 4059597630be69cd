"""Where the time went, for `--timings`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """A piece of work, how long it took, and why it had to be done or did not."""

    what: str
    seconds: float
    """0 for what was kept."""
    why: str = ""

    def __str__(self) -> str:
        took = f"{self.seconds:5.2f} s" if self.seconds else " " * 7
        return f"{took}  {self.what}{f': {self.why}' if self.why else ''}"
