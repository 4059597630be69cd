"""Markdown imported: what becomes of each kind of thing, and that nothing goes missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.imported import Imported, characters, imported
from support.projects import PNG, Project

from press.errors import ReportError
from press.imports.markdown import read
from press.imports.tree import Node, NoPictureError, Source, text_of
from press.imports.writing import BULLET


def of(text: str, project: Project) -> Imported:
    return imported(read(text, project.folder), project.folder)


CASES = {
    "paragraphs, a sentence a line": ("Ett. To.\n\nTre.", "Ett.\n      To.\n\n      Tre."),
    "wrapped lines": ("Ett\nto.", "Ett to."),
    "emphasis": ("*a b* og __c__", "*a b* og **c**"),
    "letters that mean something": (r"{a} \*b\* \_c\_ d_e \[^f]", r"\{a} \*b\* \_c\_ d_e \[\^f]"),
    "brackets that mean nothing": ("a [sic] b", "a [sic] b"),
    "number that begins no list": (r"1\. januar", r"1\. januar"),
    "link": ("[SSB](https://ssb.no) og <https://a.no>", "[SSB](https://ssb.no) og [https://a.no](https://a.no)"),
    "link by name": ("[SSB][1]\n\n[1]: https://ssb.no", "[SSB](https://ssb.no)"),
    "footnote": ("Ord.[^a]\n\n[^a]: *Noten*.", "Ord.[^1]\n\n      [^1]: *Noten*."),
    "footnote in its place": ("Ord.^[Noten.]", "Ord.[^1]\n\n      [^1]: Noten."),
    "list": ("* a\n* b\n  * c", "- a\n      - b\n        - c"),
    "numbered list": ("1) a\n2) b\n\n   mer", "1) a\n      2) b\n\n         mer"),
    "list that begins with 3": ("3. a\n4. b", "3. a\n\n      4. b"),
    "bullets typed by hand": ("• a\n\n• b", "- a\n      - b"),
    "HTML for small letters": ("CO<sub>2</sub>, m<sup>2</sup>, <b>fet</b>", "CO~2~, m^2^, **fet**"),
    "small letters as Pandoc has them": ("CO~2~, m^2^ og ~~ikke~~", "CO~2~, m^2^ og ikke"),
    "list of tasks": ("- [ ] a\n- [x] b", r"- \[ ] a" + "\n      " + r"- \[x] b"),
    "code of characters": ("a&nbsp;&lt;b&gt; &amp;amp;", r"a \<b> \&amp;"),
}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_markdown_becomes_prose(project: Project, text: str, wanted: str) -> None:
    made = of(text, project)
    assert made.files["ny"].partition("  - text: |\n")[2] == f"      {wanted}\n"
    assert not made.problems


def test_headings_become_sections_below_each_other(project: Project) -> None:
    made = of("Først.\n\n## Én ting\nA.\n\n### Én ting\nB. [se](#én-ting)\n\n# Start\nC.\n\n###### \n", project)
    assert list(made.files) == ["ny", "en-ting", "start-2"]
    assert [(draft.id, [each.id for each in draft.below]) for draft in made.drafts.sections] == [
        ("ny", ["en-ting"]),
        ("start-2", []),
    ]
    assert "title: Én ting\nblocks:\n  - text: |\n      Først.\n\n      A.\n" in made.files["ny"]
    assert "[se](#ny)" in made.files["en-ting"]
    assert made.files["ny"].startswith("# yaml-language-server: $schema=")


def test_table_and_picture_become_blocks(project: Project) -> None:
    project.write("kart.png", PNG)
    made = of('| A | B |\n|---|--:|\n| x, y | 5[^n] |\n| z |\n\n[^n]: Ca.\n\n![Kart](kart.png "Kartet")', project)
    assert made.files["ny"].partition("blocks:\n")[2] == (
        "  - table: ny-1\n    # title: to be written\n    columns:\n      - heading: A\n      - heading: B\n"
        '        align: right\n    rows:\n      - - "x, y"\n        - |\n          5[^1]\n\n          [^1]: Ca.\n'
        '      - [z, ""]\n'
        "  - photo: kartet\n    image: kartet.png\n    alt: Kart\n    caption: Kartet\n    # credit: who took it\n"
    )
    assert made.drafts.images == {"kartet.png": PNG}
    assert made.told == ["1: a table has no title", "8: a picture's file does not say who took it"]


def test_code_among_words_stays_code(project: Project) -> None:
    made = of("# A `b`\n\na `b*c*` ``d`e`` *`f`*\n\n| `g` |\n|---|\n| `h` |", project)
    assert "a `b*c*` `` d`e `` *`f`*" in made.files["ny"]
    assert any("«b» is no longer marked as code" in told for told in made.told)


def test_quotations_code_and_formulas_are_blocks_and_formulas(project: Project) -> None:
    made = of(
        "> Et *sitat*.\n>\n> Mer.\n\nEtter $x^2_a$ her.\n\n$$\na = b\n$$\n\n```python\n  a = {1}\n\n    b # c\n```",
        project,
    )
    assert made.files["ny"].partition("blocks:\n")[2] == (
        "  - quotation: |\n      Et *sitat*.\n\n      Mer.\n  - text: |\n      Etter $x^2_a$ her.\n\n      $$a = b$$\n"
        "  - code: ny-1\n    language: python\n    listing: |\n      a = {1}\n\n        b # c\n"
    )
    assert not made.problems
    assert not made.told
    assert of("> <!-- a -->\n\nb\n\n> c", project).files["ny"].endswith("b\n  - quotation: |\n      c\n")
    assert of("```\n    a\n  b\n```", project).texts[-1] == "  a\nb\n"


LOST = {
    "http": ("\n[a](http://b.no)", "2: a link to http://b.no is now words with the address behind them"),
    "struck out": ("~~a~~", "1: «a» is no longer marked as struck out"),
    "emphasis in a word": (
        "u*fri*ck",
        "1: emphasis, code, a link or a formula that cannot stand so in prose is left out: «ufrick»",
    ),
    "bold and slanted": ("***a***", "1: words are marked twice, and now once: «a»"),
    "code in a list": ("- a\n\n      b", "3: code or a quotation in a list is now a paragraph: «b»"),
    "language": ("```klingon\na\n```", "1: the language of the code is not known: klingon"),
    "formula": (r"$\fracc{a}{b}$", "1: emphasis, code, a link or a formula that cannot stand so in prose is left out"),
    "citation": ("a [@b, s. 3]", "1: a citation is printed as it is typed: «[@b, s. 3]»"),
    "comment": ("a\n\n<!-- husk -->", "3: a comment is left out: «husk»"),
    "HTML": ("a <u>b</u>", "1: HTML is left out: <u>"),
    "HTML between": ("<div>a</div>", "1: what stood in HTML is now a paragraph: «a»"),
    "rule": ("a\n\n---\n", "3: a rule between paragraphs is left out"),
    "footnote uncalled": ("a\n\n[^b]: c", "3: a footnote that nothing calls is left out: «c»"),
    "footnote called twice": ("a[^b] c[^b]\n\n[^b]: d", "1: the footnote 'b' is called twice, and written twice"),
    "footnote of a heading": ("# a[^b]\n\n[^b]: c", "1: a footnote of a heading is left out: «c»"),
    "line end": ("a  \nb", "2: a line that ended within a paragraph is joined to the next"),
    "front matter": ("---\ntitle: A\n---\nb", "1: what stands above the text is not carried over: «title: A»"),
    "picture elsewhere": ("![a](https://b.no/c.png)", "1: a picture is not carried over: https://b.no/c.png is not on"),
    "picture above": ("![a](../b.png)", "1: a picture is not carried over: there is no ../b.png in the file's folder"),
    "no picture": ("![a](ny.md)", "1: a picture is not carried over: ny.md is neither PNG nor JPEG"),
    "table of one row": ("| a |\n|---|", "1: a table of one row is now paragraphs"),
}


@pytest.mark.parametrize(("text", "wanted"), LOST.values(), ids=LOST)
def test_what_markdown_loses_is_told_at_its_line(project: Project, text: str, wanted: str) -> None:
    project.write("ny.md", "a")
    made = of(text, project)
    assert any(told.startswith(wanted) for told in made.told), made.told
    assert not made.problems


def test_what_the_parser_would_drop_is_refused_or_read(project: Project) -> None:
    assert "dypt" in of(f"{'> ' * 40}dypt", project).printed
    assert "dypt" in of("\n".join(f"{'  ' * depth}- punkt" for depth in range(25)) + " dypt", project).printed
    for deep in (f"{'> ' * 70}dypt", f"{'*a ' * 1500}{'b* ' * 1500}"):
        with pytest.raises(ReportError, match=r"a\.md:1: lists, quotations or marks of emphasis stand too deep"):
            read(deep, project.folder, "a.md")


def test_letters_that_nobody_sees_are_left_out(project: Project) -> None:
    made = of("a\u00adb\u00a0c\u2011d ﬁn e\u0301", project)
    assert made.texts == ["", "ab c-d fin é"]


WORDS = """\
ord og §3 5*6 *a a* _b_ {c} [d] [e](f) `g` <h> <!-- $i$ j_k ~l ^m 1. 2) - + # > | = : • – :n: == & &amp; \\ \\o ! @p
[^q] **r** ... «s» ~~t~~ [[u]] ::: x^2 $ ]( } * ** _ __ | || https://v.no/w_x_y A. «B 17. 1) --- 🙂 a) …"""
WORD = st.sampled_from([*WORDS.split(), ""])
PHRASE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
INLINE = st.recursive(
    PHRASE,
    lambda inner: st.builds(
        lambda tag, inside: Node(tag, 1, tuple(inside), {"href": "https://a.no/b"} if tag == "a" else {}),
        st.sampled_from(["em", "strong", "sup", "sub", "a", "s", "code"]),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=4,
)
INLINES = st.lists(INLINE, min_size=1, max_size=4).map(tuple)
PARAGRAPH = INLINES.map(lambda children: Node("p", 1, children))
LIST = st.recursive(
    st.builds(lambda children: Node("li", 1, children), INLINES),
    lambda item: st.builds(
        lambda words, tag, items: Node("li", 1, (*words, Node(tag, 1, tuple(items)))),
        INLINES,
        st.sampled_from(["ul", "ol"]),
        st.lists(item, min_size=1, max_size=3),
    ),
    max_leaves=3,
)
ITEMS = st.lists(LIST, min_size=1, max_size=3).map(tuple)
CELLS = st.lists(st.builds(lambda children: Node("td", 1, children), INLINES), min_size=1, max_size=3).map(tuple)
ROWS = st.lists(st.builds(lambda cells: Node("tr", 1, cells), CELLS), min_size=1, max_size=3).map(tuple)
BLOCK = st.one_of(
    PARAGRAPH,
    st.builds(lambda tag, items: Node(tag, 1, items), st.sampled_from(["ul", "ol"]), ITEMS),
    st.builds(lambda words, level: Node("h", 1, words, {"level": str(level)}), INLINES, st.integers(1, 4)),
    st.builds(lambda rows: Node("table", 1, rows), ROWS),
    st.builds(lambda inside: Node("blockquote", 1, (inside,)), PARAGRAPH),
)


FOLDER = Path(__file__).parent


def no_picture(address: str) -> bytes:
    raise NoPictureError(address, "")


@settings(max_examples=25)
@given(st.lists(BLOCK, min_size=1, max_size=3).map(tuple))
def test_whatever_a_file_says_is_printed_as_it_stands(body: tuple[Node, ...]) -> None:
    made = imported(Source(body, {}, no_picture, []), FOLDER)
    assert not made.problems
    assert "REFERENCE" not in made.printed
    assert not characters(text_of(body)) - characters(made.printed), made.files


PLAIN_TAGS = st.sampled_from(["em", "strong", "s", "code"])
MARKED = st.builds(
    lambda tag, words, space: Node(tag, 1, (f"{space}{words}{space}",)), PLAIN_TAGS, PHRASE, st.sampled_from(["", " "])
)


@settings(max_examples=30)
@given(st.lists(st.one_of(PHRASE, MARKED, st.just(" ")), min_size=1, max_size=5).map(tuple))
def test_spaces_of_a_paragraph_stay(children: tuple[Node | str, ...]) -> None:
    wanted = " ".join(text_of(children).split())
    assume(not BULLET.match(wanted))
    made = imported(Source([Node("p", 1, children)], {}, no_picture, []), FOLDER)
    assert made.printed.strip() == wanted


BEGINS = st.sampled_from(["", "- ", "> ", "## ", "| a | b |\n|---|---|", "[^q]: ", "    "])


@settings(max_examples=30)
@given(st.lists(st.one_of(PHRASE, BEGINS), max_size=12))
def test_no_word_of_a_markdown_file_goes_missing(lines: list[str]) -> None:
    counted = [f"{line} ord{number}a" for number, line in enumerate(lines)]
    made = imported(read("\n".join(counted), FOLDER), FOLDER)
    assert not made.problems
    found = f"{made.printed} {' '.join(made.told)}"
    assert [word for number in range(len(lines)) if (word := f"ord{number}a") not in found] == []
