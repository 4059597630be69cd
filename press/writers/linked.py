"""Parts as files that lead to each other, for media that are made of HTML: read, named, their links settled.

What the parts hold is fixed. What is amiss comes as problems: an id that stands twice or nowhere, a name that the
edition has for a file of its own, a template that closes what is not open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from press.document import AT, MOVES, PARTED, Document, Part
from press.errors import Place, Problem
from press.writers.html import HREF, SVG, UnclosedError, parse
from press.writers.nearby import put_near

RULE = "linked"
MARKS = (AT, MOVES, PARTED, "data-repeats", "data-point", "data-back", "data-note", "data-notes", "data-readme")
"""What only writers read."""


@dataclass(frozen=True)
class Page:
    """A file in the making."""

    part: Part
    root: Element
    file: str
    is_chapter: bool
    """Whether links by id may lead to it: what else repeats nothing that has one."""

    @property
    def main(self) -> Element:
        return next(self.root.iter("main"))

    @property
    def ids(self) -> set[str]:
        """Everything in the file that links may lead to."""
        return {element.attrib["id"] for element in self.root.iter() if "id" in element.attrib}


def read_all(
    document: Document, file_of: Callable[[str], str], own: Collection[str], problems: list[Problem]
) -> list[Page]:
    """Read the parts of a document, of which those in `own` are no chapters; adds to `problems`."""
    pages = [page for part in document.parts if (page := read(part, file_of, own, problems))]
    problems += same_names(pages)
    return pages


def read(part: Part, file_of: Callable[[str], str], own: Collection[str], problems: list[Problem]) -> Page | None:
    """Read a part, with what moves where it belongs; nothing, and one more problem, where it is not whole."""
    try:
        page = Page(part, parse(part.html), file_of(part.id), part.id not in own)
    except UnclosedError as error:
        mend = "mend the template: close each element that it opens"
        problems.append(Problem(place_of(part), RULE, f"the HTML is not whole: {error}", mend))
        return None
    if len(list(page.root.iter("main"))) != 1:
        problems.append(Problem(place_of(part), RULE, "there is not one <main> in it", "mend the template"))
        return None
    put_near(page.root)
    return page


def same_names(pages: Sequence[Page]) -> Iterator[Problem]:
    """Yield the names that a section has, and a page that is none."""
    names = [page.part.id for page in pages]
    for name in sorted({name for name in names if names.count(name) > 1}):
        what = f"the edition has a page of its own that is called {name!r}"
        yield Problem(Place(f"content/{name}.yaml"), RULE, what, "give the section another id")


def homes(pages: Sequence[Page], problems: list[Problem]) -> Iterator[tuple[str, str]]:
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
                problems.append(Problem(place_of(page.part), RULE, what, "mend the template: an id stands once"))
            first.setdefault(name, page.file)
            yield name, page.file if name == page.part.id else f"{page.file}#{name}"


def lead(
    root: Element,
    page: Page,
    own: Collection[str],
    found: Mapping[str, str],
    problems: list[Problem],
    marks: Collection[str] = MARKS,
) -> None:
    """Let links in what a page was made into lead to where it is that they name, and take the marks out.

    `own` are the ids in the same file. Adds to `problems`.
    """
    for element in root.iter():
        _lead(element, page, own, found, problems)
        for mark in marks:
            element.attrib.pop(mark, None)


def _lead(
    element: Element, page: Page, own: Collection[str], found: Mapping[str, str], problems: list[Problem]
) -> None:
    key = HREF if element.get(HREF) else "href"
    target = element.get(key, "")
    if not target.startswith("#") or target[1:] in own or str(element.tag) == f"{SVG}use":
        return
    if target[1:] in found:
        element.set(key, found[target[1:]])
        return
    what = f"a link leads to {target!r}, which stands on no page"
    problems.append(Problem(place_of(page.part), RULE, what, "mend the template, which leaves it out"))


def place_of(part: Part) -> Place:
    """Name the templates of a part in messages."""
    return Place(f"templates (the part {part.id!r})")
