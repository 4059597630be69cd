"""A learning example stands at most a page from the paragraph that it belongs to.

Why:  an example that illustrates a sentence is of no use to a reader who has left it behind three pages ago.
Bad:  four examples in a row at the end of a result, five pages from the text that speaks of them.
Good: `near:` in the box, with words of the paragraph that it illustrates, and text enough between the boxes.

It belongs to what its `near` says, or to the paragraph of the same part that names it first. A box that says
neither, or is `pinned`, stands where it is written, and that is for the author to judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Example
from press.content.report import Report
from press.errors import Problem, Severity
from press.pages import Line, Pages

ID = "box-far"
SEVERITY: Severity = "warning"
FARTHEST = 1


def check(report: Report, pages: Pages) -> Iterator[Problem]:
    parts = {page.number: page.part for page in pages.pages}
    for _, block in report.blocks():
        if not isinstance(block, Example) or block.pinned or str(block.id) not in pages.ids:
            continue
        stands = pages.ids[str(block.id)]
        here = [number for number, part in parts.items() if part == parts.get(stands)]
        if (home := _home(block, pages, here)) is None:
            continue
        first, last = home
        away = max(stands - last, first - stands)
        if away > FARTHEST:
            what = (
                f"page {stands}: the box {str(block.id)!r} stands {away} pages from what it belongs to, on page {last}"
            )
            mend = "move it in the content among the boxes of its part, or give it a `near` that leaves room for others"
            yield Problem(block.place, ID, what, mend)


def _home(block: Example, pages: Pages, here: list[int]) -> tuple[int, int] | None:
    """Tell on which pages what a box belongs to begins and ends, among the pages of its part."""
    if block.near is not None and (at := pages.ids.get(str(block.near))) is not None:
        return at, at
    if block.near is not None:
        words = _letters(str(block.near))
        found = (lines for lines in pages.paragraphs if lines[0].page in here and words in _text(lines))
        return next(((lines[0].page, lines[-1].page) for lines in found), None)
    named = (link.page for page in pages.pages if page.number in here for link in page.links if link.target == block.id)
    return next(((at, at) for at in named), None)


def _text(lines: tuple[Line, ...]) -> str:
    return _letters("".join(line.text[:-1] if line.ends_divided else f"{line.text} " for line in lines))


def _letters(text: str) -> str:
    """Give a text without white space and hyphens, which print has its own of."""
    return "".join(text.replace("-", "").replace("\N{SOFT HYPHEN}", "").split())
