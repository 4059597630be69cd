"""Typeset: a `Document` in, the bytes of a PDF out.

1. `layout`: each part is laid out on its own, with the page numbers known so far.
2. `write_part`: what was laid out is checked and drawn. The words on the pages are held against the words of the HTML,
   and nothing may be lost, doubled or moved (`conserve`); nothing may lead out but to https addresses and mail
   (`links`); style sheets add no words, turn none about and change no letters but to capitals (`styled`).
3. `settle`: parts whose numbers turn out to need other room are made again, until nothing moves.
4. `link`: all parts become one PDF with a true tag tree, PDF/A-2a and PDF/UA-1 in one.
5. `read_back`: the PDF itself is asked whether the words are in it.
6. `survey`, if it is asked for: what stands where on the finished pages, for `press.checks.pages`.

What comes of 2 is plain data and depends on nothing but the part, the style sheet, the fonts and how many digits its
numbers have, so that it can be kept (`press.writers.pdf.kept`). WeasyPrint says what it could not do in its log and
carries on; here each such line is a problem. Typeset knows nothing of YAML, reads no file of the project, and asks
neither the clock nor the network.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from press.cache import Cache
from press.document import Document, Part
from press.errors import Problem
from press.fonts import use_own
from press.pages import Lettering, Pages
from press.timing import Timing
from press.writers.pdf.link import Linker, at_home, letters_by_font, link_problems, numbers_by_id, pages_by_id
from press.writers.pdf.seen.asked import Asked
from press.writers.pdf.settle import settle
from press.writers.pdf.written import Written, first_pages

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
    timings: tuple[Timing, ...] = field(default=(), compare=False)
    """Where the time went, in the order of the parts."""

    def with_lettering(self, lettering: tuple[Lettering, ...]) -> Typeset:
        """Give the same with the numbers that its figures' words hold, for the rules on pages."""
        return self if self.surveyed is None else replace(self, surveyed=replace(self.surveyed, lettering=lettering))

    def files(self, output: str) -> Mapping[str, bytes]:
        """Give what goes into the output folder, by path: the PDF, as the edition calls it."""
        return {output: self.pdf}


class Maker:
    """Makes the parts of one document in this process; remembers the fonts that they show."""

    def __init__(self, document: Document) -> None:
        # WeasyPrint takes most of a second to import, so that it is imported where a part is made and nowhere else.
        from press.writers.pdf.engine.line_memory import LineMemory
        from press.writers.pdf.engine.log import listening
        from press.writers.pdf.layout import Layouter

        use_own(document.faces)
        self.document = document
        self.files: dict[str, bytes] = {}
        """The font files that the parts show, by SHA-256."""
        self.lines = LineMemory()
        with listening() as problems:
            self.layouter = Layouter(document, problems)
            self.problems = problems.found
        """What is wrong with the style sheet."""

    def show(self, document: Document) -> None:
        """Go on to a document that differs in its parts and their files alone."""
        self.document = document
        self.layouter.show(document)

    def make(self, part: Part, first_page: int, pages: Mapping[str, int]) -> Written:
        """Lay out a part, check and draw it."""
        from press.writers.pdf.engine.footnotes import kept_footnotes
        from press.writers.pdf.engine.full_lines import full_lines
        from press.writers.pdf.engine.hyphenation import exceptions
        from press.writers.pdf.engine.level_columns import level_columns
        from press.writers.pdf.engine.line_grid import line_grid
        from press.writers.pdf.engine.log import listening
        from press.writers.pdf.engine.total_fit import total_fit
        from press.writers.pdf.made_up import lay_out_well
        from press.writers.pdf.write_part import write_part

        words = exceptions(self.document.language, self.document.hyphenation)
        with (
            listening() as problems,
            words,
            kept_footnotes(),
            self.lines.remembering(),
            full_lines(),
            total_fit(self.lines),
            line_grid(),
            level_columns(),
        ):
            self.layouter.problems = problems
            problems.document = self.document
            laid_out = lay_out_well(self.layouter, part, first_page, pages)
            written = write_part(laid_out, self.layouter.images, self.files)
            if problems.found:
                # WeasyPrint says what is wrong with a picture when it reads it, and then never again.
                self.layouter.images.clear()
            return replace(written, problems=(*problems.found, *written.problems))


def typeset(document: Document, progress: Progress = lambda line: None, *, surveying: bool = False) -> Typeset:
    """Make the PDF of a document, and tell all that is wrong with it; survey its pages too if that is asked for.

    Raises TypesetError where none can be made: its page numbers do not settle, or it asks for what it does not hold.
    """
    maker = Maker(document)
    count = 0

    def make(part: Part, first_page: int, pages: Mapping[str, int]) -> Written:
        nonlocal count
        count += 1
        written = maker.make(part, first_page, pages)
        progress(part.title)
        return written

    parts = at_home(settle(document, make), document.numbers)
    cache = Cache(None)
    done = finish(parts, {}, Linker(maker.files, cache), Asked(cache), maker.problems, count, surveying=surveying)
    return done.with_lettering(document.lettering)


def finish(
    parts: Sequence[Written],
    keys: Mapping[Written, str],
    linker: Linker,
    asked: Asked,
    problems: Sequence[Problem],
    layouts: int,
    *,
    surveying: bool,
) -> Typeset:
    """Link the parts, and ask the PDF what is in it; `problems` are those of the whole document.

    `keys` are those under which parts are kept; `linker` and `asked` remember the parts that they met before.
    """
    from press.writers.pdf.seen.read_back import read_back

    asked.begin(letters_by_font(parts), keys)
    began = time.perf_counter()
    pages, numbers = pages_by_id(parts), numbers_by_id(parts)
    pdf = linker.link(parts)
    of_parts = [problem for part in parts for problem in part.problems]
    linked = time.perf_counter()
    amiss = tuple(dict.fromkeys([*problems, *of_parts, *link_problems(parts), *read_back(pdf, parts, numbers, asked)]))
    timings = [Timing("link", linked - began), Timing("read back", time.perf_counter() - linked)]
    surveyed = None
    if surveying:
        from press.writers.pdf.seen.surveyed import survey

        began = time.perf_counter()
        surveyed = survey(parts, pages, numbers, pdf, amiss, asked)
        timings.append(Timing("survey", time.perf_counter() - began))
    places: dict[str, int] = {}
    for part, first in zip(parts, first_pages(parts), strict=True):
        for at, page in part.places.items():
            places.setdefault(at, first + page)
    count = sum(part.page_count for part in parts)
    return Typeset(pdf, pages, places, count, layouts, amiss, surveyed, tuple(timings))
