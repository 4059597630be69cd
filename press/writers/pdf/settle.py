"""Page numbers settled: parts in order, laid out again only where a number they print has moved.

On the first round a part knows the pages of everything before it; numbers of what comes later are guesses of two
digits, which is what most of them have. A part is laid out again only when its first page or a number that it prints
is another than the one it was laid out with. The guess never depends on an earlier build, so that the same document
always settles in the same way.
"""

from __future__ import annotations

from press.document import Document
from press.errors import Place, Problem, TypesetError
from press.writers.pdf.layout import LaidOut, Layouter

MOST_ROUNDS = 8
GUESS = 30


def settle(document: Document, layouter: Layouter) -> list[LaidOut]:
    """Lay out all parts until every number in them is right.

    Raises TypesetError when a printed number belongs to nothing, or when the parts chase each other's numbers.
    """
    laid_out: list[LaidOut | None] = [None] * len(document.parts)
    pages: dict[str, int] = {}
    for _ in range(MOST_ROUNDS):
        moved = False
        first_page = 1
        for index, part in enumerate(document.parts):
            current = laid_out[index]
            if current is None or not _holds(current, first_page, pages):
                current = layouter.lay_out(part, first_page, pages, GUESS)
                laid_out[index] = current
                pages.update(current.anchors)
                moved = True
            first_page = current.last_page + 1
        if not moved:
            break
    else:
        what = f"page numbers did not settle in {MOST_ROUNDS} rounds"
        raise TypesetError(
            [Problem(Place("templates"), "settle", what, "give page numbers a fixed width in the style sheet")]
        )
    finished = [part for part in laid_out if part is not None]
    _require_targets(finished)
    return finished


def _holds(part: LaidOut, first_page: int, pages: dict[str, int]) -> bool:
    return part.first_page == first_page and all(
        pages.get(target, GUESS) == number for target, number in part.used.items()
    )


def _require_targets(parts: list[LaidOut]) -> None:
    known = {name for part in parts for name in part.anchors}
    missing = [
        Problem(
            Place("templates"),
            "settle",
            f"the part {part.part.id!r} prints the page of {target!r}, which is not in print",
            "refer to something that is",
        )
        for part in parts
        for target in part.used
        if target not in known
    ]
    if missing:
        raise TypesetError(missing)
