"""Make-up: where what moves comes to stand among the paragraphs of a part, so that its pages fill.

In come heights, out comes how many atoms stand before each thing that moves. Pages are filled as layout fills them:
with bricks, which no page divides, one below another; what moves is put between. Dynamic programming over what a page
may begin with (a brick, and how many things stand before it) finds the cheapest way, in this order:

1. the number of pages;
2. free space at the foot of each page but the last, squared;
3. how many pages a thing stands from what it belongs to, where pages that face each other are one to the eye; before
   it, it stands at most on the same page;
4. a page of which more than four tenths are tinted, its margins counted in;
5. things that stand under one another, paragraphs parted from what goes on, lists divided.

Lengths are points. The choice depends on nothing but what comes in: of two that cost the same, that which keeps more of
the content's order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Literal

A_PAGE = 1e6
FREE = 1000.0
"""For a whole page of free space, squared."""
LAST, LEAST_OF_LAST = 30.0, 1 / 3
"""For a last page with nothing on it, squared; one that is filled by this share costs nothing."""
NEXT_PAGE, FARTHER = 25.0, 200.0
"""For a thing on the page after what it belongs to, and for each page farther."""
FACING = 8.0
"""For a thing on the next page, if that faces the one with what it belongs to."""
LEFT_OVER = 90.0
"""For a last page on which nothing stands but what moves, where it is less than half full."""
BEFORE = 12.0
"""For a thing above what it belongs to, on one page with it."""
TINTED, MOST_TINT = 150.0, 0.4
"""For each tenth of a page above this share of it, which the rule `page-tint` tells of."""
STACKED = 15.0
ASTRAY, LOWER = 15.0, 1.5
"""For a thing in another section than what it belongs to, and for each atom between the two."""
PARTING = 1.0
"""For a thing between two paragraphs of one section, and not at its end."""
DIVIDED = {"list": 8.0, "table": 40.0}
"""For a page that ends in one."""
WORTH = 10.0
"""How much cheaper than the content's order another must be: what gains less is not worth a layout of its own."""
NEGLIGIBLE = 0.1
SIDES = (0, 1)
"""Which page a part may begin on: a left one, whose number is even, or a right one."""
MOST_STEPS = 100_000
"""How many bricks are tried, one after another; where that is too few, the content's order stands."""


@dataclass(frozen=True)
class Flow:
    """A stretch of text: space within it is not that around it."""

    before: float = 0
    step: float = 0


@dataclass(frozen=True)
class Brick:
    """What no page divides: some lines, or something that stands as a whole."""

    height: float
    before: float = 0
    """The space above it, but for what is swallowed at the head of a page."""
    after: float = 0
    step: float = 0
    """The lines of the page on which it begins, if it does."""
    flow: Flow | None = None
    """The stretch of text that it stands in."""
    begins: bool = False
    """Whether that stretch begins with it."""
    notes: float = 0
    """How deep its footnotes are."""
    breaks: bool = True
    """Whether a page may end above it."""
    divides: Literal["", "list", "table"] = ""
    """What a page divides that ends above it, if not a paragraph."""
    spare: float = 0
    """What is to be free below it on the page where it ends."""
    alone: bool = False
    """Whether a page is to begin with it."""
    tint: float = 0
    """The share of the page that its ground takes."""
    again: float = 0
    """How high what stands above it once more is, where a page begins with it: the head of a table."""
    atom: int = 0
    """What it is of; of what moves, its own number."""


@dataclass(frozen=True)
class Sheet:
    """The room of a page."""

    height: float
    above_notes: float = 0
    """What lies between text and footnotes."""


@dataclass(frozen=True)
class Measured:
    """All that the choice depends on."""

    sheet: Sheet
    bricks: tuple[Brick, ...]
    moving: tuple[Brick, ...]
    stands: tuple[int, ...]
    belongs: tuple[int, ...]
    earliest: tuple[int, ...]
    latest: tuple[int, ...]
    opens: tuple[bool, ...]
    """Whether what moves may stand after so many atoms, and not only what is written there."""
    sections: tuple[int, ...]
    """The section that each atom stands in."""
    rows: tuple[int, ...]
    """To which row each thing belongs: what is of one row keeps its order."""

    def parts(self, atom: int) -> bool:
        """Tell whether what stands after so many atoms parts a section."""
        return 0 < atom < len(self.sections) and self.sections[atom - 1] == self.sections[atom]

    @cached_property
    def first_brick(self) -> tuple[int, ...]:
        """The brick with which each atom begins, and how many there are."""
        firsts = {brick.atom: index for index, brick in reversed(list(enumerate(self.bricks)))}
        count = self.bricks[-1].atom + 1 if self.bricks else 0
        found = [len(self.bricks)]
        for atom in range(max(count, len(self.opens) - 1) - 1, -1, -1):
            found.append(firsts.get(atom, found[-1]))
        return tuple(reversed(found))


@dataclass(frozen=True)
class _Page:
    """A page that is being filled."""

    down: float = 0
    after: float = 0
    notes: float = 0
    tint: float = 0

    def with_brick(self, brick: Brick, sheet: Sheet) -> _Page | None:
        """Put a brick on it; None if it does not fit. An empty page takes anything."""
        if self.down and brick.alone:
            return None
        # At the head of a page the space above a stretch of text is swallowed, but not that within it.
        top = self._top_of(brick, brick.begins) if self.down else brick.before if brick.flow else 0.0
        notes = self.notes + brick.notes + (sheet.above_notes if brick.notes and not self.notes else 0)
        down = top + brick.height + (0 if self.down else brick.again)
        # The space below what stands in a stretch of text is part of that.
        spare = brick.spare + (max(0.0, brick.after) if brick.flow else 0)
        if self.down and down + spare + notes > sheet.height + NEGLIGIBLE:
            return None
        return _Page(down, brick.after, notes, self.tint + brick.tint)

    def _top_of(self, brick: Brick, begins: bool) -> float:
        """Tell where a brick comes to stand below what there is."""
        if brick.flow is None or not begins:
            return _snapped(self.down + _collapsed(self.after, brick.before), brick.step)
        top = _snapped(self.down + _collapsed(self.after, brick.flow.before), brick.flow.step)
        return _snapped(top + brick.before, brick.step)

    def cost(self, sheet: Sheet, is_last: bool) -> float:
        free = max(0.0, 1 - (self.down + self.notes) / sheet.height)
        return _cost_of_free(free, is_last) + _cost_of_tint(self.tint)


def _snapped(down: float, step: float) -> float:
    return ceil((down - NEGLIGIBLE) / step) * step if step else down


def _collapsed(*margins: float) -> float:
    return max(0.0, *margins) + min(0.0, *margins)


Placed = tuple[tuple[int, int], ...]
"""Things that move, and after how many atoms each stands, in the order of the pages."""


@dataclass(frozen=True, order=True)
class _Start:
    """What a page begins with: this brick, or something that moves, which then stands before it."""

    brick: int
    moved: tuple[int, ...]
    """How many things of each row stand before it."""
    moving: int = -1
    """What moves and begins the page; -1 if nothing does."""


@dataclass(frozen=True)
class _Way:
    """A page filled: what the next begins with, where things came to stand, and what that costs."""

    then: _Start
    placed: Placed
    cost: float
    late: int
    """How many things belong to the page, and come on the next or later."""


_Best = tuple[float, Placed]
"""What the cheapest way to fill pages costs, and where things stand in it."""


def choose(measured: Measured) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Say how many atoms are to stand before each thing that moves, for a part that begins on either of SIDES."""
    left, right = _Search(measured).best() or (None, None)
    return _order(measured, left), _order(measured, right)


def _order(measured: Measured, found: _Best | None) -> tuple[int, ...]:
    return tuple(atom for _, atom in sorted(found[1])) if found is not None else measured.stands


def is_worth_it(measured: Measured, chosen: tuple[int, ...], side: int) -> bool:
    """Tell whether an order is so much better than the content's that a part is to be laid out once more for it."""
    as_written, moved = (
        _Search(replace(measured, earliest=order, latest=order)).best() for order in (measured.stands, chosen)
    )
    return as_written is None or moved is None or as_written[side][0] - moved[side][0] > WORTH


def cost_of_pages(
    free: Sequence[float], tints: Sequence[float], away: Sequence[tuple[int, bool]], ends_in_text: bool
) -> float:
    """Tell what finished pages cost.

    By the shares of each that are free, and tinted, how many pages things are from where they belong and whether that
    is on a left page, and whether text stands on the last.
    """
    return (
        A_PAGE * len(free)
        + sum(map(_cost_of_tint, tints))
        + (LEFT_OVER if not ends_in_text and free[-1] > 1 / 2 else 0)
        + sum(_cost_of_free(share, number == len(free)) for number, share in enumerate(free, start=1))
        + sum(BEFORE if pages < 0 else _cost_of_distance(pages, is_left) for pages, is_left in away)
    )


def _cost_of_distance(pages: int, is_left: bool) -> float:
    """Tell what it costs that a thing comes so many pages after what it belongs to."""
    return (_cost_of_turn(is_left) if pages else 0.0) + FARTHER * max(0, pages - 1)


def _cost_of_turn(is_left: bool) -> float:
    return FACING if is_left else NEXT_PAGE


def _cost_of_free(share: float, is_last: bool) -> float:
    if is_last:
        return LAST * max(0.0, 1 - (1 - share) / LEAST_OF_LAST) ** 2
    return FREE * share**2


def _cost_of_tint(share: float) -> float:
    return TINTED * 10 * max(0.0, share - MOST_TINT)


class _Search:
    def __init__(self, measured: Measured) -> None:
        self.m = measured
        self.rows = tuple(
            tuple(index for index, row in enumerate(measured.rows) if row == own) for own in sorted(set(measured.rows))
        )
        self.end = _Start(len(measured.bricks), tuple(map(len, self.rows)))
        self.at = {first: atom for atom, first in reversed(list(enumerate(measured.first_brick)))}
        """How many atoms stand before a brick with which one begins."""
        self.steps = 0

    def best(self) -> tuple[_Best, _Best] | None:
        """Give the best order and what it costs, for either of SIDES; None if there is none, or it would take too long.

        On which side a page lies changes no more than what it costs that something stands on the next.
        """
        # Distances are counted page by page, so that of a page no more need be known than what it begins with.
        nothing: _Best = (0.0, ())
        reached = {_Start(0, (0,) * len(self.rows)): (nothing, nothing)}
        page = 0
        while reached and self.end not in reached:
            turns = [_cost_of_turn(is_left=(side + page) % 2 == 0) for side in SIDES]
            following: dict[_Start, tuple[_Best, _Best]] = {}
            for start in sorted(reached):
                for way in self._ways(start):
                    if self.steps > MOST_STEPS:
                        return None
                    left, right = (self._going_on(*pair, way) for pair in zip(reached[start], turns, strict=True))
                    known = following.get(way.then)
                    if known is not None:
                        left, right = min(known[0], left, key=self._rank), min(known[1], right, key=self._rank)
                    following[way.then] = left, right
            reached = following
            page += 1
        return reached.get(self.end)

    @staticmethod
    def _going_on(best: _Best, turn: float, way: _Way) -> _Best:
        cost, placed = best
        return round(cost + way.cost + turn * way.late, 6), placed + way.placed

    def _rank(self, found: _Best) -> tuple[float, int, Placed]:
        cost, placed = found
        return cost, sum(atom != self.m.stands[index] for index, atom in placed), placed

    def _ways(self, start: _Start) -> Iterator[_Way]:
        """Fill a page in every way."""
        if start.moving >= 0:
            page = _Page().with_brick(self.m.moving[start.moving], self.m.sheet)
            assert page is not None  # an empty page takes anything  # noqa: S101
            placed = ((start.moving, self.at[start.brick]),)
            yield from self._fill(start, page, start.brick, self._with(start.moved, start.moving), placed, 0.0)
        else:
            yield from self._fill(start, _Page(), start.brick, start.moved, (), 0.0)

    def _fill(
        self, start: _Start, page: _Page, brick: int, moved: tuple[int, ...], placed: Placed, cost: float
    ) -> Iterator[_Way]:
        """Go on with a page."""
        m = self.m
        last, above = (m.first_brick[placed[-1][1]], placed[-1][0]) if placed else (-1, -1)
        while self.steps <= MOST_STEPS:
            self.steps += 1
            atom = self.at.get(brick)
            following = () if atom is None else self._next(moved)
            for index in following:
                # Of what stands at one place, the content's order.
                if atom is None or not self._may_stand(index, atom) or (last == brick and index < above):
                    continue
                more, extra = page.with_brick(m.moving[index], m.sheet), cost + self._cost_of_place(atom, last == brick)
                if more is not None:
                    now = self._with(moved, index)
                    yield from self._fill(start, more, brick, now, (*placed, (index, atom)), extra)
                elif page.down:
                    yield from self._ended(start, page, _Start(brick, moved, index), placed, extra, False)
            if brick == len(m.bricks):
                if moved == self.end.moved:
                    yield from self._ended(start, page, self.end, placed, cost, True)
                return
            more = page.with_brick(self._brick(brick, last), m.sheet)
            # What moves and is to go no lower stands before what comes here, if need be at the head of the next page.
            if more is None or any(atom is not None and atom >= m.latest[index] for index in following):
                break
            page, brick = more, brick + 1
        if self.steps > MOST_STEPS:
            return
        ends, first = brick, max(start.brick, last)
        while ends > first and not m.bricks[ends].breaks:
            ends -= 1
        if ends == start.brick and not placed:
            ends = brick  # what is not to be divided is longer than a page
        yield from self._ended(start, self._to(start, ends, placed), _Start(ends, moved), placed, cost, False)

    def _next(self, moved: tuple[int, ...]) -> list[int]:
        """Give what comes next in each row of what moves."""
        return [row[count] for row, count in zip(self.rows, moved, strict=True) if count < len(row)]

    def _with(self, moved: tuple[int, ...], index: int) -> tuple[int, ...]:
        return tuple(count + (index in row) for row, count in zip(self.rows, moved, strict=True))

    def _cost_of_place(self, atom: int, is_stacked: bool) -> float:
        return (STACKED if is_stacked else 0) + (PARTING if self.m.parts(atom) else 0)

    def _may_stand(self, moved: int, atom: int) -> bool:
        m = self.m
        if not m.earliest[moved] <= atom <= m.latest[moved]:
            return False
        return m.opens[atom] or atom == m.stands[moved] or atom == m.bricks[-1].atom + 1

    def _brick(self, brick: int, last: int) -> Brick:
        """Give a brick; below what was put in before it, `last`, a stretch of text begins anew."""
        found = self.m.bricks[brick]
        return replace(found, begins=True) if brick == last else found

    def _to(self, start: _Start, ends: int, placed: Placed) -> _Page:
        """Fill a page again, up to a brick."""
        page, left = _Page(), list(placed)
        where = {self.m.first_brick[atom] for _, atom in placed}
        for brick in range(start.brick, ends + 1):
            while left and self.m.first_brick[left[0][1]] == brick:
                page = page.with_brick(self.m.moving[left.pop(0)[0]], self.m.sheet) or page
            if brick < ends:
                page = page.with_brick(self._brick(brick, brick if brick in where else -1), self.m.sheet) or page
        return page

    def _ended(
        self, start: _Start, page: _Page, then: _Start, placed: Placed, cost: float, is_last: bool
    ) -> Iterator[_Way]:
        m = self.m
        cost += A_PAGE + page.cost(m.sheet, is_last)
        if is_last and start.brick == then.brick and page.down < m.sheet.height / 2:
            cost += LEFT_OVER
        if then.brick < len(m.bricks) and then.moving < 0:
            cost += DIVIDED.get(m.bricks[then.brick].divides, 0)
        for index, atom in placed:
            if m.first_brick[m.belongs[index]] >= then.brick:
                return  # what it belongs to comes on a later page
            cost += LOWER * abs(atom - 1 - m.belongs[index]) + (BEFORE if atom <= m.belongs[index] else 0)
            cost += ASTRAY if m.sections[atom - 1] != m.sections[m.belongs[index]] else 0
        late = 0
        for row, count in zip(self.rows, then.moved, strict=True):
            for index in row[count:]:
                home = m.first_brick[m.belongs[index] + 1]
                if start.brick < home <= then.brick:
                    late += 1  # what belongs here comes a page later
                elif home <= start.brick:
                    cost += FARTHER  # or still later
        yield _Way(then, placed, cost, late)
