"""Form fields: what a box that asks for one becomes, and whether others can read it, fill it in and show it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw
from support.pdf import Pdf, typeset_here
from support.structure import Area, shape, tree

from press.document import Document
from press.writers.pdf.forms import FONT_NAME, MANY_LINES, PRINTED, RADIO

MakeDocument = Callable[..., Document]
LayOut = Callable[..., Pdf]
Opened = Callable[..., Any]

SHEET = """
body { margin: 0 }
.field { display: block; width: 40mm; height: 10mm; border: 1pt solid #000 }
.choice { display: inline-block; width: 12pt; height: 12pt; border: 1pt solid #000 }
"""
MM = 72 / 25.4
TEXT = '<div class="field" data-field="text" data-name="navn" data-title="Navn"></div>'
LARGE = '<div class="field" data-field="text" data-name="merknad" data-title="Merknad" data-lines="many"></div>'
ANSWERS = {"approved": "Godkjent", "with_changes": "Godkjent med endringer", "not_approved": "Ikke godkjent"}


def choices(name: str = "svar") -> str:
    """Write paragraphs with one of several answers each."""
    box = '<span class="choice" data-field="choice" data-name="{}" data-value="{}" data-title="{}"></span>'
    return "".join(f"<p>{box.format(name, value, words)} {words}</p>" for value, words in ANSWERS.items())


@pytest.fixture
def lay_out(document: MakeDocument) -> LayOut:
    """Make the PDF of parts, each given as the body of its HTML."""

    def make(*bodies: str) -> Pdf:
        parts = [(f"del-{number}", body) for number, body in enumerate(bodies, start=1)]
        return Pdf(typeset_here(document(*parts, sheet=SHEET)).pdf)

    return make


@pytest.fixture
def opened(lay_out: LayOut) -> Iterator[Opened]:
    """Open the PDF of parts, for as long as the test lasts."""
    with ExitStack() as files:
        yield lambda *bodies: files.enter_context(pikepdf.open(BytesIO(lay_out(*bodies).data)))


def widgets(file: Any, page: int = 1) -> list[Any]:
    """Give the fields' boxes on a page, from 1."""
    found = file.pages[page - 1].get("/Annots", ())
    return [annotation for annotation in found if annotation.Subtype == "/Widget"]


def edges(widget: Any) -> list[float]:
    return [float(edge) for edge in widget.Rect]


# A field to write in.


def test_field_to_write_in_has_its_name_and_what_it_is_read_aloud_as(opened: Opened) -> None:
    file = opened(TEXT)
    (field,) = file.Root.AcroForm.Fields
    assert (field.FT, str(field.T), str(field.TU), str(field.Contents)) == ("/Tx", "navn", "Navn", "Navn")


def test_field_is_as_large_as_its_box_and_where_it_stands(opened: Opened) -> None:
    (widget,) = widgets(opened(f'<p style="margin: 0">Navn</p>{TEXT}'))
    left, bottom, right, top = edges(widget)
    assert (left, 60 * MM - top) == pytest.approx((10 * MM, 10 * MM + 14), abs=0.01)
    assert (right - left, top - bottom) == pytest.approx((40 * MM + 2, 10 * MM + 2), abs=0.01)


def test_field_is_empty_and_printed(opened: Opened) -> None:
    file = opened(TEXT)
    (field,) = file.Root.AcroForm.Fields
    assert "/V" not in field
    assert int(field.F) == PRINTED
    assert "/Ff" not in field


def test_field_of_many_lines_says_so(opened: Opened) -> None:
    file = opened(LARGE)
    (field,) = file.Root.AcroForm.Fields
    assert int(field.Ff) == MANY_LINES


def test_field_brings_its_appearance_and_the_viewer_is_asked_for_none(opened: Opened) -> None:
    file = opened(TEXT)
    assert "/NeedAppearances" not in file.Root.AcroForm
    (widget,) = widgets(file)
    look = widget.AP.N
    left, bottom, right, top = edges(widget)
    assert look.Subtype == "/Form"
    assert [float(edge) for edge in look.BBox] == pytest.approx([0, 0, right - left, top - bottom], abs=0.002)
    assert look.read_bytes().split() == [b"/Tx", b"BMC", b"EMC"]
    assert f"/{FONT_NAME}" in look.Resources.Font


def test_answers_are_written_in_a_font_that_is_in_the_file_with_the_letters_of_europe(opened: Opened) -> None:
    """Regression: «Łódź» was shown as «ód» by Poppler, and not at all by pdf.js."""
    file = opened(TEXT)
    form = file.Root.AcroForm
    font = form.DR.Font[f"/{FONT_NAME}"]
    assert str(form.DA).startswith(f"/{FONT_NAME} ")
    assert str(form.Fields[0].DA) == str(form.DA)
    (glyphs,) = font.DescendantFonts
    assert "/FontFile2" in glyphs.FontDescriptor
    letters = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]{4})>\n", font.ToUnicode.read_bytes().decode())
    known = {bytes.fromhex(letter).decode("utf-16-be"): int(code, 16) for code, letter in letters}
    wanted = "abcABC0129 æøåÆØÅéüöäßñ«»–…€ŁłódźčđŊŋšŧžĞğİıŐőȚț"
    assert [letter for letter in wanted if letter not in known] == []
    runs = zip(*[iter(glyphs.W)] * 2, strict=True)
    widths = {int(first) + index: float(width) for first, run in runs for index, width in enumerate(run)}
    assert [letter for letter in wanted if not widths.get(known[letter])] == []


# One of several answers.


def test_answers_of_one_name_are_one_field(opened: Opened) -> None:
    file = opened(choices())
    (field,) = file.Root.AcroForm.Fields
    assert (field.FT, str(field.T), int(field.Ff), field.V) == ("/Btn", "svar", RADIO, "/Off")
    assert [str(kid.TU) for kid in field.Kids] == list(ANSWERS.values())
    assert all(kid.Parent.objgen == field.objgen for kid in field.Kids)


def test_answers_of_two_names_are_two_fields(opened: Opened) -> None:
    file = opened(choices("en") + choices("to"))
    fields = file.Root.AcroForm.Fields
    assert [(str(field.T), len(field.Kids)) for field in fields] == [("en", 3), ("to", 3)]


def test_none_is_chosen_and_each_can_be_shown_chosen_or_not(opened: Opened) -> None:
    found = widgets(opened(choices()))
    assert [str(widget.AS) for widget in found] == ["/Off"] * len(ANSWERS)
    assert [set(widget.AP.N.keys()) for widget in found] == [{f"/{value}", "/Off"} for value in ANSWERS]
    assert all(widget.AP.N["/Off"].read_bytes().strip() == b"" for widget in found)
    assert all(widget.AP.N[f"/{value}"].read_bytes().strip() for value, widget in zip(ANSWERS, found, strict=True))


def test_answer_that_is_chosen_is_seen(opened: Opened) -> None:
    file = opened(choices())
    before = dark(file)
    (field,) = file.Root.AcroForm.Fields
    field.V = field.Kids[1].AS = pikepdf.Name("/with_changes")
    after = dark(file)
    assert [one > other for one, other in zip(after, before, strict=True)] == [False, True, False]


def dark(file: Any) -> list[int]:
    """Count the dark points within each field of the first page, as PDFium draws it."""
    data = BytesIO()
    file.save(data)
    drawn = pypdfium2.PdfDocument(data.getvalue())
    drawn.init_forms()
    page = drawn[0]
    picture = page.render(scale=4, may_draw_forms=True).to_pil().convert("L")
    height = page.get_height()
    counts = []
    for widget in widgets(file):
        left, bottom, right, top = (4 * edge for edge in edges(widget))
        points = picture.crop((round(left), round(4 * height - top), round(right), round(4 * height - bottom)))
        counts.append(sum(1 for point in points.tobytes() if point < 100))
    return counts


# The fields in the file.


def test_fields_are_listed_in_the_order_of_the_text(opened: Opened) -> None:
    file = opened(choices() + LARGE + TEXT)
    fields = file.Root.AcroForm.Fields
    assert [str(field.T) for field in fields] == ["svar", "merknad", "navn"]


def test_each_field_is_a_form_in_the_tree_at_its_place_in_the_text(lay_out: LayOut) -> None:
    pdf = lay_out(f"<h1>Svar</h1>{choices()}<p>Navn</p>{TEXT}")
    below = " ".join(shape(element) for element in tree(pdf).elements)
    assert below == "H1(…) P(Form(→) …) P(Form(→) …) P(Form(→) …) P(…) Form(→)"


def test_parent_tree_leads_from_each_field_back_to_its_form(lay_out: LayOut) -> None:
    pdf = lay_out(choices() + TEXT)
    root = tree(pdf)
    numbers = pikepdf.NumberTree(root.file.Root.StructTreeRoot.ParentTree)
    forms = root.all("Form")
    assert len(forms) == len(ANSWERS) + 1
    for form in forms:
        (area,) = [kid for kid in form.kids if isinstance(kid, Area)]
        assert area.annotation.Subtype == "/Widget"
        assert numbers[int(area.annotation.StructParent)].objgen == form.data.objgen


def test_tab_key_follows_the_tree(opened: Opened) -> None:
    file = opened(TEXT)
    assert [page.Tabs for page in file.pages] == ["/S"]


def test_field_names_the_page_that_it_stands_on(opened: Opened) -> None:
    file = opened(f"<p>A</p>|{TEXT}", f"<p>B</p>{LARGE}")
    assert [len(widgets(file, page)) for page in (1, 2, 3)] == [0, 1, 1]
    assert [widgets(file, page)[0].P.objgen for page in (2, 3)] == [file.pages[1].objgen, file.pages[2].objgen]
    assert [str(field.T) for field in file.Root.AcroForm.Fields] == ["navn", "merknad"]


def test_links_and_fields_of_a_page_stand_side_by_side(opened: Opened) -> None:
    file = opened(f'<p id="a"><a href="#a">Hit</a></p>{TEXT}')
    assert [str(annotation.Subtype) for annotation in file.pages[0].Annots] == ["/Link", "/Widget"]


def test_document_without_fields_has_no_form(opened: Opened) -> None:
    file = opened("<p>Ord.</p>")
    assert "/AcroForm" not in file.Root
    assert widgets(file) == []


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_form_conforms_to_both_standards(lay_out: LayOut, profile: str) -> None:
    assert lay_out(f"<h1>Svar</h1>{choices()}<p>Navn</p>{TEXT}{LARGE}").failures(profile) == []


def test_same_form_gives_the_same_bytes(lay_out: LayOut) -> None:
    assert lay_out(choices() + TEXT).data == lay_out(choices() + TEXT).data


# Filled in by another program.


@pytest.fixture
def filled(lay_out: LayOut) -> Iterator[Callable[..., Any]]:
    """Let PDFium click on a field of a body, named by its number, and type; opens what it saves."""
    with ExitStack() as files:

        def fill(body: str, click: int, words: str = "") -> Any:
            data = lay_out(body).data
            with pikepdf.open(BytesIO(data)) as file:
                left, bottom, right, top = edges(widgets(file)[click])
            drawn = pypdfium2.PdfDocument(data)
            drawn.init_forms()
            page = drawn[0]
            where = (drawn.formenv, page, 0, (left + right) / 2, (bottom + top) / 2)
            for act in (raw.FORM_OnMouseMove, raw.FORM_OnLButtonDown, raw.FORM_OnLButtonUp):
                act(*where)
            if words:
                wide = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
                raw.FORM_ReplaceSelection(drawn.formenv, page, ctypes.cast(wide, raw.FPDF_WIDESTRING))
            raw.FORM_ForceToKillFocus(drawn.formenv)
            saved = BytesIO()
            drawn.save(saved)
            return files.enter_context(pikepdf.open(saved))

        yield fill


@pytest.mark.parametrize("words", ["Åse Ærlig", "Łódź, Ŋŋ Đđ Šš Ğğ Őő Țț – «€»"])
def test_pdfium_writes_words_into_a_field(filled: Callable[..., Any], words: str) -> None:
    file = filled(TEXT, 0, words)
    (field,) = file.Root.AcroForm.Fields
    assert str(field.V) == words
    assert b"Tj" in field.AP.N.read_bytes()


@pytest.mark.parametrize("value", ANSWERS)
def test_pdfium_chooses_an_answer(filled: Callable[..., Any], value: str) -> None:
    file = filled(choices(), list(ANSWERS).index(value))
    (field,) = file.Root.AcroForm.Fields
    assert str(field.V) == f"/{value}"
    assert [str(kid.AS) for kid in field.Kids] == [f"/{value}" if value == one else "/Off" for one in ANSWERS]
