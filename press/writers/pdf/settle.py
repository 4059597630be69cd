"""Page numbers settled: parts in order, made again only where a number they print has got more digits or fewer.

On the first round a part knows the pages of everything before it; of what comes later it has an estimate, by how much
text comes before. A number of as many digits is put in when the parts are linked; only a part whose numbers need more
room, or less, is another. The estimate never depends on an earlier build, so that the same document always settles in
the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from press.document import Document, Part
from press.errors import Place, Problem, TypesetError
from press.writers.pdf.written import Written

MOST_ROUNDS = 8
CHARACTERS_A_PAGE = 2700
"""How much text a page takes, about."""
MOST_KNOWN = 500
"""How many parts are remembered by a living process."""
_ID = re.compile(r"<[^>]*? id=\"([^\"]+)\"[^>]*>|<[^>]*>|[^<]+")

Make = Callable[[Part, int, Mapping[str, int]], Written]
"""Makes a part at a first page, with the page numbers that are known by id."""


def settle(document: Document, make: Make) -> list[Written]:
    """Make all parts until every number in them is right.

    Raises TypesetError when a printed number belongs to nothing, or when the parts chase each other's numbers.
    """
    made: list[Written | None] = [None] * len(document.parts)
    pages = {**estimated(document.parts), **document.numbers}
    holders: dict[str, int] = {}
    for _ in range(MOST_ROUNDS):
        moved = False
        first_page = 1
        for index, part in enumerate(document.parts):
            current = made[index]
            if current is None or not current.fits(first_page, pages):
                current = make(part, first_page, pages)
                made[index] = current
                moved = True
            # Of two that have an id, the first counts, as it does for links.
            here = {
                name: first_page + page
                for name, page, _, _ in current.anchors
                if holders.setdefault(name, index) == index
            }
            moved = moved or any(pages.get(name) != page for name, page in here.items())
            pages.update(here)
            first_page += current.page_count
        if not moved:
            break
    else:
        what = f"page numbers did not settle in {MOST_ROUNDS} rounds"
        raise TypesetError(
            [Problem(Place("templates"), "settle", what, "give page numbers a fixed width in the style sheet")]
        )
    finished = [part for part in made if part is not None]
    _require_targets(finished, document.numbers.keys())
    return finished


def estimated(parts: Sequence[Part]) -> dict[str, int]:
    """Estimate the page of everything that has an id; a part's own id has its first page."""
    pages: dict[str, int] = {}
    first = 1
    for part in parts:
        found, count = _pages_in(part.html)
        pages.setdefault(part.id, first)
        for name, page in found:
            pages.setdefault(name, first + page)
        first += count
    return pages


@lru_cache(maxsize=MOST_KNOWN)
def _pages_in(html: str) -> tuple[tuple[tuple[str, int], ...], int]:
    """Estimate the page, from 0, of everything in a part that has an id, and how many pages there are."""
    characters = 0
    found: list[tuple[str, int]] = []
    for piece in _ID.finditer(html[max(0, html.find("<body")) :]):
        if piece[1]:
            found.append((piece[1], characters // CHARACTERS_A_PAGE))
        elif not piece[0].startswith("<"):
            characters += len(piece[0])
    return tuple(found), 1 + characters // CHARACTERS_A_PAGE


def _require_targets(parts: list[Written], others: Iterable[str]) -> None:
    known = {name for part in parts for name, *_ in part.anchors}.union(others)
    missing = [
        Problem(
            Place("templates"),
            "settle",
            f"the part {part.part!r} prints the page of {target!r}, which is not in print",
            "refer to something that is",
        )
        for part in parts
        for target in part.used
        if target not in known
    ]
    if missing:
        raise TypesetError(missing)
