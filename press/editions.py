"""The editions of a publication, one entry each. No stage tests an edition's name.

An edition says which templates lay it out and of which parts it is made, in order. A part is whatever begins on a new
page; `sections` stands for all sections in the report's order, each with its divider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

PartKind = Literal["cover", "contents", "sections", "back"]


@dataclass(frozen=True)
class Edition:
    """One way to publish a report."""

    name: str
    output: str
    """Name of the PDF in the output folder."""
    templates: str
    """Folder below `templates/` with a template for each kind of part, and the style sheets."""
    parts: tuple[PartKind, ...]
    stylesheets: tuple[str, ...]
    """Files in `templates`, in cascade order; the blocks' own style sheets follow them."""


EDITIONS: Mapping[str, Edition] = {
    edition.name: edition
    for edition in (
        Edition(
            name="report",
            output="report.pdf",
            templates="editions/report",
            parts=("cover", "contents", "sections", "back"),
            stylesheets=("page.css", "type.css", "opening.css", "front.css"),
        ),
    )
}
