"""Style sheets set the words of the content: they add none, turn none about and change no letters but to capitals."""

from __future__ import annotations

import pytest
from support.cases import rest_long
from support.pdf import typeset_here
from support.projects import Project

from press.compose.parts import compose
from press.editions.edition import FULL
from press.errors import Problem, TypesetError
from press.words.language import OUR_TEMPLATES

QUESTIONS = """\
  - questions: del-en
    title: Første del
    items: [Hva gjør dere?]
  - questions: del-to
    title: Andre del
    items: [Hva tror dere?]
"""


@pytest.fixture
def asked(project: Project) -> Project:
    return project.blocks(QUESTIONS)


def styled(project: Project, rules: str) -> list[Problem]:
    """Add rules to a style sheet of ours; returns what the build says of them."""
    name = "editions/report/type.css"
    sheet = (OUR_TEMPLATES / name).read_text(encoding="utf-8")
    project.write(f"templates/{name}", f"{sheet}\n{rules}\n")
    with pytest.raises(TypesetError) as caught:
        typeset_here(compose(project.load(), FULL))
    return [problem for problem in caught.value.problems if problem.rule == "styled"]


@pytest.mark.parametrize(
    ("rules", "what"),
    rest_long(
        [
            ('.questions li::before { content: "Ikke: " }', "adds words: «Ikke»"),
            ('.questions li::after { content: " eller ikke" }', "adds words: «eller ikke»"),
            ('@page { @top-center { content: "Hemmelig" } }', "adds words: «Hemmelig»"),
            (".questions li { text-transform: lowercase }", "text-transform: lowercase): «hva gjør dere?»"),
            (".questions li { text-transform: capitalize }", "text-transform: capitalize"),
            (".questions li { direction: rtl; unicode-bidi: bidi-override }", "direction: rtl"),
            (".question-row { flex-direction: row-reverse }", "sets «DEL 2 Andre del – Hva tror dere?» before «DEL 1"),
            (".question-row { flex-direction: column-reverse }", "before «DEL 1"),
            (".questions:nth-child(2) { order: -1 }", "before «DEL 1"),
        ],
        4,
    ),
)
def test_style_sheet_that_changes_what_is_read_is_told(asked: Project, rules: str, what: str) -> None:
    problems = styled(asked, rules)
    assert what in " ".join(problem.what for problem in problems), problems


def test_words_out_of_the_content_and_signs_may_come_by_a_style_sheet(asked: Project) -> None:
    name = "editions/report/type.css"
    sheet = (OUR_TEMPLATES / name).read_text(encoding="utf-8")
    rules = '.questions li::before { content: "→ 1" } @page { @top-center { content: string(section) } }'
    asked.write(f"templates/{name}", f"{sheet}\n{rules}\n")
    assert typeset_here(compose(asked.load(), FULL)).page_count
