"""What compose hands to typeset: HTML in parts, the files it needs, and nothing that knows of YAML or pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from press.errors import Place
from press.fonts import OwnFace
from press.pages import Lettering

PAGE_OF = "data-page-of"
"""Attribute of an empty element that typeset fills with the page number of the element whose id is its value."""
AT = "data-at"
"""Attribute that names the place in the content, `file:line:column`, of an element and all below it."""
LABEL = "data-label"
"""Attribute of what stands for the label in a list's item: the number or letter that the item has in a drawing."""
POINT = "data-point"
"""Attribute of a list's item: the number that the content has before it, `2.` or `2)`."""
FURNITURE = "data-furniture"
"""Attribute of what is repeated in the margins of pages: running heads and the like, which are not text."""
REPEATS = "data-repeats"
"""Attribute of what is printed once more for the eye: its words are read where they stand in the text."""
IN_DRAWING = "data-in-drawing"
"""Attribute of words that stand where a drawing has left room for them."""
MOVES = "data-moves"
"""Attribute of what may stand elsewhere than where it is: the id or words of what it belongs to, or nothing."""
PARTED = "data-parted"
"""Attribute of what may have things that move among its children (`within`), or be made two by one (`through`)."""
FINGERPRINT = "#fingerprint"
"""What PAGE_OF has for the fingerprint of the content, which is filled in as a page number is; no id has a `#`."""


@dataclass(frozen=True)
class Part:
    """A complete HTML document of its own: in print, whatever begins on a new page."""

    id: str
    title: str
    """For messages and progress."""
    html: str


@dataclass(frozen=True)
class About:
    """What a publication says of itself, for catalogues and citations: plain words, with ordinary spaces."""

    title: str
    subtitle: str
    whole_title: str
    """Title and subtitle as one."""
    publisher: str
    edition: str
    date: date
    language: str
    """As a tag: `nb-NO`."""
    subject: str
    keywords: tuple[str, ...]
    address: str | None = None
    """Where it is published, with `/` at the end."""
    motif: tuple[int, int] | None = None
    """How many lines stand on its cover, and how many of them are marked."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Of its cover: `ground`, `words`, `quiet`, and `marked` for the lines."""
    authors: tuple[str, ...] = ()
    """Who wrote it; nobody where the publisher answers for it."""
    orcids: Mapping[str, str] = field(default_factory=dict)
    """By author."""
    doi: str | None = None
    isbn: str | None = None
    series: tuple[str, str, str] | None = None
    """Its name, the number there, the ISSN; either may be empty."""
    certified_by: str | None = None
    """Who has found that its EPUB meets EPUB Accessibility."""


@dataclass(frozen=True)
class Document:
    """A composed edition."""

    parts: tuple[Part, ...]
    stylesheet: str
    assets: Mapping[str, bytes]
    """Files that the HTML and the style sheet may name, by virtual path: `figures/figur-5.svg`."""
    hyphenation: tuple[str, ...]
    """Words with their allowed breaks, beyond what the language's patterns know."""
    language: str
    sheets: tuple[tuple[int, str], ...] = ()
    """The files that the style sheet was joined from: the line each begins at (from 1), and what messages call it."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """What is filled in beside page numbers, by what PAGE_OF has for it."""
    about: About | None = None
    pages: Mapping[str, int] = field(default_factory=dict)
    """Where in the full report on paper its things stand, if that is known: by id, and by place in the content."""
    faces: tuple[OwnFace, ...] = ()
    """The faces of the publication's own; their files are among the assets."""
    lettering: tuple[Lettering, ...] = ()
    """The numbers in the words of its figures."""

    def place_in_sheets(self, line: int, column: int) -> Place | None:
        """Tell which file's line a line of the style sheet is."""
        begun = [(first, name) for first, name in self.sheets if first <= line]
        return Place(begun[-1][1], line - begun[-1][0] + 1, column) if begun else None
