"""PDFs opened by PDFium, one at a time: it must not be asked by two threads at once, so that each waits for the other.

A build asks it what is in the file; the preview draws pages in the meantime.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_ASKED = threading.Lock()


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF in memory while the body runs, in which no other is to be opened."""
    import pypdfium2  # which the processes that make parts do without

    with _ASKED:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
