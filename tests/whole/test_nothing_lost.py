"""Nothing lost: random publications, typeset and read back, say what their authors wrote, character for character.

The PDF is read here without regard to the gates that every build goes through: literally, by the tag tree, and against
what the generator says is read of its texts, not against the HTML. A seed that fails is in the test's name;
`--publications` tells how many there are, and `make soak` tries more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from support.cases import rest_long
from support.pdf import Built, publish, typeset_here
from support.projects import Project
from support.publications import Publication, strings
from support.readings import Reading
from support.structure import tree
from support.tagged import lines
from support.typed import ESCAPED, LITERAL

from press.compose.parts import compose
from press.content.blocks import KINDS
from press.content.load import load
from press.editions.edition import FULL
from press.errors import TypesetError
from press.words.language import OUR_TEMPLATES
from press.writers.pdf.engine.boxes import children, page_box
from press.writers.pdf.engine.log import listening
from press.writers.pdf.layout import Layouter

pytestmark = pytest.mark.usefixtures("nothing_is_drawn")

FOOTNOTE = re.compile(r"(?m)^\[\^[^\]]+\]:")
SHORT_SET = 3
"""How many of them `make test` builds."""
USUAL = 200
"""What is said of all of them holds for as many as every run tries."""
SHAPES = {
    "a number begins a text": r"\n\n\d+\. [^\W\d_]",
    "a number begins a line": r"[^\n\d.]\n\d+\. [^\W\d_]",
    "a number begins a footnote": r"\n\[\^[^\]]+\]: \d+\. ",
    "a number begins a point": r"\n *- \d+\. ",
    "a reference begins a text": r"\n\n\{",
    "a reference ends a text": r"\}\n\n",
    "two footnotes side by side": r"\]\[\^",
    "a footnote over two lines": r"\n\[\^.*\n    \S",
    "a footnote of two paragraphs": r"\n\[\^.*\n(?:    .*\n)?\n    \S",
    "emphasis over quotes, and more of the word": r"\*«[^*]*»\*et",
    "a paragraph under a point": r"\n- .*\n\n  [^ -]",
    "a list in a list": r"\n  (- |\d+[.)] )",
    "a word of sixty letters": r"[a-zæøå]{50}",
}

MADE_UP = list(KINDS)
"""The types that random publications have."""


@pytest.fixture(scope="module")
def publications() -> list[Publication]:
    return [Publication(seed) for seed in range(USUAL)]


def typeset(publication: Publication, folder: Path) -> Built:
    publication.write(folder)
    return publish(folder)


def test_random_publication_loses_nothing(seed: int, tmp_path: Path) -> None:
    publication = Publication(seed)
    built = typeset(publication, tmp_path)
    reading = Reading(built, publication.reads)
    assert lines(built.pdf) == reading.lines()
    assert reading.unread.isdisjoint(strings([*publication.printed()]))
    assert built.unread() == {}


@pytest.mark.parametrize("kind", rest_long([kind for kind in MADE_UP if kind != "references"], 2))
def test_block_whose_words_are_not_displayed_fails_the_build_and_is_named(
    publications: list[Publication], kind: str, tmp_path: Path
) -> None:
    publication = min((each for each in publications if says(each, kind)), key=lambda each: each.typist.written)
    publication.write(tmp_path)
    words = ".flow > p, .flow > ul, .flow > ol" if kind == "text" else f".{kind.replace('_', '-')} *"
    sheet = (OUR_TEMPLATES / f"blocks/{kind}.css").read_text(encoding="utf-8")
    Project(tmp_path).write(f"templates/blocks/{kind}.css", f"{sheet} {words} {{ display: none }}")
    report = load(tmp_path)
    with pytest.raises(TypesetError) as caught:
        typeset_here(compose(report, FULL))
    named = {(each.place.file, each.place.line) for each in caught.value.problems if each.rule == "conserved"}
    printed = [block for _, block in report.blocks() if block.kind == kind and block.stands != "none"]
    assert printed
    for block in printed:
        rows = {
            block.place.line,
            *(text.place.line + row for text in block.prose() for row in range(text.count("\n") + 2)),
        }
        assert named & {(block.place.file, row) for row in rows}, block


# The publications themselves.


def blocks(publications: Sequence[Publication], kind: str) -> list[dict[str, Any]]:
    return [block for publication in publications for block in publication.blocks if kind in block]


def test_random_publication_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("once", "again"):
        Publication(7).write(tmp_path / name)
    files = {path.relative_to(tmp_path / "once") for path in (tmp_path / "once").rglob("*") if path.is_file()}
    assert len(files) >= 2
    assert all((tmp_path / "once" / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in files)


@pytest.mark.parametrize("kind", MADE_UP)
def test_random_publications_have_blocks_of_every_type(publications: list[Publication], kind: str) -> None:
    assert len(blocks(publications, kind)) >= 5


def test_random_publications_are_short_and_long(publications: list[Publication]) -> None:
    lengths = sorted(publication.typist.written for publication in publications)
    assert lengths[0] < 60
    assert lengths[-1] > 700


def test_random_publications_have_many_footnotes_and_some_wherever_one_may_be(publications: list[Publication]) -> None:
    found = Counter(
        f"{kind} {key}"
        for kind in MADE_UP
        for block in blocks(publications, kind)
        for key, value in block.items()
        for text in strings(value)
        for _ in FOOTNOTE.findall(text)
    )
    assert found.total() > 400
    assert {"text text", "definition text", "callout text", "example text", "table rows"} <= found.keys()
    assert {"figure source", "matrix caption", "table source", "photo caption"} <= found.keys()


def test_random_publications_hold_what_editors_type(publications: list[Publication]) -> None:
    typed = "\n\n".join(text for publication in publications for text in publication.reads)
    assert [each for each in (*LITERAL, *(typed for typed, _ in ESCAPED)) if each not in typed] == []
    assert [shape for shape, pattern in SHAPES.items() if not re.search(pattern, typed)] == []


@pytest.mark.long
def test_longest_table_of_the_random_publications_runs_over_pages(
    publications: list[Publication], tmp_path: Path
) -> None:
    publication = max(publications, key=lambda each: max(map(size, blocks([each], "table")), default=0))
    built = typeset(publication, tmp_path)
    table = max(tree(built.pdf).all("Table"), key=lambda each: len(each.all("TR")))
    assert len(table.pages) > 1


def says(publication: Publication, kind: str) -> bool:
    """Tell whether every block of a type, and at least one, has words in print."""
    found = [block for block in blocks([publication], kind) if next(iter(block)) == kind and "left_out" not in block]
    gathers = kind in {"key_results", "figure_data"}
    return bool(found) and (not gathers or any(has_what(publication, block) for block in found))


def has_what(publication: Publication, block: dict[str, Any]) -> bool:
    """Tell whether there is what a block gathers."""
    if "key_results" in block:
        return any("result" in section.data for section in publication.sections)
    figures = blocks([publication], "figure")
    return any("lists" not in figure or len(columns(publication, figure)) > 2 for figure in figures)


def columns(publication: Publication, figure: dict[str, Any]) -> list[Any]:
    found: list[Any] = publication.figures[figure["figure"]]["tables"]["rows"]["columns"]
    return found


def size(table: dict[str, Any]) -> int:
    return len(" ".join(strings(table.get("rows", ()))))


# What random publications brought to light.


@pytest.mark.long
def test_box_with_more_notes_than_a_page_holds_has_them_all_in_print(project: Project) -> None:
    # WeasyPrint 70 lets notes that are carried over together run out of the page, unless they are given a height.
    notes = "".join(f"\n\n      [^n{number}]: {'note ' * 60}" for number in range(20))
    calls = " ".join(f"ord[^n{number}]" for number in range(20))
    project.blocks(f"  - callout: boks\n    title: Boks\n    text: |\n      {calls}{notes}\n")
    built = publish(project.folder)
    assert built.unread() == {}
    assert len(built.notes()) == 20
    assert len({note.page for _, note in built.notes()}) > 1


@pytest.mark.long
def test_quote_deeper_than_its_paragraph_is_whole_wherever_on_the_page_it_begins(project: Project) -> None:
    # WeasyPrint 70 cut it off where the room kept for it began to be counted twice.
    said = " ".join(f"{word}vidde" for word in ("strand", "fjord", "slette", "hage", "plass", "rygg") * 2)
    names = [f"del-{number}" for number in range(10)]
    for number, name in enumerate(names):
        filler = "ord " * (40 * number + 120)
        blocks = f"  - text: |\n      {filler}\n\n      {said}.\n  - quote: {said}\n    speaker: Noen som sa det\n"
        project.write(f"content/{name}.yaml", f"title: Del\nopens: page\nblocks:\n{blocks}")
    below = "".join(f"        - {name}\n" for name in names)
    project.change("content/report.yaml", "    - start\n", f"    - start:\n{below}")
    assert publish(project.folder).unread() == {}


@pytest.mark.parametrize("between", ["", "  - text: Kort.\n"], ids=["at once", "after a line"])
def test_full_width_block_stands_below_the_quote_above_it(project: Project, between: str) -> None:
    said = (
        "Et sitat med mange flere ord enn det er plass til på de to eller tre linjene som står ved siden av i spalten"
    )
    box = "  - callout: boks\n    title: Boksen\n    text: Ord.\n"
    built = publish(project.blocks(f"  - text: {said}.\n  - quote: {said}\n    speaker: Noen\n{between}{box}").folder)
    (title,) = [passage for passage in built.body if passage.text.strip() == "Boksen"]
    quoted = [passage for passage in built.body if "Aside" in passage.tags]
    assert {passage.page for passage in quoted} == {title.page}
    assert max(passage.bottom for passage in quoted) < title.top


def test_no_column_container_stands_in_another(project: Project) -> None:
    # A figure's key in three columns within the body column took WeasyPrint 70 minutes to set.
    rows = "".join(f"      - [{number}, Noe]\n" for number in range(3))
    columns = "      - {key: nr, heading: Nr., type: text}\n      - {key: hva, heading: Hva, type: text}\n"
    project.write("content/data/figur.yaml", f"tables:\n  ting:\n    columns:\n{columns}    rows:\n{rows}")
    project.write("figures/figur.py", "")
    lists = "    lists:\n      - {table: ting, columns: [nr, hva]}\n"
    head = "    width: body\n    title: Ting\n    source: Vi.\n    alt: En flate.\n"
    project.blocks(f"  - text: Se {{figur}}.\n  - figure: figur\n{head}{lists}")
    document = compose(load(project.folder), FULL)
    with listening() as problems:
        layouter = Layouter(document, problems)
        pages = [page for part in document.parts for page in layouter.lay_out(part, 1, {}).rendered.pages]
    depths = {depth for page in pages for depth in column_depths(page_box(page))}
    assert depths == {0, 1}


def column_depths(box: Any, outside: int = 0) -> Iterator[int]:
    """Tell of each box how many column containers it is in, or is."""
    depth = outside + (box.style["column_count"] != "auto")
    yield depth
    for child in children(box):
        yield from column_depths(child, depth)
