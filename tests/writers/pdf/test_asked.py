"""What a finished PDF has answered is kept for the next command, and asked again where it may be otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.pdf import typeset_here

from press.cache import Cache
from press.document import Document
from press.errors import Place, Problem
from press.writers.pdf.link import letters_by_font
from press.writers.pdf.sealed import Typesetter
from press.writers.pdf.seen import surveyed
from press.writers.pdf.seen.asked import Asked, Kept
from press.writers.pdf.written import Written

WRONG = Problem(Place("templates"), "read-back", "letters are lacking", "mend it")
KEPT: Kept[list[Problem]] = Kept(lambda problems: None if problems else b"", lambda data: [])


@pytest.fixture
def part(document: Callable[..., Document]) -> Written:
    with Typesetter(workers=1) as typesetter:
        typesetter.typeset(document(("one", '<p id="slutt">Side [slutt]</p>')))
        (written,) = typesetter.kept.met.values()
    return written


class Reader:
    """Answers the question about a part, and counts how often it is asked."""

    def __init__(self, folder: Path, part: Written) -> None:
        self.folder, self.part = folder, part
        self.times = 0

    def ask(self, answer: list[Problem], first: int = 1, slutt: int = 5, key: str = "k") -> list[Problem]:
        """Ask as a new command would."""

        def read() -> list[Problem]:
            self.times += 1
            return answer

        asked = Asked(Cache(self.folder))
        asked.begin(letters_by_font([self.part]), {self.part: key} if key else {})
        return asked.about("letters", self.part, first, {"slutt": slutt}, read, KEPT)


def test_next_command_asks_only_what_may_be_otherwise(tmp_path: Path, part: Written) -> None:
    reader = Reader(tmp_path, part)
    assert [reader.ask([]), reader.ask([])] == [[], []]
    assert reader.times == 1
    for number, other in enumerate(({"first": 2}, {"slutt": 6}, {"key": "another"}, {"key": ""}), start=2):
        reader.ask([], **other)  # type: ignore[arg-type]
        assert reader.times == number, other


@pytest.mark.long
def test_what_is_wrong_is_asked_again_and_told_again(tmp_path: Path, part: Written) -> None:
    reader = Reader(tmp_path, part)
    assert [reader.ask([WRONG]), reader.ask([WRONG])] == [[WRONG], [WRONG]]
    assert reader.times == 2


@pytest.mark.long
def test_survey_of_kept_parts_is_that_of_new_ones(
    document: Callable[..., Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from press.writers.pdf.sealed import Typesetter

    made = document(("one", '<p><a href="#slutt">Side</a> [slutt]</p>'), ("two", '<p id="slutt">To</p>'))
    with Typesetter(cache=Cache(tmp_path)) as typesetter:
        first = typesetter.typeset(made, surveying=True)
    expected = typeset_here(made, surveying=True).surveyed

    def found(*given: object) -> None:
        pytest.fail("the PDF is asked again")

    monkeypatch.setattr(surveyed, "_found", found)
    with Typesetter(cache=Cache(tmp_path)) as typesetter:
        again = typesetter.typeset(made, surveying=True)
    assert again.surveyed == first.surveyed == expected
    assert again.surveyed is not None
    assert [link.lands for page in again.surveyed.pages for link in page.links] == [2]
