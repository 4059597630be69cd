"""SVG drawings as forms of the PDF: each drawing once, and each letter in it once.

WeasyPrint 70.0 draws an SVG into the content of its page, and what `<use>` refers to as often as it is referred to. The
texts of a figure are outlines, one `<use>` a letter (`press.figures.svg`), so that a page with a figure would grow to a
megabyte. Here a drawing is a form (ISO 32000-1, 8.10), which the page shows with one operator, and so is the outline of
a letter, which takes its colour from where it is shown. The same outline is one form in all drawings of a part.

Words that are not painted stand in the page's content all the same: PDFium, which puts words together of letters that
lie beside each other, takes a form for a page of its own and tears apart what is not level there.

Behind `SVGImage.draw`, `SVG.draw_node` and the table `weasyprint.svg.TAGS` (private, WeasyPrint 70.0); the module can
go when WeasyPrint draws what `<use>` refers to as forms. Without it the pages look the same, and the file is larger.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import pydyf
from weasyprint.images import SVGImage
from weasyprint.svg import SVG, TAGS, Node
from weasyprint.svg.path import path
from weasyprint.svg.utils import alpha_value, color

PATH, USE = "{http://www.w3.org/2000/svg}path", "{http://www.w3.org/2000/svg}use"
HREF = "{http://www.w3.org/1999/xlink}href"
MOST_OUTLINES = 2000
"""How many letters a process remembers, of all typefaces and sizes."""
_KNOWN_OUTLINES: dict[str, list[Any]] = {}
"""What draws each."""
_MOVE = re.compile(r"translate\((-?[\d.e-]+)[ ,]+(-?[\d.e-]+)\)(?: scale\((-?[\d.e-]+)\))?")
_NUMBER = re.compile(r"-?[\d.]+(?:e-?\d+)?")


@contextmanager
def forms() -> Iterator[None]:
    """Draw SVG drawings, and the letters in them, as forms while the body runs."""
    draw, draw_node = SVGImage.draw, SVG.draw_node
    drawer = _Drawer(draw, draw_node)

    def draw_form(image: Any, *arguments: Any) -> None:
        drawer.draw(image, *arguments)

    def draw_one(svg: Any, *arguments: Any, **named: Any) -> None:
        drawer.draw_node(svg, *arguments, **named)

    SVGImage.draw, SVG.draw_node, TAGS["g"] = draw_form, draw_one, drawer.letters
    try:
        yield
    finally:
        SVGImage.draw, SVG.draw_node = draw, draw_node
        del TAGS["g"]


class _Drawer:
    """What WeasyPrint draws with, put before its own."""

    def __init__(self, draw: Any, draw_node: Any) -> None:
        self._draw, self._draw_node = draw, draw_node
        self._outlines: WeakKeyDictionary[Any, Mapping[str, str]] = WeakKeyDictionary()
        self._page: Any = None
        """The content that shows the drawing which is being drawn."""
        self._form: Any = None
        """The content of its form."""
        self._words: dict[str, list[Any]] = {}
        """What was written to pages for each form, by the form's name."""

    def draw(self, image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        """Show a drawing as a form, and draw that if it is not there yet."""
        form = _Form(f"{image._base_url} {width} {height}")
        if form.name in stream._images:
            stream.stream += self._words[form.name]
        else:
            # WeasyPrint lets a drawing reach over its edges, and so does the form.
            form.begin(stream, (-width, -height, 2 * width, 2 * height), resources=_resources(stream))
            before = len(stream.stream)
            around = self._page, self._form
            self._page, self._form = stream, form.content
            self._draw(image, form.content, width, height, style)
            self._page, self._form = around
            self._words[form.name] = stream.stream[before:]
        form.show(stream)

    def draw_node(self, svg: Any, node: Any, *arguments: Any, **named: Any) -> None:
        """Write words that are not painted to the page, and draw everything else."""
        if svg.stream is not self._form or node.tag != "text" or not _is_unpainted(node):
            self._draw_node(svg, node, *arguments, **named)
            return
        svg.stream = self._page
        with svg.stream.stacked():
            svg.stream.transform(*self._form.ctm.values)
            self._draw_node(svg, node, *arguments, **named)
        svg.stream = self._form

    def letters(self, svg: Any, node: Any, font_size: float) -> None:
        """Show the letters of a group as forms, and leave to WeasyPrint what else is in it."""
        if svg.stream is not self._form or "opacity" in node.attrib or not _is_filled_only(node):
            return
        letters = list(self._letters(svg, node._etree_node))
        if None in letters or not letters:
            return
        fill = color(node.get_paint("fill")[1])
        fill.alpha *= alpha_value(node.get("fill-opacity", 1))
        svg.stream.set_color(fill)
        for x, y, scale, outline in filter(None, letters):
            svg.stream.push_state()
            svg.stream.transform(scale, 0, 0, scale, x, y)
            self._letter(svg, outline, font_size)
            svg.stream.pop_state()
        node._children = [Node(each, node._style) for each in node._wrapper if each.etree_element.tag != USE]
        for child in node._children:
            node.cascade(child)

    def _letters(self, svg: Any, group: Any) -> Iterator[tuple[float, float, float, str] | None]:
        """Yield where each letter of a group stands, how large it is, and its outline; None for what is no letter."""
        if svg not in self._outlines:
            self._outlines[svg] = _outlines(svg)
        for use in group.iterfind(USE):
            outline = self._outlines[svg].get(use.get(HREF, "")[1:])
            move = _MOVE.fullmatch(use.get("transform", "translate(0 0)"))
            if outline is None or move is None or not set(use.attrib) <= {HREF, "transform"}:
                yield None
            else:
                yield float(move[1]), float(move[2]), float(move[3] or 1), outline

    def _letter(self, svg: Any, outline: str, font_size: float) -> None:
        form = _Form(outline)
        if form.name not in svg.stream._images:
            form.begin(svg.stream, _bounds(outline))
            form.content.stream += self._operators(svg, outline, font_size, form.content)
        form.show(svg.stream)

    def _operators(self, svg: Any, outline: str, font_size: float, content: Any) -> list[Any]:
        """Give what draws an outline, whose numbers have no units: the same in all drawings."""
        known = _KNOWN_OUTLINES.get(outline)
        if known is None:
            trial = content.clone()
            svg.stream = trial
            path(svg, _Outline(outline), font_size)
            trial.fill()
            svg.stream = self._form
            known = _KNOWN_OUTLINES[outline] = list(trial.stream)
            for oldest in list(_KNOWN_OUTLINES)[:-MOST_OUTLINES]:
                del _KNOWN_OUTLINES[oldest]
        return known


class _Form:
    """A form in the place that WeasyPrint has for a picture that several pages show."""

    def __init__(self, what: str) -> None:
        self.id = f"f{hashlib.sha256(what.encode()).hexdigest()[:16]}"
        self.name = f"i{self.id}0"
        """What contents call it, as WeasyPrint names pictures."""
        self.content: Any = None

    def begin(self, stream: Any, bounds: tuple[float, ...], **resources: Any) -> None:
        """Begin what the form shows."""
        extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(bounds)}
        if resources:
            extra["Resources"] = resources["resources"]
        self.content = stream.clone(extra=pydyf.Dictionary(extra), **resources)

    def show(self, stream: Any) -> None:
        """Show the form, which is written once, by whoever shows it first."""
        stream.draw_x_object(stream.add_image(self, False, 1))

    def get_x_object(self, _interpolate: bool, _ratio: float) -> Any:
        """Give what WeasyPrint writes."""
        return self.content


@dataclass
class _Outline:
    """What WeasyPrint asks of an element of an SVG to draw its path."""

    d: str
    vertices: list[Any] = field(default_factory=list)

    def get(self, _name: str, _default: str) -> str:
        return self.d


def _outlines(svg: Any) -> Mapping[str, str]:
    """Find the paths of a drawing that say nothing of how they look, by their ids."""
    paths = (each for each in svg.tree._etree_node.iter(PATH) if set(each.attrib) == {"id", "d"})
    return {each.get("id"): each.get("d") for each in paths if _NUMBER.search(each.get("d"))}


def _is_filled_only(node: Any) -> bool:
    """Tell whether what is in a group is filled with a colour, and nothing more."""
    source, fill = node.get_paint("fill")
    is_plain = node.get("fill-rule", "nonzero") == "nonzero"
    return is_plain and source is None and fill is not None and node.get_paint("stroke") == (None, None)


def _is_unpainted(node: Any) -> bool:
    return bool(node.get_paint("fill") == node.get_paint("stroke") == (None, None))


def _bounds(outline: str) -> tuple[float, ...]:
    """Give a rectangle around an outline whose coordinates are absolute."""
    numbers = [float(number) for number in _NUMBER.findall(outline)]
    across, down = numbers[::2], numbers[1::2]
    return (min(across) - 1, min(down) - 1, max(across) + 1, max(down) + 1)


def _resources(stream: Any) -> Any:
    kinds = ("ExtGState", "XObject", "Pattern", "Shading")
    of_page = {"ColorSpace": stream._resources["ColorSpace"], "Font": None}  # which is put in when it is written
    return pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds} | of_page)
