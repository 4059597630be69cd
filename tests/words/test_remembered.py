"""What is remembered of a text: as long as it is that very text, and what is asked besides is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from press.content.strict_yaml import Located
from press.errors import Place
from press.words.remembered import remembered, remembered_asking

asked: list[str] = []


@remembered
def placed(text: Located, word: str) -> Iterator[Place]:
    asked.append(word)
    yield text.place_of(text.index(word))


def test_text_is_asked_once_as_long_as_the_same_is_given() -> None:
    asked.clear()
    text, word = Located("ett to", Place("a", 1, 1)), "to"
    assert placed(text, word) == placed(text, word) == (Place("a", 1, 5),)
    assert asked == ["to"]


def test_text_is_asked_again_when_something_else_is_given() -> None:
    text = Located("ett to", Place("a", 1, 1))
    assert placed(text, "to") == (Place("a", 1, 5),)
    assert placed(text, "ett") == (Place("a", 1, 1),)
    assert placed(text, "to") == (Place("a", 1, 5),)


def test_equal_text_in_another_place_has_its_own_answer() -> None:
    assert placed(Located("ett to", Place("a", 1, 1)), "to") == (Place("a", 1, 5),)
    assert placed(Located("ett to", Place("a", 7, 1)), "to") == (Place("a", 7, 5),)


def test_what_was_said_goes_with_its_text() -> None:
    text = Located("ett to", Place("a", 1, 1))
    for word in ("ett", "to", "e", "t"):
        placed(text, word)
    (said,) = text.__dict__["_said"].values()
    assert said == (("t",), (Place("a", 1, 2),))


@remembered_asking
def filled(text: Located, ask: Callable[[str], str]) -> Iterator[str]:
    asked.append(str(text))
    yield " ".join(map(ask, text.split()))


def test_answer_stands_as_long_as_what_it_asked_has_the_same_answers() -> None:
    asked.clear()
    text, words = Located("a b", Place("a", 1, 1)), {"a": "en", "b": "to"}
    assert filled(text, words.__getitem__) == filled(text, words.__getitem__) == ("en to",)
    assert asked == ["a b"]
    words["b"] = "tre"
    assert filled(text, words.__getitem__) == ("en tre",)
