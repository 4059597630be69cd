"""Parts made into the files that readers turn: drawings and notes in their places, links, and where pages begin.

Where a page of the PDF begins is known of what begins on it. A figure may stand on a later page than the text after it,
so that the numbers do not always rise in reading order; those that do not are left out, as few as possible.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement

from press.document import AT, Document
from press.errors import Problem
from press.writers import linked
from press.writers.drawings import put_into_pages
from press.writers.html import SVG, classes, parents_of, put_instead, take_out
from press.writers.linked import Page

NAV = "nav"
OWN = ("cover", NAV, "back")
"""The names of files that are no chapter's."""
PRINTED_AS = {NAV: "contents"}
"""Parts that the PDF has under another name."""
WITHIN = frozenset({"p", "li", "td", "th", "blockquote", "figcaption"})
"""Elements in which a mark may be the first thing."""
NOT_BESIDE = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "figure"})
"""Elements of which a mark can be no child, or not the first."""
LEFT_OUT = frozenset({"header", "h1", "h2", "h3", "h4", "h5", "h6", "nav", "svg", f"{SVG}svg"})
SCREEN = ("tabindex", "data-width-mm", "data-height-mm")
"""What only a browser is told: nothing is rolled in a book."""
Mark = tuple[Element, Element, int]
"""Where a page begins: an element, its parent, the number."""


def file_of(part_id: str) -> str:
    """Name the file of a part."""
    return f"{part_id}.xhtml"


def read(document: Document, problems: list[Problem]) -> list[Page]:
    """Read the parts of a document; adds to `problems`."""
    return linked.read_all(document, file_of, OWN, problems)


def make(pages: Sequence[Page], document: Document, problems: list[Problem]) -> list[tuple[int, str]]:
    """Turn the parts into files that lead to each other; returns each page that is marked and where.

    Adds to `problems`.
    """
    begun = _begin_pages(pages, document.pages)
    for page in pages:
        put_into_pages(page.root, document.assets)
        _gather_notes(page)
    homes = dict(linked.homes(pages, problems))
    for page in pages:
        linked.lead(page.root, page, page.ids, homes, problems)
        for element in page.root.iter():
            for name in SCREEN:
                element.attrib.pop(name, None)
    return begun


def _begin_pages(pages: Sequence[Page], known: Mapping[str, int]) -> list[tuple[int, str]]:
    """Mark where each page of the PDF begins."""
    marks = [(page, mark) for page in pages for mark in _candidates(page, known)]
    begun: list[tuple[int, str]] = []
    for page, mark in _rising(marks):
        number = mark[2]
        if not begun or number > begun[-1][0]:
            name = f"page.{number}"
            _put(Element("span", {"id": name, "role": "doc-pagebreak", "aria-label": str(number)}), mark)
            begun.append((number, f"{page.file}#{name}"))
    return begun


def _candidates(page: Page, known: Mapping[str, int]) -> Iterator[Mark]:
    """Yield what is known to begin on a page, in reading order."""
    # A chapter with a page of its own before it (a divider) begins there.
    names = [each.get("id", "") for each in page.main.iter("header")]
    names.append(f"part-{PRINTED_AS.get(page.part.id, page.part.id)}")
    first = next((known[name] for name in names if name and name in known), None)
    whole = next(iter(page.main), None)
    if first is not None and whole is not None:
        yield whole, page.main, first
    if page.is_chapter:
        yield from (mark for mark in _within(page.main, known) if first is None or mark[0] is not whole)


def _within(parent: Element, known: Mapping[str, int]) -> Iterator[Mark]:
    for element in parent:
        if element.tag in LEFT_OUT or "aria-hidden" in element.attrib or "footnote" in classes(element):
            continue
        names = (element.get("id"), element.get(AT))
        number = next((known[name] for name in names if name and name in known), None)
        cell = next(iter(element), None) if element.tag == "tr" else None
        if number is not None and cell is not None:
            yield cell, element, number
        elif number is not None and (element.tag in WITHIN or parent.tag not in NOT_BESIDE):
            yield element, parent, number
        yield from _within(element, known)


def _rising(marks: Sequence[tuple[Page, Mark]]) -> list[tuple[Page, Mark]]:
    """Give as many of the marks as have numbers that never fall."""
    ends: list[int] = []
    before: list[int] = []
    last: list[int] = []
    for index, (_, (_, _, number)) in enumerate(marks):
        at = bisect_right(ends, number)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [number]
        last[at : at + 1] = [index]
    found, index = list[tuple[Page, Mark]](), last[-1] if last else -1
    while index >= 0:
        found.append(marks[index])
        index = before[index]
    return found[::-1]


def _put(mark: Element, place: Mark) -> None:
    """Put the mark of a page where it begins: first in what holds words, else before it."""
    element, parent, _ = place
    mark.set("epub:type", "pagebreak")
    if element.tag in WITHIN:
        mark.tail, element.text = element.text, None
        element.insert(0, mark)
    else:
        parent.insert(list(parent).index(element), mark)


def _gather_notes(page: Page) -> None:
    """Put the notes of a chapter below it, where reading systems find what they show beside their calls."""
    parents = parents_of(page.root)
    section = next((each for each in page.root.iter("section") if "data-notes" in each.attrib), None)
    if section is None:
        return
    found = [each for each in page.root.iter() if "footnote" in classes(each)]
    if not found:
        take_out(parents[section], section)
        return
    section.set("id", f"notes.{page.part.id}")
    for number, note in enumerate(found, start=1):
        name = f"{page.part.id}.note-{number}"
        call = Element("sup", {"class": "note-call"})
        link = SubElement(call, "a", {"id": f"{name}-call", "href": f"#{name}", "epub:type": "noteref"})
        link.set("role", "doc-noteref")
        link.set("aria-label", f"{section.get('data-note', '')} {number}")
        link.text = str(number)
        put_instead(parents[note], note, call)
        aside = SubElement(section, "aside", {"id": name, "epub:type": "footnote", "role": "doc-footnote"})
        aside.tail = "\n"
        back = SubElement(aside, "a", {"class": "note-back", "href": f"#{name}-call", "role": "doc-backlink"})
        back.set("aria-label", f"{section.get('data-back', '')} ({number})")
        back.text, back.tail = str(number), " "
        note.tail = None
        aside.append(note)
