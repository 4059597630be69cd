"""What BibTeX says is what is cited and listed, or is refused at its line."""

from __future__ import annotations

import pytest
from markupsafe import escape

from press.compose.citations import _linked
from press.content.sources import Source, read_sources
from press.errors import Problem


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
