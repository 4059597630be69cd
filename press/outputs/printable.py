"""Text from content made safe to print."""

from __future__ import annotations


def printable(text: str) -> str:
    """Show control characters as what they are, so that content can speak neither to the terminal nor to CI."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
