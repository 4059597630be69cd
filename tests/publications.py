"""Random publications, each from a seed: every block type, long and short, in words that stand nowhere else.

`Publication(seed)` is what an author might write, with no sense in it. `write` puts it into a folder; `words` and
`notes` tell what must be read in print, in order. A word is of syllables that Norwegian patterns can divide and ends in
«x», as nothing else does that is printed, so that `tokens` finds the words again and nothing but them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from pdf import PDFIUM_HYPHEN
from projects import PNG, Project

from press.prose import words

SYLLABLES = (
    "bru", "dal", "eng", "fjord", "gren", "havn", "kyst", "land", "mark", "nes", "odd", "plass",
    "rygg", "skog", "strand", "tun", "ur", "vik", "øy", "å", "ås", "hage", "vidde", "sletta",
)  # fmt: skip
TOKEN = re.compile(r"[a-zæøå]+x(?![a-zæøå])")
NOTE = re.compile(r"(?m)^\[\^[a-z0-9]+\]:.*(?:\n\n {4}.*)*")
COMPANIES = "ABCDEF"
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
    "colophon": "Laget for prøvene.",
    "imprint": "Slutt.",
    "companies": list(COMPANIES),
}
Block = dict[str, Any]
"""A block as it stands in YAML; its keys are in the order in which their words are printed, where that is fixed."""


def tokens(text: str) -> list[str]:
    """Find the words of a publication in its sources, or in text that was taken out of a PDF."""
    # A soft hyphen joins what a line's end divides; any other hyphen parts two words.
    return TOKEN.findall(re.sub(rf"[{PDFIUM_HYPHEN}]\s*", "", text).lower())


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
        self.count = 0
        self.known: set[str] = set()
        self.figures: dict[str, dict[str, Any]] = {}
        """Data by the id of the figure."""
        # Much of one kind brings a page's end into all of its corners; a little of everything brings kinds together.
        self.kinds = self.one_of(
            *[MIXED] * 4, (text,), (text, table), (quote, callout), (example,), (text, bullets, definition)
        )
        self.share_of_notes = self.one_of(0, 0.01, 0.02, 0.04)
        # About the number of words; what is begun is finished.
        self.room = self.one_of(10, 20, 40, 150)
        self.chapters: list[Section] = []
        while self.room > 0:
            self.chapters.append(self.section(level=1))
        self.front_matter = [self.gathering(key_results)] if self.chance(0.15) else []
        self.appendices = [self.gathering(figure_data)] if self.figures and self.chance(0.7) else []
        if self.chance(0.15):
            self.appendices.append(self.gathering(*[questions] * self.random.randint(1, 5)))

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
    def words(self) -> list[str]:
        """The words in reading order, without those of footnotes."""
        return [word for text in self.texts() for word in tokens(NOTE.sub("", text))]

    @property
    def notes(self) -> list[str]:
        """The words of footnotes, in the order of their calls."""
        return [word for text in self.texts() for note in NOTE.findall(text) for word in tokens(note)]

    def texts(self) -> Iterator[str]:
        """Yield every text in reading order, Markdown as it is written."""
        for root in self.roots:
            if "divider" in root.data:
                yield from (root.data["title"], root.data["divider"]["text"])
            yield from self.texts_of(root)

    def texts_of(self, section: Section) -> Iterator[str]:
        """Yield the texts of a section, with those below it."""
        yield section.data["title"]
        yield section.data.get("lead", "")
        for block in section.data["blocks"]:
            yield from self.texts_of_block(block)
        for child in section.children:
            yield from self.texts_of(child)
        for block in section.data["closing"]:
            yield from self.texts_of_block(block)

    def texts_of_block(self, block: Block) -> Iterator[str]:
        if "figure" in block:
            yield from (cell for key in block.get("lists", ()) for row in self.rows(block) for cell in row[:2])
            yield from strings(block)
        elif "matrix" in block:
            cells = [list(strings(quadrant)) for quadrant in block["quadrants"]]
            upper, lower = block["rows"]
            yield from strings([block["columns"], upper, cells[:2], lower, cells[2:]])
            yield from (block["title"], block.get("caption", ""), block["source"])
        elif "key_results" in block:
            for section in self.sections:
                if "result" in section.data:
                    result = section.data["result"]
                    yield result.get("claim", section.data["title"])
                    yield result["text"] if block["style"] != "list" else ""
                    yield result["example"]["text"] if block["style"] == "cases" and "example" in result else ""
        elif "figure_data" in block:
            for figure in (block for block in self.blocks if "figure" in block):
                data = self.figures[figure["figure"]]["tables"]["rows"]
                # A table that stands whole under its figure is not repeated.
                if "lists" not in figure or len(data["columns"]) > 2:
                    yield from strings([figure["title"], data["columns"], data["rows"]])
        elif "left_out" not in block:
            yield from strings(block)

    def rows(self, figure: Block) -> list[list[str]]:
        rows: list[list[str]] = self.figures[figure["figure"]]["tables"]["rows"]["rows"]
        return rows

    def write(self, folder: Path) -> None:
        """Put the publication into a folder, as its author would have."""
        project = Project(folder)
        groups = {"front_matter": self.front_matter, "chapters": self.chapters, "appendices": self.appendices}
        order = {name: [section.order for section in group] for name, group in groups.items() if group}
        project.write("content/report.yaml", as_yaml({**SETTINGS, "order": order}))
        for section in self.sections:
            project.write(f"content/{section.id}.yaml", as_yaml(section.data))
        for name, data in self.figures.items():
            project.write(f"content/data/{name}.yaml", as_yaml(data))
            project.write(f"figures/{name.replace('-', '_')}.py", "")
        for name in (block["image"] for block in self.blocks if "image" in block):
            project.write(f"content/images/{name}", PNG)

    # A short edition.

    def short_edition(self) -> tuple[dict[str, Any], list[str]]:
        """Make a short edition of the publication; returns it as it stands in YAML, and its texts in reading order."""
        sections: list[dict[str, Any]] = []
        texts: list[str] = []
        for root in self.random.sample([*self.front_matter, *self.chapters], len(self.front_matter + self.chapters)):
            if self.chance(0.4):
                whole = self.one_of(*root.walk())
                sections.append({"include": whole.id})
                texts += self.texts_of(whole)
            elif self.chance(0.8):
                title = self.line(1, 4)
                found = [self.printed_in_short(block) for block in [*self.briefs(root), *self.excerpts(root)]]
                own = {"text": self.prose(self.one_of(1, 2))}
                sections.append({"id": self.name(), "title": title, "blocks": [own, *(block for block, _ in found)]})
                texts += [title, own["text"], *(text for _, said in found for text in said)]
        if not sections:
            return self.short_edition()
        return {"label": "Kort", "limits": {"pages": "999"}, "sections": sections}, texts

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

    def printed_in_short(self, block: Block) -> tuple[Block, list[str]]:
        """Give a block of a short edition with the texts that it prints."""
        if "brief" in block:
            return block, [s.data["summary"]["text"] for s in self.sections if s.id == block["brief"]]
        named = next(found for found in self.blocks if next(iter(found.values())) == block["excerpt"])
        if "items" in block:
            named = {**named, "quadrants": [{**each, "items": each["items"][:1]} for each in named["quadrants"]]}
        return block, list(self.texts_of_block(named))

    # Sections.

    def section(self, level: int) -> Section:
        is_chapter = level == 1
        section = Section(self.name(), {"title": self.line(1, 6)})
        data = section.data
        if not is_chapter and self.chance(0.2):
            data["opens"] = "page"
        if is_chapter and self.chance(0.15):
            data["divider"] = {"id": self.name(), "text": self.line(2, 12)}
        if self.chance(0.3 if is_chapter else 0.05):
            data["lead"] = self.prose(self.random.randint(1, 2), plain=True)
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
        return {"text": self.prose(1, plain=True), "rests_on": [section]}

    # Prose.

    def prose(self, paragraphs: int, *, lists: float = 0.15, plain: bool = False) -> str:
        """Make paragraphs, some of them lists; `plain` ones are but words."""
        notes: list[str] = []
        made = []
        for _ in range(paragraphs):
            if not plain and self.chance(lists):
                made.append(self.items(notes))
            else:
                made.append(self.paragraph(self.one_of(4, 15, 40, 90), notes, plain=plain))
        return "\n\n".join([*made, *notes])

    def items(self, notes: list[str]) -> str:
        """Make a list in Markdown, with lists in it."""
        counts = self.one_of(False, True)
        lines = []
        for number in range(1, self.one_of(2, 3, 6, 14) + 1):
            mark = f"{number}." if counts else "-"
            lines.append(f"{mark} {self.paragraph(self.one_of(3, 12, 30), notes)}")
            if self.chance(0.15):
                indent = " " * (len(mark) + 1)
                # One number alone is no list.
                below = range(1, self.random.randint(2, 3) + 1)
                lines += [f"{indent}{f'{n}.' if counts else '-'} {self.paragraph(8, notes)}" for n in below]
        return "\n".join(lines)

    def paragraph(self, most: int, notes: list[str], *, plain: bool = False) -> str:
        """Make a paragraph of up to so many words, a share of them with a footnote."""
        words = [self.word() for _ in range(self.random.randint(max(most // 3, 1), most))]
        for index, word in enumerate(words if not plain else ()):
            if self.chance(0.03):
                words[index] = self.one_of(f"*{word}*", f"[{word}](https://example.org/)")
            if self.chance(self.share_of_notes):
                self.count += 1
                words[index] += f"[^n{self.count}]"
                notes.append(f"[^n{self.count}]: {self.note()}")
        return f"{' '.join(words)}."

    def note(self) -> str:
        first = self.line(1, self.one_of(3, 8, 25))
        return first if self.chance(0.9) else f"{first}\n\n    {self.line(3, 20)}"

    def line(self, least: int, most: int) -> str:
        """Make a line of words without marks."""
        return " ".join(self.word() for _ in range(self.random.randint(least, most)))

    def word(self) -> str:
        """Make a word that was not there before, now and then two with a hyphen between them."""
        self.room -= 1
        word = ""
        while not word or word in self.known:
            word = "".join(self.random.choices(SYLLABLES, k=self.one_of(2, 2, 3, 4))) + "x"
        self.known.add(word)
        return f"{word}-{self.word()}" if self.chance(0.03) else word

    # Chance.

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def one_of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def name(self) -> str:
        """Make an id."""
        self.count += 1
        return f"p-{self.count}"


# Blocks: each maker gives one, or some that must stand together.


def text(p: Publication) -> list[Block]:
    return [{"text": p.prose(p.one_of(1, 1, 2, 3, 6))}]


def bullets(p: Publication) -> list[Block]:
    return [{"text": p.prose(p.one_of(1, 2), lists=1)}]


def quote(p: Publication) -> list[Block]:
    notes: list[str] = []
    last = p.paragraph(p.one_of(15, 40, 90), notes)
    start = p.random.randrange(5)
    said = " ".join(words(last.rstrip(".")).split()[start : start + p.random.randint(6, 18)])
    speaker = {"speaker": p.line(1, 4)} if p.chance(0.5) else {}
    before = p.prose(p.random.randint(0, 2), lists=0)
    return [{"text": "\n\n".join([before, last, *notes])}, {"quote": said, **speaker}]


def definition(p: Publication) -> list[Block]:
    return [{"definition": p.name(), "term": p.line(1, 7), "text": p.prose(p.one_of(1, 1, 2))}]


def callout(p: Publication) -> list[Block]:
    return [{"callout": p.name(), "title": p.line(1, 7), "text": p.prose(p.one_of(1, 2, 4))}]


def example(p: Publication) -> list[Block]:
    about = {"about": p.line(1, 3)} if p.chance(0.3) else {}
    head = {**about, "theme": p.line(1, 4), "title": p.line(1, 7)}
    makes = {"makes": p.line(3, 12)} if p.chance(0.5) else {}
    return [
        {"example": p.name(), "company": p.one_of(*COMPANIES), **head, **makes, "text": p.prose(p.one_of(1, 2, 4, 7))}
    ]


def figure(p: Publication) -> list[Block]:
    name = p.name()
    columns = [{"key": f"k{n}", "heading": p.line(1, 2), "type": "text"} for n in range(p.random.randint(2, 4))]
    rows = [[p.line(1, 5) for _ in columns] for _ in range(p.random.randint(2, 12))]
    p.figures[name] = {"tables": {"rows": {"columns": columns, "rows": rows}}}
    lists = {"lists": [{"table": "rows", "columns": ["k0", "k1"]}]} if p.chance(0.4) else {}
    return [mention(p, name), {"figure": name, "width": p.one_of("body", "full"), **captioned(p), **lists}]


def matrix(p: Publication) -> list[Block]:
    name = p.name()
    heads = {"rows": [p.line(1, 1), p.line(1, 1)], "columns": [p.line(1, 2), p.line(1, 2)]}
    quadrants = [
        {"title": p.line(1, 2), "items": [p.line(2, 12) for _ in range(p.random.randint(1, 6))]} for _ in range(4)
    ]
    return [mention(p, name), {"matrix": name, **captioned(p), **heads, "quadrants": quadrants}]


def table(p: Publication) -> list[Block]:
    name = p.name()
    columns = [{"heading": p.line(1, 2), "align": p.one_of("left", "right")} for _ in range(p.random.randint(1, 3))]
    longest = p.one_of(2, 2, 4, 15)
    rows = [[p.line(1, longest) for _ in columns] for _ in range(p.one_of(1, 3, 3, 8, 8, 40))]
    source = {"source": p.line(2, 8)} if p.chance(0.5) else {}
    head = {"table": name, "title": p.line(1, 8), "width": p.one_of("body", "full")}
    return [mention(p, name), {**head, "columns": columns, "rows": rows, **source}]


def questions(p: Publication) -> list[Block]:
    items = [p.line(3, 15) for _ in range(p.one_of(1, 3, 8))]
    return [{"questions": p.name(), "title": p.line(1, 4), "items": items}]


def photo(p: Publication) -> list[Block]:
    name = p.name()
    if p.chance(0.3):
        return [{"photo": name, "caption": p.line(1, 4), "left_out": "Borte."}]
    shown = {"image": f"{name}.png", "alt": "Et felt uten noe på."}
    return [{"photo": name, **shown, "caption": p.line(2, 12), "credit": p.line(1, 3)}]


def key_results(p: Publication) -> list[Block]:
    return [{"key_results": p.name(), "style": p.one_of("cards", "list", "cases")}]


def figure_data(p: Publication) -> list[Block]:
    return [{"figure_data": p.name()}]


def captioned(p: Publication) -> Block:
    caption = {"caption": p.line(3, 20)} if p.chance(0.4) else {}
    return {"title": p.line(1, 8), **caption, "source": p.line(2, 6), "alt": "Det som vises, i ord."}


def mention(p: Publication, name: str) -> Block:
    """Make the paragraph that names a figure or table, as each must be."""
    return {"text": f"{p.line(3, 20)} ({{{name}}} på {{page:{name}}})."}


Maker = Callable[[Publication], list[Block]]
MIXED: tuple[Maker, ...] = (
    text, text, bullets, quote, definition, callout, example, figure, matrix, table, questions, photo,
)  # fmt: skip


def as_yaml(data: Any) -> str:
    """Write data as YAML in its JSON form, which needs no thought about quoting."""
    return json.dumps(data, ensure_ascii=False, indent=1)
