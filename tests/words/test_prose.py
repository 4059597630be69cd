"""Prose: what Markdown becomes, what is only letters, and what references there are."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.footnote import footnote_plugin

from press.content.strict_yaml import Located
from press.document import AT, POINT
from press.errors import ContentError, Place
from press.words import list_items, prose
from press.words.prose import Reference, inline_html, plain, references, to_html, words

FILE = "a.yaml"


def located(text: str) -> Located:
    """Place a text as if it were the whole of a file."""
    return Located(text, Place(FILE, 1, 1), tuple((row, 1) for row in range(1, text.count("\n") + 2)))


def html(text: str) -> str:
    """Set a text, without the places; a reference becomes its parts between square brackets."""

    def resolve(reference: Reference) -> Markup:
        form = f".{reference.form}" if reference.form else ""
        return Markup("[{}{}:{}{}]").format("^" if reference.capital else "", reference.kind, reference.id, form)

    set_as = "".join(to_html(located(text), resolve, lambda letters: escape(letters.replace("side 1", "side~1"))))
    return re.sub(rf' (?:{AT}="{FILE}:\d+:\d+"|{POINT}="\d+[.)]")', "", set_as)


# What Markdown becomes.

MARKDOWN = {
    "paragraphs": ("En linje.\nOg en.\n\nNeste.", "<p>En linje.\nOg en.</p>\n<p>Neste.</p>\n"),
    "emphasis": ("*a* og *b c*", "<p><em>a</em> og <em>b c</em></p>\n"),
    "emphasis beside quotation marks and within words": (
        "*«ord»*et, «*ord*», *a*–*b* og (*a*)",
        "<p><em>«ord»</em>et, «<em>ord</em>», <em>a</em>–<em>b</em> og (<em>a</em>)</p>\n",
    ),
    "emphasis over two lines": ("*a\nb*", "<p><em>a\nb</em></p>\n"),
    "emphasis around a link": ("*a [b](#c)*", '<p><em>a <a class="link" href="#c">b</a></em></p>\n'),
    "spaces nobody sees": ("a  \nb", "<p>a\nb</p>\n"),
    "list": ("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    "numbered list with a list": (
        "1. a\n   1. b\n   2. c\n2. d\n",
        "<ol>\n<li>a\n<ol>\n<li>b</li>\n<li>c</li>\n</ol>\n</li>\n<li>d</li>\n</ol>\n",
    ),
    "list that begins anew": (
        "1. a\n2. b\n\n1. c\n2. d\n",
        (2 * "<ol>\n<li>\n<p>{}</p>\n</li>\n<li>\n<p>{}</p>\n</li>\n</ol>\n").format(*"abcd"),
    ),
    "numbered list with brackets": ("1) a\n2) b\n", '<ol class="bracket">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
    "date": ("17. mai 2024 kom den.", "<p>17. mai 2024 kom den.</p>\n"),
    "date that is the first": ("Fra\n1. mai 2024.", "<p>Fra\n1. mai 2024.</p>\n"),
    "year that ends a sentence": ("- Det var i\n  2020. Så.\n", "<ul>\n<li>Det var i\n2020. Så.</li>\n</ul>\n"),
    "number in a point": ("- 33. plass\n- b\n", "<ul>\n<li>33. plass</li>\n<li>b</li>\n</ul>\n"),
    "number in a footnote": ("a[^n]\n\n[^n]: 3. utgave.\n", '<p>a<span class="footnote">3. utgave.</span></p>\n'),
    "number after a list": (
        "1. a\n2. b\n\n17. mai.\n",
        "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<p>17. mai.</p>\n",
    ),
    "list under a paragraph": ("a:\n\n- b\n", "<p>a:</p>\n<ul>\n<li>b</li>\n</ul>\n"),
    "link": ("[a](https://b.no/c?d&e)", '<p><a class="link" href="https://b.no/c?d&amp;e">a</a></p>\n'),
    "link inside": ("[a](#figur-1)", '<p><a class="link" href="#figur-1">a</a></p>\n'),
    "address": ("[a](mailto:b@c.no)", '<p><a class="link" href="mailto:b@c.no">a</a></p>\n'),
    "footnote": ("a[^n] b\n\n[^n]: en *note*.\n", '<p>a<span class="footnote">en <em>note</em>.</span> b</p>\n'),
    "footnote over two lines": ("a[^n]\n\n[^n]: b\n  c\n", '<p>a<span class="footnote">b c</span></p>\n'),
    "footnotes side by side": (
        "a[^m][^n]\n\n[^m]: b\n\n[^n]: c\n",
        '<p>a<span class="footnote">b</span><span class="footnote beside">c</span></p>\n',
    ),
    "footnote of two paragraphs": ("a[^n]\n\n[^n]: b\n\n    c\n", '<p>a<span class="footnote">b c</span></p>\n'),
    "footnotes out of order": (
        "a[^m] b[^n]\n\n[^n]: en\n\n[^m]: to\n",
        '<p>a<span class="footnote">to</span> b<span class="footnote">en</span></p>\n',
    ),
    "footnote in a list": (
        "- a[^n]\n\n[^n]: b\n",
        '<ul>\n<li>a<span class="footnote">b</span></li>\n</ul>\n',
    ),
    "code": (
        "a `b *c* {d} & $e$ \\*` og *`f`*",
        "<p>a <code>b *c* {d} &amp; $e$ \\*</code> og <em><code>f</code></em></p>\n",
    ),
    "code with a backtick": ("`` `a` `` \\`b\\` ``c`d``", "<p><code>`a`</code> `b` <code>c`d</code></p>\n"),
    "code with stars in emphasis": (
        "*a `b*c` d* `[` *e* `]`",
        "<p><em>a <code>b*c</code> d</em> <code>[</code> <em>e</em> <code>]</code></p>\n",
    ),
    "code with a long option": ("`--option x`", '<p><code><span class="together">--option</span> x</code></p>\n'),
    "code in a link and a footnote": (
        "[`a`](#b)[^n]\n\n[^n]: `c]`\n",
        '<p><a class="link" href="#b"><code>a</code></a><span class="footnote"><code>c]</code></span></p>\n',
    ),
    "escapes": (r"\*a\* \{b} \[c\]", "<p>*a* {b} [c]</p>\n"),
    "bold": ("a **b c**, **d**e", "<p>a <strong>b c</strong>, <strong>d</strong>e</p>\n"),
    "bold in emphasis is neither": ("*a* **{b}**", "<p><em>a</em> <strong>[name:b]</strong></p>\n"),
    "raised and then lowered": ("x^a^~b~", "<p>x<sup>a</sup><sub>b</sub></p>\n"),
    "raised and lowered": ("H~2~O, m^2^", "<p>H<sub>2</sub>O, m<sup>2</sup></p>\n"),
    "typography": ("a side 1", "<p>a side~1</p>\n"),
    # References.
    "reference": ("Se {figur-1}.", "<p>Se [name:figur-1].</p>\n"),
    "reference in upper case": ("{Figur-1} viser", "<p>[^name:figur-1] viser</p>\n"),
    "page": ("{page:figur-1} {page:Figur-1}", "<p>[page:figur-1] [^page:figur-1]</p>\n"),
    "title": ("{title:figur-1}", "<p>[title:figur-1]</p>\n"),
    "fact": ("{fact:a} {fact:a.words} {fact:A.unit}", "<p>[fact:a] [fact:a.words] [^fact:a.unit]</p>\n"),
    "reference in emphasis": ("*{a}*", "<p><em>[name:a]</em></p>\n"),
    "reference in a link": ("[{a}](#b)", '<p><a class="link" href="#b">[name:a]</a></p>\n'),
    "reference in a footnote": ("a[^n]\n\n[^n]: se {b}\n", '<p>a<span class="footnote">se [name:b]</span></p>\n'),
}
ONLY_LETTERS = {
    "script": "<script>alert(1)</script>",
    "tag with an event": '"><img src=x onerror=alert(1)>',
    "comment": "<!-- a -->",
    "entity": "&lt;b&gt; &amp; &#65;",
    "autolink": "<https://a.no>",
    "address alone": "https://a.no",
    "template": "{{ 7*7 }} {% raw %} {# a #}",
    "template that runs code": "{{ lipsum.os.popen('id').read() }}",
    "link that runs code": "[a](javascript:alert(1))",
    "link to a file": "[a](file:///etc/passwd)",
    "link by name": "[a][b]",
    "heading": "# a",
    "code left open": "`a ``b",
    "struck out": "~~a~~",
    "bold left open": "**a",
    "bold italics": "***a***",
    "raised with a space": "a^b c^ d~e f~ ~g~",
    "stars between numbers": "5*6*7",
    "star without another": "*a",
    "emphasis by underscores": "_a_ __b__",
    "backslash before a letter": r"C:\data",
    "what is no reference": "{a b} {} {x|y} {side:a} {page:a.words}",
    "footnote without text": "a[^n]",
}


@pytest.mark.parametrize(("text", "expected"), MARKDOWN.values(), ids=MARKDOWN)
def test_html_of_markdown(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize("text", ONLY_LETTERS.values(), ids=ONLY_LETTERS)
def test_html_of_anything_else_is_its_letters(text: str) -> None:
    assert html(text) == f"<p>{escape(text)}</p>\n"


@example("[]()")
@given(st.text("ab<>&\"'{}#=/;: \n-*[]()!\\", max_size=40).filter(str.strip))
def test_html_never_holds_a_tag_that_prose_does_not_have(text: str) -> None:
    try:
        tags = set(re.findall(r"<[^>]*>", html(text)))
    except ContentError:  # a link that goes nowhere
        assume(False)
    known = (
        r"</?(p|em|strong|ul|ol|li|a)>|<br>|<[uo]l class=\"long\">|<ol start=\"\d+\"( class=\"long\")?>"
        r"|<a class=\"link\" href=\"[^\"<>]*\">|</?span( class=\"whole\")?>|<li data-point=\"\d+[.)]\">"
    )
    assert not [tag for tag in tags if not re.fullmatch(known, tag)]


def test_last_word_that_may_be_longer_than_a_narrow_line_can_be_divided() -> None:
    """Regression: kept whole, it ran out of the column of a box, and the build refused it."""
    assert "whole" not in html(f"Det er {'digitaliserings' * 4}.")


def test_last_word_of_a_paragraph_is_kept_whole() -> None:
    # A piece of a word would make a last line of its own.
    assert html("Det er en fullstendig digitalisering.") == (
        '<p>Det er en fullstendig <span class="whole">digitalisering.</span></p>\n'
    )
    assert html("Det er kort.") == "<p>Det er kort.</p>\n"
    assert html("digitalisering") == "<p>digitalisering</p>\n"


def test_html_comes_in_a_piece_for_each_paragraph_and_list() -> None:
    pieces = to_html(located("a\n\n- b\n- c\n\nd[^n]\n\n[^n]: e\n"), lambda reference: Markup(""), escape)
    assert [piece[:3] for piece in pieces] == ["<p ", "<ul", "<p "]
    assert all(isinstance(piece, Markup) for piece in pieces)


def test_html_tells_where_each_paragraph_list_and_item_stands() -> None:
    pieces = to_html(located("a\nb\n\n- c\n- d\n\n    - e\n\nf\n"), lambda reference: Markup(""), escape)
    found = re.findall(rf'<(\w+) {AT}="{FILE}:(\d+):(\d+)"', "".join(pieces))
    assert found[0] == ("p", "1", "1")
    assert {(tag, line) for tag, line, _ in found} >= {("ul", "4"), ("li", "4"), ("li", "5"), ("ul", "7"), ("p", "9")}


def test_html_is_what_the_typographer_makes_of_the_letters() -> None:
    (piece,) = to_html(located("a & b"), lambda reference: Markup(""), lambda text: Markup("<i>{}</i>").format(text))
    assert piece.endswith("><i>a &amp; b</i></p>\n")


def test_term_of_several_words_that_ends_a_paragraph_is_not_torn_apart() -> None:
    """Regression test: the last word was set apart from the term, which was then not marked as foreign."""
    terms = {"Smart Products": Markup('<span lang="en">Smart Products</span>')}

    def typography(text: str) -> Markup:
        for term, marked in terms.items():
            before, found, after = text.partition(term)
            if found:
                return escape(before) + marked + escape(after)
        return escape(text)

    (piece,) = to_html(located("produkter: Smart Products."), lambda reference: Markup(""), typography)
    assert piece.endswith('>produkter: <span lang="en">Smart Products</span>.</p>\n')
    (piece,) = to_html(located("Smart Products i industribedrifter."), lambda reference: Markup(""), typography)
    assert piece.endswith('</span> i <span class="whole">industribedrifter.</span></p>\n')


def test_html_escapes_what_a_reference_becomes_only_once() -> None:
    (piece,) = to_html(located("{a}"), lambda reference: escape("«A & B»"), escape)
    assert piece.endswith(">«A &amp; B»</p>\n")


def test_link_stands_between_what_the_linker_gives() -> None:
    def link(address: str) -> tuple[Markup, Markup]:
        return Markup("<b>"), escape(f" <{address}></b>")

    (piece,) = to_html(located("En [*ny* side](#a) og [to](mailto:a@b.no)."), lambda _: Markup(""), escape, link)
    assert "En <b><em>ny</em> side &lt;#a&gt;&lt;/b&gt; og <b>to &lt;mailto:a@b.no&gt;&lt;/b&gt;." in piece


def test_list_with_an_item_longer_than_a_line_is_marked() -> None:
    short, long = "x" * prose.ONE_LINE, "x" * (prose.ONE_LINE + 1)
    assert html(f"- a\n- {short}\n").startswith("<ul>")
    assert html(f"- a\n- {long}\n").startswith('<ul class="long">')
    assert html(f"1. a\n2. {long}\n").startswith('<ol class="long">')
    assert html(f"1) a\n2) {long}\n").startswith('<ol class="bracket long">')


def test_point_knows_the_number_that_the_content_has_before_it() -> None:
    pieces = to_html(located("1) a\n2) b\n"), lambda reference: Markup(""), escape)
    assert re.findall(rf'{POINT}="([^"]*)"', pieces[0]) == ["1)", "2)"]


INLINE = {
    "marks": ("*a* [b](#c) {d}", '<em>a</em> <a class="link" href="#c">b</a> [name:d]'),
    "footnote": ("a[^n]\n\n[^n]: b\n", 'a<span class="footnote">b</span>'),
    "what would begin a list": ("1. a\n2. b", "1. a 2. b"),
    "dash": ("- a", "- a"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), INLINE.values(), ids=INLINE)
def test_paragraph_of_a_cell_has_all_but_lists(text: str, expected: str) -> None:
    def resolve(reference: Reference) -> Markup:
        return Markup("[{}:{}]").format(reference.kind, reference.id)

    assert inline_html(located(text), resolve, escape) == expected


def test_list_within_a_list_is_marked_by_its_own_items() -> None:
    set_as = html(f"1. a\n   - {'x' * 80}\n2. b\n")
    assert set_as.startswith("<ol>")
    assert '<ul class="long">' in set_as


# References.


def test_references_come_in_order_with_their_offsets() -> None:
    text = r"Se {figur-1}, \{ikke} og {Page} {page:A} {fact:b-c.words} {title:d}."
    assert [replace(reference, before="") for reference in references(text)] == [
        Reference("name", "figur-1", "", False, 3),
        Reference("name", "page", "", True, text.index("{Page}")),
        Reference("page", "a", "", True, text.index("{page:A}")),
        Reference("fact", "b-c", "words", False, text.index("{fact:")),
        Reference("title", "d", "", False, text.index("{title:")),
    ]


def test_reference_knows_the_few_letters_before_it() -> None:
    assert [reference.before for reference in references("{a}, slik (se {b}) og {c}")] == ["", "lik (se ", "{b}) og "]


def test_reference_in_markdown_knows_the_letters_before_it_in_its_paragraph() -> None:
    seen = []

    def resolve(reference: Reference) -> Markup:
        seen.append(reference.before)
        return Markup("")

    to_html(located("Først.\n\nSe\n{a} og *({b})*[^n]\n\n[^n]: Se {c}\n"), resolve, escape)
    assert seen == ["Se\n", "a} og *(", "Se "]


@pytest.mark.parametrize("text", ["{}", "{a b}", "{a", "a}", r"\{a}", "{1a}", "{page:}", "{side:a}", "{page:a.words}"])
def test_what_is_not_well_formed_is_no_reference(text: str) -> None:
    assert list(references(text)) == []


def test_backslash_that_is_escaped_leaves_the_brace_alone() -> None:
    assert [reference.id for reference in references(r"\\{a}")] == ["a"]


def test_plain_puts_in_what_references_say() -> None:
    said = plain(r"{a} og {fact:b.words}, \{c} \* {d e", lambda reference: f"<{reference.kind} {reference.id}>")
    assert said == "<name a> og <fact b>, {c} * {d e"


# Footnotes.

LINES = st.lists(st.sampled_from(["", "a", "[^m]: b", "[^n]: c", "    d", "  e", "f[^m]", "[^n]"]), min_size=1)


@given(LINES)
def test_lines_of_footnotes_are_those_that_the_parser_takes(lines: list[str]) -> None:
    parser = MarkdownIt("zero")
    footnote_plugin(parser, inline=False, move_to_end=False)
    notes: dict[int, str] = {}
    for token in parser.parse("\n".join(lines)):
        if token.type == "footnote_reference_open":
            notes |= dict.fromkeys(range(*token.map), token.meta["label"])
    read = list_items.read("\n".join(lines))
    assert {row: line.note for row, line in enumerate(read) if line.note and line.text} == {
        row: name for row, name in notes.items() if lines[row]
    }


# Words.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* c\nd", "a b c d"),
        ("- a\n- b\n\n1. c\n2. d\n", "a b c d"),
        ("17. mai og\n2. juni", "17. mai og 2. juni"),
        ("a[^n] b\n\n[^n]: note\n  som går videre\n\nc", "a b c"),
        ("[a](https://b.no) c", "a c"),
        (r"\{a} \[b\]", "{a} b"),
        ("{fact:a} b", "{fact:a} b"),
        ("", ""),
    ],
)
def test_words_are_what_is_left_without_marks(text: str, expected: str) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("typed", ["[a{}b@key]", "[@key, s. 1{}x]", "[se{}@key, s. 1]", "@key [s. 1{}x]"])
def test_spaces_without_end_in_a_citation_take_no_time(typed: str) -> None:
    """Regression test: twelve thousand of them took minutes."""
    few, many = (typed.format(" " * count) for count in (2, 30_000))
    assert [c.items for c in prose.citations(many)] == [c.items for c in prose.citations(few)]
