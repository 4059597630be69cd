"""Nothing lost in short editions: random ones of random publications say what they name, once and in order.

As in `test_nothing_lost.py`, the PDF is read without regard to the gate that every build goes through.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pdf import publish
from projects import Project
from publications import NOTE, Publication, as_yaml, tokens
from short_editions import approve_all
from test_nothing_lost import blank

from press.load import load
from press.references import targets

SEEDS = 60
NAME = "kort"

each_seed = pytest.mark.parametrize("number", range(SEEDS), ids="seed-{}".format)


@pytest.fixture(autouse=True)
def _nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("press.compose.draw", blank)


def written(number: int, folder: Path) -> list[str]:
    """Write a random publication with a random short edition; returns the texts of the edition."""
    publication = Publication(number)
    edition, texts = publication.short_edition()
    publication.write(folder)
    approve_all(Project(folder).write(f"content/editions/{NAME}.yaml", as_yaml(edition)))
    return texts


@each_seed
def test_random_short_edition_loses_nothing(number: int, tmp_path: Path) -> None:
    texts = written(number, tmp_path)
    pages = dict.fromkeys(targets(load(tmp_path).sections), 7)
    built = publish(tmp_path, NAME, pages)
    notes = [passage.text for passage in built.body if passage.is_note]
    running = [passage.text for passage in built.body if not passage.is_note]
    assert tokens(" ".join(running)) == [word for text in texts for word in tokens(NOTE.sub("", text))]
    assert tokens(" ".join(notes)) == [word for text in texts for note in NOTE.findall(text) for word in tokens(note)]
    assert built.unread() == {}
    assert {link.target for link in built.pdf.links if link.inside} <= built.targets.keys()


def test_random_short_editions_ask_for_everything(tmp_path: Path) -> None:
    sections: list[dict[str, Any]] = [
        section for number in range(SEEDS) for section in Publication(number).short_edition()[0]["sections"]
    ]
    blocks = [block for section in sections for block in section.get("blocks", ())]
    for kind, found in {
        "include": [section for section in sections if "include" in section],
        "brief": [block for block in blocks if "brief" in block],
        "excerpt": [block for block in blocks if "excerpt" in block],
        "items": [block for block in blocks if "items" in block],
    }.items():
        assert found, kind
