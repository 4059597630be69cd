"""Formulas: LaTeX to a drawing, to words for those who cannot see it, and to what is wrong with it.

latex2mathml reads the small part of LaTeX that MathML has words for, ziamath (0.13) draws it with the outlines of STIX
Two Math. Both let pass what they do not know, as letters: it is refused here.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any
from xml.etree import ElementTree

from press.errors import did_you_mean

MATHML = "{http://www.w3.org/1998/Math/MathML}"
EM = 24.0
"""The size at which formulas are drawn; what depends on it is given in ems."""
MOST = 2000
"""Of which a living process knows what they look like."""
DEEPEST = 8
"""Things within each other in a formula: ziamath takes more than twice as long for each that is added."""
_COMMAND = re.compile(r"\\[A-Za-z]+")
_OPENING = {"{": 1, "left": 1, "begin": 1, "}": -1, "right": -1, "end": -1}
_NESTED = re.compile(r"\\(?:left|right|begin|end)(?![A-Za-z])|(?<!\\)(?:\\\\)*[{}]")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_LINES = re.compile(r"\\(?P<environment>begin|end)(?![A-Za-z])|(?P<line>\\\\[A-Za-z]*)|\\.", re.DOTALL)
MOST_EM = 200
"""As high as no formula is that somebody would read."""
_LARGE = {"∑": "maths_sum", "∏": "maths_product", "∫": "maths_integral"}
_OVER = {
    **dict.fromkeys("¯‾―_", "maths_bar"),
    **dict.fromkeys("^ˆ", "maths_hat"),
    **dict.fromkeys("→⟶", "maths_arrow"),
    "˙": "maths_dot",
    "¨": "maths_two_dots",
    **dict.fromkeys("~˜", "maths_tilde"),
}
"""What stands over a letter, which many voices pass over."""
_BOX = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')


@dataclass(frozen=True)
class Drawn:
    """A formula as a drawing, in ems of the type around it."""

    svg: bytes
    width: float
    height: float
    depth: float
    """How far it reaches below the base line."""


@lru_cache(maxsize=MOST)
def fault(tex: str) -> tuple[str, str] | None:
    """Say what is wrong with a formula, and how to mend it; None if nothing is."""
    if (found := _fault_of_nesting(tex)) is not None:
        return found
    for environment in re.findall(r"\\begin\{([^{}]*)\}", tex):
        if environment not in _environments():
            mend = did_you_mean(environment, _environments(), "write split, cases, matrix, pmatrix or array")
            return f"formulas have no \\begin{{{environment}}}", mend
    if (line := _line_end(tex)) is not None:
        mend = f"write one backslash: {line[1:]}" if line[2:] else "put the lines into \\begin{split} … \\end{split}"
        return f"a line ends at {line} in this formula, which has one", mend
    if re.search(r"(?<!\\)%", tex):
        return "from % on, nothing of this formula would be printed", "write \\% for the sign"
    try:
        root = _mathml(tex)
        if not (0 < drawn(tex, "#000000").height < MOST_EM):
            return "this formula cannot be drawn", "write it in other words"
    except Exception as error:  # of many kinds, all of them of what was typed
        name = type(error).__name__
        return f"this formula cannot be read ({name})", "look at its braces, and at what follows _ and ^"
    for element in root.iter():
        text = element.text or ""
        if (unknown := _COMMAND.match(text)) is not None:
            mend = did_you_mean(unknown[0][1:], _commands(), "write it in other words, or \\text{…} for a word")
            return f"formulas have no {unknown[0]}", mend
        if missing := next((letter for letter in text if letter not in _letters() and not letter.isspace()), None):
            return f"formulas have no letter «{missing}» (U+{ord(missing):04X})", "write it outside of the formula"
    return None


def _fault_of_nesting(tex: str) -> tuple[str, str] | None:
    depth = 0
    for match in _BRACES.finditer(tex):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            return "a brace closes in this formula that does not open", "write \\} for the sign, or delete it"
    if _nesting(tex) > DEEPEST:
        return f"more than {DEEPEST} things stand within each other in this formula", "write it as several formulas"
    if depth:
        return "a brace opens in this formula that does not close", "write } where it ends"
    return None


def _nesting(tex: str) -> int:
    """Tell how many things of a formula stand within each other at most."""
    steps = (_OPENING.get(match[0].lstrip("\\"), 0) for match in _NESTED.finditer(tex))
    return max(accumulate(steps), default=0)


@lru_cache(maxsize=MOST)
def drawn(tex: str, ink: str, *, is_display: bool = False) -> Drawn:
    """Draw a formula; raises whatever its reader does."""
    ziamath = _ziamath()
    ziamath.config.svg2 = False
    svg: str = ziamath.Latex(tex, size=EM, color=ink, inline=not is_display).svg()
    match = _BOX.search(svg)
    assert match is not None  # noqa: S101 - ziamath writes one into each
    _, top, width, height = map(float, match.groups())
    return Drawn(svg.encode(), round(width / EM, 4), round(height / EM, 4), round((top + height) / EM, 4))


def _line_end(tex: str) -> str | None:
    """Give the two backslashes that end a line where there are no lines, with the letters that follow them."""
    depth = 0
    for match in _LINES.finditer(tex):
        depth += {"begin": 1, "end": -1}.get(match["environment"] or "", 0)
        if match["line"] and depth == 0:
            return match["line"]
    return None


def spoken(tex: str, words: Mapping[str, str]) -> str:
    """Say a formula in words; `words` are those of the language, whose names begin with `maths_`."""
    return " ".join(_said(_mathml(tex), words).split())


def _said(node: ElementTree.Element, words: Mapping[str, str]) -> str:
    kids = list(node)
    match node.tag.removeprefix(MATHML):
        case "mfrac":
            over = words["maths_choose" if node.get("linethickness") == "0" else "maths_over"]
            return f"{_grouped(kids[0], words)} {over} {_grouped(kids[1], words)}"
        case "msqrt":
            return f"{words['maths_root']} {''.join(_grouped(kid, words) for kid in kids)}"
        case "mroot":
            return f"{_grouped(kids[1], words)}-{words['maths_nth_root']} {_grouped(kids[0], words)}"
        case "msup":
            return f"{_grouped(kids[0], words)}{_raised(kids[1], words)}"
        case "msub" | "munder":
            return f"{_said(kids[0], words)} {_lower(kids[0], words)} {_grouped(kids[1], words)}"
        case "mover":
            over = " ".join(_said(kids[1], words).split())
            return f"{_grouped(kids[0], words)} {words[_OVER[over]] if over in _OVER else over}"
        case "msubsup" | "munderover":
            name = _large(kids[0])
            if name is not None:
                low, high = (_said(kid, words) for kid in kids[1:])
                return f"{words[name]} {words['maths_from']} {low} {words['maths_to']} {high} {words['maths_of']}"
            below = f"{_said(kids[0], words)} {words['maths_index']} {_grouped(kids[1], words)}"
            return f"{below}{_raised(kids[2], words)}"
        case "mtable":
            rows = (", ".join(" ".join(_said(cell, words).split()) for cell in row) for row in kids)
            return f"({'; '.join(rows)})"
        case "mo":
            return f" {words.get(_LARGE.get(node.text or '', ''), node.text or '')} "
    return (node.text or "").strip() + "".join(f" {_said(kid, words)}" for kid in kids)


def _grouped(node: ElementTree.Element, words: Mapping[str, str]) -> str:
    said = " ".join(_said(node, words).split())
    return f"({said})" if " " in said else said


def _raised(node: ElementTree.Element, words: Mapping[str, str]) -> str:
    said = " ".join(_said(node, words).split())
    if said in {"′", "″", "*", "∗"}:
        return said
    return f" {words['maths_squared']}" if said == "2" else f" {words['maths_power']} {_grouped(node, words)}"


def _large(node: ElementTree.Element) -> str | None:
    return _LARGE.get("".join(node.itertext()).strip())


def _lower(node: ElementTree.Element, words: Mapping[str, str]) -> str:
    return words["maths_from" if _large(node) is not None else "maths_index"]


@lru_cache(maxsize=MOST)
def _mathml(tex: str) -> ElementTree.Element:
    from latex2mathml.converter import convert

    return ElementTree.fromstring(convert(tex))  # noqa: S314 - it declares nothing, and is made here


def _ziamath() -> Any:
    with warnings.catch_warnings():
        # ziamath 0.13 finds its font by a function that Python 3.11 calls old.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath

        return ziamath


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    """Give the letters that formulas can have: those of STIX Two Math."""
    from importlib.resources import files

    from fontTools.ttLib import TTFont

    _ziamath()
    with files("ziamath.fonts").joinpath("STIXTwoMath-Regular.ttf").open("rb") as file, TTFont(file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@lru_cache(maxsize=1)
def _environments() -> tuple[str, ...]:
    from latex2mathml import commands

    return tuple(name.lstrip("\\") for name in (commands.SPLIT, commands.ALIGN, "\\align*", *commands.MATRICES))


@lru_cache(maxsize=1)
def _commands() -> tuple[str, ...]:
    from latex2mathml import commands
    from latex2mathml.symbols_parser import SYMBOLS

    own = (value for value in vars(commands).values() if isinstance(value, str))
    return tuple(sorted({name[1:] for name in (*own, *SYMBOLS) if _COMMAND.fullmatch(name)}))
