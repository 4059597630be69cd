"""Parts made into pages: drawings and notes in their places, links that lead from page to page, and all on one page.

What the parts hold is fixed; only where a thing stands is settled here. It is done in two steps, so that a living
process does again only what a change asks for: a part is laid when its HTML is new, and finished when it is new or
links lead elsewhere than they did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from press.document import AT, REPEATS, Part
from press.errors import Place, Problem
from press.writers import linked
from press.writers.conserved import conserve, wanted_of
from press.writers.drawings import put_into_pages, with_page_numbers
from press.writers.html import classes, fragment, parents_of, put_instead, take_out
from press.writers.linked import MARKS, Page
from press.writers.pieces import Piece
from press.writers.web.dark import colours_in
from press.writers.web.search import entries_of

INDEX = "index"
WHOLE = "whole"
OWN = (INDEX, "about", "data", "accessibility", "search", WHOLE)
"""The names of pages that are no chapter's."""
ROOM = "<div data-chapters></div>"
"""What the page that has all chapters has where they come."""
_HEADING = re.compile("h([1-6])")


@dataclass(frozen=True)
class Laid:
    """A part with its drawings and notes in their places; where its links lead is not known yet."""

    page: Page
    wanted: tuple[Piece, ...]
    """What it must say in the end."""
    drawings: Mapping[str, bytes]
    """Those that it puts page numbers into, as they are to be downloaded."""
    colours: frozenset[str]
    """Of its drawings."""


@dataclass(frozen=True)
class Block:
    """What stands on a page and comes from a place in the content."""

    file: str
    place: Place
    text: str
    """Its words, without those of blocks within it."""


@dataclass(frozen=True)
class Finished:
    """A page as it is, and what it has for others."""

    html: str
    article: str
    """What it is on the page that has all chapters; nothing if it is none."""
    entries: str
    """Of the index that readers search in."""
    styles: Mapping[str, str]
    """What its style attributes said, by the classes that say so now."""
    letters: frozenset[str]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Surroundings:
    """All that a finished page depends on beside its part."""

    homes: Mapping[str, str]
    """Where each id is found from another page."""
    in_whole: Collection[str]
    """The ids on the page that has all chapters."""
    has_whole: bool
    is_marked: bool
    """Whether elements keep their places in the content, and blocks are told."""


def file_of(part_id: str) -> str:
    """Name the file of a part."""
    return f"{part_id}.html"


def lay(part: Part, assets: Mapping[str, bytes], problems: list[Problem]) -> Laid | None:
    """Read a part, and put drawings and notes where they belong; adds to `problems` where it is not whole."""
    page = linked.read(part, file_of, OWN, problems)
    if page is None:
        return None
    _put_quotes_beside(page)
    wanted = wanted_of(page.root)
    drawings = dict(with_page_numbers(page.root, assets))
    put_into_pages(page.root, assets)
    _gather_notes(page)
    return Laid(page, wanted, drawings, frozenset(colours_in(page.root)))


def around(pages: Sequence[Page], problems: list[Problem], *, is_marked: bool) -> Surroundings:
    """Tell what links lead to; adds to `problems`."""
    homes = dict(linked.homes(pages, problems))
    whole = next((page.ids for page in pages if page.part.id == WHOLE), None)
    return Surroundings(homes, {*homes} | (whole or set()), whole is not None, is_marked)


def finish(
    laid: Laid,
    surroundings: Surroundings,
    write: Callable[[Element], str],
    describe: Callable[[Element], None],
    problems: list[Problem],
) -> Finished:
    """Let the links of a page lead where they should, and hold it against its part; adds to `problems`.

    `write` writes it; `describe` tells programs of the publication in its head.
    """
    page = replace(laid.page, root=deepcopy(laid.page.root))
    article = _article(page.main) if page.is_chapter and surroundings.has_whole else None
    marks = tuple(mark for mark in MARKS if mark != AT or not surroundings.is_marked)
    homes, is_whole = surroundings.homes, page.part.id == WHOLE
    own = surroundings.in_whole if is_whole else page.ids
    linked.lead(page.root, page, own, homes, problems, marks)
    if page.part.id == INDEX:
        describe(page.root)
    styles = dict(_styles(page.root))
    html = write(page.root)
    if not is_whole:
        problems += conserve(page.part.id, laid.wanted, html)
    within = ""
    if article is not None:
        linked.lead(article, page, surroundings.in_whole, homes, problems, marks)
        styles |= _styles(article)
        within = fragment(article)
        problems += conserve(WHOLE, laid.wanted, within)
    entries = entries_of(page) if page.is_chapter else ""
    blocks = tuple(_blocks(page.main, page.file)) if surroundings.is_marked else ()
    return Finished(html, within, entries, styles, frozenset(html), blocks)


def gathered(whole: str, articles: Sequence[str], page: Page, problems: list[Problem]) -> str:
    """Put all chapters into the page that has room for them; adds to `problems`."""
    before, room, after = whole.partition(ROOM)
    if not room:
        mend = f"mend the template: {ROOM} stands where they come"
        problems.append(Problem(linked.place_of(page.part), linked.RULE, "it has no room for the chapters", mend))
    return "".join([before, *(f"{article}\n" for article in articles), after])


def _put_quotes_beside(page: Page) -> None:
    """Let what only repeats words of a paragraph begin where that does, so that it stands in the margin beside it."""
    for parent in list(page.main.iter()):
        for above, quote in pairwise(list(parent)):
            if above.tag == "p" and REPEATS in quote.attrib and "quote" in classes(quote):
                place = list(parent).index(above)
                above.tail, quote.tail = quote.tail, above.tail
                parent[place : place + 2] = [quote, above]


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
    section.set("id", f"notes.{page.part.id}")
    notes = SubElement(section, "ol")
    for number, note in enumerate(found, start=1):
        name = f"{page.part.id}.note-{number}"
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


def _article(main: Element) -> Element:
    """Give a chapter as it stands among all others: its headings one level lower, without ways to those beside it."""
    article = deepcopy(main)
    article.tag = "article"
    article.tail = None
    above = parents_of(article)
    for steps in [each for each in article.iter("nav") if "steps" in classes(each)]:
        take_out(above[steps], steps)
    for element in article.iter():
        if (match := _HEADING.fullmatch(str(element.tag))) is not None:
            element.tag = f"h{min(int(match[1]) + 1, 6)}"
    return article


def _styles(root: Element) -> Iterator[tuple[str, str]]:
    """Yield what style attributes say, which the policy of the pages forbids: each becomes a class, named by it."""
    for element in (element for element in root.iter() if "style" in element.attrib):
        if declared := element.attrib.pop("style").strip():
            name = f"styled-{sha256(declared.encode()).hexdigest()[:8]}"
            element.set("class", " ".join([*classes(element), name]))
            yield name, declared


def _blocks(main: Element, file: str) -> Iterator[Block]:
    """Yield what has a place in the content, in reading order."""
    if place := Place.parse(main.get(AT, "")):
        yield Block(file, place, _own_words(main))
    for child in main:
        yield from _blocks(child, file)


def _own_words(element: Element) -> str:
    """Give the words of an element that no block within it has."""
    inner = "".join(_own_words(child) + (child.tail or "") for child in element if AT not in child.attrib)
    beside = "".join(child.tail or "" for child in element if AT in child.attrib)
    return " ".join(f"{element.text or ''}{inner}{beside}".split())
