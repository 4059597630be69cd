"""Photographs let in: a PNG or JPEG by its content, whatever its name says, and of a size that can be laid out."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from press.errors import Problem
from press.strict_yaml import Located

RULE = "image"
LARGEST_BYTES = 20_000_000
LARGEST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG")
MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


def image_problems(data: bytes, name: Located) -> Iterator[Problem]:
    """Yield what keeps an image out of print; only its header is read, never its pixels."""
    from PIL import Image, UnidentifiedImageError

    if len(data) > LARGEST_BYTES:
        what = f"{name} is {len(data)} bytes long; {LARGEST_BYTES} are the most"
        yield Problem(name.place, RULE, what, "save it smaller: 300 points an inch at printed size are enough")
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                width, height, mode = image.width, image.height, image.mode
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        yield Problem(name.place, RULE, f"{name} is neither PNG nor JPEG, or is damaged", "export it as PNG or JPEG")
        return
    if width * height > LARGEST_PIXELS:
        what = f"{name} has {width} × {height} pixels; {LARGEST_PIXELS} in all are the most"
        yield Problem(name.place, RULE, what, "save it smaller: 300 points an inch at printed size are enough")
    if mode not in MODES:
        yield Problem(name.place, RULE, f"{name} is in the colours {mode}", "save it in RGB")
