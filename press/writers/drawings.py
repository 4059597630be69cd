"""Drawings within pages: words as text, and a look without style attributes, which the pages' policy forbids.

What comes in is what `press.figures.svg` made for print: outlines of letters, and with each text its words, not
painted. Here the words are painted in their typeface, and the outlines go; a formula keeps them. Ids begin with that
of the figure, so that several drawings can stand in one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from press.fonts import FACES, SANS, Face
from press.writers.html import HREF, SVG, fragment, parents_of, put_instead, take_out

POINTS_PER_MM = 72 / 25.4
ROOM_PT = 8
"""The size of the page numbers that stand in drawings."""
_GLYPH = re.compile(r"#(?P<font>[A-Za-z]+-[A-Za-z]+)-[0-9a-f]+")
_URL = re.compile(r"url\(#([^)]+)\)")


def drawn(svg: bytes, figure_id: str) -> Element:
    """Make of a drawing for print an element to stand in a page; its size is left to the style sheet."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own, held to a list of elements when it was drawn
    for parent in list(root.iter(f"{SVG}defs")):
        for style in parent.findall(f"{SVG}style"):
            take_out(parent, style)
    _paint_words(root)
    _drop_unused(root)
    for element in root.iter():
        _attributes_of_style(element)
        element.text = (element.text or "").strip() or None
        element.tail = None
    _own_ids(root, figure_id)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    return root


@lru_cache(maxsize=64)
def words_in(svg: bytes) -> frozenset[tuple[str, str]]:
    """Tell which letters a drawing has, each with the file of its face."""
    root = drawn(svg, "")
    found = ((_face_of(text), letter) for text in root.iter(f"{SVG}text") for letter in text.text or "")
    return frozenset((face, letter) for face, letter in found if face)


def _paint_words(root: Element) -> None:
    parents = parents_of(root)
    for text in list(root.iter(f"{SVG}text")):
        group = parents[text]
        uses = group.findall(f"{SVG}use")
        faces = {match["font"] for use in uses if (match := _GLYPH.fullmatch(use.get(HREF, "")))}
        is_plain = len(faces) == 1 and not any("scale" in use.get("transform", "") for use in uses)
        face = _faces().get(next(iter(faces), ""))
        if not is_plain or face is None:
            continue  # a formula
        for use in uses:
            take_out(group, use)
        for name in ("fill", "stroke"):
            text.attrib.pop(name, None)
        text.set("font-family", face.family)
        if face.weight != 400:
            text.set("font-weight", str(face.weight))
        if face.style != "normal":
            text.set("font-style", face.style)


@cache
def _faces() -> Mapping[str, Face]:
    return {face.file.removesuffix(".ttf"): face for face in FACES}


def _face_of(text: Element) -> str:
    key = text.get("font-family", SANS), int(text.get("font-weight", "400")), text.get("font-style", "normal")
    return next((face.file for face in FACES if face.key == key), "")


def _drop_unused(root: Element) -> None:
    """Take out the outlines that nothing shows any more, and the `defs` that have nothing left."""
    used = {use.get(HREF, "")[1:] for use in root.iter(f"{SVG}use")}
    used |= {name for element in root.iter() for value in element.attrib.values() for name in _URL.findall(value)}
    for parent in list(root.iter(f"{SVG}defs")):
        for child in list(parent):
            if child.get("id") and child.get("id") not in used:
                take_out(parent, child)
    parents = parents_of(root)
    for empty in [each for each in root.iter(f"{SVG}defs") if not len(each)]:
        take_out(parents[empty], empty)


def _attributes_of_style(element: Element) -> None:
    """Say as attributes what a style attribute says; each property that matplotlib writes has its attribute."""
    for declaration in element.attrib.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        if value:
            element.set(name.strip(), value.strip())


def _own_ids(root: Element, figure_id: str) -> None:
    """Keep the ids that something refers to, under the figure's own."""
    used = {use.get(HREF, "")[1:] for use in root.iter(f"{SVG}use")}
    used |= {name for element in root.iter() for value in element.attrib.values() for name in _URL.findall(value)}
    for element in root.iter():
        if (name := element.attrib.pop("id", None)) in used:
            element.set("id", f"{figure_id}.{name}")
        for key, value in list(element.attrib.items()):
            if key == HREF:
                element.set(key, f"#{figure_id}.{value[1:]}")
            elif "url(#" in value:
                element.set(key, _URL.sub(rf"url(#{figure_id}.\1)", value))


def put_into_pages(root: Element, drawings: Mapping[str, bytes]) -> None:
    """Put the drawings where pages name them, with the page numbers that they leave room for as links."""
    parents = parents_of(root)
    for image in [each for each in root.iter("img") if each.get("class") == "drawing"]:
        plate = parents[image]
        source = image.get("src", "")
        figure_id = source.rpartition("/")[2].removesuffix(".svg")
        svg = drawn(drawings[source], figure_id)
        # The look that matplotlib gives to everything.
        picture = Element(f"{SVG}g", {"stroke-linejoin": "round", "role": "img", "aria-label": image.get("alt", "")})
        if details := image.get("aria-details"):
            picture.set("aria-details", details)
        for child in list(svg):
            svg.remove(child)
            picture.append(child)
        svg.append(picture)
        width, height = (float(image.get(f"data-{side}-mm", "0")) * POINTS_PER_MM for side in ("width", "height"))
        svg.set("class", "drawing")
        svg.set("width", f"{width:g}")
        svg.set("height", f"{height:g}")
        for room in [each for each in plate if each.get("class") == "page-room"]:
            take_out(plate, room)
            svg.append(_page_number(room))
        put_instead(plate, image, svg)


def with_page_numbers(root: Element, drawings: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the drawings that a page puts page numbers into, as they stand by themselves, with those."""
    for image in (each for each in root.iter() if each.find("img[@class='drawing']") is not None):
        rooms = [each for each in image if each.get("class") == "page-room"]
        source = next(image.iter("img")).get("src", "")
        if rooms and source in drawings:
            numbers = "".join(fragment(_page_number(room)[0]) for room in rooms)
            before, end, _ = drawings[source].decode().rpartition("</svg>")
            yield source, f"{before}{numbers}{end}".encode()


def _page_number(room: Element) -> Element:
    link = Element(f"{SVG}a", {"class": "page-room", "href": room.get("href", "")})
    link.set("aria-label", room.get("aria-label", ""))
    at = {
        name: f"{float(room.get(key, '0')) * POINTS_PER_MM:g}"
        for name, key in (("x", "data-left-mm"), ("y", "data-down-mm"))
    }
    text = ElementTree.SubElement(link, f"{SVG}text", {**at, "font-family": SANS, "font-size": str(ROOM_PT)})
    text.text = room.text
    return link
