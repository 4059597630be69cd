"""Marks: what a text may not hold, told at its place with what to write instead."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from support.projects import assert_problems

from press.content.blocks import Kind
from press.content.strict_yaml import Located
from press.document import POINT
from press.errors import Place, Problem
from press.words import marks
from press.words.list_items import points
from press.words.prose import inline_html, to_html

FILE = "a.yaml"


def located(text: str) -> Located:
    return Located(text, Place(FILE, 1, 1), tuple((row, 1) for row in range(1, text.count("\n") + 2)))


def found(text: str, kind: Kind = "prose") -> list[Problem]:
    return list(marks.problems(located(text), kind))


BAD_PROSE = {
    "brace left open": ("Se {figur-1.", "1:4: a brace opens here and does not close [prose] write {id}, or \\{"),
    "brace over two lines": ("a\nb {c\nd}", "2:3: a brace opens here and does not close [prose]"),
    "empty braces": ("a {}", "1:3: {} is not a reference [prose] write {id}, {page:id}, {title:id} or {fact:name}"),
    "space in a reference": ("{figur 1}", "1:1: {figur 1} is not a reference [prose]"),
    "unknown kind": ("{pge:a}", "1:1: {pge:a} is not a reference [prose] did you mean 'page'?"),
    "unknown kind, nothing near": ("{xyz:a}", "1:1: {xyz:a} is not a reference [prose] write {id}, {page:id}"),
    "form of what is no fact": ("{page:a.words}", "1:1: {page:a.words} is not a reference [prose]"),
    "footnote without text": ("a\nb[^n]", "2:2: the footnote 'n' has no text [prose] add a line `[^n]: …`"),
    "footnote from nowhere": ("a\n\n[^n]: b", "3:1: the footnote 'n' is called from nowhere [prose] write [^n]"),
    "footnote called twice": (
        "a[^n] b[^n]\n\n[^n]: c",
        "1:8: the footnote 'n' is called a second time [prose] its own name",
    ),
    "footnote written twice": ("a[^n]\n\n[^n]: b\n\n[^n]: c", "5:1: the footnote 'n' is written a second time [prose]"),
    "link without safety": ("a [b](http://c.no)", "1:7: the link goes to 'http://c.no' [prose] links go to https://…"),
    "link that runs code": ("[a](javascript:b)", "1:5: the link goes to 'javascript:b' [prose]"),
    "link in upper case": ("[a](JavaScript:b)", "1:5: the link goes to 'JavaScript:b' [prose]"),
    "link to a file": ("[a](file:///b)", "1:5: the link goes to 'file:///b' [prose]"),
    "link that does not close": (
        "[a](https://b.no\nc",
        "1:5: a link's address does not end, and would [prose] write )",
    ),
    "link to data": ("[a](data:text/html,b)", "1:5: the link goes to 'data:text/html,b' [prose]"),
    "link to a neighbour": ("[a](b.html)", "1:5: the link goes to 'b.html' [prose]"),
    "link without a scheme": ("[a](//b.no)", "1:5: the link goes to '//b.no' [prose]"),
    "link to no id": ("[a](#Figur)", "1:5: the link goes to '#Figur' [prose]"),
    "heading": ("a\n\n## b", "3:1: this looks like a heading, which prose does not have [prose] a section of its own"),
    "block quotation": (
        "> a",
        "1:1: this looks like a block quotation, which prose does not have [prose] `quotation` block",
    ),
    "table": ("| a | b |", "1:1: this looks like a table, which prose does not have [prose] `table` block"),
    "rule": ("a\n\n---", "3:1: this looks like a rule, which prose does not have [prose] leave the line out"),
    "rule of stars": ("* * *", "1:1: this looks like a rule, which prose does not have [prose]"),
    "image": (
        "![a](https://b.no)",
        "1:1: this looks like an image, which prose does not have [prose] `figure` or `photo`",
    ),
    "list that does not count on": (
        "1. A\n2. B\n4. C",
        "3:1: 4. under 2. is no list, and would be printed as running text [prose] number the points 1., 2., 3.",
    ),
    "list that skips a number": ("1. A\n3. C", "2:1: 3. under 1. is no list [prose] number the points 1., 2., 3."),
    "list that does not begin with 1": ("3. A\n4. B", "2:1: 4. under 3. is no list [prose]"),
    "list of ones": ("1. A\n1. B", "2:1: 1. under 1. is no list [prose]"),
    "list that counts with a nought": ("01. A\n02. B", "2:1: 02. under 01. is no list [prose]"),
    "list by stars": ("* a", "1:1: this looks like a list, which prose does not have [prose] - and a space"),
    "list by plus": ("Veksten var\n+ 5 prosent", "2:1: this looks like a list [prose] \\+ prints the sign"),
    "points from a word processor": ("• a", "1:1: this looks like a list [prose] with - and a space"),
    "list by dashes": ("– a\n– b", "1:1: this looks like a list [prose]"),
    "list by letters": ("a) b\nb) c", "1:1: this looks like a list [prose] or with 1., 2., 3."),
    "points without a space": ("-a\n-b", "1:1: this looks like a list [prose]"),
    "numbers without a space": ("1.A\n2.B", "1:1: this looks like a list [prose]"),
    "list of tasks": ("- [x] a\n- b", "1:1: this looks like a list of tasks [prose]"),
    "list of one within a list": ("1. a\n   1. b\n2. c", "2:4: 1. under 1. is no list [prose]"),
    "minus for a point": ("- 5 grader var det.", "1:1: a list of one point begins with a number [prose] −5"),
    "minus under a paragraph": ("Det var\n- 5 grader.", "2:1: a list of one point begins with a number [prose]"),
    "text right under a point": (
        "- a\nb",
        "2:1: this line stands right under a point and would be printed as its end [prose] leave an empty line above",
    ),
    "text right under a footnote": ("a[^n]\n\n[^n]: b\nc", "4:1: right under a footnote [prose] four spaces"),
    "list in a footnote": ("a[^n]\n\n[^n]: b:\n    - c", "4:5: a list stands in a footnote [prose]"),
    "definition": ("Ord\n: mening", "2:1: this looks like a definition [prose] `definition` block"),
    "table without a bar before it": ("a | b\n--- | ---", "2:1: this looks like a table [prose]"),
    "fenced block": ("::: info", "1:1: this looks like a fenced block [prose]"),
}
BAD_EVERYWHERE = {
    "comment": ("a <!-- b --> c", "1:3: this looks like a comment, which [prose] delete it"),
    "address in brackets": (
        "<https://a.no>",
        "1:1: this looks like an address in < >, which [prose] (https://…)",
    ),
    "mail in brackets": ("<a@b.no>", "1:1: this looks like an address in < >, which [prose]"),
    "element": ("H<sub>2</sub>O", "1:2: this looks like HTML, which [prose] H₂O"),
    "line break": ("a<br>b", "1:2: this looks like HTML, which [prose] an empty line"),
    "entity": ("a&nbsp;b", "1:2: this looks like the code of a character, which [prose] an ordinary space"),
    "entity by number": ("&#169; 2020", "1:1: this looks like the code of a character, which [prose] «©»"),
    "link by name": ("a [b][1] c", "1:3: this looks like a link by name, which [prose] (https://…)"),
    "address of a link by name": ("[1]: https://a.no", "1:1: this looks like a link's address, which [prose]"),
    "link in double brackets": ("[[a]]", "1:1: this looks like a link in double brackets, which [prose] {id}"),
    "link with a space": ("[a] (https://b.no)", "1:3: this looks like a link with a space in it, which [prose] ]("),
    "link the wrong way round": ("(a)[https://b.no]", "1:3: this looks like a link the wrong way round, which [prose]"),
    "struck out": ("~~a~~", "1:1: this looks like struck out text, which [prose]"),
    "footnote in place": ("a^[b]", "1:2: this looks like a footnote, which [prose] [^name]: with its text"),
    "footnote of two words": ("a[^b c]", "1:2: this looks like a footnote without a name of one word, which [prose]"),
    "citation with more": ("[@key, s. 12, mer]", "1:1: this looks like a citation, which [prose] write [@key]"),
    "citation of a part without a name": ("[@key, x 3]", "1:1: this looks like a citation, which [prose] s. 12"),
    "citation of nobody": ("[@a; b]", "1:1: this looks like a citation, which [prose]"),
    "raised": ("10^6 m", "1:1: this looks like raised text, which [prose] write 10⁶"),
    "raised letters": ("x^ab y", "1:1: this looks like raised text, which [prose] write x^ab^"),
    "lowered left open": ("H~2O", "1:2: this looks like a fixed space, which [prose]"),
    "fixed space": ("side~12", "1:5: this looks like a fixed space, which [prose] an ordinary space"),
    "formula left open": ("Her er $$E=mc, og $a", "1:8: this looks like mathematics, which [prose] $E = mc^2$"),
    "command": (r"a \newpage b", "1:3: this looks like a command, which [prose] `opens: page`"),
    "path": (r"C:\data", "1:3: this looks like a command, which [prose] two print one"),
    "marked": ("==a==", "1:1: this looks like marked text, which [prose]"),
    "underscores": ("_a_", "1:1: this looks like emphasis by underscores, which [prose] *emphasis*"),
    "picture": ("Bra :smile:", "1:5: this looks like the name of a picture, which [prose]"),
}
BAD_STARS = {
    "formula with a brace left open": (r"Her er $\frac{a$", "1:8: a brace opens in this formula [prose] write }"),
    "formula with what there is not": (r"a $\fracc{a}{b}$", r"1:3: formulas have no \fracc [prose] 'frac'"),
    "formula with a comment": ("a $50% b$", "1:3: from % on, nothing of this formula would be printed [prose]"),
    "formula that cannot be read": ("a $x_$", "1:3: this formula cannot be read [prose] look at its braces"),
    "formula among words": ("a $$x$$ b", "1:3: a formula between $$ stands among words [prose] a paragraph of its own"),
    "bold left open": ("**a b", "1:1: stars stand here that begin or end no bold words [prose] **words**"),
    "bold italics": ("***a*** b", "1:1: stars stand here that begin or end no bold words [prose]"),
    "emphasis within bold": ("**a *b* c**", "1:1: stars stand here [prose]"),
    "bold from within a word": ("a**b** c", "1:2: stars stand here [prose]"),
    "emphasis left open": ("En *setning.", "1:4: a star stands here that begins or ends no emphasis [prose] \\*"),
    "star for times": ("5 * 6", "1:3: a star stands here that begins or ends no emphasis [prose] × for times"),
    "emphasis over two points": (
        "- *a\n- b*",
        "1:3: a star stands here [prose]",
        "2:4: a star stands here [prose]",
    ),
    "stars between numbers": ("5*6*7", "1:2: a star stands here [prose]", "1:4: a star stands here [prose]"),
}
BAD_INLINE = {
    "two paragraphs": (
        "a\n\nb",
        "3:1: a second paragraph begins here [prose] one paragraph",
    ),
    "link": ("[a](http://b.no)", "1:5: the link goes to 'http://b.no' [prose]"),
    "footnote without text": ("a[^n]", "1:2: the footnote 'n' has no text [prose]"),
    "heading": ("# a", "1:1: this looks like a heading, which cells, captions and sources do not have [prose] \\#"),
}
BAD_PLAIN = {
    "code": ("Om `ord`", "1:4: this looks like code, which titles and labels do not have [prose] without the marks"),
    "mathematics": ("Her er $E=mc$", "1:8: this looks like mathematics, which titles [prose] E = mc²"),
    "emphasis": ("En *ny* vei", "1:4: this looks like emphasis, which titles and labels do not have [prose] leave the"),
    "lowered": ("H~2~O", "1:1: this looks like lowered text, which titles and labels do not [prose] write H₂O"),
    "raised": ("m^2^", "1:1: this looks like raised text, which titles and labels do not have [prose] write m²"),
    "bold": ("**Ny** vei", "1:1: this looks like emphasis, which titles and labels do not have [prose]"),
    "link": ("[a](https://b.no)", "1:3: this looks like a link, which titles and labels do not have [prose] the text"),
    "footnote": ("Vei[^n]", "1:4: this looks like a footnote, which titles and labels do not have [prose] the text"),
    "second paragraph": ("a\n\nb", "3:1: a second paragraph begins here, which titles and [prose] one paragraph"),
    "list": ("- a\n- b", "1:1: this looks like a list, which titles and labels do not have [prose] on one line"),
    "code block": ("```\na", "1:1: this looks like a code block, which titles and labels [prose]"),
    "brace": ("Nr. 1 {e", "1:7: a brace opens here [prose]"),
}
GOOD_PROSE = [
    r"Kjør `a * b[0] = {c} & \n` og *`d_e`*, `` `f` ``, `$g$` og $h_{`}$, \` og `\`.[^n]" + "\n\n[^n]: `# i [^j]`",
    "Her er $E = mc^2$ og $\\frac{a}{b} \\cdot x_{i,j}$.\n\n$$ \\sum_{i=1}^n x_i * [@a] $$",
    "Det koster 5$ eller $6 og 7$8.",
    "Slik er det [@a], [@b-2, s. 12–14; @c_d, kap. 3] og [@e, 12 f.], skriv til a@b.no.",
    "**Fet** skrift, **«to ord»**er og (**slik**), CO~2~-utslipp, 10^6^ m^2^ og (a + b)^2^.[^n]\n\n[^n]: x~i~^2^.",
    "En *setning* med *«trykk»*et – og «*sitat*».",
    "- punkt\n- punkt\n\n1. a\n   1. b\n   2. c\n2. d",
    "17. mai var fri.\n18. mai var det arbeid.",
    "1. januar 2020 var slik.\n1. juli 2021 var slik.",
    "2020. Året da alt var nytt.",
    "- a\n  b\n- c",
    "Målt:\n- 5 grader\n- 6 grader",
    "- a\n  - b\n- 5. etasje\n  - c\n- d",
    "a[^n][^m]\n\n[^n]: 3. utgave, 2020.\n  Oslo.\n\n[^m]: c",
    "Det koster $5, 10 $ eller $A til $B.",
    "R&D og AT&T; a < b > c, ca. ~5 %, kl. 10:30:15",
    "snake_case_navn og 100 %_",
    r"5\*6\*7, \<br>, C:\\data, 10\^6, \_a\_, \&amp;",
    "Bedriftene\n– alle 33 – og noen",
    "a[^n]\n\n[^n]: b",
    "[a](https://b.no) [c](mailto:d@e.no) [f](#figur-1)",
    r"\{a} \[b\](c) \# d \[^1\] \[^1]",
    "1920. Oppstart.\n1945. Fred.",
    "Nr. #1, C# og 50 % | halvparten",
    "a - b -- c *d*",
    "{figur-1} {Figur-1} {page:a} {title:b} {fact:c.words}",
    "5 > 3 og 2 < 4",
    "",
]


@pytest.mark.parametrize(("text", "expected"), BAD_PROSE.values(), ids=BAD_PROSE)
def test_problem_of_a_text_is_named_with_its_place(text: str, expected: str) -> None:
    assert_problems(found(text), expected, file=FILE)


@pytest.mark.parametrize("kind", ["prose", "inline", "plain"])
@pytest.mark.parametrize(("text", "expected"), BAD_EVERYWHERE.values(), ids=BAD_EVERYWHERE)
def test_mark_of_another_language_is_refused_in_every_text(text: str, expected: str, kind: Kind) -> None:
    assert_problems(found(text, kind), expected, file=FILE)


@pytest.mark.parametrize("kind", ["prose", "inline"])
@pytest.mark.parametrize(("text", "expected"), [(text, told) for text, *told in BAD_STARS.values()], ids=BAD_STARS)
def test_star_that_marks_no_emphasis_is_refused(text: str, expected: list[str], kind: Kind) -> None:
    if kind == "prose" or "\n" not in text:
        assert_problems(found(text, kind), *expected, file=FILE)


@pytest.mark.parametrize(("text", "expected"), BAD_INLINE.values(), ids=BAD_INLINE)
def test_problem_of_a_cell_is_named_with_its_place(text: str, expected: str) -> None:
    assert_problems(found(text, "inline"), expected, file=FILE)


@pytest.mark.parametrize(("text", "expected"), BAD_PLAIN.values(), ids=BAD_PLAIN)
def test_marks_are_refused_in_plain_words(text: str, expected: str) -> None:
    assert_problems(found(text, "plain"), expected, file=FILE)


@pytest.mark.parametrize("text", ["1. a", "> 50 %", "- 5", "---", "17. mai", "a | b", r"50 \*", "2020. Året"])
def test_what_begins_a_block_of_prose_is_text_elsewhere(text: str) -> None:
    assert found(text, "inline") == found(text, "plain") == []


@pytest.mark.parametrize("text", GOOD_PROSE)
def test_good_text_has_no_problem(text: str) -> None:
    assert found(text) == []


def test_code_block_is_named_at_its_fences() -> None:
    expected = "this looks like a code block, which prose does not have [prose] `code` block"
    assert_problems(found("a\n\n```\nb\n```"), f"3:1: {expected}", f"5:1: {expected}", file=FILE)


def test_footnote_with_a_slip_in_its_name_is_told_of_the_other() -> None:
    assert_problems(
        found("a[^smart]\n\n[^smarte]: b"),
        "1:2: the footnote 'smart' has no text [prose] did you mean 'smarte'?",
        "3:1: the footnote 'smarte' is called from nowhere [prose]",
        file=FILE,
    )


def test_footnote_within_a_footnote_is_refused() -> None:
    # The inner note's words would be printed nowhere.
    assert [str(problem.place) for problem in found("a[^n]\n\n[^n]: b[^m]\n\n[^m]: c")] == [f"{FILE}:3:8"]


def test_underlined_heading_is_refused() -> None:
    assert found("a\n===")


CODE = {
    "code left open": ("et `ord", "1:4: a backtick stands here that begins or ends no code [prose] on each side"),
    "code with spaces nobody sees": ("`a  b ` og `c`", "1:3: spaces stand here in code [prose] leave one"),
}


@pytest.mark.parametrize("kind", ["prose", "inline"])
@pytest.mark.parametrize(("text", "expected"), CODE.values(), ids=CODE)
def test_code_that_would_be_printed_otherwise_is_refused(text: str, expected: str, kind: Kind) -> None:
    assert_problems(found(text, kind), expected, file=FILE)


def test_code_stands_in_one_line() -> None:
    told = "a backtick stands here that begins or ends no code [prose] on one line"
    assert_problems(found("et `ord\nog` ord"), f"1:4: {told}", f"2:3: {told}", file=FILE)


def test_problems_of_a_text_come_all() -> None:
    assert_problems(
        found("# a {b\n\n[c](d) e[^f] {g h}"),
        "1:1: a heading [prose]",
        "1:5: a brace opens here [prose]",
        "3:5: the link goes to 'd' [prose]",
        "3:9: the footnote 'f' has no text [prose]",
        "3:14: {g h} is not a reference [prose]",
        file=FILE,
    )


def resolve(reference: object) -> Markup:
    return Markup("")


@given(st.text("ab{}[]()^:#!|>`*- \n\\", max_size=30).filter(str.strip))
def test_text_without_a_problem_can_be_set(text: str) -> None:
    if not found(text):
        to_html(located(text), resolve, escape)


@given(st.text("ab12.)*-+ \n", max_size=25).filter(str.strip))
def test_text_without_a_problem_is_printed_letter_for_letter(text: str) -> None:
    """Regression test: «17. mai» lost its number, `5*6*7` its stars."""
    if not found(text):
        html = "".join(to_html(located(text), resolve, escape))
        printed = re.sub(r"<[^>]*>", "", re.sub(rf'<li[^>]* {POINT}="([^"]*)">', r"\1", html))
        for mark in [mark for mark in points(text) if mark.number is None][::-1]:
            text = text[: mark.offset] + text[mark.end :]
        assert re.sub(r"[\s*]", "", printed) == re.sub(r"[\s*]", "", text)
        assert "*" not in printed


@given(st.text("ab12.)*-+ \n", max_size=25).filter(str.strip))
def test_cell_without_a_problem_is_printed_letter_for_letter(text: str) -> None:
    if not found(text, "inline"):
        printed = re.sub(r"<[^>]*>", "", inline_html(located(text), resolve, escape))
        assert re.sub(r"[\s*]", "", printed) == re.sub(r"[\s*]", "", text)
