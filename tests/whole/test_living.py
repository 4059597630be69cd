"""A process that lives through many edits finds and composes exactly what a fresh one does."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from support.cases import rest_long
from support.projects import Project, small_project

from press.checks import run
from press.compose.parts import compose
from press.content.load import load
from press.editions.edition import FULL
from press.errors import ReportError
from press.words.language import OUR_TEMPLATES, language_of

FRESH = multiprocessing.get_context("forkserver")
FRESH.set_forkserver_preload(["press.checks", "press.compose.parts", "press.content.load", "markdown_it", "hunspell"])

SECTIONS = {
    "start": """\
title: Første kapittel om data
lead: En ingress med {fact:bedrifter} bedrifter.
summary:
  text: Bedriftene deler data.
  rests_on: [start, boks]
blocks:
  - text: |
      Første avsnitt om IoT og Big Data, se {midten} på {page:midten}.
      Det gjelder {fact:bedrifter.words} bedrifter, og [bakerst](#slutt) står mer.[^n]

      [^n]: En note om {boks}.
  - callout: boks
    title: En boks om IoT
    text: |
      - Et punkt
      - Et punkt til om {title:midten}
  - table: tabell
    title: Tabell over {fact:bedrifter} bedrifter
    columns: [{heading: Navn}, {heading: Tall}]
    rows: [[Den ene, '2,5'], [Den *andre*, '3']]
    source: Studien
""",
    "midten": "title: Midten\nblocks:\n  - text: |\n      Tekst i midten, se {tabell}.\n",
    "slutt": "title: Slutten\nblocks:\n  - text: |\n      Bedrift A sier fram og tilbake.\n",
}
LISTS = {
    "content/terms.yaml": "foreign:\n  en: [Big Data]\nabbreviations:\n  IoT: tingenes internett\n",
    "content/glossary.yaml": "terms:\n  - {use: stordata, never: [storedata]}\n",
    "content/house_forms.yaml": "forms:\n  fram: frem\n",
    "content/words.txt": "stordata  # fagord\n",
}
WORDS = (
    *(
        "ord ord",
        "to  mellomrom",
        "misprintt",
        "fram",
        "stordata",
        "storedata",
        "75%",
        "33 bedrifter",
        "Bedrift Q",
        "IoT",
    ),
    *("{midten}", "{fact:andel}", "*stjerne", "{ukjent}", "TODO", "figur 3", "«åpent", "Big Data", "[lenke](#midten)"),
)
Edit = Callable[[Random, Project], None]


def whole_project(folder: Path) -> Project:
    project = small_project(folder)
    project.change("content/report.yaml", "    - start\n", "".join(f"    - {name}\n" for name in SECTIONS))
    for name, text in {**{f"content/{name}.yaml": text for name, text in SECTIONS.items()}, **LISTS}.items():
        project.write(name, text)
    return project


def lines_of(project: Project, name: str) -> list[str]:
    return (project.folder / name).read_text(encoding="utf-8").split("\n")


def text_changed(random: Random, project: Project) -> None:
    name = f"content/{random.choice([*SECTIONS])}.yaml"
    lines = lines_of(project, name)
    words = [(row, line) for row, line in enumerate(lines) if line.startswith("      ") and "[^" not in line]
    row, line = random.choice(words)
    lines[row] = random.choice((f"{line} {random.choice(WORDS)}", f"{line} Så {random.choice(WORDS)} her.", line[:14]))
    project.write(name, "\n".join(lines))


def line_added_above(random: Random, project: Project) -> None:
    name = random.choice([f"content/{section}.yaml" for section in SECTIONS] + ["content/terms.yaml"])
    project.write(name, "\n".join(["# En linje", *lines_of(project, name)]))


def title_changed(random: Random, project: Project) -> None:
    name = f"content/{random.choice([*SECTIONS])}.yaml"
    rows = [
        row if not row.startswith("title: ") else f"{row} {random.choice(('nå', 'IoT'))}"
        for row in lines_of(project, name)
    ]
    project.write(name, "\n".join(rows))


def sections_moved(random: Random, project: Project) -> None:
    rows = lines_of(project, "content/report.yaml")
    names = [row for row in rows if row.startswith("    - ")]
    moved = iter(random.sample(names, len(names)))
    project.write("content/report.yaml", "\n".join(next(moved) if row in names else row for row in rows))


def fact_changed(random: Random, project: Project) -> None:
    value = random.choice(("33", "34", "12000"))
    more = random.choice(("", "andel:\n  value: 75\n  unit: prosent\n  source: Studien\n"))
    words = random.choice(("trettitre", "mange"))
    project.write("content/facts.yaml", f"bedrifter:\n  value: {value}\n  words: {words}\n  source: Studien\n{more}")


def list_changed(random: Random, project: Project) -> None:
    more = {
        "content/terms.yaml": "foreign:\n  de: [Big Data, Tekst]\nabbreviations:\n  IoT: noe annet\n",
        "content/glossary.yaml": "terms:\n  - {use: storedata, never: [stordata, boks]}\n",
        "content/house_forms.yaml": "forms:\n  tilbake: attende\n  mid-: midt-\n",
        "content/words.txt": "misprintt  # et navn\nandre  # for prøven\n",
    }
    name = random.choice([*LISTS])
    project.write(name, random.choice((LISTS, more))[name])


def template_changed(random: Random, project: Project) -> None:
    name = random.choice(("blocks/callout.html.j2", "blocks/callout.css", "blocks/text.html.j2", "language/nb.yaml"))
    path = project.folder / "templates" / name
    ours = (OUR_TEMPLATES / name).read_text(encoding="utf-8")
    others = {
        "language/nb.yaml": ours.replace("box_about: ", "box_about: ny "),
        "blocks/callout.css": ours + "\n/* annet */\n",
    }
    changed = others.get(name, ours + random.choice(("<i></i>", " ord av seg selv", "{{ ukjent }}")))
    if path.exists():
        path.unlink()
    else:
        project.write(f"templates/{name}", changed)


def letters_changed(random: Random, project: Project) -> None:
    letters = random.choice(("[A, B]", "[A, B, Q]", "[B]"))
    rows = [
        f"companies: {letters}" if row.startswith("companies") else row
        for row in lines_of(project, "content/report.yaml")
    ]
    project.write("content/report.yaml", "\n".join(rows))


EDITS: tuple[Edit, ...] = (
    *(text_changed, text_changed, text_changed, line_added_above, title_changed, sections_moved, fact_changed),
    *(list_changed, template_changed, letters_changed),
)


def seen(folder: Path) -> list[str]:
    """Tell all that is found and composed; of what cannot be, why."""
    try:
        report = load(folder)
    except ReportError as error:
        return [repr(problem) for problem in error.problems]
    found = [repr(problem) for problem in run(report).problems]
    try:
        document = compose(report, FULL)
    except ReportError as error:
        return [*found, *map(repr, error.problems)]
    except KeyError as error:  # of a reference to nothing, which has kept the report from being composed
        return [*found, repr(error)]
    return [*found, *(part.html for part in document.parts), document.stylesheet, repr(language_of(report))]


def _tell(folder: Path, connection: object) -> None:
    connection.send(seen(folder))  # type: ignore[attr-defined]


def seen_afresh(folder: Path) -> list[str]:
    """Ask a process that has done nothing before."""
    here, there = FRESH.Pipe(duplex=False)
    process = FRESH.Process(target=_tell, args=(folder, there))
    process.start()
    there.close()
    found: list[str] = here.recv()
    process.join()
    return found


@pytest.mark.parametrize("number", rest_long(range(30), 1), ids="seed-{}".format)
def test_random_edits_are_seen_as_a_fresh_process_sees_them(number: int, tmp_path: Path) -> None:
    random = Random(number)
    project = whole_project(tmp_path)
    kept: dict[str, bytes] = {}
    for _ in range(12):
        path = random.choice(sorted(path for path in tmp_path.glob("content/*.yaml")))
        if random.random() < 0.2 and path.name in kept:
            path.write_bytes(kept[path.name])  # undone
        else:
            kept[path.name] = path.read_bytes()
            random.choice(EDITS)(random, project)
        assert seen(tmp_path) == seen_afresh(tmp_path)
