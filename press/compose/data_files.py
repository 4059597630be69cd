"""The data of figures as files: each table that readers see, as CSV (RFC 4180, in UTF-8 with a byte order mark).

Cells are parted by semicolons and numbers have the decimal sign of the publication's language without grouped digits,
so that a spreadsheet of that language opens the file as it is. They have all their decimals. Words that a spreadsheet
would take for a formula have a mark before them that nobody sees and that begins no formula; a number never has.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping

from press.content.blocks import Figure
from press.content.report import DataColumn, FigureSource, ReadTable, Report
from press.words.language import Language

_PLAIN = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
"""What a table is called by whose name a file can have."""
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
GUARD = "\N{WORD JOINER}"
# With these, and those of their width in East Asia, formulas begin (OWASP, "CSV Injection").
_FORMULA = re.compile(r"[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9 ]*(?:[.,][0-9]+)?")


def data_files(report: Report, plain: Callable[[str], str], language: Language) -> Mapping[str, bytes]:
    """Give the tables of all figures by the paths of their files; `plain` sets a line of plain words."""
    blocks = [block for _, block in report.blocks() if isinstance(block, Figure)]
    sources = {str(block.figure): report.figures[str(block.figure)] for block in blocks}
    return {
        path: _csv(source.tables[table], plain, language)
        for figure_id, source in sources.items()
        for table, path in data_file_names(figure_id, source).items()
    }


def data_file_names(figure_id: str, source: FigureSource) -> Mapping[str, str]:
    """Name the file of each table of a figure that readers see.

    No id has a point in it, so that a table's file is never that of another figure.
    """
    shown = [name for name, table in source.tables.items() if table.shown]
    if len(shown) == 1:
        return {shown[0]: f"figures/{figure_id}.csv"}
    own = {name: name if _PLAIN.fullmatch(name) else f"table.{at}" for at, name in enumerate(shown, start=1)}
    return {name: f"figures/{figure_id}.{own[name]}.csv" for name in shown}


def _csv(table: ReadTable, plain: Callable[[str], str], language: Language) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_said(plain(_heading(column))) for column in table.shown])
    for row in table.cells([str(column.key) for column in table.shown]):
        writer.writerow(
            [
                str(cell).replace(".", language.decimal) if column.type == "number" else _said(plain(str(cell)))
                for cell, column in zip(row, table.shown, strict=True)
            ]
        )
    return (BOM + written.getvalue()).encode()


def _heading(column: DataColumn) -> str:
    return f"{column.heading} ({column.unit})" if column.unit else str(column.heading)


def _said(words: str) -> str:
    words = words.replace("\N{NO-BREAK SPACE}", " ")
    return f"{GUARD}{words}" if _FORMULA.match(words) and not _NUMBER.fullmatch(words) else words
