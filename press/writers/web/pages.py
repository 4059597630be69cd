"""Parts made into pages: links that lead from page to page, notes below their chapter, and all chapters on one page.

What the parts hold is fixed; only where a thing stands is settled here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from press.document import Document
from press.errors import Problem
from press.writers import linked
from press.writers.drawings import put_into_pages
from press.writers.html import classes, parents_of, put_instead, take_out
from press.writers.linked import Page

INDEX = "index"
OWN = (INDEX, "about", "data", "accessibility", "search", "whole")
"""The names of pages that are no chapter's."""
_HEADING = re.compile("h([1-6])")


def file_of(part_id: str) -> str:
    """Name the file of a part."""
    return f"{part_id}.html"


def read(document: Document, problems: list[Problem]) -> list[Page]:
    """Read the parts of a document; adds to `problems`."""
    return linked.read(document, file_of, OWN, problems)


def make(pages: Sequence[Page], document: Document, problems: list[Problem]) -> None:
    """Turn the parts into pages that lead to each other; adds to `problems`."""
    for page in pages:
        put_into_pages(page.root, document.assets)
        _gather_notes(page)
    whole = next((page for page in pages if page.part.id == "whole"), None)
    homes = dict(linked.homes(pages, problems))
    if whole is not None:
        _gather_chapters(whole, [page for page in pages if page.is_chapter])
    linked.lead(pages, homes, problems)


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
