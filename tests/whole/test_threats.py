"""The threat list, part one: what content says. Files, drawings and layout are in `test_threats_files`,
the PDF in `test_threats_pdf`.

A case is held when the build refuses it (exit 1, file and line named, nothing written, the last good PDF as it was) or
prints it as the letters it is made of: no element, attribute or address more than harmless words would give. Whichever
it is, a canary that lies outside the project comes out nowhere, and no connection is begun.

`test_threats_listed` says which test holds which threat.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from markupsafe import Markup, escape
from support.cases import rest_long
from support.hostile import (
    ACTIVE,
    CONTENT,
    FIGURE,
    FIRST_OF,
    LITERAL,
    NAMES,
    PROSE,
    ROOT,
    WORDS,
    Build,
    Outside,
    assert_nothing_new,
    assert_refused,
    composed,
    harmless,
    lines_of,
    publication,
    refused_and_printed,
)
from support.projects import small_project

import build
from press.checks import check
from press.content.load import load
from press.content.strict_yaml import DEEPEST, LONGEST_TEXT, Located
from press.errors import ContentError, Place, ReportError
from press.words.prose import DEEPEST_LIST, to_html

pytestmark = pytest.mark.usefixtures("within_patience")

# Words: every channel, as text.

ELEMENTS = '<b onclick="x">&lt;</b>"><img src=x onerror=alert(1)><script src="//ADDRESS/x"></script></p></style>'
PAYLOADS = {
    "elements with a backslash": re.sub(r"(?=[<&])", r"\\", ELEMENTS),
    "files": "FOLDER/passwd file://FOLDER/hemmelig.txt ../../passwd %2e%2e/%252e%252e/passwd",
    "addresses": "http://ADDRESS/a //ADDRESS/b http://169.254.169.254/ data:text/html,x javascript:alert(1) "
    "url(file:///x) local('Arial') @import x",
}
EITHER = {
    "elements": ELEMENTS,
    "comment and attachment": '<!-- <link rel=attachment href="file://FOLDER/passwd"> <svg onload=x> \'">',
    "template": "{{ 7*7 }} {{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "escaped template": r"\{\{ 7*7 }} \{% raw %} \{# x",
    "statement": "{% include 'FOLDER/passwd' %}{% raw %}",
    "style": "<style>*{display:none}</style>",
    "links": "[a](javascript:alert(1)) ![b](file://FOLDER/hemmelig.png) [c](//ADDRESS/c) [d]: file://FOLDER/passwd",
}
# An abbreviation whose letters are not those of the text is not one, and its long form is then not printed.
ALONE = ["abbreviation"]
OF_CONTENT = [name for name in WORDS if FIRST_OF[name] is CONTENT and name not in ALONE]
OF_FIGURES = [name for name in WORDS if FIRST_OF[name] is FIGURE]
each_publication = pytest.mark.parametrize(
    "names",
    [OF_CONTENT, ALONE, pytest.param(OF_FIGURES, marks=pytest.mark.long)],
    ids=["content", "abbreviation", "figures"],
)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@each_publication
def test_words_are_printed_as_the_letters_they_are(
    tmp_path: Path, outside: Outside, go: Build, names: list[str], payload: str
) -> None:
    refused, printed = refused_and_printed(tmp_path, names, outside.fill(payload), go)
    assert refused == set()
    assert printed == set(names)


@pytest.mark.parametrize("payload", EITHER.values(), ids=EITHER)
@each_publication
def test_words_that_look_like_code_are_refused_or_printed_as_letters(
    tmp_path: Path, outside: Outside, go: Build, names: list[str], payload: str
) -> None:
    refused, printed = refused_and_printed(tmp_path, names, outside.fill(payload), go)
    assert refused | printed == set(names)


def test_every_channel_for_words_is_printed_or_known_not_to_be() -> None:
    """A channel that was forgotten in the templates would hold every payload."""
    text = harmless(is_figure=False).text + harmless(is_figure=True).text
    missing = {name for name in WORDS if f"Ord om {name}" not in text}
    assert missing == {"fact source", "fact note", "label", "matrix alt"}
    assert set(WORDS) >= LITERAL


def test_composed_page_of_hostile_words_holds_nothing_that_acts(tmp_path: Path, outside: Outside, go: Build) -> None:
    payload = outside.fill(PAYLOADS["elements with a backslash"])
    page = go(publication(tmp_path / "publication", {name: f"{payload} i {name}" for name in OF_CONTENT})).page
    assert "<script src=" in page.text
    tags = {tag for tag, *_ in page.elements}
    assert {"p", "table", "img", "a"} <= tags
    assert tags & ACTIVE == set()
    assert [name for _, *names in page.elements for name in names if name.startswith("on")] == []
    assert [address for address in page.addresses if re.match(r"(?i)\s*(javascript|data|vbscript):", address)] == []


# Names: every channel that wants an id, a file, a choice or an address.

HOSTILE_NAMES = {
    "folder above": "../../etc0/hemmelig",
    "template": "{{7*7}}",
    "markup": '"><script>',
    "long": "k" * 300,
}
HOSTILE_FILES = {
    **HOSTILE_NAMES,
    "absolute path": "FOLDER/hemmelig",
    "file address": "file://FOLDER/hemmelig.txt",
    "backslashes": "..\\..\\hemmelig",
    "encoded": "%2e%2e%2fhemmelig",
    "encoded twice": "%252e%252e%252fhemmelig",
    "null": "a.png\0b",
    "web address": "http://ADDRESS/a",
    "address without a scheme": "//ADDRESS/a",
    "address of a cloud's secrets": "http://169.254.169.254/latest/meta-data",
    "points": "..",
}
DRAWN = {"label id", "shape id"}
"""Names that nothing refuses, so that a script is run with them."""
LONG_KINDS = {"template", "long"}
FILES = {"section id", "subsection id", "figure id", "image", "csv", "shape", "language", "link", "anchor", "photo id"}
HOSTILE = [
    pytest.param(
        name,
        payload,
        id=f"{name}-{kind}",
        marks=[pytest.mark.long] if name in DRAWN or kind in LONG_KINDS else [],
    )
    for name in NAMES
    for kind, payload in (HOSTILE_FILES if name in FILES else HOSTILE_NAMES).items()
]


@pytest.mark.parametrize(("name", "payload"), HOSTILE)
def test_name_leads_nowhere(tmp_path: Path, outside: Outside, go: Build, name: str, payload: str) -> None:
    result = go(publication(tmp_path / "publication", {name: outside.fill(payload)}))
    if result.code == build.DONE:
        assert_nothing_new(result, name)
    else:
        assert_refused(result)


@pytest.mark.parametrize(
    "name",
    [
        "section id", "subsection id", "figure id", "image", "csv", "shape", "language", "date", "fact value", "motif",
        "divider id", "callout id", "table id", "photo id", "language tag", "hyphenation", "link", "anchor", "block",
        "reference", "key", "group", "width", "type",
    ],
)  # fmt: skip
def test_name_that_must_be_right_is_refused_where_it_stands(tmp_path: Path, go: Build, name: str) -> None:
    result = go(publication(tmp_path / "publication", {name: "../../etc0/hemmelig"}))
    assert result.code == build.TO_MEND
    assert lines_of(FIRST_OF[name], name) & result.places, result.said


# Links in the text.

BAD_LINKS = {
    "script": "[a](javascript:alert(1))",
    "script in capitals": "[a](JaVaScRiPt:alert(1))",
    "script in entities": "[a](java&#115;cript:alert(1))",
    "script in brackets": "[a](<javascript:alert(1)>)",
    "script after a space": "[a]( javascript:alert(1))",
    "visual basic": "[a](vbscript:x)",
    "data": "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "file": "[a](file://FOLDER/passwd)",
    "web without encryption": "[a](http://ADDRESS/a)",
    "no scheme": "[a](//ADDRESS/a)",
    "relative": "[a](../../passwd)",
    "absolute": "[a](/etc/passwd)",
    "no host": "[a](https://)",
    "name before the host": "[a](https://nav.no@ADDRESS/a)",
    "letters of another alphabet": "[a](https://аррӏе.com/)",
    "the same in code": "[a](https://xn--80ak6aa92e.com/)",
    "the same in code, in capitals": "[a](https://XN--80ak6aa92e.com/)",
    "part of the host in code": "[a](https://www.xn--80ak6aa92e.com/)",
    "two receivers": "[a](mailto:a@example.no,b@example.no)",
    "nothing": "[a]()",
    # What a simple search for addresses does not see.
    "behind another address": "[b](https://nav.no/[a](http://ADDRESS/a)",
    "behind a backslash": "[a\\\\](http://ADDRESS/a)",
    "behind a letter in brackets": "[[a]](http://ADDRESS/a)",
    "with a title": '[a](http://ADDRESS/a "https://nav.no")',
}
GOOD_LINKS = {
    "https://nav.no": "https://nav.no",
    "https://nav.no/a_b/(c)?d=e&f#g": "https://nav.no/a_b/(c)?d=e&amp;f#g",
    "https://www.blåbær.no/ærlig": "https://www.xn--blbr-roah.no/%C3%A6rlig",
    "https://nav.no:8443/": "https://nav.no:8443/",
    "mailto:post@example.no": "mailto:post@example.no",
    "#boks": "#boks",
}
"""As written, and as the page has it."""


@pytest.mark.parametrize("link", rest_long(BAD_LINKS.values(), 6), ids=BAD_LINKS)
def test_link_elsewhere_is_refused_where_it_stands(tmp_path: Path, outside: Outside, go: Build, link: str) -> None:
    refused, printed = refused_and_printed(tmp_path, PROSE, outside.fill(link), go)
    assert printed == set()
    assert refused == set(PROSE)


@pytest.mark.parametrize("link", ["http://a.no", "//a.no", "../../passwd", "/etc/passwd", "data:image/png;base64,AAAA"])
def test_link_elsewhere_that_no_check_has_seen_is_refused_by_the_parser(link: str) -> None:
    text = Located(f"[a]({link})", Place("content/start.yaml", 3, 5))
    with pytest.raises(ContentError, match=r"content/start\.yaml:3:5: the link goes to"):
        to_html(text, lambda reference: Markup(""), escape)


def test_link_that_may_be_followed_is_let_in(tmp_path: Path) -> None:
    text = " ".join(f"[a]({link})" for link in GOOD_LINKS)
    html = composed(publication(tmp_path, {"text": text}))
    followed = re.findall(r'<a class="link" href="([^"]*)"', html)
    assert followed[: len(GOOD_LINKS)] == list(GOOD_LINKS.values())


# Characters.

HIDDEN = {
    "\u202e": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "\u202a": "U+202A LEFT-TO-RIGHT EMBEDDING",
    "\u2067": "U+2067 RIGHT-TO-LEFT ISOLATE",
    "\u200b": "U+200B ZERO WIDTH SPACE",
    "\u200d": "U+200D ZERO WIDTH JOINER",
    "\u200f": "U+200F RIGHT-TO-LEFT MARK",
    "\u2060": "U+2060 WORD JOINER",
    "\ufeff": "U+FEFF ZERO WIDTH NO-BREAK SPACE",
    "\U000e0041": "U+E0041 TAG LATIN CAPITAL LETTER A",
    "\u00ad": "U+00AD SOFT HYPHEN",
    "\0": "U+0000",
    "\u0430": "a letter of another alphabet stands here: U+0430 CYRILLIC SMALL LETTER A",
    "a\u030a": "a letter is put together from two characters",
}
COMMENTS = {
    "content/report.yaml": "# b{}c\n",
    "content/start.yaml": "# b{}c\n",
    "content/facts.yaml": "# b{}c\n",
    "content/terms.yaml": "# b{}c\n",
    "content/hyphenation.yaml": "# b{}c\n",
    "content/data/figur-1.yaml": "# b{}c\n",
    "content/data/a.csv": "b{}c\n",
    "content/data/land.json": "b{}c\n",
    "figures/figur_1.py": "# b{}c\n",
    "figures/beside.py": "# b{}c\n",
    "figures/report.mplstyle": "# b{}c\n",
    "templates/blocks/text.css": "/* b{}c */\n",
    "templates/blocks/text.html.j2": "{{# b{}c #}}\n",
    "templates/language/nb.yaml": "# b{}c\n",
}


@pytest.mark.parametrize("name", COMMENTS)
def test_characters_that_deceive_are_named_with_their_places(tmp_path: Path, go: Build, name: str) -> None:
    content = FIGURE if name.startswith(("figures", "content/data")) else CONTENT
    project = publication(tmp_path / "publication", {}, content)
    ours = ROOT / name if name.startswith("templates") else project.folder / name
    text = ours.read_text(encoding="utf-8") if ours.is_file() else ""
    project.write(name, text + "".join(COMMENTS[name].format(character) for character in HIDDEN))
    said = go(project).said
    for number, what in enumerate(HIDDEN.values(), start=len(text.splitlines()) + 1):
        assert re.search(rf"(?m)^{re.escape(name)}:{number}:[0-9]+: .*{re.escape(what)}", said), (what, said)


def test_letters_of_science_and_of_whole_words_in_another_alphabet_are_let_in(tmp_path: Path) -> None:
    assert publication(tmp_path / "publication", {"text": "10 kΩ, Δx, µm, π, Москва, Ελλάδα"}).problems() == []


# YAML: what it means, and how it grows.

SCALARS = ["NO", "no", "off", "~", "0301", "010", "0012", "0908", "12:30:45", "1.10", "1e3", "0x1F", "2026-11-23"]
TRICKS = {
    "two keys of one name": ("title: A\ntitle: B\n", 2),
    "words lost behind a number sign": ("title: A\nlead: Nr #1 best\nblocks: Nr #1 best # x\n", 3),
    "anchor": ("title: &a A\nlead: *a\n", 1),
    "merged mapping": ("title: A\n<<: {lead: B}\n", 2),
    "object of Python": ("title: !!python/object/apply:os.system ['id']\n", 1),
    "type by a tag": ("title: !!binary aGVp\n", 1),
    "second document": ("title: A\n---\ntitle: B\n", 2),
    "letter by an escape": ('title: "b\\u202ec"\n', 1),
    "tab": ("title: A\n\tlead: B\n", 2),
}


def test_scalars_are_printed_as_they_were_written(tmp_path: Path) -> None:
    html = composed(small_project(tmp_path).blocks("".join(f"  - text: {written}\n" for written in SCALARS)))
    assert [written for written in SCALARS if f">{written}</p>" not in html] == []


@pytest.mark.parametrize(("text", "line"), TRICKS.values(), ids=TRICKS)
def test_yaml_that_would_mean_something_else_is_refused_where_it_stands(
    tmp_path: Path, go: Build, text: str, line: int
) -> None:
    project = small_project(tmp_path / "publication").section(text)
    result = go(project)
    assert_refused(result)
    assert re.search(rf"(?m)^content/start\.yaml:{line}:[0-9]+: ", result.said), result.said


def test_date_that_is_none_is_refused_where_it_stands(tmp_path: Path, go: Build) -> None:
    result = go(publication(tmp_path / "publication", {"date": "2025-02-30"}))
    assert "content/report.yaml:5:7: '2025-02-30' is not a date [schema]" in result.said


YAML_BOMBS: dict[str, Callable[[], str]] = {
    "alias bomb": lambda: "\n".join(
        ["a0: &a0 lol", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    ),
    "50 MB": lambda: f"title: A\nlead: '{'x' * 50_000_000}'\n",
    "5,000 brackets": lambda: f"title: {'[' * 5000}\n",
    "200 levels": lambda: "title: A\n" + "".join(f"{'  ' * level}a:\n" for level in range(200)),
    "200 levels in a line": lambda: f"title: {'{a: ' * 200}b{'}' * 200}\n",
    "100,000 keys": lambda: "title: A\n" + "".join(f"k{number}: b\n" for number in range(100_000)),
    "700,000 values": lambda: f"title: A\nblocks: [{','.join(['a'] * 700_000)}]\n",
    "one text of 4 MB": lambda: f"title: A\nlead: '{'ord ' * 1_000_000}'\n",
    "one key of 1 MB": lambda: f"{'x' * 1_000_000}: A\n",
}
BOMBED = ["content/report.yaml", "content/facts.yaml", "content/terms.yaml", "content/hyphenation.yaml"]


@pytest.mark.parametrize("bomb", ["alias bomb", "5,000 brackets", "200 levels"])
@pytest.mark.parametrize("name", BOMBED)
def test_yaml_bomb_is_refused_in_its_file(tmp_path: Path, name: str, bomb: str) -> None:
    project = publication(tmp_path / "publication", {}).write(name, YAML_BOMBS[bomb]())
    with pytest.raises(ReportError) as caught:
        load(project.folder)
    assert name in {problem.place.file for problem in caught.value.problems}


IN_LIMITS = """\
import resource, sys, build

def used():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)

build.main(["check", "--quiet", "--project", sys.argv[1]])
before = used()
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
codes = [build.main(["check", "--quiet", "--project", folder]) for folder in sys.argv[2:]]
print("codes", *codes, "MiB", used() - before)
"""


@pytest.mark.long
def test_yaml_bombs_are_refused_with_little_memory_and_processor_time(tmp_path: Path) -> None:
    folders = [small_project(tmp_path / "harmless").folder]
    for number, bomb in enumerate(YAML_BOMBS.values()):
        folders.append(small_project(tmp_path / str(number)).section(bomb()).folder)
    done = subprocess.run(
        [sys.executable, "-B", "-c", IN_LIMITS, *map(str, folders)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    _, *codes, _, mebibytes = done.stdout.splitlines()[-1].split()
    assert codes == [str(build.TO_MEND)] * len(YAML_BOMBS)
    assert int(mebibytes) < 200
    assert "Traceback" not in done.stderr


def test_text_that_is_too_long_is_told_to_be_split(tmp_path: Path, go: Build) -> None:
    result = go(publication(tmp_path / "publication", {"text": "x" * (LONGEST_TEXT + 1)}))
    assert_refused(result, "content/start.yaml")
    assert f"more than {LONGEST_TEXT} characters" in result.said


@pytest.mark.long
def test_data_of_too_many_rows_is_refused(tmp_path: Path, go: Build) -> None:
    project = publication(tmp_path / "publication", {}, FIGURE)
    project.write("content/data/a.csv", "navn\n" + "1\n" * 2_400_000)
    assert_refused(go(project), "content/data/a.csv")


# Time.


PIECES = ["*", "a", "](", "[^", "![", "{", "\\", "- ", "**a ", "[a](", "[[a]", "\n- ", "<"]


@pytest.mark.parametrize("piece", rest_long(PIECES, 2))
def test_text_made_to_take_long_comes_to_an_end(tmp_path: Path, go: Build, piece: str) -> None:
    project = small_project(tmp_path / "publication").blocks(f"  - text: |\n{indented((piece * 12_000)[:12_000])}\n")
    result = go(project)
    if result.code == build.TO_MEND:
        assert_refused(result, "content/start.yaml")
    else:
        assert result.page.text.count(piece[-1]) >= 12_000 // len(piece) // 2


@pytest.mark.long
def test_time_for_checking_footnotes_does_not_grow_with_its_square(tmp_path: Path) -> None:
    """Regression test: 20,000 times `[^` kept the checks busy for six seconds, and the time grew with its square."""
    project = small_project(tmp_path).blocks(f"  - text: '{'[^' * (LONGEST_TEXT // 2)}'\n" * 4)
    assert {problem.rule for problem in check(load(project.folder))} == {"prose-marks"}


@pytest.mark.parametrize("lines", ["99999999", "1", "0", "-5", "33.5", "9" * 5000])
def test_motif_of_a_number_of_lines_that_cannot_be_drawn_is_refused(tmp_path: Path, go: Build, lines: str) -> None:
    """Regression test: a hundred million lines were drawn where there are no limits, and one divided by nought."""
    assert_refused(go(publication(tmp_path / "publication", {"fact value": lines})), "content/")


# Depth.

# Each number is counted on by another on the way back.
THERE_AND_BACK = [*((level, level) for level in range(60)), *((-1, level) for level in reversed(range(60)))]
DEEP = {
    "dashes": "\n".join(f"{'  ' * level}- ord{level}" for level in range(60)),
    "numbers": "\n".join(f"{'   ' * level}{2 - (level == at)}. ord" for at, level in THERE_AND_BACK),
    "both": "\n".join(
        f"{'   ' * level}{f'{2 - (level == at)}.' if level % 2 else '- '} ord" for at, level in THERE_AND_BACK
    ),
    "one line": f"{'- ' * 60}ord",
    "one more than allowed": "\n".join(f"{'  ' * level}- ord{level}" for level in range(DEEPEST_LIST + 1)),
    "300": "\n".join(f"{'  ' * level}- ord{level}" for level in range(300)),
}


def of_lines(names: list[str], text: str) -> Mapping[str, str]:
    """Give the publication with a text of several lines in these channels."""
    content = dict(CONTENT)
    for name in names:
        for file, source in content.items():
            content[file] = source.replace(f"'<<{name}>>'", f"|\n{indented(text)}")
    return content


def indented(text: str) -> str:
    return "\n".join(f"        {line}" for line in text.splitlines())


@pytest.mark.parametrize("text", rest_long(DEEP.values(), 5), ids=DEEP)
def test_lists_nested_too_deep_are_refused_where_they_stand(tmp_path: Path, go: Build, text: str) -> None:
    """Regression test: markdown-it drops what is nested deeper than its limit, and nothing missed it."""
    result = go(publication(tmp_path / "publication", {}, of_lines(["callout"], text)))
    assert_refused(result, "content/start.yaml")
    assert f"a list stands within {DEEPEST_LIST} others" in result.said


@pytest.mark.parametrize("name", rest_long(["text", "example", "rights", "imprint", "lead", "result", "definition"], 2))
def test_lists_nested_too_deep_are_refused_in_every_channel(tmp_path: Path, go: Build, name: str) -> None:
    result = go(publication(tmp_path / "publication", {}, of_lines([name], DEEP["one more than allowed"])))
    assert_refused(result, "content/")
    assert f"a list stands within {DEEPEST_LIST} others" in result.said


def test_lists_nested_as_deep_as_allowed_are_printed_whole(tmp_path: Path) -> None:
    text = "\n".join(f"{'  ' * level}- ord{level}" for level in range(DEEPEST_LIST))
    html = composed(publication(tmp_path, {}, of_lines(["callout"], text)))
    assert [level for level in range(DEEPEST_LIST) if f"ord{level}" not in html] == []


def test_list_within_a_note_is_refused(tmp_path: Path, go: Build) -> None:
    """Regression test: the numbers of its points were lost, and so was what was nested too deep."""
    text = f"a[^n]\n\n[^n]: {'- ' * 60}ord"
    result = go(publication(tmp_path / "publication", {}, of_lines(["callout"], text)))
    assert_refused(result, "content/start.yaml")
    assert "a list stands in a footnote" in result.said


@pytest.mark.parametrize(
    "text",
    rest_long(["(" * 5000, r"\*\*" * 3000, "*a* " * 5000, "[ " * 5000 + "a" + " ]" * 5000], 2),
    ids=["parentheses", "two marks", "emphasis", "brackets"],
)
def test_marks_nested_deep_lose_no_letter(tmp_path: Path, go: Build, text: str) -> None:
    result = go(small_project(tmp_path / "publication").blocks(f"  - text: '{text} slutt'\n"))
    assert result.code == build.DONE
    assert result.page.text.count("a") >= text.count("a")
    assert "slutt" in result.page.text


def test_sections_nested_deep_are_refused(tmp_path: Path, go: Build) -> None:
    project = publication(tmp_path / "publication", {})
    order = "".join(f"{'    ' * level}    - s{level}:\n" for level in range(200))
    text = (project.folder / "content/report.yaml").read_text(encoding="utf-8")
    project.write("content/report.yaml", text[: text.index("order:")] + f"order:\n  chapters:\n{order}")
    result = go(project)
    assert_refused(result, "content/report.yaml")
    assert f"nested more than {DEEPEST} levels deep" in result.said
