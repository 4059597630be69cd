"""The tag tree: what the pages mean, for those who have them read aloud, and for whoever takes the text out again.

WeasyPrint 70's own tree follows the boxes: an element for each line, a paragraph cut in two where a page turns, notes
at the foot of pages tied to nothing. This one follows the HTML: one element for each element, whatever pages it runs
over. Boxes only say which marked content belongs to whom. Each part has a tree of its own; `press.writers.pdf.link`
hangs them one after another under the document, so that no part needs to know another.

    section, article, main   Sect, Art, Part         figure          Div with Figure and Caption
    h1 … h6                  H1 … H6                  table           Table, THead, TBody, TR, TH with scope, TD
    p                        P                       ul, ol          L of LI, each Lbl and LBody
    nav, and a list in it    TOC of TOCI, each a Reference
    code                     Code                     img.maths       Formula with alternative text
    a                        Link, named by its text  .footnote       Reference at the call, then Note with an ID
    [lang], abbr[title]      Span with Lang, with E   aside           Aside (a Div to readers that do not know it)
    [data-field]             Form

The label of a list's item is its marker, or what `press.document.LABEL` says stands for it. The `title` of a link
stands before its text in its name.

Margin boxes, rules, grounds, pictures without alternative text and what `press.document.REPEATS` says is printed once
more for the eye are artifacts. The caption of a figure that is a table is the table's. `Tagger.add_tags` stands in for
`weasyprint.pdf.add_tags`, which is private to WeasyPrint 70.0; tests/writers/pdf/test_tags.py holds it to the content.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import pydyf

from press.document import LABEL, REPEATS
from press.writers.pdf.engine.boxes import (
    MarginBox,
    PageBox,
    ReplacedBox,
    TextBox,
    children,
    page_box,
    pseudo,
    root_element,
)
from press.writers.pdf.engine.part_pdf import Local
from press.writers.pdf.forms import FIELD, Fields, add_fields
from press.writers.pdf.layout import LaidOut
from press.writers.pdf.written import NUMBER, TEXT, text_of

ROLES: Mapping[str, str] = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "header": "Div",
    "div": "Div",
    "nav": "Sect",
    "aside": "Aside",
    "figure": "Div",
    "figcaption": "Caption",
    "caption": "Caption",
    "blockquote": "BlockQuote",
    "p": "P",
    "ul": "L",
    "ol": "L",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "a": "Link",
    "code": "Code",
    "img": "Figure",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
GROUPS = {"Div", "Sect", "Part", "Art", "Aside"}
HOLDERS = {*GROUPS, "Document", "Table", "THead", "TBody", "TFoot", "TR", "L", "TOC"}
"""Types that hold elements and no text."""
PICTURES = {"Figure", "Formula"}
FORMULAS = (["maths"], ["maths-display"])
"""The classes of pictures that are formulas."""
NUMBERING = {"ol": "Decimal", "ul": "Disc"}
PX_TO_PT = 0.75


@dataclass(eq=False)
class Node:
    """One structure element, before it is written."""

    role: str
    kids: list[Node | Mark | LinkBox] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """Marked content of one page: what a text box or picture drew."""

    page: int
    """Index of the page in the part, from 0."""
    mcid: int


@dataclass(frozen=True, eq=False)
class LinkBox:
    """The rectangle of a link, or of a field to fill in, on one page."""

    page: int
    annotation: Any


DOCUMENT = b"4 0 R"
"""The element of the whole document, under which the parts' trees hang."""


class Tagger:
    """Writes the tag tree of one part, and keeps what the document's tree needs to know of it."""

    def __init__(self, part: LaidOut) -> None:
        self.part = part
        self.elements: tuple[int, ...] = ()
        """The elements that hang under the document."""
        self.parents = 0
        """The parent tree's node of this part."""
        self.notes: tuple[tuple[str, int], ...] = ()
        """The elements that have an id."""
        self.texts: list[str] = []
        """What elements say with a page number in it."""
        self.fields = Fields()

    def add_tags(self, pdf: Any, document: Any, version: Any, streams: Sequence[Any]) -> None:
        """Write the tree into the part's PDF."""
        self.fields = add_fields(pdf, self.part)
        tree = _PartTree(self.part, self.fields, self.texts)
        for index, page in enumerate(self.part.rendered.pages):
            tree.add_page(index, page, streams[index])
        _prune(tree.root)
        for page, stream in enumerate(streams):
            _name_artifacts(stream, {mark.mcid for mark in tree.artifacts if mark.page == page})
        writer = _Writer(pdf, tuple(pdf.page_references))
        self.elements = tuple(writer.write(kid, DOCUMENT) for kid in tree.root.kids if isinstance(kid, Node))
        self.parents = writer.write_parents(len(streams))
        self.notes = tuple(writer.notes.items())
        leaves = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
        for key, leaf in enumerate(leaves):
            leaf["StructParents"] = Local(key)


class _PartTree:
    """The tree of one part, filled page by page."""

    def __init__(self, part: LaidOut, fields: Fields, texts: list[str]) -> None:
        html = root_element(part.rendered)
        self.part = part
        self.fields = fields
        self.texts = texts
        self.parents = {child: parent for parent in html.iter() for child in parent}
        self.root = Node("Document")
        self.nodes: dict[Element, Node] = {}
        self.labels: dict[Element, Node] = {}
        """The label of a list item, or of a note, by its element."""
        self.calls: dict[Element, Node] = {}
        self.head_pages: dict[Node, int] = {}
        """The page a table's head was first set on; on others it is repeated."""
        self.entries: dict[Node, Node] = {}
        """The entry of a table of contents by the reference in it."""
        self.artifacts: set[Mark] = set()
        self._make_blocks(html)

    def _make_blocks(self, html: Element) -> None:
        """Make the elements that hold only elements, in the order of the source, whatever order boxes come in."""
        for element in html.iter():
            parent = self.parents.get(element)
            holder = self.root if parent is None or parent.tag in {"html", "body"} else self.nodes.get(parent)
            is_text = element.tag in {"a", "span", "em", "strong", "abbr", "br", "sup", "sub"}
            if holder is not None and holder.role in HOLDERS and not is_text and element.tag not in {"html", "head"}:
                self._node(element)

    def add_page(self, index: int, page: Any, stream: Any) -> None:
        """Give everything drawn on a page to the element it belongs to, or to the artifacts."""
        marked = dict(stream._tags)
        self._visit(page_box(page), index, page, marked, self.root, artifact=False)
        self.artifacts |= {Mark(index, tag["mcid"]) for tag in marked.values()}

    def _visit(self, box: Any, index: int, page: Any, marked: dict[Any, Any], node: Node, *, artifact: bool) -> None:
        artifact = artifact or isinstance(box, MarginBox) or _repeats(box)
        if box.element is not None and not isinstance(box, PageBox | MarginBox):
            node = self._node_of_box(box)
            if node.role == "THead":
                artifact = artifact or self.head_pages.setdefault(node, index) != index
            if node.role in {"TH", "TD"}:
                self._cell(node, box)
        if box.link_annotation and not artifact:
            self._link(box, index)
        if (annotation := self.fields.annotations.get(box)) is not None:
            self._node(box.element).kids.append(LinkBox(index, annotation))
        if isinstance(box, TextBox | ReplacedBox):
            if box in marked:
                mark = Mark(index, marked.pop(box)["mcid"])
                # Elements that hold only elements have the spaces between them where these are set in a line.
                is_space = isinstance(box, TextBox) and node.role in HOLDERS and not box.text.strip()
                if artifact or is_space or (node.role in PICTURES and "Alt" not in node.attributes):
                    self.artifacts.add(mark)
                else:
                    node.kids.append(mark)
                    if isinstance(box, ReplacedBox):
                        self._picture(node, box, page)
            return
        for child in children(box):
            self._visit(child, index, page, marked, node, artifact=artifact)

    def _node_of_box(self, box: Any) -> Node:
        """Find the node that a box's own marks belong to; pseudo-elements have labels of their own."""
        element, part = box.element, pseudo(box)
        if part == "footnote-call":
            node = self._node(element)
            return self.calls.get(element, node)
        if part == "footnote-marker" or (part == "marker" and element.tag == "li"):
            self._node(element)
            return self.labels.get(element) or self._node(element)
        return self._node(element)

    def _node(self, element: Element | None) -> Node:
        """Find the node of an element, made under its parent's in the order of the source."""
        if element is None or element.tag in {"html", "body"}:
            return self.root
        if element not in self.nodes:
            self.nodes[element] = self._make(element, self._node(self.parents.get(element)))
        return self.nodes[element]

    def _make(self, element: Element, parent: Node) -> Node:
        classes = (element.get("class") or "").split()
        if "footnote" in classes:
            return self._note(element, parent)
        if element.tag == "li":
            return self._item(element, parent)
        if LABEL in element.attrib and (label := self.labels.get(self.parents[element])) is not None:
            return label
        if element.tag == "figcaption" and (table := self._table_beside(element)) is not None:
            parent = self._node(table)
        role = "Form" if element.get(FIELD) else ROLES.get(element.tag, "")
        role = "Formula" if role == "Figure" and classes[:1] in FORMULAS else role
        if element.tag in {"ul", "ol"} and self._inside(element, "nav"):
            role = "TOC"
            parent = self.entries.get(parent, parent)
        if element.tag == "p" and parent.role in {"P", "Caption", "Note"}:
            role = ""
        language, expansion = self._own_language(element), element.get("title") if element.tag == "abbr" else None
        if not role and (language or expansion):
            role = "Span"
        if not role:
            return parent
        node = Node(role)
        parent.kids.append(node)
        if language:
            node.attributes["Lang"] = pydyf.String(language)
        if expansion:
            node.attributes["E"] = pydyf.String(expansion)
        if role == "L":
            numbering = "LowerAlpha" if element.tag == "ol" and self._inside(element, "ol") else NUMBERING[element.tag]
            node.attributes["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
        if words := element.get("alt") if role in PICTURES else element.get("aria-label") if role == "TD" else None:
            node.attributes["Alt"] = pydyf.String(words)
        return node

    def _table_beside(self, caption: Element) -> Element | None:
        """Find the table whose caption a figure's is: a caption is the first or last child of what it describes."""
        figure = self.parents[caption]
        return figure.find("table") if figure.find("img") is None else None

    def _note(self, element: Element, parent: Node) -> Node:
        """Make the label at a footnote's call and, right after it, the note."""
        label, note, marker = Node("Lbl"), Node("Note"), Node("Lbl")
        parent.kids += [Node("Reference", [label]), note]
        note.kids.append(marker)
        note.attributes["ID"] = pydyf.String(f"note-{self.part.part.id}-{len(self.calls) + 1}")
        self.calls[element], self.labels[element] = label, marker
        return note

    def _item(self, element: Element, parent: Node) -> Node:
        if parent.role == "TOC":
            entry, reference = Node("TOCI"), Node("Reference")
            parent.kids.append(entry)
            entry.kids.append(reference)
            self.entries[reference] = entry
            return reference
        label, body = Node("Lbl"), Node("LBody")
        parent.kids.append(Node("LI", [label, body]))
        self.labels[element] = label
        return body

    def _cell(self, node: Node, box: Any) -> None:
        if "A" in node.attributes or not hasattr(box, "colspan"):
            return
        attributes = pydyf.Dictionary({"O": "/Table"})
        if box.colspan != 1:
            attributes["ColSpan"] = box.colspan
        if box.rowspan != 1:
            attributes["RowSpan"] = box.rowspan
        if node.role == "TH":
            attributes["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
        node.attributes["A"] = attributes

    def _link(self, box: Any, index: int) -> None:
        """Hang a link's rectangle under the link, whichever element within it the box belongs to."""
        element = box.element
        while element is not None and element.tag != "a":
            element = self.parents.get(element)
        if element is None:
            return
        words = self._said(" ".join(f"{element.get('title', '')} {text_of(element)}".split()))
        box.link_annotation["Contents"] = words
        if element.get("title"):
            self._node(element).attributes["Alt"] = words
        self._node(element).kids.append(LinkBox(index, box.link_annotation))

    def _said(self, text: str) -> Any:
        """Give a text as an object says it; with a page number in it, it is left open."""
        if NUMBER not in text:
            return pydyf.String(text)
        self.texts.append(text)
        return TEXT + b"%d" % (len(self.texts) - 1)

    def _picture(self, node: Node, box: Any, page: Any) -> None:
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, page.height - top - box.height, left + box.width, page.height - top)
        bounds = pydyf.Array([round(edge * PX_TO_PT, 3) for edge in edges])
        placement = "/Inline" if node.role == "Formula" else "/Block"
        node.attributes["A"] = pydyf.Dictionary({"O": "/Layout", "Placement": placement, "BBox": bounds})

    def _inside(self, element: Element, tag: str) -> bool:
        parent = self.parents.get(element)
        return parent is not None and (parent.tag == tag or self._inside(parent, tag))

    def _own_language(self, element: Element) -> str:
        """Give an element's language where it is not that of the text around it."""
        around = self.parents.get(element)
        while around is not None and "lang" not in around.attrib:
            around = self.parents.get(around)
        language = element.get("lang", "")
        return language if around is None or language != around.get("lang") else ""


def _repeats(box: Any) -> bool:
    return box.element is not None and REPEATS in box.element.attrib


def _prune(node: Node) -> bool:
    """Drop nodes with nothing in them, and groups that only wrap one group; returns whether the node stays."""
    kids: list[Node | Mark | LinkBox] = []
    for kid in node.kids:
        if not isinstance(kid, Node):
            kids.append(kid)
        elif _prune(kid):
            kids.extend(kid.kids if _only_wraps(kid) and node.role in {*GROUPS, "Document"} else [kid])
    node.kids = kids
    # An empty cell still has its place in the table.
    return bool(kids) or node.role in {"TD", "TH"}


def _only_wraps(node: Node) -> bool:
    """Tell whether a node says nothing of its own: a Div does that has a language, or ties a caption to its figure."""
    captions = any(isinstance(kid, Node) and kid.role == "Caption" for kid in node.kids)
    return node.role == "Div" and not node.attributes and not captions


class _Writer:
    """Writes structure elements and keeps what the parent tree needs."""

    def __init__(self, pdf: Any, pages: tuple[Any, ...]) -> None:
        self.pdf = pdf
        self.pages = pages
        self.links: list[tuple[Any, Any]] = []
        self.notes: dict[str, int] = {}
        self.owners: dict[Mark, Any] = {}

    def write(self, node: Node, parent: Any) -> int:
        """Write a node and all below it; returns the number of its object."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent, **node.attributes})
        self.pdf.add_object(element)
        if "ID" in node.attributes:
            self.notes[node.attributes["ID"].string] = int(element.number)
        home = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if home is not None:
            element["Pg"] = self.pages[home]
        element["K"] = pydyf.Array([self._kid(kid, element, home) for kid in node.kids])
        return int(element.number)

    def write_parents(self, page_count: int) -> int:
        """Write what leads from marks, links and fields back to their elements; returns the number of its object."""
        numbers = pydyf.Array()
        for page in range(page_count):
            numbers.extend([Local(page), self._page_parents(page)])
        for key, (reference, annotation) in enumerate(self.links, start=page_count):
            annotation["StructParent"] = Local(key)
            numbers.extend([Local(key), reference])
        limits = pydyf.Array([Local(0), Local(page_count + len(self.links) - 1)])
        node = pydyf.Dictionary({"Limits": limits, "Nums": numbers})
        self.pdf.add_object(node)
        return int(node.number)

    def _page_parents(self, page: int) -> Any:
        """Give the owners of a page's marks by number; null for artifacts."""
        marks = {mark.mcid: reference for mark, reference in self.owners.items() if mark.page == page}
        return pydyf.Array([marks.get(mcid, "null") for mcid in range(max(marks, default=-1) + 1)])

    def _kid(self, kid: Node | Mark | LinkBox, element: Any, home: int | None) -> Any:
        if isinstance(kid, Node):
            return f"{Local(self.write(kid, element.reference))} 0 R"
        if isinstance(kid, LinkBox):
            self.links.append((element.reference, kid.annotation))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": self.pages[kid.page]})
        self.owners[kid] = element.reference
        if kid.page == home:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pages[kid.page], "MCID": kid.mcid})


def _name_artifacts(stream: Any, mcids: set[int]) -> None:
    """Rewrite the marks of artifacts in a page's stream: they belong to no element."""
    operations = stream.stream
    for index, operation in enumerate(operations):
        if operation == b"BDC" and isinstance(operations[index - 1], pydyf.Dictionary):
            properties = operations[index - 1]
            if properties.get("MCID") in mcids:
                operations[index - 2] = "/Artifact"
                operations[index - 1] = pydyf.Dictionary({"Type": "/Pagination"})
