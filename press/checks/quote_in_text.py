"""A pull quote stands under a text block and repeats words of it, letter by letter.

Why:  a quotation that stands only in the margin quotes nobody.
Bad:  `quote: Tillit er alt` under a text that says it otherwise.
Good: a sentence of the paragraph beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from press.content.blocks import Quote, Text
from press.content.report import Report
from press.errors import Problem, Severity
from press.words import prose

ID = "quote-in-text"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    for section in report.walk():
        content = section.content
        for above, block in (*pairwise((None, *content.blocks)), *pairwise((None, *content.closing))):
            if not isinstance(block, Quote):
                continue
            if not isinstance(above, Text):
                mend = "move the quote to just after the `text` whose words it repeats"
                yield Problem(block.quote.place, ID, "no text stands above this quote", mend)
            elif prose.words(block.quote) not in prose.words(above.text):
                mend = "quote words of that text exactly as they stand there"
                yield Problem(block.quote.place, ID, "these words do not stand in the text above", mend)
