"""Margin notes: how deep one is at the most, and how deep the text beside it is at the least."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from support.pdf import publish, typeset_here
from support.projects import Project

from press.compose.parts import compose
from press.compose.theme import properties, theme_css
from press.content.theme import default_theme
from press.document import Document, Part
from press.editions.edition import FULL
from press.errors import Place, TemplateError
from press.fonts import font_face_css
from press.words.language import OUR_TEMPLATES
from press.writers.pdf.margins import PT_PER_MM, Setting, balanced, sizes_of

QUOTE_SHEET = "templates/blocks/quote.css"
SHEETS = [*sorted(OUR_TEMPLATES.glob("blocks/*.css")), *sorted(OUR_TEMPLATES.glob("editions/report/*.css"))]
SHEET = "\n".join(path.read_text(encoding="utf-8") for path in SHEETS)
THEME = dict(properties(default_theme()))
SIZES = sizes_of(theme_css(default_theme()) + SHEET)
PROPERTIES = (
    "quote-font", "quote-width", "speaker-font", "speaker-above", "body-font", "body-width", "small-font", "table-font",
    "table-padding",
)  # fmt: skip
WORDS = "Den som innfører teknologi, kommer vanskelig utenom å endre organisasjonen også"


@pytest.mark.parametrize(
    "setting", [SIZES.quote, SIZES.speaker, SIZES.body, SIZES.small], ids=["quote", "speaker", "body", "small"]
)
def test_text_has_no_more_lines_at_the_least_than_at_the_most(setting: Setting) -> None:
    for count in range(1, 12):
        text = " ".join(WORDS.split()[:count])
        assert 1 <= setting.fewest_lines(text) <= setting.most_lines(text)


def test_each_long_word_takes_a_line_at_the_most() -> None:
    assert SIZES.quote.most_lines("organisasjonsutvikling " * 5) == 5


def test_word_longer_than_a_line_takes_a_line_for_what_stands_after_its_hyphen() -> None:
    assert SIZES.quote.most_lines("industribedrift-organisasjonen") == 2


def test_no_words_take_no_line() -> None:
    assert SIZES.quote.most_lines("") == SIZES.body.fewest_lines("  ") == 0


def test_speaker_makes_a_quote_deeper() -> None:
    assert SIZES.quote_depth_pt(WORDS, "En operatør") == pytest.approx(SIZES.quote_depth_pt(WORDS, "") + 3.6 + 11.2)


def test_footnotes_make_a_paragraph_no_deeper() -> None:
    note = f'<span class="footnote">{WORDS * 3} <span lang="en">lean</span> {WORDS * 3}</span>'
    assert SIZES.body.least_depth_pt(f"<p>{WORDS}{note}.</p>") == SIZES.body.least_depth_pt(f"<p>{WORDS}.</p>")


def test_what_follows_a_footnote_is_measured() -> None:
    note = '<span class="footnote">Ord.</span>'
    assert (
        SIZES.body.least_depth_pt(f"<p>{note}{WORDS * 3}</p>")
        == SIZES.body.least_depth_pt(f"<p>{WORDS * 3}</p>")
        > 14.4
    )


# The sizes are those of the style sheets.


def quoted(project: Project) -> Project:
    return project.blocks(f"  - text: {WORDS}.\n  - quote: {WORDS}\n    speaker: Noen\n  - text: Slutt.\n")


def changed(project: Project, old: str, new: str) -> Project:
    """Give the publication our style sheet of pull quotes with one thing changed."""
    sheet = (OUR_TEMPLATES / "blocks/quote.css").read_text(encoding="utf-8")
    assert sheet.count(old) == 1
    return project.write(QUOTE_SHEET, sheet.replace(old, new))


def room_pt(project: Project) -> float:
    """Tell how much room is kept below the paragraph for the quote beside it."""
    html = "".join(part.html for part in compose(project.load(), FULL).parts)
    (found,) = re.findall(r'<div style="height: ([\d.]+)pt"></div>', html)
    return float(found)


def test_size_changed_in_the_style_sheet_changes_what_is_printed_and_the_room_that_is_kept_for_it(
    project: Project,
) -> None:
    before = room_pt(quoted(project))
    changed(project, "var(--quote-type)", "15pt/29pt")
    assert room_pt(project) == pytest.approx(before + 10 * SIZES.quote.most_lines(f"«{WORDS}»"), abs=0.2)
    built = publish(project.folder)
    bottoms = sorted({line.bottom for line in built.body if "BlockQuote" in line.tags and "Noen" not in line.text})
    # A line without a descender ends a little higher.
    assert [(b - a) * PT_PER_MM for a, b in pairwise(bottoms)] == pytest.approx([29] * (len(bottoms) - 1), abs=4.5)


def test_measure_changed_in_the_style_sheet_changes_the_room(project: Project) -> None:
    before = room_pt(quoted(project))
    assert (
        room_pt(changed(project, "--quote-width: calc(var(--margin-column) - 6mm)", "--quote-width: 24mm"))
        > before + SIZES.quote.leading_pt
    )


@pytest.mark.parametrize("name", PROPERTIES)
def test_size_that_is_measured_is_the_size_that_is_set(name: str) -> None:
    assert len(re.findall(rf"--{name}:", SHEET)) + (name in THEME) == 1
    assert f"var(--{name})" in SHEET


def test_sizes_that_no_style_sheet_declares_are_refused_together(project: Project) -> None:
    quoted(project).write(QUOTE_SHEET, ".quote { color: red }\n")
    with pytest.raises(TemplateError) as caught:
        compose(project.load(), FULL)
    assert {each.place for each in caught.value.problems} == {Place("templates")}
    said = " ".join(each.what for each in caught.value.problems)
    assert set(re.findall("`--(.*?)`", said)) == {"quote-font", "quote-width", "speaker-font", "speaker-above"}


@pytest.mark.parametrize("font", ["15pt/19pt serif", 'italic 300 15px/19px "Source Serif Pro"', '300 9pt/9pt "Comic"'])
def test_size_in_other_units_or_a_face_that_is_not_there_is_refused(project: Project, font: str) -> None:
    changed(quoted(project), "italic 300 var(--quote-type) var(--serif)", font)
    with pytest.raises(TemplateError, match="--quote-font"):
        compose(project.load(), FULL)


# Captions in the margin.


def tabled(project: Project, title: str, rows: int, more: str = "") -> Project:
    cells = ", ".join(f"[{number}, b]" for number in range(rows))
    table = (
        f"  - table: tabell\n    title: {title}\n    columns: [{{heading: A}}, {{heading: B}}]\n    rows: [{cells}]\n"
    )
    return project.blocks(f"  - text: Se {{tabell}}.\n{table}{more}")


@pytest.mark.parametrize(
    ("title", "rows", "more", "theme", "beside"),
    [
        ("Kort", 2, "", "", True),
        (WORDS, 2, "", "", True),
        (f"{WORDS} {WORDS} {WORDS}", 2, "", "", False),
        (f"{WORDS} {WORDS} {WORDS}", 12, "", "", True),
        ("Kort", 2, "    width: full\n", "", False),
        ("Kort", 2, "    divided: true\n", "", False),
        ("Kort", 2, "    pinned: true\n", "", True),
        ("Kort", 12, "", "columns: {margin: 40}\n", False),
    ],
)
def test_caption_stands_in_the_margin_where_it_is_no_deeper_than_what_it_is_of(
    project: Project, title: str, rows: int, more: str, theme: str, *, beside: bool
) -> None:
    tabled(project.write("theme.yaml", theme or "paper: a4\n"), title, rows, more)
    html = "".join(part.html for part in compose(project.load(), FULL).parts)
    assert ("<figcaption>" in html, "<caption>" in html) == (beside, not beside)


def test_note_does_not_reach_down_to_a_caption_in_the_margin(project: Project) -> None:
    table = "  - table: tabell\n    pinned: true\n    title: A\n    columns: [{heading: A}]\n    rows: [[a], [b]]\n"
    below = {
        name: f"  - text: Kort.\n  - quote: {WORDS}\n{after}"
        for name, after in (("table", table), ("text", "  - text: {}\n".format(f"{WORDS}. " * 5)))
    }
    shared = {}
    for name, blocks in below.items():
        html = "".join(part.html for part in compose(project.blocks(blocks).load(), FULL).parts)
        (shared[name],) = re.findall(r"margin-bottom: -([\d.]+)pt", html)
    assert float(shared["text"]) > float(shared["table"]) == 0


@pytest.mark.long
def test_caption_in_the_margin_is_level_with_the_head_of_its_table(project: Project) -> None:
    tabled(project, WORDS, 4)
    built = publish(project.folder)
    caption = [line for line in built.body if "Caption" in line.tags]
    heads = [line for line in built.body if "TH" in line.tags]
    assert len(caption) > 1
    assert caption[0].top == pytest.approx(heads[0].top, abs=1)


# Titles whose lines are about as long.

TITLED = ':root { --title-font: 300 25pt/28.8pt "Source Serif Pro"; --title-width: 150mm }'


def set_in(width: str, text: str) -> list[str]:
    """Set a title as wide as it is said to be; gives its lines."""
    sheet = f"{TITLED} @page {{ size: 200mm 100mm; margin: 10mm }} h1 {{ margin: 0; font: var(--title-font) }}"
    html = f'<html lang="nb"><body><h1 style="{width}">{text}</h1></body></html>'
    (part,) = (Part("a", "a", html),)
    surveyed = typeset_here(Document((part,), f"{font_face_css()}{sheet}", {}, (), "nb-NO"), surveying=True).surveyed
    assert surveyed is not None
    return [line.text for line in surveyed.lines()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norsk industri er klar for digital endring", ["Norsk industri er klar", "for digital endring"]),
        ("Datadeling åpner for nye forretningsmuligheter", ["Datadeling åpner for nye", "forretningsmuligheter"]),
        ("Digitalisering i\N{NO-BREAK SPACE}en travel industribedrift på Vestlandet", None),
    ],
)
def test_lines_of_a_title_are_about_as_long_and_no_more_than_before(text: str, expected: list[str] | None) -> None:
    lines = set_in(balanced(TITLED, "title", text), text)
    assert len(lines) == len(set_in("width: 150mm", text)) == 2
    assert lines == (expected or lines)
    assert min(map(len, lines)) > 0.6 * max(map(len, lines))


@pytest.mark.parametrize("text", ["Metode", "Ord", "Samhandlingsutfordringer" * 3])
def test_title_of_one_line_or_too_wide_for_its_measure_keeps_its_measure(text: str) -> None:
    assert balanced(TITLED, "title", text) == ""
    assert balanced(TITLED, "subtitle", "Norsk industri er klar for digital endring") == ""
