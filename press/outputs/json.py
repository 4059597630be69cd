"""JSON for programs of one's own.

    {"format": 1, "problems": [{"file", "line", "column", "severity", "rule", "what", "mend"}, …],
     "accepted": [the same and "reason"], "switched_off": [rules], "totals": {"error", "warning", "note"}}

Lines and columns count from 1 and are null where none can be named. All letters beyond ASCII are escaped, so that no
terminal and no log acts on them.
"""

from __future__ import annotations

import json
from typing import Any

from press.errors import Outcome, Problem
from press.outputs.printable import letters
from press.outputs.sources import Sources

FORMAT = 1


def write(outcome: Outcome, sources: Sources) -> str:
    """Write everything that is known of a run."""
    severities = [problem.severity for problem in outcome.problems]
    document = {
        "format": FORMAT,
        "problems": [_problem(problem) for problem in outcome.problems],
        "accepted": [{**_problem(problem), "reason": reason} for problem, reason in outcome.accepted],
        "switched_off": list(outcome.switched_off),
        "totals": {severity: severities.count(severity) for severity in ("error", "warning", "note")},
    }
    return json.dumps(document, indent=2) + "\n"


def _problem(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "file": letters(place.file),
        "line": place.line or None,
        "column": place.column or None,
        "severity": problem.severity,
        "rule": problem.rule,
        "what": letters(problem.what),
        "mend": letters(problem.mend),
    }
