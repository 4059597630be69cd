"""A PDF read literally: what its show strings and ActualTexts say, by marked content, whatever it looks like.

No place on a page counts here, and nothing is put in or left out: spaces are those that are shown, and words end where
a space is. So a reader aloud gets a file that takes its tags as they are (ISO 32000-1, 14.8.2.4 and 14.8.2.5).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pikepdf

Marked = dict[tuple[int, int], str]


def literally(data: bytes) -> Marked:
    """Give what each piece of marked content says, by page (from 1) and number."""
    said: Marked = defaultdict(str)
    with pikepdf.open(BytesIO(data)) as file:
        for number, page in enumerate(file.pages, start=1):
            _read(page, page.Resources, number, _Around(), said)
    return said


def plain(text: str) -> str:
    """Give a text with single spaces, and without what a hyphen says that is divided by the end of a page."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").replace("\N{WORD JOINER}", "").split()).casefold()


def tagged(role: str, text: str) -> tuple[str, str]:
    """Give what an element says; a divided word takes what ends it («.», «)») into the link or span it stands in."""
    return role, re.sub(r"\W+$", "", text) if role in {"Link", "Span"} else text


@dataclass(frozen=True)
class _Around:
    """The marks around what is shown."""

    mark: int | None = None
    replaced: bool = False
    """Whether an ActualText stands for it."""


def _read(content: Any, resources: Any, number: int, around: _Around, said: Marked) -> None:
    marks, letters = [around], dict[int, str]()
    for operands, operator in pikepdf.parse_content_stream(content):
        name, around = str(operator), marks[-1]
        if name in {"BDC", "BMC"}:
            properties = operands[1] if name == "BDC" else {}
            if "/MCID" in properties:
                around = replace(around, mark=int(properties["/MCID"]))
            if "/ActualText" in properties:
                _add(said, number, around, str(properties["/ActualText"]))
                around = replace(around, replaced=True)
            marks.append(around)
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            letters = _letters(resources.Font[str(operands[0])])
        elif name == "TJ":
            shown = b"".join(bytes(piece) for piece in operands[0] if isinstance(piece, pikepdf.String))
            _add(said, number, around, "".join(letters[code] for code in _codes(shown)))
        elif name == "Do" and resources.XObject[str(operands[0])].Subtype == "/Form":
            form = resources.XObject[str(operands[0])]
            _read(form, form.get("/Resources", resources), number, around, said)


def _add(said: Marked, number: int, around: _Around, text: str) -> None:
    if around.mark is not None and not around.replaced:
        said[number, around.mark] += text


def _codes(shown: bytes) -> list[int]:
    return [int.from_bytes(shown[at : at + 2]) for at in range(0, len(shown), 2)]


def _letters(font: Any) -> Mapping[int, str]:
    """Give the text of each code of a font."""
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>\n", font.ToUnicode.read_bytes().decode())
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
