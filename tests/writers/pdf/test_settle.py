"""Page numbers settled: which parts are laid out again, and when it never ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from press.document import Document, Part
from press.errors import TypesetError
from press.writers.pdf.layout import LaidOut
from press.writers.pdf.settle import GUESS, MOST_ROUNDS, settle

Pages = Callable[[Mapping[str, int]], int]
"""How many pages a part takes with the numbers that it prints."""


@dataclass
class Planned:
    """A part, what it prints the pages of, what stands on its first page, and how long it gets."""

    name: str
    prints: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    pages: Pages = lambda used: 1

    @property
    def part(self) -> Part:
        return Part(self.name, self.name, "")


@dataclass
class Layouter:
    """Lays out as planned, and remembers what was asked of it."""

    plan: dict[str, Planned]
    asked: list[tuple[str, int]] = field(default_factory=list)

    def lay_out(self, part: Part, first_page: int, pages: Mapping[str, int], guess: int) -> LaidOut:
        self.asked.append((part.id, first_page))
        planned = self.plan[part.id]
        used = {target: pages.get(target, guess) for target in planned.prints}
        rendered = SimpleNamespace(pages=[None] * planned.pages(used))
        return LaidOut(part, first_page, rendered, dict.fromkeys(planned.holds, first_page), used)


def settled(*plan: Planned) -> tuple[list[LaidOut], list[tuple[str, int]]]:
    document = Document(tuple(planned.part for planned in plan), "", {}, (), "nb")
    layouter = Layouter({planned.name: planned for planned in plan})
    return settle(document, layouter), layouter.asked  # type: ignore[arg-type]


def long(pages: int) -> Pages:
    return lambda used: pages


def test_parts_follow_one_another() -> None:
    parts, asked = settled(Planned("a", pages=long(2)), Planned("b", pages=long(3)), Planned("c"))
    assert [(part.first_page, part.last_page) for part in parts] == [(1, 2), (3, 5), (6, 6)]
    assert asked == [("a", 1), ("b", 3), ("c", 6)]


def test_part_that_prints_only_pages_before_it_is_laid_out_once() -> None:
    parts, asked = settled(Planned("a", holds=("x",), pages=long(4)), Planned("b", prints=("x",)))
    assert parts[1].used == {"x": 1}
    assert asked == [("a", 1), ("b", 5)]


def test_part_that_prints_a_later_page_is_laid_out_again_with_the_right_number() -> None:
    parts, asked = settled(Planned("a", prints=("x",)), Planned("b", pages=long(2)), Planned("c", holds=("x",)))
    assert parts[0].used == {"x": 4}
    assert asked == [("a", 1), ("b", 2), ("c", 4), ("a", 1)]


def test_guess_that_was_right_needs_no_second_round() -> None:
    parts, asked = settled(Planned("a", prints=("x",), pages=long(GUESS - 1)), Planned("b", holds=("x",)))
    assert parts[0].used == {"x": GUESS}
    assert asked == [("a", 1), ("b", GUESS)]


def test_part_that_grows_with_its_numbers_moves_all_that_follow() -> None:
    # With the right number, which is not the guess, the first part needs a page more.
    grows = Planned("a", prints=("x",), pages=lambda used: 1 if used["x"] == GUESS else 2)
    parts, asked = settled(grows, Planned("b"), Planned("c", holds=("x",)))
    assert [(part.part.id, part.first_page) for part in parts] == [("a", 1), ("b", 3), ("c", 4)]
    assert parts[0].used == {"x": 4}
    assert asked == [("a", 1), ("b", 2), ("c", 3), ("a", 1), ("b", 3), ("c", 4), ("a", 1)]


def test_part_may_print_its_own_page() -> None:
    parts, _ = settled(Planned("a", pages=long(6)), Planned("b", prints=("x",), holds=("x",)))
    assert parts[1].used == {"x": 7}


def test_parts_that_chase_each_others_numbers_are_a_problem() -> None:
    chases = Planned("a", prints=("x",), pages=lambda used: 1 if used["x"] == 3 else 2)
    with pytest.raises(TypesetError) as caught:
        settled(chases, Planned("b", holds=("x",)))
    (problem,) = caught.value.problems
    assert problem.rule == "settle"
    assert problem.what == f"page numbers did not settle in {MOST_ROUNDS} rounds"
    assert problem.mend


def test_page_of_what_is_not_in_print_is_a_problem_that_names_both() -> None:
    with pytest.raises(TypesetError) as caught:
        settled(Planned("a", prints=("borte", "x")), Planned("b", holds=("x",), prints=("borte",)))
    assert [problem.what for problem in caught.value.problems] == [
        "the part 'a' prints the page of 'borte', which is not in print",
        "the part 'b' prints the page of 'borte', which is not in print",
    ]
    assert {problem.rule for problem in caught.value.problems} == {"settle"}
