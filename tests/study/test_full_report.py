"""The publication of this repository, built once and asked whether it keeps its rules.

The rules are those of a careful print shop: nothing lost, nothing twice, every number right, every page fit to be seen.
No test knows on which page anything stands; the content may change, the rules hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from support.built import Full, full, words
from support.pdf import Passage, glued, read_aloud

from press.checks import run
from press.checks.theme_contrast import PAIRS, colour_of
from press.content.blocks import Block, Example, Movable, Photo
from press.content.report import FigureSource, Report, Section
from press.content.strict_yaml import Located
from press.document import PAGE_OF, Part

LEDGER = Path(__file__).with_name("ledger_ids.txt")

FEWEST_PAGES, MOST_PAGES = 50, 64
# The type area of a page, in millimetres from its top.
AREA_TOP, AREA_BOTTOM = 26, 272
AREA = AREA_BOTTOM - AREA_TOP
BOXES, FIGURES = 20, 8
# A passage this long does not stand in print twice by chance.
TELLING = 40

pytestmark = [full, pytest.mark.long]


@pytest.fixture(scope="session")
def built(full_report: Full) -> Full:
    return full_report


# The whole.


def test_extent(built: Full) -> None:
    assert FEWEST_PAGES <= built.pdf.page_count <= MOST_PAGES
    assert built.pdf.page_count == built.result.page_count


def test_same_content_gives_the_same_bytes_in_another_process_and_folder(built: Full) -> None:
    assert built.again == built.result.pdf


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_conforms_to_both_standards(built: Full, profile: str) -> None:
    assert built.pdf.failures(profile) == []


def test_tells_its_title_and_language(built: Full) -> None:
    assert built.pdf.language == "nb-NO"
    assert built.pdf.title.startswith(str(built.report.settings.title))


def test_only_source_serif_and_source_sans_are_embedded_and_all_are_subset(built: Full) -> None:
    assert {font.name.rpartition("-Pro")[0] for font in built.pdf.fonts} == {"Source-Serif", "Source-Sans"}
    assert [font.name for font in built.pdf.fonts if not font.embedded or not font.subset] == []


# Outline, links and numbers.


def test_outline_has_every_section_in_order_at_its_level(built: Full) -> None:
    expected = [(section.level, built.words(section.content.title)) for section in built.report.walk()]
    titles = {title for _, title in expected}
    outline = [(entry.level, unnumbered(words(entry.title), titles)) for entry in built.pdf.outline]
    assert [entry for entry in outline if entry[1] in titles] == expected


def test_outline_names_besides_sections_only_what_has_a_title(built: Full) -> None:
    language = {"Innhold", "Figurer", "Læringseksempler"}
    sections = {built.words(section.content.title) for section in built.report.walk()}
    blocks = {title for _, block in built.report.blocks() if (title := built.words(getattr(block, "title", "")))}
    blocks |= {f"{b.party} {built.words(b.title)}" for _, b in built.report.blocks() if isinstance(b, Example)}
    series = {"figure": "Figur", "table": "Tabell", "questions": "Del"}
    numbered = {
        f"{series[target.kind]} {target.number} {built.words(target.title)}"
        for target in built.targets.values()
        if target.kind in series and target.title is not None
    }
    known = language | sections | blocks | numbered
    strange = [entry.title for entry in built.pdf.outline if unnumbered(words(entry.title), sections) not in known]
    assert strange == []


def test_outline_runs_forward_and_leads_to_each_sections_page(built: Full) -> None:
    pages = [entry.page for entry in built.pdf.outline]
    assert pages == sorted(pages)
    titles = {built.words(section.content.title) for section in built.report.walk()}
    found = [entry.page for entry in built.pdf.outline if unnumbered(words(entry.title), titles) in titles]
    dividers = {s.id: str(s.content.divider.id) for s in built.report.walk() if s.content.divider is not None}
    for page, section in zip(found, built.report.walk(), strict=True):
        places = {built.pdf.anchors[section.id].page, built.pdf.anchors[dividers.get(section.id, section.id)].page}
        assert page in places, section.id


def test_every_link_inside_leads_to_an_anchor_and_every_link_outside_is_safe(built: Full) -> None:
    assert built.pdf.links
    assert [link for link in built.pdf.links if link.inside and link.target not in built.pdf.anchors] == []
    assert [link for link in built.pdf.links if not link.inside and not link.target.startswith("https://")] == []


def test_every_link_lands_on_the_page_where_its_target_stands(built: Full) -> None:
    led_to = {link.target for link in built.pdf.links if link.inside}
    with_words = [target for target in built.targets.values() if target.id in led_to and target.title is not None]
    assert len(with_words) > BOXES
    dividers = {s.id: str(s.content.divider.id) for s in built.report.walk() if s.content.divider is not None}
    for target in with_words:
        # The title of a chapter with a divider stands there, on the page before its text.
        anchor = built.pdf.anchors[dividers.get(target.id, target.id)]
        from_there = (p for p in built.pdf.passages if p.page == anchor.page and p.top > anchor.top - 5)
        title = built.words(target.title)
        expected = f"Figur {target.number} {title}" if target.kind == "figure" else title
        assert glued(expected) in read_aloud(from_there), target.id


def test_anchors_of_the_pdf_are_the_pages_that_were_settled(built: Full) -> None:
    in_print = {name: anchor.page for name, anchor in built.pdf.anchors.items()}
    assert in_print.items() <= dict(built.result.pages).items()


def test_page_references_give_the_page_of_their_target(built: Full) -> None:
    printed = list(page_references(built.pdf.passages))
    promised = sum(
        len(re.findall(rf'href="#[^"]+">[Ss]ide\s<span class="page-number" {PAGE_OF}=', part.html))
        for part in built.document.parts
    )
    assert len(printed) == promised > 0
    assert [found for found in printed if found[1] != built.pdf.anchors[found[0]].page] == []


# Everything of the ledger, and every word.


def ledger() -> dict[str, bool]:
    """Read the ledger's ids; the value tells whether it is in print."""
    lines = LEDGER.read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: "left out on purpose" not in line for line in lines if not line.startswith("#")}


def test_ledger_is_whole() -> None:
    assert len(ledger()) == 91
    assert [name for name, in_print in ledger().items() if not in_print] == [
        "foto-silisiumsensor",
        "foto-yara",
        "foto-norsk-modell",
    ]


def test_every_id_of_the_ledger_is_in_the_content(built: Full) -> None:
    assert sorted(ledger().keys() - built.targets.keys()) == []
    left_out = {str(b.photo): b.left_out for _, b in built.report.blocks() if isinstance(b, Photo)}
    for name, in_print in ledger().items():
        assert built.targets[name].printed == in_print, name
        assert in_print or left_out[name], name


def test_every_id_of_the_ledger_that_is_in_print_has_its_place_in_the_pdf(built: Full) -> None:
    assert sorted(name for name, in_print in ledger().items() if in_print and name not in built.pdf.anchors) == []


def test_content_follows_the_ledgers_order(built: Full) -> None:
    # Boxes stand at the end of the result they belong to, figure 8 at the end of its chapter, lost photographs nowhere.
    moves = {"figur-8", *(name for name in ledger() if name.startswith(("boks-", "foto-")))}
    in_content = [name for name in built.targets if name in ledger() and name not in moves]
    assert in_content == dividers_first(built.report, [name for name in ledger() if name not in moves])


def test_only_long_lists_of_the_figures_data_may_be_divided_and_not_among_rows_with_one_name(built: Full) -> None:
    html = next(part.html for part in built.document.parts if part.id.endswith("figurdata"))
    tables = re.findall(r'<figure class="(table[^"]*)">(.*?)</figure>', html, re.DOTALL)
    assert {("table-divided" in names, body.count("<tr data-at") > 12) for names, body in tables} == {
        (True, True),
        (False, False),
    }
    spanned = [int(rows) for _, body in tables for rows in re.findall(r'rowspan="(\d+)"', body)]
    assert html.count('class="goes-on"') == sum(spanned) - len(spanned) > 0


def test_every_word_of_every_part_is_in_the_pdf_once_and_in_reading_order(built: Full) -> None:
    assert built.unread() == {}


def test_every_block_of_the_content_is_in_the_pdf_in_the_contents_order(built: Full) -> None:
    stream = read_aloud(built.body)
    position = 0
    # What moves stands where the pages fill, and each such thing whole in its own order.
    boxes = {id(text) for _, block in built.report.blocks() if isinstance(block, Movable) for _, text in block.texts()}
    for name, text in texts_in_order(built.report):
        begin = 0 if id(text) in boxes else position
        for pattern in patterns(text):
            found = re.compile(pattern).search(stream, begin)
            assert found is not None, f"{name}: {pattern[:80]} is not where it belongs"
            begin = found.start()
        position = position if id(text) in boxes else begin


def test_no_passage_of_the_content_is_in_the_pdf_more_often_than_in_the_content(built: Full) -> None:
    everything = [text for _, text in texts_in_order(built.report)]
    everything += [s.content.result.text for s in built.report.walk() if s.content.result is not None]
    telling = {literal for text in everything for literal in literals(text) if len(literal) >= TELLING}
    assert len(telling) > 300
    # A pull quote repeats words of the text beside it; a title or a cell of a table may hold words of the text.
    everything += [line for _, block in built.report.blocks() for line in block.lines() if line != alt_of(block)]
    everything += [cell for source in built.report.figures.values() for cell in cells_shown(source)]
    content = "\n".join("\n".join(literals(text)) for text in everything)
    stream = read_aloud(built.body)
    counts = {literal: (stream.count(literal), content.count(literal)) for literal in telling}
    assert {literal: found for literal, found in counts.items() if found[0] != found[1]} == {}


def test_footnotes_stand_on_the_page_of_their_call(built: Full) -> None:
    notes = built.notes()
    assert len(notes) == sum(part.html.count('class="footnote"') for part in built.document.parts) > 0
    assert [(call, note) for call, note in notes if call.page != note.page] == []


# Boxes and figures.


def test_boxes_carry_letter_and_theme_in_the_contents_order(built: Full) -> None:
    boxes = [block for _, block in built.report.blocks() if isinstance(block, Example)]
    assert len(boxes) == BOXES
    stream = read_aloud(built.body)
    labels = [glued(f"Læringseksempel {box.about or f'Bedrift {box.party}'} · {box.theme}") for box in boxes]
    assert re.findall(r"læringseksempel(?:[^·]{1,40})·(?=\w)", stream) == [
        f"{label.partition('·')[0]}·" for label in labels
    ]
    position = 0
    for box, label in zip(boxes, labels, strict=True):
        found = re.compile(f"{re.escape(label)}.?{re.escape(glued(box.title))}").search(stream, position)
        assert found is not None, box.id
        position = found.end()


def test_boxes_carry_the_letter_and_theme_of_the_ledger(built: Full) -> None:
    boxes = {str(block.example): block for _, block in built.report.blocks() if isinstance(block, Example)}
    assert boxes.keys() == {name for name in ledger() if name.startswith("boks-")}
    for name, box in boxes.items():
        _, letter, theme = name.split("-", 2)
        assert box.party == letter.upper(), name
        assert "-".join(box.theme.lower().split()).startswith(theme), name


def test_no_box_is_divided_by_a_pages_end(built: Full) -> None:
    for section, block in built.report.blocks():
        if not isinstance(block, Example):
            continue
        page = built.pdf.anchors[str(block.example)].page
        last = patterns(block.text)[-1]
        assert re.search(last, read_aloud(p for p in built.pdf.passages if p.page == page)), (section.id, block.id)


def test_figures_come_in_order_each_on_the_page_of_its_first_mention_or_the_next(built: Full) -> None:
    figures = [target for target in built.targets.values() if target.kind == "figure"]
    assert [target.id for target in figures] == [f"figur-{number}" for number in range(1, FIGURES + 1)]
    assert [target.number for target in figures] == list(range(1, FIGURES + 1))
    places = [built.pdf.anchors[target.id] for target in figures]
    assert places == sorted(places, key=lambda anchor: (anchor.page, anchor.top))
    chapters = [built.pdf.anchors[section.id].page for section in built.report.sections]
    for target, place in zip(figures, places, strict=True):
        # What another chapter says of it, such as the summary, comes with its page.
        first_page = max(page for page in chapters if page <= place.page)
        mentions = [link.page for link in built.pdf.links if link.target == target.id and link.page >= first_page]
        assert mentions, f"nothing mentions {target.id}"
        assert place.page - min(mentions) in {0, 1}, f"{target.id}: page {place.page}, mentioned on {min(mentions)}"


# Pages fit to be seen.


def test_no_page_is_under_a_third_full(built: Full) -> None:
    """Except the last page of a part, and the one before a figure that had no room."""
    short = []
    for part, number in text_pages(built):
        ink = built.pdf.ink(number, AREA_TOP, AREA_BOTTOM)
        used = ink[1] - AREA_TOP if ink is not None else 0
        if used >= AREA / 3 or ends_a_part(built, part, number):
            continue
        if used + height_of_figure_at_top(built, number + 1) > AREA:
            continue
        short.append(f"page {number} ends at {used:.0f} of {AREA} mm")
    assert short == []


def test_no_heading_is_the_last_line_of_a_page(built: Full) -> None:
    for _, number in text_pages(built):
        lines = [p for p in built.pdf.passages if p.page == number and not p.is_note and p.text.strip()]
        lowest = max(line.bottom for line in lines)
        ends = [lines[-1], *(line for line in lines if line.bottom > lowest - 1)]
        assert [line.text for line in ends if line.is_heading] == [], number


def test_no_line_stands_outside_the_type_area(built: Full) -> None:
    for _, number in text_pages(built):
        lines = [p for p in built.pdf.passages if p.page == number and p.text.strip()]
        assert min(line.top for line in lines) > AREA_TOP - 1, number
        assert max(line.bottom for line in lines) < AREA_BOTTOM + 1, number


def test_rules_on_pages_find_no_error(built: Full) -> None:
    assert built.result.surveyed is not None
    outcome = run(built.report, built.result.surveyed)
    assert [problem for problem in outcome.problems if problem.severity == "error"] == []


def test_every_pair_of_colours_on_its_pages_is_one_that_the_theme_is_held_to(built: Full) -> None:
    assert built.result.surveyed is not None
    theme = built.report.theme
    pairs = {(hex_of(tint.colour), hex_of(tint.ground)) for page in built.result.surveyed.pages for tint in page.tints}
    held = {(colour_of(theme, role), colour_of(theme, ground)) for ground in PAIRS for role in PAIRS[ground]}
    assert len(pairs) > 10
    assert pairs <= held


def hex_of(channels: Sequence[float]) -> str:
    return f"#{''.join(f'{round(channel * 255):02X}' for channel in channels[:3])}"


# How the tests read content, HTML and pages.


def unnumbered(title: str, titles: set[str]) -> str:
    """Take a chapter's number, with or without its word, from the front of a section's title."""
    without = re.sub(r"^(?:(?:Del|Kapittel|Vedlegg) )?\d+[.:]?(?: –)? ", "", title)
    return without if without in titles else title


def page_references(passages: Iterable[Passage]) -> Iterator[tuple[str, int]]:
    """Yield target and number of each «side 29» that is a link."""
    text, target = "", None
    for passage in passages:
        if passage.link is None or passage.link != target:
            text, target = "", passage.link
        text += passage.text
        if target is not None and (found := re.fullmatch(r"\s*[Ss]ide\s*(\d+)\s*", text)):
            yield target, int(found[1])


def dividers_first(report: Report, names: list[str]) -> list[str]:
    """Put each divider's id after its chapter's, as the content has it: there the divider belongs to the chapter."""
    chapters = {str(s.content.divider.id): s.id for s in report.walk() if s.content.divider is not None}
    # In the ledger parts 3 and 4 have no line for their dividers that stands apart.
    ordered = [name for name in names if name not in chapters]
    for divider, chapter in chapters.items():
        if divider in names:
            ordered.insert(ordered.index(chapter) + 1, divider)
    return ordered


def texts_in_order(report: Report) -> Iterator[tuple[str, Located]]:
    """Yield running text with the name of where it stands, in reading order."""
    for section in report.sections:
        yield from texts_of(section)


def texts_of(section: Section) -> Iterator[tuple[str, Located]]:
    content = section.content
    if content.lead is not None:
        yield section.id, content.lead
    for block in content.blocks:
        yield from ((section.id, text) for text in block.prose())
    for child in section.children:
        yield from texts_of(child)
    for block in content.closing:
        yield from ((section.id, text) for text in block.prose())


def alt_of(block: Block) -> str | None:
    return getattr(block, "alt", None)


def cells_shown(source: FigureSource) -> Iterator[Located]:
    """Yield the cells of a figure's data that stand in print as tables."""
    for table in source.tables.values():
        for row in table.cells([str(column.key) for column in table.shown]):
            yield from row


def passages_in(text: str) -> list[str]:
    """Divide prose into its paragraphs and the items of its lists, without Markdown's marks and without footnotes."""
    text = re.sub(r"(?m)^ *\[\^[^\]]+\]:.*(?:\n +.*)*", "", text)
    text = re.sub(r"\]\([^)]*\)", "", text)
    pieces = re.split(r"\n\s*\n|\n(?= *(?:-|\d+\.) )", text)
    unmarked = (re.sub(r"^ *(?:-|\d+\.) +", "", piece.strip("\n")) for piece in pieces)
    return [re.sub(r"(?<!\\)[*\[\\]|(?<!\^)\[(?!\^)", "", piece) for piece in unmarked if piece.strip()]


def patterns(text: str) -> list[str]:
    """Give for each passage of prose what it looks like in glued print, whatever its references have become."""
    # A page's end may stand in a passage: footnotes are kept apart, so that nothing else comes between.
    return [
        ".{0,160}?".join(re.escape(glued(part)) for part in re.split(r"\{[^}]*\}|\^[^\]\s]+\]", passage))
        for passage in passages_in(text)
    ]


def literals(text: str) -> list[str]:
    """Give the glued parts of prose that stand in print as written, between its references."""
    return [
        glued(part)
        for passage in passages_in(text)
        for part in re.split(r"\{[^}]*\}|\^[^\]\s]+\]", passage)
        if part.strip()
    ]


def text_pages(built: Full) -> Iterator[tuple[Part, int]]:
    """Yield the pages of sections, with their part: what has a type area, running heads and a page number."""
    sections = {section.id for section in built.report.walk()}
    for part in built.document.parts:
        if part.id in sections:
            yield from ((part, number) for number in built.pages_of(part))


def ends_a_part(built: Full, part: Part, number: int) -> bool:
    """Tell whether a page is the last one before another part, which begins on a page of its own."""
    return number == built.pages_of(part)[-1]


def height_of_figure_at_top(built: Full, number: int) -> float:
    """Give the height of the figure that a page begins with, caption and all; 0 if it begins with something else."""
    for target in built.targets.values():
        place = built.pdf.anchors.get(target.id)
        if target.kind == "figure" and place is not None and place.page == number and place.top < AREA_TOP + 10:
            captions = [p for p in built.pdf.passages if p.page == number and p.text.strip().startswith("Figur ")]
            return max(caption.bottom for caption in captions) - AREA_TOP
    return 0
