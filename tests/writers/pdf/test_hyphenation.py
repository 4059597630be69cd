"""Words with their allowed breaks outrank the language's patterns, and only while a document is laid out."""

from __future__ import annotations

from collections.abc import Callable

import pyphen
import pytest
from support.pdf import typeset_here

from press.document import Document
from press.writers.pdf.engine.hyphenation import ALLOW, FORBID, exceptions, pattern

MakeDocument = Callable[..., Document]
LANGUAGE = "nb-NO"
WORD = "sammen-slå-ing"


def divided(word: str) -> str:
    """Show all breaks that a word may have now."""
    return pyphen.Pyphen(lang=LANGUAGE).inserted(word)


def test_patterns_alone_divide_otherwise() -> None:
    """What the other tests rest on: without the exception these breaks are others."""
    assert divided("sammenslåing") != WORD
    assert divided("kommunesammenslåing").replace("-", "") == "kommunesammenslåing"


def test_exception_outranks_the_patterns() -> None:
    with exceptions(LANGUAGE, [WORD]):
        assert divided("sammenslåing") == WORD


def test_exception_holds_with_a_capital() -> None:
    with exceptions(LANGUAGE, [WORD]):
        assert divided("Sammenslåing") == "Sammen-slå-ing"


@pytest.mark.parametrize("before", ["kommune", "fylkes", "skole"])
def test_exception_holds_inside_compounds(before: str) -> None:
    with exceptions(LANGUAGE, [WORD]):
        assert divided(f"{before}sammenslåing").endswith(WORD)


def test_exception_holds_in_inflected_forms() -> None:
    with exceptions(LANGUAGE, [WORD]):
        assert divided("sammenslåingen").startswith("sammen-slå-ing")


def test_exception_is_gone_afterwards() -> None:
    before = divided("sammenslåing")
    with exceptions(LANGUAGE, [WORD]):
        assert divided("sammenslåing") != before
    assert divided("sammenslåing") == before


def test_patterns_of_a_language_are_read_once_for_the_same_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    # They were read anew for each part of a document, an eighth of the time that the parts took.
    with exceptions(LANGUAGE, [WORD]):
        expected = divided("sammenslåing")
    monkeypatch.setattr(pyphen, "HyphDict", None)
    with exceptions(LANGUAGE, [WORD]):
        assert divided("sammenslåing") == expected


def test_exception_is_gone_after_a_failure_too() -> None:
    before = divided("sammenslåing")
    with pytest.raises(RuntimeError), exceptions(LANGUAGE, [WORD]):
        raise RuntimeError
    assert divided("sammenslåing") == before


def test_exception_of_one_document_does_not_reach_the_next() -> None:
    with exceptions(LANGUAGE, [WORD]):
        divided("sammenslåing")
    with exceptions(LANGUAGE, ["digi-tal"]):
        assert divided("sammenslåing") != WORD
        assert divided("digital") == "digi-tal"


def test_other_words_are_divided_as_before() -> None:
    words = ["digitalisering", "bedriftene", "industri", "produksjon"]
    before = [divided(word) for word in words]
    with exceptions(LANGUAGE, [WORD]):
        assert [divided(word) for word in words] == before


def test_no_exceptions_change_nothing() -> None:
    before = divided("digitalisering")
    with exceptions(LANGUAGE, []):
        assert divided("digitalisering") == before


@pytest.mark.parametrize(
    ("word", "letters", "values"),
    [
        ("ab", "ab", (0, FORBID)),
        ("a-b", "ab", (0, ALLOW)),
        ("slå-ing", "slåing", (0, FORBID, FORBID, ALLOW, FORBID, FORBID)),
        ("SLÅ-ing", "slåing", (0, FORBID, FORBID, ALLOW, FORBID, FORBID)),
    ],
)
def test_pattern_forbids_every_break_but_those_written(word: str, letters: str, values: tuple[int, ...]) -> None:
    assert pattern(word) == (letters, values)
    assert ALLOW % 2 == 1, "an odd digit allows a break"
    assert FORBID % 2 == 0, "an even one forbids it"


NARROW = 'p { width: %s; font-family: "Source Serif Pro"; hyphens: auto; hyphenate-limit-chars: 5 2 2 }'


def lines(document: MakeDocument, words: tuple[str, ...], width: str = "1mm") -> list[str]:
    """Set a word in a column so narrow that it breaks wherever it may."""
    made = document(("start", "<p>Kommunesammenslåing</p>"), sheet=NARROW % width, words=words)
    surveyed = typeset_here(made, surveying=True).surveyed
    assert surveyed is not None
    return [line.text.strip().rstrip("-‐") for page in surveyed.pages for line in page.lines]


def test_typeset_document_is_divided_by_its_exceptions(document: MakeDocument) -> None:
    whole = lines(document, ())
    assert "".join(whole) == "Kommunesammenslåing"
    with_exception = lines(document, (WORD,))
    assert "".join(with_exception) == "Kommunesammenslåing"
    assert with_exception[-3:] == ["sammen", "slå", "ing"]
    assert whole[-3:] != with_exception[-3:]
    assert lines(document, ()) == whole, "the next document knows nothing of it"
