"""Reading YAML strictly: what is refused and where, what stays as it was written, where each letter stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import assert_problems

from press.errors import ContentError, Problem
from press.strict_yaml import DEEPEST, LARGEST_BYTES, Located, LocatedList, LocatedMap, read_yaml


def read(folder: Path, text: str | bytes) -> LocatedMap:
    path = folder / "a.yaml"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_yaml(path, "a.yaml")


def refused(folder: Path, text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        read(folder, text)
    return caught.value.problems


# Structure.

BAD_STRUCTURE = {
    "duplicate key": (
        "title: A\ntitle: B\n",
        "2:1: the key 'title' stands here a second time (first in line 1) [yaml] remove one of them",
    ),
    "duplicate key below": ("a:\n  - b: 1\n    b: 2\n", "3:5: the key 'b' stands here a second time [yaml]"),
    "duplicate key in braces": ("a: {b: 1, b: 2}\n", "1:11: the key 'b' stands here a second time [yaml]"),
    "duplicate key in other quotes": ("a: 1\n'a': 2\n", "2:1: the key 'a' stands here a second time [yaml]"),
    "anchor": ("a: &x 1\n", "1:4: aliases and anchors (`*`, `&`) are not used [yaml] write the value out"),
    "anchor on a mapping": ("a: &x\n  b: 1\n", "1:4: aliases and anchors (`*`, `&`) are not used [yaml]"),
    "anchor on a key": ("&x a: 1\n", "1:1: aliases and anchors (`*`, `&`) are not used [yaml]"),
    "alias": ("a: *x\n", "1:4: aliases and anchors (`*`, `&`) are not used [yaml]"),
    "merge key": ("<<: *x\n", "1:5: aliases and anchors (`*`, `&`) are not used [yaml]"),
    "tag on a scalar": (
        "a: !!int 5\n",
        "1:4: the tag 'tag:yaml.org,2002:int' is not used [yaml] write the plain value",
    ),
    "tag on a quoted scalar": ('a: !!str "5"\n', "1:4: the tag 'tag:yaml.org,2002:str' is not used [yaml]"),
    "tag on a key": ("!!str a: 5\n", "1:1: the tag 'tag:yaml.org,2002:str' is not used [yaml]"),
    "tag of one's own": ("a: !hemmelig 5\n", "1:4: the tag '!hemmelig' is not used [yaml]"),
    "tag on a mapping": ("a: !!map\n  b: 1\n", "1:4: the tag 'tag:yaml.org,2002:map' is not used [yaml]"),
    "tag on a list": ("a: !!seq []\n", "1:4: the tag 'tag:yaml.org,2002:seq' is not used [yaml]"),
    "tag that runs code": (
        "a: !!python/object/apply:os.system ['x']\n",
        "1:4: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not used [yaml]",
    ),
    "several documents": ("a: 1\n---\nb: 2\n", "2:1: a second document begins here [yaml] remove the `---`"),
    "empty file": ("", "1:1: the file holds no mapping [yaml] write `key: value` lines"),
    "comments only": ("# ingenting\n", "1:1: the file holds no mapping [yaml]"),
    "list for a file": ("- a\n- b\n", "1:1: the file holds no mapping [yaml]"),
    "words for a file": ("bare ord\n", "1:1: the file holds no mapping [yaml]"),
    "list for a key": ("? [a, b]\n: c\n", "1:3: a key must be a word [yaml]"),
    "mapping for a key": ("{a: b}: c\n", "1:1: a key must be a word [yaml]"),
    "too deep": (
        f"a: {'[' * 20}{']' * 20}\n",
        f"1:{4 + DEEPEST}: nested more than {DEEPEST} levels deep [yaml] flatten",
    ),
    "far too deep": (f"a: {'[' * 50_000}\n", f"1:{4 + DEEPEST}: nested more than {DEEPEST} levels deep [yaml]"),
}
NOT_YAML = {
    "unquoted colon": ("title: A: b\n", "1:9: not YAML: mapping values are not allowed [yaml] in double quotes"),
    "indented too far": ("a: b\n  c: d\n", "2:4: not YAML: mapping values are not allowed [yaml]"),
    "quote left open": ("a: 'b\n", "2:1: not YAML: found unexpected end of stream [yaml] the quotes of this line"),
    "bracket left open": ("a: [b\n", "2:1: not YAML: did not find expected ',' or ']' [yaml]"),
    "forbidden first character": (
        "a: @b\n",
        "1:4: not YAML: found character that cannot start any token [yaml] quotes",
    ),
    "line without a colon": ("a: 1\nb\n", "3:1: not YAML: could not find expected ':' [yaml] write `key: value`"),
}


@pytest.mark.parametrize(("text", "expected"), BAD_STRUCTURE.values(), ids=BAD_STRUCTURE)
def test_structure_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert_problems(refused(tmp_path, text), expected, file="a.yaml")


@pytest.mark.parametrize(("text", "expected"), NOT_YAML.values(), ids=NOT_YAML)
def test_what_is_not_yaml_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert_problems(refused(tmp_path, text), expected, file="a.yaml")


def test_alias_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    found = refused(tmp_path, "\n".join(["a0: &a0 lol", *rows]))
    assert_problems(found, "1:5: aliases and anchors (`*`, `&`) are not used [yaml]", file="a.yaml")


# Bytes and characters.

BAD_CHARACTERS = {
    "tab for indentation": ("a:\n\tb: 1\n", "2:1: a tab stands here [tab] spaces"),
    "tab between words": ("a: b\tc\n", "1:5: a tab stands here [tab]"),
    "byte order mark": ("\ufeffa: b\n", "1:1: U+FEFF ZERO WIDTH NO-BREAK SPACE [hidden-character] delete it"),
    "right to left override": ("a: b\u202ec\n", "1:5: U+202E RIGHT-TO-LEFT OVERRIDE [hidden-character]"),
    "direction isolate": ("a: b\u2066c\n", "1:5: U+2066 LEFT-TO-RIGHT ISOLATE [hidden-character]"),
    "direction mark": ("a: b\u200fc\n", "1:5: U+200F RIGHT-TO-LEFT MARK [hidden-character]"),
    "zero width space": ("a: b\u200bc\n", "1:5: U+200B ZERO WIDTH SPACE [hidden-character]"),
    "zero width joiner": ("a: b\u200dc\n", "1:5: U+200D ZERO WIDTH JOINER [hidden-character]"),
    "word joiner": ("a: b\u2060c\n", "1:5: U+2060 WORD JOINER [hidden-character]"),
    "soft hyphen": ("a: b\u00adc\n", "1:5: U+00AD SOFT HYPHEN [hidden-character]"),
    "no-break space": ("a: b\u00a0c\n", "1:5: U+00A0 NO-BREAK SPACE [hidden-character]"),
    "tag character": ("a: b\U000e0041c\n", "1:5: U+E0041 TAG LATIN CAPITAL LETTER A [hidden-character]"),
    "private use": ("a: b\ue000c\n", "1:5: U+E000 [hidden-character]"),
    "bell": ("a: b\x07c\n", "1:5: U+0007 control character [hidden-character]"),
    "escape": ("a: b\x1bc\n", "1:5: U+001B control character [hidden-character]"),
    "zero byte": ("a: b\x00c\n", "1:5: U+0000 control character [hidden-character]"),
    "carriage return alone": ("a: b\rc: d\n", "1:5: U+000D control character [hidden-character]"),
    "next line": ("a: b\x85c\n", "1:5: U+0085 control character [hidden-character]"),
    "line separator": ("a: b\u2028c\n", "1:5: U+2028 LINE SEPARATOR [hidden-character]"),
    "in a comment": ("a: b # c\u202e\n", "1:9: U+202E RIGHT-TO-LEFT OVERRIDE [hidden-character]"),
    "in a key": ("a\u200b: b\n", "1:2: U+200B ZERO WIDTH SPACE [hidden-character]"),
    "decomposed letter": ("a: pa\u030a\n", "1:6: a letter is put together from two characters [composed] «å»"),
}
SMUGGLED = {
    "right to left override": 'a: "b\\u202ec"\n',
    "zero width space": 'a: "b\\u200bc"\n',
    "no-break space": 'a: "b\\_c"\n',
    "bell": 'a: "b\\ac"\n',
    "escape": 'a: "b\\ec"\n',
    "tab": 'a: "b\\tc"\n',
    "line separator": 'a: "b\\Lc"\n',
    "decomposed letter": 'a: "ba\\u030a"\n',
}


@pytest.mark.parametrize(("text", "expected"), BAD_CHARACTERS.values(), ids=BAD_CHARACTERS)
def test_character_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert_problems(refused(tmp_path, text), expected, file="a.yaml")


@pytest.mark.parametrize("text", SMUGGLED.values(), ids=SMUGGLED)
def test_character_is_refused_also_when_an_escape_names_it(tmp_path: Path, text: str) -> None:
    assert {problem.place.line for problem in refused(tmp_path, text)} == {1}


def test_characters_are_all_named_in_one_run(tmp_path: Path) -> None:
    found = refused(tmp_path, "a: b\u200bc\u200b\n# ok\nb: e\u0301\n\tc: d\n")
    assert_problems(
        found,
        "1:5: U+200B [hidden-character]",
        "1:7: U+200B [hidden-character]",
        "3:5: put together [composed] «é»",
        "4:1: a tab stands here [tab]",
        file="a.yaml",
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: b\nc: på\n".encode("latin-1"), "2:5: byte 0xe5 is not UTF-8 [utf-8] save the file as UTF-8"),
        ("a: b\n".encode("utf-16-le"), "1:2: U+0000 [hidden-character]"),
        ("a: b\n".encode("utf-16"), "1:1: byte 0xff is not UTF-8 [utf-8]"),
        (b"a: \xed\xa0\x80\n", "1:4: byte 0xed is not UTF-8 [utf-8]"),
    ],
    ids=["latin-1", "utf-16 without a mark", "utf-16", "surrogate"],
)
def test_bytes_that_are_not_utf8_are_refused_with_their_place(tmp_path: Path, data: bytes, expected: str) -> None:
    first, *_ = refused(tmp_path, data)
    assert_problems([first], expected, file="a.yaml")


def test_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    found = refused(tmp_path, b"\xff" * (LARGEST_BYTES + 1))
    assert_problems(found, f"a.yaml: the file is {LARGEST_BYTES + 1} bytes long [file] split it")


def test_missing_file_is_a_problem_of_that_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_yaml(tmp_path / "none.yaml", "content/none.yaml")
    assert_problems(
        caught.value.problems, "content/none.yaml: cannot be read: No such file [file] create content/none.yaml"
    )


def test_folder_in_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        read_yaml(tmp_path, "content/a.yaml")
    assert_problems(caught.value.problems, "content/a.yaml: cannot be read: Is a directory [file]")


def test_norwegian_typography_is_let_through(tmp_path: Path) -> None:
    words = "«Ærlig talt» – på 2019–2020, ‹ørn› … é ü × ½ ‰"
    assert read(tmp_path, f"a: {words}\n")["a"] == words


def test_windows_line_ends_read_like_others(tmp_path: Path) -> None:
    data = read(tmp_path, "a: |\r\n  b\r\n  c\r\nd: e\r\n")
    assert data == {"a": "b\nc\n", "d": "e"}
    assert str(data["d"].place) == "a.yaml:4:4"


# Values stay what was written, also those that YAML 1.1 takes for something else.

WORDS_GUESSED_AT = ["NO", "no", "yes", "on", "true", "null", "~", "=", "<<"]
NUMBERS_GUESSED_AT = ["0301", "0012", "033", "0x1F", "12:30", "12:30:45", "1.10", "1e3", "1_000", "-0", ".inf", ".nan"]
NUMBERS_GUESSED_AT += ["2025-02-30", "2025-02-03T04:05:06Z"]


@pytest.mark.parametrize("written", [*WORDS_GUESSED_AT, *NUMBERS_GUESSED_AT])
def test_value_stays_the_text_that_was_written(tmp_path: Path, written: str) -> None:
    data = read(tmp_path, f"a: {written}\nb: [{written}]\n{written}: c\n")
    assert data == {"a": written, "b": [written], written: "c"}
    assert type(data["a"]) is Located


def test_value_left_out_is_empty_text(tmp_path: Path) -> None:
    assert read(tmp_path, "a:\nb: ''\n") == {"a": "", "b": ""}


# Places.


def test_places_of_mappings_keys_lists_and_scalars(tmp_path: Path) -> None:
    data = read(tmp_path, "a:\n  - b: 1\n    c: [2, 3]\n")
    item = data["a"][0]
    assert isinstance(data["a"], LocatedList)
    assert isinstance(item, LocatedMap)
    assert str(data.place) == "a.yaml:1:1"
    assert str(data["a"].place) == "a.yaml:2:3"
    assert str(item.place) == "a.yaml:2:5"
    assert str(item.key_places["c"]) == "a.yaml:3:5"
    assert str(item["c"].place) == "a.yaml:3:8"
    assert str(item["c"][1].place) == "a.yaml:3:12"


LETTERS = st.text("abxyzæøåé𝄞«»{}…–", min_size=1, max_size=6)
SPACES = st.sampled_from([" ", " ", "  "])
LINE = st.lists(st.tuples(LETTERS, SPACES), min_size=1, max_size=5).map(
    lambda pairs: "".join(letters + spaces for letters, spaces in pairs).strip(" ")
)
QUOTED_LINE = st.text("ab æ𝄞{}:#-*&!|>%@`,[]", min_size=1, max_size=20)


@st.composite
def block_texts(draw: st.DrawFn) -> str:
    """Lines of text, some empty, some indented; the first does not begin with a space, as YAML asks."""
    first, *others = draw(st.lists(LINE, min_size=1, max_size=5))
    rows = [draw(st.sampled_from(["", "\n"])), first]
    for line in others:
        rows += [draw(st.sampled_from(["\n", "\n\n", "\n  "])), line]
    return "".join(rows)


@st.composite
def written_scalars(draw: st.DrawFn) -> tuple[str, str]:
    """A scalar's text, and a file in which the key `a` has it as its value."""
    indent = " " * draw(st.integers(0, 6))
    style = draw(st.sampled_from(["plain", "single", "double", "block"]))
    if style == "block":
        text = draw(block_texts())
        body = "".join(f"{indent}   {line}\n" if line else "\n" for line in text.split("\n"))
        written = f"{draw(st.sampled_from(['|', '|-', '|+', '| # merknad']))}\n{body}"
    else:
        text = "x" + draw(LINE) if style == "plain" else draw(QUOTED_LINE)
        written = {"plain": text, "single": f"'{text}'", "double": f'"{text}"'}[style] + "\n"
    before = draw(st.sampled_from(["", "# æøå\n", "før: «𝄞»\n"]))
    if not indent:
        return text, f"{before}a: {written}"
    return text, f"{before}list:\n{indent}- b: c\n{indent}  a: {written}"


@given(written_scalars())
def test_place_of_points_at_each_character(tmp_path_factory: pytest.TempPathFactory, scalar: tuple[str, str]) -> None:
    text, file = scalar
    data = read(tmp_path_factory.getbasetemp(), file)
    value = data["a"] if "a" in data else data["list"][0]["a"]
    lines = file.split("\n")
    assert value.rstrip("\n") == text
    for offset, character in enumerate(text):
        place = value.place_of(offset)
        if character != "\n":
            assert lines[place.line - 1][place.column - 1] == character


@pytest.mark.parametrize(
    "file",
    [
        "a: en linje\n  og en til\n",
        'a: "en linje\n  og en til"\n',
        "a: >\n  en linje\n  og en til\n",
        "a: 'det''s {x}'\n",
        'a: "sa \\"ja\\" {x}"\n',
        "a: |2\n    innrykket\n  linje\n",
    ],
    ids=["plain, two lines", "quoted, two lines", "folded", "doubled quote", "escaped quote", "stated indentation"],
)
def test_place_of_is_never_a_wrong_letter(tmp_path: Path, file: str) -> None:
    value = read(tmp_path, file)["a"]
    lines = file.split("\n")
    for offset, character in enumerate(value):
        place = value.place_of(offset)
        letters = lines[place.line - 1][place.column - 1 :]
        # Where the letters of the file are not those of the value one by one, the value's beginning will do.
        assert place == value.place or letters.startswith(character) or not character.strip()
