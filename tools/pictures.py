"""Make pictures of pages: `make pictures` those of README.md, `--pages PDF FOLDER` one of each page of a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
PDF = ROOT / "build" / "report.pdf"
WIDTH_PX = 420
PAGE_WIDTH_PX = 1000
COLOURS = 64
SPREAD_TEXT = "Oversikt hovedresultat"


def main() -> int:
    """Write the pictures; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", nargs=2, type=Path, metavar=("PDF", "FOLDER"), help="a picture of each page")
    options = parser.parse_args()
    source = options.pages[0] if options.pages else PDF
    if not source.is_file():
        print(f"there is no {source}: build it first", file=sys.stderr)
        return 1
    document = pypdfium2.PdfDocument(source)
    if options.pages:
        for index in range(len(document)):
            write(document, index, options.pages[1] / f"{source.stem}-{index + 1:02}.png", PAGE_WIDTH_PX)
        return 0
    page = next(i for i in range(4, len(document)) if SPREAD_TEXT in document[i].get_textpage().get_text_range())
    for name, index in (("docs/cover.png", 0), ("docs/page.png", page)):
        write(document, index, ROOT / name, WIDTH_PX)
        print(f"{name}: {(ROOT / name).stat().st_size // 1024} KiB")
    return 0


def write(document: pypdfium2.PdfDocument, index: int, target: Path, width_px: int) -> None:
    """Draw a page (counted from 0) as a PNG of so many pixels' width."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scale = width_px / document[index].get_width()
    document[index].render(scale=scale).to_pil().quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
