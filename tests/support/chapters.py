"""A publication of two chapters, for media that are made of chapters: the second has a figure with its data."""

from __future__ import annotations

from support.projects import Project

NAMES = "    - start\n"
DATA = """\
labels: {}
tables:
  tall:
    title: Tallene
    columns:
      - {key: navn, heading: Navn, type: text}
      - {key: antall, heading: Antall, type: number}
    rows:
      - [Første, 1.5]
      - [Andre, 12000]
"""


def two_chapters(project: Project, first: str, second: str) -> Project:
    """Give a publication these two chapters, `start` and `neste`."""
    project.section(first).write("content/neste.yaml", second).write("content/data/figur-1.yaml", DATA)
    project.write("figures/figur_1.py", "def draw(data): ...\n")
    return project.change("content/report.yaml", NAMES, f"{NAMES}    - neste\n")
