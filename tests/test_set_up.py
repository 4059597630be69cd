"""The set-up: what it says and does where something is missing. Its whole course is what CI runs from a clean clone."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from support.projects import ROOT


@pytest.fixture
def set_up() -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "tools" / "set_up.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_wrong_usage_is_told(set_up: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert set_up.main([]) == 2
    assert set_up.main(["everything"]) == 2
    assert "usage: set_up.py build|dev" in capsys.readouterr().err


def test_old_python_is_named_with_the_way_out(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "OLDEST", (9, 9))
    assert set_up.main(["build"]) == 1
    said = capsys.readouterr().err
    assert "Python 9.9 or newer is needed" in said
    assert "make PYTHON=" in said


def test_missing_pango_is_named_with_the_command_for_each_system(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "finds_pango", lambda: False)
    monkeypatch.setattr(set_up.shutil, "which", lambda name: None)
    assert set_up.ensure_pango() is False
    said = capsys.readouterr().err
    for command in ("apt-get install libpango-1.0-0", "dnf install pango", "brew install pango", "pacman -S"):
        assert command in said


def test_pango_is_installed_with_apt_where_that_is_allowed(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []

    def run(*command: str, quiet: bool = False) -> bool:
        ran.append(command)
        return True

    monkeypatch.setattr(set_up, "finds_pango", lambda: bool(ran))
    monkeypatch.setattr(set_up, "run", run)
    monkeypatch.setattr(set_up.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(set_up.os, "geteuid", lambda: 0)
    assert set_up.ensure_pango() is True
    assert ran[0][:3] == ("/usr/bin/apt-get", "install", "--yes")
    assert set(set_up.PANGO_PACKAGES) <= set(ran[0])


def test_second_set_up_does_nothing(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*anything: object) -> bool:
        raise AssertionError(f"something was set up again: {anything}")

    monkeypatch.setattr(set_up, "ENVIRONMENT", tmp_path)
    for step in ("make_environment", "install", "ensure_pango", "is_whole"):
        monkeypatch.setattr(set_up, step, lambda *anything: True)
    assert set_up.main(["build"]) == 0
    for step in ("make_environment", "install", "ensure_pango"):
        monkeypatch.setattr(set_up, step, refuse)
    assert set_up.main(["build"]) == 0


@pytest.fixture
def environment(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give the place of an environment, on a machine where nothing can be installed."""
    monkeypatch.setattr(set_up, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(set_up.shutil, "which", lambda name: None)
    return tmp_path / ".venv"


def without_pip(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)


def with_pip(folder: Path) -> None:
    """Make what counts as whole: an environment with a pip to import."""
    without_pip(folder)
    (next(folder.glob("lib/python*/site-packages")) / "pip.py").write_bytes(b"")


@pytest.mark.long
def test_set_up_without_the_venv_package_leaves_nothing_that_counts_as_finished(
    set_up: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Debian's Python makes the folder and then fails: the next make took it for an environment, and ended without pip.
    def fail_half_way(*command: str, quiet: bool = False) -> bool:
        without_pip(environment)
        return False

    monkeypatch.setattr(set_up, "run", fail_half_way)
    assert set_up.make_environment() is False
    assert f"apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in capsys.readouterr().err
    assert not environment.exists()


HALF_MADE = {
    "without pip": without_pip,
    "without python": lambda folder: folder.mkdir(),
    "a link to nowhere": lambda folder: folder.symlink_to("borte"),
    "broken off while it was made": lambda folder: (with_pip(folder), (folder / "set-up-unfinished").touch()),
    "of a Python that is gone": lambda folder: (
        with_pip(folder),
        (folder / "bin/python").unlink(),
        (folder / "bin/python").symlink_to("/usr/bin/python3.1"),
    ),
}


@pytest.mark.parametrize("make", HALF_MADE.values(), ids=HALF_MADE)
def test_half_made_set_up_is_made_anew(
    set_up: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object]
) -> None:
    def run(*command: str, quiet: bool = False) -> bool:
        assert (environment / set_up.UNFINISHED).exists()  # so that one that is broken off here is told next time
        with_pip(environment)
        return True

    make(environment)
    (environment / "left over").touch() if environment.is_dir() else None
    monkeypatch.setattr(set_up, "run", run)
    assert set_up.is_whole() is False
    assert set_up.make_environment() is True
    assert not (environment / "left over").exists()


def test_set_up_that_pip_does_not_finish_is_not_whole(
    set_up: ModuleType, environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pip(environment)
    assert set_up.is_whole() is True
    lock = ROOT / "requirements" / "build.txt"
    monkeypatch.setattr(set_up, "run", lambda *command, quiet=False: False)
    assert set_up.install(lock) is False
    assert set_up.is_whole() is False
    monkeypatch.setattr(set_up, "run", lambda *command, quiet=False: True)
    assert set_up.install(lock) is True
    assert set_up.is_whole() is True


def test_oldest_python_is_the_same_everywhere(set_up: ModuleType) -> None:
    oldest = ".".join(map(str, set_up.OLDEST))
    assert f'requires-python = ">={oldest}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"Python {oldest}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_missing_chromium_is_named_with_the_command_for_each_system(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up.shutil, "which", lambda name: None)
    assert set_up.main(["browser"]) == 1
    said = capsys.readouterr().err
    for command in ("apt-get install chromium", "dnf install chromium", "brew install", "default-jre-headless"):
        assert command in said


def test_chromium_is_installed_with_apt_where_that_is_allowed(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[str, ...]] = []

    def run(*command: str, quiet: bool = False) -> bool:
        ran.append(command)
        return True

    monkeypatch.setattr(set_up, "run", run)
    monkeypatch.setattr(set_up.shutil, "which", lambda name: f"/usr/bin/{name}" if ran or name == "apt-get" else None)
    monkeypatch.setattr(set_up.os, "geteuid", lambda: 0)
    assert set_up.main(["browser"]) == 0
    assert ran[-1][-1] == "chromium"
    assert set_up.main(["browser"]) == 0
    assert len(ran) == 1


def test_set_up_needs_nothing_but_python() -> None:
    source = (ROOT / "tools" / "set_up.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"(?m)^(?:import|from) (\w+)", source)) - {"__future__"}
    assert imported
    assert imported <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("lock", ["build", "dev", "bench"])
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    requirements = re.split(r"\n(?=\S)", text.strip())
    assert len(requirements) > 20
    for requirement in requirements:
        assert re.match(r"[a-z0-9._-]+==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement


def test_lock_files_have_the_same_versions() -> None:
    def pinned(name: str) -> set[str]:
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        return set(re.findall(r"(?m)^([a-z0-9._-]+==[^ ;\\]+)", text))

    assert pinned("build") < pinned("dev") < pinned("bench")


def test_installed_packages_are_the_locked_ones() -> None:
    lines = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True
    ).stdout.lower()
    text = (ROOT / "requirements" / "build.txt").read_text(encoding="utf-8")
    installed = {line.replace("_", "-") for line in lines.split()}
    wanted = set(re.findall(r"(?m)^(weasyprint==\S+|matplotlib==\S+|pydyf==\S+)", text))
    assert len(wanted) == 3
    assert wanted <= installed
