"""The fingerprint of a publication: of what is read for it and nothing else, whatever a checkout or an editor does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.projects import PNG, REPORTS, Project

from press.content.load import load

STRAY = [
    "content/.DS_Store",
    "content/.resultater.yaml.swp",
    "content/._resultater.yaml",
    "content/#resultater.yaml#",
    "content/resultater.yaml~",
    "content/~$resultater.docx",
    "content/Thumbs.db",
    "content/images/desktop.ini",
    "content/.obsidian/workspace.json",
    "content/editions/._summary.yaml",
    "content/data/._figur-en.yaml",
    "figures/._figur_en.py",
    "figures/utkast.py",
    "figures/__pycache__/figur_en.cpython-311.pyc",
    "figures/mine.mplstyle",
    "notes.txt",
]


@pytest.fixture
def publication(tmp_path: Path) -> Project:
    """Copy a publication with every kind of block, a figure and a photograph."""
    shutil.copytree(REPORTS / "blocks", tmp_path / "publication")
    return Project(tmp_path / "publication")


def fingerprint(project: Project) -> str:
    return project.load().fingerprint


def test_files_that_are_not_read_change_nothing(publication: Project) -> None:
    before = fingerprint(publication)
    for name in STRAY:
        publication.write(name, b"\x00\xff\x05stray")
    assert fingerprint(publication) == before
    assert publication.errors() == []


def windows_line_ends(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def byte_order_mark(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def one_more_line_end(data: bytes) -> bytes:
    return data + b"\n"


def no_last_line_end(data: bytes) -> bytes:
    return data.rstrip(b"\n")


@pytest.mark.parametrize("change", [windows_line_ends, byte_order_mark, one_more_line_end, no_last_line_end])
def test_what_an_editor_does_to_the_same_content_changes_nothing(
    publication: Project, change: Callable[[bytes], bytes]
) -> None:
    before = load(publication.folder)
    for path in publication.folder.rglob("*"):
        if path.suffix in {".yaml", ".csv", ".json", ".txt", ".py", ".mplstyle"}:
            path.write_bytes(change(path.read_bytes()))
            os.utime(path, (0, 0))
            path.chmod(0o600)
    after = load(publication.folder)
    assert after.fingerprint == before.fingerprint
    assert [block for _, block in after.blocks()] == [block for _, block in before.blocks()]


@pytest.mark.parametrize(
    "name",
    [
        "content/report.yaml",
        "content/resultater.yaml",
        "content/data/figur-en.yaml",
        "content/images/felt.png",
        "figures/figur_en.py",
        "figures/deling.py",
        "figures/pakke/__init__.py",
        "figures/pakke/farger.py",
        "figures/report.mplstyle",
    ],
)
def test_each_file_that_is_read_changes_it(publication: Project, name: str) -> None:
    script = (publication.folder / "figures/figur_en.py").read_text(encoding="utf-8")
    publication.write("figures/figur_en.py", f"{script}\nimport deling\nfrom pakke import farger\n")
    publication.write("figures/deling.py", "").write("figures/pakke/__init__.py", "")
    publication.write("figures/pakke/farger.py", "").write("figures/report.mplstyle", "svg.hashsalt: report\n")
    before = fingerprint(publication)
    data = (publication.folder / name).read_bytes()
    publication.write(name, PNG if name.endswith(".png") else data + b"# ")
    assert fingerprint(publication) != before


def test_script_that_cannot_be_parsed_is_read_alone(publication: Project) -> None:
    before = fingerprint(publication)
    publication.write("figures/figur_en.py", "def draw(:\n")
    assert fingerprint(publication) != before


def test_name_of_a_file_changes_it(publication: Project) -> None:
    before = fingerprint(publication)
    (publication.folder / "content/vedlegg.yaml").rename(publication.folder / "content/vedlegget.yaml")
    publication.change("content/report.yaml", "- vedlegg\n", "- vedlegget\n")
    assert fingerprint(publication) != before
