"""Outputs: what a run of the checks came to, written as text. One format, one file.

Each module has `write(outcome, sources)`, which returns the whole text. Whatever comes from content is escaped for the
format: it can begin no line, and speak neither to a terminal nor to CI.
"""

from __future__ import annotations

from importlib import import_module

from press.errors import Outcome
from press.outputs.sources import Sources
from press.outputs.text import Screen
from press.outputs.text import write as write_text

__all__ = ["FORMATS", "Screen", "Sources", "totals", "write"]
FORMATS = ("text", "json", "github", "sarif", "junit")
"""`press/outputs/<name>.py` for each."""


def write(form: str, outcome: Outcome, sources: Sources, screen: Screen | None = None) -> str:
    """Write what came of a run in one of the formats; text looks otherwise on a screen."""
    if form == "text":
        return write_text(outcome, sources, screen)
    text: str = import_module(f"press.outputs.{form}").write(outcome, sources)
    return text


def totals(outcome: Outcome) -> str:
    """Count what was found, in one line."""
    errors, warnings, notes = (
        sum(problem.severity == severity for problem in outcome.problems) for severity in ("error", "warning", "note")
    )
    counts = [f"{_count(errors, 'problem')} to mend" if errors else "nothing to mend"]
    counts += [_count(warnings, "warning")] if warnings else []
    counts += [_count(notes, "note")] if notes else []
    counts += [f"{len(outcome.accepted)} accepted"] if outcome.accepted else []
    return ", ".join(counts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
