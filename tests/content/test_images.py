"""Photographs: what is let in, and everything that only looks like one, is damaged, too large, or has more in it."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zlib
from collections.abc import Callable

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFile, features
from support.pdf import Pdf, typeset_here
from support.projects import PNG, Project, assert_problems

from press.compose.parts import compose
from press.content.images import LARGEST_BYTES, LARGEST_PIXELS, MODES, image_problems, printed_size_mm
from press.content.strict_yaml import Located
from press.editions.edition import FULL
from press.errors import Place, Problem

NAME = Located("a.png", Place("content/start.yaml", 5, 12))
SIGNATURE = b"\x89PNG\r\n\x1a\n"
DAMAGED = "5:12: a.png is neither PNG nor JPEG, or is damaged [image] export it as PNG or JPEG"
TOO_LARGE = f"pixels; {LARGEST_PIXELS} in all are the most [image] save it smaller"
MORE = "5:12: a.png has something behind the picture [image] export it again"
SIDE = 48


def picture(kind: str, mode: str = "RGB", **options: object) -> bytes:
    """Make a picture of noise: one that does not compress to nothing."""
    noise = Image.frombytes("RGB", (SIDE, SIDE), random.Random(7).randbytes(SIDE * SIDE * 3))
    file = io.BytesIO()
    noise.convert(mode).save(file, kind, **options)
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colours: int = 2) -> bytes:
    """Make a PNG of a header and whatever chunks; those of a good one when none are given."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    return SIGNATURE + header + (b"".join(chunks) or GOOD_PNG[33:])


def found(data: bytes) -> list[Problem]:
    return list(image_problems(data, NAME))


GOOD_PNG, GOOD_JPEG = picture("PNG"), picture("JPEG")
END = chunk(b"IEND", b"")
SCRIPT = b"PK\x03\x04<script>alert(1)</script>%PDF-1.7"

LET_IN: dict[str, Callable[[], bytes]] = {
    "png": lambda: GOOD_PNG,
    "jpeg": lambda: GOOD_JPEG,
    "one point": lambda: PNG,
    "progressive jpeg": lambda: picture("JPEG", progressive=True),
    "jpeg in grey": lambda: picture("JPEG", "L"),
    "jpeg with marks to start again at": lambda: picture("JPEG", restart_marker_blocks=1),
    "jpeg with a comment": lambda: picture("JPEG", comment=b"\xff\xd9 is no end here"),
    "png with a palette": lambda: picture("PNG", "P"),
    "png in black and white": lambda: picture("PNG", "1"),
    "png that one can see through": lambda: picture("PNG", "RGBA"),
    "png with words": lambda: png(SIDE, SIDE, chunk(b"tEXt", b"Comment\0ord"), GOOD_PNG[33:]),
}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    # Too large.
    "169 megapixels": (lambda: png(13_000, 13_000), f"5:12: a.png has 13000 × 13000 {TOO_LARGE}"),
    "900 megapixels": (lambda: png(30_000, 30_000), DAMAGED),
    "one row of 41 million": (lambda: png(41_000_000, 1), f"5:12: a.png has 41000000 × 1 {TOO_LARGE}"),
    "jpeg of 4200 megapixels": (
        lambda: GOOD_JPEG.replace(struct.pack(">HH", SIDE, SIDE), b"\xff\xff\xff\xff", 1),
        DAMAGED,
    ),
    "too many bytes": (
        lambda: GOOD_PNG + bytes(LARGEST_BYTES),
        f"5:12: a.png is larger than {LARGEST_BYTES} bytes [image]",
    ),
    "comment of 200 MB in 200 kB": (
        lambda: png(SIDE, SIDE, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)), GOOD_PNG[33:]),
        DAMAGED,
    ),
    "colour profile of 200 MB in 200 kB": (
        lambda: png(SIDE, SIDE, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000), 9)), GOOD_PNG[33:]),
        DAMAGED,
    ),
    # A header that lies.
    "more pixels promised than there are": (lambda: png(6000, 6000), DAMAGED),
    "header changed after it was summed": (lambda: GOOD_PNG[:19] + b"\x99" + GOOD_PNG[20:], DAMAGED),
    "no pixels": (lambda: png(0, 0), DAMAGED),
    "colours that there are not": (lambda: png(SIDE, SIDE, colours=7), DAMAGED),
    "bits that there are not": (lambda: png(SIDE, SIDE, depth=3), DAMAGED),
    # Broken off.
    "png cut in half": (lambda: GOOD_PNG[: len(GOOD_PNG) // 2], DAMAGED),
    "jpeg cut in half": (lambda: GOOD_JPEG[: len(GOOD_JPEG) // 2], DAMAGED),
    "png without its end": (lambda: GOOD_PNG[: -len(END)], DAMAGED),
    "png of a header alone": (lambda: GOOD_PNG[:33], DAMAGED),
    "signature alone": (lambda: SIGNATURE, DAMAGED),
    "jpeg of its beginning alone": (lambda: GOOD_JPEG[:2], DAMAGED),
    "nothing": (lambda: b"", DAMAGED),
    "one bit turned": (lambda: GOOD_PNG[:60] + bytes([GOOD_PNG[60] ^ 1]) + GOOD_PNG[61:], DAMAGED),
    # Two things in one.
    "png and an archive": (lambda: GOOD_PNG + SCRIPT, MORE),
    "jpeg and an archive": (lambda: GOOD_JPEG + SCRIPT, MORE),
    "jpeg, an archive and an end": (lambda: GOOD_JPEG + SCRIPT + b"\xff\xd9", MORE),
    "png and a png": (lambda: GOOD_PNG + GOOD_PNG, MORE),
    "one byte more": (lambda: GOOD_PNG + b"\n", MORE),
    # Something else under this name.
    "gif": (lambda: picture("GIF", "L"), DAMAGED),
    "tiff": (lambda: picture("TIFF"), DAMAGED),
    "bmp": (lambda: picture("BMP"), DAMAGED),
    "eps": (lambda: picture("EPS"), DAMAGED),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', DAMAGED),
    "html": (lambda: b"<html><img src=x onerror=alert(1)>", DAMAGED),
    "pdf": (lambda: b"%PDF-1.7\n", DAMAGED),
    "script": (lambda: b"#!/bin/sh\n", DAMAGED),
    "archive before a png": (lambda: SCRIPT + GOOD_PNG, DAMAGED),
    # Colours that print would show otherwise.
    "cmyk": (lambda: picture("JPEG", "CMYK"), "5:12: a.png is in the colours CMYK [image] save it in RGB"),
    "sixteen bits": (
        lambda: png(2, 2, chunk(b"IDAT", zlib.compress(bytes(10))), END, depth=16, colours=0),
        "5:12: a.png is in the colours I;16 [image] save it in RGB",
    ),
}


@pytest.mark.parametrize("make", LET_IN.values(), ids=LET_IN)
def test_picture_is_let_in(make: Callable[[], bytes]) -> None:
    assert found(make()) == []


@pytest.mark.parametrize(("make", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_picture_to_print_is_refused_where_it_is_named(make: Callable[[], bytes], expected: str) -> None:
    assert_problems(found(make()), expected)


@pytest.mark.skipif(not features.check("webp"), reason="this Pillow has no WebP")
def test_webp_is_refused() -> None:
    assert_problems(found(picture("WEBP")), DAMAGED)


def test_each_mode_that_is_let_in_can_be_made() -> None:
    assert all(found(picture("PNG", mode)) == [] for mode in MODES)


def test_bomb_is_refused_before_it_takes_memory() -> None:
    bomb = png(13_000, 13_000, chunk(b"IDAT", zlib.compress(bytes(1_000_000))), END)
    tracemalloc.start()
    try:
        assert found(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2_000_000


def test_picture_is_held_to_its_end_although_weasyprint_lets_everybody_off(monkeypatch: pytest.MonkeyPatch) -> None:
    # WeasyPrint 70 tells Pillow to take broken pictures, in the whole process, as soon as it is imported.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert_problems(found(GOOD_PNG[: len(GOOD_PNG) // 2]), DAMAGED)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


# In a publication.

PHOTO = """\
  - photo: bilde
    caption: Et bilde
    image: {}
    alt: Støy.
    credit: "Foto: Prøven."
"""


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "A.PNG", "båt.png", "a b.png", "a-b_c.1.png", "uten", "feil.txt"])
def test_photo_goes_by_its_content_and_not_by_its_name(project: Project, name: str) -> None:
    project.write(f"content/images/{name}", GOOD_JPEG).blocks(PHOTO.format(name))
    assert project.problems() == []
    assert project.load().images == {name: GOOD_JPEG}


def test_photo_that_is_refused_is_named_where_the_content_names_it(project: Project) -> None:
    project.write("content/images/a.png", GOOD_JPEG[:-40]).blocks(PHOTO.format("a.png"))
    assert_problems(project.problems(), "5:12: a.png is neither PNG nor JPEG, or is damaged [image]")


def test_photo_of_a_huge_file_is_refused_without_reading_it_whole(project: Project) -> None:
    project.write("content/images/a.png", GOOD_PNG).blocks(PHOTO.format("a.png"))
    with (project.folder / "content/images/a.png").open("r+b") as file:
        file.truncate(3_000_000_000)
    tracemalloc.start()
    try:
        found = project.problems()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert_problems(found, f"5:12: a.png is larger than {LARGEST_BYTES} bytes [image] save it smaller")
    assert most < 3 * LARGEST_BYTES


@pytest.mark.parametrize(
    ("width", "height", "wanted", "expected"),
    [
        (300, 200, 112, (112, 74.67)),
        (300, 3000, 112, (19.5, 195)),
        (400, 800, 112, (97.5, 195)),
        (300, 300, 60, (60, 60)),
    ],
)
def test_picture_is_as_wide_as_wanted_and_no_higher_than_a_page_holds(
    width: int, height: int, wanted: float, expected: tuple[float, float]
) -> None:
    file = io.BytesIO()
    Image.new("L", (width, height)).save(file, "PNG")
    assert printed_size_mm(file.getvalue(), wanted) == expected


def test_picture_that_lies_on_its_side_is_measured_as_it_is_shown() -> None:
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (300, 150)).save(file, "JPEG", exif=exif)
    assert printed_size_mm(file.getvalue(), 50) == (50, 100)


@pytest.mark.parametrize("width", ["0", "19", "113", "80mm", "80,5", "-80", "bred"])
def test_width_that_no_picture_can_have_is_refused_where_it_stands(project: Project, width: str) -> None:
    project.write("content/images/a.png", GOOD_PNG)
    project.blocks(PHOTO.format("a.png") + f'    width: "{width}"\n')
    assert_problems(
        project.problems(), f"8:12: a photo cannot be {width} wide [schema] write millimetres without a unit"
    )


@pytest.mark.long
def test_tall_screenshot_stands_whole_on_its_page_with_its_caption(project: Project) -> None:
    file = io.BytesIO()
    Image.new("RGB", (900, 2600), (200, 30, 30)).save(file, "PNG")
    project.write("content/images/a.png", file.getvalue()).blocks(PHOTO.format("a.png") + "  - text: Etter.\n")
    made = typeset_here(compose(project.load(), FULL))
    found = []
    for page in pypdfium2.PdfDocument(made.pdf):
        picture = page.render(scale=1).to_numpy().astype(int)
        red = np.argwhere((picture[..., 2] > 150) & (picture[..., 0] < 80))
        if len(red) > 1000:  # and not the headings on the last page
            found.append((red.max(axis=0) - red.min(axis=0) + 1) * 25.4 / 72)
    assert len(found) == 1
    height, width = found[0]
    assert (width, height) == pytest.approx((67.5, 195), abs=1)
    assert any("bilde" in Pdf(made.pdf).words(number) for number in range(1, made.page_count + 1))
