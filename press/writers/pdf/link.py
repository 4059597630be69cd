"""The linker: parts in print put together to one PDF, PDF/A-2a and PDF/UA-1 in one.

What the parts share is made here: the fonts, with the glyphs that any of them shows; the tree of pages, the
destinations, the outline, the root of the tag tree, what the document says of itself, and the cross-references.
Everything else stands in the parts as it will in the file, and is put in with its numbers filled in.

A part's objects are numbered from a multiple of `STRIDE`, so that a part that grows a little moves no number of
another. (qpdf takes a file for damaged whose numbers are many times those of its objects.) What a part becomes at a
place is remembered, so that linking again after an edit costs little but copying.

Nothing here needs WeasyPrint. Source: ISO 32000-1, 7.5 (file structure), 7.7 (document structure), 14.7.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

import pydyf

from press.cache import Cache, key_of
from press.errors import Place, Problem
from press.writers.pdf.embedded import Embedded, embed
from press.writers.pdf.kept import engine
from press.writers.pdf.streams import packed
from press.writers.pdf.subset import subset
from press.writers.pdf.written import (
    LOCAL,
    OWN_PAGE,
    SAID_NUMBER,
    TEXT,
    Bookmark,
    FontUse,
    Identity,
    Stream,
    Written,
    first_pages,
)

KIND = "font-subset"
STRIDE = 64
PAGES, CATALOG, FONTS, DOCUMENT, STRUCTURE, PROFILE, PARENTS = range(1, 8)
"""Objects of the document that parts name, and those that name the parts."""
STANDS_FOR: Mapping[str, str] = {"Aside": "Div"}
"""Types of structure elements that PDF 1.7 does not know, and the nearest that it does."""
OTHERS = 4
"""The outline, the metadata, the information and the object stream of the document's own objects."""
HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_LOCAL = re.compile(re.escape(LOCAL) + rb"([0-9]+)")
_TEXT = re.compile(re.escape(TEXT) + rb"([0-9]+)")


@dataclass(frozen=True)
class Linked:
    """Objects of the file, as they stand in it: streams by their numbers, and an object stream with all others."""

    streams: tuple[tuple[int, bytes], ...]
    holder: int
    """Number of the object stream."""
    held: tuple[int, ...]
    """Numbers of the objects in it, in order."""


@dataclass(frozen=True)
class _At:
    """A part in its place."""

    part: Written
    base: int
    """What its objects' numbers are added to."""
    first_page: int
    numbers: tuple[tuple[str, int], ...]
    """The page numbers that it prints or says, by id."""


class Linker:
    """Puts parts together; remembers what it made of each, and the fonts that it cut down."""

    def __init__(self, files: Mapping[str, bytes], cache: Cache) -> None:
        self.files = files
        """Font files by SHA-256."""
        self.cache = cache
        self._linked: dict[_At, Linked] = {}

    def link(self, parts: Sequence[Written]) -> bytes:
        """Give the PDF of parts in this order."""
        firsts, numbers = first_pages(parts), numbers_by_id(parts)
        own = _Objects()
        fonts, outline = self._fonts(parts, own), _Outline(own)
        base = STRIDE * (1 + (own.next + sum(len(part.bookmarks) for part in parts) + OTHERS) // STRIDE)
        placed: list[_At] = []
        for part, first in zip(parts, firsts, strict=True):
            said = tuple((target, numbers[target]) for target in sorted(part.used))
            placed.append(_At(part, base, first, said))
            base += STRIDE * (1 + _highest(part) // STRIDE)
        self._linked = {at: self._linked.get(at) or _link_part(at) for at in placed}
        document = _document(placed, own, fonts, outline)
        return _file([document, *self._linked.values()], base)

    def _fonts(self, parts: Sequence[Written], own: _Objects) -> Any:
        """Embed each font once, with the glyphs that any part shows."""
        merged: dict[str, list[FontUse]] = {}
        for part in parts:
            for use in part.fonts:
                merged.setdefault(use.name, []).append(use)
        fonts, letters_of = pydyf.Dictionary(), letters_by_font(parts)
        for name, uses in sorted(merged.items()):
            first, letters = uses[0], letters_of[name]
            widths = dict(pair for use in reversed(uses) for pair in reversed(use.widths))
            content = self._subset(first, sorted(letters))
            bounds = (0, first.descent, max(widths.values(), default=0), first.ascent)
            embedded = Embedded(
                first.base_font,
                content,
                letters,
                widths,
                bounds,
                first.ascent,
                first.descent,
                first.ascent,
                first.flags,
                first.family,
            )
            fonts[name] = embed(own, embedded).reference
        return fonts

    def _subset(self, font: FontUse, glyphs: Sequence[int]) -> bytes:
        """Give a font with these glyphs only, kept or made."""
        key = key_of(engine(), font.file, str(font.index), repr(glyphs))
        content = self.cache.get(KIND, key)
        if content is None:
            content = subset(self.files[font.file], glyphs, hinting=False, face=font.index)
            self.cache.put(KIND, key, content)
        return content


def letters_by_font(parts: Iterable[Written]) -> dict[str, dict[int, str]]:
    """Say for which letters each glyph of a font stands in the file: what the first part says that shows it."""
    letters: dict[str, dict[int, str]] = {}
    for part in parts:
        for use in part.fonts:
            of_font = letters.setdefault(use.name, {})
            for glyph, said in use.glyphs:
                of_font.setdefault(glyph, said)
    return letters


def pages_by_id(parts: Sequence[Written]) -> dict[str, int]:
    """Give the page of everything that can be led to; of two that have an id, the first counts."""
    pages: dict[str, int] = {}
    for part, first in zip(parts, first_pages(parts), strict=True):
        for name, page, _, _ in part.anchors:
            pages.setdefault(name, first + page)
    return pages


def numbers_by_id(parts: Sequence[Written]) -> dict[str, int]:
    """Give the page of everything that can be led to, and what else is printed in parts that are at home."""
    return {**{name: number for part in parts for name, number in part.used.items()}, **pages_by_id(parts)}


def at_home(parts: Sequence[Written], others: Mapping[str, int]) -> list[Written]:
    """Give parts with the numbers filled in that they have in this order, as if laid out for them.

    `others` are the numbers that are no pages.
    """
    numbers = {**others, **pages_by_id(parts)}
    return [_at_home(part, first, numbers) for part, first in zip(parts, first_pages(parts), strict=True)]


def _at_home(part: Written, first: int, numbers: Mapping[str, int]) -> Written:
    used = {target: numbers.get(target, number) for target, number in part.used.items()}
    if (first, used) == (part.first_page, part.used):
        return part
    at = _At(part, 0, first, tuple(used.items()))
    streams = tuple(_filled(stream, at) for stream in part.streams)
    return replace(part, first_page=first, used=used, streams=streams)


def link_problems(parts: Sequence[Written]) -> Iterator[Problem]:
    """Yield the links that lead to nothing."""
    known = pages_by_id(parts)
    for part in parts:
        for target in part.targets:
            if target not in known:
                what = f"the part {part.part!r} has a link to {target!r}, which is not in print"
                yield Problem(Place("templates"), "links", what, "refer to an id that is in print")


def _highest(part: Written) -> int:
    """Give the highest number of a part's objects, and of the keys of its parent tree, its object stream counted."""
    numbers = [number for number, _ in part.objects] + [stream.number for stream in part.streams]
    return max(numbers) + 1


# One part.


def _link_part(at: _At) -> Linked:
    """Fill in the numbers of a part."""
    numbers = dict(at.numbers)
    texts = [_string(SAID_NUMBER.sub(lambda match: str(numbers[match[1]]), text)) for text in at.part.texts]

    def filled(head: bytes) -> bytes:
        head = _LOCAL.sub(lambda match: b"%d" % (at.base + int(match[1])), head)
        return _TEXT.sub(lambda match: texts[int(match[1])], head) if TEXT in head else head

    streams = [(at.base + each.number, _stream(filled(each.head), _filled(each, at).body)) for each in at.part.streams]
    objects = [(at.base + number, filled(head)) for number, head in at.part.objects]
    return _held(streams, objects, at.base + _highest(at.part))


def _filled(stream: Stream, at: _At) -> Stream:
    """Give a stream with the page numbers that stand in it."""
    numbers = dict(at.numbers)
    content = bytearray(stream.content)
    for slot in stream.slots:
        number = at.first_page + slot.page if slot.target == OWN_PAGE else numbers[slot.target]
        shown = slot.between.join(slot.glyphs[int(digit)] for digit in str(number)).encode()
        content[slot.at : slot.at + len(shown)] = shown
    if content == stream.content:
        return stream
    body, is_packed = packed(bytes(content))
    assert is_packed  # as a page's content always can be  # noqa: S101
    return replace(stream, content=bytes(content), body=body)


def _held(streams: Sequence[tuple[int, bytes]], objects: Sequence[tuple[int, bytes]], holder: int) -> Linked:
    """Put objects into an object stream, whose own number is `holder`."""
    starts = accumulate((len(body) + 1 for _, body in objects), initial=0)
    table = b" ".join(b"%d %d" % (number, start) for (number, _), start in zip(objects, starts, strict=False)) + b"\n"
    body, is_packed = packed(table + b"\n".join(body for _, body in objects))
    how = b"/Filter /FlateDecode" if is_packed else b""
    head = b"<</Type /ObjStm/N %d/First %d%s>>" % (len(objects), len(table), how)
    written = [(number, b"%d 0 obj\n%s\nendobj\n" % (number, each)) for number, each in streams]
    written.append((holder, b"%d 0 obj\n%s\nendobj\n" % (holder, _stream(head, body))))
    return Linked(tuple(written), holder, tuple(number for number, _ in objects))


def _stream(head: bytes, body: bytes) -> bytes:
    return b"%s/Length %d>>\nstream\n%s\nendstream" % (head.removesuffix(b">>"), len(body), body)


def _string(text: str) -> bytes:
    data: bytes = pydyf.String(text).data
    return data


# The document.


class _Objects:
    """Objects of the document itself, numbered after those that parts name."""

    def __init__(self) -> None:
        self.objects: list[Any] = []
        self.next = PARENTS + 1

    def add_object(self, item: Any) -> None:
        item.number = self.next
        self.next += 1
        self.objects.append(item)


class _Outline:
    """The bookmarks of all parts, as a tree."""

    def __init__(self, own: _Objects) -> None:
        self.own = own
        self.top = pydyf.Dictionary({"Type": "/Outlines"})
        self.open: list[tuple[int, Any]] = []
        """The entries that the next may stand under, with their levels."""
        self.below: dict[int, list[Any]] = {}
        """The entries right below each, by its number."""

    def add(self, bookmark: Bookmark, page: int) -> None:
        """Add the next entry, under the nearest before it that is of a higher level."""
        if not self.below:
            self.own.add_object(self.top)
            self.open, self.below = [(0, self.top)], {self.top.number: []}
        while self.open[-1][0] >= bookmark.level:
            self.open.pop()
        parent = self.open[-1][1]
        entry = pydyf.Dictionary(
            {
                "Title": pydyf.String(bookmark.title),
                "Dest": pydyf.Array([b"%d 0 R" % page, "/XYZ", bookmark.x, bookmark.y, 0]),
                "Parent": parent.reference,
                "Count": 1 if bookmark.is_open else -1,
            }
        )
        self.own.add_object(entry)
        self.below[parent.number].append(entry)
        self.below[entry.number] = []
        self.open.append((bookmark.level, entry))

    def finish(self) -> Any:
        """Link the entries with each other; returns the outline, None if it is empty."""
        if not self.below:
            return None
        self._count(self.top)
        return self.top

    def _count(self, entry: Any) -> int:
        """Tie together what is below an entry; returns how many entries show when it is open."""
        below = self.below[entry.number]
        shown = len(below) + sum(max(0, self._count(each)) for each in below)
        for before, after in pairwise(below):
            before["Next"], after["Prev"] = after.reference, before.reference
        if below:
            entry["First"], entry["Last"] = below[0].reference, below[-1].reference
        is_closed = entry.pop("Count", 1) < 0
        if shown:
            entry["Count"] = -shown if is_closed else shown
        return -shown if is_closed else shown


def _document(placed: Sequence[_At], own: _Objects, fonts: Any, outline: _Outline) -> Linked:
    """Make what the parts share."""
    identity = placed[0].part.identity
    pages = [b"%d 0 R" % (at.base + number) for at in placed for number in at.part.page_objects]
    catalog: dict[str, Any] = {
        "Type": "/Catalog",
        "Pages": b"%d 0 R" % PAGES,
        "Lang": pydyf.String(identity.language),
        "StructTreeRoot": b"%d 0 R" % STRUCTURE,
        "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
        "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
        # The folio of a page is its number in the file, so that «side 29» and page 29 of the reader are one.
        "PageLabels": pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])}),
        "OutputIntents": pydyf.Array([_output_intent(identity)]),
    }
    dests = {name: (at, page, x, y) for at in reversed(placed) for name, page, x, y in reversed(at.part.anchors)}
    if dests:
        names = pydyf.Array()
        for name, (at, page, x, y) in sorted(dests.items()):
            leaf = b"%d 0 R" % (at.base + at.part.page_objects[page])
            names.extend([pydyf.String(name), pydyf.Array([leaf, "/XYZ", x, y, 0])])
        catalog["Names"] = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": names})})
    for at in placed:
        for bookmark in at.part.bookmarks:
            outline.add(bookmark, at.base + at.part.page_objects[bookmark.page])
    if (top := outline.finish()) is not None:
        catalog["Outlines"] = top.reference
    forms = [at for at in placed if at.part.fields]
    if forms:
        fields = b" ".join(b"%d 0 R" % (at.base + number) for at in forms for number in at.part.fields)
        look = _LOCAL.sub(lambda match: b"%d" % (forms[0].base + int(match[1])), forms[0].part.form)
        catalog["AcroForm"] = b"<</Fields [%s]%s" % (fields, look)
    metadata = pydyf.Stream([identity.metadata], {"Type": "/Metadata", "Subtype": "/XML"})
    own.add_object(metadata)
    catalog["Metadata"] = metadata.reference
    objects = [
        (PAGES, pydyf.Dictionary({"Type": "/Pages", "Count": len(pages), "Kids": pydyf.Array(pages)}).data),
        (CATALOG, pydyf.Dictionary(catalog).data),
        (FONTS, fonts.data),
        *_structure(placed),
        (own.next, identity.info),
    ]
    streams = [(PROFILE, _profile(identity))]
    for item in own.objects:
        if isinstance(item, pydyf.Stream):
            streams.append((item.number, _own_stream(item)))
        else:
            objects.append((item.number, item.data))
    return _held(streams, objects, own.next + 1)


def _structure(placed: Sequence[_At]) -> Iterator[tuple[int, bytes]]:
    """Yield the root of the tag tree, the element of the document, and the root of what leads back to elements."""
    parents = [b"%d 0 R" % (at.base + at.part.parents) for at in placed]
    elements = [b"%d 0 R" % (at.base + number) for at in placed for number in at.part.elements]
    notes = sorted((name, at.base + number) for at in placed for name, number in at.part.notes)
    root = {
        "Type": "/StructTreeRoot",
        "RoleMap": pydyf.Dictionary({role: f"/{known}" for role, known in STANDS_FOR.items()}),
        "K": pydyf.Array([b"%d 0 R" % DOCUMENT]),
        "ParentTree": b"%d 0 R" % PARENTS,
        "ParentTreeNextKey": placed[-1].base + _highest(placed[-1].part) + 1,
    }
    if notes:
        names = [item for name, number in notes for item in (pydyf.String(name), b"%d 0 R" % number)]
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
    document = {"Type": "/StructElem", "S": "/Document", "P": b"%d 0 R" % STRUCTURE, "K": pydyf.Array(elements)}
    yield STRUCTURE, pydyf.Dictionary(root).data
    yield DOCUMENT, pydyf.Dictionary(document).data
    yield PARENTS, pydyf.Dictionary({"Kids": pydyf.Array(parents)}).data


def _output_intent(identity: Identity) -> Any:
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String(identity.profile_name),
            "Info": pydyf.String(identity.profile_name),
            "DestOutputProfile": b"%d 0 R" % PROFILE,
        }
    )


def _profile(identity: Identity) -> bytes:
    body, is_packed = packed(identity.profile, {"N"})
    return _stream(b"<</N 3%s>>" % (b"/Filter /FlateDecode" if is_packed else b""), body)


def _own_stream(item: Any) -> bytes:
    content = b"\n".join(item.stream)
    body, is_packed = packed(content, item.extra) if item.compress else (content, False)
    extra = pydyf.Dictionary({**item.extra, **({"Filter": "/FlateDecode"} if is_packed else {})})
    return _stream(extra.data, body)


def _file(sections: Sequence[Linked], size: int) -> bytes:
    """Write the objects one after another, and where each of them is."""
    pieces, position = [HEADER], len(HEADER)
    where: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for section in sections:
        for number, written in section.streams:
            where[number] = (1, position, 0)
            pieces.append(written)
            position += len(written)
        for index, number in enumerate(section.held):
            where[number] = (2, section.holder, index)
    info = sections[0].holder - 1
    table_number = size
    where[table_number] = (1, position, 0)
    numbers = sorted(where)
    starts = [number for number in numbers if number - 1 not in where]
    ends = [number for number in numbers if number + 1 not in where]
    ranges = b" ".join(b"%d %d" % (start, end - start + 1) for start, end in zip(starts, ends, strict=True))
    width = (max(position, size).bit_length() + 7) // 8
    rows = b"".join(
        kind.to_bytes(1, "big") + first.to_bytes(width, "big") + second.to_bytes(2, "big")
        for kind, first, second in (where[number] for number in numbers)
    )
    body, is_packed = packed(rows)
    digest = hashlib.md5(b"".join(pieces), usedforsecurity=False).hexdigest().encode()
    head = b"<</Type /XRef/W [1 %d 2]/Index [%s]/Size %d/Root %d 0 R/Info %d 0 R/ID [<%s><%s>]%s>>" % (
        *(width, ranges, size + 1, CATALOG, info, digest, digest),
        b"/Filter /FlateDecode" if is_packed else b"",
    )
    pieces.append(b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table_number, _stream(head, body), position))
    return b"".join(pieces)
