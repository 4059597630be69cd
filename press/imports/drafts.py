"""Drafts: what a file says, parted into sections with texts, tables and photographs.

The first heading is the section's own; a deeper one begins a section below it, one as high or higher a section beside
it. What stands within words or lists and is a block here (a picture, a table) stands below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from textwrap import dedent

from press.content.images import image_problems
from press.content.strict_yaml import LONGEST_TEXT, Located
from press.errors import Place
from press.imports.names import Names
from press.imports.tree import Node, NoPictureError, Source, Told, settled, shown, text_of
from press.imports.writing import BULLET, Notes, Writer, flat, html_of, is_read_as
from press.words.prose import DEEPEST_LIST

_LABEL = re.compile(
    r"\s*(?:Tabell|Table|Figur|Figure|Bilde|Bilete|Foto|Photo)\s+\d+(?:\.\d+)*(?:\s*[.:–—-]\s*|\s+|\Z)", re.I
)
"""What stands before a caption in Word, and is numbered by the engine."""
LISTS = {"ul", "ol"}
CELLS = {"td", "th"}


@dataclass
class Text:
    """Paragraphs and lists, with the footnotes that they call."""

    pieces: list[str] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)

    @property
    def written(self) -> str:
        return self.notes.below("\n\n".join(self.pieces))


class Quotation(Text):
    """What somebody else says, in paragraphs and lists."""


@dataclass
class Code:
    """Lines of a program."""

    id: str
    language: str
    listing: str


@dataclass
class Column:
    """One column of a table."""

    heading: str
    is_right: bool = False


@dataclass
class Table:
    """A table with its rows."""

    id: str
    columns: list[Column]
    rows: list[list[str]]
    title: str = ""


@dataclass
class Photo:
    """A picture."""

    id: str
    image: str
    """The name of its file."""
    alt: str
    caption: str = ""


@dataclass
class Draft:
    """A section to be."""

    id: str
    title: str
    level: int
    blocks: list[Text | Code | Table | Photo] = field(default_factory=list)
    below: list[Draft] = field(default_factory=list)

    def walk(self) -> Iterator[Draft]:
        """Yield it and all below it, in reading order."""
        yield self
        for draft in self.below:
            yield from draft.walk()


@dataclass
class Drafts:
    """All that comes of a file."""

    sections: list[Draft]
    images: dict[str, bytes]
    """By the names of their files."""
    told: list[Told]


def drafts(source: Source, names: Names) -> Drafts:
    """Make drafts of what was read."""
    return _Drafter(source, names).drafts()


class _Drafter:
    def __init__(self, source: Source, names: Names) -> None:
        self.source = source
        self.names = names
        self.writer = Writer(source)
        self.sections: list[Draft] = []
        self.images: dict[str, bytes] = {}
        self.open: list[Draft] = []
        """The section that is being filled, below those it lies in."""
        self.closed: Text | None = None
        """A quotation to which nothing more belongs."""
        self.caption: Node | None = None
        """One that waits for the table or picture below it."""
        self.ids: dict[int, str] = {}
        """Of the sections, by where their headings stand in the file's body."""

    def drafts(self) -> Drafts:
        body = [node for node in _with_typed_lists(self.source.body) if not _is_empty_heading(node)]
        self._name_sections([node for node in body if node.tag == "h"])
        self._begin(Draft(self.names.own, "", _first_level(body)))
        for node in body:
            self._block(node)
        self._lone_caption()
        for name, note in self.source.notes.items():
            if name in self.writer.called:
                continue
            self._tell(note, f"a footnote that nothing calls is left out: «{shown(text_of([note]))}»", "write it anew")
        return Drafts(self.sections, self.images, sorted(self.source.told, key=lambda told: told.at))

    def _tell(self, node: Node, what: str, mend: str) -> None:
        self.writer.tell(node.at, what, mend)

    def _name_sections(self, headings: Sequence[Node]) -> None:
        """Give each heading the id of its section, and let links within the file know it."""
        for index, node in enumerate(headings):
            words = text_of(node.children)
            id_ = self.ids[id(node)] = self.names.of(words) if index else self.names.own
            for anchor in (*node.attributes.get("id", "").split(), _anchor(words)):
                if anchor:
                    self.writer.anchors.setdefault(anchor.lower(), id_)

    def _begin(self, draft: Draft) -> None:
        while self.open and self.open[-1].level >= draft.level:
            self.open.pop()
        (self.open[-1].below if self.open else self.sections).append(draft)
        self.open.append(draft)

    def _block(self, node: Node) -> None:
        if self.caption is not None and node.tag not in {"table", "img"} and not _is_picture(node):
            self._lone_caption()
        match node.tag:
            case "h":
                self._heading(node)
            case "p":
                self._paragraph(node.children, node.at)
            case "ul" | "ol":
                self._list(node)
            case "table":
                self._table(node)
            case "caption":
                self._caption(node)
            case "blockquote":
                self._quotation(node)
            case "pre":
                self._code(node)
            case "tags":
                what = f"what stood in HTML is now a paragraph: «{shown(text_of(node.children))}»"
                self._tell(node, what, "read it again, and write it as prose")
                self._paragraph(node.children, node.at)
            case _:
                self._paragraph([node], node.at)

    def _quotation(self, node: Node) -> None:
        """Place what is quoted, and below it what no quotation holds."""
        below: list[Node] = []
        quoted = Quotation()
        self.open[-1].blocks.append(quoted)
        self.closed = None
        for child in _with_typed_lists([each for each in node.children if isinstance(each, Node)]):
            if child.tag in {"p", "h", "caption"}:
                self._paragraph(child.children, child.at)
            elif child.tag in LISTS:
                self._list(child)
            else:
                below.append(child)
        self.closed = quoted
        if not quoted.pieces:
            self.open[-1].blocks.remove(quoted)
        for child in below:
            self._tell(child, "what stood within a quotation, and is no text, stands below it now", "see that it fits")
            self._block(child)

    def _code(self, node: Node) -> None:
        listing = "\n".join(settled(line.expandtabs(4)).rstrip() for line in text_of(node.children).split("\n"))
        listing = dedent(listing).strip("\n")
        if not listing:
            return
        language = node.attributes.get("language", "")
        if language and not _is_language(language):
            self._tell(node, f"the language of the code is not known: {shown(language)}", "write another, or none")
            language = ""
        self.open[-1].blocks.append(Code(self.names.of(""), language, listing))

    def _heading(self, node: Node) -> None:
        title = self.writer.plain(node.children, node.at, "a heading")
        level = int(node.attributes["level"])
        if self.ids[id(node)] == self.names.own:
            self.sections[0].title = title
        else:
            self._begin(Draft(self.ids[id(node)], title, level))
        self._place_pictures()

    def _text(self) -> Text:
        """Give the text to which the next paragraph belongs."""
        blocks = self.open[-1].blocks
        last = blocks[-1] if blocks else None
        if not isinstance(last, Text) or last is self.closed or len(last.written) > LONGEST_TEXT // 2:
            blocks.append(last := Text())
        return last

    def _add(self, piece: str, text: Text) -> None:
        if piece:
            text.pieces.append(piece)
        elif not text.pieces and not isinstance(text, Quotation):
            self.open[-1].blocks.remove(text)

    def _paragraph(self, nodes: Sequence[Node | str], at: int) -> None:
        text = self._text()
        self._add(self.writer.prose(nodes, at, text.notes), text)
        self._place_pictures()

    def _list(self, node: Node) -> None:
        text = self._text()
        before = dict(text.notes.texts)
        lines: list[str] = []
        expected = self._points(node, text.notes, lines)
        written = "\n".join(lines)
        if _first(node) == 1 and not _is_deeper(node, DEEPEST_LIST) and is_read_as(written, expected):
            self._add(written, text)
        else:
            text.notes.texts = before
            self.writer.tables.clear()
            if sum(1 for _ in _items(node)) > 1:
                what = "a list that prose cannot have is now paragraphs"
                self._tell(node, what, "a list begins with 1 and counts on, or has - before each point")
            self._add("", text)
            self._as_paragraphs(node)
        self._place_pictures()
        tables, self.writer.tables = self.writer.tables, []
        for table in tables:
            self._tell(table, "a table stood within a list, and stands below it now", "see that this is right")
            self._table(table)

    def _points(self, node: Node, notes: Notes, lines: list[str], indent: str = "") -> str:
        """Write the lines of a list; returns the HTML that they are to become."""
        expected, number = [], 0
        for item in _items(node):
            words, below = _parted(item)
            first = self.writer.prose(words, item.at, notes)
            if not first and not below:
                continue
            number += 1
            mark = f"{number}{node.attributes.get('mark', '.')} " if node.tag == "ol" else "- "
            inner = indent + " " * len(mark)
            lines.append(f"{indent}{mark}" + first.replace("\n", f"\n{inner}"))
            expected.append(f"<li>{html_of(first)}")
            for child in below:
                if child.tag in LISTS:
                    expected.append(self._points(child, notes, lines, inner))
                elif child.tag == "table":
                    self.writer.tables.append(child)
                elif self._tells_of_block(child) and (more := self.writer.prose(flat([child]), child.at, notes)):
                    lines.append(f"\n{inner}" + more.replace("\n", f"\n{inner}"))
                    expected.append(f"<p>{html_of(more)}</p>")
            expected.append("</li>")
        return f"<{node.tag}>{''.join(expected)}</{node.tag}>"

    def _tells_of_block(self, node: Node) -> bool:
        """Tell of code or a quotation that is a paragraph of a point."""
        if node.tag in {"pre", "blockquote"}:
            what = f"code or a quotation in a list is now a paragraph: «{shown(text_of([node]))}»"
            self._tell(node, what, "read it again")
        return True

    def _as_paragraphs(self, node: Node, before: str = "") -> None:
        """Write each point as a paragraph that begins with its number, if it has one."""
        for number, item in enumerate(_items(node), start=_first(node)):
            words, below = _parted(item)
            typed = f"{before}{number}{node.attributes.get('mark', '.')} " if node.tag == "ol" else ""
            self._paragraph([typed, *words], item.at)
            for child in below:
                if child.tag in LISTS:
                    self._as_paragraphs(child)
                else:
                    self._block(replace(child, tag="p") if child.tag == "h" else child)

    def _table(self, node: Node) -> None:
        rows = [list(_named(row, CELLS)) for row in _rows(node)]
        heads = [row for row in rows if row and all(cell.tag == "th" for cell in row)]
        width = max((len(row) for row in rows), default=0)
        filled = [row for row in rows if any(text_of(cell.children).strip() or _has_picture(cell) for cell in row)]
        if len(filled) < 2:
            self._tell(node, "a table of one row is now paragraphs", "write it as a table, or leave it so")
            for cell in (cell for row in filled for cell in row):
                self._paragraph(list(flat(cell.children)), cell.at)
            return
        if not heads:
            self._tell(node, "the first row of a table is taken for the heads of its columns", "see that this is right")
        if len(heads) > 1:
            self._tell(node, "a table has several rows of heads; those below the first are rows now", "join them")
        first, *below = filled
        columns = [self._column(cell) for cell in first]
        columns += [Column("") for _ in range(width - len(columns))]
        table = Table("", columns, [self._row(row, width) for row in below])
        if self.caption is not None:
            table.title = self._title(self.caption)
        table.id = self.names.of(table.title)
        self.caption = None
        self.open[-1].blocks.append(table)
        if not all(column.heading for column in columns):
            self._tell(node, "a column of a table has no heading", "write it after `heading:`")
        if not table.title:
            what = f"write it after `title:`, and {{{table.id}}} in a paragraph above the table"
            self._tell(node, "a table has no title", what)
        self._place_pictures()

    def _column(self, cell: Node) -> Column:
        heading = self.writer.plain(flat(cell.children), cell.at, "a head of a column")
        return Column(heading, cell.attributes.get("align") == "right")

    def _row(self, row: Sequence[Node], width: int) -> list[str]:
        cells = []
        for cell in row:
            if sum(1 for child in cell.children if isinstance(child, Node) and child.tag in {"p", *LISTS, "table"}) > 1:
                self._tell(
                    cell, f"the paragraphs of a cell are one: «{shown(text_of(cell.children))}»", "read it again"
                )
            cells.append(self.writer.inline(flat(cell.children), cell.at))
        return [*cells, *[""] * (width - len(cells))]

    def _caption(self, node: Node) -> None:
        blocks = self.open[-1].blocks
        last = blocks[-1] if blocks else None
        if isinstance(last, Photo) and not last.caption:
            last.caption = self.writer.inline(_unlabelled(node), node.at)
            self._tell_label(node)
        elif isinstance(last, Table) and not last.title and node.attributes.get("before") != "table":
            last.title = self._title(node)
            self.source.told[:] = [told for told in self.source.told if told.what != "a table has no title"]
        else:
            self.caption = node

    def _title(self, caption: Node) -> str:
        self._tell_label(caption)
        return self.writer.plain(_unlabelled(caption), caption.at, "a table's title")

    def _tell_label(self, caption: Node) -> None:
        if label := _LABEL.match(text_of(caption.children)):
            what = f"the number of a caption is left out: «{label[0].strip()}»"
            self._tell(caption, what, "nothing: numbers are given when the report is built")

    def _lone_caption(self) -> None:
        if self.caption is not None:
            caption, self.caption = self.caption, None
            self._tell(
                caption, "a caption without a table or picture beside it is a paragraph now", "see where it belongs"
            )
            self._paragraph(caption.children, caption.at)

    def _place_pictures(self) -> None:
        pictures, self.writer.pictures = self.writer.pictures, []
        for node in pictures:
            self._picture(node)

    def _picture(self, node: Node) -> None:
        alt, title = node.attributes.get("alt", "").strip(), node.attributes.get("title", "").strip()
        try:
            data = self._picture_data(node.attributes["src"])
        except NoPictureError as error:
            words = "".join(f"; {name}: «{shown(said)}»" for name, said in (("alt", alt), ("title", title)) if said)
            self._tell(node, f"a picture is not carried over: {error.what}{words}", error.mend)
            return
        id_ = self.names.of(title)
        image = self.names.image(id_, data)
        self.images[image] = data
        photo = Photo(id_, image, self.writer.plain([alt], node.at, "an alternative text"))
        photo.caption = self.writer.inline([title], node.at) if title else ""
        if self.caption is not None and not photo.caption:
            photo.caption = self.writer.inline(_unlabelled(self.caption), self.caption.at)
            self._tell_label(self.caption)
            self.caption = None
        self.open[-1].blocks.append(photo)
        if not photo.alt:
            self._tell(node, "a picture has no words for those who cannot see it", "write what it shows after `alt:`")
        self._tell(node, "a picture's file does not say who took it", "write it after `credit:`, and its `caption:`")

    def _picture_data(self, address: str) -> bytes:
        data = self.source.picture(address)
        for problem in image_problems(data, Located(shown(address), Place(""))):
            raise NoPictureError(problem.what, problem.mend)
        return data


def _is_language(name: str) -> bool:
    """Tell whether Pygments knows a language."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True


def _with_typed_lists(body: Sequence[Node]) -> Iterator[Node]:
    """Make a list of the paragraphs that begin with a bullet typed by hand."""
    points: list[Node] = []
    for node in body:
        first = node.children[0] if node.tag == "p" and node.children else None
        if isinstance(first, str) and BULLET.match(first):
            points.append(Node("li", node.at, (BULLET.sub("", first, count=1), *node.children[1:])))
            continue
        if points:
            yield Node("ul", points[0].at, tuple(points))
            points = []
        yield node
    if points:
        yield Node("ul", points[0].at, tuple(points))


def _first_level(body: Sequence[Node]) -> int:
    return next((int(node.attributes["level"]) for node in body if node.tag == "h"), 1)


def _anchor(words: str) -> str:
    """Give the anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")


def _is_picture(node: Node) -> bool:
    return node.tag == "p" and _has_picture(node) and not text_of(node.children).strip()


def _has_picture(node: Node) -> bool:
    return any(child.tag == "img" or _has_picture(child) for child in node.children if isinstance(child, Node))


def _named(node: Node, tags: set[str]) -> Iterator[Node]:
    return (child for child in node.children if isinstance(child, Node) and child.tag in tags)


def _rows(node: Node) -> Iterator[Node]:
    for child in _named(node, {"thead", "tbody", "tr"}):
        yield from [child] if child.tag == "tr" else _rows(child)


def _items(node: Node) -> Iterator[Node]:
    return _named(node, {"li"})


def _first(node: Node) -> int:
    return int(node.attributes.get("start", "1"))


def _parted(item: Node) -> tuple[list[Node | str], list[Node]]:
    """Part a point into its first words and what stands below them."""
    words: list[Node | str] = []
    below: list[Node] = []
    for child in item.children:
        is_block = isinstance(child, Node) and child.tag in {"p", "ul", "ol", "table", "pre", "blockquote", "h", "tags"}
        if isinstance(child, Node) and child.tag == "p" and not text_of(words).strip() and not below:
            words += child.children
        elif isinstance(child, Node) and (is_block or below):
            below.append(child)
        elif isinstance(child, str) and below:
            below += [Node("p", item.at, (child,))] if child.strip() else []
        else:
            words.append(child)
    return words, below


def _is_deeper(node: Node, most: int) -> bool:
    if node.tag in LISTS:
        most -= 1
    return most < 0 or any(_is_deeper(child, most) for child in node.children if isinstance(child, Node))


def _is_empty_heading(node: Node) -> bool:
    return (
        node.tag == "h"
        and not text_of(node.children).strip()
        and not any(isinstance(child, Node) for child in node.children)
    )


def _unlabelled(caption: Node) -> list[Node | str]:
    children = list(caption.children)
    joined = text_of(children)
    if (label := _LABEL.match(joined)) is None:
        return children
    left = label.end()
    for index, child in enumerate(children):
        if isinstance(child, Node):
            if len(text_of([child])) > left:
                return children[index:]
            left -= len(text_of([child]))
            continue
        if len(child) >= left:
            return [child[left:], *children[index + 1 :]]
        left -= len(child)
    return []
