"""Problems and places: how they read, sort and suggest."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from press import errors
from press.errors import ContentError, Outcome, Place, Problem, ReportError, Severity, did_you_mean, nearest

PLACE = Place("content/start.yaml", 3, 5)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (PLACE, "content/start.yaml:3:5"),
        (Place("content/start.yaml", 3), "content/start.yaml:3"),
        (Place("content/start.yaml"), "content/start.yaml"),
    ],
)
def test_place_leaves_out_what_cannot_be_named(place: Place, text: str) -> None:
    assert str(place) == text


@pytest.mark.parametrize("place", [PLACE, Place("content/start.yaml", 3)])
def test_place_is_read_as_it_is_written(place: Place) -> None:
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize("text", ["", "content/start.yaml", "content/start.yaml:", ":3:5", "content/start.yaml:tre"])
def test_place_without_a_line_is_none(text: str) -> None:
    assert Place.parse(text) is None


def test_problem_says_where_what_and_how_to_mend() -> None:
    problem = Problem(PLACE, "schema", "unknown key 'ledd'", "did you mean 'lead'?")
    assert str(problem) == "content/start.yaml:3:5: unknown key 'ledd' [schema]\n    mend: did you mean 'lead'?"


def test_problem_is_an_error_unless_it_says_otherwise() -> None:
    assert Problem(PLACE, "r", "w", "m").severity == "error"


@pytest.mark.parametrize("severity", ["warning", "note"])
def test_problem_that_is_no_error_says_what_it_is(severity: Severity) -> None:
    problem = Problem(PLACE, "lix", "this is hard to read", "write shorter sentences", severity)
    assert str(problem).startswith(f"content/start.yaml:3:5: {severity}: this is hard to read [lix]\n")


@pytest.mark.parametrize(
    ("severities", "has_errors"),
    [([], False), (["note", "warning"], False), (["note", "error"], True)],
    ids=["nothing", "no error", "an error"],
)
def test_outcome_knows_whether_there_are_errors(severities: list[Severity], has_errors: bool) -> None:
    assert Outcome(tuple(Problem(PLACE, "r", "w", "m", severity) for severity in severities)).has_errors == has_errors


def test_problem_at_another_place_is_otherwise_the_same() -> None:
    problem = Problem(Place("?"), "r", "w", "m", "warning")
    assert problem.at(PLACE) == Problem(PLACE, "r", "w", "m", "warning")
    assert problem.place == Place("?")


def test_problems_sort_by_file_then_line_then_column_as_numbers() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 9, 12), Place("a", 9, 2)]
    problems = sorted(Problem(place, "r", "w", "m") for place in places)
    assert [str(problem.place) for problem in problems] == ["a:9:2", "a:9:12", "a:10:1", "b:1:1"]


def test_report_error_carries_all_problems_of_any_iterable() -> None:
    problems = [Problem(PLACE, "r", "first", "m"), Problem(PLACE, "r", "second", "m")]
    error = ContentError(problem for problem in problems)
    assert isinstance(error, ReportError)
    assert error.problems == tuple(problems)
    assert str(error) == f"{problems[0]}\n{problems[1]}"


def test_nearest_puts_the_likest_first_and_names_each_once() -> None:
    assert nearest("titel", ["text", "short_title", "title", "title"])[0] == "title"
    assert nearest("titel", ["title", "title"]) == ["title"]


def test_did_you_mean_names_what_is_near() -> None:
    assert did_you_mean("ledd", ["lead", "summary"], "—") == "did you mean 'lead'?"


def test_did_you_mean_joins_several_with_or() -> None:
    said = did_you_mean("titel", ["title", "short_title"], "—")
    assert said == "did you mean 'title' or 'short_title'?"


def test_did_you_mean_says_the_other_thing_when_nothing_is_near() -> None:
    assert did_you_mean("xyz", ["lead", "summary"], "choose lead or summary") == "choose lead or summary"
    assert did_you_mean("xyz", [], "nothing to choose") == "nothing to choose"


def test_errors_imports_nothing_of_its_package() -> None:
    tree = ast.parse(Path(errors.__file__).read_text(encoding="utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert "dataclasses" in imported
    assert not [name for name in imported if name.split(".")[0] == "press"]
