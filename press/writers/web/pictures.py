"""Pictures made at build: the cover for links that are shared, the mark of the site, and each drawing in points.

The same content gives the same bytes with the same Pillow, WeasyPrint and PDFium, which the lock file pins.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from press.cache import Cache, key_of
from press.document import About
from press.fonts import FACES, SANS, SERIF
from press.writers.html import SVG, fragment, parents_of, take_out

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

KIND = "web-picture"
COVER_SIZE = (1200, 630)
MARGIN = 80
DPI = 300


def cover(about: About, cache: Cache, set_by: str) -> bytes:
    """Draw the picture that stands for the publication where somebody shares a link to it."""
    key = key_of(repr(about), set_by, *(face.letters.read_bytes() for face in FACES))
    if (kept := cache.get(KIND, key)) is not None:
        return kept
    from PIL import Image, ImageDraw

    colours = about.colours
    picture = Image.new("RGB", COVER_SIZE, colours["ground"])
    faint = Image.blend(picture, Image.new("RGB", COVER_SIZE, colours["words"]), 0.45).getpixel((0, 0))
    draw = ImageDraw.Draw(picture)
    width, height = COVER_SIZE
    lines, marked = about.motif or (0, 0)
    for line in range(lines):
        across = MARGIN + line * (width - 2 * MARGIN) / max(lines - 1, 1)
        colour = colours["marked"] if (line + 1) * marked // lines > line * marked // lines else faint
        draw.rectangle((across, 0, across + 2, 230), fill=colour)
    down = 290.0
    for size, family, weight, words, colour in (
        (64, SERIF, 300, about.title, colours["words"]),
        (32, SANS, 400, about.subtitle, colours["quiet"]),
    ):
        font = _font(family, weight, size)
        for words_of_line in _broken(words, font, width - 2 * MARGIN):
            draw.text((MARGIN, down), words_of_line, font=font, fill=colour)
            down += size * 1.2
        down += 12
    draw.text((MARGIN, height - MARGIN), about.publisher, font=_font(SANS, 600, 28), fill=colours["words"], anchor="ls")
    written = io.BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    cache.put(KIND, key, written.getvalue())
    return written.getvalue()


def icon(about: About) -> bytes:
    """Draw the mark of the site: lines on the ground of the cover, one of them marked."""
    fills = [about.colours[name] for name in ("words", "words", "marked", "words")]
    bars = "".join(
        f'<rect x="{6 + 6 * place}" y="6" width="2" height="20" fill="{fill}"/>' for place, fill in enumerate(fills)
    )
    ground = f'<rect width="32" height="32" fill="{about.colours["ground"]}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{ground}{bars}</svg>\n'.encode()


def in_points(svg: bytes, cache: Cache, set_by: str) -> bytes:
    """Give a drawing as a PNG on white, at its printed size."""
    key = key_of(svg, set_by)
    if (kept := cache.get(KIND, key)) is not None:
        return kept
    import pypdfium2
    from PIL import ImageDraw
    from weasyprint import HTML

    root = ElementTree.fromstring(svg)  # noqa: S314 - our own, held to a list of elements when it was drawn
    parents = parents_of(root)
    numbers = [text for text in root if text.tag == f"{SVG}text"]
    for text in [*root.iter(f"{SVG}text")]:  # not painted: the letters are drawn as outlines
        take_out(parents[text], text)
    size = f"{root.get('width', '170mm')} {root.get('height', '100mm')}"
    style = f"@page {{ size: {size}; margin: 0; background: white }} body {{ margin: 0 }} svg {{ display: block }}"
    inline = fragment(root)
    pdf = HTML(string=f"<style>{style}</style>{inline}", url_fetcher=_nothing).write_pdf()
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    draw = ImageDraw.Draw(picture)
    for text in numbers:
        at = float(text.get("x", "0")) * DPI / 72, float(text.get("y", "0")) * DPI / 72
        letters = _font(SANS, 400, float(text.get("font-size", "8")) * DPI / 72)
        draw.text(at, text.text or "", font=letters, fill="#000000", anchor="ls")
    written = io.BytesIO()
    picture.quantize(128).save(written, "PNG", optimize=True, dpi=(DPI, DPI))
    cache.put(KIND, key, written.getvalue())
    return written.getvalue()


def _nothing(url: str) -> None:
    raise ValueError(f"a drawing asks for {url}")


def _font(family: str, weight: int, size: float) -> FreeTypeFont:
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
