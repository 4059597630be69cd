"""The executive summary of this repository's publication, held against the content and the built report.

Its pages are those that `build.py summary` makes; the full report is the one that other tests ask, built once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from support.built import Full, full, words
from support.content_tags import Content, tags_as_printed
from support.pdf import Built, glued, publish, read_aloud
from support.projects import ROOT
from support.structure import gaps, said, tree
from support.surroundings import EVERYTHING, place

from press.content.blocks import Matrix, Numbers
from press.content.report import EditionContent, Result, Section
from press.content.strict_yaml import Located
from press.door.building import PAGE_MAP
from press.editions.page_map import PageMap, state_of

NAME = "summary"
MOST_PAGES = 8
RESULTS = 6
SWOT = {"Styrker": 12, "Svakheter": 8, "Muligheter": 7, "Trusler": 7}
SWOT_SHOWN = 2
LARGE = {"bedrifter": "33", "laeringseksempler": "20", "hovedresultater": "6"}
# A sentence this long does not stand in two places by chance.
TELLING = 40

pytestmark = [full, pytest.mark.long]


@pytest.fixture(scope="module")
def summary(full_report: Full) -> Built:
    return publish(ROOT, NAME, full_report.result.pages)


@pytest.fixture(scope="module")
def content(summary: Built) -> EditionContent:
    assert summary.edition.content is not None
    return summary.edition.content


def results(summary: Built) -> list[tuple[Section, Result]]:
    return [(section, result) for section in summary.full.walk() if (result := section.content.result) is not None]


# The whole.


def test_has_six_pages_and_never_more_than_eight(summary: Built, content: EditionContent) -> None:
    assert summary.pdf.page_count == summary.result.page_count == 6
    assert content.limits.pages == str(MOST_PAGES)


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_conforms_to_both_standards(summary: Built, profile: str) -> None:
    assert summary.pdf.failures(profile) == []


def test_every_word_is_read_once_and_in_order(summary: Built) -> None:
    assert summary.unread() == {}


def test_tags_are_those_of_the_contents_fields_word_for_word(summary: Built) -> None:
    found = said(tree(summary.pdf))
    expected = tags_as_printed(summary, found)
    assert [pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]][:1] == []
    assert len(found) == len(expected)


def test_headings_leave_no_level_out(summary: Built) -> None:
    headings = tree(summary.pdf).all(*(f"H{level}" for level in range(1, 7)))
    assert len(headings) > RESULTS
    assert gaps([int(heading.role[1]) for heading in headings]) == []


def test_says_on_its_cover_and_in_its_title_what_it_is(summary: Built, content: EditionContent) -> None:
    assert str(content.label).casefold() in words(summary.pdf.page_texts[0]).casefold()
    assert summary.pdf.title.endswith(f" – {content.label}")
    assert summary.pdf.language == "nb-NO"


def test_outline_has_its_own_sections(summary: Built, content: EditionContent) -> None:
    titles = [str(section.title) for section in content.sections]
    assert [entry.title for entry in summary.pdf.outline if entry.level == 1] == titles


def test_every_link_inside_leads_to_an_anchor_of_its_own(summary: Built) -> None:
    assert [link for link in summary.pdf.links if link.inside and link.target not in summary.pdf.anchors] == []


def test_same_content_gives_the_same_bytes_elsewhere_and_the_report_is_not_built_again(
    summary: Built, full_report: Full
) -> None:
    state = state_of(full_report.document)
    known = PageMap(state, full_report.result.pages, full_report.result.places)
    with place(ROOT, EVERYTHING) as elsewhere:
        (elsewhere.folder / "made" / PAGE_MAP).write_bytes(known.to_json())
        assert elsewhere.made(NAME) == summary.result.pdf
        assert not (elsewhere.folder / "made/report.pdf").exists()


# The six results.


def test_cards_hold_the_six_results_each_with_its_example_in_the_reports_order(summary: Built) -> None:
    found = results(summary)
    assert len(found) == RESULTS
    stream = read_aloud(summary.body)
    position = 0
    for number, (section, result) in enumerate(found, start=1):
        assert result.example is not None, section.id
        page = f"Side {summary.full_pages[section.id]} i hovedrapporten"
        claim = result.claim or section.content.title
        card = glued(f"{number}{claim}{result.text}{page}Fra et læringseksempel{result.example.text}")
        position = stream.find(card, position)
        assert position >= 0, section.id


def test_page_on_each_card_is_the_page_of_the_built_report_that_the_result_begins_on(
    summary: Built, full_report: Full
) -> None:
    printed = [int(page) for page in re.findall(r"side(\d+)ihovedrapportenfraet", read_aloud(summary.body))]
    assert len(printed) == RESULTS
    for page, (section, _) in zip(printed, results(summary), strict=True):
        assert page == full_report.pdf.anchors[section.id].page
        assert glued(full_report.words(section.content.title)) in read_aloud(
            passage for passage in full_report.pdf.passages if passage.page == page
        )


def test_every_page_of_the_full_report_that_is_printed_is_one_that_it_has(summary: Built, full_report: Full) -> None:
    numbers = re.findall(r"side\s(\d+)\si\shovedrapporten|hovedrapporten,\sside\s(\d+)", whole_text(summary).casefold())
    pages = [int(one or other) for one, other in numbers]
    assert len(pages) >= RESULTS
    assert [page for page in pages if not 1 <= page <= full_report.pdf.page_count] == []


def test_example_of_each_result_is_one_that_the_report_prints_under_it(summary: Built) -> None:
    boxes = {str(block.id): section for section, block in summary.full.blocks() if block.kind == "example"}
    for section, result in results(summary):
        assert result.example is not None
        below = {each.id for each in section.walk()}
        assert {boxes[str(name)].id for name in result.example.rests_on} <= below, section.id


def test_no_card_has_more_words_than_its_edition_allows(summary: Built, content: EditionContent) -> None:
    assert content.limits.words_per_card is not None
    for section, result in results(summary):
        assert result.example is not None
        assert len(f"{result.text} {result.example.text}".split()) <= int(content.limits.words_per_card), section.id


def test_no_card_is_divided_by_a_pages_end(summary: Built) -> None:
    for section, result in results(summary):
        assert result.example is not None
        pages = [read_aloud(p for p in summary.body if p.page == number) for number in range(1, 7)]
        assert [page for page in pages if glued(result.text) in page and glued(result.example.text) in page], section.id


# Numbers, figures and the SWOT.


def test_three_large_numbers_are_those_of_the_facts(summary: Built) -> None:
    (numbers,) = (block for _, block in summary.report.blocks() if isinstance(block, Numbers))
    assert {str(item.fact): str(summary.full.facts[item.fact].value) for item in numbers.items} == LARGE
    stream = read_aloud(summary.body)
    for item in numbers.items:
        label = summary_words(summary, item.label)
        assert stream.count(glued(f"{LARGE[item.fact]}{label}")) == 1


def test_facts_of_the_large_numbers_are_counted_in_the_content(summary: Built) -> None:
    boxes = [block for _, block in summary.full.blocks() if block.kind == "example"]
    assert len(boxes) == int(LARGE["laeringseksempler"])
    assert len(results(summary)) == int(LARGE["hovedresultater"])


@pytest.mark.parametrize("figure", ["figur-5", "figur-6"])
def test_figures_five_and_six_are_drawn_as_in_the_report(summary: Built, full_report: Full, figure: str) -> None:
    name = f"figures/{figure}.svg"
    assert summary.document.assets[name] == full_report.document.assets[name]


def test_figures_are_counted_anew_and_no_other_is_drawn(summary: Built, full_report: Full) -> None:
    numbers = {target.id: target.number for target in summary.targets.values() if target.kind == "figure"}
    assert numbers == {"figur-5": 1, "figur-6": 2, "figur-8": 3}
    assert {full_report.targets[name].number for name in numbers} == {5, 6, 8}
    assert {name for name in summary.document.assets if name.startswith("figures/")} == {
        "figures/figur-5.svg",
        "figures/figur-6.svg",
    }


def test_swot_stands_in_short_with_the_counts_of_the_whole(summary: Built) -> None:
    (short,) = (block for _, block in summary.report.blocks() if isinstance(block, Matrix))
    (whole,) = (block for _, block in summary.full.blocks() if isinstance(block, Matrix))
    assert short.shown == SWOT_SHOWN
    assert {str(quadrant.title): len(quadrant.items) for quadrant in whole.quadrants} == SWOT
    said_here = Content(summary).said
    cells = [cell.text for cell in tree(summary.pdf).all("TD") if cell.text]
    assert cells == [
        glued(f"{quadrant.title} {SWOT[quadrant.title]} {dashed(map(said_here, quadrant.items[:SWOT_SHOWN]))}")
        for quadrant in whole.quadrants
    ]


def dashed(items: Iterable[str]) -> str:
    return " ".join(f"– {item}" for item in items)


# Nothing is typed twice.


def test_its_own_file_holds_no_number_and_no_sentence_that_stands_in_the_content(
    summary: Built, content: EditionContent
) -> None:
    own = list(own_words(content))
    assert own
    assert [text for text in own if re.search(r"\d", re.sub(r"\{[^}]*\}", "", text))] == []
    report = "\n".join(glued(text) for text in (*summary.full.prose(), *summary.full.lines()) if text not in own)
    assert [text for text in own if len(text) >= TELLING and glued(text) in report] == []


def test_what_it_says_of_a_section_stands_in_one_field_only(summary: Built) -> None:
    statements = [text for section in summary.full.walk() for _, s in section.content.statements() for text in [s.text]]
    sentences = [glued(line) for text in statements for line in text.splitlines() if len(line) >= TELLING]
    everything = "\n".join(glued(text) for text in (*summary.full.prose(), *summary.full.lines()))
    assert len(sentences) > 30
    assert [sentence for sentence in sentences if everything.count(sentence) != 1] == []


def own_words(content: EditionContent) -> Iterator[Located]:
    """Yield the texts of the edition's own file."""
    yield content.label
    for section in content.sections:
        yield from (title for title in [section.title] if title is not None)
        for block in section.blocks:
            yield from (*block.lines(), *block.prose())


def summary_words(summary: Built, line: str) -> str:
    """Give a label as printed."""
    facts = summary.full.facts
    return re.sub(r"\{fact:([a-z0-9-]+)\.words\}", lambda match: str(facts[match[1]].words), line)


def whole_text(summary: Built) -> str:
    return " ".join(passage.text for passage in summary.pdf.passages)
