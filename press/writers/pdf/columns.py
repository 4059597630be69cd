"""Blocks dealt out to the columns of a page: the body column, the margin beside it, or both.

A pull quote is often deeper than the text it stands beside. What it reaches below that must find room on the page,
where WeasyPrint 70 would cut it off, and must not run into what comes next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from press.content.blocks import Block, Figure, Movable, Photo, Picture, Quote, Table, Text
from press.writers.pdf import margins
from press.writers.pdf.margins import Sizes, sizes_of

if TYPE_CHECKING:
    from press.writers import Composing

LEAST_FOR_CAPTIONS_MM = 40
"""How wide captions are set at least in the margin column."""


@dataclass(frozen=True)
class Run:
    """Blocks that stand together: a stretch of the body column, one full-width block, or a grid of one kind."""

    span: Literal["body", "full"]
    blocks: tuple[Block, ...]

    @property
    def kind(self) -> str:
        return self.blocks[0].kind


@dataclass(frozen=True)
class Stretch:
    """A stretch of the body column, and what stands beside it in the margin column."""

    html: Markup
    beside: Markup | None = None
    reserve_pt: float = 0
    """How much farther down than the text the margin note may reach: room that must be left on the page."""
    shared_pt: float = 0
    """How much of that room the next stretch may stand beside."""
    moves: str | None = None
    """What it is to stand near, or nothing, if it is one block that may stand elsewhere."""
    captioned: bool = False
    """Whether it is one block whose caption may stand in the margin, where no note is to come down."""


def runs(blocks: Sequence[Block]) -> list[Run]:
    """Gather blocks into stretches of the body column and full-width runs.

    Full-width blocks stand between the columns of text, never in them: WeasyPrint 70 loses text around
    `column-span`. Neighbours of a kind that is set as a grid share a run.
    """
    found: list[Run] = []
    for block in blocks:
        if block.stands == "none":
            continue
        span: Literal["body", "full"] = "full" if block.stands == "full" else "body"
        together = span == "body" or block.kind == "questions"
        if found and found[-1].span == span and together and (span == "body" or found[-1].kind == block.kind):
            found[-1] = Run(span, (*found[-1].blocks, block))
        else:
            found.append(Run(span, (block,)))
    return found


def stretches(composing: Composing, blocks: Sequence[Block], level: int) -> list[Stretch]:
    """Fill the templates of the blocks of one run of the body column.

    A pull quote stands beside the last paragraph or list of the text above it, in a stretch of its own. Raises
    TemplateError if the style sheets do not say in what sizes it is set.
    """
    found = [Stretch(Markup(""))]
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Text) and isinstance(after, Quote):
            above, beside = composing.last_apart(block.text)
            found[-1] = Stretch(found[-1].html + above)
            reserve_pt = _reserve_pt(composing, after, beside)
            found += [Stretch(beside, composing.render_block(after, level), reserve_pt), Stretch(Markup(""))]
        elif isinstance(block, Movable) and block.moves is not None:
            found += [Stretch(composing.render_block(block, level), moves=block.moves), Stretch(Markup(""))]
        elif _is_captioned(block):
            found += [Stretch(composing.render_block(block, level), captioned=True), Stretch(Markup(""))]
        elif not isinstance(block, Quote):
            found[-1] = Stretch(found[-1].html + composing.render_block(block, level))
    found = [stretch for stretch in found if stretch.html]
    return [_sharing(composing, *pair) for pair in zip(found, (*found[1:], None), strict=True)]


def captioned_beside(composing: Composing, block: Block, caption: str, depth_mm: float = 0) -> bool:
    """Tell whether a caption stands in the margin column: if its block has the body column, and is as deep as it.

    The depth of a table is told by its rows. A caption that is deeper than what it is of would run out of its page, or
    into a note.
    """
    if not _is_captioned(block):
        return False
    room_mm = margins.length_mm(composing.stylesheet, "quote-width") or 0
    if isinstance(block, Table):
        depth_mm = margins.table_depth_mm(composing.stylesheet, len(block.rows or ()))
    caption_mm = margins.caption_depth_mm(composing.stylesheet, composing.unmarked(caption))
    return room_mm >= LEAST_FOR_CAPTIONS_MM and caption_mm <= depth_mm


def _is_captioned(block: Block) -> bool:
    """Tell whether a block stands as a whole in the body column, with a caption."""
    is_divided = isinstance(block, Table) and block.divided
    return isinstance(block, Figure | Picture | Photo | Table) and block.stands == "body" and not is_divided


def _reserve_pt(composing: Composing, quote: Quote, html: str) -> float:
    sizes = _sizes(composing)
    with composing.speaking_of(quote):
        opening, closing = composing.language.quotes
    depth = sizes.quote_depth_pt(
        f"{opening}{composing.plain(quote.quote)}{closing}", composing.plain(quote.speaker or "")
    )
    return round(max(0.0, depth - sizes.body.least_depth_pt(composing.unmarked(html))), 1)


def _sharing(composing: Composing, stretch: Stretch, after: Stretch | None) -> Stretch:
    """Let the text after a margin note come up beside it, as far as that text surely reaches down.

    What comes then may be a block over the full width, a note of its own, what may go and stand elsewhere, or a block
    with its caption in the margin.
    """
    if stretch.beside is None or after is None or after.beside is not None:
        return stretch
    if after.moves is not None or after.captioned:
        return stretch
    least_pt = _sizes(composing).small.least_depth_pt(composing.unmarked(after.html))
    return replace(stretch, shared_pt=round(min(stretch.reserve_pt, least_pt), 1))


def _sizes(composing: Composing) -> Sizes:
    return sizes_of(composing.stylesheet)
