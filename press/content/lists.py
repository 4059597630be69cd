"""The lists that a publication keeps for its checks: names not to print, terms, house forms, readability, sums.

Each is a file of its own in `content/` that may be left out; these are their models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from press.content.blocks import Node, held_to, told
from press.content.strict_yaml import Located, LocatedList
from press.errors import Place, Problem

NAME_WORD = re.compile(r"[^\W_]+")
WORDS = "content/words.txt"
WORDS_MEND = "write `word  # why it is right`"
_WORDS_LINE = re.compile(r"(?P<word>[^\s#]+)(?:[ ]*#[ ]*(?P<reason>.*?))?[ ]*")
_IN_ADDRESSES = (
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"}),
    str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u"}),
)
_FORMS_OF_COMPANY = {"as", "asa", "ans", "da", "ab", "oy", "gmbh"}


class Denylist(Node):
    """What stands in `content/denylist.yaml`, or in the file that `PRESS_DENYLIST` names."""

    names: Annotated[
        tuple[Annotated[Located, held_to(r".*[^\W_].*", "has no letters", "write the name")], ...],
        Field(description="names that must not occur; where this file may not be read, they stand in another"),
    ] = ()


class Term(Node):
    """A term and the forms that running text does not use for it."""

    use: Located
    never: Annotated[tuple[Located, ...], Field(min_length=1)]


class Glossary(Node):
    """What stands in `content/glossary.yaml`."""

    terms: tuple[Term, ...] = ()


class HouseForms(Node):
    """What stands in `content/house_forms.yaml`."""

    forms: Annotated[
        dict[str, Located],
        Field(default_factory=dict, description="a form not used, and the one for it; `fram-` stands for beginnings"),
    ]

    @model_validator(mode="after")
    def _beginnings_match(self) -> HouseForms:
        for form, instead in self.forms.items():
            if form.endswith("-") != instead.endswith("-"):
                mend = "end both with a hyphen, or neither"
                raise told(f"{form!r} and {str(instead)!r} are not both beginnings of words", mend, instead.place)
        return self


class Hyphenation(Node):
    """What stands in `content/hyphenation.yaml`."""

    words: tuple[
        Annotated[
            Located,
            held_to(
                r"(?=.*[^-]-+[^-])(?:[^\W\d_]|-)+",
                "is no word with breaks",
                "write the word with a hyphen at each allowed break",
            ),
        ],
        ...,
    ] = ()
    names: tuple[
        Annotated[
            Located,
            held_to(
                r"(?=.*[^\W_])\S+(?: \S+)*",
                "is no name",
                "write the name as it is printed, with one space between its words",
            ),
        ],
        ...,
    ] = ()

    @model_validator(mode="after")
    def _once(self) -> Hyphenation:
        seen: set[str] = set()
        for name in self.names:
            if name in seen:
                raise told(f"{str(name)!r} is listed twice", "delete one of the two lines", name.place)
            seen.add(name)
        return self


class ReadabilityBaseline(Node):
    """What stands in `content/readability.yaml`: the LIX of each section when last released."""

    release: Located
    lix: dict[str, Annotated[Located, Field(pattern=r"^[0-9]{1,3}$")]]


class Sum(Node):
    """Two numbers that must be equal: a fact and its parts, or something that is counted and what the report says."""

    total: Annotated[Located | None, Field(description="the fact that is the sum")] = None
    parts: Annotated[tuple[Located, ...] | None, Field(min_length=2, description="the facts that add up to it")] = None
    count: Annotated[
        Literal["examples", "parties", "parties_with_examples", "results", "items", "rows"] | None,
        Field(
            description="what is counted: learning examples, letters of the register, those with an example, main"
            " results, items of a matrix or of questions, rows of a figure's or a table's data"
        ),
    ] = None
    of: Annotated[Located | None, Field(description="for `items` and `rows`: the id of the block")] = None
    table: Annotated[Located | None, Field(description="for `rows` of a figure: the table of its data")] = None
    equals: Annotated[Any, Field(description="a fact or a number; for the items of a matrix one for each field")] = None

    @model_validator(mode="after")
    def _whole(self) -> Sum:
        sums, counts = (self.total, self.parts), (self.count, self.equals)
        if not ((all(sums) and not any(counts)) or (all(counts) and not any(sums))):
            raise told("an entry says neither a sum nor a count", "write `total` and `parts`, or `count` and `equals`")
        if self.count in {"items", "rows"} and self.of is None:
            raise told(f"`count: {self.count}` does not say of what", "add `of:` with the id of the block")
        if self.equals is not None and not all(isinstance(number, Located) for number in self.numbers):
            raise told("`equals` holds something other than facts and numbers", "write a fact, a number or [a, b, …]")
        return self

    @property
    def numbers(self) -> list[Any]:
        """What `equals` names, as a list."""
        return list(self.equals) if isinstance(self.equals, LocatedList) else [self.equals]


class Sums(Node):
    """What stands in `content/sums.yaml`."""

    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True)
class ListedWord:
    """A word that is right although no dictionary has it."""

    word: Located
    reason: str


def listed_words(text: str, rule: str) -> Iterator[ListedWord | Problem]:
    """Read the lines of content/words.txt, `word  # reason` each; a line that begins with `#` heads a group."""
    seen: dict[str, int] = {}
    for row, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _WORDS_LINE.fullmatch(line)
        if match is None or not match["word"].isalpha():
            what = "this line holds something other than one word of letters and its reason"
            yield Problem(Place(WORDS, row, 1), rule, what, f"{WORDS_MEND}; the parts of `A-B` are words of their own")
            continue
        place = Place(WORDS, row, match.start("word") + 1)
        word = match["word"]
        if not match["reason"]:
            yield Problem(place, rule, f"{word!r} is listed without a reason", WORDS_MEND)
        elif word in seen:
            yield Problem(place, rule, f"{word!r} is listed in line {seen[word]} too", "delete one of the two lines")
        else:
            yield ListedWord(Located(word, place), match["reason"])
        seen.setdefault(word, row)


def name_words(name: str) -> list[str]:
    """Give the words of a name in small letters, without the form of company at its end."""
    words = [word.lower() for word in NAME_WORD.findall(name)]
    return words[:-1] if len(words) > 1 and words[-1] in _FORMS_OF_COMPANY else words


def spellings(words: list[str]) -> list[str]:
    """Give the letters of a name's words in one, and again as addresses write them, which have no æ, ø and å."""
    letters = "".join(words)
    return list(dict.fromkeys([letters, *(letters.translate(table) for table in _IN_ADDRESSES)]))
