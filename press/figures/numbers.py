"""Numbers in figures as a language writes them: «12,5» and «25 000» in Norwegian, “12.5” and “25,000” in English.

What matplotlib writes of itself (ticks, `bar_label`, the shares of a pie, the heights of contours) comes with the signs
of the figure's language, whatever the machine's. What a script writes itself it writes with `data.number`: its words
are left as they are, for a point there may part a date or a version. The rule `figure-numbers` tells of those that look
like a number written otherwise.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Any

MINUS = "\N{MINUS SIGN}"
GROUPED_FROM = 10_000
_AS_PYTHON = re.compile(r"(?<![\w.,])(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?(?![.,]?\d)")
_FORMULA = re.compile(r"(?<!\\)(\$[^$]*\$)")


@dataclass(frozen=True)
class Signs:
    """The signs that a language has in numbers; by default those of Python."""

    decimal: str = "."
    group: str = ""
    """What parts thousands, from 10 000 up."""

    def number(self, value: str | float | None, decimals: int | None = None) -> str:
        """Write a number, with so many decimals or as many as it has; nothing for an empty cell.

        Halves are rounded away from nought. Raises ValueError for a word.
        """
        if value is None or (not isinstance(value, str) and not math.isfinite(value)):
            return ""
        try:
            exact = Decimal(value) if isinstance(value, str | int) else Decimal(f"{float(value):.12g}")
        except ArithmeticError:
            raise ValueError(f"{value!r} is no number") from None
        if decimals is not None:
            exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        written = format(abs(exact), "f")
        if decimals is None and "." in written:
            written = written.rstrip("0").rstrip(".")
        whole, _, rest = written.partition(".")
        return f"{MINUS if exact < 0 else ''}{self._joined(whole, rest)}"

    def translated(self, label: str) -> str:
        """Write the numbers of a label that Python formatted with these signs; in a formula, so that it stays one."""
        if self == PYTHON:
            return label
        parts = _FORMULA.split(label)
        parts[::2] = [_AS_PYTHON.sub(self._rewritten, words) for words in parts[::2]]
        sign = self.decimal if self.decimal == "." else f"{{{self.decimal}}}"
        parts[1::2] = [re.sub(r"(?<=\d)\.(?=\d)", lambda _: sign, part) for part in parts[1::2]]
        return "".join(parts)

    def _rewritten(self, match: re.Match[str]) -> str:
        grouped_from = 0 if "," in match["whole"] else GROUPED_FROM  # as its author asked for
        return self._joined(match["whole"].replace(",", ""), match["decimals"] or "", grouped_from)

    def _joined(self, whole: str, decimals: str, grouped_from: int = GROUPED_FROM) -> str:
        if self.group and int(whole) >= grouped_from:
            whole = f"{int(whole):,}".replace(",", self.group)
        return whole + (self.decimal + decimals if decimals else "")


PYTHON = Signs()


@contextmanager
def written_with(signs: Signs) -> Iterator[None]:
    """Let matplotlib write its own numbers with these signs while the body runs."""
    from matplotlib import ticker
    from matplotlib.axes import Axes
    from matplotlib.contour import ContourLabeler

    by_python = (
        ticker.ScalarFormatter,  # and EngFormatter
        ticker.LogFormatter,
        ticker.LogitFormatter,
        ticker.PercentFormatter,
        ticker.FormatStrFormatter,
        ticker.StrMethodFormatter,
    )

    def ticks(theirs: Callable[..., Any]) -> Callable[..., Any]:
        def format_ticks(self: Any, values: Any) -> Any:
            found = theirs(self, values)
            return [*map(signs.translated, found)] if isinstance(self, by_python) else found

        return format_ticks

    def offset(theirs: Callable[..., Any]) -> Callable[..., Any]:
        return lambda self: signs.translated(theirs(self))

    def bars(theirs: Callable[..., Any]) -> Callable[..., Any]:
        def bar_label(self: Any, container: Any, labels: Any = None, *, fmt: Any = "%g", **more: Any) -> Any:
            return theirs(self, container, labels, fmt=_translating(fmt, signs), **more)

        return wraps(theirs)(bar_label)

    def pies(theirs: Callable[..., Any]) -> Callable[..., Any]:
        def pie(self: Any, *asked: Any, **more: Any) -> Any:
            if "autopct" in more:
                more["autopct"] = _translating(more["autopct"], signs)
            return theirs(self, *asked, **more)

        return wraps(theirs)(pie)

    def pie_labels(theirs: Callable[..., Any]) -> Callable[..., Any]:
        def pie_label(self: Any, container: Any, /, labels: Any, **more: Any) -> Any:
            if isinstance(labels, str) and signs != PYTHON:
                shares = zip(container.values, container.fracs, strict=True)
                labels = [signs.translated(labels.format(absval=value, frac=share)) for value, share in shares]
            return theirs(self, container, labels, **more)

        return wraps(theirs)(pie_label)

    def heights(theirs: Callable[..., Any]) -> Callable[..., Any]:
        def get_text(self: Any, lev: Any, fmt: Any) -> Any:
            found = theirs(self, lev, fmt)
            is_own = isinstance(lev, str) or isinstance(fmt, dict) or (callable(fmt) and not isinstance(fmt, by_python))
            return found if is_own or not isinstance(found, str) else signs.translated(found)

        return get_text

    patches: list[tuple[Any, str, Callable[..., Any]]] = [
        (ticker.Formatter, "format_ticks", ticks),
        (ticker.ScalarFormatter, "get_offset", offset),
        (ticker.EngFormatter, "get_offset", offset),
        (Axes, "bar_label", bars),
        (Axes, "pie", pies),
        (Axes, "pie_label", pie_labels),
        (ContourLabeler, "get_text", heights),
    ]
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in patches]
    for (owner, name, wrap), (*_, theirs) in zip(patches, before, strict=True):
        setattr(owner, name, wrap(theirs))
    try:
        yield
    finally:
        for owner, name, theirs in before:
            setattr(owner, name, theirs)


def _translating(fmt: Any, signs: Signs) -> Any:
    """Give what formats a number as matplotlib's format does, with these signs; a function stays as it is."""
    from matplotlib.cbook import _auto_format_str

    if not isinstance(fmt, str):
        return fmt
    return lambda value: signs.translated(_auto_format_str(fmt, value))
