"""Citations as Pandoc writes them: with words before, without the author, and as part of a sentence."""

from __future__ import annotations

import re

import pytest
from support.projects import Project, assert_problems

from press.compose.parts import compose
from press.editions.edition import FULL

SOURCES = """\
@book{boka, author = {Nordmann, Kari and Hansen, Per}, title = {Boka}, year = {2020}, publisher = {Forlaget}}
@misc{ssb, author = {{Statistisk sentralbyrå}}, title = {Tall}, year = {2021}}
@misc{uten, title = {Uten forfatter}, year = {2019}}
"""
NUMBERED = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>n</title><id>n</id></info>
<citation><layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/>
<group prefix=", "><label variable="locator" form="short" suffix=" "/><text variable="locator"/></group></layout>
</citation>
<bibliography><layout><text variable="citation-number" suffix=". "/><text variable="title"/></layout></bibliography>
</style>
"""
TYPED = (
    "@boka og @ssb [avsn. 2]s, [-@boka, s. 12–14], [se @boka, kap. 3.2; jf. også @ssb], [@ssb, bd. 2; -@uten] og @uten."
)
BY_AUTHOR = (
    "Nordmann og Hansen (2020) og Statistisk sentralbyrå (2021, avsn. 2)s, (2020, s. 12–14), "
    "(se Nordmann og Hansen, 2020, kap. 3.2; jf. også Statistisk sentralbyrå, 2021), "
    "(2019; Statistisk sentralbyrå, 2021, bd. 2) og «Uten forfatter» (2019)."
)
BY_NUMBER = (
    "Nordmann og Hansen [1] og Statistisk sentralbyrå [2, avsn. 2]s, [1, s. 12–14], [se 1, kap. 3.2, jf. også 2], "
    "[2, bd. 2, 3] og «Uten forfatter» [3]."
)


def citing(project: Project, text: str, style: str = "") -> Project:
    settings = "language: nb\nreferences: kilder.bib" + ("\nreference_style: stil.csl" if style else "")
    project.change("content/report.yaml", "language: nb", settings).write("content/kilder.bib", SOURCES)
    if style:
        project.write("content/stil.csl", style)
    return project.blocks(f"  - text: |\n      Se {text}\n  - references: kilder\n")


def set_in(project: Project) -> str:
    (part,) = [part for part in compose(project.load(), FULL).parts if part.id == "start"]
    return part.html


@pytest.mark.parametrize(("style", "expected"), [("", BY_AUTHOR), (NUMBERED, BY_NUMBER)], ids=["author", "number"])
def test_citation_is_set_as_it_is_written(project: Project, style: str, expected: str) -> None:
    html = set_in(citing(project, TYPED, style))
    words = re.sub(r"<[^>]*>", "", html).replace("\u00a0", " ")
    assert f"Se {expected}" in words
    # The list has its authors, whatever a citation leaves out.
    assert style or "Nordmann, K. og Hansen, P. (2020) Boka." in words
    assert html.count('<a class="reference"') == 4


def test_source_that_a_text_names_is_known_or_no_source(project: Project) -> None:
    assert_problems(
        citing(project, "@bok og @boka [siden], @ssb og [@uten, s. 3, mer].").errors(),
        "4:10: there is no source 'bok' [sources-known] did you mean 'boka'?",
        "4:24: brackets behind a source that the text names [prose-marks] @key [s. 12]",
        "4:41: this looks like a citation [prose-marks] [-@key]",
    )


def test_title_that_names_a_source_is_told_that_it_cites_nothing(project: Project) -> None:
    citing(project, "@boka.").change("content/start.yaml", "title: Start", "title: Etter @boka og @andre")
    assert_problems(project.errors(), "1:14: titles and labels cite nothing [sources-known] into the text")


def test_account_is_letters_where_nothing_is_cited(project: Project) -> None:
    project.blocks("  - text: |\n      Følg @etaten, eller skriv til a@b.no og \\@ss.\n")
    assert not project.problems()
    assert "Følg @etaten, eller skriv til a@b.no og @ss." in set_in(project)


def test_source_without_a_name_is_not_named(project: Project) -> None:
    citing(project, "@uten og [@boka; @ssb].", NUMBERED).change("content/kilder.bib", "title = {Uten forfatter}, ", "")
    assert_problems(
        project.errors(),
        "content/kilder.bib:3:1: the source 'uten' has no author that a text could name [sources-known] [@uten]",
    )
