"""The survey of a document: what stands where in it, and what its PDF makes of that.

`press.writers.pdf.seen.survey` has seen each part; here they are put one after the other, and the finished PDF is asked
what a reader of it meets (`press.writers.pdf.seen.finished`). Nothing of this needs WeasyPrint, which takes most of a
second to import.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from press.errors import Place, Problem
from press.pages import Drawn, Extent, Line, Page, Pages
from press.writers.pdf.seen.asked import Asked, Kept
from press.writers.pdf.seen.finished import Finished, Piece
from press.writers.pdf.written import SAID_NUMBER, Written, first_pages

Found = tuple[tuple[tuple[int | None, ...], tuple[Drawn, ...]], ...]
"""Of each page of a part where its links lead to, and what should not be drawn."""


def survey(
    parts: Sequence[Written],
    ids: Mapping[str, int],
    numbers: Mapping[str, int],
    pdf: bytes,
    problems: Sequence[Problem],
    asked: Asked,
) -> Pages:
    """Put the pages of all parts together, and ask the PDF what it makes of them.

    `ids` are the page numbers by id, `numbers` all that are printed; `asked` knows the parts about which that was asked
    before.
    """
    pages: list[Page] = []
    taken = 0
    with Finished(pdf) as finished:
        for part, first in zip(parts, first_pages(parts), strict=True):
            ask = partial(_pages, part, first, taken, numbers, finished, asked)
            pages += asked.about(f"pages after {taken} numbers", part, first, numbers, ask)
            taken += part.count
    return Pages(tuple(pages), ids, tuple(problems))


def _pages(
    part: Written, first: int, taken: int, numbers: Mapping[str, int], finished: Finished, asked: Asked
) -> list[Page]:
    """Give the pages of a part as they stand in the document, where their links lead to, and what should not be drawn.

    So many numbers are `taken` by parts before it.
    """
    moved = [_moved(page, first - 1, taken, numbers) for page in part.surveyed]
    found = asked.about("what is drawn", part, first, numbers, partial(_found, moved, finished), _KEPT)
    return [
        replace(
            page,
            links=tuple(replace(link, lands=lands) for link, lands in zip(page.links, landed, strict=True)),
            drawn=drawn,
        )
        for page, (landed, drawn) in zip(moved, found, strict=True)
    ]


def _found(pages: Sequence[Page], finished: Finished) -> Found:
    return tuple(
        (
            tuple(finished.lands(page.number, link.area) if link.area else None for link in page.links),
            _drawn(page, finished),
        )
        for page in pages
    )


def _written_down(found: Found) -> bytes | None:
    """Write down where links lead to; None if there is something that should not be drawn."""
    return None if any(drawn for _, drawn in found) else json.dumps([landed for landed, _ in found]).encode("ascii")


def _read(data: bytes) -> Found:
    return tuple((tuple(landed), ()) for landed in json.loads(data))


_KEPT = Kept(_written_down, _read)


def _moved(page: Page, first: int, taken: int, numbers: Mapping[str, int]) -> Page:
    """Give a page as it stands in the document: so many pages come before its part, so many numbers are taken."""
    number = page.number + first

    def filled(text: str) -> str:
        return SAID_NUMBER.sub(lambda match: str(numbers.get(match[1], "?") if match[1] else number), text)

    return replace(
        page,
        number=number,
        lines=tuple(
            replace(
                each,
                page=number,
                text=filled(each.text),
                paragraph=each.paragraph + taken,
                column=each.column + taken,
            )
            for each in page.lines
        ),
        boxes=tuple(
            replace(each, page=number, element=each.element + taken, column=each.column + taken) for each in page.boxes
        ),
        tints=tuple(replace(each, page=number, text=filled(each.text)) for each in page.tints),
        links=tuple(replace(each, page=number, text=filled(each.text)) for each in page.links),
        numbers=tuple(
            replace(each, page=number, printed=str(numbers.get(each.target, each.printed))) for each in page.numbers
        ),
    )


def _drawn(page: Page, finished: Finished) -> tuple[Drawn, ...]:
    found: list[Drawn] = []
    for piece in finished.pieces(page.number):
        line = next((line for line in page.lines if _centre_lies_in(piece, line.extent)), None)
        is_text = line is not None and piece.text.strip() and not line.is_repeated
        if not piece.is_tagged and (not piece.is_artifact or is_text):
            found.append(Drawn(page.number, piece.text.strip(), _place_of(piece, line, page), "untagged"))
        for font in piece.foreign:
            found.append(Drawn(page.number, piece.text.strip(), _place_of(piece, line, page), "foreign", font))
    return tuple(found)


def _place_of(piece: Piece, line: Line | None, page: Page) -> Place:
    """Tell what in the content drew something: the line there, or else the innermost box."""
    around = [box for box in page.boxes if _centre_lies_in(piece, box.extent)]
    return line.place if line else around[-1].place if around else Place(f"templates (the part {page.part!r})")


def _centre_lies_in(piece: Piece, extent: Extent) -> bool:
    across, down = (piece.extent.left + piece.extent.right) / 2, (piece.extent.top + piece.extent.bottom) / 2
    # Letters may stand lower than the base line, and a dash lies above it.
    return extent.left <= across <= extent.right and extent.top - 1 <= down <= extent.bottom + 1
