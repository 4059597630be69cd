"""The lists of a publication: what is wrong in them is told with its place; and the tools that write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.projects import Project, assert_problems

from press.content.lists import name_words
from tools import readability

DENYLIST = "content/denylist.yaml"
SUMS = "content/sums.yaml"

BAD_LISTS = {
    "name without letters": (DENYLIST, "names: ['–']\n", "1:9: '–' has no letters [schema] write the name"),
    "term without forms": (
        "content/glossary.yaml",
        "terms:\n  - {use: A, never: []}\n",
        "2:21: 'never' holds 0 entries [schema] at least 1",
    ),
    "beginning for a whole word": (
        "content/house_forms.yaml",
        "forms:\n  fram-: frem\n",
        "2:10: 'fram-' and 'frem' are not both beginnings of words [schema] end both with a hyphen, or neither",
    ),
    "measure that is no number": (
        "content/readability.yaml",
        "release: 1\nlix:\n  start: mye\n",
        "3:10: 'mye' is not a number [schema]",
    ),
    "neither sum nor count": (
        SUMS,
        "sums:\n  - total: bedrifter\n",
        "2:5: an entry says neither a sum nor a count [schema] write `total` and `parts`, or `count` and `equals`",
    ),
    "sum and count": (
        SUMS,
        "sums:\n  - {total: a, parts: [b, c], count: examples, equals: d}\n",
        "2:5: an entry says neither a sum nor a count [schema]",
    ),
    "one part": (SUMS, "sums:\n  - {total: a, parts: [b]}\n", "2:23: 'parts' holds 1 entries [schema] at least 2"),
    "count of nothing": (
        SUMS,
        "sums:\n  - {count: rows, equals: a}\n",
        "2:5: `count: rows` does not say of what [schema] add `of:` with the id of the block",
    ),
    "count there is not": (
        SUMS,
        "sums:\n  - {count: pages, equals: a}\n",
        "2:13: 'pages' is not a choice for 'count' [schema] 'examples'",
    ),
    "equal to a mapping": (
        SUMS,
        "sums:\n  - {count: examples, equals: {a: b}}\n",
        "2:5: `equals` holds something other than facts and numbers [schema] write a fact, a number or [a, b, …]",
    ),
}


@pytest.mark.parametrize(("name", "text", "expected"), BAD_LISTS.values(), ids=BAD_LISTS.keys())
def test_bad_list_is_told_with_its_place(project: Project, name: str, text: str, expected: str) -> None:
    assert_problems(project.write(name, text).problems(), expected, file=name)


def test_publication_needs_none_of_the_lists(project: Project) -> None:
    report = project.load()
    assert (report.sums, report.denylist, report.glossary, report.house_forms, report.readability) == (None,) * 5


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nordre Verk AS", ["nordre", "verk"]),
        ("ÆØÅ", ["æøå"]),
        ("AS", ["as"]),
        ("Smith & Sønner-verket", ["smith", "sønner", "verket"]),
    ],
    ids=["form of party", "letters", "nothing but a form of party", "marks"],
)
def test_name_is_reduced_to_its_words(name: str, expected: list[str]) -> None:
    assert name_words(name) == expected


# Names that stand elsewhere.


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRESS_DENYLIST", str(tmp_path / "navn.yaml"))
    return tmp_path / "navn.yaml"


def test_names_of_a_list_elsewhere_are_found_beside_those_of_the_publication(project: Project, elsewhere: Path) -> None:
    elsewhere.write_text("names: [Fabrikken AS]\n", encoding="utf-8")
    project.write(DENYLIST, "names: [Nordre Verk]\n").blocks("  - text: Hos Nordre Verk og Fabrikkens.\n")
    found = "a name of the deny list stands here [anonymous]"
    assert_problems(project.problems(), f"3:15: {found}", f"3:30: {found}")


def test_list_elsewhere_is_no_part_of_the_publication(
    project: Project, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere.write_text("names: [Fabrikken AS]\n", encoding="utf-8")
    with_it = project.load()
    monkeypatch.delenv("PRESS_DENYLIST")
    assert (with_it.fingerprint, with_it.files) == (project.load().fingerprint, project.load().files)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, ": the file cannot be read [file]"), ("name: [A]\n", ":1:1: unknown key 'name' [schema]")],
    ids=["not there", "misspelt"],
)
def test_list_elsewhere_that_cannot_be_read_stops_everything(
    project: Project, elsewhere: Path, text: str | None, expected: str
) -> None:
    if text is not None:
        elsewhere.write_text(text, encoding="utf-8")
    assert_problems(project.problems(), f"{elsewhere}{expected}")


# tools/readability.py


def test_baseline_that_is_written_can_be_read(project: Project) -> None:
    project.blocks(f"  - text: {'Vi ser at de kan gå til en by. ' * 12}\n")
    assert readability.main(["2.0.0"], project.folder) == 0
    found = project.load().readability
    assert found is not None
    assert str(found.release) == "2.0.0"
    assert {name: str(value) for name, value in found.lix.items()} == {"start": "9"}


def test_baseline_of_short_sections_is_empty(project: Project) -> None:
    assert readability.main(["2.0.0"], project.folder) == 0
    found = project.load().readability
    assert found is not None
    assert found.lix == {}


def test_readability_wants_a_release(capsys: pytest.CaptureFixture[str]) -> None:
    assert readability.main([], Path()) == 2
    assert "usage" in capsys.readouterr().err


def test_readability_says_what_is_wrong_with_the_content(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.section("titel: Start\n")
    assert readability.main(["2.0.0"], project.folder) == 1
    assert "content/start.yaml:1:1" in capsys.readouterr().err


# What hides a name.

HIDDEN = {
    "marks between letters": "  - text: Hos F.a.b.r.i.k.k.e.n og fa-brik-ken.\n",
    "spaces between letters": "  - text: Hos F a b r i k k e n i dag.\n",
    "emphasis within": "  - text: Hos Fa*brik*ken.\n",
    "an address": "  - text: Se [her](https://www.nordreverk.no/om).\n",
    "an address with hyphens": "  - text: Se [her](https://nordre-verk.no).\n",
    "mail": "  - text: Skriv til [post](mailto:post@nordreverk.no).\n",
    "an address without ø": "  - text: Se [her](https://smoela.no) og [der](https://smola.example.org).\n",
    "one word of two": "  - text: Hos NordreVerk.\n",
    "a genitive with marks": "  - text: Hos F-a-b-r-i-k-k-e-n-s.\n",
}
NAMES = ["Fabrikken AS", "Nordre Verk", "Smøla"]


@pytest.mark.parametrize("blocks", HIDDEN.values(), ids=HIDDEN)
def test_name_is_found_whatever_stands_between_its_letters(project: Project, blocks: str) -> None:
    project.write(DENYLIST, "names:\n" + "".join(f"  - {name}\n" for name in NAMES))
    assert "anonymous" in {problem.rule for problem in project.blocks(blocks).problems()}


def test_words_beside_one_another_are_no_name_of_one_word(project: Project) -> None:
    project.write(DENYLIST, "names: [Ivar, Ener]\n")
    assert_problems(project.blocks("  - text: Det vi så i var at en er en, og A, B, C og D i E.\n").problems())


@pytest.mark.parametrize(
    "name",
    ["templates/editions/report/cover.html.j2", "templates/language/nb.yaml", "figures/look.py", "figures/x/y.py"],
)
def test_name_is_found_in_what_a_project_prints_by(project: Project, name: str) -> None:
    project.write(DENYLIST, "names: [Fabrikken]\n").write(name, "# Ord\n# Hos Fabrikken\n")
    found = [str(problem.place) for problem in project.problems() if problem.rule == "anonymous"]
    assert found == [f"{name}:2:7"]
