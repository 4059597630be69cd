"""Word read: mammoth makes HTML of it, which is read as elements.

mammoth passes over what it does not know. So the text is gone through before: what it would lose is put where it reads
it, or told; each paragraph gets a bookmark with its number, which comes out in the HTML; and what it is handed is a
package of nothing but text, lists and notes, in which a picture is a name.

Source: ECMA-376, part 1 (WordprocessingML).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from press.content.images import LARGEST_BYTES
from press.imports.package import RELATIONSHIP, SAVE_ANEW, Element, Package, Relation
from press.imports.tree import Node, NoPictureError, Source, Told, settled, shown, text_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": _W,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": _R,
}
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KEPT = frozenset(
    (
        *("tab", "br", "noBreakHyphen", "softHyphen", "tbl", "tr", "tc", "hyperlink", "sdt", "sdtContent"),
        *("footnoteReference", "endnoteReference", "document", "body", "footnotes", "endnotes", "footnote", "endnote"),
    )
)
"""What mammoth reads, or needs."""
_SILENT = frozenset(
    (
        *("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd"),
        *(
            "permStart",
            "permEnd",
            "sectPr",
            "footnoteRef",
            "endnoteRef",
            "annotationRef",
            "separator",
            "pgNum",
            "fldData",
        ),
        *("continuationSeparator", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
"""What has no words."""
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='HTML Code'] => code
r[style-name='Verbatim Char'] => code
p[style-name='Body Text'] => p:fresh
p[style-name='Normal (Web)'] => p:fresh
p[style-name='No Spacing'] => p:fresh
u => u
"""
_REFERENCE = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s")
_BOOKMARK = re.compile(r"p(?P<at>\d+)(?:n(?P<number>\d+))?\Z")
_NOTE = re.compile(r"(?:foot|end)note-(?!ref-)")
_CALL = "note-ref-"
_DEEPEST_HEADING = 6
_PLAIN = frozenset({"span", "div"})


def read(path: Path, shown_as: str) -> Source:
    """Read a Word file; raises ReportError for what is none, or would do harm."""
    package = Package(path, shown_as)
    cleaner = _Cleaner(package)
    handed = cleaner.package()
    body, notes = _Reader(cleaner).read(_as_html(handed, package, cleaner))
    return Source(body, notes, cleaner.picture, cleaner.told, cleaner.where)


def _as_html(handed: bytes, package: Package, cleaner: _Cleaner) -> Element:
    import mammoth

    @mammoth.images.img_element  # type: ignore[untyped-decorator]
    def picture(image: object) -> dict[str, str]:
        name, _, alt = str(getattr(image, "alt_text", "")).partition("\n")
        return {"src": name, "alt": alt}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(handed), style_map=_STYLES, convert_image=picture, include_embedded_style_map=False
        )
        html = ElementTree.fromstring(f"<div>{result.value}</div>")  # noqa: S314 - made of what was read
    except Exception as error:  # whatever it stumbles over is in the file
        raise package.refused("the text of this file cannot be understood", SAVE_ANEW) from error
    for message in result.messages:
        if "was referenced but not defined" in message.message:
            continue  # the styles of headings, which are given in the text alone
        style = re.match(r"Unrecognised (paragraph|run) style: (.*) \(Style ID: ", message.message)
        what = f"what is in the style «{style[2]}» is ordinary text now" if style else f"{message.message}"
        cleaner.tell(what, "see whether that is right", at=0)
    return html


class _Cleaner:
    """Goes through a Word file, and leaves what mammoth reads."""

    def __init__(self, package: Package) -> None:
        self.told: list[Told] = []
        self.headings: dict[int, list[str]] = {}
        """The bookmarks of headings, by paragraph."""
        self._package = package
        self._folder = package.main.rpartition("/")[0]
        self._at = 0
        self._begins: dict[int, str] = {}
        """The first words of paragraphs."""
        self._relations: dict[str, Relation] = {}
        self._part = ""
        self._calls: dict[str, int] = {}
        """Where notes are called."""
        self._hoisted: list[Element] = []
        """The paragraphs of text boxes, to be put below where they stand."""
        self._styles = self._read("styles")
        self._numbering = _Numbering(self._read("numbering"))
        self._levels = _heading_levels(self._styles)
        self._names = {
            _value(style, "styleId"): _value(style.find(_w("name")), "val") for style in _styles(self._styles)
        }
        self._notes = {kind: self._read(f"{kind}s") for kind in ("footnote", "endnote")}
        self._comments = {_value(each, "id"): _text(each) for each in self._root(self._read("comments"))}
        self._contents: list[str] = []
        self._counted = 0

    def where(self, at: int) -> str:
        if at not in self._begins:
            return "in this file"
        return f"paragraph {at}" + (f", «{self._begins[at]}»" if self._begins[at] else "")

    def tell(self, what: str, mend: str, *, at: int | None = None) -> None:
        told = Told(self._at if at is None else at, what, mend)
        if told not in self.told:
            self.told.append(told)

    def picture(self, name: str) -> bytes:
        if name not in self._package:
            raise NoPictureError("it is not in the file", "insert it in Word, or write a `photo` block")
        return self._package.read(name, LARGEST_BYTES + 1)

    def package(self) -> bytes:
        """Give the file anew with what is left of it."""
        parts = {"[Content_Types].xml": _TYPES}
        parts |= self._cleaned("document", self._package.main)
        for kind, root in self._notes.items():
            if root is not None:
                parts |= self._cleaned(f"{kind}s", self._path(f"{kind}s"))
                self._tell_uncalled(kind, root)
        for name in ("styles", "numbering"):
            if (root := self._read(name)) is not None:
                parts[f"word/{name}.xml"] = ElementTree.tostring(_transitional(root), "utf-8")
        self._tell_heads_and_feet()
        if self._contents:
            what = f"the table of contents is left out: «{shown(' '.join(self._contents))}»"
            self.tell(what, "nothing: contents are made when the report is built", at=0)
        handed = io.BytesIO()
        with zipfile.ZipFile(handed, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return handed.getvalue()

    def _path(self, kind: str) -> str:
        found = (each.target for each in self._package.relations(self._package.main).values() if each.kind == kind)
        return next((target for target in found if target in self._package), "")

    def _read(self, kind: str) -> Element | None:
        path = self._path(kind)
        return _transitional(self._package.xml(path)) if path else None

    def _root(self, element: Element | None) -> Iterable[Element]:
        return () if element is None else element

    def _cleaned(self, name: str, path: str) -> dict[str, bytes]:
        """Give a part with text as mammoth is to have it, and what it refers to."""
        self._part, self._relations = name, self._package.relations(path)
        root = _transitional(self._package.xml(path))
        (cleaned,) = self._clean(root)
        relations = Element(f"{{{_RELATIONS}}}Relationships")
        for id_, relation in self._relations.items():
            said = {"Id": id_, "Target": relation.target, "Type": relation.kind}
            relations.append(Element(RELATIONSHIP, said))
        return {
            f"word/{name}.xml": ElementTree.tostring(cleaned, "utf-8"),
            f"word/_rels/{name}.xml.rels": ElementTree.tostring(relations, "utf-8"),
        }

    def _clean(self, element: Element) -> list[Element]:
        """Give what is to stand in the place of an element."""
        name = _local(element.tag)
        handler = getattr(self, f"_clean_{name}", None)
        if handler is not None:
            return list(handler(element))
        if name in _SILENT:
            return []
        if name.endswith("Pr") or name in {"tblGrid", "t", "tab", "sym", "fldChar"}:
            return [element]
        if name in _KEPT:
            return [self._with_children(element)]
        within = self._children(element)
        if not within and (words := _text(element)):
            self.tell(f"words in «{name}» are left out: «{shown(words)}»", "type them into the text")
        return within

    def _children(self, element: Element) -> list[Element]:
        return [cleaned for child in element for cleaned in self._clean(child)]

    def _with_children(self, element: Element) -> Element:
        anew = Element(element.tag, element.attrib)
        anew.text = element.text
        anew.extend(self._children(element))
        return anew

    def _clean_body(self, body: Element) -> Iterator[Element]:
        yield self._with_children(body)

    def _clean_p(self, paragraph: Element) -> Iterator[Element]:
        outer, in_note = self._at, self._part != "document"
        if not in_note:
            self._counted += 1
            self._at = self._counted
        words = " ".join(_text(paragraph).split())
        if not in_note:
            self._begins[self._at] = words if len(words) <= 40 else f"{words[:40].rpartition(' ')[0] or words[:40]} …"
        properties = paragraph.find(_w("pPr"))
        style = _value(properties.find(_w("pStyle")) if properties is not None else None, "val")
        if self._names.get(style, "").lower().startswith("toc "):
            self._contents.append(words)
            self._at = outer
            return
        level = self._level(properties, style)
        if level:
            marks = (_value(each, "name") for each in paragraph.iter(_w("bookmarkStart")))
            self.headings[self._at] = [mark.lower() for mark in marks]
            properties = _as_heading(level)
        hoisted, self._hoisted = self._hoisted, []
        anew = Element(_w("p"))
        anew.extend([properties] if properties is not None else [])
        number = self._numbering.number(properties)
        content = [each for child in paragraph if _local(child.tag) != "pPr" for each in self._clean(child)]
        if content:
            mark = f"p{self._at}" + (f"n{number}" if number is not None else "")
            anew.append(Element(_w("bookmarkStart"), {_w("name"): mark}))
        anew.extend(content)
        yield anew
        yield from self._hoisted
        self._hoisted = hoisted
        self._at = outer

    def _level(self, properties: Element | None, style: str) -> int:
        outline = _value(properties.find(_w("outlineLvl")) if properties is not None else None, "val")
        level = _outline_level(outline) or self._levels.get(style, 0)
        if level > _DEEPEST_HEADING:
            self.tell("a heading stands too deep, and is one of the sixth level now", "make it a paragraph")
        return min(level, _DEEPEST_HEADING)

    def _clean_r(self, run: Element) -> Iterator[Element]:
        properties = run.find(_w("rPr"))
        if properties is not None and _is_on(properties.find(_w("vanish"))):
            if words := _text(run).strip():
                self.tell(f"hidden words are left out: «{shown(words)}»", "type them if they are to be printed")
            return
        if properties is not None and _is_on(properties.find(_w("dstrike"))):
            properties.append(Element(_w("strike")))
        yield self._with_children(run)

    def _clean_del(self, element: Element) -> Iterator[Element]:
        if words := _text(element).strip():
            self.tell(f"words that were deleted under «Track changes» are left out: «{shown(words)}»", _TRACKED)
        yield from ()

    _clean_moveFrom = _clean_del  # noqa: N815 - by the names of Word's elements, as below

    def _clean_ins(self, element: Element) -> Iterator[Element]:
        self.tell("words that were added under «Track changes» are taken in", _TRACKED, at=0)
        yield from self._children(element)

    _clean_moveTo = _clean_ins  # noqa: N815

    def _clean_fldSimple(self, element: Element) -> Iterator[Element]:  # noqa: N802
        self._tell_reference(_value(element, "instr"), _text(element))
        yield from self._children(element)

    def _clean_instrText(self, element: Element) -> Iterator[Element]:  # noqa: N802
        self._tell_reference(element.text or "", "")
        yield element

    def _tell_reference(self, instruction: str, words: str) -> None:
        if _REFERENCE.match(instruction):
            what = "a cross-reference is plain words now" + (f": «{shown(words)}»" if words else "")
            self.tell(what, "refer to it by its id: {id}, {page:id}")

    def _clean_br(self, element: Element) -> Iterator[Element]:
        yield element if _value(element, "type") in {"", "textWrapping"} else _space()

    def _clean_cr(self, element: Element) -> Iterator[Element]:
        yield Element(_w("br"))

    def _clean_ptab(self, element: Element) -> Iterator[Element]:
        yield _space()

    def _clean_hyperlink(self, element: Element) -> Iterator[Element]:
        id_ = element.get(f"{{{_R}}}id")
        if id_ is not None and id_ not in self._relations:
            self.tell(f"a link without an address is words now: «{shown(_text(element))}»", "write [words](https://…)")
            yield from self._children(element)
        else:
            yield self._with_children(element)

    def _clean_footnoteReference(self, element: Element) -> Iterator[Element]:  # noqa: N802
        kind = _local(element.tag).removesuffix("Reference")
        name = _value(element, "id")
        if name in {_value(note, "id") for note in self._root(self._notes[kind])} and self._part == "document":
            self._calls.setdefault(f"{kind} {name}", self._at)
            yield element
        else:
            self.tell("a footnote is called that is not in the file, or within another", "write it anew")

    _clean_endnoteReference = _clean_footnoteReference  # noqa: N815

    def _clean_footnote(self, note: Element) -> Iterator[Element]:
        kind = _local(note.tag)
        self._at = self._calls.get(f"{kind} {_value(note, 'id')}", 0)
        yield self._with_children(note)

    _clean_endnote = _clean_footnote

    def _clean_commentReference(self, element: Element) -> Iterator[Element]:  # noqa: N802
        words = self._comments.get(_value(element, "id"), "")
        self.tell(f"a comment is left out: «{shown(words)}»", "do as it says, or delete it")
        yield from ()

    def _clean_oMath(self, element: Element) -> Iterator[Element]:  # noqa: N802
        words = _text(element)
        self.tell(f"an equation is plain letters now: «{shown(words)}»", "write it in letters: E = mc²")
        yield _run(words)

    def _clean_AlternateContent(self, element: Element) -> Iterator[Element]:  # noqa: N802
        choices = [child for child in element if _local(child.tag) in {"Choice", "Fallback"}]
        best = next((each for each in choices if _text(each) or [*_blips(each)]), None)
        for child in best if best is not None else choices[:1]:
            yield from self._clean(child)

    def _clean_drawing(self, drawing: Element) -> Iterator[Element]:
        boxes = list(drawing.iter(_w("txbxContent")))
        for box in boxes[:1] if _has_fallback(drawing) else boxes:
            self.tell(
                f"the words of a text box stand below the paragraph now: «{shown(_text(box))}»", "see that they fit"
            )
            outer, self._hoisted = self._hoisted, []
            cleaned = self._children(box)
            self._hoisted = [*outer, *cleaned, *self._hoisted]
        blips = [*_blips(drawing)]
        for blip in blips:
            id_ = blip.get(f"{{{_R}}}embed") or blip.get(f"{{{_R}}}id") or ""
            relation = self._relations.setdefault(id_, Relation("image", "", is_external=False))
            yield _picture(relation.target, id_, _alt(drawing))
        if not boxes and not blips:
            said = f", «{shown(_alt(drawing))}»" if _alt(drawing) else ""
            words = f", with the words «{shown(_text(drawing))}»" if _text(drawing).strip() else ""
            mend = "save it as a PNG and write a `photo` block, or draw it as a figure"
            self.tell(f"a drawing, diagram or chart is left out{said}{words}", mend)

    _clean_pict = _clean_drawing
    _clean_object = _clean_drawing

    def _clean_altChunk(self, element: Element) -> Iterator[Element]:  # noqa: N802
        self.tell("a document within the document is left out", "import it by itself, or copy its text into this one")
        yield from ()

    _clean_subDoc = _clean_altChunk  # noqa: N815

    def _tell_uncalled(self, kind: str, root: Element) -> None:
        for note in root:
            is_called = f"{kind} {_value(note, 'id')}" in self._calls
            if not is_called and _value(note, "type") in {"", "normal"} and (words := _text(note).strip()):
                self.tell(f"a footnote that nothing calls is left out: «{shown(words)}»", "write it anew", at=0)

    def _tell_heads_and_feet(self) -> None:
        for relation in self._package.relations(self._package.main).values():
            if relation.kind not in {"header", "footer"} or relation.target not in self._package:
                continue
            words = " ".join(_text(self._package.xml(relation.target)).split())
            if words:
                what = f"a running {'head' if relation.kind == 'header' else 'foot'} is left out: «{shown(words)}»"
                self.tell(what, "nothing: these are made when the report is built", at=0)


_TRACKED = "accept or reject the changes in Word, if this is not what you want"


class _Numbering:
    """Counts the points of lists as Word does."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, dict[str, tuple[str, int]]] = {}
        self._of: dict[str, str] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        if root is None:
            return
        for each in root.iter(_w("abstractNum")):
            self._lists[_value(each, "abstractNumId")] = {
                _value(level, "ilvl"): (
                    _value(level.find(_w("numFmt")), "val"),
                    _whole(_value(level.find(_w("start")), "val"), 1),
                )
                for level in each.iter(_w("lvl"))
            }
        for each in root.iter(_w("num")):
            self._of[_value(each, "numId")] = _value(each.find(_w("abstractNumId")), "val")

    def number(self, properties: Element | None) -> int | None:
        """Give the number of a paragraph in its list; None if it has none."""
        numbered = properties.find(_w("numPr")) if properties is not None else None
        if numbered is None:
            return None
        name = _value(numbered.find(_w("numId")), "val")
        level = _whole(_value(numbered.find(_w("ilvl")), "val"), 0)
        kind, start = self._lists.get(self._of.get(name, ""), {}).get(str(level), ("bullet", 1))
        if kind in {"bullet", "none"}:
            return None
        for deeper in [key for key in self._counts if key[0] == name and key[1] > level]:
            del self._counts[deeper]
        self._counts[name, level] += 1
        return start + self._counts[name, level] - 1


class _Reader:
    """Reads mammoth's HTML as elements."""

    def __init__(self, cleaner: _Cleaner) -> None:
        self._cleaner = cleaner
        self._at = 0

    def read(self, root: Element) -> tuple[list[Node], dict[str, Node]]:
        notes: dict[str, Node] = {}
        for items in root.findall("ol"):
            for item in items.findall("li"):
                if _NOTE.match(item.get("id", "")):
                    children = _without_arrow([*self._children(item)])
                    notes[item.get("id", "")] = Node("note", self._at, tuple(children))
            if any(_NOTE.match(item.get("id", "")) for item in items.findall("li")):
                root.remove(items)
        self._at = 0
        return [node for node in self._children(root) if isinstance(node, Node)], notes

    def _children(self, element: Element) -> Iterator[Node | str]:
        if element.text:
            yield element.text
        for child in element:
            yield from self._read(child)
            if child.tail:
                yield child.tail

    def _read(self, element: Element) -> Iterator[Node | str]:
        marks = [match for each in element.iter("a") if (match := _BOOKMARK.match(each.get("id", "")))]
        self._at = int(marks[0]["at"]) or self._at if marks else self._at
        at = self._at
        match element.tag:
            case "a" if element.get("id"):
                if _CALL in element.get("id", ""):
                    yield Node("note", at, (), {"name": element.get("href", "")[1:]})
            case "sup" if len(element) == 1 and _CALL in element[0].get("id", ""):
                yield from self._read(element[0])
            case "a":
                yield Node("a", at, tuple(self._children(element)), {"href": element.get("href", "")})
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                level = "0" if element.get("class") == "title" else element.tag[1]
                said = {"level": level, "id": " ".join(self._cleaner.headings.get(at, ()))}
                yield Node("h", at, tuple(self._children(element)), said)
            case "p" if element.get("class") == "caption":
                yield Node("caption", at, tuple(self._children(element)))
            case "ol":
                yield from self._list(element, at)
            case "table":
                yield from self._table(element, at)
            case "img":
                yield Node("img", at, (), {"src": element.get("src", ""), "alt": element.get("alt", "")})
            case "input":
                yield "☒" if element.get("checked") else "☐"
            case tag if tag in _PLAIN:
                yield from self._children(element)
            case tag:
                yield Node(tag, at, tuple(self._children(element)))

    def _list(self, element: Element, at: int) -> Iterator[Node]:
        """Part a list where Word begins to count anew, or goes on elsewhere."""
        begun: list[Node] = []
        first = expected = 1
        for item in element.findall("li"):
            own = next((match for each in item.iter("a") if (match := _BOOKMARK.match(each.get("id", "")))), None)
            number = int(own["number"]) if own is not None and own["number"] else expected
            if begun and number != expected:
                yield Node("ol", begun[0].at, tuple(begun), {"start": str(first)})
                begun = []
            first = first if begun else number
            expected = number + 1
            begun += [node for node in self._read(item) if isinstance(node, Node)]
        yield Node("ol", begun[0].at if begun else at, tuple(begun), {"start": str(first)})

    def _table(self, element: Element, at: int) -> Iterator[Node]:
        """Give a table in which each row has all its cells."""
        rows, held = [], dict[int, int]()
        is_merged = False
        for row in element.iter("tr"):
            if row not in _own_rows(element):
                continue
            cells: list[Node] = []
            for cell in row:
                while held.get(len(cells), 0) > 0:
                    held[len(cells)] -= 1
                    cells.append(Node("td", self._at))
                (node,) = (each for each in self._read(cell) if isinstance(each, Node))
                wide, high = _whole(cell.get("colspan", ""), 1), _whole(cell.get("rowspan", ""), 1)
                is_merged = is_merged or wide > 1 or high > 1
                for offset in range(min(wide, 100)):
                    held[len(cells)] = high - 1
                    cells.append(node if not offset else Node("td", node.at))
            while held.get(len(cells), 0) > 0:
                held[len(cells)] -= 1
                cells.append(Node("td", self._at))
            rows.append(Node("tr", cells[0].at if cells else at, tuple(cells)))
        table = Node("table", rows[0].at if rows else at, tuple(rows))
        if is_merged:
            what = "cells of a table that were one are several now, all but the first empty"
            self._cleaner.tell(what, "fill them, or make the table simpler", at=table.at)
        yield table


def _own_rows(table: Element) -> list[Element]:
    rows = [*table.findall("tr")]
    for part in ("thead", "tbody"):
        rows += [row for each in table.findall(part) for row in each.findall("tr")]
    return rows


def _without_arrow(children: Sequence[Node | str]) -> list[Node | str]:
    """Take the arrow away that mammoth puts behind a note."""
    found = []
    for child in children:
        if (
            isinstance(child, Node)
            and child.tag == "a"
            and child.attributes["href"].startswith("#")
            and text_of([child]) == "↑"
        ):
            continue
        found.append(
            replace(child, children=tuple(_without_arrow(child.children))) if isinstance(child, Node) else child
        )
    return [
        child for child in found if not (isinstance(child, Node) and child.tag == "p" and not text_of([child]).strip())
    ]


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _value(element: Element | None, name: str) -> str:
    return element.get(_w(name), "") if element is not None else ""


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element, "val") not in {"0", "false", "off"}


def _transitional(root: Element) -> Element:
    """Give what is written in the strict form of the standard in the other, in which Word writes."""
    for element in root.iter():
        element.tag = _in_transitional(str(element.tag))
        for name in [name for name in element.attrib if name.startswith("{http://purl")]:
            element.attrib[_in_transitional(name)] = element.attrib.pop(name)
    return root


def _in_transitional(name: str) -> str:
    namespace, _, local = name[1:].partition("}")
    return f"{{{_STRICT[namespace]}}}{local}" if namespace in _STRICT else name


def _text(element: Element) -> str:
    """Give the words of an element, those of deletions and equations too; one of two copies of a text box."""
    name = _local(element.tag)
    if name in {"t", "delText"}:
        return element.text or ""
    if name in {"tab", "br", "cr"}:
        return " "
    if name == "AlternateContent":
        return next((words for child in element if (words := _text(child))), "")
    return "".join(map(_text, element)) + (" " if name == "p" else "")


def _blips(element: Element) -> Iterator[Element]:
    """Yield what shows a picture."""
    for each in element.iter():
        if (_local(each.tag) == "blip" and each.get(f"{{{_R}}}embed")) or _local(each.tag) == "imagedata":
            yield each


def _has_fallback(element: Element) -> bool:
    return any(_local(each.tag) == "Fallback" for each in element.iter())


def _alt(drawing: Element) -> str:
    for each in drawing.iter():
        if _local(each.tag) in {"docPr", "cNvPr", "shape"}:
            for name in ("descr", "alt", "title"):
                if said := settled(each.get(name, "")).strip():
                    return said
    return ""


def _picture(name: str, id_: str, alt: str) -> Element:
    """Make a picture as mammoth reads one, with its name before its words."""
    drawing = Element(_w("drawing"))
    inline = ElementTree.SubElement(drawing, f"{{{_WP}}}inline")
    ElementTree.SubElement(inline, f"{{{_WP}}}docPr", {"descr": f"{name}\n{alt}"})
    parent = inline
    for tag in (f"{{{_A}}}graphic", f"{{{_A}}}graphicData", f"{{{_PIC}}}pic", f"{{{_PIC}}}blipFill"):
        parent = ElementTree.SubElement(parent, tag)
    ElementTree.SubElement(parent, f"{{{_A}}}blip", {f"{{{_R}}}embed": id_})
    return drawing


def _run(words: str) -> Element:
    run = Element(_w("r"))
    ElementTree.SubElement(run, _w("t")).text = words
    return run


def _space() -> Element:
    text = Element(_w("t"))
    text.text = " "
    return text


def _as_heading(level: int) -> Element:
    properties = Element(_w("pPr"))
    ElementTree.SubElement(properties, _w("pStyle"), {_w("val"): f"Heading{level}"})
    return properties


def _styles(root: Element | None) -> Iterable[Element]:
    return root.iter(_w("style")) if root is not None else ()


def _heading_levels(root: Element | None) -> Mapping[str, int]:
    """Tell which styles of paragraphs are headings, by name, outline or what they are based on."""
    styles = {_value(style, "styleId"): style for style in _styles(root)}
    levels = {style: _heading_level(style, styles) for style in styles}
    return {f"Heading{level}": level for level in range(1, 10)} | levels


def _outline_level(written: str) -> int:
    """Give the level of a heading, from 1, that an outline has, from 0; 0 for running text."""
    level = _whole(written, 9) + 1
    return level if level <= 9 else 0


def _heading_level(name: str, styles: Mapping[str, Element]) -> int:
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        called = re.fullmatch(r"heading ([1-9])", _value(style.find(_w("name")), "val").lower())
        outline = _value(style.find(f"{_w('pPr')}/{_w('outlineLvl')}"), "val")
        if called is not None:
            return int(called[1])
        if level := _outline_level(outline):
            return level
        name = _value(style.find(_w("basedOn")), "val")
    return 0
