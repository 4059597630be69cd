"""The words of a figure as they will stand on the page: whole, apart, large enough, dark enough, in our faces.

A figure is drawn once more, on points, by matplotlib's own renderer: so every label is met that is drawn at all (tick
labels, legends, tables, formulas), with its outline where it stands, and what lies beneath and above it.
"""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import font_manager
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.patheffects import PathEffectRenderer
from matplotlib.text import Annotation
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from press.contrast import contrast, least_contrast
from press.fonts import in_use

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 144
MM = 25.4 / DPI
SMALLEST_PT = 7
CUT_MM = 0.1
"""How far an outline may pass an edge: less than a hair line is nothing that anybody sees."""
TOUCH_MM = 0.2
"""How far two labels' rectangles may overlap: an ascender beside a descender."""
CELL_EM = 0.5
SAMPLES = 7
CHANGED = 0.1
"""The change of a colour, of 1, that tells that something was drawn over a label."""

Numbers = NDArray[np.float64]
Finding = tuple[str, str]
"""What is wrong, and how to mend it."""


@dataclass
class Label:
    """One line of words as it was drawn. Points of the drawing count from its lower left corner."""

    text: str
    size_pt: float
    weight: int
    font: str
    colour: tuple[float, float, float]
    opacity: float
    is_formula: bool
    corners: Numbers
    """The rectangle about its outline, in reading direction: four points."""
    clip: Numbers | None
    """Left, bottom, right and top of what it is cut to."""
    samples: Numbers
    """Where its ground is looked at: as many columns as it has cells, each of `SAMPLES` squared points."""
    ground: Numbers
    """What lay there when it was drawn: red, green, blue and opacity of each cell."""
    has_outline: bool
    """Whether it has an outline of its own, which is then its ground."""
    line: int = 0
    """The line of the script that wrote it, from 1; 0 where matplotlib did."""


def label_problems(figure: Figure, met: list[Label]) -> Iterator[Finding]:
    """Yield what keeps a figure's words from being read; the figure is drawn for it, and its labels go into `met`."""
    figure.set_dpi(DPI)
    width, height = (float(inches) * DPI for inches in figure.get_size_inches())
    make: Any = _Renderer  # matplotlib annotates it in part
    renderer = make(width, height, DPI)
    figure.draw(renderer)
    labels = renderer.labels
    met += labels
    yield from _undrawn(figure)
    for label in labels:
        yield from _type(label)
        yield from _cut(label, width, height)
        yield from _ground(label, renderer)
    for one, other in _near(labels):
        if _depth(one.corners, other.corners) * MM > TOUCH_MM:
            what = f"the labels {_quoted(one)} and {_quoted(other)} lie over one another"
            yield what, "shorten one, turn or move it, or give the figure more room"


class _Renderer(RendererAgg):
    """Draws everything but words, and notes where those would stand."""

    def __init__(self, *size: float) -> None:
        super().__init__(*size)  # type: ignore[no-untyped-call]
        self.labels: list[Label] = []

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        # As the SVG has them: the words stand where they will be printed.
        return RendererBase.get_text_width_height_descent(self, s, prop, ismath)

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        self.note(gc, x, y, s, prop, angle, ismath, mtext=mtext)

    def note(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any,
        ground: Any = None,
        mtext: Any = None,
    ) -> None:
        if not s.strip():
            return
        vertices = np.array(self._text2path.get_text_path(prop, s, ismath=ismath)[0])
        if not vertices.size:
            return
        em = prop.get_size_in_points() * DPI / 72
        to_page = Affine2D().scale(em / self._text2path.FONT_SCALE).rotate_deg(angle).translate(x, self.height - y)
        (left, bottom), (right, top) = vertices.min(axis=0), vertices.max(axis=0)
        corners = np.array(to_page.transform([(left, bottom), (right, bottom), (right, top), (left, top)]))
        samples = _sample_points(corners, em * CELL_EM)
        box = gc.get_clip_rectangle()
        red, green, blue = gc.get_rgb()[:3]
        self.labels.append(
            Label(
                text=s,
                size_pt=prop.get_size_in_points(),
                weight=_weight(prop),
                font=str(font_manager.findfont(prop)),
                colour=(red, green, blue),
                opacity=gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3],
                is_formula=bool(ismath),
                corners=corners,
                clip=None if box is None else np.array(box.extents),
                samples=samples,
                ground=self.colours(samples) if ground is None else np.tile([*ground, 1.0], (len(samples), 1)),
                has_outline=ground is not None,
                line=getattr(mtext, "script_line", 0),
            )
        )

    def colours(self, samples: Numbers) -> Numbers:
        """Look at what is drawn at the samples; gives the middle colour of each cell."""
        pixels = np.asarray(self._renderer)  # what buffer_rgba() gives
        rows = np.clip((self.height - samples[..., 1]).astype(int), 0, pixels.shape[0] - 1)
        columns = np.clip(samples[..., 0].astype(int), 0, pixels.shape[1] - 1)
        middle: Numbers = np.median(pixels[rows, columns].astype(float) / 255, axis=1)
        return middle


def _draw_with_effects(
    self: Any, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
) -> None:
    """Note words that have path effects, which matplotlib 3.11 draws as shapes; an outline is their ground."""
    if isinstance(self._renderer, _Renderer):
        strokes = [effect._gc for effect in self._path_effects if "foreground" in getattr(effect, "_gc", {})]
        ground = to_rgb(strokes[0]["foreground"]) if strokes else None
        self._renderer.note(gc, x, y, s, prop, angle, ismath, ground, mtext)
    RendererBase.draw_text(self, gc, x, y, s, prop, angle, ismath, mtext)


PathEffectRenderer.draw_text = _draw_with_effects  # type: ignore[method-assign]


def _sample_points(corners: Numbers, cell: float) -> Numbers:
    """Spread points over a label's rectangle, cell by cell along it: an array of cells, points, and x and y."""
    start, along, up = corners[0], corners[1] - corners[0], corners[3] - corners[0]
    cells = max(1, round(float(np.hypot(*along)) / cell))
    shares = (np.arange(SAMPLES) + 0.5) / SAMPLES
    across = ((np.arange(cells)[:, None] + shares) / cells)[:, :, None, None] * along
    points: Numbers = (start + across + shares[None, None, :, None] * up).reshape(cells, SAMPLES**2, 2)
    return points


def _undrawn(figure: Figure) -> Iterator[Finding]:
    """Yield annotations that matplotlib leaves out without a word: those that point outside their axes."""
    texts: list[Any] = [*figure.texts, *(text for axes in figure.axes if axes.get_visible() for text in axes.texts)]
    for note in texts:
        is_meant = isinstance(note, Annotation) and note.get_visible() and note.get_text().strip()
        if is_meant and not note._check_xy(None):
            what = f"the label «{note.get_text()}» is not drawn: what it points at lies outside the axes"
            yield what, "widen the axes (set_xlim, set_ylim), or move what it points at"


def _type(label: Label) -> Iterator[Finding]:
    """Yield what is wrong with the type of a label: its face, its size, letters that the face lacks."""
    family = _families().get(label.font)
    if family is None:
        what = f"the label {_quoted(label)} is set in {Path(label.font).stem}"
        yield what, f"leave the font out, or name one of: {', '.join(sorted(set(_families().values())))}"
        return
    if label.size_pt < SMALLEST_PT - 0.01:
        what = f"the label {_quoted(label)} is set in {label.size_pt:g} pt; {SMALLEST_PT} pt are the least"
        yield what, f"set it in {SMALLEST_PT} pt or more"
    yield from _letters(label, family)
    if label.is_formula and any(part != part.strip() for part in label.text.split("$")[1::2]):
        what = f"the label {_quoted(label)} holds two dollar signs, and what stands between them is set as a formula"
        yield what, r"write each dollar sign as \$"


def _letters(label: Label, family: str) -> Iterator[Finding]:
    if label.is_formula:
        return  # matplotlib tells of what formulas lack
    font = font_manager.get_font(label.font)
    for letter in sorted({letter for letter in label.text if not font.get_char_index(ord(letter))}):
        name = unicodedata.name(letter, "a control character")
        what = f"the label {_quoted(label)} has «{letter}» (U+{ord(letter):04X}, {name}), which {family} lacks"
        yield what, "write it with other letters"


def _families() -> Mapping[str, str]:
    """Give the families by the files that `press.drawing` writes for matplotlib."""
    return {str(Path(tempfile.gettempdir(), face.file).resolve()): face.family for face in in_use(with_code=False)}


def _cut(label: Label, width: float, height: float) -> Iterator[Finding]:
    """Yield how far a label passes the edge of the figure, or of what it is cut to."""
    (left, bottom), (right, top) = label.corners.min(axis=0), label.corners.max(axis=0)
    page = {"left": -left, "lower": -bottom, "right": right - width, "upper": top - height}
    edge, beyond = max(page.items(), key=lambda item: item[1])
    if beyond * MM > CUT_MM:
        what = f"the label {_quoted(label)} is cut off at the figure's {edge} edge: {_mm(beyond)} mm of it lie outside"
        yield what, "shorten or move it, or make room: Figure(…, layout='constrained') does so by itself"
    elif label.clip is not None:
        beyond = max(label.clip[0] - left, label.clip[1] - bottom, right - label.clip[2], top - label.clip[3])
        if beyond * MM > CUT_MM:
            what = f"the label {_quoted(label)} is cut off at the edge of its axes: {_mm(beyond)} mm of it lie outside"
            yield what, "move it inside the axes, or leave out clip_on=True"


def _ground(label: Label, renderer: _Renderer) -> Iterator[Finding]:
    """Yield how badly a label stands out from what it stands on, and whether anything was drawn over it."""
    grounds = [_over((1.0, 1.0, 1.0), cell[:3], cell[3]) for cell in label.ground]
    ratios = [contrast(_over(ground, label.colour, label.opacity), ground) for ground in grounds]
    least = least_contrast(label.size_pt, label.weight)
    if min(ratios) < least:
        shown = int(min(ratios) * 100) / 100  # cut, not rounded: 4.49 is not 4.5
        what = f"the label {_quoted(label)} has a contrast of {shown} to 1 to what it stands on; {least} is the least"
        yield what, "choose a darker or a lighter colour for the label, or move it off what it stands on"
    elif not label.has_outline and np.abs(renderer.colours(label.samples) - label.ground).max() > CHANGED:
        what = f"the label {_quoted(label)} is covered by what is drawn after it"
        yield what, "draw it later (zorder), or move it"


def _over(ground: Sequence[float], colour: Sequence[float], opacity: float) -> tuple[float, ...]:
    return tuple(float(below + (above - below) * opacity) for below, above in zip(ground, colour, strict=True))


def _near(labels: list[Label]) -> Iterator[tuple[Label, Label]]:
    """Yield the pairs of labels whose upright rectangles meet."""
    if not labels:
        return
    corners = np.stack([label.corners for label in labels])
    low, high = corners.min(axis=1), corners.max(axis=1)
    meet = np.all((low[:, None] < high[None]) & (low[None] < high[:, None]), axis=2)
    for one, other in np.argwhere(np.triu(meet, 1)):
        yield labels[one], labels[other]


def _depth(one: Numbers, other: Numbers) -> float:
    """Tell how far two rectangles overlap, however they are turned; 0 or less if they do not.

    Source: the separating axis theorem; the axes are the directions of their sides.
    """
    depth = np.inf
    for corners in (one, other):
        for side in (corners[1] - corners[0], corners[3] - corners[0]):
            axis = side / (np.hypot(*side) or 1)
            a, b = one @ axis, other @ axis
            depth = min(depth, a.max() - b.min(), b.max() - a.min())
    return float(depth)


def _weight(prop: Any) -> int:
    weight = prop.get_weight()
    return int(weight) if str(weight).isdigit() else int(font_manager.weight_dict.get(weight, 400))


def _quoted(label: Label) -> str:
    return f"«{label.text}»"


def _mm(pixels: float) -> str:
    return f"{pixels * MM:.1f}"
