"""The rules bite: one fault at a time in the real content, and each is told where it is, and nothing else.

A kind of fault names its rule and puts itself into a place that the seed chooses. `approved` tells of every change
below a statement, as it should; it is looked at by faults of its own and left out of the others. So is `near-known`,
which tells of words by which a box finds its place.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest
from support.projects import ROOT, Project

from press.content.blocks import Quote
from press.content.report import Report
from press.content.strict_yaml import Located
from press.errors import Problem

pytestmark = pytest.mark.long

EACH = 8
"""Faults of each kind."""
APPROVED = "approved"
LEFT_OUT = {APPROVED, "near-known"}
DENIED = "Prøvebedriften Nordnes"
FOUND = tuple[str, str, int]
"""Rule, file and line of a problem."""


@dataclass(frozen=True)
class Fault:
    """A change of one file, and where it must be told."""

    file: str
    text: str
    """The whole file, with the fault in it."""
    line: int
    told: tuple[tuple[str, int], ...] = ()
    """File and line of each problem, if it is told elsewhere."""


@dataclass(frozen=True)
class Line:
    """A line of prose in the content: what an editor would put a fault into."""

    file: str
    number: int
    text: str

    def faulty(self, text: str) -> Fault:
        """Write the file with this line changed."""
        assert text != self.text
        lines = content(self.file).split("\n")
        lines[self.number - 1] = text
        return Fault(self.file, "\n".join(lines), self.number)


Kind = Callable[[Random], Fault]


@cache
def content(file: str) -> str:
    """Read a file of the publication."""
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def report() -> Report:
    return Project(ROOT).load()


@cache
def lines() -> Sequence[Line]:
    """Gather the lines of running text that hold nothing but words: no references, notes, marks or quoted words."""
    blocks = [block for _, block in report().blocks()]
    quoted = [" ".join(block.quote.split()) for block in blocks if isinstance(block, Quote)]
    found = []
    for block in blocks:
        if block.kind in {"text", "example", "callout", "definition"}:
            for text in block.prose():
                found += [
                    line
                    for line in _plain_lines(text)
                    if not any(q in line.text or line.text.strip() in q for q in quoted)
                ]
    return found


def _plain_lines(text: Located) -> Iterator[Line]:
    offset = 0
    for line in text.split("\n"):
        place = text.place_of(offset)
        offset += len(line) + 1
        if len(line.split()) > 8 and re.fullmatch(r"[A-ZÆØÅ][\w ,]+[.]", line) and not re.search(r"\d|Bedrift", line):
            whole = content(place.file).split("\n")[place.line - 1]
            assert whole.strip() == line
            yield Line(place.file, place.line, whole)


def word(old: str, new: str) -> Kind:
    """Put other words in the place of a pattern's match."""

    def fault(random: Random) -> Fault:
        fitting = [line for line in lines() if re.search(old, line.text)]
        line = random.choice(fitting)
        match = random.choice(list(re.finditer(old, line.text)))
        return line.faulty(line.text[: match.start()] + match.expand(new) + line.text[match.end() :])

    return fault


def inside(words: str) -> Kind:
    """Put words between two words of a line."""

    def fault(random: Random) -> Fault:
        line = random.choice(lines())
        gaps = [match.start() for match in re.finditer(r"(?<=[a-zæøå]) (?=[a-zæøå])", line.text)]
        at = random.choice(gaps)
        return line.faulty(f"{line.text[:at]} {words}{line.text[at:]}")

    return fault


def at_end(words: str) -> Kind:
    """Put words after the last word of a line, before its point."""

    def fault(random: Random) -> Fault:
        line = random.choice(lines())
        return line.faulty(f"{line.text.removesuffix('.')}{words}")

    return fault


def added(file: str, text: str) -> Kind:
    """Add lines at the end of a file; the last one is the fault."""

    def fault(random: Random) -> Fault:
        whole = content(file).rstrip("\n") + "\n" + text.replace("N", str(random.randint(100, 999)))
        return Fault(file, whole + "\n", whole.count("\n") + 1)

    return fault


def replaced(
    file: str, pattern: str, new: str, *, told_in: str = "", told_at: str = "", told_after: bool = False
) -> Kind:
    """Replace the match of a pattern in a file; told there, or in the line of another file that has `told_at`."""

    def fault(random: Random) -> Fault:
        files = [name for name in names(file) if re.search(pattern, content(name), re.MULTILINE)]
        name = random.choice(files)
        text = content(name)
        match = random.choice(list(re.finditer(pattern, text, re.MULTILINE)))
        line = text.count("\n", 0, match.end() if told_after else match.start()) + 1
        told: tuple[tuple[str, int], ...] = ()
        if told_in:
            there = next(i for i, found in enumerate(content(told_in).split("\n"), start=1) if told_at in found)
            told = ((told_in, there),)
        return Fault(name, text[: match.start()] + match.expand(new) + text[match.end() :], line, told)

    return fault


@cache
def names(pattern: str) -> Sequence[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))


def misspelt(random: Random) -> Fault:
    line = random.choice([line for line in lines() if re.search(r"\b[a-zæøå]{8,}\b", line.text)])
    match = random.choice(list(re.finditer(r"\b[a-zæøå]{8,}\b", line.text)))
    at = random.randint(3, len(match[0]) - 3)
    return line.faulty(f"{line.text[: match.start() + at]}xq{line.text[match.start() + at :]}")


def twice(random: Random) -> Fault:
    line = random.choice(lines())
    match = random.choice(list(re.finditer(r"(?<= )[a-zæøå]{3,}(?= [a-zæøå])", line.text)))
    return line.faulty(f"{line.text[: match.end()]} {match[0]}{line.text[match.end() :]}")


def too_long(random: Random) -> Fault:
    line = random.choice(lines())
    return line.faulty(f"{line.text.removesuffix('.')}{' og det samme gjelder her' * 12}.")


def typed_by_hand(random: Random) -> Fault:
    found = [
        (name, match)
        for name in names("content/*.yaml")
        if name not in {"content/facts.yaml", "content/report.yaml"}
        for match in re.finditer(
            r"(?m)^      .*(?P<fact>\{fact:(?P<name>bedrifter|laeringseksempler)\}) (industri)?(bedrifter|læringseks)",
            content(name),
        )
    ]
    name, match = random.choice(found)
    value = report().facts[match["name"]].value
    text = content(name)
    line = text.count("\n", 0, match.start("fact")) + 1
    return Fault(name, text[: match.start("fact")] + value + text[match.end("fact") :], line)


def stale(random: Random) -> Fault:
    """Change what statements rest on; told at each of them."""
    from press.editions.statements import claims

    found = claims(report())
    supports = [support for claim in found if "example" in claim.key for support in claim.supports]
    sentences = [s for s in random.choice(supports).sentences if len(s.text.split()) > 6]
    place = random.choice(sentences).place
    text = content(place.file).split("\n")
    text[place.line - 1] += " Alt er annerledes."
    resting = [
        claim for claim in found if any(s.place == place for support in claim.supports for s in support.sentences)
    ]
    told = tuple((claim.own.place.file, claim.own.place.line) for claim in resting)
    return Fault(place.file, "\n".join(text), place.line, told)


PROSE = "content/*.yaml"
KINDS: Mapping[str, tuple[str, Kind]] = {
    # Readers: what is in the file at all.
    "tab": ("tab", inside("\t")),
    "zero-width space": ("hidden-character", word(r"(?<=[a-z])(?=[a-z]{3})", "\u200b")),
    "direction mark": ("hidden-character", word(r"(?<= )(?=[a-z]{3})", "\u202e")),
    "Cyrillic letter": ("look-alike", word(r"(?<=[a-z])a(?=[a-z])", "\u0430")),
    "letter in two parts": ("composed", word("å", "a\u030a")),
    "key misspelt": ("schema", replaced(PROSE, r"^lead:", "leed:")),
    "key of a block misspelt": ("schema", replaced(PROSE, r"^    makes:", "    maks:")),
    "key twice": ("yaml", replaced(PROSE, r"^(title: .*\n)", r"\1\1", told_after=True)),
    "anchor": ("yaml", replaced(PROSE, r"^title: ", "title: &a ")),
    "choice that is none": ("schema", replaced(PROSE, r"width: (full|body)", "width: wide")),
    "fact that is no number": ("schema", replaced("content/facts.yaml", r"value: \d+", "value: mange")),
    "row too short": ("data", replaced("content/data/figur-1.yaml", r"^(      - \[[A-O], [^,\n]+), .*\]$", r"\1]")),
    # Rules.
    "reference to nothing": ("references-known", inside("({figur-99})")),
    "page of nothing": ("references-known", inside("({page:ingenting})")),
    "fact that is not registered": ("facts-known", inside("{fact:ukjent}")),
    "fact without that form": ("facts-known", inside("{fact:bedrifter.unit}")),
    "fact that nobody uses": ("facts-used", added("content/facts.yaml", "ubrukt-N: {value: 7, source: Studien}")),
    "number typed by hand": ("fact-typed", typed_by_hand),
    "brace left open": ("prose-marks", inside("{figur-1")),
    "footnote without its text": ("prose-marks", at_end("[^borte].")),
    "link without encryption": ("prose-marks", inside("[her](http://example.no)")),
    "code left open": ("prose-marks", inside("`kode")),
    "picture": ("prose-marks", inside("![her](a.png)")),
    "section listed nowhere": (
        "files-used",
        lambda random: Fault(f"content/glemt-{random.randint(1, 99)}.yaml", "title: Glemt\n", 0),
    ),
    "text without words": ("section-empty", added("content/styrker.yaml", "  - text: '[]'")),
    "sum that does not add up": (
        "sums-hold",
        replaced("content/sums.yaml", r"(?<=count: results, equals: )hovedresultater", "intervjuroller"),
    ),
    "alternative text that says nothing new": (
        "figure-complete",
        replaced(PROSE, r"^    alt: \|\n      ", r"    alt: |\n      Figuren viser at "),
    ),
    "quotation of other words": ("quote-in-text", replaced(PROSE, r"^  - quote: (\"?)(?=\w)", r"  - quote: \1Ikke ")),
    "party without a register": ("party-registered", inside("hos Bedrift Q")),
    "name of the deny list": ("anonymous", inside(DENIED)),
    "to be done": ("placeholder", inside("?? av dem")),
    "filler": ("placeholder", inside("[…]")),
    "two spaces": ("typography", word(r"(?<=[a-z]) (?=[a-z])", "  ")),
    "straight quotes": ("typography", word(r" ([a-z]{4,}) ", r' "\1" ')),
    "three points": ("typography", at_end("...")),
    "hyphen for a dash": ("typography", word(r"(?<=[a-z]) (?=[a-z])", " - ")),
    "thousands together": ("typography", inside("25000")),
    "per cent without its space": ("typography", inside("75%")),
    "English term": ("glossary", inside("tingenes nett")),
    "form of another house": ("house-forms", inside("framover")),
    "word misspelt": ("spelling", misspelt),
    "letter that no typeface has": ("letters-known", inside("∰")),
    "word twice": ("word-twice", twice),
    "sentence without end": ("sentence-length", too_long),
    "edition that names nothing": (
        "editions-whole",
        replaced("content/editions/summary.yaml", r"excerpt: figur-(\d)", r"excerpt: figur-9\1"),
    ),
    "statement gone stale": (APPROVED, stale),
}


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Copy what is checked; the tests change one file of it at a time."""
    folder = tmp_path_factory.mktemp("publication")
    for name in ("content", "figures", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return Project(folder).write("content/denylist.yaml", f"names: [{DENIED}]\n")


@pytest.fixture(scope="module")
def clean(publication: Project) -> Sequence[Problem]:
    return publication.problems()


def found_in(problems: Sequence[Problem]) -> set[FOUND]:
    return {
        (problem.rule, problem.place.file, problem.place.line) for problem in problems if problem.severity != "note"
    }


@pytest.mark.parametrize("number", range(EACH))
@pytest.mark.parametrize("name", KINDS)
def test_fault_is_told_where_it_is_and_nothing_else(
    publication: Project, clean: Sequence[Problem], name: str, number: int
) -> None:
    rule, kind = KINDS[name]
    fault = kind(Random(f"{name} {number}"))
    path = publication.folder / fault.file
    before = path.read_bytes() if path.exists() else None
    try:
        publication.write(fault.file, fault.text)
        problems = publication.problems()
    finally:
        path.unlink() if before is None else path.write_bytes(before)
    told = {found for found in found_in(problems) if rule == found[0] or found[0] not in LEFT_OUT}
    usual = found_in(clean)
    moved = fault.text.count("\n") - (before or b"").count(b"\n")
    shifted = {(r, f, n + moved if f == fault.file and n >= fault.line else n) for r, f, n in usual}
    assert told - usual - shifted == {(rule, file, line) for file, line in fault.told or ((fault.file, fault.line),)}, (
        problems
    )


def test_faults_are_many() -> None:
    assert len(KINDS) * EACH >= 300
