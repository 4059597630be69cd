"""Folders written whole: old files go, what is not ours stays, and what a killed build left is mended."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from press.door import files as door_files
from press.door.files import LEFT_FOLDER, SUMS, Folder
from press.errors import ReportError

FILES = {"index.html": b"En", "figures/a.svg": b"To"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_folder_holds_its_files_and_their_checksums(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write_folder("web", FILES, "set by nothing")
    found = held(tmp_path / "web")
    sums = found.pop(SUMS).decode()
    assert found == FILES
    assert [line.split()[-1] for line in sums.splitlines()] == ["figures/a.svg", "index.html", "nothing"]
    assert folder.written.keys() == {"web/index.html", "web/figures/a.svg", f"web/{SUMS}"}
    assert (tmp_path / "web").stat().st_mode & 0o777 == 0o777 & ~door_files._umask()


def test_old_files_go_and_nothing_else_is_left(tmp_path: Path) -> None:
    Folder(tmp_path).write_folder("web", FILES)
    Folder(tmp_path).write_folder("web", {"other.html": b"Tre"})
    assert held(tmp_path / "web").keys() == {"other.html", SUMS}
    assert os.listdir(tmp_path) == ["web"]


def test_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "mine.txt").write_text("Mitt")
    with pytest.raises(ReportError) as caught:
        Folder(tmp_path).write_folder("web", FILES)
    assert "that no build wrote" in caught.value.problems[0].what
    assert held(tmp_path) == {"web/mine.txt": b"Mitt"}


@pytest.mark.parametrize("name", ["../x.html", "/x.html", "a\\b"])
def test_file_that_leads_out_is_refused_and_the_old_folder_stays(tmp_path: Path, name: str) -> None:
    Folder(tmp_path).write_folder("web", FILES)
    with pytest.raises(ReportError):
        Folder(tmp_path).write_folder("web", {"index.html": b"Ny", name: b""})
    assert held(tmp_path / "web")["index.html"] == b"En"
    assert os.listdir(tmp_path) == ["web"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        Folder(tmp_path).write_folder("web", {"a.html": b"", "A.html": b""})
    assert os.listdir(tmp_path) == []


def test_link_or_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "web").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "out" / "file").write_text("")
    for name in ("web", "file"):
        with pytest.raises(ReportError):
            Folder(tmp_path / "out").write_folder(name, FILES)
    assert os.listdir(tmp_path / "elsewhere") == []


def test_disk_that_is_full_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Folder(tmp_path).write_folder("web", FILES)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(door_files.os, "fsync", full)
    with pytest.raises(ReportError) as caught:
        Folder(tmp_path).write_folder("web", {"index.html": b"Ny"})
    assert "No space left" in caught.value.problems[0].what
    assert held(tmp_path / "web")["index.html"] == b"En"
    assert os.listdir(tmp_path) == ["web"]


def test_what_a_killed_build_left_is_mended_by_the_next(tmp_path: Path) -> None:
    Folder(tmp_path).write_folder("web", FILES)
    (tmp_path / "web").rename(tmp_path / f".web.abc.old{LEFT_FOLDER}")  # killed between the two renames
    (tmp_path / f".web.abc.new{LEFT_FOLDER}").mkdir()
    with pytest.raises(ReportError):
        Folder(tmp_path).write_folder("web", {"../x": b""})
    assert held(tmp_path / "web")["index.html"] == b"En"
    assert os.listdir(tmp_path) == ["web"]
    Folder(tmp_path).write_folder("web", {"index.html": b"Ny"})
    assert held(tmp_path / "web")["index.html"] == b"Ny"
