"""The manual of the rules: made from the docstrings, and current."""

from __future__ import annotations

import ast
import re
from types import SimpleNamespace

import pytest
from markdown_it import MarkdownIt
from support.projects import ROOT

from press.checks import RULES, manual
from press.checks.manual import READERS, Page, page_of, pages

READING = ["strict_yaml", "load", "validation", "data", "images", "acceptances"]
RULE = SimpleNamespace(
    ID="a-rule",
    SEVERITY="warning",
    __doc__="""Nothing is wrong
    in what is read.

    Why:  because a reader
          sees it.
    Bad:  `<a>` and [b](https://c) * d.
    Good: {e}.

    More is told here,
    in two lines.
    """,
)


def test_checks_md_is_what_make_docs_writes() -> None:
    written = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert written == manual.whole(pages(RULES)), "run `make docs`"


def test_page_is_read_from_the_docstring() -> None:
    page = page_of(RULE)
    assert (page.id, page.severity) == ("a-rule", "warning")
    assert page.summary == "Nothing is wrong in what is read."
    assert page.parts == {
        "Why": "because a reader sees it.",
        "Bad": "`<a>` and [b](https://c) * d.",
        "Good": "{e}.",
    }
    assert page.notes == "More is told here, in two lines."


def test_page_for_a_terminal_has_a_line_for_each_part() -> None:
    assert str(page_of(RULE)).splitlines() == [
        "a-rule (warning)",
        "",
        "Nothing is wrong in what is read.",
        "",
        "Why:  because a reader sees it.",
        "Bad:  `<a>` and [b](https://c) * d.",
        "Good: {e}.",
        "",
        "More is told here, in two lines.",
    ]


@pytest.mark.parametrize("name", ["yaml", "references-known", "glyph"])
def test_page_says_what_can_be_neither_set_nor_accepted(name: str) -> None:
    (page,) = (page for page in pages(RULES) if page.id == name)
    assert "always error" in str(page).splitlines()[0]
    assert str(page).splitlines()[-1] == "This can be neither set in report.yaml nor accepted in place."


def test_examples_are_no_marks_in_markdown() -> None:
    html = MarkdownIt().render(page_of(RULE).markdown())
    assert "<code>&lt;a&gt;</code> and [b](https://c) * d." in html
    assert "<a" not in html


def test_every_rule_has_its_page_in_the_order_of_running() -> None:
    found = re.findall(r"(?m)^### (.+)$", manual.whole(pages(RULES)))
    assert found == [rule.ID for rule in RULES]


def test_list_has_a_line_for_each_page() -> None:
    listed = manual.listed([Page("a", "error", "One.", {}), Page("longer", "warning", "Two.", {})])
    assert listed == "a       error    One.\nlonger  warning  Two.\n"


def test_ids_of_reading_are_not_those_of_rules() -> None:
    assert not READERS.keys() & {rule.ID for rule in RULES}


@pytest.mark.parametrize("module", READING)
def test_whatever_reading_finds_is_in_the_manual(module: str) -> None:
    # An id stands as the second argument of `Problem`, as `rule=…`, or is the module's RULE.
    (source,) = (ROOT / "press").rglob(f"{module}.py")
    tree = ast.parse(source.read_text(encoding="utf-8"))
    found = {
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "RULE"
        and isinstance(node.value, ast.Constant)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
        given += call.args[1:2] if ast.unparse(call.func) == "Problem" else []
        found |= {value.value for value in given if isinstance(value, ast.Constant)}
    assert found | {"schema"} <= READERS.keys()
    assert found or module == "load"
