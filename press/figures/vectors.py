"""matplotlib's SVG with nothing in it but shapes: cells of a picture or a colour bar become rectangles.

A printed page has no pixels of its own: a heat map drawn as a picture is blurred by one reader and ragged in another.
So what matplotlib 3.11 would write as a picture is drawn cell by cell, if its cells are few enough to be meant as such.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from press.errors import UndrawableError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS_PER_INCH = 72
MOST_CELLS = 10_000
OVERLAP_PT = 0.15
"""How far a cell reaches under its neighbours: readers show a hair of white between shapes that only meet."""


def as_svg(figure: Figure) -> bytes:
    """Draw a figure with matplotlib's own renderer; neither style sheet nor script has a say in how it is saved."""
    figure.set_dpi(POINTS_PER_INCH)
    for image in _images(figure.axes):
        if image.get_interpolation() in {"auto", "antialiased", "nearest"}:
            image.set_interpolation("none")  # cells as they are, which matplotlib 3.11 has three more names for
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()  # an engine that moves the axes wants to have seen them once
    width, height = (float(inches) * POINTS_PER_INCH for inches in figure.get_size_inches())
    text = io.StringIO()
    make: Any = _Renderer  # matplotlib annotates it in part
    renderer = make(width, height, text, image_dpi=POINTS_PER_INCH, metadata={"Date": None, "Creator": None})
    figure.draw(renderer)
    renderer.finalize()
    return text.getvalue().encode("utf-8")


def _images(axes: Sequence[Any]) -> Iterator[Any]:
    for each in axes:
        yield from each.images
        yield from _images(each.child_axes)


class _Renderer(RendererSVG):
    dpi = POINTS_PER_INCH
    """What pictures that are no part of axes ask for."""

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        rows, columns = im.shape[:2]
        if transform is None or rows * columns > MOST_CELLS:
            what = f"it holds a picture of {columns} × {rows} points, and a figure is drawn with shapes"
            mend = (
                f"show at most {MOST_CELLS} cells with imshow(…) or pcolormesh(…); a photograph is a block of its own"
            )
            raise UndrawableError(what, mend)
        to_page = Affine2D().scale(1 / columns, 1 / rows) + transform + Affine2D().translate(x, y)
        corners = to_page.transform([(0, 0), (columns, rows)])
        overlaps = OVERLAP_PT * np.array([columns, rows]) / np.maximum(np.abs(corners[1] - corners[0]), 1)
        alpha = gc.get_alpha()
        pen = self.new_gc()
        pen.copy_properties(gc)
        pen.set_linewidth(0)
        for colour in np.unique(im.reshape(-1, im.shape[2]), axis=0):
            red, green, blue, opacity = (float(part) / 255 for part in colour)
            if opacity and alpha:
                pen.set_alpha(opacity * alpha)
                cells = _cells(np.all(im == colour, axis=2), overlaps * (opacity * alpha == 1))
                draw: Any = self.draw_path
                draw(pen, cells, to_page, (red, green, blue))

    def draw_quad_mesh(
        self,
        gc: Any,
        master_transform: Any,
        meshWidth: int,  # noqa: N803 - matplotlib's names
        meshHeight: int,  # noqa: N803
        coordinates: Any,
        offsets: Any,
        offsetTrans: Any,  # noqa: N803
        facecolors: Any,
        antialiased: Any,
        edgecolors: Any,
    ) -> None:
        if len(edgecolors) == 0 and np.all(facecolors[:, 3] == 1):
            edgecolors = facecolors
            gc.set_linewidth(0.25)
        super().draw_quad_mesh(
            gc,
            master_transform,
            meshWidth,
            meshHeight,
            coordinates,
            offsets,
            offsetTrans,
            facecolors,
            antialiased,
            edgecolors,
        )

    def draw_gouraud_triangles(self, *_: Any) -> None:
        raise UndrawableError("its colours run into each other", "use shading='flat', or contourf(…)")


def _cells(mask: Any, overlaps: Any) -> Path:
    """Outline the cells of a mask, those side by side in a row as one rectangle."""
    vertices: list[tuple[float, float]] = []
    for row, marked in enumerate(mask):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], marked.astype(np.int8), [0]))))
        for left, right in edges.reshape(-1, 2):
            x0, x1, y0, y1 = left, right + overlaps[0], row, row + 1 + overlaps[1]
            vertices += [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    codes = [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY] * (len(vertices) // 5)
    return Path(vertices, codes)
