"""Acceptances: which comments are one, what each of them lets stand, and what is told of those that are amiss."""

from __future__ import annotations

import pytest
from support.projects import Project, assert_problems

from press import checks
from press.checks.acceptances import Acceptance, acceptances
from press.checks.manual import READERS
from press.errors import Place

RULE = "placeholder"
OK = f"# ok: {RULE} – kommer i neste utgave"
REASON = "kommer i neste utgave"


def lines_of(text: str) -> list[tuple[int, ...]]:
    """Tell in which lines each acceptance of a text holds."""
    return [tuple(comment.lines) for comment in acceptances(text, "a.yaml")]


# What a comment says.


@pytest.mark.parametrize(
    "comment",
    [
        "# ok: a-rule – why it may stand",
        "# ok: a-rule - why it may stand",
        "# ok: a-rule — why it may stand",
        "#ok: a-rule – why it may stand",
        "#  OK :  a-rule  –  why it may stand  ",
    ],
)
def test_comment_names_a_rule_and_a_reason(comment: str) -> None:
    (found,) = acceptances(f"title: A {comment}\n", "a.yaml")
    assert found == Acceptance(Place("a.yaml", 1, 10), "a-rule", "why it may stand", range(1, 2))


@pytest.mark.parametrize(
    "comment",
    [
        "# ok: a-rule",
        "# ok: a-rule –",
        "# ok: a-rule – ",
        "# ok: a-rule – …",
        "# ok: a-rule: since",
        "# ok: a-rule since",
    ],
)
def test_comment_without_words_after_a_dash_gives_no_reason(comment: str) -> None:
    (found,) = acceptances(f"title: A {comment}\n", "a.yaml")
    assert found.reason == ""


@pytest.mark.parametrize(
    "text",
    [
        "title: A # a remark\n",
        "title: A # okay: a-rule – why\n",
        "title: A # this is ok: a-rule – why\n",
        "title: A#ok:a-rule – why\n",
        "title: 'A # ok: a-rule – why'\n",
        'title: "A # ok: a-rule – why"\n',
        "text: |\n  A\n  # ok: a-rule – why\n  B\n",
        "text: >\n  # ok: a-rule – why\n",
        "text: |\n\n  # ok: a-rule – why\n\n  B\n",
        "# a remark, and # ok: a-rule – why\n",
    ],
    ids=[
        "a remark",
        "another word",
        "not at its beginning",
        "in plain words",
        "in single quotes",
        "in double quotes",
        "in a block",
        "in a folded block",
        "after an empty line of a block",
        "in a remark",
    ],
)
def test_text_that_looks_like_it_is_no_acceptance(text: str) -> None:
    assert acceptances(text, "a.yaml") == []


# Where it holds.


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"title: A {OK}\nlead: B\n", (1,)),
        (f"{OK}\ntitle: A\nlead: B\n", (2,)),
        (f"lead: B\n  {OK}\ntitle: A\n", (3,)),
        (f"{OK}\n# a remark\ntitle: A\nlead: B\n", (3,)),
        (f"{OK}\n\ntitle: A\n", (2,)),
        (f"{OK}\ntext: |\n  A\n\n  B\nlead: C\n", (2, 3, 4, 5)),
        (f"text: | {OK}\n  A\n  B\nlead: C\n", (1, 2, 3)),
        (f"{OK}\n- text: >-\n    A\n    B\n- text: C\n", (2, 3, 4)),
        (f"{OK}\ntext: A\n  B\nlead: C\n", (2, 3)),
        (f'{OK}\ntext: "A\n  B"\nlead: C\n', (2, 3)),
        (f"{OK}\nblocks:\n  - text: A\n", (2,)),
        (f"text: |\n  A\n{OK}\nlead: C\n", (4,)),
        (f"- text: |\n    A\n  {OK}\n  lead: C\n", (4,)),
        (f"title: A\n{OK}\n", (3,)),
    ],
    ids=[
        "end of the line",
        "line above",
        "line above, indented",
        "remark between",
        "empty line between",
        "above a block",
        "at the mark of a block",
        "above a folded block",
        "above plain words over two lines",
        "above quoted words over two lines",
        "above a list",
        "under a block",
        "under an indented block",
        "at the end",
    ],
)
def test_acceptance_holds_for_what_begins_in_its_line(text: str, lines: tuple[int, ...]) -> None:
    assert lines_of(text) == [lines]


def test_several_comments_above_a_line_all_hold_for_it() -> None:
    assert lines_of("# ok: a-rule – why\n# ok: b-rule – why\ntitle: A # ok: c-rule – why\n") == [(3,), (3,), (3,)]


def test_acceptance_holds_in_its_own_file_alone(project: Project) -> None:
    project.change("content/report.yaml", "imprint: Slutt.", "imprint: Se TODO.").section(
        f"title: Start\nblocks:\n  {OK}\n  - text: A TODO.\n"
    )
    assert_problems(project.problems(), f"content/report.yaml:11:13: 'TODO' [{RULE}]")


# What it lets stand.


def test_accepted_problem_is_kept_with_its_reason(project: Project) -> None:
    project.blocks(f"  {OK}\n  - text: Se TODO.\n")
    outcome = checks.run(project.load())
    assert outcome.problems == ()
    ((problem, reason),) = outcome.accepted
    assert (problem.rule, str(problem.place), reason) == (RULE, "content/start.yaml:4:14", REASON)


def test_acceptance_lets_every_such_problem_of_a_text_stand(project: Project) -> None:
    project.blocks(f"  {OK}\n  - text: |\n      Se TODO.\n      Se TBA.\n")
    outcome = checks.run(project.load())
    assert outcome.problems == ()
    assert [problem.place.line for problem, _ in outcome.accepted] == [5, 6]


def test_acceptance_lets_no_other_rule_s_problem_stand(project: Project) -> None:
    project.blocks("  # ok: figure-cited – en grunn\n  - text: Se TODO.\n")
    assert_problems(
        project.problems(),
        f"4:14: 'TODO' [{RULE}]",
        "3:3: nothing is found here any more by 'figure-cited' [acceptance]",
    )


def test_acceptance_lets_no_problem_of_the_next_text_stand(project: Project) -> None:
    project.blocks(f"  {OK}\n  - text: Se TODO.\n  - text: Se TBA.\n")
    assert_problems(project.problems(), f"5:14: 'TBA' [{RULE}]")


def test_problem_of_reading_cannot_be_accepted(project: Project) -> None:
    project.section("title: Start\n# ok: schema – en grunn\nledd: A\n")
    assert_problems(project.problems(), "3:1: unknown key 'ledd' [schema]")


# What is amiss with it.


def test_acceptance_without_a_reason_accepts_nothing_and_is_an_error(project: Project) -> None:
    project.blocks(f"  - text: Se TODO. # ok: {RULE}\n")
    found = project.problems()
    assert_problems(
        found,
        f"3:14: 'TODO' [{RULE}]",
        f"3:20: this acceptance gives no reason [acceptance] write `# ok: {RULE} – `",
    )
    assert {problem.severity for problem in found} == {"error"}


def test_acceptance_of_an_unknown_rule_is_an_error_that_names_the_nearest(project: Project) -> None:
    project.blocks("  - text: Ord. # ok: placehodler – en grunn\n")
    (problem,) = project.problems()
    assert_problems([problem], f"3:16: there is no rule 'placehodler' [acceptance] did you mean '{RULE}'")
    assert problem.severity == "error"


@pytest.mark.parametrize("rule", sorted(READERS))
def test_acceptance_of_what_is_seen_to_while_reading_is_an_error(project: Project, rule: str) -> None:
    project.blocks(f"  - text: Ord. # ok: {rule} – en grunn\n")
    assert_problems(project.problems(), f"3:16: what '{rule}' finds cannot be accepted [acceptance]")


def test_acceptance_that_names_no_rule_is_an_error(project: Project) -> None:
    project.blocks("  - text: Ord. # ok:\n")
    assert_problems(project.problems(), "3:16: this acceptance names no rule [acceptance] write `# ok: rule – reason`")


def test_acceptance_that_accepts_nothing_any_more_is_a_warning(project: Project) -> None:
    project.blocks(f"  - text: Ord. {OK}\n")
    (problem,) = project.problems()
    assert_problems([problem], f"3:16: nothing is found here any more by '{RULE}' [acceptance] delete the comment")
    assert problem.severity == "warning"


def test_acceptance_of_a_rule_that_did_not_run_is_left_in_peace(project: Project) -> None:
    project.change("content/report.yaml", "order:\n", f"checks:\n  {RULE}: off\norder:\n")
    assert_problems(project.blocks(f"  - text: Se TODO. {OK}\n").problems())


def test_same_problem_accepted_twice_needs_neither_comment_deleted(project: Project) -> None:
    assert_problems(project.blocks(f"  {OK}\n  - text: Se TODO. {OK}\n").problems())


@pytest.mark.parametrize("name", ["content/report.yaml", "content/facts.yaml"])
def test_acceptances_are_looked_for_in_every_yaml_file(project: Project, name: str) -> None:
    text = (project.folder / name).read_text(encoding="utf-8")
    line = text.count("\n") + 1
    project.write(name, f"{text}# ok: {RULE} – en grunn\n")
    assert_problems(project.problems(), f"{name}:{line}:1: nothing is found here any more [acceptance]")


# What was meant as one, and is none.


@pytest.mark.parametrize(
    "comment",
    [
        f"# this is ok: {RULE} – why",
        f"# ok {RULE} – why",
        f"# okay: {RULE} – why",
        f"# okey: {RULE} – why",
        f"# {RULE}: ok – why",
        f"# why – ok: {RULE}",
        f"# a remark, and # ok: {RULE} – why",
    ],
)
def test_comment_with_its_words_out_of_place_is_told(project: Project, comment: str) -> None:
    project.blocks(f"  {comment}\n  - text: Se TODO.\n")
    assert_problems(
        project.problems(),
        f"4:14: 'TODO' [{RULE}]",
        f"3:3: this comment names '{RULE}' and says ok, but accepts nothing [acceptance] write `# ok: {RULE} – `",
    )


@pytest.mark.parametrize("comment", ["# alt er ok: bra", f"# {RULE} finner dette", "# okser – og kuer", "# ok"])
def test_other_comment_is_left_in_peace(project: Project, comment: str) -> None:
    assert_problems(project.blocks(f"  {comment}\n  - text: Ord.\n").problems())


@pytest.mark.parametrize(
    ("blocks", "place"),
    [
        (f"  - text: |\n      Ord.\n      {OK}\n", "5:7"),
        (f"  - text: |\n      Ord. {OK}\n", "4:12"),
        (f"  - text: 'Ord. {OK}'\n", "3:17"),
        ("  - text: |\n      Ord.\n      # ok: placehodler – en grunn\n", "5:7"),
    ],
    ids=["own line", "end of a line", "in quotes", "misspelt"],
)
def test_acceptance_inside_a_text_is_told_as_it_would_be_printed(project: Project, blocks: str, place: str) -> None:
    found = [problem for problem in project.blocks(blocks).problems() if problem.rule == "acceptance"]
    assert_problems(found, f"{place}: this acceptance stands inside a text [acceptance] just above the text")
    assert found[0].severity == "error"


@pytest.mark.parametrize("rule", sorted(checks.NEEDED))
def test_what_nothing_is_built_with_is_neither_accepted_nor_set(project: Project, rule: str) -> None:
    project.blocks(f"  - text: Ord. # ok: {rule} – en grunn\n")
    assert_problems(project.problems(), f"3:16: what '{rule}' finds cannot be accepted [acceptance]")
    project.blocks("  - text: Ord.\n")
    for level in ("off", "note", "warning"):
        text = (project.folder / "content/report.yaml").read_text(encoding="utf-8")
        project.write("content/report.yaml", text.replace("order:\n", f"checks:\n  {rule}: {level}\norder:\n"))
        expected = f"content/report.yaml:14:3: what '{rule}' finds is always an error [severity] leave it out"
        assert_problems(project.problems(), expected)
        assert checks.run(project.load()).switched_off == ()
        project.write("content/report.yaml", text)
