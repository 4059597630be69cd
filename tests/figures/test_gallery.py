"""What matplotlib's users draw every day, one of each: drawn with shapes alone, or refused in an author's words."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from weasyprint import HTML

from press.errors import FigureError
from press.figures import Draughtsman, Drawing, FigureData

SCRIPT = """\
import numpy as np
from matplotlib.figure import Figure


def draw(data):
    figure = Figure(figsize=(112 / 25.4, 70 / 25.4), layout="constrained")
    axes = figure.add_subplot()
    {}
    return figure
"""
SVG = "{http://www.w3.org/2000/svg}"
GRID = "x, y = np.mgrid[-2:2:12j, -2:2:12j]\n"
DATES = "from datetime import date\ndays = [date(2020, 1, 1), date(2021, 6, 1), date(2022, 1, 1)]\n"

DRAWN = {
    "bar": "axes.bar(['Nord', 'Sør'], [3, 7])\naxes.set_ylabel('Antall')\naxes.bar_label(axes.containers[0])",
    "barh": "axes.barh(['Implementering av digital teknologi i bedriften', 'Strategi'], [3, 7])",
    "bars in a stack": "axes.bar(['A', 'B'], [3, 4], label='Ja')\n"
    "axes.bar(['A', 'B'], [2, 1], bottom=[3, 4], label='Nei')\naxes.legend(loc='upper left', bbox_to_anchor=(1, 1))",
    "line": "axes.plot([1, 2, 3], [1, 4, 2], marker='o')\naxes.set_title('Fet', fontweight='bold')\naxes.grid(True)",
    "scatter with colour bar": "figure.colorbar(axes.scatter([1, 2, 3], [3, 1, 2], c=[1, 2, 3]), label='Verdi')",
    "histogram": "axes.hist([1, 1, 2, 3, 3, 3, 4, 5], bins=5, edgecolor='white')",
    "pie": "axes.pie([3, 4], labels=['A', 'B'], autopct='%1.0f %%', colors=['#9ecae1', '#fdae6b'])",
    "box plot": "axes.boxplot([[1, 2, 3, 4, 9], [2, 3, 4, 5]], tick_labels=['A', 'B'])",
    "violin plot": "axes.violinplot([[1, 2, 3, 4, 9], [2, 3, 4, 5]])",
    "error bars": "axes.errorbar([1, 2, 3], [1, 2, 3], yerr=[0.2, 0.3, 0.1], fmt='o', capsize=3)",
    "heat map": "figure.colorbar(axes.imshow([[1, 2, 3], [4, 5, 6]]))",
    "heat map by neighbours": "axes.imshow([[1, 2], [3, 4]], interpolation='nearest')",
    "mesh": "figure.colorbar(axes.pcolormesh([[1, 2, 3], [4, 5, 6]]))",
    "matrix": "axes.spy(np.eye(10))",
    "contours": f"{GRID}figure.colorbar(axes.contourf(x, y, x * x + y * y))",
    "hexagons": "axes.hexbin(np.arange(50) % 7, np.arange(50) % 5, gridsize=8)",
    "legend": "axes.plot([1, 2], label='Én')\naxes.plot([2, 1], label='To')\naxes.legend(ncol=2, title='Serie')",
    "annotation": "axes.plot([1, 4, 2])\naxes.annotate('Toppen', (1, 4), (1.4, 3.5), arrowprops={'arrowstyle': '->'})",
    "words in a box": "axes.plot([1, 4])\naxes.text(0.2, 3, 'Sagt', bbox={'boxstyle': 'round', 'facecolor': 'white'})",
    "words with an outline": "from matplotlib.patheffects import withStroke\naxes.set_facecolor('#222255')\n"
    "axes.text(0.5, 0.5, 'Lys', path_effects=[withStroke(linewidth=3, foreground='white')])",
    "two axes": "axes.plot([1, 2, 3])\nother = axes.twinx()\nother.plot([30, 20, 10])\nother.set_ylabel('Grader')",
    "logarithms": "axes.loglog([1, 10, 100], [1, 100, 1000])",
    "logarithm upward": "axes.semilogy([1, 2, 3], [1, 100, 10000])\naxes.set_ylabel('Utslipp av CO$_2$')",
    "dates": f"{DATES}axes.plot(days, [1, 2, 3])\nfigure.autofmt_xdate()",
    "subplots": "figure.clear()\nfor each in figure.subplots(2, 2).flat: each.plot([1, 2])\nfigure.suptitle('Fire')",
    "formulas": r"axes.set_title(r'm$^2$, $\frac{1}{2}$, $\sqrt{x}$, $10^{-3}$, $x \leq z$, $\pm 3$')",
    "a dollar": r"axes.set_title('Pris ($)')",
    "hatching": "axes.bar(['A', 'B'], [1, 2], hatch=['//', '..'], facecolor='white', edgecolor='black')",
    "area": "axes.fill_between([1, 2, 3], [1, 2, 1], [2, 3, 3], alpha=0.3)",
    "arrows": "axes.quiverkey(axes.quiver([1, 2], [1, 2], [1, 0], [0, 1]), 0.8, 0.9, 1, '1 m/s')",
    "table": "axes.axis('off')\naxes.table([['a', 'b']], colLabels=['X', 'Y'], loc='center')",
    "polar": "figure.clear()\nfigure.add_subplot(projection='polar').plot([0, 1, 2], [1, 2, 3])",
    "turned names": "axes.bar(['Kompetanse', 'Strategi'], [1, 2])\naxes.tick_params(axis='x', rotation=90)",
    "pyplot": "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\nplt.plot([1, 2])\nplt.show()",
    "gap in the data": "axes.plot([1, float('nan'), 3, 4])",
    "nothing": "",
}
REFUSED = {
    "photograph": ("axes.imshow(np.ones((200, 200)))", "it holds a picture of 200 × 200 points", "10000 cells"),
    "blurred": ("axes.imshow([[1, 2], [3, 4]], interpolation='bilinear')", "it holds a picture of", "imshow(…)"),
    "colours that run": ("axes.pcolormesh([[1, 2], [3, 4]], shading='gouraud')", "run into each other", "'flat'"),
    "no formula": ("axes.set_title('$x^$')", "a formula that cannot be read: «x^»", r"write \$"),
    "prices": ("axes.set_title('5 $ og 6 $')", "«5 $ og 6 $» holds two dollar signs", r"each dollar sign as \$"),
    "link": ("axes.text(0.5, 0.5, 'Her', url='https://example.com')", "a link", "leave out `url`"),
    "emoji": ("axes.set_title('Bra \U0001f600')", "U+1F600, GRINNING FACE", "other letters"),
    "sign in a formula": (r"axes.set_title(r'$\aleph$')", "a formula holds «ℵ» (U+2135)", "other signs"),
    "another font": (
        "axes.set_title('Tittel', family='DejaVu Sans')",
        "DejaVu Sans, which is none of our fonts",
        "Source",
    ),
    "a font file": (
        "import matplotlib, pathlib\npath = pathlib.Path(matplotlib.get_data_path(), 'fonts/ttf/DejaVuSans.ttf')\n"
        "axes.set_title('Tittel', font=path)",
        "«Tittel» is set in DejaVuSans",
        "Source Sans Pro",
    ),
    "another weight": ("axes.set_title('Tittel', weight='ultralight')", "has no weight", "bold"),
    "TeX": ("axes.set_title('Tittel', usetex=True)", "the script: it ", ""),
}


@pytest.fixture(scope="module")
def draughtsman() -> Iterator[Draughtsman]:
    with Draughtsman() as child:
        yield child


def drawn(draughtsman: Draughtsman, folder: Path, body: str) -> Drawing:
    (folder / "figures").mkdir()
    (folder / "figures/a.py").write_text(SCRIPT.format(body.replace("\n", "\n    ")), encoding="utf-8")
    return draughtsman.draw(folder, "a", FigureData({}, {}, {}))


@pytest.mark.long
@pytest.mark.parametrize("body", DRAWN.values(), ids=DRAWN)
def test_everyday_figure_is_drawn(draughtsman: Draughtsman, tmp_path: Path, body: str) -> None:
    root = ElementTree.fromstring(drawn(draughtsman, tmp_path, body).svg)
    assert list(root.iter(f"{SVG}image")) == []
    # Words that a search finds stand beside the outlines that are seen, and are not painted themselves.
    assert {element.get("fill") for element in root.iter(f"{SVG}text")} <= {"none"}
    assert len(list(root.iter(f"{SVG}path"))) > 6


@pytest.mark.parametrize(("body", "what", "mend"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_in_an_authors_words(
    draughtsman: Draughtsman, tmp_path: Path, body: str, what: str, mend: str
) -> None:
    with pytest.raises(FigureError) as caught:
        drawn(draughtsman, tmp_path, body)
    first = caught.value.problems[0]
    assert what in first.what
    assert mend in first.mend
    assert "Exception" not in str(caught.value)


# What is drawn is what was meant: pictures of pages, read point by point.


def pixels(svg: bytes) -> NDArray[np.uint8]:
    """Set a drawing on a page of its own size, as readers show it: ten points to the millimetre."""
    sheet = "<style>@page {size: 112mm 70mm; margin: 0} body {margin: 0} img {display: block}</style>"
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    page = HTML(string=f"{sheet}<img src='{source}'>").write_pdf()
    picture = pypdfium2.PdfDocument(io.BytesIO(page))[0].render(scale=254 / 72).to_numpy()
    return np.asarray(picture[..., ::-1])


HEAT = """\
figure.set_layout_engine(None)
axes.set_position((0, 0, 1, 1))
axes.axis("off")
axes.{}
"""
RED, LIME, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
CELLS = "[[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]]"


@pytest.mark.parametrize(
    ("call", "corners"),
    [
        (f"imshow(np.array({CELLS}, np.uint8), aspect='auto')", [RED, LIME, BLUE, WHITE]),
        (f"imshow(np.array({CELLS}, np.uint8), aspect='auto', origin='lower')", [BLUE, WHITE, RED, LIME]),
        (f"pcolormesh(np.array({CELLS}) / 255)", [BLUE, WHITE, RED, LIME]),
    ],
)
def test_cells_stand_where_they_are_meant_to_and_meet_without_a_seam(
    draughtsman: Draughtsman, tmp_path: Path, call: str, corners: list[tuple[int, int, int]]
) -> None:
    page = pixels(drawn(draughtsman, tmp_path, HEAT.format(call)).svg)
    height, width = page.shape[:2]
    found = [tuple(page[y, x]) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    assert found == corners
    # Along a line across the seam there are the two colours and at most one point of their mixture.
    line = page[height // 4, width // 4 : 3 * width // 4]
    assert len({tuple(point) for point in line}) <= 3
    edge = np.argmax((line != line[0]).any(axis=1)) / len(line)
    assert edge == pytest.approx(0.5, abs=0.01)


def test_superscripts_are_smaller_and_higher_than_what_they_stand_at(draughtsman: Draughtsman, tmp_path: Path) -> None:
    body = "figure.clear()\nfigure.text(0.1, 0.5, 'm$^2$', fontsize=40)"
    page = pixels(drawn(draughtsman, tmp_path, body).svg)
    columns = np.flatnonzero((page < 128).any(axis=(0, 2)))
    gap = int(np.argmax(np.diff(columns)))  # between the letter and the figure
    letter, figure = columns[: gap + 1], columns[gap + 1 :]
    m, two = (np.flatnonzero((page[:, each] < 128).any(axis=(1, 2))) for each in (letter, figure))
    assert len(figure) < len(letter)
    assert two[0] < m[0] < two[-1] < m[-1]  # it begins higher, and ends higher
