"""Makes `press/typefaces/`: the letters of Latin Extended-A that the bundled typefaces lack (`make letters`).

For «Ŋuorgu» and «ruoŧŧelaš» (North Sámi), and in italics also for «Ŵ», «Ħ», «Ĝ» and the like. Letters come from the
newer edition of the same family, at the weight and the size that the older one is drawn for. Source Serif has no Ŧ ŧ
in any edition: they are its own T and t with a bar as Source Sans has it (and so is the ŧ of Source Sans' italic, which
is higher than its t in the newer edition). Of Ŋ Source Sans Pro has the shape that
African languages want, a large ŋ; the newer edition has that of Sámi too, an N. The same packages give the same bytes.

The Open Font License keeps the name «Source» for Adobe's own files: these are called otherwise.
"""

from __future__ import annotations

import io
import math
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import OverlapMode, instantiateVariableFont

from press.door.files import Folder
from press.fonts import CODE_FACE, FACES, SANS, SERIF, Face

WANTED = range(0x100, 0x180)
"""Latin Extended-A."""
WRITTEN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x370, 0x400),
    *map(ord, "–—‘’“”…•‹›€™−←↑→↓↔≈≠≤≥∞√∑∂"),
    *range(0x2500, 0x2580),
)
"""What programs and their output are written in: Latin, Greek, and the lines that frame tables."""
DONORS = {
    (SERIF, "normal"): "fontpkg_source_serif_4/SourceSerif4[opsz,wght].ttf",
    (SERIF, "italic"): "fontpkg_source_serif_4/SourceSerif4-Italic[opsz,wght].ttf",
    (SANS, "normal"): "fontpkg_source_sans_3/SourceSans3[wght].ttf",
    (SANS, "italic"): "fontpkg_source_sans_3/SourceSans3-Italic[wght].ttf",
}
SIZE = 20
"""The optical size that Source Serif Pro is drawn for: at it the two editions' widths and outlines agree best."""
VERSION = "Version 1.000"


def main() -> None:
    """Write the files of all faces anew."""
    for face in FACES:
        Folder(face.letters.parent).write(face.letters.name, letters(face))
    Folder(CODE_FACE.path.parent).write(CODE_FACE.file, code())


def letters(face: Face) -> bytes:
    """Make the file that adds to a face what it lacks."""
    with TTFont(face.path) as whole:
        codes = [code for code in WANTED if code not in whole.getBestCmap() or chr(code) == "Ŋ"]
        donor = _donor(face, codes)
        names = donor.getBestCmap() | ({ord("Ŋ"): "Eng.a"} if face.family == SANS else {})
        drawn = {code: _copied(donor, names[code]) for code in codes if code in names}
        if face.family == SERIF:
            drawn[ord("Ŧ")] = _barred_capital(whole)
        if ord("ŧ") in codes:
            drawn[ord("ŧ")] = _barred(whole)
    return _file(face, donor, drawn)


def code() -> bytes:
    """Make the face for code: one weight of Source Code Pro, with what programs are written in."""
    spec = find_spec("fontpkg_source_code_pro")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package fontpkg-source-code-pro is not installed: run make test")
    font = TTFont(Path(spec.submodule_search_locations[0], "files/SourceCodePro[wght].ttf"), recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": CODE_FACE.weight}, overlap=OverlapMode.KEEP_AND_DONT_SET_FLAGS)
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=True, hinting=False, name_IDs=["*"]))
    subsetter.populate(unicodes=[*WRITTEN, *WANTED])
    subsetter.subset(font)
    name, called = font["name"], CODE_FACE.family
    name.names = [each for each in name.names if each.nameID in {0, 13, 14}]
    texts = {1: called, 2: "Regular", 3: f"{called} {VERSION}", 4: called, 5: VERSION, 6: called.replace(" ", "-")}
    for number, text in texts.items():
        name.setName(text, number, 3, 1, 0x409)
    font.recalcTimestamp = False
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


Drawn = tuple[Any, int]
"""A glyph, and how wide it is."""


def _donor(face: Face, codes: list[int]) -> TTFont:
    """Give the newer edition with these letters only, and of one weight and size."""
    package, file = DONORS[face.family, face.style].split("/")
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {package} is not installed: run make test")
    font = TTFont(Path(spec.submodule_search_locations[0], "files", file), recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=True, name_IDs=["*"], glyph_names=True))
    subsetter.populate(unicodes=codes, glyphs=["Eng.a"] if face.family == SANS else [])
    subsetter.subset(font)
    axes = {"wght": face.weight, "opsz": SIZE}
    at = {axis.axisTag: axes[axis.axisTag] for axis in font["fvar"].axes}
    return instantiateVariableFont(font, at, overlap=OverlapMode.KEEP_AND_DONT_SET_FLAGS)


def _copied(font: TTFont, name: str) -> Drawn:
    glyphs = font.getGlyphSet()
    outline, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
    glyphs[name].draw(outline)
    outline.replay(pen)
    return pen.glyph(), round(glyphs[name].width)


def _barred_capital(font: TTFont) -> Drawn:
    """Bar a T at the height of the Đ's bar; as in Source Sans it is seven tenths as wide as the T's head."""
    low, high = _bar_of_eth(font)
    lean = _lean(font)
    stem = [x - lean * y for x, y in _points(font, "T") if 250 < y < 450]
    head = max(_level(font, "T"))
    middle, half = (min(stem) + max(stem)) / 2, 0.35 * abs(head[2] - head[1])
    return _with_bar(font, "T", (middle - half, low, middle + half, high), lean)


def _barred(font: TTFont) -> Drawn:
    """Bar a t a little above the middle of its own bar's height; as in Source Sans it is as wide as that."""
    low, high = _bar_of_eth(font)
    lean = _lean(font)
    ends = [(x - lean * y, y) for y, *xs in _level(font, "t") for x in xs if 400 < y < 500]
    middle, half = 0.525 * max(y for _, y in ends), (high - low) / 2
    return _with_bar(font, "t", (min(ends)[0], middle - half, max(ends)[0], middle + half), lean)


def _lean(font: TTFont) -> float:
    """Tell how far upright strokes go to the right for each unit that they go up."""
    return math.tan(math.radians(-font["post"].italicAngle))


def _with_bar(font: TTFont, letter: str, bar: tuple[float, float, float, float], lean: float) -> Drawn:
    """Draw a letter and a bar over it; `bar` is left, low, right and high before it leans."""
    left, low, right, high = bar
    glyphs, pen = font.getGlyphSet(), TTGlyphPen(None)
    outline = DecomposingRecordingPen(glyphs)
    glyphs[_name(font, letter)].draw(outline)
    outline.replay(pen)
    corners = [(left, low), (left, high), (right, high), (right, low)]
    first, *others = [(round(x + lean * y), round(y)) for x, y in corners]
    pen.moveTo(first)
    for corner in others:
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph(), font["hmtx"][_name(font, letter)][0]


def _bar_of_eth(font: TTFont) -> tuple[int, int]:
    """Tell where the bar of Đ begins and ends above the line: the level strokes between its foot and its head."""
    levels = [y for y, *_ in _level(font, "Đ") if 250 < y < 450]
    return min(levels), max(levels)


def _level(font: TTFont, letter: str) -> list[tuple[int, int, int]]:
    """Give the level lines of a letter's outline: how high, from where, to where."""
    points = _points(font, letter)
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return [(y, x, to) for (x, y), (to, end) in pairs if y == end and x != to]


def _points(font: TTFont, letter: str) -> list[tuple[int, int]]:
    """Give the points of a letter's outline, its only one or the first."""
    outlines, name = font["glyf"], str(font.getBestCmap()[ord(letter)])
    while outlines[name].isComposite():
        name = outlines[name].components[0].glyphName
    points, ends, _ = outlines[name].getCoordinates(outlines)
    return list(points[: ends[0] + 1])


def _name(font: TTFont, letter: str) -> str:
    return str(font.getBestCmap()[ord(letter)])


def _file(face: Face, donor: TTFont, drawn: dict[int, Drawn]) -> bytes:
    """Write a font of these letters, for `press.fonts` to take them from."""
    names = {code: f"uni{code:04X}" for code in sorted(drawn)}
    glyphs = {".notdef": _copied(donor, ".notdef"), **{name: drawn[code] for code, name in names.items()}}
    called = face.letters.stem
    builder = FontBuilder(donor["head"].unitsPerEm)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: glyph for name, (glyph, _) in glyphs.items()})
    outlines = builder.font["glyf"]
    builder.setupHorizontalMetrics({name: (width, outlines[name].xMin) for name, (_, width) in glyphs.items()})
    builder.setupHorizontalHeader(ascent=donor["hhea"].ascent, descent=donor["hhea"].descent)
    texts = {"familyName": called, "styleName": "Regular", "fullName": called, "psName": called, "version": VERSION}
    texts |= {"uniqueFontIdentifier": f"{called} {VERSION}", "copyright": donor["name"].getDebugName(0)}
    texts |= {"licenseDescription": donor["name"].getDebugName(13), "licenseInfoURL": donor["name"].getDebugName(14)}
    builder.setupNameTable(texts, mac=False)
    builder.setupOS2(fsType=0, usWeightClass=face.weight)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = donor["head"].created
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


if __name__ == "__main__":
    main()
