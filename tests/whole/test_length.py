"""Publications of any length: contents and lists take the pages they need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.pdf import publish
from support.projects import ROOT, Project

MANY = 70


@pytest.mark.long
def test_contents_and_lists_run_over_as_many_pages_as_they_need(project: Project) -> None:
    """They stood on a page of fixed height: with some seventy entries the build said that text was lost."""
    order = "".join(f"    - start-{number}\n" for number in range(MANY))
    project.change("content/report.yaml", "    - start\n", f"    - start\n{order}")
    for number in range(MANY):
        project.write(
            f"content/start-{number}.yaml",
            f"title: Kapittel med navnet {number}\nblocks:\n  - example: boks-{number}\n    party: A\n"
            f"    theme: Tema {number // 10}\n    title: Eksempel {number}\n    text: |\n      Avsnitt {number}.\n",
        )
    built = publish(project.folder)
    first = min(built.result.pages[f"start-{number}"] for number in range(MANY))
    assert first > 5  # the cover, two pages of contents, two of examples
    assert all("Kapittel med navnet" in " ".join(built.pdf.words(page)) for page in (2, 3))


@pytest.mark.long
def test_report_three_times_as_long_is_whole(tmp_path: Path) -> None:
    lengthen = [sys.executable, ROOT / "benchmarks/lengthen.py", "3", tmp_path / "long"]
    subprocess.run(lengthen, check=True)
    build = [sys.executable, ROOT / "build.py", "--project", tmp_path / "long", "--output", tmp_path / "build"]
    done = subprocess.run(build, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "build/report.pdf").is_file()
