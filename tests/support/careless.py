"""Slips of careless editors: what goes wrong when content is typed, pasted, imported and saved, put into good files.

`SLIPS` is the list; each takes the lines of a file of a section and a random generator, and gives them back changed,
with the numbers (from 1) of the lines where an editor would look for the slip. None where the file has no room for it.
What stands in `HARMLESS` changes nothing that is meant: it must be printed as if it had not been made, unless it is
told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Slipped:
    """A file after a slip."""

    text: str
    lines: frozenset[int] | None
    """Where the slip is to be told; None anywhere in the file."""
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        return self.text.encode(self.encoding)


Lines = list[str]
Slip = Callable[[Lines, Random], Slipped | None]
VALUE = re.compile(r"(?P<before> *(?:- )*)(?P<key>[a-z_]+): (?P<value>\w.*)")
"""A key with a value that has no quotes."""
WORDS = {"title", "theme", "term", "makes", "heading", "source", "caption", "credit", "speaker", "claim"}
"""Keys whose value is words."""
PLAIN = WORDS - {"source", "caption", "credit", "claim"}
"""Those whose words are plain."""
WORD = re.compile(r"(?<![^ («])[a-zæøå]{4,}(?![^ .,»)])")


def prose_rows(lines: Sequence[str]) -> list[int]:
    """Find the lines that stand under `|` (from 0), but for those of code, which is printed as it is typed."""
    return [row for row, opening in block_rows(lines).items() if "listing: " not in opening]


def block_rows(lines: Sequence[str]) -> dict[int, str]:
    """Find the lines that stand under `|` (from 0), each with the line that ends in it."""
    found: dict[int, str] = {}
    edge: int | None = None
    opening = ""
    for row, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if edge is not None and (not line or indent > edge):
            found |= {row: opening} if line else {}
            continue
        opens = re.fullmatch(r"( *)((?:- )*)(?:[a-z_]+: )?\|[-+]?", line)
        opening = line
        edge = None if opens is None else len(opens[1]) + len(opens[2]) - (0 if ": |" in line else 2)
    return found


def value_rows(lines: Sequence[str]) -> list[int]:
    """Find the lines of values without quotes whose words are printed."""
    prose = block_rows(lines)
    matches = ((row, VALUE.fullmatch(line)) for row, line in enumerate(lines) if row not in prose)
    return [row for row, match in matches if match is not None and match["key"] in WORDS]


def paragraph_rows(lines: Sequence[str]) -> list[int]:
    """Find the lines under `|` that are no points or footnotes, nor belong to one: paragraphs."""
    rows = prose_rows(lines)
    indents = {row: len(lines[row]) - len(lines[row].lstrip()) for row in rows}
    kept: list[int] = []
    for row in rows:
        starts = row - 1 not in indents and (not lines[row - 1].strip() or lines[row - 1].endswith("|"))
        is_marked = re.match(r" *(?:-|\d+[.)]|\[\^)", lines[row]) is not None
        base = indents[
            min(each for each in rows if all(between in indents or not lines[between] for between in range(each, row)))
        ]
        if indents[row] == base and not is_marked and (starts or row - 1 in kept):
            kept.append(row)
    return kept


def with_word(lines: Sequence[str], rows: Sequence[int]) -> list[int]:
    """Keep the lines that have an ordinary word."""
    return [row for row in rows if WORD.search(lines[row])]


def replaced(lines: Lines, row: int, new: str, *also: int) -> Slipped:
    return Slipped("\n".join([*lines[:row], new, *lines[row + 1 :]]), frozenset({row + 1, *also}))


def in_value(change: Callable[[re.Match[str]], str], keys: Collection[str] = WORDS) -> Slip:
    """Make a slip that changes a value without quotes."""

    def slip(lines: Lines, random: Random) -> Slipped | None:
        rows = [row for row in value_rows(lines) if lines[row].split(":")[0].strip(" -") in keys]
        if not rows:
            return None
        row = random.choice(rows)
        match = VALUE.fullmatch(lines[row])
        assert match is not None
        new = change(match)
        count = new.count("\n")
        return replaced(lines, row, new, *range(row + 2, row + 2 + count))

    return slip


def at_word(
    change: Callable[[str], str], where: Callable[[Sequence[str]], list[int]] = prose_rows, *, near: int = 0
) -> Slip:
    """Make a slip that changes a word of a text; it may be told up to `near` lines below."""

    def slip(lines: Lines, random: Random) -> Slipped | None:
        rows = with_word(lines, where(lines))
        if not rows:
            return None
        row = random.choice(rows)
        match = random.choice([*WORD.finditer(lines[row])])
        new = f"{lines[row][: match.start()]}{change(match[0])}{lines[row][match.end() :]}"
        return replaced(lines, row, new, *range(row + 2, row + 2 + near))

    return slip


def at_line(pattern: str, change: Callable[[re.Match[str]], str], *, near: int = 0) -> Slip:
    """Make a slip that changes a line of YAML that a pattern matches; it may be told up to `near` lines below."""
    compiled = re.compile(pattern)

    def slip(lines: Lines, random: Random) -> Slipped | None:
        prose = block_rows(lines)
        found = [
            (row, match) for row, line in enumerate(lines) if row not in prose and (match := compiled.fullmatch(line))
        ]
        if not found:
            return None
        row, match = random.choice(found)
        new = change(match)
        return replaced(lines, row, new, *range(row + 1, row + 2 + new.count("\n") + near))

    return slip


def before_paragraph(text: str, *, lines_on: int = 0) -> Slip:
    """Make a slip that puts a line, or some, above a paragraph, as a paragraph of its own."""

    def slip(lines: Lines, random: Random) -> Slipped | None:
        rows = [row for row in paragraph_rows(lines) if not lines[row - 1].strip() or lines[row - 1].endswith("|")]
        if not rows:
            return None
        row = random.choice(rows)
        indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
        put = [f"{indent}{line}" if line else "" for line in text.split("\n")]
        told = frozenset(range(row + 1, row + 1 + len(put) + lines_on))
        return Slipped("\n".join([*lines[:row], *put, "", *lines[row:]]), told)

    return slip


def pasted(character: str) -> Slip:
    """Make a slip that leaves a character within a word."""
    return at_word(lambda word: f"{word[:2]}{character}{word[2:]}")


# Slips that need more than a pattern.


def unindented_line(lines: Lines, random: Random) -> Slipped | None:
    rows = [row for row in paragraph_rows(lines) if lines[row].startswith("    ")]
    if not rows:
        return None
    row = random.choice(rows)
    return replaced(lines, row, lines[row].lstrip(), row, row + 2)


def note_without_text(lines: Lines, random: Random) -> Slipped | None:
    rows = [row for row in prose_rows(lines) if re.match(r" *\[\^[^\]]+\]: ", lines[row])]
    if not rows:
        return None
    row = random.choice(rows)
    name = lines[row].strip().partition("]")[0]
    calls = {number for number, line in enumerate(lines, start=1) if f"{name}]" in line}
    end = row + 1
    while end < len(lines) and (
        not lines[end].strip()
        or lines[end].startswith(lines[row][: len(lines[row]) - len(lines[row].lstrip())] + "    ")
    ):
        end += 1
    moved = {call if call <= row else call - (end - row) for call in calls}
    return Slipped("\n".join([*lines[:row], *lines[end:]]), frozenset(moved))


def note_not_called(lines: Lines, random: Random) -> Slipped | None:
    found = [
        (row, match) for row in prose_rows(lines) for match in re.finditer(r"(?<=\S)(\[\^[^\]]+\])(?!:)", lines[row])
    ]
    if not found:
        return None
    row, match = random.choice(found)
    told = {number for number, line in enumerate(lines, start=1) if line.lstrip().startswith(f"{match[1]}:")}
    new = lines[row][: match.start()] + lines[row][match.end() :]
    return replaced(lines, row, new, *told)


def text_under_point(lines: Lines, random: Random) -> Slipped | None:
    rows = [
        row
        for row in prose_rows(lines)
        if re.match(r" *- ", lines[row]) and row + 1 < len(lines) and not lines[row + 1].strip()
    ]
    if not rows:
        return None
    row = random.choice(rows)
    indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
    return Slipped(
        "\n".join([*lines[: row + 1], f"{indent}Dette skulle stå for seg selv.", *lines[row + 1 :]]),
        frozenset({row + 2}),
    )


def doubled_key(lines: Lines, random: Random) -> Slipped | None:
    rows = value_rows(lines)
    if not rows:
        return None
    row = random.choice(rows)
    match = VALUE.fullmatch(lines[row])
    assert match is not None
    again = f"{' ' * len(match['before'])}{match['key']}: {match['value']}"
    return Slipped("\n".join([*lines[: row + 1], again, *lines[row + 1 :]]), frozenset({row + 1, row + 2}))


def whole(change: Callable[[str], str], encoding: str = "utf-8") -> Slip:
    """Make a slip in how a file is saved."""
    return lambda lines, random: Slipped(change("\n".join(lines)), None, encoding)


def saved_in_latin_1(lines: Lines, random: Random) -> Slipped | None:
    text = "\n".join(lines)
    kept = text.encode("latin-1", "ignore").decode("latin-1")
    return Slipped(kept, None, "latin-1") if not kept.isascii() else None


SLIPS: dict[str, Slip] = {
    # YAML.
    "no space after the colon": in_value(lambda m: f"{m['before']}{m['key']}:{m['value']}"),
    "no space after the dash": at_line(r"( *)- (\w+: .*)", lambda m: f"{m[1]}-{m[2]}"),
    "no colon": in_value(lambda m: f"{m['before']}{m['key']} {m['value']}"),
    "a tab for the indent": at_line(r"((?:  )+)(\w+: .*)", lambda m: f"\t{m[2]}"),
    "a hash in a value": in_value(lambda m: f"{m[0]} #12 i arkivet"),
    "a colon in a value": in_value(lambda m: f"{m[0]}: en prøve"),
    "a quote that never closes": in_value(lambda m: f'{m["before"]}{m["key"]}: "{m["value"]}'),
    "a quote that closes early": in_value(lambda m: f'{m["before"]}{m["key"]}: "Ordet" {m["value"]}'),
    "a quote too many": in_value(lambda m: f'{m["before"]}{m["key"]}: "{m["value"]} "ord" til"'),
    "a curly brace first": in_value(lambda m: f"{m['before']}{m['key']}: {{klamme}} {m['value']}"),
    "a square bracket first": in_value(lambda m: f"{m['before']}{m['key']}: [sic] {m['value']}"),
    "a star first": in_value(lambda m: f"{m['before']}{m['key']}: *{m['value']}*"),
    "an at sign first": in_value(lambda m: f"{m['before']}{m['key']}: @{m['value']}"),
    "a per cent sign first": in_value(lambda m: f"{m['before']}{m['key']}: %{m['value']}"),
    "an exclamation mark first": in_value(lambda m: f"{m['before']}{m['key']}: !{m['value']}"),
    "Word's quotes around a value": in_value(lambda m: f"{m['before']}{m['key']}: “{m['value']}”"),
    "a value over two lines": in_value(lambda m: f"{m[0]}\n{' ' * len(m['before'])}  og en linje til"),
    "a space too many before a key": at_line(r"((?:  )+)(\w+: \w.*)", lambda m: f"{m[1]} {m[2]}", near=1),
    "a key that does not exist": in_value(lambda m: f"{m['before']}{m['key']}n: {m['value']}"),
    "a key twice": doubled_key,
    "no value": in_value(lambda m: f"{m['before']}{m['key']}:"),
    "an en dash for the dash": at_line(r"( *)- (\w+: .*)", lambda m: f"{m[1]}– {m[2]}"),
    "a dot for the dash": at_line(r"( *)- (\w+: .*)", lambda m: f"{m[1]}• {m[2]}"),
    "no bar": at_line(r"( *(?:- )?)(text|lead): \|", lambda m: f"{m[1]}{m[2]}:", near=4),
    "folded text": at_line(r"( *(?:- )?)(text|lead): \|", lambda m: f"{m[1]}{m[2]}: >"),
    "a text that is not indented": unindented_line,
    "an id of capitals": at_line(
        r"( *- )(callout|definition|table|figure|example): (.*)", lambda m: f"{m[1]}{m[2]}: {m[3].upper()} Å"
    ),
    "a type that does not exist": at_line(
        r"( *- )(callout|definition|table|example): (.*)", lambda m: f"{m[1]}{m[2]}s: {m[3]}"
    ),
    # Marks.
    # It may open what others close, in a line below.
    "bold left open": at_word(lambda w: f"**{w}", near=5),
    "bold by underscores": at_word(lambda w: f"__{w}__"),
    "bold in plain words": in_value(lambda m: f"{m['before']}{m['key']}: Et **fett ord** og {m['value']}", PLAIN),
    # It may close what another star begins, in a line below.
    "a star that closes nothing": at_word(lambda w: f"*{w}", near=5),
    "a heading": before_paragraph("## En overskrift"),
    "a heading under a line": before_paragraph("En overskrift\n============="),
    "an HTML element": at_word(lambda w: f"<b>{w}</b>"),
    "a comment of HTML": at_word(lambda w: f"{w} <!-- husk dette -->"),
    "an entity": at_word(lambda w: f"{w}&nbsp;ord"),
    "an address in brackets": at_word(lambda w: f"{w} <https://example.org/>"),
    "a link by name": at_word(lambda w: f"[{w}][1]"),
    "a link without https": at_word(lambda w: f"[{w}](www.example.org)"),
    "a link with a space": at_word(lambda w: f"[{w}] (https://example.org/)"),
    "a link the wrong way round": at_word(lambda w: f"({w})[https://example.org/]"),
    "a link that does not close": at_word(lambda w: f"[{w}](https://example.org/"),
    "a link to nothing": at_word(lambda w: f"[{w}](#finnes-ikke)"),
    "a footnote in place": at_word(lambda w: f"{w}^[en note]"),
    "a citation of what there is not": at_word(lambda w: f"{w} [@navn2020]"),
    "a citation in other words": at_word(lambda w: f"{w} [se @navn2020]"),
    "lowered text that does not end": at_word(lambda w: f"{w} H~2"),
    "raised text that does not end": at_word(lambda w: f"{w} m^2"),
    "mathematics left open": at_word(lambda w: f"{w} $$E=mc^2"),
    "mathematics that there is not": at_word(lambda w: f"{w} $\\fracc{{a}}{{b}}$"),
    "struck out text": at_word(lambda w: f"~~{w}~~"),
    "code that does not end": at_word(lambda w: f"`{w}"),
    "an image": at_word(lambda w: f"![{w}](bilde.png)"),
    "a command of LaTeX": at_word(lambda w: f"{w} \\newpage"),
    "a fenced block": before_paragraph("::: boks\nOrd.\n:::"),
    "a fence of code": before_paragraph("```\nOrd.\n```"),
    "a table of Markdown": before_paragraph("| en | to |\n|----|----|\n| 1 | 2 |"),
    "a block quotation": before_paragraph("> Noen sa dette."),
    "a rule": before_paragraph("---"),
    "points with dots": before_paragraph("• Første\n• Andre"),
    "points with stars": before_paragraph("* Første\n* Andre"),
    "points without a space": before_paragraph("-Første\n-Andre"),
    "points that skip a number": before_paragraph("1. Første\n3. Tredje"),
    "text right under a point": text_under_point,
    "a footnote without text": note_without_text,
    "a footnote that is not called": note_not_called,
    "a reference to nothing": at_word(lambda w: f"{w} {{p-99999}}"),
    "a reference that does not close": at_word(lambda w: f"{w} {{p-1"),
    "a reference of no kind": at_word(lambda w: f"{w} {{side:p-1}}"),
    "a fact that does not exist": at_word(lambda w: f"{w} {{fact:bedriftr}}"),
    "a reference in double braces": at_word(lambda w: f"{w} {{{{fact:bedrifter}}}}"),
    # Characters, words.
    "a no-break space": pasted("\N{NO-BREAK SPACE}"),
    "a soft hyphen": pasted("\N{SOFT HYPHEN}"),
    "a zero width space": pasted("\N{ZERO WIDTH SPACE}"),
    "a ligature": pasted("\N{LATIN SMALL LIGATURE FI}"),
    "a Cyrillic letter": pasted("а"),
    "a Greek letter": pasted("ο"),
    "a letter of two characters": pasted("a\N{COMBINING RING ABOVE}"),
    "a letter read in another encoding": pasted("Ã¸"),
    "a letter that was lost": pasted("\N{REPLACEMENT CHARACTER}"),
    "a non-breaking hyphen": pasted("\N{NON-BREAKING HYPHEN}"),
    "a tab in a text": at_word(lambda w: f"{w}\t{w}"),
    "a letter that no font has": at_word(lambda w: f"{w} 漢字"),
    "a picture letter": at_word(lambda w: f"{w} 😀"),
    "straight quotes": at_word(lambda w: f'"{w}"'),
    "Word's quotes": at_word(lambda w: f"“{w}”"),
    "a word twice": at_word(lambda w: f"{w} {w}"),
    "two spaces": at_word(lambda w: f"{w}  {w}en"),
    "points for an ellipsis": at_word(lambda w: f"{w} ..."),
    "something to fill in": at_word(lambda w: f"{w} TODO"),
    # Saved otherwise.
    "saved in Latin-1": saved_in_latin_1,
    "saved in UTF-16": whole(lambda text: text, "utf-16"),
    "a conflict of a merge": before_paragraph("<<<<<<< HEAD\nOrd.\n=======\nAndre ord.\n>>>>>>> main"),
}
HARMLESS: dict[str, Slip] = {
    "line ends of Windows": whole(lambda text: text.replace("\n", "\r\n")),
    "a byte order mark": whole(lambda text: f"\N{ZERO WIDTH NO-BREAK SPACE}{text}"),
    "no line end at the end": whole(lambda text: text.rstrip("\n")),
    "empty lines at the end": whole(lambda text: f"{text}\n\n\n"),
    "a comment above": whole(lambda text: f"# En merknad: «husk» [dette]\n{text}"),
    "a value in quotes": in_value(
        lambda m: f'{m["before"]}{m["key"]}: "{m["value"]}"' if "\\" not in m[0] and '"' not in m[0] else m[0]
    ),
    "a value in single quotes": in_value(
        lambda m: f"{m['before']}{m['key']}: '{m['value']}'" if "'" not in m[0] else m[0]
    ),
    "spaces at the end of a value": in_value(lambda m: f"{m[0]}   "),
    "spaces at the end of a line": at_word(lambda w: w, prose_rows),
    "a bar with a minus": at_line(r"( *(?:- )?(?:text|lead)): \|", lambda m: f"{m[1]}: |-"),
    "an empty line of spaces": whole(lambda text: re.sub(r"\n\n(?= +\S)", "\n      \n", text)),
    "two empty lines": whole(lambda text: re.sub(r"\n\n(?= +\S)", "\n\n\n", text)),
    "an empty line between blocks": whole(lambda text: re.sub(r"\n(?=  - [a-z_]+: )", "\n\n", text)),
    "an empty line first in a text": whole(lambda text: re.sub(r"(?m)^( *(?:- )?(?:text|lead): \|)$", r"\1\n", text)),
    "a no-break space between digits": whole(
        lambda text: re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\N{NO-BREAK SPACE}", text)
    ),
    "spaces at the end of every line": whole(lambda text: re.sub(r"(?m)(?<=[a-zæøå.])$", "  ", text)),
}


def all_slips() -> Iterator[tuple[str, Slip]]:
    yield from SLIPS.items()
    yield from HARMLESS.items()
