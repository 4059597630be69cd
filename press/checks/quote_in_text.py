"""A pull quote repeats words of the text above it, letter by letter.

Why:  a quotation that stands only in the margin quotes nobody.
Bad:  `quote: Tillit er alt` under a text that says it otherwise.
Good: a sentence of the paragraph beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.checks.quote_placed import quotes
from press.content.blocks import Text
from press.content.report import Report
from press.errors import Problem, Severity
from press.words import prose

ID = "quote-in-text"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    for above, quote in quotes(report):
        if isinstance(above, Text) and prose.words(quote.quote) not in prose.words(above.text):
            mend = "quote words of that text exactly as they stand there"
            yield Problem(quote.quote.place, ID, "these words do not stand in the text above", mend)
