"""Slips that editors make in YAML: each is told at its own line and column, in words for people, and nothing else is.

The table is what was typed, and every problem that is told of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.projects import assert_problems
from test_strict_yaml import read, refused

from press.content.strict_yaml import parse_yaml
from press.errors import ContentError

SLIPS = {
    "double quote that never closes": (
        'title: Start\nblocks:\n  - example: "boks-a\n    party: A\n  - text: |\n      Ord.\n',
        '3:14: a quote (") opens here and does not close in this line [yaml] close it with " at the end of',
    ),
    "single quote that never closes": (
        "title: 'Start\nlead: A\nblocks:\n  - text: |\n      Det er 'bra'.\n",
        "1:8: a quote (') opens here and does not close in this line [yaml] close it with ' at the end of",
    ),
    "quote that another line's quote closes": (
        'title: "Start\nlead: "A"\n',
        '1:8: a quote (") opens here and does not close in this line [yaml] close it with " at the end of',
    ),
    "quote that never closes in the last line": (
        'a: 1\nb: "x\n',
        '2:4: a quote (") opens here and does not close in this line [yaml] close it with " at the end of',
    ),
    "quoted value over two lines": (
        'a: "en\n  to"\nb: 1\n',
        '1:4: a quote (") opens here and does not close in this line [yaml] close it with " at the end of',
    ),
    "no colon after the first key of an entry": (
        "blocks:\n  - table tabell-a\n    title: A\n",
        "2:5: a colon is missing after the key [yaml] `key: value`",
    ),
    "no colon after the first key of a mapping": (
        "result:\n  claim Det gikk bra\n  text: |\n    Ord.\n",
        "2:3: a colon is missing after the key [yaml] `key: value`",
    ),
    "no space after the colon of the first key": (
        "title:Start\nlead: A\n",
        "1:7: a space is missing after the colon [yaml] write `key: value`",
    ),
    "no space after the colon of an entry's key": (
        "blocks:\n  - text:Ord\n    id: a\n",
        "2:10: a space is missing after the colon [yaml] write `key: value`",
    ),
    "no space after a dash before a key": (
        "blocks:\n  -text: |\n      Ord.\n  - text: |\n      Ord.\n",
        "2:4: a space is missing after the dash [yaml] write `- ` before the entry",
    ),
    "no space after the only dash": (
        "blocks:\n  -text: |\n      Ord.\n",
        "2:4: a space is missing after the dash [yaml] write `- ` before the entry",
    ),
    "no space after a dash in a list of words": (
        "words:\n  -sam-men\n  - a\n",
        "2:4: a space is missing after the dash [yaml] write `- ` before the entry",
    ),
    "no space after the dash of the only word": (
        "words:\n  -sam-men\n",
        "2:4: a space is missing after the dash [yaml] write `- ` before the entry",
    ),
    "text not indented under a bar": (
        "blocks:\n  - text: |\n    Avsnitt om noe.\n  - text: |\n      Ord.\n",
        "3:5: the text under `|` is not indented [yaml] begin each of its lines in col",
    ),
    "text at the margin under a bar": (
        "blocks:\n  - text: |\nAvsnitt om noe.\nMer.\n",
        "3:1: the text under `|` is not indented [yaml] begin each of its lines in col",
    ),
    "text with a colon not indented under a bar": (
        "blocks:\n  - text: |\n    Avsnitt om noe: mer.\n",
        "2:11: no text is indented under this `|` [yaml] begin each line of the text tw",
    ),
    "second line of a text not indented": (
        "blocks:\n  - text: |\n      Første.\n    Andre linje.\n  - text: |\n      x\n",
        "4:5: this line is not indented as the text under `|` above it [yaml] begin it in the same column as",
    ),
    "second line of a text further left": (
        "blocks:\n  - text: |\n        Første.\n      Andre linje.\n  - text: |\n      x\n",
        "4:7: this line begins further left than the first line of its text [yaml] begin both in the same column,",
    ),
    "brace first": (
        "title: {fact:x} bedrifter\n",
        "1:8: a value that begins with { must stand in quotes [yaml] put the whole value in double",
    ),
    "reference alone": (
        "title: {fact:x}\n",
        "1:8: a value that begins with { must stand in quotes [yaml] put the whole value in double",
    ),
    "reference alone in a list": (
        "items:\n  - {page:figur-1}\n",
        "2:5: a value that begins with { must stand in quotes [yaml] put the whole value in double",
    ),
    "bracket first": (
        "title: [Utkast] Om noe\n",
        "1:8: a value that begins with [ must stand in quotes [yaml] put the whole value in double",
    ),
    "link first in an entry": (
        "items:\n  - [her](https://a.no) er\n  - b\n",
        "2:5: a value that begins with [ must stand in quotes [yaml] put the whole value in double",
    ),
    "exclamation mark first": (
        "title: !Viktig melding\n",
        "1:8: a value that begins with ! must stand in quotes [yaml] put the whole value in double",
    ),
    "exclamation mark and a space first": (
        "title: ! melding\n",
        "1:8: a value that begins with ! must stand in quotes [yaml] put the whole value in double",
    ),
    "per cent sign first": (
        "title: %-andel\n",
        "1:8: a value that begins with % must stand in quotes [yaml] put the whole value in double",
    ),
    "at sign first": (
        "title: @handle\n",
        "1:8: a value that begins with @ must stand in quotes [yaml] put the whole value in double",
    ),
    "backtick first": (
        "title: `kode` her\n",
        "1:8: a value that begins with ` must stand in quotes [yaml] put the whole value in double",
    ),
    "emphasis first": (
        "title: *Utheving* her\n",
        "1:8: a value that begins with * must stand in quotes [yaml] put the whole value in double",
    ),
    "strong emphasis first": (
        "title: **Utheving** her\n",
        "1:8: a value that begins with * must stand in quotes [yaml] put the whole value in double",
    ),
    "ampersand first": (
        "title: &co er\n",
        "1:8: a value that begins with & must stand in quotes [yaml] put the whole value in double",
    ),
    "ampersand and a space first": (
        "title: & co\n",
        "1:8: a value that begins with & must stand in quotes [yaml] put the whole value in double",
    ),
    "greater-than sign first": (
        "title: > 50 prosent\n",
        "1:8: a value that begins with > must stand in quotes [yaml] put the whole value in double",
    ),
    "text beside a bar": ("title: | Avsnitt\n", "1:8: text stands beside the | [yaml] begin the text in the next lin"),
    "hash first": (
        "title: #12 i arkivet\nb: 1\n",
        "1:8: what stands after ` #` is not read: YAML takes it for a comment [yaml] put the whole value in double",
    ),
    "hash in the middle": (
        "blocks:\n  - text: Vi viser til sak #12 i arkivet.\n",
        "2:28: what stands after ` #` is not read: YAML takes it for a comment [yaml] put the whole value in double",
    ),
    "colon in a title": (
        "title: Industri: en studie\n",
        "1:16: a colon with a space after it stands within the value [yaml] put the whole value in double",
    ),
    "colon in an entry's value": (
        "items:\n  - a: b: c\n",
        "2:9: a colon with a space after it stands within the value [yaml] put the whole value in double",
    ),
    "colon at the end of a value": (
        "title: Se her:\nlead: x\n",
        "1:14: a colon with a space after it stands within the value [yaml] put the whole value in double",
    ),
    "value over two lines": (
        "title: Ord og\n  flere ord\nlead: x\n",
        "2:3: the value of the line above goes on here, and the line's end would be lost [yaml] write it on one",
    ),
    "entry over two lines": (
        "keywords:\n  - a\n  - b\n    c\n",
        "4:5: the value of the line above goes on here, and the line's end would be lost [yaml] write it on one",
    ),
    "word without a dash, indented": (
        "keywords:\n  - a\n    b\n",
        "3:5: the value of the line above goes on here, and the line's end would be lost [yaml] write it on one",
    ),
    "folded paragraphs": (
        "lead: >\n  En.\n\n  To.\n",
        "1:7: `>` joins the lines below it to one, paragraphs and lists too [yaml] write `|`",
    ),
    "entry indented by one more": (
        "blocks:\n  - text: |\n      A\n   - text: |\n      B\n",
        "4:4: this dash begins in column 4, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "entry indented by one less": (
        "blocks:\n  - text: |\n      A\n - text: |\n      B\n",
        "4:2: this dash begins in column 2, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "key indented by one more": (
        "blocks:\n  - example: a\n    party: A\n     title: B\n",
        "4:6: this key begins in column 6, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "key indented by one less": (
        "blocks:\n  - example: a\n    party: A\n   title: B\n",
        "4:4: this key begins in column 4, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "entry without its dash": (
        "blocks:\n  - text: |\n      A\n  text: |\n      B\n",
        "4:3: a dash is missing: the entries above begin with `- ` [yaml] write `- ` before the key, and",
    ),
    "entry without its dash, indented": (
        "blocks:\n  - text: |\n      A\n    text: |\n      B\n",
        "4:5: the key 'text' stands here a second time (first in line 2) [yaml] remove one of them, or begin a",
    ),
    "key twice": (
        "a: 1\na: 2\n",
        "2:1: the key 'a' stands here a second time (first in line 1) [yaml] remove one of them, or begin a",
    ),
    "first key without a colon": (
        "title Start\nlead: A\n",
        "1:1: this line is neither `key: value` nor `- entry` [yaml] write its key and a colon befo",
    ),
    "second key without a colon": (
        "title: Start\nlead A\nblocks: []\n",
        "2:1: this line is neither `key: value` nor `- entry` [yaml] write its key and a colon befo",
    ),
    "semicolon for a colon": (
        "title; Start\nlead: A\n",
        "1:1: this line is neither `key: value` nor `- entry` [yaml] write its key and a colon befo",
    ),
    "key below a key with a value": (
        "title: Start\n  lead: A\n",
        "2:3: this key begins in column 3, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "quotes within quotes": (
        'title: "Han sa "ja" da"\n',
        '1:16: the quote (") closes here, and the value goes on after it [yaml] write quoted words as «…» and',
    ),
    "first word in quotes": (
        'title: "Ja" sa han\n',
        '1:11: the quote (") closes here, and the value goes on after it [yaml] write quoted words as «…» and',
    ),
    "apostrophe in single quotes": (
        "title: 'det's bra'\n",
        "1:12: the quote (') closes here, and the value goes on after it [yaml] write quoted words as «…» and",
    ),
    "apostrophe before a number": (
        "title: '80-tallet\nlead: b\n",
        "1:8: a quote (') opens here and does not close in this line [yaml] close it with ' at the end of",
    ),
    "word processor's quotes around a value": (
        "title: “Ord”\n",
        '1:8: “ is a mark that is printed, not a quote that holds a value together [yaml] type " around a value',
    ),
    "word processor's quotes around a colon": (
        "title: “Ord: mer”\n",
        '1:8: “ is a mark that is printed, not a quote that holds a value together [yaml] type " around a value',
    ),
    "bracket that never closes": (
        "keywords: [a, b\ntitle: x\n",
        "1:11: [ opens here and does not close [yaml] close it with ], or put the wh",
    ),
    "brace that closes a bracket": (
        "keywords: [a, b}\ntitle: x\n",
        "1:16: } stands where ] closes what [ opened [yaml] write ]",
    ),
    "quote that never closes in brackets": (
        'keywords: [a, "b, c]\ntitle: x\n',
        '1:15: a quote (") opens here and does not close in this line [yaml] close it with " at the end of',
    ),
    "comma in braces": (
        "columns:\n  - {key: a, heading: Sted, land, type: text}\n",
        "2:29: this stands between braces and is not `key: value` [yaml] put a value that holds a comma",
    ),
    "no space after a colon in braces": (
        "columns:\n  - {key:a, type: text}\n",
        "2:6: this stands between braces and is not `key: value` [yaml] put a value that holds a comma",
    ),
    "bullets for dashes": (
        "items:\n  • a\n  • b\n",
        "2:3: an entry begins with a dash (-), not with • [yaml] write `- ` before it",
    ),
    "en dash for a dash": (
        "items:\n  - a\n  – b\n",
        "3:3: an entry begins with a dash (-), not with – [yaml] write `- ` before it",
    ),
    "stars for dashes": (
        "items:\n  * a\n  * b\n",
        "2:3: an entry begins with a dash (-), not with * [yaml] write `- ` before it",
        "3:3: an entry begins with a dash (-), not with * [yaml] write `- ` before it",
    ),
    "dash first in a value": (
        "title: - noe\n",
        "1:8: a value that begins with - must stand in quotes [yaml] put the whole value in double",
    ),
    "question mark first in a value": (
        "title: ? noe\n",
        "1:8: a value that begins with ? must stand in quotes [yaml] put the whole value in double",
    ),
    "backslash that makes a line of its own": (
        'title: "C:\\ny"\n',
        "1:11: in double quotes \\n does not stand for itself [yaml] put the value in single quotes",
    ),
    "backslash that means nothing": (
        'title: "50 \\% mer"\n',
        "1:12: in double quotes \\% does not stand for itself [yaml] put the value in single quotes",
    ),
    "second document": (
        "a: 1\n---\nb: 2\n",
        "2:1: a second document begins here [yaml] remove the `---`, or indent it",
    ),
    "comma first": (
        "title: , og\n",
        "1:8: a value that begins with , must stand in quotes [yaml] put the whole value in double",
    ),
    "closing bracket first": (
        "title: ] og\n",
        "1:8: a value that begins with ] must stand in quotes [yaml] put the whole value in double",
    ),
    "hash in brackets": (
        "k: [a, sak #12, b]\nt: x\n",
        "1:12: what stands after ` #` is not read: YAML takes it for a comment [yaml] put the whole value in double",
    ),
    "star alone": (
        "a: *x\n",
        "1:4: a value that begins with * must stand in quotes [yaml] put the whole value in double",
    ),
    "question mark first in an entry": (
        "items:\n  - ? Hva\n",
        "2:5: a value that begins with ? must stand in quotes [yaml] put the whole value in double",
    ),
    "four slips in one file": (
        'title: A: b\nlead: "x\nblocks:\n  -text: |\n      Ord.\n',
        "1:9: a colon with a space after it stands within the value [yaml] put the whole value in double",
        '2:7: a quote (") opens here and does not close in this line [yaml] close it with " at the end of',
        "4:4: a space is missing after the dash [yaml] write `- ` before the entry",
    ),
    "dash among keys": ("title: A\n- b\n", "2:1: a dash stands among keys [yaml] leave the dash out, or indent"),
    "entry of a text further left": (
        "lead: |\n  - a\n - b\nblocks: []\n",
        "3:2: this line begins further left than the first line of its text [yaml] begin both in the same column,",
    ),
    "list of a text not indented": (
        "blocks:\n  - text: |\n      Innledning:\n    - punkt\n    - punkt\n",
        "4:5: a dash stands among keys [yaml] leave the dash out, or indent",
    ),
    "key between two others": (
        "a:\n    b: 1\n  c: 2\n",
        "3:3: this key begins in column 3, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "key below a lonely dash": (
        "a:\n  -\n    b: 1\n   c: 2\n",
        "4:4: this key begins in column 4, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "item indented more than the ones below": (
        "keywords:\n    - a\n  - b\n  - c\n",
        "2:5: this dash begins in column 5, those below it in column 3 [yaml] begin it in column 3",
    ),
    "first key indented": (
        "blocks:\n  - example: a\n     party: A\n",
        "3:6: this key begins in column 6, where nothing begins that it could stand with [yaml] begin it in",
    ),
    "all keys but the first at the margin": (
        " title: A\nlead: B\nblocks: []\n",
        "1:2: this key begins in column 2, those below it in column 1 [yaml] begin it in column 1",
    ),
    "backslash of a path": (
        'title: C:\\temp\nlead: "C:\\temp"\n',
        "2:10: in double quotes \\t does not stand for itself [yaml] put the value in single quotes",
    ),
    "closing bracket only": (
        "keywords: a, b]\ntitle: [a, b\n",
        "2:8: [ opens here and does not close [yaml] close it with ], or put the wh",
    ),
    "quote in a list of brackets": (
        'rows:\n  - [A, "B]\n  - [C, "D"]\n',
        '2:9: a quote (") opens here and does not close in this line [yaml] close it with " at the end of',
    ),
    "text on the line of the key and below": (
        "lead: Først\n  så mer\n  og mer\n",
        "2:3: the value of the line above goes on here, and the line's end would be lost [yaml] write it on one",
    ),
    "text that goes on without a dash": (
        "items:\n  - en\n  to\n",
        "3:3: this line is neither `key: value` nor `- entry` [yaml] write its key and a colon befo",
    ),
    "apostrophe that opens": (
        "lead: 'Sørkyst' er navnet\n",
        "1:15: the quote (') closes here, and the value goes on after it [yaml] write quoted words as «…» and",
    ),
    "percent line": (
        "% notat\ntitle: A\n",
        "1:1: this line is neither `key: value` nor `- entry` [yaml] write its key and a colon befo",
    ),
    "html comment": (
        "<!-- notat -->\ntitle: A\n",
        "1:1: this line is neither `key: value` nor `- entry` [yaml] write its key and a colon befo",
    ),
    "double slash comment": (
        "// notat\ntitle: A\n",
        "1:1: this line is neither `key: value` nor `- entry` [yaml] write its key and a colon befo",
    ),
    "colon in a list of brackets": (
        'a: [b, "c": d: e]\n',
        "1:14: the file cannot be understood from here on [yaml] look at the indentation, the q",
    ),
}
OF_THE_PARSER = re.compile(
    r"mapping|scalar|token|sequence|stream|indicator|anchor|alias|\btag\b|expected|kebab|folded",
    re.IGNORECASE,
)
"""Words of YAML's grammar, which an editor need not know."""


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_slip_is_told_where_it_is_and_nothing_else(tmp_path: Path, slip: tuple[str, ...]) -> None:
    text, *expected = slip
    found = refused(tmp_path, text)
    assert_problems(found, *expected, file="a.yaml")
    assert not [str(problem) for problem in found if OF_THE_PARSER.search(f"{problem.what} {problem.mend}")]


# Slips put into whole content, one by one: the line that was spoilt is told, and no other.

CONTENT = """\
# yaml-language-server: $schema=../press/schemas/section.json
title: Norsk industris muligheter
short_title: "Muligheter: kort"
lead: |
  Ingressen har to linjer.
  Dette er den andre: den har kolon.

  - Et punkt, med komma.
  - Et punkt til #12.
blocks:
  - text: |
      Første avsnitt om [lenker](https://www.sintef.no/) og {figur-1}.
      Det er «bra», og 'dette' med.

      Andre avsnitt.
  - example: boks-a
    party: A
    theme: Datadeling
    title: Tittelen på boksen
    text: |
      Bedrift A har lært.
  - table: tabell-1
    title: Bedrifter
    columns:
      - {heading: Bransje}
      - {heading: Antall, align: right}
      - {heading: "Sted, land"}
    rows:
      - [Maskin, 3, "Oslo, Norge"]
      - [Verft, 4, Florø]
      - [
          Støperi,
          5,
          Mo,
        ]
    source: "Egen fremstilling: tall fra 2018"
  - questions: om-strategi
    title: Strategi
    items:
      - Har bedriften en strategi?
      - Hvem eier den?
      - Når ble den laget?
closing:
- text: |
    Til slutt.
- quote: Tillit må til
  speaker: Tillitsvalgt
"""
VALUE = re.compile(r"(?P<key> *(?:- )?[\w-]+: )(?P<value>[^|>\s\"'\[{].*)\Z")
QUOTED = re.compile(r"(?P<key> *(?:- )?[\w-]+: )\"(?P<value>.*)\"\Z")
ENTRY = re.compile(r"(?P<indent> *)- (?P<value>.*)\Z")


def spoilt(line: str) -> list[str]:
    """Make every slip in a line that it can have."""
    found: list[str] = []
    if match := VALUE.match(line):
        key, value = match["key"], match["value"]
        found += [f'{key}"{value}', f"{key}'{value}", f"{line}: mer", f"{line}: ", f"{line} #12", f'{key}"Ord" {value}']
        found += [f"{key}{first}{value}" for first in "@`!*&%{[,]"]
        found += [f"{key}{first} {value}" for first in ("!", "&", "-", "?", ">", "|", "#")]
        found += [f"{key}“{value}”", f"{key}{value}: [", f"{key}„{value}"]
    if match := QUOTED.match(line):
        key, value = match["key"], match["value"]
        found += [line[:-1], f'{key}{value}"', f'{key}"Det "er" {value}"', f"{key}“{value}”", f"{key}'{value}\""]
    if (match := ENTRY.match(line)) and not match["value"].startswith(("Et ", "[")):
        found += [f"{match['indent']}-{match['value']}", f"{match['indent']}• {match['value']}"]
    return found


def test_slip_in_a_whole_file_is_told_at_its_line() -> None:
    parse_yaml(CONTENT, "a.yaml")
    lines = CONTENT.split("\n")
    tried = 0
    for row, line in enumerate(lines):
        for slip in spoilt(line):
            with pytest.raises(ContentError) as caught:
                parse_yaml("\n".join([*lines[:row], slip, *lines[row + 1 :]]), "a.yaml")
            told = [str(problem) for problem in caught.value.problems]
            assert {problem.place.line for problem in caught.value.problems} == {row + 1}, f"{slip!r}: {told}"
            tried += 1
    assert tried > 300


# What is no slip.

SOUND = {
    "comment of its own": ("# merknad\na: b\n  # innrykket\nc: d\n", {"a": "b", "c": "d"}),
    "acceptance after a value": ("a: b  # ok: figure-cited – derfor\n", {"a": "b"}),
    "comment after a key, a bar, quotes and brackets": (
        "a:  # en\n  b: |  # to\n    ord\n  c: 'd'  # tre\n  e: [f]  # fire\n",
        {"a": {"b": "ord\n", "c": "d", "e": ["f"]}},
    ),
    "hash within a word": ("a: C#-kode, nr.#12\n", {"a": "C#-kode, nr.#12"}),
    "hash in quotes": ("a: \"sak #12\"\nb: 'sak #12'\n", {"a": "sak #12", "b": "sak #12"}),
    "hash under a bar": ("a: |\n  sak #12\n", {"a": "sak #12\n"}),
    "colon without a space": ("a: kl. 12:30, https://www.sintef.no/\n", {"a": "kl. 12:30, https://www.sintef.no/"}),
    "colon in quotes": ('a: "b: c"\n', {"a": "b: c"}),
    "quotes within a value": ("a: Han sa \"ja\" og 'nei'\n", {"a": "Han sa \"ja\" og 'nei'"}),
    "escaped quotes": ('a: "Han sa \\"ja\\""\n', {"a": 'Han sa "ja"'}),
    "doubled quote": ("a: 'det''s'\n", {"a": "det's"}),
    "backslash in single quotes": ("a: 'C:\\temp'\n", {"a": "C:\\temp"}),
    "doubled backslash": ('a: "C:\\\\temp"\n', {"a": "C:\\temp"}),
    "Norwegian quotes first": ("a: «Sørkyst» er navnet\n", {"a": "«Sørkyst» er navnet"}),
    "minus first": ("a: -5\nb: [-5, –5]\n", {"a": "-5", "b": ["-5", "–5"]}),
    "value in the next line": ("a:\n  b\nc:\n  -5\n", {"a": "b", "c": "-5"}),
    "list in the key's column": ("a:\n- b\n- c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
    "brackets over lines": ("a: [\n  b, c,\n]\nd: {e: f,\n  g: h}\n", {"a": ["b", "c"], "d": {"e": "f", "g": "h"}}),
    "text further in": ("a: |\n  b\n    c\n\n  d\n", {"a": "b\n  c\n\nd\n"}),
    "document mark at the head": ("---\na: b\n", {"a": "b"}),
    "empty list": ("a: []\nb:\n", {"a": [], "b": ""}),
}


@pytest.mark.parametrize(("text", "value"), SOUND.values(), ids=SOUND)
def test_what_is_no_slip_is_read_as_written(tmp_path: Path, text: str, value: object) -> None:
    assert read(tmp_path, text) == value
