"""Nothing lost in short editions: random ones of random publications say what they name, character for character.

As in `test_nothing_lost.py`, the PDF is read without regard to the gate that every build goes through.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.cases import rest_long
from support.pdf import publish
from support.projects import Project
from support.publications import Publication, as_yaml
from support.readings import Reading
from support.short_editions import approve_all
from support.tagged import lines

from press.content.load import load
from press.editions.references import targets

SEEDS = 60
NAME = "kort"

pytestmark = pytest.mark.usefixtures("nothing_is_drawn")
each_seed = pytest.mark.parametrize("number", rest_long(range(SEEDS), 2), ids="seed-{}".format)


@each_seed
def test_random_short_edition_loses_nothing(number: int, tmp_path: Path) -> None:
    publication = Publication(number)
    edition = publication.short_edition()
    publication.write(tmp_path)
    project = Project(tmp_path).write(f"content/editions/{NAME}.yaml", as_yaml(edition))
    if any(problem.rule == "sources-known" for problem in project.errors()):
        edition["sections"].append({"id": "p-0", "title": "Kilder", "blocks": [{"references": "p-00"}]})
        project.write(f"content/editions/{NAME}.yaml", as_yaml(edition))
    approve_all(project)
    pages = dict.fromkeys(targets(load(tmp_path).sections), 7)
    built = publish(tmp_path, NAME, pages)
    assert lines(built.pdf) == Reading(built, publication.reads).lines()
    assert built.unread() == {}
    # Citations lead to the entries of their list.
    assert {link.target.partition(".")[0] for link in built.pdf.links if link.inside} <= built.targets.keys()


def test_random_short_editions_ask_for_everything(tmp_path: Path) -> None:
    sections: list[dict[str, Any]] = [
        section for number in range(3 * SEEDS) for section in Publication(number).short_edition()["sections"]
    ]
    blocks = [block for section in sections for block in section.get("blocks", ())]
    for kind, found in {
        "include": [section for section in sections if "include" in section],
        "brief": [block for block in blocks if "brief" in block],
        "excerpt": [block for block in blocks if "excerpt" in block],
        "items": [block for block in blocks if "items" in block],
    }.items():
        assert found, kind
