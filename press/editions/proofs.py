"""What a party is shown for its approval: its boxes, every passage that names it, and where each will stand.

A party is whoever the report speaks of under a letter: a company, a municipality, a hospital.

The study let each party approve its example before print, and so does the pipeline. A proof holds no other party's
box. It needs the page map of the built report, so that it can say on which page each passage stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from press.content.blocks import Block, Example, Figure, FigureData, KeyResults, Table
from press.content.report import ReadTable, Report, Section
from press.content.strict_yaml import Located
from press.editions.edition import Edition
from press.editions.page_map import PageMap
from press.editions.references import targets
from press.errors import ContentError, Place, Problem
from press.words import list_items, prose
from press.words.language import Language

RULE = "proof"
TEMPLATES = "editions/proof"
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_LETTER = r"[A-ZÆØÅ](?:['’-]?s)?(?![\w–])"
"""A party's letter, also in the genitive; not the first of a range."""


@dataclass(frozen=True)
class Box:
    """A learning example of the party."""

    block: Example
    section: Section
    page: int
    others: tuple[str, ...]
    """The other parties whose boxes stand in the same section, in the order of the boxes."""


@dataclass(frozen=True)
class Passage:
    """A paragraph, line or row that names the party, outside its own boxes."""

    text: Located
    is_prose: bool
    section: Section | None
    """Where it stands; None for words that only short editions print."""
    page: int | None


def proof(report: Report, party: str, language: Language, where: PageMap) -> Edition:
    """Declare the proof for one party."""
    word = language.word("party")
    examples = [(section, block) for section, block in report.blocks() if isinstance(block, Example)]
    boxes = [
        Box(block, section, where.pages[str(block.example)], _others(examples, section, party))
        for section, block in examples
        if block.party == party
    ]
    passages = list(_Search(report, party, language, where).passages())
    context = {"party": party, "boxes": boxes, "passages": passages}
    return Edition(
        name="proof",
        output=f"proofs/{word.lower()}-{party.lower()}.pdf",
        templates=TEMPLATES,
        parts=("proof",),
        stylesheets=("editions/report/type.css", f"{TEMPLATES}/proof.css"),
        label=f"{word} {party}, {language.word('for_approval')}",
        context=context,
        texts=(*(box.block.text for box in boxes), *(passage.text for passage in passages)),
    )


def _others(examples: Sequence[tuple[Section, Example]], section: Section, party: str) -> tuple[str, ...]:
    beside = (str(block.party) for stands_in, block in examples if stands_in is section and block.party != party)
    return tuple(dict.fromkeys(beside))


def require_known(report: Report, parties: Iterable[str]) -> None:
    """Raise ContentError with every letter that the register of parties does not hold, or if it holds none."""
    known = [str(letter) for letter in report.settings.parties]
    mend = f"the parties are: {', '.join(known)}" if known else "write `parties: [A, B]`"
    wrong = [f"no party has the letter {party!r}" for party in parties if party not in known]
    if not known:
        wrong = ["no parties are registered"]
    if wrong:
        raise ContentError(Problem(Place("content/report.yaml"), RULE, what, mend) for what in wrong)


def names(text: str, party: str, word: str) -> bool:
    """Tell whether words name a party: «Bedrift A», «bedriftene A, B og C». A range («A–O») names nobody."""
    listed = rf"{_LETTER}(?:(?:,\s*|,?\s+(?:og|eller|and|or)\s+){_LETTER})*"
    found = re.finditer(rf"(?<!\w)(?i:{re.escape(word)}(?:en|ene|er)?)\s+({listed})", text)
    return any(party == letter[0] for match in found for letter in re.findall(rf"(?<!\w){_LETTER}", match[1]))


class _Search:
    """Looks for a party in everything that is printed."""

    def __init__(self, report: Report, party: str, language: Language, where: PageMap) -> None:
        self.report = report
        self.party = party
        self.word = language.word("party")
        self.where = where
        self.targets = targets(report.sections)
        self.boxes = {name for name, target in self.targets.items() if target.kind == "example"}
        self.data = next((section for section, block in report.blocks() if isinstance(block, FigureData)), None)
        """The section that prints the data of figures as tables."""

    def passages(self) -> Iterator[Passage]:
        for section in self.report.walk():
            content = section.content
            yield from self._lines([content.title, content.divider.text if content.divider else None], section)
            if content.lead is not None:
                yield from self._prose(content.lead, section)
            for block in (*content.blocks, *content.closing):
                is_own = isinstance(block, Example) and block.party == self.party
                if not is_own and block.stands != "none":
                    yield from self._block(block, section)
            yield from self._statements(section)
        for edition in self.report.editions.values():
            for part in edition.sections:
                yield from self._lines([part.title], None)
                for block in part.blocks:
                    yield from self._block(block, None)

    def _block(self, block: Block, section: Section | None) -> Iterator[Passage]:
        if isinstance(block, Table):
            yield from self._lines([block.title, *(column.heading for column in block.columns)], section)
            yield from self._rows(block.rows or (), section)
            yield from self._lines([block.source], section)
        else:
            yield from self._lines(block.lines(), section)
        for text in block.prose():
            yield from self._prose(text, section)
        if isinstance(block, Figure):
            page, source = self.where.pages.get(str(block.figure)), self.report.figures[str(block.figure)]
            yield from self._lines(source.declared.labels.values(), section, page)
            for table in source.tables.values():
                yield from self._table(table, section, page)

    def _table(self, table: ReadTable, section: Section | None, page: int | None) -> Iterator[Passage]:
        """Yield what names the party in a figure's data: where they stand as text, else where they are drawn."""
        printed = table.cells([str(column.key) for column in table.shown])
        pages = [self.where.places.get(str(cells[0].place)) if cells else None for cells in printed]
        places = [(section, page) if found is None else (self.data, found) for found in pages]
        head = [table.declared.title, *(column.heading for column in table.shown)]
        yield from self._lines(head, *next(iter(places), (section, page)))
        for row, place in zip(table.texts, places, strict=True):
            yield from self._rows([row], *place)

    def _statements(self, section: Section) -> Iterator[Passage]:
        """Yield what short editions say of a section; a result may stand among the report's main results as well."""
        results = next((found for found in self.report.blocks() if isinstance(found[1], KeyResults)), None)
        if section.content.result is not None and results is not None:
            page = self.where.pages.get(str(results[1].id))
            yield from self._lines([section.content.result.claim], results[0], page)
        for _, statement in section.content.statements():
            page = self.where.places.get(str(statement.text.place_of(0)))
            if self._names(statement.text):
                yield Passage(statement.text, True, results[0] if results and page else None, page)

    def _lines(
        self, texts: Iterable[Located | None], section: Section | None, page: int | None = None
    ) -> Iterator[Passage]:
        for text in texts:
            if text is not None and self._names(text):
                yield Passage(text, False, section, page or self._page(text.place, section))

    def _prose(self, text: Located, section: Section | None) -> Iterator[Passage]:
        """Yield the paragraphs that name the party, or call a note that does; each with its notes."""
        lines = list_items.read(text)
        notes: dict[str, str] = {}
        for line in lines:
            if line.note is not None:
                notes[line.note] = f"{notes[line.note]}\n{line.text}" if line.note in notes else line.text
        without = "\n".join(" " * len(line.text) if line.note else line.text for line in lines)
        for match in _PARAGRAPH.finditer(without):
            called = [notes[name].rstrip() for name in re.findall(list_items.NOTE, match[0]) if name in notes]
            whole = "\n\n".join([match[0].rstrip(), *called])
            if self._names(whole):
                place = text.place_of(match.start())
                yield Passage(Located(whole, place), True, section, self._page(place, section))

    def _rows(
        self, rows: Iterable[Sequence[Located]], section: Section | None, page: int | None = None
    ) -> Iterator[Passage]:
        """Yield the rows of a table that are about the party: with its letter, alone or among others, in a cell."""
        for row in rows:
            letters = {item.partition("(")[0].strip() for cell in row for item in re.split(r",|\s(?:og|and)\s", cell)}
            if self.party in letters or any(self._names(cell) for cell in row):
                # The id of a box is there for the drawing, which prints the page of it.
                shown = (cell for cell in row if cell and cell not in self.boxes)
                words = Located(" · ".join(shown), row[0].place)
                yield Passage(words, False, section, page or self._page(row[0].place, section))

    def _names(self, text: str) -> bool:
        return names(prose.plain(text.replace("*", ""), self._said), self.party, self.word)

    def _said(self, reference: prose.Reference) -> str:
        """Say what a reference prints, as far as it can name a party."""
        target = self.targets.get(reference.id)
        if target is None or reference.kind in {"fact", "page"}:
            return ""
        if reference.kind == "name" and target.party is not None:
            return f"{self.word} {target.party}"
        return str(target.title or "") if reference.kind == "title" or target.number is None else ""

    def _page(self, place: Place, section: Section | None) -> int | None:
        """Find the page of a place: of the nearest before it in its file, else of its section."""
        if section is None:
            return None
        known = ((Place.parse(name), page) for name, page in self.where.places.items())
        before = [(at, page) for at, page in known if at and at.file == place.file and at.line <= place.line]
        return max(before)[1] if before else self.where.pages.get(section.id)
