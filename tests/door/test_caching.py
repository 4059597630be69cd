"""What is kept between commands: where, what is drawn anew, and what is done where nothing can be kept."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.projects import Project

import build

FIGURE = "  - figure: {id}\n    title: Tittel\n    alt: Et felt.\n    source: Studien.\n"
DATA = """\
labels:
  words: "{words}"
tables:
  points:
    columns:
      - {{key: name, heading: Navn, type: text}}
      - {{key: count, heading: Antall, type: integer}}
    rows:
      - [Først, "1"]
"""
SCRIPT = """\
from matplotlib.figure import Figure

def draw(data):
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, data.labels["words"])
    return figure
"""
KEPT = "kept: nothing that it is made of has changed"


@pytest.fixture
def drawn(project: Project) -> Project:
    """A publication with two figures, one of which says a fact."""
    for name, words in (("figur-en", "{fact:bedrifter} bedrifter"), ("figur-to", "Ord")):
        project.write(f"content/data/{name}.yaml", DATA.format(words=words))
        project.write(f"figures/{name.replace('-', '_')}.py", SCRIPT)
    text = "title: Start\nblocks:\n  - text: |\n      Se {figur-en} og {figur-to}.\n"
    return project.section(text + FIGURE.format(id="figur-en") + FIGURE.format(id="figur-to"))


def run(project: Project, command: str, *more: str) -> int:
    return build.main([command, "--project", str(project.folder), *more])


def figures(project: Project, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, str]:
    """Have the figures drawn; gives what is said of each."""
    capsys.readouterr()
    assert run(project, "figures", *more) == build.DONE
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    return dict(line.split("  ", 1) for line in lines)


@pytest.mark.long
def test_only_what_has_changed_is_drawn_and_it_is_said_why(drawn: Project, capsys: pytest.CaptureFixture[str]) -> None:
    first = "drawn: it has not been drawn here before"
    assert figures(drawn, capsys) == {"figur-en": first, "figur-to": first}
    drawn.change("content/start.yaml", "Se {figur-en}", "En annen setning. Se {figur-en}")
    drawn.write("content/unused.txt", "")
    assert figures(drawn, capsys) == {"figur-en": KEPT, "figur-to": KEPT}
    drawn.change("content/facts.yaml", "value: 33", "value: 34")
    assert figures(drawn, capsys) == {"figur-en": "drawn: the words words has changed", "figur-to": KEPT}
    drawn.change("content/facts.yaml", "value: 34", "value: 33")
    assert figures(drawn, capsys) == {"figur-en": KEPT, "figur-to": KEPT}
    assert run(drawn, "figures", "--explain", "figur-en") == build.DONE
    said = capsys.readouterr().out
    assert said.startswith(f"figur-en  {KEPT}\n    its id")
    assert "    figures/figur_en.py  " in said
    assert " installed packages\n" in said
    assert said.endswith("    drawn before: the words words has changed\n")
    assert run(drawn, "clean") == build.DONE
    assert not (drawn.folder / ".cache").exists()
    assert figures(drawn, capsys, "--no-cache")["figur-to"] == "drawn: nothing is kept without a cache"
    assert not (drawn.folder / ".cache").exists()


def test_figure_that_there_is_not_is_told_with_the_nearest(drawn: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(drawn, "figures", "--explain", "figur-tre") == build.TO_MEND
    assert "no figure has the id 'figur-tre'" in (out := capsys.readouterr().out)
    assert "did you mean 'figur-" in out


@pytest.mark.long
def test_cache_that_is_named_is_shared(drawn: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(drawn, "report", "--until", "compose", "--cache", str(tmp_path / "kept")) == build.DONE
    before = (drawn.folder / "build/html/style.css").read_bytes()
    assert figures(drawn, capsys, "--cache", str(tmp_path / "kept")) == {"figur-en": KEPT, "figur-to": KEPT}
    assert not (drawn.folder / ".cache").exists()
    assert (drawn.folder / "build/html/style.css").read_bytes() == before
    assert run(drawn, "clean", "--cache", str(tmp_path / "kept")) == build.DONE
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("name", ["content", "figures", "templates/new", ".git", "."])
def test_cache_among_sources_is_refused(project: Project, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (project.folder / "figures").mkdir()
    before = sorted(project.folder.rglob("*"))
    for command in ("figures", "clean"):
        assert run(project, command, "--cache", str(project.folder / name)) == build.TO_MEND
        assert "sources of a publication lie here" in capsys.readouterr().out
    assert sorted(project.folder.rglob("*")) == before


@pytest.mark.parametrize("where", ["outside", "content", "file"])
def test_cache_that_leads_elsewhere_is_done_without(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    (tmp_path / "outside").mkdir()
    own = project.folder / ".cache"
    if where == "file":
        own.write_bytes(b"")
    else:
        own.symlink_to(project.folder / where if where == "content" else tmp_path / where)
    before = sorted(tmp_path.rglob("*"))
    assert run(project, "report", "--until", "check", "--quiet") == build.DONE
    assert "warning: the build goes on without a cache: " in capsys.readouterr().err
    assert run(project, "clean") == build.TO_MEND
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.long
def test_cache_that_somebody_put_into_git_is_not_used(drawn: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """It comes with a stranger's change, and its hashes are what the stranger made them."""
    git = ["git", "-C", str(drawn.folder)]
    subprocess.run([*git, "init", "-q"], check=True)
    assert run(drawn, "report", "--until", "compose") == build.DONE
    assert "warning" not in capsys.readouterr().err
    subprocess.run([*git, "add", "--force", ".cache"], check=True)
    assert figures(drawn, capsys)["figur-en"] == "drawn: nothing is kept without a cache"
    assert run(drawn, "report", "--until", "check", "--quiet") == build.DONE
    assert "somebody has put files of it into git" in capsys.readouterr().err
