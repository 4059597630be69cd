"""The style sheet as reading systems take it: what custom properties say stands in their place, as many know none."""

from __future__ import annotations

import re

from press.document import Document
from press.errors import Place, Problem
from press.writers.webfonts import with_own_fonts

RULE = "style"
_DECLARING = re.compile(r"(?::root|@page) \{\n(?P<declared>(?:  --[\w-]+: [^;]+;\n)*)\}\n?")
_DECLARED = re.compile(r"--(?P<name>[\w-]+): (?P<value>[^;]+);")
_USED = re.compile(r"var\(--(?P<name>[\w-]+)\)")


def stylesheet(document: Document, problems: list[Problem]) -> str:
    """Give the style sheet of a document; adds to `problems` what it uses and does not declare."""
    known: dict[str, str] = {}
    for block in _DECLARING.finditer(document.stylesheet):
        known |= {each["name"]: each["value"] for each in _DECLARED.finditer(block["declared"])}

    def said(match: re.Match[str]) -> str:
        value = known.get(match["name"])
        if value is None:
            line = document.stylesheet.count("\n", 0, document.stylesheet.index(match[0])) + 1
            what = f"nothing declares the custom property {match['name']!r}"
            place = document.place_in_sheets(line, 1) or Place("templates")
            problems.append(Problem(place, RULE, what, "use one that the theme has"))
            return match[0]
        return _USED.sub(said, value)

    return with_own_fonts(_DECLARING.sub("", _USED.sub(said, document.stylesheet)))
