"""What a function says of a text, said once: in a living process most texts are those of the build before.

A text of a file that is as it was is the same object in the next build (`press.content.load`), with the same letters
at the same places. What was said of it lies with it, and goes when it goes. Equal letters in another place are another
text, and so is a text of a file that was changed: problems name lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from operator import is_
from typing import Any, TypeVar, TypeVarTuple

from press.content.strict_yaml import Located

Given = TypeVarTuple("Given")
Said = TypeVar("Said")
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def remembered(
    function: Callable[[Located, *Given], Iterable[Said]],
) -> Callable[[Located, *Given], tuple[Said, ...]]:
    """Let a function be asked once of each text, as long as it is given the very same objects besides.

    What it says may rest on nothing but the text and what it is given, neither of which anybody changes. Of each text
    only the last answer is kept. A list that is read anew in each build is given as what `lru_cache` makes of its
    plain values.
    """

    @wraps(function)
    def said(text: Located, *given: *Given) -> tuple[Said, ...]:
        known = _known(text)
        before = known.get(function)
        if before is not None and _same(before[0], given):
            answer: tuple[Said, ...] = before[1]
            return answer
        answer = tuple(function(text, *given))
        known[function] = given, answer
        return answer

    return said


def remembered_asking(
    function: Callable[[Located, Callable[[Asked], Answer], *Given], Iterable[Said]],
) -> Callable[[Located, Callable[[Asked], Answer], *Given], tuple[Said, ...]]:
    """As `remembered`, for a function that asks for what stands elsewhere: the words of references.

    What it asked is asked again, in the same order, and only the same answers all through let what it said stand.
    """

    @wraps(function)
    def said(text: Located, ask: Callable[[Asked], Answer], *given: *Given) -> tuple[Said, ...]:
        known = _known(text)
        before = known.get(function)
        if before is not None and _same(before[0], given) and all(ask(each) == told for each, told in before[2]):
            answer: tuple[Said, ...] = before[1]
            return answer
        asked: list[tuple[Asked, Answer]] = []

        def asking(each: Asked) -> Answer:
            told = ask(each)
            asked.append((each, told))
            return told

        answer = tuple(function(text, asking, *given))
        known[function] = given, answer, asked
        return answer

    return said


def _known(text: Located) -> dict[object, Any]:
    known: dict[object, Any] = text.__dict__.setdefault("_said", {})
    return known


def _same(before: tuple[Any, ...], given: tuple[Any, ...]) -> bool:
    return len(before) == len(given) and all(map(is_, before, given))
