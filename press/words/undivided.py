"""Names that no line divides: told once in `content/hyphenation.yaml`, kept whole wherever they are printed.

A name stays on one line with its spaces and its genitive's -s; what a hyphen joins to it («Digital21-rapporten») may
stand on the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
Names = re.Pattern[str] | None
"""What finds the names in a text."""
_WHOLE = Markup('<span class="whole">{}</span>')


@lru_cache(maxsize=4)
def pattern_of(names: tuple[str, ...]) -> Names:
    """Make the pattern that finds names in a text, the same for the same names; None for none."""
    # A space of a name may have become a non-breaking one.
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name).replace(r"\ ", r"[ \u00a0]") for name in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})s?(?!\w)") if names else None


def keep_whole(text: str, names: Names, mark: Callable[[str], Markup]) -> Markup:
    """Set plain text as HTML with `mark`, and its names so that no line divides them."""
    pieces: list[Markup] = []
    end = 0
    for match in names.finditer(text) if names is not None else ():
        name = mark(match[0].replace(" ", NO_BREAK_SPACE))
        pieces += [mark(text[end : match.start()]), _WHOLE.format(name)]
        end = match.end()
    return Markup("").join([*pieces, mark(text[end:])])
