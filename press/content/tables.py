"""Tables of the content made ready: rows read from CSV files, numbers in one form, sums.

What comes in is a `Table` as its author wrote it, what goes out one that has its rows, with each number as digits and a
decimal point: checks then read it as a number, and print writes it as the language does. An empty cell, and the signs
for what is nil, missing or secret, stay as they are.

Source of the signs: Statistics Norway, «Standardtegn i tabeller».
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from press.content.blocks import Column, Table
from press.content.data import plain_number, read_table
from press.content.report import DataColumn, DataTable
from press.content.strict_yaml import Located
from press.errors import Problem

RULE = "data"
NIL = "–"
SIGNS = {NIL, "-", ":", ".."}
"""Nil, the same typed with a hyphen, not to be published, not known."""


def as_data(table: Table) -> DataTable:
    """Give what a table says of its rows as a figure's data says it."""
    columns = tuple(DataColumn.model_construct(key=each.key or each.heading, type=each.type) for each in table.columns)
    says = {name: getattr(table, name) for name in ("csv", "encoding", "delimiter", "decimal")}
    declared = DataTable.model_construct(columns=columns, **says)
    declared._place = table.place
    return declared


def filled(table: Table, rows: Sequence[tuple[Located, ...]], problems: list[Problem], most: int) -> Table:
    """Give the table with these rows, its numbers in one form; adds to `problems`, so many of rows of one kind."""
    bare = [tuple(_without_sign(cell, column) for cell, column in _paired(row, table)) for row in rows]
    read = read_table(as_data(table), bare, problems, most)
    decimal = table.decimal or "."
    whole = [row for row in rows if len(row) == len(table.columns)]
    for column, cells in zip(table.columns, zip(*whole, strict=True), strict=False):
        if column.total is not None:
            problems.extend(_not_summed(column, cells))
    if not read.rows:
        problems.append(Problem(table.place, RULE, "the table has no rows", "write one below its heads"))
    return table.model_copy(
        update={
            "rows": tuple(tuple(_plain(cell, column, decimal) for cell, column in _paired(r, table)) for r in whole)
        }
    )


def total(table: Table, index: int) -> str:
    """Add up a column of a table that is filled; in digits, with a decimal point."""
    cells = (row[index] for row in table.rows or ())
    return format(sum((Decimal(cell) for cell in cells if cell not in SIGNS), Decimal(0)), "f")


def rounded(number: str, decimals: str | None) -> str:
    """Give a number with so many decimals, or as it is; halves away from nought."""
    if decimals is None:
        return number
    return format(Decimal(number).quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP), "f")


def _paired(row: tuple[Located, ...], table: Table) -> list[tuple[Located, Column | None]]:
    columns: list[Column | None] = [*table.columns]
    return [(cell, columns[index] if index < len(columns) else None) for index, cell in enumerate(row)]


def _is_sign(cell: Located, column: Column | None) -> bool:
    return column is not None and column.type != "text" and cell.strip() in SIGNS


def _without_sign(cell: Located, column: Column | None) -> Located:
    return Located("", cell.place) if _is_sign(cell, column) else cell


def _plain(cell: Located, column: Column | None, decimal: str) -> Located:
    if column is None or column.type == "text" or not cell:
        return cell
    if _is_sign(cell, column):
        return Located(NIL if cell.strip() == "-" else cell.strip(), cell.place)
    return Located(plain_number(cell, column.type, decimal) or cell, cell.place)


def _not_summed(column: Column, cells: Sequence[Located]) -> list[Problem]:
    missing = [cell for cell in cells if not cell or (cell.strip() in SIGNS - {NIL, "-"})]
    what = f"the column {str(column.heading)!r} is added up, and this cell has no number"
    mend = f"write the number, 0 or {NIL}, or leave `total` out"
    return [Problem(cell.place, RULE, what, mend) for cell in missing[:1]]
