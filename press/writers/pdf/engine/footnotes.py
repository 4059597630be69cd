"""Footnotes that WeasyPrint 70.0 carries over to the next page and then forgets.

A note that finds no room at the foot of its page is set on the next. If a box there does not fit, WeasyPrint takes
back the notes of everything in it, also of the lines that were set on the page before: a note that was carried over
and whose call is in such a line waits for a line that never comes again, and is in print nowhere. Here a note that a
page begins with stays on it, or is carried further.

`make_page` and `LayoutContext.unlayout_footnote` are private to WeasyPrint 70.0; the module can go when
tests/writers/pdf/test_footnotes.py passes without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import LayoutContext
from weasyprint.layout import page as weasyprint_page


@contextmanager
def kept_footnotes() -> Iterator[None]:
    """Let no footnote that was carried over to a page be taken back from it while the body runs."""
    make_page, unlayout_footnote = weasyprint_page.make_page, LayoutContext.unlayout_footnote

    def make_page_and_keep(context: Any, *arguments: Any) -> Any:
        context.carried_over = tuple(context.reported_footnotes)
        return make_page(context, *arguments)

    def unlayout_unless_kept(context: Any, footnote: Any) -> None:
        if not any(footnote is kept for kept in context.carried_over):
            unlayout_footnote(context, footnote)

    weasyprint_page.make_page = make_page_and_keep
    LayoutContext.unlayout_footnote = unlayout_unless_kept
    try:
        yield
    finally:
        weasyprint_page.make_page, LayoutContext.unlayout_footnote = make_page, unlayout_footnote
