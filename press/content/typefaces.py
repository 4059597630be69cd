"""Typefaces of a publication's own: the files in `fonts/`, read, and given to the roles that the theme names them for.

A role is asked for in the weights of our own face for it. Each is given the file of the family that is nearest in
weight, so that one regular and one bold file are enough; italics are never made up of upright letters.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from press.content.strict_yaml import Located, is_within
from press.content.theme import Theme
from press.errors import Place, Problem, did_you_mean
from press.fonts import FACES, SANS, SERIF, OwnFace, css_name

RULE = "typeface"
FOLDER = "fonts"
KINDS = (".ttf", ".otf")
LARGEST_BYTES = 10_000_000
ROLES = {"serif": SERIF, "sans": SANS}
"""The roles, and which family of ours has each."""
RESTRICTED = 0x0002 | 0x0100 | 0x0200
"""Bits of `fsType`: no embedding; no subsets; bitmaps only (OpenType 1.9, OS/2)."""
_LICENCE = re.compile(
    r"(?i)(?:.*\b)?(?:ofl|licen[cs]es?|lisens|eula|copying|ufl)\b.*\.(?:txt|md|pdf|html?|rtf)|(?:LICEN[CS]E|COPYING|OFL)"
)
_NAME = re.compile(r"[\w .&+'-]{1,60}")


@dataclass(frozen=True)
class FontFile:
    """A file of `fonts/`."""

    shown: str
    family: str
    weight: int
    style: str
    data: bytes = field(repr=False)


def own_faces(project: Path, theme: Theme) -> tuple[tuple[OwnFace, ...], list[Problem]]:
    """Give the faces that a theme asks for of `fonts/`, and what keeps it from having them."""
    named = {role: getattr(theme.typefaces, role, None) for role in ROLES}
    wanted = {role: family for role, family in named.items() if family is not None and family not in ROLES.values()}
    problems: list[Problem] = []
    if not wanted:
        return (), problems
    files = list(_files(project, problems))
    faces: list[OwnFace] = []
    for role, family in wanted.items():
        of_family = [file for file in files if file.family.casefold() == family.casefold()]
        if of_family:
            faces += _faces(role, family, of_family, problems)
        elif not problems:
            known = sorted({*(file.family for file in files), *ROLES.values()})
            what = f"{FOLDER}/ has no typeface that is called {str(family)!r}"
            problems.append(
                Problem(family.place, RULE, what, did_you_mean(family, known, f"there are: {', '.join(known)}"))
            )
    return tuple(dict.fromkeys(faces)), problems


def _faces(role: str, family: Located, files: Sequence[FontFile], problems: list[Problem]) -> Iterator[OwnFace]:
    """Give the role each weight that ours has, in the file that is nearest."""
    asked = [face for face in FACES if face.family == ROLES[role]]
    for style in dict.fromkeys(face.style for face in asked):
        of_style = [file for file in files if file.style == style]
        if not of_style:
            what = f"{FOLDER}/ has no {'italic' if style == 'italic' else 'upright'} file of {str(family)!r}"
            mend = "put it there: words in *emphasis* would stand upright" if style == "italic" else "put it there"
            problems.append(Problem(family.place, RULE, what, mend))
            continue
        for face in asked:
            if face.style == style:
                file = min(of_style, key=lambda each: (abs(each.weight - face.weight), -each.weight))
                digest = hashlib.sha256(file.data).hexdigest()[:16]
                yield OwnFace(css_name(family), face.weight, face.style, f"{digest}-{face.weight}.ttf", file.data)


def _files(project: Path, problems: list[Problem]) -> Iterator[FontFile]:
    """Read the files of fonts; what is wrong with one is told at it."""
    folder = project / FOLDER
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in KINDS and not path.name.startswith("."))
    licences = [path for path in folder.rglob("*") if _LICENCE.fullmatch(path.name)]
    if not found:
        mend = f"put its TTF or OTF files, and their licence, into {FOLDER}/"
        problems.append(Problem(Place(FOLDER), RULE, "there is no file of a typeface in this folder", mend))
    elif not licences:
        mend = f"put the licence that came with the files beside them, as {FOLDER}/OFL.txt or {FOLDER}/LICENSE.txt"
        problems.append(Problem(Place(FOLDER), RULE, "no licence lies beside these typefaces", mend))
    for path in found:
        shown = path.relative_to(project).as_posix()
        try:
            if not is_within(path, project):
                raise _UnusableError("this file is a link that leads out of the project", "put the file itself here")
            if path.stat().st_size > LARGEST_BYTES:
                raise _UnusableError(f"the file is larger than {LARGEST_BYTES} bytes", "take one with fewer characters")
            data = path.read_bytes()
            yield FontFile(shown, *_described(data), data)
        except _UnusableError as error:
            problems.append(Problem(Place(shown), RULE, *error.args))
        except OSError as error:
            problems.append(Problem(Place(shown), RULE, f"the file cannot be read: {error.strerror}", "let it be read"))


class _UnusableError(Exception):
    """What is wrong with a file, and how to mend it."""


@lru_cache(maxsize=64)
def _described(data: bytes) -> tuple[str, int, str]:
    """Give family, weight and style of a font; raises _UnusableError for one that cannot be embedded."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            said = _said_of(font)
            if not _is_as_written(font, data):
                _read_whole(font)
            return said
    except _UnusableError:
        raise
    except Exception as error:  # whatever fontTools meets in a damaged file
        what = f"this is no font that can be read: {' '.join(str(error).split())[:80] or type(error).__name__}"
        raise _UnusableError(what, "download or export it again, as TTF or OTF") from None


def _said_of(font: Any) -> tuple[str, int, str]:
    if "fvar" in font:
        what = "this is a variable font, of many weights in one file"
        raise _UnusableError(what, "take its static files instead, which lie beside it (often in a folder `static`)")
    names, os2 = font["name"], font["OS/2"]
    family = names.getDebugName(16) or names.getDebugName(1) or ""
    if not _NAME.fullmatch(family):
        raise _UnusableError(f"the font calls itself {family[:60]!r}", "take one whose name is plain letters")
    if os2.fsType & RESTRICTED:
        raise _UnusableError(
            "its maker lets nobody put this font into a PDF", "take another, or ask for a licence that does"
        )
    if not font.getBestCmap():
        raise _UnusableError("this font says of no letter which of its signs it is", "take one with letters (Unicode)")
    if not font["hmtx"].metrics.keys() >= {*font.getBestCmap().values()} or not 16 <= font["head"].unitsPerEm <= 16384:
        raise ValueError("its tables do not fit each other")
    for table in ("hhea", "maxp"):
        font[table]
    if not {"glyf", "CFF "} & set(font.keys()):
        raise _UnusableError("this font has no outlines", "take one with outlines, as TTF or OTF")
    is_italic = bool(os2.fsSelection & 1) or font["post"].italicAngle != 0
    return family, int(os2.usWeightClass), "italic" if is_italic else "normal"


def _is_as_written(font: Any, data: bytes) -> bool:
    """Tell whether each table has the checksum that it was given, so that nothing of the file was lost."""
    from fontTools.ttLib.sfnt import calcChecksum

    # That of `head` is taken as if the sum of the whole file, which stands in it, were nought.
    tables = (
        (tag, entry, data[entry.offset : entry.offset + entry.length]) for tag, entry in font.reader.tables.items()
    )
    return all(
        len(table) == entry.length
        and calcChecksum(table[:8] + bytes(4) + table[12:] if tag == "head" else table) == entry.checkSum
        for tag, entry, table in tables
    )


def _read_whole(font: Any) -> None:
    """Read every table and every outline; raises whatever fontTools does of one that is damaged."""
    from fontTools.pens.basePen import NullPen

    for tag in font.keys():  # noqa: SIM118 - a font is no dict
        table = font[tag]
        if hasattr(table, "ensureDecompiled"):
            table.ensureDecompiled(recurse=True)
    outlines = font.getGlyphSet()
    for name in font.getGlyphOrder():
        outlines[name].draw(NullPen())
