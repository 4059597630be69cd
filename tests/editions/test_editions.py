"""The editions: each whole in its templates, none known to a stage by name, each printing what it says and no more."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from support.projects import REPORTS, ROOT, SECTION, Project, assert_problems

import build
from press.checks import check
from press.compose.parts import compose
from press.content.blocks import ALL_KINDS, Matrix
from press.content.report import Report
from press.document import Document
from press.editions.edition import EPUB, FULL, WEB, Edition, PartKind, edition_of, edition_problems, select
from press.editions.references import targets
from press.errors import ContentError, TemplateError

TEMPLATES = ROOT / "templates"
TEMPLATE_OF: dict[PartKind, set[str]] = {
    "cover": {"cover"},
    "contents": {"contents"},
    "sections": {"section"},
    "back": {"back"},
    "proof": {"proof"},
    "specimen": {"specimen"},
    "index": {"index"},
    "whole": {"whole"},
    "data": {"data"},
    "about": {"about"},
    "search": {"search"},
    "accessibility": {"accessibility"},
    "nav": {"nav"},
}
SET = ALL_KINDS.keys() - {"excerpt"}
"""The types that are set: an excerpt gives way to the block it names."""
FILE = "content/editions/kort.yaml"
HEAD = "label: Kort\nlimits: {pages: '9'}\nsections:\n"
OWN = "  - id: side\n    title: Side\n    blocks:\n"


@pytest.fixture
def publication(tmp_path: Path) -> Project:
    """Give the publication with a short edition a second one, `kort`, for the test to write."""
    shutil.copytree(REPORTS / "editions", tmp_path / "editions")
    return Project(tmp_path / "editions")


def written(publication: Project, sections: str) -> Report:
    """Write the edition `kort`, whose first section begins in line 4 (its first block in line 7)."""
    return publication.write(FILE, HEAD + sections).load()


def selected(publication: Project, sections: str) -> Report:
    report = written(publication, sections)
    return select(report, edition_of(report, "kort"))


def composed(publication: Project, sections: str) -> Document:
    report = written(publication, sections)
    return compose(report, edition_of(report, "kort"), pages=pages(report))


def pages(report: Report) -> dict[str, int]:
    """Give everything in the full report a page of its own."""
    return {name: number for number, name in enumerate(targets(report.sections), start=100)}


def html_of(document: Document, part: str) -> str:
    """Give a part as one line, with ordinary spaces and without the places that its elements come from."""
    (found,) = (each.html for each in document.parts if each.id == part)
    return " ".join(re.sub(r' data-at="[^"]*"', "", found).replace("&nbsp;", " ").split())


# Declared as data.


def each_edition() -> list[Edition]:
    report = Project(REPORTS / "editions").load()
    return [FULL, WEB, EPUB, *(edition_of(report, name) for name in report.editions)]


every_edition = pytest.mark.parametrize("edition", each_edition(), ids=lambda edition: edition.name)


def test_full_report_is_an_edition() -> None:
    assert FULL.output == "report.pdf"
    assert FULL.content is None


def test_file_of_the_content_is_an_edition_of_its_name(publication: Project) -> None:
    report = written(publication, f"{OWN}      - text: Ord.\n")
    assert list(report.editions) == ["for-tillitsvalgte", "kort"]
    edition = edition_of(report, "kort")
    assert (edition.name, edition.output, edition.label) == ("kort", "kort.pdf", "Kort")
    assert edition.content is report.editions["kort"]


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("for-tillitsvalgt", "did you mean 'for-tillitsvalgte'?"),
        ("xyz", "write content/editions/xyz.yaml; there are: report, for-tillitsvalgte"),
    ],
)
def test_edition_that_is_not_there_is_refused_with_those_there_are(publication: Project, name: str, mend: str) -> None:
    with pytest.raises(ContentError) as caught:
        edition_of(publication.load(), name)
    assert_problems(caught.value.problems, f"content/editions: there is no edition {name!r} [edition] {mend}")


def test_no_stage_knows_an_edition_by_name() -> None:
    engine = [path for path in (ROOT / "press").rglob("*.py") if path.name not in {"edition.py", "load.py"}]
    names = "|".join(path.stem for path in (ROOT / "content/editions").glob("*.yaml"))
    compared = re.compile(rf"""(?<!")"(?:{names}|for-tillitsvalgte)"(?!")|edition\.name""")
    found = {path.name: compared.findall(path.read_text(encoding="utf-8")) for path in engine}
    # A section of the report has a field of the same name as an edition that prints such fields.
    assert {name: words for name, words in found.items() if set(words) - {'"summary"'}} == {}


def test_every_kind_of_part_has_its_templates_named_here() -> None:
    assert set(get_args(PartKind)) == TEMPLATE_OF.keys()


@every_edition
def test_edition_has_a_template_for_each_of_its_parts(edition: Edition) -> None:
    assert edition.parts
    for kind in edition.parts:
        for template in TEMPLATE_OF[kind]:
            assert (TEMPLATES / edition.templates / f"{template}.html.j2").is_file(), template


@every_edition
def test_edition_names_every_style_sheet_of_its_folder(edition: Edition) -> None:
    found = {f"{edition.templates}/{path.name}" for path in (TEMPLATES / edition.templates).glob("*.css")}
    assert found
    assert found <= set(edition.stylesheets)


@pytest.mark.parametrize("kind", sorted(SET))
def test_every_block_type_has_a_template_and_a_style_sheet(kind: str) -> None:
    assert (TEMPLATES / f"blocks/{kind}.html.j2").is_file()
    assert (TEMPLATES / f"blocks/{kind}.css").is_file()


def test_no_block_has_a_template_without_a_type() -> None:
    files = {path.name for path in (TEMPLATES / "blocks").iterdir()} - {"README.md"}
    assert {name.partition(".")[0] for name in files} == SET


def test_parts_come_in_the_editions_order(project: Project) -> None:
    document = compose(project.load(), FULL)
    assert [part.id for part in document.parts] == ["cover", "contents", "start", "back"]


LAST_PAGE = 'rights: Fritt.\ncolophon: "{fact:bedrifter} bedrifter."\nimprint: Slutt.\n'
DIVIDED = SECTION.replace("blocks:", "divider:\n  id: skille\n  text: Om det.\nblocks:")


def leaving_out(project: Project, names: str, last_page: str = LAST_PAGE) -> Document:
    project.section(DIVIDED).change("content/report.yaml", LAST_PAGE, f"{last_page}leave_out: [{names}]\n")
    project.change("content/report.yaml", "subject: Prøver", 'subject: "{fact:bedrifter} prøver"')
    assert project.errors() == []
    return compose(project.load(), FULL)


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        ("cover", ["contents", "skille", "start", "back"]),
        ("contents, dividers", ["cover", "start", "back"]),
        ("cover, contents, lists, dividers", ["start", "back"]),
    ],
)
def test_pages_that_are_left_out_are_not_there(project: Project, names: str, parts: list[str]) -> None:
    assert [part.id for part in leaving_out(project, names).parts] == parts


def test_last_page_is_left_out_with_its_words(project: Project) -> None:
    assert [part.id for part in leaving_out(project, "back, dividers", "").parts] == ["cover", "contents", "start"]


def test_words_of_the_last_page_are_missed_together(project: Project) -> None:
    project.change("content/report.yaml", LAST_PAGE, "rights: Fritt.\n")
    (found,) = project.problems()
    assert "the keys 'colophon' and 'imprint' are missing" in found.what
    assert "leave_out: [back]" in found.mend


@pytest.mark.usefixtures("nothing_is_drawn")
def test_lists_are_left_out_of_the_contents(project: Project) -> None:
    project.blocks("  - figure: figur-1\n    title: En figur\n    source: Egen.\n    alt: Noe.\n")
    project.write("content/data/figur-1.yaml", "labels:\n  a: Ord\n").write("figures/figur_1.py", "")
    assert "list-of-figures" in compose(project.load(), FULL).parts[1].html
    project.change("content/report.yaml", LAST_PAGE, f"{LAST_PAGE}leave_out: [lists]\n")
    assert "list-of-figures" not in compose(project.load(), FULL).parts[1].html


def test_edition_of_another_name_and_fewer_parts_needs_no_stage_to_know_it(project: Project) -> None:
    short = replace(FULL, name="brief", output="brief.pdf", parts=("cover", "sections"))
    document = compose(project.load(), short)
    assert [part.id for part in document.parts] == ["cover", "start"]
    (full,) = (part for part in compose(project.load(), FULL).parts if part.id == "start")
    assert document.parts[1] == full


def test_edition_uses_no_other_style_sheets_than_its_own(project: Project) -> None:
    bare = replace(FULL, stylesheets=("editions/report/page.css",))
    sheet = compose(project.load(), bare).stylesheet
    assert (TEMPLATES / "editions/report/page.css").read_text(encoding="utf-8") in sheet
    assert (TEMPLATES / "editions/report/type.css").read_text(encoding="utf-8") not in sheet


def test_style_of_a_block_for_short_editions_is_not_in_the_report(publication: Project) -> None:
    sheet = (TEMPLATES / "blocks/numbers.css").read_text(encoding="utf-8")
    report = written(publication, f"{OWN}      - numbers: tall\n        items: [{{fact: bedrifter, label: noe}}]\n")
    assert sheet in compose(report, edition_of(report, "kort")).stylesheet
    assert sheet not in compose(project_without_figures(publication), FULL).stylesheet


def project_without_figures(publication: Project) -> Report:
    report = publication.load()
    return replace(report, sections=report.sections[:1])


# Selected before anything is numbered.


def test_full_report_is_printed_as_it_was_read(publication: Project) -> None:
    report = publication.load()
    assert select(report, FULL) is report


def test_edition_prints_its_sections_in_its_own_order(publication: Project) -> None:
    found = selected(publication, f"  - include: teknologi\n{OWN}      - text: Ord.\n  - include: historien\n")
    assert [section.id for section in found.sections] == ["teknologi", "side", "historien"]
    assert [section.content.title for section in found.sections] == ["Teknologien er moden", "Side", "Historien"]


def test_selecting_leaves_the_report_as_it_was(publication: Project) -> None:
    report = written(publication, "  - include: medvirkning\n")
    select(report, edition_of(report, "kort"))
    assert report == publication.load()


def test_figures_and_tables_are_counted_as_the_edition_shows_them(publication: Project) -> None:
    full = targets(publication.load().sections)
    found = selected(publication, f"{OWN}      - excerpt: feltene\n  - include: historien\n  - include: medvirkning\n")
    numbered = {name: target.number for name, target in targets(found.sections).items() if target.number is not None}
    assert numbered == {"feltene": 1, "figur-utenfor": 2, "tabell-utenfor": 1, "tabell-innenfor": 2}
    assert {name: full[name].number for name in numbered} == {
        "feltene": 3,
        "figur-utenfor": 1,
        "tabell-utenfor": 1,
        "tabell-innenfor": 2,
    }


def test_main_results_keep_the_numbers_of_the_report(publication: Project) -> None:
    cards = "      - key_results: kort\n        style: cards\n        results: [teknologi]\n"
    html = html_of(composed(publication, OWN + cards), "side")
    assert re.findall(r'<p class="card-number">(\d)</p>', html) == ["2"]


def test_excerpt_of_a_matrix_has_its_first_items_and_the_counts_of_the_whole(publication: Project) -> None:
    document = composed(publication, f"{OWN}      - excerpt: feltene\n        items: '2'\n")
    html = html_of(document, "side")
    assert re.findall(r'(\w+) <span class="count">(\d)</span>', html) == [
        ("Styrker", "3"),
        ("Svakheter", "2"),
        ("Sjanser", "1"),
        ("Trusler", "3"),
    ]
    lists = [re.findall("<li>(.*?)</li>", found) for found in re.findall("<ul>.*?</ul>", html)]
    assert lists == [
        ["Mye er gjort.", "Noe er lært."],
        ["Noe mangler.", "Noe er borte."],
        ["Mer kan gjøres."],
        ["Tiden går.", "Andre løper."],
    ]


def test_excerpt_of_a_matrix_is_the_whole_where_no_number_of_items_is_given(publication: Project) -> None:
    html = html_of(composed(publication, f"{OWN}      - excerpt: feltene\n"), "side")
    assert html.count("<li>") == 9


def test_matrix_in_short_yields_the_words_it_prints_and_the_whole_is_left_as_it_was(publication: Project) -> None:
    (whole,) = (block for _, block in publication.load().blocks() if isinstance(block, Matrix))
    short = whole.in_short(1)
    assert {"Mye er gjort.", "Noe mangler."} <= {*short.lines()}
    assert "Noe er lært." not in {*short.lines()}
    assert "Noe er lært." in {*whole.lines()}


@pytest.mark.usefixtures("nothing_is_drawn")
def test_figures_that_are_left_out_are_not_drawn(publication: Project) -> None:
    document = composed(publication, f"{OWN}      - excerpt: figur-soyler\n")
    assert list(document.assets) == ["figures/figur-soyler.svg"]


def test_included_section_is_printed_whole_at_the_level_of_its_place(publication: Project) -> None:
    sections = "  - include: medvirkning\n"
    (section,) = selected(publication, sections).sections
    assert [(each.id, each.level) for each in section.walk()] == [("medvirkning", 1), ("opplaering", 2)]
    html = html_of(composed(publication, sections), "medvirkning")
    assert re.findall(r"<(h\d)[^>]*>(?:<span[^>]*>)?([^<]*)", html) == [
        ("h1", "Medvirkning lønner seg"),
        ("h2", "Opplæring"),
        ("h3", "Opplæring"),
        ("h2", "Arbeidsplassen de tegnet selv"),
    ]


def test_included_chapter_has_neither_number_nor_divider(publication: Project) -> None:
    found = selected(publication, "  - include: bakgrunn\n")
    assert "skille-bakgrunn" not in targets(found.sections)
    assert targets(found.sections)["bakgrunn"].number is None


@pytest.mark.usefixtures("nothing_is_drawn")
def test_included_chapter_has_its_subsections_with_it(publication: Project) -> None:
    document = composed(publication, "  - include: bakgrunn\n")
    assert [part.id for part in document.parts] == ["cover", "bakgrunn"]
    html = html_of(document, "bakgrunn")
    assert "Figur 1" in html
    assert "chapter-number" not in html


# What an edition asks for that is not there.


BLOCKS_ASKED_FOR = {
    "block": (
        "      - excerpt: figur-sayler\n",
        "7:18: the report has no block 'figur-sayler' [edition] 'figur-soyler'",
    ),
    "block, nothing near": (
        "      - excerpt: xyz\n",
        "7:18: no block 'xyz' [edition] use the id of a block of the report",
    ),
    "items of what is no matrix": (
        "      - excerpt: figur-soyler\n        items: '2'\n",
        "7:9: 'figur-soyler' is no matrix, and only a matrix has `items` [edition] leave `items` out",
    ),
    "section in brief": (
        "      - brief: teknolog\n",
        "7:16: no section 'teknolog' has a `summary` [edition] did you mean 'teknologi'?",
    ),
    "section without a summary": (
        "      - brief: historien\n",
        "7:16: no section 'historien' has a `summary` [edition]",
    ),
    "main result": (
        "      - key_results: kort\n        results: [medvirkning, teknolgi]\n",
        "8:32: no section 'teknolgi' is a main result [edition] did you mean 'teknologi'?",
    ),
    "section that is no main result": (
        "      - key_results: kort\n        results: [historien]\n",
        "8:19: no section 'historien' is a main result [edition]",
    ),
    "fact": (
        "      - numbers: tall\n        items: [{fact: bedrifte, label: noe}]\n",
        "8:24: the report has no fact 'bedrifte' [edition] did you mean 'bedrifter'?",
    ),
}


@pytest.mark.parametrize(("block", "expected"), BLOCKS_ASKED_FOR.values(), ids=BLOCKS_ASKED_FOR)
def test_block_that_asks_for_what_is_not_there_is_refused(publication: Project, block: str, expected: str) -> None:
    report = written(publication, OWN + block)
    assert_problems(edition_problems(report, report.editions["kort"]), expected, file=FILE)
    with pytest.raises(ContentError):
        select(report, edition_of(report, "kort"))


def test_section_that_is_not_there_is_refused(publication: Project) -> None:
    report = written(publication, "  - include: medvikning\n")
    expected = "4:14: the report has no section 'medvikning' [edition] did you mean 'medvirkning'"
    assert_problems(edition_problems(report, report.editions["kort"]), expected, file=FILE)


def test_photograph_that_is_not_in_print_is_no_excerpt(publication: Project) -> None:
    publication.change(
        "content/opplaering.yaml", "blocks:\n", "blocks:\n  - photo: bilde\n    caption: A\n    left_out: Tapt.\n"
    )
    report = written(publication, f"{OWN}      - excerpt: bilde\n")
    expected = "7:9: 'bilde' is not in print [edition] leave it out"
    assert_problems(edition_problems(report, report.editions["kort"]), expected, file=FILE)


def test_all_problems_of_an_edition_come_together(publication: Project) -> None:
    report = written(publication, f"  - include: a\n{OWN}      - excerpt: b\n      - brief: c\n")
    assert [problem.place.line for problem in edition_problems(report, report.editions["kort"])] == [4, 8, 9]


REPEATED = {
    "section of its own with an id of the report": (
        "  - id: historien\n    title: Ord\n    blocks:\n      - text: Ord.\n",
        "4:9: the id 'historien' is ambiguous: it stands also at content/historien.yaml:1:1 [edition]",
    ),
    "block of its own with an id of the report": (
        f"{OWN}      - callout: feltene\n        title: Ord\n        text: Ord.\n",
        "7:18: the id 'feltene' is ambiguous: it stands also at content/teknologi.yaml:23:13 [edition]",
    ),
    "two sections of its own": (
        f"{OWN}      - text: Ord.\n{OWN}      - text: Ord.\n",
        f"8:9: 'side' would stand in this edition twice; it came first by {FILE}:4:9 [edition] keep one of them",
    ),
    "block of a section that is included": (
        f"  - include: teknologi\n{OWN}      - excerpt: feltene\n",
        f"8:18: 'feltene' would stand in this edition twice; it came first by {FILE}:4:14 [edition]",
    ),
    "section below one that is included": (
        "  - include: opplaering\n  - include: medvirkning\n",
        f"5:14: 'opplaering' would stand in this edition twice; it came first by {FILE}:4:14 [edition]",
    ),
    "section included twice": (
        "  - include: medvirkning\n  - include: medvirkning\n",
        f"5:14: 'medvirkning' would stand in this edition twice; it came first by {FILE}:4:14 [edition]",
    ),
}


@pytest.mark.parametrize(("sections", "expected"), REPEATED.values(), ids=REPEATED)
def test_nothing_stands_in_an_edition_twice(publication: Project, sections: str, expected: str) -> None:
    report = written(publication, sections)
    assert_problems(edition_problems(report, report.editions["kort"]), expected, file=FILE)


def test_same_block_may_stand_in_two_editions(publication: Project) -> None:
    block = "      - callout: husk\n        title: Husk\n        text: Ord.\n"
    assert check(written(publication, f"{OWN}      - excerpt: feltene\n{block}")) == []


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        (OWN.replace("side", "Side En"), "4:9: 'Side En' cannot be an id [ids-unique] small letters"),
        (OWN + "      - colophon: '1'\n", "7:19: '1' cannot be an id [ids-unique]"),
        (
            OWN + f"      - colophon: {'a' * 101}\n",
            "7:19: the id is 101 characters long; 100 are the most [ids-unique]",
        ),
    ],
    ids=["section", "block", "long"],
)
def test_ids_of_an_edition_are_held_to_the_same_form(publication: Project, sections: str, expected: str) -> None:
    text = sections if "colophon" in sections else f"{sections}      - text: Ord.\n"
    assert_problems(check(written(publication, text)), expected, file=FILE)


def test_fact_that_only_a_large_number_prints_is_used(publication: Project) -> None:
    facts = (publication.folder / "content/facts.yaml").read_text(encoding="utf-8")
    publication.write("content/facts.yaml", f"{facts}svar:\n  value: 7\n  source: Prøven\n")
    numbers = "      - numbers: tall\n        items: [{fact: svar, label: svar}]\n"
    assert check(written(publication, OWN + numbers)) == []
    assert_problems(
        check(written(publication, f"{OWN}      - text: Ord.\n")),
        "content/facts.yaml:10:3: nobody uses the fact 'svar' [facts-used]",
    )


def test_text_of_an_edition_may_refer_to_what_it_has_of_its_own(publication: Project) -> None:
    sections = f"{OWN}      - text: Se {{husk}} på {{page:side}}.\n      - callout: husk\n        title: Husk\n"
    assert check(written(publication, f"{sections}        text: Ord.\n")) == []


@pytest.mark.parametrize("file", ["content/opplaering.yaml", "content/editions/for-tillitsvalgte.yaml"])
def test_other_texts_may_not_refer_to_what_an_edition_has_of_its_own(publication: Project, file: str) -> None:
    words = {
        "content/opplaering.yaml": "Alle fikk lære",
        "content/editions/for-tillitsvalgte.yaml": "Ta planen med hjem",
    }
    publication.change(file, words[file], f"{words[file]} {{side}}")
    (problem,) = check(written(publication, f"{OWN}      - text: Ord.\n"))
    assert (problem.place.file, problem.rule) == (file, "references-known")
    assert problem.what == "nothing has the id 'side'"


# What an edition refers to and leaves out.


def line_of(publication: Project, words: str, more: str = "") -> str:
    """Give a paragraph of an edition as HTML."""
    document = composed(publication, f"{OWN}      - text: |\n          {words}\n{more}")
    (found,) = re.findall(r"<p>(.*?)</p>", html_of(document, "side"))
    return str(found)


# The pages are those that `pages` gives: a hundred and as many as stand before it.
LEFT_OUT = {
    "in parentheses": ("Kjent ({figur-utenfor}).", "Kjent (se hovedrapporten, side 105)."),
    "after «se»": ("Kjent, se {figur-utenfor}.", "Kjent, se hovedrapporten, side 105."),
    "after «Se»": ("Se {figur-utenfor}.", "Se hovedrapporten, side 105."),
    "after «se» in parentheses": ("Kjent (se {figur-utenfor}).", "Kjent (se hovedrapporten, side 105)."),
    "after a word that ends like «se»": ("Vi viser {figur-utenfor}.", "Vi viser figur 1 i hovedrapporten (side 105)."),
    "in running text": ("Kjent fra {figur-utenfor}.", "Kjent fra figur 1 i hovedrapporten (side 105)."),
    "at the beginning": ("{Figur-utenfor} sier det.", "Figur 1 i hovedrapporten (side 105) sier det."),
    "table": ("Kjent fra {tabell-utenfor}.", "Kjent fra tabell 1 i hovedrapporten (side 106)."),
    "chapter": ("Kjent fra {bakgrunn}.", "Kjent fra kapittel 1 i hovedrapporten (side 102)."),
    "divider": ("Kjent fra {skille-bakgrunn}.", "Kjent fra del 1 i hovedrapporten (side 103)."),
    "section": ("Kjent fra {historien}.", "Kjent fra «Historien» i hovedrapporten (side 104)."),
    "box": ("Kjent fra {boks-b}.", "Kjent fra boksen om Bedrift B i hovedrapporten (side 116)."),
    "page": ("Kjent fra {page:figur-utenfor}.", "Kjent fra side 105 i hovedrapporten."),
    "page at the beginning": ("{page:Figur-utenfor} sier det.", "Side 105 i hovedrapporten sier det."),
    "page in parentheses": ("Kjent ({page:figur-utenfor}).", "Kjent (side 105 i hovedrapporten)."),
    "page after «se»": ("Kjent, se {page:figur-utenfor}.", "Kjent, se side 105 i hovedrapporten."),
    "title": ("Kjent fra {title:historien}.", "Kjent fra «Historien» i hovedrapporten."),
    "link": ("Kjent fra [det som var](#historien).", "Kjent fra det som var (hovedrapporten, side 104)."),
    "link in emphasis": (
        "Kjent fra *[det](#historien) som var*.",
        "Kjent fra <em>det (hovedrapporten, side 104) som var</em>.",
    ),
}


@pytest.mark.parametrize(("words", "expected"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_reference_to_what_is_left_out_names_its_page_in_the_full_report_and_is_no_link(
    publication: Project, words: str, expected: str
) -> None:
    assert line_of(publication, words) == expected


SHOWN = {
    "figure": ("Kjent fra {feltene}.", 'Kjent fra <a class="reference" href="#feltene">figur 1</a>.'),
    "figure in parentheses": ("Kjent ({feltene}).", 'Kjent (<a class="reference" href="#feltene">figur 1</a>).'),
    "section of its own": ("Kjent fra {side}.", 'Kjent fra <a class="reference" href="#side">«Side»</a>.'),
    "page": (
        "Kjent fra {page:feltene}.",
        'Kjent fra <a class="reference" href="#feltene">side '
        '<span class="page-number" data-page-of="feltene"></span></a>.',
    ),
    "link": ("Kjent fra [dem](#feltene).", 'Kjent fra <a class="link" href="#feltene">dem</a>.'),
    "link outside": (
        "Kjent fra [dem](https://example.org/).",
        'Kjent fra <a class="link" href="https://example.org/">dem</a>.',
    ),
}


@pytest.mark.parametrize(("words", "expected"), SHOWN.values(), ids=SHOWN)
def test_reference_to_what_is_shown_is_a_link_and_counts_as_the_edition_does(
    publication: Project, words: str, expected: str
) -> None:
    assert line_of(publication, words, "      - excerpt: feltene\n") == expected


def test_reference_in_a_line_of_plain_words_is_told_as_in_prose(publication: Project) -> None:
    callout = "      - callout: husk\n        title: Som {figur-utenfor}\n        text: Ord.\n"
    html = html_of(composed(publication, OWN + callout), "side")
    assert "Som figur 1 i hovedrapporten (side 105)" in html


def test_list_of_main_results_names_pages_of_the_full_report_for_those_left_out(publication: Project) -> None:
    results = "      - key_results: kort\n        style: list\n"
    html = html_of(composed(publication, f"{OWN}{results}  - include: medvirkning\n"), "side")
    items = [re.sub("<[^>]*>", "", item) for item in re.findall("<li>(.*?)</li>", html)]
    assert items == [
        "Medvirkning lønner seg, og det merkes (side )",
        "Teknologien er moden (side 113 i hovedrapporten)",
    ]
    assert re.findall('href="#([^"]*)"', html) == ["medvirkning"]


def test_page_that_the_full_report_does_not_have_is_never_guessed(publication: Project) -> None:
    report = written(publication, f"{OWN}      - text: Se {{historien}}.\n")
    with pytest.raises(TemplateError, match="the full report has no page for 'historien'"):
        compose(report, edition_of(report, "kort"), pages={})


# Limits.


@pytest.mark.long
def test_edition_that_runs_over_its_pages_names_its_longest_statements_and_by_how_much(
    publication: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    file = "content/editions/for-tillitsvalgte.yaml"
    publication.change(file, "pages: 6", "pages: 3")
    output = publication.folder / "made"
    code = build.main(["for-tillitsvalgte", "--quiet", "--project", str(publication.folder), "--output", str(output)])
    said = capsys.readouterr().out
    assert code == build.TO_MEND
    assert said.startswith(f"{file}:3:3: the edition has 5 pages, 2 more than 3 [editions-whole]\n")
    assert "longest in it: bakgrunn.summary (27 words, content/bakgrunn.yaml:8:9), teknologi.summary (" in said
    assert not (output / "for-tillitsvalgte.pdf").exists()


def test_edition_may_have_templates_and_a_style_of_its_own(publication: Project) -> None:
    section = '{% extends "editions/short/section.html.j2" %}{% block head %}{{ edition.label|line }}{% endblock %}\n'
    publication.write("templates/editions/plakat/section.html.j2", section)
    publication.write("templates/editions/plakat/cover.html.j2", '{% extends "editions/short/cover.html.j2" %}\n')
    publication.write("templates/editions/plakat/plakat.css", ".plakat { color: red }\n")
    sections = "  - {id: forst, title: Først, blocks: [{text: Ord.}]}\n"
    publication.write(FILE, f"label: Kort\nlimits: {{pages: 8}}\ntemplates: plakat\nsections:\n{sections}")
    report = publication.load()
    document = compose(report, edition_of(report, "kort"))
    assert ".plakat { color: red }" in document.stylesheet
    assert "Kort</p>" in html_of(document, "forst")


@pytest.mark.parametrize("folder", ["../annet", "/etc", "Plakat", "a b"])
def test_folder_of_templates_is_a_plain_name(publication: Project, folder: str) -> None:
    text = f"label: Kort\nlimits: {{pages: 8}}\ntemplates: '{folder}'\nsections: [{{include: opplaering}}]\n"
    publication.write(FILE, text)
    with pytest.raises(ContentError) as caught:
        publication.load()
    assert [problem.rule for problem in caught.value.problems] == ["schema"]
