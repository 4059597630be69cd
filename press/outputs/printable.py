"""Text from content made safe to print."""

from __future__ import annotations

import re

_BYTES = re.compile("[\udc80-\udcff]")
"""How Python holds the bytes of a file's name that are not UTF-8 (PEP 383)."""


def letters(text: str) -> str:
    """Show the bytes of a file's name that are no letters as what they are, as no encoding can write them."""
    return _BYTES.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", text)


def printable(text: str) -> str:
    """Show control characters as what they are, so that content can speak neither to the terminal nor to CI."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in letters(text))
