"""Loading: every kind of bad input is named with its place, all of a run together; good input stays as written."""

from __future__ import annotations

import gc
import sys
import weakref
from pathlib import Path

import pytest
from support.projects import PNG, SECTION_FILE, Project, assert_problems

from press.content.load import MOST_VERSIONS
from press.door.commands import RESERVED

REPORT = "content/report.yaml"
FACTS = "content/facts.yaml"
HYPHENATION = "content/hyphenation.yaml"
TERMS = "content/terms.yaml"
EDITION = "content/editions/kort.yaml"
DATA = "content/data/figur-1.yaml"


def test_small_publication_has_nothing_to_mend(project: Project) -> None:
    assert project.problems() == []
    report = project.load()
    assert [section.id for section in report.sections] == ["start"]
    assert tuple(report.files) == (REPORT, FACTS, "content/start.yaml")


def test_what_files_said_long_ago_is_forgotten(project: Project) -> None:
    first = weakref.ref(project.load().sections[0].content.title)
    assert first() is not None  # for an editor who takes an edit back
    for edit in range(MOST_VERSIONS):
        project.section(f"title: Start {edit}\nblocks:\n  - text: |\n      Ord.\n")
        assert project.problems() == []
    gc.collect()
    assert first() is None


def test_file_that_is_read_again_in_a_process_is_as_it_is_now(project: Project) -> None:
    # What was parsed is kept by its text: the same words a line further down have another place.
    first = project.load()
    again = project.load()
    assert again.sections[0].content is first.sections[0].content
    path = project.folder / SECTION_FILE
    path.write_text(f"# En linje mer.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    moved = project.load().sections[0].content
    assert moved.title == first.sections[0].content.title
    assert moved.title.place.line == first.sections[0].content.title.place.line + 1
    project.change(SECTION_FILE, "title: ", "titel: ")
    first_told = project.problems()
    assert first_told
    assert project.problems() == first_told


# Sections: keys and types. Each text stands whole in content/start.yaml.

BAD_SECTIONS = {
    "unknown key": ("title: A\nledd: B\n", "2:1: unknown key 'ledd' [schema] did you mean 'lead'?"),
    "unknown key, nothing near": ("title: A\nxyz: B\n", "2:1: unknown key 'xyz' [schema] the keys here are: title, "),
    "unknown key below": (
        "title: A\nsummary:\n  txt: B\n  text: C\n  rests_on: [start]\n",
        "3:3: unknown key 'txt' [schema] 'text'",
    ),
    "unknown key in a block": (
        "title: A\nblocks:\n  - callout: b\n    titel: C\n    title: D\n    text: E\n",
        "4:5: unknown key 'titel' [schema] did you mean 'title'",
    ),
    "unknown key in a closing block": (
        "title: A\nclosing:\n  - text: B\n    speaker: C\n",
        "4:5: unknown key 'speaker' [schema] the keys here are: text",
    ),
    "missing key": ("blocks: []\n", "1:1: the key 'title' is missing [schema] add a line `title: …`"),
    "missing key below": (
        "title: A\nresult:\n  claim: B\n  rests_on: [start]\n",
        "3:3: the key 'text' is missing [schema] `text: …`",
    ),
    "summary that rests on nothing": (
        "title: A\nsummary:\n  text: B\n",
        "3:3: the key 'rests_on' is missing [schema] `rests_on: …`",
    ),
    "result that rests on nothing": (
        "title: A\nresult:\n  text: B\n  rests_on: []\n",
        "4:13: 'rests_on' holds 0 entries [schema] at least 1",
    ),
    "example that rests on nothing": (
        "title: A\nresult:\n  text: B\n  rests_on: [start]\n  example: {text: C}\n",
        "5:12: the key 'rests_on' is missing [schema]",
    ),
    "text for what a summary rests on": (
        "title: A\nsummary: {text: B, rests_on: start}\n",
        "2:30: 'rests_on' must be a list [schema]",
    ),
    "missing key in a block": (
        "title: A\nblocks:\n  - text: B\n  - callout: c\n    text: D\n",
        "4:5: the key 'title' is missing [schema]",
    ),
    "list for text": ("title: [A, B]\n", "1:8: title: text is wanted here, not a list [schema]"),
    "mapping for text": (
        "title:\n  a: B\n",
        "2:3: title: text is wanted here, not `key: value` lines [schema] quotes",
    ),
    "list for text in a block": (
        "title: A\nblocks:\n  - text: [B]\n",
        "3:11: text: text is wanted here, not a list [schema]",
    ),
    "text for a list": ("title: A\nblocks: B\n", "2:9: 'blocks' must be a list [schema] write one `- …` a line"),
    "mapping for a list": ("title: A\nblocks:\n  text: B\n", "3:3: 'blocks' must be a list [schema]"),
    "text for a list in a block": (
        "title: A\nblocks:\n  - questions: b\n    title: C\n    items: D\n",
        "5:12: 'items' must be a list [schema]",
    ),
    "text for a mapping": (
        "title: A\nsummary: B\n",
        "2:10: `key: value` lines are wanted here, not text [schema] the keys here are: text, rests_on",
    ),
    "list for a mapping": ("title: A\nsummary: [B]\n", "2:10: `key: value` lines are wanted here, not a list [schema]"),
    "unknown block type": (
        "title: A\nblocks:\n  - txet: B\n",
        "3:5: this block does not say what it is [schema] did you mean 'text'?",
    ),
    "unknown block type, nothing near": (
        "title: A\nblocks:\n  - xyz: B\n",
        "3:5: this block does not say what it is [schema] begin the block with one of: text, example, ",
    ),
    "empty block": ("title: A\nblocks:\n  - {}\n", "3:5: this block does not say what it is [schema] one of: text"),
    "text for a block": ("title: A\nblocks:\n  - B\n", "3:5: this block does not say what it is [schema] `- text: |`"),
    "list for a block": ("title: A\nblocks:\n  - [B]\n", "3:5: this block does not say what it is [schema]"),
    "wrong choice": ("title: A\nopens: side\n", "2:8: 'side' is not a choice for 'opens' [schema] choose 'page'"),
    "wrong choice in a block": (
        "title: A\nblocks:\n  - key_results: b\n    style: kort\n",
        "4:12: 'kort' is not a choice for 'style' [schema] choose 'cards', 'list' or 'cases'",
    ),
    "no text": ("title:\n", "1:7: 'title' is empty [schema] write its words"),
    "spaces for text": ("title: '  '\n", "1:8: 'title' is empty [schema]"),
    "no text in a block": ("title: A\nblocks:\n  - text: |\n\n", "3:11: 'text' is empty [schema]"),
    "no text in a list": (
        "title: A\nblocks:\n  - questions: b\n    title: C\n    items: [D, '']\n",
        "5:16: 'items' is empty [schema]",
    ),
    "list without entries": (
        "title: A\nblocks:\n  - questions: b\n    title: C\n    items: []\n",
        "5:12: 'items' holds 0 entries [schema]",
    ),
    "tag": ("title: A\nsummary: !!map\n  text: B\n", "2:10: a value that begins with ! must stand in quotes [yaml]"),
    "duplicate key": ("title: A\ntitle: B\n", "2:1: the key 'title' stands here a second time [yaml]"),
    "empty file": ("", "1:1: the file holds no `key: value` lines [yaml]"),
}


@pytest.mark.parametrize(("text", "expected"), BAD_SECTIONS.values(), ids=BAD_SECTIONS)
def test_section_with_a_fault_is_refused_with_its_place(project: Project, text: str, expected: str) -> None:
    assert_problems(project.section(text).problems(), expected)


def test_section_keeps_what_yaml_1_1_would_guess_at(project: Project) -> None:
    project.section(
        "title: NO\nshort_title: 0301\nlead: 12:30\nresult:\n  claim: 1.10\n  text: yes\n  rests_on: [no]\n"
        "blocks:\n  - text: null\n"
    )
    assert project.problems() == []
    content = project.load().sections[0].content
    assert content.result is not None
    written = [content.title, content.short_title, content.lead, content.result.claim, content.result.text]
    assert written == ["NO", "0301", "12:30", "1.10", "yes"]
    assert next(content.blocks[0].prose()) == "null"


def test_problems_of_one_file_come_together(project: Project) -> None:
    project.section("title: [A]\nledd: B\nblocks:\n  - txet: C\n  - callout: d\n    titel: E\n  - text: |\n")
    assert_problems(
        project.problems(),
        "1:8: text is wanted here, not a list [schema]",
        "2:1: unknown key 'ledd' [schema] 'lead'",
        "4:5: does not say what it is [schema] 'text'",
        "5:5: the key 'text' is missing [schema]",
        "5:5: the key 'title' is missing [schema]",
        "6:5: unknown key 'titel' [schema] 'title'",
        "7:11: 'text' is empty [schema]",
    )


def test_problems_of_all_files_come_together_in_order(project: Project) -> None:
    project.change(REPORT, "date: 2026-11-23", "date: i dag").change(FACTS, "33", "mange")
    project.section("title: på\n".encode("latin-1")).write(HYPHENATION, "words: [ord]\n")
    project.change(REPORT, "date: i dag", "date: 2026-11-23").change(REPORT, "- start", "- start\n    - strat")
    found = project.problems()
    assert_problems(
        found,
        "content/facts.yaml:2:10: 'mange' is not a number [schema]",
        "content/hyphenation.yaml:1:9: 'ord' is no word with breaks [schema] a hyphen at each allowed break",
        "content/report.yaml:16:7: there is no file content/strat.yaml [file]",
        "content/start.yaml:1:9: the file is not saved as UTF-8: byte 0xe5 [utf-8] save it as UTF-8",
    )
    assert found == sorted(found)


# report.yaml. Each pair replaces words of the small publication's.

BAD_SETTINGS = {
    "missing key": ("publisher: Utgiveren\n", "", "1:1: the key 'publisher' is missing [schema] `publisher: …`"),
    "unknown key": ("parties:", "compnies:", "12:1: unknown key 'compnies' [schema] did you mean 'parties'"),
    "text for a list": ("[prøve]", "prøve", "8:11: 'keywords' must be a list [schema] write one `- …` a line"),
    "list in a list": ("[prøve]", "[[prøve]]", "8:12: keywords: text is wanted here, not a list [schema]"),
    "day that is none": (
        "2026-11-23",
        "2026-02-30",
        "5:7: '2026-02-30' is not a date [schema] write year",
    ),
    "words for a date": ("2026-11-23", "i dag", "5:7: 'i dag' is not a date [schema]"),
    "date the Norwegian way": ("2026-11-23", "23.11.2026", "5:7: '23.11.2026' is not a date [schema]"),
    "list for a date": ("2026-11-23", "[2026-11-23]", "5:7: is not a date [schema]"),
    "no date": ("2026-11-23", "", "5:6: an empty value is not a date [schema]"),
    "year for a date": ("2026-11-23", "2026", "5:7: '2026' is not a date [schema] write year"),
    "digits for a date": ("2026-11-23", "20261123", "5:7: '20261123' is not a date [schema]"),
    "seconds for a date": ("2026-11-23", "1606089600", "5:7: '1606089600' is not a date [schema]"),
    "nought for a date": ("2026-11-23", "0", "5:7: '0' is not a date [schema]"),
    "date and time": ("2026-11-23", "2026-11-23T00:00:00", "5:7: '2026-11-23T00:00:00' is not a date [schema]"),
    "motif of a fact that is none": (
        "parties: [A, B]",
        "motif: {lines: bedrifter, marked: bedrifte}",
        "12:35: there is no fact 'bedrifte' [facts-known] did you mean 'bedrifter'?",
    ),
    # The order.
    "order missing": ("order:\n  chapters:\n    - start\n", "", "1:1: the key 'order' is missing [schema]"),
    "order empty": ("\n  chapters:\n    - start", "", "13:7: `key: value` lines are wanted here, not text [schema]"),
    "unknown group": ("chapters:", "chapter:", "14:3: unknown key 'chapter' [schema] did you mean 'chapters'?"),
    "text for a group": ("\n    - start", " start", "14:3: `chapters` must be a list of section ids [schema] `- id`"),
    "mapping for a group": ("- start", "start: a", "14:3: `chapters` must be a list of section ids [schema]"),
    "unknown file": (
        "- start",
        "- start\n    - strat",
        "16:7: there is no file content/strat.yaml [file] did you mean 'start'?",
    ),
    "unknown file, nothing near": (
        "- start",
        "- start\n    - xyz",
        "16:7: there is no file content/xyz.yaml [file] write content/xyz.yaml",
    ),
    "unknown file below": (
        "- start",
        "- start:\n        - xyz",
        "16:11: there is no file content/xyz.yaml [file]",
    ),
    "file twice": (
        "- start",
        "- start\n    - start",
        "16:7: the section 'start' stands in the order twice (first in line 15) [schema] remove one",
    ),
    "file twice in two groups": (
        "- start",
        "- start\n  appendices:\n    - start",
        "17:7: the section 'start' stands in the order twice (first in line 15) [schema]",
    ),
    "file below itself": ("- start", "- start:\n        - start", "16:11: 'start' stands in the order twice [schema]"),
    "entry with two keys": (
        "- start",
        "- start: [a]\n      b: [c]",
        "15:7: this entry is neither a section nor a section with subsections [schema] `- id:` and a list under it",
    ),
    "entry with words under it": ("- start", "- start: a", "15:7: this entry is neither a section nor [schema]"),
    "list for an entry": ("- start", "- [start]", "15:7: this entry is neither a section nor [schema]"),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_settings_with_a_fault_are_refused_with_its_place(project: Project, old: str, new: str, expected: str) -> None:
    found = project.change(REPORT, old, new).problems()
    assert_problems([problem for problem in found if problem.rule != "files-used"], expected, file=REPORT)


def test_order_entry_without_a_word_is_refused_as_such(project: Project) -> None:
    found = project.change(REPORT, "- start", "- start\n    -").problems()
    assert_problems(found, "16:6: this entry is neither a section nor [schema]", file=REPORT)


def test_order_reaches_no_file_outside_content(project: Project) -> None:
    project.write("hemmelig.yaml", "title: A\n").change(REPORT, "- start", "- start\n    - ../hemmelig")
    assert [problem.severity for problem in project.problems()] == ["error"]


def test_order_gives_sections_their_group_level_and_children(project: Project) -> None:
    for name in ("forord", "under", "vedlegg"):
        project.write(f"content/{name}.yaml", f"title: {name}\n")
    project.change(REPORT, "  chapters:\n    - start", "  chapters:\n    - start:\n        - under")
    project.change(REPORT, "  chapters:", "  appendices:\n    - vedlegg\n  front_matter:\n    - forord\n  chapters:")
    report = project.load()
    found = [(section.id, section.group, section.level) for section in report.walk()]
    assert found == [
        ("forord", "front_matter", 1),
        ("start", "chapters", 1),
        ("under", "chapters", 2),
        ("vedlegg", "appendices", 1),
    ]
    assert [child.id for child in report.sections[1].children] == ["under"]
    assert str(report.sections[1].place) == "content/report.yaml:19:7"


def test_missing_report_is_a_problem_of_that_file(project: Project) -> None:
    (project.folder / REPORT).unlink()
    assert_problems(
        project.problems(), "content/report.yaml: cannot be read: No such file [file] create content/report.yaml"
    )


# facts.yaml, hyphenation.yaml and terms.yaml.

BAD_FACTS = {
    "words for a number": ("33", "tretti", "2:10: 'tretti' is not a number [schema] write digits"),
    "decimal comma": ("33", "3,5", "2:10: '3,5' is not a number [schema] decimal point"),
    "exponent": ("33", "1e5", "2:10: '1e5' is not a number [schema]"),
    "list for a number": ("33", "[33]", "2:10: value: text is wanted here, not a list [schema]"),
    "no number": ("33", "", "2:9: 'value' [schema]"),
    "missing source": ("  source: Studien\n", "", "2:3: the key 'source' is missing [schema] `source: …`"),
    "unknown key": ("words:", "word:", "3:3: unknown key 'word' [schema] did you mean 'words'?"),
    "list for words": ("trettitre", "[trettitre]", "3:10: words: text is wanted here, not a list [schema]"),
    "number alone": (
        "\n  value: 33\n  words: trettitre\n  source: Studien",
        " 33",
        "1:12: `key: value` lines are wanted here, not text [schema]",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD_FACTS.values(), ids=BAD_FACTS)
def test_fact_with_a_fault_is_refused_with_its_place(project: Project, old: str, new: str, expected: str) -> None:
    assert_problems(project.change(FACTS, old, new).problems(), expected, file=FACTS)


def test_fact_that_is_a_number_alone_is_told_by_its_name(project: Project) -> None:
    (problem,) = project.write(FACTS, "bedrifter: 33\n").problems()
    assert "bedrifter" in problem.what
    assert "''" not in problem.mend


def test_facts_keep_the_digits_that_were_written(project: Project) -> None:
    project.change(FACTS, "33", "0301")
    assert project.load().facts["bedrifter"].value == "0301"


def test_publication_without_facts_loads(project: Project) -> None:
    (project.folder / FACTS).unlink()
    project.change(REPORT, '"{fact:bedrifter} bedrifter."', "Bedrifter.")
    assert project.problems() == []
    assert project.load().facts == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("words:\n  - sammen\n", "2:5: 'sammen' is no word with breaks [schema] a hyphen at each allowed break"),
        ("words:\n  - sam-men 2\n", "2:5: 'sam-men 2' is no word with breaks [schema]"),
        ("words:\n  - -sammen-\n", "2:5: '-sammen-' is no word with breaks [schema]"),
        ("words:\n  - [sam-men]\n", "2:5: text is wanted here [schema]"),
        ("words: sam-men\n", "1:8: 'words' must be a list [schema]"),
        ("ord:\n  - sam-men\n", "1:1: unknown key 'ord' [schema] did you mean 'words'?"),
        ("names:\n  - Industri  4.0\n", "2:5: 'Industri  4.0' is no name [schema] one space between its words"),
        ("names:\n  - «»\n", "2:5: '«»' is no name [schema] write the name as it is printed"),
        ("names: Digital21\n", "1:8: 'names' must be a list [schema]"),
        ("names:\n  - A\n  - A\n", "3:5: 'A' is listed twice [schema] delete one of the two lines"),
        ("", "1:1: the file holds no `key: value` lines [yaml]"),
    ],
)
def test_hyphenation_with_a_fault_is_refused_with_its_place(project: Project, text: str, expected: str) -> None:
    assert_problems(project.write(HYPHENATION, text).problems(), expected, file=HYPHENATION)


def test_hyphenation_is_read(project: Project) -> None:
    project.write(HYPHENATION, "words:\n  - sam-men-slå-ing\nnames:\n  - Industri 4.0\n")
    assert project.problems() == []
    assert project.load().hyphenation == ("sam-men-slå-ing",)
    assert project.load().undivided == ("Industri 4.0",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("foreign:\n  en: Big Data\n", "2:7: 'en' must be a list [schema] write one `- …` a line"),
        ("foreign: [Big Data]\n", "1:10: 'foreign' must hold `key: value` lines [schema]"),
        ("abbreviations:\n  IoT: [a, b]\n", "2:8: IoT: text is wanted here, not a list [schema]"),
        ("abbreviations:\n  IoT:\n", "2:7: 'IoT' is empty [schema]"),
        ("abbreviation:\n  IoT: Internet of Things\n", "1:1: unknown key 'abbreviation' [schema] 'abbreviations'"),
        ("abbreviations:\n  AR: a\n  AR: b\n", "3:3: the key 'AR' stands here a second time [yaml]"),
    ],
)
def test_terms_with_a_fault_are_refused_with_its_place(project: Project, text: str, expected: str) -> None:
    assert_problems(project.write(TERMS, text).problems(), expected, file=TERMS)


def test_terms_are_read_as_written(project: Project) -> None:
    project.write(TERMS, "foreign:\n  en: [Big Data, NO]\nabbreviations:\n  NO: Norge\n")
    assert project.problems() == []
    terms = project.load().terms
    assert terms is not None
    assert terms.foreign == {"en": ("Big Data", "NO")}
    assert terms.abbreviations == {"NO": "Norge"}


# Short editions. Each pair replaces words of this one.

SHORT = """\
label: Kort
limits: {pages: 4}
sections:
  - id: side
    title: Side
    blocks:
      - text: Ord.
  - include: start
"""
BAD_EDITIONS = {
    "missing key": ("label: Kort\n", "", "1:1: the key 'label' is missing [schema] `label: …`"),
    "unknown key": ("label: Kort", "label: Kort\nlabl: A", "2:1: unknown key 'labl' [schema] did you mean 'label'?"),
    "no limit of pages": ("{pages: 4}", "{words_per_card: 80}", "2:9: the key 'pages' is missing [schema]"),
    "no pages": ("pages: 4", "pages: 0", "2:17: '0' is not a number that fits here [schema] whole number, from 1"),
    "half a page": ("pages: 4", "pages: 4.5", "2:17: '4.5' is not a number that fits here [schema] whole number"),
    "words for pages": ("pages: 4", "pages: fire", "2:17: 'fire' is not a number that fits here [schema]"),
    "unknown limit": (
        "{pages: 4}",
        "{pages: 4, word_per_card: 9}",
        "2:20: unknown key 'word_per_card' [schema] 'words",
    ),
    "no sections": (SHORT[SHORT.index("\n  - id") :], " []\n", "3:11: 'sections' holds 0 entries [schema] at least 1"),
    "neither its own nor included": (
        "  - include: start\n",
        "  - title: Ord\n",
        "8:5: an edition's section has either `id` or `include` [schema] write `id`, `title` and `blocks`",
    ),
    "its own and included": ("id: side", "id: side\n    include: start", "4:5: has either `id` or `include` [schema]"),
    "without a title": ("    title: Side\n", "", "4:5: an edition's section wants `title` and `blocks` [schema] both"),
    "without blocks": ("    blocks:\n      - text: Ord.\n", "", "4:5: wants `title` and `blocks` [schema]"),
    "included with a title": (
        "include: start",
        "include: start\n    title: Ord",
        "8:5: an included section brings its own title and blocks [schema] keep `include` only",
    ),
    "unknown block type": ("text: Ord.", "txt: Ord.", "7:9: this block does not say what it is [schema] 'text'"),
    "unknown key in a block": (
        "text: Ord.",
        "brief: start\n        stil: lead",
        "8:9: unknown key 'stil' [schema] did you mean 'style'?",
    ),
    "wrong choice in a block": (
        "text: Ord.",
        "brief: start\n        style: stor",
        "8:16: 'stor' is not a choice for 'style' [schema] choose 'text' or 'lead'",
    ),
    "number without a label": (
        "text: Ord.",
        "numbers: tall\n        items: [{fact: bedrifter}]",
        "8:17: the key 'label' is missing [schema]",
    ),
    "more numbers than a row holds": (
        "text: Ord.",
        f"numbers: tall\n        items: [{', '.join(['{fact: bedrifter, label: a}'] * 5)}]",
        "8:16: 'items' holds 5 entries [schema] at most 4",
    ),
    "items that are no number": (
        "text: Ord.",
        "excerpt: m\n        items: alle",
        "8:16: 'alle' is not a number that fits here [schema] write a whole number, from 1",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD_EDITIONS.values(), ids=BAD_EDITIONS)
def test_short_edition_with_a_fault_is_refused_with_its_place(
    project: Project, old: str, new: str, expected: str
) -> None:
    assert_problems(project.write(EDITION, SHORT).change(EDITION, old, new).problems(), expected, file=EDITION)


def test_short_edition_is_read_by_its_name(project: Project) -> None:
    assert project.write(EDITION, SHORT).problems() == []
    report = project.load()
    assert EDITION in report.files
    assert [(section.id, section.include) for section in report.editions["kort"].sections] == [
        ("side", None),
        (None, "start"),
    ]


@pytest.mark.parametrize(
    "name", ["report", "check", "approve", "proof", "schema", "Kort", "kort_og_godt", "1", "kort.2"]
)
def test_short_edition_that_would_be_called_something_else_is_refused(project: Project, name: str) -> None:
    file = f"content/editions/{name}.yaml"
    found = [problem for problem in project.write(file, SHORT).problems() if problem.rule == "schema"]
    (problem,) = found
    assert problem.place.file == file
    assert problem.what == f"{name!r} cannot be the name of an edition"
    assert "small letters" in problem.mend
    assert f"none of: {', '.join(sorted(RESERVED))}" in problem.mend


def test_short_edition_that_is_a_link_out_of_the_project_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(SHORT, encoding="utf-8")
    (project.folder / "content/editions").mkdir()
    (project.folder / EDITION).symlink_to(tmp_path / "elsewhere.yaml")
    assert_problems(project.problems(), f"{EDITION}: a link that leads out of the project [file]")


# Data files.

FIGURE = """\
  - text: Se {figur-1}.
  - figure: figur-1
    title: Figuren
    source: Prøven
    alt: Tre punkter.
"""
TABLES = """\
labels:
  axis: Tid
tables:
  points:
    columns:
      - {key: number, heading: Nr., type: integer}
      - {key: x, type: number}
      - {key: name, heading: Navn, type: text}
    rows:
      - ["0301", "2.50", NO]
      - ["-4", "", ""]
"""
ROWS = TABLES[TABLES.index("    rows:") :]
HEADS = "number;x;name\n"


@pytest.fixture
def figure(project: Project) -> Project:
    """Give the publication a figure with data."""
    return project.blocks(FIGURE).write("figures/figur_1.py", "").write(DATA, TABLES)


def with_csv(figure: Project, csv: str | bytes, name: str = "punkter.csv") -> Project:
    return figure.change(DATA, ROWS, f"    csv: {name}\n").write(f"content/data/{name}", csv)


def with_shape(figure: Project, json: str, name: str = "land.json") -> Project:
    return figure.change(DATA, "labels:", f"shapes:\n  land: {name}\nlabels:").write(f"content/data/{name}", json)


def test_cells_are_typed_as_their_columns_say(figure: Project) -> None:
    assert figure.problems() == []
    table = figure.load().figures["figur-1"].tables["points"]
    assert table.rows == ({"number": 301, "x": 2.5, "name": "NO"}, {"number": -4, "x": None, "name": None})
    assert table.texts == (("0301", "2.50", "NO"), ("-4", "", ""))


def test_csv_is_read_as_rows_are(figure: Project) -> None:
    with_csv(figure, f'{HEADS}0301;2.50;"NO; YES"\n\n-4;;\n')
    assert figure.problems() == []
    report = figure.load()
    assert report.figures["figur-1"].tables["points"].texts == (("0301", "2.50", "NO; YES"), ("-4", "", ""))
    assert "content/data/punkter.csv" in report.files


def test_shape_is_read_as_json(figure: Project) -> None:
    with_shape(figure, '{"type": "Point"}')
    assert figure.problems() == []
    assert figure.load().figures["figur-1"].shapes == {"land": {"type": "Point"}}


BAD_DATA = {
    "no whole number": ('"0301"', '"1.5"', "10:10: '1.5' in the column 'number' is not a whole number [data]"),
    "word for a number": ('"0301"', "én", "10:10: 'én' in the column 'number' is not a whole number [data]"),
    "decimal comma": (
        '"2.50"',
        '"2,50"',
        "10:18: '2,50' in the column 'x' is not a number with a decimal point [data]",
    ),
    "not a number": ('"2.50"', "nan", "10:18: 'nan' in the column 'x' is not a number [data]"),
    "endless number": ('"2.50"', "inf", "10:18: 'inf' in the column 'x' is not a number [data]"),
    "cell too few": (
        ", NO]",
        "]",
        "10:10: the row has 2 cells, and the table 3 columns [data] each of: number, x, name",
    ),
    "cell too many": ("NO]", "NO, NO]", "10:10: the row has 4 cells, and the table 3 columns [data]"),
    "row without cells": ('["0301", "2.50", NO]', "[]", "5:5: the row has 0 cells, and the table 3 columns [data]"),
    "list for a cell": ("NO]", "[NO]]", "10:26: a row holds something other than text [schema] in quotes"),
    "mapping for a cell": ("NO]", "{NO: YES}]", "10:26: a row holds something other than text [schema]"),
    "text for a row": ('["0301", "2.50", NO]', "NO", "10:9: 'rows' must be a list [schema]"),
    "text for the rows": (ROWS, "    rows: NO\n", "9:11: 'rows' must be a list [schema]"),
    "neither rows nor csv": (ROWS, "", "5:5: a table has either `rows` or `csv` [schema] keep one of them"),
    "rows and csv": (ROWS, f"{ROWS}    csv: a.csv\n", "5:5: a table has either `rows` or `csv` [schema]"),
    "unknown type": (
        "type: integer",
        "type: int",
        "6:43: 'int' is not a choice for 'type' [schema] 'text', 'integer' or",
    ),
    "missing type": (", type: integer", "", "6:9: the key 'type' is missing [schema]"),
    "unknown key in a column": ("heading: Nr.", "headng: Nr.", "6:23: unknown key 'headng' [schema] 'heading'"),
    "unknown key in a table": (
        "    columns:",
        "    titel: A\n    columns:",
        "5:5: unknown key 'titel' [schema] 'title'",
    ),
    "unknown key": ("labels:", "label:", "1:1: unknown key 'label' [schema] did you mean 'labels'"),
    "list for labels": ("\n  axis: Tid", " [Tid]", "1:9: 'labels' must hold `key: value` lines [schema]"),
    "list for a label": ("Tid", "[Tid]", "2:9: axis: text is wanted here, not a list [schema]"),
    "empty label": (" Tid", "", "2:8: 'axis' is empty [schema]"),
    "text for a table": (
        TABLES[TABLES.index("\n    columns") :],
        " A\n",
        "4:11: lines are wanted here, not text [schema]",
    ),
    "csv that is missing": (
        ROWS,
        "    csv: punkter.csv\n",
        "9:10: there is no file content/data/punkter.csv [file] write the file or mend its name",
    ),
    "csv in the folder above": (
        ROWS,
        "    csv: ../punkter.csv\n",
        "9:10: ../punkter.csv does not lie in content/data/ [file] name a file in that folder",
    ),
    "csv anywhere": (ROWS, "    csv: /etc/passwd\n", "9:10: /etc/passwd does not lie in content/data/ [file]"),
    "csv with backslashes": (ROWS, "    csv: ..\\a.csv\n", "9:10: ..\\a.csv does not lie in content/data/ [file]"),
    "csv that is a folder": (ROWS, "    csv: ..\n", "9:10: .. does not lie in content/data/ [file]"),
    "shape that is missing": ("labels:", "shapes: {land: a.json}\nlabels:", "1:16: no file content/data/a.json [file]"),
    "shape in the folder above": (
        "labels:",
        "shapes: {land: ../a.json}\nlabels:",
        "1:16: ../a.json does not lie in content/data/ [file]",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD_DATA.values(), ids=BAD_DATA)
def test_data_with_a_fault_is_refused_with_its_place(figure: Project, old: str, new: str, expected: str) -> None:
    assert_problems(figure.change(DATA, old, new).problems(), expected, file=DATA)


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        ("number;y;name\n", "1:1: the heads are number, y, name [data] write number;x;name"),
        ("x;more;name\n", "1:1: the heads are x, more, name [data] other columns may stand there too, and `key` says"),
        ("x;number;name;x\n", "1:1: the heads are x, number, name, x [data]"),
        ("x;number;name;more\n1;2;a\n", "2:1: the row has 3 cells, and the file 4 columns [data] for each head"),
        (f"{HEADS}1;2\n", "2:1: the row has 2 cells, and the table 3 columns [data] each of: number, x, name"),
        (f"{HEADS}1;2;a;b\n", "2:1: the row has 4 cells, and the table 3 columns [data]"),
        (f"{HEADS}1;2;a\n1;2,5;a\n", "3:3: '2,5' in the column 'x' is not a number [data]"),
        (f'{HEADS}1;2;"a\nb"\n\n1;2,5;a\n', "5:3: '2,5' in the column 'x' is not a number [data]"),
        (f"{HEADS}1;2;a\u200b\n", "2:6: U+200B ZERO WIDTH SPACE [hidden-character]"),
        (f"{HEADS}1;2;a\tb\n", "2:6: a tab stands here [tab]"),
    ],
    ids=[
        "wrong head",
        "another head",
        "head twice",
        "cell too few below a head more",
        "cell too few",
        "cell too many",
        "decimal comma",
        "decimal comma below a cell of two lines",
        "zero width",
        "tab",
    ],
)
def test_csv_with_a_fault_is_refused_with_its_place(figure: Project, csv: str | bytes, expected: str) -> None:
    assert_problems(with_csv(figure, csv).problems(), expected, file="content/data/punkter.csv")


@pytest.mark.parametrize(
    "csv",
    ["", f'{HEADS}1;2;"a\n3;4;b\n', f'{HEADS}1;2;"{"a" * 200_000}\n'],
    ids=["empty", "quote left open", "quote left open in a long file"],
)
def test_csv_that_loses_rows_is_refused(figure: Project, csv: str) -> None:
    found = with_csv(figure, csv).problems()
    assert {problem.place.file for problem in found} == {"content/data/punkter.csv"}


def test_csv_that_is_a_link_out_of_the_folder_is_refused(figure: Project) -> None:
    figure.write("hemmelig.csv", HEADS).change(DATA, ROWS, "    csv: punkter.csv\n")
    (figure.folder / "content/data/punkter.csv").symlink_to(figure.folder / "hemmelig.csv")
    assert_problems(figure.problems(), "9:10: punkter.csv does not lie in content/data/ [file]", file=DATA)


@pytest.mark.parametrize(
    ("json", "expected"),
    [
        (
            '{"a": 1,\n "b" 2}',
            "2:6: the shape is damaged: from here on it is not GeoJSON [data] export the shape again",
        ),
        ("", "1:1: the file is empty [data]"),
        ('{\n\t"a": 1}', "2:1: a tab stands here [tab]"),
    ],
    ids=["broken", "empty", "tab"],
)
def test_shape_with_a_fault_is_refused_with_its_place(figure: Project, json: str, expected: str) -> None:
    assert_problems(with_shape(figure, json).problems(), expected, file="content/data/land.json")


@pytest.mark.parametrize("json", ["[" * 100_000, "9" * 5_000, "[NaN]"], ids=["too deep", "too long a number", "NaN"])
def test_shape_that_no_json_reader_takes_is_a_problem_not_a_crash(figure: Project, json: str) -> None:
    found = with_shape(figure, json).problems()
    assert {problem.place.file for problem in found} == {"content/data/land.json"}


def test_figure_without_data_is_refused_where_it_is_named(figure: Project) -> None:
    (figure.folder / DATA).unlink()
    assert_problems(figure.problems(), f"4:13: the figure 'figur-1' has no data [file] write {DATA}")


def test_columns_with_one_key_are_refused(figure: Project) -> None:
    found = figure.change(DATA, "key: x", "key: number").problems()
    assert {problem.place.file for problem in found} == {DATA}


# What stands in a block and leads to a file or to a wrong table.


def test_table_row_with_a_cell_too_few_is_refused(project: Project) -> None:
    project.blocks(
        "  - text: Se {tall}.\n"
        "  - table: tall\n    title: Tall\n    columns: [{heading: A}, {heading: B}]\n    rows:\n      - [x]\n"
    )
    assert {problem.place.line for problem in project.problems()} == {8}


def test_matrix_with_a_field_too_few_says_so_in_words(project: Project) -> None:
    project.blocks(
        "  - matrix: m\n    title: A\n    source: B\n    alt: C\n    rows: [a]\n    columns: [a, b]\n"
        "    quadrants:\n" + "      - {title: x, items: [y]}\n" * 4
    )
    (problem,) = project.problems()
    assert problem.place.line == 7
    assert "rows" in problem.what
    assert "`1: …`" not in problem.mend


@pytest.mark.parametrize("image", ["mangler.png", "../../../hemmelig.png", "/etc/passwd"])
def test_photo_of_a_file_that_is_not_there_or_not_ours_is_refused(project: Project, image: str) -> None:
    project.write("hemmelig.png", b"")
    project.blocks(f"  - photo: p\n    caption: A\n    image: {image}\n    alt: B\n    credit: C\n")
    assert {problem.place.line for problem in project.problems()} == {5}


@pytest.mark.skipif(sys.platform == "darwin", reason="where both names are one")
def test_photo_whose_name_is_put_together_from_more_characters_is_told_so(project: Project) -> None:
    project.write("content/images/bla\u030a.png", PNG)
    found = project.blocks("  - photo: p\n    caption: A\n    image: blå.png\n    alt: B\n    credit: C\n").problems()
    assert_problems(found, "5:12: there is no file content/images/blå.png [file] call it blå.png anew")
