"""Text stands out from its ground: 4.5 to 1, large text 3 to 1.

Why:  those who see poorly, and everyone in bad light, cannot read grey on grey (WCAG 2.2, 1.4.3, level AA).
Bad:  a light grey caption on a sand-coloured ground.
Good: dark ink on a light ground, or the other way about.

Large is from 18 points, or from 14 points in bold. Letters within drawings and over pictures are not
measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.contrast import contrast, least_contrast
from press.errors import Problem, Severity
from press.pages import Pages, quoted

ID = "contrast"
SEVERITY: Severity = "error"


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    for page in pages.pages:
        for tint in page.tints:
            ratio, least = contrast(tint.colour, tint.ground), least_contrast(tint.size_pt, tint.weight)
            if ratio < least:
                # Cut, not rounded: 4.49 is not 4.5.
                shown = int(ratio * 100) / 100
                what = f"page {page.number}: {quoted(tint.text)} has a contrast of {shown} to 1; {least} is the least"
                mend = "choose a darker or a lighter colour for the text or its ground in the style sheet"
                yield Problem(tint.place, ID, what, mend)
