"""The EPUB writer: a file for each chapter, what leads to them, and what programs are told of them, as one EPUB 3.3.

Its pages are those of the web without what only a browser has: no script, no search, no downloads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from press.cache import Cache
    from press.content.report import Section
    from press.writers import Composing
    from press.writers.epub.typeset import Typesetter


def typesetter(cache: Cache) -> AbstractContextManager[Typesetter]:
    """Make ready: there is nothing to start."""
    from press.writers.epub.typeset import Typesetter

    return nullcontext(Typesetter(cache))


def set_by() -> str:
    """Name what makes the file, with its versions."""
    from press.writers.epub.versions import set_by

    return set_by()


def openings(root: Section) -> Iterator[tuple[str, str, Mapping[str, Section]]]:
    """Give each chapter a file."""
    yield "section", root.id, {"section": root}


def functions(composing: Composing) -> Mapping[str, Callable[..., Any]]:
    """Give templates nothing besides what all may call."""
    return {}
