"""matplotlib's SVG made fit for the page: its size in millimetres, each text one path, nothing that is not drawn.

matplotlib writes a text as one `<use>` of a glyph per letter. A letter that is a rectangle, such as the sans «I», is
then a path of its own, and PDFium (Chrome, and our page pictures) snaps lone rectangles to whole pixels, which makes
it look bold. As one path for the whole text no letter is a rectangle, and WeasyPrint has a tenth of the nodes to draw.

What comes in is matplotlib 3.11's own output, held against a list of the elements and attributes that it draws with;
anything else raises ValueError.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
LARGEST_BYTES = 5_000_000
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "use",
        "clipPath",
        "linearGradient",
        "stop",
        "pattern",
        "title",
        "desc",
        "style",
    ]
)
ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "style",
        "transform",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "points",
        "href",
        "viewBox",
        "version",
        "clip-path",
        "clip-rule",
        "clipPathUnits",
        "gradientUnits",
        "gradientTransform",
        "patternUnits",
        "patternTransform",
        "offset",
        "type",
        "fill",
        "stroke",
        "stroke-width",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
        "fill-rule",
    ]
)
_URL = re.compile(r"url\(([^)]*)\)|@import|expression", re.IGNORECASE)
_TRANSLATE = re.compile(r"translate\((-?[\d.e-]+)[ ,]+(-?[\d.e-]+)\)")
_SCALE = re.compile(r"scale\((-?[\d.e-]+)\)")
_TOKEN = re.compile(r"[MLQCz]|-?[\d.]+(?:e-?\d+)?")


def for_print(svg: bytes, width_mm: float, height_mm: float) -> bytes:
    """Return the drawing at its printed size with its texts joined."""
    if b"<!ENTITY" in svg or len(svg) > LARGEST_BYTES:
        raise ValueError(f"it defines entities, or is larger than {LARGEST_BYTES} bytes")
    root = ElementTree.fromstring(svg.decode("utf-8"))  # noqa: S314 - without entities there is nothing to expand
    for child in root.findall(f"{SVG}metadata"):
        root.remove(child)
    _require_harmless(root)
    glyphs = {path.get("id", ""): path for path in root.iter(f"{SVG}path") if path.get("id")}
    for group in list(root.iter(f"{SVG}g")):
        uses = group.findall(f"{SVG}use")
        if uses and all(use.get(HREF, "")[1:] in glyphs and _is_glyph(glyphs[use.get(HREF, "")[1:]]) for use in uses):
            _join(group, uses, glyphs)
    root.set("width", f"{width_mm:g}mm")
    root.set("height", f"{height_mm:g}mm")
    ElementTree.register_namespace("", SVG[1:-1])
    ElementTree.register_namespace("xlink", HREF[1:].partition("}")[0])
    printed: bytes = ElementTree.tostring(root, encoding="utf-8")
    return printed


def _require_harmless(root: ElementTree.Element) -> None:
    """Refuse whatever matplotlib does not draw with: scripts, other documents, styles that reach outside."""
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in ELEMENTS:
            raise ValueError(f"the element {name!r} is not allowed")
        for key, value in element.attrib.items():
            attribute = "href" if key == HREF else key
            if attribute not in ATTRIBUTES:
                raise ValueError(f"the attribute {attribute!r} of {name!r} is not allowed")
            if attribute == "href" and not value.startswith("#"):
                raise ValueError(f"a reference leaves the drawing: {value[:60]}")
            _require_inside(value)
        _require_inside(element.text or "")


def _require_inside(style: str) -> None:
    if any(target.strip("\"' ")[:1] != "#" for target in _URL.findall(style)):
        raise ValueError(f"a style leaves the drawing: {style[:60]}")


def _is_glyph(path: ElementTree.Element) -> bool:
    return _SCALE.fullmatch(path.get("transform", "")) is not None


def _join(group: ElementTree.Element, uses: list[ElementTree.Element], glyphs: dict[str, ElementTree.Element]) -> None:
    """Replace the letters of one text by one path, in the coordinates of their group."""
    outline = " ".join(_outline(use, glyphs[use.get(HREF, "")[1:]]) for use in uses)
    for child in list(group):
        if child.tag in {f"{SVG}use", f"{SVG}defs"}:
            group.remove(child)
    group.append(ElementTree.Element(f"{SVG}path", {"d": _no_rectangle(outline)}))


def _no_rectangle(outline: str) -> str:
    """Give a text of one rectangular letter («I») one point more, half way along its first side."""
    tokens = outline.split()
    if tokens.count("M") > 1 or "Q" in tokens or "C" in tokens or tokens[:1] != ["M"] or tokens[3:4] != ["L"]:
        return outline
    x1, y1, x2, y2 = (float(tokens[index]) for index in (1, 2, 4, 5))
    return " ".join([*tokens[:3], "L", f"{(x1 + x2) / 2:g}", f"{(y1 + y2) / 2:g}", *tokens[3:]])


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
