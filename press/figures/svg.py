"""matplotlib's SVG made fit for the page: its size in millimetres, words with its texts, nothing that is not drawn.

matplotlib writes a text as one `<use>` of a glyph per letter, and so it stays: each outline is written once, in the
curves that a PDF knows (`press.writers.pdf.engine.drawings`). A letter that is a rectangle, such as the sans «I», gets
a curve for one of its sides, since PDFium (Chrome, and our page pictures) snaps lone rectangles to whole pixels, which
makes it look bold. With each text stand its words as text that is not painted, so that a search of the PDF finds them
where they are drawn.

What comes in is matplotlib 3.11's own output, held against a list of the elements and attributes that it draws with,
and against what it can grow to: a reference leads to a path and no farther, as matplotlib's do. Anything else raises
ValueError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from press.fonts import SANS, characters

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
LARGEST_BYTES = 5_000_000
"""The most that a drawing may be, and the most that its references may draw."""
DEEPEST = 50
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
MORE_ELEMENTS = frozenset(["radialGradient"])
MORE_ATTRIBUTES = frozenset(
    [
        *("stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset"),
        *("stop-color", "stop-opacity", "color", "display", "visibility", "fx", "fy", "spreadMethod"),
        *("preserveAspectRatio", "vector-effect", "enable-background", "overflow", "baseProfile"),
    ]
)
"""What other programs draw with besides."""
TARGETS = {f"{SVG}use": {f"{SVG}path"}}
"""What an element may refer to by `href`, and any other by `url(#…)`."""
PAINTS = {f"{SVG}radialGradient", f"{SVG}clipPath", f"{SVG}pattern", f"{SVG}linearGradient"}
_URL = re.compile(r"url\(([^)]*)\)|@import|expression", re.IGNORECASE)
_MOVE = re.compile(r"translate\((-?[\d.e-]+)[ ,]+(-?[\d.e-]+)\)(?: scale\((-?[\d.e-]+)\))?")
"""Where a letter stands, and, in a formula, how large it is."""
_MATHS = re.compile(r"\\[A-Za-z]+|[$^_{}\\]")
_SCALE = re.compile(r"scale\((-?[\d.e-]+)\)")
_COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")
_TOKEN = re.compile(r"-?[\d.]+(?:e-?\d+)?")
NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6, "z": 0}
"""How many numbers follow each command of an outline."""


def for_print(svg: bytes, width_mm: float, height_mm: float, sans: str = SANS) -> bytes:
    """Return the drawing at its printed size, with words in its texts, which are set in a sans."""
    if b"<!ENTITY" in svg or len(svg) > LARGEST_BYTES:
        raise ValueError(f"it defines entities, or is larger than {LARGEST_BYTES} bytes")
    try:
        parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))  # noqa: S314 - no entities
        root = ElementTree.fromstring(svg.decode("utf-8"), parser)  # noqa: S314 - without entities nothing expands
    except ElementTree.ParseError as error:
        raise ValueError(f"it is not XML: {error}") from None
    for child in root.findall(f"{SVG}metadata"):
        root.remove(child)
    words = _words_of_groups(root, sans)
    _require_shallow(root)
    _require_harmless(root)
    _require_bounded(root)
    glyphs = {path.get("id", ""): path for path in root.iter(f"{SVG}path") if path.get("id") and _is_glyph(path)}
    for glyph in glyphs.values():
        _write_out(glyph)
    for group in root.iter(f"{SVG}g"):
        uses = group.findall(f"{SVG}use")
        if uses and all(use.get(HREF, "")[1:] in glyphs for use in uses):
            _require_placed(uses)
            for use in uses:
                if not glyphs[use.get(HREF, "")[1:]].get("d"):  # a space
                    group.remove(use)
            if words.get(group):
                group.append(_unpainted(words[group], sans))
    root.set("width", f"{width_mm:g}mm")
    root.set("height", f"{height_mm:g}mm")
    ElementTree.register_namespace("", SVG[1:-1])
    ElementTree.register_namespace("xlink", HREF[1:].partition("}")[0])
    printed: bytes = ElementTree.tostring(root, encoding="utf-8")
    return printed


def harmless(svg: bytes) -> ElementTree.Element:
    """Give a drawing by another program without what that keeps in it for itself; raises ValueError.

    It may have what matplotlib draws with, and the presentation of lines and gradients; no letters and no pictures.
    """
    if b"\0" in svg:
        raise ValueError("it is not saved as UTF-8")
    if b"<!ENTITY" in svg or (b"<!DOCTYPE" in svg[:2000].upper() and b"[" in svg[:2000]):
        raise ValueError("it defines entities")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - without entities nothing expands
    except (ElementTree.ParseError, LookupError) as error:
        raise ValueError(f"it is not XML: {error}") from None
    for element in [*root.iter()]:
        for child in [*element]:
            if not str(child.tag).startswith(SVG) or child.tag == f"{SVG}metadata":
                element.remove(child)
        for name in [*element.attrib]:
            if name.startswith("{") and name != HREF:
                del element.attrib[name]
    _require_shallow(root)
    _require_harmless(root, ELEMENTS | MORE_ELEMENTS, ATTRIBUTES | MORE_ATTRIBUTES)
    _require_bounded(root)
    ElementTree.register_namespace("", SVG[1:-1])
    ElementTree.register_namespace("xlink", HREF[1:].partition("}")[0])
    return root


def _words_of_groups(root: ElementTree.Element, sans: str) -> dict[ElementTree.Element, str]:
    """Take out the comments, in which matplotlib gives the words of each text before the group that draws it."""
    words: dict[ElementTree.Element, str] = {}
    for parent in list(root.iter(f"{SVG}g")):
        said = ""
        for child in list(parent):
            if _is_comment(child):
                said = child.text or ""
            elif said:
                words[child], said = _plain(said, sans), ""
    for parent in list(root.iter()):
        for child in filter(_is_comment, list(parent)):
            parent.remove(child)
    return words


def _is_comment(element: ElementTree.Element) -> bool:
    return callable(element.tag)


def _plain(said: str, sans: str) -> str:
    """Give the letters of a text without the marks of a formula; none if there are some that no typeface here has."""
    if "$" in said:
        said = _MATHS.sub("", said)
    said = unescape(said).strip().replace("- -", "--")  # two hyphens would end a comment
    return said if set(said) <= characters(sans, 400, "normal") else ""


def _unpainted(words: str, sans: str) -> ElementTree.Element:
    """Set words in the units of their group, in which the outlines of letters stand head down, 100 to an em."""
    look = {"font-family": sans, "font-size": "100", "transform": "scale(1 -1)", "fill": "none", "stroke": "none"}
    text = ElementTree.Element(f"{SVG}text", look)
    text.text = words
    return text


def _require_shallow(root: ElementTree.Element) -> None:
    level, depth = [root], 1
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > DEEPEST:
            raise ValueError(f"its elements are nested more than {DEEPEST} deep")


def _require_harmless(
    root: ElementTree.Element, elements: frozenset[str] = ELEMENTS, attributes: frozenset[str] = ATTRIBUTES
) -> None:
    """Refuse whatever matplotlib does not draw with: scripts, other documents, styles that reach outside."""
    if root.tag != f"{SVG}svg":
        raise ValueError(f"it is no SVG: it begins with {root.tag[:60]!r}")
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in elements or element.tag != f"{SVG}{name}":
            raise ValueError(f"the element {name!r} is not allowed")
        for key, value in element.attrib.items():
            attribute = "href" if key == HREF else key
            if attribute not in attributes:
                raise ValueError(f"the attribute {attribute!r} of {name!r} is not allowed")
            if attribute == "href" and not value.startswith("#"):
                raise ValueError(f"a reference leaves the drawing: {value[:60]}")
            _require_inside(value)
        if _URL.search(element.text or "") or "\\" in (element.text or ""):
            raise ValueError(f"a style leaves the drawing: {(element.text or '')[:60]}")


def _require_bounded(root: ElementTree.Element) -> None:
    """Refuse references that lead on to others: ten steps of ten each are drawn ten thousand million times.

    What they draw may be as large as a drawing, and no larger.
    """
    named = {element.get("id", ""): element for element in root.iter() if element.get("id")}
    if len(named) < sum(1 for element in root.iter() if element.get("id")):
        raise ValueError("two of its elements have one id")
    drawn = 0
    for element, target in _references(root):
        found = named.get(target)
        if found is None:
            continue
        if found.tag not in TARGETS.get(element.tag, PAINTS):
            raise ValueError(f"a reference leads to {found.tag.removeprefix(SVG)!r}: #{target[:60]}")
        if next(_references(found), None) is not None:
            raise ValueError(f"what a reference leads to refers to something itself: #{target[:60]}")
        drawn += sum(1 + len(below.get("d", "")) for below in found.iter()) * sum(1 for _ in element.iter())
        if drawn > LARGEST_BYTES:
            raise ValueError(f"its references draw more than {LARGEST_BYTES} bytes")


def _references(root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str]]:
    """Yield what an element and those below it refer to, with the element that does."""
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == HREF:
                yield element, value[1:]
            else:
                yield from ((element, target.strip("\"' ")[1:]) for target in _URL.findall(value))


def _require_inside(style: str) -> None:
    if "\\" in style:
        raise ValueError(f"a style hides its letters: {style[:60]}")
    if any(target.strip("\"' ")[:1] != "#" for target in _URL.findall(style)):
        raise ValueError(f"a style leaves the drawing: {style[:60]}")


def _is_glyph(path: ElementTree.Element) -> bool:
    return _SCALE.fullmatch(path.get("transform", "")) is not None


def _require_placed(uses: list[ElementTree.Element]) -> None:
    """Refuse letters that stand otherwise than matplotlib sets them."""
    for use in uses:
        if _MOVE.fullmatch(use.get("transform", "translate(0 0)")) is None:
            raise ValueError(f"an unknown transform: {use.get('transform')}")


def _write_out(glyph: ElementTree.Element) -> None:
    """Write a glyph's outline at the size that it is used at."""
    scale = float(_SCALE.fullmatch(glyph.attrib.pop("transform"))[1])  # type: ignore[index] # as of every glyph
    glyph.set("d", _no_rectangle(" ".join(_curves(glyph.get("d", ""), scale))))


def _curves(outline: str, scale: float) -> Iterator[str]:
    """Yield the commands of an outline and their numbers, with cubic curves in the place of quadratic ones."""
    at: list[float] = []
    for command, written in _COMMAND.findall(outline):
        numbers = [float(number) * scale for number in _TOKEN.findall(written)]
        if len(numbers) != NUMBERS[command] or (command not in "Mz" and not at):
            raise ValueError(f"an outline breaks off: {outline[:60]}")
        end = numbers[-2:]
        if command == "Q":
            control = numbers[:2]
            numbers = [(of + 2 * to) / 3 for near in (at, end) for of, to in zip(near, control, strict=True)] + end
        yield "C" if command == "Q" else command
        yield from (f"{number:.2f}".rstrip("0").rstrip(".") for number in numbers)
        at = end or at


def _no_rectangle(outline: str) -> str:
    """Give the outline of a rectangular letter («I») a curve, as straight as the line was, for its first side.

    A point more would not do: PDFium takes out points on a straight line before it looks for rectangles.
    """
    tokens = outline.split()
    if tokens.count("M") > 1 or "C" in tokens or tokens[3:4] != ["L"]:
        return outline
    begin, end = tokens[1:3], tokens[4:6]
    return " ".join([*tokens[:3], "C", *begin, *end, *end, *tokens[6:]])
