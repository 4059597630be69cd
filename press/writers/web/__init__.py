"""The web writer: a page for each chapter, one with all of them, and what belongs to them, as files of one folder.

Nothing in it asks for another host, and nothing but search, the place kept and a citation copied needs a script.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from press.writers.chapters import openings
from press.writers.web.versions import set_by

if TYPE_CHECKING:
    from press.cache import Cache
    from press.writers import Composing
    from press.writers.web.typeset import Typesetter


__all__ = ["functions", "openings", "set_by", "typesetter"]


def typesetter(cache: Cache) -> AbstractContextManager[Typesetter]:
    """Make ready: there is nothing to start."""
    from press.writers.web.typeset import Typesetter

    return nullcontext(Typesetter(cache))


def functions(composing: Composing) -> Mapping[str, Callable[..., Any]]:
    """Give templates the names of files, words gathered under one, and the script in each page's head with its hash."""
    from markupsafe import Markup

    from press.writers.web.early import early_script, hash_of
    from press.writers.web.pages import file_of

    def words_under(name: str) -> list[str]:
        return [words for each, words in composing.language.web.items() if each.startswith(f"{name}_")]

    def early() -> tuple[Markup, str]:
        script = early_script(composing.stylesheet)
        return Markup(script), hash_of(script)  # noqa: S704 - ours, and as JSON what it names

    return {"early": early, "file_of": file_of, "words_under": words_under}
