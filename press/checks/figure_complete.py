"""Every figure has a script, a caption of its own, a source and words for those who cannot see it.

Why:  a reader must know what a figure shows and whose data it rests on, with or without eyes; so for matrices and
      photographs too.
Bad:  an alt text that repeats the title, is a file's name, begins with «Bilde av» or runs over 300 characters; no
      `figures/<id>.py`.
Good: «Fem trinn fra venstre mot høyre: …» and «Egen fremstilling. Kilde: …».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.blocks import Captioned, Figure, Photo
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity, did_you_mean
from press.words import prose

ID = "figure-complete"
SEVERITY: Severity = "error"
LONGEST_ALT = 300
_SAYS_PICTURE = re.compile(
    r"(?:et |en )?(?:bildet?|figur(?:en)?|fotografi(?:et)?|foto|illustrasjon(?:en)?|tegning(?:en)?|diagram(?:met)?)"
    r" (?:av|som viser|viser)(?!\w)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|tiff?|webp|pdf)|[a-zæøå0-9]+(?:[-_][a-zæøå0-9]+)+", re.IGNORECASE)


def check(report: Report) -> Iterator[Problem]:
    for _, block in report.blocks():
        if isinstance(block, Captioned):
            captions = [text for text in (block.title, block.caption) if text is not None]
            yield from _alt(report, block.alt, captions)
        elif isinstance(block, Photo) and block.alt is not None and block.stands != "none":
            yield from _alt(report, block.alt, [block.caption])
        if isinstance(block, Figure):
            yield from _script_and_tables(report, block)


def _alt(report: Report, text: Located, captions: list[Located]) -> Iterator[Problem]:
    alt = _printed(report, text)
    if len(alt) > LONGEST_ALT:
        what = f"the alt text is {len(alt)} characters long; {LONGEST_ALT} are the most"
        mend = "say what kind of figure, what it shows, and the one thing to take away"
        yield Problem(text.place, ID, what, mend)
    if _SAYS_PICTURE.match(alt):
        what = "the alt text begins by saying that it is a picture"
        yield Problem(text.place, ID, what, "begin with what it shows")
    if _FILE_NAME.fullmatch(alt):
        yield Problem(text.place, ID, "the alt text is the name of a file", "say what can be seen")
    if _bare(alt) in {_bare(_printed(report, caption)) for caption in captions}:
        yield Problem(text.place, ID, "the alt text repeats the caption", "say what can be seen")


def _printed(report: Report, text: Located) -> str:
    def fact(reference: prose.Reference) -> str:
        found = report.facts.get(reference.id)
        return str(getattr(found, reference.form or "value", reference.id))

    return prose.plain(" ".join(text.split()), fact)


def _bare(text: str) -> str:
    return text.casefold().rstrip(". ")


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
