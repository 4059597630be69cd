"""Braces close, footnotes have their text, links are safe, and nothing looks like marks that a text does not have.

Why:  a mark that means nothing would be printed as it stands, and one that is not seen would change what is printed.
      docs/writing.md tells on one page all that texts may hold; a backslash before a mark prints it.
Bad:  "Se {figur-5.", "# Overskrift", "[her](http://…)", "**fet**", "H~2~O", "ord.[^note]" without a `[^note]:` line.
Good: "Se {figur-5}.", a section of its own, "[her](https://…)", "*kursiv*", "H₂O", a footnote called and written once.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Kind
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem, Severity
from press.words import marks, prose
from press.words.remembered import remembered

ID = "prose-marks"
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report) -> Iterator[Problem]:
    for kind, text in report.texts():
        yield from _amiss(text, kind)


@remembered
def _amiss(text: Located, kind: Kind) -> Iterator[Problem]:
    found = list(marks.problems(text, kind))
    yield from found
    if not found and kind != "plain" and ("](" in text or "-" in text):  # or there is neither link nor list
        yield from prose.unsound(text, kind)
