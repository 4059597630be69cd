"""The bytes of streams, as PDF/A wants them."""

from __future__ import annotations

import zlib
from collections.abc import Collection

LINE_ENDS = {b"\r", b"\n"}
FILES = {"Length1", "N", "Subtype"}
"""What streams say of themselves that hold a file of another kind, a font or a colour profile, or a picture."""


def packed(data: bytes, says: Collection[str] = ()) -> tuple[bytes, bool]:
    """Compress what a stream holds; returns what stands in the file, and whether it is compressed.

    PDF/A wants a stream's Length to be what stands between the two line ends (ISO 19005-2, 6.1.7.1). Compressed data
    end in a checksum, and one in 128 ends in CR or LF, which makes two line ends of one: such a stream gets a line end
    more, which changes the checksum and nothing that it draws; a file of its own in it (a font) stays uncompressed.
    `says` names the entries of the stream's dictionary.
    """
    compressed = zlib.compress(data, 9)
    if compressed[-1:] in LINE_ENDS and FILES.isdisjoint(says):
        compressed = zlib.compress(data + b"\n", 9)
    return (data, False) if compressed[-1:] in LINE_ENDS else (compressed, True)
