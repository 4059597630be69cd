"""A publication with a mark in every channel that takes content, files outside it that nobody may read, and its build.

For tests of threats: they put a payload into one channel or all, and see what came of it.
"""

from __future__ import annotations

import io
import re
import signal
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType

import pikepdf
import pytest
from PIL import Image
from support.pdf import Pdf
from support.projects import PNG, ROOT, Project

import build
from press.compose.parts import compose
from press.editions.edition import FULL
from press.words.prose import ESCAPED

CANARY = "Kanari7b1f"
"""Words that stand in files outside the project and nowhere else."""
GOOD_PDF = b"%PDF-1.7 the last good one"
LONGEST_S = 60
"""What no case comes near, and what one that never ends is ended by."""
EMBEDS = ("href", "src", "data", "action", "style", "srcset", "background", "poster", "content-url")
BALANCED = re.compile(r"(?:width: \d+\.\dpt)?")
ACTIVE = {"script", "iframe", "frame", "object", "embed", "form", "input", "button", "base", "style", "svg"}
"""Elements that composed pages never have."""

# `<<name>>` takes words, `<<name=start>>` takes a name that must be right; both stand in single quotes. `<<|name>>`
# stands in a block, `<<"name>>` in CSV. A line has one mark for words at the most, so that a problem names it.

CONTENT = {
    "content/report.yaml": """\
title: '<<title>>'
subtitle: '<<subtitle>>'
publisher: '<<publisher>>'
edition: '<<edition>>'
date: '<<date=2026-11-23>>'
language: '<<language=nb>>'
subject: '<<subject>>'
keywords: ['<<keyword>>']
rights: '<<rights>>'
colophon: '{fact:andel.words} {fact:tall.unit}. <<colophon>>'
imprint: '<<imprint>>'
parties: [A]
motif: {lines: '<<motif=tall>>', marked: tall}
order:
  chapters:
    - '<<section id=start>>':
        - '<<subsection id=under>>'
  '<<group=appendices>>':
    - vedlegg
""",
    "content/facts.yaml": """\
'<<fact id=tall>>':
  value: '<<fact value=33>>'
  unit: '<<fact unit>>'
  source: '<<fact source>>'
  note: '<<fact note>>'
andel:
  value: 33.5
  words: '<<fact words>>'
  source: Ord.
""",
    "content/terms.yaml": """\
foreign: {'<<language tag=en>>': ['<<foreign word>>']}
abbreviations:
  '<<abbreviation>>':
    '<<long form>>'
""",
    "content/hyphenation.yaml": "words: ['<<hyphenation=sam-men>>']\n",
    "content/under.yaml": "title: Under\nblocks:\n  - text: Ord.\n",
    "content/vedlegg.yaml": "title: Vedlegg\nblocks:\n  - text: Ord.\n",
    "content/start.yaml": """\
title: '<<section title>>'
'<<key=short_title>>': '<<short title>>'
lead: '<<lead>>'
divider: {id: '<<divider id=skille>>', text: '<<divider>>'}
result:
  claim: '<<claim>>'
  text: '<<result>>'
  rests_on: [start]
blocks:
  - text: '<<text>>'
  - text: '<<foreign word>>'
  - text: '<<abbreviation>>'
  - text: 'Se {<<reference=boks>>}, {page:<<page of=boks>>}, {title:<<title of=boks>>}, {tabell}, {matrise}.'
  - text: '{fact:<<fact=tall>>} [lenke](<<link=https://example.no/a>>) og [dit](#<<anchor=boks>>).'
  - text: '- <<list item>>'
  - text: '[<<link text>>](https://example.no/b)'
  - text: |
      Ord.[^<<|note name=n>>]

      [^<<|note name=n>>]: <<|note>>
  - text: '<<quote>> til.'
  - quote: '<<quote>>'
    speaker: '<<speaker>>'
  - '<<block=callout>>': '<<callout id=boks>>'
    title: '<<callout title>>'
    text: '<<callout>>'
  - definition: '<<definition id=begrep>>'
    term: '<<term>>'
    text: '<<definition>>'
  - example: '<<example id=eksempel>>'
    party: A
    theme: '<<theme>>'
    title: '<<example title>>'
    makes: '<<makes>>'
    text: '<<example>>'
  - example: eksempel-to
    party: A
    about: '<<about>>'
    theme: Tema
    title: Eksempel
    text: Ord.
  - matrix: '<<matrix id=matrise>>'
    title: '<<matrix title>>'
    caption: '<<matrix caption>>'
    source: '<<matrix source>>'
    alt: '<<matrix alt>>'
    rows: ['<<matrix row>>', B]
    columns: ['<<matrix column>>', D]
    quadrants:
      - title: '<<quadrant>>'
        items: ['<<quadrant item>>']
      - {title: F, items: [f]}
      - {title: G, items: [g]}
      - {title: H, items: [h]}
  - table: '<<table id=tabell>>'
    title: '<<table title>>'
    width: '<<width=body>>'
    # Or its caption would stand beside it or not, as it is long.
    divided: true
    columns: [{heading: '<<table heading>>', align: '<<align=left>>'}]
    rows: [['<<table cell>>']]
    source: '<<table source>>'
  - questions: '<<questions id=guide>>'
    title: '<<questions title>>'
    items: ['<<question>>']
  - key_results: '<<results id=resultater>>'
    style: '<<style=cards>>'
  - photo: '<<photo id=bilde>>'
    caption: '<<photo caption>>'
    image: '<<image=a.png>>'
    alt: '<<photo alt>>'
    credit: '<<credit>>'
""",
}
FIGURE = {
    "content/report.yaml": CONTENT["content/report.yaml"][: CONTENT["content/report.yaml"].index("colophon")]
    + "colophon: Ord.\nimprint: Ord.\norder: {chapters: [start]}\n",
    "content/start.yaml": """\
title: Start
blocks:
  - text: 'Se {figur-1}.'
  - figure: '<<figure id=figur-1>>'
    title: '<<figure title>>'
    caption: '<<figure caption>>'
    source: '<<figure source>>'
    alt: '<<figure alt>>'
    lists: [{table: '<<listed table=punkter>>', columns: ['<<listed column=navn>>']}]
  - figure_data: '<<figure data id=tallene>>'
""",
    "content/data/figur-1.yaml": """\
labels: {'<<label id=akse>>': '<<label>>'}
shapes: {'<<shape id=land>>': '<<shape=land.json>>'}
tables:
  '<<data table=punkter>>':
    title: '<<data title>>'
    columns:
      - {key: '<<column=navn>>', heading: '<<data heading>>', type: '<<type=text>>'}
      - {key: antall, heading: Antall, type: integer}
    rows:
      - ['<<cell>>', 1]
  linjer:
    columns: [{key: navn, heading: Navn, type: text}]
    csv: '<<csv=a.csv>>'
""",
    "content/data/a.csv": 'navn\n<<"csv cell>>\n',
    "content/data/land.json": '{"type": "Ord"}\n',
    "figures/figur_1.py": """\
from textwrap import fill

from matplotlib.figure import Figure


def draw(data):
    figure = Figure(figsize=(5, 3))
    for number, words in enumerate([*data.labels.values(), *(row["navn"] for row in data.tables["linjer"])]):
        figure.text(0.1, 0.1 + 0.5 * number, fill(words, 50), fontsize=7)
    return figure
""",
}
MARK = re.compile(r'<<([|"]?)([a-z ]+)(?:=([^>]*))?>>')
FIRST_OF = {
    name: content for content in (FIGURE, CONTENT) for text in content.values() for _, name, _ in MARK.findall(text)
}
NAMES = sorted({m[1] for text in (*CONTENT.values(), *FIGURE.values()) for m in MARK.findall(text) if m[2]})
WORDS = sorted(FIRST_OF.keys() - set(NAMES))
PROSE = [
    "rights",
    "colophon",
    "imprint",
    "lead",
    "result",
    "text",
    "list item",
    "note",
    "callout",
    "definition",
    "example",
]
NOT_PRINTED = {"fact source", "fact note", "label", "matrix alt"}
"""Read by editors only; drawn as outlines; a table that stands in print itself."""
LITERAL = {"long form"}
"""Printed as they stand, so that a brace in them needs no backslash."""


def publication(folder: Path, values: Mapping[str, str], content: Mapping[str, str] | None = None) -> Project:
    """Write the publication that has the first channel named, with these values where it has their marks."""
    content = content or FIRST_OF[next(iter(values), "title")]

    def value(match: re.Match[str]) -> str:
        kind, name, default = match.groups()
        words = values.get(name, default or f"Ord om {name}")
        if kind == '"':
            return '"' + words.replace('"', '""') + '"'
        return words if kind == "|" else words.replace("'", "''")

    project = Project(folder)
    for name, text in content.items():
        project.write(name, MARK.sub(value, text))
    if content is not FIGURE:
        project.write("content/images/a.png", PNG)
    return project.write("build/report.pdf", GOOD_PDF)


def lines_of(content: Mapping[str, str], name: str) -> set[str]:
    """Tell where a channel is: `file:line` of each of its marks."""
    return {
        f"{file}:{number}"
        for file, text in content.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if name in {found for _, found, _ in MARK.findall(line)}
    }


# What lies outside.


@dataclass(frozen=True)
class Outside:
    """Files that no build may read and a door that none may knock at."""

    folder: Path
    listener: socket.socket

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    @property
    def was_called(self) -> bool:
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def fill(self, text: str) -> str:
        """Put the folder (`FOLDER`) and the address (`ADDRESS`) into a payload."""
        return text.replace("FOLDER", str(self.folder)).replace("ADDRESS", self.address)


@contextmanager
def laid_out(folder: Path) -> Iterator[Outside]:
    """Write the files that lie outside into a folder, and listen."""
    pixels = Image.frombytes("L", (len(CANARY), 1), CANARY.encode())
    pixels.save(folder / "hemmelig.png")
    nb = (ROOT / "templates/language/nb.yaml").read_text(encoding="utf-8")
    for name, text in {
        "passwd": f"{CANARY}:x:0:0::/root:/bin/sh\n",
        "hemmelig.txt": f"{CANARY}\n",
        "hemmelig.yaml": f"title: {CANARY}\n",
        "hemmelig.csv": f"navn\n{CANARY}\n",
        "hemmelig.json": f'{{"type": "{CANARY}"}}',
        "hemmelig.css": f"p::before {{ content: '{CANARY}' }}\n",
        "hemmelig.j2": f"<p>{CANARY}</p>\n",
        "hemmelig.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><title>{CANARY}</title></svg>',
        "hemmelig.py": f"raise ValueError('{CANARY}')\n",
        "facts.yaml": f"tall: {{value: 33, unit: {CANARY}, words: {CANARY}, source: {CANARY}}}\n",
        "terms.yaml": f"foreign: {{en: [Ord]}}\nabbreviations: {{Ord: {CANARY}}}\n",
        "hyphenation.yaml": f"words: [{CANARY}]\n",
        "data.yaml": FIGURE["content/data/figur-1.yaml"].replace("<<data title>>", CANARY),
        "nb.yaml": nb.replace("contents: Innhold", f"contents: {CANARY}"),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield Outside(folder, listener)


@contextmanager
def patience() -> Iterator[None]:
    """End what hangs, so that a threat of endlessness fails by its name instead of stopping the run."""

    def end(signal_number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"this was not done after {LONGEST_S} seconds")

    if not hasattr(signal, "SIGALRM"):  # Windows has no such clock
        yield
        return
    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(LONGEST_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# What a build does.


@dataclass
class Page(HTMLParser):
    """What composed HTML is made of: elements with their attributes, addresses, and words."""

    elements: list[tuple[str, ...]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Whether a list is one of long items is the items' affair, as it is the words' whether they are a term or are
        # kept whole: such a mark says nothing but its name.
        names = {name for name, _ in attrs} - ({"class"} if tag == "ul" else set())
        if tag not in {"span", "abbr"} or not names <= {"class", "lang", "title"}:
            self.elements.append((tag, *sorted(names)))
        # How wide a title is set follows from its words.
        addresses = [value or "" for name, value in attrs if name in EMBEDS]
        self.addresses += [re.sub(r"[\d.]+", "0", each) for each in addresses if not BALANCED.fullmatch(each)]
        self.words += [f" {value} " for name, value in attrs if name not in {*EMBEDS, "class", "lang"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment",))

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def made_of(self) -> tuple[list[tuple[str, ...]], list[str]]:
        return self.elements, self.addresses


@dataclass(frozen=True)
class Outcome:
    """What came of a build as far as composed HTML."""

    code: int
    said: str
    page: Page

    @property
    def places(self) -> set[str]:
        """Give `file:line` of every problem."""
        return set(re.findall(r"(?m)^(\S[^:\n]*:\d+)", self.said))


Build = Callable[[Project], Outcome]


def everything(folder: Path) -> dict[str, bytes]:
    """Give every ordinary file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def outcome(project: Project, capsys: pytest.CaptureFixture[str], outside: Outside) -> Outcome:
    """Go through the door; sees to all that holds of every case.

    It is done or there is something to mend, with a file named; nothing is written but whole pages in their folder and
    what is kept of drawings, the last good PDF is as it was; the canary is neither said nor written, and nobody has
    knocked outside.
    """
    output = project.folder.parent / "ut"
    before = everything(project.folder.parent)
    given = ["--project", str(project.folder), "--output", str(output)]
    code = build.main(["report", "--quiet", "--until", "compose", *given])
    out, err = capsys.readouterr()
    after = everything(project.folder.parent)
    ours = ("ut/", f"{project.folder.name}/.cache/")
    written = {name: data for name, data in after.items() if name.startswith(ours)}
    assert "Traceback" not in err
    assert code in {build.DONE, build.TO_MEND}, err
    assert {name: data for name, data in after.items() if name not in written} == before
    assert CANARY not in out + err
    assert not any(CANARY.encode() in data for data in written.values())
    assert not outside.was_called
    if code == build.TO_MEND:
        assert not output.exists()
        assert len(out.splitlines()) >= 2
        for line in out.splitlines()[::2]:
            assert re.match(r"(content|figures|templates)/\S+: .+ \[[a-z0-9-]+\]$", line), line
    page = Page()
    for name in sorted(written):
        if name.endswith(".html"):
            page.feed(written[name].decode())
    page.close()
    return Outcome(code, out, page)


@cache
def harmless(is_figure: bool) -> Page:
    """Compose the publication with nothing but its words."""
    with tempfile.TemporaryDirectory() as folder:
        project = publication(Path(folder), {}, FIGURE if is_figure else CONTENT)
        assert project.errors() == []
        page = Page()
        for part in sorted(compose(project.load(), FULL).parts, key=lambda part: part.id):
            page.feed(part.html)
        page.close()
        return page


def refused_and_printed(folder: Path, names: Iterable[str], payload: str, go: Build) -> tuple[set[str], set[str]]:
    """Fill channels of one publication with a payload; returns the channels that refuse it and those that print it.

    What is refused is left out, until the rest is let through: each channel is refused in its own line, or what it
    holds stands on the page letter by letter, which otherwise is as with harmless words.
    """
    left, refused, content = set(names), set[str](), FIRST_OF[next(iter(names))]
    usual = harmless(content is FIGURE)

    def built(channels: Iterable[str]) -> Outcome:
        told = sorted(channels)
        place = folder / f"{len(list(folder.iterdir()))}" / "publication"
        return go(publication(place, {name: f"{payload} i {name}" for name in told}, content))

    while left:
        result = built(left)
        if result.code == build.DONE:
            if result.page.made_of != usual.made_of:
                guilty = [name for name in sorted(left) if built([name]).page.made_of != usual.made_of]
                pytest.fail(f"these channels make more than words of {payload!r}: {guilty}")
            missing = {name for name in left - NOT_PRINTED if as_printed(name, payload) not in result.page.text}
            assert missing == set(), f"these channels do not print {payload!r}"
            break
        named = {name for name in left if lines_of(content, name) & result.places}
        assert named, f"none of {sorted(left)} is named by this:\n{result.said}"
        left -= named
        refused |= named
    return refused, left


def as_printed(name: str, payload: str) -> str:
    words = f"{payload} i {name}"
    return words if name in LITERAL else ESCAPED.sub(lambda match: match[0][1], words)


def assert_refused(result: Outcome, file: str = "", *, line: bool = True) -> None:
    assert result.code == build.TO_MEND, "this was let through"
    where = re.escape(file) if "." in file else rf"{file or '(content|figures|templates)/'}[^\s:]+"
    assert re.search(rf"(?m)^{where}{':[0-9]+' if line else ''}", result.said), result.said


def assert_nothing_new(result: Outcome, name: str) -> None:
    """See that a composed page has only what harmless words give it."""
    usual = harmless(FIRST_OF[name] is FIGURE)
    assert set(result.page.elements) <= set(usual.elements)
    new = set(result.page.addresses) - set(usual.addresses)
    assert all(address.startswith(("https://", "#")) for address in new), new


def composed(project: Project) -> str:
    """Give the HTML of a publication that has nothing to mend."""
    assert project.errors() == []
    return "".join(part.html for part in compose(project.load(), FULL).parts)


def opened(pdf: bytes) -> bytes:
    """Give all that a PDF holds, with its streams unpacked and its strings decoded."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        held = [pdf]
        for found in read.objects:
            held += strings(found)
            if isinstance(found, pikepdf.Stream):
                held.append(found.read_raw_bytes())
                if "/DCTDecode" not in repr(found.get("/Filter")):
                    held.append(found.read_bytes())
    return b"\n".join(held)


def strings(found: object) -> Iterator[bytes]:
    if isinstance(found, pikepdf.String):
        yield from (bytes(found), str(found).encode())
    elif isinstance(found, pikepdf.Array):
        for item in found.as_list():
            if not getattr(item, "is_indirect", False):
                yield from strings(item)
    elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        for key, item in found.items():
            yield key.encode()
            if not getattr(item, "is_indirect", False):
                yield from strings(item)


def addresses(pdf: bytes) -> set[str]:
    """Tell all that the links of a PDF lead to, outside it."""
    return {link.target for link in Pdf(pdf).links if not link.inside}
