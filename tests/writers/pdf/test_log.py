"""What WeasyPrint says in its log and would carry on past is a problem here, and stops the build."""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib.font_manager
import pytest
from fontTools.ttLib import TTFont
from support.pdf import typeset_here
from support.projects import REPORTS, Project

import build
from press.document import Document
from press.errors import Problem, TypesetError
from press.fonts import FACES
from press.writers.pdf.engine.log import LOGGERS, listening

MakeDocument = Callable[..., Document]
FACE = next(face for face in FACES if face.file == "SourceSerifPro-Regular.ttf")
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9mm" height="9mm">
%s<path d="M0 0h9v9z"/></svg>"""


def problems(
    document: MakeDocument, body: str, sheet: str = "", assets: dict[str, bytes] | None = None
) -> list[Problem]:
    with pytest.raises(TypesetError) as caught:
        typeset_here(document(("start", f"<p>Ord</p>{body}"), sheet=sheet, assets=assets))
    assert all(problem.mend for problem in caught.value.problems)
    return list(caught.value.problems)


def problem(document: MakeDocument, body: str, sheet: str = "") -> Problem:
    (found,) = problems(document, body, sheet)
    return found


# What is wrong in a document.


def test_misspelt_property_is_a_problem(document: MakeDocument) -> None:
    found = problem(document, "", "p { colour: red }")
    assert "`colour: red" in found.what
    assert "unknown property" in found.what
    assert found.rule == "weasyprint"


def test_value_that_a_property_does_not_take_is_a_problem(document: MakeDocument) -> None:
    found = problem(document, "", "p { font-weight: heavy }")
    assert "`font-weight: heavy" in found.what
    assert "invalid value" in found.what
    assert "style sheet" in found.mend


def test_selector_that_cannot_be_read_is_a_problem(document: MakeDocument) -> None:
    assert "p:::first" in problem(document, "", "p:::first { color: red }").what


def test_each_line_of_the_log_is_one_problem_however_often_it_comes(document: MakeDocument) -> None:
    found = problems(document, '<p style="colour: red">A</p><p style="colour: red">B</p>', "p { colour: red }")
    assert len(found) == len({each.what for each in found})
    assert any("colour" in each.what for each in found)


def test_link_to_what_is_not_there_is_a_problem(document: MakeDocument) -> None:
    found = problem(document, '<p><a href="#borte">Dit</a></p>')
    assert found.what == "the part 'start' has a link to 'borte', which is not in print"
    assert found.mend == "refer to an id that is in print"


def test_image_that_is_not_there_is_a_problem_that_names_the_part(document: MakeDocument) -> None:
    found = problem(document, '<img src="figures/borte.svg" alt="Borte">')
    assert found.what == "figures/borte.svg is not part of the document (in the part 'start')"


def test_image_that_is_no_image_is_a_problem(document: MakeDocument) -> None:
    image = '<img src="images/a.png" alt="A">'
    found = problems(document, image, assets={"images/a.png": b"no picture"})
    assert any("images/a.png" in each.what for each in found)


def test_what_a_drawing_may_not_fetch_is_a_problem_although_weasyprint_goes_on(document: MakeDocument) -> None:
    svg = SVG % b'<image xlink:href="file:///etc/hostname" width="9" height="9"/>'
    assert problems(document, '<img src="figures/a.svg" alt="A">', assets={"figures/a.svg": svg})


def test_attachment_that_is_not_part_of_the_document_is_a_problem(document: MakeDocument) -> None:
    assert problems(document, '<p><a rel="attachment" href="file:///etc/hostname">Vedlagt</a></p>')


@pytest.mark.parametrize("character", ["\N{BLACK STAR}", "\N{CJK UNIFIED IDEOGRAPH-4E2D}", "\N{GRINNING FACE}"])
def test_character_that_our_fonts_lack_is_a_problem(document: MakeDocument, character: str) -> None:
    """A face of the machine would stand in: the page would look otherwise, and be other bytes, on the next machine."""
    found = problems(document, f"<p>Et tegn: {character}</p>")
    assert any(each.rule == "glyph" and f"«{character}»" in each.what for each in found)


def test_family_that_is_not_ours_is_a_problem(document: MakeDocument) -> None:
    assert any("Comic" in each.what for each in problems(document, "", 'p { font-family: "Comic" }'))


def test_warning_of_fonttools_is_a_problem(document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    """A time that no calendar has is what fontTools reads past with a warning in its log."""
    font = bytearray(FACE.content)
    with TTFont(io.BytesIO(font)) as whole:
        created = whole.reader.tables["head"].offset + 20
    font[created : created + 8] = (2**40).to_bytes(8)
    monkeypatch.setitem(vars(FACE), "content", bytes(font))
    whats = [found.what for found in problems(document, "")]
    assert "fontTools says of the part 'start': 'created' timestamp out of range; ignoring top bytes" in whats


def test_document_without_a_fault_says_nothing(document: MakeDocument, caplog: pytest.LogCaptureFixture) -> None:
    assert typeset_here(document(("start", "<p>Ord</p>"))).page_count == 1
    assert caplog.records == []


# How the log is listened to.


def test_warnings_and_errors_are_gathered_with_the_part_and_lesser_lines_are_not() -> None:
    with listening() as heard:
        heard.part = "start"
        logging.getLogger("weasyprint").warning("Ignored `a: b`, unknown property.")
        logging.getLogger("weasyprint.progress").info("Step 1")
        heard.part = ""
        logging.getLogger("fontTools.subset").error("no %s", "glyph")
    assert [each.what for each in heard.found] == [
        "weasyprint says of the part 'start': Ignored `a: b`, unknown property.",
        "fontTools says of the whole document: no glyph",
    ]


def test_loggers_are_as_before_when_listening_ends_even_badly() -> None:
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.level, logger.propagate, list(logger.handlers)) for logger in loggers]
    with pytest.raises(RuntimeError), listening():
        raise RuntimeError
    assert [(logger.level, logger.propagate, list(logger.handlers)) for logger in loggers] == before


# The build.


def built(project: Project, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = build.main(["report", "--quiet", "--project", str(project.folder)])
    return code, capsys.readouterr().out


@pytest.mark.long
def test_build_of_the_small_publication_succeeds(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert built(project, capsys) == (0, "")
    assert (project.folder / "build/report.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.long
def test_build_of_a_publication_without_a_fault_says_nothing_at_all(tmp_path: Path) -> None:
    """Neither on the streams nor, as Python prints the warnings of loggers that nobody listens to, in any log."""
    # The first who draws on a machine has matplotlib look for fonts, which it tells of if it takes long.
    matplotlib.font_manager.get_font_names()
    folder = tmp_path / "figures"
    shutil.copytree(REPORTS / "figures", folder)
    command = [sys.executable, build.__file__, "report", "--quiet", "--project", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (build.DONE, "", "")
    assert (folder / "build/report.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.long
def test_misspelt_property_in_a_projects_style_sheet_ends_the_build_with_1(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("templates/blocks/text.css", ".text { colour: red }\n")
    code, said = built(project, capsys)
    assert code == 1
    assert "`colour: red" in said
    assert "[weasyprint]" in said
    assert "    mend: mend the style sheet in templates/" in said
    assert not (project.folder / "build/report.pdf").exists()


@pytest.mark.long
def test_missing_image_ends_the_build_with_1_and_keeps_the_last_good_pdf(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert built(project, capsys)[0] == 0
    good = (project.folder / "build/report.pdf").read_bytes()
    project.write("templates/blocks/text.html.j2", '{{ block.text|prose }}<img src="images/borte.png" alt="Borte">\n')
    code, said = built(project, capsys)
    assert code == 1
    assert "images/borte.png is not part of the document (in the part 'start') [sealed]" in said
    assert (project.folder / "build/report.pdf").read_bytes() == good
