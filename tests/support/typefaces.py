"""Typefaces that nobody has, made of ours: renamed, in TrueType or OpenType outlines, for publications to bring."""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from support.projects import Project

LETTERS = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) + "–—‘’“”„…«»•−"
FILES = {
    "Regular": ("font_source_sans_pro", "SourceSansPro-Regular.otf", 400),
    "Italic": ("font_source_sans_pro", "SourceSansPro-It.otf", 400),
    "Bold": ("font_source_sans_pro", "SourceSansPro-Bold.otf", 700),
}


@cache
def made(
    name: str, *, family: str = "Prøveskrift", letters: str = LETTERS, ending: str = "otf", embeds: int = 0
) -> bytes:
    """Make a file of a family with these letters."""
    package, file, weight = FILES[name]
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0], "files", file.replace(".otf", f".{ending}"))
    with TTFont(path, recalcTimestamp=False) as font:
        subsetter = Subsetter(Options(layout_features=["kern", "lnum", "onum", "pnum", "tnum"], name_IDs=["*"]))
        subsetter.populate(text=letters)
        subsetter.subset(font)
        _rename(font, family, name)
        font["OS/2"].usWeightClass = weight
        font["OS/2"].fsType = embeds
        written = io.BytesIO()
        font.save(written)
    return written.getvalue()


def _rename(font: Any, family: str, name: str) -> None:
    for record in list(font["name"].names):
        if record.nameID in {1, 2, 3, 4, 6, 16, 17, 21, 22}:
            font["name"].removeNames(record.nameID)
    plain = family.replace("ø", "o").replace(" ", "")
    for number, text in {1: family, 2: name, 3: f"{plain}-{name}", 4: f"{family} {name}", 6: f"{plain}-{name}"}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        font["CFF "].cff.fontNames = [f"{plain}-{name}"]


def with_own_typeface(project: Project, ending: str = "otf", **more: Any) -> Project:
    """Let a publication bring a sans of its own, and name it in its theme."""
    for name in FILES:
        project.write(f"fonts/Provesskrift-{name}.{ending}", made(name, ending=ending, **more))
    project.write("fonts/OFL.txt", "SIL Open Font License 1.1\n")
    return project.write("theme.yaml", "typefaces:\n  sans: Prøveskrift\n")
