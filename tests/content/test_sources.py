"""What BibTeX says is what is cited and listed, or is refused at its line."""

from __future__ import annotations

import pytest
from markupsafe import escape

from press.compose.citations import _linked
from press.content.sources import Source, read_sources
from press.errors import Problem

ENTRY = '{"id": "a", "type": "book", %s}'


def _read(fields: str) -> tuple[Source, list[Problem]]:
    problems: list[Problem] = []
    found = read_sources(f"@misc{{alen,\n  title = {{Alen}},\n  {fields}\n}}\n", "content/kilder.bib", problems)
    return found["alen"], problems


def test_an_address_in_howpublished_is_the_address_of_the_source() -> None:
    source, problems = _read(r"howpublished = {\url{https://snl.no/alen}}")
    assert not problems
    assert source.data["URL"] == "https://snl.no/alen"
    assert "publisher" not in source.data


def test_an_address_among_words_stands_without_brackets() -> None:
    source, problems = _read(r"note = {Lest på \url{https://snl.no/a_b}}")
    assert not problems
    assert source.data["note"] == "Lest på https://snl.no/a_b"


@pytest.mark.parametrize("around", ["<{}>.", "«{}».", '"{}"', "({})."])
def test_the_link_of_an_address_ends_where_the_address_does(around: str) -> None:
    linked = _linked(escape(around.format("https://snl.no/alen?a=1&b=2")))
    assert '">https://snl.no/alen?a=1&amp;b=2</a>' in linked
    assert linked.striptags() == around.format("https://snl.no/alen?a=1&b=2")


@pytest.mark.parametrize("name", ["Statistisk sentralbyrå", "Store norske leksikon", "Alder, Ken and Norges bank"])
def test_an_organisation_is_not_taken_for_a_person(name: str) -> None:
    _, problems = _read(f"author = {{{name}}}")
    assert [(problem.place.line, problem.rule) for problem in problems] == [(3, "sources")]
    assert f"write {{{{{name.rsplit(' and ', maxsplit=1)[-1]}}}}} if it is an organisation" in (problems[0].mend or "")


@pytest.mark.parametrize(
    "name",
    ["{Statistisk sentralbyrå}", "Nordmann, Kari", "Ludwig van Beethoven", "van Gogh, Vincent", "hooks, bell", "NIST"],
)
def test_people_and_braced_organisations_are_let_through(name: str) -> None:
    assert not _read(f"author = {{{name}}}")[1]


HIDDEN = "the title of 'a' has a character that nobody sees"
CSL_JSON = {
    '"volume": NaN': "the file holds a number that is none, or far too long",
    f'"volume": {"1" * 5000}': "the file holds a number that is none, or far too long",
    '"title": "Alen", "title": "Fot"': "an entry has two of: title",
    r'"title": "Alen\ud800"': f"{HIDDEN}: U+D800",
    r'"title": "Alen\ufde0"': f"{HIDDEN}: U+FDE0",
    '"shortTitle": ["Alen"]': "the shortTitle of 'a' is no text",
    '"issued": {"date-parts": [[2020, 17]]}': "the date 'issued' of 'a' cannot be read",
}


@pytest.mark.parametrize(("said", "what"), CSL_JSON.items(), ids=map(str, range(len(CSL_JSON))))
def test_what_json_can_hold_and_no_page_is_refused(said: str, what: str) -> None:
    problems: list[Problem] = []
    read_sources(f"[{ENTRY % said}]", "content/kilder.json", problems)
    assert [problem.what for problem in problems] == [what]


def test_a_number_of_json_is_printed_as_it_is_typed() -> None:
    text = f"[{ENTRY}]" % '"volume": 1.10'
    assert read_sources(text, "content/kilder.json", [])["a"].data["volume"] == "1.10"


def test_a_problem_of_json_stands_at_its_own_entry() -> None:
    problems: list[Problem] = []
    text = '[{"custom": {"id": 1}, "id": "a", "type": "book"},\n {"type": [], "id": "b"}]'
    read_sources(text, "content/kilder.json", problems)
    assert [(problem.place.line, problem.place.column) for problem in problems] == [(2, 15)]


BIBTEX = {
    "month = {våren}": "the month of 'alen' cannot be read",
    "month = {²}": "the month of 'alen' cannot be read",
    "date = {2020-13-01}": "the date 'issued' of 'alen' cannot be read",
    "Title = {Fot}": "an entry has two of: title",
    'note = alen # " og fot"': "the note of 'alen' stands neither in braces nor in quotes, and no @string is called so",
    r"note = {$\frac$ \input{x}}": "the note of 'alen' cannot be read",
    f"note = {{{'{' * 2000}x{'}' * 2000}}}": "the note of 'alen' cannot be read",
}


@pytest.mark.parametrize(("fields", "what"), BIBTEX.items(), ids=map(str, range(len(BIBTEX))))
def test_what_bibtex_does_not_say_whole_is_refused(fields: str, what: str) -> None:
    assert [problem.what for problem in _read(fields)[1]] == [what]


@pytest.mark.parametrize("month", ["{5}", "may", "{mai}", '"17~" # may', "{May}"])
def test_a_month_is_read_as_it_is_called(month: str) -> None:
    source, problems = _read(f"year = 2020, month = {month}")
    assert not problems
    assert source.data["issued"] == {"date-parts": [[2020, 5]]}
