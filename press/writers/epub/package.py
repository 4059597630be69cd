"""What programs are told of an EPUB: the package document (EPUB 3.3, section 5) and the list of pages.

It claims no more than holds: that it meets EPUB Accessibility 1.1 it says only where the content names who found so.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from press.document import About
from press.writers.epub.chapters import NAV, file_of
from press.writers.html import SVG, parents_of, take_out
from press.writers.linked import Page

TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".svg": "image/svg+xml",
}
PICTURES = "images/"
BEGINNINGS = {b"\x89PNG": ".png", b"\xff\xd8": ".jpg", b"<": ".svg"}
"""How pictures begin, and the ending that files of their kind have."""
COVER = "cover.png"
_NOT_IN_ID = re.compile(r"[^\w.-]")
CONFORMS_TO = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
OF_PUBLICATIONS = uuid.UUID("0c5a1b2e-6d0f-5b7c-9f6e-3a1d2f4b8c70")
"""What names made of the content are made in (RFC 9562, section 5.5)."""


@dataclass(frozen=True)
class Access:
    """What a publication has for readers of all kinds."""

    has_pictures: bool
    has_formulas: bool
    has_described: bool
    """Whether a long description stands by a picture."""
    page_source: str
    """What the marked pages are of; nothing where none are marked."""
    summary: str


def list_pages(pages: Sequence[Page], begun: Sequence[tuple[int, str]]) -> None:
    """Fill the place that the file of contents has for the list of pages; without pages it goes."""
    for page in pages:
        parents = parents_of(page.root)
        for room in [each for each in page.root.iter("nav") if each.get("epub:type") == "page-list"]:
            listed = SubElement(room, "ol")
            for number, address in begun:
                SubElement(SubElement(listed, "li"), "a", {"href": address}).text = str(number)
            if not begun:
                take_out(parents[room], room)


def access_of(about: About, pages: Sequence[Page], begun: Sequence[tuple[int, str]]) -> Access:
    """Tell what a publication has, by its files; takes out of them the words that only say so."""
    elements = [element for page in pages for element in page.main.iter()]
    said = dict.fromkeys(("data-summary", "data-summary-pages", "data-pdf"), "")
    for element in elements:
        said |= {name: element.attrib.pop(name) for name in said if name in element.attrib}
    summary = [said["data-summary"], *([said["data-summary-pages"]] if begun else [])]
    source = _urn(about.isbn) if about.isbn else f"{about.whole_title}, {about.edition} ({said['data-pdf']})"
    return Access(
        has_pictures=any(each.tag in {"img", f"{SVG}svg"} for each in elements),
        has_formulas=any(each.get("class", "").startswith("maths") for each in elements),
        has_described=any("aria-details" in each.attrib for each in elements),
        page_source=source if begun else "",
        summary=" ".join(filter(None, summary)),
    )


def package(about: About, pages: Sequence[Page], files: Mapping[str, bytes], access: Access) -> bytes:
    """Write the package document: metadata, every file, and the order in which they are read."""
    root = Element("package", {"xmlns": "http://www.idpf.org/2007/opf", "version": "3.0"})
    root.attrib |= {"unique-identifier": "identifier", "xml:lang": about.language}
    metadata = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    for name, attributes, words in [*_described(about, access), *_accessible(about, access)]:
        SubElement(metadata, name, attributes).text = words
    manifest = SubElement(root, "manifest")
    of_pages = {page.file: page for page in pages}
    for name, content in files.items():
        item = {"id": _id_of(name), "href": quote(name), "media-type": _type_of(name, content)}
        if properties := " ".join(_properties(name, of_pages.get(name))):
            item["properties"] = properties
        SubElement(manifest, "item", item)
    spine = SubElement(root, "spine")
    for page in pages:
        SubElement(spine, "itemref", {"idref": _id_of(page.file)})
    return ('<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(_lines(root)) + "\n").encode()


def _described(about: About, access: Access) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield what catalogues ask for (section 5.5)."""
    identifiers = list(_identifiers(about))
    yield "dc:identifier", {"id": "identifier"}, identifiers[0]
    yield from (("dc:identifier", {}, identifier) for identifier in identifiers[1:])
    yield "dc:title", {}, about.whole_title
    yield "dc:language", {}, about.language
    yield from (("dc:creator", {}, author) for author in about.authors or (about.publisher,))
    yield "dc:publisher", {}, about.publisher
    yield "dc:date", {}, about.date.isoformat()
    yield "dc:description", {}, about.subject
    yield from (("dc:subject", {}, keyword) for keyword in about.keywords)
    if access.page_source:
        yield "dc:source", {}, access.page_source
    yield "meta", {"property": "dcterms:modified"}, f"{about.date.isoformat()}T00:00:00Z"


def _identifiers(about: About) -> Iterator[str]:
    """Yield the names of the publication: its own, or one made of what it says of itself, the same in each build."""
    if about.isbn:
        yield _urn(about.isbn)
    if about.doi:
        yield f"https://doi.org/{about.doi}"
    if not about.isbn and not about.doi:
        said = "\n".join([about.publisher, about.whole_title, about.edition, about.language])
        yield uuid.uuid5(OF_PUBLICATIONS, said).urn


def _urn(isbn: str) -> str:
    return f"urn:isbn:{isbn.replace('-', '').replace(' ', '')}"


def _accessible(about: About, access: Access) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield what readers ask for who do not read by eye alone (EPUB Accessibility 1.1)."""
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    features += ["alternativeText"] if access.has_pictures else []
    features += ["describedMath"] if access.has_formulas else []
    features += ["longDescription"] if access.has_described else []
    features += ["pageBreakMarkers", "pageNavigation"] if access.page_source else []
    said = {
        "accessMode": ["textual", *(["visual"] if access.has_pictures else [])],
        "accessModeSufficient": ["textual", *(["textual,visual"] if access.has_pictures else [])],
        "accessibilityFeature": features,
        "accessibilityHazard": ["none"],
        "accessibilitySummary": [access.summary],
    }
    for name, values in said.items():
        yield from (("meta", {"property": f"schema:{name}"}, value) for value in values)
    if access.page_source:
        yield "meta", {"property": "pageBreakSource"}, access.page_source
    if about.certified_by:
        yield "meta", {"property": "dcterms:conformsTo", "id": "conforms"}, CONFORMS_TO
        yield "meta", {"property": "a11y:certifiedBy", "refines": "#conforms"}, about.certified_by


def _id_of(name: str) -> str:
    return "file-" + _NOT_IN_ID.sub(lambda match: f"-{ord(match[0]):x}-", name.replace("/", "-"))


def _type_of(name: str, content: bytes) -> str:
    """Name the kind of a file: of a picture by what is in it, for its name may end in `.JPG`, or in nothing."""
    by_content = (ending for begins, ending in BEGINNINGS.items() if content.startswith(begins))
    suffix = PurePosixPath(name).suffix
    return TYPES[next(by_content, suffix) if name.startswith(PICTURES) else suffix]


def _properties(name: str, page: Page | None) -> Iterator[str]:
    """Yield what a reading system is to know of a file before it opens it."""
    if name == COVER:
        yield "cover-image"
    if name == file_of(NAV):
        yield "nav"
    if page is not None and any(each.tag in {"svg", f"{SVG}svg"} for each in page.root.iter()):
        yield "svg"


def _lines(element: Element) -> Iterator[str]:
    opened = f"<{element.tag}" + "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    if len(element):
        yield f"{opened}>"
        for child in element:
            yield from _lines(child)
        yield f"</{element.tag}>"
    else:
        yield f"{opened}>{escape(element.text, quote=False)}</{element.tag}>" if element.text else f"{opened}/>"
