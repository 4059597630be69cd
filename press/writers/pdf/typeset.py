"""Typeset: a `Document` in, the bytes of a PDF out.

1. `layout`: each part is laid out on its own, in order, with the page numbers known so far.
2. `settle`: parts whose numbers turn out to be others are laid out again, until nothing moves.
3. `conserve`: the words on the pages are held against the words of the HTML; nothing may be lost, doubled or moved.
   `links`: and nothing may lead out of it but to https addresses and to mail.
   `styled`: and style sheets add no words, turn none about and change no letters but to capitals.
4. `write`: the pages of all parts become one PDF with a true tag tree, PDF/A-2a and PDF/UA-1 in one.
5. `read_back`: the PDF itself is asked whether the words are in it.
6. `survey`, if it is asked for: what stands where on the finished pages, for `press.checks.pages`.

WeasyPrint says what it could not do in its log and carries on; here each such line is a problem. Typeset knows nothing
of YAML, reads no file of the project, and asks neither the clock nor the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from press.document import Document
from press.errors import Problem
from press.pages import Pages

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Typeset:
    """A finished PDF and where things stand in it."""

    pdf: bytes
    pages: Mapping[str, int]
    """Page number (from 1) by id of what stands there."""
    places: Mapping[str, int]
    """Page number by place in the content, `file:line:column`, of each paragraph and block."""
    page_count: int
    layouts: int
    """How many times a part was laid out; equal to the number of parts when every number was right at once."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it: no PDF that has any is for a reader."""
    surveyed: Pages | None = None
    """What stands where, if that was asked for; it holds the problems too."""

    def files(self, output: str) -> Mapping[str, bytes]:
        """Give what goes into the output folder, by path: the PDF, as the edition calls it."""
        return {output: self.pdf}


def typeset(document: Document, progress: Progress = lambda line: None, *, surveying: bool = False) -> Typeset:
    """Make the PDF of a document, and tell all that is wrong with it; survey its pages too if that is asked for.

    Raises TypesetError where none can be made: its page numbers do not settle, or it asks for what it does not hold.
    """
    # WeasyPrint takes most of a second to import, so that it is imported where a PDF is made and nowhere else.
    from press.writers.pdf.engine.footnotes import kept_footnotes
    from press.writers.pdf.engine.full_lines import full_lines
    from press.writers.pdf.engine.hyphenation import exceptions
    from press.writers.pdf.engine.log import listening
    from press.writers.pdf.layout import Layouter
    from press.writers.pdf.seen.conserve import Conserved, conserve
    from press.writers.pdf.seen.links import link_problems
    from press.writers.pdf.seen.read_back import read_back
    from press.writers.pdf.seen.styled import styled_problems
    from press.writers.pdf.settle import settle
    from press.writers.pdf.write import write

    words = exceptions(document.language, document.hyphenation)
    with listening() as problems, words, kept_footnotes(), full_lines():
        layouter = Layouter(document, problems, progress)
        parts = settle(document, layouter)
        conserved = Conserved()
        for part in parts:
            conserve(part, conserved)
        led_astray = [problem for part in parts for problem in (*link_problems(part), *styled_problems(part))]
        pdf = write(parts, layouter, conserved)
    amiss = (*problems.found, *conserved.problems, *led_astray, *read_back(pdf, parts))
    surveyed = None
    if surveying:
        from press.writers.pdf.seen.survey import survey

        surveyed = survey(parts, conserved.hyphens, pdf, amiss)
    pages = {name: page for part in parts for name, page in part.anchors.items()}
    return Typeset(pdf, pages, conserved.places, parts[-1].last_page, layouter.count, amiss, surveyed)
