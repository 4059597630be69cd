"""How deep a margin note is, how deep at least the text beside it, and how narrow a title is whose lines are level.

Nothing is laid out here: words are measured with the typefaces. The sizes are those that the style sheets themselves
set them in: what they declare for `:root` in the properties that `Sizes` names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, inf

from press.errors import Place, Problem, TemplateError
from press.fonts import advances

RULE = "template"
PT_PER_MM = 72 / 25.4
KERNING = 1.02
"""How much wider a line may come out than its letters, at the most."""
HAIR_PT = 0.5
"""What is added to the width of a line, so that it is never broken for a rounding."""
_WHOLE = re.compile(r"\S+\s*")
_AT_HYPHENS = re.compile(r"[^\s-]*-+\s*|[^\s-]+\s*")
_TAG = re.compile(r"(<[^>]*>)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PROPERTY = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+?)\s*[;}]")
_VAR = re.compile(r"var\(--([\w-]+)\)")
_LENGTH = re.compile(r"[\d.\s+*/()-]*(?:(?:calc|mm|pt)[\d.\s+*/()-]*)+")
DEEPEST = 8
"""Of custom properties made of others."""
_FONT = re.compile(
    r'(?:(?P<style>italic) )?(?P<weight>\d+) (?P<size>\d+(?:\.\d+)?)pt/(?P<leading>\d+(?:\.\d+)?)pt "(?P<family>[^"]+)"'
)


Face = tuple[str, int, str, float, float]
"""Family, weight, style, size and leading."""


@dataclass(frozen=True)
class Setting:
    """How a text is set: a face, in what size and to what measure."""

    family: str
    weight: int
    style: str
    size_pt: float
    leading_pt: float
    width_mm: float

    def width_pt(self, text: str) -> float:
        known = advances(self.family, self.weight, self.style)
        return sum(known.get(letter, 1) for letter in text) * self.size_pt

    def most_lines(self, text: str) -> int:
        """Count the lines of a text whose words are not divided, but perhaps after their hyphens."""
        return max(self._filled_lines(_WHOLE.findall(text)), self._filled_lines(_AT_HYPHENS.findall(text)))

    def _filled_lines(self, pieces: Sequence[str]) -> int:
        """Count the lines of pieces that are set one after another, each on the line before if there is room."""
        lines, room = 0, 0.0
        for piece in pieces:
            width = self.width_pt(piece) * KERNING
            if width > room:
                lines, room = lines + 1, self.width_mm * PT_PER_MM
            room -= width
        return lines

    def fewest_lines(self, text: str) -> int:
        """Count the lines that a text takes if none has any room left."""
        return ceil(self.width_pt(" ".join(text.split())) / KERNING / (self.width_mm * PT_PER_MM))

    def least_depth_pt(self, html: str) -> float:
        """Tell how deep a piece of HTML is at least, footnotes left out."""
        return self.fewest_lines(_running(html)) * self.leading_pt


@dataclass(frozen=True)
class Sizes:
    """The sizes of what is measured, and the custom properties that declare them."""

    quote: Setting
    """`--quote-font`, `--quote-width`."""
    speaker: Setting
    """`--speaker-font`."""
    speaker_above_pt: float
    """`--speaker-above`."""
    body: Setting
    """`--body-font`, `--body-width`."""
    small: Setting
    """`--small-font`, the smallest type of the body column: captions."""

    def quote_depth_pt(self, words: str, speaker: str) -> float:
        """Tell how deep a pull quote is at the most, its marks and its speaker included."""
        below = self.speaker_above_pt + self.speaker.most_lines(speaker) * self.speaker.leading_pt if speaker else 0
        return self.quote.most_lines(words) * self.quote.leading_pt + below


def balanced(stylesheet: str, name: str, text: str) -> str:
    """Say how wide a text in display type is to be set for its lines to be about as long, as a declaration of CSS.

    Its font and its measure are `--NAME-font` and `--NAME-width`; where the style sheets do not declare them, or one
    line holds it, nothing is said. It takes no more lines than over its whole measure (CSS Text 4 calls this
    `text-wrap: balance`, which WeasyPrint 70.0 does not know).
    """
    declared = _declared(stylesheet)
    font, width = _font_of(declared.get(f"{name}-font", "")), _length_of(declared.get(f"{name}-width", ""), "mm")
    if font is None or width is None:
        return ""
    setting, measure = _setting(font, width), width * PT_PER_MM
    words = [setting.width_pt(word) * KERNING for word in text.split(" ")]
    space = setting.width_pt(" ") * KERNING
    fewest, widest = _filled(words, space, measure), max(words)
    if fewest < 2 or widest > measure:
        return ""
    ends = range(1, len(words) + 1)
    lines = sorted({sum(words[start:end]) + space * (end - start - 1) for end in ends for start in range(end)})
    narrowest = next(line for line in lines if line >= widest and _filled(words, space, line + HAIR_PT) == fewest)
    return f"width: {min(narrowest + HAIR_PT, measure):.1f}pt"


def _filled(words: Sequence[float], space: float, measure: float) -> int:
    """Count the lines of words of these widths, each on the line before if there is room."""
    lines, reached = 1, words[0]
    for word in words[1:]:
        lines, reached = (lines, reached + space + word) if reached + space + word <= measure else (lines + 1, word)
    return lines


def length_mm(stylesheet: str, name: str) -> float | None:
    """Read a custom property of style sheets that is a length."""
    return _length_of(_declared(stylesheet).get(name, ""), "mm")


def caption_depth_mm(stylesheet: str, html: str) -> float:
    """Tell how deep a caption is at the most in the margin column, with a line to spare."""
    face, width_mm = _font_of(_declared(stylesheet).get("small-font", "")), length_mm(stylesheet, "quote-width")
    if face is None or width_mm is None:
        return inf
    setting = _setting(face, width_mm)
    return (1 + setting.most_lines(_running(html))) * setting.leading_pt / PT_PER_MM


def table_depth_mm(stylesheet: str, rows: int) -> float:
    """Tell how deep a table is at the least, its heads included: `--table-font`, `--table-padding`."""
    declared = _declared(stylesheet)
    face, padding_pt = _font_of(declared.get("table-font", "")), _length_of(declared.get("table-padding", ""), "pt")
    return 0 if face is None or padding_pt is None else (rows + 1) * (face[-1] + 2 * padding_pt) / PT_PER_MM


@lru_cache(maxsize=2)
def _declared(stylesheet: str) -> dict[str, str]:
    """Read the custom properties of style sheets, with those that they are made of in their place."""
    found = dict(_PROPERTY.findall(_COMMENT.sub("", stylesheet)))
    return {name: _whole(value, found) for name, value in found.items()}


def _whole(value: str, declared: Mapping[str, str], depth: int = 0) -> str:
    """Put in the place of each `var(…)` what is declared; one that nobody declares, or that goes round, stays."""
    if depth > DEEPEST or "var(" not in value:
        return value
    return _VAR.sub(lambda match: _whole(declared.get(match[1], match[0]), declared, depth + 1), value)


def _length_of(value: str, unit: str) -> float | None:
    """Read a length, also one that is reckoned out: `calc(170mm - 20mm)`."""
    if not _LENGTH.fullmatch(value) or set(re.findall("[a-z]+", value)) - {"calc", unit}:
        return None
    with suppress(SyntaxError, ArithmeticError):
        return _reckoned(ast.parse(value.replace("calc", "").replace(unit, ""), mode="eval").body)
    return None


def _reckoned(node: ast.expr) -> float:
    if isinstance(node, ast.BinOp):
        left, right = _reckoned(node.left), _reckoned(node.right)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    raise ArithmeticError


def _setting(face: Face, width_mm: float) -> Setting:
    family, weight, style, size, leading = face
    return Setting(family, weight, style, size, leading, width_mm)


def _font_of(value: str) -> Face | None:
    """Read family, weight, style, size and leading of a face that there is."""
    match = _FONT.fullmatch(value)
    if match is None or not advances(match["family"], int(match["weight"]), match["style"] or "normal"):
        return None
    style, weight = match["style"] or "normal", int(match["weight"])
    return match["family"], weight, style, float(match["size"]), float(match["leading"])


@lru_cache(maxsize=2)
def sizes_of(stylesheet: str) -> Sizes:
    """Read the sizes from style sheets; raises TemplateError with every one that they do not declare."""
    declared = _declared(stylesheet)
    problems: list[Problem] = []

    def length(name: str, unit: str) -> float:
        value = _length_of(declared.get(name, ""), unit)
        if value is None:
            problems.append(_undeclared(name, f"a length in {unit}, as 48{unit}"))
        return value or 0

    def font(name: str, width_mm: float) -> Setting:
        face = _font_of(declared.get(name, ""))
        if face is None:
            problems.append(_undeclared(name, 'a face that there is, as 400 10.2pt/14.4pt "Source Serif Pro"'))
        return _setting(face or ("", 0, "", 0, 0), width_mm)

    quote_mm, body_mm = length("quote-width", "mm"), length("body-width", "mm")
    sizes = Sizes(
        quote=font("quote-font", quote_mm),
        speaker=font("speaker-font", quote_mm),
        speaker_above_pt=length("speaker-above", "pt"),
        body=font("body-font", body_mm),
        small=font("small-font", body_mm),
    )
    if problems:
        raise TemplateError(problems)
    return sizes


def _undeclared(name: str, wanted: str) -> Problem:
    what = f"the style sheets do not say in `--{name}` how large it is set, and a pull quote needs its room"
    return Problem(Place("templates"), RULE, what, f"declare it for :root, where ours do: `--{name}:` {wanted}")


def _running(html: str) -> str:
    """Take the text out of HTML as `press.words.prose` makes it, without that of footnotes."""
    text, within_note = "", 0
    for piece in _TAG.split(html):
        if piece.startswith("<span") and (within_note or 'class="footnote"' in piece):
            within_note += 1
        elif piece == "</span>" and within_note:
            within_note -= 1
        elif not piece.startswith("<") and not within_note:
            text += piece
    return text
