"""The EPUB writer: a file for each chapter, what leads to them, and what programs are told of them, as one EPUB 3.3.

Its pages are those of the web without what only a browser has: no script, no search, no downloads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from press.writers.chapters import openings
from press.writers.epub.versions import set_by

if TYPE_CHECKING:
    from press.cache import Cache
    from press.writers import Composing
    from press.writers.epub.typeset import Typesetter


__all__ = ["functions", "openings", "set_by", "typesetter"]


def typesetter(cache: Cache) -> AbstractContextManager[Typesetter]:
    """Make ready: there is nothing to start."""
    from press.writers.epub.typeset import Typesetter

    return nullcontext(Typesetter(cache))


def functions(composing: Composing) -> Mapping[str, Callable[..., Any]]:
    """Give templates nothing besides what all may call."""
    return {}
