"""Margin notes: how deep one is at the most, and how deep the text beside it is at the least."""

from __future__ import annotations

import pytest

from press.writers.pdf.margins import BODY, QUOTE, SPEAKER, Setting, depth_pt, least_depth_pt

WORDS = "Den som innfører teknologi, kommer vanskelig utenom å endre organisasjonen også"


@pytest.mark.parametrize("setting", [QUOTE, SPEAKER, BODY], ids=["quote", "speaker", "body"])
def test_text_has_no_more_lines_at_the_least_than_at_the_most(setting: Setting) -> None:
    for count in range(1, 12):
        text = " ".join(WORDS.split()[:count])
        assert 1 <= setting.fewest_lines(text) <= setting.most_lines(text)


def test_each_long_word_takes_a_line_at_the_most() -> None:
    assert QUOTE.most_lines("organisasjonsutvikling " * 5) == 5


def test_word_longer_than_a_line_takes_a_line_for_what_stands_after_its_hyphen() -> None:
    assert QUOTE.most_lines("industribedrift-organisasjonen") == 2


def test_no_words_take_no_line() -> None:
    assert QUOTE.most_lines("") == BODY.fewest_lines("  ") == 0


def test_speaker_makes_a_quote_deeper() -> None:
    assert depth_pt(WORDS, "En operatør") == pytest.approx(depth_pt(WORDS, "") + 3.6 + 11.2)


def test_footnotes_make_a_paragraph_no_deeper() -> None:
    note = f'<span class="footnote">{WORDS * 3} <span lang="en">lean</span> {WORDS * 3}</span>'
    assert least_depth_pt(f"<p>{WORDS}{note}.</p>", BODY) == least_depth_pt(f"<p>{WORDS}.</p>", BODY)


def test_what_follows_a_footnote_is_measured() -> None:
    note = '<span class="footnote">Ord.</span>'
    assert least_depth_pt(f"<p>{note}{WORDS * 3}</p>", BODY) == least_depth_pt(f"<p>{WORDS * 3}</p>", BODY) > 14.4
