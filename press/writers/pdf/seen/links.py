"""Where the PDF leads: into itself, to https addresses and to mail, whoever wrote the link; and it carries no files.

`press.words.prose` holds content's links to the same, with file and line; this holds the templates to it as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.errors import Place, Problem
from press.writers.pdf.engine.fetch import BASE_URL
from press.writers.pdf.layout import LaidOut

RULE = "links"
ALLOWED = ("https://", "mailto:")


def link_problems(part: LaidOut) -> Iterator[Problem]:
    """Yield what a part leads to or carries that it must not."""
    place = Place(f"templates (the part {part.part.id!r})")
    links = {(kind, target) for page in part.rendered.pages for kind, target, _, _ in page.links}
    for kind, target in sorted(links):
        if kind == "external" and (not target.startswith(ALLOWED) or target.startswith(BASE_URL)):
            shown = target.removeprefix(BASE_URL)[:200]
            mend = "mend the template: links go to https://…, mailto:… or #id"
            yield Problem(place, RULE, f"a link goes to {shown!r}", mend)
    if part.rendered.metadata.attachments or any(kind == "attachment" for kind, _ in links):
        yield Problem(place, RULE, "a file is attached to the PDF", "take rel=attachment out of the template")
