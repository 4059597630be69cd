"""Characters: what cannot be seen, what looks like something else, and files that are saved as something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.projects import assert_problems
from test_strict_yaml import read, refused

from press.content.characters import looks_like

BAD_CHARACTERS = {
    "tab for indentation": ("a:\n\tb: 1\n", "2:1: a tab stands here [tab] spaces"),
    "tab between words": ("a: b\tc\n", "1:5: a tab stands here [tab]"),
    "byte order mark within": ("a: b\ufeffc\n", "1:5: U+FEFF ZERO WIDTH NO-BREAK SPACE [hidden-character] delete «bc»"),
    "right to left override": (
        "a: b\u202ec\n",
        "1:5: U+202E RIGHT-TO-LEFT OVERRIDE [hidden-character] «bc» and type it again",
    ),
    "direction isolate": ("a: b\u2066c\n", "1:5: U+2066 LEFT-TO-RIGHT ISOLATE [hidden-character]"),
    "direction mark": ("a: b\u200fc\n", "1:5: U+200F RIGHT-TO-LEFT MARK [hidden-character]"),
    "zero width space": ("a: b\u200bc\n", "1:5: U+200B ZERO WIDTH SPACE [hidden-character]"),
    "zero width joiner": ("a: b\u200dc\n", "1:5: U+200D ZERO WIDTH JOINER [hidden-character]"),
    "word joiner": ("a: b\u2060c\n", "1:5: U+2060 WORD JOINER [hidden-character]"),
    "soft hyphen": (
        "a: b\u00adc\n",
        "1:5: U+00AD SOFT HYPHEN [hidden-character] «bc» and type it again; content/hyphenation.yaml",
    ),
    "no-break space": ("a: b\u00a0c\n", "1:5: U+00A0 NO-BREAK SPACE [hidden-character] type an ordinary space"),
    "tag character": ("a: b\U000e0041c\n", "1:5: U+E0041 TAG LATIN CAPITAL LETTER A [hidden-character]"),
    "private use": ("a: b\ue000c\n", "1:5: U+E000 [hidden-character]"),
    "bell": ("a: b\x07c\n", "1:5: U+0007 control character [hidden-character]"),
    "escape": ("a: b\x1bc\n", "1:5: U+001B control character [hidden-character]"),
    "zero byte": ("a: b\x00c\n", "1:5: U+0000 control character [hidden-character]"),
    "carriage return alone": ("a: b\rc: d\n", "1:5: U+000D control character [hidden-character] line ends"),
    "next line": ("a: b\x85c\n", "1:5: U+0085 control character [hidden-character]"),
    "line separator": ("a: b\u2028c\n", "1:5: U+2028 LINE SEPARATOR [hidden-character]"),
    "in a comment": ("a: b # c\u202e\n", "1:9: U+202E RIGHT-TO-LEFT OVERRIDE [hidden-character]"),
    "in a key": ("a\u200b: b\n", "1:2: U+200B ZERO WIDTH SPACE [hidden-character]"),
    "decomposed letter": ("a: pa\u030a\n", "1:6: a letter is put together from two characters [composed] «å»"),
}
LOOK_ALIKES = {
    "Cyrillic in a word": (
        "a: Bedrift\u0410\n",
        "1:11: U+0410 CYRILLIC CAPITAL LETTER A [look-alike] type A on your keyboard",
    ),
    "Cyrillic word alone": ("a: Bedrift \u0410\n", "1:12: U+0410 CYRILLIC CAPITAL LETTER A [look-alike] type A"),
    "Cyrillic word of several": (
        "a: \u0421\u041d\u041e\u0420\n",
        "1:4: U+0421 CYRILLIC CAPITAL LETTER ES [look-alike] type C",
    ),
    "Greek word alone": ("a: Bedrift \u0391\n", "1:12: U+0391 GREEK CAPITAL LETTER ALPHA [look-alike] type A"),
    "Greek in a word": ("a: b\u03bfks\n", "1:5: U+03BF GREEK SMALL LETTER OMICRON [look-alike] type o"),
    "Greek with digits": ("a: \u03924\n", "1:4: U+0392 GREEK CAPITAL LETTER BETA [look-alike] type B"),
    "Armenian in a word": ("a: b\u0585ks\n", "1:5: U+0585 ARMENIAN SMALL LETTER OH [look-alike]"),
    "Greek mu for micro": ("a: 5 \u03bcm\n", "1:6: U+03BC GREEK SMALL LETTER MU [look-alike] type µ"),
    "in an id": ("a: boks-\u0430\n", "1:9: U+0430 CYRILLIC SMALL LETTER A [look-alike] type a"),
    "ligature": ("a: e\ufb00ekt\n", "1:5: ﬀ is one character (U+FB00 LATIN SMALL LIGATURE FF) [look-alike] type ff"),
    "ligature fi": ("a: \ufb01gur\n", "1:4: which no search for fi finds [look-alike] type fi"),
    "full width": ("a: \uff21\n", "1:4: U+FF21 FULLWIDTH LATIN CAPITAL LETTER A [look-alike] type A"),
    "full width colon": ("a\uff1a b\n", "1:2: U+FF1A FULLWIDTH COLON [look-alike] type :"),
    "Roman numeral": ("a: del \u2163\n", "1:8: U+2163 ROMAN NUMERAL FOUR [look-alike] type IV"),
    "mathematical letter": ("a: \U0001d400\n", "1:4: MATHEMATICAL BOLD CAPITAL A [look-alike] type A"),
    "degree Celsius": ("a: 5 \u2103\n", "1:6: U+2103 DEGREE CELSIUS [look-alike] type °C"),
    "non-breaking hyphen": (
        "a: Power\u2011by\n",
        "1:9: not the keyboard's: U+2011 NON-BREAKING HYPHEN [look-alike] type -",
    ),
    "Unicode's hyphen": ("a: Power\u2010by\n", "1:9: not the keyboard's: U+2010 HYPHEN [look-alike] type -"),
    "letter that was lost": ("a: p\ufffd\n", "1:5: a letter was lost here (�) [utf-8] type the letter again"),
    "UTF-8 read as Latin-1": ("a: pÃ¥\n", "1:5: «Ã¥» stands where «å» was written [utf-8] type å"),
    "dash read as Latin-1": ("a: 2 â€“ 3\n", "1:6: «â€“» stands where «–» was written [utf-8] type –"),
}
LET_THROUGH = [
    "«Ærlig talt» – på 2019–2020, ‹ørn› … é ü × ½ ‰ § 3-1 m² 25 °C −5 ª º ™ ©",
    "Cuprija Ćuprija Łódź Škoda Ŋáŋŋa Ŧ Đ Þ ð ß ÿ",
    "kΩ, MΩ, ΔT, β-testing, α, χ², π og Σ; µm",
    "Москва, Ελλάδα og 北京",
    "Å–A, Â, fra A–Å«, å–«",
]
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
        (
            "a: b\nc: på\n".encode("latin-1"),
            "2:5: not saved as UTF-8: byte 0xe5 stands here, «å» in Windows-1252 [utf-8] save",
        ),
        (
            "a: «på»\nc: på\n".encode("cp1252"),
            "1:4: byte 0xab stands here, ««» in Windows-1252 (Latin-1) [utf-8] save it as UTF-8",
        ),
        ("a: på\nc: p".encode() + b"\x8d", "2:5: not saved as UTF-8: byte 0x8d stands here [utf-8] save it as UTF-8"),
        ("a: b\n".encode("utf-16-le"), "1:1: the file is saved as UTF-16, not as UTF-8 [utf-8] «Save as»"),
        ("a: b\n".encode("utf-16-be"), "1:1: the file is saved as UTF-16, not as UTF-8 [utf-8]"),
        ("a: b\n".encode("utf-16"), "1:1: the file is saved as UTF-16, not as UTF-8 [utf-8]"),
        (b"a: \xed\xa0\x80\n", "1:4: not saved as UTF-8: byte 0xed [utf-8]"),
    ],
    ids=["latin-1", "quotes", "no letter", "utf-16 without a mark", "big endian", "utf-16", "surrogate"],
)
def test_bytes_that_are_not_utf8_are_refused_with_their_place(tmp_path: Path, data: bytes, expected: str) -> None:
    assert_problems(refused(tmp_path, data), expected, file="a.yaml")


@pytest.mark.parametrize(("text", "expected"), LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_look_alike_is_refused_with_what_to_type(tmp_path: Path, text: str, expected: str) -> None:
    assert_problems(refused(tmp_path, text), expected, file="a.yaml")


@pytest.mark.parametrize("words", LET_THROUGH)
def test_words_of_one_alphabet_are_let_through(tmp_path: Path, words: str) -> None:
    assert read(tmp_path, f"a: |\n  {words}\n")["a"] == f"{words}\n"


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_no_break_space_between_digits_is_the_space_it_means(tmp_path: Path, space: str) -> None:
    value = read(tmp_path, f"a: 12{space}000 kroner\n")["a"]
    assert value == "12 000 kroner"
    assert str(value.place_of(3)) == "a.yaml:1:7"


def test_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeffa: b\n") == {"a": "b"}
    assert_problems(refused(tmp_path, "\ufeffa: b: c\n"), "1:5: a colon [yaml]", file="a.yaml")


def test_many_of_a_kind_are_told_with_their_count(tmp_path: Path) -> None:
    found = refused(tmp_path, "a: |\n" + "\tb\n" * 2000)
    assert_problems(
        found,
        "2:1: a tab stands here [tab]",
        "3:1: a tab stands here [tab]",
        "4:1: a tab stands here (and 1997 more times below) [tab] indent and separate with spaces",
        file="a.yaml",
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"abc", "utf-8"),
        ("på".encode(), "utf-8"),
        ("på".encode("cp1252"), "windows-1252"),
        ("på".encode("utf-16"), "utf-16"),
        (b"", "utf-8"),
    ],
)
def test_encoding_is_guessed_for_what_to_declare(data: bytes, encoding: str) -> None:
    assert looks_like(data) == encoding
