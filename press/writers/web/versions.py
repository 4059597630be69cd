"""What the bytes of the web edition depend on besides the content: the packages that make its fonts and pictures."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

PACKAGES = (
    *("brotli", "fonttools", "pillow", "pypdfium2", "weasyprint"),
    *("font-source-serif-pro", "font-source-sans-pro"),
)


@cache
def set_by() -> str:
    """Name the packages with their versions."""
    return ", ".join(f"{name} {version(name)}" for name in PACKAGES)
