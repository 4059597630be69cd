"""What the bytes of the web edition depend on besides the content: the packages that make its fonts and pictures."""

from __future__ import annotations

from functools import cache

from press.writers.chapters import with_versions

PACKAGES = (
    *("brotli", "fonttools", "pillow", "pypdfium2", "weasyprint"),
    *("font-source-serif-pro", "font-source-sans-pro"),
)


@cache
def set_by() -> str:
    """Name what makes the files, with its versions."""
    return with_versions(PACKAGES)
