"""What the tag tree of this study has beyond that of any publication (`test_publication_tags`).

The spans of foreign words and abbreviations, which the content lists once and the pipeline finds, are held to the list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

import pytest
from support.built import Full, full
from support.content_tags import Tag, tags
from support.literal import tagged
from support.pdf import glued
from support.structure import (
    Element,
    Painted,
    paint,
    tree,
)

from press.content.blocks import Example

pytestmark = [full, pytest.mark.long]

KINDS = (
    "Document", "Part", "Sect", "Div", "Aside", "H1", "H2", "H3", "H4", "H5", "H6", "P", "BlockQuote",
    "L", "LI", "Lbl", "LBody", "Table", "Caption", "THead", "TBody", "TR", "TH", "TD",
    "TOC", "TOCI", "Reference", "Note", "Figure", "Link",
)  # fmt: skip
SELDOM = {"H5", "H6", "Aside", "BlockQuote"}
"""What the content may have none of."""


@pytest.fixture(scope="module")
def root(full_report: Full) -> Element:
    return tree(full_report.pdf)


@pytest.fixture(scope="module")
def expected(full_report: Full) -> list[Tag]:
    return tags(full_report)


@pytest.fixture(scope="module")
def painted(full_report: Full) -> list[Painted]:
    return paint(full_report.pdf)


def test_content_has_something_of_every_kind(expected: list[Tag]) -> None:
    assert set(KINDS) - SELDOM <= {role for role, _ in expected}


def test_every_page_number_in_a_drawing_says_what_stands_on_that_page(full_report: Full, root: Element) -> None:
    examples = [block for _, block in full_report.report.blocks() if isinstance(block, Example)]
    told = [link for link in root.all("Link") if link.get("Alt")]
    titles = {glued(full_report.words(example.title)) for example in examples}
    assert len(told) == len(titles) == len(examples)
    assert all(any(title in glued(link.get("Alt") or "") for title in titles) for link in told)


def test_every_block_of_the_content_is_counted(full_report: Full, expected: list[Tag]) -> None:
    shown = Counter(block.kind for _, block in full_report.report.blocks() if block.stands != "none")
    captions = sum(role == "Caption" and text.startswith("figur") for role, text in expected)
    assert captions == shown["figure"] + shown["matrix"]
    said = sum(block.kind == "quote" and block.speaker is not None for _, block in full_report.report.blocks())
    assert sum(role == "Aside" for role, _ in expected) == said
    assert sum(text.startswith("læringseksempel") for role, text in expected if role == "P") == shown["example"]


def test_foreign_words_and_abbreviations_are_those_that_the_content_lists(full_report: Full, root: Element) -> None:
    terms = full_report.report.terms
    assert terms is not None
    foreign = {(said_by_span(word), language) for language, words in terms.foreign.items() for word in words}
    abbreviations = {(said_by_span(name), str(long_form)) for name, long_form in terms.abbreviations.items()}
    spans = root.all("Span")
    assert {(said_by_span(span.text), span.get("Lang")) for span in spans if span.get("Lang")} <= foreign
    assert {(said_by_span(span.text), span.get("E")) for span in spans if span.get("E")} == abbreviations
    assert [span.text for span in spans if not span.get("Lang") and not span.get("E")] == []


def test_every_term_that_the_content_lists_is_marked_wherever_it_is_read(full_report: Full, root: Element) -> None:
    terms = full_report.report.terms
    assert terms is not None
    foreign = one_of(str(word) for words in terms.foreign.values() for word in words)
    listed = rf"(?<![\w-])(?:(?i:{foreign})|{one_of(terms.abbreviations)})(?!\w)"
    html = "".join(part.html for part in full_report.document.parts)
    body = re.sub(r"<head>.*?</head>|<p [^>]*data-furniture.*?</p>", "", html, flags=re.DOTALL)
    plain = unescape(re.sub(r"<[^>]*>", "\n", body)).replace("\N{NO-BREAK SPACE}", " ")
    wanted = Counter(said_by_span(word) for word in re.findall(listed, plain))
    assert Counter(said_by_span(span.text) for span in root.all("Span")) == wanted


def test_paragraphs_that_a_page_divides_are_one_element(root: Element) -> None:
    divided = [paragraph for paragraph in root.all("P", "LBody") if len(paragraph.pages) > 1]
    assert divided
    assert [paragraph.pages for paragraph in divided if paragraph.pages[-1] - paragraph.pages[0] != 1] == []


def test_running_heads_and_page_numbers_are_artifacts(full_report: Full, painted: list[Painted]) -> None:
    sections = {section.id for section in full_report.report.walk()}
    pages = [page for part in full_report.document.parts if part.id in sections for page in full_report.pages_of(part)]
    text = Counter(found.page for found in painted if found.is_artifact and found.operator == "TJ")
    assert len(pages) > 45
    assert {page for page in pages if not text[page]} == set()
    dividers = [section.content.divider for section in full_report.report.sections if section.content.divider]
    divided = {full_report.pdf.anchors[str(divider.id)].page for divider in dividers}
    assert {page for page in text if page not in pages} == divided, "there the title is printed once more"


def test_lines_of_the_motif_are_artifacts(full_report: Full, painted: list[Painted]) -> None:
    lines = int(full_report.report.facts["bedrifter"].value)
    filled = Counter(found.page for found in painted if found.is_artifact and found.operator.startswith("f"))
    for page in (1, full_report.pdf.page_count):
        assert filled[page] >= lines
    assert [found for found in painted if found.page == 1 and found.operator != "TJ" and not found.is_artifact] == []


def said_by_span(text: object) -> str:
    return tagged("Span", glued(str(text)))[1]


def one_of(words: Iterable[str]) -> str:
    """Make a pattern of words, the longer before the shorter that begin as they do."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
