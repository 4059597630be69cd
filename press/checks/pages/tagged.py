"""Everything that is drawn belongs to the tag tree, or is marked as decoration.

Why:  what has no tag is not read aloud; it is as good as lost for those who do not see the page (PDF/UA-1, 7.1).
Bad:  a paragraph that the file marks as decoration, as if it were a running head.
Good: each paragraph, heading and figure an element of the tree.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Pages, quoted

ID = "tagged"
SEVERITY: Severity = "error"


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for page in pages.pages:
        for drawn in page.drawn:
            if drawn.fault == "untagged":
                thing = f"{quoted(drawn.text)}" if drawn.text else "something drawn here"
                what = f"page {page.number}: {thing} belongs to no element of the PDF's tag tree"
                yield Problem(drawn.place, ID, what, "make it an element of its own in its template: p, h2, figure, li")
