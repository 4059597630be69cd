"""Every figure has a script, and what it lists of its data is there.

Why:  without them nothing can be drawn, or set below the drawing.
Bad:  a figure without `figures/<id>.py`; `lists` of a table or column that its data does not have.
Good: `figure: figur-5` with figures/figur_5.py and content/data/figur-5.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Figure
from press.content.report import Report
from press.errors import Problem, Severity, did_you_mean

ID = "figure-drawable"
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report) -> Iterator[Problem]:
    for figure in (block for _, block in report.blocks() if isinstance(block, Figure)):
        script = f"figures/{figure.figure.replace('-', '_')}.py"
        if not (report.project / script).is_file():
            what = f"the figure {figure.figure!r} has no script"
            yield Problem(figure.figure.place, ID, what, f"write {script} with draw(data)")
        yield from _lists(report, figure)


def _lists(report: Report, figure: Figure) -> Iterator[Problem]:
    tables = report.figures[str(figure.figure)].tables
    for key in figure.lists:
        if key.table not in tables:
            mend = did_you_mean(key.table, tables, f"name a table of content/data/{figure.figure}.yaml")
            yield Problem(key.table.place, ID, f"the figure's data has no table {str(key.table)!r}", mend)
            continue
        known = [str(column.key) for column in tables[key.table].declared.columns]
        for name in key.columns:
            if name not in known:
                mend = did_you_mean(name, known, f"the columns are: {', '.join(known)}")
                yield Problem(name.place, ID, f"the table {str(key.table)!r} has no column {str(name)!r}", mend)
