"""Random publications as web editions: nothing of what their authors typed is lost, and no link leads nowhere.

What is read of a text is what the generator says (`support.typed`), not what the engine's HTML has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from support.cases import rest_long
from support.publications import Publication, strings
from support.typed import BESIDE, END, NOTE, NOTE_END, POINTER, REFERENCE

from press.cache import Cache
from press.compose.parts import compose
from press.content.load import load
from press.document import POINT
from press.editions.edition import WEB
from press.writers.html import classes, parse
from press.writers.web import typeset as web_typeset
from press.writers.web.typeset import Typesetter

pytestmark = pytest.mark.usefixtures("nothing_is_drawn")
_LABEL = re.compile(r"(?:\d+|[a-z])[.)]|–")
"""What stands before the points of lists, which browsers count."""
_MARKS = re.compile(f"(?:{REFERENCE}|{POINTER})[^{END}]*{END}|{NOTE}|{BESIDE}|{NOTE_END}")


@pytest.mark.parametrize("number", rest_long(range(30), 2))
def test_random_publication_is_whole_on_the_web(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_typeset, "fonts", lambda *_: {})
    monkeypatch.setattr(web_typeset, "in_points", lambda *_: b"")
    publication = Publication(number)
    publication.write(tmp_path)
    document = compose(load(tmp_path), WEB)
    made = Typesetter(Cache(None)).typeset(document, lambda line: None).contents
    pages = {name: parse(data.decode()) for name, data in made.items() if name.endswith(".html")}
    found = letters("".join(text_of(next(pages["whole.html"].iter("main")))))
    about = letters("".join(text_of(next(pages["about.html"].iter("main")))))
    printed = [*strings([*publication.printed()])]
    assert printed
    for text in printed:
        for line in publication.reads.get(text.strip(), ()):
            for piece in map(letters, _MARKS.split(line)) if not _LABEL.fullmatch(line) else ():
                assert piece in found or piece in about, (text, piece)
    for each in (each for part in document.parts for each in parse(part.html).iter("ol")):
        points = [item.get(POINT) for item in each if item.get(POINT)]
        start, mark = int(each.get("start", "1")), ")" if "bracket" in classes(each) else "."
        assert points in ([], [f"{start + at}{mark}" for at in range(len(points))])
    ids = {name: {element.get("id") for element in root.iter()} for name, root in pages.items()}
    for name, root in pages.items():
        assert len(list(root.iter())) > len(ids[name]) > 1
        for link in root.iter("a"):
            file, _, place = (link.get("href") or "").partition("#")
            if place and not file.startswith("http"):
                assert place in ids[file or name], (name, place)


def letters(text: str) -> str:
    return "".join(text.split())


def text_of(element: Element) -> Iterator[str]:
    """Yield the text below an element, formulas as they are said, without the numbers that call notes and lead back."""
    if not {"note-call", "note-back"} & {*classes(element)}:
        is_formula = {"maths", "maths-display"} & {*classes(element)}
        yield element.get("alt", "") if is_formula else element.text or ""
        for child in element:
            yield from text_of(child)
            yield child.tail or ""
