"""The tags that a publication's content asks for: what is written in its YAML, as the elements it must become.

Nothing here looks at HTML, templates or pages but for the page numbers that are printed. `tags(built)` gives the whole
publication in reading order, each element as its role and the words of its own in glued form, spans left out: they are
part of the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from support.literal import plain, tagged
from support.pdf import Built, glued

from press.content import blocks
from press.content.blocks import Block
from press.content.report import Result, Section
from press.editions.references import targets

Tag = tuple[str, str]
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
NAMED = {
    "figure": "figur",
    "table": "tabell",
    "chapter": "kapittel",
    "appendix": "vedlegg",
    "divider": "del",
    "questions": "del",
}
"""What a text calls things by, with their number."""
ITEM = re.compile(r"( *)(-|\d+\.) +(.*)", re.DOTALL)
INLINE = re.compile(
    r"\{(?P<reference>[^}]*)\}|(?<!\\)\[(?!\^)(?P<link>[^\]]*)\]\((?P<to>[^)]*)\)|\[\^(?P<note>[^\]\s]+)\]"
)


def tags(built: Built) -> list[Tag]:
    """Give every element of the publication, from the cover to the last page."""
    return _written(built)[0]


def tags_as_printed(built: Built, found: Sequence[Tag]) -> list[Tag]:
    """Give every element, boxes that may move where they are `found`: each whole, once, and in the content's order."""
    return _printed(found, *_written(built))


def word_for_word_as_printed(built: Built, found: Sequence[Tag]) -> list[Tag]:
    """Give every element but figures with its words as they are to be read literally: spaces and hyphens count."""
    return _printed(found, *_written(built, plain, "Figure"))


def _written(built: Built, spelled: Callable[[str], str] = glued, but: str = "") -> tuple[list[Tag], list[list[Tag]]]:
    """Give every element in the content's order, and those of each box that may move."""
    content = Content(built)

    def read(elements: Iterable[Tag]) -> list[Tag]:
        return [tagged(role, spelled(text)) for role, text in elements if role != but]

    written = read(content.all())
    # Boxes keep their order, and figures and tables theirs.
    return written, sorted((read(box) for box in content.moving), key=_is_box)


def _is_box(elements: Sequence[Tag]) -> bool:
    return elements[0][0] == "Sect"


def _printed(found: Sequence[Tag], written: list[Tag], boxes: Sequence[list[Tag]]) -> list[Tag]:
    """Take the boxes out of what is written, and put them in where they are found."""
    places: list[tuple[int, int]] = []
    for number, box in enumerate(boxes):
        start = places[-1][1] if number and _is_box(box) == _is_box(boxes[number - 1]) else 0
        at, there = _place(box, written, 0), _place(box, found, start)
        if there is None or at is None:
            return written
        del written[at : at + len(box)]
        places.append((there, there + len(box)))
    for there, end in sorted(places):
        written[there:there] = found[there:end]
    return written


def _place(box: list[Tag], tags: Sequence[Tag], start: int) -> int | None:
    """Find a box; how deep its headings are follows the section in which it stands."""

    def level(tag: Tag) -> Tag:
        return re.sub("H[1-6]", "H", tag[0]), tag[1]

    flat = [*map(level, box)]
    places = range(start, len(tags) - len(box) + 1)
    return next((at for at in places if [*map(level, tags[at : at + len(box)])] == flat), None)


class Content:
    """What each thing in the content becomes."""

    def __init__(self, built: Built) -> None:
        self.report = built.report
        self.full = built.full
        self.edition = built.edition
        self.settings = built.report.settings
        self.here = built.targets
        self.targets = {**targets(built.full.sections), **built.targets}
        self.pages = {name: anchor.page for name, anchor in built.pdf.anchors.items()}
        self.full_pages = built.full_pages
        with_result = [section for section in self.full.walk() if section.content.result is not None]
        self.results = {section.id: str(number) for number, section in enumerate(with_result, start=1)}
        self.notes = 0
        """How many footnotes the part has had."""
        self.moving: list[list[Tag]] = []
        """The elements of the boxes that may move, met so far."""

    def all(self) -> Iterator[Tag]:
        settings = self.settings
        foot = f"{self.words(settings.publisher)} {self.words(settings.edition)}"
        yield "Document", ""
        if self.edition.label:
            yield "P", self.words(self.edition.label)
        yield from (("P", self.words(settings.title)), ("P", self.words(settings.subtitle)), ("P", foot))
        if "contents" in self.edition.parts:
            yield from self.contents()
        for root in self.report.sections:
            if root.content.divider is not None:
                yield from (("H1", self.words(root.content.title)), ("P", self.words(root.content.divider.text)))
            yield from self.part(root)
        if "back" in self.edition.parts:
            yield from self.prose(settings.imprint)
            yield from self.colophon()
            yield "P", foot

    # The contents.

    def contents(self) -> Iterator[Tag]:
        yield from (("Sect", ""), ("H1", "Innhold"), ("TOC", ""))
        for root in self.report.sections:
            number = self.number(root.id)
            before = f"Vedlegg {number}: " if root.group == "appendices" else ""
            label = number if root.group == "chapters" else ""
            yield from self.entry(root.id, f"{before}{self.words(root.content.title)}", label)
            if root.children:
                yield "TOC", ""
            for child in root.children:
                yield from self.entry(child.id, f"{self.results.get(child.id, '')} {self.words(child.content.title)}")
        shown = [block for _, block in self.report.blocks()]
        figures = [block for block in shown if isinstance(block, blocks.Captioned)]
        if figures:
            yield from (("Sect", ""), ("H2", "Figurer"), ("TOC", ""))
        for block in figures:
            yield from self.entry(str(block.id), f"{self.number(str(block.id))} {self.words(block.title)}")
        examples = [block for block in shown if isinstance(block, blocks.Example)]
        if examples:
            yield from (("Sect", ""), ("H2", "Læringseksempler"))
        for theme, group in groupby(examples, key=lambda block: str(block.theme)):
            yield from (("H3", self.words(theme)), ("TOC", ""))
            for block in group:
                yield from self.entry(str(block.id), f"{block.party} {self.words(block.title)}")

    def entry(self, target: str, words: str, label: str = "") -> Iterator[Tag]:
        yield from (("TOCI", ""), ("Reference", f"{label} {words} {self.pages[target]}"), ("Link", words))

    def colophon(self) -> Iterator[Tag]:
        settings, date = self.settings, self.settings.date
        yield from (("Sect", ""), ("H2", "Om denne utgaven"))
        yield from self.prose(settings.colophon)
        day = f"{date.day}. {MONTHS[date.month - 1]} {date.year}"
        yield "P", f"{self.words(settings.publisher)}. {self.words(settings.edition)}. {day}."
        yield from (("P", f"Innholdets fingeravtrykk {self.report.mark}."), ("H2", "Rettigheter"))
        yield from self.prose(settings.rights)

    # Sections.

    def part(self, section: Section) -> Iterator[Tag]:
        self.notes = 0
        yield "Part", ""
        is_root = section in self.report.sections
        if section.id in self.results:
            yield "P", f"Hovedresultat {self.results[section.id]}"
        elif is_root and section.group == "appendices":
            yield "P", f"Vedlegg {self.number(section.id)}"
        if section.content.divider is None:
            number = self.number(section.id) if is_root and section.group == "chapters" else ""
            yield f"H{section.level}", f"{number} {self.words(section.content.title)}"
        yield from self.within(section)

    def within(self, section: Section) -> Iterator[Tag]:
        content = section.content
        if content.lead is not None:
            yield from self.prose(content.lead)
        for block in content.blocks:
            yield from self.block(block, section.level + 1)
        for child in section.children:
            if child.content.opens == "page":
                yield from self.part(child)
            else:
                yield from (("Sect", ""), (f"H{child.level}", self.words(child.content.title)))
                yield from self.within(child)
        for block in content.closing:
            yield from self.block(block, section.level + 1)

    # Blocks.

    def block(self, block: Block, level: int) -> Iterator[Tag]:
        elements = list(self.elements(block, level))
        if elements and isinstance(block, blocks.Movable) and block.moves is not None:
            self.moving.append(elements)
        yield from elements

    def elements(self, block: Block, level: int) -> Iterator[Tag]:
        match block:
            case blocks.Text():
                yield from self.prose(block.text)
            case blocks.Example():
                whose = self.words(block.about) if block.about else f"Bedrift {block.party}"
                yield from (("Sect", ""), ("P", f"Læringseksempel {whose} · {self.words(block.theme)}"))
                yield f"H{level}", self.words(block.title)
                if block.makes:
                    yield "P", self.words(block.makes)
                yield from self.prose(block.text)
            case blocks.Definition():
                yield from (("Sect", ""), (f"H{level}", self.words(block.term)))
                yield from self.prose(block.text)
            case blocks.Callout():
                yield "Sect", ""
                if block.style:
                    yield "P", {"note": "Merk", "tip": "Tips", "warning": "Advarsel"}[block.style]
                yield f"H{level}", self.words(block.title)
                yield from self.prose(block.text)
            case blocks.Quotation():
                yield "BlockQuote", ""
                yield from self.prose(block.quotation)
                if block.source:
                    yield "P", self.words(block.source)
            case blocks.Code():
                yield "Div", ""
                if block.title:
                    yield "Caption", self.words(block.title)
                yield "P", str(block.listing)
            case blocks.Picture():
                yield from (("Div", ""), ("Figure", self.words(block.alt)), ("Caption", self.caption(block)))
            case blocks.References():
                yield "L", ""
                yield from (("P", line) for line in self.sources())
            case blocks.Quote():
                quote = self.words(block.quote)  # which is read in the text that it is taken from
                if block.speaker:
                    yield from (("Aside", ""), ("BlockQuote", ""), ("P", f"«{quote}»"))
                    yield "P", self.words(block.speaker)
            case blocks.Figure():
                yield from (("Div", ""), ("Figure", self.words(block.alt)))
                yield from self.pages_in(block)
                yield from self.keys(block)
                yield "Caption", self.caption(block)
            case blocks.Matrix():
                yield from self.matrix(block)
                yield "Caption", self.caption(block)
            case blocks.Table():
                title = f"Tabell {self.number(str(block.id))} {self.words(block.title)}"
                yield from (("Table", ""), ("Caption", title))
                heads = [self.heading(column) for column in block.columns]
                assert block.rows is not None
                rows = [[self.cell(*each) for each in zip(block.columns, row, strict=True)] for row in block.rows]
                yield from self.rows(heads, rows)
                if any(column.total for column in block.columns):
                    yield from (("TR", ""), ("TH", "I alt"))
                    yield from (("TD", self.total(block, index)) for index in range(1, len(heads)))
                yield from (("P", self.words(note)) for note in block.notes)
                if block.source:
                    yield "P", self.words(block.source)
            case blocks.KeyResults(style="list"):
                yield "L", ""
                yield from self.results_listed(block)
            case blocks.KeyResults():
                yield from self.cards(block, level)
            case blocks.Questions():
                title = f"Del {self.number(str(block.id))} {self.words(block.title)}"
                yield from (("Sect", ""), (f"H{level}", title))
                yield from self.dashes(block.items)
            case blocks.FigureData():
                yield from self.data()
            case blocks.Photo(left_out=None):
                yield from (("Div", ""), ("Figure", self.words(block.alt)))
                yield "Caption", f"{self.words(block.caption)} {self.words(block.credit)}"
            case blocks.Numbers():
                for item in block.items:
                    yield "P", f"{self.fact(item.fact)} {self.words(item.label)}"
            case blocks.Brief():
                (section,) = (section for section in self.full.walk() if section.id == block.brief)
                assert section.content.summary is not None
                yield from self.prose(section.content.summary.text)
            case blocks.Colophon():
                yield from self.colophon()

    def heading(self, column: blocks.Column) -> str:
        return f"{self.words(column.heading)} ({column.unit})" if column.unit else self.words(column.heading)

    def cell(self, column: blocks.Column, cell: str) -> str:
        return self.words(cell) if column.type == "text" else number(str(cell))

    def total(self, block: blocks.Table, index: int) -> str:
        assert block.rows is not None
        return number(str(sum(int(row[index]) for row in block.rows))) if block.columns[index].total else ""

    def sources(self) -> Iterator[str]:
        """Give the entries of the list of sources, which the content does not say."""
        yield from ()

    def caption(self, block: blocks.Captioned) -> str:
        more = f" {self.said(block.caption)}" if block.caption else ""
        if isinstance(block, blocks.Matrix) and block.shown:
            more += " Tallene viser hvor mange punkter hvert felt har i hovedrapporten; her står de første."
        title = f"Figur {self.number(str(block.id))} {self.words(block.title)}."
        return f"{title}{more} {self.said(block.source)}"

    def pages_in(self, block: blocks.Figure) -> Iterator[Tag]:
        """Give the page numbers that stand in a drawing: those of what a column `box` of its data names."""
        tables = self.report.figures[str(block.figure)].tables.values()
        named = [str(row["box"]) for table in tables for row in table.rows if row.get("box")]
        pages = [self.page(box).removeprefix("side ") for box in named]
        if pages:
            yield from (("P", " ".join(pages)), *(("Link", page) for page in pages))

    def keys(self, block: blocks.Figure) -> Iterator[Tag]:
        for key in block.lists:
            yield "L", ""
            table = self.report.figures[str(block.figure)].tables[str(key.table)]
            for mark, *cells in table.cells(key.columns):
                yield from (("LI", ""), ("Lbl", self.words(mark)))
                yield "LBody", ", ".join(self.words(cell) for cell in cells)

    def matrix(self, block: blocks.Matrix) -> Iterator[Tag]:
        yield from (("Table", ""), ("THead", ""), ("TR", ""), ("TD", ""))
        yield from (("TH", self.words(column)) for column in block.columns)
        yield "TBody", ""
        for row, quadrants in zip(block.rows, (block.quadrants[:2], block.quadrants[2:]), strict=True):
            yield from (("TR", ""), ("TH", self.words(row)))
            for quadrant in quadrants:
                yield from (("TD", ""), ("P", f"{self.words(quadrant.title)} {len(quadrant.items)}"))
                yield "L", ""
                for item in quadrant.items[: block.shown]:
                    yield from (("LI", ""), ("Lbl", "–"), ("LBody", self.said(item)))
                    yield from self.inline(item, {})

    def rows(self, heads: list[str], rows: list[list[str]], *, grouped: bool = False) -> Iterator[Tag]:
        """Give a table; where it is `grouped`, a first cell stands once for the rows below each other that have it."""
        yield from (("THead", ""), ("TR", ""), *(("TH", head) for head in heads), ("TBody", ""))
        firsts = [first for first, *others in rows if first and others]
        runs = [first for first, _ in groupby(firsts)] if grouped else firsts
        has_heads = len(firsts) == len(rows) and len({*runs}) == len(runs)
        above = None
        for first, *others in rows:
            yield "TR", ""
            if not (grouped and has_heads and first == above):
                yield "TH" if has_heads else "TD", first
            yield from (("TD", cell) for cell in others)
            above = first

    def cards(self, block: blocks.KeyResults, level: int) -> Iterator[Tag]:
        for section, result in self.results_of(block):
            yield from (("Sect", ""), ("P", self.results[section.id]))
            yield f"H{level}", self.words(result.claim or section.content.title)
            yield from self.prose(result.text)
            yield from self.on_page(section.id)
            if block.style == "cases" and result.example is not None:
                yield "P", "Fra et læringseksempel"
                yield from self.prose(result.example.text)

    def results_listed(self, block: blocks.KeyResults) -> Iterator[Tag]:
        for section, result in self.results_of(block):
            page = self.page(section.id)
            claim = self.words(result.claim or section.content.title)
            yield from (("LI", ""), ("Lbl", f"{self.results[section.id]}."), ("LBody", f"{claim} ({page})"))
            if section.id in self.here:
                yield "Link", page

    def results_of(self, block: blocks.KeyResults) -> Iterator[tuple[Section, Result]]:
        """Give the main results that a block shows."""
        wanted = {*map(str, block.results)} or self.results.keys()
        for section in self.full.walk():
            if section.content.result is not None and section.id in wanted:
                yield section, section.content.result

    def on_page(self, target: str) -> Iterator[Tag]:
        page = f"S{self.page(target)[1:]}"
        yield "P", page
        if target in self.here:
            yield "Link", page

    def page(self, target: str) -> str:
        if target in self.here:
            return f"side {self.pages[target]}"
        return f"side {self.full_pages[target]} i hovedrapporten"

    def dashes(self, items: Iterable[str]) -> Iterator[Tag]:
        yield "L", ""
        for item in items:
            yield from (("LI", ""), ("Lbl", "–"), ("LBody", self.words(item)))

    def data(self) -> Iterator[Tag]:
        for _, block in self.report.blocks():
            if not isinstance(block, blocks.Figure):
                continue
            listed = {str(key.table): [str(column) for column in key.columns] for key in block.lists}
            for name, table in self.report.figures[str(block.figure)].tables.items():
                keys = [str(column.key) for column in table.shown]
                if not keys or keys == listed.get(name):
                    continue
                label = f"Data til figur {self.number(str(block.id))}"
                title = self.words(table.declared.title or block.title)
                yield from (("Table", ""), ("Caption", f"{label} {title}"), ("Link", label))
                kinds = [column.type for column in table.shown]
                rows = [
                    [value.replace(".", ",") if kind == "number" else self.words(value) for value, kind in cells]
                    for cells in (zip(row, kinds, strict=True) for row in table.cells(keys))
                ]
                yield from self.rows([self.words(column.heading) for column in table.shown], rows, grouped=True)

    # Prose.

    def prose(self, text: str) -> Iterator[Tag]:
        """Give the paragraphs and lists of Markdown, with what stands in them."""
        notes = dict(re.findall(r"(?m)^ *\[\^([^\]]+)\]: *(.*(?:\n +\S.*)*)", text))
        text = re.sub(r"(?m)^ *\[\^[^\]]+\]:.*(?:\n +\S.*)*", "", text)
        lists: list[tuple[int, bool, int]] = []
        """The lists that are open: indent, whether they count, how many items they have had."""
        for piece in re.split(r"\n\s*\n|\n(?= *(?:-|\d+\.) )", text):
            item = ITEM.fullmatch(piece.strip("\n"))
            if item is None:
                lists.clear()
                if piece.strip():
                    yield "P", self.said(piece)
                    yield from self.inline(piece, notes)
                continue
            indent, counts = len(item[1]), item[2] != "-"
            while lists and (lists[-1][0] > indent or (lists[-1][0] == indent and lists[-1][1] != counts)):
                lists.pop()
            if not lists or lists[-1][0] < indent:
                lists.append((indent, counts, 0))
                yield "L", ""
            lists[-1] = (indent, counts, lists[-1][2] + 1)
            yield from (("LI", ""), ("Lbl", label_of(lists)), ("LBody", self.said(item[3])))
            yield from self.inline(item[3], notes)

    def inline(self, text: str, notes: dict[str, str]) -> Iterator[Tag]:
        """Give the links and footnotes of a passage."""
        for match in INLINE.finditer(text):
            if match["note"]:
                self.notes += 1
                note = notes[match["note"]]
                yield from (("Reference", ""), ("Lbl", str(self.notes)))
                yield from (("Note", self.said(note)), ("Lbl", str(self.notes)))
                yield from self.inline(note, {})
            elif match["link"]:
                if match["to"].removeprefix("#") in self.here or not match["to"].startswith("#"):
                    yield "Link", self.said(match["link"])
            elif name_in(match["reference"]) in self.here:
                yield "Link", self.reference(match["reference"])

    def said(self, text: str) -> str:
        """Give a passage as it is read: references resolved, links as their words, no marks and no footnotes."""

        def replacement(match: re.Match[str]) -> str:
            if match["note"]:
                return ""
            if not match["link"]:
                return self.reference(match["reference"], text[: match.start()])
            to = match["to"].removeprefix("#")
            left_out = to in self.targets.keys() - self.here.keys()
            return f"{match['link']} (hovedrapporten, side {self.full_pages[to]})" if left_out else match["link"]

        return re.sub(r"\\(?=\W)|(?<!\\)\*", "", INLINE.sub(replacement, text))

    def words(self, text: object) -> str:
        """Give a line of plain words as it is read."""
        return re.sub(r"\{([^}]*)\}", lambda match: self.reference(match[1]), str(text))

    def reference(self, inside: str, before: str = "") -> str:
        """Name what stands in braces; `before` is the text before it."""
        kind, _, name = inside.rpartition(":")
        capital, name = name[0].isupper(), name[0].lower() + name[1:]
        words = self.fact(name) if kind == "fact" else self.target(kind, name, before)
        return words[0].upper() + words[1:] if capital else words

    def fact(self, name: str) -> str:
        name, _, form = name.partition(".")
        fact = self.report.facts[name]
        number = str(fact.value).replace(".", ",")
        return str(fact.words) if form == "words" else f"{number} {fact.unit}" if form == "unit" else number

    def target(self, kind: str, name: str, before: str) -> str:
        if kind == "page":
            return self.page(name)
        words = self.name(kind, name)
        if name in self.here:
            return words
        where = f"hovedrapporten, side {self.full_pages[name]}"
        if kind == "title":
            return f"{words} i hovedrapporten"
        if before.endswith("("):
            return f"se {where}"
        return where if re.search(r"\bse\s$", before) else f"{words} i {where.replace(', ', ' (')})"

    def name(self, kind: str, name: str) -> str:
        target = self.targets[name]
        if kind != "title" and target.kind in NAMED:
            return f"{NAMED[target.kind]} {target.number}"
        if kind != "title" and target.kind == "example":
            return f"boksen om Bedrift {target.party}"
        return f"«{self.words(target.title)}»"

    def number(self, target: str) -> str:
        number = self.targets[target].number
        return str(number) if number is not None else ""


def number(written: str) -> str:
    """Write a number as print does: a true minus, digits in groups from 10 000 up."""
    whole = f"{int(written):,}".replace(",", " ") if abs(int(written)) >= 10_000 else written
    return whole.replace("-", "−")


def name_in(inside: str) -> str:
    """Give the id that stands in braces; nothing for a fact's."""
    kind, _, name = inside.rpartition(":")
    return "" if kind == "fact" else name[0].lower() + name[1:]


def label_of(lists: list[tuple[int, bool, int]]) -> str:
    """Give the label of the last item of the innermost list: a dash, a number, or a letter in a numbered list."""
    *outer, (_, counts, number) = lists
    if not counts:
        return "–"
    return f"{'abcdefghijklmnopqrstuvwxyz'[number - 1]}." if any(each[1] for each in outer) else f"{number}."
