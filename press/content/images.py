"""Photographs let in: PNG or JPEG by content, whatever the name says, whole, and of a size that can be laid out."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from press.content.strict_yaml import Located
from press.errors import Problem

if TYPE_CHECKING:
    from PIL.Image import Image

RULE = "image"
LARGEST_BYTES = 20_000_000
LARGEST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG")
MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
SMALLER = "save it smaller: 300 points an inch at printed size are enough"
WIDEST_MM, HIGHEST_MM = 112, 195
"""The width of the body column, and the height of a page's text less what a caption wants."""
ORIENTATION, LIES_DOWN = 0x0112, 5
"""The tag of EXIF that says how a picture is held, and the first of its values for one that lies on its side."""
PNG_BEGINS = 8
JPEG_BEGINS = 2
LONELY_MARKERS = {0x00, 0x01, *range(0xD0, 0xD8)}
"""Markers of JPEG without a length; 0x00 makes a byte 0xFF of coded data."""


def image_problems(data: bytes, name: Located) -> Iterator[Problem]:
    """Yield what keeps an image out of print; its pixels are read only if the header says that they are few."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    if len(data) > LARGEST_BYTES:
        yield Problem(name.place, RULE, f"{name} is larger than {LARGEST_BYTES} bytes", SMALLER)
        return
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # WeasyPrint 70 turns it on for everybody
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                yield from _problems(image, data, name)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        yield Problem(name.place, RULE, f"{name} is neither PNG nor JPEG, or is damaged", "export it as PNG or JPEG")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def printed_size_mm(data: bytes, wanted_mm: float) -> tuple[float, float]:
    """Give the width and height at which a picture is printed: as wide as wanted, but no higher than a page holds."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        width, height = image.size
        if image.getexif().get(ORIENTATION, 1) >= LIES_DOWN:
            width, height = height, width
    shown_mm = min(wanted_mm, HIGHEST_MM * width / height)
    return round(shown_mm, 2), round(shown_mm * height / width, 2)


def _problems(image: Image, data: bytes, name: Located) -> Iterator[Problem]:
    if image.width * image.height > LARGEST_PIXELS:
        what = f"{name} has {image.width} × {image.height} pixels; {LARGEST_PIXELS} in all are the most"
        yield Problem(name.place, RULE, what, SMALLER)
        return
    if image.mode not in MODES:
        yield Problem(name.place, RULE, f"{name} is in the colours {image.mode}", "save it in RGB")
        return
    image.load()
    end = _end_of_png(data) if image.format == "PNG" else _end_of_jpeg(data)
    if end != len(data):
        yield Problem(name.place, RULE, f"{name} has something behind the picture", "export it again as PNG or JPEG")


def _end_of_png(data: bytes) -> int:
    """Tell where the last chunk of a PNG ends (ISO/IEC 15948, 5.3); raises ValueError if it has none."""
    at = PNG_BEGINS
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IEND":
            return end
        at = end
    raise ValueError("no IEND")


def _end_of_jpeg(data: bytes) -> int:
    """Tell where the image of a JPEG ends (ISO/IEC 10918-1, B.1.1); raises ValueError if it does not."""
    at = JPEG_BEGINS
    while (at := data.find(b"\xff", at)) >= 0 and (marker := data[at + 1 : at + 2]):
        if marker == b"\xd9":
            return at + 2
        if marker == b"\xff":
            at += 1  # padding before a marker
        elif marker[0] in LONELY_MARKERS:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    raise ValueError("no EOI")
