"""Parts made into pages: links that lead from page to page, notes below their chapter, and all chapters on one page.

What the parts hold is fixed; only where a thing stands is settled here. What is amiss comes as problems: an id that
stands twice or nowhere, a name that the edition has for a page of its own, a template that closes what is not open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from press.document import AT, Document, Part
from press.errors import Place, Problem
from press.writers.html import HREF, SVG, UnclosedError, classes, parents_of, parse, put_instead, take_out
from press.writers.web.drawings import put_into_pages

RULE = "web"
INDEX = "index"
OWN = (INDEX, "about", "data", "accessibility", "search", "whole")
"""The names of pages that are no chapter's."""
MARKS = (AT, "data-repeats", "data-moves", "data-point", "data-back", "data-note", "data-notes", "data-readme")
"""What only writers read."""
_HEADING = re.compile("h([1-6])")


def file_of(part_id: str) -> str:
    """Name the file of a part."""
    return f"{part_id}.html"


@dataclass(frozen=True)
class Page:
    """A page in the making."""

    part: Part
    root: Element

    @property
    def file(self) -> str:
        return file_of(self.part.id)

    @property
    def main(self) -> Element:
        return next(self.root.iter("main"))

    @property
    def is_chapter(self) -> bool:
        return self.part.id not in OWN


def read(document: Document, problems: list[Problem]) -> list[Page]:
    """Read the parts of a document; adds to `problems`."""
    pages = []
    for part in document.parts:
        try:
            page = Page(part, parse(part.html))
        except UnclosedError as error:
            mend = "mend the template: close each element that it opens"
            problems.append(Problem(_place(part), RULE, f"the HTML is not whole: {error}", mend))
            continue
        if len(list(page.root.iter("main"))) != 1:
            problems.append(Problem(_place(part), RULE, "there is not one <main> in it", "mend the template"))
            continue
        pages.append(page)
    names = [page.part.id for page in pages]
    for name in sorted({name for name in names if names.count(name) > 1}):
        what = f"the web edition has a page of its own that is called {name!r}"
        problems.append(Problem(Place(f"content/{name}.yaml"), RULE, what, "give the section another id"))
    return pages


def make(pages: Sequence[Page], document: Document, problems: list[Problem]) -> None:
    """Turn the parts into pages that lead to each other; adds to `problems`."""
    for page in pages:
        put_into_pages(page.root, document.assets)
        _gather_notes(page)
    whole = next((page for page in pages if page.part.id == "whole"), None)
    chapters = [page for page in pages if page.is_chapter]
    homes = dict(_homes(pages, problems))
    if whole is not None:
        _gather_chapters(whole, chapters)
    for page in pages:
        own = {element.get("id") for element in page.root.iter()}
        for element in page.root.iter():
            _lead(element, page, own, homes, problems)
            for mark in MARKS:
                element.attrib.pop(mark, None)


def _homes(pages: Sequence[Page], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each id with where it is found from another page: the page of a chapter as a whole needs no fragment."""
    first: dict[str, str] = {}
    for page in pages:
        if not page.is_chapter:
            continue
        for element in page.main.iter():
            name = element.get("id")
            if name is None:
                continue
            if name in first:
                what = f"the id {name!r} stands on {page.file}, and on {first[name]} before"
                problems.append(Problem(_place(page.part), RULE, what, "mend the template: an id stands once"))
            first.setdefault(name, page.file)
            yield name, page.file if name == page.part.id else f"{page.file}#{name}"


def _lead(
    element: Element, page: Page, own: set[str | None], homes: Mapping[str, str], problems: list[Problem]
) -> None:
    """Let a link lead to the page that has what it names."""
    key = HREF if element.get(HREF) else "href"
    target = element.get(key, "")
    if not target.startswith("#") or target[1:] in own or str(element.tag) == f"{SVG}use":
        return
    if target[1:] in homes:
        element.set(key, homes[target[1:]])
        return
    what = f"a link leads to {target!r}, which stands on no page"
    problems.append(Problem(_place(page.part), RULE, what, "mend the template, which leaves it out"))


def _gather_notes(page: Page) -> None:
    """Put the notes of a chapter below it, each with a way back; one without notes has no place for them."""
    parents = parents_of(page.root)
    section = next((each for each in page.root.iter("section") if "data-notes" in each.attrib), None)
    found = [each for each in page.root.iter() if "footnote" in classes(each)]
    if section is None:
        return
    if not found:
        take_out(parents[section], section)
        return
    section.set("id", f"notes-{page.part.id}")
    notes = SubElement(section, "ol")
    for number, note in enumerate(found, start=1):
        name = f"{page.part.id}-note-{number}"
        call = Element("sup", {"class": "note-call"})
        words = f"{section.get('data-note', '')} {number}"
        link = SubElement(call, "a", {"id": f"{name}-call", "href": f"#{name}", "aria-label": words})
        link.set("role", "doc-noteref")
        link.text = str(number)
        put_instead(parents[note], note, call)
        item = SubElement(notes, "li", {"id": name})
        item.append(note)
        note.tail = " "
        back = SubElement(item, "a", {"class": "note-back", "href": f"#{name}-call", "role": "doc-backlink"})
        back.set("aria-label", f"{section.get('data-back', '')} ({number})")
        back.text = "↩"


def _gather_chapters(whole: Page, chapters: Sequence[Page]) -> None:
    """Put all chapters into the page that has room for them, their headings one level lower."""
    parents = parents_of(whole.root)
    room = next(each for each in whole.main.iter() if "data-chapters" in each.attrib)
    articles = []
    for chapter in chapters:
        article = deepcopy(chapter.main)
        article.tag = "article"
        above = parents_of(article)
        for steps in [each for each in article.iter("nav") if "steps" in classes(each)]:
            take_out(above[steps], steps)
        for element in article.iter():
            if (match := _HEADING.fullmatch(str(element.tag))) is not None:
                element.tag = f"h{min(int(match[1]) + 1, 6)}"
        article.tail = "\n"
        articles.append(article)
    put_instead(parents[room], room, *articles)


def _place(part: Part) -> Place:
    return Place(f"templates (the part {part.id!r})")
