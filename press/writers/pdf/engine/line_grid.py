"""Text that begins on the lines of a page, so that its lines are level with those of the page opposite.

What stands between paragraphs (a drawing, a table, a box in smaller type) is as high as it is, and whatever comes after
it lies between the page's lines. Here a block whose style sheet says `--box-snap: 14.4pt` begins at a whole number of
such steps below the top of the type area, and what that takes is added to the space above it. Space is only ever added,
and never at the head of a page.

It is what `box-snap: block-start` is to do (CSS Line Grid 1), which WeasyPrint 70.0 does not know. Custom properties
are inherited; this one holds only for the element that it is declared for. `block_level_layout_switch` and
`page_height` are private to WeasyPrint 70.0; the module can go when it knows `box-snap`, and the style sheets use that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox
from weasyprint.layout import block
from weasyprint.layout import page as weasyprint_page

PROPERTY = "__box_snap"
PX_PER = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4}
ADJOINING_MARGINS = 4
"""Where they stand among the arguments after the first four of `block_level_layout_switch`."""
NEGLIGIBLE = 0.05
"""Pixels: what sums of lengths are off by."""


@contextmanager
def line_grid() -> Iterator[None]:
    """Let blocks begin on the lines of their page while the body runs."""
    switch, page_height = block.block_level_layout_switch, weasyprint_page.page_height

    def page_height_and_top(page: Any, context: Any, *arguments: Any) -> Any:
        result = page_height(page, context, *arguments)
        context.line_grid_top = page.content_box_y()
        return result

    def snapped(context: Any, box: Any, bottom_space: Any, skip_stack: Any, *others: Any, **named: Any) -> Any:
        # In a flex container margins adjoin nothing, and come by name.
        if skip_stack is None and len(others) > ADJOINING_MARGINS and (step := step_of(box)):
            _snap(box, step, context.line_grid_top, others[ADJOINING_MARGINS])
        return switch(context, box, bottom_space, skip_stack, *others, **named)

    weasyprint_page.page_height, block.block_level_layout_switch = page_height_and_top, snapped
    try:
        yield
    finally:
        weasyprint_page.page_height, block.block_level_layout_switch = page_height, switch


def _snap(box: Any, step: float, grid_top: float, adjoining_margins: list[float]) -> None:
    """Add to the margins above a block what it lacks to the next step.

    The box around it, if its own margin adjoins, goes by the same list.
    """
    apart = box.margin_top if _is_columns(box) else 0
    margins = [*adjoining_margins, box.margin_top - apart]
    above = block.collapse_margin(margins)
    if (missing := _missing(box.position_y + above + apart - grid_top, step)) > 0:
        # Of margins that adjoin only the largest counts, less those below zero.
        adjoining_margins.append(above + missing - min(0.0, *margins))


def step_of(box: Any) -> float:
    """Give the step, in pixels, that a block says for itself; 0 if it says none."""
    if not isinstance(box, BlockBox) or PROPERTY not in getattr(box.style, "cascaded", ()):
        return 0
    token = next((each for each in box.style[PROPERTY] or () if each.type == "dimension"), None)
    return token.value * PX_PER.get(token.lower_unit, 0) if token is not None else 0


def _is_columns(box: Any) -> bool:
    """Tell whether a block holds columns: its margin then adjoins no other."""
    return bool(box.style["column_count"] != "auto" or box.style["column_width"] != "auto")


def _missing(down: float, step: float) -> float:
    """Tell how far it is from a place on the page to the next step; 0 on a step."""
    over = down % step
    return 0 if min(over, step - over) < NEGLIGIBLE else step - over
