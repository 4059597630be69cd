"""Every letter is drawn with the bundled typefaces.

Why:  a letter that they lack is drawn with whatever font the machine has, or as an empty box.
Bad:  a word in an alphabet that Source Serif and Source Sans do not have; a drawing in another font.
Good: letters that the typefaces have, in text and in drawings.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages, quoted

ID = "glyph"
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    missing = [problem for problem in pages.problems if problem.rule == ID]
    yield from missing
    told = {problem.place for problem in missing}
    for page in pages.pages:
        for drawn in page.drawn:
            if drawn.fault == "foreign" and drawn.place not in told:
                words = f"{quoted(drawn.text)} is drawn" if drawn.text else "letters of a drawing are drawn"
                what = f"page {page.number}: {words} with {drawn.font}"
                yield Problem(drawn.place, ID, what, "use letters and fonts of Source Serif Pro and Source Sans Pro")
