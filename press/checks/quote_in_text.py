"""A pull quote repeats words of the section's own text, letter by letter.

Why:  a quotation that stands only in the margin quotes nobody.
Bad:  `quote: Tillit er alt` in a section whose text says it otherwise.
Good: a sentence of the paragraph beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from press import prose
from press.blocks import Quote
from press.errors import Problem
from press.report import Report

ID = "quote-in-text"


def check(report: Report) -> Iterator[Problem]:
    for section in report.walk():
        blocks = (*section.content.blocks, *section.content.closing)
        texts = " ".join(prose.words(text) for block in blocks for text in block.prose())
        for block in blocks:
            if isinstance(block, Quote) and prose.words(block.quote) not in texts:
                mend = "quote words of this section's text exactly as they stand there"
                yield Problem(block.quote.place, ID, "these words do not stand in the section's text", mend)
