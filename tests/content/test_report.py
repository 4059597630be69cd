"""The report as a value: its order, its texts, its tables."""

from __future__ import annotations

import pytest
from support.projects import Project, assert_problems

from press.content.report import GROUPS, Order, Report

ORDER = """\
order:
  appendices:
    - vedlegg
  chapters:
    - start:
        - under:
            - nederst
        - ved-siden
  front_matter:
    - forord
"""


@pytest.fixture
def report(project: Project) -> Report:
    """Load a publication with sections in all groups, nested, and a word of its own in every text."""
    project.change("content/report.yaml", "order:\n  chapters:\n    - start\n", ORDER)
    for name in ("forord", "under", "nederst", "ved-siden", "vedlegg"):
        project.write(f"content/{name}.yaml", f"title: {name}\nblocks:\n  - text: i {name}\n")
    project.section(
        "title: start\nshort_title: kort\nlead: ingress\ndivider: {id: del-1, text: skille}\n"
        "result: {claim: påstand, text: resultat, rests_on: [under], example: {text: eksempel, rests_on: [boks]}}\n"
        "summary: {text: sammendrag, rests_on: [start]}\n"
        "blocks:\n  - callout: boks\n    title: boksens tittel\n    text: i boksen\n"
        "  - text: Se {figur-1}.\n"
        "  - figure: figur-1\n    title: figurens tittel\n    source: kilde\n    alt: beskrivelse\n"
        "closing:\n  - text: til slutt\n"
    )
    project.write("figures/figur_1.py", "").write(
        "content/data/figur-1.yaml",
        "labels: {axis: akse}\n"
        "tables:\n  t:\n    columns:\n      - {key: nr, heading: Nr., type: integer}\n"
        "      - {key: x, type: number}\n      - {key: navn, heading: Navn, type: text}\n"
        '    rows:\n      - ["1", "0.5", første]\n      - ["2", "", andre]\n',
    )
    assert project.problems() == []
    return project.load()


def test_groups_come_in_reading_order_however_they_are_written(report: Report) -> None:
    assert tuple(Order.keys()) == GROUPS
    assert [section.id for section in report.sections] == ["forord", "start", "vedlegg"]


def test_walk_goes_down_before_it_goes_on(report: Report) -> None:
    assert [section.id for section in report.walk()] == ["forord", "start", "under", "nederst", "ved-siden", "vedlegg"]


def test_section_walks_itself_first(report: Report) -> None:
    assert [section.id for section in report.sections[1].walk()] == ["start", "under", "nederst", "ved-siden"]


def test_blocks_of_subsections_come_before_the_closing(report: Report) -> None:
    found = [(section.id, block.kind) for section, block in report.blocks()]
    assert found == [
        ("forord", "text"),
        ("start", "callout"),
        ("start", "text"),
        ("start", "figure"),
        ("under", "text"),
        ("nederst", "text"),
        ("ved-siden", "text"),
        ("start", "text"),
        ("vedlegg", "text"),
    ]


def test_prose_is_every_text_in_markdown(report: Report) -> None:
    settings = ["Fritt.", "{fact:bedrifter} bedrifter.", "Slutt."]
    start = ["ingress", "i boksen", "Se {figur-1}.", "til slutt", "resultat", "eksempel", "sammendrag"]
    assert list(report.prose()) == [*settings, "i forord", *start, "i under", "i nederst", "i ved-siden", "i vedlegg"]


def test_lines_are_every_text_in_plain_words(report: Report) -> None:
    settings = ["Liten rapport", "En prøve", "Utgiveren", "Første utgave", "Prøver"]
    start = ["start", "kort", "skille", "boksens tittel", "figurens tittel", "kilde", "beskrivelse", "påstand"]
    sections = ["forord", *start, "under", "nederst", "ved-siden", "vedlegg"]
    data = ["akse", "Nr.", "Navn", "1", "0.5", "første", "2", "", "andre"]
    expected = [*settings, *sections, *data]
    assert [line for line in report.lines() if line in expected] == expected


PRINTED_ELSEWHERE = {
    "heading of a data table": ("content/data/figur-1.yaml", "heading: Nr.", 'heading: "{fact:borte}"', "5:29"),
    "title of a data table": ("content/data/figur-1.yaml", "  t:\n", '  t:\n    title: "{fact:borte}"\n', "4:13"),
    "keyword": ("content/report.yaml", "[prøve]", '["{fact:borte}"]', "8:13"),
}


@pytest.mark.parametrize(("file", "old", "new", "place"), PRINTED_ELSEWHERE.values(), ids=PRINTED_ELSEWHERE)
def test_words_that_templates_print_are_all_checked(
    report: Report, project: Project, file: str, old: str, new: str, place: str
) -> None:
    # A template puts facts into them, so an unknown fact must not wait until then.
    project.change(file, old, new)
    assert_problems(project.problems(), f"{place}: there is no fact 'borte' [facts-known]", file=file)


def test_table_gives_cells_as_written_in_the_columns_asked_for(report: Report) -> None:
    table = report.figures["figur-1"].tables["t"]
    assert table.cells(["navn", "x"]) == [("første", "0.5"), ("andre", "")]
    assert table.cells([]) == [(), ()]


def test_table_shows_readers_the_columns_with_a_heading(report: Report) -> None:
    assert [column.key for column in report.figures["figur-1"].tables["t"].shown] == ["nr", "navn"]


def test_files_are_all_that_was_read(report: Report) -> None:
    assert sorted(report.files) == [
        "content/data/figur-1.yaml",
        "content/facts.yaml",
        "content/forord.yaml",
        "content/nederst.yaml",
        "content/report.yaml",
        "content/start.yaml",
        "content/under.yaml",
        "content/ved-siden.yaml",
        "content/vedlegg.yaml",
    ]


def test_loading_twice_gives_the_same(project: Project) -> None:
    assert project.load() == project.load()
