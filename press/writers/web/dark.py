"""Drawings on dark pages: the rules by which each of their colours has another there, of its hue.

A colour stands as far from the dark page as it does from white paper, so that words and marks stand out from each other
as they do there. What is white is as dark as the page. A drawing that has points of its own (a picture, a map of heat)
keeps its colours and its white ground. What is downloaded is as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from press.contrast import dark_ground, turned
from press.writers.html import SVG, classes

PAINTS = ("fill", "stroke", "stop-color")
AS_PRINTED = "as-printed"
"""The class of a drawing that keeps its colours."""
BLACK, WHITE = "#000000", "#FFFFFF"
_DIGITS = re.compile("#[0-9A-Fa-f]{6}")
_PRIMARY = re.compile(r"--fjord: (#[0-9A-Fa-f]{6});")


def colours_in(root: Element) -> Iterator[str]:
    """Yield the colours of the drawings on a page as they are written; marks those that keep theirs."""
    for drawing in (each for each in root.iter(f"{SVG}svg") if "drawing" in classes(each)):
        if next(drawing.iter(f"{SVG}image"), None) is not None:
            drawing.set("class", f"drawing {AS_PRINTED}")
            continue
        for element in drawing.iter():
            yield from (paint for name in PAINTS if _DIGITS.fullmatch(paint := element.get(name, "")))


def dark_rules(colours: Iterable[str], stylesheet: str) -> str:
    """Write what a style sheet says of these colours where pages are dark; nothing where there are none."""
    primary = _PRIMARY.search(stylesheet)
    written = sorted({*colours})
    if primary is None or not written:
        return ""
    ground = dark_ground(primary[1])
    kept = f".drawing:not(.{AS_PRINTED})"
    rules = [f".plate {kept} {{ fill: {turned(BLACK, ground)} }}"]
    for colour in written:
        dark = "var(--paper)" if colour.upper() == WHITE else turned(colour.upper(), ground)
        rules += [f'.plate {kept} [{name}="{colour}"] {{ {name}: {dark} }}' for name in PAINTS]
    lines = "".join(f"    {rule}\n" for rule in rules)
    condition = "screen and (prefers-color-scheme: dark)"
    return f"@supports (color: oklch(from red l c h)) {{\n  @media {condition} {{\n{lines}  }}\n}}\n"
