"""Text files as they are saved and pasted: bytes to text, and each character the one that it looks like.

An editor sees letters, not code points: what cannot be seen, what looks like something else, and what was lost when a
file was saved is named with its place and with what to type. A byte order mark and Windows' line ends change nothing; a
no-break space between digits is the space it means.

Left to others: how the marks of a language are set (`press.checks.typography`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from press.errors import ContentError, Place, Problem

TAB = "\t"
SAVE = "save it as UTF-8: «Save as» in your editor, or «CSV UTF-8» in Excel"
MOST_ALIKE = 3
"""Problems of one kind that are told of a file; the last of them counts the rest."""
NEAR = 20
"""Letters on each side that show where a character stands."""

_CYRILLIC = dict(
    zip("АВЕІЈКМНОРСТУХЅԌԚԜҮѴЁЇаеіјкорсухѕԁһԛԝӏѵёїӕӔ", "ABEIJKMHOPCTYXSGQWYVËÏaeijkopcyxsdhqwlvëïæÆ", strict=True)
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονμ", "ABEZHIKMNOPTYXovµ", strict=True))
LOOK_ALIKES = {**_CYRILLIC, **_GREEK}
"""Letters of other alphabets and the Latin ones they cannot be told from (after Unicode Technical Standard 39)."""
# Greek but for what looks Latin is left alone: kΩ, ΔT.
_FOREIGN = f"[\u0400-\u058f\u10a0-\u10ff\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff\uab70-\uabbf{''.join(_GREEK)}]"
_ANY_FOREIGN = re.compile(_FOREIGN)
_WORD_WITH_FOREIGN = re.compile(rf"(?<!\w)(?P<before>[^\W{_FOREIGN[1:-1]}]*)(?P<at>{_FOREIGN})\w*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Ligatures, full width, Roman numerals and the like: more than one letter in one, or a letter in another's clothes.
_DRESSED = re.compile(
    "[\u0132\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u2100-\u214f\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]"
)
_DRESSES = {"<compat>", "<font>", "<wide>", "<narrow>"}
_HYPHENS = re.compile("[\u2010\u2011]")
_LOST = "\N{REPLACEMENT CHARACTER}"
_GARBLED = {
    letter.encode("utf-8").decode("cp1252"): letter
    for letter in "æøåÆØÅäöÄÖéèêëÉüÜóòôáàçñčđŋšŧžČĐŊŠŦŽ«»°§·×½–—‘’“”…•€\N{NO-BREAK SPACE}"
    if not set(letter.encode("utf-8")) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
"""What Windows-1252 makes of the bytes that UTF-8 writes for a letter, and the letter."""
_MOJIBAKE = re.compile("|".join(map(re.escape, _GARBLED)))
_SPACE_IN_NUMBER = re.compile("(?<=\\d)[\u00a0\u2007\u2009\u202f](?=\\d)")


def decoded(data: bytes, shown: str, encoding: str = "utf-8") -> str:
    """Decode a file's bytes; raises ContentError, which says what the file is saved as if not as `encoding`."""
    if encoding == "utf-8" and (data.startswith((b"\xff\xfe", b"\xfe\xff")) or _has_gaps(data)):
        raise ContentError([Problem(Place(shown, 1, 1), "utf-8", "the file is saved as UTF-16, not as UTF-8", SAVE)])
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        place = Place(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise ContentError([Problem(place, "utf-8", *_not_encoded(data[error.start], encoding))]) from None
    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n")
    return text if text.isascii() else _SPACE_IN_NUMBER.sub(" ", text)


def looks_like(data: bytes) -> str:
    """Name the encoding that a file is most probably saved in, as a data file declares it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _has_gaps(data):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def character_problems(text: str, shown: str) -> Iterator[Problem]:
    """Yield what is wrong with the characters of a text, line by line."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return
    is_composed = unicodedata.is_normalized("NFC", text)
    kinds = [find for pattern, find in _FINDERS if pattern.search(text)]
    for row, line in enumerate(text.split("\n"), start=1):
        if line.isascii() and line.isprintable():
            continue
        for find in kinds:
            for column, rule, what, mend in find(line):
                yield Problem(Place(shown, row, column + 1), rule, what, mend)
        if not line.isprintable():
            yield from _unseen(line, shown, row)
        if not is_composed and not unicodedata.is_normalized("NFC", line):
            yield _decomposed(line, shown, row)


def thinned(problems: Iterable[Problem], most: int = MOST_ALIKE) -> list[Problem]:
    """Leave only the first few problems of each kind, the last of them with the count of the others."""
    problems = list(problems)
    counts = Counter((problem.rule, problem.what) for problem in problems)
    seen: Counter[tuple[str, str]] = Counter()
    kept: list[Problem] = []
    for problem in problems:
        kind = problem.rule, problem.what
        seen[kind] += 1
        if seen[kind] == most and counts[kind] > most:
            kept.append(replace(problem, what=f"{problem.what} (and {counts[kind] - most} more times below)"))
        elif seen[kind] <= most:
            kept.append(problem)
    return kept


def _has_gaps(data: bytes) -> bool:
    """Tell whether every other byte is zero, as in Western text in UTF-16 without a byte order mark."""
    head = data[:200]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return (odd > len(head) // 4 and not even) or (even > len(head) // 4 and not odd)


def _not_encoded(byte: int, encoding: str) -> tuple[str, str]:
    if encoding != "utf-8":
        return f"byte 0x{byte:02x} is not {encoding}", "declare the encoding that the file is saved in"
    letter = bytes([byte]).decode("cp1252", "replace")
    reads = f", «{letter}» in Windows-1252 (Latin-1)" if letter != _LOST else ""
    return f"the file is not saved as UTF-8: byte 0x{byte:02x} stands here{reads}", SAVE


def _other_alphabet(line: str) -> Iterator[tuple[int, str, str, str]]:
    """Find words that mix alphabets, and words of another that can be read as Latin ones."""
    for match in _WORD_WITH_FOREIGN.finditer(line):
        letters = [character for character in match[0] if character.isalpha()]
        if not (_LATIN.search(match[0]) or all(letter in LOOK_ALIKES for letter in letters)):
            continue
        letter = match["at"]
        what = f"a letter of another alphabet stands here: U+{ord(letter):04X} {unicodedata.name(letter, '')}"
        like = LOOK_ALIKES.get(letter)
        mend = f"delete it, and type {like} on your keyboard" if like else "type the one it looks like"
        yield match.start("at"), "look-alike", what, mend


def _dressed(line: str) -> Iterator[tuple[int, str, str, str]]:
    for match in _DRESSED.finditer(line):
        if (plain := compatible(match[0])) != match[0]:
            name = unicodedata.name(match[0], "")
            what = f"{match[0]} is one character (U+{ord(match[0]):04X} {name}), which no search for {plain} finds"
            yield match.start(), "look-alike", what, f"type {plain}"


def compatible(character: str) -> str:
    """Give the plain letters for which a character is another dress; itself where it is none."""
    if not _DRESSED.match(character) or unicodedata.decomposition(character).split(" ")[0] not in _DRESSES:
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if max(map(ord, plain)) < 0x250 else character


def _hyphen(line: str) -> Iterator[tuple[int, str, str, str]]:
    for match in _HYPHENS.finditer(line):
        what = f"this hyphen is not the keyboard's: U+{ord(match[0]):04X} {unicodedata.name(match[0])}"
        yield match.start(), "look-alike", what, "type - in its place"


def _lost(line: str) -> Iterator[tuple[int, str, str, str]]:
    for match in re.finditer(_LOST, line):
        what = "a letter was lost here (�) when the file was saved in another encoding"
        yield match.start(), "utf-8", what, "type the letter again"


def _mojibake(line: str) -> Iterator[tuple[int, str, str, str]]:
    """Find letters that were written as UTF-8 and read as Windows-1252."""
    for match in _MOJIBAKE.finditer(line):
        meant = _GARBLED[match[0]]
        what = f"«{match[0]}» stands where «{meant}» was written: the file was once read as Windows-1252"
        yield match.start(), "utf-8", what, f"type {meant}, or take the text from its source again"


_FINDERS = (
    (_ANY_FOREIGN, _other_alphabet),
    (_DRESSED, _dressed),
    (_HYPHENS, _hyphen),
    (re.compile(_LOST), _lost),
    (_MOJIBAKE, _mojibake),
)
"""What is looked for in each line, and the pattern without which a text need not be looked at."""


def _unseen(line: str, shown: str, row: int) -> Iterator[Problem]:
    for column, character in enumerate(line):
        place = Place(shown, row, column + 1)
        if character == TAB:
            yield Problem(place, "tab", "a tab stands here", "indent and separate with spaces")
        elif is_hidden(character):
            name = unicodedata.name(character, _unnamed(character))
            what = f"a character that nobody sees stands here: U+{ord(character):04X} {name}"
            yield Problem(place, "hidden-character", what, _retype(line, column))


def _retype(line: str, column: int) -> str:
    """Say how to be rid of what cannot be seen."""
    character = line[column]
    if unicodedata.category(character) == "Zs":
        return "type an ordinary space in its place; what belongs together is kept together in print"
    if character == "\r":
        return "save the file with the line ends of Unix or Windows"
    before = re.search(r"\S*\Z", line[max(0, column - NEAR) : column])
    after = re.match(r"\S*", line[column + 1 : column + 1 + NEAR])
    word = "".join(c for c in f"{before[0] if before else ''}{after[0] if after else ''}" if c.isprintable())
    also = "; content/hyphenation.yaml says where a word may be divided" if character == "\N{SOFT HYPHEN}" else ""
    return f"delete «{word}» and type it again{also}" if word else f"delete this line and type it again{also}"


def _decomposed(line: str, shown: str, row: int) -> Problem:
    """Find the first letter of a line that is put together from two characters."""
    column = next(
        match.start()
        for match in re.finditer(r"[^\x00-\u02ff]|[\u00c0-\uffff]", line)
        if not unicodedata.is_normalized("NFC", line[max(0, match.start() - NEAR) : match.start() + 1])
    )
    mend = f"type it again as one character: «{unicodedata.normalize('NFC', line[max(0, column - 1) : column + 1])}»"
    return Problem(Place(shown, row, column + 1), "composed", "a letter is put together from two characters", mend)


def _unnamed(character: str) -> str:
    return "control character" if unicodedata.category(character) == "Cc" else "a character without a name"


def is_hidden(character: str) -> bool:
    """Tell whether nobody sees that a character is there."""
    # Cc controls, Cf formats (direction marks, zero widths, soft hyphen, byte order mark, tags), Co private, Cs
    # surrogates, Cn unassigned, Zl and Zp line and paragraph separators. Spaces other than U+0020 are the
    # pipeline's to set, so they are not typed either.
    category = unicodedata.category(character)
    return category in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"} or (category == "Zs" and character != " ")
