"""How a language sets words and numbers, put in by the pipeline so that editors type ordinary spaces.

Non-breaking spaces keep a number with its word («side 29», «Bedrift A»); digits are grouped from 10 000 up. Which words
bind is data: `templates/language/<language>.yaml`; dates, and the signs in numbers, are those of its locale (Babel:
Unicode CLDR).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_date_format, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol
from markupsafe import Markup
from pydantic import Field

from press.content.blocks import Node
from press.content.report import Fact, Report
from press.content.strict_yaml import Located, is_within, parse_yaml, read_text
from press.content.validation import validate
from press.errors import ContentError, Place, Problem, TemplateError, did_you_mean
from press.words import prose

OUR_TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_SHORT_WORD = re.compile(r"(?<!\w)([^\W\dA-ZÆØÅ_]{1,2}) (?=\S|\Z)")
GROUPED_FROM = 10_000
_BLOCK_TAG = re.compile(r"(</?(?:p|[uo]l|li)(?:\s[^>]*)?>)")
_TAG = re.compile(r"(<code>.*?</code>|<[^>]*>)")
"""A tag, or code, whose letters stay as they are."""


class LanguageFile(Node):
    """What stands in `templates/language/<language>.yaml`."""

    locale: Annotated[
        Located, Field(description="the language tag of the PDF; its patterns divide words, its dates are printed")
    ]
    decimal: Annotated[Located | None, Field(description="the decimal sign, where it is not that of the locale")] = None
    words: dict[str, Located]
    web: Annotated[dict[str, Located], Field(default_factory=dict, description="what only web edition and EPUB say")]
    quotes: tuple[Located, Located]
    keep_with_number: tuple[Located, ...]
    keep_with_unit: tuple[Located, ...]
    months: Annotated[
        tuple[Located, ...] | None,
        Field(min_length=12, max_length=12, description="where nobody has them for the locale: the months, twelve"),
    ] = None


@dataclass(frozen=True)
class Language:
    """A language's words and typographic habits."""

    tag: str
    locale: str
    words: Mapping[str, str]
    web: Mapping[str, str]
    """The words that only the web edition and the EPUB say."""
    quotes: tuple[str, str]
    keep_with_number: tuple[str, ...]
    keep_with_unit: tuple[str, ...]
    own_decimal: str = ""
    own_months: tuple[str, ...] = ()
    """What the language's file says itself, where the locale has none."""

    @cached_property
    def decimal(self) -> str:
        """The sign before decimals."""
        return self.own_decimal or str(get_decimal_symbol(_babel(self.locale)))

    @cached_property
    def group(self) -> str:
        """What parts thousands."""
        return str(get_group_symbol(_babel(self.locale)))

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The names of the months, January first."""
        return self.own_months or _months_of(self.locale)

    @cached_property
    def _loose_space(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in sorted(self.keep_with_number, key=len, reverse=True))
        units = "|".join(re.escape(unit) for unit in sorted(self.keep_with_unit, key=len, reverse=True))
        months = "|".join(map(re.escape, self.months))
        point = r"\." if self.own_months or "." in self._long_date.pattern else ""
        return re.compile(
            rf"""
              (?<!\w)(?P<word>{words})[ \n](?=\d|[A-ZÆØÅ](?!\w)|[IVX]+(?!\w))  # side 29, Bedrift A, del IV
            | (?<=\d)[ \n](?=(?:{units})(?!\w))                               # 75 prosent
            | (?<=\d{point})[ \n](?=(?:{months})(?!\w))                      # 17. mai
            | (?<=\d)\ (?=\d{{3}}(?!\d))                                     # 10 000
            | [ \n](?=–[ \n])                                               # an aside's dash ends the line before it
            """,
            re.VERBOSE,
        )

    def set(self, text: str) -> str:
        """Put the non-breaking spaces into plain text."""
        return self._loose_space.sub(lambda match: f"{match['word'] or ''}{NO_BREAK_SPACE}", text)

    def bind(self, html: Markup) -> Markup:
        """Put the non-breaking spaces into HTML, also where marks or references stand between what they bind."""
        blocks = _BLOCK_TAG.split(html)
        return Markup("".join(map(self._bound, blocks)))  # noqa: S704 - letters take each other's place, one for one

    def bind_short(self, html: Markup) -> Markup:
        """Keep words of one or two letters on the line of the word after them, as titles want it."""
        pieces = _TAG.split(html)
        pieces[::2] = [_SHORT_WORD.sub(rf"\1{NO_BREAK_SPACE}", text) for text in pieces[::2]]
        return Markup("".join(pieces))  # noqa: S704 - letters take each other's place, one for one

    def _bound(self, html: str) -> str:
        pieces = _TAG.split(html)
        bound = iter(self.set("".join(pieces[::2])))
        pieces[::2] = ["".join(islice(bound, len(text))) for text in pieces[::2]]
        return "".join(pieces)

    def number(self, value: str) -> str:
        """Write a number as the language does: decimal sign, digits grouped from 10 000 up."""
        whole, _, decimals = value.partition(".")
        if abs(int(whole)) >= GROUPED_FROM:
            whole = f"{int(whole):,}".replace(",", self.group)
        return whole + (self.decimal + decimals if decimals else "")

    def fact(self, fact: Fact, form: str) -> str:
        """Write a fact in one of its forms: the number, its `words`, or the number with its `unit`."""
        if form == "words":
            return prose.unescaped(str(fact.words))
        number = self.number(str(fact.value))
        return f"{number}{NO_BREAK_SPACE}{prose.unescaped(str(fact.unit))}" if form == "unit" else number

    def date(self, day: date) -> str:
        """Write a date out: 23. november 2026, 23 November 2026."""
        if self.own_months:
            return f"{day.day}.{NO_BREAK_SPACE}{self.own_months[day.month - 1]} {day.year}"
        return self.set(format_date(day, self._long_date, locale=_babel(self.locale)))

    @property
    def _long_date(self) -> Any:
        return get_date_format("long", locale=_babel(self.locale))

    def word(self, name: str) -> str:
        """Give the language's word for something a template names; raises KeyError with the nearest known."""
        found = self.words.get(name, self.web.get(name))
        if found is None:
            mend = did_you_mean(name, {**self.words, **self.web}, "add it there")
            raise KeyError(f"{name!r} is no word of templates/language/{self.tag}.yaml: {mend}")
        return found


def lower_first(words: str) -> str:
    """Give words of the language file as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """Give words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def language_folders(project: Path) -> list[Path]:
    """Name the folders that hold languages for a project: its own, then ours."""
    return [folder / "language" for folder in (project / "templates", OUR_TEMPLATES)]


def find_template(project: Path, name: str) -> Path | None:
    """Find a file of the templates, the project's own before ours; raises TemplateError for one that lies outside."""
    for folder in (project / "templates", OUR_TEMPLATES):
        path = folder / name
        if not os.path.isfile(path):  # which, unlike Path.is_file, also tells of a name too long to be asked for
            continue
        if is_within(path, folder) and (folder == OUR_TEMPLATES or is_within(folder, project)):
            return path
        what = "this file is a link that leads out of the project"
        raise TemplateError([Problem(Place(f"templates/{name}"), "template", what, "put the file itself here")])
    return None


def language_of(report: Report, tag: str | None = None) -> Language:
    """Read the language of a publication or of a section, with its own name for a party; raises TemplateError."""
    language = read_language(report.project, tag or str(report.settings.language))
    called = report.settings.party
    if called is None:
        return language
    words = {**language.words, "party": str(called)}
    return replace(language, words=words, keep_with_number=(*language.keep_with_number, str(called)))


def read_language(project: Path, tag: str) -> Language:
    """Read a language, as a project or else we have it; raises TemplateError."""
    shown = f"templates/language/{tag}.yaml"
    path = find_template(project, f"language/{tag}.yaml")
    if path is None:
        known = sorted({found.stem for folder in language_folders(project) for found in folder.glob("*.yaml")})
        mend = did_you_mean(tag, known, f"write {shown}, as {', '.join(known)} is written")
        raise TemplateError([Problem(Place(shown), "language", f"there is no language {tag!r}", mend)])
    try:
        return _language(read_text(path, shown), shown, tag)
    except ContentError as error:
        raise TemplateError(error.problems) from None


@lru_cache(maxsize=8)
def _language(text: str, shown: str, tag: str) -> Language:
    """Make a language of the text of its file, which several rules and the composer ask for in each build."""
    data, problems = validate(parse_yaml(text, shown), LanguageFile)
    if data is None or problems:
        raise TemplateError(problem.as_rule("language") for problem in problems)
    try:
        has_months = data.months is not None or not _months_of(str(data.locale))[0].startswith("M0")
    except (UnknownLocaleError, ValueError):
        what, mend = f"there is no locale {str(data.locale)!r}", "write a language and a country, as nb-NO or en-GB"
        raise TemplateError([Problem(data.locale.place, "language", what, mend)]) from None
    if not has_months:
        what, mend = f"nobody has the months of {str(data.locale)!r}", "add `months: [ … ]`, the names of all twelve"
        raise TemplateError([Problem(data.locale.place, "language", what, mend)])
    return Language(
        tag,
        str(data.locale),
        {name: str(word) for name, word in data.words.items()},
        {name: str(word) for name, word in data.web.items()},
        (str(data.quotes[0]), str(data.quotes[1])),
        tuple(map(str, data.keep_with_number)),
        tuple(map(str, data.keep_with_unit)),
        str(data.decimal or ""),
        tuple(map(str, data.months or ())),
    )


@lru_cache(maxsize=8)
def _babel(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")


def _months_of(locale: str) -> tuple[str, ...]:
    """Name the months as the Unicode CLDR has them; `M01` and so on where it has none."""
    names = get_month_names("wide", locale=_babel(locale))
    return tuple(str(names[number]) for number in range(1, 13))
