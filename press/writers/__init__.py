"""The writers: a folder for each medium, which makes of a composed `Document` what readers get.

An edition names its writer; compose and the door ask `WRITERS` for it. To add a medium: its folder here, whose
`__init__` has what `Writer` says, and its line in `WRITERS`. What is slow to import is imported by its functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

from press.writers import epub, pdf, web

if TYPE_CHECKING:
    from markupsafe import Markup

    from press.cache import Cache
    from press.content.blocks import Block
    from press.content.report import Section
    from press.content.strict_yaml import Located
    from press.document import Document
    from press.errors import Problem
    from press.pages import Pages
    from press.timing import Timing
    from press.words.language import Language


class Composing(Protocol):
    """What the functions that a writer gives to templates may ask of compose."""

    @property
    def language(self) -> Language:
        """The language of what is being filled."""

    def speaking_of(self, block: Block) -> AbstractContextManager[None]:
        """Let `language` be that of a block while the body runs."""

    @property
    def stylesheet(self) -> str:
        """The edition's style sheets as one."""

    def render_block(self, block: Block, level: int) -> Markup:
        """Fill the template of a block; `level` is the level its heading would have."""

    def last_apart(self, text: Located) -> tuple[Markup, Markup]:
        """Set Markdown: what stands above its last paragraph or list, and that one."""

    def plain(self, text: str) -> str:
        """Set a line of plain words."""

    def unmarked(self, html: str) -> str:
        """Give what was set as it will be printed."""


class Made(Protocol):
    """What a writer made of a document."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it: nothing that has any is for a reader."""

    @property
    def pages(self) -> Mapping[str, int]:
        """Page number (from 1) by id of what stands there, in a medium with pages."""

    @property
    def places(self) -> Mapping[str, int]:
        """Page number by place in the content."""

    @property
    def page_count(self) -> int: ...

    @property
    def surveyed(self) -> Pages | None:
        """What stands where, if that was asked for."""

    @property
    def timings(self) -> Sequence[Timing]:
        """Where the time went."""

    def files(self, output: str) -> Mapping[str, bytes]:
        """Give what goes into the output folder, by path; `output` is the edition's."""


class Typesetter(Protocol):
    """A writer at work."""

    def typeset(self, document: Document, progress: Callable[[str], None], *, surveying: bool = False) -> Made:
        """Make what readers get; raises TypesetError where nothing can be made."""


class Writer(Protocol):
    """What the package of every medium has."""

    def typesetter(self, cache: Cache) -> AbstractContextManager[Typesetter]:
        """Make ready, while the document is still being composed; `cache` has what was made before."""

    def set_by(self) -> str:
        """Name everything, with its version, that the bytes depend on besides the content."""

    def openings(self, root: Section) -> Iterator[tuple[str, str, Mapping[str, Section]]]:
        """Divide a chapter, or another root, into parts: the template of each, its id, and what its template is given.

        What a template is given has the section that the part is named by as `section`.
        """

    def functions(self, composing: Composing) -> Mapping[str, Callable[..., Any]]:
        """Give what templates for this medium may call besides what all may."""


WRITERS: Mapping[str, Writer] = {"pdf": pdf, "web": web, "epub": epub}
"""By the name that an edition gives, which is also the folder of the medium's templates."""
