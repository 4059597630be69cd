"""Every registered fact is used.

Why:  a number that nobody reads is not kept right by anybody either.
Bad:  a fact in content/facts.yaml that no text names.
Good: "{fact:bedrifter} industribedrifter".
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import Numbers
from press.content.report import Report
from press.errors import Problem, Severity
from press.words import prose

ID = "facts-used"
SEVERITY: Severity = "error"


def check(report: Report) -> Iterator[Problem]:
    used = {each.id for _, text in report.texts() for each in prose.references(text) if each.kind == "fact"}
    if report.settings.motif is not None:
        used |= {str(report.settings.motif.lines), str(report.settings.motif.marked)}
    numbers = (block for block in report.blocks_of_editions() if isinstance(block, Numbers))
    used |= {str(item.fact) for block in numbers for item in block.items}
    for name in sorted(report.facts.keys() - used):
        mend = f"write {{fact:{name}}}, or delete it"
        yield Problem(report.facts[name].place, ID, f"nobody uses the fact {name!r}", mend)
