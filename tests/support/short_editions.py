"""A small publication with a short edition: two sections and a subsection, a box, a figure, and what is said of them.

`start.summary` rests on a section, `funn.result` on a box and a subsection, `funn.example` on a figure.
"""

from __future__ import annotations

from support.projects import FACTS, REPORT, Project

from press.editions.approval import recorded
from press.editions.approvals import FILE
from press.editions.statements import Claim, claims

START = """\
title: Start
lead: |
  Ingressen.
blocks:
  - text: |
      Første setning.
      Andre setning.
      Studien har {fact:bedrifter} bedrifter.
  - callout: rammen
    title: Tittelen på rammen
    text: |
      Ordene i rammen.
  - text: |
      Se {figur-1}.
  - figure: figur-1
    title: Figuren
    source: Studien
    alt: |
      To rader, den siste lengst.
closing:
  - text: |
      Etter underkapittelet.
summary:
  text: |
    Starten i korthet.
  rests_on: [start]
"""
BELOW = """\
title: Under
blocks:
  - text: |
      Det er {fact:bedrifter.words} av dem.
"""
FINDING = """\
title: Funnet
blocks:
  - text: |
      Funnet i sin helhet.
result:
  claim: Funnet kort
  text: |
    Funnet i korthet.
  rests_on: [rammen, under]
  example:
    text: |
      Et eksempel på funnet.
    rests_on: [figur-1]
"""
DATA = """\
labels:
  axis: Antall
tables:
  points:
    columns:
      - {key: name, heading: Navn, type: text}
      - {key: count, heading: Antall, type: integer}
    rows:
      - [Først, "1"]
      - [Sist, "2"]
"""
SCRIPT = '''\
"""Two bars."""

from matplotlib.figure import Figure

WIDTH_MM, HEIGHT_MM = 100, 40


def draw(data):
    figure = Figure(figsize=(WIDTH_MM / 25.4, HEIGHT_MM / 25.4))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.barh([0, 1], [row["count"] for row in data.tables["points"]])
    axes.set_axis_off()
    return figure
'''
EDITION = """\
label: Kortversjon
limits:
  pages: 4
  words_per_card: 60
sections:
  - id: kort-sagt
    title: Kort sagt
    blocks:
      - brief: start
      - key_results: resultatkort
        style: cases
"""
START_FILE, BELOW_FILE, FINDING_FILE = "content/start.yaml", "content/under.yaml", "content/funn.yaml"
DATA_FILE, SCRIPT_FILE, FACTS_FILE = "content/data/figur-1.yaml", "figures/figur_1.py", "content/facts.yaml"
KEYS = ["start.summary", "funn.result", "funn.example"]
"""In reading order."""


def with_short_edition(project: Project, *, approve: bool = True) -> Project:
    """Make the small publication the one described above; with every statement approved, unless told otherwise."""
    order = REPORT.replace("    - start\n", "    - start:\n        - under\n    - funn\n")
    project.write("content/report.yaml", order).write(FACTS_FILE, FACTS).write("content/editions/kort.yaml", EDITION)
    project.write(START_FILE, START).write(BELOW_FILE, BELOW).write(FINDING_FILE, FINDING)
    project.write(DATA_FILE, DATA).write(SCRIPT_FILE, SCRIPT)
    return approve_all(project) if approve else project


def approve_all(project: Project) -> Project:
    """Record that every statement holds as it stands."""
    report = project.load()
    return project.write(FILE, recorded(report, claims(report)))


def claim(project: Project, key: str) -> Claim:
    """Give one statement with all it rests on."""
    return next(found for found in claims(project.load()) if found.key == key)
