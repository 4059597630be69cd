"""Random publications, each from a seed: every block type, long and short, in texts as editors type them.

`Publication(seed)` is what an author might write, with no sense in it. `write` puts it into a folder, in the YAML that
an editor writes; `reads` tells of each text what must be read of it in print (see `typed`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from support.projects import PNG, Project
from support.typed import CITED, END, FACTS, FACTS_READ, REFERENCE, SOURCES, Said, Text, Typist, same

PARTIES = "ABCDEF"
SETTINGS: dict[str, Any] = {
    "title": "Tilfeldig publikasjon",
    "subtitle": "En prøve",
    "publisher": "Utgiveren",
    "edition": "Første utgave",
    "date": "2026-11-23",
    "language": "nb",
    "subject": "Prøver",
    "keywords": ["prøve"],
    "rights": "Fritt.",
    "colophon": "Laget for prøvene: {fact:bedrifter}, {fact:andel}, {fact:ansatte}.",
    "imprint": "Slutt.",
    "parties": list(PARTIES),
}
COLOPHON_READ = f"Laget for prøvene: {FACTS_READ['bedrifter']}, {FACTS_READ['andel']}, {FACTS_READ['ansatte']}."
PLAIN = re.compile(r"[\w«§(].*")
"""What may stand in YAML without quotes."""
Block = dict[str, Any]
"""A block as it stands in YAML; its keys are in the order in which their words are printed, where that is fixed."""


def strings(value: Any) -> Iterator[str]:
    """Yield every text in what is to be YAML, in order."""
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


@dataclass
class Section:
    """A section file, and those below it."""

    id: str
    data: dict[str, Any]
    children: list[Section] = field(default_factory=list)

    def walk(self) -> Iterator[Section]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def order(self) -> Any:
        return {self.id: [child.order for child in self.children]} if self.children else self.id


class Publication:
    """A random publication: the same for the same seed, on every machine."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.typist = Typist(self.random)
        self.count = 0
        self.reads: dict[str, tuple[str, ...]] = {SETTINGS["colophon"]: (COLOPHON_READ,)}
        """The lines that are read of each text: paragraphs, and labels and points of lists."""
        self.figures: dict[str, dict[str, Any]] = {}
        """Data by the id of the figure."""
        self.tables: dict[str, str] = {}
        """CSV files by their names."""
        # Much of one kind brings a page's end into all of its corners; a little of everything brings kinds together.
        self.kinds = self.one_of(
            *[MIXED] * 4, (text,), (text, table), (quote, callout), (example,), (text, bullets, definition)
        )
        self.typist.cites = self.chance(0.3)
        self.typist.notes_share = self.one_of(0, 0.01, 0.03, 0.06)
        # About the number of words; what is begun is finished.
        self.length = self.one_of(10, 20, 40, 150)
        self.chapters: list[Section] = []
        while self.room > 0:
            self.chapters.append(self.section(level=1))
        self.front_matter = [self.gathering(key_results)] if self.chance(0.15) else []
        self.appendices = [self.gathering(figure_data)] if self.figures and self.chance(0.7) else []
        if self.chance(0.15):
            self.appendices.append(self.gathering(*[questions] * self.random.randint(1, 5)))
        if self.cites:
            self.appendices.append(self.gathering(references))

    @property
    def cites(self) -> bool:
        """Whether anything is cited."""
        return any(typed in text for typed, _ in CITED for text in self.reads) if self.typist.cites else False

    # What is printed.

    @property
    def roots(self) -> list[Section]:
        return [*self.front_matter, *self.chapters, *self.appendices]

    @property
    def sections(self) -> list[Section]:
        return [section for root in self.roots for section in root.walk()]

    @property
    def blocks(self) -> list[Block]:
        return [block for section in self.sections for key in ("blocks", "closing") for block in section.data[key]]

    @property
    def room(self) -> int:
        return self.length - self.typist.written

    def printed(self) -> Iterator[Any]:
        """Yield what is printed, as it stands in YAML, somewhere: not always where it is written."""
        # A pull quote says again what the text says, and is not read.
        blocks = [block for block in self.blocks if "left_out" not in block and "quote" not in block]
        gathers = {kind for block in blocks for kind in block}
        for section in self.sections:
            yield [section.data[key] for key in ("title", "lead") if key in section.data]
            yield section.data.get("divider", {}).get("text", "")
        yield from blocks
        styles = {block["style"] for block in blocks if "key_results" in block}
        for result in (section.data["result"] for section in self.sections if "result" in section.data and styles):
            yield [result[key] for key in ("claim", "text") if key in result and (key != "text" or styles != {"list"})]
            yield result["example"]["text"] if "cases" in styles and "example" in result else ""
        for block in (block for block in blocks if "figure" in block):
            table = self.figures[block["figure"]]["tables"]["rows"]
            if "figure_data" in gathers:
                yield table
            elif "lists" in block:
                yield [row[:2] for row in table["rows"]]

    def write(self, folder: Path) -> None:
        """Put the publication into a folder, as its author would have."""
        project = Project(folder)
        groups = {"front_matter": self.front_matter, "chapters": self.chapters, "appendices": self.appendices}
        order = {name: [section.order for section in group] for name, group in groups.items() if group}
        sources = {"references": "kilder.bib"} if self.cites else {}
        project.write("content/report.yaml", as_yaml({**SETTINGS, **sources, "order": order}))
        if sources:
            project.write("content/kilder.bib", SOURCES)
        project.write("content/facts.yaml", as_yaml(FACTS))
        for section in self.sections:
            project.write(f"content/{section.id}.yaml", as_yaml(section.data))
        for name, data in self.figures.items():
            project.write(f"content/data/{name}.yaml", as_yaml(data))
            project.write(f"figures/{name.replace('-', '_')}.py", "")
        for name in (block["image"] for block in self.blocks if "image" in block):
            project.write(f"content/images/{name}", PNG)
        for name, lines in self.tables.items():
            project.write(f"content/data/{name}", lines)

    # A short edition.

    def short_edition(self) -> dict[str, Any]:
        """Make a short edition of the publication, as it stands in YAML."""
        sections: list[dict[str, Any]] = []
        for root in self.random.sample([*self.front_matter, *self.chapters], len(self.front_matter + self.chapters)):
            if self.chance(0.4):
                sections.append({"include": self.one_of(*root.walk()).id})
            elif self.chance(0.8):
                found = [*self.briefs(root), *self.excerpts(root)]
                own = {"text": self.prose(self.one_of(1, 2))}
                sections.append({"id": self.name(), "title": self.line(1, 4), "blocks": [own, *found]})
        return {"label": "Kort", "limits": {"pages": "999"}, "sections": sections} if sections else self.short_edition()

    def briefs(self, root: Section) -> list[Block]:
        return [{"brief": s.id, "style": self.one_of("text", "lead")} for s in root.walk() if "summary" in s.data]

    def excerpts(self, root: Section) -> list[Block]:
        """Choose some of a chapter's blocks that can be named and are in print."""
        blocks = [block for section in root.walk() for key in ("blocks", "closing") for block in section.data[key]]
        named = [block for block in blocks if next(iter(block)) not in {"text", "quote"} and "left_out" not in block]
        chosen = self.random.sample(named, min(len(named), self.random.randint(1, 4)))
        return [
            {
                "excerpt": next(iter(block.values())),
                **({"items": "1"} if "matrix" in block and self.chance(0.5) else {}),
            }
            for block in chosen
        ]

    # Sections.

    def section(self, level: int) -> Section:
        is_chapter = level == 1
        section = Section(self.named(), {"title": self.line(1, 6)})
        data = section.data
        if not is_chapter and self.chance(0.2):
            data["opens"] = "page"
        if is_chapter and self.chance(0.15):
            data["divider"] = {"id": self.named(), "text": self.line(2, 12)}
        if self.chance(0.3 if is_chapter else 0.05):
            self.typist.may_be_long = False
            data["lead"] = self.prose(self.random.randint(1, 2), lists=0)
            self.typist.may_be_long = True
        if self.chance(0.3):
            claim = {"claim": self.line(3, 9)} if self.chance(0.7) else {}
            case = {"example": self.statement(section.id)} if self.chance(0.5) else {}
            data["result"] = {**claim, **self.statement(section.id), **case}
        if self.chance(0.3):
            data["summary"] = self.statement(section.id)  # which is not printed here
        data["blocks"] = [block for _ in range(self.random.randint(1, 3)) for block in self.one_of(*self.kinds)(self)]
        while level < 5 and self.room > 0 and self.chance(0.5 if is_chapter else 0.2):
            section.children.append(self.section(level + 1))
        data["closing"] = [block for _ in range(self.one_of(0, 0, 0, 1, 2)) for block in example(self)]
        if self.chance(0.08):
            data["blocks"] += key_results(self)
        return section

    def gathering(self, *makers: Maker) -> Section:
        """Make a section before or after the chapters."""
        blocks = [block for make in makers for block in make(self)]
        return Section(self.name(), {"title": self.line(1, 4), "blocks": blocks, "closing": []})

    def statement(self, section: str) -> Block:
        """Make what short editions say of a section."""
        self.typist.may_cite = self.typist.may_be_long = False
        said = self.prose(1, lists=0, calls=False)
        self.typist.may_cite = self.typist.may_be_long = True
        return {"text": said, "rests_on": [section]}

    # Texts.

    def prose(self, paragraphs: int, *, lists: float = 0.15, calls: bool = True) -> str:
        return self.kept(self.typist.prose(paragraphs, lists=lists, calls=calls))

    def line(self, least: int, most: int) -> str:
        """Make a line of plain words."""
        return self.kept(self.typist.line(least, most))

    def inline(self, least: int, most: int) -> str:
        """Make a paragraph of a cell, a caption or a source."""
        return self.kept(self.typist.line(least, most, "inline"))

    def kept(self, text: Text) -> str:
        """Remember what is read of a text."""
        self.reads[text.typed] = text.read
        return text.typed

    # Chance.

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def one_of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def name(self) -> str:
        """Make an id."""
        self.count += 1
        return f"p-{self.count}"

    def named(self) -> str:
        """Make the id of something that may be referred to from now on."""
        name = self.name()
        self.typist.ids.append(name)
        return name


# Blocks: each maker gives one, or some that must stand together.


def text(p: Publication) -> list[Block]:
    return [{"text": p.prose(p.one_of(1, 1, 2, 3, 6))}]


def bullets(p: Publication) -> list[Block]:
    return [{"text": p.prose(p.one_of(1, 2), lists=1)}]


def quote(p: Publication) -> list[Block]:
    before = [p.typist.paragraph(p.one_of(4, 15, 40)) for _ in range(p.random.randint(0, 2))]
    first, _ = p.typist.paragraph(p.one_of(4, 15, 40))
    said = same(" ".join([p.typist.word(), *(p.typist.unquoted() for _ in range(p.random.randint(5, 17)))]))
    last = first.then(said, p.one_of(" ", "\n"), " ").then(same("."))
    p.reads[said.typed] = (said.read,)
    speaker = {"speaker": p.line(1, 4)} if p.chance(0.5) else {}
    return [{"text": p.kept(p.typist.text([*before, (last, (last.read,))]))}, {"quote": said.typed, **speaker}]


def definition(p: Publication) -> list[Block]:
    return [{"definition": p.named(), "term": p.line(1, 7), "text": p.prose(p.one_of(1, 1, 2))}]


def callout(p: Publication) -> list[Block]:
    style = {"style": p.one_of("note", "tip", "warning")} if p.chance(0.4) else {}
    return [{"callout": p.named(), **style, "title": p.line(1, 7), "text": p.prose(p.one_of(1, 2, 4))}]


PINNED = {"pinned": "true"}
"""What is read here is held against the content's order; tests/writers/pdf/test_makeup.py moves things."""


def example(p: Publication) -> list[Block]:
    about = {"about": p.line(1, 3)} if p.chance(0.3) else {}
    head = {**about, "theme": p.line(1, 4), "title": p.line(1, 7)}
    makes = {"makes": p.line(3, 12)} if p.chance(0.5) else {}
    return [
        {
            "example": p.named(),
            "party": p.one_of(*PARTIES),
            **head,
            **makes,
            **PINNED,
            "text": p.prose(p.one_of(1, 2, 4, 7)),
        }
    ]


def figure(p: Publication) -> list[Block]:
    name = p.named()
    columns = [{"key": f"k{n}", "heading": p.line(1, 2), "type": "text"} for n in range(p.random.randint(2, 4))]
    rows = [[p.line(1, 5) for _ in columns] for _ in range(p.random.randint(2, 12))]
    p.figures[name] = {"tables": {"rows": {"columns": columns, "rows": rows}}}
    lists = {"lists": [{"table": "rows", "columns": ["k0", "k1"]}]} if p.chance(0.4) else {}
    return [mention(p, name), {"figure": name, "width": p.one_of("body", "full"), **captioned(p), **lists, **PINNED}]


def matrix(p: Publication) -> list[Block]:
    name = p.named()
    heads = {"rows": [p.line(1, 1), p.line(1, 1)], "columns": [p.line(1, 2), p.line(1, 2)]}
    quadrants = [
        {"title": p.line(1, 2), "items": [p.line(2, 12) for _ in range(p.random.randint(1, 6))]} for _ in range(4)
    ]
    return [mention(p, name), {"matrix": name, **captioned(p), **heads, "quadrants": quadrants, **PINNED}]


def table(p: Publication) -> list[Block]:
    name = p.named()
    columns = [{"heading": p.line(1, 2), "align": p.one_of("left", "right")} for _ in range(p.random.randint(1, 3))]
    longest = p.one_of(2, 2, 4, 15)
    rows = [[p.inline(1, longest) for _ in columns] for _ in range(p.one_of(1, 3, 3, 8, 8, 40))]
    source = {"source": p.inline(2, 8)} if p.chance(0.5) else {}
    head = {"table": name, "title": p.line(1, 8), "width": p.one_of("body", "full")}
    return [mention(p, name), {**head, "columns": columns, "rows": rows, **source, **PINNED}]


def numbers_table(p: Publication) -> list[Block]:
    """Make a table of numbers, its rows in a CSV file."""
    name = p.named()
    keys = [f"k{n}" for n in range(p.random.randint(1, 3))]
    rows = [
        [f"{p.typist.word()}{n}", *(str(p.random.randint(-9, 99_999)) for _ in keys)] for n in range(p.one_of(2, 9))
    ]
    p.tables[f"{name}.csv"] = "".join(f"{';'.join(row)}\n" for row in [["hva", *keys], *rows])
    first = {"heading": p.line(1, 2), "key": "hva"}
    unit = {"unit": "mill. kr"} if p.chance(0.5) else {}
    total = {"total": "sum"} if p.chance(0.5) else {}
    others = [{"heading": p.line(1, 1), "key": key, "type": "integer", **unit, **total} for key in keys]
    head = {"table": name, "title": p.line(1, 8), "width": p.one_of("body", "full", "page"), "csv": f"{name}.csv"}
    notes = {"notes": [p.inline(2, 9)]} if p.chance(0.5) else {}
    return [mention(p, name), {**head, "columns": [first, *others], **notes, **PINNED}]


def quotation(p: Publication) -> list[Block]:
    source = {"source": p.inline(2, 8)} if p.chance(0.6) else {}
    return [{"quotation": p.prose(p.one_of(1, 2), lists=0), **source}]


def code(p: Publication) -> list[Block]:
    lines = [f"{'    ' * p.random.randint(0, 2)}{p.one_of(*LINES_OF_CODE)}" for _ in range(p.one_of(1, 4, 30))]
    language = {"language": p.one_of("python", "sql", "json")} if p.chance(0.6) else {}
    title = {"title": p.line(1, 4)} if p.chance(0.5) else {}
    listing = "\n".join([lines[0].lstrip(), *lines[1:]])
    return [
        {
            "code": p.named() if title else p.name(),
            **title,
            **language,
            "width": p.one_of("body", "full"),
            "listing": f"{listing}\n",
        }
    ]


def picture(p: Publication) -> list[Block]:
    name = p.named()
    width = p.one_of("body", "full", "page")
    return [mention(p, name), {"picture": name, "image": f"{name}.png", "width": width, **captioned(p), **PINNED}]


def references(p: Publication) -> list[Block]:
    return [{"references": p.name()}]


LINES_OF_CODE = (
    "print(sum(rows))", "# Merknad: < og & er tegn", 'navn = "æøå {0}"', "select * from svar;", "x_1 = x[0] ** 2  # to",
    "return -1", "a  b", "`b` and $c$ or @d", "if a < b and c > d: pass",
)  # fmt: skip


def questions(p: Publication) -> list[Block]:
    items = [p.line(3, 15) for _ in range(p.one_of(1, 3, 8))]
    return [{"questions": p.named(), "title": p.line(1, 4), "items": items}]


def photo(p: Publication) -> list[Block]:
    name = p.name()
    if p.chance(0.3):
        return [{"photo": name, "caption": p.line(1, 4), "left_out": "Borte."}]
    shown = {"image": f"{name}.png", "alt": "Et felt uten noe på."}
    return [{"photo": name, **shown, "caption": p.inline(4, 25), "credit": p.inline(1, 3), **PINNED}]


def key_results(p: Publication) -> list[Block]:
    return [{"key_results": p.name(), "style": p.one_of("cards", "list", "cases")}]


def figure_data(p: Publication) -> list[Block]:
    return [{"figure_data": p.name()}]


def captioned(p: Publication) -> Block:
    caption = {"caption": p.inline(6, 40)} if p.chance(0.7) else {}
    return {"title": p.line(1, 8), **caption, "source": p.inline(2, 6), "alt": "Det som vises, i ord."}


def mention(p: Publication, name: str) -> Block:
    """Make the paragraph that names a figure or table, as each must be."""
    before = p.typist.stretch(p.random.randint(3, 20), "inline", calls=False)
    named = Said(f"({{{name}}}) på {{page:{name}}}.", f"({REFERENCE}{name}{END}) på {REFERENCE}page:{name}{END}.")
    said = before.then(named, " ", " ")
    return {"text": p.kept(Text(said.typed, (said.read,)))}


Maker = Callable[[Publication], list[Block]]
MIXED: tuple[Maker, ...] = (
    text, text, bullets, quote, definition, callout, example, figure, matrix, table, questions, photo,
    quotation, code, picture, numbers_table,
)  # fmt: skip


def as_yaml(data: Any) -> str:
    """Write data as an editor writes YAML: texts of several lines under `|`, quotes only where they are needed."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, str):
                first, *more = scalar(value, is_prose=key in {"text", "lead", "quotation", "listing"})
                yield from (f"{key}: {first}", *(f"  {line}" if line else "" for line in more))
            elif value:
                yield from (f"{key}:", *(f"  {line}" if line else "" for line in _lines(value)))
    else:
        for value in data:
            first, *more = scalar(value) if isinstance(value, str) else _lines(value)
            yield from (f"- {first}", *(f"  {line}" if line else "" for line in more))


def scalar(text: str, *, is_prose: bool = False) -> list[str]:
    """Write a text as its lines in YAML, the first of which stands after its key."""
    if is_prose or "\n" in text:
        return ["|", *text.split("\n")]
    if PLAIN.fullmatch(text) and ": " not in text and " #" not in text and not text.endswith(":"):
        return [text]
    if '"' in text or "\\" in text:
        return ["'" + text.replace("'", "''") + "'"]
    return [f'"{text}"']
