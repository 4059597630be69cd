"""Same content, same bytes: whatever surrounds a build, its PDF has one SHA-256, and tells which content it is of."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from support.pdf import Pdf, publish
from support.projects import REPORTS, Project
from support.surroundings import EVERYTHING, VARIED, Surroundings, place

from press.content.load import load

CHAPTER = "content/resultater.yaml"
NOTE = "\n      [^noten]: En fotnote til prøven.\n"


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a publication with every kind of block, a figure, a photograph and a footnote."""
    folder = tmp_path_factory.mktemp("determinism") / "publication"
    shutil.copytree(REPORTS / "blocks", folder)
    last = "      2. enda et nummerert punkt\n"
    Project(folder).change(CHAPTER, "Neste avsnitt har", "Neste avsnitt[^noten] har").change(CHAPTER, last, last + NOTE)
    return folder


@dataclass(frozen=True)
class Plain:
    """The publication as built in plain surroundings, and what is seen there."""

    pdf: bytes
    seen: dict[str, object]


@pytest.fixture(scope="session")
def plain(publication: Path) -> Plain:
    with place(publication, Surroundings()) as here:
        return Plain(here.made(), here.seen())


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# What surrounds a build.


@pytest.mark.long
@pytest.mark.parametrize("name", VARIED)
def test_surroundings_do_not_change_a_byte(publication: Path, plain: Plain, name: str) -> None:
    what = name.partition(",")[0]
    with place(publication, VARIED[name]) as here:
        assert here.seen()[what] != plain.seen[what]  # or this would show nothing
        assert sha256(here.made()) == sha256(plain.pdf)


@pytest.mark.long
def test_cold_and_warm_caches_do_not_change_a_byte(publication: Path, plain: Plain) -> None:
    with place(publication, VARIED["caches"] | VARIED["checkout"]) as here:
        assert list((here.folder / "caches").iterdir()) == []
        assert sha256(here.made()) == sha256(plain.pdf)
        assert not (here.folder / "caches/matplotlib").exists()  # figures ask for nothing that was kept
        assert sha256(here.made()) == sha256(plain.pdf)


@pytest.mark.long
def test_everything_at_once_does_not_change_a_byte(publication: Path, plain: Plain) -> None:
    with place(publication, EVERYTHING) as here:
        assert sha256(here.made()) == sha256(plain.pdf)


@pytest.mark.long
def test_publication_has_footnote_figure_and_photograph(plain: Plain) -> None:
    assert any(passage.is_note for passage in Pdf(plain.pdf).passages)
    with pikepdf.open(BytesIO(plain.pdf)) as pdf:
        elements = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary)]
        assert [str(found.get("/S")) for found in elements].count("/Figure") >= len(["figure", "photograph"])


@pytest.mark.long
def test_smallest_publication_has_the_same_bytes_where_everything_is_different() -> None:
    with place(REPORTS / "minimal", EVERYTHING) as here:
        assert sha256(here.made()) == sha256(publish(REPORTS / "minimal").result.pdf)


# Which content a PDF is of.


def printed_fingerprint(pdf: Pdf) -> str:
    """Read the fingerprint in the colophon."""
    words = [word for number in range(1, pdf.page_count + 1) for word in pdf.words(number)]
    (at,) = [number for number, word in enumerate(words) if word == "fingeravtrykk"]
    return words[at + 1]


@pytest.mark.long
def test_colophon_prints_the_fingerprint_of_the_content(publication: Path, plain: Plain) -> None:
    assert printed_fingerprint(Pdf(plain.pdf)) == f"{load(publication).mark}."
