"""What sets the pages, with its versions: another of them may move a line, and gives other bytes.

Pango and HarfBuzz are the machine's own, so that they are asked themselves. WeasyPrint knows them, but takes most of a
second to import; they are found by the names that it looks for.
"""

from __future__ import annotations

import ctypes
import zlib
from functools import cache
from importlib.metadata import version

PACKAGES = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools", "pillow"),
    *("font-source-serif-pro", "font-source-sans-pro"),
)
NAMES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0-0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz-0", "harfbuzz", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
}
ASKED = {"pango": "pango_version_string", "harfbuzz": "hb_version_string"}


@cache
def set_by() -> str:
    """Name everything whose version may move a line or change a byte."""
    packages = [f"{name} {version(name)}" for name in PACKAGES]
    libraries = [f"{name} {_library(name)}" for name in NAMES]
    return ", ".join([*libraries, f"zlib {zlib.ZLIB_RUNTIME_VERSION}", *packages])


def _library(name: str) -> str:
    for file in NAMES[name]:
        try:
            ask = getattr(ctypes.CDLL(file), ASKED[name])
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return str(ask().decode("ascii", "replace"))
    return "(version unknown)"
