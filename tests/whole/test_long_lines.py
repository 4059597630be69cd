"""Very long lines: `check` takes a time that grows as the line does, whatever the line is made of."""

from __future__ import annotations

from time import process_time

import pytest
from support.projects import Project

from press.content.strict_yaml import LONGEST_TEXT

MOST_SECONDS = 20
"""Of the processor, for both texts; what was quadratic took 24 and more, what is linear takes two or three."""
COMMON = {"words": "Bedriftene deler data i 2020 med andre, og det er bra. ", "one word": "å", "references": "{start} "}
RARE = {
    "another alphabet": "д",
    "emphasis": "*a*",
    "words in emphasis": "*a ",
    "stars": "*",
    "brackets": "[",
    "link ends": "](",
    "links": "[a](https://www.sintef.no/) ",
    "images": "![",
    "footnotes": "ord[^a] ",
    "footnotes that do not close": "[^",
    "braces": "{",
    "backslashes": "\\",
    "straight quotes": '"',
    "quotes that do not close": "«",
    "points": ".",
    "hyphens": "-",
    "words with hyphens": "ab-",
    "addresses": "https://",
    "spaces": "a  ",
    "digits": "1",
    "thousands": "1.000",
    "numbers": "1. ",
    "abbreviations": "f.eks. ",
    "one word twice": "har ",
    "hashes": "#",
    "entities": "&#",
}


def seconds(project: Project, unit: str) -> float:
    """Check a text and a title of 99,000 characters."""
    text = (unit * LONGEST_TEXT)[: LONGEST_TEXT - 1_000]
    title = text.replace("'", "''")
    project.write("content/words.txt", "# Ingen ennå.\n")
    project.section(f"title: 'x{title}'\nblocks:\n  - text: |\n      x{text}\n")
    begin = process_time()
    project.problems()
    return process_time() - begin


@pytest.mark.parametrize("unit", COMMON.values(), ids=COMMON)
def test_long_line_is_checked_in_the_time_it_takes_to_read(project: Project, unit: str) -> None:
    assert seconds(project, unit) < MOST_SECONDS


@pytest.mark.long
@pytest.mark.parametrize("unit", RARE.values(), ids=RARE)
def test_long_line_of_marks_is_checked_in_the_time_it_takes_to_read(project: Project, unit: str) -> None:
    assert seconds(project, unit) < MOST_SECONDS


@pytest.mark.parametrize("slip", ["{}", "'{}", '"{}', "{}: b", "{} #12", "[{}", "`{}", "  - {}", "-{}"])
def test_slip_in_a_long_line_is_told_in_the_time_it_takes_to_read(project: Project, slip: str) -> None:
    text = ("a\\\\, [b {c " * LONGEST_TEXT)[: LONGEST_TEXT - 1_000]
    begin = process_time()
    project.section(f"title: {slip.format(text)}\nblocks:\n -text: |\n    Ord.\n").problems()
    assert process_time() - begin < MOST_SECONDS
