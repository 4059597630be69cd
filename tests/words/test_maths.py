"""Formulas: what is said of them, what is refused, and how they stand in a line."""

from __future__ import annotations

import re

import pytest
from support.projects import Project

from press.compose.parts import compose
from press.editions.edition import FULL
from press.words import maths
from press.words.language import language_of

SPOKEN = {
    "E = mc^2": "E = m c i annen",
    r"\frac{a+b}{2}": "(a + b) delt på 2",
    r"\sqrt{x+1}": "kvadratroten av (x + 1)",
    r"\sqrt[3]{x}": "3-roten av x",
    r"\sum_{i=1}^{n} x_i": "summen fra i = 1 til n av x indeks i",
    r"\int_0^1 f": "integralet fra 0 til 1 av f",
    "x_i^2": "x indeks i i annen",
    "a^{n+1}": "a opphøyd i (n + 1)",
    "a'": "a′",
    r"\begin{matrix} a & b \\ c & d \end{matrix}": "(a, b; c, d)",
    r"\text{areal} \le 5": "areal ≤ 5",
    r"\binom{n}{k}": "( n over k )",
    r"\bar{z}": "z med strek over",
    r"\overline{AB}": "(A B) med strek over",
    r"\hat{x} + \vec{v}": "x hatt + v med pil over",
    r"\dot{x} \ddot{y} \tilde{n}": "x med prikk over y med to prikker over n tilde",
}
WRONG = {
    r"\frac{a": "does not close",
    "a}": "does not open",
    "x^": "cannot be read",
    r"\left( x": "cannot be read",
    r"V = A \\bar{z}": r"a line ends at \\bar in this formula",
    r"a \\ b": r"a line ends at \\ in this formula",
    r"\begin{cases} x \\ y \end{cases} \\": "a line ends",
    r"\begin{aligned} a &= b \end{aligned}": r"formulas have no \begin{aligned}",
    "5 & 6": "cannot be read",
    r"\fooo x": r"formulas have no \fooo",
    "50% a": "from % on",
    "漢": "U+6F22",
    "\\frac{" * 30 + "a" + "}{b}" * 30: "more than 8 things stand within each other",
    r"\left(" * 30 + "a" + r"\right)" * 30: "more than 8 things stand within each other",
}


@pytest.mark.parametrize("tex", SPOKEN)
def test_formula_is_said_in_words(project: Project, tex: str) -> None:
    assert maths.fault(tex) is None
    assert maths.spoken(tex, language_of(project.load()).words) == SPOKEN[tex]


@pytest.mark.parametrize("tex", WRONG)
def test_formula_that_would_be_printed_otherwise_is_refused(tex: str) -> None:
    found = maths.fault(tex)
    assert found is not None
    assert WRONG[tex] in found[0]
    assert found[1]


def test_formula_hangs_on_the_line_and_is_drawn_in_the_colour_of_the_text() -> None:
    flat, deep = maths.drawn("x", "#123456"), maths.drawn(r"\frac{a}{b}", "#123456")
    assert deep.depth > flat.depth
    assert deep.height > flat.height
    assert b"#123456" in flat.svg
    assert maths.drawn(r"\frac{a}{b}", "#123456", is_display=True).height > deep.height


def test_formula_in_a_text_is_a_drawing_with_words_and_keeps_its_marks(project: Project) -> None:
    project.blocks("  - text: |\n      Her er ($x_i$), og {fact:bedrifter} $\\frac{1}{2}$.\n\n      $$ {a} $$\n")
    assert project.problems() == []
    document = compose(project.load(), FULL)
    (html,) = [part.html for part in document.parts if part.id == "start"]
    names = re.findall(r'<img class="maths(?:-display)?" src="(maths/\w+\.svg)" alt="[^"]+"', html)
    assert len(names) == 3
    assert {*names} == {name for name in document.assets if name.startswith("maths/")}
    assert re.search(r'<span class="together">\(<img class="maths" [^>]*>\),</span>', html)
    assert 'alt="1 delt på 2"' in html


def test_money_is_no_formula(project: Project) -> None:
    project.blocks("  - text: Det koster 5 $ eller \\$6, ikke $7.\n")
    assert project.problems() == []
    (html,) = [part.html for part in compose(project.load(), FULL).parts if part.id == "start"]
    assert "5 $ eller $6, ikke $7." in html.replace("\u00a0", " ")
