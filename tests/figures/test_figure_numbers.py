"""Numbers in figures, as languages write them; tried on what matplotlib draws."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure
from support.projects import Project, assert_problems

from press.checks.pages import figure_numbers
from press.compose.parts import compose
from press.editions.edition import FULL
from press.errors import Place
from press.figures.numbers import PYTHON, Signs, written_with
from press.pages import Lettering, Pages

NORWEGIAN, ENGLISH = Signs(",", "\N{NO-BREAK SPACE}"), Signs(".", ",")


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (12.5, None, "12,5"),
        (12, 1, "12,0"),
        (25000, None, "25 000"),
        (9999, None, "9999"),
        (-3, None, "−3"),
        (0.1 + 0.2, None, "0,3"),
        (2.345, 2, "2,35"),
        (0.5, 0, "1"),
        (-0.04, 1, "0,0"),
        ("12.50", None, "12,5"),
        (1e12, None, "1 000 000 000 000"),
        (None, None, ""),
        (float("nan"), 1, ""),
    ],
)
def test_number_is_written_as_the_language_does(value: str | float | None, decimals: int | None, written: str) -> None:
    assert NORWEGIAN.number(value, decimals) == written.replace(" ", "\N{NO-BREAK SPACE}")


def test_word_is_no_number() -> None:
    with pytest.raises(ValueError, match="'mange' is no number"):
        NORWEGIAN.number("mange")


@pytest.mark.parametrize(
    ("label", "norwegian", "english"),
    [
        ("12.5 %", "12,5 %", "12.5 %"),
        ("1,234.5", "1 234,5", "1,234.5"),
        ("25000", "25 000", "25,000"),
        ("2020", "2020", "2020"),
        ("−0.5–0.7", "−0,5–0,7", "−0.5–0.7"),
        ("v1.2.3", "v1.2.3", "v1.2.3"),
        ("1e6", "1e6", "1e6"),
        (r"$\mathdefault{10^{0.5}}$", r"$\mathdefault{10^{0{,}5}}$", r"$\mathdefault{10^{0.5}}$"),
    ],
)
def test_label_that_python_formatted_gets_the_signs(label: str, norwegian: str, english: str) -> None:
    assert NORWEGIAN.translated(label).replace("\N{NO-BREAK SPACE}", " ") == norwegian
    assert ENGLISH.translated(label) == english
    assert PYTHON.translated(label) == label


def drawn_labels(figure: Figure) -> set[str]:
    figure.canvas.draw()  # type: ignore[attr-defined]
    axes = figure.axes[0]
    texts = [*axes.get_xticklabels(), *axes.get_yticklabels(), *axes.texts, axes.yaxis.get_offset_text()]
    return {text.get_text() for text in texts if text.get_text()}


def test_matplotlib_writes_its_own_numbers_with_the_signs() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    def figure() -> Figure:
        made = Figure()
        FigureCanvasAgg(made)
        return made

    with written_with(NORWEGIAN):
        bars = figure()
        axes = bars.add_subplot()
        axes.bar_label(axes.bar([0.5, 1.5], [0.5, 25000.5]), fmt="%.1f")
        axes.set_yticks([0, 12500, 25000])
        assert {"0,5", "25 000,5", "12 500"} <= {each.replace("\N{NO-BREAK SPACE}", " ") for each in drawn_labels(bars)}
        assert not any("." in each for each in drawn_labels(bars))
        shares = figure()
        shares.add_subplot().pie([1, 7], autopct="%.1f %%")
        assert {"12,5 %", "87,5 %"} <= drawn_labels(shares)
        formats = figure()
        axes = formats.add_subplot()
        axes.set(xlim=(0.25, 0.75), ylim=(0, 1))
        axes.xaxis.set_major_formatter("{x:.2f} kr")
        axes.yaxis.set_major_formatter(lambda value, _: f"kl. {value:.2f}")
        found = drawn_labels(formats)
        assert "0,50 kr" in found
        assert "kl. 0.20" in found  # a script's own words stay
    plain = figure()
    plain.add_subplot().set_yticks([0.5])
    assert "0.5" in drawn_labels(plain)


SCRIPT = """\
from matplotlib.figure import Figure


def draw(data):
    figure = Figure(figsize=(4, 3), layout="constrained")
    axes = figure.add_subplot()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.text(0.5, 0.2, f"{0.25:.2f}")
    axes.text(0.5, 0.4, data.number(0.75))
    axes.text(0.5, 0.6, data.labels["word"])
    axes.text(0.5, 0.8, "Industri 4.0")
    return figure
"""
BLOCK = "  - figure: figur-1\n    title: Tall\n    source: Egen.\n    alt: Tall.\n"


@pytest.fixture
def with_figure(project: Project) -> Project:
    project.write("content/start.yaml", f"title: Start\nblocks:\n  - text: Se {{figur-1}}.\n{BLOCK}")
    project.write("content/data/figur-1.yaml", "labels: {word: 1.75 av to}\n")
    return project.write("figures/figur_1.py", SCRIPT)


def test_number_that_a_script_writes_itself_is_told_with_its_line(with_figure: Project) -> None:
    report = with_figure.load()
    lettering = compose(report, FULL).lettering
    assert {(each.text, each.place.line) for each in lettering} >= {("0.25", 8), ("0,75", 9), ("1.75 av to", 10)}
    assert ("0,2", 0) in {(each.text, each.place.line) for each in lettering}  # an axis
    assert_problems(
        [each.as_rule("figure-numbers") for each in figure_numbers.check(report, Pages((), lettering=lettering))],
        "4:13: the figure has a decimal point in «0.25» (figures/figur_1.py:8) [figure-numbers] data.number(value)",
    )


@pytest.mark.parametrize(
    ("language", "labels", "told"),
    [
        ("nb", ["12.0", "−3.25 %", "1.234"], 3),
        ("nb", ["1,234", "25,000"], 2),
        ("nb", ["12,5", "kapittel 2.1", "Versjon 3.2", "17.5.2026", "12\N{NO-BREAK SPACE}345,5"], 0),
        ("nn", ["12.5 prosent"], 1),
        ("en", ["12,5"], 1),
        ("en", ["12.5", "25,000", "1,234.5"], 0),
    ],
)
def test_labels_are_held_to_the_signs_of_their_language(
    with_figure: Project, language: str, labels: list[str], told: int
) -> None:
    report = with_figure.change("content/report.yaml", "language: nb", f"language: {language}").load()
    for label in labels:
        pages = Pages((), lettering=(Lettering(Place("figures/figur_1.py", 8), label, "figur-1"),))
        assert len(list(figure_numbers.check(report, pages))) == bool(told), label


def test_times_of_an_axis_are_no_numbers(with_figure: Project) -> None:
    report = with_figure.load()
    written = [Lettering(Place("figures/figur_1.py"), text, "figur-1") for text in ("08.30", "17.05")]
    assert list(figure_numbers.check(report, Pages((), lettering=tuple(written)))) == []
    by_script = [Lettering(Place("figures/figur_1.py", 8), text, "figur-1") for text in ("12.50", "08.00")]
    assert len(list(figure_numbers.check(report, Pages((), lettering=tuple(by_script[:1]))))) == 1
    assert list(figure_numbers.check(report, Pages((), lettering=tuple(by_script)))) == []  # the hours of a day
