"""Quotation marks, dashes, numbers and spaces are those of print, Norwegian or English.

Why:  readers trust a text whose details are right, and a wrong mark is quick to mend. Versions (Industri 4.0), sections
      (kapittel 2.1), times and standards (ISO 27001) keep their points and digits. Each text is held to the habits of
      its own language, a section's too that has another than its publication (`language`).
Bad:  "ord", ord - ord, ord—ord, ord..., 2.5 for 2,5, 25000, 75%, two  spaces, a space at the end of a line; in English
      «word», "word", word - word, 2,5, 25 000, 75 %.
Good: «ord» and ‹ord› within it, ord – ord, …, 2,5, 25 000, 75 %; in English “word” and ‘word’ within it, word – word
      or word—word, 2.5, 25,000, 75%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from sys import intern

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words.remembered import remembered
from press.words.wording import ITEM, NEAR, NORWEGIAN, THING, seen_words, texts_with_locale

ID = "typography"
SEVERITY: Severity = "warning"
_Habits = tuple[tuple[str, str, str], ...]
"""Patterns of what does not belong, what each is, and what to write."""
_ANYWHERE: _Habits = (
    (r"´", "an accent for an apostrophe", "write ’"),
    (
        rf"(?<!\d )−(?![\d{THING}])|(?<=\d)−(?=\d)",
        "a minus sign for a dash",
        "write an en dash (–); a minus stands right before its number",
    ),
    (r"[«“][ ]|[ ][»”]", "a space within quotation marks", "set the marks tight to the words"),
    (
        rf"(?<=[^\s{ITEM}])[ ](?P<at>-+)(?=\s)|(?<![\s-])--+|(?<!-)--+(?=[^\s-])",
        "a hyphen for a dash",
        "write an en dash (–)",
    ),
    (r"(?<=[^\W\d_])(?:[ ]–(?=[^\W\d_])|–[ ](?=[^\W\d_]))", "a dash with one space", "write a space on each side"),
    (r"(?!\A\.\.\Z)\.{2,}", "points for an ellipsis", "write …"),
    (r"(?<=\S)(?P<at>[ ]{2,})(?=\S)", "more than one space", "leave one"),
    (r"(?<![ ])[ ]+(?=\n|\Z)", "a space at the end of the line", "delete it"),
    (r"(?<=[^\s])(?P<at>[ ]+)(?=[,.;:!?](?:\s|\Z))", "a space before a mark", "set the mark tight to the word"),
)
_THOUSANDS_IN_NORWEGIAN = (
    r"(?<![\w.,/-])\d{1,3}(?:\.\d{3})+(?![\w.]|,\d)|(?<![\w.,/-])\d{1,3}(?:,000)+(?!\d)",
    "a mark between thousands",
    "write spaces: 10 000; up to 9999 nothing",
)
_DECIMAL_IN_ENGLISH = (
    r"(?<![\w.,/-])\d+(?P<at>,)(?:\d{1,2}|\d{4,})(?![\w,]|\.\d)",
    "a decimal comma",
    "write a point",
)
_IN_NORWEGIAN: _Habits = (
    (r'"', "a straight quotation mark", "write « before and » after"),
    (r"[“”„‟]", "a quotation mark that is not Norwegian", "write « before and » after, ‹ and › within them"),
    (r"['‘‚]", "a single mark that is not Norwegian", "write ‹ and › within a quotation, and ’ for an apostrophe"),
    (r"<<|>>", "a pair of angle brackets for a quotation mark", "write « before and » after"),
    (r"[—―]", "a long dash", "write an en dash (–) with a space on each side"),
    (
        r"(?<![\w.,/-])(?<!\d )(?<!figur )(?<!tabell )(?<!kapittel )(?<!side )(?<!del )(?<!nr\. )(?<!punkt )(?<!tlf\. )"
        r"\d(?P<at>[ ])\d{3}(?![\w]|[ ]\d{3})",
        "a space in a number below 10 000",
        "write it without: 2020",
    ),
    _THOUSANDS_IN_NORWEGIAN,
    (
        r"(?<!ISO )(?<!IEC )(?<!EN )(?<!NS )(?<!nr\. )(?<!tlf\. )(?<![\w.,/-])(?<!\d )\d{5,}(?![\w/-])",
        "a number without spaces",
        "write a space between thousands: 10 000",
    ),
    (r"\d(?P<at>%)", "no space before the per cent sign", "write a space before it, or «prosent»"),
)
_IN_ENGLISH: _Habits = (
    (r'"', "a straight quotation mark", "write “ before and ” after"),
    (r"[«»‹›„‟‚]", "a quotation mark that is not English", "write “ before and ” after, ‘ and ’ within them"),
    (r"'", "a straight apostrophe", "write ’, and ‘ before words that are quoted within a quotation"),
    (r"<<|>>", "a pair of angle brackets for a quotation mark", "write “ before and ” after"),
    (r"―|[ ]—|—[ ]", "a long dash with spaces", "write an en dash (–) with a space on each side, or — without"),
    (
        r"(?<![\w.,/-])(?<!\d )\d{2,3}(?P<at>[ ])\d{3}(?![\w]|[ ]\d{4})"
        r"|(?<![\w.,/-])\d{1,3}(?:\.\d{3}){2,}(?!\w)",
        "a mark between thousands that is not English",
        "write a comma: 10,000; up to 9999 nothing",
    ),
    (
        r"(?<!ISO )(?<!IEC )(?<!EN )(?<!BS )(?<!no\. )(?<!tel\. )(?<!phone )(?<![\w.,/-])(?<!\d )\d{5,}(?![\w/-])",
        "a number without commas",
        "write a comma between thousands: 10,000",
    ),
    _DECIMAL_IN_ENGLISH,
    (r"\d(?P<at>[ ])%", "a space before the per cent sign", "set it tight to the number: 75%"),
)


def _compiled(habits: _Habits) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(pattern), what, mend) for pattern, what, mend in habits)


HABITS = {
    **dict.fromkeys(NORWEGIAN, _compiled((*_IN_NORWEGIAN, *_ANYWHERE))),
    "en": _compiled((*_IN_ENGLISH, *_ANYWHERE)),
}
"""By the language that a text is in."""
_RANGE = re.compile(r"(?<![\w.,/-])(?P<from>\d+)(?P<at>-)(?P<to>\d+)(?![\w-]|/)")
_NAMES_BEFORE = re.compile(
    r"(?:§§?[ ]?(?:\d+(?:-\d+)?[ ]?[a-z]?(?:,| og| eller| til| and| or| to)?[ ])*"
    r"|(?<!\w)(?:[A-ZÆØÅ]{2,}|nr\.|no\.|sak|saken|case|tlf\.|tel\.|phone|punkt|pkt\.)[ ])\Z"
)
"""What makes numbers with a hyphen a name: § 3-1, NS 8405-1, sak 20-113."""
_DECIMAL = re.compile(
    r"(?<![\w.,/-])\d+(?P<at>\.)(?:(?P<version>0)|\d{1,2}|\d{4,})(?![\w-]|\.\d)"
    r"(?P<unit>[ ]?(?:prosent|%|millioner|milliarder|kroner|kr|km|mm|cm|m|kg|tonn|timer|år|grader)(?!\w))?"
)
_NAMED_BEFORE = re.compile(
    r"(?:(?<!\w)[A-ZÆØÅ][\w-]*|kapittel|punkt|figur|tabell|avsnitt|vedlegg|del|versjon|utgave|kl\.|§)[ ]\Z"
)
"""What makes the numbers after it a version, the number of a part or a time."""
_POINT_ALONE = re.compile(r"[-−+±]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+(?:[ \u00a0]?(?:%|prosent))?")
"""A number that is all of a label: in a text some of them could be versions or have thousands, as 12.0 and 0.125."""
_BY_PYTHON = re.compile(r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?![\w.,])")
_CLOSES = {"»": "«", "›": "‹", "”": "“"}
_QUOTES = {**dict.fromkeys(NORWEGIAN, re.compile(r"[«»‹›]")), "en": re.compile("[“”]")}


def check(report: Report) -> Iterator[Problem]:
    for locale, kind, text in texts_with_locale(report):
        language = intern(locale.partition("-")[0])
        if language in HABITS:
            yield from _amiss(text, kind, language)


@remembered
def _amiss(text: Located, kind: Kind, language: str) -> Iterator[Problem]:
    seen = seen_words(text, kind)
    for pattern, what, mend in HABITS[language]:
        for match in pattern.finditer(seen):
            at = match.start("at") if match.groupdict().get("at") else match.start()
            yield Problem(text.place_of(at), ID, f"{what} stands here", mend)
    for match in _RANGE.finditer(seen):
        if not _is_name(match, seen):
            place = text.place_of(match.start("at"))
            yield Problem(place, ID, "a hyphen between numbers stands here", "write an en dash (–) without spaces")
    for match in _DECIMAL.finditer(seen) if language in NORWEGIAN else ():
        if _is_decimal(match, seen):
            place = text.place_of(match.start("at"))
            yield Problem(place, ID, "a decimal point stands here", "write a comma")
    if wrong := _quotes_amiss(seen, _QUOTES[language]):
        offset, what = wrong
        marks = "«» around a quotation, and ‹›" if language in NORWEGIAN else "“” around a quotation, and ‘’"
        yield Problem(text.place_of(offset), ID, what, f"write {marks} around one within it")


def number_slips(text: str, locale: str) -> Iterator[str]:
    """Say what is wrong with the signs in the numbers of a label that a program wrote; the first of each kind."""
    language = locale.partition("-")[0]
    if language in NORWEGIAN:
        decimals = (match for match in _DECIMAL.finditer(text) if _is_decimal(match, text))
        if next(decimals, None) or _POINT_ALONE.fullmatch(text):
            yield "a decimal point"
        elif _BY_PYTHON.search(text):
            yield "a comma between thousands"
    elif language == "en" and re.search(_DECIMAL_IN_ENGLISH[0], text):
        yield "a decimal comma"


def _is_decimal(match: re.Match[str], seen: str) -> bool:
    """Tell whether numbers with a point between them are one number: not a version, the number of a part or a time."""
    named = match["version"] or _NAMED_BEFORE.search(seen, max(0, match.start() - NEAR), match.start())
    return bool(match["unit"] or not named)


def _is_name(match: re.Match[str], seen: str) -> bool:
    """Tell whether numbers with a hyphen are no range: they do not count up, or what stands before names them."""
    first, last = match["from"], match["to"]
    counts_down = len(first) == len(last) and int(first) >= int(last)
    return counts_down or _NAMES_BEFORE.search(seen, max(0, match.start() - NEAR), match.start()) is not None


def _quotes_amiss(seen: str, quotes: re.Pattern[str]) -> tuple[int, str] | None:
    """Tell where the first quotation mark stands that does not belong, and why."""
    open_marks: list[tuple[str, int]] = []
    for match in quotes.finditer(seen):
        mark, offset = match[0], match.start()
        if mark in _CLOSES:
            if not open_marks or open_marks[-1][0] != _CLOSES[mark]:
                return offset, f"{mark} closes a quotation that is not open"
            open_marks.pop()
            continue
        if [kind for kind, _ in open_marks] != (["«"] if mark == "‹" else []):
            around = "“”" if mark == "“" else "«»"
            return offset, f"{mark} stands {'outside' if mark == '‹' else 'within'} a quotation with {around}"
        open_marks.append((mark, offset))
    return (open_marks[-1][1], f"{open_marks[-1][0]} opens a quotation that does not close") if open_marks else None
