"""Block types: what each takes from YAML, which id it has, where it stands, and which of its words are read."""

from __future__ import annotations

from textwrap import indent

import pytest
from support.projects import PNG, ROOT, Project, assert_problems

from press.content.blocks import (
    ALL_KINDS,
    BLOCKS,
    EDITION_BLOCKS,
    EDITION_KINDS,
    KINDS,
    Block,
    kind_of,
    unknown_kind,
)
from press.content.strict_yaml import Located, LocatedMap
from press.errors import Place

TEMPLATES = ROOT / "templates/blocks"
PLACE = Place("content/start.yaml", 3, 5)
EDITION_FILE = "content/editions/kort.yaml"
EDITION = "label: Kort\nlimits: {pages: '2'}\nsections:\n  - id: side\n    title: Side\n    blocks:\n"
"""What stands before a block in a short edition; it begins in line 7."""
EDITION_PLACE = Place(EDITION_FILE, 7, 7)

# One block of each type with every key that it can have. A capital letter stands for plain words, «p» for prose.
WHOLE = {
    "text": "  - text: p\n",
    "example": (
        "  - example: boks\n    party: A\n    about: B\n    theme: C\n    title: D\n    makes: E\n"
        "    near: boks\n    pinned: true\n    text: p\n"
    ),
    "definition": "  - definition: ordet\n    term: A\n    text: p\n",
    "callout": "  - callout: boks\n    style: tip\n    title: A\n    text: p\n",
    "quote": "  - quote: A\n    speaker: B\n",
    "quotation": "  - quotation: p\n    source: A\n",
    "figure": (
        "  - figure: figur-1\n    title: A\n    caption: B\n    source: C\n    alt: D\n    width: body\n"
        "    near: boks\n    pinned: true\n"
        "    lists:\n      - {table: punkter, columns: [nr]}\n"
    ),
    "picture": (
        "  - picture: k\n    title: A\n    caption: B\n    source: C\n    alt: D\n    image: bilde.png\n"
        "    width: page\n    near: k\n    pinned: true\n"
    ),
    "matrix": (
        "  - matrix: m\n    title: A\n    caption: B\n    source: C\n    alt: D\n    near: boks\n    pinned: true\n"
        "    rows: [E, F]\n    columns: [G, H]\n    quadrants:\n"
        "      - {title: I, items: [J]}\n      - {title: K, items: [L]}\n"
        "      - {title: M, items: [N]}\n      - {title: O, items: [P, Q]}\n"
    ),
    "table": (
        "  - table: t\n    title: A\n    width: full\n    columns: [{heading: B}, {heading: C, align: right}]\n"
        "    rows: [[D, E], [F, G]]\n    decimal: ','\n    notes: [H]\n    source: I\n"
        "    near: boks\n    pinned: true\n    divided: true\n"
    ),
    "key_results": "  - key_results: r\n    style: list\n    results: [start]\n",
    "questions": "  - questions: q\n    title: A\n    items: [B, C]\n",
    "figure_data": "  - figure_data: d\n",
    "photo": (
        "  - photo: f\n    caption: A\n    alt: B\n    credit: C\n    image: bilde.png\n    width: 80\n"
        "    near: boks\n    pinned: true\n"
    ),
    "code": "  - code: k\n    title: A\n    language: python\n    width: full\n    listing: q\n",
    "references": "  - references: k\n",
    "numbers": "  - numbers: n\n    items: [{fact: f, label: A}, {fact: g, label: B}]\n",
    "brief": "  - brief: start\n    style: lead\n",
    "excerpt": "  - excerpt: m\n    items: '2'\n",
    "colophon": "  - colophon: k\n",
}
WORDS = {
    "text": "",
    "example": "CBDE",
    "definition": "A",
    "callout": "A",
    "quote": "AB",
    "quotation": "A",
    "figure": "ABCD",
    "picture": "ABCD",
    "matrix": "ABCDEFGHIJKLMNOPQ",
    "table": "ABCDEFGHI",
    "key_results": "",
    "questions": "ABC",
    "figure_data": "",
    "photo": "ABC",
    "code": "A",
    "references": "",
    "numbers": "AB",
    "brief": "",
    "excerpt": "",
    "colophon": "",
}
STANDS = {
    "text": "body",
    "example": "full",
    "definition": "body",
    "callout": "full",
    "quote": "body",
    "quotation": "body",
    "figure": "body",
    "picture": "full",
    "matrix": "full",
    "table": "full",
    "key_results": "body",
    "questions": "full",
    "figure_data": "full",
    "photo": "body",
    "code": "full",
    "references": "body",
    "numbers": "full",
    "brief": "body",
    "excerpt": "body",
    "colophon": "full",
}


@pytest.fixture
def whole(project: Project, request: pytest.FixtureRequest) -> Block:
    """Load the whole block of a type."""
    project.write("content/data/figur-1.yaml", "tables: {}\n").write("content/images/bilde.png", PNG)
    return load(project, request.param)


def load(project: Project, kind: str) -> Block:
    """Load the whole block of a type, from the section or, if it has no place there, from a short edition."""
    if kind in KINDS:
        return project.blocks(WHOLE[kind]).load().sections[0].content.blocks[0]
    return of_edition(project, WHOLE[kind])


def of_edition(project: Project, text: str) -> Block:
    return in_edition(project, text).load().editions["kort"].sections[0].blocks[0]


def in_edition(project: Project, text: str) -> Project:
    return project.write(EDITION_FILE, EDITION + indent(text, "  "))


each_kind = pytest.mark.parametrize("whole", WHOLE, indirect=True)


def test_every_type_is_tried_here() -> None:
    assert list(WHOLE) == list(WORDS) == list(STANDS) == list(ALL_KINDS)
    assert list(KINDS) == [model.kind for model in BLOCKS]
    assert list(EDITION_KINDS) == [model.kind for model in EDITION_BLOCKS]


@pytest.mark.parametrize("kind", sorted(ALL_KINDS.keys() - {"excerpt"}))
def test_every_type_that_is_set_has_a_template_and_a_style_sheet(kind: str) -> None:
    assert (TEMPLATES / f"{kind}.html.j2").is_file()
    assert (TEMPLATES / f"{kind}.css").is_file()


@pytest.mark.parametrize("model", ALL_KINDS.values())
def test_first_key_of_a_type_is_its_name(model: type[Block]) -> None:
    assert model.kind in model.model_fields
    assert model.has_id == (model.kind not in {"text", "quote", "quotation", "brief", "excerpt"})


@each_kind
def test_block_is_of_the_type_it_says_and_knows_its_place(whole: Block) -> None:
    assert type(whole) is ALL_KINDS[whole.kind]
    assert whole.place == place_of(whole)
    assert set(type(whole).keys()) - {"left_out", "csv", "encoding", "delimiter"} <= whole.model_fields_set | {
        whole.kind
    }


@each_kind
def test_block_yields_all_its_prose_and_all_its_words(whole: Block) -> None:
    # What no one yields, no check reads: a wrong reference in it would reach the printer.
    assert list(whole.prose()) == ["p"] * bool({"text", "quotation"} & type(whole).model_fields.keys())
    assert "".join(whole.lines()) == WORDS[whole.kind]
    assert all(isinstance(text, Located) for text in (*whole.prose(), *whole.lines()))


@each_kind
def test_block_stands_where_its_type_or_its_keys_say(whole: Block) -> None:
    assert whole.stands == STANDS[whole.kind]


@each_kind
def test_block_has_its_id_with_its_place_or_none(whole: Block) -> None:
    if whole.has_id:
        assert whole.id is not None
        place = place_of(whole)
        assert whole.id.place == Place(place.file, place.line, place.column + len(f"{whole.kind}: "))
    else:
        assert whole.id is None


def place_of(whole: Block) -> Place:
    return PLACE if whole.kind in KINDS else EDITION_PLACE


@pytest.mark.parametrize("kind", sorted(EDITION_KINDS.keys() & KINDS.keys()))
def test_type_that_stands_in_editions_too_is_the_same_there(project: Project, kind: str) -> None:
    there, here = of_edition(project, WHOLE[kind]), load(project, kind)
    assert type(there) is type(here)
    assert there.model_dump() == here.model_dump()


@pytest.mark.parametrize("kind", sorted(EDITION_KINDS.keys() - KINDS.keys()))
def test_type_for_editions_alone_is_refused_in_a_section(project: Project, kind: str) -> None:
    found = project.blocks(WHOLE[kind]).problems()
    assert_problems(
        found, f"3:5: a `{kind}` does not stand here [schema] begin the block with one of: {', '.join(KINDS)}"
    )


EVERY = ", ".join(EDITION_KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - EDITION_KINDS.keys()))
def test_type_for_sections_alone_is_refused_in_an_edition(project: Project, kind: str) -> None:
    found = in_edition(project, WHOLE[kind]).problems()
    mend = f"write `excerpt:` and the id of one that the report has, or begin the block with one of: {EVERY}"
    assert_problems(found, f"7:7: a `{kind}` does not stand here [schema] {mend}", file=EDITION_FILE)


def test_block_of_an_edition_that_does_not_say_what_it_is_is_told_all_that_it_could_be(project: Project) -> None:
    found = in_edition(project, "  - hva: som\n").problems()
    mend = f"begin the block with one of: {EVERY}"
    assert_problems(found, f"7:7: this block does not say what it is [schema] {mend}", file=EDITION_FILE)
    found = in_edition(project, "  - brif: start\n").problems()
    assert_problems(found, "7:7: this block does not say what it is [schema] did you mean 'brief'?", file=EDITION_FILE)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("  - key_results: r\n", "full"),
        ("  - key_results: r\n    style: cases\n", "full"),
        ("  - table: t\n    title: A\n    columns: [{heading: B}]\n    rows: [[C]]\n", "body"),
        ("  - photo: f\n    caption: A\n    left_out: Tapt.\n", "none"),
    ],
)
def test_block_stands_elsewhere_without_its_keys(project: Project, text: str, stands: str) -> None:
    assert project.blocks(text).load().sections[0].content.blocks[0].stands == stands


def test_type_is_told_by_the_first_key_that_names_one(project: Project) -> None:
    block = project.blocks("  - title: A\n    text: p\n    callout: b\n").problems()
    assert_problems(block, "3:5: unknown key 'title' [schema]", "5:5: unknown key 'callout' [schema]")


def test_type_may_stand_below_other_keys(project: Project) -> None:
    project.blocks("  - title: A\n    items: [B]\n    questions: q\n")
    assert project.load().sections[0].content.blocks[0].kind == "questions"


def test_kind_of_anything_else_is_none() -> None:
    words = Located("text", PLACE)
    mapping = LocatedMap(PLACE)
    assert kind_of(words) is None
    assert kind_of(["text"]) is None
    assert kind_of(mapping) is None
    mapping["title"] = words
    assert kind_of(mapping) is None
    mapping["callout"] = words
    assert kind_of(mapping) == "callout"


def test_unknown_kind_lists_all_types_when_none_is_near() -> None:
    mapping = LocatedMap(PLACE)
    assert unknown_kind(mapping, KINDS) == f"begin the block with one of: {', '.join(KINDS)}"
    mapping["figurr"] = Located("x", PLACE)
    assert unknown_kind(mapping, KINDS).startswith("did you mean 'figure'")


PHOTO = "  - photo: f\n    caption: A\n"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            "",
            "3:5: a photo has either `image` or `left_out` [schema] under `image`, or give the reason under `left_out`",
        ),
        ("    image: a.png\n    left_out: Tapt.\n", "3:5: a photo has either `image` or `left_out` [schema]"),
        ("    image: a.png\n", "3:5: a photo that is shown needs `alt` and `credit` [schema]"),
        ("    image: a.png\n    alt: B\n", "3:5: a photo that is shown needs `alt` and `credit` [schema]"),
        ("    image: a.png\n    credit: B\n", "3:5: a photo that is shown needs `alt` and `credit` [schema]"),
    ],
)
def test_photo_is_shown_with_its_words_or_left_out_with_a_reason(project: Project, keys: str, expected: str) -> None:
    project.write("content/images/a.png", PNG)
    found = [problem for problem in project.blocks(PHOTO + keys).problems() if problem.rule != "files-used"]
    assert_problems(found, expected)


def test_photo_without_its_words_is_told_which_to_write(project: Project) -> None:
    project.write("content/images/a.png", PNG)
    (problem,) = project.blocks(f"{PHOTO}    image: a.png\n").problems()
    assert "`alt" in problem.mend
    assert "`credit" in problem.mend
