"""A process that lives through many edits finds and composes exactly what a fresh one does."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from support.cases import rest_long
from support.edits import Author, whole_project

from press.checks import run
from press.compose.parts import compose
from press.content.load import load
from press.editions.edition import FULL
from press.errors import ReportError
from press.words.language import language_of

FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(["press.checks", "press.compose.parts", "press.content.load", "markdown_it", "hunspell"])


def seen(folder: Path) -> list[str]:
    """Tell all that is found and composed; of what cannot be, why."""
    try:
        report = load(folder)
    except ReportError as error:
        return [repr(problem) for problem in error.problems]
    found = [repr(problem) for problem in run(report).problems]
    try:
        document = compose(report, FULL)
    except ReportError as error:
        return [*found, *map(repr, error.problems)]
    except KeyError as error:  # of a reference to nothing, which has kept the report from being composed
        return [*found, repr(error)]
    return [*found, *(part.html for part in document.parts), document.stylesheet, repr(language_of(report))]


def _tell(folder: Path, connection: object) -> None:
    connection.send(seen(folder))  # type: ignore[attr-defined]


def seen_afresh(folder: Path) -> list[str]:
    """Ask a process that has done nothing before."""
    here, there = FRESH.Pipe(duplex=False)
    process = FRESH.Process(target=_tell, args=(folder, there))
    process.start()
    there.close()
    found: list[str] = here.recv()
    process.join()
    return found


@pytest.mark.parametrize("number", rest_long(range(6), 0), ids="seed-{}".format)
def test_random_edits_are_seen_as_a_fresh_process_sees_them(number: int, tmp_path: Path) -> None:
    author = Author(number, whole_project(tmp_path))
    for _ in range(12):
        author.edit()
        assert seen(tmp_path) == seen_afresh(tmp_path)
