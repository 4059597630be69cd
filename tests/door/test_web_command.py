"""`build.py web`, whole: the report first, then the folder of pages, with the PDFs of the same content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.projects import Project

import build

SECTION = """\
title: Start
blocks:
  - text: |
      Se {page:ramme}.
  - callout: ramme
    title: Ramme
    text: Ord.
"""
EDITION = """\
label: Kortversjon
limits: {pages: "9"}
sections:
  - id: side
    title: Side
    blocks:
      - text: |
          Ord.
      - colophon: kolofon
"""


def built(project: Project, *command: str) -> str:
    assert build.main([*command, "--project", str(project.folder)]) == build.DONE
    return (project.folder / "build/web/index.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_web_edition_comes_with_the_pdfs_of_the_same_content(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.section(SECTION)
    project.write("content/editions/kort.yaml", EDITION)
    index = built(project, "web")
    web = project.folder / "build/web"
    assert (web / "report.pdf").read_bytes() == (project.folder / "build/report.pdf").read_bytes()
    assert "kort.pdf" not in index
    assert re.search(r"side&nbsp;\d+ i PDF-en", (web / "start.html").read_text(encoding="utf-8"))
    before = contents(web)
    capsys.readouterr()
    built(project, "web")
    assert "nothing has changed" in capsys.readouterr().err
    built(project, "web", "--no-cache")
    assert contents(web) == before
    assert build.main(["kort", "--quiet", "--project", str(project.folder)]) == build.DONE
    index = built(project, "web")
    assert '<a href="kort.pdf">Kortversjon</a>' in index
    assert (web / "kort.pdf").is_file()
    project.write("build/kort.pdf", "%PDF-1.7, and no more")
    assert "kort.pdf" not in built(project, "web")
    project.change("content/facts.yaml", "source: Studien", "source: En annen studie")
    index = built(project, "web")
    assert "kort.pdf" not in index  # it is of the content of before
    assert not (web / "kort.pdf").exists()


def test_edition_cannot_be_called_web(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("content/editions/web.yaml", EDITION)
    assert build.main(["check", "--project", str(project.folder)]) == build.TO_MEND
    assert "content/editions/web.yaml" in capsys.readouterr().out


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
