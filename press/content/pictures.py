"""Pictures of one's own let in: photographs as they are, SVG held to a list, a page of a PDF drawn.

An SVG may hold what draws shapes, and nothing that runs, reaches out or writes letters; what programs keep in it for
themselves is left out. Of a PDF its one page is drawn at 300 points an inch by PDFium, so that no program in it runs
and no font of it comes into the publication.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from press.content.images import LARGEST_BYTES, SMALLER, image_problems, printed_size_mm
from press.content.strict_yaml import Located
from press.errors import Problem

RULE = "image"
LONGEST_MM = 297
"""As wide as a page lies, or as high as it stands: what a PDF is drawn for."""
MOST_RATIO = 100
"""The most that a drawing's longer side may be of its shorter one."""
_NUMBER = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_LENGTH = re.compile(rf"({_NUMBER})(px|pt|mm|cm|in)?")
_PER_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96, None: 25.4 / 96}


@dataclass(frozen=True)
class LetIn:
    """A picture as it is printed."""

    name: str
    """Of the file, which a PDF that is drawn has not kept."""
    data: bytes
    ratio: float
    """Its width by its height."""


def let_in(data: bytes, name: Located, problems: list[Problem]) -> LetIn | None:
    """Make a picture ready for print; adds to `problems`, and gives None, if it cannot be."""
    if len(data) > LARGEST_BYTES:
        problems.append(Problem(name.place, RULE, f"{name} is larger than {LARGEST_BYTES} bytes", SMALLER))
        return None
    if data.startswith(b"%PDF"):
        return _drawn(data, name, problems)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _held(data, name, problems)
    found = list(image_problems(data, name))
    problems.extend(found)
    if found:
        return None
    width, height = printed_size_mm(data, 100)
    return LetIn(str(name), data, width / height)


def _held(data: bytes, name: Located, problems: list[Problem]) -> LetIn | None:
    from press.figures.svg import harmless

    try:
        root = harmless(data)
        ratio = _ratio(root)
        if not 1 / MOST_RATIO <= ratio <= MOST_RATIO:
            raise ValueError("it is more than a hundred times as long as it is broad")
    except ValueError as error:
        what = f"{name} is no drawing that can be let in: {error}"
        mend = "export it as plain SVG, with its texts as paths and its pictures left out; or as PDF or PNG"
        problems.append(Problem(name.place, RULE, what, mend))
        return None
    return LetIn(str(name), ElementTree.tostring(root, encoding="utf-8"), ratio)


def _ratio(root: ElementTree.Element) -> float:
    """Tell how wide a drawing is by its height, and let it fill whatever it is given."""
    sides = [_millimetres(root.attrib.pop(side, "")) for side in ("width", "height")]
    box = [float(number) for number in re.findall(rf"-?(?:{_NUMBER})(?:e-?[0-9]+)?", root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[2] / box[3]
    if sides[0] and sides[1]:
        root.set("viewBox", f"0 0 {sides[0] / _PER_MM['px']:g} {sides[1] / _PER_MM['px']:g}")
        return sides[0] / sides[1]
    raise ValueError("it has neither a viewBox nor a width and height")


def _millimetres(length: str) -> float:
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _PER_MM[match[2]] if match is not None else 0


def _drawn(data: bytes, name: Located, problems: list[Problem]) -> LetIn | None:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) != 1:
                what = f"{name} has {len(pdf)} pages, and a picture is one"
                problems.append(Problem(name.place, RULE, what, "keep the one page that is to be printed"))
                return None
            page = pdf[0]
            width, height = page.get_size()
            if not (10 <= width <= 5000 and 10 <= height <= 5000):
                raise pypdfium2.PdfiumError("its page is too small or too large")
            scale = LONGEST_MM / 25.4 * 300 / max(width, height)
            picture, file = page.render(scale=scale).to_pil().convert("RGB"), io.BytesIO()
            picture.save(file, "PNG")
    except pypdfium2.PdfiumError as error:
        what = f"{name} cannot be drawn: {error}"
        problems.append(Problem(name.place, RULE, what, "export it anew, without a password; or as PNG"))
        return None
    return LetIn(f"{name}.png", file.getvalue(), width / height)
