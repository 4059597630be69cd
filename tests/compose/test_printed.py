"""Templates print each text of the content once, unchanged and in order, and no words of their own."""

from __future__ import annotations

import pytest
from support.projects import Project, assert_problems

from press.compose.parts import compose
from press.compose.printed import first_cell_spans
from press.editions.edition import FULL
from press.errors import Problem, ReportError
from press.words.language import OUR_TEMPLATES

BLOCKS = """\
  - text: |
      Første avsnitt. Se {boks-a}.
  - example: boks-a
    party: A
    theme: Temaet
    title: Tittelen
    makes: Lager ting
    text: |
      Bedrift A lager en ting.

      Og en ting til.
  - text: |
      Siste avsnitt.
"""
EXAMPLE = "templates/blocks/example.html.j2"
SECTION = "templates/editions/report/section.html.j2"


@pytest.fixture
def boxed(project: Project) -> Project:
    return project.blocks(BLOCKS)


def ours(name: str) -> str:
    return (OUR_TEMPLATES.parent / name).read_text(encoding="utf-8")


def found(project: Project) -> list[Problem]:
    with pytest.raises(ReportError) as caught:
        compose(project.load(), FULL)
    return list(caught.value.problems)


def changed(project: Project, name: str, old: str, new: str) -> list[Problem]:
    text = ours(name)
    assert old in text
    return found(project.write(name, text.replace(old, new)))


def test_templates_of_ours_print_everything_once(boxed: Project) -> None:
    html = "".join(part.html for part in compose(boxed.load(), FULL).parts)
    assert html.count("Og en ting til.") == 1
    assert not set(html) & set("\ufdd0\ufdd1\ufdd2")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("{{ block.text|prose }}", "", "10:11", "«Bedrift A lager en ting. Og en ting til.»: no template prints it"),
        ("{{ block.text|prose }}", "<!-- {{ block.text|prose }} -->", "10:11", "no template prints it"),
        ("{{ block.text|prose }}", 2 * "{{ block.text|prose }}", "10:11", "it is printed 2 times"),
        ("{{ block.text|prose }}", "{% set t = block.text|prose %}{{ t }}{{ t }}", "10:11", "it is printed 2 times"),
        ("{{ block.text|prose }}", "{{ block.text|prose|truncate(30) }}", "10:11", "no template prints it"),
        (
            "{{ block.text|prose }}",
            "{{ block.text|prose|replace('ting', 'sak') }}",
            "10:11",
            "only «Bedrift A lager en sak.",
        ),
        ("{{ block.text|prose }}", "{{ block.text }}", "10:11", "no template prints it"),
        ("{{ block.makes|line }}", "", "9:12", "no template prints it"),
        ("{{ block.title|display }}", "{{ block.title|upper|display }}", "8:12", "no template prints it"),
    ],
)
def test_text_that_a_block_template_drops_doubles_or_changes_is_named(
    boxed: Project, old: str, new: str, line: str, what: str
) -> None:
    problems = changed(boxed, EXAMPLE, old, new)
    places = {str(problem.place): problem.what for problem in problems if problem.rule == "printed"}
    assert what in places[f"content/start.yaml:{line}"]


def test_lead_and_colophon_that_a_template_drops_are_named(project: Project) -> None:
    project.section("title: Start\nlead: Ingressen.\nblocks:\n  - text: |\n      Første avsnitt.\n")
    problems = changed(project, SECTION, "{{ section.content.lead|prose }}", "")
    assert_problems(problems, "2:7: «Ingressen.»: no template prints it [printed] mend the template")
    project.write(SECTION, ours(SECTION))
    colophon = "templates/editions/report/colophon.html.j2"
    problems = changed(project, colophon, "{{ settings.rights|prose }}", "")
    assert_problems(problems, "content/report.yaml:9:9: «Fritt.»: no template prints it [printed]")


def test_blocks_in_another_order_than_the_content_are_named(boxed: Project) -> None:
    old = "{% for run in runs(section.content.blocks) %}"
    problems = changed(boxed, SECTION, old, "{% for run in runs(section.content.blocks)|reverse %}")
    assert all("is printed after «Siste avsnitt.», which stands below it" in each.what for each in problems)
    assert {str(each.place) for each in problems} >= {"content/start.yaml:3:11", "content/start.yaml:10:11"}


@pytest.mark.parametrize(
    ("new", "line"),
    [
        ("<p>Egne ord</p>{{ block.text|prose }}", 6),
        ("{{ 'Egne ord' }}{{ block.text|prose }}", 6),
        ("{{ 'Egne ord' if block.title else 'Ellers' }}{{ block.text|prose }}", 6),
        ("{{ 'Egne' ~ ' ' ~ block.party }}{{ block.text|prose }}", 6),
        ("{% set x %}Egne ord{% endset %}{{ x }}{{ block.text|prose }}", 6),
    ],
)
def test_words_of_a_templates_own_are_named_at_their_line(boxed: Project, new: str, line: int) -> None:
    text = ours(EXAMPLE)
    whole = '<div class="example-text">{{ block.text|prose }}</div>'
    row = text[: text.index(whole)].count("\n") + 1
    problems = changed(boxed, EXAMPLE, "{{ block.text|prose }}", new)
    assert (problems[0].place.file, problems[0].place.line) == (EXAMPLE, row)
    assert "«Egne»" in problems[0].what
    assert "templates/language/" in problems[0].mend


def test_words_in_tags_comments_and_conditions_are_not_printed(boxed: Project) -> None:
    new = (
        '<div class="egne ord" data-x="{{ "ord" if block.title == "Tittelen" else "andre" }}">'
        "{# Egne ord #}<!-- Egne ord --></div>{{ block.text|prose }} · &nbsp;–"
    )
    compose(boxed.write(EXAMPLE, ours(EXAMPLE).replace("{{ block.text|prose }}", new)).load(), FULL)


@pytest.mark.parametrize(
    ("firsts", "spans"),
    [
        (["Europa", "Europa", "Kina"], [2, 0, 1]),
        (["A", "B", "C"], [1, 1, 1]),
        (["Europa", "Kina", "Europa"], [1, 1, 1]),
        (["Europa", "Europa", ""], [1, 1, 1]),
        ([], []),
    ],
    ids=["groups", "names", "groups that come back", "a row without a name", "no rows"],
)
def test_first_cell_stands_for_the_rows_below_that_have_the_same(firsts: list[str], spans: list[int]) -> None:
    assert first_cell_spans([(first, "verdi") for first in firsts]) == spans


def test_only_cell_of_a_row_stands_for_itself() -> None:
    assert first_cell_spans([("A",), ("A",)]) == [1, 1]
    assert first_cell_spans([(), ()]) == [1, 1]
