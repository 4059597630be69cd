"""Every edition is made of what there is: sections, blocks, facts, results and templates, and prints none twice.

Why:  an edition is made of the report's own words; what is not there cannot be printed.
Bad:  `excerpt: figur-55`; `templates: kort` without a folder of that name; one result on two cards.
Good: ids of the report, each once.

The same id stands with an edition that runs over its `pages`, which only its build can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from press.content.blocks import Block, Colophon, KeyResults
from press.content.report import Report
from press.editions.edition import Edition, edition_problems, short_edition, unknown_results
from press.editions.statements import blocks_of, printed_by
from press.errors import Place, Problem, Severity, TemplateError
from press.words.language import find_template

ID = "editions-whole"
SEVERITY: Severity = "error"
NEEDED = True


def check(report: Report) -> Iterator[Problem]:
    own = [block for _, block in report.blocks()]
    yield from unknown_results(report, own)
    yield from _twice(report, own)
    for name, content in report.editions.items():
        yield from edition_problems(report, content)
        yield from _templates(report, short_edition(name, content))
        yield from _twice(report, blocks_of(report, content))


def _twice(report: Report, blocks: Iterable[Block]) -> Iterator[Problem]:
    """Yield the blocks that print again what one above them prints in full."""
    first: dict[str, Place] = {}
    for block in blocks:
        is_list = isinstance(block, KeyResults) and block.style == "list"  # of claims alone
        texts = ["the colophon"] if isinstance(block, Colophon) else [] if is_list else printed_by(report, block)
        for text in texts:
            if text in first:
                what = f"{text!r} would stand here a second time; it came first at {first[text]}"
                yield Problem(block.place, ID, what, "keep one of them, or name other `results`")
                break
        first |= {text: block.place for text in texts if text not in first}


def _templates(report: Report, edition: Edition) -> Iterator[Problem]:
    assert edition.content is not None  # it is a short one  # noqa: S101
    named = edition.content.templates
    parts = [f"{edition.templates}/{'section' if part == 'sections' else part}.html.j2" for part in edition.parts]
    for name in (*parts, *edition.stylesheets):
        try:
            if find_template(report.project, name) is None:
                place = named.place if named is not None else edition.content.place
                yield Problem(place, ID, f"there is no templates/{name}", "write it, or leave `templates` out")
        except TemplateError as error:
            yield from error.problems
