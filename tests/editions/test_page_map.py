"""The page map: which state of the report it is of, and that nothing damaged or of another state is believed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.projects import Project
from support.short_editions import with_short_edition

from press.compose.parts import compose
from press.document import FINGERPRINT, PAGE_OF, Document, Part
from press.editions import page_map
from press.editions.edition import FULL
from press.editions.page_map import PageMap, read_page_map, state_of
from press.fonts import Face
from press.writers.pdf.versions import set_by

MAP = PageMap("0123", {"start": 3, "rammen": 4}, {"content/start.yaml:4:7": 3})


@pytest.fixture
def document() -> Document:
    part = Part("colophon", "Kolofon", '<p id="a">Ord.</p>')
    return Document((part,), "p { margin: 0 }", {"figures/a.svg": b"<svg/>"}, ("sammen-slå-ing",), "nb-NO")


def test_map_that_is_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_bytes(MAP.to_json())
    assert read_page_map(tmp_path / "map.json", "0123") == MAP


def test_map_of_another_state_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_bytes(MAP.to_json())
    assert read_page_map(tmp_path / "map.json", "0124") is None


def test_no_map_is_none(tmp_path: Path) -> None:
    assert read_page_map(tmp_path / "map.json", "0123") is None
    assert read_page_map(tmp_path, "0123") is None


DAMAGED = {
    "empty": b"",
    "cut off": MAP.to_json()[:40],
    "not text": b"\xff\xfe\x00",
    "not JSON": b"side 29",
    "a list": b"[1, 2]",
    "a number": b"1",
    "nested without end": b"[" * 200_000,
    "without places": json.dumps({"state": "0123", "pages": {}}).encode(),
    "pages that are a list": json.dumps({"state": "0123", "pages": [], "places": {}}).encode(),
    "a page that is no number": json.dumps({"state": "0123", "pages": {"a": "ni"}, "places": {}}).encode(),
    "a page that is nothing": json.dumps({"state": "0123", "pages": {"a": None}, "places": {}}).encode(),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_damaged_map_is_as_good_as_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "map.json").write_bytes(data)
    assert read_page_map(tmp_path / "map.json", "0123") is None


def test_map_with_a_byte_changed_is_as_good_as_none(tmp_path: Path) -> None:
    # A page number that was changed in the file was once printed in the summary.
    whole, path = MAP.to_json(), tmp_path / "map.json"
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert read_page_map(path, "0123") is None, whole[at : at + 9]


CHANGES: dict[str, Callable[[Document], Document]] = {
    "words": lambda d: replace(d, parts=(replace(d.parts[0], html=d.parts[0].html.replace("Ord", "Andre ord")),)),
    "parts": lambda d: replace(d, parts=(*d.parts, replace(d.parts[0], id="b"))),
    "style": lambda d: replace(d, stylesheet="p { margin: 1pt }"),
    "a drawing": lambda d: replace(d, assets={"figures/a.svg": b"<svg></svg>"}),
    "hyphenation": lambda d: replace(d, hyphenation=("sam-men-slå-ing",)),
    "language": lambda d: replace(d, language="nn-NO"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_state_changes_with_all_that_is_set(document: Document, change: Callable[[Document], Document]) -> None:
    assert state_of(change(document)) != state_of(document)


def test_state_does_not_change_with_the_fingerprint_that_is_printed(document: Document) -> None:
    # It moves no line, and changes with words that only short editions print.
    assert state_of(replace(document, numbers={FINGERPRINT: 123456789012})) == state_of(document)


def test_state_changes_with_the_engine(document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_map, "ENGINE", tmp_path)
    (tmp_path / "layout.py").write_bytes(b"LINES = 38\n")
    before = state_of(document)
    (tmp_path / "layout.py").write_bytes(b"LINES = 39\n")
    assert state_of(document) != before


def test_state_changes_with_the_letters_that_the_typefaces_lack(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state_of(document)
    (tmp_path / "letters.ttf").write_bytes(b"others")
    monkeypatch.setattr(Face, "letters", tmp_path / "letters.ttf")
    assert state_of(document) != before


@pytest.mark.parametrize(
    "name",
    [
        "pango",
        "harfbuzz",
        "fontconfig",
        "freetype",
        "fribidi",
        "weasyprint",
        "font-source-serif-pro",
        "font-source-sans-pro",
    ],
)
def test_what_sets_the_pages_is_named_with_its_version(name: str) -> None:
    assert re.search(rf"\b{name} \d", set_by())


def test_state_changes_with_the_versions_of_what_sets_the_pages(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another Pango breaks lines elsewhere, and what it is was not asked.
    before = state_of(document)
    monkeypatch.setattr(page_map, "set_by", lambda: "pango 1.56.3")
    assert state_of(document) != before


@pytest.mark.long
def test_state_is_that_of_the_same_content_composed_again(project: Project) -> None:
    # The ids in a drawing were others each time, so that no map was ever of the same state.
    with_short_edition(project)
    first, second = (compose(project.load(), FULL) for _ in range(2))
    assert state_of(first) == state_of(second)


def test_composed_report_prints_its_fingerprint_where_the_state_leaves_it_out(project: Project) -> None:
    before = state_of(compose(project.load(), FULL))
    other = replace(project.load(), fingerprint="ab" * 32)
    composed = compose(other, FULL)
    assert state_of(composed) == before
    assert composed.numbers == {FINGERPRINT: other.mark}
    assert f'{PAGE_OF}="{FINGERPRINT}"' in "".join(part.html for part in composed.parts)
