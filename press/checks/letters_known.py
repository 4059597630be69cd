"""Every letter is one that the typefaces have; in running text, emphasis and pull quotes, one that the very face has.

Why:  one that they lack would be drawn with whatever font the machine has, or as an empty box; the build refuses it
      (`glyph`), and here it is told at its letter.
Bad:  a word in Chinese or Arabic, a picture of a face; a Greek letter in a pull quote or in emphasis: in italics;
      one in code that the typeface of code lacks.
Good: the letters of European languages, Sámi and Polish among them, and signs such as ≤, × and ½; Greek ones and →
      where they stand upright.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING

from press.checks.quote_placed import quotes
from press.content.blocks import KINDS, Code, Text
from press.content.report import Report
from press.content.strict_yaml import Located
from press.editions.edition import FULL
from press.errors import Problem, Severity, TemplateError
from press.fonts import CODE_FACE, characters, in_use
from press.words import list_items, prose

if TYPE_CHECKING:
    from press.writers.pdf.margins import Setting

ID = "letters-known"
SEVERITY: Severity = "error"
NEEDED = True
MEND = "write it in letters, or leave it out"
# Whatever typeface it is, these are in it; so most texts need no look into the fonts.
_UNCOMMON = re.compile("[^\n\\x20-\\x7e\u00a0-\u012b\u012e-\u0131\u0134-\u017f–—‘’“”„†•…‹›€™−]")

_ANY = re.compile(r"[^\s\u200b-\u200d\ufeff\u00ad]")
"""Of a typeface that nobody here knows."""


def check(report: Report) -> Iterator[Problem]:
    looked_for = _ANY if report.faces else _UNCOMMON
    families = frozenset({report.theme.serif, report.theme.sans})

    @cache  # most texts need no look into the fonts, which takes a while
    def known(style: str = "") -> Collection[str]:
        return _known(families, style)

    whose = "typeface of this publication" if report.faces else "bundled typeface"
    for kind, text in (*report.texts(), *(("plain", label) for label in report.theme.labels)):
        for match in _uncommon(text if kind == "plain" else prose.without_verbatim(text, " "), looked_for):
            if match[0] not in known():
                what = f"no {whose} has «{match[0]}» (U+{ord(match[0]):04X})"
                yield Problem(text.place_of(match.start()), ID, what, MEND)
            elif match[0] not in known("italic") and kind != "plain" and _is_emphasised(text, match.start()):
                what = f"no italics have «{match[0]}» (U+{ord(match[0]):04X}), and this is set in them"
                yield Problem(text.place_of(match.start()), ID, what, "write it outside of the emphasis")
    for text, code, offset in _code(report):
        for match in _uncommon(code, _UNCOMMON):
            if match[0] not in characters(*CODE_FACE.key):
                what = f"the typeface of code has no «{match[0]}» (U+{ord(match[0]):04X})"
                yield Problem(text.place_of(offset + match.start()), ID, what, MEND)
    for text, face in _set_in(report, looked_for):
        has = characters(face.family, face.weight, face.style)
        for match in _uncommon(prose.without_verbatim(text, " "), looked_for):
            if match[0] not in has and match[0] in known() and not _is_noted(text, match.start()):
                name = f"{face.family} {face.weight}{' italic' if face.style == 'italic' else ''}"
                what = f"«{match[0]}» (U+{ord(match[0]):04X}) is not in {name}, in which this is set"
                yield Problem(text.place_of(match.start()), ID, what, MEND)


def _uncommon(text: str, looked_for: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return iter(()) if looked_for is _UNCOMMON and text.isascii() else looked_for.finditer(text)


def _code(report: Report) -> Iterator[tuple[Located, str, int]]:
    """Yield what is set as code, with the text that it stands in and where."""
    for kind, text in report.texts():
        yield from ((text, code, at) for code, at in (prose.codes(text) if kind != "plain" else ()))
    yield from ((block.listing, str(block.listing), 0) for _, block in report.blocks() if isinstance(block, Code))


def _set_in(report: Report, looked_for: re.Pattern[str]) -> Iterator[tuple[Located, Setting]]:
    """Yield the texts of whose face the style sheets tell; none if none wants a look, or the sheets cannot be read."""
    running = [block.text for _, block in report.blocks() if isinstance(block, Text)]
    quoted = [quote for _, quote in quotes(report)]
    spoken = [quote.speaker for quote in quoted if quote.speaker is not None]
    told = [
        text
        for text in (*running, *(quote.quote for quote in quoted), *spoken)
        if next(_uncommon(text, looked_for), None)
    ]
    if not told:
        return
    from press.compose.templates import Templates
    from press.writers.pdf.margins import sizes_of

    try:
        sizes = sizes_of(Templates(report.project, FULL).stylesheet(KINDS, report.theme)[0])
    except TemplateError:
        return
    yield from ((text, sizes.body) for text in running)
    yield from ((quote.quote, sizes.quote) for quote in quoted)
    yield from ((text, sizes.speaker) for text in spoken)


def _is_emphasised(text: str, offset: int) -> bool:
    text = prose.ESCAPED.sub("  ", prose.without_verbatim(text))
    start = text.find("*", 0, offset)
    while start >= 0:
        end = prose.emphasis_end(text, start)
        if end is not None and offset < end:
            return True
        start = text.find("*", (start if end is None else end) + 1, offset)
    return False


def _is_noted(text: Located, offset: int) -> bool:
    """Tell whether a letter stands in a footnote, which is set otherwise."""
    return any(line.note and line.offset <= offset < line.offset + len(line.text) for line in list_items.read(text))


def _known(families: Collection[str], style: str = "") -> Collection[str]:
    """Give the characters that any face of these families has, or any of a style."""
    faces = [face for face in in_use() if face.family in families and style in {"", face.style}]
    return frozenset().union(*(characters(*face.key) for face in faces))
