"""Pictures made at build: the mark of the site, and each drawing in points.

The same content gives the same bytes with the same Pillow, WeasyPrint and PDFium, which the lock file pins.
"""

from __future__ import annotations

import io
from xml.etree import ElementTree

from press.cache import Cache, key_of
from press.document import About
from press.fonts import SANS
from press.writers.cover import font_of
from press.writers.html import SVG, fragment, parents_of, take_out

KIND = "web-picture"
DPI = 300


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
        letters = font_of(SANS, 400, float(text.get("font-size", "8")) * DPI / 72)
        draw.text(at, text.text or "", font=letters, fill="#000000", anchor="ls")
    written = io.BytesIO()
    picture.quantize(128).save(written, "PNG", optimize=True, dpi=(DPI, DPI))
    cache.put(KIND, key, written.getvalue())
    return written.getvalue()


def _nothing(url: str) -> None:
    raise ValueError(f"a drawing asks for {url}")
