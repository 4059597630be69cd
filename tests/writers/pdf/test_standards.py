"""What the file says of itself: its description, its bookmarks and page labels, the standards it names.

That it keeps the standards which it names is asked of page-validation, for whole publications, in `test_reports.py`
and `test_full_report.py`; that it is tagged and shows its title, in `test_tags.py`.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import ImageCms
from support.built import Publish, feature
from support.pdf import Built, Entry, publish
from support.projects import small_project

from press.content.blocks import Block, Example, Figure, Matrix
from press.writers.pdf.standards import DC, RDF, UA
from press.writers.pdf.streams import packed

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDF = "http://ns.adobe.com/pdf/1.3/"
XMP = "http://ns.adobe.com/xap/1.0/"
TITLE, SUBTITLE = "Å få «alt» & (litt) <mer>", "Om Industri 4.0"
DATE = "2031-02-03"


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small publication, with a description that is not easily written down."""
    project = small_project(tmp_path_factory.mktemp("standards") / "described")
    project.change("content/report.yaml", "title: Liten rapport", f"title: '{TITLE.replace('<', chr(92) + '<')}'")
    project.change(
        "content/report.yaml",
        "subtitle: En prøve",
        f"subtitle: {SUBTITLE}\ntitle_in_full: '{TITLE.replace('<', chr(92) + '<')}: om Industri 4.0'",
    )
    project.change("content/report.yaml", "publisher: Utgiveren", "publisher: Øvre & Sønn (AS)")
    project.change("content/report.yaml", "subject: Prøver", 'subject: "Prøver i {fact:bedrifter} bedrifter"')
    project.change("content/report.yaml", "[prøve]", "[prøve, Industri 4.0, data]")
    project.change("content/report.yaml", "2026-11-23", DATE)
    return publish(project.folder)


@pytest.fixture(scope="module")
def file(described: Built) -> Iterator[pikepdf.Pdf]:
    """What was written of it."""
    with opened(described) as pdf:
        yield pdf


# What the file is called, by whom and when.


@pytest.mark.parametrize(
    ("key", "property_", "expected"),
    [
        ("Title", f"{{{DC}}}title", f"{TITLE}: om Industri 4.0"),
        ("Author", f"{{{DC}}}creator", "Øvre & Sønn (AS)"),
        ("Subject", f"{{{DC}}}description", "Prøver i 33 bedrifter"),
        ("Keywords", f"{{{PDF}}}Keywords", "prøve, Industri 4.0, data"),
    ],
    ids=["title and subtitle", "publisher", "subject", "keywords"],
)
def test_description_of_the_content_stands_in_both_records(
    file: pikepdf.Pdf, key: str, property_: str, expected: str
) -> None:
    assert info(file)[key] == expected
    assert xmp(file)[property_] == expected


@pytest.mark.parametrize(("key", "property_"), [("CreationDate", "CreateDate"), ("ModDate", "ModifyDate")])
def test_date_is_the_contents_and_not_the_clocks(file: pikepdf.Pdf, key: str, property_: str) -> None:
    """Noon in Greenwich, which is that day nearly everywhere; strict readers want a time with its zone."""
    assert info(file)[key] == f"D:{DATE.replace('-', '')}120000+00'00"
    assert xmp(file)[f"{{{XMP}}}{property_}"] == f"{DATE}T12:00:00+00:00"


def test_records_tell_nothing_but_what_the_content_says_and_what_wrote_the_file(file: pikepdf.Pdf) -> None:
    assert info(file).keys() == {"Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate", "Producer"}
    assert info(file)["Producer"] == xmp(file)[f"{{{PDF}}}Producer"]


def test_language_is_norwegian_bokmal_in_catalogue_and_metadata(file: pikepdf.Pdf) -> None:
    assert file.Root.Lang == "nb-NO"
    assert xmp(file)[f"{{{DC}}}language"] == "nb-NO"


# Which standards it names.


def test_metadata_name_both_standards(file: pikepdf.Pdf) -> None:
    said = xmp(file)
    assert (said[f"{{{PDFA}}}part"], said[f"{{{PDFA}}}conformance"]) == ("2", "A")
    assert said[f"{{{UA}}}part"] == "1"


def test_metadata_can_be_read_without_reading_the_pdf(described: Built) -> None:
    packets = re.findall(rb"<\?xpacket begin.*?<\?xpacket end", described.result.pdf, re.DOTALL)
    assert len(packets) == 1
    assert "Å få «alt» &amp; (litt) &lt;mer&gt;".encode() in packets[0]


def test_colours_are_those_of_srgb(file: pikepdf.Pdf) -> None:
    (intent,) = file.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    profile = ImageCms.ImageCmsProfile(io.BytesIO(intent.DestOutputProfile.read_bytes())).profile
    assert profile.xcolor_space.strip() == "RGB"
    assert "sRGB" in str(profile.profile_description)
    assert "sRGB" in str(intent.OutputConditionIdentifier)


@pytest.mark.parametrize("ends_in", [b"\n", b"\r"], ids=["line feed", "carriage return"])
def test_stream_whose_end_could_be_taken_for_a_line_end_gets_another(ends_in: bytes) -> None:
    text = text_whose_checksum_ends_in(ends_in)
    written, is_packed = packed(text)
    assert is_packed
    assert zlib.decompress(written) == text + b"\n"
    assert written[-1:] not in {b"\r", b"\n"}


@pytest.mark.parametrize("ends_in", [b"\n", b"\r"], ids=["line feed", "carriage return"])
def test_file_in_a_stream_whose_end_could_be_taken_for_a_line_end_is_left_uncompressed(ends_in: bytes) -> None:
    text = text_whose_checksum_ends_in(ends_in)
    assert packed(text, {"Length1"}) == (text, False)


def test_other_streams_are_compressed_as_they_are() -> None:
    text = b"Ord " * 30
    written, is_packed = packed(text)
    assert is_packed
    assert zlib.decompress(written) == text


def test_same_content_has_the_same_identifier_and_other_content_another(described: Built) -> None:
    again = publish(described.report.project)
    assert identifier(again) == identifier(described)
    project = small_project(described.report.project.parent / "other")
    assert identifier(publish(project.folder)) != identifier(described)


def text_whose_checksum_ends_in(ends_in: bytes) -> bytes:
    texts = (b"Ord " * 9 + bytes([number]) for number in range(256))
    return next(text for text in texts if zlib.compress(text, 9).endswith(ends_in))


# Bookmarks and page labels.


@feature("blocks")
def test_bookmarks_lead_to_every_chapter_and_result(published: Publish) -> None:
    blocks = published("blocks")
    sections = [(section.level, str(section.content.title)) for section in blocks.report.walk()]
    assert {level for level, _ in sections} == {1, 2}
    assert {section.content.divider is not None for section in blocks.report.sections} == {True, False}
    found = {(entry.level, without_number(entry.title)) for entry in blocks.pdf.outline}
    assert found >= set(sections)


@feature("blocks")
def test_bookmarks_lead_to_every_figure_one_level_below_its_section(published: Publish) -> None:
    blocks = published("blocks")
    expected = [
        Entry(section.level + 1, f"Figur {blocks.targets[str(block.id)].number} {block.title}", page_of(blocks, block))
        for section, block in blocks.report.blocks()
        if isinstance(block, Figure | Matrix)
    ]
    assert len(expected) == 2
    assert [entry for entry in blocks.pdf.outline if entry.title.startswith("Figur ")] == expected


@feature("blocks")
def test_bookmarks_lead_to_every_box_one_level_below_its_section(published: Publish) -> None:
    blocks = published("blocks")
    expected = {
        Entry(section.level + 1, f"{block.party} {block.title}", page_of(blocks, block))
        for section, block in blocks.report.blocks()
        if isinstance(block, Example)
    }
    assert len(expected) == 2
    assert set(blocks.pdf.outline) >= expected


@feature("blocks")
def test_page_labels_are_the_folios_in_print(published: Publish) -> None:
    blocks = published("blocks")
    document = pypdfium2.PdfDocument(blocks.result.pdf)
    labels = [document.get_page_label(index) for index in range(len(document))]
    with_folio = {number for section in blocks.report.walk() for number in pages_of_part(blocks, section.id)}
    assert len(with_folio) > 4
    for number in with_folio:
        assert blocks.pdf.page_texts[number - 1].split()[-1] == labels[number - 1]
    assert len(set(labels)) == blocks.pdf.page_count


# How the tests read a file.


def info(file: pikepdf.Pdf) -> dict[str, str]:
    return {str(key)[1:]: str(value) for key, value in file.docinfo.items()}


def xmp(file: pikepdf.Pdf) -> dict[str, str]:
    """Give the properties of the metadata that have one value."""
    rdf = ElementTree.fromstring(file.Root.Metadata.read_bytes()).find(f"{{{RDF}}}RDF")
    assert rdf is not None
    said: dict[str, str] = {}
    for description in rdf:
        said |= {key: value for key, value in description.attrib.items() if key != f"{{{RDF}}}about"}
        for element in description:
            texts = [text.strip() for text in element.itertext() if text.strip()]
            said |= {element.tag: texts[0]} if len(texts) == 1 else {}
    return said


def opened(built: Built) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(built.result.pdf))


def identifier(built: Built) -> tuple[bytes, bytes]:
    with opened(built) as pdf:
        first, second = pdf.trailer.ID
        return bytes(first), bytes(second)


def body(stream: bytes) -> bytes:
    return stream.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")


def without_number(title: str) -> str:
    return re.sub(r"^(?:Vedlegg )?\d+:? ", "", title)


def page_of(built: Built, block: Block) -> int:
    return built.pdf.anchors[str(block.id)].page


def pages_of_part(built: Built, name: str) -> range:
    return next((built.pages_of(part) for part in built.document.parts if part.id == name), range(0))
