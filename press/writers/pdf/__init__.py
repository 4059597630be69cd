"""The PDF writer: parts of a document made into pages, and pages into one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from press.cache import Cache
    from press.content.report import Section
    from press.writers import Composing
    from press.writers.pdf.sealed import Typesetter


def typesetter(cache: Cache) -> Typesetter:
    """Start processes of their own, which import WeasyPrint while the document is still being composed."""
    from press.writers.pdf.sealed import Typesetter

    return Typesetter(cache=cache)


def set_by() -> str:
    """Name what sets the pages, with its versions."""
    from press.writers.pdf import versions

    return versions.set_by()


def openings(root: Section) -> Iterator[tuple[str, str, Mapping[str, Section]]]:
    """Begin a part with whatever begins a page: a chapter's divider, the chapter, and sections that open on a page."""
    from press.writers.pdf import sections

    return sections.openings(root)


def functions(composing: Composing) -> Mapping[str, Callable[..., Any]]:
    """Give templates the columns of a page, and what stands on the pages of a section."""
    from press.writers.pdf import columns, margins, sections

    def balanced(name: str, text: str) -> str:
        return margins.balanced(composing.stylesheet, name, text)

    return {
        "balanced": balanced,
        "captioned_beside": partial(columns.captioned_beside, composing),
        "runs": columns.runs,
        "stretches": partial(columns.stretches, composing),
        "rest": sections.rest,
        "continued": sections.continued,
    }
