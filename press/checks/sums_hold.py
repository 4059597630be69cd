"""Numbers that are told to add up do.

Why:  a total that differs from its parts is what a critical reader finds first.
Bad:  `total: bedrifter` and `parts: [med, uten]` in content/sums.yaml where the facts are 33, 15 and 17.
Good: 33, 15 and 18; and `count: examples`, `equals: laeringseksempler` where there are as many boxes as the fact says.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from press.content.blocks import Example, Figure, Matrix, Questions, Table
from press.content.lists import Sum
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity, did_you_mean

ID = "sums-hold"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    for entry in report.sums.sums if report.sums is not None else ():
        yield from _adds_up(report, entry) if entry.parts is not None else _is_as_many(report, entry)


def _adds_up(report: Report, entry: Sum) -> Iterator[Problem]:
    if entry.total is None or entry.parts is None:
        return
    numbers = [_number(report, name) for name in (entry.total, *entry.parts)]
    problems = [number for number in numbers if isinstance(number, Problem)]
    yield from problems
    total, *parts = (number for number in numbers if isinstance(number, Decimal))
    if not problems and total != sum(parts):
        what = f"{entry.total} is {total}, but {' + '.join(map(str, parts))} is {sum(parts)}"
        yield Problem(entry.total.place, ID, what, f"mend one of {', '.join((entry.total, *entry.parts))}")


def _is_as_many(report: Report, entry: Sum) -> Iterator[Problem]:
    numbers = [_number(report, name) for name in entry.numbers]
    counts = _counts(report, entry)
    yield from (number for number in numbers if isinstance(number, Problem))
    if isinstance(counts, Problem):
        yield counts
        return
    wanted = [number for number in numbers if isinstance(number, Decimal)]
    if len(wanted) == len(numbers) and list(map(Decimal, counts)) != wanted:
        counted = str(entry.count).replace("_", " ") + (f" of {entry.of}" if entry.of is not None else "")
        said = (
            name if name.isdigit() else f"{name} ({number})" for name, number in zip(entry.numbers, wanted, strict=True)
        )
        what = f"{counted}: there are {', '.join(map(str, counts))}, and it should be {', '.join(said)}"
        yield Problem(entry.place, ID, what, "mend the fact and what is said of it, or what is counted")


def _number(report: Report, name: Located) -> Decimal | Problem:
    if name.isascii() and name.isdigit():
        return Decimal(name)
    if name in report.facts:
        return Decimal(report.facts[name].value)
    mend = did_you_mean(name, report.facts, "register it in content/facts.yaml, or write a number")
    return Problem(name.place, ID, f"there is no fact {str(name)!r}", mend)


def _counts(report: Report, entry: Sum) -> list[int] | Problem:
    examples = [block for _, block in report.blocks() if isinstance(block, Example)]
    match entry.count:
        case "examples":
            return [len(examples)]
        case "parties":
            return [len(set(report.settings.parties))]
        case "parties_with_examples":
            return [len({block.party for block in examples})]
        case "results":
            return [sum(section.content.result is not None for section in report.walk())]
    return _counts_of_block(report, entry)


def _counts_of_block(report: Report, entry: Sum) -> list[int] | Problem:
    name = entry.of if entry.of is not None else Located("", entry.place)
    block = report.blocks_by_id.get(name)
    if entry.count == "items":
        if isinstance(block, Matrix):
            return [len(field.items) for field in block.quadrants]
        if isinstance(block, Questions):
            return [len(block.items)]
        known = [name for name, block in report.blocks_by_id.items() if isinstance(block, Matrix | Questions)]
        mend = did_you_mean(name, known, "use the id of a matrix or of questions")
        return Problem(name.place, ID, f"{str(name)!r} has no items", mend)
    if isinstance(block, Table):
        return [len(block.rows or ())]
    tables = report.figures[str(name)].tables if isinstance(block, Figure) and str(name) in report.figures else {}
    if entry.table in tables:
        return [len(tables[str(entry.table)].rows)]
    if not tables:
        known = [name for name, block in report.blocks_by_id.items() if isinstance(block, Figure | Table)]
        mend = did_you_mean(name, known, "use the id of a figure or table")
        return Problem(name.place, ID, f"{str(name)!r} has no rows", mend)
    wrong = entry.table if entry.table is not None else name
    mend = did_you_mean(entry.table or "", tables, f"add `table:` with one of: {', '.join(tables)}")
    return Problem(wrong.place, ID, f"the data of {str(name)!r} has no such table", mend)
