"""Citations as Pandoc writes them: with words before, without the author, and as part of a sentence."""

from __future__ import annotations

import re

import pytest
from support.projects import Project, assert_problems

from press.compose.parts import compose
from press.editions.edition import FULL, edition_of

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


def test_style_that_lists_nothing_is_refused(project: Project) -> None:
    style = re.sub(r"(<bibliography>).*(</bibliography>)", r"\1<layout/>\2", NUMBERED, flags=re.DOTALL)
    citing(project, "[@boka; @ssb].", style)
    assert [problem.what for problem in project.errors()] == ["the style lists nothing of a source that is cited"]


# Short editions.

SHORT = """\
label: Kort
limits: {pages: "4"}
sections:
  - id: kort-fortalt
    title: Kort fortalt
    blocks:
      - brief: start
      - text: |
          Som i [@ssb, s. 3].
"""


def in_short(project: Project, more: str = "", style: str = "") -> Project:
    citing(project, "[@boka; @ssb].", style)
    summary = "title: Start\nsummary:\n  text: Kort sagt [@uten].\n  rests_on: [start]\n"
    project.change("content/start.yaml", "title: Start\n", summary)
    return project.write("content/editions/kort.yaml", SHORT + more)


@pytest.mark.parametrize(
    ("style", "text", "listed"),
    [
        ("", "Som i (Statistisk sentralbyrå, 2021, s. 3).", ["Statistisk sentralbyrå", "Uten forfatter"]),
        (NUMBERED, "Som i [2, s. 3].", ["Uten forfatter", "Tall"]),
    ],
    ids=["author", "number"],
)
def test_short_edition_lists_what_it_cites_itself(project: Project, style: str, text: str, listed: list[str]) -> None:
    report = in_short(project, "      - references: kilder-her\n", style).load()
    (html,) = [part.html for part in compose(report, edition_of(report, "kort")).parts if part.id == "kort-fortalt"]
    words = re.sub(r"<[^>]*>", "", html).replace("\u00a0", " ")
    assert text in words
    *_, entries = html.partition('<ul class="references" id="kilder-her"')
    said = [re.sub(r"<[^>]*>|\s", "", entry) for entry in entries.split("<li ")[1:]]
    found = [name for entry in said for name in (*listed, "Boka") if name.replace(" ", "") in entry]
    assert found == listed
    anchors = re.findall(r'id="(kilder-her\.\d)"', html)
    assert sorted(re.findall(r'href="#(kilder-her\.\d)"', html)) == sorted(anchors)


def test_short_edition_that_cites_and_lists_nothing_is_told(project: Project) -> None:
    assert_problems(
        [each for each in in_short(project).errors() if each.rule != "approved"],
        "content/editions/kort.yaml:4:5: this edition cites (content/start.yaml:3:19), and does not list its sources "
        "[sources-known] write `- references: kilder-her`",
    )
    # The report's list will do, and has this edition's sources there.
    project.write("content/editions/kort.yaml", f"{SHORT}      - excerpt: kilder\n")
    assert [each.rule for each in project.errors()] == ["approved"]


def test_citation_in_a_short_edition_alone_asks_nothing_of_the_report(project: Project) -> None:
    in_short(project, "      - references: kilder-her\n")
    project.change("content/start.yaml", "Se [@boka; @ssb].", "Se på det.")
    project.change("content/start.yaml", "  - references: kilder\n", "")
    assert [each.rule for each in project.errors()] == ["approved"]


@pytest.mark.parametrize(
    ("style", "norwegian", "english"),
    [
        (
            "",
            "(Nordmann og Hansen, 2020, s. 12) og Nordmann og Hansen (2020).",
            "(Nordmann and Hansen, 2020, p. 12) and Nordmann and Hansen (2020).",
        ),
        (NUMBERED, "[1, s. 12] og Nordmann og Hansen [1].", "[1, p. 12] and Nordmann and Hansen [1]."),
    ],
    ids=["author", "number"],
)
def test_citation_is_in_the_language_of_its_section(project: Project, style: str, norwegian: str, english: str) -> None:
    citing(project, "[@boka, s. 12] og @boka.", style)
    project.change("content/report.yaml", "    - start", "    - start\n    - abroad")
    project.write("content/abroad.yaml", "title: A\nlanguage: en\nblocks:\n  - text: See [@boka, p. 12] and @boka.\n")
    parts = {part.id: part.html for part in compose(project.load(), FULL).parts}
    words = {name: re.sub(r"<[^>]*>", "", html).replace("\u00a0", " ") for name, html in parts.items()}
    assert f"Se {norwegian}" in words["start"]
    assert f"See {english}" in words["abroad"]
