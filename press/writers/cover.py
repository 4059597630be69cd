"""The picture that stands for a publication: where somebody shares a link to it, and on a shelf of books.

The same content gives the same bytes with the same Pillow, which the lock file pins.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from press.cache import Cache, key_of
from press.document import About
from press.fonts import FACES, SANS, SERIF

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

KIND = "cover"
SIZE = (1200, 630)
"""What services ask for that show links."""
MARGIN = 80


def cover(about: About, cache: Cache, set_by: str, size: tuple[int, int] = SIZE) -> bytes:
    """Draw it: lines as on the cover in print, title, subtitle, publisher; letters grow with its height."""
    key = key_of(repr(about), set_by, repr(size), *(face.letters.read_bytes() for face in FACES))
    if (kept := cache.get(KIND, key)) is not None:
        return kept
    from PIL import Image, ImageDraw

    colours = about.colours
    picture = Image.new("RGB", size, colours["ground"])
    faint = Image.blend(picture, Image.new("RGB", size, colours["words"]), 0.45).getpixel((0, 0))
    draw = ImageDraw.Draw(picture)
    width, height = size
    larger = 1 if height <= width else 1.6
    lines, marked = about.motif or (0, 0)
    for line in range(lines):
        across = MARGIN + line * (width - 2 * MARGIN) / max(lines - 1, 1)
        colour = colours["marked"] if (line + 1) * marked // lines > line * marked // lines else faint
        draw.rectangle((across, 0, across + 2, height * 230 // SIZE[1]), fill=colour)
    down = height * 290 / SIZE[1]
    for points, family, weight, words, colour in (
        (64, SERIF, 300, about.title, colours["words"]),
        (32, SANS, 400, about.subtitle, colours["quiet"]),
    ):
        font = font_of(family, weight, round(points * larger))
        for words_of_line in _broken(words, font, width - 2 * MARGIN):
            draw.text((MARGIN, down), words_of_line, font=font, fill=colour)
            down += font.size * 1.2
        down += 12 * larger
    font = font_of(SANS, 600, round(28 * larger))
    draw.text((MARGIN, height - MARGIN), about.publisher, font=font, fill=colours["words"], anchor="ls")
    written = io.BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    cache.put(KIND, key, written.getvalue())
    return written.getvalue()


def font_of(family: str, weight: int, size: float) -> FreeTypeFont:
    """Give a typeface at a size in points of a picture."""
    from PIL import ImageFont

    content = next(face.content for face in FACES if face.key == (family, weight, "normal"))
    return ImageFont.truetype(io.BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)


def _broken(words: str, font: FreeTypeFont, width: int) -> list[str]:
    """Break words into lines no wider than there is room for."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
