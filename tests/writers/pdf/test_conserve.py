"""Nothing lost: the gate that every build goes through bites, names the line, and lets through what is right.

Each document here makes WeasyPrint 70 lose, double, move or hide text in a way that its log says nothing of.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.cases import rest_long
from support.pdf import Pdf, publish, typeset_here
from support.projects import Project

import build
from press.document import AT, Document
from press.errors import Problem, TypesetError

MakeDocument = Callable[..., Document]

THREE_LINES = 20
"""As many words as take three lines of the small page."""
LONGER_THAN_A_PAGE = 90


class Text:
    """Paragraphs of words that stand nowhere else, each with a place of its own: content/start.yaml:10, :20, …"""

    def __init__(self) -> None:
        self.line = 0
        self.count = 0

    def words(self, number: int) -> str:
        first = self.count
        self.count += number
        return " ".join(f"ord{index}" for index in range(first, self.count))

    def at(self) -> str:
        self.line += 10
        return f'{AT}="content/start.yaml:{self.line}:7"'

    def paragraph(self, number: int, attributes: str = "") -> str:
        return f"<p {self.at()} {attributes}>{self.words(number)}</p>"

    def noted(self, before: int, note: int, after: int) -> str:
        """Give a paragraph with a footnote after so many words; the note's place is the paragraph's, plus one."""
        where = self.at().replace(":7", ":9")
        inside = f'<span class="footnote" {where}>{self.words(note)}</span>' if note else ""
        return f"<p {where.replace(':9', ':7')}>{self.words(before)}{inside} {self.words(after)}</p>"


def problems(document: Document) -> list[Problem]:
    """Typeset a document that must not pass; returns what is said of it."""
    with pytest.raises(TypesetError) as caught:
        typeset_here(document)
    return list(caught.value.problems)


def told(document: Document) -> list[str]:
    """Typeset a document that must not pass; returns `LINE: what` of each problem."""
    # What layout has lost is not in the file either; `read-back` says so once more.
    found = [problem for problem in problems(document) if problem.rule != "read-back"]
    assert {problem.place.file for problem in found} == {"content/start.yaml"}
    assert all(problem.mend for problem in found)
    return [f"{problem.place.line}: {problem.what}" for problem in found]


def words_of(document: Document) -> list[str]:
    """Typeset a document that must pass; returns its words, page by page, without page numbers."""
    pdf = Pdf(typeset_here(document).pdf)
    return [word for number in range(1, pdf.page_count + 1) for word in pdf.words(number) if word != str(number)]


# Lost.


def test_text_that_is_not_displayed_is_lost(document: MakeDocument) -> None:
    text = Text()
    body = text.paragraph(3) + text.paragraph(3, 'style="display: none"') + text.paragraph(3)
    assert told(document(("one", body))) == ["20: text is lost in layout: «ord3ord4ord5»"]


def test_words_within_a_paragraph_that_are_not_displayed_are_lost_where_the_paragraph_stands(
    document: MakeDocument,
) -> None:
    text = Text()
    body = f'<p {text.at()}>Her er <em>intet</em> borte, og her er <em style="display: none">noe</em> borte.</p>'
    assert told(document(("one", body))) == ["10: text is lost in layout: «noe»"]


def test_text_in_a_box_of_fixed_height_is_lost_at_the_pages_end(document: MakeDocument) -> None:
    text = Text()
    body = text.paragraph(LONGER_THAN_A_PAGE, 'style="height: 20mm"') + text.paragraph(1)
    first, second = told(document(("one", body)))
    assert first.startswith("10: text is lost in layout after page 1: «ord45")
    assert second.startswith("10: text runs out of its box on page 1: «ord27 ")


def test_text_after_the_last_line_allowed_is_lost(document: MakeDocument) -> None:
    text = Text()
    body = text.paragraph(THREE_LINES, 'style="max-lines: 2; continue: discard"') + text.paragraph(1)
    assert told(document(("one", body))) == ["10: text is lost in layout after page 1: «ord15ord16ord17ord18ord19»"]


def test_text_that_spans_all_columns_is_lost(document: MakeDocument) -> None:
    # WeasyPrint 70 forgets an element with `column-span` that comes where the page is full, and what follows it.
    text = Text()
    inside = text.paragraph(13) + text.paragraph(23) + text.paragraph(8, 'class="across"')
    sheet = ".two { columns: 2; column-gap: 4mm } .across { column-span: all }"
    found = told(document(("one", f'<div class="two">{inside}</div>'), sheet=sheet))
    assert found == ["30: text is lost in layout: «ord36ord37ord38ord39ord40ord41ord42ord43»"]


NOTES = ".footnote { float: footnote; font-size: 8pt; line-height: 10pt } p { orphans: 2; widows: 2 }"


def paragraphs_with_notes(text: Text) -> str:
    return "".join(text.noted(*lengths) for lengths in ((12, 0, 7), (13, 23, 3), (5, 20, 4), (9, 23, 9)))


def test_footnote_outside_a_column_container_is_lost(document: MakeDocument) -> None:
    found = problems(document(("one", paragraphs_with_notes(Text())), sheet=NOTES))
    lost = [problem for problem in found if problem.what.startswith("text is lost in layout")]
    assert len(lost) == 1
    assert (lost[0].place.line, lost[0].place.column) == (40, 9), "the note, not the paragraph around it"


def test_footnote_within_a_column_container_is_kept(document: MakeDocument) -> None:
    text = Text()
    body = f'<div style="columns: 1">{paragraphs_with_notes(text)}</div>'
    found = words_of(document(("one", body), sheet=NOTES + " .footnote::footnote-call { content: '' }"))
    assert sorted(word for word in found if word.startswith("ord")) == sorted(text_until(text.count))


def test_footnote_in_what_is_positioned_is_lost(document: MakeDocument) -> None:
    text = Text()
    body = f'<div style="position: absolute">{text.noted(3, 2, 0)}</div>{text.paragraph(3)}'
    (found,) = told(document(("one", body), sheet=NOTES))
    assert found.startswith("10: text is lost in layout: «ord")


def test_rows_of_a_grid_at_the_end_of_a_column_are_lost(document: MakeDocument) -> None:
    text = Text()
    first = "".join(text.paragraph(number) for number in (7, 2, 7, 8))
    second = "".join(text.paragraph(number) for number in (2, 9, 6, 3))
    body = f'<div class="two"><div class="grid">{first}</div><div class="grid">{second}</div>{text.paragraph(28)}</div>'
    sheet = ".two { columns: 2; column-gap: 4mm } .grid { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2mm }"
    found = told(document(("one", body), sheet=sheet))
    assert [line.partition(": «")[0] for line in found] == ["70: text is lost in layout", "80: text is lost in layout"]


def test_what_is_positioned_absolutely_is_cut_off_at_the_pages_end(document: MakeDocument) -> None:
    text = Text()
    note = f'<div style="position: absolute; top: 30mm">{text.paragraph(30)}</div>'
    found = told(document(("one", f"{note}{text.paragraph(3)}")))
    assert len(found) == 1
    assert found[0].startswith("10: text is lost in layout after page 1: «ord")


def test_text_of_no_size_is_lost(document: MakeDocument) -> None:
    assert told(document(("one", Text().paragraph(1, 'style="font-size: 0"')))) == [
        "10: text is lost in layout: «ord0»"
    ]


def test_text_taken_to_the_margin_is_lost_from_its_place(document: MakeDocument) -> None:
    text = Text()
    body = text.paragraph(1, 'class="head"') + text.paragraph(1)
    sheet = ".head { position: running(head) } @page { @top-left { content: element(head) } }"
    assert told(document(("one", body), sheet=sheet)) == ["10: text is lost in layout: «ord0»"]


# Doubled.


def test_text_that_stands_on_every_page_stands_twice(document: MakeDocument) -> None:
    text = Text()
    body = text.paragraph(1, 'style="position: fixed; bottom: 0"') + f"{text.paragraph(1)}|{text.paragraph(1)}"
    assert told(document(("one", body)))[0] == "10: text stands twice: «ord0» again on page 2"


def test_rows_repeated_on_every_page_stand_twice(document: MakeDocument) -> None:
    text = Text()
    rows = "".join(f"<tr><td {text.at()}>{text.words(1)}</td></tr>" for _ in range(12))
    body = f'<table><tbody class="head"><tr><td {text.at()}>hode</td></tr></tbody><tbody>{rows}</tbody></table>'
    found = told(document(("one", body), sheet=".head { display: table-header-group }"))
    assert found[0] == "130: text stands twice: «hode» again on page 2"


# Moved.


def test_text_on_an_earlier_page_than_what_comes_before_it_is_moved(document: MakeDocument) -> None:
    text = Text()
    body = "".join(text.paragraph(25, 'class="down"' if index % 2 else "") for index in range(6))
    sheet = ".down { float: footnote } .down::footnote-call, .down::footnote-marker { content: '' }"
    found = told(document(("one", body), sheet=sheet))
    assert all(" stands on page " in line and ", before «" in line for line in found)
    line, _, what = found[0].partition(": ")
    before = words_before(what)
    assert what.startswith(f"«ord{before}ord"), what
    assert int(line) == (before // 25 + 1) * 10


def words_before(what: str) -> int:
    """Tell how many words of the source stand before the first that a message quotes."""
    return int(what.removeprefix("«ord").partition("ord")[0])


# Out of sight.


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("position: absolute; left: -200mm", "runs out of the type area"),
        ("position: absolute; bottom: -20mm", "runs out of the type area"),
        ("text-indent: -200mm", "runs out of the type area"),
        ("margin-left: 65mm; white-space: nowrap", "runs out of the type area"),
        ("transform: translate(300mm, 0)", "runs out of the type area"),
        ("transform: rotate(90deg) scale(5)", "runs out of the type area"),
        ("visibility: hidden", "cannot be seen"),
        ("opacity: 0", "cannot be seen"),
        ("color: transparent", "cannot be seen"),
        ("overflow: hidden; height: 1mm", "is cut off"),
        ("overflow: hidden; max-height: 1mm", "is cut off"),
        ("overflow: hidden; width: 20mm; white-space: nowrap", "is cut off"),
        ("position: absolute; clip: rect(0, 0, 0, 0)", "is cut off"),
        ("height: 1mm", "runs out of its box"),
        ("max-height: 1mm", "runs out of its box"),
    ],
)
def test_text_that_nobody_can_read_is_a_problem(document: MakeDocument, style: str, what: str) -> None:
    # The words of each are in WeasyPrint's boxes, and those of most are in the PDF.
    text = Text()
    body = text.paragraph(2) + text.paragraph(3, f'style="{style}"') + text.paragraph(2)
    assert told(document(("one", body))) == [f"20: text {what} on page 1: «ord2 ord3 ord4»"]


@pytest.mark.parametrize(
    ("style", "what"),
    [
        ("overflow: hidden; height: 10mm", "is cut off"),
        ("height: 10mm", "runs out of its box"),
        ("display: flex; height: 10mm", "runs out of its box"),
        ("transform: translate(0, 70mm)", "runs out of the type area"),
        ("opacity: 0", "cannot be seen"),
        ("position: absolute; clip: rect(0, 70mm, 10mm, 0)", "is cut off"),
    ],
)
def test_what_a_box_does_it_does_to_all_that_is_in_it(document: MakeDocument, style: str, what: str) -> None:
    text = Text()
    body = f'<div style="{style}"><section>{text.paragraph(THREE_LINES)}</section></div>{text.paragraph(1)}'
    (found,) = told(document(("one", body)))
    assert found.startswith(f"10: text {what} on page 1: «ord")


def test_boxes_that_cut_nothing_off_and_turn_nothing_away_pass(document: MakeDocument) -> None:
    text = Text()
    styles = ("overflow: hidden", "height: 20mm", "overflow: hidden; max-height: 20mm", "opacity: 0.5")
    moved = ("transform: rotate(180deg)", "transform: translate(2mm, 1mm)", "position: relative; left: 2mm")
    body = "".join(text.paragraph(15, f'style="width: 66mm; {style}"') for style in (*styles, *moved))
    assert len(words_of(document(("one", body)))) == text.count


def test_tight_lines_are_not_cut_off(document: MakeDocument) -> None:
    # The box of a line is higher than its letters, so that lines set solid reach out of a box that they fill.
    text = Text()
    body = text.paragraph(12, 'style="line-height: 1; overflow: hidden"')
    body += text.paragraph(12, 'style="line-height: 0.9; height: 1.8em"')
    assert len(words_of(document(("one", body)))) == text.count


def test_footnote_longer_than_a_page_is_cut_off(document: MakeDocument) -> None:
    text = Text()
    body = f'<div style="columns: 1">{text.noted(1, 3 * LONGER_THAN_A_PAGE, 1)}</div>'
    (found,) = told(document(("one", body), sheet=NOTES))
    assert found.startswith("10: text runs out of the type area on page 2: «ord")


# What is right.


@pytest.mark.parametrize(
    ("transform", "words", "printed"),
    [
        ("uppercase", "Læring på Høyden", "LÆRING PÅ HØYDEN"),
        ("uppercase", "Voß og ﬁre ord", "VOSS OG FIRE ORD"),
    ],
)
def test_transformed_letters_are_right(document: MakeDocument, transform: str, words: str, printed: str) -> None:
    # «ß» in capitals is two letters, which the gate took for a third letter that came from nowhere.
    body = f'<p style="text-transform: {transform}">{words}</p>'
    assert words_of(document(("one", body))) == printed.split()


def test_hyphens_that_layout_puts_in_are_right(document: MakeDocument) -> None:
    words = "Kommunesammenslåingsprosessene angår fylkeskommunene i forvaltningen"
    body = f'<p style="width: 24mm; hyphens: auto">{words}</p>'
    made = document(("one", body))
    assert count_lines(made) > len(words.split()), "some of the words are divided"
    assert words_of(made) == words.split()


def test_hyphens_that_the_source_allows_are_right(document: MakeDocument) -> None:
    words = "sam\N{SOFT HYPHEN}men\N{SOFT HYPHEN}slå\N{SOFT HYPHEN}ing av små kom\N{SOFT HYPHEN}mu\N{SOFT HYPHEN}ner"
    made = document(("one", f'<p style="width: 12mm">{words}</p>'))
    assert count_lines(made) > 4
    assert words_of(made) == words.replace("\N{SOFT HYPHEN}", "").split()


def test_hyphens_of_the_source_at_the_end_of_a_line_are_right(document: MakeDocument) -> None:
    words = "de nord-norske, sør-østlandske og midt-norske data- og teknologi-miljøene"
    made = document(("one", f'<p style="width: 14mm">{words}</p>'))
    assert count_lines(made) > len(words.split())
    assert words_of(made) == words.split()


def test_words_that_run_over_the_end_of_a_page_are_right(document: MakeDocument) -> None:
    text = Text()
    assert words_of(document(("one", text.paragraph(LONGER_THAN_A_PAGE)))) == text_until(text.count)


def test_table_head_repeated_on_every_page_is_right(document: MakeDocument) -> None:
    text = Text()
    rows = "".join(f"<tr><td {text.at()}>{text.words(1)}</td></tr>" for _ in range(20))
    head = '<thead style="font-weight: 400"><tr><td>Hode <em>to</em></td></tr></thead>'
    found = words_of(document(("one", f"<table>{head}<tbody>{rows}</tbody></table>")))
    assert found.count("Hode") == found.count("to") > 1
    assert [word for word in found if word.startswith("ord")] == text_until(20)


def test_footnotes_that_stand_below_what_follows_their_call_are_right(document: MakeDocument) -> None:
    text = Text()
    body = f'<div style="columns: 1">{"".join(text.noted(6, 5, 6) for _ in range(12))}</div>'
    sheet = f"{NOTES} .footnote::footnote-call {{ content: '' }}"
    assert sorted(word for word in words_of(document(("one", body), sheet=sheet)) if word.startswith("ord")) == sorted(
        text_until(text.count)
    )


def test_pictures_empty_elements_and_what_is_only_in_the_margins_are_no_text(document: MakeDocument) -> None:
    head = '<p data-furniture style="position: running(head)">Hode</p>'
    sheet = "@page { @top-left { content: element(head) } } .line::before { content: '→ ' }"
    made = document(("one", f'{head}<p>  <em></em></p><p class="line">Ord</p>'), sheet=sheet)
    assert words_of(made) == ["→", "Ord", "Hode"]


def count_lines(document: Document) -> int:
    """Typeset a document of one paragraph; returns how many lines are drawn of it."""
    return len(Pdf(typeset_here(document).pdf).passages)


def text_until(count: int) -> list[str]:
    return [f"ord{index}" for index in range(count)]


# Letters that no bundled typeface has.


def test_letter_that_the_typeface_lacks_is_a_problem_where_it_stands(document: MakeDocument) -> None:
    text = Text()
    (found,) = problems(document(("one", f"{text.paragraph(1)}<p {text.at()}>En ★ i teksten</p>")))
    assert (str(found.place), found.rule) == ("content/start.yaml:20:7", "glyph")
    assert found.what == "«★» (U+2605) is not in Source Serif Pro 400"


def test_weight_that_is_not_bundled_is_a_problem(document: MakeDocument) -> None:
    found = problems(document(("one", Text().paragraph(1, 'style="font-weight: 900"'))))
    assert {problem.rule for problem in found} == {"glyph"}
    assert "Source Serif Pro 900" in found[0].what


# A place where none is given, and several problems at once.


def test_text_of_the_templates_own_is_said_to_stand_in_the_part(document: MakeDocument) -> None:
    (found,) = problems(document(("one", "<p>A</p>"), ("two", '<p style="display: none">Borte</p>')))
    assert str(found.place) == "templates (the part 'two')"


def test_problems_of_all_parts_are_told_together(document: MakeDocument) -> None:
    text = Text()
    one, two = (text.paragraph(2, 'style="display: none"') for _ in range(2))
    assert told(document(("one", one), ("two", f"<p>A</p>{two}"))) == [
        "10: text is lost in layout: «ord0ord1»",
        "20: text is lost in layout: «ord2ord3»",
    ]


# A project's own style sheets, through the whole of the press.

CALLOUT = """\
  - text: |
      Avsnittet før boksen.
  - callout: boksen
    title: Boksens tittel
    text: |
      Første avsnitt i boksen.

      Andre avsnitt i boksen, som er så langt at det aldri får plass på én linje, hvor bred spalten enn er satt.
  - text: |
      Avsnittet etter boksen.[^note]

      [^note]: Noten til avsnittet.
"""


def callout_of(project: Project, sheet: str) -> Project:
    """Give the publication a callout in lines 5 to 10, and its blocks a style sheet of the project's own."""
    return project.blocks(CALLOUT).write("templates/blocks/callout.css", f"h2 {{ font-weight: 400 }} {sheet}")


TITLE, SECOND = "5:5", "10:7"
HEIGHT = ".callout-text { height: 3mm }"


@pytest.mark.parametrize(
    ("sheet", "place", "what"),
    rest_long(
        [
            (".callout { display: none }", TITLE, "text is lost in layout: «Boksenstittel»"),
            (".callout p + p { display: none }", SECOND, "text is lost in layout: «Andreavsnittiboksen,"),
            (HEIGHT, SECOND, "text runs out of its box on page 3: «Andre avsnitt i boksen, "),
            (f"{HEIGHT} div {{ overflow: hidden }}", SECOND, "text is cut off on page 3: «Andre avsnitt i boksen, "),
            (
                ".callout { position: absolute; left: 200mm }",
                TITLE,
                "text runs out of the type area on page 3: «Boksens",
            ),
            (".callout h2 { color: rgb(0 0 0 / 0) }", TITLE, "text cannot be seen on page 3: «Boksens tittel»"),
            (".footnote { display: none }", "12:7", "text is lost in layout: «Notentilavsnittet.»"),
        ],
        4,
    ),
)
def test_style_sheet_of_a_project_that_loses_text_is_told_with_the_line_of_the_content(
    project: Project, sheet: str, place: str, what: str
) -> None:
    with pytest.raises(TypesetError) as caught:
        publish(callout_of(project, sheet).folder)
    found = [problem.what for problem in caught.value.problems if str(problem.place) == f"content/start.yaml:{place}"]
    assert [line for line in found if line.startswith(what)], caught.value


@pytest.mark.long
def test_build_that_would_lose_text_fails_and_writes_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    callout_of(project, ".callout p + p { display: none }").write("build/report.pdf", b"the last good one")
    assert build.main(["report", "--quiet", "--project", str(project.folder)]) == build.TO_MEND
    printed = capsys.readouterr().out
    assert printed.startswith("content/start.yaml:10:7: text is lost in layout: «Andreavsnittiboksen,")
    assert "[conserved]\n    mend: keep to the style rules in CONTRIBUTING.md" in printed
    assert [path.name for path in Path(project.folder, "build").iterdir()] == ["report.pdf"]
    assert Path(project.folder, "build/report.pdf").read_bytes() == b"the last good one"


def test_same_content_with_our_own_style_sheets_passes(project: Project) -> None:
    assert publish(project.blocks(CALLOUT).folder).unread() == {}


POINTS = '<ol data-at="content/start.yaml:10:7"><li data-point="1.">Ord</li></ol>'


@pytest.mark.parametrize(
    ("sheet", "label"),
    [("ol { list-style-type: none }", ""), ("ol { counter-reset: list-item 16 }", "17.")],
    ids=["no numbers", "other numbers"],
)
def test_number_before_a_point_that_is_not_the_contents_is_told(document: MakeDocument, sheet: str, label: str) -> None:
    """Regression test: two lists in a row were counted as one, and nothing held the numbers against the content."""
    expected = f"10: a point is printed with «{label}» before it, where the source has «1.»"
    assert told(document(("one", POINTS), sheet=sheet)) == [expected]


def test_number_before_a_point_that_is_the_contents_passes(document: MakeDocument) -> None:
    assert "Ord" in words_of(document(("one", POINTS)))
