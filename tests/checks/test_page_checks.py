"""The rules on finished pages, each held against pages made by hand: what it finds, where, and what it lets pass.

`tests/writers/pdf/test_survey.py` holds the same rules against pages that were laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.projects import Project, assert_problems

from press import checks
from press.checks import CHECKS, PAGE_CHECKS, RULES
from press.checks import pages as page_checks
from press.checks.manual import page_of
from press.checks.pages import PageRule
from press.checks.pages.contrast import contrast
from press.errors import Place, Problem
from press.pages import Box, Drawn, Extent, Line, Link, Page, PageNumber, Pages, Tint

IDS = [rule.ID for rule in PAGE_CHECKS]
AREA = Extent(20, 26, 190, 272)
COLUMN = Extent(78, 26, 190, 272)
LEFT_COLUMN, RIGHT_COLUMN = Extent(20, 26, 100, 272), Extent(110, 26, 190, 272)
STEP = 5.0
"""From one base line to the next."""


def at(line: int) -> Place:
    return Place("content/start.yaml", line, 7)


def line(text: str = "Et par ord", *, row: int = 0, source: int = 10, **more: Any) -> Line:
    """Make a line of a paragraph; `row` counts lines from the top of the type area, `source` is its content's line."""
    top = AREA.top + row * STEP
    given: dict[str, Any] = {
        "page": 1,
        "extent": Extent(COLUMN.left, top, COLUMN.left + 60, top + 2.5),
        "room": COLUMN,
        "paragraph": source,
    }
    given |= more
    return Line(text=text, place=at(source), column=given.pop("column", given["page"]), **given)


def paragraph(*texts: str, first: int = 0, **more: Any) -> list[Line]:
    """Make the lines of a paragraph; one that ends in a hyphen divides a word."""
    return [line(text, row=row, ends_divided=text.endswith("-"), **more) for row, text in enumerate(texts, start=first)]


def box(kind: str, *, row: int = 0, rows: int = 4, source: int = 20, **more: Any) -> Box:
    top = AREA.top + row * STEP
    given: dict[str, Any] = {
        "page": 1,
        "extent": Extent(20, top, 190, top + rows * STEP),
        "room": AREA,
        "element": source,
        "name": "example",
    }
    given |= more
    return Box(kind=kind, place=at(source), column=given.pop("column", given["page"]), **given)  # type: ignore[arg-type]


def page(*things: Line | Box | Tint | Link | PageNumber | Drawn, number: int = 1, **more: Any) -> Page:
    """Make a page of what stands on it."""

    def of(kind: type) -> tuple[Any, ...]:
        return tuple(thing for thing in things if isinstance(thing, kind))

    return Page(
        number,
        more.pop("part", "start"),
        AREA,
        lines=of(Line),
        boxes=of(Box),
        tints=of(Tint),
        links=of(Link),
        numbers=of(PageNumber),
        drawn=of(Drawn),
        **more,
    )


def pages_of(lines: Sequence[Line]) -> Pages:
    """Put lines on the pages they are of."""
    numbers = sorted({each.page for each in lines})
    return Pages(tuple(page(*(each for each in lines if each.page == number), number=number) for number in numbers))


def found(project: Project, rule: str, pages: Pages | Page | Sequence[Line]) -> list[Problem]:
    """Run one rule."""
    if isinstance(pages, Page):
        pages = Pages((pages,))
    elif not isinstance(pages, Pages):
        pages = pages_of(pages)
    (module,) = (each for each in PAGE_CHECKS if rule == each.ID)
    return list(module.check(project.load(), pages))


# The list.


def test_every_file_of_a_rule_on_pages_is_listed_by_its_own_id() -> None:
    files = Path(str(page_checks.__file__)).parent.glob("*.py")
    assert sorted(IDS) == sorted(file.stem.replace("_", "-") for file in files if file.stem != "__init__")


def test_ids_of_rules_are_used_once() -> None:
    ids = [rule.ID for rule in RULES]
    assert len(ids) == len(set(ids)) == len(CHECKS) + len(PAGE_CHECKS)


@pytest.mark.parametrize("rule", PAGE_CHECKS, ids=IDS)
def test_rule_is_explained_by_its_docstring(rule: PageRule) -> None:
    told = page_of(rule)
    assert told.summary.endswith(".")
    assert list(told.parts) == ["Why", "Bad", "Good"]
    assert all(told.parts.values())


@pytest.mark.parametrize("rule", PAGE_CHECKS, ids=IDS)
def test_page_in_the_manual_says_that_the_rule_needs_pages(rule: PageRule) -> None:
    assert str(page_of(rule)).splitlines()[0].endswith(f"{rule.SEVERITY}, on pages)")


@pytest.mark.parametrize("rule", PAGE_CHECKS, ids=IDS)
def test_rule_finds_nothing_on_a_quiet_page(project: Project, rule: PageRule) -> None:
    quiet = page(
        *paragraph(*(f"{number} linjer med flere ord" for number in range(25))),
        box("box", row=30),
        box("image", row=36, source=21, dpi=300.0),
        Tint(1, "Ord", at(10), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 10, 400),
        Link(1, "start", "side 1", at(10), 1),
        PageNumber(1, "start", "1", at(10)),
    )
    assert list(rule.check(project.load(), Pages((quiet,), {"start": 1}))) == []


# Run and settled together with the rules on content.

SPLIT = Pages((page(box("box", rows=8)), page(box("box", rows=3, page=2), number=2)))


def test_rules_on_pages_run_only_where_there_are_pages(project: Project) -> None:
    report = project.load()
    assert not set(IDS) & set(checks.run(report).ran)
    assert set(IDS) <= set(checks.run(report, SPLIT).ran)


def test_problems_of_content_and_of_pages_come_together(project: Project) -> None:
    project.blocks("  - text: Ord.\n  - quote: Ikke her\n")
    ids = {problem.rule for problem in checks.run(project.load(), SPLIT).problems}
    assert {"quote-in-text", "box-split"} <= ids


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_settings_give_a_rule_on_pages_another_severity(project: Project, severity: str) -> None:
    project.change("content/report.yaml", "order:\n", f"checks:\n  box-split: {severity}\norder:\n")
    found = [problem for problem in checks.run(project.load(), SPLIT).problems if problem.rule == "box-split"]
    assert [problem.severity for problem in found] == [severity]


def test_rule_on_pages_that_is_switched_off_finds_nothing_and_is_named(project: Project) -> None:
    project.change("content/report.yaml", "order:\n", "checks:\n  box-split: off\norder:\n")
    outcome = checks.run(project.load(), SPLIT)
    assert "box-split" not in {problem.rule for problem in outcome.problems}
    assert outcome.switched_off == ("box-split",)


SECTION = "title: Start\nblocks:\n  # ok: {rule} – boksen er lang\n  - text: |\n      Første avsnitt.\n"


def test_problem_of_a_page_is_accepted_in_place(project: Project) -> None:
    project.section(SECTION.format(rule="box-split"))
    split = Pages(tuple(replace(each, boxes=(replace(each.boxes[0], place=at(4)),)) for each in SPLIT.pages))
    outcome = checks.run(project.load(), split)
    assert [(problem.rule, reason) for problem, reason in outcome.accepted] == [("box-split", "boksen er lang")]
    assert {"box-split", "acceptance"}.isdisjoint(problem.rule for problem in outcome.problems)


def test_acceptance_of_a_rule_on_pages_is_stale_only_where_pages_were_checked(project: Project) -> None:
    project.section(SECTION.format(rule="box-split"))
    report = project.load()
    assert checks.run(report).problems == ()
    filled = Pages((page(*paragraph(*(["Noen ord"] + ["Andre ord", "Flere ord"] * 12))),))
    assert_problems(
        checks.run(report, filled).problems, "3:3: nothing is found here any more by 'box-split' [acceptance]"
    )


@pytest.mark.parametrize("rule", ["weasyprint", "links", "styled"])
def test_what_layout_complains_of_outside_the_rules_stands_as_an_error(project: Project, rule: str) -> None:
    # Every build stops for it. With `link-target: off` a link to a file passed here all the same.
    project.change("content/report.yaml", "order:\n", "checks:\n  link-target: off\norder:\n")
    problem = Problem(Place("templates/page.css", 3, 1), rule, "what was found", "mend it")
    outcome = checks.run(project.load(), Pages((), problems=(problem,)))
    assert outcome.problems == (problem,)
    assert outcome.has_errors


# Lost, foreign.


@pytest.mark.parametrize(
    ("found_as", "rule"),
    [("conserved", "conserved"), ("read-back", "conserved"), ("glyph", "glyph")],
)
def test_what_typesetting_found_is_the_rules_to_tell(project: Project, found_as: str, rule: str) -> None:
    problem = Problem(at(10), found_as, "what was found", "how to mend it")
    outcome = checks.run(project.load(), Pages((), problems=(problem,)))
    assert outcome.problems == (problem.as_rule(rule),)


def test_letters_in_another_font_are_foreign(project: Project) -> None:
    drawn = Drawn(3, "日本", at(12), "foreign", "Noto-Sans-CJK")
    expected = "12:7: page 3: «日本» is drawn with Noto-Sans-CJK [glyph]"
    assert_problems(found(project, "glyph", page(drawn, number=3)), expected)


def test_letters_of_a_drawing_in_another_font_are_foreign(project: Project) -> None:
    drawn = Drawn(1, "", at(12), "foreign", "DejaVu-Sans")
    assert_problems(
        found(project, "glyph", page(drawn)), "12:7: letters of a drawing are drawn with DejaVu-Sans [glyph]"
    )


def test_what_belongs_to_no_element_is_not_tagged(project: Project) -> None:
    drawn = [Drawn(2, "Et avsnitt", at(12), "untagged"), Drawn(2, "", at(14), "untagged")]
    assert_problems(
        found(project, "tagged", page(*drawn, number=2)),
        "12:7: page 2: «Et avsnitt» belongs to no element of the PDF's tag tree [tagged]",
        "14:7: page 2: something drawn here belongs to no element [tagged]",
    )


# Room.


@pytest.mark.parametrize(
    ("extent", "by"),
    [
        (Extent(78, 26, 193, 28), "3.0"),
        (Extent(77, 26, 150, 28), "1.0"),
        (Extent(78, 270, 150, 272.5), "0.5"),
        (Extent(78, 24, 150, 26.5), "2.0"),
    ],
    ids=["on the right", "on the left", "below", "above"],
)
def test_line_that_sticks_out_is_overfull(project: Project, extent: Extent, by: str) -> None:
    expected = f"10:7: page 1: «Langt» sticks out of its column by {by} mm [overfull]"
    assert_problems(found(project, "overfull", [line("Langt", extent=extent)]), expected)


def test_number_that_sticks_out_is_not_to_be_hyphenated(project: Project) -> None:
    wide = line("299 792 458", extent=Extent(78, 26, 193, 28))
    expected = "10:7: page 1: «299 792 458» sticks out [overfull] write fewer digits"
    assert_problems(found(project, "overfull", [wide]), expected)


def test_line_that_fills_its_column_is_not_overfull(project: Project) -> None:
    assert found(project, "overfull", [line(extent=Extent(78, 26, 190.2, 28.5))]) == []


def test_box_that_runs_off_the_type_area_is_overfull(project: Project) -> None:
    wide = box("table", extent=Extent(20, 30, 215, 60), name="table")
    expected = "20:7: page 1: this table (table) sticks out by 25.0 mm [overfull] make it smaller"
    assert_problems(found(project, "overfull", page(wide)), expected)


def test_lines_of_two_columns_that_touch_overlap(project: Project) -> None:
    left = line("Til venstre", extent=Extent(20, 30, 112, 32.5), room=LEFT_COLUMN, column=1)
    right = line("Til høyre", extent=Extent(110, 31, 190, 33.5), room=RIGHT_COLUMN, column=2, source=11)
    expected = "10:7: page 1: «Til venstre» and «Til høyre» lie over each other [overlap]"
    assert_problems(found(project, "overlap", [left, right]), expected)


def test_two_paragraphs_that_overlap_in_many_lines_are_told_of_once(project: Project) -> None:
    one, other = paragraph("En", "to", "tre"), paragraph("Fire", "fem", "seks", source=11)
    assert_problems(found(project, "overlap", [*one, *other]), "10:7: «En» and «Fire» lie over each other [overlap]")


def test_line_over_a_picture_overlaps_it(project: Project) -> None:
    expected = "10:7: page 1: «Et par ord» lies over a picture [overlap]"
    assert_problems(found(project, "overlap", page(line(row=2), box("image"))), expected)


def test_formula_among_the_words_of_a_line_is_no_picture_under_it(project: Project) -> None:
    formula = replace(box("image"), extent=Extent(90, 25, 94, 29), is_in_line=True)
    assert found(project, "overlap", page(line(row=0), formula)) == []
    above = replace(formula, extent=Extent(90, 20, 94, 26.8))
    assert found(project, "overlap", page(line(row=0), above)) != []


def test_line_in_room_that_a_drawing_left_for_it_does_not_overlap_it(project: Project) -> None:
    assert found(project, "overlap", page(line(row=2, is_in_drawing=True), box("image"))) == []


def test_lines_under_each_other_do_not_overlap(project: Project) -> None:
    assert found(project, "overlap", page(*paragraph("En", "to"), box("image", row=3))) == []


@pytest.mark.parametrize("kind", ["box", "figure", "row"])
def test_what_is_split_by_the_end_of_a_page_is_named_where_it_begins(project: Project, kind: str) -> None:
    split = Pages((page(box(kind)), page(box(kind, page=2), number=2)))
    expected = f"20:7: page 1: this {kind} (example) goes on on page 2 [box-split] give it `break-inside: avoid`"
    assert_problems(found(project, "box-split", split), expected)


def test_box_that_is_split_between_columns_is_named(project: Project) -> None:
    split = page(box("box", column=1), box("box", column=2))
    assert_problems(
        found(project, "box-split", split), "20:7: page 1: this box (example) goes on in the next column [box-split]"
    )


def test_box_that_is_taller_than_a_page_is_to_be_shortened(project: Project) -> None:
    split = Pages((page(box("box", rows=45)), page(box("box", rows=10, page=2), number=2)))
    assert_problems(found(project, "box-split", split), "20:7: goes on on page 2 [box-split] shorten it")


def test_table_may_go_on_over_the_page(project: Project) -> None:
    split = Pages((page(box("table")), page(box("table", page=2), number=2)))
    assert found(project, "box-split", split) == []


def test_build_stops_at_those_problems_of_pages_that_are_errors(project: Project) -> None:
    split = Pages((page(box("box"), line(row=20)), page(box("box", page=2), number=2)))
    (problem,) = checks.page_errors(project.load(), split)
    assert (problem.rule, problem.severity) == ("box-split", "error")
    project.change("content/report.yaml", "order:\n", "checks:\n  box-split: warning\n  page-fill: error\norder:\n")
    assert {each.rule for each in checks.page_errors(project.load(), split)} == {"page-fill"}


# Seen.

WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)


def grey(value: int) -> tuple[float, float, float]:
    return value / 255, value / 255, value / 255


@pytest.mark.parametrize(
    ("colour", "size", "weight", "is_enough"),
    [
        (grey(118), 10, 400, True),
        (grey(119), 10, 400, False),
        (grey(119), 18, 400, True),
        (grey(119), 14, 700, True),
        (grey(119), 14, 600, False),
        (grey(148), 18, 400, True),
        (grey(150), 18, 400, False),
    ],
    ids=["4.54", "4.48", "4.48 large", "4.48 large bold", "4.48 semibold", "3.03 large", "2.96 large"],
)
def test_contrast_must_be_that_of_the_web_guidelines(
    project: Project, colour: tuple[float, float, float], size: float, weight: int, is_enough: bool
) -> None:
    tint = Tint(4, "Bildetekst", at(12), colour, WHITE, size, weight)
    problems = found(project, "contrast", page(tint, number=4))
    assert_problems(problems, *([] if is_enough else ["12:7: page 4: «Bildetekst» has a contrast of [contrast]"]))


def test_contrast_is_named_as_it_is_and_never_rounded_up(project: Project) -> None:
    tint = Tint(1, "Bildetekst", at(12), grey(119), WHITE, 10, 400)
    assert_problems(
        found(project, "contrast", page(tint)), "12:7: has a contrast of 4.47 to 1; 4.5 is the least [contrast]"
    )


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == pytest.approx(21)


def test_picture_of_too_few_points_is_named_with_the_points_it_needs(project: Project) -> None:
    picture = box("image", extent=Extent(78, 30, 78 + 101.6, 100), dpi=150.2)
    expected = "20:7: page 1: this picture has 150 points to the inch [image-resolution] at least 1200 points wide"
    assert_problems(found(project, "image-resolution", page(picture)), expected)


def test_drawing_has_no_points(project: Project) -> None:
    assert found(project, "image-resolution", page(box("image", dpi=None))) == []


# Links and numbers.

STANDS = {"figur-5": 7}


def linked(*things: Link | PageNumber) -> Pages:
    return Pages((page(*things, number=3),), STANDS)


@pytest.mark.parametrize(
    ("lands", "where"), [(6, "lands on page 6"), (None, "lands nowhere")], ids=["elsewhere", "nowhere"]
)
def test_link_that_lands_where_its_target_is_not_is_wrong(project: Project, lands: int | None, where: str) -> None:
    expected = f"10:7: page 3: the link «figur 5» {where}; it stands on page 7 [link-target]"
    assert_problems(found(project, "link-target", linked(Link(3, "figur-5", "figur 5", at(10), lands))), expected)


def test_link_to_what_stands_nowhere_is_wrong(project: Project) -> None:
    expected = "10:7: the link «figur 6» lands nowhere; it stands nowhere [link-target]"
    assert_problems(found(project, "link-target", linked(Link(3, "figur-6", "figur 6", at(10), None))), expected)


@pytest.mark.parametrize("text", ["side 6", "se Side 6 nederst", "side\N{NO-BREAK SPACE}6"])
def test_page_number_typed_into_a_link_is_wrong_where_it_is_another(project: Project, text: str) -> None:
    expected = "10:7: leads to 'figur-5'; it stands on page 7 [link-target] write {page:figur-5}"
    assert_problems(found(project, "link-target", linked(Link(3, "figur-5", text, at(10), 7))), expected)


def test_page_number_in_a_link_may_be_the_right_one(project: Project) -> None:
    assert found(project, "link-target", linked(Link(3, "figur-5", "figur 2 på side 7", at(10), 7))) == []


def test_page_number_in_print_that_is_another_than_the_page_is_wrong(project: Project) -> None:
    expected = "10:7: page 3: 'figur-5' is said to be on page 8; it stands on page 7 [link-target]"
    assert_problems(found(project, "link-target", linked(PageNumber(3, "figur-5", "8", at(10)))), expected)


TABLE = """\
  - text: Se {tabell}.
  - table: tabell
    title: En tabell
    columns: [heading: A]
    rows: [[En]]
"""


@pytest.mark.parametrize(("stands", "is_far"), [(4, False), (5, False), (6, True)])
def test_figure_is_far_when_more_than_one_page_lies_before_it(project: Project, stands: int, is_far: bool) -> None:
    link = Link(4, "tabell", "tabell 1", at(3), stands)
    pages = Pages((page(link, number=4),), {"start": 3, "tabell": stands})
    problems = found(project.blocks(TABLE), "figure-far", pages)
    assert_problems(
        problems, *(["4:12: page 6: table 'tabell' is first named on page 4 [figure-far]"] if is_far else [])
    )


def test_what_contents_and_other_chapters_say_of_a_figure_is_no_mention(project: Project) -> None:
    links = [Link(1, "tabell", "tabell 1", at(3), 9, in_contents=True), Link(2, "tabell", "tabell 1", at(3), 9)]
    pages = Pages((page(*links), page(Link(8, "tabell", "tabell 1", at(3), 9), number=8)), {"start": 8, "tabell": 9})
    assert found(project.blocks(TABLE), "figure-far", pages) == []


BOX = """\
  - text: Først dette, med mange ord. Noen har ansatt folk på feltet.
  - example: boks-a
    party: A
    theme: Tema
    title: Tittel
    {more}
    text: Bedrift A gjør det.
"""


def with_box(stands: int, *things: Line | Link, **more: Any) -> Pages:
    """Make pages 4 to 9 of one part, the box on one of them; lines and links are on their own."""
    return Pages(
        tuple(
            page(*(each for each in things if each.page == number), number=number, **more) for number in range(4, 10)
        ),
        {"start": 4, "boks-a": stands},
    )


@pytest.mark.parametrize(("stands", "away"), [(4, 2), (5, 0), (6, 0), (8, 0), (9, 2)])
def test_box_is_far_when_it_stands_more_than_a_page_from_its_words(project: Project, stands: int, away: int) -> None:
    project.blocks(BOX.format(more="near: ansatt folk på feltet"))
    lines = [line("Noen har an-", page=6, ends_divided=True), line("satt folk på feltet.", page=7)]
    expected = f"4:5: page {stands}: the box 'boks-a' stands {away} pages from what it belongs to, on page 7 [box-far]"
    assert_problems(found(project, "box-far", with_box(stands, *lines)), *([expected] if away else []))


def test_box_belongs_to_the_paragraph_of_its_part_that_names_it(project: Project) -> None:
    project.blocks(BOX.format(more="makes: Lager noe"))
    link = Link(5, "boks-a", "boksen", at(3), 9)
    assert_problems(
        found(project, "box-far", with_box(9, link)),
        "4:5: page 9: the box 'boks-a' stands 4 pages from [box-far] a `near`",
    )
    assert found(project, "box-far", with_box(6, link)) == []
    assert found(project, "box-far", with_box(9, replace(link, page=1))) == []
    assert found(project, "box-far", with_box(9)) == []


def test_box_belongs_to_what_its_near_has_the_id_of(project: Project) -> None:
    project.blocks(BOX.format(more="near: start"))
    assert_problems(
        found(project, "box-far", with_box(7)), "4:5: page 7: the box 'boks-a' stands 3 pages from [box-far]"
    )


def test_box_that_is_pinned_stands_where_its_author_wants_it(project: Project) -> None:
    project.blocks(BOX.format(more="near: start\n    pinned: true"))
    assert found(project, "box-far", with_box(9)) == []


# Pages, headings, paragraphs.


def followed(*things: Line | Box, part: str = "start", **more: Any) -> Pages:
    """Make a page of the part `start` that another page comes after."""
    return Pages((page(*things, **more), page(line(page=2), number=2, part=part)))


@pytest.mark.parametrize(("rows", "share"), [(34, 68), (35, None)], ids=["under", "over"])
def test_page_with_little_on_it_is_named_by_its_last_words(project: Project, rows: int, share: int | None) -> None:
    few = followed(*paragraph(*["Noen ord"] * rows, source=12))
    expected = [f"12:7: page 1: only {share}% of the page is filled; 70% is the least [page-fill]"] if share else []
    assert_problems(found(project, "page-fill", few), *expected)


def test_page_is_filled_by_a_figure_and_by_footnotes_from_below(project: Project) -> None:
    note = line("En note", row=40, is_note=True)
    assert found(project, "page-fill", followed(line(), box("figure", row=2, rows=33))) == []
    assert_problems(found(project, "page-fill", followed(line(), note)), "10:7: page 1: only 20% [page-fill]")
    assert found(project, "page-fill", followed(*paragraph(*["Noen ord"] * 27), note)) == []


def test_lists_that_begin_a_new_page_are_told_of_where_they_can_be_left_out(project: Project) -> None:
    lists = Pages((page(line(), part="contents"), page(line(page=2), number=2, part="contents"), page(number=3)))
    (problem,) = [each for each in found(project, "page-fill", lists) if "page 1:" in each.what]
    assert (str(problem.place), problem.mend[:28]) == ("content/report.yaml", "write `leave_out: [lists]`, ")


def test_page_that_lies_on_its_side_may_be_almost_empty(project: Project) -> None:
    full = page(*paragraph(*["Noen ord"] * 40))
    lying = replace(page(line(page=2), number=2), sheet=Extent(0, 0, 297, 210))
    assert found(project, "page-fill", Pages((full, lying, page(line(page=3), number=3)))) == []


def test_last_page_of_a_part_may_be_almost_empty(project: Project) -> None:
    assert found(project, "page-fill", followed(line(), part="neste")) == []
    assert found(project, "page-fill", page(line())) == []


def test_page_before_a_figure_that_is_the_last_of_its_part_may_be_almost_empty(project: Project) -> None:
    pages = [page(line()), page(box("table", rows=36), number=2)]
    assert found(project, "page-fill", Pages(tuple(pages))) == []
    after = page(line(page=3), number=3, part="neste")
    assert found(project, "page-fill", Pages((*pages, after))) == []
    low = page(box("figure", rows=30), number=2)
    assert len(found(project, "page-fill", Pages((pages[0], low, after)))) == 1
    assert len(found(project, "page-fill", Pages((*pages, replace(after, part="start"))))) == 1


def test_page_on_a_ground_of_its_own_may_be_almost_empty(project: Project) -> None:
    assert found(project, "page-fill", followed(line(), has_ground=True)) == []


@pytest.mark.parametrize(("rows", "share"), [(29, None), (30, 41), (40, 55)], ids=["under", "over", "far over"])
def test_page_of_which_much_is_tinted_is_named_by_its_last_box(project: Project, rows: int, share: int | None) -> None:
    boxes = [box("box", rows=2, has_ground=True), box("box", row=2, rows=rows - 2, source=30, has_ground=True)]
    expected = [f"30:7: page 3: {share}% of the page is tinted; 40% is the most [page-tint]"] if share else []
    assert_problems(found(project, "page-tint", page(*boxes, number=3)), *expected)


def test_box_on_another_is_tinted_once_and_one_in_a_frame_not_at_all(project: Project) -> None:
    boxes = [box("box", rows=25, has_ground=True), box("box", rows=20, source=30, has_ground=True)]
    assert found(project, "page-tint", page(*boxes, box("box", rows=45, source=40))) == []


def test_page_on_a_ground_of_its_own_may_hold_boxes(project: Project) -> None:
    assert found(project, "page-tint", page(box("box", rows=45, has_ground=True), has_ground=True)) == []


def on_grid(*rows: float, **more: Any) -> list[Line]:
    """Make lines of running text, each so many lines from the top of the type area."""
    return [line(row=row, is_body=True, **more) for row in rows]  # type: ignore[arg-type]


def test_lines_between_those_of_the_grid_are_named_once_a_page(project: Project) -> None:
    first = page(*on_grid(*range(30)), leading=STEP)
    second = page(*on_grid(0, 1, page=2), *on_grid(2.5, 3.5, 4.5, page=2, source=30), number=2, leading=STEP)
    assert_problems(
        found(project, "off-grid", Pages((first, second))),
        "30:7: page 2: «Et par ord» stands 7.1 pt above the lines of the grid, and 2 more lines of the page "
        "(3 of 35 do, 1 may) [off-grid]",
    )


@pytest.mark.parametrize(
    "lines",
    [
        [*on_grid(*range(40)), *on_grid(42.5, 43.5)],
        [*on_grid(*range(9)), *on_grid(10.02)],
        [*on_grid(*range(5)), *(line(row=row, source=30) for row in (6.5, 7.5))],  # type: ignore[arg-type]
        [*on_grid(*range(5)), *on_grid(6.5, tag="h2"), *on_grid(7.5, is_in_drawing=True), *on_grid(8.5, is_note=True)],
    ],
    ids=["one in twenty", "by a hair", "in other type", "headings, drawings and notes"],
)
def test_lines_that_may_stand_between_those_of_the_grid(project: Project, lines: list[Line]) -> None:
    assert found(project, "off-grid", page(*lines, leading=STEP)) == []


def test_grid_is_only_known_where_the_leading_is(project: Project) -> None:
    assert found(project, "off-grid", page(*on_grid(0, 1.5, 2.7))) == []


def heading(text: str = "En overskrift", **more: Any) -> Line:
    return line(text, tag="h2", source=5, **more)


def over(page_number: int, *rows: int, **more: Any) -> list[Line]:
    return [line(row=row, page=page_number, **more) for row in rows]


@pytest.mark.parametrize(
    ("lines", "below"),
    [
        ([heading(row=47), *over(2, 0, 1, 2)], "no line"),
        ([heading(row=46), *over(1, 47), *over(2, 0, 1)], "1 line"),
        ([heading(row=46), line(row=47, tag="h3", source=6), *over(2, 0, 1)], "1 line"),
        ([heading(row=47), *(replace(each, column=9) for each in over(1, 0, 1))], "no line"),
    ],
    ids=["alone", "over one line", "over a heading", "at the foot of a column"],
)
def test_heading_low_on_a_page_is_named(project: Project, lines: list[Line], below: str) -> None:
    problems = [problem for problem in found(project, "heading-low", lines) if problem.place == at(5)]
    assert_problems(problems, f"5:7: page 1: the heading «En overskrift» has {below} below it [heading-low]")


@pytest.mark.parametrize(
    "lines",
    [
        [heading(row=45), *over(1, 46, 47), *over(2, 0)],
        [heading(row=45), *over(1, 46)],
        [heading("Over to", row=44), heading("linjer", row=45), *over(1, 46, 47), *over(2, 0)],
        [heading(row=45), *over(1, 46, 47), line("En note", row=48, is_note=True), *over(2, 0)],
    ],
    ids=["over two lines", "over all there is", "of two lines", "above a footnote"],
)
def test_heading_over_two_lines_is_not_low(project: Project, lines: list[Line]) -> None:
    assert found(project, "heading-low", lines) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1, 4, "10:7: page 1: the first line of a paragraph stands alone: «Ord 0» [widow]"),
        (4, 1, "10:7: page 2: the last line of a paragraph stands alone: «Ord 4» [widow]"),
    ],
    ids=["orphan", "widow"],
)
def test_line_alone_on_a_page_is_named(project: Project, first: int, second: int, expected: str) -> None:
    lines = [line(f"Ord {number}", row=number, page=1 if number < first else 2) for number in range(first + second)]
    assert_problems(found(project, "widow", lines), expected)


def test_line_alone_in_a_column_is_named(project: Project) -> None:
    lines = [*paragraph("En", "to", "tre", column=1), line("fire", column=2)]
    assert_problems(found(project, "widow", lines), "10:7: the last line of a paragraph stands alone: «fire» [widow]")


def test_two_lines_on_either_page_are_no_widow(project: Project) -> None:
    assert found(project, "widow", [*over(1, 46, 47), *over(2, 0, 1)]) == []
    assert found(project, "widow", over(1, 47)) == []


def test_word_that_a_page_divides_is_named_whole(project: Project) -> None:
    lines = [line("felles ekspe-", row=47, ends_divided=True), line("rimenter. Og", page=2)]
    assert_problems(
        found(project, "hyphen-turn", lines), "10:7: page 1: «ekspe-rimenter.» goes on on page 2 [hyphen-turn]"
    )


def test_word_divided_within_a_page_is_no_turn(project: Project) -> None:
    assert found(project, "hyphen-turn", paragraph("felles ekspe-", "rimenter")) == []


@pytest.mark.parametrize("count", [3, 5])
def test_hyphens_under_each_other_are_a_ladder(project: Project, count: int) -> None:
    lines = paragraph("Først", *["et de-"] * count, "lt ord")
    expected = f"10:7: page 1: {count} lines in a row end in a hyphen: «de-», «de-» [hyphen-ladder]"
    assert_problems(found(project, "hyphen-ladder", lines), expected)


def test_two_hyphens_and_hyphens_in_two_columns_are_no_ladder(project: Project) -> None:
    assert found(project, "hyphen-ladder", paragraph("de-", "de-", "hel", "de-", "de-")) == []
    parted = [*paragraph("de-", "de-", column=1), *paragraph("de-", "de-", column=2)]
    assert found(project, "hyphen-ladder", parted) == []


def divided(*counts: int) -> list[Line]:
    """Make paragraphs of eleven lines, each on its page, of which so many end in a hyphen."""
    return [
        each
        for number, count in enumerate(counts, start=1)
        for each in paragraph(*["de-"] * count, *["ord"] * (11 - count), page=number, source=number, is_body=True)
    ]


def test_share_of_hyphens_is_told_on_the_page_that_has_most(project: Project) -> None:
    lines = divided(1, 1, 2, 1, 3, 4, 2, 1, 1, 1)
    expected = "6:7: page 6: 17 of 100 lines end in a hyphen; 16 may, and most do here, 4 [hyphen-share]"
    assert_problems(found(project, "hyphen-share", lines), expected)


def test_sixteen_hyphens_in_a_hundred_lines_may_be_and_few_lines_have_no_share(project: Project) -> None:
    assert found(project, "hyphen-share", divided(1, 1, 2, 1, 3, 3, 2, 1, 1, 1)) == []
    assert found(project, "hyphen-share", divided(5, 5)) == []


def test_three_lines_that_begin_alike_are_named(project: Project) -> None:
    lines = paragraph("Først og", "og så", "«Og» sånn", "og slik", "til slutt")
    assert_problems(
        found(project, "line-starts", lines), "10:7: page 1: 3 lines in a row begin with «og» [line-starts]"
    )


def test_two_lines_and_lines_of_three_items_may_begin_alike(project: Project) -> None:
    assert found(project, "line-starts", paragraph("og så", "og sånn", "eller", "og slik")) == []
    items = [line("Hva er det?", row=row, source=row, tag="li") for row in range(10, 13)]
    assert found(project, "line-starts", items) == []


def endings(*lasts: str, **more: Any) -> list[Line]:
    """Make paragraphs of two lines each, of which these are the last lines."""
    return [
        each
        for number, last in enumerate(lasts)
        for each in paragraph("Noen ord", last, first=2 * number, source=100 + number, **more)
    ]


def test_short_last_lines_are_named_where_they_are_more_than_one_in_a_hundred(project: Project) -> None:
    lines = endings("til.", *["flere ord"] * 97, "«oss»")
    assert_problems(
        found(project, "last-line", lines),
        "100:7: page 1: a paragraph ends in a line of one word, «til.» (2 of 99 do, 0 may) [last-line]",
        "198:7: page 1: a paragraph ends in a line of one word, «‹oss›» (2 of 99 do, 0 may) [last-line]",
    )


def test_one_short_last_line_in_a_hundred_may_be(project: Project) -> None:
    assert found(project, "last-line", endings("til.", *["flere ord"] * 99)) == []


@pytest.mark.parametrize("last", ["bedriftene.", "to ord"])
def test_last_line_of_a_long_word_or_of_two_is_not_short(project: Project, last: str) -> None:
    assert found(project, "last-line", endings(last)) == []


@pytest.mark.parametrize("tag", ["h2", "td", "figcaption"])
def test_headings_cells_and_captions_may_end_in_a_short_word(project: Project, tag: str) -> None:
    assert found(project, "last-line", endings("til.", tag=tag)) == []
