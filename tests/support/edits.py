"""A publication and the edits of its files that its authors make, one random edit after another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from support.projects import Project, small_project

from press.words.language import OUR_TEMPLATES

SECTIONS = {
    "start": """\
title: Første kapittel om data
lead: En ingress med {fact:bedrifter} bedrifter.
summary:
  text: Bedriftene deler data.
  rests_on: [start, boks]
blocks:
  - text: |
      Første avsnitt om IoT og Big Data, se {midten} på {page:midten} og {tabell}.
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
        f"parties: {letters}" if row.startswith("parties") else row for row in lines_of(project, "content/report.yaml")
    ]
    project.write("content/report.yaml", "\n".join(rows))


EDITS: tuple[Edit, ...] = (
    *(text_changed, text_changed, text_changed, line_added_above, title_changed, sections_moved, fact_changed),
    *(list_changed, template_changed, letters_changed),
)


class Author:
    """Edits a publication at random, and takes back what was edited last now and then."""

    def __init__(self, seed: int, project: Project, edits: tuple[Edit, ...] = EDITS) -> None:
        self.random, self.project, self.edits = Random(seed), project, edits
        self._kept: dict[Path, bytes] = {}
        self._all = self._files()

    def edit(self) -> str:
        """Make an edit; returns what was done."""
        path = self.random.choice(sorted(self.project.folder.glob("content/*.yaml")))
        if self.random.random() < 0.2 and path in self._kept:
            path.write_bytes(self._kept[path])
            return f"{path.name} taken back"
        self._kept[path] = path.read_bytes()
        self._all = self._files()
        edit = self.random.choice(self.edits)
        edit(self.random, self.project)
        return edit.__name__

    def take_back(self) -> str:
        """Undo the last edit, whatever it was of."""
        for path in self._files().keys() - self._all.keys():
            path.unlink()
        for path, data in self._all.items():
            path.write_bytes(data)
        return "taken back"

    def _files(self) -> dict[Path, bytes]:
        folders = [self.project.folder / name for name in ("content", "templates", "figures")]
        return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
