"""Page numbers settled: which parts are laid out again, and when it never ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from press.document import Document, Part
from press.errors import TypesetError
from press.writers.pdf.link import pages_by_id
from press.writers.pdf.settle import CHARACTERS_A_PAGE, MOST_ROUNDS, estimated, settle
from press.writers.pdf.written import GUESS, Identity, Written, first_pages

Pages = Callable[[Mapping[str, int]], int]
"""How many pages a part takes with the numbers that it prints."""


@dataclass
class Planned:
    """A part, what it prints the pages of, what stands on its first page, and how long it gets."""

    name: str
    prints: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    pages: Pages = lambda used: 1
    bound: bool = False
    """Whether it is another with each number that it prints."""

    @property
    def part(self) -> Part:
        return Part(self.name, self.name, "")


@dataclass
class Maker:
    """Makes parts as planned, and remembers what was asked of it."""

    plan: dict[str, Planned]
    asked: list[tuple[str, int]] = field(default_factory=list)

    def make(self, part: Part, first_page: int, pages: Mapping[str, int]) -> Written:
        self.asked.append((part.id, first_page))
        planned = self.plan[part.id]
        used = {target: pages.get(target, GUESS) for target in planned.prints}
        return made(planned, first_page, used)


def made(planned: Planned, first_page: int = 1, used: Mapping[str, int] | None = None) -> Written:
    """Give a part in print of which nothing counts but its pages."""
    return Written(
        part=planned.name,
        title=planned.name,
        first_page=first_page,
        used=used or {},
        sided=False,
        bound=planned.bound,
        page_objects=(0,) * planned.pages(used or {}),
        objects=(),
        streams=(),
        texts=(),
        elements=(),
        parents=0,
        notes=(),
        anchors=tuple((name, 0, 0.0, 0.0) for name in planned.holds),
        targets=(),
        bookmarks=(),
        fonts=(),
        fields=(),
        form=b"",
        identity=Identity(b"", b"", "nb", b"", ""),
        places={},
        letters=(),
        surveyed=(),
        count=0,
    )


def settled(*plan: Planned) -> tuple[list[Written], list[tuple[str, int]]]:
    document = Document(tuple(planned.part for planned in plan), "", {}, (), "nb")
    maker = Maker({planned.name: planned for planned in plan})
    return settle(document, maker.make), maker.asked


def long(pages: int) -> Pages:
    return lambda used: pages


def test_parts_follow_one_another() -> None:
    parts, asked = settled(Planned("a", pages=long(2)), Planned("b", pages=long(3)), Planned("c"))
    assert first_pages(parts) == [1, 3, 6]
    assert asked == [("a", 1), ("b", 3), ("c", 6)]


def test_number_of_as_many_digits_needs_no_second_making() -> None:
    plan = (Planned("a", prints=("x",), pages=long(11)), Planned("b", pages=long(2)), Planned("c", holds=("x",)))
    parts, asked = settled(*plan)
    assert asked == [("a", 1), ("b", 12), ("c", 14)]
    assert pages_by_id(parts) == {"x": 14}


def test_part_is_made_again_for_a_number_of_more_digits_or_fewer() -> None:
    parts, asked = settled(Planned("a", prints=("x",)), Planned("b", pages=long(2)), Planned("c", holds=("x",)))
    assert parts[0].used == {"x": 4}
    assert asked == [("a", 1), ("b", 2), ("c", 4), ("a", 1)]


def test_part_that_is_bound_to_its_numbers_is_made_again_for_any_other() -> None:
    bound = Planned("a", prints=("x",), pages=long(11), bound=True)
    parts, asked = settled(bound, Planned("b", holds=("x",)))
    assert parts[0].used == {"x": 12}
    assert asked == [("a", 1), ("b", 12), ("a", 1)]


def test_part_that_grows_with_its_numbers_moves_all_that_follow() -> None:
    # With a number of one digit, which is not the guess, the first part needs a page more.
    grows = Planned("a", prints=("x",), pages=lambda used: 1 if used["x"] >= 10 else 2)
    parts, asked = settled(grows, Planned("b"), Planned("c", holds=("x",)))
    assert first_pages(parts) == [1, 3, 4]
    assert parts[0].used == {"x": 3}
    assert pages_by_id(parts) == {"x": 4}
    assert asked == [("a", 1), ("b", 2), ("c", 3), ("a", 1)]


def test_part_may_print_its_own_page() -> None:
    parts, _ = settled(Planned("a", pages=long(6)), Planned("b", prints=("x",), holds=("x",)))
    assert pages_by_id(parts) == {"x": 7}
    assert parts[1].used == {"x": 7}


def test_estimate_follows_the_text_that_comes_before() -> None:
    page = "<p>" + "Ord " * (CHARACTERS_A_PAGE // 4) + "</p>"
    parts = [
        Part("a", "A", f'<body id="part-a">{page * 2}<h2 id="x">X</h2></body>'),
        Part("b", "B", '<body id="part-b"><h2 class="y" id="y">Y</h2></body>'),
    ]
    assert estimated(parts) == {"a": 1, "part-a": 1, "x": 3, "b": 4, "part-b": 4, "y": 4}


def test_parts_that_chase_each_others_numbers_are_a_problem() -> None:
    chases = Planned("a", prints=("x",), pages=lambda used: 1 if used["x"] == 3 else 2, bound=True)
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
