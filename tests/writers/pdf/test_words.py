"""Words read, copy and search as they were written: spaced at line ends, whole where a line's end divides them.

Readers differ in what they do with a divided word. PDFium, Poppler and MuPDF (from 1.24 on) take the ActualText that
stands on it; pypdf, pdf.js and older MuPDF do not, and get the letters line by line. PDFium and pypdf are always asked,
the tools of Poppler where a machine has them, and `literal.py` reads as the standard says.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pypdf
import pypdfium2
import pytest
from support.literal import literally, plain
from support.pdf import Pdf, typeset_here
from support.structure import tree
from weasyprint.draw import text as weasyprint_text

from press.document import Document
from press.writers.pdf import write_part
from press.writers.pdf.engine.actual_text import actual_text
from press.writers.pdf.words import HARD, SOFT, Saying

MakeDocument = Callable[..., Document]
Reader = Callable[[bytes, Path], str]


def with_pdfium(pdf: bytes, folder: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def with_poppler(pdf: bytes, folder: Path) -> str:
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, encoding="utf-8").stdout


def with_tags(pdf: bytes, folder: Path) -> str:
    return "\n".join(paragraph.own_words for paragraph in tree(Pdf(pdf)).all("P"))


READERS = [with_pdfium, with_tags, *([with_poppler] if shutil.which("pdftotext") else [])]
every_reader = pytest.mark.parametrize("read", READERS, ids=lambda reader: str(reader.__name__).rpartition("_")[2])

NARROW = """
@page { size: 90mm 240mm; @bottom-right { content: none } }
p { hyphens: auto; hyphenate-limit-chars: 5 2 2; hyphenate-character: "-" }
.footnote { float: footnote }
"""
LONG_WORDS = (
    "Digitaliseringsprosjektene i kommunesammenslåingen kostet menneskerettighetsorganisasjonen og "
    "samferdselsdepartementet ærlig talt måneder av forskningssamarbeidsavtaler, sier Øvre Årdals "
    "næringslivsrepresentanter."
)
HYPHENATED = "Et nytt IT-system i nord-norske data-, logistikk- og produksjonsmiljøer"
LONG = " ".join(f"Setning nummer {number} fyller linjen." for number in range(1, 60))


# Words that the end of a line divides.


@every_reader
@pytest.mark.parametrize("width", [12, 30, 45])
def test_divided_word_is_read_whole(document: MakeDocument, tmp_path: Path, read: Reader, width: int) -> None:
    pdf = pdf_of(document, f'<p style="width: {width}mm">{LONG_WORDS}</p>')
    assert divided_lines(pdf) > 3
    assert words(read(pdf, tmp_path)) == words(LONG_WORDS)


@every_reader
@pytest.mark.parametrize(
    "style",
    [
        "font-family: Source Sans Pro",
        "font-style: italic",
        "font-weight: 600",
        "font: 7pt/9pt Source Serif Pro",
        "text-align: justify; width: 45mm",
        "text-transform: uppercase",
        "hyphenate-character: '‐'",
    ],
)
def test_word_in_another_type_is_read_whole(document: MakeDocument, tmp_path: Path, read: Reader, style: str) -> None:
    pdf = pdf_of(document, f'<p style="width: 30mm; {style}">{LONG_WORDS}</p>')
    assert divided_lines(pdf) > 1
    assert words(read(pdf, tmp_path)) == words(LONG_WORDS)


@every_reader
@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ("forsknings<em>samarbeids</em>avtalene", "forskningssamarbeidsavtalene"),
        ("«<em>forskningssamarbeidsavtalene</em>», ja", "«forskningssamarbeidsavtalene», ja"),
        (
            '(se <a href="#x">forskningssamarbeidsavtalene</a>), <em id="x">ja</em>',
            "(se forskningssamarbeidsavtalene), ja",
        ),
        ('<span lang="en">Power-by-the-Hour</span>, og', "Power-by-the-Hour, og"),
        ("kommune\N{SOFT HYPHEN}sammen\N{SOFT HYPHEN}slåing", "kommunesammenslåing"),
        ("IT-systemutviklingsavdelingene", "IT-systemutviklingsavdelingene"),
        ("https://www.sintef.no/publikasjoner/digitalisering", "https://www.sintef.no/publikasjoner/digitalisering"),
    ],
    ids=["emphasis in it", "marks around it", "link", "another language", "allowed breaks", "both hyphens", "address"],
)
def test_word_of_pieces_is_read_whole(
    document: MakeDocument, tmp_path: Path, read: Reader, html: str, whole: str
) -> None:
    pdf = pdf_of(document, f'<p style="width: 12mm">{html}</p>')
    assert divided_lines(pdf) > 1
    assert words(read(pdf, tmp_path)) == words(whole)


def test_raised_and_lowered_letters_and_code_part_no_word(document: MakeDocument, tmp_path: Path) -> None:
    """Regression: «CO2» read as «CO 2», and a space stood before the point after code."""
    code = '<code style="font-family: Letters Code">x y</code>'
    html = f"<p>av CO<sub>2</sub>, 10<sup>6</sup> m<sup>2</sup> og ({code}).</p>"
    assert words(with_tags(pdf_of(document, html), tmp_path))[:5] == words("av CO2, 106 m2 og")
    root = tree(Pdf(pdf_of(document, html)))
    assert [code.own_words for code in root.all("Code")] == ["x y"]
    assert root.all("P")[0].text.endswith("(xy).")


@every_reader
def test_hyphen_of_the_source_is_read_as_it_was_typed(document: MakeDocument, tmp_path: Path, read: Reader) -> None:
    """Regression: at the end of a line it read as U+2011, so that no search found «nord-norske»."""
    pdf = pdf_of(document, f'<p style="width: 1mm; hyphens: manual">{HYPHENATED}</p>')
    assert words(read(pdf, tmp_path)) == words(HYPHENATED)


def test_search_finds_a_divided_word_where_it_begins(document: MakeDocument) -> None:
    pdf = pypdfium2.PdfDocument(pdf_of(document, f'<p style="width: 20mm">{LONG_WORDS} Power-by-the-Hour</p>'))
    page = pdf[0].get_textpage()
    for word in ("kommunesammenslåingen", "menneskerettighetsorganisasjonen", "power-by-the-hour"):
        index, count = page.search(word).get_next()
        assert page.get_text_range(index, count).casefold() == word


def test_reader_that_takes_no_actual_text_gets_the_letters_with_plain_hyphens(document: MakeDocument) -> None:
    text = blind(pdf_of(document, f'<p style="width: 30mm">{LONG_WORDS} {HYPHENATED}</p>'))
    assert not {SOFT, "\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{WORD JOINER}"} & set(text)
    assert re.sub(r"-?\s+", "", text) == re.sub(r"-?\s+", "", f"{LONG_WORDS} {HYPHENATED}")


@pytest.mark.parametrize(
    ("word", "says"), [("forskningssamarbeid", SOFT), ("nord-norske", HARD)], ids=["ours", "its own"]
)
def test_hyphen_of_a_word_that_goes_on_on_another_page_says_what_it_is(
    document: MakeDocument, word: str, says: str
) -> None:
    sheet = "@page { size: 40mm 24mm; margin: 8mm 8mm; @bottom-right { content: none } } p { orphans: 1; widows: 1 }"
    pdf = typeset_here(document(("start", f'<p style="width: 12mm">x {word}</p>'), sheet=f"{NARROW}{sheet}")).pdf
    assert len(pypdfium2.PdfDocument(pdf)) > 1
    said = "".join(literally(pdf).values())
    assert says in said
    assert plain(said) == f"x {word}"


# Spaces.


@pytest.mark.parametrize(
    ("html", "reads"),
    [
        (f"<p>{LONG}</p>", LONG),
        ("<p>Ord<br>og ord</p>", "Ord og ord"),
        ('<p style="width: 14mm">industriell <em> digital</em> <span> VR</span></p>', "industriell digital VR"),
        ("<p><span>1</span> <em>Tittel</em> nå</p>", "1 Tittel nå"),
        ("<p><em>1</em>&nbsp;ord</p>", "1 ord"),
        ('<p><span style="display: block">En</span> <span style="display: block">to</span></p>', "En to"),
        ('<p style="display: flex"><span>En</span> <span>to</span></p>', "En to"),
        ('<p>Ord<span class="footnote">Noten.</span> etter</p>', "Ord etter"),
        ('<p style="width: 1mm">Ord<span class="footnote">Noten.</span> etter</p>', "Ord etter"),
        (
            '<p style="width: 30mm">og/eller dette — eller–hint… og <em>mer</em>, ja</p>',
            "og/eller dette — eller–hint… og mer, ja",
        ),
    ],
    ids=[
        "lines",
        "br",
        "spaces of both",
        "pieces",
        "no-break space",
        "blocks",
        "flex",
        "note",
        "note at a line's end",
        "marks",
    ],
)
def test_text_is_read_with_the_spaces_of_the_source(document: MakeDocument, html: str, reads: str) -> None:
    pdf = pdf_of(document, f"<div>{html}</div>")
    (paragraph,) = tree(Pdf(pdf)).all("P")
    assert paragraph.own_words == plain(reads)


def test_every_line_ends_in_a_space_or_in_a_word_that_goes_on(document: MakeDocument) -> None:
    """Regression: 2,043 of the 2,393 ends of lines in the report had none."""
    body = f'<h1>En<br>tittel</h1><p>{LONG}</p><ul><li>en<ul><li>to</li></ul></li></ul><p style="columns: 2">{LONG}</p>'
    said = literally(pdf_of(document, f"{body}<table><tr><td>a</td><td>b</td></tr></table>"))
    assert len(said) > 30
    ends = zip(said.values(), [*said.values()][1:], strict=False)
    assert [text for text, after in ends if not text[-1:].isspace() and after[:1] != "\n"] == []


def test_hyphen_that_a_cell_ends_in_takes_nothing_from_the_next(document: MakeDocument) -> None:
    """Regression: the cells «IT-» and «± 0,5» were read as «IT- ±» and «0,5»."""
    table = "<table><tr><td>IT-</td><td>± 0,5</td></tr></table>"
    cells = tree(Pdf(pdf_of(document, table))).all("TD")
    assert [cell.own_words for cell in cells] == ["it-", "± 0,5"]


def test_no_space_is_doubled(document: MakeDocument) -> None:
    said = "".join(literally(pdf_of(document, f"<p>{LONG} <em>og</em> {LONG_WORDS} <em>mer</em></p>")).values())
    assert re.findall(r"\S* \s+\S*", said) == []


# What is seen.


def test_page_looks_as_if_nothing_had_been_marked(document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    styles = ("", "font-style: italic", "font-weight: 600", "font: 8pt Source Sans Pro", "letter-spacing: 1pt")
    body = "".join(f'<p style="width: 20mm; {style}">IT-system og {LONG_WORDS}</p>' for style in styles)
    marked = pdf_of(document, f'<div style="columns: 3">{body}</div>')
    monkeypatch.setattr(write_part, "actual_text", lambda said, hyphens: nullcontext())
    bare = pdf_of(document, f'<div style="columns: 3">{body}</div>')
    assert b"ActualText" in content(marked)
    assert b"ActualText" not in content(bare)
    assert picture(marked) == picture(bare)


# The door to WeasyPrint.


def test_weasyprint_draws_by_itself_afterwards() -> None:
    theirs = weasyprint_text.draw_first_line
    with actual_text({}, {}):
        assert weasyprint_text.draw_first_line is not theirs
    assert weasyprint_text.draw_first_line is theirs
    with pytest.raises(RuntimeError), actual_text({}, {}):
        raise RuntimeError
    assert weasyprint_text.draw_first_line is theirs


@dataclass(eq=False)
class Box:
    """A text box of which nothing counts but its text."""

    text: str


@pytest.mark.parametrize(
    ("shown", "why"),
    [(b"[<0001>] TJ", "not in a hyphen"), (b"(a) Tj", "an unknown way of showing text")],
    ids=["another letter", "another operator"],
)
def test_line_that_does_not_end_in_a_hyphen_is_refused(monkeypatch: pytest.MonkeyPatch, shown: bytes, why: str) -> None:
    font = SimpleNamespace(hash="ABCDEF", to_unicode={1: "a"})
    stream = SimpleNamespace(stream=[b"/ABCDEF 10 Tf"], _fonts={"key": font})
    box = Box("a")
    monkeypatch.setattr(weasyprint_text, "draw_first_line", lambda stream, box: stream.stream.append(shown))
    with actual_text({box: Saying()}, {box: SOFT}), pytest.raises(ValueError, match=why):
        weasyprint_text.draw_first_line(stream, box)


def test_space_that_layout_draws_after_a_hyphen_of_the_source_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: «IT- Škoda», divided after the hyphen, ended the build with a fault of ours."""
    font = SimpleNamespace(hash="ABCDEF", to_unicode={1: "-", 2: " "})
    stream = SimpleNamespace(stream=[b"/ABCDEF 10 Tf"], _fonts={"key": font})
    box = Box("IT- ")
    monkeypatch.setattr(
        weasyprint_text, "draw_first_line", lambda stream, box: stream.stream.append(b"[<00010002>] TJ")
    )
    with actual_text({box: Saying()}, {box: HARD}):
        weasyprint_text.draw_first_line(stream, box)
    assert font.to_unicode == {1: "-", 2: " "}


# How the tests set and read.


def pdf_of(document: MakeDocument, body: str) -> bytes:
    return typeset_here(document(("start", body), sheet=NARROW)).pdf


def words(text: str) -> list[str]:
    return plain(text).split()


def blind(pdf: bytes) -> str:
    """Read a PDF without its ActualTexts."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def divided_lines(pdf: bytes) -> int:
    return len(re.findall(r"[-/]\n", blind(pdf)))


def content(pdf: bytes) -> bytes:
    return b"".join(page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def picture(pdf: bytes) -> list[bytes]:
    return [bytes(page.render(scale=3).buffer) for page in pypdfium2.PdfDocument(pdf)]
