"""Compose: templates filled, ids made numbers and names, content kept content."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from support.cases import rest_long
from support.projects import REPORTS, ROOT, Project

from press.compose.parts import compose
from press.content.blocks import KINDS, Node
from press.content.load import load
from press.content.report import ReadTable, Report
from press.content.strict_yaml import Located
from press.document import AT, FURNITURE, PAGE_OF, Document, Part
from press.editions.edition import FULL
from press.errors import Place, Problem, TemplateError

TEMPLATES = ROOT / "templates"
EDITION = FULL
TEXT = "templates/blocks/text.html.j2"


def composed(project: Project) -> Document:
    return compose(project.load(), EDITION)


def part(document: Document, name: str) -> Part:
    """Give a part without the places that its elements come from."""
    (found,) = (each for each in document.parts if each.id == name)
    return replace(found, html=re.sub(rf' {AT}="[^"]*"| {FURNITURE}', "", found.html))


def start(project: Project) -> str:
    """Give the HTML of the small publication's one section, with single spaces."""
    return one_line(part(composed(project), "start").html)


def one_line(html: str) -> str:
    return " ".join(html.split())


def problems(project: Project) -> tuple[Problem, ...]:
    with pytest.raises(TemplateError) as caught:
        composed(project)
    return caught.value.problems


def problem(project: Project) -> Problem:
    (found,) = problems(project)
    assert found.mend
    return found


# A template that goes wrong is named with its line.


@pytest.mark.parametrize(
    ("template", "line", "what"),
    [
        ("<p>\n{{ nothing }}\n</p>\n", 2, "the template is given nothing that is called 'nothing'"),
        ("\n\n{{ block.txet|prose }}\n", 3, "'text' has nothing that is called 'txet'"),
        ("\n{{ report.settings.titel }}\n", 2, "'settings' has nothing that is called 'titel'"),
        ('{{ word("pgae") }}\n', 1, "'pgae' is no word of templates/language/nb.yaml: did you mean 'page'"),
        ('\n\n{{ page("figur-55") }}\n', 3, "a template refers to 'figur-55', which nothing has as its id"),
        ('{{ name("figur-55") }}\n', 1, "a template refers to 'figur-55', which nothing has as its id"),
        ("{% for x in 5 %}\n", 1, "Unexpected end of template."),
        ("<p>\n{% iff x %}\n", 2, "Encountered unknown tag 'iff'."),
        ("\n\n{{ block.text|norsk }}\n", 3, "No filter named 'norsk'."),
    ],
)
def test_template_that_goes_wrong_is_named_with_its_line(project: Project, template: str, line: int, what: str) -> None:
    found = problem(project.write(TEXT, template))
    assert found.place == Place(TEXT, line)
    assert found.what.startswith(what)
    assert found.rule == "template"


def test_undefined_name_in_a_macro_is_named_where_it_stands(project: Project) -> None:
    section = (TEMPLATES / "editions/report/section.html.j2").read_text(encoding="utf-8")
    (line,) = (
        n
        for n, text in enumerate(section.splitlines(), start=1)
        if text.startswith("<h{{ [section.level, 6]|min }} class")
    )
    broken = section.replace('class="heading-{{ depth }}', 'class="heading-{{ dept }}')
    project.write("templates/editions/report/section.html.j2", broken)
    project.write("content/under.yaml", "title: Under\nblocks:\n  - text: |\n      Ord.\n")
    project.change("content/report.yaml", "    - start\n", "    - start:\n        - under\n")
    found = problem(project)
    assert found.place == Place("templates/editions/report/section.html.j2", line)
    assert found.what == "the template is given nothing that is called 'dept'"


def test_template_that_is_not_there_is_named_with_what_to_write(project: Project) -> None:
    found = problem(project.write(TEXT, '{% include "blocks/words.html.j2" %}\n'))
    assert found.place == Place("templates/blocks/words.html.j2")
    assert found.mend == "write templates/blocks/words.html.j2"


def test_edition_whose_templates_are_not_there_is_refused(project: Project) -> None:
    with pytest.raises(TemplateError, match=r"there is no template editions/none/cover.html.j2"):
        compose(project.load(), replace(EDITION, templates="editions/none"))


def test_style_sheet_that_is_not_there_is_named(project: Project) -> None:
    with pytest.raises(TemplateError, match=r"templates/editions/none.css: there is no style sheet"):
        compose(project.load(), replace(EDITION, stylesheets=("editions/none.css",)))


# A project's own templates.


def test_projects_template_stands_before_ours_and_the_others_stay(project: Project) -> None:
    before = composed(project)
    document = composed(project.write(TEXT, '<p class="own">{{ block.text|line }}</p>\n'))
    assert '<p class="own">Første avsnitt.</p>' in part(document, "start").html
    assert part(document, "cover") == part(before, "cover")


def test_template_that_is_saved_between_two_compositions_of_a_process_is_filled_as_it_is_now(project: Project) -> None:
    # Templates are compiled once in a process, by name and text.
    for words in ("en", "to", "en"):
        project.write(TEXT, f'<p class="{words}">{{{{ block.text|line }}}}</p>\n')
        assert f'<p class="{words}">Første avsnitt.</p>' in start(project)


def test_projects_template_may_extend_what_ours_extend(project: Project) -> None:
    project.write(
        "templates/editions/report/cover.html.j2",
        '{% extends "editions/report/part.html.j2" %}{% set kind = "cover" %}'
        "{% block body %}<p class='own'>{{ settings.title|line }}</p>{% endblock %}",
    )
    cover = part(composed(project), "cover").html
    assert "<p class='own'>Liten rapport</p>" in cover
    assert cover.startswith("<!DOCTYPE html>")


def test_projects_style_sheet_stands_in_the_place_of_ours(project: Project) -> None:
    ours = (TEMPLATES / "blocks/quote.css").read_text(encoding="utf-8")
    assert ours in composed(project).stylesheet
    sheet = composed(project.write("templates/blocks/quote.css", ".quote { color: red }\n")).stylesheet
    assert ".quote { color: red }" in sheet
    assert ours not in sheet
    assert sheet.index("@page") < sheet.index(".quote { color: red }")


def test_projects_language_stands_before_ours(project: Project) -> None:
    ours = (TEMPLATES / "language/nb.yaml").read_text(encoding="utf-8")
    project.write("templates/language/nb.yaml", ours.replace("contents: Innhold", "contents: Dette inneholder heftet"))
    assert "Dette inneholder heftet" in part(composed(project), "contents").html


def test_unknown_language_is_refused_with_those_that_there_are(project: Project) -> None:
    found = problem(project.change("content/report.yaml", "language: nb", "language: xx"))
    assert found.place == Place("templates/language/xx.yaml")
    assert found.what == "there is no language 'xx'"
    assert "nb" in found.mend


def test_language_outside_its_folder_is_refused(project: Project) -> None:
    project.write("nb.yaml", (TEMPLATES / "language/nb.yaml").read_text(encoding="utf-8"))
    found = project.change("content/report.yaml", "language: nb", "language: ../../nb").problems()
    assert [problem.what for problem in found] == ["'../../nb' cannot be the code of a language"]


# References, numbers and names.


NUMBERED = """\
title: Start
blocks:
  - text: |
      {%s}
  - table: tabell-en
    title: Ord
    columns: [{heading: A}]
    rows: [[a]]
  - table: tabell-to
    title: Flere ord
    columns: [{heading: A}]
    rows: [[a]]
  - definition: begrep
    term: Begrep
    text: |
      Ord.
closing:
  - example: boks-b
    party: B
    theme: Prøve
    title: Boksen
    text: |
      Ord.
"""


@pytest.fixture
def numbered(project: Project) -> Project:
    """A publication with something of each kind that references name."""
    project.change(
        "content/report.yaml",
        "  chapters:\n    - start\n",
        "  front_matter:\n    - forord\n  chapters:\n    - start\n    - neste:\n        - under\n  appendices:\n"
        "    - vedlegg\n    - flere-vedlegg\n",
    )
    for name in ("forord", "under", "flere-vedlegg"):
        project.write(f"content/{name}.yaml", f"title: {name.capitalize()}\n")
    project.write("content/neste.yaml", "title: Neste\nshort_title: Nest\ndivider:\n  id: skille\n  text: Ord\n")
    questions = "".join(f"  - questions: del-{n}\n    title: Om {n}\n    items: [Hva?]\n" for n in (1, 2))
    return project.write("content/vedlegg.yaml", f"title: Vedlegg\nblocks:\n{questions}")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("start", "kapittel\u00a01"),
        ("neste", "kapittel\u00a02"),
        ("Neste", "Kapittel\u00a02"),
        ("skille", "del\u00a02"),
        ("forord", "«Forord»"),
        ("under", "«Under»"),
        ("vedlegg", "vedlegg\u00a01"),
        ("flere-vedlegg", "vedlegg\u00a02"),
        ("Flere-vedlegg", "Vedlegg\u00a02"),
        ("tabell-en", "tabell\u00a01"),
        ("Tabell-to", "Tabell\u00a02"),
        ("begrep", "«Begrep»"),
        ("boks-b", "boksen om Bedrift\u00a0B"),
        ("Boks-b", "Boksen om Bedrift\u00a0B"),
        ("title:boks-b", "«Boksen»"),
        ("title:neste", "«Neste»"),
        ("del-2", "del\u00a02"),
    ],
)
def test_reference_becomes_a_name_that_is_a_link(numbered: Project, reference: str, expected: str) -> None:
    html = part(composed(numbered.section(NUMBERED % reference)), "start").html
    target = reference.partition(":")[2] or reference
    assert f'<p><a class="reference" href="#{target[0].lower()}{target[1:]}">{expected}</a></p>' in html


@pytest.mark.parametrize(
    ("reference", "expected"),
    [("fact:bedrifter", "33"), ("fact:bedrifter.words", "trettitre"), ("fact:Bedrifter.words", "Trettitre")],
)
def test_fact_becomes_words_that_are_no_link(numbered: Project, reference: str, expected: str) -> None:
    assert f"<p>{expected}</p>" in part(composed(numbered.section(NUMBERED % reference)), "start").html


@pytest.mark.parametrize(
    ("reference", "word"), [("page:boks-b", "side"), ("Page:boks-b", "{Page:boks-b}"), ("page:Boks-b", "Side")]
)
def test_page_reference_leaves_room_for_the_number(numbered: Project, reference: str, word: str) -> None:
    html = part(composed(numbered.section(NUMBERED % reference)), "start").html
    room = f'<a class="reference" href="#boks-b">{word}\u00a0<span class="page-number" {PAGE_OF}="boks-b"></span></a>'
    assert (f"<p>{room}</p>" in html) == (word != reference and not word.startswith("{"))
    assert (f'{PAGE_OF}="boks-b"' in html) == (not word.startswith("{"))


def test_titles_take_facts_and_keep_numbers_with_their_words(project: Project) -> None:
    project.section('title: "{fact:bedrifter} bedrifter i Industri 4.0"\n')
    document = composed(project)
    assert "33\u00a0bedrifter i Industri\u00a04.0" in part(document, "start").html
    assert "33\u00a0bedrifter i Industri\u00a04.0" in part(document, "contents").html


def test_running_head_names_the_chapter_by_its_short_title(numbered: Project) -> None:
    document = composed(numbered.section("title: Start\n"))
    heads = {
        name: re.findall(r'<p class="head-left">(.*?)</p>', part(document, name).html)
        for name in ("forord", "start", "neste", "vedlegg")
    }
    assert heads == {
        "forord": ["Forord"],
        "start": ["Del 1 – Start"],
        "neste": ["Del 2 – Nest"],
        "vedlegg": ["Vedlegg 1"],
    }


def test_section_below_a_chapter_is_headed_by_the_chapter(numbered: Project) -> None:
    numbered.section("title: Start\n").write("content/under.yaml", "title: Under\nopens: page\n")
    document = composed(numbered)
    assert [each.id for each in document.parts] == [
        *("cover", "contents", "forord", "start", "skille", "neste", "under", "vedlegg", "flere-vedlegg", "back")
    ]
    assert "Del 2 – Nest" in part(document, "under").html
    assert 'id="under"' not in part(document, "neste").html


def test_contents_leave_room_for_the_page_of_every_section_they_name(numbered: Project) -> None:
    html = part(composed(numbered.section("title: Start\n")), "contents").html
    named = ["forord", "start", "neste", "under", "vedlegg", "flere-vedlegg"]
    assert re.findall(rf'{PAGE_OF}="([^"]+)"', html) == named
    assert re.findall(r'href="#([^"]+)"', html) == named


def test_every_part_has_an_anchor_language_and_title_and_the_first_the_date(project: Project) -> None:
    for number, each in enumerate(composed(project).parts):
        assert f'id="part-{each.id}"' in each.html
        assert '<html lang="nb-NO">' in each.html
        assert "<title>Liten rapport: En prøve</title>" in each.html
        is_dated = '<meta name="dcterms.created" content="2026-11-23T12:00:00+00:00">' in each.html
        assert is_dated == (number == 0), "or each part would be made anew with another date"


@pytest.mark.usefixtures("nothing_is_drawn")
def test_composing_twice_gives_the_same_document(tmp_path: Path) -> None:
    folder = tmp_path / "blocks"
    shutil.copytree(REPORTS / "blocks", folder)
    assert compose(load(folder), EDITION) == compose(load(folder), EDITION)


# Runs of blocks and stretches of the column.


PHOTO = "  - photo: borte\n    caption: Borte\n    left_out: Tapt.\n"
CALLOUT = "  - callout: ramme\n    title: Ramme\n    text: |\n      I rammen.\n"
DEFINITION = "  - definition: begrep\n    term: Begrep\n    text: |\n      Betydning.\n"


def text(words: str) -> str:
    return f"  - text: |\n      {words}\n"


def questions(name: str) -> str:
    return f"  - questions: {name}\n    title: Om {name}\n    items: [Hva?]\n"


class Shape(HTMLParser):
    """The classes of a section's children, with the words of columns: what stands between what."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.shape: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "meta", "link", "br"}:
            return
        self.depth += 1
        if tag == "main":
            self.inside = self.depth
        elif self.inside and self.depth == self.inside + 1 and tag != "header":
            self.shape.append(str(dict(attrs).get("class")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.inside = 0
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.shape and self.inside and data.strip() and self.shape[-1].startswith(("flow", "beside")):
            self.shape[-1] += f" {' '.join(data.split())}"


def shape(project: Project, blocks: str) -> list[str]:
    parser = Shape()
    parser.feed(part(composed(project.blocks(blocks)), "start").html)
    return parser.shape


def test_blocks_of_the_column_share_a_run(project: Project) -> None:
    assert shape(project, text("En.") + DEFINITION + text("To.")) == ["flow En. Begrep Betydning. To."]


def test_full_width_block_stands_between_columns_never_in_one(project: Project) -> None:
    assert shape(project, text("En.") + CALLOUT + text("To.")) == ["flow En.", "callout", "flow To."]


def test_neighbours_of_a_kind_set_two_a_row_share_rows(project: Project) -> None:
    blocks = "".join(questions(name) for name in ("en", "to", "tre")) + text("Ord.") + questions("fire")
    assert shape(project, blocks) == ["question-row", "question-row", "flow Ord.", "question-row"]


def test_full_width_neighbours_of_other_kinds_stand_by_themselves(project: Project) -> None:
    second = CALLOUT.replace("ramme", "neste")
    assert shape(project, CALLOUT + second + questions("en")) == ["callout", "callout", "question-row"]


def test_block_that_is_left_out_of_print_divides_nothing(project: Project) -> None:
    assert shape(project, text("En.") + PHOTO + text("To.")) == ["flow En. To."]


def test_pull_quote_stands_beside_the_last_paragraph_above_it(project: Project) -> None:
    blocks = "  - text: |\n      En.\n\n      To er to.\n  - quote: To er to\n    speaker: Noen\n" + text("Tre.")
    assert shape(project, blocks) == ["flow En.", "beside To er to. «To er to» Noen", "flow Tre."]


def test_pull_quote_beside_a_sections_first_paragraph_leaves_no_empty_stretch_before_it(project: Project) -> None:
    """An empty one stood between the heading and the paragraph, which was indented as if another came before it."""
    project.section("title: Start\nblocks:\n  - text: |\n      En er en.\n  - quote: En er en\n")
    html = part(composed(project), "start").html
    assert html.count('<div class="flow"') == 1


def test_pull_quote_beside_a_list_takes_the_whole_list(project: Project) -> None:
    blocks = "  - text: |\n      En.\n\n      - punkt\n      - to\n  - quote: punkt\n"
    assert shape(project, blocks) == ["flow En.", "beside punkt to «punkt»"]


QUOTED = "Ordene i dette sitatet er så mange at de trenger flere linjer i margen enn i spalten"
BESIDE = re.compile(r'class="beside" style="margin-bottom: -([\d.]+)pt">.*<div style="height: ([\d.]+)pt">', re.DOTALL)


@pytest.mark.parametrize(
    ("after", "least", "most"),
    [("Ord " * 200, 1, 1), ("Ord.", 0.1, 0.9), ("", 0, 0)],
    ids=["long text takes all of it", "short text takes some of it", "nothing takes any of it"],
)
def test_room_for_a_quote_deeper_than_its_paragraph_is_taken_back_by_text_that_comes_next(
    project: Project, after: str, least: float, most: float
) -> None:
    blocks = text(f"{QUOTED}.") + f"  - quote: {QUOTED}\n" + (text(after) if after else "")
    found = BESIDE.search(start(project.blocks(blocks)))
    assert found is not None
    taken, room = float(found[1]), float(found[2])
    assert room > 19
    assert least * room <= taken <= most * room


def test_heading_and_lead_stand_in_the_first_column_of_their_section(project: Project) -> None:
    project.write("content/under.yaml", f"title: Under\nblocks:\n{CALLOUT}")
    project.change("content/report.yaml", "    - start\n", "    - start:\n        - under\n")
    html = start(project.section(f"title: Start\nlead: |\n  Ingress.\nblocks:\n{CALLOUT.replace('ramme', 'over')}"))
    flow = '<div class="flow" data-parted="through">'
    lead = f'{flow} <div class="lead"><p>Ingress.</p> ?</div> ?</div> <section class="callout" id="over">'
    assert re.search(lead, html)
    heading = f'{flow} <h2 class="heading-1 runs">Under</h2> ?</div> <section class="callout" id="ramme">'
    assert re.search(heading, html)


def test_closing_blocks_stand_after_the_subsections(project: Project) -> None:
    project.write("content/under.yaml", "title: Under\n")
    project.change("content/report.yaml", "    - start\n", "    - start:\n        - under\n")
    html = start(project.section(f"title: Start\nclosing:\n{CALLOUT}"))
    assert (
        html.index('id="under"')
        < html.index('<div class="closing" data-parted="within" data-title="">')
        < html.index('id="ramme"')
    )


# Content is never template source and never markup.


HOSTILE = (
    "{{ 7*7 }}",
    "{% raw %}",
    "{# bort #}",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    "</p></div><style>p{display:none}</style>",
    "&amp;nbsp;",
    "<%= 7*7 %>",
    "{{ config.items() }}",
)
# Fields that name something or choose between things; every other text is an editor's to write freely.
NO_WORDS = {*KINDS} - {"text", "quote"} | {
    *("id", "date", "language", "order", "motif", "parties", "party", "opens", "width", "style", "align"),
    *("image", "left_out", "lists", "type", "key", "csv", "shapes", "value"),
}
# What is followed from the report down to its texts.
FOLLOWED = {"settings", "facts", "sections", "figures", "content", "children", "declared", "tables"}


def poisoned(value: Any, poison: str) -> Any:
    """Put `poison` at the end of every text that an editor may write freely."""
    if isinstance(value, Located):
        return Located(f"{value.rstrip()} {poison}", value.place)
    if isinstance(value, tuple):
        return tuple(poisoned(item, poison) for item in value)
    if isinstance(value, dict):
        return {name: poisoned(item, poison) for name, item in value.items()}
    if isinstance(value, Node):
        names = type(value).model_fields.keys() - NO_WORDS
        return value.model_copy(update={name: poisoned(getattr(value, name), poison) for name in names})
    if isinstance(value, ReadTable):
        # Cells of numbers are numbers: whatever else stands there, load refuses.
        is_text = [column.type == "text" for column in value.declared.columns]
        rows = [zip(row, is_text, strict=True) for row in value.texts]
        texts = tuple(tuple(poisoned(cell, poison) if free else cell for cell, free in row) for row in rows)
        return replace(value, declared=poisoned(value.declared, poison), texts=texts)
    if is_dataclass(value) and not isinstance(value, type):
        names = {field.name for field in fields(value)} & FOLLOWED
        return replace(value, **{name: poisoned(getattr(value, name), poison) for name in names})
    return value


@pytest.fixture(scope="module")
def blocks_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A publication with every block type."""
    folder = tmp_path_factory.mktemp("hostile") / "blocks"
    shutil.copytree(REPORTS / "blocks", folder)
    return load(folder)


class Tags(HTMLParser):
    """Every element with the names of its attributes, and all words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "whole") in attrs:
            return  # whether a last word is long enough to be kept whole is the word's own affair
        self.tags.append((tag, tuple(sorted(name for name, _ in attrs if name != "class"))))
        self.words += "".join(
            f" {value} " for name, value in attrs if name in {"alt", "content", "aria-label", "data-title"}
        )

    def handle_data(self, data: str) -> None:
        self.words += data


def read(document: Document) -> dict[str, Tags]:
    found = {}
    for each in document.parts:
        found[each.id] = Tags()
        found[each.id].feed(each.html)
    return found


@pytest.mark.usefixtures("nothing_is_drawn")
@pytest.mark.parametrize("poison", rest_long(HOSTILE, 4))
def test_nothing_that_content_says_becomes_markup_or_template(blocks_report: Report, poison: str) -> None:
    benign = read(compose(blocks_report, EDITION))
    hostile = read(compose(poisoned(blocks_report, poison), EDITION))
    assert hostile.keys() == benign.keys()
    for name, found in hostile.items():
        assert found.tags == benign[name].tags, name
        assert one_line(poison) in one_line(found.words), name


@pytest.mark.usefixtures("nothing_is_drawn")
def test_every_text_that_is_printed_keeps_what_content_says(blocks_report: Report) -> None:
    poison = "{{ 7*7 }}<i>"
    report = poisoned(blocks_report, poison)
    words = one_line("".join(found.words for found in read(compose(report, EDITION)).values()))
    assert "49" not in words
    for line in printed(report):
        assert poison in line
        if "{" not in line.replace(poison, ""):
            assert one_line(line) in words.replace("\u00a0", " "), line


def printed(report: Report) -> Iterator[str]:
    """Yield the lines of the publication that stand in print as they are written."""
    settings = report.settings
    yield from (str(line) for line in (settings.title, settings.publisher, settings.edition, settings.subject))
    for section in report.walk():
        yield str(section.content.title)
    for _, block in report.blocks():
        # The alt text of a matrix is not needed: its words are all there.
        silent = {getattr(block, "alt", None)} if block.kind == "matrix" else set()
        if block.stands != "none":
            yield from (str(line) for line in block.lines() if line not in silent)
    for source in report.figures.values():
        for table in source.tables.values():
            keys = [str(column.key) for column in table.shown if column.type == "text"]
            yield from (str(cell) for row in table.cells(keys) for cell in row)


def test_link_of_a_template_that_is_turned_is_seen_in_the_next_build(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.j2").write_text("<p>Annet sted</p>{{ block.text|prose }}", encoding="utf-8")
    project.write("templates/ours.j2", "<i></i>{{ block.text|prose }}")
    link = project.folder / "templates/blocks/text.html.j2"
    link.parent.mkdir()
    link.symlink_to(project.folder / "templates/ours.j2")
    assert "<i></i>" in "".join(part.html for part in composed(project).parts)
    link.unlink()
    link.symlink_to(tmp_path / "elsewhere.j2")
    with pytest.raises(TemplateError, match="leads out of the project"):
        composed(project)
