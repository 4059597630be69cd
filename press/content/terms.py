"""Words of other languages, and abbreviations: told once in `content/terms.yaml`, marked wherever they are printed.

A screen reader then says «Power by the Hour» in English, and «IoT» as what it stands for; hyphenation follows the
language too. Editors type nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from markupsafe import Markup, escape
from pydantic import Field, model_validator

from press.content.blocks import Node, told
from press.content.strict_yaml import Located

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Terms(Node):
    """What stands in `content/terms.yaml`."""

    foreign: Annotated[
        dict[str, tuple[Located, ...]], Field(default_factory=dict, description="language tag to its words and phrases")
    ]
    abbreviations: Annotated[
        dict[str, Located], Field(default_factory=dict, description="abbreviation to its long form")
    ]

    @model_validator(mode="after")
    def _tags_and_names(self) -> Terms:
        for tag, words in self.foreign.items():
            if not LANGUAGE_TAG.fullmatch(tag):
                place = words[0].place if words else None
                raise told(f"{tag!r} is not a language tag", "write en, de, fr, en-GB or the like", place)
        for name, long_form in self.abbreviations.items():
            if not name.strip():
                raise told("an abbreviation has no letters", "write it before the colon", long_form.place)
        return self

    def mark(self, text: str) -> Markup:
        """Escape plain text and mark the terms in it."""
        if not self._languages and not self.abbreviations:
            return escape(text)
        pieces: list[Markup] = []
        end = 0
        for match in self._pattern.finditer(text):
            pieces += [escape(text[end : match.start()]), self._marked(match[0])]
            end = match.end()
        return Markup("").join([*pieces, escape(text[end:])])

    @cached_property
    def _languages(self) -> Mapping[str, str]:
        return {str(term).lower(): language for language, terms in self.foreign.items() for term in terms}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        terms = sorted(
            {*self._languages, *(name.lower() for name in self.abbreviations)}, key=lambda term: (-len(term), term)
        )
        # A space of a term may have become a non-breaking one.
        alternatives = "|".join(re.escape(term).replace(r"\ ", r"[ \u00a0]") for term in terms)
        # What a hyphen joins to its end («Big Data-analyser») leaves it a term.
        return re.compile(rf"(?<![\w-])(?:{alternatives})(?!\w)", re.IGNORECASE)

    def _marked(self, words: str) -> Markup:
        words_as_told = words.replace("\N{NO-BREAK SPACE}", " ")
        long_form = self.abbreviations.get(words_as_told)
        if long_form is not None:
            return Markup('<abbr title="{}">{}</abbr>').format(long_form, words)
        language = self._languages.get(words_as_told.lower())
        if language is None:
            return escape(words)
        return Markup('<span lang="{}">{}</span>').format(language, words)
