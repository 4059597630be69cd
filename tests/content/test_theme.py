"""`theme.yaml`: read strictly, filled up with the look that is ours, and the one source of all that looks."""

from __future__ import annotations

import re

import pytest
from support.projects import Project, assert_problems

from press.compose.parts import compose
from press.compose.theme import properties, theme_css
from press.content.theme import COLOURS, SIZES, Theme, default_theme
from press.editions.edition import FULL
from press.editions.specimen import specimen
from press.figures import theme as of_figures
from press.figures.theme import settings_of, use
from press.fonts import font_face_css
from press.words.language import OUR_TEMPLATES, language_of
from press.writers.pdf.margins import sizes_of

THEME = "theme.yaml"


def themed(project: Project, text: str) -> Theme:
    return project.write(THEME, text).load().theme


def css(theme: Theme) -> dict[str, str]:
    return dict(properties(theme))


def test_without_a_theme_the_look_is_ours(project: Project) -> None:
    assert project.load().theme == default_theme()
    ours = css(default_theme())
    assert (ours["page-width"], ours["page-height"]) == ("210mm", "297mm")
    assert (ours["text-width"], ours["body-width"], ours["body-left"]) == ("170mm", "112mm", "58mm")
    assert (ours["fjord"], ours["text-type"], ours["line"]) == ("#0B3C5D", "10.2pt/14.4pt", "14.4pt")


def test_what_is_left_out_is_ours(project: Project) -> None:
    changed = css(themed(project, 'colours:\n  primary: "#005a3c"\n'))
    ours = css(default_theme())
    assert {name for name in ours if changed[name] != ours[name]} == {"fjord", "cover-ground"}
    assert changed["fjord"] == changed["cover-ground"] == "#005A3C"


def test_letter_keeps_the_measure_of_text(project: Project) -> None:
    letter = themed(project, "paper: letter\n")
    assert (letter.width_mm, letter.height_mm, letter.text_mm, letter.body_mm) == (215.9, 279.4, 170, 112)


def test_margins_and_columns_give_the_body_what_is_left(project: Project) -> None:
    theme = themed(project, "margins:\n  left: 25\n  right: 25\ncolumns:\n  margin: 40\n  gap: 5\n")
    assert (theme.text_mm, theme.body_mm) == (160, 115)
    declared = sizes_of("\n".join([font_face_css(), theme_css(theme), *SHEETS]))
    assert declared.body.width_mm == 115
    assert declared.quote.width_mm == 34


SHEETS = [
    (OUR_TEMPLATES / name).read_text(encoding="utf-8")
    for name in (*FULL.stylesheets, "blocks/quote.css", "blocks/text.css")
]


def test_sizes_reach_margin_notes(project: Project) -> None:
    theme = themed(project, "sizes:\n  text: 11/15\n  quote: 16/21\n")
    declared = sizes_of("\n".join([theme_css(theme), *SHEETS]))
    assert (declared.body.size_pt, declared.body.leading_pt) == (11, 15)
    assert (declared.quote.size_pt, declared.quote.leading_pt) == (16, 21)
    assert css(theme)["line"] == "15pt"


def test_colours_reach_figures(project: Project) -> None:
    theme = themed(project, 'colours:\n  ink: "#111111"\n  accent: "#990000"\n  axis: "#777777"\n').for_figures()
    settings = settings_of(theme)
    assert settings["text.color"] == "#111111"
    assert settings["axes.edgecolor"] == "#777777"
    assert settings["axes.prop_cycle"] == "cycler('color', ['#0B3C5D', '#990000', '#1E958C', '#E3A72F'])"


def test_scripts_import_the_theme_of_the_publication() -> None:
    ours = of_figures.DEFAULT
    try:
        use(of_figures.FigureTheme({**ours.colours, "ink": "#000001"}, ("#000002",), 160, 100))
        assert (of_figures.COLOURS["ink"], of_figures.SERIES, of_figures.TEXT_WIDTH_MM) == ("#000001", ["#000002"], 160)
    finally:
        use(ours)


def test_every_role_is_a_property_once() -> None:
    names = [name for name, _ in properties(default_theme())]
    assert len(names) == len({*names})
    assert {*COLOURS.values()} <= {*names}
    assert {f"{name}-type" for name in SIZES} <= {*names}


def test_style_sheets_for_paper_hold_no_colour_and_no_family_of_their_own() -> None:
    for sheet in sorted(path for path in OUR_TEMPLATES.rglob("*.css") if "web" not in path.parts):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.findall(r"#[0-9A-Fa-f]{3,6}\b|\bSource S", text), sheet.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("papir: a4\n", "1:1: unknown key 'papir' [schema] did you mean 'paper'"),
        ("paper: a5\n", "1:8: 'a5' is not a choice for 'paper' [schema] choose 'a4' or 'letter'"),
        ("margins:\n  top: 2cm\n", "2:8: '2cm' is no length [schema] write millimetres without a unit"),
        ("colours:\n  ink: red\n", "2:8: 'red' is no colour [schema] write its six digits in double quotes"),
        ("colours:\n  series: []\n", "2:11: 'series' holds 0 entries [schema]"),
        ("sizes:\n  text: 10\n", "2:9: '10' is no size of type [schema] 10.2/14.4"),
        ("sizes:\n  text: 4/9\n", "2:9: '4/9' is no size of type [schema] from 6"),
        ("sizes:\n  text: 14/10\n", "2:9: lines of '14/10' would run into each other [schema] the size first"),
        ("margins:\n  left: 70\n  right: 70\n", "2:3: 12 mm are left for the body column; 80 are the least [schema]"),
        ("margins:\n  top: 100\n  bottom: 60\n", "2:3: more than half of the page [schema] make them smaller"),
        ("cover:\n  ground: 0B3C5\n", "2:11: '0B3C5' is no colour [schema]"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(project: Project, text: str, expected: str) -> None:
    assert_problems(project.write(THEME, text).problems(), expected, file=THEME)


def test_all_that_is_wrong_is_told_at_once(project: Project) -> None:
    found = project.write(THEME, 'paper: a5\ncolours:\n  ink: red\n  accent: "#12"\n').problems()
    assert [problem.place.line for problem in found] == [1, 3, 4]


def test_colour_without_quotes_is_told_where_it_stands(project: Project) -> None:
    project.write(THEME, "colours:\n  ink: #16222C\n")
    assert_problems(project.problems(), "2:8: ` #` is not read [yaml] the whole value in double quotes", file=THEME)


def test_specimen_shows_every_size_and_every_colour_with_its_contrast(project: Project) -> None:
    report = project.write(THEME, 'colours:\n  ink: "#101010"\n').load()
    (page,) = compose(report, specimen(report.theme, language_of(report))).parts
    swatches = page.html.count('class="swatch" style="background: #')
    assert swatches == len(report.theme.palette) + len(report.theme.cover_palette) + 4
    assert all(f'class="left sample-{name}"' in page.html for name in SIZES)
    assert "#101010" in page.html
    assert "19,0" in page.html  # of the ink to paper
    assert '<span class="pair" style="color: #101010; background: #F8F3EA">Slik</span>' in page.html


def test_page_on_the_theme_shows_every_key_as_it_is_without_it(project: Project) -> None:
    page = (OUR_TEMPLATES.parent / "docs/theme.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    shown = "".join(f"{re.sub(r'  +#.*', '', line)}\n" for line in block.splitlines())
    project.write("content/images/merke.svg", MARK)
    theme, ours = themed(project, shown), default_theme()
    own = {name: value for name, value in css(theme).items() if name.startswith("callout-")}
    assert {name: value for name, value in css(theme).items() if name not in own} == css(ours)
    assert own["callout-god-praksis-ground"] == ours.palette["cool"]
    assert theme.for_figures() == ours.for_figures()
    nodes = (theme, theme.margins, theme.columns, theme.sizes, theme.colours, theme.cover, theme.logo)
    for node in filter(None, nodes):
        assert [name for name in type(node).model_fields if getattr(node, name) is None] == []


# The logo.

MARK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h40v40h-40z" fill="#E3A72F"/></svg>'
LOGO = "logo:\n  file: merke.svg\n  alt: Utgiverens merke\n"


def test_logo_stands_on_the_cover_and_the_last_page(project: Project) -> None:
    report = project.write("content/images/merke.svg", MARK).write(THEME, LOGO).load()
    document = compose(report, FULL)
    assert project.errors() == []
    shown = [part.id for part in document.parts if 'src="images/merke.svg" alt="Utgiverens merke"' in part.html]
    assert shown == ["cover", "back"]
    assert "images/merke.svg" in document.assets
    assert 'style="width: 40mm; height: 13.33mm"' in document.parts[0].html
    assert project.write("content/images/merke.svg", MARK.replace(b"40v40", b"41v40")).load().mark != report.mark


def test_high_logo_is_no_higher_than_its_room(project: Project) -> None:
    project.write("content/images/merke.svg", MARK.replace(b"0 0 120 40", b"0 0 40 80")).write(THEME, LOGO)
    assert 'style="width: 15mm; height: 30mm"' in compose(project.load(), FULL).parts[0].html


@pytest.mark.parametrize(
    ("logo", "mark", "expected"),
    [
        (LOGO, None, "2:9: there is no file content/images/merke.svg [file]"),
        (LOGO, b"<svg><script/></svg>", "2:9: merke.svg is no drawing that can be let in [image] as plain SVG"),
        (LOGO.replace("merke", "../merke"), MARK, "2:9: ../merke.svg does not lie in content/images/ [file]"),
        (f"{LOGO}  width: 120\n", MARK, "4:10: '120' is no width for a logo [schema] 5 to 100"),
        ("logo:\n  file: merke.svg\n", MARK, "2:3: the key 'alt' is missing [schema]"),
    ],
)
def test_logo_that_cannot_be_printed_is_told(project: Project, logo: str, mark: bytes | None, expected: str) -> None:
    if mark is not None:
        project.write("content/images/merke.svg", mark)
    found = [problem for problem in project.write(THEME, logo).problems() if problem.rule != "files-used"]
    assert_problems(found, expected, file=THEME)


def test_callout_of_a_style_of_its_own_has_its_label_and_colours(project: Project) -> None:
    project.write("content/other.yaml", "title: Other\nlanguage: en\nblocks:\n" + CALLOUT.format("b"))
    project.change("content/report.yaml", "    - start\n", "    - start\n    - other\n").blocks(CALLOUT.format("a"))
    project.write(THEME, OWN_STYLE)
    assert not project.errors()
    document = compose(project.load(), FULL)
    norwegian, english = (part.html for part in document.parts if part.id in {"start", "other"})
    assert 'class="callout callout-god-praksis callout-own" id="a"' in norwegian
    assert '<p class="callout-label">God praksis</p>' in norwegian
    assert '<p class="callout-label">Good practice</p>' in english
    declared = css(project.load().theme)
    assert [declared[f"callout-god-praksis-{part}"] for part in ("ground", "rule", "words")] == [
        "#F8F3EA",
        "#2E7D4F",
        "#0B3C5D",
    ]
    assert ".callout.callout-god-praksis {" in document.stylesheet


CALLOUT = "  - callout: {}\n    style: god-praksis\n    title: Ord\n    text: Ord.\n"
OWN_STYLE = """\
callouts:
  god-praksis:
    label: God praksis
    labels: {en: Good practice}
    ground: warm
    rule: "#2e7d4f"
"""


@pytest.mark.parametrize(
    ("name", "style", "expected"),
    [
        ("note", "label: A", "3:5: every publication has a style 'note' [schema] another name"),
        ("God", "label: A", "3:5: 'God' is no name for a style [schema] small letters"),
        ("a", 'label: "*A*"', "3:12: '*A*' is no label [schema] without marks"),
        ("a", "label: A\n    ground: varm", "4:13: 'varm' is neither a colour nor called so [schema] cool, warm"),
        ("a", "ground: warm", "3:5: the key 'label' is missing [schema]"),
    ],
)
def test_style_that_cannot_be_is_told_at_its_line(project: Project, name: str, style: str, expected: str) -> None:
    project.write(THEME, f"callouts:\n  {name}:\n    {style}\n")
    assert_problems(project.problems(), expected, file=THEME)
