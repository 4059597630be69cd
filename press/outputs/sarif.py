"""SARIF 2.1.0 (OASIS Standard, errata 01), which code scanning of GitHub and others reads."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from press.checks import RULES, manual
from press.errors import Outcome, Problem
from press.outputs.printable import printable
from press.outputs.sources import Sources

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"


def write(outcome: Outcome, sources: Sources) -> str:
    """Write one run: the rules with their pages, and a result for each problem."""
    pages = manual.pages(RULES)
    listed = {page.id for page in pages}
    unlisted = sorted({problem.rule for problem in outcome.problems} - listed)
    rules = [*map(_rule, pages), *({"id": name} for name in unlisted)]
    indices = {rule["id"]: index for index, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "build.py check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": _message("the top of the repository that the publication is in")}},
        "invocations": [_invocation(outcome, indices)],
        "results": [_result(problem, indices, sources, seen) for problem in outcome.problems],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(page: manual.Page) -> dict[str, Any]:
    return {
        "id": page.id,
        "shortDescription": _message(page.summary),
        "fullDescription": _message(page.parts.get("Why", page.summary)),
        "help": {
            **_message("\n".join([page.summary, *(f"{label}: {words}" for label, words in page.parts.items())])),
            "markdown": _escape(page.markdown()),
        },
        "defaultConfiguration": {"level": page.severity},
    }


def _invocation(outcome: Outcome, indices: dict[str, int]) -> dict[str, Any]:
    off = [
        {"descriptor": {"id": name, "index": indices[name]}, "configuration": {"enabled": False}}
        for name in outcome.switched_off
    ]
    return {"executionSuccessful": True, **({"ruleConfigurationOverrides": off} if off else {})}


def _result(problem: Problem, indices: dict[str, int], sources: Sources, seen: Counter[str]) -> dict[str, Any]:
    place = sources.in_repository(problem.place)
    # Code scanning wants a line: what concerns a whole file is shown at its beginning.
    region = {"startLine": max(place.line, 1), **({"startColumn": place.column} if place.column else {})}
    location = {"artifactLocation": {"uri": _uri(place.file), "uriBaseId": ROOT}, "region": region}
    return {
        "ruleId": problem.rule,
        "ruleIndex": indices[problem.rule],
        "level": problem.severity,
        "message": _message(f"{problem.what} – {problem.mend}"),
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(problem, sources, seen)},
    }


def _uri(file: str) -> str:
    """Write a file's name as an address, byte for byte where it is one that a system gave."""
    try:
        return quote(file, errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(file, errors="replace")


def _fingerprint(problem: Problem, sources: Sources, seen: Counter[str]) -> str:
    """Name a problem by its rule, its file and the words of its line, so that it is the same when the line moves."""
    line = " ".join((sources.line(problem.place) or "").split())
    name = hashlib.sha256("\0".join([problem.rule, problem.place.file, line]).encode("utf-8", "replace")).hexdigest()[
        :16
    ]
    seen[name] += 1
    return f"{name}:{seen[name]}"


def _message(text: str) -> dict[str, str]:
    return {"text": _escape(text)}


def _escape(text: str) -> str:
    """Take the meaning from what SARIF reads as placeholders (3.11.5) and links (3.11.6)."""
    lines = (printable(line) for line in text.split("\n"))
    return "\n".join(lines).replace("](", "] (").replace("{", "{{").replace("}", "}}")
