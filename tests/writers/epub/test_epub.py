"""The EPUB: what stands in it, where links lead, what it says of itself, and that nothing is lost."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from support.chapters import two_chapters
from support.projects import PNG, Project
from support.typefaces import with_own_typeface

from press.cache import Cache
from press.compose.parts import compose
from press.document import Document
from press.editions.edition import EPUB
from press.errors import TypesetError
from press.writers.epub import typeset as epub_typeset
from press.writers.epub.packed import packed
from press.writers.epub.sound import faults
from press.writers.epub.typeset import Typesetter
from press.writers.html import words_of, written_as_xml
from press.writers.webfonts import faces_in

pytestmark = pytest.mark.usefixtures("nothing_is_drawn", "no_fonts")
SECTION = """\
title: Start
lead: |
  Ingressen.
blocks:
  - text: |
      Se {page:ramme}, {neste} og {figur-1}.[^en]

      Et avsnitt til.

      [^en]: En note & mer.
  - callout: ramme
    title: Ramme
    text: |
      Ord i rammen.[^to]

      [^to]: Enda en note.
  - quote: Ord i rammen
  - photo: bilde
    image: bilde.png
    alt: Et bilde.
    caption: Et bilde av noe.
    credit: Egen.
"""
NEXT = """\
title: Neste kapittel
blocks:
  - figure: figur-1
    title: En figur
    source: Egen.
    alt: Tre ruter.
  - text: |
      Tilbake til {page:ramme}.

      - Et punkt.
"""
PAGES = {
    "": 2,  # what stands at no place: words of templates
    "part-cover": 1,
    "part-contents": 2,
    "start": 3,
    "content/start.yaml:3:3": 3,
    "content/start.yaml:8:7": 4,
    "ramme": 7,
    "neste": 8,
    "figur-1": 9,
    "content/neste.yaml:8:7": 8,
    "part-back": 10,
}
X = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without letters cut out of typefaces and without the picture of the cover, which take seconds."""

    def uncut(document: Document, *_: object) -> Mapping[str, bytes]:
        return {f"fonts/{face.file.removesuffix('.ttf')}.woff2": b"" for face in faces_in(document)}

    monkeypatch.setattr(epub_typeset, "fonts", uncut)
    monkeypatch.setattr(epub_typeset, "cover", lambda *_: PNG)


@pytest.fixture
def book(project: Project) -> Project:
    """Give a publication of two chapters, with one of each thing that leads somewhere."""
    return two_chapters(project, SECTION, NEXT).write("content/images/bilde.png", PNG)


def made(project: Project, pages: Mapping[str, int] = PAGES) -> bytes:
    document = compose(project.load(), EPUB, pages=pages)
    (content,) = Typesetter(Cache(None)).typeset(document, lambda line: None).files("report.epub").values()
    return content


def files(epub: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def tree(epub: bytes, name: str) -> Element:
    return ElementTree.fromstring(files(epub)[name])


def links(nav: Element, kind: str) -> list[str]:
    return [a.get("href", "") for each in nav.iter(f"{X}nav") if each.get(TYPE) == kind for a in each.iter(f"{X}a")]


def metadata(epub: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in tree(epub, "package.opf")[0]:
        found.setdefault(each.get("property") or each.tag.rpartition("}")[2], []).append(each.text or "")
    return found


def test_archive_begins_with_what_it_is(book: Project) -> None:
    with zipfile.ZipFile(io.BytesIO(made(book))) as archive:
        entries = archive.infolist()
        assert archive.read("mimetype") == b"application/epub+zip"
    assert [entry.filename for entry in entries[:3]] == ["mimetype", "META-INF/container.xml", "EPUB/package.opf"]
    assert (entries[0].compress_type, entries[0].extra) == (zipfile.ZIP_STORED, b"")
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_same_content_gives_the_same_bytes(book: Project) -> None:
    assert made(book) == made(book)


def test_chapters_are_read_in_order_between_cover_and_last_page(book: Project) -> None:
    package = tree(made(book), "package.opf")
    read = [each.get("idref") for each in package.iter("{http://www.idpf.org/2007/opf}itemref")]
    assert read == [f"file-{name}.xhtml" for name in ("cover", "nav", "start", "neste", "back")]


def test_contents_lead_to_chapters_and_figures(book: Project) -> None:
    nav = tree(made(book), "nav.xhtml")
    assert links(nav, "toc") == ["start.xhtml", "neste.xhtml", "back.xhtml"]
    assert links(nav, "loi") == ["neste.xhtml#figur-1"]
    assert links(nav, "landmarks") == ["cover.xhtml", "#toc", "start.xhtml"]


def test_pages_of_the_pdf_are_marked_where_something_begins_on_them(book: Project) -> None:
    epub = made(book)
    nav = tree(epub, "nav.xhtml")
    assert links(nav, "page-list") == [
        *("cover.xhtml#page.1", "nav.xhtml#page.2", "start.xhtml#page.3", "start.xhtml#page.4"),
        *("start.xhtml#page.7", "neste.xhtml#page.8", "back.xhtml#page.10"),
    ]
    assert '<p><span id="page.4" role="doc-pagebreak" aria-label="4" epub:type="pagebreak"></span>Et avsnitt' in (
        files(epub)["start.xhtml"].decode()
    )
    assert metadata(epub)["pageBreakSource"] == ["Liten rapport: En prøve, Første utgave (PDF)"]


def test_page_before_a_chapter_is_where_the_chapter_begins(book: Project) -> None:
    """Regression test: the page of a divider was left out, as its chapter has a higher number."""
    book.change("content/neste.yaml", "blocks:\n", "divider: {id: skille, text: Del to}\nblocks:\n")
    nav = tree(
        made(book, {**PAGES, "skille": 8, "part-neste": 9, "neste": 9, "content/neste.yaml:9:7": 9}), "nav.xhtml"
    )
    assert links(nav, "page-list")[-3:] == ["neste.xhtml#page.8", "neste.xhtml#page.9", "back.xhtml#page.10"]


def test_without_pages_no_page_is_listed(book: Project) -> None:
    epub = made(book, {})
    assert "page-list" not in files(epub)["nav.xhtml"].decode()
    assert "pageBreakSource" not in metadata(epub)
    assert "pageNavigation" not in metadata(epub)["schema:accessibilityFeature"]
    assert 'href="start.xhtml#ramme">«Ramme»</a>' in files(epub)["neste.xhtml"].decode()


def test_note_stands_below_its_chapter_and_is_called(book: Project) -> None:
    chapter = tree(made(book), "start.xhtml")
    notes = [each for each in chapter.iter(f"{X}aside") if each.get(TYPE) == "footnote"]
    assert [words_of(note) for note in notes] == ["1 En note & mer.", "2 Enda en note."]
    calls = [each for each in chapter.iter(f"{X}a") if each.get(TYPE) == "noteref"]
    assert [call.get("href") for call in calls] == [f"#{note.get('id')}" for note in notes]
    assert [note[0].get("href") for note in notes] == [f"#{call.get('id')}" for call in calls]
    assert "footnotes" not in files(made(book))["neste.xhtml"].decode()


def test_drawing_stands_in_its_page_with_words_and_data(book: Project) -> None:
    chapter = files(made(book))["neste.xhtml"].decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"' in chapter
    assert 'role="img" aria-label="Tre ruter." aria-details="figur-1-data"' in chapter
    assert (
        chapter.index('<details class="data" id="figur-1-data">') < chapter.index("Andre") < chapter.index("</details>")
    )
    items = tree(made(book), "package.opf").iter("{http://www.idpf.org/2007/opf}item")
    assert {item.get("href"): item.get("properties") for item in items if item.get("properties")} == {
        "nav.xhtml": "nav",
        "neste.xhtml": "svg",
        "cover.png": "cover-image",
    }


@pytest.mark.parametrize("name", ["IMG 1.JPG", "æ.webp", "bilde"])
def test_picture_is_of_the_kind_that_it_is_whatever_it_is_called(book: Project, name: str) -> None:
    book.write(f"content/images/{name}", PNG).change("content/start.yaml", "image: bilde.png", f"image: {name}")
    epub = made(book)
    (item,) = (each for each in tree(epub, "package.opf").iter() if "images/" in each.get("href", ""))
    assert unquote(item.attrib["href"]) == f"images/{name}"
    assert item.get("media-type") == "image/png"
    assert re.fullmatch(r"[\w.-]+", item.attrib["id"])
    assert f'src="{item.get("href")}"' in files(epub)["start.xhtml"].decode()


def test_style_sheet_says_what_properties_stand_for(book: Project) -> None:
    sheet = files(made(book))["style.css"].decode()
    assert 'font-family: "Source Serif Pro", serif' in sheet
    assert "fonts/SourceSerifPro-Regular.woff2" in sheet
    for unknown in ("var(", ":root", "@page", "mm", "pt "):
        assert unknown not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def test_typeface_of_the_publications_own_comes_along(book: Project) -> None:
    found = files(made(with_own_typeface(book, "ttf")))
    own = re.findall(r'font-family: "Proveskrift";[^}]*src: url\((.*?)\)', found["style.css"].decode())
    assert own
    assert {*own} <= found.keys()


def test_package_says_what_the_publication_is(book: Project) -> None:
    found = metadata(made(book))
    assert found["title"] == ["Liten rapport: En prøve"]
    assert found["language"] == ["nb-NO"]
    assert found["creator"] == found["publisher"] == ["Utgiveren"]
    assert found["dcterms:modified"] == ["2026-11-23T00:00:00Z"]
    (identifier,) = found["identifier"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", identifier)
    again = metadata(made(book.change("content/neste.yaml", "Et punkt.", "Et annet punkt.")))
    assert again["identifier"] == [identifier]


def test_numbers_of_catalogues_are_its_identifiers(book: Project) -> None:
    numbers = "language: nb\nisbn: 978-82-14-00001-6\ndoi: 10.1234/abc\n"
    found = metadata(made(book.change("content/report.yaml", "language: nb\n", numbers)))
    assert found["identifier"] == ["urn:isbn:9788214000016", "https://doi.org/10.1234/abc"]
    assert found["source"] == found["pageBreakSource"] == ["urn:isbn:9788214000016"]


def test_accessibility_is_claimed_where_somebody_has_found_so(book: Project) -> None:
    without = metadata(made(book))
    assert without["schema:accessMode"] == ["textual", "visual"]
    assert {"alternativeText", "longDescription", "pageNavigation"} <= {*without["schema:accessibilityFeature"]}
    assert "Ingen har prøvd boken" in without["schema:accessibilitySummary"][0]
    assert not {"dcterms:conformsTo", "a11y:certifiedBy"} & without.keys()
    book.change("content/report.yaml", "language: nb\n", "language: nb\nepub_certified_by: Granskerne\n")
    found = metadata(made(book))
    assert found["dcterms:conformsTo"] == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert found["a11y:certifiedBy"] == ["Granskerne"]
    assert "Ingen har prøvd boken" not in found["schema:accessibilitySummary"][0]


def test_publication_without_pictures_claims_none(project: Project) -> None:
    found = metadata(made(project, {}))
    assert found["schema:accessMode"] == ["textual"]
    assert not {"alternativeText", "longDescription"} & {*found["schema:accessibilityFeature"]}


# What is amiss.


@pytest.mark.parametrize("fault", ["lost", "twice", "turned"])
def test_words_that_the_writer_loses_or_turns_about_are_told(
    book: Project, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {
        "lost": lambda html: html.replace("Ord i rammen", "Ord rammen"),
        "twice": lambda html: html.replace("<h2", "<p>Ord i rammen.</p><h2", 1),
        "turned": lambda html: html.replace("Ingressen.", "").replace("</main>", "Ingressen.</main>"),
    }

    def faulty(root: Element) -> str:
        html = written_as_xml(root)
        return changes[fault](html) if "ramme" in html and "chapter" in html else html

    monkeypatch.setattr(epub_typeset, "written_as_xml", faulty)
    with pytest.raises(TypesetError) as caught:
        made(book)
    assert {problem.rule for problem in caught.value.problems} == {"conserved"}
    assert caught.value.problems[0].place.file == "content/start.yaml"


FAULTS: list[tuple[str, Callable[[dict[str, bytes]], object], str]] = [
    ("a link to nothing", lambda f: change(f, "neste.xhtml", b"start.xhtml#ramme", b"start.xhtml#x"), "has that id"),
    ("a file that is not there", lambda f: f.pop("fonts/SourceSansPro-It.woff2"), "which is not there"),
    ("a file that is not listed", lambda f: f.update({"more.css": b""}), "it lists EPUB/more.css 0 times"),
    ("an element left open", lambda f: change(f, "start.xhtml", b"</aside>", b""), "it is no XML"),
    ("an id twice", lambda f: change(f, "start.xhtml", b'id="ramme"', b'id="start"'), "stands 2 times"),
    ("contents that lack a chapter", lambda f: change(f, "nav.xhtml", b'neste.xhtml"', b'start.xhtml"'), "do not lead"),
    ("pages that are not listed", lambda f: change(f, "nav.xhtml", b"#page.7", b"#page.4"), "list of pages lacks"),
    ("no landmarks", lambda f: change(f, "nav.xhtml", b'"landmarks"', b'"other"'), "no 'landmarks'"),
    (
        "a chapter that is not read",
        lambda f: change(f, "package.opf", b'<itemref idref="file-neste.xhtml"/>', b""),
        "once",
    ),
]


def change(epub: dict[str, bytes], name: str, old: bytes, new: bytes) -> None:
    assert old in epub[name]
    epub[name] = epub[name].replace(old, new)


@pytest.mark.parametrize(("what", "fault", "told"), FAULTS, ids=[what for what, *_ in FAULTS])
def test_fault_of_a_finished_epub_is_told(
    what: str, fault: Callable[[dict[str, bytes]], object], told: str, book: Project
) -> None:
    found = {
        name: data for name, data in files(made(book)).items() if name not in {"mimetype", "META-INF/container.xml"}
    }
    assert list(faults(packed(found))) == []
    fault(found)
    assert told in " ".join(problem.what for problem in faults(packed(found)))


def test_archive_that_begins_with_something_else_is_told() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("a", b"")
        writing.writestr("mimetype", b"text/plain")
    told = [problem.what for problem in faults(archive.getvalue())]
    assert told == ["it is not the first file, stored as it is", "it does not say application/epub+zip"]


def test_style_sheet_that_uses_what_nothing_declares_is_told(book: Project) -> None:
    book.write("templates/epub/blocks/callout.css", "\n.callout { color: var(--nothing) }\n")
    with pytest.raises(TypesetError) as caught:
        made(book)
    (problem,) = caught.value.problems
    assert (str(problem.place), problem.what) == (
        "templates/epub/blocks/callout.css:2:1",
        "nothing declares the custom property 'nothing'",
    )


def test_section_with_the_name_of_a_file_of_the_book_is_refused(book: Project) -> None:
    book.write("content/nav.yaml", "title: Nav\nblocks:\n  - text: |\n      Ord.\n")
    book.change("content/report.yaml", "    - neste\n", "    - neste\n    - nav\n")
    with pytest.raises(TypesetError) as caught:
        made(book)
    assert [str(problem.place) for problem in caught.value.problems] == ["content/nav.yaml"]
