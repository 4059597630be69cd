"""matplotlib's SVG made fit for the page: its size in millimetres, each text one path, nothing that is not drawn.

matplotlib writes a text as one `<use>` of a glyph per letter. A letter that is a rectangle, such as the sans «I», is
then a path of its own, and PDFium (Chrome, and our page pictures) snaps lone rectangles to whole pixels, which makes
it look bold. As one path for the whole text no letter is a rectangle, and WeasyPrint has a tenth of the nodes to draw.

What comes in is matplotlib 3.11's own output; anything else raises ValueError.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
_TRANSLATE = re.compile(r"translate\((-?[\d.e-]+)[ ,]+(-?[\d.e-]+)\)")
_SCALE = re.compile(r"scale\((-?[\d.e-]+)\)")
_TOKEN = re.compile(r"[MLQCz]|-?[\d.]+(?:e-?\d+)?")


def for_print(svg: bytes, width_mm: float, height_mm: float) -> bytes:
    """Return the drawing at its printed size with its texts joined."""
    # The parser never sees content: matplotlib has escaped every word that a figure prints.
    root = ElementTree.fromstring(svg.decode("utf-8"))  # noqa: S314
    glyphs = {path.get("id", ""): path for path in root.iter(f"{SVG}path") if path.get("id")}
    for group in list(root.iter(f"{SVG}g")):
        uses = group.findall(f"{SVG}use")
        if uses and all(use.get(HREF, "")[1:] in glyphs and _is_glyph(glyphs[use.get(HREF, "")[1:]]) for use in uses):
            _join(group, uses, glyphs)
    for child in root.findall(f"{SVG}metadata"):
        root.remove(child)
    root.set("width", f"{width_mm:g}mm")
    root.set("height", f"{height_mm:g}mm")
    ElementTree.register_namespace("", SVG[1:-1])
    ElementTree.register_namespace("xlink", HREF[1:].partition("}")[0])
    printed: bytes = ElementTree.tostring(root, encoding="utf-8")
    return printed


def _is_glyph(path: ElementTree.Element) -> bool:
    return _SCALE.fullmatch(path.get("transform", "")) is not None


def _join(group: ElementTree.Element, uses: list[ElementTree.Element], glyphs: dict[str, ElementTree.Element]) -> None:
    """Replace the letters of one text by one path, in the coordinates of their group."""
    outline = " ".join(_outline(use, glyphs[use.get(HREF, "")[1:]]) for use in uses)
    for child in list(group):
        if child.tag in {f"{SVG}use", f"{SVG}defs"}:
            group.remove(child)
    group.append(ElementTree.Element(f"{SVG}path", {"d": outline}))


def _outline(use: ElementTree.Element, glyph: ElementTree.Element) -> str:
    """Give a glyph's outline moved to where the letter stands; coordinates alternate x and y after each command."""
    scale_match = _SCALE.fullmatch(glyph.get("transform", ""))
    move = _TRANSLATE.fullmatch(use.get("transform", "translate(0 0)"))
    if scale_match is None or move is None:
        raise ValueError(f"an unknown transform: {use.get('transform')} of {glyph.get('transform')}")
    scale, offsets = float(scale_match[1]), (float(move[1]), float(move[2]))
    written: list[str] = []
    axis = 0
    for token in _TOKEN.findall(glyph.get("d", "")):
        if token.isalpha():
            written.append(token)
            axis = 0
        else:
            written.append(f"{float(token) * scale + offsets[axis]:.2f}".rstrip("0").rstrip("."))
            axis = 1 - axis
    return " ".join(written)
