"""`build.py import`: drafts written beside what is there, over none of it, and what is left for a human to add."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from support.projects import PNG, REPORT, Project, assert_problems

import build
from press.imports.drafts import Draft
from press.imports.files import with_order

_SAVED = io.BytesIO()
Image.new("L", (2, 1)).save(_SAVED, "PNG")
LARGER = _SAVED.getvalue()
"""A picture of two points."""
MARKDOWN = """\
# Metode

Vi *spurte* {alle}.[^n]

| A | B |
|---|---|
| x | y |

![Kart](kart.png)

[^n]: I 2026.

## Utvalget

- én
- to
"""


def imported(project: Project, name: str = "tekst.md", section: str = "metode") -> int:
    return build.main(["import", str(project.folder / name), "--section", section, "--project", str(project.folder)])


def files(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project.folder / "content").rglob("*") if path.is_file()}


def test_import_writes_drafts_that_lack_only_what_a_human_has_to_add(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("tekst.md", MARKDOWN).write("kart.png", PNG)
    before = files(project)
    assert imported(project) == build.DONE
    assert files(project).keys() - before.keys() == {"metode.yaml", "utvalget.yaml", "metode-2.png"}
    assert {name for name, data in before.items() if files(project)[name] != data} == {"report.yaml"}
    report = (project.folder / "content/report.yaml").read_text(encoding="utf-8")
    assert report == REPORT.replace("    - start\n", "    - start\n    - metode:\n        - utvalget\n")
    out = capsys.readouterr().out
    assert f"{project.folder}/tekst.md:5: note: a table has no title [import]\n    mend: write it after `title:`" in out
    assert "and {metode-1} in a paragraph above the table" in out
    assert out.endswith("added to the order in content/report.yaml:\n    - metode:\n        - utvalget\n")
    assert_problems(
        project.problems(),
        "content/metode.yaml:9:5: the key 'title' is missing [schema] add a line `title: …`",
        "content/metode.yaml:16:5: the key 'caption' is missing [schema] add a line `caption: …`",
    )
    for name, value in (("title", "Svar"), ("caption", "Kartet"), ("credit", "Oss")):
        text = (project.folder / "content/metode.yaml").read_text(encoding="utf-8")
        comment = next(line for line in text.splitlines() if line.startswith(f"    # {name}: "))
        project.change("content/metode.yaml", comment, f"    {name}: {value}")
    assert [(problem.rule, problem.mend) for problem in project.errors()] == [
        ("figure-cited", "write {metode-1} in a paragraph above, or move it down")
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("order:\r\n  chapters:\r\n  - start", "order:\r\n  chapters:\r\n  - start\r\n  - metode\r\n"),
        (
            "order:\n  chapters:\n    # A\n    - a:\n        - b\n    # - c\n  appendices:\n    - d\n",
            "order:\n  chapters:\n    # A\n    - a:\n        - b\n    - metode\n    # - c\n  appendices:\n    - d\n",
        ),
        ("order:\n  chapters: [a, b]\n", None),
        ("order:\n  chapters: [\n    a]\n", None),
        ("order:\n  appendices:\n    - a\n", None),
        ("order: a\n", None),
        ("order:\n  chapters:\n    - a\n   - b\n", None),
        ("", None),
    ],
)
def test_order_gets_the_sections_after_its_last_chapter_or_stays_as_it_is(order: str, expected: str | None) -> None:
    assert with_order(order, [Draft("metode", "Metode", 1)]) == expected


def test_order_that_is_written_otherwise_is_left_to_a_human(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("tekst.md", "# Hei\n\nOrd.\n")
    project.change("content/report.yaml", "chapters:\n    - start\n", "chapters: [start]\n")
    before = files(project)
    assert imported(project) == build.DONE
    assert files(project).items() >= before.items()
    assert capsys.readouterr().out.endswith("order lines for content/report.yaml:\n    - metode\n")


@pytest.mark.parametrize("name", ["start", "Metode", "report", "glossary", "terms", "part-to", "a/b", "", "boks"])
def test_import_refuses_an_id_that_is_taken_or_cannot_be_one(
    project: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    project.write("tekst.md", "# Hei\n\nOrd.\n")
    project.blocks("  - callout: boks\n    title: Boks\n    text: |\n      Ord.\n")
    before = files(project)
    assert imported(project, section=name) == build.TO_MEND
    assert "--section: " in capsys.readouterr().out
    assert files(project) == before


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("tekst.odt", b"", "only Markdown and Word files are read"),
        ("borte.md", None, "the file cannot be read: No such file"),
        ("latin.md", "blåbær".encode("cp1252"), "UTF-8"),
        ("stor.md", b"a" * 5_000_001, "5000000 are the most"),
        ("tom.md", b"\n \n", "there are no words in this file"),
    ],
)
def test_import_refuses_what_it_cannot_read(
    project: Project, capsys: pytest.CaptureFixture[str], name: str, data: bytes | None, what: str
) -> None:
    if data is not None:
        project.write(name, data)
    before = files(project)
    assert imported(project, name) == build.TO_MEND
    out = capsys.readouterr().out
    assert f"{project.folder}/{name}:" in out
    assert what in out
    assert files(project) == before


def test_import_gives_every_file_a_name_of_its_own(project: Project) -> None:
    project.write(
        "tekst.md", "![a](a.png 'Start') ![b](b.png 'Start') ![a](c.png 'Start')\n\n# Nei\n\n# Start\n\n# Nei\n"
    )
    other = LARGER
    project.write("a.png", PNG).write("b.png", other).write("c.png", PNG)
    project.write("content/images/start-3.png", b"en annens")
    assert imported(project) == build.DONE
    found = files(project)
    pictures = {name: data for name, data in found.items() if name.endswith("png")}
    assert pictures == {"start-3.png": b"en annens", "start-3-2.png": PNG, "start-4.png": other}
    assert {"metode.yaml", "start-2.yaml", "nei.yaml"} <= found.keys()
    assert [line for line in found["metode.yaml"].decode().splitlines() if "image" in line] == [
        "    image: start-3-2.png",
        "    image: start-4.png",
        "    image: start-3-2.png",
    ]
