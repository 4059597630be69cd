"""The values that every stage shares: the report, its sections, its facts and its data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from press.content.blocks import (
    AnyBlock,
    AnyEditionBlock,
    Block,
    Decimal,
    Delimiter,
    Encoding,
    Id,
    Inline,
    Kind,
    Node,
    Plain,
    Prose,
    Words,
    held_to,
    told,
)
from press.content.identifiers import Doi, Isbn, Issn, Orcid
from press.content.lists import Denylist, Glossary, HouseForms, ListedWord, ReadabilityBaseline, Sums
from press.content.pictures import LetIn
from press.content.sources import Sources
from press.content.strict_yaml import Located, LocatedMap
from press.content.terms import LANGUAGE_TAG, Terms
from press.content.theme import Theme, default_theme
from press.editions.approvals import Approval
from press.errors import Place, Problem
from press.fonts import OwnFace

Group = Literal["front_matter", "chapters", "appendices"]
DRAFT = "-utkast"
"""How the name of a draft's file ends, and so of no edition."""
GROUPS: tuple[Group, ...] = ("front_matter", "chapters", "appendices")
OFF = "off"
LAST_PAGE = ("rights", "colophon", "imprint")
"""What stands on the last page; the first two also in the colophon of a short edition."""
Level = Literal["error", "warning", "note", "off"]
"""How much a rule of `press.checks` matters."""


def _date(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise PydanticCustomError("not_a_date", "not a date")


def _with_placed_keys(value: object) -> object:
    return (
        {Located(key, value.key_places[key]): value[key] for key in value} if isinstance(value, LocatedMap) else value
    )


def _once_each(letters: tuple[Located, ...]) -> tuple[Located, ...]:
    for index, letter in enumerate(letters):
        if letter in letters[:index]:
            raise told(f"the party {str(letter)!r} is registered twice", "leave one of them out", letter.place)
    return letters


Letter = Annotated[
    Located, held_to("[A-ZÆØÅ]", "cannot be the letter of a party", "write one capital letter, A to Z or Æ, Ø, Å")
]


class Divider(Node):
    """The page that opens a numbered chapter."""

    id: Id
    text: Words


RestsOn = Annotated[
    tuple[Located, ...],
    Field(
        min_length=1, description="ids of the sections and blocks that bear this out; whose change calls it in doubt"
    ),
]


class Statement(Node):
    """Words of a short edition, and what in the report they rest on."""

    text: Prose
    rests_on: RestsOn


class Result(Statement):
    """A main result in brief, for cards and short editions."""

    claim: Annotated[Plain | None, Field(description="the result's wording in lists, when the title is shorter")] = None
    example: Annotated[Statement | None, Field(description="one sentence from a learning example")] = None


class SectionContent(Node):
    """What stands in `content/<id>.yaml`."""

    title: Words
    short_title: Annotated[Plain | None, Field(description="for the running head")] = None
    opens: Annotated[Literal["page"] | None, Field(description="`page`: the section begins on a new page")] = None
    language: Annotated[
        Located | None,
        held_to(LANGUAGE_TAG.pattern, "cannot be the code of a language", "write its code: nb, nn, en, de"),
        Field(description="the language of the section, and of those below it, if it is not the publication's"),
    ] = None
    lead: Annotated[Prose | None, Field(description="the ingress under a chapter's title")] = None
    divider: Divider | None = None
    blocks: tuple[AnyBlock, ...] = ()
    closing: Annotated[tuple[AnyBlock, ...], Field(description="blocks that stand after the subsections")] = ()
    result: Annotated[Result | None, Field(description="given where the section is one of the main results")] = None
    summary: Annotated[Statement | None, Field(description="the section in brief, for short editions")] = None

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """Yield what short editions say of this section, by name."""
        if self.result is not None:
            yield "result", self.result
            if self.result.example is not None:
                yield "example", self.result.example
        if self.summary is not None:
            yield "summary", self.summary


class Fact(Node):
    """A number that the report states in more than one place."""

    value: Annotated[Located, Field(pattern=r"^-?[0-9]{1,15}([.][0-9]{1,15})?$", description="digits, decimal point")]
    unit: Located | None = None
    words: Annotated[Located | None, Field(description="the number in words")] = None
    source: Words
    note: Located | None = None


class Order(Node):
    """Which sections there are, in reading order; a list under a section holds its subsections."""

    front_matter: Any = ()
    chapters: Any = ()
    appendices: Any = ()


class Motif(Node):
    """Upright lines on cover, dividers and last page: one for each of a number of things, some of them marked."""

    lines: Annotated[Located, Field(description="the fact that counts the lines")]
    marked: Annotated[Located, Field(description="the fact that counts those in the accent colour")]


_ADDRESS_MEND = "write where the web edition will stand, as https://www.example.no/rapport"


class Author(Node):
    """Somebody who wrote the publication."""

    name: Annotated[Plain, Field(description="as it is printed")]
    affiliation: Annotated[Plain | None, Field(description="where they work")] = None
    orcid: Orcid | None = None


class Series(Node):
    """The series in which a publication comes out."""

    name: Plain
    number: Annotated[Plain | None, Field(description="its number there: `2026:4`")] = None
    issn: Issn | None = None


DEEPEST = 6
"""Levels of headings that there are."""


class Numbering(Node):
    """How deep sections are numbered, and what appendices are counted by."""

    sections: Annotated[
        Literal["1", "2", "3"], Field(description="how many levels have numbers: 1 (chapters), 2 (2.1) or 3 (2.1.3)")
    ] = "1"
    appendices: Literal["numbers", "letters"] = "numbers"


class Settings(Node):
    """What stands in `content/report.yaml`."""

    title: Words
    subtitle: Words
    title_in_full: Annotated[
        Plain | None,
        Field(description="title and subtitle as one, where a colon between them is not all (default: it is)"),
    ] = None
    publisher: Words
    edition: Annotated[Plain, Field(description="which edition this is, for the cover's foot")]
    date: Annotated[
        date,
        BeforeValidator(_date),
        Field(description="the edition's date, YYYY-MM-DD; nothing else dates the PDF"),
    ]
    language: Annotated[
        Located,
        held_to("[a-z]{2,8}(-[A-Za-z0-9]{1,8})*", "cannot be the code of a language", "write its code: nb, nn, en"),
        Field(description="a file in templates/language/"),
    ]
    subject: Words
    keywords: tuple[Plain, ...]
    rights: Annotated[Prose | None, Field(description="who may do what with it; stands on the last page")] = None
    colophon: Annotated[Prose | None, Field(description="what this publication is; stands on the last page")] = None
    imprint: Annotated[Prose | None, Field(description="what stands on the last page above these")] = None
    authors: Annotated[tuple[Author, ...], Field(description="who wrote it, in the order in which they are named")] = ()
    series: Series | None = None
    isbn: Isbn | None = None
    doi: Doi | None = None
    how_to_cite: Annotated[Inline | None, Field(description="the entry that others are to give it in their lists")] = (
        None
    )
    leave_out: Annotated[
        tuple[Literal["cover", "contents", "lists", "dividers", "back"], ...],
        Field(description="pages that it has not: cover, contents, lists (of figures and examples), dividers, back"),
    ] = ()
    contents_depth: Annotated[
        Literal["1", "2", "3"] | None,
        Field(
            description="how many levels of sections the contents have, in PDF, web and EPUB, and the outline"
            " (default: contents of 2, outlines of all)"
        ),
    ] = None
    numbering: Annotated[
        Numbering | None, Field(description="numbers of sections below chapters, letters of appendices")
    ] = None
    references: Annotated[
        Located | None,
        Field(description="a file in content/ with the sources to cite: CSL-JSON (.json), BibTeX (.bib)"),
    ] = None
    reference_style: Annotated[
        Located | None, Field(description="a CSL style in content/ (default: Harvard, by author and year)")
    ] = None
    motif: Motif | None = None
    address: Annotated[
        Located | None,
        held_to(r"https://[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*/?", "is no address of a web site", _ADDRESS_MEND),
        Field(description="where the web edition is published: https://…"),
    ] = None
    epub_certified_by: Annotated[
        Plain | None,
        Field(description="who has found that the EPUB meets EPUB Accessibility 1.1 and WCAG 2.2 AA; it then says so"),
    ] = None
    parties: Annotated[
        tuple[Letter, ...],
        AfterValidator(_once_each),
        Field(description="the letters of those whom it speaks of"),
    ] = ()
    party: Annotated[
        Plain | None,
        Field(description="what one of them is called: Bedrift, Kommune (default: the language's)"),
    ] = None
    checks: Annotated[
        dict[Located, Level],
        BeforeValidator(_with_placed_keys),
        Field(default_factory=dict, description="rules that matter more or less here than by default"),
    ]
    order: Order

    @property
    def listed_depth(self) -> int:
        """How many levels of sections the contents list."""
        return int(self.contents_depth or 2)

    @property
    def outlined_depth(self) -> int:
        """How many levels the outline of the PDF has, and the contents of the EPUB."""
        return int(self.contents_depth or DEEPEST)

    @property
    def whole_title(self) -> str:
        """Title and subtitle on one line, as a PDF's title or a citation has them."""
        return str(self.title_in_full or f"{self.title}: {self.subtitle}")

    @model_validator(mode="after")
    def _last_page_has_its_words(self) -> Settings:
        missing = [name for name in LAST_PAGE if getattr(self, name) is None]
        if missing and "back" not in self.leave_out:
            names = " and ".join(map(repr, missing))
            what = f"the key {names} is missing" if len(missing) == 1 else f"the keys {names} are missing"
            lines = " and ".join(f"`{name}: …`" for name in missing)
            raise told(what, f"add a line {lines} for the last page, or leave that page out: `leave_out: [back]`")
        return self

    @model_validator(mode="after")
    def _style_of_sources(self) -> Settings:
        if self.reference_style is not None and self.references is None:
            mend = "name the file of the sources under `references`, or delete it"
            raise told("a `reference_style` without `references` has nothing to set", mend, self.reference_style.place)
        return self


class EditionLimits(Node):
    """How much an edition may hold."""

    pages: Annotated[Located, Field(pattern=r"^[1-9][0-9]{0,2}$", description="the most pages")]
    words_per_card: Annotated[
        Located | None, Field(pattern=r"^[1-9][0-9]{0,2}$", description="the most words on a result card")
    ] = None


class EditionSection(Node):
    """A page or more of a short edition: of its own blocks, or a section of the report as it stands there."""

    id: Annotated[
        Located | None, Field(description="small letters, digits and hyphens; for a section with blocks of its own")
    ] = None
    title: Annotated[Plain | None, Field(description="for a section with blocks of its own")] = None
    blocks: tuple[AnyEditionBlock, ...] = ()
    include: Annotated[Located | None, Field(description="id of a section of the report, printed whole")] = None

    @model_validator(mode="after")
    def _own_or_included(self) -> EditionSection:
        if (self.include is None) == (self.id is None):
            raise told("an edition's section has either `id` or `include`", "write `id`, `title` and `blocks`")
        if self.id is not None and (self.title is None or not self.blocks):
            raise told("an edition's section wants `title` and `blocks`", "give it both")
        if self.include is not None and (self.title is not None or self.blocks):
            raise told("an included section brings its own title and blocks", "keep `include` only")
        return self


class EditionContent(Node):
    """What stands in `content/editions/<name>.yaml`."""

    label: Annotated[Plain, Field(description="what this edition is, for the cover")]
    limits: EditionLimits
    templates: Annotated[
        Located | None,
        held_to("[a-z][a-z0-9-]*", "cannot be the name of templates", "write small letters, digits and hyphens"),
        Field(description="a folder of templates/editions/, with a style sheet of its name (default: short)"),
    ] = None
    sections: Annotated[tuple[EditionSection, ...], Field(min_length=1)]


class DataColumn(Node):
    """One column of a data table. Without a heading it is for drawing only."""

    key: Located
    heading: Plain | None = None
    type: Literal["text", "integer", "number"]
    unit: Annotated[Plain | None, Field(description="of the numbers, printed behind the heading: `mill. kr`, `%`")] = (
        None
    )
    decimals: Annotated[
        Located | None, Field(pattern=r"^[0-9]$", description="how many are printed (default: as many as are written)")
    ] = None

    @model_validator(mode="after")
    def _of_numbers_that_are_shown(self) -> DataColumn:
        if (told_of := [name for name in ("unit", "decimals") if getattr(self, name)]) and self.type == "text":
            what = f"`{told_of[0]}` is said of numbers, and this column holds text"
            raise told(what, "write `type: number` or `type: integer`, or leave it out")
        if told_of and self.heading is None:
            what = f"`{told_of[0]}` is said of a column that readers see, and this one has no heading"
            raise told(what, "add `heading: …`, or leave it out")
        if self.decimals and self.type == "integer":
            raise told("`decimals` is said of whole numbers", "write `type: number`, or leave it out")
        return self


class DataTable(Node):
    """A table that a figure draws: its rows here, or in a CSV file beside."""

    title: Plain | None = None
    columns: Annotated[tuple[DataColumn, ...], Field(min_length=1)]
    rows: tuple[tuple[Any, ...], ...] | None = None
    csv: Annotated[Located | None, Field(description="a file beside this one; its first line names the columns")] = None
    encoding: Encoding | None = None
    delimiter: Delimiter | None = None
    decimal: Decimal | None = None

    @model_validator(mode="after")
    def _says_how_csv_is_written(self) -> DataTable:
        if self.csv is None and (self.encoding or self.delimiter):
            raise told("`encoding` and `delimiter` are said of a CSV file, and this table has none", "delete them")
        return self


_SOURCE = "`examples` (theme and party of each), `results` (number and title), `parties`, or `table.column`"


class DataCheck(Node):
    """What must hold of columns of a data table: one of the keys below `columns`."""

    table: Located
    columns: Annotated[tuple[Located, ...], Field(min_length=1, description="the keys of the columns it is about")]
    between: Annotated[tuple[Located, Located] | None, Field(description="the least and the largest number")] = None
    one_of: Annotated[
        tuple[Located, ...] | None, Field(min_length=1, description="the values that may stand there")
    ] = None
    unique: Annotated[Literal["yes"] | None, Field(description="`yes`: no two rows are alike there")] = None
    sum: Annotated[Located | None, Field(description="the fact or number that they add up to")] = None
    equals: Annotated[Located | None, Field(description=f"they are these, each once, in any order: {_SOURCE}")] = None
    among: Annotated[Located | None, Field(description=f"each row is one of these: {_SOURCE}")] = None
    counts: Annotated[
        Located | None, Field(description="the second column says how often the first stands in these")
    ] = None
    gathers: Annotated[
        Located | None,
        Field(description="the second column lists what stands beside the first in these"),
    ] = None

    @property
    def kinds(self) -> list[str]:
        """What of it is given."""
        names = ("between", "one_of", "unique", "sum", "equals", "among", "counts", "gathers")
        return [name for name in names if getattr(self, name) is not None]

    @model_validator(mode="after")
    def _one_kind(self) -> DataCheck:
        if len(self.kinds) != 1:
            mend = "give one of: between, one_of, unique, sum, equals, among, counts, gathers"
            raise told("a check of data says one thing", mend)
        wanted = {"counts": 2, "gathers": 2, "between": 1, "sum": 1}.get(self.kinds[0])
        if wanted is not None and len(self.columns) != wanted:
            raise told(f"`{self.kinds[0]}` is about {wanted} of the columns", f"name {wanted} under `columns`")
        return self


class DataFile(Node):
    """What stands in `content/data/<figure>.yaml`."""

    labels: Annotated[dict[str, Plain], Field(default_factory=dict, description="the words printed in the figure")]
    tables: Annotated[dict[str, DataTable], Field(default_factory=dict)]
    shapes: Annotated[dict[str, Located], Field(default_factory=dict, description="GeoJSON files beside this one")]
    checks: Annotated[tuple[DataCheck, ...], Field(description="what must hold of the tables")] = ()


Value = str | int | float | None


@dataclass(frozen=True)
class ReadTable:
    """A data table with its rows read and their values typed as the columns say."""

    declared: DataTable
    rows: tuple[Mapping[str, Value], ...]
    texts: tuple[tuple[Located, ...], ...]
    """The cells as written, in column order: for print and for checks."""

    def cells(self, keys: Sequence[str]) -> list[tuple[Located, ...]]:
        """Give each row's cells in the columns named, as written."""
        indices = [[str(column.key) for column in self.declared.columns].index(key) for key in keys]
        return [tuple(row[index] for index in indices) for row in self.texts]

    @property
    def shown(self) -> tuple[DataColumn, ...]:
        """The columns that readers see: those with a heading."""
        return tuple(column for column in self.declared.columns if column.heading is not None)


@dataclass(frozen=True)
class FigureSource:
    """Everything a figure is drawn from."""

    declared: DataFile
    tables: Mapping[str, ReadTable]
    shapes: Mapping[str, Any]

    def lines(self) -> Iterator[Located]:
        """Yield the words that are drawn or stand in tables: labels, titles and headings, then the cells."""
        yield from (text for _, text in self.declared.texts())
        for table in self.tables.values():
            for row in table.texts:
                yield from row


@dataclass(frozen=True)
class Section:
    """A section where it stands in the order."""

    id: str
    place: Place
    """Its line in report.yaml."""
    group: Group
    level: int
    """1 for what stands directly in a group, 2 for its sections, and so on: the heading's level."""
    content: SectionContent
    children: tuple[Section, ...] = ()
    numbering: Numbering | None = None
    """How the publication numbers its sections, if it says so."""

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Yield each block with the section it belongs to, in reading order."""
        for block in self.content.blocks:
            yield self, block
        for child in self.children:
            yield from child.blocks()
        for block in self.content.closing:
            yield self, block


@dataclass(frozen=True)
class Report:
    """A whole publication as its authors wrote it: nothing numbered, nothing selected, nothing filled in."""

    project: Path
    settings: Settings
    facts: Mapping[str, Fact]
    sections: tuple[Section, ...]
    figures: Mapping[str, FigureSource]
    """By figure id."""
    images: Mapping[str, bytes]
    """By file name."""
    pictures: Mapping[str, LetIn] = field(default_factory=dict)
    """Those of `images` that stand under a number, as they are printed; by file name."""
    terms: Terms | None = None
    """Foreign words and abbreviations, if the project lists any."""
    fingerprint: str = ""
    """SHA-256 of everything that is read for the publication, in hexadecimal: its content and its figures' scripts."""
    editions: Mapping[str, EditionContent] = field(default_factory=dict)
    """The short editions by name."""
    approvals: Mapping[str, tuple[Approval, ...]] = field(default_factory=dict)
    """What editors approved, by statement: `<section>.<name>`; more than one where branches were merged."""
    hyphenation: tuple[Located, ...] = ()
    """Words with their allowed breaks: `sammen-slå-ing`."""
    undivided: tuple[Located, ...] = ()
    """Names that no line divides."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The text of every content file that was read, by what messages call the file."""
    sums: Sums | None = None
    """Numbers that must add up, if the project tells any."""
    denylist: Denylist | None = None
    """Names that must not occur, if the project lists any."""
    glossary: Glossary | None = None
    """Terms and the forms that are not used for them, if the project lists any."""
    house_forms: HouseForms | None = None
    """Forms of words that the house does not use, if the project lists any."""
    readability: ReadabilityBaseline | None = None
    """How readable the sections were when last released, if that was measured."""
    words: tuple[ListedWord, ...] | None = None
    """Words that no dictionary has; None where the project keeps no such list, and its spelling is not checked."""
    sources: Sources | None = None
    """What may be cited, if the project has a file of sources."""
    approvals_amiss: tuple[Problem, ...] = ()
    """What a merge has left in the file of approvals."""
    theme: Theme = field(default_factory=default_theme)
    """How it looks."""
    faces: tuple[OwnFace, ...] = ()
    """The faces of the publication's own, as its theme asks for them."""
    scripts: Mapping[str, bytes] = field(default_factory=dict)
    """The files that draw the figures, by name, as they were when all was read."""

    @property
    def mark(self) -> int:
        """The fingerprint as it is printed: a number of twelve digits, which takes the same room whatever it is."""
        return 10**11 + int(self.fingerprint or "0", 16) % (9 * 10**11)

    @cached_property
    def sections_by_id(self) -> Mapping[str, Section]:
        """All sections, in reading order."""
        return {section.id: section for section in self.walk()}

    @cached_property
    def blocks_by_id(self) -> Mapping[str, Block]:
        """The blocks that have an id, in reading order."""
        return {str(block.id): block for _, block in self.blocks() if block.id is not None}

    @cached_property
    def language_by_section(self) -> Mapping[str, Located]:
        """The languages of sections that are not in the publication's, by their ids."""
        return dict(_spoken(self.sections, None))

    @cached_property
    def language_by_text(self) -> Mapping[int, Located]:
        """The same by the identity of each of their texts, those of their figures among them."""
        spoken = self.language_by_section
        texts = [(section.id, text) for section in self.walk() for _, text in section.content.texts()]
        for section, block in self.blocks() if spoken else ():
            drawn = self.figures.get(str(block.id)) if block.kind == "figure" else None
            texts += [(section.id, text) for text in drawn.lines()] if drawn is not None else []
        return {id(text): spoken[name] for name, text in texts if name in spoken}

    def walk(self) -> Iterator[Section]:
        """Yield all sections in reading order."""
        for section in self.sections:
            yield from section.walk()

    def blocks(self) -> Iterator[tuple[Section, Block]]:
        """Yield every block with its section, in reading order."""
        for section in self.sections:
            yield from section.blocks()

    def blocks_of_editions(self) -> Iterator[Block]:
        """Yield the blocks that short editions have of their own."""
        for edition in self.editions.values():
            for section in edition.sections:
                yield from section.blocks

    def texts(self) -> Iterator[tuple[Kind, Located]]:
        """Yield every text with what it may hold: of the settings, the sections, the editions and the figures."""
        yield from self._texts

    @cached_property
    def _texts(self) -> tuple[tuple[Kind, Located], ...]:
        return tuple(self._gathered())

    def _gathered(self) -> Iterator[tuple[Kind, Located]]:
        for node in (self.settings, *(section.content for section in self.walk()), *self.editions.values()):
            yield from node.texts()
        for source in self.figures.values():
            yield from (("plain", line) for line in source.lines())

    def prose(self) -> Iterator[Located]:
        """Yield every text that is Markdown of several paragraphs."""
        return (text for kind, text in self.texts() if kind == "prose")

    def lines(self) -> Iterator[Located]:
        """Yield every text of one line or paragraph."""
        return (text for kind, text in self.texts() if kind != "prose")


def _spoken(sections: Sequence[Section], around: Located | None) -> Iterator[tuple[str, Located]]:
    for section in sections:
        own = section.content.language or around
        if own is not None:
            yield section.id, own
        yield from _spoken(section.children, own)
