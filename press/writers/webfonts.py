"""The typefaces of the pages: those that the style sheet asks for, cut down to the letters that pages hold, as WOFF2.

A face keeps its features (kerning, old-style figures and the like), which pages ask for.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping

from press.cache import Cache, key_of
from press.fonts import ALL_FACES, Face

KIND = "web-font"
ALWAYS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("–—‘’“”‚„…‹›↩")
"""Those of western Europe, so that few new words call for other fonts."""
FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "onum", "lnum", "pnum", "tnum"]
_SOURCE = re.compile(r"@font-face \{[^}]*src: url\(fonts/(?P<file>[^)]+)\.ttf\) \}\n?")


def fonts(stylesheet: str, letters: Iterable[str], cache: Cache, set_by: str) -> Mapping[str, bytes]:
    """Give the faces that a style sheet asks for, by the paths of their files."""
    text = "".join(sorted({*letters} | ALWAYS))
    return {f"fonts/{_stem(face)}.woff2": _cut_down(face, text, cache, set_by) for face in faces_in(stylesheet)}


def faces_in(stylesheet: str) -> tuple[Face, ...]:
    """Give the faces that a style sheet asks for."""
    return tuple(face for face in ALL_FACES if f"fonts/{_stem(face)}." in stylesheet)


def with_own_fonts(stylesheet: str) -> str:
    """Let a style sheet load the faces that pages have."""

    def instead(match: re.Match[str]) -> str:
        source = f'src: url(fonts/{match["file"]}.woff2) format("woff2"); font-display: swap }}\n'
        return re.sub(r"src: url\([^)]+\) \}\n?", lambda _: source, match[0])

    return _SOURCE.sub(instead, stylesheet)


def _stem(face: Face) -> str:
    return face.file.removesuffix(".ttf")


def _cut_down(face: Face, text: str, cache: Cache, set_by: str) -> bytes:
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
