"""The laid-out boxes of a page, and the few names of WeasyPrint 70 that are needed to walk them.

What is private there is named here and nowhere else: `Page._page_box`, `Document._html`, `AbsolutePlaceholder._box`,
`SVGImage._svg`.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes
from weasyprint.images import SVGImage
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import strut

from press.document import PAGE_OF

FootnoteAreaBox = boxes.FootnoteAreaBox
LineBox = boxes.LineBox
MarginBox = boxes.MarginBox
PageBox = boxes.PageBox
ReplacedBox = boxes.ReplacedBox
TextBox = boxes.TextBox
TableBox = boxes.TableBox
TableCellBox = boxes.TableCellBox
TableRowBox = boxes.TableRowBox
BLOCKS = (boxes.BlockContainerBox, boxes.FlexContainerBox, boxes.GridContainerBox)
"""What lines and other blocks stand in."""


def page_box(page: Any) -> Any:
    """Give the box of a whole page, whose children are the root element's box and the margin boxes."""
    return page._page_box


def root_element(rendered: Any) -> Element:
    """Give the `html` element that a document was rendered from."""
    element: Element = rendered._html.etree_element
    return element


def children(box: Any) -> Iterator[Any]:
    """Yield a box's children, placeholders of absolutely positioned boxes replaced by the boxes."""
    for child in getattr(box, "children", None) or ():
        yield child._box if isinstance(child, AbsolutePlaceholder) else child


def text_boxes(box: Any, in_margin: bool = False) -> Iterator[tuple[Any, bool]]:
    """Yield every text box below `box` in drawing order of the tree, and whether it stands in the page's margin."""
    if isinstance(box, TextBox):
        yield box, in_margin
    for child in children(box):
        yield from text_boxes(child, in_margin or isinstance(child, MarginBox))


def numbers_of_pages(box: Any) -> Iterator[tuple[Any, str | None]]:
    """Yield the text boxes with a page number in them, and the id of what it is the page of; None for their own."""
    for child in children(box):
        if isinstance(child, TextBox):
            if child.element is not None and not pseudo(child) and (target := child.element.get(PAGE_OF)):
                yield child, target
        elif _counts_pages(child):
            yield from ((text_box, None) for text_box, _ in text_boxes(child))
        else:
            yield from numbers_of_pages(child)


def copies_numbers(box: Any) -> bool:
    """Tell whether page numbers may stand as text in what a style sheet makes: bookmarks, running heads, copies.

    Such a text is made before anybody knows what in it is a number.
    """
    style = box.style
    set_texts = [] if isinstance(style["string_set"], str) else [text for _, text in style["string_set"]]
    if style["bookmark_level"] != "none":
        set_texts.append(style["bookmark_label"])
    return (
        any(_is_of_pages(text) or _copies(box, text) for text in set_texts)
        or any(kind.startswith("target-") for kind, _ in _pieces(style["content"]))
        or any(copies_numbers(child) for child in children(box))
    )


def _copies(box: Any, text: Any) -> bool:
    """Tell whether a text that is made of a box's content takes over a page number."""
    takes_over = any(kind.startswith("content") for kind, _ in _pieces(text))
    return takes_over and box.element is not None and any(PAGE_OF in each.attrib for each in box.element.iter())


def _counts_pages(box: Any) -> bool:
    return _is_of_pages(box.style["content"])


def _is_of_pages(text: Any) -> bool:
    return any(kind in {"counter()", "counters()"} and value[0] == "page" for kind, value in _pieces(text))


def _pieces(text: Any) -> Any:
    """Give what a style sheet makes a text of; nothing if it says a keyword."""
    return () if isinstance(text, str) else text


def words_in_drawings(box: Any) -> Iterator[str]:
    """Yield the texts in the drawings below `box`."""
    if isinstance(box, ReplacedBox) and isinstance(box.replacement, SVGImage):
        yield from (
            node.text or "" for node in box.replacement._svg.tree._etree_node.iter() if node.tag.endswith("}text")
        )
    for child in children(box):
        yield from words_in_drawings(child)


def has_fixed_height(box: Any) -> bool:
    """Tell whether a box may be lower than what is in it; the height of a table's cell is its least."""
    if isinstance(box, TableCellBox) or not isinstance(box, BLOCKS):
        return False
    return bool(box.style["height"] != "auto" or box.style["max_height"].value != inf)


def pseudo(box: Any) -> str:
    """Name the pseudo-element that a box belongs to (`marker`, `footnote-call`, …), or nothing."""
    return (box.element_tag or "").partition("::")[2]


def line_height(style: Any) -> float:
    """Give the height of the lines of a style, in pixels; 0 where the font has the say."""
    return 0.0 if style["line_height"] == "normal" else float(strut(style)[0])
