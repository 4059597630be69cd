"""What short editions say, held against what it rests on: which statements a change makes stale, and what is told."""

from __future__ import annotations

import re

import pytest
from support.projects import Project, assert_problems
from support.short_editions import (
    BELOW_FILE,
    DATA_FILE,
    FACTS_FILE,
    FINDING_FILE,
    KEYS,
    SCRIPT_FILE,
    START_FILE,
    approve_all,
    claim,
    with_short_edition,
)

from press.checks import approved
from press.content.report import EditionContent
from press.editions.approvals import FILE, RULE
from press.editions.statements import SHOWN, claims, longest, printed_in, stale
from press.errors import Problem

SUMMARY, RESULT, EXAMPLE = KEYS
ORDER = "content/report.yaml"
EDITION = "content/editions/kort.yaml"


@pytest.fixture
def approved_project(project: Project) -> Project:
    return with_short_edition(project)


def stale_keys(project: Project) -> list[str]:
    return [key for key, _ in stale(project.load())]


def told(project: Project) -> list[Problem]:
    return [problem for _, problem in stale(project.load())]


def edition(project: Project) -> EditionContent:
    return project.load().editions["kort"]


# What a statement is, and when it is approved.


def test_statements_are_gathered_in_reading_order(approved_project: Project) -> None:
    assert [found.key for found in claims(approved_project.load())] == KEYS


def test_statement_is_approved_as_it_stands(approved_project: Project) -> None:
    assert approved_project.problems() == []
    assert all(found.is_approved for found in claims(approved_project.load()))


def test_statement_that_was_never_approved_is_stale_where_it_stands(project: Project) -> None:
    with_short_edition(project, approve=False)
    assert_problems(
        told(project),
        "content/start.yaml:24:9: 'start.summary' has not been approved [approved] approve start.summary`",
        "content/funn.yaml:7:9: 'funn.result' has not been approved [approved] approve funn.result`",
        "content/funn.yaml:11:11: 'funn.example' has not been approved [approved] approve funn.example`",
    )


def test_publication_without_short_editions_needs_no_approval(project: Project) -> None:
    with_short_edition(project, approve=False)
    (project.folder / EDITION).unlink()
    assert list(approved.check(project.load())) == []


def test_numbers_are_counted_as_what_they_say(approved_project: Project) -> None:
    texts = [sentence.text for support in claim(approved_project, SUMMARY).supports for sentence in support.sentences]
    assert "Studien har 33 bedrifter." in texts
    (_, below) = claim(approved_project, RESULT).supports
    assert [sentence.text for sentence in below.sentences] == ["Under", "Det er trettitre av dem."]


def test_sentence_is_a_line_of_prose_with_its_place(approved_project: Project) -> None:
    (support,) = claim(approved_project, SUMMARY).supports
    found = [(sentence.text, str(sentence.place)) for sentence in support.sentences]
    assert found[:4] == [
        ("Start", "content/start.yaml:1:8"),
        ("Ingressen.", "content/start.yaml:3:3"),
        ("Første setning.", "content/start.yaml:6:7"),
        ("Andre setning.", "content/start.yaml:7:7"),
    ]
    assert "Etter underkapittelet." in [text for text, _ in found]


# What a change makes stale.


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        pytest.param(START_FILE, "Andre setning.", "Annen setning.", [SUMMARY], id="a word of a section"),
        pytest.param(START_FILE, "Ingressen.", "Innledningen.", [SUMMARY], id="a lead"),
        pytest.param(START_FILE, "title: Start", "title: Starten", [SUMMARY], id="a title"),
        pytest.param(START_FILE, "Etter under", "Nedenfor under", [SUMMARY], id="a closing block"),
        pytest.param(BELOW_FILE, "av dem", "i alt", [RESULT], id="a subsection, which is not named by its chapter's"),
        pytest.param(START_FILE, "Ordene i rammen.", "Rammens ord.", [SUMMARY, RESULT], id="a block and its section"),
        pytest.param(FACTS_FILE, "value: 33", "value: 34", [SUMMARY], id="a number, where it stands as digits"),
        pytest.param(FACTS_FILE, "trettitre", "trettifire", [RESULT], id="a number, where it stands in words"),
        pytest.param(FACTS_FILE, "source: Studien", "source: Rapporten", [], id="a source that is not printed there"),
        pytest.param(DATA_FILE, "[Sist,", "[Til sist,", [SUMMARY, EXAMPLE], id="a row of a figure's data"),
        pytest.param(DATA_FILE, "axis: Antall", "axis: Andel", [SUMMARY, EXAMPLE], id="a label of a figure"),
        pytest.param(SCRIPT_FILE, "[0, 1]", "[1, 0]", [SUMMARY, EXAMPLE], id="a figure's script"),
        pytest.param(START_FILE, "alt: |\n      To", "alt: |\n      Tre", [SUMMARY, EXAMPLE], id="words for a drawing"),
        pytest.param(START_FILE, "Starten i korthet.", "Kort om starten.", [SUMMARY], id="the statement's own words"),
        pytest.param(FINDING_FILE, "claim: Funnet kort", "claim: Kort funn", [RESULT], id="a result's claim"),
        pytest.param(FINDING_FILE, "Funnet i sin helhet.", "Hele funnet.", [], id="what nothing rests on"),
        pytest.param(FINDING_FILE, "[rammen, under]", "[rammen]", [RESULT], id="what it rests on, one fewer"),
        pytest.param(FINDING_FILE, "[rammen, under]", "[rammen, under, start]", [RESULT], id="what it rests on, more"),
        pytest.param(FINDING_FILE, "[rammen, under]", "[under, rammen]", [], id="the order of what it rests on"),
    ],
)
def test_change_makes_stale_what_rests_on_it_and_nothing_else(
    approved_project: Project, file: str, old: str, new: str, expected: list[str]
) -> None:
    assert stale_keys(approved_project) == []
    approved_project.change(file, old, new)
    assert stale_keys(approved_project) == expected


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(START_FILE, "Første setning.\n", "Første setning. \n", id="spaces at a line's end"),
        pytest.param(START_FILE, "lead: |\n", "# Et notat.\nlead: |\n", id="comments"),
        pytest.param(START_FILE, "{fact:bedrifter}", "33", id="a number written out as it was"),
    ],
)
def test_words_that_stay_the_same_make_nothing_stale(approved_project: Project, file: str, old: str, new: str) -> None:
    approved_project.change(file, old, new)
    assert stale_keys(approved_project) == []


def test_word_that_is_moved_to_the_next_line_makes_nothing_stale(approved_project: Project) -> None:
    approved_project.change(BELOW_FILE, "Det er {fact", "Det\n      er {fact")
    assert stale_keys(approved_project) == []


def test_message_shows_references_as_they_are_typed(approved_project: Project) -> None:
    approved_project.change(BELOW_FILE, "av dem.", "av dem, se {start} og {page:start}.")
    assert any("av dem, se {start} og {page:start}.»" in problem.what for problem in told(approved_project))


def test_sentences_in_another_order_make_a_statement_stale(approved_project: Project) -> None:
    approved_project.change(
        START_FILE, "Første setning.\n      Andre setning.", "Andre setning.\n      Første setning."
    )
    assert_problems(
        told(approved_project), "content/start.yaml:24:9: in start sentences stand in another order [approved]"
    )


def test_approving_again_makes_nothing_stale(approved_project: Project) -> None:
    approved_project.change(START_FILE, "Andre setning.", "Annen setning.")
    assert approve_all(approved_project).problems() == []


# What is told.


def test_problem_stands_at_the_statement_and_names_what_changed_with_its_new_words(approved_project: Project) -> None:
    approved_project.change(START_FILE, "Andre setning.", "Annen setning.")
    assert_problems(
        told(approved_project),
        "content/start.yaml:24:9: 'start.summary' rests on what has changed since it was approved: "
        "content/start.yaml:7:7 now says «Annen setning.», 1 sentence of start is gone [approved] "
        "read it again; when it holds, run `python build.py approve start.summary`",
    )


def test_change_elsewhere_is_named_by_its_own_file(approved_project: Project) -> None:
    approved_project.change(BELOW_FILE, "av dem", "i alt")
    assert_problems(
        told(approved_project),
        "content/funn.yaml:7:9: content/under.yaml:4:7 now says «Det er trettitre i alt.», "
        "1 sentence of under is gone [approved]",
    )


def test_changed_number_is_named_where_it_is_used(approved_project: Project) -> None:
    approved_project.change(FACTS_FILE, "value: 33", "value: 34")
    (problem,) = told(approved_project)
    assert "content/start.yaml:8:7 now says «Studien har 34 bedrifter.»" in problem.what


def test_changed_row_is_named_by_its_line_and_cells(approved_project: Project) -> None:
    approved_project.change(DATA_FILE, "[Sist,", "[Til sist,")
    problem = told(approved_project)[1]
    assert f"{DATA_FILE}:10:10 now says «Til sist | 2», 1 sentence of figur-1 is gone" in problem.what


def test_changed_script_is_named_by_its_file(approved_project: Project) -> None:
    approved_project.change(SCRIPT_FILE, "[0, 1]", "[1, 0]")
    problem = told(approved_project)[1]
    assert f"{SCRIPT_FILE} now says «" in problem.what


def test_sentence_that_is_gone_is_counted(approved_project: Project) -> None:
    approved_project.change(START_FILE, "      Første setning.\n      Andre setning.\n", "")
    (problem,) = told(approved_project)
    assert problem.what.endswith(": 2 sentences of start are gone")


def test_one_of_two_equal_sentences_that_is_gone_is_counted(approved_project: Project) -> None:
    twice = "      Første setning.\n      Første setning.\n"
    approve_all(approved_project.change(START_FILE, "      Første setning.\n", twice))
    approved_project.change(START_FILE, twice, "      Første setning.\n")
    (problem,) = told(approved_project)
    assert problem.what.endswith(": 1 sentence of start is gone")


def test_sentence_that_is_added_is_named_and_none_is_gone(approved_project: Project) -> None:
    approved_project.change(START_FILE, "Første setning.\n", "Første setning.\n      Ny setning.\n")
    (problem,) = told(approved_project)
    assert problem.what.endswith(": content/start.yaml:7:7 now says «Ny setning.»")


def test_many_new_sentences_are_named_three_and_counted(approved_project: Project) -> None:
    more = "".join(f"      Ny setning {number}.\n" for number in range(1, 6))
    approved_project.change(START_FILE, "      Første setning.\n", f"      Første setning.\n{more}")
    (problem,) = told(approved_project)
    assert "«Ny setning 3.»" in problem.what
    assert "«Ny setning 4.»" not in problem.what
    assert problem.what.endswith("2 more in start are new")


def test_long_sentence_is_shortened(approved_project: Project) -> None:
    approved_project.change(START_FILE, "Andre setning.", f"Annen {'svært ' * 30}lang setning.")
    (problem,) = told(approved_project)
    (shown,) = re.findall("«(.*)»", problem.what)
    assert shown == f"Annen {'svært ' * 30}"[:SHOWN] + "…"


def test_statement_that_reads_otherwise_is_told_from_one_whose_ground_has_changed(approved_project: Project) -> None:
    approved_project.change(START_FILE, "Starten i korthet.", "Kort om starten.")
    assert_problems(
        told(approved_project),
        "content/start.yaml:24:9: 'start.summary' reads otherwise than what was approved [approved]",
    )


def test_support_that_is_new_is_named(approved_project: Project) -> None:
    approved_project.change(FINDING_FILE, "[rammen, under]", "[rammen, under, start]")
    (problem,) = told(approved_project)
    assert problem.what.endswith("start is new here")


def test_support_that_is_no_longer_named_is_named_once_more(approved_project: Project) -> None:
    # A statement that changes what it rests on must not slip out of what it was approved with.
    approved_project.change(FINDING_FILE, "[rammen, under]", "[rammen]")
    (problem,) = told(approved_project)
    assert problem.what.endswith("under is no longer named")


def test_each_unknown_id_is_a_problem_at_its_place_with_the_nearest_known(approved_project: Project) -> None:
    approved_project.change(FINDING_FILE, "[rammen, under]", "[ramen, undre]")
    assert_problems(
        told(approved_project),
        "content/funn.yaml:9:14: nothing has the id 'ramen' to rest on [approved] did you mean 'rammen'?",
        "content/funn.yaml:9:21: nothing has the id 'undre' to rest on [approved] did you mean 'under'?",
    )


def test_approval_of_no_statement_is_a_problem_in_the_file_of_approvals(approved_project: Project) -> None:
    file = approved_project.folder / FILE
    old = "borte.summary:\n  - 0123456789ab, start 0123456789ab\n"
    approved_project.write(FILE, file.read_text(encoding="utf-8") + old)
    (problem,) = told(approved_project)
    assert (problem.place.file, problem.rule) == (FILE, RULE)
    assert problem.what == "no section states 'borte.summary' any more"
    assert problem.mend.startswith("run `python build.py approve`")


def test_section_that_is_taken_out_leaves_its_approval_to_be_cleared_away(approved_project: Project) -> None:
    approved_project.change(ORDER, "    - funn\n", "")
    assert sorted(stale_keys(approved_project)) == sorted([RESULT, EXAMPLE])


# What an edition prints.


def test_cases_print_results_with_their_examples_and_a_brief_prints_a_summary(approved_project: Project) -> None:
    assert printed_in(approved_project.load(), edition(approved_project)) == set(KEYS)


@pytest.mark.parametrize("style", ["cards", "list"])
def test_other_styles_print_results_without_examples(approved_project: Project, style: str) -> None:
    approved_project.change(EDITION, "style: cases", f"style: {style}")
    assert printed_in(approved_project.load(), edition(approved_project)) == {SUMMARY, RESULT}


def test_results_that_are_not_named_are_not_printed(approved_project: Project) -> None:
    approved_project.change(EDITION, "style: cases", "style: cases\n        results: [start]")
    assert printed_in(approved_project.load(), edition(approved_project)) == {SUMMARY, "start.result", "start.example"}


@pytest.mark.parametrize(
    "section",
    [
        pytest.param("  - include: start\n", id="in a section printed whole"),
        pytest.param("  - id: a\n    title: A\n    blocks:\n      - excerpt: kortene\n", id="in a block of the report"),
    ],
)
def test_results_of_the_report_are_printed_where_an_edition_takes_them_over(
    approved_project: Project, section: str
) -> None:
    # An edition once missed the cards of a section that it printed whole, and was built with a stale result on them.
    approved_project.change(BELOW_FILE, "blocks:\n", "blocks:\n  - key_results: kortene\n")
    approved_project.write(EDITION, f"label: Kortversjon\nlimits: {{pages: 4}}\nsections:\n{section}")
    assert printed_in(approved_project.load(), edition(approved_project)) == {RESULT}


def test_longest_statements_of_an_edition_come_first_with_their_words_and_places(approved_project: Project) -> None:
    approved_project.change(FINDING_FILE, "Et eksempel på funnet.", "Et mye lengre eksempel på det samme funnet.")
    found = longest(approved_project.load(), edition(approved_project), most=2)
    assert [(key, count, str(place)) for key, count, place in found] == [
        (EXAMPLE, 8, "content/funn.yaml:11:11"),
        (RESULT, 5, "content/funn.yaml:7:9"),
    ]
