"""Names that no line divides."""

from __future__ import annotations

import pytest
from markupsafe import Markup, escape

from press.words.undivided import keep_whole, pattern_of

NBSP = "\N{NO-BREAK SPACE}"
NAMES = pattern_of(("Digital21", "Industri 4.0", "Industri", "A & B"))


def whole(words: str) -> str:
    return f'<span class="whole">{words}</span>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("om Digital21.", f"om {whole('Digital21')}."),
        ("Digital21-rapporten", f"{whole('Digital21')}-rapporten"),
        ("Digital21s råd", f"{whole('Digital21s')} råd"),
        ("om Industri 4.0 her", f"om {whole(f'Industri{NBSP}4.0')} her"),
        ("om Industri\u00a04.0 her", f"om {whole(f'Industri{NBSP}4.0')} her"),
        ("A & B <i>", f"{whole(f'A{NBSP}&amp;{NBSP}B')} &lt;i&gt;"),
        ("Digital210, digital21 og Industrien", "Digital210, digital21 og Industrien"),
        ("", ""),
    ],
    ids=["name", "before a hyphen", "genitive", "space", "space that binds", "marks", "other words", "nothing"],
)
def test_names_are_kept_whole(text: str, expected: str) -> None:
    assert keep_whole(text, NAMES, escape) == expected


def test_terms_are_marked_in_names_and_around_them() -> None:
    term = Markup("<abbr>{}</abbr>")
    marked = keep_whole("FoU i FoU 21", pattern_of(("FoU 21",)), term.format)
    assert marked == f"<abbr>FoU i </abbr>{whole(f'<abbr>FoU{NBSP}21</abbr>')}<abbr></abbr>"


def test_without_names_text_stays_as_it_is() -> None:
    assert keep_whole("Digital21", pattern_of(()), escape) == "Digital21"
