"""What a party is shown for its approval: all that is its own, nothing that is another's, each at its page.

The composed report says what is printed, and the built report where. What names a party is looked for in the report's
HTML, where the proofs look in the content.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from io import BytesIO
from itertools import combinations

import pikepdf
import pytest
from pypdfium2 import raw
from support.built import Full, full, words
from support.pdf import PDFIUM_HYPHEN, Pdf, difference, glued, read_aloud, typeset_here
from support.structure import tree

from press.compose.parts import compose
from press.content.blocks import Example
from press.content.report import Report
from press.document import FINGERPRINT, FURNITURE, PAGE_OF, REPEATS, Document
from press.editions.edition import Edition
from press.editions.page_map import PageMap
from press.editions.proofs import Passage, proof
from press.words.language import language_of

PARTIES = "ABCDEFGHIJKLMNO"
TYPESET = ["A", "F", "K"]
"""One with a box about its parent, the one with the most boxes, and one with few passages."""
LINE = 18
ABOVE = 768.8
"""The baseline of a line above the first, from the foot."""
TELLING = 30
"""So many letters do not stand on a page by chance."""
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
TEXT_LEFT = 30 * 72 / 25.4
HEAD, FOOT = 842 - 78, 78
"""Where the text begins, and between which heights its lines stand; in points from the left and from the foot."""
PT_PER_PX = 0.75
LEAST, MOST = 8, 18
"""Sizes between that of a note's number and that of the title, which are set off the lines."""
EMPTY = frozenset({"meta", "img", "br", "link"})
BLOCKS = frozenset({"p", "li", "tr", "figcaption", "caption", "h1", "h2", "h3", "h4", "h5", "h6"})

pytestmark = [full, pytest.mark.long]
every_party = pytest.mark.parametrize("party", PARTIES)


@dataclass
class Line:
    """A paragraph, item, heading, caption or row of a composed part, as printed."""

    classes: frozenset[str]
    """Of all that it stands in."""
    box: str | None
    """The id of the example it stands in."""
    text: str


class Lines(HTMLParser):
    """Takes the lines out of HTML, with page numbers filled in."""

    def __init__(self, html: str, pages: Mapping[str, int]) -> None:
        super().__init__()
        self.pages = pages
        self.found: list[Line] = []
        self.open: list[tuple[str, frozenset[str], str | None, Line | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in EMPTY:
            return
        _, around, box, line = self.open[-1] if self.open else ("", frozenset[str](), None, None)
        own = frozenset((given.get("class") or "").split())
        classes = around | own | ({"furniture"} if FURNITURE in given else set())
        classes |= {"again"} if REPEATS in given else set()
        box = given.get("id") if "example" in own else box
        if tag in BLOCKS:
            line = Line(classes, box, "")
            self.found.append(line)
        self.open.append((tag, classes, box, line))
        if given.get(PAGE_OF, FINGERPRINT) != FINGERPRINT:
            self.handle_data(str(self.pages[str(given[PAGE_OF])]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and (line := self.open[-1][3]) is not None:
            line.text += data


@dataclass(frozen=True)
class Made:
    """A composed proof."""

    party: str
    edition: Edition
    document: Document

    @property
    def passages(self) -> list[Passage]:
        found: list[Passage] = self.edition.context["passages"]
        return found

    @cached_property
    def lines(self) -> list[Line]:
        """Its lines, in order, but for what stands once more for the eye."""
        return [line for line in Lines(self.document.parts[0].html, {}).found if "again" not in line.classes]

    @cached_property
    def as_printed(self) -> list[Line]:
        """The lines of its boxes as they will be printed."""
        return [line for line in Lines(self.document.parts[0].html, {}).found if "again" in line.classes]

    @cached_property
    def text(self) -> str:
        return glued("".join(line.text for line in self.lines))


Make = Callable[[str], Made]


@pytest.fixture(scope="session")
def where(full_report: Full) -> PageMap:
    return PageMap("", full_report.result.pages, full_report.result.places)


@pytest.fixture(scope="session")
def made(full_report: Full, where: PageMap) -> Make:
    """Compose the proof of a party, each once."""
    report, language = full_report.report, language_of(full_report.report)
    known: dict[str, Made] = {}

    def make(party: str) -> Made:
        if party not in known:
            edition = proof(report, party, language, where)
            known[party] = Made(party, edition, compose(report, edition, pages=where.pages))
        return known[party]

    return make


@pytest.fixture(scope="session")
def printed(full_report: Full, where: PageMap) -> list[Line]:
    """Give the lines of the composed report, without the contents, which name the boxes."""
    parts = [part for part in full_report.document.parts if part.id != "contents"]
    return [line for part in parts for line in Lines(part.html, where.pages).found if "furniture" not in line.classes]


def boxes(report: Report, party: str, *, of_others: bool = False) -> list[Example]:
    found = [block for _, block in report.blocks() if isinstance(block, Example)]
    return [block for block in found if (block.party == party) is not of_others]


def telling(text: str) -> str:
    """Give the beginning of a text, glued: enough to find it by."""
    return glued(text)[:TELLING]


# All fifteen.


def test_parties_tried_here_are_those_that_are_registered(full_report: Full) -> None:
    assert "".join(full_report.report.settings.parties) == PARTIES
    assert {str(box.party) for _, box in full_report.report.blocks() if isinstance(box, Example)} == set(PARTIES)


@every_party
def test_proof_holds_all_boxes_of_its_party_as_the_report_prints_them(
    full_report: Full, made: Make, printed: list[Line], party: str
) -> None:
    own = boxes(full_report.report, party)
    assert own
    for box in own:
        assert glued(full_report.words(box.title)) in made(party).text
        lines = [line.text for line in printed if line.box == str(box.id) and "example-text" in line.classes]
        assert len(glued("".join(lines))) > 300
        assert [line for line in lines if glued(line) not in made(party).text] == []


@every_party
def test_proof_shows_its_partys_boxes_first_as_they_will_be_printed(
    full_report: Full, made: Make, printed: list[Line], party: str
) -> None:
    own = [str(box.id) for box in boxes(full_report.report, party)]
    expected = [(line.box, glued(line.text)) for box in own for line in printed if line.box == box]
    assert [(line.box, glued(line.text)) for line in made(party).as_printed if line.text] == expected


@every_party
def test_proof_holds_no_other_partys_box(full_report: Full, made: Make, printed: list[Line], party: str) -> None:
    others = boxes(full_report.report, party, of_others=True)
    assert len(others) > len(PARTIES)
    titles = {line.text for box in boxes(full_report.report, party) for line in printed if line.box == str(box.id)}
    assert titles
    for box in others:
        lines = [line.text for line in printed if line.box == str(box.id) and not naming(line.text, party)]
        found = [line for line in lines if len(glued(line)) > TELLING and glued(line) in made(party).text]
        assert found == [], box.id
        assert f'data-at="{box.place}"' not in made(party).document.parts[0].html


def naming(text: str, party: str) -> bool:
    """Tell whether a printed line says «Bedrift A»."""
    return re.search(rf"[Bb]edrift {party}(?![\w–])", words(text)) is not None


@every_party
def test_proof_holds_every_line_of_the_report_that_names_its_party(
    full_report: Full, made: Make, printed: list[Line], party: str
) -> None:
    own = {str(box.id) for box in boxes(full_report.report, party)}
    wanted = [line.text for line in printed if line.box not in own and naming(line.text, party)]
    assert [text for text in wanted if glued(text) not in made(party).text] == []


def test_report_names_parties_outside_their_boxes_by_what_references_print(printed: list[Line]) -> None:
    # «se også {boks-c-klar-for-endring}» is printed as «boksen om Bedrift C»; proofs once missed it.
    outside = [words(line.text) for line in printed if line.box is None]
    assert [text for text in outside if re.search("boksen om Bedrift [A-O]", text)]


@every_party
def test_proof_holds_every_row_of_data_with_its_partys_letter(full_report: Full, made: Make, party: str) -> None:
    rows = [
        row
        for source in full_report.report.figures.values()
        for table in source.tables.values()
        for row in table.texts
        if any(re.search(rf"(?<!\w){party}(?!\w)", cell) and re.fullmatch(r"[A-O](?!\w).*", cell) for cell in row)
    ]
    assert len(rows) >= 2
    printed_rows = [glued("·".join(cell for cell in row if cell and not cell.startswith("boks-"))) for row in rows]
    assert "boks-" not in made(party).text
    assert [row for row in printed_rows if row not in made(party).text] == []


@every_party
def test_proof_holds_every_statement_of_short_editions_that_names_its_party(
    full_report: Full, made: Make, party: str
) -> None:
    statements = [found for section in full_report.report.walk() for _, found in section.content.statements()]
    wanted = [str(found.text) for found in statements if naming(found.text, party)]
    assert [text for text in wanted if glued(text) not in made(party).text] == []


def test_some_statement_names_a_party(full_report: Full) -> None:
    statements = [found for section in full_report.report.walk() for _, found in section.content.statements()]
    assert [found for found in statements if any(naming(found.text, party) for party in PARTIES)]


@every_party
def test_passage_stands_on_the_page_that_the_proof_says(full_report: Full, made: Make, party: str) -> None:
    pages = [glued(" ".join(full_report.pdf.words(number))) for number in range(1, full_report.pdf.page_count + 1)]
    for passage in made(party).passages:
        if passage.page is None:
            continue
        drawing = re.fullmatch(r"content/data/(.*)\.yaml", passage.text.place.file)
        if drawing is not None and str(passage.text.place) not in full_report.result.places:
            assert passage.page == full_report.pdf.anchors[drawing[1]].page  # drawn there, and nowhere in words
            continue
        parts = str(passage.text).split(" · ") if not passage.is_prose else [printed_start(made(party), passage)]
        missing = [part for part in parts if telling(full_report.words(part)) not in pages[passage.page - 1]]
        assert missing == [], (passage.text.place, passage.page)


def printed_start(made: Made, passage: Passage) -> str:
    """Give the beginning of a passage as the proof prints it."""
    (section,) = re.findall(
        rf'<section class="passage" data-at="{re.escape(str(passage.text.place))}">(.*?)</section>',
        made.document.parts[0].html,
        re.DOTALL,
    )
    return "".join(line.text for line in Lines(section, {}).found if "where" not in line.classes)


@every_party
def test_box_stands_on_the_page_that_the_proof_says(full_report: Full, made: Make, party: str) -> None:
    for box in made(party).edition.context["boxes"]:
        anchor = full_report.pdf.anchors[str(box.block.id)]
        assert box.page == anchor.page
        below = [p for p in full_report.pdf.passages if p.page == box.page and p.top > anchor.top - 5]
        assert glued(full_report.words(box.block.title)) in read_aloud(below)


@every_party
def test_each_box_and_passage_says_its_page_and_section(full_report: Full, made: Make, party: str) -> None:
    context = made(party).edition.context
    printed = [words(line.text) for line in made(party).lines if "where" in line.classes and "«" in line.text]
    assert printed == [
        f"Side {found.page} i rapporten, under «{full_report.words(found.section.content.title)}»"
        for found in [*context["boxes"], *(passage for passage in context["passages"] if passage.section)]
    ]


@every_party
def test_what_only_short_editions_print_says_so(full_report: Full, made: Make, party: str) -> None:
    report_text = read_aloud(full_report.pdf.passages)
    unplaced = [passage for passage in made(party).passages if passage.page is None]
    said = [line.text for line in made(party).lines if line.text == "I kortversjonen"]
    assert len(said) == len(unplaced)
    assert [passage.text for passage in unplaced if glued(passage.text) in report_text] == []


@every_party
def test_proof_says_which_version_of_the_content_it_is_of(full_report: Full, made: Make, party: str) -> None:
    date = full_report.report.settings.date
    version = f"Versjon {full_report.report.mark}, {date.day}. {MONTHS[date.month - 1]} {date.year}"
    lines = [words(line.text) for line in made(party).lines]
    assert lines.count(f"{full_report.words(full_report.report.settings.title)}. {version}") == 1
    assert made(party).edition.output == f"proofs/bedrift-{party.lower()}.pdf"


@every_party
def test_title_of_the_proof_names_its_party(made: Make, party: str) -> None:
    (part,) = made(party).document.parts
    assert f"– Bedrift {party}, til godkjenning</title>" in part.html


# Three of them in print.


@dataclass(frozen=True, repr=False)
class Printed:
    """A proof as PDF."""

    made: Made
    pdf: Pdf


Print = Callable[[str], Printed]
some_parties = pytest.mark.parametrize("party", TYPESET)


@pytest.fixture(scope="session")
def in_print(made: Make) -> Print:
    """Typeset the proof of a party, each once."""
    known: dict[str, Printed] = {}

    def make(party: str) -> Printed:
        if party not in known:
            known[party] = Printed(made(party), Pdf(typeset_here(made(party).document).pdf))
        return known[party]

    return make


@some_parties
def test_proof_in_print_says_what_was_composed_and_nothing_else(in_print: Print, party: str) -> None:
    proof = in_print(party)
    expected = glued("".join(line.text for line in proof.made.lines if "furniture" not in line.classes))
    assert difference(read_aloud(proof.pdf.passages), expected) == ""


@some_parties
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_proof_conforms_to_both_standards(in_print: Print, party: str, profile: str) -> None:
    assert in_print(party).pdf.failures(profile) == []


@some_parties
def test_every_page_of_a_proof_says_which_version_it_is_of(in_print: Print, full_report: Full, party: str) -> None:
    pdf = in_print(party).pdf
    version = f"Versjon {full_report.report.mark}"
    assert pdf.page_count >= 2
    assert [number for number, text in enumerate(pdf.page_texts, start=1) if version not in words(text)] == []


@dataclass(frozen=True)
class Letter:
    """A letter in print, in points, from the left and from the foot of the page."""

    text: str
    left: float
    baseline: float
    size: float


def letters(pdf: Pdf, number: int) -> list[Letter]:
    """Give the letters of a page as they are drawn, without spaces."""
    page = pdf._pdfium[number - 1].get_textpage()
    found = []
    for index in range(page.count_chars()):
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(page, index, x, y)
        text = chr(raw.FPDFText_GetUnicode(page, index))
        if text.strip() and text not in PDFIUM_HYPHEN:
            size = raw.FPDFText_GetFontSize(page, index) * PT_PER_PX
            found.append(Letter(text, x.value, y.value, size))
    return found


def numbers(pdf: Pdf, number: int) -> dict[float, str]:
    """Give the numbers in the left margin of a page, by their baselines, from the top."""
    found: dict[float, str] = {}
    for letter in letters(pdf, number):
        if letter.left < TEXT_LEFT - 3 and FOOT < letter.baseline < HEAD:
            baseline = round(letter.baseline, 1)
            found[baseline] = found.get(baseline, "") + letter.text
    return dict(sorted(found.items(), reverse=True))


def rows(pdf: Pdf, number: int) -> list[str]:
    """Give what stands on each line of a page, from the top, columns side by side."""
    found: dict[float, list[Letter]] = {}
    for letter in letters(pdf, number):
        found.setdefault(round(letter.baseline), []).append(letter)
    by_line = (found[at] for at in sorted(found, reverse=True))
    in_order = (sorted(line, key=lambda letter: letter.left) for line in by_line)
    return [glued("".join(letter.text for letter in line)) for line in in_order]


@some_parties
def test_box_has_the_lines_in_its_proof_that_it_has_in_the_report(
    in_print: Print, full_report: Full, party: str
) -> None:
    proof = in_print(party)
    shown = [rows(proof.pdf, number) for number in range(1, unnumbered(proof.pdf) + 1)]
    for box in proof.made.edition.context["boxes"]:
        title = glued(full_report.words(box.block.title))
        page = rows(full_report.pdf, box.page)
        start = next(index for index, row in enumerate(page) if row == title)
        (again,) = (each[each.index(title) :] for each in shown if title in each)
        assert again[:8] == page[start : start + 8]


def unnumbered(pdf: Pdf) -> int:
    """Count the pages, from the first, that show boxes as they will be printed: their lines have no numbers."""
    beside = (numbers(pdf, number).values() for number in range(1, pdf.page_count + 1))
    return next(count for count, each in enumerate(beside) if each and all(map(str.isdigit, each)))


@some_parties
def test_lines_of_text_alone_are_numbered_each_by_where_it_stands_on_its_page(in_print: Print, party: str) -> None:
    pdf = in_print(party).pdf
    for number in range(unnumbered(pdf) + 1, pdf.page_count + 1):
        beside = numbers(pdf, number)
        assert {round(at + LINE * int(line), 1) for at, line in beside.items()} == {ABOVE}
        text = [one.baseline for one in letters(pdf, number) if one.left > TEXT_LEFT - 3 and FOOT < one.baseline < HEAD]
        assert [line for at, line in beside.items() if min(abs(at - baseline) for baseline in text) > LINE / 2] == []


@some_parties
def test_each_line_of_text_stands_on_the_line_of_a_number(in_print: Print, party: str) -> None:
    pdf = in_print(party).pdf
    for number in range(unnumbered(pdf) + 1, pdf.page_count + 1):
        beside = numbers(pdf, number)
        text = [one for one in letters(pdf, number) if one.left > TEXT_LEFT - 3 and FOOT < one.baseline < HEAD]
        assert text
        off = [one for one in text if LEAST < one.size < MOST and min(abs(one.baseline - at) for at in beside) > 1]
        assert "".join(one.text for one in off) == "", number


# The last page.


@some_parties
def test_last_page_alone_has_fields_for_the_answer(in_print: Print, party: str) -> None:
    with pikepdf.open(BytesIO(in_print(party).pdf.data)) as file:
        on_pages = [sum(a.Subtype == "/Widget" for a in page.get("/Annots", ())) for page in file.pages]
        assert on_pages == [0] * (len(on_pages) - 1) + [6]
        form = file.Root.AcroForm
        assert "/NeedAppearances" not in form
        fields = list(form.Fields)
        assert [(str(field.T), str(field.FT)) for field in fields] == [
            ("svar", "/Btn"),
            ("merknad", "/Tx"),
            ("navn", "/Tx"),
            ("dato", "/Tx"),
        ]
        assert [str(kid.TU) for kid in fields[0].Kids] == ["Godkjent", "Godkjent med endringer", "Ikke godkjent"]
        assert [str(field.TU) for field in fields][1:] == ["Merknad", "Navn", "Dato"]
        assert all("/N" in kid.AP for kid in [*fields[0].Kids, *fields[1:]])
        assert file.pages[-1].Tabs == "/S"


@some_parties
def test_fields_do_not_overlap_and_stand_within_the_page(in_print: Print, party: str) -> None:
    with pikepdf.open(BytesIO(in_print(party).pdf.data)) as file:
        areas = [[float(edge) for edge in widget.Rect] for widget in file.pages[-1].Annots]
        width, height = (float(edge) for edge in list(file.pages[-1].MediaBox)[2:])
    assert all(0 < left < right < width and 0 < low < high < height for left, low, right, high in areas)
    assert [
        (one, other)
        for one, other in combinations(areas, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ] == []


@some_parties
def test_each_field_is_a_form_in_the_tree_beside_its_words(in_print: Print, party: str) -> None:
    root = tree(in_print(party).pdf)
    found = []
    for form in root.all("Form"):
        (area,) = form.areas
        assert form.parent is not None
        found.append((form.parent.text if form.parent.role == "P" else "", str(area.annotation.TU)))
    assert found == [
        ("godkjent", "Godkjent"),
        ("godkjentmedendringer", "Godkjent med endringer"),
        ("ikkegodkjent", "Ikke godkjent"),
        ("", "Merknad"),
        ("", "Navn"),
        ("", "Dato"),
    ]


def test_same_proof_gives_the_same_bytes(in_print: Print) -> None:
    made = in_print(TYPESET[-1]).made
    assert typeset_here(made.document).pdf == in_print(made.party).pdf.data
