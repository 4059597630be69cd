"""Columns that are as deep as their text.

WeasyPrint 70.0 balances columns by trying one depth after another, and the columns keep the depth that it came to:
up to a line more than the text in them has, so that the space below it differs from box to box. Here what holds columns
ends with the lowest line in them.

`columns_layout` is private to WeasyPrint 70.0; the module can go when
tests/writers/pdf/test_level_columns.py passes without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure.boxes import BlockContainerBox, LineBox
from weasyprint.layout import block


@contextmanager
def level_columns() -> Iterator[None]:
    """Let columns end with their text while the body runs."""
    theirs = block.columns_layout

    def columns_layout(*arguments: Any) -> Any:
        result = theirs(*arguments)
        box, resume_at = result[:2]
        if box is not None and resume_at is None and box.style["height"] == "auto":
            columns = [child for child in box.children if child.is_column]
            if len(columns) > 1 and len(columns) == len(box.children):
                lowest = max(_lowest(column) for column in columns) - box.content_box_y()
                if 0 < lowest < box.height:
                    box.height = lowest
        return result

    block.columns_layout = columns_layout
    try:
        yield
    finally:
        block.columns_layout = theirs


def _lowest(box: Any) -> float:
    """Tell how far down a box is filled."""
    in_flow = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if isinstance(box, LineBox) or not isinstance(box, BlockContainerBox) or not in_flow:
        return float(box.position_y + box.margin_height())
    ends = float(max(_lowest(child) for child in in_flow))
    return ends + float(box.padding_bottom + box.border_bottom_width)
