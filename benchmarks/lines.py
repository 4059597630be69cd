"""What breaking lines for the sake of whole paragraphs changes in the report, and what time it takes.

    .venv/bin/python benchmarks/lines.py [PROJECT] [--rounds 3]

The report is typeset with WeasyPrint's own lines and with ours (`press.writers.pdf.engine.total_fit`), and the lines on
the pages are counted. Then each part is laid out again and again, in turn with the one and with the other, in processor
time: what else the machine does falls on both alike.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from press.document import Document  # noqa: E402
from press.pages import Line, Pages, columns  # noqa: E402
from press.writers.pdf.engine import total_fit as engine  # noqa: E402

SHORT_LINE = 0.15
SHORT_WORD = 8


def main() -> int:
    """Print a table of both, and how long they take."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("project", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    document = _composed(options.project)
    before, after = (dict(counts(_pages(document, on=on))) for on in (False, True))
    for name, count in before.items():
        print(f"{name:44}{count:>10}{after[name]:>10}")
    seconds = _seconds(document, options.rounds)
    print(f"{'layout, s of processor':44}{seconds[False]:>10.2f}{seconds[True]:>10.2f}")
    print(f"{'':44}{'':>10}{seconds[True] / seconds[False]:>10.2f}")
    return 0


def counts(pages: Pages) -> Iterator[tuple[str, str]]:
    """Count what a reader minds; headings and what stands in drawings are left out."""
    paragraphs = [each for each in pages.paragraphs if not each[0].is_heading and not each[0].is_in_drawing]
    body = [each for each in paragraphs if each[0].is_body]
    for name, counted in (("all text", paragraphs), ("body text", body)):
        going_on = [line for each in counted for line in each[:-1]]
        last = [each for each in counted if len(each) > 1]
        yield f"{name}: lines", str(sum(map(len, counted)))
        yield f"{name}: lines that end in a hyphen, %", f"{100 * _mean([line.ends_divided for line in going_on]):.1f}"
        yield f"{name}: longest ladder", str(max((_ladder(each) for each in counted), default=0))
        yield f"{name}: last lines under 15 % of the measure", str(sum(map(_is_short, last)))
        yield f"{name}: last lines of one short word", str(sum(map(_is_word, last)))
        yield (
            f"{name}: mean squared rag, % of the measure",
            f"{100 * _mean([_free(line) ** 2 for line in going_on]):.2f}",
        )
    turns = [one.ends_divided for each in paragraphs for one, other in pairwise(each) if one.page != other.page]
    yield "hyphens at the foot of a page", str(sum(turns))
    yield "pages", str(len(pages.pages))


def _mean(numbers: Sequence[float]) -> float:
    return statistics.mean(numbers) if numbers else 0.0


def _ladder(paragraph: Sequence[Line]) -> int:
    in_a_row = (groupby(column, lambda line: line.ends_divided) for column in columns(paragraph))
    return max((len(list(lines)) for each in in_a_row for divided, lines in each if divided), default=0)


def _free(line: Line) -> float:
    return (line.room.right - line.extent.right) / (line.room.right - line.room.left)


def _is_short(paragraph: Sequence[Line]) -> bool:
    widest = max(line.extent.right - line.extent.left for line in paragraph)
    return paragraph[-1].extent.right - paragraph[-1].extent.left < SHORT_LINE * widest


def _is_word(paragraph: Sequence[Line]) -> bool:
    words = paragraph[-1].text.split()
    return len(words) == 1 and len(words[0]) < SHORT_WORD


def _composed(project: Path) -> Document:
    from press.compose.parts import compose
    from press.content.load import load
    from press.editions.edition import FULL

    return compose(load(project), FULL)


def _pages(document: Document, *, on: bool) -> Pages:
    from press.writers.pdf.typeset import typeset

    switch, engine.total_fit = engine.total_fit, partial(engine.total_fit, on=on)
    try:
        surveyed = typeset(document, surveying=True).surveyed
    finally:
        engine.total_fit = switch
    assert surveyed is not None  # it was asked for  # noqa: S101
    return surveyed


def _seconds(document: Document, rounds: int) -> dict[bool, float]:
    """Add up what the parts take, the median of the rounds for each."""
    from press.writers.pdf.engine.log import listening
    from press.writers.pdf.layout import Layouter

    with listening() as problems:
        layouter = Layouter(document, problems)
    total = {False: 0.0, True: 0.0}
    for part in document.parts:
        taken: dict[bool, list[float]] = {False: [], True: []}
        for number in range(rounds + 1):
            for on in (False, True) if number % 2 else (True, False):
                seconds = _lay_out(document, layouter, part, on=on)
                if number:  # the first reads pictures and fonts
                    taken[on].append(seconds)
        for on, times in taken.items():
            total[on] += statistics.median(times)
    return total


def _lay_out(document: Document, layouter: object, part: object, *, on: bool) -> float:
    from press.writers.pdf.engine.footnotes import kept_footnotes
    from press.writers.pdf.engine.full_lines import full_lines
    from press.writers.pdf.engine.hyphenation import exceptions
    from press.writers.pdf.engine.level_columns import level_columns
    from press.writers.pdf.engine.line_grid import line_grid
    from press.writers.pdf.engine.line_memory import LineMemory
    from press.writers.pdf.engine.log import listening

    with (
        listening() as problems,
        exceptions(document.language, document.hyphenation),
        kept_footnotes(),
        LineMemory().remembering(),
        full_lines(),
        engine.total_fit(on=on),
        line_grid(),
        level_columns(),
    ):
        layouter.problems = problems  # type: ignore[attr-defined]
        gc.collect()
        began = time.process_time()
        layouter.lay_out(part, 1, {})  # type: ignore[attr-defined]
        return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
