"""Texts as a reader meets them, letter for letter where they stand in the content: for checks of language.

`shown` blanks what is not printed (marks, addresses, names of footnotes) and what stands for something else
(references), and keeps every other character at its offset, so that whatever is found has its place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

from press.content.blocks import Kind
from press.content.report import Report, Section
from press.content.strict_yaml import Located
from press.errors import TemplateError
from press.words import list_items, prose
from press.words.language import Language, language_of, read_language
from press.words.remembered import remembered

MARK = "\ue000"
"""Stands for a character that is not printed: an emphasis mark, a bracket, a footnote's name, a link's address."""
THING = "\ue001"
"""Stands for a character of a reference or an address; a run of them is printed as a word or a number."""
ITEM = "\ue002"
"""Stands for a character of the mark that begins a list item or a footnote's text."""

NORWEGIAN = ("nb", "nn", "no")

LONG_WORD = 6
"""A word of more letters than this is long: C. H. Björnsson, «Läsbarhet» (1968)."""

NEAR = 100
"""As far as is looked back or ahead, in characters, for what bears on a word."""

_BLANKED = re.compile(
    rf"""
      (?P<item>^\ *{list_items.NOTE}:)
    | (?P<thing>\{{[^{{}}\n]*\}}|\[[^\[\]]*@[^\[\]]*\](?!\()|{prose.IN_TEXT}|https?://[^\s)]+)
    | (?P<mark>{list_items.NOTE}|\]\([^)\s]{{0,2000}}\)|\\(?=.)|[*\[\]])
    """,
    re.VERBOSE | re.MULTILINE,
)
_REFERENCE = re.compile(r"(?P<thing>\{[^{}\n]*\}|https?://[^\s)]+)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_UNITS = re.compile(rf"\n[ ]*\n|\n(?=[ ]*{ITEM})")
_END = re.compile(rf"(?<![.!?…:])[.!?…:]++[»›){MARK}]*+(?=\s+[^\sa-zæøå]|\s*$)")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:nr|s|ca|dvs|jf|kap|pkt|dr|prof|mv|inkl|ev|evt|mill|mrd|kl|tlf|art|vol|red|"
    r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3})\.\Z",
    re.IGNORECASE,
)
_WORD = re.compile(rf"(?:[^\W_]|{THING})+(?:[-–’'./](?:[^\W_]|{THING})+)*")


@lru_cache(maxsize=8192)
def shown(text: str, kind: Kind = "prose") -> str:
    """Blank what a reader does not see as it is typed; the result is as long as `text`."""
    if kind != "plain":
        text = prose.without_verbatim(text, THING)
    if "\\" in text:
        text = prose.ESCAPED.sub(2 * MARK, text)
    if kind != "plain":
        text = prose.SHIFTED.sub(lambda match: f"{MARK}{match[1] or match[2]}{MARK}", text)
    for mark in list_items.points(text) if kind == "prose" else ():
        start = text.rfind("\n", 0, mark.offset) + 1
        text = f"{text[:start]}{ITEM * (mark.end - start)}{text[mark.end :]}"
    return (_REFERENCE if kind == "plain" else _BLANKED).sub(_blank, text)


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number and no words."""
    return _NUMBER.fullmatch(text) is not None


def seen_words(text: Located, kind: Kind) -> str:
    """Give what a reader sees of a text of words; nothing of a cell that holds a number."""
    return "" if kind != "prose" and is_number(text) else shown(str(text), kind)


def sentences(seen: str) -> Iterator[tuple[int, str]]:
    """Divide what `shown` gave into sentences, each with its offset; a colon before a list or a capital ends one."""
    for begin, end in spans(seen):
        if seen[begin:end].strip(f" \n{MARK}{ITEM}"):
            yield _stripped(begin, seen[begin:end])


def spans(seen: str) -> Iterator[tuple[int, int]]:
    """Divide what `shown` gave where sentences begin: offsets that leave out only white space."""
    for start, unit in units(seen):
        begin, last = 0, len(unit.rstrip())
        for match in _END.finditer(unit):
            stop = match.start() + 1
            if match.end() < last and match[0] == "." and _ABBREVIATED.search(unit, max(0, stop - NEAR), stop):
                continue
            yield start + begin, start + match.end()
            begin = match.end()
        yield start + begin, start + len(unit)


def words(sentence: str) -> list[str]:
    """List the words of a sentence; a reference is one word."""
    return _WORD.findall(sentence)


@dataclass(frozen=True)
class Readability:
    """How hard a text is: LIX, the mean length of sentences plus the share of long words in per cent."""

    words: int
    lix: float


def readability(texts: Iterable[Located]) -> Readability:
    """Measure texts together."""
    measured = [sentence for text in texts for sentence in _measured(text)]
    count, long = (sum(found) for found in zip(*measured, strict=True)) if measured else (0, 0)
    return Readability(count, count / len(measured) + 100 * long / count if count else 0.0)


@remembered
def _measured(text: Located) -> Iterator[tuple[int, int]]:
    """Count the words of each sentence, and those of them that are long."""
    for _, sentence in sentences(shown(str(text))):
        if found := words(sentence):
            yield len(found), sum(sum(map(str.isalpha, word)) > LONG_WORD for word in found)


def section_prose(section: Section) -> Iterator[Located]:
    """Yield the prose of a section itself, without its subsections."""
    content = section.content
    if content.lead is not None:
        yield content.lead
    for block in (*content.blocks, *content.closing):
        yield from block.prose()


def known_language(report: Report) -> Language | None:
    """Read the publication's language; None where it cannot be, which `language-known` says."""
    with suppress(TemplateError):
        return language_of(report)
    return None


def texts_with_locale(report: Report) -> Iterator[tuple[str, Kind, Located]]:
    """Yield every text with the locale of its language: its section's, or else the publication's."""
    language, other = known_language(report), report.language_by_text
    main = language.locale if language is not None else ""
    for kind, text in report.texts():
        yield locale_of(report, other[id(text)]) if id(text) in other else main, kind, text


def locale_of(report: Report, tag: str) -> str:
    """Give the locale of a language: as its file says, or what stands for it itself."""
    with suppress(TemplateError):
        return read_language(report.project, str(tag)).locale
    return str(tag)


def norwegian_texts(report: Report) -> Iterator[tuple[Kind, Located]]:
    """Yield the texts that are in bokmål or nynorsk."""
    return ((kind, text) for locale, kind, text in texts_with_locale(report) if locale.startswith(NORWEGIAN))


def is_norwegian(report: Report) -> bool:
    """Tell whether a publication is in bokmål or nynorsk."""
    language = known_language(report)
    return language is not None and language.locale.startswith(NORWEGIAN)


def party_names(report: Report) -> re.Pattern[str] | None:
    """Make the pattern of a party's name by its letter («Bedrift F»); None without a language."""
    language = known_language(report)
    if language is None or "party" not in language.words:
        return None
    return re.compile(rf"(?<!\w)(?i:{re.escape(language.word('party'))})\w{{0,3}} ([A-ZÆØÅ])(?!\w)")


def _blank(match: re.Match[str]) -> str:
    character = {"item": ITEM, "thing": THING, "mark": MARK}[match.lastgroup or "mark"]
    return character * len(match[0])


def units(seen: str) -> Iterator[tuple[int, str]]:
    """Yield paragraphs, list items and notes with their offsets."""
    begin = 0
    for match in _UNITS.finditer(seen):
        yield begin, seen[begin : match.start()]
        begin = match.end()
    yield begin, seen[begin:]


def _stripped(offset: int, sentence: str) -> tuple[int, str]:
    bare = sentence.lstrip(f" \n{MARK}{ITEM}")
    return offset + len(sentence) - len(bare), bare.rstrip()
