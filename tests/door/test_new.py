"""A new publication: written whole into an empty folder, right at once in each language, and its own from then on."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path

import pytest
from support.pdf import publish
from support.projects import ROOT

import build
from press.checks import check
from press.checks import run as run_checks
from press.compose.parts import figures_of
from press.content.load import load
from press.content.schema import MARKS
from press.door.arguments import parse
from press.door.commands import new
from press.door.files import THEME
from press.editions.edition import FULL
from press.words.language import OUR_TEMPLATES

LANGUAGES = [*new.LANGUAGES]


def begun(folder: Path, *options: str) -> Path:
    assert build.main(["new", str(folder), "--quiet", *options]) == build.DONE
    return folder


def test_new_publications_are_in_the_languages_that_are_shipped() -> None:
    assert {path.stem for path in (OUR_TEMPLATES / "language").glob("*.yaml")} == {*LANGUAGES}
    assert {path.name for path in (ROOT / "press/starter").iterdir() if path.is_dir()} == {*LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_publication_has_nothing_to_mend(tmp_path: Path, language: str) -> None:
    report = load(begun(tmp_path / "ny rapport", "--language", language, "--paper", "letter"))
    assert report.words is not None  # or its spelling would not be read
    assert check(report) == []
    assert report.settings.language == language
    assert report.theme.paper == "letter"
    assert report.figures.keys() == {"figure-1" if language == "en" else "figur-1"}
    assert report.editions.keys() == {"summary"}


@pytest.mark.parametrize(("language", "printed"), [("nb", "412,5"), ("nn", "412,5"), ("en", "412.5")])
def test_numbers_of_the_figure_have_the_sign_of_the_language(tmp_path: Path, language: str, printed: str) -> None:
    (data,) = figures_of(load(begun(tmp_path / "ny", "--language", language)), FULL).values()
    data = replace(data, tables={"visits": ({"year": "2024", "visits": 412.5}, {"year": "2025", "visits": 561})})
    figure = runpy.run_path(str(ROOT / "press/starter/figure.py"))["draw"](data)
    assert [text.get_text() for text in figure.axes[0].texts] == [printed, "561"]


def test_files_name_their_schema_and_teach_in_comments(tmp_path: Path) -> None:
    folder = begun(tmp_path / "ny")
    sources = [folder / THEME, *folder.rglob("content/*.yaml")]
    assert len(sources) > 8
    for path in sources:
        text = path.read_text(encoding="utf-8")
        if path.name != "hyphenation.yaml":
            assert text.startswith(MARKS[0]), path.name
    settings = (folder / "content/report.yaml").read_text(encoding="utf-8")
    assert "# Rekkefølgen." in settings
    assert "@" not in settings


@pytest.mark.parametrize(
    "title",
    ["Kort: en rapport", 'Det «nye» "huset"', "L'avenir", "- punkt", "2026", "ja", "[x]", "50 %: én av @date@"],
)
def test_title_is_what_was_given(tmp_path: Path, title: str) -> None:
    assert load(begun(tmp_path / "a", "--title", title)).settings.title == title


def test_title_that_would_be_printed_otherwise_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["new", str(tmp_path / "a"), "--title", "# nei"]) == build.TO_MEND
    assert "content/report.yaml:4:9: this looks like a heading" in capsys.readouterr().out


def test_title_that_yaml_cannot_hold_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["new", str(tmp_path / "a"), "--title", "a: \"b\" og 'c' #"]) == build.TO_MEND
    assert "leave --title out, and write it in content/report.yaml" in capsys.readouterr().out
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("place", ["full", "file", "sources"])
def test_folder_that_is_no_new_one_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    folder = ROOT / "press/ny" if place == "sources" else tmp_path / "a"
    if place == "full":
        folder.mkdir()
    if place != "sources":
        (folder / "x" if place == "full" else folder).write_text("x")
    assert build.main(["new", str(folder)]) == build.TO_MEND
    assert "name a folder that is not there yet, or an empty one" in capsys.readouterr().out
    assert not (folder / "content").exists()


def test_what_comes_next_names_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["new", str(tmp_path / "ny rapport")]) == build.DONE
    assert f"`build.py watch --project '{tmp_path / 'ny rapport'}' --open`" in capsys.readouterr().err


def test_option_after_a_project_that_stands_first_is_no_command(tmp_path: Path) -> None:
    folder = begun(tmp_path / "a")
    options = parse(["--project", str(folder), "--output", str(tmp_path / "build")])
    assert (options.command, options.output) == ("report", tmp_path / "build")


@pytest.mark.parametrize(
    "given", [["--project", "{}", "check"], ["--project={}", "check"], ["check", "--project", "{}"]]
)
def test_project_may_stand_before_the_command(tmp_path: Path, given: list[str]) -> None:
    folder = begun(tmp_path / "a")
    options = parse([each.format(folder) for each in given])
    assert (options.command, options.project) == ("check", folder)


@pytest.mark.long
@pytest.mark.parametrize(("language", "paper"), [("nb", "a4"), ("nn", "letter"), ("en", "letter")])
def test_new_publication_is_built_accessible_and_archivable(tmp_path: Path, language: str, paper: str) -> None:
    built = publish(begun(tmp_path / "ny", "--language", language, "--paper", paper), surveying=True)
    assert built.pdf.failures("PDF_UA_1") == []
    assert built.pdf.failures("PDF_A_2A") == []
    assert built.unread() == {}
    assert built.pdf.language == {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}[language]
    assert built.result.surveyed is not None
    assert run_checks(built.report, built.result.surveyed).problems == ()
    page = built.result.surveyed.pages[3]
    assert (page.area.left, page.area.bottom) == pytest.approx(
        {"a4": (20, 272), "letter": (22.95, 254.4)}[paper], abs=0.1
    )
