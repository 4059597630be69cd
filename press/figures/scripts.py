"""The scripts that draw a publication's figures: which files of `figures/` are read when they run.

A script is read with the modules beside it that it imports, and those that they import. What else lies in the folder
(an editor's backup, a script of no figure) is not the publication's.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from press.content.strict_yaml import is_within
from press.errors import Place, Problem

RULE = "figure"
FOLDER = "figures"
STYLE = f"{FOLDER}/report.mplstyle"


def script_of(figure_id: str) -> str:
    """Name the script of a figure, as messages do."""
    return f"{FOLDER}/{figure_id.replace('-', '_')}.py"


def read_by_figures(project: Path, figure_ids: Iterable[str]) -> list[str]:
    """Name every file of ours that is read when these figures are drawn, sorted."""
    waiting = [script_of(figure_id) for figure_id in figure_ids]
    found: set[str] = set()
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        # Most of what scripts import lies elsewhere.
        if os.path.isfile(f"{project}/{name}") and is_within(project / name, project):
            found.add(name)
            waiting += _imported((project / name).read_bytes())
    if found and (project / STYLE).is_file() and is_within(project / STYLE, project):
        found.add(STYLE)
    return sorted(found)


@lru_cache
def _imported(source: bytes) -> tuple[str, ...]:
    """Name the files that the modules may be which a script imports, whether they are there or not."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):  # which drawing tells
        return ()
    return tuple(dict.fromkeys(_modules(tree)))


def _modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{name}" for name in names)]
        for name in names:
            parts = name.split(".")
            for end in range(1, len(parts) + 1):
                module = "/".join([FOLDER, *parts[:end]])
                yield from (f"{module}.py", f"{module}/__init__.py")


def saved_since(project: Path, scripts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield the files that are no longer as they were read: what was drawn is not what the fingerprint says."""
    for name, data in scripts.items():
        path = project / name
        if not path.is_file() or path.read_bytes() != data:
            yield Problem(Place(name), RULE, "this file was saved while the build ran", "build again")
