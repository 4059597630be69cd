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
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

from press.fonts import FACES, SANS
from press.writers.pdf.engine.boxes import children, page_box
from press.writers.pdf.engine.subset import subset
from press.writers.pdf.layout import LaidOut

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


def add_fields(pdf: Any, parts: Sequence[LaidOut]) -> None:
    """Write a field for each box that asks for one; the box then bears it as its `field_annotation`."""
    fields = pydyf.Array()
    groups: dict[str, Any] = {}
    pages = [page for part in parts for page in part.rendered.pages]
    font = None
    for reference, page in zip(pdf.page_references, pages, strict=True):
        for box in _fields(page_box(page)):
            font = font or _font(pdf)
            leaf = next(item for item in pdf.objects if item.reference == reference)
            widget = _widget(box, page, reference)
            if box.element.get(FIELD) == "choice":
                group = groups.setdefault(box.element.get("data-name"), _group(pdf, box, fields))
                _choice(pdf, widget, box, group)
            else:
                _text(pdf, widget, box, font)
                fields.append(widget.reference)
            leaf.setdefault("Annots", pydyf.Array()).append(widget.reference)
            box.field_annotation = widget
    if font is not None:
        resources = pydyf.Dictionary({"Font": pydyf.Dictionary({FONT_NAME: font})})
        pdf.catalog["AcroForm"] = pydyf.Dictionary(
            {"Fields": fields, "DR": resources, "DA": pydyf.String(_appearance()), "SigFlags": 0}
        )


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
    fonts = pydyf.Dictionary({"Font": pydyf.Dictionary({FONT_NAME: font})})
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


def _group(pdf: Any, box: Any, fields: Any) -> Any:
    name = box.element.get("data-name")
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("FT") == "/Btn" and item["T"].string == name:
            return item
    group = pydyf.Dictionary(
        {"FT": "/Btn", "Ff": RADIO, "T": pydyf.String(name), "TU": pydyf.String(name.capitalize()), "V": "/Off"}
    )
    group["Kids"] = pydyf.Array()
    pdf.add_object(group)
    fields.append(group.reference)
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
        bounds = [round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
        heights = {"Ascent": hhea.ascent, "Descent": hhea.descent, "CapHeight": os2.sCapHeight}
    content = subset(data, letters, hinting=False)
    file = _added(pdf, pydyf.Stream([content], {"Length1": len(content)}, compress=True))
    name = "/SVARAA+SourceSansPro-Regular"
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "Flags": 4,
        "FontBBox": pydyf.Array(bounds),
        "ItalicAngle": 0,
        **{key: round(value * scale) for key, value in heights.items()},
        "StemV": 80,
        "FontFile2": file,
    }
    glyphs = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": pydyf.Dictionary(
            {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
        ),
        "FontDescriptor": _added(pdf, pydyf.Dictionary(descriptor)),
        "CIDToGIDMap": "/Identity",
        "W": pydyf.Array([item for code, width in sorted(widths.items()) for item in (code, pydyf.Array([width]))]),
    }
    entry = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": "/Identity-H",
        "DescendantFonts": pydyf.Array([_added(pdf, pydyf.Dictionary(glyphs))]),
        "ToUnicode": _added(pdf, pydyf.Stream(_to_unicode(letters), compress=True)),
    }
    return _added(pdf, pydyf.Dictionary(entry))


def _added(pdf: Any, item: Any) -> Any:
    pdf.add_object(item)
    return item.reference


def _to_unicode(letters: Mapping[int, str]) -> list[bytes]:
    """Tell the letter of each glyph; a table of this kind lists at most a hundred at a time."""
    pairs = [b"<%04x> <%04x>" % (glyph, ord(letter)) for glyph, letter in sorted(letters.items())]
    listed = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    return [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        b"1 begincodespacerange <0000> <ffff> endcodespacerange",
        *(line for part in listed for line in (b"%d beginbfchar" % len(part), *part, b"endbfchar")),
        b"endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
