"""What is kept of a document tells no more and no less than what is made: also of what is wrong with it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from support.incremental import assert_as_if_clean
from support.pdf import typeset_here
from support.projects import PNG

import press
from press.document import Document
from press.writers.pdf import kept
from press.writers.pdf.sealed import Typesetter

MakeDocument = Callable[..., Document]

BROKEN = b"no picture"
SHOWN = '<img src="bilde.png" alt="Et bilde"/>'
COUNTED = "<style>@counter-style tegn {{ system: cyclic; symbols: '{}'; suffix: ' ' }}</style>"


@pytest.mark.long
def test_fault_of_the_style_sheet_is_told_again_though_no_part_is_made(document: MakeDocument) -> None:
    # Regression test: the second time, all parts were found and nothing was said to be wrong.
    with Typesetter(workers=1) as typesetter:
        for _ in range(2):
            made = assert_as_if_clean(typesetter, document(("a", "<p>Ord</p>"), sheet="p { colour: red }"))
            assert len(made.problems) == 1
        assert assert_as_if_clean(typesetter, document(("a", "<p>Ord</p>"))).problems == ()


@pytest.mark.long
def test_picture_that_cannot_be_read_is_a_fault_of_each_part_whenever_it_is_made(document: MakeDocument) -> None:
    # Regression test: WeasyPrint says so once, and then remembers that there is no picture.
    with Typesetter(workers=1) as typesetter:
        for words in ("En", "To"):
            broken = document(("a", f"<p>{words} {SHOWN}</p>"), ("b", f"<p>{SHOWN}</p>"), assets={"bilde.png": BROKEN})
            assert len(assert_as_if_clean(typesetter, broken).problems) == 2
        mended = document(("a", f"<p>To {SHOWN}</p>"), ("b", f"<p>{SHOWN}</p>"), assets={"bilde.png": PNG})
        assert assert_as_if_clean(typesetter, mended).problems == ()


def test_picture_that_cannot_be_read_is_a_fault_though_its_part_is_laid_out_again_for_a_number(
    document: MakeDocument,
) -> None:
    last = ("b", "<p>Ord og ord</p>|" * 12 + '<p id="slutt">Slutt</p>')
    made = typeset_here(document(("a", f"<p>[slutt] {SHOWN}</p>"), last, assets={"bilde.png": BROKEN}), surveying=True)
    assert made.layouts == 3
    assert len(made.problems) == 1


@pytest.mark.long
def test_fault_names_the_page_that_it_is_on_now(document: MakeDocument) -> None:
    # Regression test: it was the page where the part was thought to begin when it was made.
    wrong = ("b", '<p style="position: absolute; left: -50mm">Borte</p><p>Ord</p>')
    with Typesetter(workers=1) as typesetter:
        for pages in (1, 2, 3):
            made = assert_as_if_clean(typesetter, document(("a", "<p>Ord</p>|" * pages + "<p>Ord</p>"), wrong))
            assert any(f"page {pages + 2}" in problem.what for problem in made.problems), made.problems


@pytest.mark.long
def test_two_parts_with_the_same_id_settle_and_the_first_counts(document: MakeDocument) -> None:
    # Regression test: each took the other's page for one that had moved, until rounds ran out.
    with Typesetter(workers=1) as typesetter:
        twice = ("a", '<p id="x">Ord</p>'), ("b", '<p id="x">Ord</p><p>[x]</p>')
        assert assert_as_if_clean(typesetter, document(*twice)).pages["x"] == 1
        assert assert_as_if_clean(typesetter, document(*reversed(twice))).pages["x"] == 1


@pytest.mark.long
def test_letters_of_a_part_are_read_again_when_another_has_the_say_over_a_glyph(document: MakeDocument) -> None:
    # The Greek letter and the sign for a millionth are one glyph, which stands for what the first part says.
    first, last = ("a", "<p>Ord \N{MICRO SIGN}</p>"), ("b", "<p>Ord \N{GREEK SMALL LETTER MU}</p>")
    with Typesetter(workers=1) as typesetter:
        for parts in ((("a", "<p>Ord</p>"), last), (first, last), (("a", "<p>Ord</p>"), last)):
            made = assert_as_if_clean(typesetter, document(*parts))
            assert bool(made.problems) == (parts[0] == first)


@pytest.mark.long
def test_style_of_one_part_is_not_the_next_ones(document: MakeDocument) -> None:
    with Typesetter(workers=1) as typesetter:
        for sign in "*+":
            made = document(("a", "<p>Ord</p>"), ("b", "<ol><li>Ord</li></ol>"), sheet="ol { list-style: tegn }")
            first, second = made.parts
            own = first.html.replace("</head>", f"{COUNTED.format(sign)}</head>")
            changed = Document(
                (type(first)(first.id, first.title, own), second),
                made.stylesheet,
                made.assets,
                made.hyphenation,
                made.language,
            )
            assert_as_if_clean(typesetter, changed)


@pytest.mark.parametrize("module", ["press.writers.pdf.layout", "press.writers.pdf.write_part"])
def test_key_covers_every_module_of_ours_that_makes_a_part(module: str) -> None:
    # A part outlives the engine that made it unless its key names all of it.
    folder = Path(press.__file__).parent
    own = folder / "writers/pdf"
    named = {Path(str(each.__file__)) for each in kept.SHARED}
    left, met = [folder.parent / f"{module.replace('.', '/')}.py"], set()
    while left:
        path = left.pop()
        if path in met or not path.is_file():
            continue
        met.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("press."):
                left.append(folder.parent / f"{str(node.module).replace('.', '/')}.py")
    assert {path for path in met if own not in path.parents} - named == set()
