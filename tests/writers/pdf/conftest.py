"""Documents of a few lines, as compose would hand them to typeset."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from press.document import PAGE_OF, Document, Part
from press.fonts import font_face_css

SHEET = """
@page { size: 90mm 60mm; margin: 10mm; @bottom-right { content: counter(page); font: 9pt "Source Sans Pro" } }
html { font: 10pt/14pt "Source Serif Pro" }
p, h1, h2 { margin: 0; font-weight: 400; font-size: 10pt }
.page { break-after: page }
"""


def part(name: str, body: str) -> Part:
    """Make a part; in its body `[x]` leaves room for the page of x, and `|` ends a page."""
    html = body.replace("|", '<p class="page"></p>').replace("[", f'<span {PAGE_OF}="').replace("]", '"></span>')
    return Part(
        name, name, f'<html lang="nb"><head><title>Prøve</title></head><body id="part-{name}">{html}</body></html>'
    )


@pytest.fixture
def document() -> Callable[..., Document]:
    """Make a document of parts, given as name and body."""

    def make(
        *parts: tuple[str, str], sheet: str = "", assets: Mapping[str, bytes] | None = None, words: tuple[str, ...] = ()
    ) -> Document:
        composed = tuple(part(name, body) for name, body in parts)
        return Document(composed, f"{font_face_css()}{SHEET}{sheet}", assets or {}, words, "nb-NO")

    return make
