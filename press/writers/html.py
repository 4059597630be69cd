"""HTML read as a tree and written again, for media that are made of HTML: elements of `xml.etree`, drawings among them.

What is read is what our templates wrote: elements closed but for void ones. It is written without anything that was
not there, as HTML (WHATWG, "Serializing HTML fragments"); elements of SVG lose their namespace, which a reader of HTML
gives them back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
RAW = frozenset(["script", "style"])
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
DOCTYPE = "<!DOCTYPE html>\n"
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
OF_PAGE = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}
OF_DRAWING = {"xmlns": "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink"}
"""The names that elements of a page, and of a drawing in it, belong to where they are written as XML."""


class UnclosedError(ValueError):
    """The HTML closes what is not open, or leaves open what is."""


def parse(html: str) -> Element:
    """Read a page; returns its `html` element. Raises UnclosedError."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) != 1 or len(reader.open[0]) != 1:
        raise UnclosedError(f"<{reader.open[-1].tag}> is not closed")
    return reader.open[0][0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or self.open[-1].tag != tag:
            raise UnclosedError(f"</{tag}> closes nothing, where <{self.open[-1].tag}> is open")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        above = self.open[-1]
        if len(above):
            above[-1].tail = (above[-1].tail or "") + data
        else:
            above.text = (above.text or "") + data


def written(root: Element) -> str:
    """Write a page."""
    return DOCTYPE + "".join(_written(root)) + "\n"


def fragment(element: Element) -> str:
    """Write an element by itself."""
    return "".join(_written(element))


def _written(element: Element) -> Iterator[str]:
    tag = str(element.tag).removeprefix(SVG)
    yield f"<{tag}{''.join(_attributes(element))}"
    if element.tag in VOID:
        yield ">"
        return
    if element.tag.startswith(SVG) and not len(element) and not element.text:
        yield "/>"
        return
    yield ">"
    text = element.text or ""
    yield text if element.tag in RAW else _escaped(text)
    for child in element:
        yield from _written(child)
        yield _escaped(child.tail or "")
    yield f"</{tag}>"


def written_as_xml(root: Element) -> str:
    """Write a page as XML (WHATWG, "Writing documents in the XML syntax")."""
    return XML + DOCTYPE + "".join(_xml(root, OF_PAGE)) + "\n"


def _xml(element: Element, names: Mapping[str, str] | None = None) -> Iterator[str]:
    tag = str(element.tag).removeprefix(SVG)
    attributes = {**((OF_DRAWING if tag == "svg" else names) or {}), **element.attrib}
    for name in (HREF, "href"):
        if name in attributes and str(element.tag).startswith(SVG):
            attributes["xlink:href"] = attributes.pop(name)
    if "lang" in attributes:
        attributes["xml:lang"] = attributes["lang"]
    yield f"<{tag}" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    text = element.text or ""
    if not len(element) and not text and (tag in VOID or str(element.tag).startswith(SVG)):
        yield "/>"
        return
    yield f">{escape(text, quote=False)}"
    for child in element:
        yield from _xml(child)
        yield escape(child.tail or "", quote=False)
    yield f"</{tag}>"


def _attributes(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        shown = "href" if name == HREF else name
        yield f" {shown}" if not value and name.startswith("data-") else f' {shown}="{escape(value)}"'


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;")


# What is done to trees.


def classes(element: Element) -> list[str]:
    """Name the classes of an element."""
    return (element.get("class") or "").split()


def words_of(element: Element) -> str:
    """Give all words below an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def parents_of(root: Element) -> dict[Element, Element]:
    """Give the parent of each element below a root."""
    return {child: parent for parent in root.iter() for child in parent}


def take_out(parent: Element, child: Element) -> None:
    """Take an element out of its parent, which keeps what stands after it."""
    put_instead(parent, child)


def put_instead(parent: Element, child: Element, *others: Element) -> None:
    """Put other elements where one stands; what stands after it stays."""
    index, tail = list(parent).index(child), child.tail or ""
    child.tail = None
    parent.remove(child)
    for offset, other in enumerate(others):
        parent.insert(index + offset, other)
    if others:
        others[-1].tail = (others[-1].tail or "") + tail
    elif index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
