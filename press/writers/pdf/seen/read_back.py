"""The PDF asked whether the words are in it: another reader (PDFium) takes the text out of the finished bytes.

`press.writers.pdf.seen.conserve` knows what was laid out; this knows what a reader of the file gets. Page by page, the
letters that PDFium finds must be those of the page's text boxes and drawings. Order is not compared here: it is the tag
tree's to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import pypdfium2

from press.errors import Place, Problem
from press.writers.pdf.engine.boxes import page_box, text_boxes, words_in_drawings
from press.writers.pdf.layout import LaidOut

RULE = "read-back"
# PDFium gives U+FFFE or U+0002 for a soft hyphen that joins two halves of a word.
JOINTS = "\N{SOFT HYPHEN}-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{WORD JOINER}\x02\ufffe"


def read_back(pdf: bytes, parts: Sequence[LaidOut]) -> list[Problem]:
    """Compare the file's text with the pages'; returns a problem for each page where they differ."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = list(chain.from_iterable(part.rendered.pages for part in parts))
        compared = (_compare(document, page, number) for number, page in enumerate(pages, start=1))
        return [problem for problem in compared if problem is not None]
    finally:
        document.close()


def _compare(document: pypdfium2.PdfDocument, page: object, number: int) -> Problem | None:
    page_in_file = document[number - 1]
    text_page = page_in_file.get_textpage()
    found = _letters(text_page.get_text_range())
    text_page.close()
    page_in_file.close()
    whole = page_box(page)
    drawn = _letters("".join([*(box.text for box, _ in text_boxes(whole)), *words_in_drawings(whole)]))
    if found == drawn:
        return None
    missing, more = "".join((drawn - found).elements()), "".join((found - drawn).elements())
    what = f"page {number} of the PDF lacks the letters «{missing[:60]}» and has «{more[:60]}» too much"
    return Problem(Place("templates"), RULE, what, "change what the style sheet does to the text of this page")


def _letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if not letter.isspace() and letter not in JOINTS)
