"""Markdown read: CommonMark with tables, footnotes and struck out words, as GitHub and Pandoc have them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from press.content.images import LARGEST_BYTES, SMALLER
from press.content.strict_yaml import is_within
from press.errors import Place, Problem, ReportError
from press.imports.tree import Node, NoPictureError, Source, Told, shown, text_of

DEEPEST = 60
"""Of blocks within blocks; a list counts as two."""
_TAGS = {
    "paragraph": "p",
    "heading": "h",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
    "em": "em",
    "strong": "strong",
    "s": "s",
    "link": "a",
    "sub": "sub",
    "sup": "sup",
}
_ELEMENT = re.compile(r"</?(?P<name>b|strong|i|em|sub|sup|br)\s*/?>", re.IGNORECASE)
_CARRIED = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sub": "sub", "sup": "sup"}
_AS_PROSE = "write it as the rest of the text"


def read(text: str, folder: Path, shown_as: str = "") -> Source:
    """Read the text of a Markdown file that lies in `folder`; raises ReportError for what is nested too deep."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin, move_to_end=False).use(front_matter_plugin)
    parser.use(superscript_plugin).use(sub_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    environment: dict[str, Any] = {}
    parser.options["maxNesting"] = DEEPEST
    tokens = parser.parse(text, environment)
    # The parser drops blocks that stand deeper, and what is marked deeper overflows whatever reads it.
    marked = (token for token in tokens if any(each.level >= DEEPEST for each in token.children or ()))
    if deep := next(chain((token for token in tokens if token.level >= DEEPEST - 1), marked), None):
        what = "lists, quotations or marks of emphasis stand too deep within each other here"
        mend = "write some of it as plain paragraphs"
        raise ReportError([Problem(Place(shown_as, deep.map[0] + 1 if deep.map else 0), "import", what, mend)])
    tree = SyntaxTreeNode(tokens)
    reader = _Reader(environment)
    body = [*reader.blocks(tree.children, 1)]
    return Source(body, reader.notes, lambda address: _picture(address, folder), reader.told)


def _picture(address: str, folder: Path) -> bytes:
    """Read a picture that lies in the folder of the file, or below it."""
    if re.match(r"[a-z][a-z0-9+.-]+:|//", address, re.IGNORECASE):
        raise NoPictureError(f"{shown(address)} is not on this machine", "save it beside the file, and name that")
    path = folder / _unquoted(address)
    try:
        if not is_within(path, folder) or not path.is_file():
            mend = "put it beside the file, and import that anew, or write a `photo` block"
            raise NoPictureError(f"there is no {shown(_unquoted(address))} in the file's folder", mend)
        with path.open("rb") as image:
            data = image.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise NoPictureError(f"{shown(address)} cannot be read", "let it be read") from error
    if len(data) > LARGEST_BYTES:
        raise NoPictureError(f"{shown(address)} is larger than {LARGEST_BYTES} bytes", SMALLER)
    return data


def _unquoted(address: str) -> str:
    from urllib.parse import unquote

    return unquote(address.partition("?")[0].partition("#")[0])


class _Reader:
    def __init__(self, environment: dict[str, Any]) -> None:
        self.notes: dict[str, Node] = {}
        self.told: list[Told] = []
        self._inline_notes = environment.get("footnotes", {}).get("list", {})

    def blocks(self, trees: Sequence[SyntaxTreeNode], at: int) -> Iterator[Node]:
        for tree in trees:
            line = tree.map[0] + 1 if tree.map else at
            match tree.type:
                case "footnote_reference":
                    name = str(tree.meta["label"])
                    note = Node("note", line, tuple(self.blocks(tree.children, line)))
                    if name in self.notes:
                        said = shown(text_of([note]))
                        what = f"a second footnote {shown(name)!r} is left out: «{said}»"
                        self._tell(line, what, "give it a name of its own")
                    self.notes.setdefault(name, note)
                case "front_matter":
                    what = f"what stands above the text is not carried over: «{shown(tree.content)}»"
                    self._tell(line, what, "title, authors and date stand in content/report.yaml")
                case "hr":
                    self._tell(line, "a rule between paragraphs is left out", "make a section of each part")
                case "fence" | "code_block":
                    yield Node("pre", line, (tree.content,), {"language": tree.info.strip().partition(" ")[0]})
                case "math_block" | "math_block_label":
                    yield Node("p", line, (_formula(tree.content, line, "$$"),))
                case "html_block":
                    yield from self._html(tree.content, line)
                case "inline":
                    yield from self._inline(tree.children, line)  # type: ignore[misc]
                case _:
                    yield Node(_TAGS[tree.type], line, self._children(tree, line), self._attributes(tree))

    def _children(self, tree: SyntaxTreeNode, at: int) -> tuple[Node | str, ...]:
        return tuple(self.blocks(tree.children, at))

    def _attributes(self, tree: SyntaxTreeNode) -> dict[str, str]:
        match tree.type:
            case "heading":
                return {"level": tree.tag[1:]}
            case "ordered_list":
                return {"start": str(tree.attrs.get("start", 1)), "mark": tree.markup}
            case "th" | "td" if "right" in str(tree.attrs.get("style", "")):
                return {"align": "right"}
        return {}

    def _tell(self, at: int, what: str, mend: str) -> None:
        self.told.append(Told(at, what, mend))

    def _inline(self, trees: Sequence[SyntaxTreeNode], at: int) -> Iterator[Node | str]:
        """Yield what stands in a paragraph; HTML for emphasis is emphasis."""
        line, row = at, 0
        while row < len(trees):
            tree = trees[row]
            row += 1
            if tree.type in {"softbreak", "hardbreak"}:
                line += 1
                yield " " if tree.type == "softbreak" else Node("br", line)
            elif tree.type != "html_inline":
                yield from self._within(tree, line)
            elif (end := _end_of(trees, row - 1)) is not None:
                yield Node(_CARRIED[_name(tree)], line, tuple(self._inline(trees[row:end], line)))
                row = end + 1
            elif _name(tree) == "br":
                yield Node("br", line)
            else:
                what = f"HTML is left out: {shown(tree.content)}"
                self._tell(line, what, "write *emphasis*, **bold** or [words](https://…)")

    def _within(self, tree: SyntaxTreeNode, line: int) -> Iterator[Node | str]:
        match tree.type:
            case "code_inline":
                yield Node("code", line, (tree.content,))
            case "image":
                said = {name: str(tree.attrs.get(name, "")) for name in ("src", "title")}
                yield Node("img", line, (), {**said, "alt": _alt(tree)})
            case "link":
                if title := tree.attrs.get("title"):
                    what = f"the title of a link is left out: «{shown(str(title))}»"
                    self._tell(line, what, "write it into the text")
                href = str(tree.attrs.get("href", ""))
                yield Node("a", line, tuple(self._inline(tree.children, line)), {"href": href})
            case "footnote_ref":
                yield self._call(tree, line)
            case "math_inline":
                yield _formula(tree.content, line, "$")
            case "math_inline_double":
                yield _formula(tree.content, line, "$$")
            case "em" | "strong" | "s" | "sub" | "sup":
                yield Node(_TAGS[tree.type], line, tuple(self._inline(tree.children, line)))
            case _:
                yield tree.content

    def _call(self, tree: SyntaxTreeNode, line: int) -> Node:
        name = tree.meta.get("label")
        if name is None:
            name = f"^{tree.meta['id']}"
            tokens = self._inline_notes[tree.meta["id"]]["tokens"]
            words = self._inline(SyntaxTreeNode(tokens).children, line)
            self.notes[name] = Node("note", line, (Node("p", line, tuple(words)),))
        return Node("note", line, (), {"name": str(name)})

    def _html(self, code: str, at: int) -> Iterator[Node]:
        reader = _Tags()
        reader.feed(code)
        reader.close()
        for comment in reader.comments:
            what = f"a comment is left out: «{shown(comment)}»"
            self._tell(at, what, "write it on a line of its own, after #, if it is to stay")
        if reader.told:
            self._tell(at, f"HTML is left out: {shown(' '.join(reader.told))}", _AS_PROSE)
        if words := " ".join("".join(reader.words).split()):
            yield Node("tags", at, (words,))


class _Tags(HTMLParser):
    """Parts HTML into its words and all else."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.comments: list[str] = []
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.told.append(self.get_starttag_text() or f"<{tag}>")
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_decl(self, decl: str) -> None:
        self.told.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.told.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.words.append(data)


def _formula(tex: str, line: int, sign: str) -> Node:
    tex = " ".join(tex.split())
    return Node("maths", line, (f"{sign}{tex}{sign}",))


def _name(tree: SyntaxTreeNode) -> str:
    """Name the element of HTML that a tag is of, if that can be carried over or breaks a line."""
    found = _ELEMENT.fullmatch(tree.content) if tree.type == "html_inline" else None
    return found["name"].lower() if found is not None else ""


def _end_of(trees: Sequence[SyntaxTreeNode], start: int) -> int | None:
    """Find the end of an element of HTML that is carried over."""
    name = _name(trees[start])
    if name not in _CARRIED or trees[start].content.startswith("</"):
        return None
    same = [index for index in range(start + 1, len(trees)) if _name(trees[index]) == name]
    return same[0] if same and trees[same[0]].content.startswith("</") else None


def _alt(tree: SyntaxTreeNode) -> str:
    return "".join(child.content if child.type == "text" else _alt(child) for child in tree.children) or tree.content
