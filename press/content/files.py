"""The files that a publication is written in: where they lie, and what each is read into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from press.content.lists import (
    WORDS,
    Denylist,
    Glossary,
    HouseForms,
    Hyphenation,
    ListedWord,
    ReadabilityBaseline,
    Sums,
)
from press.content.report import DataFile, EditionContent, Fact, SectionContent, Settings
from press.content.terms import Terms
from press.content.theme import Theme
from press.door.files import THEME as THEME_FILE
from press.editions.approvals import FILE as APPROVED
from press.editions.approvals import Approval

ModelT = TypeVar("ModelT")


@dataclass(frozen=True)
class ContentFile(Generic[ModelT]):
    """A file of the content, or all of a kind."""

    path: str
    """As messages call it; `*` stands for an id."""
    model: type[ModelT]
    schema: str | None = None
    """Name of the JSON Schema by which editors complete it."""

    def named(self, id_: str) -> str:
        """Give the path of the file that has this id."""
        return self.path.replace("*", id_)


REPORT = ContentFile("content/report.yaml", Settings, "report")
FACTS = ContentFile[Any]("content/facts.yaml", dict[str, Fact], "facts")
HYPHENATION = ContentFile("content/hyphenation.yaml", Hyphenation)
EDITION = ContentFile("content/editions/*.yaml", EditionContent, "edition")
DATA = ContentFile("content/data/*.yaml", DataFile, "data")
SECTION = ContentFile("content/*.yaml", SectionContent, "section")
LISTS: tuple[ContentFile[Any], ...] = (
    ContentFile("content/terms.yaml", Terms, "terms"),
    ContentFile("content/sums.yaml", Sums, "sums"),
    ContentFile("content/denylist.yaml", Denylist, "denylist"),
    ContentFile("content/glossary.yaml", Glossary, "glossary"),
    ContentFile("content/house_forms.yaml", HouseForms, "house_forms"),
    ContentFile("content/readability.yaml", ReadabilityBaseline, "readability"),
)
"""What checks go by, each left out where a project has none; the field of `Report` is called as its schema."""
THEME = ContentFile(THEME_FILE, Theme, "theme")
"""How a publication looks: beside `content/`, not in it."""
FILES: tuple[ContentFile[Any], ...] = (
    REPORT,
    FACTS,
    HYPHENATION,
    *LISTS,
    THEME,
    ContentFile(APPROVED, Approval),
    ContentFile(WORDS, ListedWord),
    EDITION,
    DATA,
    SECTION,
)
"""A file is of the first kind whose path fits it."""
