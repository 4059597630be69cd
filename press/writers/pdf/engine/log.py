"""WeasyPrint's log as problems.

Used as a library WeasyPrint is silent: it tells of a misspelt property, a missing image or a missing glyph in its log
and carries on (`weasyprint/logger.py`). Whatever it and the libraries beneath log at warning level or above is a
problem here, with the part that was being laid out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from press.document import Document
from press.errors import Place, Problem

RULE = "weasyprint"
_AT = re.compile(r" at (\d+):(\d+)")
LOGGERS = ("weasyprint", "fontTools", "PIL")


class Problems(logging.Handler):
    """Gathers log records as problems, each once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.part = ""
        """Id of the part being laid out; empty while the whole document is written."""
        self.document: Document | None = None
        """What is being typeset, which knows the files of its style sheet."""
        self._problems: dict[str, Problem] = {}

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        where = f"the part {self.part!r}" if self.part else "the whole document"
        what = f"{record.name.partition('.')[0]} says of {where}: {message}"
        self._problems.setdefault(message, Problem(self._place(message), RULE, what, _mend(message)))

    def _place(self, message: str) -> Place:
        match = _AT.search(message)
        place = self.document.place_in_sheets(int(match[1]), int(match[2])) if match and self.document else None
        return place or Place("templates")

    @property
    def found(self) -> tuple[Problem, ...]:
        """What was gathered so far."""
        return tuple(self._problems.values())


@contextmanager
def listening() -> Iterator[Problems]:
    """Gather every warning while the body runs."""
    handler = Problems()
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.level, logger.propagate, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield handler
    finally:
        for logger, (level, propagate, handlers) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.propagate = propagate
            logger.handlers = handlers


def _mend(message: str) -> str:
    if any(word in message for word in ("property", "selector", "rule", "invalid value", "unsupported")):
        return "mend the style sheet in templates/ that holds this line"
    if "anchor" in message:
        return "refer to an id that is in print"
    if "image" in message or "URL" in message or "loading" in message.lower():
        return "name a file that the document has"
    if "glyph" in message or "font" in message.lower():
        return "use only characters that Source Serif Pro and Source Sans Pro have"
    return "change what the message names in templates/ or content/"
