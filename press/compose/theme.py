"""A theme as style sheets know it: custom properties, for elements and for the margins of pages alike.

It is the first of an edition's style sheets, so that a project's own may set any of them otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.theme import COLOURS, Theme
from press.fonts import heights

PAGE_ROOM_PT, PAGE_ROOM_LINE_PT = 8, 10
"""The size of page numbers in drawings, and their line, whose baseline stands where the drawing has it."""
NAME = "the theme"
"""What messages call it."""


def theme_css(theme: Theme) -> str:
    """Declare a theme's custom properties."""
    declared = "".join(f"  --{name}: {value};\n" for name, value in properties(theme))
    # Margin boxes inherit from their page, and pages from nothing (CSS Paged Media 3, section 3).
    own = "".join(map(_callout_css, theme.callout_palettes))
    return f":root {{\n{declared}}}\n@page {{\n{declared}}}{own}"


def _callout_css(name: str) -> str:
    """Give callouts of a style their colours, by the properties that a medium's style sheet asks."""
    own = "".join(f" --callout-{part}: var(--callout-{name}-{part});" for part in ("ground", "rule", "words"))
    return f"\n.callout.callout-{name} {{{own} border-color: var(--callout-{name}-rule) }}"


def properties(theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield the names of custom properties and their values."""
    yield from ((name, theme.palette[role]) for role, name in COLOURS.items())
    cover = theme.cover_palette
    yield "cover-ground", cover["ground"]
    yield "cover-words", cover["words"]
    yield "cover-quiet", cover["quiet"]
    yield "motif-line", f"rgba({', '.join(str(int(cover['words'][at : at + 2], 16)) for at in (1, 3, 5))}, 0.45)"
    for name, colours in theme.callout_palettes.items():
        yield from ((f"callout-{name}-{part}", colour) for part, colour in colours.items())
    yield "serif", f'"{theme.serif}"'
    yield "sans", f'"{theme.sans}"'
    above, below = heights(theme.sans)
    yield "page-room-rise", f"{-(PAGE_ROOM_LINE_PT - (above + below) * PAGE_ROOM_PT) / 2 - above * PAGE_ROOM_PT:.2f}pt"
    yield from ((f"{name}-type", f"{size:g}pt/{leading:g}pt") for name, (size, leading) in theme.type_sizes.items())
    yield "line", f"{theme.line_pt:g}pt"
    for name, length_mm in {
        "page-width": theme.width_mm,
        "page-height": theme.height_mm,
        "margin-top": theme.top_mm,
        "margin-right": theme.right_mm,
        "margin-bottom": theme.bottom_mm,
        "margin-left": theme.left_mm,
        "text-width": theme.text_mm,
        "body-width": theme.body_mm,
        "margin-column": theme.margin_column_mm,
        "body-left": theme.margin_column_mm + theme.gap_mm,
    }.items():
        yield name, f"{length_mm:g}mm"
