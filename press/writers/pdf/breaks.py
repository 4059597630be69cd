"""Where the lines of a paragraph end so that the whole of it looks best.

A line that is filled as far as it goes leaves the next ones what is left over: ladders of hyphens, a ragged edge, a
last line of one syllable. Here all ways to break a paragraph are weighed against each other, by what each asks of a
reader: free space at the ends of lines (squared, since the setting is ragged), hyphens, two hyphens under each other, a
hyphen at the foot of a page, a last line that is hardly one or begins within a word, lines that are not needed.

Nothing here knows of text or typefaces: a paragraph is the points where it may be broken and how far along they stand.

Source: D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981 (total fit, as dynamic programming over
breakpoints, numbers of lines and hyphens in a row).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

GAP = 100.0
"""What a line costs whose end is free all along the measure; it falls with the square of the free share."""
SECOND_HYPHEN = 3.0
"""What it costs more if the line above ends in a hyphen too."""
TURN_HYPHEN = 10.0
"""What it costs more if the line is the last of a page; less than a line, so that none is won or lost by it."""
LAST_HYPHEN = 2.5
"""What the last line costs more if it begins with the rest of a word."""
MOST_HYPHENS = 2
"""How many lines in a row may end in a hyphen."""
STUB = 40.0
"""What a last line costs that is hardly one."""
LINE = 16.0
"""What a line costs that is not needed."""
MORE_LINES = 1
"""How many lines more than the fewest that there may be."""
LOOSEST, LOOSER = 0.3, 0.6
"""How much of the measure may be left free in a line, and how much rather than that the last is a stub."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place where a paragraph may be broken, or ends."""

    end: float
    """How far along the line above reaches, its hyphen included."""
    start: float
    """How far along the line below begins."""
    cost: float = 0.0
    """What it costs to break here, beyond what the lines cost."""
    is_hyphen: bool = False
    """Whether the line above ends in a hyphen."""
    divides: bool = False
    """Whether a word that has no hyphen there is divided."""
    is_stub: bool = False
    """Whether what comes after it is too little for a line of its own."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The room of the lines."""

    width: float
    indent: float = 0.0
    """How far along the line the paragraph begins; less than 0 if it hangs out."""
    zone: float = 0.0
    """How much a line must have free for the next word to be divided at all."""
    turn: int = 0
    """Which line, counted from 1, will be the last of its page; 0 if none."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The cheapest way to have a line end at a point, among those of as many lines and as many hyphens in a row."""

    cost: float
    point: int
    lines: int
    hyphens: int
    before: _Line | None


def best_breaks(points: Sequence[Point], measure: Measure) -> list[int] | None:
    """Choose the points at which the lines end, by their numbers; the last point is the end of the paragraph.

    Gives None if a piece between two points is wider than the measure. The work grows with the number of points, not
    faster: a line ends near the measure, and no more than two numbers of lines are followed.
    """
    for loosest, most_hyphens in ((LOOSEST, MOST_HYPHENS), (LOOSER, MOST_HYPHENS), (inf, MOST_HYPHENS), (inf, inf)):
        line = _Search(points, measure, loosest, most_hyphens).cheapest()
        if line is not None and not (loosest == LOOSEST and _ends_in_stub(line, points)):
            return list(_numbers(line))[::-1]
    return None


def _ends_in_stub(line: _Line, points: Sequence[Point]) -> bool:
    return line.before is not None and line.before.point >= 0 and points[line.before.point].is_stub


def _numbers(line: _Line) -> Iterator[int]:
    """Yield the points at which a line ends, and the lines before it."""
    while line.before is not None:
        yield line.point
        line = line.before


class _Search:
    """The cheapest way to set a paragraph, within limits to how loose a line is and how many hyphens come in a row."""

    def __init__(self, points: Sequence[Point], measure: Measure, loosest: float, most_hyphens: float) -> None:
        self.points = points
        self.ends = [point.end for point in points]
        self.measure = measure
        self.loosest = loosest
        self.most_hyphens = most_hyphens
        self.reached: list[dict[tuple[int, int], _Line]] = [{} for _ in points]
        """By point: the cheapest line that ends there, by the number of lines and of hyphens in a row."""

    def cheapest(self) -> _Line | None:
        self._add_lines([_Line(0.0, -1, 0, 0, None)], self.measure.indent)
        for number, lines in enumerate(self.reached[:-1]):
            if lines:
                self._add_lines(_few(lines), -self.points[number].start)
        ending = _few(self.reached[-1])
        return min(ending, key=lambda line: (line.cost + LINE * line.lines, line.lines), default=None)

    def _add_lines(self, above: Sequence[_Line], shift: float) -> None:
        """Add a line to those that end at one point; `shift` is how far from it the paragraph's beginning stands."""
        begun, width, last = above[0].point, self.measure.width, len(self.points) - 1
        first = begun + 1
        if self.loosest < inf:
            first = min(last, bisect_left(self.ends, width * (1 - self.loosest) - shift, first))
        whole = self._whole_before(first, begun)
        for number in range(first, last + 1):
            point = self.points[number]
            free = width - point.end - shift
            if free < 0:
                if not point.is_hyphen:
                    break
                continue
            if not point.divides:
                whole = point.end
            elif whole is not None and width - whole - shift <= self.measure.zone:
                continue
            cost = self._cost_of_last(begun) if number == last else point.cost + GAP * (free / width) ** 2
            self._end_lines(number, cost, above)

    def _cost_of_last(self, begun: int) -> float:
        """Tell what a last line costs that begins at a point."""
        if begun < 0:
            return 0.0
        return STUB * self.points[begun].is_stub + LAST_HYPHEN * self.points[begun].divides

    def _end_lines(self, number: int, cost: float, above: Sequence[_Line]) -> None:
        """Let a line end at a point, whichever of some lines is above it."""
        here, is_hyphen = self.reached[number], self.points[number].is_hyphen
        for line in above:
            hyphens = line.hyphens + 1 if is_hyphen else 0
            if hyphens > self.most_hyphens:
                continue
            total, lines = line.cost + cost, line.lines + 1
            if hyphens:
                total += SECOND_HYPHEN * (hyphens > 1) + TURN_HYPHEN * (lines == self.measure.turn)
            known = here.get((lines, hyphens))
            if known is None or total < known.cost:
                here[lines, hyphens] = _Line(total, number, lines, hyphens, line)

    def _whole_before(self, first: int, begun: int) -> float | None:
        """Find how far a line reaches that ends in a whole word before a point, if it can."""
        return next((self.ends[n] for n in range(first - 1, begun, -1) if not self.points[n].divides), None)


def _few(lines: Mapping[tuple[int, int], _Line]) -> list[_Line]:
    """Leave out what takes more lines than are allowed."""
    fewest = min((count for count, _ in lines), default=0)
    return [line for line in lines.values() if line.lines <= fewest + MORE_LINES]
