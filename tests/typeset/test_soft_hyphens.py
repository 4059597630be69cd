"""Words copy and search whole, wherever a line's end divides them, and hyphens of the source stay hyphens.

Readers differ in what they do at the end of a line. PDFium joins the halves of a word itself and leaves a mark of its
own between them; Poppler drops the soft hyphen and the line's end from version 26.05 on. Poppler before that, MuPDF and
pypdf give both as they are, and whoever puts the lines together drops them, as `joined` does here. PDFium and pypdf are
always asked, the tools of Poppler and MuPDF where a machine has them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pypdfium2
import pytest
from pdf import typeset_here
from weasyprint.draw import text as weasyprint_text

from press.document import Document
from press.typeset import write
from press.typeset.soft_hyphens import HARD, SOFT, soft_hyphens

MakeDocument = Callable[..., Document]
Reader = Callable[[bytes, Path], str]

PDFIUM_JOINT = "\ufffe"
"""What PDFium gives for a hyphen between two halves of a word; Chrome takes it out of what is copied and searched."""

DROPPED = (SOFT, "-", "\N{HYPHEN}", "\N{SMALL HYPHEN-MINUS}", "\N{FULLWIDTH HYPHEN-MINUS}")
"""What Poppler and PDFium drop at the end of a line."""


def with_pdfium(pdf: bytes, folder: Path) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    return text.replace("\r\n", "\n").replace(PDFIUM_JOINT, "")


def with_pypdf(pdf: bytes, folder: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def with_poppler(pdf: bytes, folder: Path) -> str:
    return said_by("pdftotext", file_of(pdf, folder), "-")


def with_mupdf(pdf: bytes, folder: Path) -> str:
    return said_by("mutool", "draw", "-q", "-F", "txt", file_of(pdf, folder))


TOOLS = {"pdftotext": with_poppler, "mutool": with_mupdf}
READERS = [with_pdfium, with_pypdf, *(reader for tool, reader in TOOLS.items() if shutil.which(tool))]
every_reader = pytest.mark.parametrize("read", READERS, ids=lambda reader: str(reader.__name__).rpartition("_")[2])

NARROW = """
@page { size: 90mm 240mm; @bottom-right { content: none } }
p { hyphens: auto; hyphenate-limit-chars: 5 2 2; hyphenate-character: "-" }
"""
LONG_WORDS = (
    "Digitaliseringsprosjektene i kommunesammenslåingen kostet menneskerettighetsorganisasjonen og "
    "samferdselsdepartementet ærlig talt måneder av forskningssamarbeidsavtaler, sier Øvre Årdals "
    "næringslivsrepresentanter."
)
HYPHENATED = "Et nytt IT-system i nord-norske data-, logistikk- og produksjonsmiljøer"


def test_readers_that_need_no_tool_are_always_asked() -> None:
    assert {with_pdfium, with_pypdf} <= set(READERS)


# Hyphens that layout puts in.


@every_reader
@pytest.mark.parametrize("width", [12, 30, 45])
def test_word_that_a_line_end_divides_is_read_whole(
    document: MakeDocument, tmp_path: Path, read: Reader, width: int
) -> None:
    pdf = pdf_of(document, f'<p style="width: {width}mm">{LONG_WORDS}</p>')
    assert soft_hyphens_in(pdf) > 3, "words are divided"
    assert joined(read(pdf, tmp_path)).split() == LONG_WORDS.split()


@every_reader
@pytest.mark.parametrize(
    "style",
    [
        "font-family: Source Sans Pro",
        "font-style: italic",
        "font-weight: 600",
        "font: 7pt/9pt Source Serif Pro",
        "text-align: justify",
    ],
)
def test_word_in_another_type_is_read_whole(document: MakeDocument, tmp_path: Path, read: Reader, style: str) -> None:
    pdf = pdf_of(document, f'<p style="width: 30mm; {style}">{LONG_WORDS}</p><p style="width: 25mm">{LONG_WORDS}</p>')
    assert joined(read(pdf, tmp_path)).split() == [*LONG_WORDS.split(), *LONG_WORDS.split()]


@every_reader
def test_word_with_emphasis_in_it_is_read_whole(document: MakeDocument, tmp_path: Path, read: Reader) -> None:
    pdf = pdf_of(document, '<p style="width: 12mm">forsknings<em>samarbeids</em>avtalene</p>')
    assert soft_hyphens_in(pdf) > 1
    assert joined(read(pdf, tmp_path)).split() == ["forskningssamarbeidsavtalene"]


@every_reader
def test_break_that_the_source_allows_is_read_as_one_word(document: MakeDocument, tmp_path: Path, read: Reader) -> None:
    pdf = pdf_of(document, '<p style="width: 12mm">kommune\N{SOFT HYPHEN}sammen\N{SOFT HYPHEN}slåing</p>')
    assert joined(read(pdf, tmp_path)).split() == ["kommunesammenslåing"]


def test_search_finds_a_divided_word_and_both_its_lines(document: MakeDocument) -> None:
    """PDFium's own search stumbles over its mark; a viewer searches without the marks and shows what lies between."""
    pdf = pypdfium2.PdfDocument(pdf_of(document, f'<p style="width: 30mm">{LONG_WORDS}</p>'))
    page = pdf[0].get_textpage()
    text = page.get_text_range()
    places = [index for index, letter in enumerate(text) if letter != PDFIUM_JOINT]
    searched = text.replace(PDFIUM_JOINT, "")
    for word in ("kommunesammenslåingen", "menneskerettighetsorganisasjonen", "samferdselsdepartementet"):
        assert searched.count(word) == 1
        found = searched.index(word)
        first, last = places[found], places[found + len(word) - 1]
        assert last - first >= len(word), f"{word} is divided"
        assert page.get_charbox(first)[1] > page.get_charbox(last)[3], f"{word} begins a line above its end"


# Hyphens of the source.


@every_reader
def test_hyphen_of_the_source_stays_at_the_end_of_a_line(document: MakeDocument, tmp_path: Path, read: Reader) -> None:
    pdf = pdf_of(document, f'<p style="width: 1mm; hyphens: manual">{HYPHENATED}</p>')
    lines = [line for line in joined(read(pdf, tmp_path)).replace(HARD, "-").split("\n") if line.strip()]
    assert lines == [
        *("Et", "nytt", "IT-", "system", "i", "nord-", "norske", "data-,", "logistikk-", "og", "produksjonsmiljøer")
    ]


@every_reader
def test_hyphen_within_a_line_reads_as_it_was_typed(document: MakeDocument, tmp_path: Path, read: Reader) -> None:
    # The other paragraphs end lines with the same glyph, as a soft hyphen and as a hard one.
    divided = f'<p style="width: 20mm">{LONG_WORDS}</p><p style="width: 1mm; hyphens: manual">IT-system</p>'
    pdf = pdf_of(document, f'{divided}<p style="width: 70mm; hyphens: manual">IT-drift og data-, lyd- og</p>')
    assert {SOFT, HARD} <= set(with_pypdf(pdf, tmp_path))
    assert "\nIT-drift og data-, lyd- og" in joined(read(pdf, tmp_path)).rstrip()


@every_reader
def test_word_with_hyphens_of_both_kinds_keeps_only_its_own(
    document: MakeDocument, tmp_path: Path, read: Reader
) -> None:
    pdf = pdf_of(document, '<p style="width: 12mm">IT-systemutviklingsavdelingene</p>')
    assert soft_hyphens_in(pdf) > 1
    whole = joined(read(pdf, tmp_path)).replace(HARD, "-").replace("-\n", "-")
    assert whole.split() == ["IT-systemutviklingsavdelingene"]


def test_no_line_ends_in_a_hyphen_that_readers_drop_unless_layout_put_it_in(document: MakeDocument) -> None:
    """Regression test: Poppler 26.05 drops U+2010 at a line's end, which made «logistikkog» of two words."""
    pdf = pdf_of(document, f'<p style="width: 1mm; hyphens: manual">{HYPHENATED}</p>')
    lines = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split("\n")
    assert sum(line.endswith(HARD) for line in lines) == 3
    assert [line for line in lines if line.endswith(DROPPED)] == []


# What is seen.


def test_page_looks_as_if_no_glyph_had_been_swapped(document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    styles = ("", "font-style: italic", "font-weight: 600", "font: 8pt Source Sans Pro")
    body = "".join(f'<p style="width: 20mm; {style}">IT-system og {LONG_WORDS}</p>' for style in styles)
    swapped = pdf_of(document, f'<div style="columns: 3">{body}</div>')
    monkeypatch.setattr(write, "soft_hyphens", lambda hyphens: nullcontext())
    plain = pdf_of(document, f'<div style="columns: 3">{body}</div>')
    assert soft_hyphens_in(swapped) > 20 > soft_hyphens_in(plain) == 0
    assert picture(swapped) == picture(plain)


# The door to WeasyPrint.


def test_weasyprint_draws_by_itself_afterwards() -> None:
    theirs = weasyprint_text.draw_first_line
    with soft_hyphens({}):
        assert weasyprint_text.draw_first_line is not theirs
    assert weasyprint_text.draw_first_line is theirs
    with pytest.raises(RuntimeError), soft_hyphens({}):
        raise RuntimeError
    assert weasyprint_text.draw_first_line is theirs


@pytest.mark.parametrize(
    ("shown", "why"),
    [(b"[<0001>] TJ", "not in a hyphen"), (b"(a) Tj", "an unknown way of showing text")],
    ids=["another letter", "another operator"],
)
def test_line_that_does_not_end_in_a_hyphen_is_refused(monkeypatch: pytest.MonkeyPatch, shown: bytes, why: str) -> None:
    font = SimpleNamespace(hash="ABCDEF", to_unicode={1: "a"})
    stream = SimpleNamespace(stream=[b"/ABCDEF 10 Tf"], _fonts={"key": font})
    box = SimpleNamespace(text="a")
    monkeypatch.setattr(weasyprint_text, "draw_first_line", lambda stream, box: stream.stream.append(shown))
    with soft_hyphens({id(box): SOFT}), pytest.raises(ValueError, match=why):
        weasyprint_text.draw_first_line(stream, box)


# How the tests set and read.


def pdf_of(document: MakeDocument, body: str) -> bytes:
    return typeset_here(document(("start", body), sheet=NARROW)).pdf


def joined(text: str) -> str:
    """Drop what a soft hyphen at a line's end means to be dropped: itself and the line's end."""
    return text.replace(f"{SOFT}\n", "")


def soft_hyphens_in(pdf: bytes) -> int:
    return sum(page.extract_text().count(SOFT) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def picture(pdf: bytes) -> list[bytes]:
    return [bytes(page.render(scale=3).buffer) for page in pypdfium2.PdfDocument(pdf)]


def file_of(pdf: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    return str(path)


def said_by(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
