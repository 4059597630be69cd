"""A pull quote stands right under a text block.

Why:  it is printed in the margin beside the end of that text; elsewhere there is no place for it.
Bad:  `quote: Tillit er alt` under a figure, or first in a section.
Good: `quote: …` just after the `text` whose words it repeats.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from press.content.blocks import Block, Quote, Text
from press.content.report import Report
from press.errors import Problem, Severity

ID = "quote-placed"
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report) -> Iterator[Problem]:
    for above, quote in quotes(report):
        if not isinstance(above, Text):
            mend = "move the quote to just after the `text` whose words it repeats"
            yield Problem(quote.quote.place, ID, "no text stands above this quote", mend)


def quotes(report: Report) -> Iterator[tuple[Block | None, Quote]]:
    """Yield each pull quote with the block above it."""
    for section in report.walk():
        for blocks in (section.content.blocks, section.content.closing):
            for above, block in pairwise((None, *blocks)):
                if isinstance(block, Quote):
                    yield above, block
