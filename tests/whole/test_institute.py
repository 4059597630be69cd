"""A publication with all that the report of an institute has: built once, held to the standards and to its content."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from support.built import OF_INSTITUTE
from support.pdf import Built, glued, publish
from support.projects import ROOT
from support.structure import shape, tree

from press.checks import check, page_errors
from press.content.blocks import Code

FOLDER = Path(__file__).parent / "institute"

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("institute")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("institute") / "publication"
    shutil.copytree(FOLDER, folder)
    return publish(folder, surveying=True)


def said(built: Built) -> str:
    return " ".join(" ".join(built.pdf.page_texts).split())


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_institute_conforms_to_both_standards(built: Built, profile: str) -> None:
    assert built.pdf.failures(profile) == []


def test_institute_has_nothing_to_mend_and_loses_nothing(built: Built) -> None:
    assert check(built.report) == []
    assert built.result.surveyed is not None
    assert page_errors(built.report, built.result.surveyed) == []
    assert built.unread() == {}


def test_institute_has_every_type_of_its_own(built: Built) -> None:
    assert {*OF_INSTITUTE} <= {block.kind for _, block in built.report.blocks()}


def test_sources_are_cited_and_listed_with_letters_and_links(built: Built) -> None:
    words = re.sub(r"\s", "", said(built))
    for wanted in (
        "NordmannogStatistisksentralbyrå(2020,s.12–14)",
        "(Statistisksentralbyrå,2020a;Statistisksentralbyrå,2020b)",
        "Statistisksentralbyrå(2020a)Fleretall:50%mer.",
        "«OmNATO&grønnomstilling»,Tidsskriftfor<b>tall</b>,3(2),s.12–20.",
    ):
        assert wanted in words, wanted
    items = [element for element in tree(built.pdf).all("LI") if "statistisk" in element.text]
    assert len(items) == 3
    assert {link.target for link in built.pdf.links if link.inside} >= {"kildeliste.1", "tabell-1"}


def test_sections_have_numbers_and_appendices_letters(built: Built) -> None:
    words = said(built)
    assert "1.1 Utslippene" in words
    assert "se vedlegg A.1 og kapittel 1." in words.replace("\u00a0", " ")
    assert "se kapittel 1.1 og vedlegg A." in words.replace("\u00a0", " ")
    assert "Vedlegg A: Skjemaet" in words


def test_code_is_printed_letter_for_letter_in_its_own_typeface_and_tagged(built: Built) -> None:
    among_words, code = sorted(tree(built.pdf).all("Code"), key=lambda found: len(found.text))
    assert among_words.text == glued("rader[0] ** 2")
    (block,) = [block for _, block in built.report.blocks() if isinstance(block, Code)]
    assert code.text == glued(str(block.listing))
    assert "# Tomme rader teller ikke: < og & er tegn." in built.pdf.page_texts[code.pages[0] - 1]
    assert "Letters-Code" in {font.name for font in built.pdf.fonts}


def test_formulas_are_drawn_and_said_in_words(built: Built) -> None:
    formulas = tree(built.pdf).all("Formula")
    assert [formula.get("Alt") for formula in formulas][-2:] == [
        "E = m c i annen",
        "x med strek over = 1 delt på n summen fra i = 1 til n av x indeks i",
    ]
    assert len(formulas) == 6


def test_quotation_and_callouts_say_what_they_are(built: Built) -> None:
    root = tree(built.pdf)
    assert [shape(quotation) for quotation in root.all("BlockQuote")] == ["BlockQuote(P(…) P(…) P(… Link(→ …) …))"]
    words = said(built).upper()
    assert "ADVARSEL TALLENE ER FORELØPIGE" in words
    assert "TIPS LES MER" in words


def test_pictures_have_numbers_and_a_wide_table_lies_on_its_side(built: Built) -> None:
    words = said(built).replace("\u00a0", " ")
    assert "Figur 1 Kart over anleggene." in words
    assert "Figur 2 Skisse av anlegget." in words
    with closing(pypdfium2.PdfDocument(built.result.pdf)) as pdf:
        lying = [
            number for number, (width, height) in enumerate((page.get_size() for page in pdf), 1) if width > height
        ]
    assert lying == [built.pdf.anchors["tabell-2"].page]
    assert "Teksten går videre" not in built.pdf.page_texts[lying[0] - 1]


@pytest.mark.parametrize("medium", ["web", "epub"])
def test_institute_can_be_had_in_other_media(tmp_path: Path, medium: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "publication")
    output = tmp_path / "built"
    command = [sys.executable, str(ROOT / "build.py"), medium, "--project", str(tmp_path / "publication")]
    done = subprocess.run([*command, "--output", str(output)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert any(output.iterdir())
