"""One model per block type. The fields are the YAML keys; the first field's key names the type.

A block in YAML is a mapping that begins with its type:

    - text: |
        Avsnitt.
    - figure: figur-5
      title: Illustrasjon av metode

For `text` and `quote` the value of that key is the words themselves, for every other type it is the block's id. What is
printed is annotated as `Prose`, `Inline`, `Words` or `Plain`: the checks read nothing else. To add a type: a model
here, its line in `BLOCKS`, and `templates/blocks/<type>.html.j2` and `.css`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Union, get_args, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    PlainValidator,
    PrivateAttr,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from press.content.strict_yaml import Located, LocatedMap, text_or_nothing
from press.errors import Place, did_you_mean

Kind = Literal["prose", "inline", "plain"]
"""What a text may hold: Markdown; one paragraph of it, without lists; plain words."""


@dataclass(frozen=True)
class Holds:
    """Marks a field as printed text."""

    kind: Kind


Plain = Annotated[Located, Holds("plain")]
Id = Annotated[Located, Field(description="small letters, digits and hyphens; unique in the publication")]
Prose = Annotated[
    Located,
    Holds("prose"),
    Field(description="Markdown: paragraphs, lists, emphasis, links, footnotes; {references}"),
]
Words = Annotated[Plain, Field(description="one line of plain words; {fact:…} and {id} allowed")]
Inline = Annotated[
    Located,
    Holds("inline"),
    Field(description="one paragraph of Markdown: emphasis, links, footnotes; {references}"),
]
Cell = Annotated[
    Located,
    Holds("inline"),
    PlainValidator(text_or_nothing),
    WithJsonSchema({"type": ["string", "number", "boolean"]}),
    Field(description="one paragraph of Markdown, or nothing"),
]
Width = Literal["full", "body"]
PageWidth = Annotated[
    Literal["full", "body", "page"], Field(description="`page`: on a page of its own, which lies on its side")
]
Encoding = Annotated[
    Literal["utf-8", "windows-1252", "iso-8859-1", "utf-16"],
    Field(description="how the CSV file is saved (default: utf-8)"),
]
Delimiter = Annotated[Literal[";", ",", "tab"], Field(description="what parts the cells of the CSV file (default: ;)")]
Decimal = Annotated[Literal[".", ","], Field(description="the decimal sign of the table's numbers (default: .)")]


class Node(BaseModel):
    """A mapping read from YAML that remembers where it stands."""

    model_config = ConfigDict(extra="ignore", frozen=True, arbitrary_types_allowed=True)
    _place: Place = PrivateAttr(default=Place(""))

    @property
    def place(self) -> Place:
        return self._place

    @model_validator(mode="wrap")
    @classmethod
    def _keep_place(cls, value: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        if not isinstance(value, LocatedMap):
            kind = "a list" if isinstance(value, list) else "text"
            said = {"kind": kind, "keys": ", ".join(cls.keys())}
            raise PydanticCustomError("mapping_type", "`key: value` lines are wanted here, not {kind}", said)
        node = handler(dict(value))
        node._place = value.place
        return node

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Name the keys that a mapping of this kind may have."""
        return tuple(cls.model_fields)

    def texts(self) -> Iterator[tuple[Kind, Located]]:
        """Yield every printed text with what it may hold, as the annotations of the fields say, in their order."""
        for name, kind in _kinds(type(self)).items():
            yield from _texts(getattr(self, name), kind)


@cache
def _kinds(model: type[Node]) -> Mapping[str, Kind | None]:
    """Tell what each field of a model may hold; None if that is no text, or in nodes of its own."""
    hints = get_type_hints(model, include_extras=True)
    return {name: next(_held(hints[name]), None) for name in model.model_fields}


def _held(annotation: Any) -> Iterator[Kind]:
    if isinstance(annotation, Holds):
        yield annotation.kind
    for part in (*getattr(annotation, "__metadata__", ()), *get_args(annotation)):
        yield from _held(part)


def _texts(value: Any, kind: Kind | None) -> Iterator[tuple[Kind, Located]]:
    if isinstance(value, Node):
        yield from value.texts()
    elif isinstance(value, Located):
        if kind is not None and value.strip():
            yield kind, value
    elif isinstance(value, tuple | Mapping):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item, kind)


def told(what: str, mend: str, place: Place | None = None) -> PydanticCustomError:
    """Make a validation error that says how to mend what it found, and where if that is not where the node begins."""
    where = {"place": place} if place is not None else {}
    return PydanticCustomError("told", "{what}", {"what": what, "mend": mend, **where})


def held_to(pattern: str, what: str, mend: str) -> AfterValidator:
    """Hold a value to a pattern, because it becomes part of a file's name or of an address."""

    def hold(value: Located) -> Located:
        if re.fullmatch(pattern, value) is None:
            raise told(f"{str(value)!r} {what}", mend, value.place)
        return value

    return AfterValidator(hold)


class Block(Node):
    """What a section is made of."""

    kind: ClassVar[str]
    """The type's name in YAML, templates and CSS."""
    has_id: ClassVar[bool] = True
    span: ClassVar[Literal["body", "full", "none"]] = "body"
    """Where it stands: in the body column, over the full width, or not in print."""
    numbered: ClassVar[str | None] = None
    """The series that counts it (`figure`, `table`, …), if it has a number."""

    @property
    def id(self) -> Located | None:
        """The value of the key that names the type; None where that value is words (`text`, `quote`)."""
        return getattr(self, self.kind) if self.has_id else None

    @property
    def stands(self) -> str:
        return self.span

    def prose(self) -> Iterator[Located]:
        """Yield the texts that are Markdown of several paragraphs, in reading order."""
        return (text for kind, text in self.texts() if kind == "prose")

    def lines(self) -> Iterator[Located]:
        """Yield the texts of one line or paragraph, in reading order."""
        return (text for kind, text in self.texts() if kind != "prose")


class Text(Block):
    """Running text."""

    kind = "text"
    has_id = False
    text: Prose


class Movable(Block):
    """What may be printed a little away from where it is written, so that pages fill."""

    near: Annotated[
        Located | None,
        Field(description="what it belongs to: an id, or words of a paragraph (default: the paragraph that names it)"),
    ] = None
    pinned: Annotated[Literal["true"] | None, Field(description="`true`: it stands where it is written")] = None

    @property
    def moves(self) -> str | None:
        """What it is said to be near, or nothing; None if it is not to move."""
        return None if self.pinned else str(self.near or "")


class Example(Movable):
    """A learning example: what one party did, in a box of its own."""

    kind = "example"
    span = "full"
    example: Id
    party: Annotated[Located, Field(description="the party's letter, as the register in report.yaml has it")]
    theme: Words
    about: Annotated[Plain | None, Field(description="the label's right side when it is not «Bedrift X»")] = None
    title: Words
    makes: Annotated[Plain | None, Field(description="one line: what the party makes")] = None
    text: Prose


class Definition(Block):
    """A term and what it means."""

    kind = "definition"
    definition: Id
    term: Words
    text: Prose


class Callout(Block):
    """Words set off from the text around them, with a heading."""

    kind = "callout"
    span = "full"
    callout: Id
    style: Annotated[
        Located | None,
        Field(
            description="what it is for, with its ground, its rule and the word above its title: note, tip, warning,"
            " or a style of the publication's own (`callouts` in theme.yaml)"
        ),
    ] = None
    title: Words
    text: Prose


CALLOUT_STYLES = ("note", "tip", "warning")
"""Those that every publication has; a theme may have more."""


class Quote(Block):
    """A pull quote: words that also stand in the text, repeated in the margin."""

    kind = "quote"
    has_id = False
    quote: Annotated[Plain, Field(description="words of this section's own text, without quotation marks")]
    speaker: Annotated[Plain | None, Field(description="role of the speaker, when the text names one")] = None


class Quotation(Block):
    """Words of somebody else, set off from the text; a pull quote (`quote`) repeats the report's own."""

    kind = "quotation"
    has_id = False
    quotation: Prose
    source: Annotated[Inline | None, Field(description="who says so, and where; a citation may stand here")] = None


class Captioned(Movable):
    """What stands under a number, with a title, a source and words for those who cannot see it."""

    numbered = "figure"
    title: Words
    caption: Annotated[Inline | None, Field(description="what the title leaves unsaid; Markdown")] = None
    source: Annotated[Inline, Field(description="one paragraph of Markdown; whose data, whose drawing")]
    alt: Annotated[Plain, Field(description="one to three sentences, at most 300 characters")]


class Picture(Captioned):
    """A photograph or drawing of one's own, under a number as figures are."""

    kind = "picture"
    picture: Id
    image: Annotated[Located, Field(description="a file in content/images/: PNG, JPEG, SVG, or a PDF of one page")]
    width: PageWidth = "full"

    @property
    def stands(self) -> str:
        return "full" if self.width == "page" else self.width

    @property
    def moves(self) -> str | None:
        return None if self.width == "page" else super().moves


class KeyList(Node):
    """A table of a figure's data, set as text under the drawing."""

    table: Annotated[Located, Field(description="a table of content/data/<figure>.yaml")]
    columns: Annotated[
        tuple[Located, ...], Field(min_length=1, description="the first is the number or mark in the drawing")
    ]


class Figure(Captioned):
    """A drawing by `figures/<id>.py` from `data/<id>.yaml`."""

    kind = "figure"
    figure: Id
    width: PageWidth = "full"
    lists: tuple[KeyList, ...] = ()

    @property
    def stands(self) -> str:
        return "full" if self.width == "page" else self.width

    @property
    def moves(self) -> str | None:
        return None if self.width == "page" else super().moves


class Quadrant(Node):
    """One field of a two-by-two matrix."""

    title: Words
    items: Annotated[tuple[Inline, ...], Field(min_length=1)]


class Matrix(Captioned):
    """A figure that is a real table of two rows and two columns, each cell a list (SWOT)."""

    kind = "matrix"
    span = "full"
    matrix: Id
    rows: Annotated[tuple[Plain, Plain], Field(description="upper and lower")]
    columns: Annotated[tuple[Plain, Plain], Field(description="left and right")]
    quadrants: Annotated[
        tuple[Quadrant, Quadrant, Quadrant, Quadrant],
        Field(description="upper left, upper right, lower left, lower right"),
    ]
    _shown: int | None = PrivateAttr(default=None)

    @property
    def shown(self) -> int | None:
        """How many items of each field are printed; None for all."""
        return self._shown

    def in_short(self, shown: int) -> Matrix:
        """Give the matrix with the first items of each field only; its counts stay those of the whole."""
        short = self.model_copy()
        short._shown = shown
        return short

    def texts(self) -> Iterator[tuple[Kind, Located]]:
        left_out = {id(item) for field in self.quadrants for item in field.items[self.shown or len(field.items) :]}
        return (found for found in super().texts() if id(found[1]) not in left_out)


class Column(Node):
    """One column of a table."""

    heading: Words
    key: Annotated[
        Located | None, Field(description="what the first line of the CSV file calls it (default: as its heading)")
    ] = None
    type: Annotated[
        Literal["text", "integer", "number"],
        Field(description="`integer` and `number`: printed as the language writes numbers, set to the right"),
    ] = "text"
    unit: Annotated[Plain | None, Field(description="of the numbers, printed behind the heading: `mill. kr`, `%`")] = (
        None
    )
    decimals: Annotated[
        Located | None, Field(pattern=r"^[0-9]$", description="how many are printed (default: as many as are written)")
    ] = None
    total: Annotated[
        Literal["sum"] | None, Field(description="`sum`: the column is added up in a last row of its own")
    ] = None
    align: Literal["left", "right"] | None = None

    @property
    def side(self) -> str:
        """Where its words stand: numbers to the right, unless it says otherwise."""
        return self.align or ("left" if self.type == "text" else "right")

    @model_validator(mode="after")
    def _numbers_only(self) -> Column:
        if self.type == "text" and (told_of := [name for name in ("unit", "decimals", "total") if getattr(self, name)]):
            what = f"`{told_of[0]}` is said of numbers, and this column holds text"
            raise told(what, "add `type: number` or `type: integer`, or leave it out")
        return self


class Table(Movable):
    """A table: its rows here, or in a CSV file of `content/data/`."""

    kind = "table"
    numbered = "table"
    table: Id
    title: Words
    width: PageWidth = "body"
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[tuple[tuple[Cell, ...], ...] | None, Field(min_length=1)] = None
    csv: Annotated[Located | None, Field(description="a file in content/data/; its first line names the columns")] = (
        None
    )
    encoding: Encoding | None = None
    delimiter: Delimiter | None = None
    decimal: Decimal | None = None
    notes: Annotated[tuple[Inline, ...], Field(description="what is said below the table, a paragraph each")] = ()
    source: Inline | None = None
    divided: Annotated[
        Literal["true"] | None,
        Field(description="`true`: a page may end between its rows, also where it would fit on one; it does not move"),
    ] = None

    @property
    def stands(self) -> str:
        return "full" if self.width == "page" else self.width

    @property
    def moves(self) -> str | None:
        return None if self.divided or self.width == "page" else super().moves

    @model_validator(mode="after")
    def _rows_or_file(self) -> Table:
        if (self.rows is None) == (self.csv is None):
            raise told("a table has either `rows` or `csv`", "write its `rows`, or name a file under `csv`")
        if self.csv is None and (self.encoding or self.delimiter):
            raise told("`encoding` and `delimiter` are said of a CSV file, and this table has none", "delete them")
        if self.columns[0].total is not None:
            raise told("the first column names the row of sums, and is not added up", "leave its `total` out")
        return self

    @model_validator(mode="after")
    def _rows_as_wide_as_heads(self) -> Table:
        for row in self.rows or ():
            if len(row) != len(self.columns):
                raise told(
                    f"the row has {len(row)} cells, and the table {len(self.columns)} columns",
                    f"give a cell for each of: {', '.join(column.heading for column in self.columns)}",
                    row[0].place if row else None,
                )
            if not any(cell.strip() for cell in row):
                raise told("the row has nothing in its cells", "fill one of them, or delete the row", row[0].place)
        return self


class KeyResults(Block):
    """The main results, gathered from the `result` of their sections: as cards, or as a numbered list."""

    kind = "key_results"
    key_results: Id
    style: Annotated[
        Literal["cards", "list", "cases"],
        Field(description="`cases`: cards, each with a sentence from a learning example"),
    ] = "cards"
    results: Annotated[tuple[Located, ...], Field(description="ids of their sections, if not all are wanted")] = ()

    @property
    def stands(self) -> str:
        return "body" if self.style == "list" else "full"


class Questions(Block):
    """A numbered group of questions, as in an interview guide."""

    kind = "questions"
    span = "full"
    numbered = "questions"
    questions: Id
    title: Words
    items: Annotated[tuple[Plain, ...], Field(min_length=1)]


class FigureData(Block):
    """The data of all figures of the publication as tables, for readers who cannot see the drawings."""

    kind = "figure_data"
    figure_data: Id

    @property
    def stands(self) -> str:
        return "full"


class Photo(Movable):
    """A photograph, or the reason why it is left out of print."""

    kind = "photo"
    photo: Id
    caption: Inline
    image: Annotated[Located | None, Field(description="a PNG or JPEG file in content/images/")] = None
    alt: Plain | None = None
    credit: Inline | None = None
    width: Annotated[
        Located | None,
        Field(description="the printed width in millimetres, 20 to 112 (default: 112, or as fits)"),
    ] = None
    left_out: Annotated[Located | None, Field(description="why no picture is shown; then nothing is printed")] = None

    @property
    def stands(self) -> str:
        return "none" if self.left_out is not None else "body"

    @model_validator(mode="after")
    def _shown_or_left_out(self) -> Photo:
        if (self.image is None) == (self.left_out is None):
            mend = "name the file under `image`, or give the reason under `left_out`"
            raise told("a photo has either `image` or `left_out`", mend)
        if self.image is not None and (self.alt is None or self.credit is None):
            raise told("a photo that is shown needs `alt` and `credit`", "add `alt: …` and `credit: …`")
        if self.width is not None and not (re.fullmatch("[0-9]{1,3}", self.width) and 20 <= int(self.width) <= 112):
            mend = "write millimetres without a unit, 20 to 112: `width: 80`"
            raise told(f"a photo cannot be {self.width!s} wide", mend, self.width.place)
        return self


class Number(Node):
    """A registered number, set large, and what it counts."""

    fact: Annotated[Located, Field(description="a fact of content/facts.yaml")]
    label: Annotated[Plain, Field(description="what it counts, in a few words")]


class Numbers(Block):
    """Registered numbers in a row, set large."""

    kind = "numbers"
    span = "full"
    numbers: Id
    items: Annotated[tuple[Number, ...], Field(min_length=1, max_length=4)]


class Brief(Block):
    """A section in brief: the text of its `summary`."""

    kind = "brief"
    has_id = False
    brief: Annotated[Located, Field(description="id of the section")]
    style: Annotated[Literal["text", "lead"], Field(description="`lead`: as a chapter's ingress")] = "text"


class Excerpt(Block):
    """A block of the report, printed in an edition as it stands there."""

    kind = "excerpt"
    has_id = False
    excerpt: Annotated[Located, Field(description="id of the block")]
    items: Annotated[
        Located | None,
        Field(pattern=r"^[1-9][0-9]?$", description="of a matrix: how many items of each field are printed"),
    ] = None


class Code(Block):
    """Lines of a program, or what one prints, as they are typed."""

    kind = "code"
    code: Id
    title: Words | None = None
    language: Annotated[
        Located | None,
        Field(description="what it is written in, as Pygments calls it: python, r, sql, json (default: text)"),
    ] = None
    width: Width = "body"
    listing: Annotated[Located, Field(description="under a `|`, printed letter for letter")]

    @property
    def stands(self) -> str:
        return self.width

    @model_validator(mode="after")
    def _language_known(self) -> Code:
        if self.language is not None:
            from pygments.lexers import find_lexer_class_by_name, get_all_lexers
            from pygments.util import ClassNotFound

            try:
                find_lexer_class_by_name(str(self.language))
            except ClassNotFound:
                known = [alias for _, aliases, *_ in get_all_lexers(plugins=False) for alias in aliases]
                mend = did_you_mean(str(self.language), known, "see pygments.org/languages, or leave `language` out")
                raise told(
                    f"nothing is known of the language {str(self.language)!r}", mend, self.language.place
                ) from None
        return self


class References(Block):
    """The list of the sources that the publication cites, in the order of their style."""

    kind = "references"
    references: Id


class Colophon(Block):
    """What this publication is, who publishes it, and the rights."""

    kind = "colophon"
    span = "full"
    colophon: Id


BLOCKS: tuple[type[Block], ...] = (
    Text,
    Example,
    Definition,
    Callout,
    Quote,
    Quotation,
    Figure,
    Picture,
    Matrix,
    Table,
    KeyResults,
    Questions,
    FigureData,
    Photo,
    Code,
    References,
)
"""The types that a report is made of."""
EDITION_BLOCKS: tuple[type[Block], ...] = (
    Text,
    Callout,
    Table,
    KeyResults,
    Numbers,
    Brief,
    Excerpt,
    References,
    Colophon,
)
"""The types that the pages of a short edition are made of."""
KINDS: Mapping[str, type[Block]] = {model.kind: model for model in BLOCKS}
EDITION_KINDS: Mapping[str, type[Block]] = {model.kind: model for model in EDITION_BLOCKS}
ALL_KINDS: Mapping[str, type[Block]] = {**KINDS, **EDITION_KINDS}


def kind_of(value: Any) -> str | None:
    """Name the type of a block still in YAML: the first of its keys that is a type's name."""
    if isinstance(value, LocatedMap):
        return next((key for key in value if key in ALL_KINDS), None)
    return None


def unknown_kind(value: LocatedMap, kinds: Iterable[str]) -> str:
    """Say how to mend a block whose type cannot be told, or does not belong here; `kinds` are those that do."""
    choices = f"begin the block with one of: {', '.join(kinds)}"
    kind = kind_of(value)
    if kind is None:
        return did_you_mean(next(iter(value), ""), kinds, choices)
    if kind in KINDS and Excerpt.kind in kinds:
        return f"write `excerpt:` and the id of one that the report has, or {choices}"
    return choices


def _one_of(kinds: Mapping[str, type[Block]]) -> Any:
    return Annotated[
        Union[tuple(Annotated[model, Tag(kind)] for kind, model in kinds.items())],  # noqa: UP007 - made from the table
        Discriminator(kind_of),
    ]


if TYPE_CHECKING:
    AnyBlock = Block
    AnyEditionBlock = Block
else:
    AnyBlock = _one_of(KINDS)
    AnyEditionBlock = _one_of(EDITION_KINDS)
