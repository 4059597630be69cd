"""What is read of a random publication, line for line, as its author meant it: the whole sequence of characters.

Where each text stands in print, and what templates say around it, is taken from `content_tags`; what is read of a text
is what the generator says (`typed`). Neither looks at the engine's HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from support.content_tags import Content, Tag
from support.pdf import Built
from support.tagged import folded
from support.typed import BESIDE, END, FACTS_READ, LISTED, NOTE, NOTE_END, POINTER, REFERENCE

_LABELS = r"Læringseksempel .*|Hovedresultat \d+|Vedlegg \d+|Om denne utgaven|Rettigheter|Fra et læringseksempel"
IN_CAPITALS = (
    (re.compile(rf"^({_LABELS})$"), {"P", "H2", "H3"}),
    (re.compile(r"^Del \d+(?= )"), {"H1", "H2", "H3", "H4", "H5", "H6"}),
    (re.compile(r"^(Kort|Merk|Tips|Advarsel)$"), {"P"}),
)  # fmt: skip
"""What style sheets set in capitals."""
_MARKS = re.compile(f"({REFERENCE}|{POINTER})([^{END}]*){END}|{NOTE}|{BESIDE}|{NOTE_END}")


def expected(built: Built, reads: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Give the lines of a publication or a short edition in reading order, white space folded."""
    return Reading(built, reads).lines()


class Reading(Content):
    """The content as it is read; `unread` holds the texts that were not asked for so far."""

    def __init__(self, built: Built, reads: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(built)
        self.reads = reads
        self.unread = set(reads)

    def lines(self) -> list[str]:
        tags = (tag for tag in self.all() if tag[0] != "Link")
        return [line for line in (folded(in_capitals(*tag)) for tag in tags) if line]

    def prose(self, text: str) -> Iterator[Tag]:
        for line in self.read_of(text) or (text.strip(),):
            yield "P", self.resolved(line)

    def sources(self) -> Iterator[str]:
        cited = "".join(text for text in self.reads if text not in self.unread)  # they stand at the end
        yield from (line for key, line in LISTED.items() if f"@{key}" in cited)

    def words(self, text: object) -> str:
        read = self.read_of(str(text))
        return self.resolved(read[0]) if read else super().words(text)

    def said(self, text: str) -> str:
        return self.words(text)

    def fact(self, name: str) -> str:
        return FACTS_READ[name]

    def read_of(self, text: str) -> tuple[str, ...] | None:
        typed = text.strip()
        self.unread.discard(typed)
        return self.reads.get(typed)

    def resolved(self, line: str) -> str:
        """Put in what only finished pages know: references, and the numbers of footnotes."""
        read, end = "", 0
        for match in _MARKS.finditer(line):
            read += line[end : match.start()]
            end = match.end()
            if match[1] == REFERENCE:
                read += self.reference(match[2], read)
            elif match[1] == POINTER and match[2] not in self.here:
                read += f" (hovedrapporten, side {self.full_pages[match[2]]})"
            elif match[0] in {NOTE, BESIDE}:
                self.notes += 1
                read += f" {',' if match[0] == BESIDE else ''}{self.notes} {self.notes} "
            elif match[0] == NOTE_END:
                read += " "
        return read + line[end:]


def in_capitals(role: str, line: str) -> str:
    for pattern, roles in IN_CAPITALS:
        if role in roles:
            line = pattern.sub(lambda match: match[0].upper(), line)
    return line
