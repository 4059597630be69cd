"""A figure or table stands on the page of its first mention in its chapter, or on the next.

Why:  a reader who must leaf to see what a sentence speaks of loses the sentence.
Bad:  «figur 5» named on page 12, and figure 5 on page 15.
Good: the figure's block just below the paragraph that names it first.

What another chapter says of it, such as the summary, comes with its page number and does not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.editions.references import targets
from press.errors import Problem, Severity
from press.pages import Pages

ID = "figure-far"
SEVERITY: Severity = "warning"
FARTHEST = 1


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    chapters = [pages.ids[section.id] for section in report.sections if section.id in pages.ids]
    links = [link for page in pages.pages for link in page.links if not link.in_contents]
    for target in targets(report.sections).values():
        if target.kind not in {"figure", "table"} or target.id not in pages.ids:
            continue
        stands = pages.ids[target.id]
        chapter = max((page for page in chapters if page <= stands), default=1)
        mentioned = min(
            (link.page for link in links if link.target == target.id and link.page >= chapter), default=stands
        )
        if stands - mentioned > FARTHEST:
            what = f"page {stands}: {target.kind} {target.id!r} is first named on page {mentioned}"
            yield Problem(target.place, ID, what, "move it up, to just below the paragraph that names it first")
