"""What the templates printed of the content: each of its texts once, unchanged, in order, and no words of their own.

`press.writers.pdf.seen.conserve` holds the pages against the HTML; this holds the HTML against the content. While an
edition is composed, what is set of a content text goes into the templates between marks that name the text. In the
finished HTML the marks say what was printed of whom and where, whatever a template did with it; `without_marks` takes
them out again.

A text that belongs to a block, a lead or the colophon stands once. A title may be repeated, in contents and lists.
Words that templates print besides come from the language file, so that no reader meets a word that no editor can find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup

from press.content.blocks import Code, Figure, FigureData
from press.content.strict_yaml import Located
from press.errors import Place, Problem

if TYPE_CHECKING:
    from press.content.blocks import Block
    from press.content.report import Report
    from press.document import Part

RULE = "printed"
# Noncharacters of Unicode, which content cannot hold (`press.content.strict_yaml` refuses them).
OPEN, NAMED, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKS = re.compile(f"{OPEN}[0-9]+{NAMED}|{CLOSE}")
# What is never seen, whatever stands in it.
_UNSEEN = re.compile(r"<!--.*?-->|<(style|script|template|title)\b.*?</\1>|<[^>]*>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_IN_TAG = re.compile(r"<[^>]*\Z")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
TITLES = ("title", "theme", "about")
"""The fields of a block that contents and lists repeat."""
MOST_PIECES, MOST_PARTS = 8192, 128
"""Of which a living process knows what can be seen of them."""


@dataclass(frozen=True)
class Wanted:
    """A text that an edition prints."""

    text: Located
    most: int | None = 1
    """How often it may stand there; None for a title, which lists repeat."""
    rank: int | None = None
    """Where it comes among those that have an order, from 0."""
    in_body: bool = True
    """Whether contents and cover do not count: what stands there only repeats it."""


@dataclass
class Ledger:
    """What was set of the content for one edition."""

    pieces: list[tuple[Located, str]] = field(default_factory=list)
    """Each piece of a text with its HTML, by the number in its marks."""

    def mark(self, text: Located, html: Markup) -> Markup:
        """Put a piece of a text between marks that say whose it is; of nothing it stays nothing."""
        if not html:
            return html
        self.pieces.append((text, str(html)))
        return html.__class__(f"{OPEN}{len(self.pieces) - 1}{NAMED}{html}{CLOSE}")  # as safe as it was

    def problems(self, front: Sequence[Part], body: Sequence[Part], wanted: Iterable[Wanted]) -> Iterator[Problem]:
        """Hold what is printed in front matter (cover, contents) and body against what the edition is to print."""
        found: dict[int, Counter[str]] = {}
        reached, last = -1, ""
        by_text = {id(each.text): each for each in wanted}
        spans = [(part in front, *span) for part in (*front, *body) for span in _spans(part.html)]
        for is_front, index, html in spans:
            text = self.pieces[index][0]
            each = by_text.get(id(text))
            if each is None or (is_front and each.in_body):
                continue
            found.setdefault(id(text), Counter())[html] += 1
            rank = each.rank
            if rank is not None and rank < reached:
                yield _problem(text, f"it is printed after «{last}», which stands below it in the content")
            elif rank is not None:
                reached, last = rank, _short(text)
        set_as = self._set_as()
        for each in by_text.values():
            yield from _compare(each, found.get(id(each.text), Counter()), set_as.get(id(each.text), set()))

    def _set_as(self) -> Mapping[int, set[str]]:
        """Gather the pieces that each text was set in."""
        pieces: dict[int, set[str]] = {}
        for text, html in self.pieces:
            pieces.setdefault(id(text), set()).add(_seen_of(html))
        return pieces


def without_marks(html: str) -> str:
    """Give HTML as it is to be laid out."""
    return _MARKS.sub("", html)


def wanted_of(report: Report, own: Iterable[Located], named: Iterable[Located] = ()) -> Iterator[Wanted]:
    """Yield what an edition prints of the report that was selected for it, and the texts of its `own`.

    What is `named` may be named again, as the authors are where it is said how to cite them.
    """
    for section in report.walk():
        yield Wanted(section.content.title, most=None)
        if section.content.lead is not None:
            yield Wanted(section.content.lead)
    printed = (block for _, block in report.blocks() if block.stands != "none")
    for rank, block in enumerate(printed):
        yield from _wanted_of_block(block, rank)
        if isinstance(block, FigureData):
            yield from (Wanted(cell, most=None) for cell in _data(report))
    yield from (Wanted(text, in_body=False) for text in own)
    yield from (Wanted(text, None, in_body=False) for text in named)


def _wanted_of_block(block: Block, rank: int) -> Iterator[Wanted]:
    if isinstance(block, Code):
        yield Wanted(block.listing, 1, rank)
    repeated = {id(getattr(block, name, None)) for name in TITLES}
    for text in (*block.lines(), *block.prose()):
        if text is not getattr(block, "alt", None) and text:
            yield Wanted(text, None) if id(text) in repeated else Wanted(text, 1, rank)


def first_cell_spans(rows: Sequence[Sequence[str]]) -> list[int]:
    """Tell of each row for how many rows its first cell stands: 0 where the cell of a row above stands for it too.

    So it is where equal cells stand below each other and nowhere else; otherwise each stands for itself.
    """
    firsts = [row[0].strip() if len(row) > 1 else "" for row in rows]
    runs = [len(list(together)) for _, together in groupby(firsts)]
    are_groups = all(firsts) and len(runs) == len(set(firsts))
    return [span for run in runs for span in (run, *[0] * (run - 1))] if are_groups else [1] * len(rows)


def _data(report: Report) -> Iterator[Located]:
    """Yield the cells of the figures' data that readers see."""
    for _, block in report.blocks():
        for table in report.figures[str(block.id)].tables.values() if isinstance(block, Figure) else ():
            rows = list(table.cells([str(column.key) for column in table.shown]))
            for row, span in zip(rows, first_cell_spans(rows), strict=True):
                yield from (cell for cell in (row if span else row[1:]) if cell)


def template_problems(source: str, name: str, environment: jinja2.Environment) -> Iterator[Problem]:
    """Yield the words that a template has of its own: those in its text and those of strings that it prints."""
    so_far = ""
    for line, text in _written(environment.parse(source)):
        for word in _LETTERS.finditer(_seen(so_far, text)):
            row = line + text.count("\n", 0, max(text.find(word[0]), 0))
            what = f"the template prints a word of its own: «{word[0]}»"
            mend = 'add it to the words of templates/language/ and print {{ word("…") }}'
            yield Problem(Place(f"templates/{name}", row), RULE, what, mend)
        so_far = (so_far + text)[-2000:]


@lru_cache(maxsize=MOST_PIECES)
def _seen_of(html: str) -> str:
    return " ".join(_UNSEEN.sub(" ", html).split())


@lru_cache(maxsize=MOST_PARTS)
def _spans(html: str) -> tuple[tuple[int, str], ...]:
    """Give the marked texts of a part that can be seen, each with its number and what is printed of it."""
    return tuple(_marked(_UNSEEN.sub(" ", html)))


def _marked(seen: str) -> Iterator[tuple[int, str]]:
    open_at: list[tuple[int, int]] = []
    for match in _MARKS.finditer(seen):
        if match[0] != CLOSE:
            open_at.append((int(match[0][1:-1]), match.end()))
        elif open_at:
            index, start = open_at.pop()
            yield index, " ".join(without_marks(seen[start : match.start()]).split())


def _compare(wanted: Wanted, found: Counter[str], pieces: set[str]) -> Iterator[Problem]:
    missing = [piece for piece in pieces if piece and piece not in found]
    if not pieces or missing:
        changed = next((html for html in found if html not in pieces), None)
        yield _problem(
            wanted.text,
            f"only «{_short(changed)}» of it is printed" if changed else "no template prints it",
        )
    elif wanted.most is not None and (count := max(found.values(), default=0)) > wanted.most:
        yield _problem(wanted.text, f"it is printed {count} times")


def _problem(text: Located, what: str) -> Problem:
    setting = "{{ …|prose }}, {{ …|inline }} or {{ …|line }}"
    mend = f"mend the template: it prints {setting} of each text once, as it is, in the order given"
    return Problem(text.place, RULE, f"«{_short(text)}»: {what}", mend)


def _written(node: nodes.Node) -> Iterator[tuple[int, str]]:
    """Yield what a template writes by itself, in the order of its source, each with its line."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.lineno, child.data
        elif isinstance(child, nodes.Output):
            for part in child.nodes:
                if isinstance(part, nodes.TemplateData):
                    yield part.lineno, part.data
                else:
                    yield from _constants(part)
        else:
            yield from _written(child)


def _constants(node: nodes.Expr) -> Iterator[tuple[int, str]]:
    """Yield the strings that an expression may print: not those that only choose or ask."""
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.lineno, node.value
    elif isinstance(node, nodes.Filter) and node.node is not None:
        yield from _constants(node.node)
    elif isinstance(node, nodes.CondExpr):
        yield from (found for side in (node.expr1, node.expr2) if side is not None for found in _constants(side))
    elif isinstance(node, nodes.Concat):
        yield from (found for part in node.nodes for found in _constants(part))
    elif isinstance(node, nodes.BinExpr):
        yield from (found for side in (node.left, node.right) for found in _constants(side))


def _seen(before: str, text: str) -> str:
    """Blank what of a template's text stands in tags; `before` says whether it begins in one."""
    opened = _IN_TAG.search(_TAGS.sub("", before)) is not None
    if opened:
        _, closing, text = text.partition(">")
        text = text if closing else ""
    return re.sub(r"&\w+;", " ", _IN_TAG.sub("", _UNSEEN.sub(" ", text)))


def _short(text: Any) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= 40 else f"{words[:40]}…"
