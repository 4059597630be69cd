"""Reading YAML strictly: what is refused and where, what stays as it was written, where each letter stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.projects import assert_problems

from press.content.strict_yaml import DEEPEST, LARGEST_BYTES, MOST_SLIPS, Located, LocatedList, LocatedMap, read_yaml
from press.errors import ContentError, Problem


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
    "anchor": ("a: &x 1\n", "1:4: a value that begins with & must stand in quotes [yaml] double quotes"),
    "anchor on a mapping": ("a: &x\n  b: 1\n", "1:4: a value that begins with & must stand in quotes [yaml]"),
    "anchor on a key": ("&x a: 1\n", "1:1: a value that begins with & must stand in quotes [yaml]"),
    "alias": ("a: *x\n", "1:4: a value that begins with * must stand in quotes [yaml]"),
    "merge key": ("<<: *x\n", "1:5: a value that begins with * must stand in quotes [yaml]"),
    "tag on a scalar": (
        "a: !!int 5\n",
        "1:4: a value that begins with ! must stand in quotes [yaml]",
    ),
    "tag on a quoted scalar": ('a: !!str "5"\n', "1:4: a value that begins with ! must stand in quotes [yaml]"),
    "tag on a key": ("!!str a: 5\n", "1:1: a value that begins with ! must stand in quotes [yaml]"),
    "tag of one's own": ("a: !hemmelig 5\n", "1:4: a value that begins with ! must stand in quotes [yaml]"),
    "tag on a mapping": ("a: !!map\n  b: 1\n", "1:4: a value that begins with ! must stand in quotes [yaml]"),
    "tag on a list": ("a: !!seq []\n", "1:4: a value that begins with ! must stand in quotes [yaml]"),
    "tag that runs code": (
        "a: !!python/object/apply:os.system ['x']\n",
        "1:4: a value that begins with ! must stand in quotes [yaml]",
    ),
    "several documents": ("a: 1\n---\nb: 2\n", "2:1: a second document begins here [yaml] remove the `---`"),
    "empty file": ("", "1:1: the file holds no `key: value` lines [yaml] as the other files of its kind"),
    "comments only": ("# ingenting\n", "1:1: the file holds no `key: value` lines [yaml]"),
    "list for a file": ("- a\n- b\n", "1:1: the file holds no `key: value` lines [yaml]"),
    "words for a file": ("bare ord\n", "1:1: the file holds no `key: value` lines [yaml]"),
    "list for a key": ("? [a, b]\n: c\n", "1:3: this stands where a key belongs [yaml]"),
    "mapping for a key": ("{a: b}: c\n", "1:1: this stands where a key belongs [yaml]"),
    "too deep": (
        f"a: {'[' * 20}{']' * 20}\n",
        f"1:{4 + DEEPEST}: nested more than {DEEPEST} levels deep [yaml] flatten",
    ),
    "far too deep": (f"a: {'[' * 50_000}\n", f"1:{4 + DEEPEST}: nested more than {DEEPEST} levels deep [yaml]"),
}


@pytest.mark.parametrize(("text", "expected"), BAD_STRUCTURE.values(), ids=BAD_STRUCTURE)
def test_structure_is_refused_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert_problems(refused(tmp_path, text), expected, file="a.yaml")


def test_alias_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    found = refused(tmp_path, "\n".join(["a0: &a0 lol", *rows]))
    assert_problems(found[:1], "1:5: a value that begins with & must stand in quotes [yaml]", file="a.yaml")
    assert len(found) <= 2 * MOST_SLIPS


def test_problems_of_structure_come_together(tmp_path: Path) -> None:
    found = refused(tmp_path, "a: sak #12\nb: 1\nb: 2\nc: {fact:x}\nd:\n  - e\n    f\ng: !h\n")
    assert [str(problem.place) for problem in found] == [f"a.yaml:{at}" for at in ("1:8", "3:1", "4:4", "7:5", "8:4")]


def test_problems_beside_what_is_no_yaml_come_together(tmp_path: Path) -> None:
    found = refused(tmp_path, "a: 1\na: 2\nb: c: d\ne: sak #12\n")
    assert [str(problem.place) for problem in found] == [f"a.yaml:{at}" for at in ("2:1", "3:5", "4:8")]


# Files.


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


def test_windows_line_ends_read_like_others(tmp_path: Path) -> None:
    data = read(tmp_path, "a: |\r\n  b\r\n  c\r\nd: e\r\n")
    assert data == {"a": "b\nc\n", "d": "e"}
    assert str(data["d"].place) == "a.yaml:4:4"


def test_json_is_read_as_what_it_says(tmp_path: Path) -> None:
    assert read(tmp_path, '{"a": "b\\nc",\n "d": ["\\u00e5", "\\"", "\\\\"]}') == {"a": "b\nc", "d": ["å", '"', "\\"]}
    assert_problems(refused(tmp_path, '{"a":\n "b\\u202ec"}'), "2:2: U+202E [hidden-character]", file="a.yaml")


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
        "a: 'det''s {x}'\n",
        'a: "sa \\"ja\\" {x}"\n',
        "a: |2\n    innrykket\n  linje\n",
    ],
    ids=["doubled quote", "escaped quote", "stated indentation"],
)
def test_place_of_is_never_a_wrong_letter(tmp_path: Path, file: str) -> None:
    value = read(tmp_path, file)["a"]
    lines = file.split("\n")
    for offset, character in enumerate(value):
        place = value.place_of(offset)
        letters = lines[place.line - 1][place.column - 1 :]
        # Where the letters of the file are not those of the value one by one, the value's beginning will do.
        assert place == value.place or letters.startswith(character) or not character.strip()
