"""Files edited again and again: what a living process builds is what a clean build makes of them, byte for byte."""

from __future__ import annotations

import hashlib
import multiprocessing
import re
import shutil
from collections import Counter
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pytest
from support.edits import Author, Edit, whole_project
from support.pdf import Pdf
from support.projects import Project

from press.cache import Cache
from press.preview.making import Maker

pytestmark = pytest.mark.long
FRESH = multiprocessing.get_context("spawn")
ROOT = Path(__file__).resolve().parents[2]
SEQUENCES, EDITS_EACH = 5, 12
STUDY_EDITS = 30
STANDARDS = ("PDF_A_2A", "PDF_UA_1")
Built = tuple[str, tuple[str, ...], bytes]
"""Hash of the PDF or nothing, what is wrong or warned of, and the PDF."""


def built(maker: Maker) -> Built:
    made = maker.make("report")
    pdf: bytes = getattr(made, "pdf", b"")
    return hashlib.sha256(pdf).hexdigest() if pdf else "", tuple(map(repr, made.problems)), pdf


def _tell(folder: Path, cache: Path | None, connection: object) -> None:
    with Maker(folder, folder / "build", Cache(cache)) as maker:
        connection.send(built(maker))  # type: ignore[attr-defined]


def built_afresh(folder: Path, cache: Path | None = None) -> Built:
    """Build in a process that has done nothing before, from nothing or with what a cache has."""
    here, there = FRESH.Pipe(duplex=False)
    process = FRESH.Process(target=_tell, args=(folder, cache, there))
    process.start()
    there.close()
    found: Built = here.recv()
    process.join()
    return found


def assert_all_edits_as_if_clean(author: Author, count: int, tmp_path: Path) -> Counter[bool]:
    """Edit and build; returns how often a PDF came of it, and how often none could."""
    folder, cache = author.project.folder, tmp_path / "cache"
    done: list[str] = []
    came: Counter[bool] = Counter()
    with Maker(folder, folder / "build", Cache(cache)) as maker:
        clean: Built = ("", (), b"")
        for number in range(count):
            done.append("nothing yet" if not number else author.edit() if clean[0] else author.take_back())
            living, clean = built(maker), built_afresh(folder)
            assert living == clean, done
            if number % 5 == 0:
                assert built_afresh(folder, cache) == clean, done
            if number % 10 == 0 and clean[0]:
                assert_sound(clean[2])
            came[bool(clean[0])] += 1
    return came


def assert_sound(data: bytes) -> None:
    """See that a PDF conforms, and that its links lead to what is in it."""
    pdf = Pdf(data)
    assert [failure for standard in STANDARDS for failure in pdf.failures(standard)] == []
    assert {link.target for link in pdf.links if link.inside} <= pdf.anchors.keys()
    with pikepdf.open(BytesIO(data)) as file:
        assert len(file.pages) == pdf.page_count


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_every_edit_of_a_file_gives_what_a_clean_build_gives(number: int, tmp_path: Path) -> None:
    author = Author(100 + number, whole_project(tmp_path / "publication"))
    assert assert_all_edits_as_if_clean(author, EDITS_EACH, tmp_path)[True] > EDITS_EACH // 3


# The study.


def _texts(project: Project) -> list[Path]:
    paths = sorted(project.folder.glob("content/*.yaml"))
    return [path for path in paths if "\n  - text: |" in path.read_text(encoding="utf-8")]


def _sentences(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"(?m)^( {6})[A-ZÆØÅ][^\n{}\[\]*]*\.$", text))


def sentence_added(random: Random, project: Project) -> None:
    path = random.choice(_texts(project))
    text = path.read_text(encoding="utf-8")
    if found := _sentences(text):
        match = random.choice(found)
        path.write_text(f"{text[: match.end()]} Det gjelder ofte.{text[match.end() :]}", encoding="utf-8")


def paragraph_added(random: Random, project: Project) -> None:
    path = random.choice(_texts(project))
    text = path.read_text(encoding="utf-8")
    if found := _sentences(text):
        match = random.choice(found)
        more = f"\n\n      {'Her står et avsnitt til om data i bedriftene. ' * random.randint(1, 12)}".rstrip()
        path.write_text(f"{text[: match.end()]}{more}{text[match.end() :]}", encoding="utf-8")


def sentence_deleted(random: Random, project: Project) -> None:
    path = random.choice(_texts(project))
    text = path.read_text(encoding="utf-8")
    if len(found := _sentences(text)) > 2:
        match = random.choice(found)
        path.write_text(f"{text[: match.start()]}{text[match.end() + 1 :]}", encoding="utf-8")


def word_of_a_figure_changed(random: Random, project: Project) -> None:
    name = "content/data/figur-2.yaml"
    text = (project.folder / name).read_text(encoding="utf-8")
    project.write(name, text.replace("strategiske teknologier", f"teknologier {random.randint(2, 9)}", 1))


def colour_changed(random: Random, project: Project) -> None:
    name = "templates/editions/report/type.css"
    text = (project.folder / name).read_text(encoding="utf-8")
    project.write(name, f"{text}\n.heading-2 {{ color: #1020{random.randint(16, 99)} }}\n")


def breaks_of_a_word_listed(random: Random, project: Project) -> None:
    name = "content/hyphenation.yaml"
    text = (project.folder / name).read_text(encoding="utf-8")
    word = random.choice(("be-drif-te-ne", "da-ta", "ofte"))
    if word not in text:
        project.write(name, text.replace("words:\n", f"words:\n  - {word}\n", 1))


OF_THE_STUDY: tuple[Edit, ...] = (
    *(sentence_added, sentence_added, paragraph_added, paragraph_added, sentence_deleted, sentence_deleted),
    *(word_of_a_figure_changed, colour_changed, breaks_of_a_word_listed),
)


def test_every_edit_of_the_study_gives_what_a_clean_build_gives(tmp_path: Path) -> None:
    folder = tmp_path / "publication"
    for name in ("content", "figures", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    author = Author(1, Project(folder), OF_THE_STUDY)
    assert assert_all_edits_as_if_clean(author, STUDY_EDITS, tmp_path)[True] > STUDY_EDITS // 2
