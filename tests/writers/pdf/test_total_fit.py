"""Lines broken for the sake of the whole paragraph, and left to WeasyPrint where they cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import groupby, pairwise

import pytest
from support.pdf import typeset_here
from weasyprint.layout import block, inline

from press.document import Document
from press.pages import Line
from press.writers.pdf.engine import total_fit as module
from press.writers.pdf.engine.total_fit import total_fit

MakeDocument = Callable[..., Document]
SetAs = Callable[..., list[str]]

SHEET = """
@page { size: 120mm 200mm; margin: 10mm; @bottom-right { content: none } }
p, td, li { hyphens: auto; hyphenate-limit-chars: 7 3 3; hyphenate-limit-zone: 4mm; hyphenate-character: "-" }
b, strong { font-weight: 600 }
p { width: 60mm; orphans: 2; widows: 2 }
"""
WORDS = (
    "Digitalisering handler om mer enn teknologi, sier bedriftene. Medarbeiderne må involveres tidlig, og ledelsen må "
    "forklare hvorfor endringene kommer. Produksjonsutstyret blir stadig mer avansert, og vedlikeholdsavdelingen får "
    "nye oppgaver. Samarbeidet mellom fagforeningene og bedriftsledelsen beskrives som avgjørende for omstillingen. "
)
LONG = WORDS * 3


@pytest.fixture
def set_as(document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> SetAs:
    """Set a body and give its lines; what stands over the edge, is lost or is doubled raises."""

    def run(body: str, *, on: bool = True, sheet: str = "") -> list[str]:
        with monkeypatch.context() as patched:
            patched.setattr(module, "total_fit", total_fit if on else nullcontext)
            return [line.text.strip() for line in lines_of(document, body, sheet)]

    return run


def lines_of(document: MakeDocument, body: str, sheet: str = "") -> list[Line]:
    result = typeset_here(document(("start", body), sheet=f"{SHEET}{sheet}"), surveying=True)
    assert result.problems == ()
    assert result.surveyed is not None
    lines = list(result.surveyed.lines())
    assert all(line.extent.beyond(line.room) < 0.1 for line in lines)
    return lines


def ladders(lines: list[str]) -> list[int]:
    return [len(list(group)) for divided, group in groupby(lines, lambda line: line.endswith("-")) if divided]


FUNCTIONS = ("get_next_linebox", "split_text_box", "split_first_line")


@contextmanager
def untouched() -> Iterator[None]:
    """See to it that WeasyPrint is itself again afterwards."""
    before = [block.iter_line_boxes, *(getattr(inline, name) for name in FUNCTIONS)]
    yield
    assert [block.iter_line_boxes, *(getattr(inline, name) for name in FUNCTIONS)] == before


def test_switched_off_it_touches_nothing() -> None:
    before = [block.iter_line_boxes, *(getattr(inline, name) for name in FUNCTIONS)]
    with total_fit(on=False):
        assert [block.iter_line_boxes, *(getattr(inline, name) for name in FUNCTIONS)] == before
    with untouched(), total_fit():
        assert not {block.iter_line_boxes, *(getattr(inline, name) for name in FUNCTIONS)} & set(before)
    with untouched(), pytest.raises(RuntimeError), total_fit():
        raise RuntimeError


def test_switched_off_it_gives_the_bytes_of_plain_weasyprint(
    document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = document(("start", f"<p>{LONG}</p><p>{WORDS}</p>"), sheet=SHEET)
    results = []
    for stand_in in (nullcontext, lambda memory: total_fit(memory, on=False), total_fit):
        monkeypatch.setattr(module, "total_fit", stand_in)
        results.append(typeset_here(made).pdf)
    assert results[0] == results[1]
    assert results[1] != results[2]


@pytest.mark.parametrize("width", range(38, 78, 5))
def test_paragraph_has_no_ladder_and_no_stub(set_as: SetAs, width: int) -> None:
    body = f'<p style="width: {width}mm">{LONG}</p>'
    greedy, ours = set_as(body, on=False), set_as(body)
    assert max(ladders(ours), default=0) <= 2
    assert len(ours[-1]) > 0.15 * max(map(len, ours))
    assert len(ours[-1].split()) > 1 or len(ours[-1]) > 8
    assert len(ours) <= len(greedy) + 1


@pytest.mark.long
def test_fewer_words_are_divided(set_as: SetAs) -> None:
    bodies = [f'<p style="width: {width}mm">{LONG}</p>' for width in range(50, 90, 4)]
    assert sum(sum(ladders(set_as(body))) for body in bodies) < 0.7 * sum(
        sum(ladders(set_as(body, on=False))) for body in bodies
    )


@pytest.mark.long
def test_last_line_is_no_syllable_and_no_short_word(set_as: SetAs) -> None:
    text = "Bedriftene sier at de har fått det til, og at andre kan gjøre det samme om de vil"
    short = {width: set_as(f'<p style="width: {width}mm">{text}</p>', on=False)[-1] for width in range(50, 75)}
    widths = [width for width, last in short.items() if len(last) < 5]
    assert widths
    for width in widths:
        assert len(set_as(f'<p style="width: {width}mm">{text}</p>')[-1].split()) > 1


def in_words(found: str, instead: str, style: str = "") -> str:
    """Make a paragraph of the words with something else in the place of some."""
    return f'<p style="{style}">{(WORDS * 2).replace(found, instead)}</p>'


EM = WORDS.replace("teknologi", "<em>teknologi</em>").replace("nye oppgaver", "<strong>nye oppgaver</strong>")
NOTE = '<span class="footnote">En <em>note</em> med nok ord til at den fyller mer enn en eneste linje nederst.</span>'
HANDLED = {
    "emphasis": f"<p>{EM * 2}</p>",
    "emphasis from edge to edge": f"<p><em>{WORDS}</em><strong>{WORDS}</strong></p>",
    "links": in_words("bedriftene", '<a href="https://nordre-verk.no">bedriftene</a>'),
    "notes": in_words(".", f".{NOTE}"),
    "page numbers": f"{in_words('Medarbeiderne', '(side [slutt]) Medarbeiderne')}<p id=slutt>Slutt</p>",
    "marked terms": in_words("Samarbeidet", '(<span lang="en">kick-off</span>) Samarbeidet'),
    "a note in the margin": f'<p><span style="position: absolute; left: 70mm">Utenfor</span>{WORDS}</p>',
    "an empty element": in_words("stadig", "<span></span>stadig"),
    "an indent": f'<p style="text-indent: 12mm">{WORDS}</p>',
    "a hanging indent": f'<p style="text-indent: -6mm; padding-left: 6mm; width: 54mm">{LONG}</p>',
    "a lead-in": f"<p><b>{WORDS[:45]}</b>{WORDS[45:]}</p>",
    "a narrow table": f'<table style="width: 70mm"><tr><td>{WORDS}</td><td>{WORDS}</td></tr></table>',
    "a list": f'<ul style="width: 55mm"><li>{WORDS}<ul><li>{WORDS}</li></ul></li></ul>',
    "columns": f'<div style="columns: 2; width: 90mm"><p style="width: auto">{LONG}</p></div>',
    "lines that must end": f"<p>{WORDS}<br>{WORDS}<br><br>{WORDS}</p>",
    "spaces that bind": in_words(" og ", " og\N{NO-BREAK SPACE}"),
    "words that bind": in_words("for ", '<span style="white-space: nowrap">for alt </span>'),
    "soft hyphens": in_words("arbeid", "ar\N{SOFT HYPHEN}beid"),
    "no hyphens": f'<p style="hyphens: none">{WORDS}</p>',
    "centred": f'<p style="text-align: center">{WORDS}</p>',
    "on the right": f'<p style="text-align: right">{WORDS}</p>',
    "justified": f'<p style="text-align: justify">{WORDS}</p>',
    "capitals": f'<p style="text-transform: uppercase">{WORDS}</p>',
}


@pytest.mark.parametrize("body", HANDLED.values(), ids=HANDLED)
def test_what_stands_in_a_paragraph_is_set_whole_and_without_ladders(set_as: SetAs, body: str) -> None:
    # That no word is lost, doubled or moved, and that each reads as it is written, typeset itself sees to.
    sheet = ".footnote { float: footnote; text-indent: 0 } table { table-layout: fixed } td { padding: 0 2mm }"
    ours = set_as(body, sheet=sheet)
    assert ours != set_as(body, on=False, sheet=sheet), "it is chosen where the lines end"
    assert max(ladders(ours), default=0) <= 2


FLOAT = '<div style="float: left; width: 20mm; height: 90mm; margin: 0">Flyter</div>'
LEFT_TO_WEASYPRINT = {
    "beside a float": f"{FLOAT}<p>{WORDS}</p>",
    "a float in it": in_words("bedriftene", '<b style="float: right; width: 25mm">bedriftene</b>'),
    "a box in it": in_words("bedriftene", '<b style="display: inline-block">bedriftene</b>'),
    "room around a word": in_words("bedriftene", '<b style="padding: 0 1mm">bedriftene</b>'),
    "letters spaced out": f'<p style="letter-spacing: 0.1mm">{WORDS}</p>',
    "words spaced out": f'<p style="word-spacing: 1mm">{WORDS}</p>',
    "right to left": f'<p style="direction: rtl; hyphens: none">{WORDS}</p>',
    "spaces kept": f'<p style="white-space: pre-wrap">{WORDS}</p>',
    "lines kept": in_words("Med", "\n Med", "white-space: pre-line"),
    "first line of its own": f'<p class="first">{WORDS}</p>',
    "a word wider than the measure": f'<p style="width: 20mm; hyphens: none">{WORDS} vedlikeholdsavdelingene</p>',
}


@pytest.mark.parametrize("body", LEFT_TO_WEASYPRINT.values(), ids=LEFT_TO_WEASYPRINT)
def test_what_cannot_be_told_beforehand_is_left_to_weasyprint(
    document: MakeDocument, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    made = document(("start", body), sheet=f"{SHEET} .first::first-line {{ font-size: 11pt }}")
    ours = typeset_here(made, surveying=True).pdf
    monkeypatch.setattr(module, "total_fit", nullcontext)
    assert typeset_here(made, surveying=True).pdf == ours


def test_name_is_not_divided(set_as: SetAs) -> None:
    name = '<span class="whole">Digitaliseringsrådet21</span>'
    text = "Her er det mange som sier at {} har rett, og at {} må få råd til mer enn {} har hatt hittil."
    for width in range(50, 70, 3):
        lines = set_as(
            f'<p style="width: {width}mm">{text.format(name, name, name)}</p>', sheet=".whole { hyphens: manual }"
        )
        assert " ".join(lines).count("Digitaliseringsrådet21") == 3


def test_line_below_a_float_is_chosen_again(set_as: SetAs) -> None:
    body = f"{FLOAT.replace('90mm', '8mm')}<p>{LONG}</p>"
    assert set_as(body)[:2] == set_as(body, on=False)[:2]
    assert max(ladders(set_as(body)[3:])) <= 2
    assert set_as(body) != set_as(body, on=False)


@pytest.mark.parametrize("html", ["Et avsnitt", "<b>Et</b> kort <i>avsnitt</i>", "En<br>To<br>Tre", "", " ", "<br>"])
def test_text_of_one_line_stays_as_it_is(set_as: SetAs, html: str) -> None:
    assert set_as(f"<p>A</p><p>{html}</p>") == set_as(f"<p>A</p><p>{html}</p>", on=False)


def test_box_as_wide_as_its_text_stays_one_line(set_as: SetAs) -> None:
    """Regression: running heads, which are as wide as their words, came out on two lines."""
    text = WORDS[:60]
    for html in (f"<div>{text}</div>", f"<div>{text[:30]}<em>{text[30:]}</em></div>"):
        found = set_as(f'<p>A</p><div style="display: flex; width: 100mm">{html}<div>B</div></div>')
        assert found[1] == text.strip()


def test_paragraph_over_pages_goes_on_as_it_was_begun(document: MakeDocument, set_as: SetAs) -> None:
    small = "@page { size: 120mm 60mm }"
    whole = set_as(f"<p>{LONG}</p>")
    lines = lines_of(document, f"<p>{LONG}</p>", small)
    pages = [len(list(group)) for _, group in groupby(line.page for line in lines)]
    assert len(pages) > 2
    assert min(pages[0], pages[-1]) >= 2, "orphans and widows"
    assert len(lines) == len(whole)


@pytest.mark.long
def test_few_pages_end_in_a_hyphen(document: MakeDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    def turns() -> int:
        count = 0
        for height in range(40, 120, 6):
            lines = lines_of(document, f"<p>{LONG}</p>", f"@page {{ size: 120mm {height}mm }}")
            count += sum(a.ends_divided for a, b in pairwise(lines) if a.page != b.page)
        return count

    ours = turns()
    monkeypatch.setattr(module, "total_fit", nullcontext)
    assert ours < turns() / 3


@pytest.mark.long
def test_lines_do_not_hang_on_which_page_number_stands_in_them(document: MakeDocument) -> None:
    text = f"<p>{LONG.replace('ledelsen', 'ledelsen (side [slutt])')}</p>"
    ends = []
    for pages in (11, 58, 77):
        made = document(("start", text), ("slutt", f'{"<p>A</p>|" * pages}<p id="slutt">B</p>'), sheet=SHEET)
        surveyed = typeset_here(made, surveying=True).surveyed
        assert surveyed is not None
        ends.append([re.sub(r"\d+", "", line.text) for line in surveyed.pages[0].lines])
    assert ends[0] == ends[1] == ends[2]


def test_endless_paragraph_is_left_to_weasyprint(monkeypatch: pytest.MonkeyPatch, set_as: SetAs) -> None:
    monkeypatch.setattr("press.writers.pdf.engine.paragraph.MOST_CHARACTERS", len(LONG) - 10)
    assert set_as(f"<p>{LONG}</p>") == set_as(f"<p>{LONG}</p>", on=False)
