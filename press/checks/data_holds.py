"""The data of a figure is what its checks say: in range, on a list, unique, a sum, or what the content says.

Why:  a figure that repeats what the text says must not say it otherwise: a count, a letter, a country, a heading.
Bad:  `- {table: places, columns: [latitude], between: ["-90", "90"]}` under `checks` in content/data/figur-7.yaml, and
      a latitude of 602; `- {table: dots, columns: [theme, letter], equals: examples}`, and a letter that no box has.
Good: 60.2, and a row for each learning example.

A check names a `table`, its `columns`, and one of: `between` (least and largest), `one_of` (a list), `unique: "yes"`,
`sum` (a fact or a number), `equals` or `among` (`examples`: theme and party of each, and its id if there is a third
column; `results`: number and title; `parties`; or columns of another table, `themes.name` or `themes.number+name`),
`counts` (the second column says how often the first stands there) and `gathers` (the second column lists, with commas,
what stands there beside the first).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from press.content.blocks import Example
from press.content.report import DataCheck, FigureSource, ReadTable, Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity, did_you_mean
from press.words import prose

ID = "data-holds"
SEVERITY: Severity = "error"
Row = tuple[str, ...]


def check(report: Report) -> Iterator[Problem]:
    for source in report.figures.values():
        for entry in source.declared.checks:
            yield from _check(report, source, entry)


def _check(report: Report, source: FigureSource, entry: DataCheck) -> Iterator[Problem]:
    cells = _cells(source, entry.table, entry.columns)
    if isinstance(cells, Problem):
        yield cells
        return
    rows = [(row, tuple(_said(report, cell) for cell in row)) for row in cells]
    kind = entry.kinds[0]
    if kind in {"between", "one_of", "unique", "sum"}:
        yield from _alone(report, entry, rows)
        return
    there = _there(report, source, getattr(entry, kind), len(entry.columns))
    if isinstance(there, Problem):
        yield there
    elif kind == "counts":
        yield from _counts(rows, [row[0] for row in there])
    elif kind == "gathers":
        yield from _gathers(rows, there)
    else:
        yield from _same(entry, rows, there)


def _alone(report: Report, entry: DataCheck, rows: list[tuple[tuple[Located, ...], Row]]) -> Iterator[Problem]:
    """Hold rows against what the check itself says."""
    if entry.between is not None:
        low, high = (_number(value) for value in entry.between)
        for cells, (said,) in rows:
            number = _number(said)
            if said and (number is None or low is None or high is None or not low <= number <= high):
                what = f"{said} is not between {entry.between[0]} and {entry.between[1]}"
                yield Problem(cells[0].place, ID, what, "mend the cell, or the range in the check")
    elif entry.one_of is not None:
        known = [str(value) for value in entry.one_of]
        for cell, said in ((cell, said) for cells, row in rows for cell, said in zip(cells, row, strict=True)):
            if said and said not in known:
                mend = did_you_mean(said, known, "mend the cell, or add it to the list in the check")
                yield Problem(cell.place, ID, f"«{said}» is not on the list of the check", mend)
    elif entry.unique is not None:
        seen: dict[Row, Located] = {}
        for cells, row in rows:
            if (first := seen.setdefault(row, cells[0])) is not cells[0]:
                what = f"{_shown(row)} stands in line {first.place.line} too"
                yield Problem(cells[0].place, ID, what, "mend or delete one of the two rows")
    elif entry.sum is not None:
        yield from _adds_up(report, entry.sum, rows)


def _adds_up(report: Report, wanted: Located, rows: list[tuple[tuple[Located, ...], Row]]) -> Iterator[Problem]:
    fact = report.facts.get(str(wanted))
    number = _number(str(fact.value) if fact is not None else str(wanted))
    if number is None:
        mend = did_you_mean(wanted, report.facts, "register it in content/facts.yaml, or write a number")
        yield Problem(wanted.place, ID, f"there is no fact {str(wanted)!r}", mend)
        return
    found = [_number(said) for _, (said,) in rows if said]
    total = sum((each for each in found if each is not None), Decimal())
    if total != number or None in found:
        what = f"the rows add up to {total}, and {wanted} is {number}"
        place = rows[0][0][0].place if rows else wanted.place
        yield Problem(place, ID, what, "mend the row that is wrong, or the fact")


def _same(entry: DataCheck, rows: list[tuple[tuple[Located, ...], Row]], there: list[Row]) -> Iterator[Problem]:
    """Hold rows against those that stand elsewhere: each among them, and, of `equals`, as many times."""
    source = entry.equals or entry.among
    left = Counter(there)
    for cells, row in rows:
        if not left[row]:
            known = {_shown(each) for each in there}
            mend = did_you_mean(_shown(row), known, f"mend the row, or what it is held against ({source})")
            is_twice = row in there
            what = (
                f"{_shown(row)} stands here more often than in {source}"
                if is_twice
                else f"{_shown(row)} is not in {source}"
            )
            yield Problem(cells[0].place, ID, what, "delete one of the rows" if is_twice else mend)
        elif entry.equals is not None:
            left[row] -= 1
    if entry.equals is not None:
        for row in (row for row in dict.fromkeys(there) if left[row] > 0):
            yield Problem(entry.table.place, ID, f"{_shown(row)} of {source} is missing in the table", "add its row")


def _counts(rows: list[tuple[tuple[Located, ...], Row]], there: list[str]) -> Iterator[Problem]:
    for cells, (name, said) in rows:
        if _number(said) != there.count(name):
            what = f"«{name}» is said to stand {said} times, and does so {there.count(name)} times"
            yield Problem(cells[1].place, ID, what, "mend the number, or what is counted")


def _gathers(rows: list[tuple[tuple[Located, ...], Row]], there: list[Row]) -> Iterator[Problem]:
    """Hold a list in words, such as «A (morselskapet), L», against what stands beside its name elsewhere."""
    for cells, (name, said) in rows:
        found = [part.partition(" (")[0].strip() for part in said.split(",")] if said else []
        wanted = [row[1] for row in there if row[0] == name]
        if sorted(found) != sorted(wanted):
            what = f"«{name}» has {', '.join(found)} here, and {', '.join(wanted)} elsewhere"
            yield Problem(cells[1].place, ID, what, "mend the list, or the rows that it gathers")


def _there(report: Report, source: FigureSource, name: Located, width: int) -> list[Row] | Problem:
    """Give what data is held against, of which a check of fewer columns may want only the first."""
    if name == "examples":
        examples = [b for _, b in report.blocks() if isinstance(b, Example)]
        return [(_text(b.theme), _text(b.party), str(b.example))[:width] for b in examples]
    if name == "parties":
        return [(str(letter),) for letter in report.settings.parties]
    if name == "results":
        results = [section.content for section in report.walk() if section.content.result is not None]
        said = [content.result.claim or content.title for content in results if content.result is not None]
        return [(str(number), _said(report, title)) for number, title in enumerate(said, start=1)]
    table, dot, columns = name.partition(".")
    if not dot:
        known = ["examples", "parties", "results"]
        mend = did_you_mean(name, known, f"write one of {', '.join(known)}, or `table.column`")
        return Problem(name.place, ID, f"{str(name)!r} is nothing that data can be held against", mend)
    cells = _cells(source, Located(table, name.place), [Located(key, name.place) for key in columns.split("+")])
    return cells if isinstance(cells, Problem) else [tuple(_said(report, cell) for cell in row) for row in cells]


def _cells(source: FigureSource, table: Located, columns: Iterable[Located]) -> list[tuple[Located, ...]] | Problem:
    """Give the cells of columns of a table as written, or say what there is not."""
    found: ReadTable | None = source.tables.get(str(table))
    if found is None:
        mend = did_you_mean(table, source.tables, f"name one of: {', '.join(source.tables)}")
        return Problem(table.place, ID, f"this data has no table {str(table)!r}", mend)
    known = [str(column.key) for column in found.declared.columns]
    for name in columns:
        if name not in known:
            mend = did_you_mean(name, known, f"the columns are: {', '.join(known)}")
            return Problem(name.place, ID, f"the table {str(table)!r} has no column {str(name)!r}", mend)
    return found.cells([str(name) for name in columns])


def _said(report: Report, cell: Located) -> str:
    """Give a text with its facts put in."""

    def fact(reference: prose.Reference) -> str:
        found = report.facts.get(reference.id)
        return str(getattr(found, reference.form or "value", reference.id))

    return prose.plain(" ".join(cell.split()), fact)


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _shown(row: Row) -> str:
    return " | ".join(f"«{part}»" for part in row)
