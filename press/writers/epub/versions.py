"""What the bytes of an EPUB depend on besides the content: what packs it, and what makes its fonts and its picture."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import version

PACKAGES = ("brotli", "fonttools", "pillow", "font-source-serif-pro", "font-source-sans-pro")


@cache
def set_by() -> str:
    """Name them with their versions."""
    return ", ".join([f"zlib {zlib.ZLIB_RUNTIME_VERSION}", *(f"{name} {version(name)}" for name in PACKAGES)])
