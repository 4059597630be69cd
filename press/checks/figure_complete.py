"""Every figure has a caption of its own, and words for those who cannot see it.

Why:  a reader must know what a figure shows and whose data it rests on, with or without eyes; so for matrices and
      photographs too.
Bad:  an alt text that repeats the title, is a file's name, begins with «Bilde av» or runs over 300 characters; no
      `heading` in its data.
Good: «Fem trinn fra venstre mot høyre: …» and «Egen fremstilling. Kilde: …».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.blocks import Captioned, Figure, Photo
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
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
        if isinstance(block, Figure) and not any(
            table.shown for table in report.figures[str(block.figure)].tables.values()
        ):
            what = "no table of this data can be read by those who cannot see the figure"
            place = report.figures[str(block.figure)].declared.place
            yield Problem(place, ID, what, "give the columns that matter a `heading`")


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
