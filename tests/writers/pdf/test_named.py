"""The files that a part may show, and what becomes of it when others change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.incremental import assert_as_if_clean
from support.pdf import typeset_here
from support.projects import PNG

from press.cache import Cache
from press.document import Document
from press.errors import TypesetError
from press.writers.pdf.named import NamedFiles
from press.writers.pdf.sealed import Typesetter

MakeDocument = Callable[..., Document]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">{}</svg>'
DRAWN = SVG.format('<rect width="20" height="10" fill="#{}"/>')
FRAME = SVG.format('<image href="inni.svg" width="20" height="10"/>')
FILES = {"figures/a.svg": b"", "figures/b.svg": b"", "images/b\u00e5t 1.png": b"", "ramme.svg": FRAME.encode()}


def shown(name: str) -> str:
    return f'<p><img src="{name}" alt="Et bilde"/></p>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Ord</p>", set()),
        (shown("figures/a.svg"), {"figures/a.svg"}),
        (shown("images/b\u00e5t 1.png"), {"images/b\u00e5t 1.png"}),
        (shown("images/b%C3%A5t%201.png"), {"images/b\u00e5t 1.png"}),
        (shown("images/b&aring;t 1.png"), {"images/b\u00e5t 1.png"}),
        ('<p style="background: url(figures/b.svg)">Ord</p>', {"figures/b.svg"}),
    ],
)
def test_file_is_named_by_html_as_it_is_and_in_other_letters(
    document: MakeDocument, body: str, expected: set[str]
) -> None:
    made = document(("a", body), assets=FILES)
    assert NamedFiles(made).of_part(made.parts[0]) == expected


def test_file_that_the_style_sheet_names_is_every_parts(document: MakeDocument) -> None:
    made = document(("a", "<p>Ord</p>"), sheet="p { background: url(figures/b.svg) }", assets=FILES)
    assert NamedFiles(made).of_part(made.parts[0]) == {"figures/b.svg"}


def test_file_that_a_drawing_names_is_that_of_whoever_shows_the_drawing(document: MakeDocument) -> None:
    files = {**FILES, "inni.svg": DRAWN.format("00aa00").encode()}
    made = document(("a", shown("ramme.svg")), assets=files)
    assert NamedFiles(made).of_part(made.parts[0]) == {"ramme.svg", "inni.svg"}
    circle = {"ramme.svg": FRAME.encode(), "inni.svg": FRAME.replace("inni", "ramme").encode()}
    made = document(("a", shown("ramme.svg")), assets=circle)
    assert NamedFiles(made).of_part(made.parts[0]) == circle.keys()


@pytest.mark.parametrize(
    "body",
    [shown("figures/./a.svg"), r'<p style="background: url(figures/\61 .svg)">Ord</p>'],
)
def test_file_that_is_named_in_disguise_is_refused(document: MakeDocument, body: str) -> None:
    # Or the part would be kept when the file is another.
    made = document(
        ("a", body), ("b", shown("figures/a.svg")), assets={"figures/a.svg": DRAWN.format("00aa00").encode()}
    )
    with pytest.raises(TypesetError, match=r"is (not part of the document|shown where its name)"):
        typeset_here(made)


@pytest.mark.long
def test_part_is_made_again_for_its_own_pictures_alone(document: MakeDocument, tmp_path: Path) -> None:
    def drawn(first: str, second: str) -> Document:
        files = {"a.svg": DRAWN.format(first), "inni.svg": DRAWN.format(second), "ramme.svg": FRAME}
        parts = ("a", shown("a.svg")), ("b", shown("ramme.svg")), ("c", f"{shown('bilde.png')}<p>Ord</p>")
        return document(*parts, assets={"bilde.png": PNG, **{name: text.encode() for name, text in files.items()}})

    def made(typesetter: Typesetter, changed: Document) -> dict[str, str]:
        found = assert_as_if_clean(typesetter, changed).timings
        return {each.what: each.why for each in found if each.what in "abc" and each.why != "kept"}

    again = "a figure or picture"
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        assert made(typesetter, drawn("00aa00", "00aa00")).keys() == {"a", "b", "c"}
        assert made(typesetter, drawn("aa0000", "00aa00")) == {"a": again}
        assert made(typesetter, drawn("aa0000", "aa0000")) == {"b": again}
        assert made(typesetter, drawn("00aa00", "00aa00")) == {}
    with Typesetter(cache=Cache(tmp_path), workers=1) as typesetter:
        assert made(typesetter, drawn("aa0000", "0000aa")) == {"b": again}
