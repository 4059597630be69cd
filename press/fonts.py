"""The typefaces of every publication, from the locked packages and from nowhere else.

Source Serif Pro and Source Sans Pro (SIL Open Font License 1.1), as the PyPI packages `font-source-serif-pro` and
`font-source-sans-pro` carry them. Only the weights in `FACES` are used. What these lack of Latin Extended-A, such as
Ŋ ŋ Ŧ ŧ of North Sámi, is added when a face is read; `typefaces/` holds it, made by `tools/letters.py`.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

SERIF = "Source Serif Pro"
SANS = "Source Sans Pro"
CODE = "Letters Code"
TYPEFACES = Path(__file__).resolve().parent / "typefaces"
OWN_FOLDER = "typefaces"
USE_TYPO_METRICS = 1 << 7
"""Of `fsSelection`: which of its two heights a font wants to be set by (OpenType 1.9, OS/2)."""
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A", "ß": "ss"})
_own: list[OwnFace] = []
_MAXP = dict.fromkeys(
    (
        *("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours", "maxTwilightPoints", "maxStorage"),
        *("maxFunctionDefs", "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"),
        *("maxComponentElements", "maxComponentDepth"),
    ),
    0,
) | {"tableVersion": 0x00010000, "maxZones": 1}
"""Of a font without instructions; what it counts of outlines fontTools counts when it writes it."""


@dataclass(frozen=True)
class Face:
    """One font file: a family in one weight (CSS number) and style."""

    family: str
    weight: int
    style: Literal["normal", "italic"]
    package: str
    file: str

    @property
    def key(self) -> tuple[str, int, str]:
        """What style sheets ask for it by."""
        return self.family, self.weight, self.style

    @property
    def path(self) -> Path:
        """Where the installed package keeps the file. Found without importing the package."""
        if not self.package:
            return TYPEFACES / self.file
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise ModuleNotFoundError(f"the package {self.package} is not installed: run make")
        return Path(spec.submodule_search_locations[0], "files", self.file)

    @property
    def letters(self) -> Path:
        """Where the letters are that it lacks; of a face of our own, where it is itself."""
        if not self.package:
            return TYPEFACES / self.file
        return TYPEFACES / f"Letters{self.file.removeprefix('Source')}"

    @cached_property
    def content(self) -> bytes:
        """The font, with the letters that its file lacks."""
        if not self.package:
            return self.path.read_bytes()
        from fontTools.ttLib import TTFont

        with TTFont(self.path, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
            with TTFont(self.letters) as letters:
                _add(letters, font)
            written = io.BytesIO()
            font.save(written, reorderTables=None)
        return written.getvalue()


FACES: tuple[Face, ...] = (
    Face(SERIF, 200, "normal", "font_source_serif_pro", "SourceSerifPro-ExtraLight.ttf"),
    Face(SERIF, 300, "normal", "font_source_serif_pro", "SourceSerifPro-Light.ttf"),
    Face(SERIF, 300, "italic", "font_source_serif_pro", "SourceSerifPro-LightIt.ttf"),
    Face(SERIF, 400, "normal", "font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    Face(SERIF, 400, "italic", "font_source_serif_pro", "SourceSerifPro-It.ttf"),
    Face(SERIF, 600, "normal", "font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
    Face(SANS, 400, "normal", "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    Face(SANS, 400, "italic", "font_source_sans_pro", "SourceSansPro-It.ttf"),
    Face(SANS, 600, "normal", "font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
)


CODE_FACE = Face(CODE, 400, "normal", "", "LettersCode-Regular.ttf")
"""What code is set in: Source Code Pro at one weight, cut down and renamed by `tools/letters.py`."""
ALL_FACES: tuple[Face, ...] = (*FACES, CODE_FACE)


def characters(family: str, weight: int, style: str) -> frozenset[str]:
    """Give the characters that a face has; none if there is no such face."""
    return frozenset(advances(family, weight, style))


@dataclass(frozen=True)
class OwnFace:
    """A face of a publication's own, as style sheets ask for it: the same file may be several."""

    family: str
    weight: int
    style: Literal["normal", "italic"]
    file: str
    """Its name in the layout, by what is in it."""
    content: bytes = field(repr=False)

    @property
    def key(self) -> tuple[str, int, str]:
        """What style sheets ask for it by."""
        return self.family, self.weight, self.style

    @property
    def asset(self) -> str:
        """Its virtual path in a document."""
        return f"{OWN_FOLDER}/{self.file}"


def css_name(family: str) -> str:
    """Give a family's name in the letters that names in a PDF may have: `Prøveskrift` is set as `Proveskrift`."""
    plain = unicodedata.normalize("NFKD", family.translate(_PLAIN)).encode("ascii", "ignore").decode("ascii")
    return " ".join(re.sub(r"[^A-Za-z0-9-]+", " ", plain).split()) or "Own"


def use_own(faces: Sequence[OwnFace]) -> None:
    """Let this process know the faces of a publication's own, and those of no other."""
    if tuple(faces) != tuple(_own):
        _own[:] = faces
        advances.cache_clear()
        heights.cache_clear()


def in_use(*, with_code: bool = True) -> tuple[Face | OwnFace, ...]:
    """Give the bundled faces, that for code too or not, and those of the publication's own."""
    return (*(ALL_FACES if with_code else FACES), *_own)


def as_truetype(content: bytes) -> bytes:
    """Give a font with the outlines of TrueType, which is what a PDF of ours embeds; one that has them stays as it is.

    Curves of three degrees become pairs of two within a thousandth of an em.
    """
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        if "CFF " not in font:
            return content
        order, outlines, drawn = font.getGlyphOrder(), font.getGlyphSet(), {}
        for name in order:
            pen = TTGlyphPen(outlines)
            outlines[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
            drawn[name] = pen.glyph()
        font["loca"], glyphs = newTable("loca"), newTable("glyf")
        glyphs.glyphOrder, glyphs.glyphs = order, drawn
        font["glyf"] = glyphs
        for name, glyph in drawn.items():
            glyph.recalcBounds(glyphs)
            font["hmtx"][name] = font["hmtx"][name][0], getattr(glyph, "xMin", 0)
        maxp = font["maxp"] = newTable("maxp")
        vars(maxp).update(_MAXP, numGlyphs=len(order))
        font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
        font["post"].glyphOrder = order
        for table in ("CFF ", "VORG"):
            if table in font:
                del font[table]
        font.sfntVersion = "\000\001\000\000"
        written = io.BytesIO()
        font.save(written, reorderTables=None)
    return written.getvalue()


@cache
def advances(family: str, weight: int, style: str) -> Mapping[str, float]:
    """Give the width of each character that a face has, in ems; none if there is no such face."""
    from fontTools.ttLib import TTFont

    found = dict[str, float]()
    for face in in_use():
        if face.key == (family, weight, style):
            for path in (io.BytesIO(face.content),) if isinstance(face, OwnFace) else (face.path, face.letters):
                with TTFont(path, lazy=True) as font:
                    widths, unit = font["hmtx"], font["head"].unitsPerEm
                    found |= {chr(code): widths[name][0] / unit for code, name in font.getBestCmap().items()}
    return found


@cache
def heights(family: str) -> tuple[float, float]:
    """Give how far the lines of a family's regular reach above and below their baseline, in ems."""
    from fontTools.ttLib import TTFont

    face = next(face for face in in_use() if face.key == (family, 400, "normal"))
    with TTFont(io.BytesIO(face.content) if isinstance(face, OwnFace) else face.path, lazy=True) as font:
        above, below, unit = font["hhea"].ascent, -font["hhea"].descent, font["head"].unitsPerEm
        if font["OS/2"].fsSelection & USE_TYPO_METRICS:
            above, below = font["OS/2"].sTypoAscender, -font["OS/2"].sTypoDescender
    return above / unit, below / unit


def font_face_css(*, with_code: bool = False) -> str:
    """Declare every face by number, with the virtual path that the fetcher serves: of ours `fonts/<file>`."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style};'
        f" src: url({face.asset if isinstance(face, OwnFace) else f'fonts/{face.file}'}) }}"
        for face in in_use(with_code=with_code)
    )


def _add(letters: Any, font: Any) -> None:
    """Add letters to a font behind its own glyphs, which keep their numbers: outlines of TrueType, without hints."""
    names = {code: f"{name}.added" for code, name in letters.getBestCmap().items()}
    outlines, widths = font["glyf"], font["hmtx"]
    font.setGlyphOrder([*font.getGlyphOrder(), *names.values()])
    for code, name in letters.getBestCmap().items():
        outlines.glyphs[names[code]] = letters["glyf"][name]
        widths.metrics[names[code]] = letters["hmtx"][name]
    outlines.glyphOrder = font.getGlyphOrder()
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(names)
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
