"""Tables of the content: rows from CSV, numbers held to their columns and printed as the language writes them, sums."""

from __future__ import annotations

import html
import re

import pytest
from support.projects import Project, assert_problems

from press.compose.parts import compose
from press.content.blocks import Table
from press.editions.edition import FULL

CSV = "content/data/tall.csv"
COLUMNS = (
    "    columns:\n"
    "      - {heading: Sted, key: sted}\n"
    "      - {heading: Kroner, key: kr, type: number, unit: mill. kr, decimals: 1, total: sum}\n"
    "      - {heading: Antall, type: integer}\n"
)
HEAD = "  - text: Se {tabell-1}.\n  - table: tabell-1\n    title: Tall\n"
FROM_CSV = f"{HEAD}    csv: tall.csv\n    decimal: ','\n{COLUMNS}"
ROWS = "sted;kr;Antall\nBodø^a^;12 345,25;-\nFørde;-3;12000\n"


def table_of(project: Project) -> Table:
    assert project.errors() == []
    (block,) = [block for _, block in project.load().blocks() if isinstance(block, Table)]
    return block


def printed(project: Project) -> list[list[str]]:
    """Give the words of each row of the table."""
    (part,) = [part for part in compose(project.load(), FULL).parts if part.id == "start"]
    rows = re.findall(r"<tr.*?</tr>", part.html, re.DOTALL)
    return [
        [html.unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall("<t[hd].*?</t[hd]>", row)] for row in rows
    ]


def test_table_of_a_csv_file_has_its_rows_with_their_places(project: Project) -> None:
    table = table_of(project.blocks(FROM_CSV).write(CSV, ROWS))
    assert table.rows == (("Bodø^a^", "12345.25", "–"), ("Førde", "-3", "12000"))
    assert str(table.rows[1][2].place) == f"{CSV}:3:10"
    assert [column.side for column in table.columns] == ["left", "right", "right"]


def test_numbers_of_a_table_are_printed_as_the_language_writes_them_and_added_up(project: Project) -> None:
    project.blocks(FROM_CSV).write(CSV, ROWS)
    assert printed(project) == [
        ["Sted", "Kroner (mill. kr)", "Antall"],
        ["Bodøa", "12\u00a0345,3", "–"],
        ["Førde", "−3,0", "12\u00a0000"],
        ["I alt", "12\u00a0342,3", ""],
    ]


def test_numbers_in_rows_of_the_content_are_typed_too(project: Project) -> None:
    project.blocks(f"{HEAD}{COLUMNS}    rows: [[Bodø, 1.5, 2], [Førde, 2, ..]]\n")
    assert [row[1:] for row in printed(project)[1:]] == [["1,5", "2"], ["2,0", ".."], ["3,5", ""]]
    assert project.problems() == []


def test_table_that_is_validated_once_can_be_read_again_with_other_rows(project: Project) -> None:
    project.blocks(FROM_CSV).write(CSV, ROWS).load()
    assert table_of(project.write(CSV, "sted;kr;Antall\nOs;1;2\n")).rows == (("Os", "1", "2"),)


def test_columns_of_a_csv_file_are_found_by_their_heads(project: Project) -> None:
    project.blocks(FROM_CSV).write(CSV, "kommunenummer;Antall;sted;kr\n3443;2;Os;1\n\n5501;;Tromsø;2\n")
    assert project.problems() == []
    assert table_of(project).rows == (("Os", "1", "2"), ("Tromsø", "2", ""))


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        ("sted;kr;Antall\nOs;mye;2\n", "2:4: 'mye' in the column 'kr' is not a number with a decimal comma [data]"),
        ("sted;kr;Antall\nOs;;2\n", "2:4: the column 'Kroner' is added up, and this cell has no number [data] 0 or –"),
        ("sted;kr;Antall\nOs;:;2\n", "2:4: the column 'Kroner' is added up, and this cell has no number [data]"),
        ("sted;kr;Antall\nOs;1\n", "2:1: the row has 2 cells, and the table 3 columns [data] sted, kr, Antall"),
        ("sted;Kroner;Antall\nOs;1;2\n", "1:1: the heads are sted, Kroner, Antall [data] write sted;kr;Antall"),
    ],
)
def test_csv_of_a_table_is_refused_at_its_cell(project: Project, csv: str, expected: str) -> None:
    found = project.blocks(FROM_CSV).write(CSV, csv).problems()
    assert_problems([problem for problem in found if problem.place.file == CSV], expected, file=CSV)


def test_csv_without_rows_or_without_a_file_is_refused(project: Project) -> None:
    project.blocks(FROM_CSV)
    assert "there is no file content/data/tall.csv" in str(project.problems())
    assert "the table has no rows" in str(project.write(CSV, "sted;kr;Antall\n").problems())


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("    columns: [{heading: A}]\n", "a table has either `rows` or `csv`"),
        ("    csv: tall.csv\n    columns: [{heading: A}]\n    rows: [[B]]\n", "a table has either `rows` or `csv`"),
        ("    delimiter: tab\n    columns: [{heading: A}]\n    rows: [[B]]\n", "are said of a CSV file"),
        ("    columns: [{heading: A, unit: kg}]\n    rows: [[B]]\n", "`unit` is said of numbers"),
        ("    columns: [{heading: A, type: integer, total: sum}]\n    rows: [['1']]\n", "the first column names"),
        (
            "    columns: [{heading: A, type: integer}]\n    rows: [[mange]]\n",
            "'mange' in the column 'A' is not a whole",
        ),
    ],
)
def test_table_that_says_what_cannot_be_is_refused(project: Project, keys: str, expected: str) -> None:
    assert expected in str(project.blocks(f"{HEAD}{keys}").problems())


def test_marks_in_a_csv_cell_are_told_in_the_csv_file(project: Project) -> None:
    found = project.blocks(FROM_CSV).write(CSV, "sted;kr;Antall\n<b>Os</b>;1;2\n").problems()
    assert_problems(found, "2:1: this looks like HTML [prose-marks]", file=CSV)


def test_file_that_cannot_be_read_is_told_once(project: Project) -> None:
    """Regression test: it was told besides that the table has no rows."""
    problems = project.blocks(FROM_CSV).write(CSV, 'sted;kr;Antall\n"Oslo;1;2\n').problems()
    assert [problem.what for problem in problems] == ["a quote opens in this row and never closes"]
