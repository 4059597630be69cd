"""Every entry of the file of sources is cited.

Why:  what nobody cites is not listed, and whoever put it there waits for it in vain.
Bad:  an entry that was cited in a paragraph which is gone.
Good: a file with what the publication cites. Where it is an office's whole library, set the rule to `off`.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.report import Report
from press.errors import Problem, Severity
from press.words import prose

ID = "sources-cited"
SEVERITY: Severity = "warning"


def check(report: Report) -> Iterator[Problem]:
    if report.sources is None:
        return
    texts = (text for kind, text in report.texts() if kind != "plain")
    cited = {item.key for text in texts for citation in prose.citations(text) for item in citation.items}
    for key, source in report.sources.entries.items():
        if key not in cited:
            yield Problem(source.place, ID, f"nothing cites {key!r}", f"write [@{key}] where it belongs, or delete it")
