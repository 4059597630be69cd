"""The typefaces of the pages: those that the style sheet asks for, cut down to the letters that pages hold, as WOFF2.

A face keeps its features (kerning, old-style figures and the like), which pages ask for.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping

from press.cache import Cache, key_of
from press.document import Document
from press.fonts import ALL_FACES, OWN_FOLDER, Face, OwnFace

KIND = "web-font"
ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("–—‘’“”‚„…‹›↩")
"""Those of western Europe, so that few new words call for other fonts."""
FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "onum", "lnum", "pnum", "tnum"]
_SOURCE = re.compile(rf"@font-face \{{[^}}]*src: url\((?:fonts|{OWN_FOLDER})/(?P<file>[^)]+)\.ttf\) \}}\n?")


def fonts(document: Document, letters: Iterable[str], cache: Cache, set_by: str) -> Mapping[str, bytes]:
    """Give the faces that a document's style sheet asks for, by the paths of their files."""
    text = "".join(sorted({*letters} | ALWAYS))
    return {file_of(face): _cut_down(face, text, cache, set_by) for face in faces_in(document)}


def faces_in(document: Document) -> tuple[Face | OwnFace, ...]:
    """Give the faces that a document's style sheet asks for: ours, and those of the publication's own."""
    known: tuple[Face | OwnFace, ...] = (*ALL_FACES, *document.faces)
    return tuple(face for face in known if f"/{_stem(face)}." in document.stylesheet)


def with_own_fonts(stylesheet: str) -> str:
    """Let a style sheet load the faces that pages have."""

    def instead(match: re.Match[str]) -> str:
        source = f'src: url(fonts/{match["file"]}.woff2) format("woff2"); font-display: swap }}\n'
        return re.sub(r"src: url\([^)]+\) \}\n?", lambda _: source, match[0])

    return _SOURCE.sub(instead, stylesheet)


def file_of(face: Face | OwnFace) -> str:
    """Name the file that pages load a face from."""
    return f"fonts/{_stem(face)}.woff2"


def _stem(face: Face | OwnFace) -> str:
    return face.file.removesuffix(".ttf")


def _cut_down(face: Face | OwnFace, text: str, cache: Cache, set_by: str) -> bytes:
    key = key_of(face.content, text, set_by)
    kept = cache.get(KIND, key)
    if kept is not None:
        return kept
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(face.content), recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    font.flavor = "woff2"
    made = io.BytesIO()
    font.save(made, reorderTables=False)
    cache.put(KIND, key, made.getvalue())
    return made.getvalue()
