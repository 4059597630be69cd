"""A document that is being written: parts of a few blocks, changed by one random edit after another."""

from __future__ import annotations

import copy
import zlib
from collections.abc import Callable
from random import Random

from support.projects import PNG

from press.document import AT, FINGERPRINT, PAGE_OF, Document, Part
from press.fonts import font_face_css

MOST_PARTS = 5
SHEET = """
@page {{ size: 120mm 100mm; margin: 10mm; @bottom-{side} {{ content: counter(page); font: 9pt "Source Sans Pro" }} }}
html {{ font: {size}pt/1.4 "Source Serif Pro"; hyphens: auto }}
p, h1, h2, ul, table, th {{ margin: 0 0 4pt; font-weight: {weight} }}
h1, h2 {{ font-size: {size}pt; string-set: head content(text) }}
.even {{ font-variant-numeric: tabular-nums; font-kerning: none }}
.note {{ float: footnote }}
img {{ width: 10mm; height: 5mm; image-rendering: crisp-edges }}
{more}
"""
MORE = (
    "",
    "p { color: #123456 }",
    '@page { @top-left { content: string(head); font: 8pt "Source Sans Pro" } }',
    "@page { margin-bottom: 16mm }",
    "p { column-count: 2 }",
    "span { letter-spacing: .4pt }",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="{}" height="10" fill="#{}"/></svg>'
FRAME = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><image href="figur-1.svg" width="20"/></svg>'
"""Shows another drawing."""
WORDS = (
    *("en", "rapport", "om", "kommunesammenslåing", "og", "datadeling", "mellom", "virksomheter"),
    *("som", "skriver", "lyd-", "og", "bildefiler"),
)
RARE = ["ÆØÅ", "æøå", "ŋ", "ŧ", "€", "§", "—", "“", "”", "½", "é"]
HYPHENATED = ("kom-mune-sam-men-slå-ing", "kommune-sammenslåing", "data-de-ling", "virk-somheter")
Block = tuple[str, str, int]
"""Its kind, its words, and a number by which it chooses what it refers to."""


class Draft:
    """Parts with their blocks, and what all share."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.named = 0
        self.line = 1
        """Where the first block stands in its file."""
        self.size, self.weight, self.side, self.more = 10, 400, "right", 0
        self.hyphenation: tuple[str, ...] = ()
        self.figures: list[tuple[int, str]] = [(5, "00aa00"), (5, "00aa00")]
        self.parts: list[tuple[str, list[Block]]] = []
        for _ in range(self.random.randint(2, 4)):
            self.add_part()
        self.past: list[dict[str, object]] = []

    # Edits.

    def edit(self) -> str:
        """Change one thing; returns what was done."""
        edits: tuple[Callable[[], None], ...] = (
            *(self.change_block, self.change_block, self.add_block, self.move_block, self.delete_block),
            *(self.add_part, self.delete_part, self.move_part, self.split_part, self.double_part, self.grow),
            *(self.restyle, self.resize, self.redraw, self.hyphenate, self.shift, self.write_rare, self.undo),
        )
        chosen = self.random.choice(edits)
        if chosen != self.undo:
            kept = {name: value for name, value in vars(self).items() if name not in {"random", "past", "named"}}
            self.past = [*self.past[-5:], copy.deepcopy(kept)]
        chosen()
        del self.parts[MOST_PARTS:]
        return chosen.__name__

    def undo(self) -> None:
        if self.past:
            vars(self).update(self.past.pop())

    def change_block(self) -> None:
        blocks = self.blocks()
        blocks[self.random.randrange(len(blocks))] = self.block()

    def add_block(self) -> None:
        blocks = self.blocks()
        blocks.insert(self.random.randint(0, len(blocks)), self.block())

    def move_block(self) -> None:
        block = self.taken()
        blocks = self.blocks()
        blocks.insert(self.random.randint(0, len(blocks)), block)

    def delete_block(self) -> None:
        self.taken()

    def add_part(self) -> None:
        """Add a part, often at the front, where it moves all others."""
        self.named += 1
        at = self.random.choice([0, self.random.randint(0, len(self.parts))])
        self.parts.insert(at, (f"del-{self.named}", [self.block() for _ in range(self.random.randint(1, 4))]))

    def delete_part(self) -> None:
        if len(self.parts) > 2:
            del self.parts[self.random.choice([0, self.random.randrange(len(self.parts))])]

    def move_part(self) -> None:
        self.parts.insert(self.random.randrange(len(self.parts)), self.parts.pop())

    def split_part(self) -> None:
        name, blocks = self.parts[-1]
        if len(blocks) > 1:
            self.named += 1
            self.parts[-1:] = [(name, blocks[:1]), (f"del-{self.named}", blocks[1:])]

    def double_part(self) -> None:
        """Let two parts be the same but for their names."""
        self.named += 1
        self.parts.append((f"del-{self.named}", list(self.random.choice(self.parts)[1])))

    def grow(self) -> None:
        """Give a part more objects than it had room for between the numbers of the others."""
        self.blocks()[:] = [self.block() for _ in range(self.random.choice([1, 2, 8]))]

    def restyle(self) -> None:
        """Change the style sheet, and often back."""
        self.more = self.random.choice([0, self.random.randrange(len(MORE))])
        self.side, self.weight = self.random.choice(["right", "left"]), self.random.choice([400, 600])

    def resize(self) -> None:
        self.size = self.random.choice([8, 9, 10, 11])

    def redraw(self) -> None:
        """Draw another figure under the same name."""
        self.figures[self.random.randrange(2)] = (self.random.randint(1, 20), self.random.choice(["00aa00", "aa0000"]))

    def hyphenate(self) -> None:
        self.hyphenation = tuple(self.random.sample(HYPHENATED, self.random.randint(0, 2)))

    def shift(self) -> None:
        """Move all blocks down in their files, and change nothing else."""
        self.line += self.random.randint(1, 3)

    def write_rare(self) -> None:
        """Use a letter that stands nowhere else."""
        self.blocks().append(("p", f"Et {self.random.choice(RARE)} til", 0))

    def blocks(self) -> list[Block]:
        return self.random.choice(self.parts)[1]

    def taken(self) -> Block:
        blocks = self.random.choice([blocks for _, blocks in self.parts if len(blocks) > 1] or [[self.block()]])
        return blocks.pop(self.random.randrange(len(blocks)))

    def block(self) -> Block:
        kind = self.random.choice(
            ["p", "p", "p", "see", "see", "even", "even", "note", "h2", "table", "list", "figure", "beside"]
        )
        words = " ".join(self.random.choices(WORDS, k=self.random.choice([3, 8, 30])))
        return kind, words.capitalize(), self.random.randrange(1000)

    # What it becomes.

    def document(self) -> Document:
        sheet = SHEET.format(side=self.side, size=self.size, weight=self.weight, more=MORE[self.more])
        drawn = {f"figur-{number}.svg": SVG.format(*figure) for number, figure in enumerate(self.figures)}
        assets = {"bilde.png": PNG, **{name: text.encode() for name, text in {**drawn, "ramme.svg": FRAME}.items()}}
        parts = tuple(Part(name, name, self._html(name, blocks)) for name, blocks in self.parts)
        # As compose does: another number of as many digits at each edit.
        numbers = {FINGERPRINT: 10**11 + zlib.crc32(repr(parts).encode())}
        return Document(parts, f"{font_face_css()}{sheet}", assets, self.hyphenation, "nb-NO", numbers=numbers)

    def _html(self, name: str, blocks: list[Block]) -> str:
        below = [
            f'<div {AT}="content/{name}.yaml:{self.line + 3 * index}:5">{self._block(name, index, block)}</div>'
            for index, block in enumerate(blocks)
        ]
        below.append(f'<p>Utkast <span class="even" {PAGE_OF}="{FINGERPRINT}"></span>.</p>')
        body = f'<h1 id="{name}">{name}</h1>{"".join(below)}'
        return f'<html lang="nb"><head><title>Utkast</title></head><body id="part-{name}">{body}</body></html>'

    def _block(self, name: str, index: int, block: Block) -> str:
        kind, words, chance = block
        target = self.parts[chance % len(self.parts)][0]
        number = f'<span {PAGE_OF}="{target}"></span>'
        say = f'se side {number} (<a href="#{target}">{target}</a>)'
        figure = ("figur-0.svg", "figur-1.svg", "ramme.svg")[chance % 3]
        told = {
            "see": f"<p>{words}, {say}.</p>",
            "even": f'<p>{words}, {say.replace("<span", """<span class="even" """)}.</p>',
            "note": f'<p>{words}<span class="note">{say.capitalize()}</span> og mer.</p>',
            "h2": f'<h2 id="{name}-{index}">{words[:30]}, {say}</h2>',
            "table": f"<table><tr><th>Ord</th><th>Hvor</th></tr><tr><td>{words[:20]}</td><td>{say}</td></tr></table>",
            "list": f"<ul><li>{words}</li><li>{say}</li></ul>",
            "figure": f'<p><img src="{figure}" alt="En figur"/> {words} <img src="bilde.png" alt="Et bilde"/></p>',
            "beside": f"<p>{words} {number}{number} og sammen{number}slåing, kommune-{number}-sammen.</p>",
        }
        return told.get(kind, f"<p>{words}.</p>")
