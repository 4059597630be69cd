"""Make the page pictures that README.md shows, from the report in build/: `make pictures`."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
PDF = ROOT / "build" / "report.pdf"
WIDTH_PX = 420
COLOURS = 64
SPREAD_TEXT = "Oversikt hovedresultat"


def main() -> int:
    """Write the pictures; returns the exit code."""
    if not PDF.is_file():
        print("build the report first: make", file=sys.stderr)
        return 1
    document = pypdfium2.PdfDocument(PDF)
    page = next(i for i in range(4, len(document)) if SPREAD_TEXT in document[i].get_textpage().get_text_range())
    for name, index in (("docs/cover.png", 0), ("docs/page.png", page)):
        scale = WIDTH_PX / document[index].get_width()
        picture = document[index].render(scale=scale).to_pil().quantize(COLOURS)
        picture.save(ROOT / name, optimize=True)
        print(f"{name}: {(ROOT / name).stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
