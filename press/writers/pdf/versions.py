"""What sets the pages, with its versions: another of them may move a line, and gives other bytes.

Pango and what it rests on are the machine's own, so that they are asked themselves. WeasyPrint knows them, but takes
most of a second to import; they are found by the names that it looks for.
"""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version

PACKAGES = (
    *("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools", "pillow"),
    *("font-source-serif-pro", "font-source-sans-pro"),
)
NAMES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0-0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz-0", "harfbuzz", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig-1", "fontconfig-1", "libfontconfig.1.dylib"),
    "freetype": ("libfreetype.so.6", "libfreetype-6", "freetype", "libfreetype.6.dylib", "libfreetype-6.dll"),
    "fribidi": ("libfribidi.so.0", "libfribidi-0", "fribidi", "libfribidi.0.dylib", "libfribidi-0.dll"),
}


@cache
def set_by() -> str:
    """Name everything whose version may move a line or change a byte."""
    packages = [f"{name} {version(name)}" for name in PACKAGES]
    libraries = [f"{name} {_library(name)}" for name in NAMES]
    return ", ".join([*libraries, f"zlib {zlib.ZLIB_RUNTIME_VERSION}", *packages])


def _library(name: str) -> str:
    for file in NAMES[name]:
        try:
            return ASK[name](ctypes.CDLL(file))
        except (OSError, AttributeError, ValueError):
            continue
    return "(version unknown)"


def _called(function: str) -> Callable[[ctypes.CDLL], str]:
    """Ask by a function that returns the version as a string."""

    def ask(library: ctypes.CDLL) -> str:
        call = getattr(library, function)
        call.restype = ctypes.c_char_p
        return str(call().decode("ascii", "replace"))

    return ask


def _fontconfig(library: ctypes.CDLL) -> str:
    number = int(library.FcGetVersion())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _freetype(library: ctypes.CDLL) -> str:
    opened = ctypes.c_void_p()
    library.FT_Init_FreeType(ctypes.byref(opened))
    numbers = [ctypes.c_int() for _ in range(3)]
    library.FT_Library_Version(opened, *map(ctypes.byref, numbers))
    library.FT_Done_FreeType(opened)
    return ".".join(str(number.value) for number in numbers)


def _fribidi(library: ctypes.CDLL) -> str:
    said = ctypes.c_char_p.in_dll(library, "fribidi_version_info").value or b""
    return said.split(b"\n")[0].decode("ascii", "replace").rpartition(" ")[2]


ASK: Mapping[str, Callable[[ctypes.CDLL], str]] = {
    "pango": _called("pango_version_string"),
    "harfbuzz": _called("hb_version_string"),
    "fontconfig": _fontconfig,
    "freetype": _freetype,
    "fribidi": _fribidi,
}
