"""The PDF asked whether the words are in it: another reader (PDFium) takes the text out of the finished bytes.

`press.writers.pdf.seen.conserve` knows what was laid out; this knows what a reader of the file gets. Page by page, the
letters that PDFium finds must be those of the page's text boxes and drawings. Order is not compared here: it is the tag
tree's to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from press.errors import Place, Problem
from press.writers.pdf.seen.asked import Asked, Kept
from press.writers.pdf.seen.letters import letters_of
from press.writers.pdf.seen.pdfium import opened
from press.writers.pdf.written import OWN_PAGE, Written, first_pages

if TYPE_CHECKING:
    import pypdfium2

RULE = "read-back"
_KEPT: Kept[list[Problem]] = Kept(lambda problems: None if problems else b"", lambda data: [])


def read_back(pdf: bytes, parts: Sequence[Written], pages: Mapping[str, int], asked: Asked) -> list[Problem]:
    """Compare the file's text with what the parts print; returns a problem for each page where they differ.

    `pages` holds the page numbers by id; `asked` knows the parts that were compared before.
    """
    problems: list[Problem] = []
    with opened(pdf) as document:
        for part, first in zip(parts, first_pages(parts), strict=True):
            compare = partial(_compare_part, document, part, first, pages)
            found: list[Problem] = asked.about("letters", part, first, pages, compare, _KEPT)
            problems += found
    return problems


def _compare_part(
    document: pypdfium2.PdfDocument, part: Written, first: int, pages: Mapping[str, int]
) -> list[Problem]:
    letters = [Counter(each) for each in part.letters]
    for slot in part.slots():
        number = first + slot.page if slot.target == OWN_PAGE else pages[slot.target]
        letters[slot.page].update(str(number))
    compared = (_compare(document, drawn, number) for number, drawn in enumerate(letters, start=first))
    return [problem for problem in compared if problem is not None]


def _compare(document: pypdfium2.PdfDocument, drawn: Counter[str], number: int) -> Problem | None:
    page_in_file = document[number - 1]
    text_page = page_in_file.get_textpage()
    found = Counter(letters_of([text_page.get_text_range()]))
    text_page.close()
    page_in_file.close()
    if found == drawn:
        return None
    missing, more = "".join((drawn - found).elements()), "".join((found - drawn).elements())
    what = f"page {number} of the PDF lacks the letters «{missing[:60]}» and has «{more[:60]}» too much"
    return Problem(Place("templates"), RULE, what, "change what the style sheet does to the text of this page")
