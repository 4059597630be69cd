"""Sentences begin with a capital letter and end with a mark, and brackets close.

Why:  a full stop that went missing makes two thoughts one, and a bracket that never closes makes a reader look for its
      end. Holds for what is in Norwegian; abbreviations end no sentence.
Bad:  "Bedriftene deler data Det gir resultater.", "De deler. det gir resultater.", "De deler (og lærer."
Good: "Bedriftene deler data. Det gir resultater.", "bl.a. de store", "a) først, b) så".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words.remembered import remembered
from press.words.wording import ITEM, MARK, THING, norwegian_texts, shown, units

ID = "sentence-marks"
SEVERITY: Severity = "warning"
_SMALL_LETTER = "a sentence begins with a small letter"
_OPENERS = (
    "Det|Dette|Disse|Vi|Men|Når|Hvis|Derfor|Dermed|Slik|Samtidig|Dersom|Likevel|Imidlertid|Dessuten|Hvordan|Hvorfor|"
    "Noen|Flere|Mange|Alle|Både|Kvifor|Dei|Desse"
)
_NO_STOP = re.compile(rf"(?<=[a-zæøå])(?P<at>[ \n]+)(?=(?:{_OPENERS})(?![\w-]))")
_SMALL = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,})[.!?][ \n]+(?P<at>[a-zæøå][\w-]*)")
_SMALL_FIRST = re.compile(rf"[\s»«(‹{MARK}]*(?P<at>[a-zæøå][\w-]+)[ \n]+\S+[ \n]+\S")
_ABBREVIATED = re.compile(
    r"(?:adm|art|avd|avg|bla|dir|eks|eksl|ekskl|etc|evt|feks|fig|forts|gjsn|hhv|iflg|inkl|jan|feb|mar|apr|jun|jul|aug|"
    r"sept?|okt|nov|des|kap|maks|meld|mill|min|mndl|mrd|mva|nåv|osv|pkt|prof|pst|ref|red|tab|tekn|tlf|tsk|utg|vedl|vol|"
    r"økon|årg)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"(?<!\w)\w\)|[()]")


def check(report: Report) -> Iterator[Problem]:
    for kind, text in norwegian_texts(report):
        yield from _amiss(text, kind)


@remembered
def _amiss(text: Located, kind: Kind) -> Iterator[Problem]:
    seen, goes_on = shown(str(text), kind), False
    for start, unit in units(seen):
        if kind == "prose":
            # What stands after a list or a formula may end the sentence that it stands in.
            if not goes_on and (small := _SMALL_FIRST.match(unit)) and small["at"].islower():
                yield Problem(text.place_of(start + small.start("at")), ID, _SMALL_LETTER, "write a capital letter")
            goes_on = unit.lstrip().startswith(ITEM) or not unit.strip(f"{THING} \n")
            for offset, what, mend in _sentences_amiss(unit):
                yield Problem(text.place_of(start + offset), ID, what, mend)
        if (bracket := _open_bracket(unit)) is not None:
            offset, what = bracket
            yield Problem(text.place_of(start + offset), ID, what, "close it, or delete it")


def _sentences_amiss(unit: str) -> Iterator[tuple[int, str, str]]:
    for match in _NO_STOP.finditer(unit):
        word = unit[match.end() :].split(maxsplit=1)[0].strip(f".,:;!?{MARK}{ITEM}")
        yield (
            match.end(),
            f"«{word}» begins a sentence, and none ends before it",
            "end the sentence before it with a mark",
        )
    for match in _SMALL.finditer(unit):
        is_part = unit[match.start() - 1 : match.start()] == "."
        if not is_part and not _ABBREVIATED.fullmatch(match["word"]) and match["at"].islower():
            yield (
                match.start("at"),
                _SMALL_LETTER,
                "write a capital letter, or another mark before it",
            )


def _open_bracket(unit: str) -> tuple[int, str] | None:
    """Tell where the first bracket stands that has no other, and what is wrong with it."""
    opened: list[int] = []
    for match in _BRACKETS.finditer(unit):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            opened.pop()
        elif match[0] == ")":
            return match.start(), "a bracket closes here that none opens"
    return (opened[-1], "a bracket opens here and does not close") if opened else None
