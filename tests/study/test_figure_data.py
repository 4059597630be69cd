"""The figures of this study: their data held against its content, and the room that their labels have."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from support.projects import ROOT, Project

from press.checks import data_holds
from press.content.load import load
from press.errors import FigureError
from press.figures import Draughtsman, FigureData, figure_data
from press.words import prose

FAULTS = {
    # A box's letter swapped in the dots, a dot with another's page, a count of 4 changed to 5, a list that forgets one.
    "figur-1": [
        ("      - [Klar for endring, B, ", "      - [Klar for endring, N, "),
        ('C, "", boks-c-klar-for-endring]', 'C, "", boks-d-implementering]'),
        ('"D, E, F, G", "4"]', '"D, E, F, G", "5"]'),
        ('Behov for digital kompetanse, "B, H, I"', 'Behov for digital kompetanse, "B, H, J"'),
    ],
    "figur-2": [("      - [Systemteknologier, Digital tvilling,", "      - [Systemteknologi, Digital tvilling,")],
    "figur-3": [
        (
            "Dyp læring, Deep Learning, Topp av overdrevne forventninger",
            "Dyp læring, Deep Learning, Topp av forventninger",
        ),
        ('2–5 år, "46", ', '2–5 år, "460", '),
    ],
    "figur-4": [('      - ["2.0", Masseproduksjon', '      - ["1.0", Masseproduksjon')],
    "figur-5": [('      - ["2", Intervjuer, SINTEF,', '      - ["2", Intervjuer, SINTEFF,')],
    # An old heading, and an arrow to the wrong result.
    "figur-6": [
        ('["5", Datadeling åpner for nye forretningsmuligheter, "6"', '["5", Datadeling åpner for nye muligheter, "6"'),
        (
            '["6", Helhetlige digitale strategier trengs, "5", Data',
            '["6", Helhetlige digitale strategier trengs, "4", Data',
        ),
    ],
    # A latitude of 602, a country misspelt.
    "figur-7": [
        ('Gimo, Sverige, "2019", "60.2"', 'Gimo, Sverige, "2019", "602"'),
        ("Fast Radius med UPS, Chicago, USA", "Fast Radius med UPS, Chicago, UAS"),
    ],
}


def test_each_seeded_fault_in_the_figures_data_is_told_at_its_line(tmp_path: Path) -> None:
    for folder in ("content", "figures"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    project, wanted = Project(tmp_path), set()
    assert list(data_holds.check(load(tmp_path))) == []
    for name, faults in FAULTS.items():
        file = f"content/data/{name}.yaml"
        for old, new in faults:
            project.change(file, old, new)
            text = (tmp_path / file).read_text(encoding="utf-8")
            wanted.add((file, text[: text.index(new)].count("\n") + new[: new.rfind("\n") + 1].count("\n") + 1))
    found = {(problem.place.file, problem.place.line) for problem in data_holds.check(load(tmp_path))}
    assert wanted <= found


def test_figure_of_the_results_follows_their_headings(tmp_path: Path) -> None:
    for folder in ("content", "figures"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    section = Project(tmp_path).load()
    result = next(each for each in section.walk() if each.content.result is not None)
    Project(tmp_path).change(
        f"content/{result.id}.yaml", f"title: {result.content.title}\n", "title: En ny overskrift\n"
    )
    found = list(data_holds.check(load(tmp_path)))
    assert {problem.place.file for problem in found} == {"content/data/figur-6.yaml"}
    assert all(str(result.content.title) in problem.what for problem in found)


# The figures, with one of their texts three times as long. Those left out have the room for it:
# a label over the sea, a title over an empty column.

THREE_TIMES = {
    "figur-1": ["customers", "strip", "others", ("companies", "makes"), ("companies", "customers")],
    "figur-2": [("parts", "meaning"), ("parts", "name")],
    "figur-3": [("phases", "name")],
    "figur-4": [("steps", "technology"), ("steps", "period"), ("steps", "note")],
    "figur-5": [("steps", "name"), ("steps", "who"), ("steps", "how")],
    "figur-6": ["group_answer", ("influences", "how"), ("influences", "source_title")],
    "figur-7": ["later", "all", ("regions", "region")],
}


@pytest.mark.long
@pytest.mark.parametrize("figure_id", THREE_TIMES)
def test_figure_is_refused_with_a_label_three_times_as_long(figure_id: str) -> None:
    report = load(ROOT)
    data = figure_data(report.figures[figure_id], lambda text: prose.plain(text, lambda _: "44"))
    drawn = []
    with Draughtsman() as draughtsman:
        for name in THREE_TIMES[figure_id]:
            try:
                draughtsman.draw(ROOT, figure_id, _with_three(data, name))
            except FigureError:
                continue
            drawn.append(name)
    assert drawn == []


def _with_three(data: FigureData, name: str | tuple[str, str]) -> FigureData:
    if isinstance(name, str):
        return replace(data, labels={**data.labels, name: " ".join([data.labels[name]] * 3)})
    table, column = name
    longest = max((str(row[column]) for row in data.tables[table] if row[column]), key=len)
    tables = {
        each: tuple(
            {key: " ".join([longest] * 3) if value == longest else value for key, value in row.items()} for row in rows
        )
        for each, rows in data.tables.items()
    }
    return replace(data, tables=tables)
