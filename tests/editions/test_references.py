"""Ids and numbers: what can be pointed to, and by which number."""

from __future__ import annotations

import pytest
from support.projects import Project, assert_problems

from press.content.report import Report
from press.editions.references import Target, duplicate_ids, result_numbers, targets

ORDER = """\
order:
  front_matter: [forord]
  chapters:
    - start:
        - under
    - resten
  appendices: [guide, tall]
"""
FIGURE = "{0}: {1}\n    title: {1}s tittel\n    source: Kilde\n    alt: Noe å se\n"
FILES = {
    "forord": "title: Forord\nblocks:\n  - callout: takk\n    title: Takk\n    text: Til alle.\n",
    "start": (
        "title: Begreper\ndivider: {id: del-1, text: Hva ordene betyr}\n"
        "result: {text: Kort sagt., rests_on: [start]}\nblocks:\n"
        "  - text: Se {figur-a}, {figur-b}, {figur-c}, {tall-a}.\n"
        f"  - {FIGURE.format('figure', 'figur-a')}"
        "  - definition: ordet\n    term: Ordet\n    text: Betyr noe.\n"
        "closing:\n"
        "  - example: boks-a\n    party: A\n    theme: Vilje\n    title: Vi ville\n    text: Og kunne.\n"
        f"  - {FIGURE.format('figure', 'figur-c')}"
    ),
    "under": (
        "title: Under\nresult: {text: Kortere sagt., rests_on: [under]}\nblocks:\n"
        f"  - {FIGURE.format('figure', 'figur-b')}"
        "  - table: tall-a\n    title: Tallene\n    columns: [{heading: A}]\n    rows: [[B]]\n"
        "  - quote: ingen id\n"
    ),
    "resten": "title: Resten\nblocks:\n  - photo: bilde\n    caption: Fabrikken\n    left_out: Tapt.\n",
    "guide": (
        "title: Guide\nblocks:\n"
        "  - questions: del-en\n    title: Først\n    items: [Hvorfor?]\n"
        "  - questions: del-to\n    title: Så\n    items: [Hvordan?]\n"
    ),
    "tall": (
        "title: Tall\nblocks:\n"
        "  - questions: del-tre\n    title: Igjen\n    items: [Når?]\n"
        "  - key_results: resultater\n"
    ),
}


@pytest.fixture
def report(project: Project) -> Report:
    project.change("content/report.yaml", "order:\n  chapters:\n    - start\n", ORDER)
    for name, text in FILES.items():
        project.write(f"content/{name}.yaml", text)
    for name in "abc":
        project.write(f"content/data/figur-{name}.yaml", "tables: {}\n")
    return project.load()


@pytest.mark.parametrize(
    ("name", "kind", "number", "title"),
    [
        ("forord", "section", None, "Forord"),
        ("takk", "block", None, "Takk"),
        ("start", "chapter", 1, "Begreper"),
        ("del-1", "divider", 1, "Begreper"),
        ("under", "section", None, "Under"),
        ("resten", "chapter", 2, "Resten"),
        ("guide", "appendix", 1, "Guide"),
        ("tall", "appendix", 2, "Tall"),
        ("ordet", "block", None, "Ordet"),
        ("boks-a", "example", None, "Vi ville"),
        ("figur-a", "figure", 1, "figur-as tittel"),
        ("figur-b", "figure", 2, "figur-bs tittel"),
        ("figur-c", "figure", 3, "figur-cs tittel"),
        ("tall-a", "table", 1, "Tallene"),
        ("del-en", "questions", 1, "Først"),
        ("del-to", "questions", 2, "Så"),
        ("del-tre", "questions", 1, "Igjen"),
        ("resultater", "block", None, None),
        ("bilde", "block", None, None),
    ],
)
def test_target_has_its_kind_number_and_title(
    report: Report, name: str, kind: str, number: int | None, title: str | None
) -> None:
    target = targets(report.sections)[name]
    assert (target.id, target.kind, target.number, target.title) == (name, kind, number, title)


def test_targets_are_all_that_has_an_id(report: Report) -> None:
    assert len(targets(report.sections)) == 19
    assert all(isinstance(target, Target) for target in targets(report.sections).values())


def test_target_of_a_block_is_where_its_id_stands(report: Report) -> None:
    known = targets(report.sections)
    assert str(known["boks-a"].place) == "content/start.yaml:14:14"
    assert str(known["del-1"].place) == "content/start.yaml:2:15"
    assert str(known["start"].place) == "content/start.yaml:1:1"


def test_example_knows_its_party_and_nothing_else_does(report: Report) -> None:
    assert {target.id: target.party for target in targets(report.sections).values() if target.party} == {"boks-a": "A"}


def test_photo_that_is_left_out_is_not_in_print(report: Report) -> None:
    assert [target.id for target in targets(report.sections).values() if not target.printed] == ["bilde"]


def test_numbers_count_what_is_handed_in(report: Report) -> None:
    without_first = targets(report.sections[2:])
    assert without_first["resten"].number == 1
    assert "figur-a" not in without_first


def test_results_are_numbered_in_reading_order(report: Report) -> None:
    assert result_numbers(report.sections) == {"start": 1, "under": 2}


def test_publication_with_ids_of_its_own_has_no_duplicates(report: Report) -> None:
    assert list(duplicate_ids(report)) == []


def test_id_that_stands_for_two_things_is_named_at_the_second(project: Project) -> None:
    project.blocks(
        "  - callout: boks\n    title: A\n    text: B\n"
        "  - definition: boks\n    term: C\n    text: D\n"
        "  - callout: start\n    title: E\n    text: F\n"
    )
    report = project.load()
    assert_problems(
        duplicate_ids(report),
        "6:17: the id 'boks' is ambiguous: it stands also at content/start.yaml:3:14 [ids] give one of them another id",
        "9:14: the id 'start' is ambiguous: it stands also at content/start.yaml:1:1 [ids]",
    )
    assert targets(report.sections)["boks"].kind == "block"
    assert targets(report.sections)["boks"].title == "A"
