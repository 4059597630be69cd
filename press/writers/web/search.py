"""The index that pages search in: the words of each section, table, box and figure, with where they stand.

It is a script, since a page that lies on a disk may load no other file, and it is read only when somebody searches.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from press.writers.html import classes, words_of
from press.writers.linked import Page

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CAPTION = frozenset({"caption-label", "caption-title"})
LEFT_OUT = frozenset({"steps", "note-back", "note-call", "downloads", "quote"})


def search_index(entries: Iterable[str]) -> bytes:
    """Write the index, of what chapters have for it."""
    return f"window.searchIndex=[{','.join(filter(None, entries))}];\n".encode()


def entries_of(page: Page) -> str:
    """Write for each thing on a page that has an address: its address, the page's title, its own title, its words."""
    return ",".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in _entries(page))


def _entries(page: Page) -> Iterator[list[str]]:
    """Yield address, title of the page, title and words of each thing, in reading order."""
    page_title = next((words_of(each) for each in page.main.iter("h1")), page.part.title)
    found: list[tuple[str, list[str], list[str]]] = [(page.file, [], [])]
    _gather(page.main, page, found, 0)
    for address, title, words in found:
        text = " ".join(" ".join(words).split())
        if text or title:
            yield [address, page_title, " ".join(" ".join(title).split()) or page_title, text]


def _gather(element: Element, page: Page, found: list[tuple[str, list[str], list[str]]], at: int) -> None:
    """Add the words of an element to the thing that it is part of, or to a new one if it begins one."""
    if LEFT_OUT & {*classes(element)} or element.tag == "svg":
        return
    name = element.get("id")
    if (
        name
        and name != page.part.id
        and element.tag in {"section", "figure", "div"}
        and "opening" not in classes(element)
    ):
        found.append((f"{page.file}#{name}", [], []))
        at = len(found) - 1
    _, title, words = found[at]
    if not title and element.tag in HEADINGS:
        title.append(words_of(element))
        return
    if not title and element.tag in {"figcaption", "caption"}:
        title.extend(words_of(part) for part in element.iter() if CAPTION & {*classes(part)})
    if element.text:
        words.append(element.text)
    for child in element:
        _gather(child, page, found, at)
        if child.tail:
            words.append(child.tail)
    words.append(" ")
