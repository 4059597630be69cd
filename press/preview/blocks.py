"""Which line of the content stands where on a page, and where a line of the content is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from press.errors import Place
from press.pages import Extent, Page, Pages
from press.writers.web.pages import Block as WebBlock

ABOVE_MM, BELOW_MM, BESIDE_MM = 1.0, 1.5, 1.0
"""How far the letters of a line, measured from the height of capitals to the base line, reach beyond that."""


@dataclass(frozen=True)
class Block:
    """A rectangle on a page, and the place in the content that what stands in it comes from."""

    page: int
    extent: Extent
    place: Place

    @property
    def area(self) -> float:
        return (self.extent.right - self.extent.left) * self.extent.height


Found = TypeVar("Found", Block, WebBlock)


def blocks_of(page: Page) -> list[Block]:
    """Give the blocks of a page that come from a line of the content, the innermost first."""
    texts: dict[tuple[Place, int], list[Extent]] = {}
    for line in page.lines:
        texts.setdefault((line.place, line.column), []).append(_around_letters(line.extent))
    found = [Block(page.number, _around(extents), place) for (place, _), extents in texts.items() if place.line]
    found += [Block(page.number, box.extent, box.place) for box in page.boxes if box.place.line]
    return sorted(found, key=lambda block: block.area)


def block_at(pages: Pages, file: str, line: int) -> Block | None:
    """Find what is printed of a line of a file: what begins in it, or else in the nearest line above."""
    return _nearest(_all(pages), file, line)


def web_block_at(blocks: Iterable[WebBlock], file: str, line: int) -> WebBlock | None:
    """Find the same on the pages of a web edition."""
    return _nearest(blocks, file, line)


def _nearest(blocks: Iterable[Found], file: str, line: int) -> Found | None:
    here = [block for block in blocks if block.place.file == file]
    if not here:
        return None
    above = [block for block in here if block.place.line <= line]
    nearest = max((block.place for block in above), default=min(block.place for block in here))
    return next(block for block in here if block.place == nearest)


def _all(pages: Pages) -> Iterator[Block]:
    for page in pages.pages:
        yield from blocks_of(page)


def _around_letters(extent: Extent) -> Extent:
    return Extent(extent.left - BESIDE_MM, extent.top - ABOVE_MM, extent.right + BESIDE_MM, extent.bottom + BELOW_MM)


def _around(extents: Iterable[Extent]) -> Extent:
    every = list(extents)
    return Extent(
        min(each.left for each in every),
        min(each.top for each in every),
        max(each.right for each in every),
        max(each.bottom for each in every),
    )
