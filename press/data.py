"""The data of figures: tables in YAML or CSV with declared columns, and shapes in GeoJSON.

Values are what the columns say they are, and nothing is guessed. Left to `press.load`: which files there are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from press.errors import Place, Problem
from press.report import DataColumn, DataTable, ReadTable, Value
from press.strict_yaml import Located

RULE = "data"
PATTERNS = {"integer": re.compile(r"-?[0-9]{1,15}"), "number": re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")}
MOST_CELLS = 50_000
NAMES = {"integer": "a whole number", "number": "a number with a decimal point"}


def read_table(table: DataTable, rows: list[tuple[Located, ...]], problems: list[Problem]) -> ReadTable:
    """Type the cells of a table's rows as its columns say; adds to `problems`."""
    keys = [str(column.key) for column in table.columns]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        problems.append(Problem(table.place, RULE, f"two columns have the key {key!r}", "give each column its own key"))
    whole: list[tuple[Located, ...]] = []
    for row in rows:
        if len(row) == len(keys):
            whole.append(row)
            continue
        what = f"the row has {len(row)} cells, and the table {len(keys)} columns"
        place = row[0].place if row else table.place
        problems.append(Problem(place, RULE, what, f"give a cell for each of: {', '.join(keys)}"))
    typed = tuple(
        {key: _value(cell, column, problems) for key, cell, column in zip(keys, row, table.columns, strict=True)}
        for row in whole
    )
    return ReadTable(table, typed, tuple(whole))


def rows_of(table: DataTable, problems: list[Problem]) -> Iterator[tuple[Located, ...]]:
    """Yield the rows that stand in the YAML; adds to `problems` for cells that are not text."""
    for row in table.rows or ():
        if all(isinstance(cell, Located) for cell in row):
            yield row
        else:
            what, mend = "a row holds something other than text", "write each row as [cell, cell, …]"
            problems.append(Problem(table.place, "schema", what, mend))


def rows_of_csv(text: str, shown: str, table: DataTable) -> list[tuple[Located, ...]] | Problem:
    """Read semicolon-separated values whose first line names the columns; a problem if they cannot be."""
    heads = tuple(str(column.key) for column in table.columns)
    reader = csv.reader(io.StringIO(text), delimiter=";", strict=True)
    rows: list[tuple[Located, ...]] = []
    count = 0
    try:
        for cells in reader:
            count += max(len(cells), 1)
            if count > MOST_CELLS:
                place, what = Place(shown, reader.line_num, 1), f"the file holds more than {MOST_CELLS} cells"
                return Problem(place, RULE, what, "keep the rows that the figure draws")
            rows.append(tuple(Located(cell, Place(shown, reader.line_num, 1)) for cell in cells))
    except csv.Error as error:
        place = Place(shown, max(reader.line_num, 1), 1)
        return Problem(place, RULE, f"this is not CSV: {error}", "close the quote, or write the cell without quotes")
    if not rows or tuple(rows[0]) != heads:
        found = ", ".join(rows[0]) if rows else "missing"
        return Problem(Place(shown, 1, 1), RULE, f"the heads are {found}", f"write {';'.join(heads)}")
    return [row for row in rows[1:] if row]


def read_shape(text: str, shown: str) -> tuple[Any, Problem | None]:
    """Parse GeoJSON; a problem if no JSON reader could."""
    mend = "export the shape again"
    try:
        return json.loads(text, parse_constant=_refuse_constant), None
    except json.JSONDecodeError as error:
        return None, Problem(Place(shown, error.lineno, error.colno), RULE, f"this is not JSON: {error.msg}", mend)
    except RecursionError:
        return None, Problem(Place(shown), RULE, "the shape is nested too deeply", mend)
    except ValueError as error:
        return None, Problem(Place(shown), RULE, f"this is not JSON: {error}", mend)


def _value(cell: Located, column: DataColumn, problems: list[Problem]) -> Value:
    if not cell:
        return None
    if column.type == "text":
        return cell
    if PATTERNS[column.type].fullmatch(cell):
        return int(cell) if column.type == "integer" else float(cell)
    what = f"{str(cell)!r} in the column {str(column.key)!r} is not {NAMES[column.type]}"
    problems.append(Problem(cell.place, RULE, what, "mend the cell or the column's type"))
    return None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
