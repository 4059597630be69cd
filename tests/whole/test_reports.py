"""Small whole publications, one for each feature, built in a temporary folder and asked what stands on their pages.

`reports/<feature>/` holds what an author would write and nothing else. What every one of them must keep is asserted of
all; what a feature promises is asserted of its own.
"""

from __future__ import annotations

from contextlib import closing

import pypdfium2
import pytest
from support.built import OF_INSTITUTE, Publish, every_edition, every_feature, every_short_edition, feature, words
from support.content_tags import Content
from support.pdf import Built, Passage, glued, read_aloud
from support.projects import REPORTS
from support.surroundings import EVERYTHING, place

from press.content.blocks import EDITION_KINDS, KINDS, Block, References, Table

# What every publication keeps.


@every_edition
def test_every_word_is_read_once_and_in_order(published: Publish, name: str) -> None:
    assert published(name).unread() == {}


@every_edition
def test_every_line_of_the_content_is_in_print(published: Publish, name: str) -> None:
    built = published(name)
    body = read_aloud(built.body)
    shown = [block for _, block in built.report.blocks() if block.stands != "none"]
    lines = [line for block in shown for line in block.lines() if line != getattr(block, "alt", None)]
    plain = [line for line in lines if "{" not in line]
    assert [line for line in plain if glued(line) not in body] == []


@every_edition
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_conforms_to_both_standards(published: Publish, name: str, profile: str) -> None:
    assert published(name).pdf.failures(profile) == []


@every_feature
def test_begins_with_cover_and_contents_and_ends_with_a_last_page(published: Publish, name: str) -> None:
    built = published(name)
    texts = [" ".join(text.split()) for text in built.pdf.page_texts]
    assert str(built.report.settings.title) in texts[0]
    assert "Innhold" in texts[1]
    assert "Slutt." in texts[-1]
    assert [part.id for part in built.document.parts][:2] == ["cover", "contents"]
    assert built.result.page_count == built.pdf.page_count


@every_feature
def test_contents_give_each_chapter_with_its_page(published: Publish, name: str) -> None:
    built = published(name)
    contents = read_aloud(built.passages_of(built.document.parts[1]))
    for section in built.report.sections:
        assert glued(f"{section.content.title} {built.pdf.anchors[section.id].page}") in contents


@every_edition
def test_pages_carry_their_numbers(published: Publish, name: str) -> None:
    built = published(name)
    for part in built.document.parts:
        for number in built.pages_of(part):
            footer = str(number) in built.pdf.page_texts[number - 1].split()[-1:]
            assert footer == (part.id in {section.id for section in built.report.walk()}), (part.id, number)


@every_edition
def test_fonts_are_ours_embedded_and_subset(published: Publish, name: str) -> None:
    fonts = published(name).pdf.fonts
    assert {font.name.rpartition("-Pro")[0] for font in fonts} == {"Source-Serif", "Source-Sans"}
    assert all(font.embedded and font.subset for font in fonts)


@every_short_edition
def test_short_edition_begins_with_its_label_and_keeps_to_its_pages(published: Publish, name: str) -> None:
    built = published(name)
    assert built.edition.content is not None
    label = Content(built).words(built.edition.label)
    assert words(built.pdf.page_texts[0]).casefold().startswith(label.casefold())
    assert [part.id for part in built.document.parts] == ["cover", *(section.id for section in built.report.sections)]
    assert built.pdf.page_count <= int(built.edition.content.limits.pages)


@pytest.mark.long
@every_short_edition
def test_short_edition_has_the_same_bytes_elsewhere_with_the_report_built_first_and_with_it_there(
    published: Publish, name: str
) -> None:
    feature_name, _, edition = name.partition("/")
    with place(REPORTS / feature_name, EVERYTHING) as elsewhere:
        assert elsewhere.made(edition) == published(name).result.pdf
        assert elsewhere.pdf() == published(feature_name).result.pdf
        assert elsewhere.made(edition) == published(name).result.pdf


@every_short_edition
def test_short_edition_has_no_link_to_what_it_leaves_out(published: Publish, name: str) -> None:
    built = published(name)
    assert {link.target for link in built.pdf.links if link.inside} <= built.targets.keys()
    assert built.targets.keys() & built.pdf.anchors.keys()


# Letters of North Sámi.


@feature("figures")
def test_names_in_north_sami_are_found_by_a_search_in_text_italics_and_sources(published: Publish) -> None:
    built = published("figures")
    with closing(pypdfium2.PdfDocument(built.result.pdf)) as pdf:
        for name, count in {"Ŋuorgu": 3, "ruoŧŧelaš": 3}.items():
            assert sum(_hits(page.get_textpage(), name) for page in pdf) == count, name


def _hits(text: pypdfium2.PdfTextPage, words: str) -> int:
    search = text.search(words, match_case=True)
    return sum(1 for _ in iter(search.get_next, None))


# The smallest publication.


@feature("minimal")
def test_minimal_has_one_page_of_text(published: Publish) -> None:
    built = published("minimal")
    start = next(part for part in built.document.parts if part.id == "start")
    (page,) = built.pages_of(start)
    said = "1 Start Dette er det minste som kan bli til en publikasjon."
    assert " ".join(built.pdf.words(page)) == f"{said} Det minste {page}"


@feature("minimal")
def test_minimal_lists_neither_figures_nor_examples_as_it_has_none(published: Publish) -> None:
    built = published("minimal")
    assert "Innhold" in built.pdf.words(2)
    contents = [word for number in built.pages_of(built.document.parts[1]) for word in built.pdf.words(number)]
    assert {"Figurer", "Læringseksempler"}.isdisjoint(contents)


# Every block type.


@feature("blocks")
def test_blocks_holds_every_block_type(published: Publish) -> None:
    assert {block.kind for _, block in published("blocks").report.blocks()} == KINDS.keys() - {*OF_INSTITUTE}


@feature("blocks")
def test_blocks_have_their_anchors_and_what_is_left_out_has_none(published: Publish) -> None:
    built = published("blocks")
    with_id = [str(block.id) for _, block in built.report.blocks() if block.id is not None]
    left_out = [name for name in with_id if name not in built.pdf.anchors]
    assert left_out == ["det-tapte-bildet"]
    assert "borte" not in " ".join(built.pdf.page_texts)
    assert "Et grått felt." in " ".join(" ".join(built.pdf.page_texts).split())


@feature("blocks")
def test_blocks_are_numbered_in_series_of_their_own(published: Publish) -> None:
    body = read_aloud(published("blocks").body)
    for label in ("Figur 1 Tre søyler.", "Figur 2 Fire felt.", "Tabell 1 Ord og tall", "Del 2 Om kompetanse"):
        assert body.count(glued(label)) == 1, label


@feature("blocks")
def test_blocks_reference_becomes_name_number_and_page(published: Publish) -> None:
    built = published("blocks")
    page = built.pdf.anchors["boks-a-samarbeid"].page
    expected = f"til figur 1, til tabell 1, til «Begrep» og til boksen om Bedrift A på side {page}."
    assert glued(expected) in read_aloud(built.body)
    assert {"figur-en", "tabell-en", "kapittelets-begrep", "boks-a-samarbeid"} <= {
        link.target for link in built.pdf.links
    }


@feature("blocks")
def test_blocks_quote_is_read_after_its_paragraph_and_stands_beside_it(published: Publish) -> None:
    built = published("blocks")
    body = [passage for passage in built.body if passage.text.strip()]
    quote = next(index for index, passage in enumerate(body) if passage.text.startswith("«Løpende"))
    assert read_aloud(body[:quote]).endswith(glued("enda et nummerert punkt"))
    speaker = next(passage for passage in body[quote:] if passage.text.strip() == "Setteren")
    assert speaker.page == body[quote].page
    beside = [passage for passage in body if passage.page == body[quote].page and passage.top > body[quote].bottom]
    assert beside, "the quote stands beside the text, not under all of it"


@feature("blocks")
def test_blocks_gather_main_results_as_cards_and_as_a_list(published: Publish) -> None:
    built = published("blocks")
    body = read_aloud(built.body)
    for section, claim in (("samarbeid", "Samarbeid lønner seg"), ("kompetanse", "Kompetanse må læres underveis")):
        page = built.pdf.anchors[section].page
        assert body.count(glued(f"{claim} (side {page})")) == 1
        result = next(s.content.result for s in built.report.walk() if s.id == section)
        assert result is not None
        assert body.count(glued(f"{claim}{result.text}Side {page}")) == 1


@feature("blocks")
def test_blocks_without_sight_are_told_by_alt_texts_and_tables(published: Publish) -> None:
    built = published("blocks")
    assert built.pdf.alt_texts == ["Tre søyler som vokser fra venstre mot høyre.", "Et felt uten noe på."]
    appendix = next(part for part in built.document.parts if part.id == "figurdata")
    assert glued("Nr. Navn Høyde 1 Den lave 1,5 2 Den midterste 2 3 Den høye 3,5") in read_aloud(
        built.passages_of(appendix)
    )


# Footnotes.


@feature("footnotes")
def test_footnotes_stand_on_the_page_of_their_call(published: Publish) -> None:
    built = published("footnotes")
    notes = built.notes()
    assert len(notes) == 20
    assert [(call.page, note.page) for call, note in notes if call.page != note.page] == []
    assert [(call.text, note.text) for call, note in notes if call.text.strip() != note.text.strip()] == []


@feature("footnotes")
def test_footnotes_stand_below_the_text(published: Publish) -> None:
    built = published("footnotes")
    for number in {passage.page for passage in built.pdf.passages if passage.is_note}:
        passages = [passage for passage in built.pdf.passages if passage.page == number and passage.text.strip()]
        text = max(passage.bottom for passage in passages if not passage.is_note)
        assert text < min(passage.top for passage in passages if passage.is_note)


@feature("footnotes")
def test_footnotes_are_counted_anew_in_each_chapter(published: Publish) -> None:
    built = published("footnotes")
    chapters = {part.id: built.pages_of(part) for part in built.document.parts}
    numbers = [(note.page, int(note.text)) for _, note in built.notes()]
    assert [number for page, number in numbers if page in chapters["notene"]] == list(range(1, 20))
    assert [number for page, number in numbers if page in chapters["etterpa"]] == [1]


@feature("footnotes")
def test_footnotes_keep_emphasis_and_links(published: Publish) -> None:
    built = published("footnotes")
    note = read_aloud_notes(built.pdf.passages)
    assert glued("Noten i boksen, med et ord i kursiv og en lenke til siden.") in note
    assert [link.target for link in built.pdf.links if not link.inside] == ["https://example.org/"]


# Tables over several pages.


@feature("long-tables")
def test_long_table_repeats_its_head_on_every_page_and_nothing_else(published: Publish) -> None:
    built = published("long-tables")
    rows = rows_by_page(built, "tabell-lang")
    assert len(rows) >= 3
    for number in rows:
        text = " ".join(built.pdf.page_texts[number - 1].split())
        assert text.count("Nr. Sted Merknad Verdi") == 1, number
    captions = sum(" ".join(text.split()).count("Nitti steder") for text in built.pdf.page_texts)
    assert captions == 1


@feature("long-tables")
def test_long_table_keeps_every_row_in_order_and_whole(published: Publish) -> None:
    built = published("long-tables")
    rows = rows_by_page(built, "tabell-lang")
    assert [row for page in sorted(rows) for row in rows[page]] == list(range(90))


@feature("long-tables")
def test_text_goes_on_after_the_tables(published: Publish) -> None:
    built = published("long-tables")
    assert read_aloud(built.body).endswith(glued("To rader Ord Tall ett 1 to 2 Etter tabellene går teksten videre."))


# A short edition of another kind than the executive summary: a file of the content, and no line of the engine.


SHORT = "editions/for-tillitsvalgte"


@feature("editions")
def test_short_edition_holds_every_type_that_stands_in_editions_alone_and_an_included_section(
    published: Publish,
) -> None:
    content = published(SHORT).edition.content
    assert content is not None
    kinds = {block.kind for section in content.sections for block in section.blocks}
    # Its list of sources tests/compose/test_citations.py reads.
    assert kinds == EDITION_KINDS.keys() - {References.kind}
    assert [str(section.include) for section in content.sections if section.include is not None] == ["medvirkning"]


@feature("editions")
def test_short_edition_counts_its_footnotes_from_one(published: Publish) -> None:
    full, short = published("editions"), published(SHORT)
    note = glued("Planen er omtalt også i")
    numbers = []
    for built in (full, short):
        passages = [passage for passage in built.pdf.passages if passage.is_note and passage.text.strip()]
        at = next(index for index, passage in enumerate(passages) if glued(passage.text).startswith(note))
        numbers.append(passages[at - 1].text.strip())
    assert numbers == ["2", "1"]


@feature("editions")
def test_short_edition_counts_its_figures_and_tables_as_it_shows_them(published: Publish) -> None:
    full, short = published("editions").targets, published(SHORT).targets
    counted = {name: (full[name].number, short[name].number) for name in ("figur-soyler", "feltene", "tabell-innenfor")}
    assert counted == {"figur-soyler": (2, 1), "feltene": (3, 2), "tabell-innenfor": (2, 1)}
    assert short["tabell-oppgaver"].number == 2


@feature("editions")
def test_short_edition_names_the_pages_that_things_have_in_the_built_report(published: Publish) -> None:
    full, short = published("editions").pdf, published(SHORT)
    page = {name: anchor.page for name, anchor in full.anchors.items()}
    body = read_aloud(short.body)
    assert page["figur-utenfor"] not in {page["boks-b"], page["teknologi"], page["skille-bakgrunn"]}
    for said in (
        f"viser dem (se hovedrapporten, side {page['figur-utenfor']}).",
        f"se hovedrapporten, side {page['historien']}, er en annen sak (se hovedrapporten, side {page['boks-b']}).",
        f"Teknologien er moden (side {page['teknologi']} i hovedrapporten)",
        f"det som var før (hovedrapporten, side {page['historien']}).",
        f"del 1 i hovedrapporten (side {page['skille-bakgrunn']}).",
    ):
        assert body.count(glued(said)) == 1, said


@feature("editions")
def test_short_edition_leaves_out_what_it_does_not_name(published: Publish) -> None:
    short = words(" ".join(published(SHORT).pdf.page_texts))
    for left_out in ("Bakgrunnen er lang", "Bedrift B kjøpte", "Tall som ikke er med", "Noe er lært", "Innhold "):
        assert left_out not in short


# Figures.


@feature("figures")
@pytest.mark.parametrize(("figure", "width"), [("figur-bred", 170), ("figur-smal", 112)])
def test_figure_is_as_wide_as_it_was_drawn(published: Publish, figure: str, width: int) -> None:
    built = published("figures")
    svg = built.document.assets[f"figures/{figure}.svg"].decode("utf-8")
    assert f'width="{width}mm"' in svg
    assert 'height="40mm"' in svg
    (part,) = (part for part in built.document.parts if f"figures/{figure}.svg" in part.html)
    assert f'style="width: {width}mm; height: 40mm"' in part.html


@feature("figures")
def test_figure_has_alt_text_caption_and_data(published: Publish) -> None:
    built = published("figures")
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in built.pdf.alt_texts] == [
        "Tre søyler fra 33 bedrifter, den høyeste til høyre.",
        "Tre smale søyler, den høyeste til høyre.",
    ]
    body = read_aloud(built.body)
    assert body.count(glued("Figur 1 Søyler fra 33 bedrifter. Kilde: prøven.")) == 1
    assert body.count(glued("Figur 2 De samme søylene. Kilde: 33 fra Ŋuorgu, ruoŧŧelaš.")) == 1
    assert body.count(glued("Data til figur 1 Søylene Nr. Navn Høyde")) == 1


@feature("figures")
def test_figure_words_are_outlines_that_a_search_finds_and_nothing_reads_aloud(published: Publish) -> None:
    built = published("figures")
    (page,) = built.pages_of(next(part for part in built.document.parts if "figures/figur-bred.svg" in part.html))
    drawn = pypdfium2.PdfDocument(built.result.pdf)[page - 1].get_textpage()
    assert drawn.search("Antall av 33").get_next() is not None
    assert drawn.search("Den midterste").get_next() is not None
    assert glued("Antall av 33") not in read_aloud(built.body)
    assert b"<path" in built.document.assets["figures/figur-bred.svg"]


def read_aloud_notes(passages: list[Passage]) -> str:
    return "".join(glued(passage.text) for passage in passages if passage.is_note and not passage.is_marker)


def rows_by_page(built: Built, table_id: str) -> dict[int, list[int]]:
    """Tell which rows of a table each page holds, whole, from the first row 0."""
    tables = [block for _, block in built.report.blocks() if is_table(block, table_id)]
    rows = [glued("".join(row)) for row in tables[0].rows]
    texts = {page: read_aloud(p for p in built.body if p.page == page) for page in {p.page for p in built.body}}
    found = {page: [index for index, row in enumerate(rows) if row in text] for page, text in texts.items()}
    return {page: indices for page, indices in found.items() if indices}


def is_table(block: Block, table_id: str) -> bool:
    return isinstance(block, Table) and block.table == table_id
