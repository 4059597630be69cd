"""Norwegian setting: where a line may not break, how numbers, facts and dates are written, and its file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from support.projects import ROOT, Project, assert_problems

from press.errors import TemplateError
from press.words.language import Language, read_language

BOKMAAL = ROOT / "templates/language/nb.yaml"
SHOWN = "templates/language/nb.yaml"
QUOTES = BOKMAAL.read_text(encoding="utf-8").partition("\nquotes:")[0].count("\n") + 2
"""The line in which it names its marks."""
NOWHERE = Path("nowhere")
"""A project without templates of its own."""
HARD = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def language() -> Language:
    return read_language(NOWHERE, "nb")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>§ <a>12</a> og <em>12</em> %</p>", "<p>§~<a>12</a> og <em>12</em>~%</p>"),
        ("<p>33\nprosent, 17.\nmai</p>\n<p>kr</p>", "<p>33~prosent, 17.~mai</p>\n<p>kr</p>"),
        ("<li>5</li>\n<li>% a</li>", "<li>5</li>\n<li>% a</li>"),
        ('<p><a title="12 % x">A &amp; 3 km</a></p>', '<p><a title="12 % x">A &amp; 3~km</a></p>'),
    ],
    ids=["over marks", "over lines", "not over blocks", "not in tags"],
)
def test_spaces_are_bound_where_marks_or_lines_part_the_words(language: Language, html: str, expected: str) -> None:
    """Regression test: «12 | %» was divided, for the number is a fact and was not there yet when spaces were bound."""
    assert language.bind(Markup(html)) == expected.replace("~", HARD)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Digitalisering i manufacturing", "Digitalisering i~manufacturing"),
        (
            'Digitalisering i <span lang="en">manufacturing</span>',
            'Digitalisering i~<span lang="en">manufacturing</span>',
        ),
        ("Veien å gå på ny", "Veien å~gå~på~ny"),
        ("IT og OT i dag", "IT og~OT i~dag"),
        ("Norsk industri er klar for endring", "Norsk industri er~klar for endring"),
        ("Hva er det vi", "Hva er~det vi"),
    ],
)
def test_short_words_of_a_title_stay_with_the_next(language: Language, html: str, expected: str) -> None:
    assert language.bind_short(Markup(html)) == expected.replace("~", HARD)


# A «~» stands for a space at which no line breaks.


@pytest.mark.parametrize(
    "text",
    [
        "se side~29 og sidene~30–31",
        "Figur~5 og kapittel~2, vedlegg~1",
        "Bedrift~A, Bedrift~B og Bedrift~Æ",
        "del~IV",
        "Industri~4.0",
        "nr.~7, punkt~3, s.~12",
        "75~prosent, 33~bedrifter, 640~millioner kroner",
        "20~%",
        "10~000 og 1~234~567",
        "dette~– som sagt~– går",
        # Where a line may break.
        "2019–2020",
        "Bedrift Alfa",
        "baksiden 3",
        "33 bedriftseiere",
        "12 mmol",
        "i 2020 33",
        "side om side",
        "12 34",
        "del av",
        "– først i linjen",
        "",
    ],
)
def test_spaces_that_bind_are_made_hard(language: Language, text: str) -> None:
    assert language.set(text.replace("~", " ")) == text.replace("~", HARD)


@given(
    st.text("aAB 12–.%æÆ", max_size=40)
    | st.lists(st.sampled_from(["side", "2", "–", "Bedrift", "A", "000", "%", "del", "IV"])).map(" ".join)
)
def test_setting_changes_nothing_but_spaces_and_only_once(language: Language, text: str) -> None:
    done = language.set(text)
    assert done.replace(HARD, " ") == text
    assert language.set(done) == done


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"),
        ("33", "33"),
        ("-4", "-4"),
        ("1000", "1000"),
        ("9999", "9999"),
        ("10000", f"10{HARD}000"),
        ("-12345", f"-12{HARD}345"),
        ("1234567", f"1{HARD}234{HARD}567"),
        ("2.5", "2,5"),
        ("1.10", "1,10"),
        ("-0.5", "-0,5"),
        ("12345.678", f"12{HARD}345,678"),
    ],
)
def test_number_is_written_the_norwegian_way(language: Language, value: str, written: str) -> None:
    assert language.number(value) == written


def test_fact_is_written_in_its_forms(language: Language, project: Project) -> None:
    project.write("content/facts.yaml", "a: {value: 12000, words: tolv tusen, unit: kroner, source: B}\n")
    fact = project.load().facts["a"]
    assert language.fact(fact, "") == f"12{HARD}000"
    assert language.fact(fact, "words") == "tolv tusen"
    assert language.fact(fact, "unit") == f"12{HARD}000{HARD}kroner"


def test_mark_with_a_backslash_in_a_fact_is_printed_without_it(language: Language, project: Project) -> None:
    """Regression test: `fact-words` told to write `\\<` for the sign itself, and both were printed."""
    project.write("content/facts.yaml", r"a: {value: 2.5, words: 'to \*og\* \<en> halv', unit: '\<b>', source: B}")
    fact = project.load().facts["a"]
    assert language.fact(fact, "words") == "to *og* <en> halv"
    assert language.fact(fact, "unit") == f"2,5{HARD}<b>"


def test_date_is_written_out(language: Language) -> None:
    assert language.date(date(2026, 11, 23)) == f"23.{HARD}november 2026"
    assert language.date(date(2026, 1, 1)) == f"1.{HARD}januar 2026"


def test_word_is_the_languages_own(language: Language) -> None:
    assert language.word("page") == "Side"


def test_word_that_is_none_names_the_nearest(language: Language) -> None:
    with pytest.raises(KeyError, match=r"'pge' is no word of templates/language/nb\.yaml: did you mean 'page'"):
        language.word("pge")


# The file.


def bad_language(tmp_path: Path, old: str, new: str) -> TemplateError:
    text = BOKMAAL.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / SHOWN
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        read_language(tmp_path, "nb")
    return caught.value


def test_language_that_is_missing_is_told_of_those_there_are() -> None:
    with pytest.raises(TemplateError) as caught:
        read_language(NOWHERE, "nbb")
    assert_problems(
        caught.value.problems, "templates/language/nbb.yaml: there is no language 'nbb' [language] did you mean 'nb'?"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("locale: nb-NO\n", "", f"{SHOWN}:2:1: the key 'locale' is missing [language] `locale: …`"),
        ("nb-NO", "norsk", f"{SHOWN}:2:9: there is no locale 'norsk' [language] nb-NO or en-GB"),
        ("nb-NO", "sma-NO", f"{SHOWN}:2:9: nobody has the months of 'sma-NO' [language] add `months: [ … ]`"),
        ('["«", "»"]', '["«"]', f"{SHOWN}:{QUOTES}:9: 'quotes' holds 1 entries [language] one more"),
        (
            "quotes: [",
            "months: [januar]\nquotes: [",
            f"{SHOWN}:{QUOTES}:9: 'months' holds 1 entries [language] at least 12",
        ),
    ],
    ids=["missing key", "no locale", "locale without months", "one quotation mark", "one month"],
)
def test_language_with_a_fault_is_refused(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert_problems(bad_language(tmp_path, old, new).problems, expected)


def test_language_that_is_not_strict_yaml_is_a_fault_of_the_templates(tmp_path: Path) -> None:
    error = bad_language(tmp_path, "  page: Side\n", "  page: Side\n  page: S.\n")
    assert [problem.rule for problem in error.problems] == ["yaml"]
