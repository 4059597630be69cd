"""What tests ask of a finished PDF: text in reading order, outline, links, anchors, fonts, metadata, conformance.

`publish` builds a publication and keeps what each stage made; `Built.unread` tells where the PDF says anything else
than the HTML it was made from.

Pages count from 1. Heights are millimetres from the top of the page, as a ruler on the print would give them.

The reading order is that of the tag tree, which a screen reader follows; it is not the order of drawing. What the tree
does not hold (running heads, page numbers) is not read: it is in `page_texts` only.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pypdfium2
from pypdfium2 import raw

from press.checks import check
from press.compose.parts import compose
from press.content.load import load
from press.content.report import Report
from press.document import FURNITURE, LABEL, PAGE_OF, REPEATS, Document, Part
from press.editions.edition import FULL, Edition, edition_of, select
from press.editions.references import Target, targets
from press.errors import TypesetError
from press.writers.pdf.typeset import Typeset, typeset

MM_PER_PT = 25.4 / 72
PDFIUM_HYPHEN = "\x02\N{SOFT HYPHEN}\ufffe"
"""How PDFium gives a hyphen at the end of a line where it takes the word to go on."""
MOVING = re.compile(
    r"<(section|figure) [^>]*data-moves=.*?</\1>|<div [^>]*data-moves=.*?</figure>\s*</div>",
    re.DOTALL,
)
HEADINGS = frozenset({"H", "H1", "H2", "H3", "H4", "H5", "H6"})
DRAWN = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)


@dataclass(frozen=True)
class Passage:
    """The text of one piece of marked content: a line of text, or a part of one."""

    page: int
    tags: tuple[str, ...]
    """Names of the elements around it, outermost first."""
    text: str
    top: float
    bottom: float
    link: str | None = None
    """The id that it is a link to."""

    @property
    def is_heading(self) -> bool:
        return not HEADINGS.isdisjoint(self.tags)

    @property
    def is_marker(self) -> bool:
        """Whether it is a label: the number or dash of a list's item, the number of a footnote or of its call."""
        return "Lbl" in self.tags

    @property
    def is_note(self) -> bool:
        """Whether it belongs to a footnote."""
        return "Note" in self.tags

    @property
    def is_call(self) -> bool:
        """Whether it is the number in the text that calls a footnote."""
        return self.is_marker and "Reference" in self.tags and not self.is_note


@dataclass(frozen=True)
class Entry:
    """One line of the outline, the bookmarks of a viewer."""

    level: int
    title: str
    page: int


@dataclass(frozen=True)
class Link:
    """An active area on a page."""

    page: int
    target: str
    """Id of what it leads to, or the address of what lies outside."""
    inside: bool


@dataclass(frozen=True)
class Anchor:
    """A named destination."""

    page: int
    top: float


@dataclass(frozen=True)
class Font:
    """A font that pages use."""

    name: str
    subset: bool
    embedded: bool


class Pdf:
    """A PDF in memory, read once and asked often."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._pike = pikepdf.open(BytesIO(data))
        self._pdfium = pypdfium2.PdfDocument(data)
        self._number = {found.objgen: number for number, found in enumerate(self._pike.pages, start=1)}

    @property
    def page_count(self) -> int:
        return len(self._pdfium)

    @property
    def language(self) -> str:
        return str(self._pike.Root.Lang)

    @cached_property
    def title(self) -> str:
        with self._pike.open_metadata() as metadata:
            return str(metadata["dc:title"])

    @cached_property
    def page_texts(self) -> list[str]:
        """The text of each page as it is drawn, running heads and page numbers with it."""
        return [found.get_textpage().get_text_bounded() for found in self._pdfium]

    def words(self, number: int) -> list[str]:
        """Give the words of a page as they are drawn, a word that a line's end divides joined."""
        text = re.sub(rf"[{PDFIUM_HYPHEN}]\s*", "", self.page_texts[number - 1])
        return text.split()

    @cached_property
    def passages(self) -> list[Passage]:
        """Everything that is read, in reading order."""
        passages = []
        for number, mark, tags, link in self._walk(self._pike.Root.StructTreeRoot.K, 0, (), None):
            # What a drawing has for a search is not read: its alternative text is.
            if (number, mark) in self.marked and "Figure" not in tags:
                text, top, bottom = self.marked[number, mark]
                passages.append(Passage(number, tags, text, top, bottom, link))
        return passages

    @cached_property
    def marked(self) -> dict[tuple[int, int], tuple[str, float, float]]:
        """The text of each piece of marked content, by page and number, with its upper and lower edge."""
        pages = range(1, self.page_count + 1)
        return {(number, mark): found for number in pages for mark, found in self._marked(number).items()}

    @cached_property
    def outline(self) -> list[Entry]:
        """The outline, from top to bottom."""

        def below(items: Iterable[Any], level: int) -> Iterator[Entry]:
            for item in items:
                yield Entry(level, item.title, self._number[item.destination[0].objgen])
                yield from below(item.children, level + 1)

        with self._pike.open_outline() as outline:
            return list(below(outline.root, 1))

    @cached_property
    def anchors(self) -> dict[str, Anchor]:
        """Where each named destination stands."""
        if "/Names" not in self._pike.Root:
            return {}
        names = pikepdf.NameTree(self._pike.Root.Names.Dests)
        return {str(name): self._anchor(target) for name, target in names.items()}

    @cached_property
    def links(self) -> list[Link]:
        """Every link, by page."""
        found = []
        for number, leaf in enumerate(self._pike.pages, start=1):
            for annotation in leaf.get("/Annots", ()):
                if "/Dest" in annotation:
                    found.append(Link(number, str(annotation.Dest), inside=True))
                elif "/A" in annotation and "/URI" in annotation.A:
                    found.append(Link(number, str(annotation.A.URI), inside=False))
        return found

    @cached_property
    def fonts(self) -> set[Font]:
        """Every font that a page names, with those inside drawings."""
        entries = (entry for entry in self._pike.objects if isinstance(entry, pikepdf.Dictionary))
        # A font of two bytes a letter has its descriptor in a second entry below the first.
        return {self._font(e) for e in entries if e.get("/Type") == "/Font" and "/FontDescriptor" not in e}

    @cached_property
    def alt_texts(self) -> list[str]:
        """The words for those who cannot see a drawing, in reading order."""
        return list(self._alt_texts(self._pike.Root.StructTreeRoot.K))

    def ink(self, number: int, top: float, bottom: float) -> tuple[float, float] | None:
        """Tell the heights between which something is drawn on a page, looking from `top` to `bottom` only."""
        leaf = self._pdfium[number - 1]
        height = leaf.get_height()
        spans = []
        for drawn in leaf.get_objects(filter=DRAWN):
            _, low, _, high = drawn.get_bounds()
            upper, lower = (height - high) * MM_PER_PT, (height - low) * MM_PER_PT
            if upper < bottom and lower > top and lower <= bottom:
                spans.append((max(upper, top), lower))
        return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None

    def failures(self, profile: str = "PDF_UA_1") -> list[str]:
        """Say what keeps the file from conforming to a standard, by its name in page-validation."""
        report = validator.validate_pdf_bytes(self.data, profile=validator.ValidationProfile[profile])
        return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]

    def _marked(self, number: int) -> dict[int, tuple[str, float, float]]:
        """Give the text of each piece of marked content of a page, with its upper and lower edge."""
        leaf = self._pdfium[number - 1]
        height = leaf.get_height()
        text_page = leaf.get_textpage()
        found: dict[int, tuple[str, float, float]] = {}
        for drawn in leaf.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=text_page):
            mark = raw.FPDFPageObj_GetMarkedContentID(drawn)
            _, low, _, high = drawn.get_bounds()
            text, top, bottom = found.get(mark, ("", float("inf"), 0.0))
            text += raw_text(drawn, text_page)
            found[mark] = (
                text,
                min(top, (height - high) * MM_PER_PT),
                max(bottom, (height - low) * MM_PER_PT),
            )
        return found

    def _walk(
        self, element: Any, number: int, tags: tuple[str, ...], link: str | None
    ) -> Iterator[tuple[int, int, tuple[str, ...], str | None]]:
        """Yield page, mark, tags and link of each piece of marked content, in reading order."""
        if isinstance(element, pikepdf.Array):
            for child in element:
                yield from self._walk(child, number, tags, link)
        elif isinstance(element, pikepdf.Dictionary):
            number = self._number[element.Pg.objgen] if "/Pg" in element else number
            if element.get("/Type") == "/MCR":
                yield number, int(element.MCID), tags, link
            elif element.get("/Type") != "/OBJR" and "/K" in element:
                if element.S == "/Link":
                    link = next(self._destinations(element.K), link)
                yield from self._walk(element.K, number, (*tags, str(element.S)[1:]), link)
        else:
            yield number, int(element), tags, link

    def _destinations(self, children: Any) -> Iterator[str]:
        for child in children if isinstance(children, pikepdf.Array) else [children]:
            if isinstance(child, pikepdf.Dictionary) and child.get("/Type") == "/OBJR" and "/Dest" in child.Obj:
                yield str(child.Obj.Dest)

    def _alt_texts(self, element: Any) -> Iterator[str]:
        if isinstance(element, pikepdf.Array):
            for child in element:
                yield from self._alt_texts(child)
        elif isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem":
            if element.S == "/Figure":
                yield str(element.get("/Alt", ""))
            elif "/K" in element:
                yield from self._alt_texts(element.K)

    def _anchor(self, target: Any) -> Anchor:
        target = target.D if isinstance(target, pikepdf.Dictionary) else target
        number = self._number[target[0].objgen]
        height = self._pdfium[number - 1].get_height()
        return Anchor(number, (height - float(target[3])) * MM_PER_PT)

    def _font(self, entry: Any) -> Font:
        name = str(entry.BaseFont)[1:]
        inner = entry.DescendantFonts[0] if "/DescendantFonts" in entry else entry
        descriptor = inner.get("/FontDescriptor", {})
        embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        subset = re.match(r"[A-Z]{6}\+", name) is not None
        return Font(name.partition("+")[2] if subset else name, subset, embedded)


def raw_text(drawn: Any, text_page: Any) -> str:
    """Give the text of a text object; empty for one that PDFium finds only spaces in."""
    size = raw.FPDFTextObj_GetText(drawn, text_page, None, 0)
    buffer = (raw.FPDF_WCHAR * max(size // 2, 1))()
    raw.FPDFTextObj_GetText(drawn, text_page, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def glued(text: str) -> str:
    """Reduce text to what a line's end cannot change: no spaces, no hyphens, no difference of case."""
    return re.sub(rf"[\s{PDFIUM_HYPHEN}\N{{HYPHEN}}\N{{NON-BREAKING HYPHEN}}\N{{WORD JOINER}}-]+", "", text).casefold()


def running(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Leave out footnotes and labels."""
    return (passage for passage in passages if not passage.is_note and not passage.is_marker)


def read_aloud(passages: Iterable[Passage]) -> str:
    """Give passages as one glued text, without footnotes and labels."""
    return "".join(glued(passage.text) for passage in running(passages))


@dataclass(frozen=True, repr=False)
class Built:
    """A publication at each stage."""

    report: Report
    """As the edition prints it."""
    full: Report
    """All of it."""
    edition: Edition
    full_pages: Mapping[str, int]
    """Where things stand in the full report, for a short edition."""
    document: Document
    result: Typeset
    pdf: Pdf

    @cached_property
    def targets(self) -> dict[str, Target]:
        return dict(targets(self.report.sections))

    def pages_of(self, part: Part) -> range:
        """Give the numbers of a part's pages."""
        starts = [self.pdf.anchors[f"part-{each.id}"].page for each in self.document.parts]
        index = self.document.parts.index(part)
        end = starts[index + 1] if index + 1 < len(starts) else self.pdf.page_count + 1
        return range(starts[index], end)

    def passages_of(self, part: Part) -> list[Passage]:
        pages = self.pages_of(part)
        return [passage for passage in self.pdf.passages if passage.page in pages]

    @cached_property
    def body(self) -> list[Passage]:
        """What is read from the first section to the last: without cover, contents and last page."""
        ids = {*self.targets, *(str(s.content.divider.id) for s in self.report.sections if s.content.divider)}
        return [passage for part in self.document.parts if part.id in ids for passage in self.passages_of(part)]

    def unread(self) -> dict[str, str]:
        """Tell where the PDF, read in order, says anything else than the HTML does; by part, and `notes`."""
        pages = {name: anchor.page for name, anchor in self.pdf.anchors.items()}
        found: dict[str, str] = {}
        for part in self.document.parts:
            expected = _Reader({**pages, **self.document.numbers})
            expected.feed(part.html)
            passages = self.passages_of(part)
            found[part.id] = difference(*_boxes_apart(part.html, read_aloud(passages), expected))
            notes = "".join(glued(note.text) for note in passages if note.is_note and not note.is_marker)
            found[f"notes of {part.id}"] = difference(notes, glued("".join(expected.notes)))
        return {name: where for name, where in found.items() if where}

    def notes(self) -> list[tuple[Passage, Passage]]:
        """Give the number of each footnote, at its call and at the note, in reading order."""
        calls = [passage for passage in self.pdf.passages if passage.is_call]
        notes = [passage for passage in self.pdf.passages if passage.is_note and passage.is_marker]
        return list(zip(calls, notes, strict=True))


def _boxes_apart(html: str, found: str, reader: _Reader) -> tuple[str, str]:
    """Take what may move out of two readings; each is to be in both, whole, boxes and figures each in their order."""
    expected, after = glued(reader.text), 0
    moving = sorted(MOVING.finditer(html), key=lambda box: box[1] == "section")
    for number, box in enumerate(moving):
        after = 0 if number and moving[number - 1][1] != "section" == box[1] else after
        own = _Reader(reader.pages)
        own.feed(box[0])
        words = glued(own.text)
        at = found.find(words, after)
        if at < 0:
            break  # then all that is left is to be where the content has it
        found, expected, after = found[:at] + found[at + len(words) :], expected.replace(words, "", 1), at
    return found, expected


def publish(
    project: Path, edition: str = FULL.name, pages: Mapping[str, int] | None = None, *, surveying: bool = False
) -> Built:
    """Build an edition of the publication in a folder; it must have no error.

    `pages` says where things stand in the full report.
    """
    report = load(project)
    assert [problem for problem in check(report) if problem.severity == "error"] == []
    declared = edition_of(report, edition)
    document = compose(report, declared, pages=pages)
    result = typeset_here(document, surveying=surveying)
    return Built(select(report, declared), report, declared, pages or {}, document, result, Pdf(result.pdf))


def typeset_here(
    document: Document, progress: Callable[[str], None] = lambda line: None, *, surveying: bool = False
) -> Typeset:
    """Typeset in this process as a build does: what is wrong is raised, unless the pages are surveyed.

    WeasyPrint 70 is forgiven that it leaves its colour profile open.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014\.icc", ResourceWarning)
        result = typeset(document, progress, surveying=surveying)
    if result.problems and not surveying:
        raise TypesetError(result.problems)
    return result


def difference(found: str, expected: str) -> str:
    """Show where two texts part; empty when they are the same."""
    if found == expected:
        return ""
    pairs = enumerate(zip(found, expected, strict=False))
    at = next((index for index, (one, other) in pairs if one != other), min(len(found), len(expected)))
    return f"…{expected[max(at - 40, 0) : at]}| expected {expected[at : at + 60]!r}, found {found[at : at + 60]!r}"


class _Reader(HTMLParser):
    """The text of a part as it should be read: page numbers filled in, footnotes apart.

    Running heads are left out, and what stands for an item's label, as `running` leaves labels out.
    """

    def __init__(self, pages: dict[str, int]) -> None:
        super().__init__()
        self.pages = pages
        self.text = ""
        self.notes: list[str] = []
        self.open: list[str] = []
        """What each open element is: `skip`, `note`, or its tag."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"meta", "img", "br", "link"}:
            return
        if tag == "head" or not {FURNITURE, LABEL, REPEATS}.isdisjoint(given):
            self.open.append("skip")
        elif "footnote" in (given.get("class") or "").split():
            self.open.append("note")
            self.notes.append("")
        else:
            self.open.append(tag)
        if PAGE_OF in given:
            self.handle_data(str(self.pages[str(given[PAGE_OF])]))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "skip" in self.open:
            return
        if "note" in self.open:
            self.notes[-1] += data
        else:
            self.text += data
