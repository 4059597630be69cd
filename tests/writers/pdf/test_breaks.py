"""The breaks of a paragraph: of all ways to set it, the one that asks least of a reader."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import inf

import pytest

from press.writers.pdf import breaks
from press.writers.pdf.breaks import Measure, Point, best_breaks

SPACE = 1.0


def words(*lengths: float) -> list[Point]:
    """Make the points after words of these lengths, with a space between."""
    points, along = [], 0.0
    for length in lengths:
        along += length
        points.append(Point(along, along + SPACE))
        along += SPACE
    return points


def hyphen(at: float, cost: float = 1.0) -> Point:
    return Point(at + 1, at, cost, is_hyphen=True, divides=True)


def cost_of(points: Sequence[Point], chosen: Sequence[int], measure: Measure, loosest: float) -> float:
    """Add up what a way of setting costs, written down apart from the search; `inf` where it is not allowed."""
    cost, hyphens = 0.0, 0
    for line, (begun, ends) in enumerate(pairwise([-1, *chosen]), start=1):
        shift = -points[begun].start if begun >= 0 else measure.indent
        point = points[ends]
        free = measure.width - point.end - shift
        whole = max((p.end for p in points[begun + 1 : ends] if not p.divides), default=None)
        zone = point.divides and whole is not None and measure.width - whole - shift <= measure.zone
        is_last = ends == len(points) - 1
        if free < 0 or zone or (free / measure.width > loosest and not is_last):
            return inf
        hyphens = hyphens + 1 if point.is_hyphen else 0
        if hyphens > breaks.MOST_HYPHENS:
            return inf
        cost += breaks.LINE
        cost += breaks.SECOND_HYPHEN if hyphens == 2 else 0
        cost += breaks.TURN_HYPHEN if hyphens and line == measure.turn else 0
        if is_last:
            cost += breaks.STUB if begun >= 0 and points[begun].is_stub else 0
            cost += breaks.LAST_HYPHEN if begun >= 0 and points[begun].divides else 0
        else:
            cost += point.cost + breaks.GAP * (free / measure.width) ** 2
    return cost


def all_ways(points: Sequence[Point]) -> list[tuple[int, ...]]:
    last = len(points) - 1
    return [(*some, last) for count in range(last + 1) for some in combinations(range(last), count)]


def some_paragraph(seed: int) -> tuple[list[Point], Measure]:
    chance = random.Random(seed)
    points, along = [], 0.0
    for _ in range(6):
        length = chance.randint(2, 9)
        if length > 5:
            points.append(hyphen(along + 3, chance.choice([0.5, 2.0])))
        along += length
        points.append(Point(along, along + SPACE, is_stub=chance.random() < 0.2))
        along += SPACE
    measure = Measure(
        chance.randint(11, 16), chance.choice([0.0, 2.0, -1.0]), chance.choice([0.0, 2.0]), chance.randint(0, 3)
    )
    return points, measure


@pytest.mark.parametrize("number", range(100))
def test_no_way_of_setting_a_paragraph_costs_less(number: int) -> None:
    points, measure = some_paragraph(number)
    for loosest in (breaks.LOOSEST, breaks.LOOSER):
        costs = {way: cost_of(points, way, measure, loosest) for way in all_ways(points)}
        possible = {way: cost for way, cost in costs.items() if cost < inf}
        if possible:
            fewest = min(map(len, possible))
            few = {way: cost for way, cost in possible.items() if len(way) <= fewest + breaks.MORE_LINES}
            best = min(few, key=lambda way: few[way])
            if loosest == breaks.LOOSER or len(best) == 1 or not points[best[-2]].is_stub:
                assert costs[tuple(best_breaks(points, measure) or ())] == pytest.approx(few[best])
                return


def test_lines_are_filled_evenly_rather_than_one_after_the_other() -> None:
    # One after the other gives «aaa aaa aaa», which leaves a long word to a line by itself.
    assert best_breaks(words(3, 3, 3, 10, 9, 9), Measure(11.5)) == [2, 3, 4, 5]
    assert best_breaks(words(4, 4, 3, 5, 8, 4, 12), Measure(14.0)) == [1, 3, 5, 6]


def test_one_line_is_left_whole() -> None:
    assert best_breaks(words(3, 3), Measure(7.0)) == [1]


def test_first_line_has_room_less_its_indent() -> None:
    points = words(4, 4, 4, 4)
    assert best_breaks(points, Measure(9.0)) == [1, 3]
    assert best_breaks(points, Measure(9.0, indent=1.0)) == [0, 2, 3]
    assert best_breaks(points, Measure(9.0, indent=-5.0)) == [2, 3]


def test_three_lines_in_a_row_end_in_a_hyphen_only_where_nothing_else_can_be_done() -> None:
    syllables = [hyphen(9), hyphen(18), hyphen(27)]
    assert best_breaks([*syllables, Point(36, 37)], Measure(10.0)) == [0, 1, 2, 3]
    with_another_way = [*syllables, Point(26, 27), Point(36, 37)]
    with_another_way.sort(key=lambda point: point.start)
    chosen = best_breaks(with_another_way, Measure(10.0)) or []
    assert [with_another_way[number].is_hyphen for number in chosen] == [True, True, False, False]


def test_word_is_divided_only_where_the_line_has_more_free_than_the_zone() -> None:
    points = [Point(13, 14), hyphen(18, 0.0), Point(24, 25), Point(36, 37)]
    assert best_breaks(points, Measure(20.0, zone=6.9)) == [1, 3]
    assert best_breaks(points, Measure(20.0, zone=7.0)) == [0, 2, 3]


def test_hyphen_does_not_end_a_page_where_another_line_can() -> None:
    points = [Point(8, 9), hyphen(9, 0.5), Point(17, 18), Point(26, 27)]
    measure = Measure(10.0)
    assert best_breaks(points, measure) == [1, 2, 3]
    assert best_breaks(points, Measure(10.0, turn=1)) == [0, 2, 3]
    assert best_breaks(points, Measure(10.0, turn=2)) == [1, 2, 3]


def test_word_is_not_divided_to_begin_the_last_line_with_its_rest() -> None:
    # «… tilliten er høy, og bedriftene ser gevins-/ter foran seg»: below, the whole word has room.
    points = [Point(8.5, 9.5), hyphen(9), Point(14.5, 15.5)]
    assert best_breaks(points, Measure(10)) == [0, 2]
    assert best_breaks([*points, Point(24, 25)], Measure(10)) == [1, 2, 3], "above other lines it is divided"


def test_word_is_divided_rather_than_a_stub_left() -> None:
    stub = [Point(10, 11), Point(20, 21, is_stub=True), Point(22, 23)]
    assert best_breaks(stub, Measure(10.0)) == [0, 1, 2]
    assert best_breaks([stub[0], hyphen(17), *stub[1:]], Measure(10.0)) == [0, 1, 3]


def test_no_line_more_is_taken_for_a_ragged_edge() -> None:
    assert len(best_breaks(words(6, 2, 6, 2, 6, 2), Measure(10.0)) or []) == 3


def test_word_wider_than_the_measure_gives_no_breaks() -> None:
    assert best_breaks(words(3, 12, 3), Measure(10.0)) is None


def test_choice_does_not_hang_on_how_often_it_is_made() -> None:
    points, measure = some_paragraph(7)
    assert len({tuple(best_breaks(points, measure) or ()) for _ in range(5)}) == 1
