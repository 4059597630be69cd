"""`theme.yaml`: the look of a publication in one file, from which pages, figures and margin notes take theirs.

Whatever is left out is as it is in the publication of this repository; without the file, all of it is. Colours have
roles; their names in style sheets stand in `COLOURS`. Lengths are millimetres, sizes of type points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from press.content.blocks import CALLOUT_STYLES, Node, held_to, told
from press.content.strict_yaml import Located, LocatedMap
from press.door.files import THEME
from press.errors import Place
from press.figures.theme import COLOURS as DEFAULT_COLOURS
from press.figures.theme import CYCLE, FigureTheme
from press.fonts import SANS, SERIF, OwnFace, css_name

PAPERS: Mapping[str, tuple[float, float]] = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height in millimetres."""
COLOURS: Mapping[str, str] = {
    "ink": "blekk",
    "muted": "skifer",
    "primary": "fjord",
    "link": "fjord-lys",
    "accent": "kobber",
    "accent_dark": "kobber-mork",
    "highlight": "rav",
    "line": "linje",
    "warm": "sand",
    "cool": "is",
}
"""The roles of colours, and the custom properties by which style sheets call them."""
SIZES: Mapping[str, tuple[float, float]] = {
    "text": (10.2, 14.4),
    "lead": (13.4, 19.2),
    "heading": (12.2, 14.4),
    "title": (25, 28.8),
    "part": (34, 38),
    "cover": (40, 44),
    "box": (9, 12.6),
    "table": (8.8, 12),
    "small": (8.2, 11.2),
    "note": (8, 10.8),
    "quote": (15, 19),
}
"""Size and leading of type by where it stands."""
TEXT_MM, BODY_LEAST_MM = 170.0, 80.0
"""How wide the text of a page is where nothing else is said, and how narrow the body column may be."""
WIDEST_LOGO_MM, HIGHEST_LOGO_MM = 100.0, 30.0
_STYLE_NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)/(\d{1,3}(?:\.\d{1,2})?)")

Millimetres = Annotated[
    Located, held_to(r"\d{1,3}(\.\d{1,2})?", "is no length", "write millimetres without a unit: 20 or 22.5")
]
Colour = Annotated[
    Located,
    held_to(r"#?[0-9A-Fa-f]{6}", "is no colour", 'write its six digits in double quotes: "#0B3C5D"'),
    Field(description='red, green and blue as six digits in double quotes: "#0B3C5D"'),
]
RoleOrColour = Annotated[
    Located,
    held_to(
        rf"#?[0-9A-Fa-f]{{6}}|{'|'.join(DEFAULT_COLOURS)}",
        "is neither a colour nor called so under `colours`",
        'write the six digits of a colour in double quotes, "#0B3C5D", or the name of one: cool, warm, accent',
    ),
    Field(description='red, green and blue as six digits in double quotes, "#0B3C5D", or the name of a colour: cool'),
]
Label = Annotated[
    Located,
    held_to(r"[^{}\[\]*`\\\n]{1,40}", "is no label", "write a word or a few, without marks: at most 40 letters"),
]
TypeSize = Annotated[
    Located,
    held_to(
        r"(?:[6-9]|[1-9]\d|1\d\d)(?:\.\d{1,2})?/\d{1,3}(?:\.\d{1,2})?",
        "is no size of type",
        "write the size, from 6, and the distance of lines, in points: 10.2/14.4",
    ),
    Field(description="size and distance of lines in points: 10.2/14.4"),
]


class Margins(Node):
    """The empty edges of a page, in millimetres."""

    top: Millimetres | None = None
    right: Millimetres | None = None
    bottom: Millimetres | None = None
    left: Millimetres | None = None


class Columns(Node):
    """The margin column and the gap between it and the body column, which has the rest."""

    margin: Annotated[Millimetres | None, Field(description="the width of the margin column (default: 54)")] = None
    gap: Annotated[Millimetres | None, Field(description="between it and the body column (default: 4)")] = None


class Sizes(Node):
    """How large type is set; the distance of lines of `text` is the base line of the page."""

    text: TypeSize | None = None
    lead: TypeSize | None = None
    heading: TypeSize | None = None
    title: TypeSize | None = None
    part: TypeSize | None = None
    cover: TypeSize | None = None
    box: TypeSize | None = None
    table: TypeSize | None = None
    small: TypeSize | None = None
    note: TypeSize | None = None
    quote: TypeSize | None = None

    @model_validator(mode="after")
    def _lines_hold_their_type(self) -> Sizes:
        for name in type(self).model_fields:
            written = getattr(self, name)
            if written is not None and (found := _SIZE.fullmatch(written)) and float(found[2]) < float(found[1]):
                mend = "write the size first and then the distance of lines, which is no smaller: 10.2/14.4"
                raise told(f"lines of {str(written)!r} would run into each other", mend, written.place)
        return self


class Colours(Node):
    """The colours by what they are for."""

    ink: Annotated[Colour | None, Field(description="running text")] = None
    muted: Annotated[Colour | None, Field(description="captions, running heads, small headings")] = None
    primary: Annotated[Colour | None, Field(description="titles, rules, numbers; the cover")] = None
    link: Annotated[Colour | None, Field(description="links and references")] = None
    accent: Annotated[Colour | None, Field(description="pull quotes, rules of boxes")] = None
    accent_dark: Annotated[Colour | None, Field(description="labels of boxes, on their ground")] = None
    highlight: Annotated[Colour | None, Field(description="marks on the cover")] = None
    line: Annotated[Colour | None, Field(description="hairlines")] = None
    warm: Annotated[Colour | None, Field(description="the ground of examples; quiet words on the cover")] = None
    cool: Annotated[Colour | None, Field(description="the ground of callouts and definitions")] = None
    axis: Annotated[Colour | None, Field(description="axes in figures")] = None
    area: Annotated[Colour | None, Field(description="quiet areas in figures: land on a map")] = None
    series: Annotated[
        tuple[Colour, ...] | None,
        Field(min_length=1, description="colours of data in figures, in order (default: primary, accent, …)"),
    ] = None


class Typefaces(Node):
    """The typefaces by name: of a file in `fonts/`, or ours."""

    serif: Annotated[
        Located | None, Field(description="the report speaking: text, titles, quotes (default: Source Serif Pro)")
    ] = None
    sans: Annotated[
        Located | None, Field(description="everything around it, and figures (default: Source Sans Pro)")
    ] = None


class Cover(Node):
    """The cover, and the other pages that have its ground: dividers and the last page."""

    ground: Annotated[Colour | None, Field(description="(default: primary)")] = None
    words: Annotated[Colour | None, Field(description="the title (default: white)")] = None
    quiet: Annotated[Colour | None, Field(description="the subtitle and running words (default: warm)")] = None


class Logo(Node):
    """The publisher's mark, at the foot of the cover and of the last page."""

    file: Annotated[Located, Field(description="SVG, PNG or a PDF of one page in content/images/")]
    alt: Annotated[Located, Field(description="whose mark it is, for those who do not see it")]
    width: Annotated[Millimetres | None, Field(description="in millimetres, up to 100 (default: 40)")] = None

    @model_validator(mode="after")
    def _has_room(self) -> Logo:
        if self.width is not None and not 5 <= float(self.width) <= WIDEST_LOGO_MM:
            what = f"{str(self.width)!r} is no width for a logo"
            raise told(what, f"write millimetres, 5 to {WIDEST_LOGO_MM:g}", self.width.place)
        return self

    def size_mm(self, ratio: float) -> tuple[float, float]:
        """Give its width and height, no higher than there is room for; `ratio` is the one by the other."""
        width = min(_number(self.width, 40), HIGHEST_LOGO_MM * ratio)
        return round(width, 2), round(width / ratio, 2)


class CalloutStyle(Node):
    """A kind of callout of the publication's own."""

    label: Annotated[Label, Field(description="the word above the title, in the publication's language")]
    labels: Annotated[
        dict[str, Label],
        Field(
            description="the same for sections of other languages, by what `language` calls them: {en: Good practice}",
            default_factory=dict,
        ),
    ]
    ground: Annotated[RoleOrColour | None, Field(description="what the words stand on (default: cool)")] = None
    rule: Annotated[RoleOrColour | None, Field(description="the rule above it (default: primary)")] = None
    words: Annotated[RoleOrColour | None, Field(description="the label (default: primary)")] = None

    def label_in(self, tag: str, main: str) -> Located | None:
        """Give the label in a language; `main` is the publication's. None if nobody wrote it."""
        return self.label if tag == main else self.labels.get(tag)


class Theme(Node):
    """What stands in `theme.yaml`."""

    paper: Literal["a4", "letter"] = "a4"
    margins: Margins | None = None
    columns: Columns | None = None
    typefaces: Typefaces | None = None
    sizes: Sizes | None = None
    colours: Colours | None = None
    cover: Cover | None = None
    logo: Logo | None = None
    callouts: Annotated[
        dict[str, CalloutStyle],
        Field(description="styles of callouts of one's own, by their names", default_factory=dict),
    ]

    @model_validator(mode="after")
    def _callouts_named(self) -> Theme:
        for name, style in self.callouts.items():
            if name in CALLOUT_STYLES:
                raise told(f"every publication has a style {name!r}", "give yours another name", style.place)
            if re.fullmatch(_STYLE_NAME, name) is None:
                mend = "give it a name of small letters, digits and hyphens, such as god-praksis"
                raise told(f"{name!r} is no name for a style", mend, style.place)
        return self

    @model_validator(mode="after")
    def _has_room_for_text(self) -> Theme:
        place = next((each.place for each in (self.columns, self.margins) if each is not None), Place(THEME))
        if self.body_mm < BODY_LEAST_MM:
            what = f"{self.body_mm:g} mm are left for the body column; {BODY_LEAST_MM:g} are the least"
            raise told(what, "make the margins or the margin column narrower", place)
        if self.height_mm - self.top_mm - self.bottom_mm < self.height_mm / 2:
            what = "the margins above and below take more than half of the page"
            raise told(what, "make them smaller", place)
        return self

    @property
    def width_mm(self) -> float:
        return PAPERS[self.paper][0]

    @property
    def height_mm(self) -> float:
        return PAPERS[self.paper][1]

    @property
    def top_mm(self) -> float:
        return self._margin("top", 26)

    @property
    def bottom_mm(self) -> float:
        return self._margin("bottom", 25)

    @property
    def left_mm(self) -> float:
        return self._margin("left", (self.width_mm - TEXT_MM) / 2)

    @property
    def right_mm(self) -> float:
        return self._margin("right", (self.width_mm - TEXT_MM) / 2)

    @property
    def text_mm(self) -> float:
        """How wide a page's text is, both columns together."""
        return round(self.width_mm - self.left_mm - self.right_mm, 2)

    @property
    def margin_column_mm(self) -> float:
        return _number(getattr(self.columns, "margin", None), 54)

    @property
    def gap_mm(self) -> float:
        return _number(getattr(self.columns, "gap", None), 4)

    @property
    def body_mm(self) -> float:
        """How wide the body column is."""
        return round(self.text_mm - self.margin_column_mm - self.gap_mm, 2)

    @property
    def serif(self) -> str:
        """The family in which the report speaks."""
        return css_name(getattr(self.typefaces, "serif", None) or SERIF)

    @property
    def sans(self) -> str:
        """The family of everything around it."""
        return css_name(getattr(self.typefaces, "sans", None) or SANS)

    @cached_property
    def type_sizes(self) -> Mapping[str, tuple[float, float]]:
        """Size and leading by where type stands, in points."""
        return {name: _size(getattr(self.sizes, name, None)) or given for name, given in SIZES.items()}

    @property
    def line_pt(self) -> float:
        """The distance of the page's lines."""
        return self.type_sizes["text"][1]

    @cached_property
    def palette(self) -> Mapping[str, str]:
        """The colours by their roles, as `#RRGGBB`."""
        written = {name: getattr(self.colours, name, None) for name in DEFAULT_COLOURS}
        return {name: _hex(written[name]) or given for name, given in DEFAULT_COLOURS.items()}

    @cached_property
    def cover_palette(self) -> Mapping[str, str]:
        """The colours of the cover: its ground, its words, and the quieter of these."""
        given = {"ground": self.palette["primary"], "words": "#FFFFFF", "quiet": self.palette["warm"]}
        return {name: _hex(getattr(self.cover, name, None)) or colour for name, colour in given.items()}

    @property
    def labels(self) -> tuple[Located, ...]:
        """The words that it has for print."""
        styles = self.callouts.values()
        return tuple(label for style in styles for label in (style.label, *style.labels.values()))

    @cached_property
    def callout_palettes(self) -> Mapping[str, Mapping[str, str]]:
        """The colours of the callouts' own styles, by their names: the ground, the rule and the words of the label."""
        given = {"ground": "cool", "rule": "primary", "words": "primary"}
        return {
            name: {part: self._colour(getattr(style, part) or role) for part, role in given.items()}
            for name, style in self.callouts.items()
        }

    def _colour(self, written: str) -> str:
        """Give the colour of a role, or the one that is written."""
        return self.palette.get(written) or f"#{written.removeprefix('#').upper()}"

    @cached_property
    def series(self) -> tuple[str, ...]:
        """The colours of data, in order."""
        if self.colours is not None and self.colours.series is not None:
            return tuple(_hex(colour) for colour in self.colours.series)
        return tuple(self.palette.get(name, name) for name in CYCLE)

    def place_of(self, *names: str) -> Place:
        """Tell where something is set, or else where it would be: `("colours", "ink")`."""
        place = self.place if self.place.line else Place(THEME)
        node: object = self
        for name in names:
            node = node.get(name) if isinstance(node, Mapping) else getattr(node, name, None)
            place = getattr(node, "place", place)
        return place

    def for_figures(self, faces: Iterable[OwnFace] = ()) -> FigureTheme:
        """Give what figure scripts may know of it, with the faces of the publication's own."""
        faces = tuple(faces)
        return FigureTheme(dict(self.palette), self.series, self.text_mm, self.body_mm, self.serif, self.sans, faces)

    def _margin(self, name: str, given: float) -> float:
        return _number(getattr(self.margins, name, None), given)


def default_theme() -> Theme:
    """Give the look of a publication that has no `theme.yaml`."""
    return Theme.model_validate(LocatedMap(Place(THEME)))


def _number(written: Located | None, given: float) -> float:
    return given if written is None else float(written)


def _size(written: Located | None) -> tuple[float, float] | None:
    found = _SIZE.fullmatch(written) if written is not None else None
    return (float(found[1]), float(found[2])) if found else None


def _hex(written: Located | None) -> str:
    return f"#{written.removeprefix('#').upper()}" if written is not None else ""
