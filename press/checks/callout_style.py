"""The style of a callout is one that there is, with a label in the language that the callout is in.

Why:  a style that nobody knows would be printed as none, and a Norwegian word above an English box is a slip.
Bad:  `style: advarsel`, where the theme has none of that name; a style without `labels: {en: …}` in an English section.
Good: `style: warning` (so are `note` and `tip`), or a name under `callouts` in theme.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.content.blocks import CALLOUT_STYLES, Block, Callout
from press.content.report import Report
from press.errors import Problem, Severity, did_you_mean

ID = "callout-style"
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report) -> Iterator[Problem]:
    own = report.theme.callouts
    main = str(report.settings.language)
    for block in _blocks(report):
        if not isinstance(block, Callout) or block.style is None or block.style in CALLOUT_STYLES:
            continue
        style = own.get(str(block.style))
        if style is None:
            known = (*CALLOUT_STYLES, *own)
            mend = did_you_mean(
                block.style, known, f"write one of {', '.join(known)}, or add it under `callouts` in theme.yaml"
            )
            yield Problem(block.style.place, ID, f"there is no style {str(block.style)!r}", mend)
            continue
        tag = str(report.language_by_text.get(id(block.text), main))
        if style.label_in(tag, main) is None:
            what = f"the label of the style {str(block.style)!r} has no words in the language of this section ({tag})"
            yield Problem(block.style.place, ID, what, f"add `labels: {{{tag}: …}}` to it in theme.yaml")


def _blocks(report: Report) -> Iterator[Block]:
    yield from (block for _, block in report.blocks())
    for edition in report.editions.values():
        yield from (block for section in edition.sections for block in section.blocks)
