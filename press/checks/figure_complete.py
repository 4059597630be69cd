"""Every figure has a script, a caption of its own, a source and words for those who cannot see it.

Why:  a reader must know what a figure shows and whose data it rests on, with or without eyes.
Bad:  an alt text that repeats the title, begins with «Bilde av» or runs over 300 characters; no `figures/<id>.py`.
Good: «Fem trinn fra venstre mot høyre: …» and «Egen fremstilling. Kilde: …».
"""

from __future__ import annotations

from collections.abc import Iterator

from press import prose
from press.blocks import Captioned, Figure
from press.errors import Problem, did_you_mean
from press.report import Report

ID = "figure-complete"
LONGEST_ALT = 300
EMPTY_OPENINGS = ("bilde av", "figur som viser", "figuren viser", "illustrasjon av")


def check(report: Report) -> Iterator[Problem]:
    for _, block in report.blocks():
        if not isinstance(block, Captioned):
            continue
        alt = prose.plain(" ".join(block.alt.split()), lambda reference: _fact(report, reference.id))
        if len(alt) > LONGEST_ALT:
            what = f"the alt text is {len(alt)} characters long; {LONGEST_ALT} are the most"
            yield Problem(
                block.alt.place, ID, what, "say what kind of figure, what it shows, and the one thing to take away"
            )
        if alt.lower().startswith(EMPTY_OPENINGS):
            yield Problem(
                block.alt.place, ID, "the alt text begins by saying that it is a picture", "begin with what it shows"
            )
        if alt in {block.title, block.caption}:
            yield Problem(block.alt.place, ID, "the alt text repeats the caption", "say what can be seen")
        if isinstance(block, Figure):
            yield from _script_and_tables(report, block)


def _fact(report: Report, name: str) -> str:
    return str(report.facts[name].value) if name in report.facts else name


def _script_and_tables(report: Report, figure: Figure) -> Iterator[Problem]:
    script = f"figures/{figure.figure.replace('-', '_')}.py"
    if not (report.project / script).is_file():
        yield Problem(
            figure.figure.place, ID, f"the figure {figure.figure!r} has no script", f"write {script} with draw(data)"
        )
    source = report.figures.get(str(figure.figure))
    if source is None:
        return
    for key in figure.lists:
        if key.table not in source.tables:
            mend = did_you_mean(key.table, source.tables, f"name a table of content/data/{figure.figure}.yaml")
            yield Problem(key.table.place, ID, f"the figure's data has no table {str(key.table)!r}", mend)
            continue
        known = [str(column.key) for column in source.tables[key.table].declared.columns]
        for name in key.columns:
            if name not in known:
                mend = did_you_mean(name, known, f"the columns are: {', '.join(known)}")
                yield Problem(name.place, ID, f"the table {str(key.table)!r} has no column {str(name)!r}", mend)
    if not any(c.heading for t in source.tables.values() for c in t.declared.columns):
        mend = "give the columns that matter a `heading`"
        yield Problem(
            source.declared.place, ID, "no table of this data can be read by those who cannot see the figure", mend
        )
