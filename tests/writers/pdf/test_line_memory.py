"""Lines set from memory are the lines that are set anew."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from support.drafts import Draft
from support.incremental import same
from support.pdf import typeset_here
from weasyprint.text import fonts, line_break

from press.document import Document
from press.writers.pdf.engine import line_memory
from press.writers.pdf.engine.line_memory import ASKED, LineMemory
from press.writers.pdf.engine.paragraph import Paragraph
from press.writers.pdf.typeset import Maker

leaves_profile_open = pytest.mark.filterwarnings(r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")
"""WeasyPrint 70.0 leaves it to the garbage collector."""
NOT_ASKED = {"line_height"}
"""What only the height of an empty line is made of, which no line is."""


def test_everything_is_known_that_setting_a_line_asks_of_the_style() -> None:
    asked = {
        node.slice.value
        for module in (line_break, fonts)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and "style" in ast.unparse(node.value)
    }
    assert asked - NOT_ASKED == set(ASKED)


@pytest.mark.parametrize("number", [3, 11])
def test_pages_are_the_same_with_memory_and_without(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = Draft(number)
    for _ in range(6):
        draft.edit()
    made = typeset_here(draft.document(), surveying=True)
    monkeypatch.setattr(LineMemory, "remembering", lambda self: nullcontext())
    assert same(made, typeset_here(draft.document(), surveying=True)) == []


@leaves_profile_open
def test_line_is_set_once_and_looked_up_by_the_next_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    theirs = line_memory.split_first_line

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return theirs(*arguments)

    monkeypatch.setattr(line_memory, "split_first_line", counted)
    document = Draft(3).document()
    maker = Maker(document)
    first, again = (maker.make(document.parts[0], 1, {}) for _ in range(2))
    assert first.streams == again.streams
    once = count
    assert once > 0
    maker.make(document.parts[0], 1, {})
    assert count == once


@leaves_profile_open
def test_paragraph_is_planned_again_only_if_it_is_another(
    document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[str] = []
    theirs = Paragraph._plan

    def plan(paragraph: Paragraph, *arguments: Any) -> Any:
        planned.append(paragraph.text)
        return theirs(paragraph, *arguments)

    monkeypatch.setattr(Paragraph, "_plan", plan)
    words = "Bedriftene i utvalget har kommet ulikt langt med digitaliseringen av produksjonen. " * 4
    first = document(("en", f"<p>{words}</p><p>Også {words}</p><p style='text-indent: 40pt'>{words}</p>"))
    maker = Maker(first)
    made = maker.make(first.parts[0], 1, {})
    assert len(planned) == 3
    assert maker.make(first.parts[0], 1, {}).streams == made.streams
    assert len(planned) == 3
    edited = document(("en", f"<p>{words}</p><p>Likevel {words}</p><p style='text-indent: 40pt'>{words}</p>"))
    maker.show(edited)
    maker.make(edited.parts[0], 1, {})
    assert len(planned) == 4
    assert planned[-1].startswith("Likevel")


@leaves_profile_open
def test_memory_holds_so_many_lines_and_no_style(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_memory, "MOST", 5)
    document = Draft(3).document()
    maker = Maker(document)
    maker.make(document.parts[0], 1, {})
    assert len(maker.lines._lines) == 5
    assert maker.lines._styles == {}
