"""A part that is laid out, checked and drawn: what `press.writers.pdf.link` puts together with the other parts."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

from press.writers.pdf.engine.actual_text import actual_text
from press.writers.pdf.engine.boxes import copies_numbers, numbers_of_pages, page_box, text_boxes, words_in_drawings
from press.writers.pdf.engine.drawings import forms
from press.writers.pdf.engine.numbers import Spot, spotted
from press.writers.pdf.engine.part_pdf import draw_part
from press.writers.pdf.layout import LaidOut, refusals
from press.writers.pdf.seen.conserve import Conserved, conserve
from press.writers.pdf.seen.letters import letters_of
from press.writers.pdf.seen.links import link_problems
from press.writers.pdf.seen.styled import styled_problems
from press.writers.pdf.seen.survey import survey_part
from press.writers.pdf.standards import declare_both
from press.writers.pdf.streams import packed
from press.writers.pdf.tags import Tagger
from press.writers.pdf.words import Saying
from press.writers.pdf.written import LOCAL, OWN_PAGE, Bookmark, FontUse, Identity, Slot, Stream, Written

PX_TO_PT = 0.75
FONTS, PROFILE, PAGES = 3, 6, 1
"""Objects of the whole document that a part's objects name."""


@dataclass(frozen=True)
class _Printed:
    """A page number in print."""

    target: str
    page: int
    """Index of the page that it stands on."""


def write_part(laid_out: LaidOut, images: dict[str, Any], files: dict[str, bytes]) -> Written:
    """Draw a part; `images` are shared by the parts of a document, `files` gets the fonts that it shows, by SHA-256."""
    rendered, part = laid_out.rendered, laid_out.part
    conserved = Conserved()
    conserve(laid_out, conserved)
    declare_both(rendered.metadata)
    numbers, others = _numbers(laid_out)
    tagger = Tagger(laid_out)
    said = actual_text(conserved.said, conserved.hyphens)
    with refusals(part.id), forms(), said, spotted(numbers) as spots:
        pdf, fonts = draw_part(rendered, images, tagger.add_tags)
    is_bound = others or spots.keys() != numbers.keys() or any(_is_said(conserved.said.get(box)) for box in numbers)
    profile = rendered.color_profiles["srgb"]
    shared = {int(fonts.number): FONTS, int(profile.pdf_reference.split()[0].strip(LOCAL)): PROFILE, 1: PAGES}
    written = _Objects(pdf, shared, {} if is_bound else {spots[box]: numbers[box] for box in numbers})
    surveyed, count = survey_part(laid_out, conserved.hyphens)
    return Written(
        part=part.id,
        title=part.title,
        first_page=laid_out.first_page,
        used=laid_out.used,
        bound=is_bound,
        sided=laid_out.sided,
        page_objects=written.pages,
        objects=tuple(written.objects),
        streams=tuple(written.streams),
        texts=tuple(tagger.texts),
        elements=tagger.elements,
        parents=tagger.parents,
        notes=tagger.notes,
        anchors=tuple(_anchors(rendered.pages)),
        targets=tuple(sorted({to for page in rendered.pages for kind, to, *_ in page.links if kind == "internal"})),
        bookmarks=tuple(_bookmarks(rendered.pages)),
        fonts=tuple(_fonts(rendered.fonts.values(), files)),
        fields=tagger.fields.objects,
        form=tagger.fields.look,
        identity=Identity(pdf.info.data, written.metadata, rendered.metadata.lang or "", profile.content, profile.name),
        places={at: page - laid_out.first_page for at, page in conserved.places.items()},
        letters=tuple(_letters(page, set() if is_bound else set(numbers)) for page in rendered.pages),
        surveyed=surveyed,
        count=count,
        problems=(*conserved.problems, *link_problems(laid_out), *styled_problems(laid_out)),
    )


def _is_said(said: Saying | None) -> bool:
    """Tell whether a box is a piece of a word that is said otherwise than by its glyphs."""
    return said is not None and bool(said.word or said.goes_on or said.hyphen)


def _letters(page: Any, left_out: Container[Any]) -> dict[str, int]:
    """Count the letters of a page, but for those of some text boxes."""
    whole = page_box(page)
    texts = [box.text for box, _ in text_boxes(whole) if box not in left_out]
    return letters_of([*texts, *words_in_drawings(whole)])


def _numbers(laid_out: LaidOut) -> tuple[dict[Any, _Printed], bool]:
    """Find the text boxes that are page numbers, and tell whether numbers stand elsewhere too."""
    found: dict[Any, _Printed] = {}
    others = False
    for index, page in enumerate(laid_out.rendered.pages):
        others = others or copies_numbers(page_box(page))
        for box, target in numbers_of_pages(page_box(page)):
            wanted = laid_out.first_page + index if target is None else laid_out.used[target]
            if box.text == str(wanted):
                found[box] = _Printed(OWN_PAGE if target is None else target, index)
            elif box.text.strip():
                others = True
    return found, others


class _Objects:
    """The objects of a part, as they stand in a file."""

    def __init__(self, pdf: Any, shared: Mapping[int, int], spots: Mapping[Spot, _Printed]) -> None:
        self.shared = shared
        self.pages: tuple[int, ...] = tuple(int(number) for number in pdf.pages["Kids"][::3])
        self.objects: list[tuple[int, bytes]] = []
        self.streams: list[Stream] = []
        self.metadata = b""
        left_out = {0, int(pdf.catalog.number), *shared}
        spots_by_stream: dict[int, list[tuple[Spot, _Printed]]] = {}
        for spot, printed in spots.items():
            spots_by_stream.setdefault(int(spot.stream.number), []).append((spot, printed))
        for item in pdf.objects:
            number = int(item.number)
            if number in left_out:
                continue
            if not isinstance(item, pydyf.Stream):
                self.objects.append((number, self._head(item)))
            elif item.extra.get("Type") == "/Metadata":
                self.metadata = item.stream[0]
            else:
                self.streams.append(self._stream(item, spots_by_stream.get(number, [])))

    def _stream(self, item: Any, spots: list[tuple[Spot, _Printed]]) -> Stream:
        pieces = [pydyf._to_bytes(operation) for operation in item.stream]
        content = b"\n".join(pieces)
        body, is_packed = packed(content, item.extra) if item.compress else (content, False)
        extra = pydyf.Dictionary({**item.extra, **({"Filter": "/FlateDecode"} if is_packed else {})})
        starts = [0]
        for piece in pieces:
            starts.append(starts[-1] + len(piece) + 1)
        slots = sorted(
            (
                Slot(starts[spot.operation] + len(b"[<"), printed.target, printed.page, spot.glyphs, spot.between)
                for spot, printed in spots
            ),
            key=lambda slot: slot.at,
        )
        return Stream(int(item.number), self._head(extra), body, content if slots else b"", tuple(slots))

    def _head(self, item: Any) -> bytes:
        head: bytes = item.data
        for local, absolute in self.shared.items():
            head = head.replace(b"%s%d 0 R" % (LOCAL, local), b"%d 0 R" % absolute)
        return head


def _anchors(pages: Any) -> Iterator[tuple[str, int, float, float]]:
    """Yield what can be led to; what runs over several pages stands where it begins."""
    seen: set[str] = set()
    for index, page in enumerate(pages):
        for name, (x, y, _, _) in page.anchors.items():
            if name not in seen:
                seen.add(name)
                yield name, index, x * PX_TO_PT, (page.height - y) * PX_TO_PT


def _bookmarks(pages: Any) -> Iterator[Bookmark]:
    for index, page in enumerate(pages):
        for level, title, (x, y), state in page.bookmarks:
            yield Bookmark(level, title, index, x * PX_TO_PT, (page.height - y) * PX_TO_PT, state != "closed")


def _fonts(fonts: Any, files: dict[str, bytes]) -> Iterator[FontUse]:
    for font in fonts:
        digest = hashlib.sha256(font.file_content).hexdigest()
        files[digest] = font.file_content
        yield FontUse(
            font.hash,
            digest,
            font.index,
            font.name.decode().removeprefix("/"),
            font.family,
            font.flags,
            font.ascent,
            font.descent,
            tuple(font.to_unicode.items()),
            tuple(font.widths.items()),
        )
