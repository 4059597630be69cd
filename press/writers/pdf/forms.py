"""Form fields: what a reader can fill in on the screen, in a file that is still PDF/A-2a and PDF/UA-1.

An element with `data-field` (`text`, or one of several `choice`s of the same `data-name`) is laid out as an empty box;
here it becomes a field of that box's size. WeasyPrint 70 has forms of its own, but they ask the viewer to draw them
(`NeedAppearances`), which PDF/A forbids, and name no font that is in the file. So every field brings its appearance,
empty or marked, and the typeface that answers are written in is embedded with the Latin letters of Europe's languages.

Source: ISO 32000-1, 12.7; ISO 19005-2, 6.4; ISO 14289-1, 7.18.4.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

from press.fonts import FACES, SANS
from press.writers.pdf.embedded import Embedded, embed
from press.writers.pdf.engine.boxes import children, page_box
from press.writers.pdf.layout import LaidOut
from press.writers.pdf.subset import subset

FIELD = "data-field"
PX_TO_PT = 0.75
LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C)))) + "–—‘’‚“”„•…‰‹›€™"
"""Latin letters from Sámi to Turkish and Romanian, and the signs that Windows has beside them."""
PRINTED = 1 << 2
MANY_LINES = 1 << 12
RADIO = (1 << 14) | (1 << 15)
"""A choice that is always one of its kind, and none can be taken back."""
FONT_NAME, FONT_SIZE_PT = "Svar", 10
DARK = "0.086 0.133 0.173"


@dataclass(frozen=True)
class Fields:
    """The fields of a part."""

    annotations: Mapping[Any, Any] = field(default_factory=dict)
    """What a reader fills in, by the box that it stands in."""
    objects: tuple[int, ...] = ()
    """The fields' objects, each once; several choices are one field."""
    look: bytes = b""
    """The rest of the dictionary of all fields: how what is filled in looks. Empty if there is no field."""


def add_fields(pdf: Any, part: LaidOut) -> Fields:
    """Write a field for each box of a part that asks for one."""
    fields: list[int] = []
    groups: dict[str, Any] = {}
    annotations: dict[Any, Any] = {}
    leaves: list[Any] = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    font: Any = None
    for leaf, page in zip(leaves, part.rendered.pages, strict=True):
        for box in _fields(page_box(page)):
            font = font or _font(pdf)
            widget = _widget(box, page, leaf.reference)
            if box.element.get(FIELD) == "choice":
                name = box.element.get("data-name")
                if name not in groups:
                    groups[name] = _group(pdf, name)
                    fields.append(int(groups[name].number))
                _choice(pdf, widget, box, groups[name])
            else:
                _text(pdf, widget, box, font)
                fields.append(int(widget.number))
            leaf.setdefault("Annots", pydyf.Array()).append(widget.reference)
            annotations[box] = widget
    if font is None:
        return Fields()
    resources = pydyf.Dictionary({"Font": pydyf.Dictionary({FONT_NAME: font.reference})})
    look = pydyf.Dictionary({"DR": resources, "DA": pydyf.String(_appearance()), "SigFlags": 0})
    return Fields(annotations, tuple(fields), look.data[len(b"<<") :])


def _fields(box: Any) -> Iterator[Any]:
    if getattr(box, "element", None) is not None and box.element.get(FIELD) and hasattr(box, "border_width"):
        yield box
        return
    for child in children(box):
        yield from _fields(child)


def _widget(box: Any, page: Any, reference: Any) -> Any:
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()
    edges = (left, page.height - bottom, right, page.height - top)
    return pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "Rect": pydyf.Array([round(edge * PX_TO_PT, 3) for edge in edges]),
            "F": PRINTED,
            "P": reference,
            "TU": pydyf.String(box.element.get("data-title")),
            "Contents": pydyf.String(box.element.get("data-title")),
        }
    )


def _text(pdf: Any, widget: Any, box: Any, font: Any) -> None:
    """Make a field to write in; it is empty, and so is its appearance."""
    widget.update({"FT": "/Tx", "T": pydyf.String(box.element.get("data-name")), "DA": pydyf.String(_appearance())})
    if box.element.get("data-lines") == "many":
        widget["Ff"] = MANY_LINES
    fonts = pydyf.Dictionary({"Font": pydyf.Dictionary({FONT_NAME: font.reference})})
    widget["AP"] = pydyf.Dictionary({"N": _drawing(pdf, widget, ["/Tx BMC", "EMC"], Resources=fonts)})
    pdf.add_object(widget)


def _choice(pdf: Any, widget: Any, box: Any, group: Any) -> None:
    """Make one of several answers: a ring that the page draws, and a dot in it when it is chosen."""
    name = f"/{box.element.get('data-value')}"
    left, bottom, right, top = widget["Rect"]
    x, y, r = (right - left) / 2, (top - bottom) / 2, (right - left) / 4
    k = r * 0.5523  # four Bézier curves as near a circle as can be seen
    dot = [
        f"{DARK} rg {x + r:.3f} {y:.3f} m",
        f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c",
        f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c",
        f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c",
        f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c f",
    ]
    states = {name[1:]: _drawing(pdf, widget, dot), "Off": _drawing(pdf, widget, [])}
    widget.update({"AS": "/Off", "AP": pydyf.Dictionary({"N": pydyf.Dictionary(states)}), "Parent": group.reference})
    pdf.add_object(widget)
    group["Kids"].append(widget.reference)


def _group(pdf: Any, name: str) -> Any:
    group = pydyf.Dictionary(
        {"FT": "/Btn", "Ff": RADIO, "T": pydyf.String(name), "TU": pydyf.String(name.capitalize()), "V": "/Off"}
    )
    group["Kids"] = pydyf.Array()
    pdf.add_object(group)
    return group


def _drawing(pdf: Any, widget: Any, operations: Sequence[str], **extra: Any) -> Any:
    left, bottom, right, top = widget["Rect"]
    bounds = pydyf.Array([0, 0, round(right - left, 3), round(top - bottom, 3)])
    stream = pydyf.Stream(
        [operation.encode() for operation in operations],
        {"Type": "/XObject", "Subtype": "/Form", "BBox": bounds, "Resources": pydyf.Dictionary({}), **extra},
    )
    pdf.add_object(stream)
    return stream.reference


def _appearance() -> str:
    return f"/{FONT_NAME} {FONT_SIZE_PT} Tf {DARK} rg"


def _font(pdf: Any) -> Any:
    """Embed the sans for answers: its glyphs by number, as many as the alphabets of Europe's Latin letters need."""
    face = next(face for face in FACES if face.key == (SANS, 400, "normal"))
    data = face.content
    with TTFont(io.BytesIO(data), lazy=True) as font:
        known, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
        names = {letter: known[ord(letter)] for letter in LETTERS if ord(letter) in known}
        letters = {font.getGlyphID(name): letter for letter, name in reversed(names.items())}
        widths = {font.getGlyphID(name): round(font["hmtx"][name][0] * scale) for name in names.values()}
        head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
        left, bottom, right, top = (round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax))
    ascent, descent, cap_height = (round(value * scale) for value in (hhea.ascent, hhea.descent, os2.sCapHeight))
    content = subset(data, letters, hinting=False)
    name = "SVARAA+SourceSansPro-Regular"
    bounds = (left, bottom, right, top)
    return embed(pdf, Embedded(name, content, letters, widths, bounds, ascent, descent, cap_height, flags=4))
