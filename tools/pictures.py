"""Make pictures: `make pictures` those of README.md, `--pages PDF FOLDER` one of each page of a file.

The preview is pictured as Chromium shows it (`make browser` installs one).
"""

from __future__ import annotations

import argparse
import io
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
from PIL import Image
from set_up import CHROMIUM, CHROMIUM_NAMES

ROOT = Path(__file__).resolve().parent.parent
PDF = ROOT / "build" / "report.pdf"
WIDTH_PX = 420
PAGE_WIDTH_PX = 1000
COLOURS = 64
PREVIEW_PX = (1100, 640)
PREVIEW_COLOURS = 128
PATIENCE_MS = 300_000
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
    return picture_preview(ROOT / "docs/preview.png", page + 1)


def picture_preview(target: Path, number: int) -> int:
    """Picture the preview while a page of the report is shown and a block on it was clicked; returns the exit code."""
    from playwright.sync_api import sync_playwright

    chromium = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if chromium is None:
        print(CHROMIUM, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "build.py"), "watch", "--editor", "none", "--output", folder]
        watching = subprocess.Popen(command)
        try:
            while not (kept := Path(folder) / ".preview").exists() and watching.poll() is None:
                time.sleep(0.1)
            with sync_playwright() as playwright:
                page = playwright.chromium.launch(executable_path=chromium).new_page()
                page.set_viewport_size({"width": PREVIEW_PX[0], "height": PREVIEW_PX[1]})
                page.goto(kept.read_text())
                page.locator(f"#page-{number}").wait_for(timeout=PATIENCE_MS)
                page.evaluate("go", number)
                page.locator(f"#page-{number}[data-key]").wait_for()
                page.locator(f"#page-{number}").hover(position={"x": 300, "y": 420})
                page.locator(f"#page-{number}").click(position={"x": 300, "y": 420})
                page.wait_for_timeout(3000)
                Image.open(io.BytesIO(page.screenshot())).quantize(PREVIEW_COLOURS).save(target, optimize=True)
        finally:
            watching.send_signal(signal.SIGINT)
            watching.wait()
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} KiB")
    return 0


def write(document: pypdfium2.PdfDocument, index: int, target: Path, width_px: int) -> None:
    """Draw a page (counted from 0) as a PNG of so many pixels' width."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scale = width_px / document[index].get_width()
    document[index].render(scale=scale).to_pil().quantize(COLOURS).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
