"""The data of figures: tables in YAML or CSV with declared columns, and shapes in GeoJSON.

Values are what the columns say they are, and nothing is guessed: a file that an office has exported otherwise than the
table declares is refused with the line that declares it. Left to `press.content.load`: which files there are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Any

from press.content.characters import MOST_ALIKE, character_problems, decoded, looks_like, thinned
from press.content.report import DataColumn, DataTable, ReadTable, Value
from press.content.strict_yaml import Located
from press.errors import ContentError, Place, Problem

RULE = "data"
MOST_CELLS = 50_000
DELIMITERS = {";": ";", ",": ",", "tab": "\t"}
"""What parts the cells of a line, by the name that a table declares."""
MINUS = "\N{MINUS SIGN}"
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3}){1,4}(?![0-9 ])")
_PATTERNS = {"integer": re.compile(r"-?[0-9]{1,15}"), "number": re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")}
_FOR_EXCEL = re.compile(r"sep=.")
"""A first line that tells Excel what parts the cells."""
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "windows-1252": "Windows-1252 (Latin-1)",
    "iso-8859-1": "ISO 8859-1 (Latin-1)",
}
_DELIMITER_NAMES = {";": "semicolons", ",": "commas", "tab": "tabs"}
_DECIMALS = {".": "point", ",": "comma"}
_CSV_WORDS = {
    "unexpected end of data": ("a quote opens in this row and never closes", "close it, or delete it"),
    "field larger than field limit": ("a quote opens in this row and never closes", "close it, or delete it"),
    "expected after": ("text stands behind a quote that closes", 'write a quote within a cell twice: ""'),
}


def read_table(
    table: DataTable, rows: Sequence[tuple[Located, ...]], problems: list[Problem], most: int = MOST_ALIKE
) -> ReadTable:
    """Type the cells of a table's rows as its columns say; adds to `problems`, at most so many of rows of one kind.

    Numbers that stand in the rows of what is read have a decimal point and no spaces, however they were written.
    """
    keys = [str(column.key) for column in table.columns]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        problems.append(Problem(table.place, RULE, f"two columns have the key {key!r}", "give each column its own key"))
    whole = tuple(row for row in rows if len(row) == len(keys))
    problems.extend(thinned((_wrong_length(table, row) for row in rows if len(row) != len(keys)), most))
    columns = [
        _values(table, column, [row[index] for row in whole], problems) for index, column in enumerate(table.columns)
    ]
    typed = tuple(dict(zip(keys, values, strict=True)) for values in zip(*columns, strict=True))
    return ReadTable(table, typed, tuple(tuple(map(partial(_plain, table), table.columns, row)) for row in whole))


def _plain(table: DataTable, column: DataColumn, cell: Located) -> Located:
    if column.type == "text" or (number := plain_number(cell, column.type, table.decimal or ".")) is None:
        return cell
    return Located(number, cell.place)


def rows_of(table: DataTable, problems: list[Problem]) -> Iterator[tuple[Located, ...]]:
    """Yield the rows that stand in the YAML; adds to `problems` for cells that are not text."""
    for row in table.rows or ():
        wrong = next((cell for cell in row if not isinstance(cell, Located)), None)
        if wrong is None:
            yield row
            continue
        what = "a row holds something other than text"
        mend = 'write each row as [cell, cell, …], a cell that holds a colon or begins with a bracket in quotes: "…"'
        problems.append(Problem(getattr(wrong, "place", table.place), "schema", what, mend))


def csv_text(data: bytes, shown: str, table: DataTable, problems: list[Problem]) -> str | None:
    """Decode a CSV file as the table declares; adds to `problems`; None if its letters cannot be read."""
    found = looks_like(data)
    encoding: str = table.encoding or "utf-8"
    is_utf8 = found == "utf-8" and not data.isascii() and encoding != "utf-8"
    if is_utf8 or (found != "utf-8" and table.encoding is None):
        what = f"the file is saved as {_ENCODINGS[found]}, not as {_ENCODINGS[encoding]}"
        problems.append(Problem(Place(shown, 1, 1), RULE, what, _declare(table, "encoding", found)))
        encoding = found
    try:
        text = decoded(data, shown, encoding)
    except ContentError as error:
        problems.extend(error.problems)
        return None
    may_have_tabs = "tab" in {table.delimiter, _other_delimiter(text, table)}
    found_problems = [p for p in character_problems(text, shown) if p.rule != "tab" or not may_have_tabs]
    problems.extend(thinned(found_problems, 1))
    return None if found_problems else text


def rows_of_csv(text: str, shown: str, table: DataTable, problems: list[Problem]) -> list[tuple[Located, ...]]:
    """Read the rows of a CSV file whose first line names the columns; adds to `problems`.

    Read are the columns that the table has, in its order, and no others that the file may have besides.
    """
    heads = tuple(str(column.key) for column in table.columns)
    delimiter: str = table.delimiter or ";"
    if (other := _other_delimiter(text, table)) is not None:
        what = f"the cells of this file are parted by {_DELIMITER_NAMES[other]}, not by {_DELIMITER_NAMES[delimiter]}"
        problems.append(Problem(Place(shown, 1, 1), RULE, what, _declare(table, "delimiter", other)))
        delimiter = other
    try:
        rows = list(_csv_rows(text, shown, DELIMITERS[delimiter]))
    except _CsvError as error:
        problems.append(error.problem)
        return []
    found = tuple(map(str, rows[0])) if rows else ()
    if any(found.count(head) != 1 for head in heads):
        what, mend = f"the heads are {', '.join(found) or 'missing'}", f"write {DELIMITERS[delimiter].join(heads)}"
        if len(found) > len(heads) or set(found) & set(heads):
            mend += "; other columns may stand there too, and `key` says what the file calls one"
        problems.append(Problem(rows[0][0].place if rows else Place(shown, 1, 1), RULE, what, mend))
        return []
    at = [found.index(head) for head in heads]
    if len(found) == len(heads):
        return [tuple(row[index] for index in at) if len(row) == len(found) else row for row in rows[1:]]
    whole = [row for row in rows[1:] if len(row) == len(found)]
    amiss = [row for row in rows[1:] if len(row) != len(found)]
    problems.extend(thinned(_unlike_heads(row, len(found), shown) for row in amiss))
    return [tuple(row[index] for index in at) for row in whole]


def read_shape(text: str, shown: str) -> tuple[Any, Problem | None]:
    """Parse GeoJSON; a problem if no JSON reader could."""
    mend = "export the shape again"
    try:
        return json.loads(text, parse_constant=_refuse_constant), None
    except json.JSONDecodeError as error:
        what = "the shape is damaged: from here on it is not GeoJSON" if text else "the file is empty"
        return None, Problem(Place(shown, error.lineno, error.colno), RULE, what, mend)
    except RecursionError:
        return None, Problem(Place(shown), RULE, "the shape is nested too deeply", mend)
    except ValueError:
        return None, Problem(Place(shown), RULE, "the shape holds a number that is none, or far too long", mend)


class _CsvError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def _unlike_heads(row: tuple[Located, ...], columns: int, shown: str) -> Problem:
    what = f"the row has {len(row)} cells, and the file {columns} columns"
    return Problem(row[0].place if row else Place(shown), RULE, what, "give a cell for each head, empty ones too")


def _wrong_length(table: DataTable, row: tuple[Located, ...]) -> Problem:
    keys = ", ".join(str(column.key) for column in table.columns)
    what = f"the row has {len(row)} cells, and the table {len(table.columns)} columns"
    mend = f"give a cell for each of: {keys}; put a cell that holds a comma in quotes"
    return Problem(row[0].place if row else table.place, RULE, what, mend)


def _values(table: DataTable, column: DataColumn, cells: list[Located], problems: list[Problem]) -> list[Value]:
    """Type the cells of a column; adds one problem to `problems`, with the count, for all that cannot be."""
    decimal = table.decimal or "."
    values = [_value(cell, column.type, decimal) for cell in cells]
    wrong = [cell for cell, value in zip(cells, values, strict=True) if cell and value is None]
    if wrong:
        name = "a whole number" if column.type == "integer" else f"a number with a decimal {_DECIMALS[decimal]}"
        more = f", nor {'is one more' if len(wrong) == 2 else f'are {len(wrong) - 1} more'} of its cells"
        what = f"{str(wrong[0])!r} in the column {str(column.key)!r} is not {name}{more if len(wrong) > 1 else ''}"
        problems.append(Problem(wrong[0].place, RULE, what, _mend_number(table, column, wrong, decimal)))
    return values


def _mend_number(table: DataTable, column: DataColumn, wrong: list[Located], decimal: str) -> str:
    other = "." if decimal == "," else ","
    if column.type == "number" and all(_value(cell, "number", other) is not None for cell in wrong):
        return _declare(table, "decimal", other)
    if column.type == "integer" and any(_value(cell, "number", decimal) is not None for cell in wrong):
        return "write `type: number` for the column, or whole numbers"
    if column.type == "number" and re.fullmatch(r"-?\d(?:[.,]\d+)?[eE][+-]?\d{1,2}", wrong[0]):
        digits = format(Decimal(wrong[0].replace(",", ".")), "f").replace(".", decimal)
        return f"write its digits, here {digits} (in Excel: format the cells as numbers, and save again)"
    return "mend the cell or the column's type; thousands are parted by spaces, and an empty cell stands for none"


def _value(cell: Located, kind: str, decimal: str) -> Value:
    if not cell:
        return None
    if kind == "text":
        return cell
    number = plain_number(cell, kind, decimal)
    return None if number is None else int(number) if kind == "integer" else float(number)


def plain_number(cell: Located, kind: str, decimal: str) -> str | None:
    """Give a number as digits with a decimal point; None if it is none of its kind."""
    plain = cell.strip().replace(MINUS, "-")
    if _THOUSANDS.match(plain):
        plain = plain.replace(" ", "")
    if decimal == ",":
        plain = plain.replace(".", "·").replace(",", ".")
    return plain if _PATTERNS[kind].fullmatch(plain) else None


def _declare(table: DataTable, key: str, value: str) -> str:
    """Say which line in the data file declares what a table is written in."""
    written = f'{key}: "{value}"' if value in {",", ";", "."} else f"{key}: {value}"
    at = table.csv.place if table.csv is not None else table.place
    where = f"below `csv: {table.csv}`" if table.csv is not None else "below the table's name"
    already = getattr(table, key) is not None
    return f"{'change the line to' if already else 'add the line'} `{written}` {where} ({at.file}:{at.line})"


def _other_delimiter(text: str, table: DataTable) -> str | None:
    """Name what parts the cells of a file, if its heads are the table's only when it is not what is declared."""
    heads = [str(column.key) for column in table.columns]
    line = next((line for line in text.split("\n", 2) if not _FOR_EXCEL.fullmatch(line)), "")
    fitting = [name for name, sign in DELIMITERS.items() if [head.strip(' "') for head in line.split(sign)] == heads]
    declared = table.delimiter or ";"
    return fitting[0] if fitting and declared not in fitting else None


def _csv_rows(text: str, shown: str, delimiter: str) -> Iterator[tuple[Located, ...]]:
    """Yield the rows that hold anything, their cells where they stand; raises _CsvError."""
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    count, before = 0, 0
    try:
        for cells in reader:
            row, before = before, reader.line_num
            count += max(len(cells), 1)
            if count > MOST_CELLS:
                what = f"the file holds more than {MOST_CELLS} cells"
                raise _CsvError(Problem(Place(shown, row + 1, 1), RULE, what, "keep the rows that the figure draws"))
            is_for_excel = row == 0 and _FOR_EXCEL.fullmatch(lines[0])
            if any(cell.strip() for cell in cells) and not is_for_excel:
                yield _placed(cells, lines[row], Place(shown, row + 1, 1))
    except csv.Error as error:
        what, mend = next(
            (words for key, words in _CSV_WORDS.items() if key in str(error)),
            ("this row cannot be read", "look at its quotes"),
        )
        raise _CsvError(Problem(Place(shown, before + 1, 1), RULE, what, mend)) from None


def _placed(cells: list[str], line: str, place: Place) -> tuple[Located, ...]:
    """Give each cell the place where it begins; those of a line with quotes that of the line."""
    if '"' in line:
        return tuple(Located(cell.strip(), place) for cell in cells)
    columns = accumulate((len(cell) + 1 for cell in cells[:-1]), initial=1)
    starts = (column + len(cell) - len(cell.lstrip()) for column, cell in zip(columns, cells, strict=True))
    return tuple(Located(cell.strip(), replace(place, column=start)) for start, cell in zip(starts, cells, strict=True))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
