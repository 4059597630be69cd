"""The door to short editions: what stops them, drafts, and page numbers that are those of the built report or none.

Where only the stages' order counts, a stand-in gives each id a page and lays nothing out.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support.built import words
from support.pdf import Pdf
from support.projects import ROOT, Project
from support.short_editions import BELOW_FILE, FACTS_FILE, FINDING_FILE, START_FILE, approve_all, with_short_edition

import build
from press.document import Document
from press.door.building import PAGE_MAP
from press.door.console import Console
from press.figures import draw_all
from press.writers.pdf import sealed
from press.writers.pdf.typeset import Typeset

SUMMARY_FILE = "content/editions/summary.yaml"
OTHER_FILE = "content/editions/for-tillitsvalgte.yaml"
OTHER = """\
label: For tillitsvalgte
limits: {pages: 4}
sections:
  - id: kort-sagt
    title: Kort sagt
    blocks:
      - text: |
          Se ({rammen}).
"""
drafts = pytest.mark.xdist_group("drafts")
DRAFT, DRAFT_NOTE = "Utkast", "Ikke godkjent. Skal ikke deles."


@dataclass
class StandIn:
    """Stands in for the last stage: keeps what it is given, and says that every id stands on page `page`."""

    page: int = 7
    page_count: int = 4
    documents: list[Document] = field(default_factory=list)

    @property
    def labels(self) -> list[str]:
        """Name what was set, in order: the report by its number of parts, and the titles of short editions."""
        return ["report" if len(d.parts) > 3 else "edition" for d in self.documents]

    @property
    def last(self) -> str:
        return "".join(part.html for part in self.documents[-1].parts)

    def typeset(self, document: Document, *_: object, **__: object) -> Typeset:
        self.documents.append(document)
        ids = re.findall(r' id="([^"]+)"', "".join(part.html for part in document.parts))
        pages = dict.fromkeys(ids, self.page)
        return Typeset(b"%PDF-1.7 set", pages, {}, self.page_count, len(document.parts))


@pytest.fixture
def project(project: Project) -> Project:
    """Give the publication with a short edition, and another that prints no statement; with every one approved."""
    with_short_edition(project)
    (project.folder / "content/editions/kort.yaml").rename(project.folder / SUMMARY_FILE)
    return project.write(OTHER_FILE, OTHER)


@pytest.fixture
def typesetter(monkeypatch: pytest.MonkeyPatch, nothing_is_drawn: None) -> StandIn:
    stand_in = StandIn()
    monkeypatch.setattr(sealed, "Typesetter", lambda cache: nullcontext(stand_in))
    return stand_in


def run(project: Project, *arguments: str) -> int:
    command, *options = arguments
    return build.main([command, "--project", str(project.folder), *options])


def built(project: Project) -> list[str]:
    """Name the PDFs in the output folder."""
    return sorted(path.name for path in (project.folder / "build").glob("**/*.pdf"))


def stale(project: Project) -> Project:
    """Change what the summary and the result rest on."""
    return project.change(START_FILE, "Ordene i rammen.", "Rammens ord.")


# Statements that wait.


def test_edition_with_stale_statements_stops_and_names_each_where_it_stands(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(stale(project), "summary") == build.TO_MEND
    out, err = capsys.readouterr()
    assert [line.partition(" rests on")[0] for line in out.splitlines()[::2]] == [
        "content/funn.yaml:7:9: 'funn.result'",
        "content/start.yaml:24:9: 'start.summary'",
    ]
    assert "2 problems to mend" in err
    assert (typesetter.documents, built(project)) == ([], [])


def test_each_unknown_ground_stops_the_edition_by_its_place(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    # Only the last of a statement's was told.
    project.change(FINDING_FILE, "[rammen, under]", "[ramen, undre]")
    assert run(project, "summary") == build.TO_MEND
    places = [line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()[::2]]
    assert places == ["content/funn.yaml:9:14", "content/funn.yaml:9:21"]


def test_switching_off_what_cannot_be_switched_off_stops_check_and_edition_alike(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stale(project).change("content/report.yaml", "order:\n", "checks:\n  approved: off\norder:\n")
    assert run(project, "check", "--quiet") == build.TO_MEND
    said = capsys.readouterr().out
    assert run(project, "summary", "--quiet") == build.TO_MEND
    assert capsys.readouterr().out == said
    assert "what 'approved' finds is always an error [severity]" in said


def test_edition_that_prints_none_of_the_stale_statements_is_built(project: Project, typesetter: StandIn) -> None:
    assert run(stale(project), "for-tillitsvalgte") == build.DONE
    assert built(project) == ["for-tillitsvalgte.pdf", "report.pdf"]


def test_approved_statements_stop_nothing(project: Project, typesetter: StandIn) -> None:
    assert run(approve_all(stale(project)), "summary") == build.DONE
    assert built(project) == ["report.pdf", "summary.pdf"]


def test_other_problems_stop_a_draft_too(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stale(project).change(START_FILE, "Andre setning.", "Se {borte}.")
    assert run(project, "summary", "--allow-stale") == build.TO_MEND
    assert "[references-known]" in capsys.readouterr().out
    assert typesetter.documents == []


def test_draft_is_written_beside_the_finished_edition_and_leaves_that_alone(
    project: Project, typesetter: StandIn
) -> None:
    assert run(project, "summary") == build.DONE
    finished = project.folder / "build/summary.pdf"
    finished.write_bytes(b"%PDF-1.7 the approved one")
    assert run(stale(project), "summary", "--allow-stale") == build.DONE
    assert built(project) == ["report.pdf", "summary-utkast.pdf", "summary.pdf"]
    assert finished.read_bytes() == b"%PDF-1.7 the approved one"


def test_allowing_what_is_not_there_makes_no_draft(project: Project, typesetter: StandIn) -> None:
    assert run(project, "summary", "--allow-stale") == build.DONE
    assert built(project) == ["report.pdf", "summary.pdf"]
    assert DRAFT_NOTE not in typesetter.last


def test_full_report_is_built_though_statements_wait_and_says_how_many(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(stale(project), "report") == build.DONE
    out, err = capsys.readouterr()
    assert out == ""
    lines = [line for line in err.splitlines() if "wait" in line]
    command = f"`python build.py approve --project {project.folder}`"
    assert lines == [f"2 statements of short editions wait to be read again: {command}"]
    assert built(project) == ["report.pdf"]
    assert DRAFT_NOTE not in typesetter.last


def test_one_statement_that_waits_is_counted_as_one(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    project.change(BELOW_FILE, "av dem", "i alt")
    assert run(project, "report") == build.DONE
    assert "\n1 statement of a short edition waits to be read again: " in capsys.readouterr().err


def test_full_report_says_nothing_of_statements_that_are_approved(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "report") == build.DONE
    assert "wait" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("sumary", "did you mean 'summary'?"),
        ("xyz", "write content/editions/xyz.yaml; there are: report, for-tillitsvalgte, summary"),
    ],
)
def test_unknown_edition_is_a_problem_that_lists_those_there_are(
    project: Project, capsys: pytest.CaptureFixture[str], name: str, mend: str
) -> None:
    assert run(project, name) == build.TO_MEND
    out = capsys.readouterr().out
    assert f"content/editions: there is no edition '{name}' [edition]" in out
    assert mend in out


def test_edition_that_has_become_too_long_is_not_written_and_its_longest_statements_are_named(
    project: Project, typesetter: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    typesetter.page_count = 6
    project.change(SUMMARY_FILE, "pages: 4", "pages: 5")
    assert run(project, "summary") == build.TO_MEND
    out = capsys.readouterr().out
    assert "content/editions/summary.yaml:3:3: the edition has 6 pages, 1 more than 5" in out
    assert "funn.result (5 words, content/funn.yaml:7:9)" in out
    assert built(project) == ["report.pdf"]


# Page numbers of the full report.


def test_report_is_built_first_where_there_is_none(project: Project, typesetter: StandIn) -> None:
    assert run(project, "summary") == build.DONE
    assert typesetter.labels == ["report", "edition"]
    assert "ide\N{NO-BREAK SPACE}7 i hovedrapporten" in typesetter.last


def test_pages_of_the_last_built_report_of_the_same_content_are_used(project: Project, typesetter: StandIn) -> None:
    typesetter.page = 3
    assert run(project, "report") == build.DONE
    typesetter.page = 9
    assert run(project, "summary") == build.DONE
    assert typesetter.labels == ["report", "edition"]
    assert "ide\N{NO-BREAK SPACE}3 i hovedrapporten" in typesetter.last


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(FINDING_FILE, "Funnet i sin helhet.", "Hele funnet.", id="a word"),
        pytest.param("content/report.yaml", "subtitle: En prøve", "subtitle: Prøven", id="the subtitle"),
        pytest.param(FACTS_FILE, "33\n  words: trettitre", "34\n  words: trettifire", id="a number"),
        pytest.param(START_FILE, "lead: |\n", "# Et notat.\nlead: |\n", id="lines that have moved"),
        pytest.param("figures/figur_1.py", "40\n", "41\n", id="a drawing"),
        pytest.param("content/report.yaml", "  chapters:", "  appendices:", id="the order"),
    ],
)
def test_pages_of_other_content_are_not_used(
    project: Project, typesetter: StandIn, file: str, old: str, new: str
) -> None:
    assert run(project, "report") == build.DONE
    approve_all(project.change(file, old, new))
    typesetter.page = 11
    assert run(project, "summary") == build.DONE
    assert typesetter.labels == ["report", "report", "edition"]
    assert "ide\N{NO-BREAK SPACE}11 i hovedrapporten" in typesetter.last


def test_pages_under_other_templates_are_not_used(project: Project, typesetter: StandIn) -> None:
    assert run(project, "report") == build.DONE
    sheet = ROOT / "templates/editions/report/type.css"
    project.write("templates/editions/report/type.css", sheet.read_bytes() + b"p { margin-top: 1pt }\n")
    assert run(project, "summary") == build.DONE
    assert typesetter.labels == ["report", "report", "edition"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(START_FILE, "Starten i korthet.", "Kort om starten.", id="a summary"),
        pytest.param(FINDING_FILE, "Et eksempel på funnet.", "Eksempelet.", id="an example"),
        pytest.param(SUMMARY_FILE, "title: Kort sagt", "title: Sagt kort", id="an edition's own words"),
    ],
)
def test_words_of_short_editions_do_not_have_the_report_set_again(
    project: Project, typesetter: StandIn, file: str, old: str, new: str
) -> None:
    assert run(project, "report") == build.DONE
    approve_all(project.change(file, old, new))
    assert run(project, "summary") == build.DONE
    assert typesetter.labels == ["report", "edition"]


def test_report_is_built_first_where_its_page_map_is_damaged(project: Project, typesetter: StandIn) -> None:
    assert run(project, "report") == build.DONE
    where = project.folder / "build" / PAGE_MAP
    where.write_bytes(where.read_bytes()[:-1])
    typesetter.page = 13
    assert run(project, "summary") == build.DONE
    assert typesetter.labels == ["report", "report", "edition"]
    assert "ide\N{NO-BREAK SPACE}13 i hovedrapporten" in typesetter.last


def test_pages_are_those_of_the_output_folder_that_is_named(
    project: Project, typesetter: StandIn, tmp_path: Path
) -> None:
    assert run(project, "report") == build.DONE
    assert run(project, "summary", "--output", str(tmp_path / "elsewhere")) == build.DONE
    assert typesetter.labels == ["report", "report", "edition"]
    assert (tmp_path / "elsewhere/report.pdf").is_file()


def test_reading_and_checking_an_edition_builds_nothing(project: Project, typesetter: StandIn) -> None:
    assert run(project, "summary", "--until", "check") == build.DONE
    assert typesetter.documents == []


def test_html_of_an_edition_has_the_pages_of_the_report(project: Project, typesetter: StandIn) -> None:
    assert run(project, "summary", "--until", "compose") == build.DONE
    assert typesetter.labels == ["report"]
    html = (project.folder / "build/html/kort-sagt.html").read_text(encoding="utf-8")
    assert "ide\N{NO-BREAK SPACE}7 i hovedrapporten" in html


@pytest.mark.long
def test_figure_of_the_report_and_of_an_edition_is_drawn_once(
    project: Project, typesetter: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def progress(self: Console, line: str) -> None:
        drawn.append(line)

    monkeypatch.setattr("press.compose.parts.draw_all", draw_all)  # for real, with its cache
    monkeypatch.setattr(Console, "detail", progress)
    project.change(SUMMARY_FILE, "      - brief: start\n", "      - brief: start\n      - excerpt: figur-1\n")
    assert run(project, "summary", "--no-cache") == build.DONE
    assert drawn.count("figur-1") == 1
    report, edition = typesetter.documents
    assert edition.assets["figures/figur-1.svg"] == report.assets["figures/figur-1.svg"]


# Real pages.


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a draft and another edition for real; gives the output folder."""
    project = with_short_edition(Project(tmp_path_factory.mktemp("editions")).write("content/start.yaml", ""))
    (project.folder / "content/editions/kort.yaml").rename(project.folder / SUMMARY_FILE)
    long = "".join(f"      Setning nummer {number} fyller linjen og resten av siden.\n" for number in range(120))
    project.change(START_FILE, "      Ordene i rammen.\n", f"      Ordene i rammen.\n{long}")
    project.change("content/report.yaml", "order:\n", "checks:\n  box-split: warning\norder:\n")
    assert run(project, "summary", "--allow-stale", "--quiet") == build.DONE
    return project.folder / "build"


@pytest.mark.long
@drafts
def test_draft_is_marked_on_every_page(real: Path) -> None:
    draft = Pdf((real / "summary-utkast.pdf").read_bytes())
    assert draft.page_count >= 2
    marked = [f"{DRAFT}. {DRAFT_NOTE}" in words(text) for text in draft.page_texts]
    assert marked == [True] * draft.page_count


@pytest.mark.long
@drafts
def test_draft_says_so_in_its_title(real: Path) -> None:
    assert Pdf((real / "summary-utkast.pdf").read_bytes()).title.endswith("– Kortversjon (Utkast)")


@pytest.mark.long
@drafts
def test_draft_conforms_to_both_standards(real: Path) -> None:
    draft = Pdf((real / "summary-utkast.pdf").read_bytes())
    assert [draft.failures(profile) for profile in ("PDF_UA_1", "PDF_A_2A")] == [[], []]


@pytest.mark.long
@drafts
def test_full_report_built_on_the_way_is_no_draft(real: Path) -> None:
    report = Pdf((real / "report.pdf").read_bytes())
    assert DRAFT not in " ".join(report.page_texts)


@pytest.mark.long
@drafts
def test_page_of_the_report_that_a_draft_prints_is_where_its_title_stands(real: Path) -> None:
    draft, report = (Pdf((real / name).read_bytes()) for name in ("summary-utkast.pdf", "report.pdf"))
    (page,) = {int(number) for number in re.findall(r"ide\s(\d+) i hovedrapporten", " ".join(draft.page_texts))}
    assert "Funnet i sin helhet." in words(report.page_texts[page - 1])
