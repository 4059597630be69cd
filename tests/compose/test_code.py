"""Code: letter for letter, with its parts in classes; what Pygments does not know is refused."""

from __future__ import annotations

import html
import re

import pytest
from support.projects import Project, assert_problems

from press.compose.code import highlighted
from press.content.blocks import Code

LISTINGS = {
    "python": "def f(a):  # en < b & c\n    return 'ord' + 1.5\n",
    "sql": "select count(*) from svar where a <> 'b'; -- slutt\n",
    "json": '{"a": [1, true]}\n',
    "text": "uten innrykk\n  innrykk og **ingen** marker {x}\n\n  <b>\n",
    "html": '<p class="a">A &amp; B</p>\n',
}


def code(project: Project, language: str, listing: str) -> Code:
    lines = "".join(f"      {line}\n" if line else "\n" for line in listing.split("\n")[:-1])
    block = project.blocks(f"  - code: k\n    language: {language}\n    listing: |\n{lines}")
    (found,) = [each for _, each in block.load().blocks()]
    assert isinstance(found, Code)
    return found


@pytest.mark.parametrize("language", LISTINGS)
def test_code_keeps_every_letter(project: Project, language: str) -> None:
    found = highlighted(code(project, language, LISTINGS[language]))
    assert html.unescape(re.sub("<[^>]*>", "", found)) == LISTINGS[language].rstrip("\n")
    assert set(re.findall("<[^>]*>", found)) <= {
        "</span>",
        *(f'<span class="{name}">' for name in ("keyword", "string", "number", "comment")),
    }


def test_code_has_its_parts_in_classes(project: Project) -> None:
    found = highlighted(code(project, "python", LISTINGS["python"]))
    assert '<span class="keyword">def</span>' in found
    assert '<span class="comment"># en &lt; b &amp; c</span>' in found
    assert '<span class="number">1.5</span>' in found


def test_language_that_nobody_knows_is_refused(project: Project) -> None:
    found = project.blocks("  - code: k\n    language: pyton\n    listing: a\n").problems()
    assert_problems(found, "4:15: nothing is known of the language 'pyton' [schema] did you mean 'python'")
