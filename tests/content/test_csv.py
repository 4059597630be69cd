"""CSV as offices export it: read when the table declares how it is written, else refused with the line to add."""

from __future__ import annotations

import pytest
from support.projects import Project, assert_problems

DATA = "content/data/figur-1.yaml"
CSV = "content/data/punkter.csv"
FIGURE = "  - figure: figur-1\n    title: Punkter\n    alt: Prikker over tid.\n    source: Egen fremstilling.\n"
TABLE = """\
tables:
  points:
    columns:
      - {key: sted, heading: Sted, type: text}
      - {key: antall, type: integer}
      - {key: andel, type: number}
    csv: punkter.csv
"""
ROWS = (("Bodø", 12000, 2.5), ("Førde", -3, None))


@pytest.fixture
def figure(project: Project) -> Project:
    """Give the publication a figure that draws a CSV file."""
    return project.blocks(f"  - text: Se {{figur-1}}.\n{FIGURE}").write("figures/figur_1.py", "").write(DATA, TABLE)


def declared(figure: Project, csv: str | bytes, *lines: str) -> Project:
    """Write the CSV file, and into the data file how it is written."""
    return figure.write(CSV, csv).write(DATA, TABLE + "".join(f"    {line}\n" for line in lines))


WRITTEN = {
    "as we write it": ("sted;antall;andel\nBodø;12000;2.5\nFørde;-3;\n", ()),
    "Excel, Norwegian": (
        "\ufeffsted;antall;andel\r\nBodø;12 000;2,5\r\nFørde;-3;\r\n;;\r\n".encode(),
        ('decimal: ","',),
    ),
    "Excel, old": (
        "sted;antall;andel\r\nBodø;12\u00a0000;2,5\r\nFørde;-3;\r\n".encode("cp1252"),
        ("encoding: windows-1252", 'decimal: ","'),
    ),
    "Excel, Unicode text": (
        "sted\tantall\tandel\r\nBodø\t12000\t2,5\r\nFørde\t-3\t\r\n".encode("utf-16"),
        ("encoding: utf-16", "delimiter: tab", 'decimal: ","'),
    ),
    "English": ('sted,antall,andel\n"Bodø",12000,2.5\nFørde,-3,\n', ('delimiter: ","',)),
    "English with decimal commas": (
        'sted,antall,andel\nBodø,12000,"2,5"\nFørde,-3,\n',
        ('delimiter: ","', 'decimal: ","'),
    ),
    "for Excel alone": ("sep=;\nsted;antall;andel\nBodø;12000;2.5\nFørde;-3;\n", ()),
    "set in columns": ("sted ; antall ; andel\nBodø ; 12000 ; 2.5\nFørde ; \u22123 ; \n", ()),
    "R, Latin-1": (
        '"sted";"antall";"andel"\n"Bodø";12000;2,5\n"Førde";-3;\n'.encode("latin-1"),
        ("encoding: iso-8859-1", 'decimal: ","'),
    ),
}


@pytest.mark.parametrize(("csv", "lines"), WRITTEN.values(), ids=WRITTEN)
def test_csv_is_read_as_the_table_declares(figure: Project, csv: str | bytes, lines: tuple[str, ...]) -> None:
    declared(figure, csv, *lines)
    assert figure.problems() == []
    rows = figure.load().figures["figur-1"].tables["points"].rows
    assert tuple(tuple(row.values()) for row in rows) == ROWS


def test_decimal_sign_is_declared_for_rows_too(figure: Project) -> None:
    rows = "    rows:\n      - [Bodø, 12 000, \"2,5\"]\n      - [Førde, -3, '']\n"
    figure.write(DATA, TABLE.replace("    csv: punkter.csv\n", f'    decimal: ","\n{rows}'))
    assert figure.problems() == []
    assert [row["andel"] for row in figure.load().figures["figur-1"].tables["points"].rows] == [2.5, None]


PROPOSED = {
    "Windows-1252": (
        "sted;antall;andel\nBodø;1;2.5\n".encode("cp1252"),
        (),
        "1:1: saved as Windows-1252 (Latin-1), not as UTF-8 [data] `encoding: windows-1252` below `csv: punk",
    ),
    "UTF-16": (
        "sted;antall;andel\nBodø;1;2.5\n".encode("utf-16"),
        (),
        "1:1: saved as UTF-16, not as UTF-8 [data] add the line `encoding: utf-16` below",
    ),
    "UTF-8 that is declared otherwise": (
        "sted;antall;andel\nBodø;1;2.5\n",
        ("encoding: windows-1252",),
        "1:1: saved as UTF-8, not as Windows-1252 (Latin-1) [data] change the line to `encoding: utf-8` below",
    ),
    "commas": (
        "sted,antall,andel\nBodø,1,2.5\n",
        (),
        '1:1: parted by commas, not by semicolons [data] add the line `delimiter: ","` below `csv: punkter.csv` (',
    ),
    "tabs": (
        "sted\tantall\tandel\nBodø\t1\t2.5\n",
        (),
        "1:1: parted by tabs, not by semicolons [data] add the line `delimiter: tab` below",
    ),
    "semicolons that are declared otherwise": (
        "sted;antall;andel\nBodø;1;2.5\n",
        ("delimiter: tab",),
        '1:1: parted by semicolons, not by tabs [data] change the line to `delimiter: ";"` below',
    ),
    "decimal commas": (
        "sted;antall;andel\nBodø;1;2,5\nOslo;1;3\nBergen;2;4,5\nVadsø;3;1,0\n",
        (),
        "2:8: '2,5' in the column 'andel' is not a number with a decimal point, nor are 2 more of its cells [data]"
        f' add the line `decimal: ","` below `csv: punkter.csv` ({DATA}:7)',
    ),
    "decimal points that are declared otherwise": (
        "sted;antall;andel\nBodø;1;2.5\n",
        ('decimal: ","',),
        "2:8: '2.5' in the column 'andel' is not a number with a decimal comma [data] change the line to",
    ),
    "numbers with an exponent, as Excel saves them": (
        "sted;antall;andel\nBodø;1;1,50E-04\n",
        ('decimal: ","',),
        "2:8: '1,50E-04' in the column 'andel' is not a number [data] write its digits, here 0,000150 (in Excel",
    ),
    "numbers that are not whole": (
        "sted;antall;andel\nBodø;1.5;2\nOslo;2.5;1\n",
        (),
        "2:6: '1.5' in the column 'antall' is not a whole number, nor is one more of its cells [data] write `type:",
    ),
    "points between thousands": (
        "sted;antall;andel\nBodø;12.000.000;2\n",
        (),
        "2:6: '12.000.000' in the column 'antall' is not a whole number [data] thousands are parted by spaces",
    ),
    "rows too long": (
        "sted;antall;andel\nBodø;1;2;\nOslo;1;2;\nMo;1;2;\n",
        (),
        "2:1: the row has 4 cells, and the table 3 columns (and 2 more times below) [data] sted, antall, andel",
    ),
    "quote that never closes": (
        'sted;antall;andel\nBodø;1;2\n"Oslo;1;2\nMo;1;2\n',
        (),
        "3:1: a quote opens in this row and never closes [data] close it",
    ),
    "words behind a quote": (
        'sted;antall;andel\n"Bodø" by;1;2\n',
        (),
        "2:1: text stands behind a quote that closes [data] write a quote within a cell twice",
    ),
    "soft hyphens": (
        "sted;antall;andel\n" + "Bo\u00addø;1;2\n" * 500,
        (),
        "2:3: U+00AD SOFT HYPHEN (and 499 more times below) [hidden-character] delete «Bodø;1;2»",
    ),
    "encoding of no file": (None, ("encoding: utf-16",), f"{DATA}:3:5: this table has none [schema] delete them"),
}


@pytest.mark.parametrize(("csv", "lines", "expected"), PROPOSED.values(), ids=PROPOSED)
def test_csv_written_otherwise_is_refused_with_the_line_to_add(
    figure: Project, csv: str | bytes | None, lines: tuple[str, ...], expected: str
) -> None:
    declared(figure, csv or "", *lines)
    if csv is None:
        (figure.folder / CSV).unlink()
        figure.change(DATA, "    csv: punkter.csv\n", "    rows: []\n")
    assert_problems(figure.problems(), expected, file=CSV)


@pytest.mark.long
def test_all_that_an_export_wants_declared_is_told_in_one_run(figure: Project) -> None:
    rows = "".join(f'Bodø,{number},"{number},5"\r\n' for number in range(16_000))
    declared(figure, f"sted,antall,andel\r\n{rows}".encode("cp1252"))
    mends = [problem.mend for problem in figure.errors()]
    assert {mend.split("`")[1] for mend in mends} == {"encoding: windows-1252", 'delimiter: ","', 'decimal: ","'}
    lines = [mend.split("`")[1] for mend in mends]
    assert declared(figure, f"sted,antall,andel\r\n{rows}".encode("cp1252"), *lines).errors() == []


def test_names_are_looked_for_in_csv_as_it_is_decoded(figure: Project) -> None:
    figure.write("content/denylist.yaml", "names:\n  - Bjørnøya\n")
    declared(figure, "sted;antall;andel\nBjørnøya;1;2\n".encode("cp1252"), "encoding: windows-1252")
    assert_problems(figure.problems(), "2:1: a name of the deny list stands here [anonymous]", file=CSV)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("heading: A, type: text, unit: kg", "`unit` is said of numbers, and this column holds text"),
        ("type: number, decimals: 1", "`decimals` is said of a column that readers see, and this one has no heading"),
        ("heading: A, type: integer, decimals: 1", "`decimals` is said of whole numbers"),
    ],
)
def test_units_and_decimals_are_those_of_numbers_that_are_shown(project: Project, says: str, told: str) -> None:
    project.write(
        "content/start.yaml", "title: S\nblocks:\n  - figure: figur-1\n    title: T\n    source: K.\n    alt: A.\n"
    )
    project.write("content/data/figur-1.yaml", f"tables:\n  t:\n    columns: [{{key: a, {says}}}]\n    rows: [[1]]\n")
    assert told in str(project.problems()[0])
