"""The words of figures: whole, apart, large and dark enough, or refused with their text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from press.errors import FigureError
from press.figures import Draughtsman, FigureData

SCRIPT = """\
from matplotlib.figure import Figure


def draw(data):
    figure = Figure(figsize=(112 / 25.4, 70 / 25.4))
    axes = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    {}
    return figure
"""
LONG = "Implementering av digital teknologi i hele bedriften og hos kundene"

FAULTS = {
    "at the left": ("figure.text(-0.02, 0.5, 'Kuttet')", ["«Kuttet» is cut off at the figure's left edge: 2."]),
    "at the right": ("figure.text(0.95, 0.5, 'Kuttet')", ["«Kuttet» is cut off at the figure's right edge"]),
    "above": ("figure.text(0.5, 0.99, 'Kuttet')", ["«Kuttet» is cut off at the figure's upper edge"]),
    "below": ("figure.text(0.5, -0.01, 'Kuttet')", ["«Kuttet» is cut off at the figure's lower edge"]),
    "turned": (
        "figure.text(0.5, 0.5, '" + LONG + "', rotation=90)",
        [f"«{LONG}» is cut off at the figure's upper edge"],
    ),
    "half turned": (f"figure.text(0.5, 0.5, '{LONG}', rotation=45)", [f"«{LONG}» is cut off"]),
    "names of bars": (f"axes.barh(['A', '{LONG}'], [1, 2])", [f"«{LONG}» is cut off at the figure's left edge"]),
    "names of ticks, made in drawing": (
        "axes.plot([1, 2])\naxes.xaxis.set_major_formatter(lambda x, _: f'Etikett nummer {x:.2f}')\n"
        "axes.set_xticks([1.0])\naxes.set_xlim(0.9, 1.0)",
        ["«Etikett nummer 1.00» is cut off at the figure's right edge"],
    ),
    "of its axes": (
        "axes.text(0.9, 0.5, 'Avskåret', clip_on=True)",
        ["«Avskåret» is cut off at the edge of its axes"],
    ),
    "formula": ("figure.text(0.97, 0.5, 'CO$_2$')", ["«CO$_2$» is cut off at the figure's right edge"]),
    "in a legend": (f"axes.plot([1], label='{LONG * 2}')\naxes.legend()", ["is cut off at the figure's left edge"]),
    "one over another": (
        "figure.text(0.3, 0.5, 'En etikett')\nfigure.text(0.33, 0.51, 'En annen')",
        ["the labels «En etikett» and «En annen» lie over one another"],
    ),
    "one over another, turned": (
        "figure.text(0.3, 0.5, 'En etikett')\nfigure.text(0.35, 0.4, 'Stående', rotation=90)",
        ["the labels «En etikett» and «Stående» lie over one another"],
    ),
    "ticks over ticks": (
        "axes.set_xticks([0.5, 0.6], ['Digital kompetanse', 'Digital strategi'])",
        ["the labels «Digital kompetanse» and «Digital strategi» lie over one another"],
    ),
    "room for a page number": (
        "figure.text(0.5, 0.5, '000', gid='page:boks-a')\nfigure.text(0.52, 0.5, 'Navn')",
        ["the labels «000» and «Navn» lie over one another"],
    ),
    "lines of one label": (
        "figure.text(0.3, 0.5, 'Øverst\\nnederst', linespacing=0.3)",
        ["the labels «Øverst» and «nederst» lie over one another"],
    ),
    "left out by matplotlib": (
        "axes.annotate('Borte', xy=(9, 4), xytext=(0.2, 0.3), arrowprops={'arrowstyle': '->'})",
        ["«Borte» is not drawn: what it points at lies outside the axes"],
    ),
    "small": ("figure.text(0.5, 0.5, 'Liten', fontsize=2)", ["«Liten» is set in 2 pt; 7 pt are the least"]),
    "small by the style": ("axes.tick_params(labelsize=5)\naxes.set_yticks([])", ["«0.0» is set in 5 pt"] * 6),
    "pale": ("figure.text(0.5, 0.5, 'Blek', color='#bbbbbb')", ["«Blek» has a contrast of 1.91 to 1"]),
    "thin": ("figure.text(0.5, 0.5, 'Tynn', alpha=0.3)", ["«Tynn» has a contrast of"]),
    "unseen": ("figure.text(0.5, 0.5, 'Usynlig', alpha=0)", ["«Usynlig» has a contrast of 1.0 to 1"]),
    "dark on dark": ("axes.set_facecolor('#0B3C5D')\naxes.text(0.5, 0.5, 'Mørk')", ["«Mørk» has a contrast of"]),
    "white, half of it off its bar": (
        "axes.barh([0], [1])\naxes.set_xlim(0, 2)\naxes.text(0.95, 0, 'Halvt', color='white')",
        ["«Halvt» has a contrast of 1.0 to 1"],
    ),
    "beneath a shape": (
        "axes.text(0.4, 0.5, 'Skjult', zorder=1)\naxes.bar([0.5], [1], zorder=5)",
        ["«Skjult» is covered by what is drawn after it"],
    ),
}
GOOD = {
    "in North Sámi, in every face": "for n, family in enumerate(['Source Sans Pro', 'Source Serif Pro']):\n"
    "    for m, look in enumerate([{}, {'style': 'italic'}, {'weight': 600}, {'weight': 'bold'}]):\n"
    "        figure.text(0.1 + n / 2, 0.2 * m + 0.15, 'Ŋuorgu, ruoŧŧelaš, Ŧŋ', family=family, **look)",
    "close to the edges": "figure.text(0.001, 0.5, 'Inntil')\nfigure.text(0.5, 0.005, 'Hel', va='bottom')",
    "lines close together": "figure.text(0.3, 0.5, 'Øverst\\nNederst')\nfigure.text(0.3, 0.44, 'Tett')",
    "turned side by side": "[figure.text(0.3 + n / 20, 0.4, 'Navnet på noe', rotation=45) for n in range(5)]",
    "white on a bar": "axes.barh([0], [1])\naxes.text(0.5, 0, 'Lys', color='white')",
    "a line across": "axes.plot([0, 1], [0.5, 0.5], zorder=9)\naxes.text(0.4, 0.49, 'Bak en linje')",
    "over hatching": "axes.bar([0.5], [1], hatch='//', facecolor='white', edgecolor='0.8')\naxes.text(0.4, 0.5, 'På')",
    "large and grey": "figure.text(0.2, 0.5, 'Stor', fontsize=30, color='#8a8a8a')",
    "hidden on purpose": "figure.text(0.5, 0.5, 'Av', visible=False)\nfigure.text(5, 5, '')\nfigure.text(5, 5, ' ')",
}


@pytest.fixture(scope="module")
def draughtsman() -> Iterator[Draughtsman]:
    with Draughtsman() as child:
        yield child


def draw(draughtsman: Draughtsman, folder: Path, body: str) -> None:
    (folder / "figures").mkdir()
    (folder / "figures/a.py").write_text(SCRIPT.format(body.replace("\n", "\n    ")), encoding="utf-8")
    draughtsman.draw(folder, "a", FigureData({}, {}, {}))


@pytest.mark.parametrize(("body", "expected"), FAULTS.values(), ids=FAULTS)
def test_label_that_cannot_be_read_is_told_with_its_text(
    draughtsman: Draughtsman, tmp_path: Path, body: str, expected: list[str]
) -> None:
    with pytest.raises(FigureError) as caught:
        draw(draughtsman, tmp_path, body)
    found = [problem.what for problem in caught.value.problems]
    assert len(found) == len(expected), found
    assert expected[0] in found[0]
    assert all(problem.mend for problem in caught.value.problems)


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_label_that_can_be_read_is_let_be(draughtsman: Draughtsman, tmp_path: Path, body: str) -> None:
    draw(draughtsman, tmp_path, body)
