"""What the bytes of an EPUB depend on besides the content: what packs it, and what makes its fonts and its picture."""

from __future__ import annotations

import zlib
from functools import cache

from press.writers.chapters import with_versions

PACKAGES = ("brotli", "fonttools", "pillow", "font-source-serif-pro", "font-source-sans-pro")


@cache
def set_by() -> str:
    """Name what makes the file, with its versions."""
    return f"zlib {zlib.ZLIB_RUNTIME_VERSION}, {with_versions(PACKAGES)}"
