"""Typefaces of a publication's own: found in `fonts/`, given to the theme's roles, and used everywhere."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator

import pytest
from fontTools.ttLib import TTFont
from support.pdf import publish
from support.projects import Project, assert_problems
from support.typefaces import made, with_own_typeface
from weasyprint.urls import FatalURLFetchingError

import build
from press import fonts
from press.checks import check
from press.compose.parts import compose
from press.compose.theme import properties
from press.editions.edition import FULL
from press.fonts import FACES, SANS, advances, as_truetype, css_name, in_use
from press.writers.pdf.engine.fetch import BASE_URL, Assets

THEME = "theme.yaml"


@pytest.fixture(autouse=True)
def _only_ours_afterwards() -> Iterator[None]:
    yield
    fonts.use_own(())


def test_each_weight_of_a_role_has_the_nearest_file(project: Project) -> None:
    report = with_own_typeface(project, "ttf").load()
    assert {face.family for face in report.faces} == {"Proveskrift"}
    by_key = {(face.weight, face.style): hashlib.sha256(face.content).digest() for face in report.faces}
    assert by_key.keys() == {(face.weight, face.style) for face in FACES if face.family == SANS}
    files = {name: hashlib.sha256(made(name, ending="ttf")).digest() for name in ("Regular", "Italic", "Bold")}
    assert by_key[400, "normal"] == files["Regular"]
    assert by_key[600, "normal"] == files["Bold"]
    assert by_key[400, "italic"] == files["Italic"]


def test_style_sheets_and_margin_notes_go_by_it(project: Project) -> None:
    document = compose(with_own_typeface(project, "ttf").load(), FULL)
    assert '--sans: "Proveskrift"' in document.stylesheet
    assert document.stylesheet.count('font-family: "Proveskrift"') == len(document.faces)
    assert {face.asset for face in document.faces} <= document.assets.keys()
    assert advances("Proveskrift", 400, "normal")["a"] > 0


@pytest.mark.long
def test_page_numbers_in_drawings_stand_by_its_heights(project: Project) -> None:
    """In a line of 10 points; Source Sans Pro has 0.984 em above the baseline and 0.273 em below."""
    assert dict(properties(project.load().theme))["page-room-rise"] == "-7.84pt"
    high = TTFont(io.BytesIO(made("Regular", ending="ttf")))
    high["hhea"].ascent, high["OS/2"].sTypoAscender = 1234, 1234
    written = io.BytesIO()
    high.save(written)
    with_own_typeface(project, "ttf").write("fonts/Provesskrift-Regular.ttf", written.getvalue())
    assert dict(properties(project.load().theme))["page-room-rise"] == "-8.84pt"


def test_publication_without_one_knows_none(project: Project) -> None:
    with_own_typeface(project, "ttf").load()
    assert len(in_use(with_code=False)) > len(FACES)
    project.write(THEME, "paper: a4\n").load()
    assert in_use(with_code=False) == FACES


def test_another_file_of_the_same_name_is_another_publication(project: Project) -> None:
    before = with_own_typeface(project, "ttf").load()
    after = project.write("fonts/Provesskrift-Bold.ttf", made("Regular", ending="ttf")).load()
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize(
    ("family", "name"),
    [("Prøveskrift", "Proveskrift"), ("Źródło Sans", "Zrodo Sans"), ("A&B 'c'", "A B c"), ("宋", "Own")],
)
def test_name_in_a_pdf_is_plain_letters(family: str, name: str) -> None:
    assert css_name(family) == name


def test_outlines_of_opentype_become_truetype_as_wide_and_as_high() -> None:
    converted = as_truetype(made("Regular"))
    assert as_truetype(converted) == converted == as_truetype(made("Regular"))
    with TTFont(io.BytesIO(converted)) as font, TTFont(io.BytesIO(made("Regular"))) as before:
        assert {"glyf", "loca", "cmap"} <= set(font.keys())
        assert "CFF " not in font
        assert font.getBestCmap() == before.getBestCmap()
        assert {name: font["hmtx"][name][0] for name in font.getGlyphOrder()} == {
            name: before["hmtx"][name][0] for name in before.getGlyphOrder()
        }
        # TrueType sets an outline by the edge that is noted here, not by where it was drawn.
        assert all(font["hmtx"][name][1] == getattr(font["glyf"][name], "xMin", 0) for name in font.getGlyphOrder())
        bounds = font["glyf"]["o"]
        assert (bounds.xMin, bounds.yMin, bounds.xMax, bounds.yMax) == pytest.approx((46, -12, 496, 498), abs=6)


# What is amiss.


def amiss(project: Project, **files: bytes | None) -> Project:
    """Bring the typeface with some files exchanged or, if nothing is given for them, left out."""
    with_own_typeface(project, "ttf")
    for name, content in files.items():
        path = project.folder / f"fonts/Provesskrift-{name}.ttf"
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    return project


def test_family_that_is_not_there_is_told_with_those_that_are(project: Project) -> None:
    with_own_typeface(project, "ttf").write(THEME, "typefaces:\n  serif: Prøveskriftt\n")
    assert_problems(
        project.problems(),
        "2:10: fonts/ has no typeface that is called 'Prøveskriftt' [typeface] did you mean 'Prøveskrift'",
        file=THEME,
    )


def test_folder_without_files_is_told(project: Project) -> None:
    project.write(THEME, "typefaces:\n  sans: Inter\n")
    (found,) = project.problems()
    assert (str(found.place), found.what) == ("fonts", "there is no file of a typeface in this folder")


def test_licence_is_asked_for(project: Project) -> None:
    (with_own_typeface(project, "ttf").folder / "fonts/OFL.txt").unlink()
    (found,) = project.problems()
    assert found.what == "no licence lies beside these typefaces"
    assert "fonts/LICENSE.txt" in found.mend
    for name in ("Lisens.pdf", "inter/OFL.txt", "LICENCE", "Font License Agreement.pdf"):
        project.write(f"fonts/{name}", "x")
        assert project.problems() == [], name
        (project.folder / f"fonts/{name}").unlink()


def test_family_without_italics_is_told(project: Project) -> None:
    (found,) = amiss(project, Italic=None).problems()
    assert found.what == "fonts/ has no italic file of 'Prøveskrift'"
    assert "words in *emphasis* would stand upright" in found.mend


def changed(change: Callable[[TTFont], object]) -> bytes:
    """Give a font with something in it written otherwise."""
    font, written = TTFont(io.BytesIO(made("Bold", ending="ttf"))), io.BytesIO()
    change(font)
    font.save(written)
    return written.getvalue()


def damaged() -> bytes:
    """Give a font in which the middle of the outlines was lost."""
    data = made("Bold", ending="ttf")
    entry = TTFont(io.BytesIO(data)).reader.tables["glyf"]
    middle = entry.offset + entry.length // 2
    return data[:middle] + b"\xff" * 100 + data[middle + 100 :]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (lambda: b"", "this is no font that can be read"),
        (lambda: b"<!DOCTYPE html>", "this is no font that can be read"),
        (lambda: made("Bold", ending="ttf")[:3000], "this is no font that can be read"),
        (damaged, "this is no font that can be read"),
        (lambda: changed(lambda font: setattr(font["head"], "unitsPerEm", 0)), "this is no font that can be read"),
        (lambda: changed(lambda font: font["cmap"].tables.clear()), "this font says of no letter"),
        (lambda: made("Bold", ending="ttf", embeds=2), "its maker lets nobody put this font into a PDF"),
        (lambda: made("Bold", ending="ttf", family='A"; }'), "the font calls itself"),
    ],
    ids=[
        "empty",
        "a page",
        "cut off",
        "outlines",
        "no size",
        "no letters",
        "restricted",
        "a name that is code",
    ],
)
def test_file_that_cannot_be_used_is_told_by_its_name(
    project: Project, content: Callable[[], bytes], what: str
) -> None:
    (found,) = amiss(project, Bold=content()).problems()
    assert str(found.place) == "fonts/Provesskrift-Bold.ttf"
    assert found.what.startswith(what)
    assert found.rule == "typeface"


def test_letter_that_it_lacks_is_told_where_it_stands(project: Project) -> None:
    with_own_typeface(project, "ttf", letters="".join(map(chr, range(0x20, 0x7F))) + "æøåØÅÆé«»–")
    project.write(THEME, "typefaces:\n  sans: Prøveskrift\n  serif: Prøveskrift\n")
    project.blocks("  - text: |\n      Et ord, og Łódź.\n")
    found = check(project.load())
    assert [(str(each.place), each.what.split(" (")[0]) for each in found if each.rule == "letters-known"] == [
        ("content/start.yaml:4:18", "no typeface of this publication has «Ł»"),
        ("content/start.yaml:4:19", "no typeface of this publication has «ó»"),
        ("content/start.yaml:4:21", "no typeface of this publication has «ź»"),
    ]


def test_file_of_fonts_comes_into_the_layout_by_no_other_way(project: Project) -> None:
    document = compose(with_own_typeface(project, "ttf").load(), FULL)
    fetcher = Assets(document.assets, document.assets.keys())
    assert fetcher.fetch(f"{BASE_URL}{document.faces[0].asset}").read() == document.faces[0].content
    for name in ("fonts/Provesskrift-Bold.ttf", "../fonts/Provesskrift-Bold.ttf", "typefaces/x.ttf"):
        with pytest.raises(FatalURLFetchingError, match="is not part of the document"):
            fetcher.fetch(f"{BASE_URL}{name}")


# In print.


@pytest.mark.long
def test_pages_and_figures_are_set_in_it_beside_a_logo_and_archivable(project: Project) -> None:
    assert build.main(["new", str(project.folder.parent / "ny"), "--quiet"]) == build.DONE
    own = with_own_typeface(Project(project.folder.parent / "ny"))
    mark = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h30v30h-30z" fill="#E3A72F"/></svg>'
    )
    own.write("content/images/merke.svg", mark)
    own.write(THEME, "typefaces:\n  sans: Prøveskrift\nlogo:\n  file: merke.svg\n  alt: Utgiverens merke\n")
    built = publish(own.folder, surveying=True)
    names = {font.name.partition("+")[2] or font.name for font in built.pdf.fonts}
    assert {name for name in names if not name.startswith("Source-Serif")} == {"Proveskrift", "Proveskrift-Semi-Bold"}
    assert all(font.embedded and font.subset for font in built.pdf.fonts)
    assert built.pdf.failures("PDF_UA_1") == []
    assert built.pdf.failures("PDF_A_2A") == []
    assert built.unread() == {}
    assert built.pdf.alt_texts.count("Utgiverens merke") == 2
    assert b'font-family="Proveskrift"' in built.document.assets["figures/figur-1.svg"]
    assert built.result.surveyed is not None
    assert [problem for problem in built.result.surveyed.problems if problem.severity == "error"] == []
