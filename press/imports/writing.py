r"""Writing: words with their emphasis, links and notes as prose, so that they print as they stand.

Marks that mean something in prose get a backslash: few where that is enough, all where the engine would read the few
otherwise; and emphasis that prose does not have (within a word, bold within slanted) is left out, and told. What was
written is always read again by `press.words` before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import unquote

from markupsafe import Markup, escape

from press.content.blocks import Kind
from press.content.strict_yaml import Located
from press.errors import ContentError, Place
from press.imports.tree import Node, Source, Told, settled, shown, text_of
from press.words import marks, prose

Inline = Node | str
BULLET = re.compile(r"(?:[•▪◦‣●○]\s*)+")
STYLES = frozenset({"em", "strong", "sup", "sub"})
_SHIFTED = re.compile(r"[^\s^~*$\[\]{}\\]{1,30}")
_FEW = re.compile(
    r"[\\{*^`~]|\](?=\()|\[(?=[ xX]\])|\[(?![^\[\]^@\n]*\](?![\[(:]| \())|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!])"
    r"|(?<=--)>|&(?=#?\w{1,32};)|\$(?=.*\$)|:(?=[a-z][a-z0-9_+-]+:)|=(?==)"
)
_ALL = re.compile(r"""[#$&*+:<=>@\[\\\]^_`{|}~!-]""")
_PLAIN = re.compile(r"[\\{]")
_NO_CODE = re.compile(r"\A | \Z| {2,}|[\n\r]|``")
_FIRST_POINT = re.compile(r"1[.)](?:\s|\Z)")
_SENTENCE_END = re.compile(r"(?:(?<=[a-zæøå»)%][.!?])|(?<=[0-9]{3}[.])) (?=[A-ZÆØÅ«])")
_CALL = re.compile(r"(?<!\\)\[\^(\d+)\]")
_BESIDE_LISTS = re.compile(r" ?(\x02/?(?:li|ul|ol)\x03) ?")
_IN_ADDRESS = {"(": "%28", ")": "%29", "*": "%2A", " ": "%20", "\\": "%5C", "[": "%5B", "]": "%5D"}
_NO_NOTE = "footnotes stand in running text and in cells"


@dataclass
class Notes:
    """The footnotes called in one text of a section."""

    texts: dict[str, str] = field(default_factory=dict)
    """By the names that they have there."""

    def below(self, text: str) -> str:
        """Give a text with its footnotes below it."""
        return "\n\n".join([text, *(f"[^{name}]: {note}" for name, note in self.texts.items())])


@dataclass
class Writer:
    """Writes the words of one file, and tells what it leaves out."""

    source: Source
    anchors: dict[str, str] = field(default_factory=dict)
    """The ids of the sections that links within the file lead to."""
    pictures: list[Node] = field(default_factory=list)
    """Those met within words, to be placed below them."""

    tables: list[Node] = field(default_factory=list)
    """And those met within lists."""
    called: set[str] = field(default_factory=set)
    """The footnotes that were called."""

    def tell(self, at: int, what: str, mend: str) -> None:
        told = Told(at, what, mend)
        if told not in self.source.told:
            self.source.told.append(told)

    def prose(self, nodes: Iterable[Inline], at: int, notes: Notes) -> str:
        """Write a paragraph of running text."""
        return self._written(nodes, at, "prose", notes)

    def inline(self, nodes: Iterable[Inline], at: int) -> str:
        """Write a cell or a caption, with its footnotes below it."""
        notes = Notes()
        return notes.below(self._written(nodes, at, "inline", notes))

    def plain(self, nodes: Iterable[Inline], at: int, where: str) -> str:
        """Write a title or label, which has no marks."""
        words = " ".join(text_of([self._bare(node, where) for node in self._simple(tuple(nodes), at)]).split())
        for marked in (_PLAIN, _FEW, _ALL):
            text = marked.sub(r"\\\g<0>", words)
            is_read = prose.plain(text, lambda reference: "\0") == words
            if is_read and not list(marks.problems(Located(text, Place("")), "plain")):
                return text
        self.tell(at, f"check will not take {where} as it is: «{shown(words)}»", "write it in plain words")
        return text

    def _bare(self, node: Inline, where: str) -> Inline:
        if isinstance(node, str):
            return node
        if node.tag == "note":
            words = shown(text_of(self._note_body(node.attributes["name"])))
            self.tell(node.at, f"a footnote of {where} is left out: «{words}»", _NO_NOTE)
            return ""
        if node.tag == "a":
            what = f"the link of {where} is left out: {shown(node.attributes['href'])}"
            self.tell(node.at, what, "put it into the text")
        if node.tag == "code":
            self.tell(node.at, f"«{shown(text_of([node]))}» is no longer marked as code", "titles have plain words")
        if node.tag == "maths":
            self.tell(node.at, f"a formula of {where} is letters now: {shown(text_of([node]))}", "write it in words")
        return replace(node, children=tuple(self._bare(child, where) for child in node.children))

    def _written(self, nodes: Iterable[Inline], at: int, kind: Kind, notes: Notes) -> str:
        simple = _merged(self._simple(tuple(nodes), at))
        if not simple:
            return ""
        for cited in (match for each in simple if isinstance(each, str) for match in prose.CITATION.finditer(each)):
            what = f"a citation is printed as it is typed: «{shown(cited[0])}»"
            self.tell(at, what, "list the source, and take the backslash before it away")
        named = [*self._named(simple, kind, notes)]
        for attempt in (
            named,
            _without_tied(named),
            _without(named, STYLES),
            _without(named, STYLES | {"a", "maths", "code"}),
        ):
            words = _without_bullet(attempt) if kind == "prose" else attempt
            for marked in (_FEW, _ALL):
                text = _text(words, marked, kind)
                if _is_read(text, words, kind):
                    if attempt is not named:
                        what = "emphasis, code, a link or a formula that cannot stand so in prose is left out"
                        said = shown(text_of(_without_notes(named)))
                        self.tell(at, f"{what}: «{said}»", "mark whole words, or leave them plain")
                    return text
        self.tell(at, f"check will not take this as it is: «{shown(text)}»", "mend it where check says")
        return text

    def _named(self, nodes: Sequence[Inline], kind: Kind, notes: Notes) -> Iterator[Inline]:
        """Give each call the name of its footnote, which is written."""
        for node in nodes:
            if isinstance(node, str) or node.tag != "note":
                yield (
                    node
                    if isinstance(node, str)
                    else replace(node, children=tuple(self._named(node.children, kind, notes)))
                )
                continue
            called = node.attributes["name"]
            if called in self.called:
                self.tell(
                    node.at, f"the footnote {shown(called)!r} is called twice, and written twice", "keep one of them"
                )
            body = self._note_body(called)
            written = self._written(_without_notes(body), node.at, "inline", Notes())
            for call in (each for each in body if isinstance(each, Node) and each.tag == "note"):
                words = shown(text_of(self._note_body(call.attributes["name"])))
                self.tell(call.at, f"a footnote within a footnote is left out: «{words}»", "write both as one")
            name = str(len(notes.texts) + 1)
            notes.texts[name] = _at_start(written) if written else "…"
            yield replace(node, attributes={"name": name})

    def _note_body(self, name: str) -> tuple[Inline, ...]:
        """Give what a footnote says as one paragraph."""
        note = self.source.notes[name]
        self.called.add(name)
        blocks = [child for child in note.children if isinstance(child, Node)]
        if len(blocks) > 1 or (blocks and blocks[0].tag not in {"p"}):
            what = f"a footnote of several paragraphs or with a list is now one: «{shown(text_of(blocks))}»"
            self.tell(note.at, what, "read it again; a footnote has one paragraph")
        return tuple(flat(note.children))

    def _simple(self, nodes: Sequence[Inline], at: int, inside: frozenset[str] = frozenset()) -> Iterator[Inline]:
        """Leave only what prose can have, each kind not within its own."""
        for node in nodes:
            if isinstance(node, str):
                yield settled(node)
                continue
            words = shown(text_of([node]))
            within = [*self._simple(node.children, node.at, inside | {node.tag})]
            match node.tag:
                case "em" | "strong" if not inside & STYLES:
                    yield from _tight(replace(node, children=tuple(_merged_children(within))))
                case "em" | "strong" if node.tag not in inside:
                    self.tell(node.at, f"words are marked twice, and now once: «{words}»", "choose * or ** for them")
                    yield from within
                case "sup" | "sub" if _SHIFTED.fullmatch(text_of(within)) and not any(_notes_in(within)):
                    yield replace(node, children=(text_of(within),))
                case "sup" | "sub" if words:
                    what = f"«{words}» is no longer raised or lowered: that is for one short word"
                    self.tell(node.at, what, "write it otherwise")
                    yield from within
                case "a":
                    yield from self._link(replace(node, children=tuple(_merged_children(within))), inside)
                case "maths" | "note" if node.tag == "maths" or node.attributes["name"] in self.source.notes:
                    yield node
                case "img":
                    self.pictures.append(node)
                case "br":
                    self.tell(node.at, "a line that ended within a paragraph is joined to the next", "read it again")
                    yield " "
                case "s" | "u" | "code":
                    yield from self._marked(node, within)
                case _:
                    yield from within

    def _marked(self, node: Node, within: Sequence[Inline]) -> Iterator[Inline]:
        """Give code that stands in a line, or the words of what has marks that prose does not have."""
        words = text_of(within)
        if node.tag == "code" and words and not _NO_CODE.search(words):
            yield replace(node, children=(words,))
            return
        what = {"s": "struck out", "u": "underlined", "code": "code"}[node.tag]
        self.tell(node.at, f"«{shown(words)}» is no longer marked as {what}", _INSTEAD[node.tag])
        yield from within

    def _link(self, node: Node, inside: frozenset[str]) -> Iterator[Inline]:
        """Give a link that may be printed, or its words with the address behind them."""
        typed = node.attributes.get("href", "").strip()
        if typed.startswith("#") and (id_ := self.anchors.get(unquote(typed[1:]).lower())):
            typed = f"#{id_}"
        address = "".join(_IN_ADDRESS.get(letter, letter) for letter in typed)
        located = Located(f"[x]({address})", Place(""))
        has_words = bool(text_of(node.children).strip())
        is_ours = typed.startswith("#") and typed[1:] not in self.anchors.values()
        if has_words and "a" not in inside and not is_ours and not list(marks.problems(located, "inline")):
            yield from _tight(replace(node, attributes={"href": address}))
            return
        yield from node.children
        if is_ours:
            what = f"a link to another place of the file is now words: «{shown(text_of(node.children))}»"
            self.tell(node.at, what, "refer to it by its id: {id}, or [words](#id)")
        elif typed and (typed not in text_of(node.children) or not has_words):
            what = f"a link to {shown(typed)} is now words with the address behind them"
            self.tell(node.at, what, prose.LINK_MEND)
            yield f" ({settled(typed)})" if has_words else settled(typed)
        elif typed:
            self.tell(node.at, f"a link to {shown(typed)} is now words", prose.LINK_MEND)


_INSTEAD = {
    "s": "leave out what does not count",
    "u": "write *emphasis* or **bold** if it is to stand out",
    "code": "write it on one line, or as a `code` block",
}


def flat(children: Sequence[Inline]) -> Iterator[Inline]:
    """Give the words of several paragraphs as those of one."""
    for child in children:
        if isinstance(child, Node) and child.tag in _BLOCKS:
            yield " "
            yield from flat(child.children)
            yield " "
        else:
            yield child


_BLOCKS = frozenset({"p", "ul", "ol", "li", "pre", "blockquote", "table", "tr", "td", "th", "h", "tags", "caption"})


def _notes_in(nodes: Sequence[Inline]) -> Iterator[Node]:
    return (node for node in nodes if isinstance(node, Node))


def _tight(node: Node) -> Iterator[Inline]:
    """Put the spaces at the ends of marked words outside the marks."""
    children = list(node.children)
    before = after = ""
    if children and isinstance(children[0], str):
        before, children[0] = " " * children[0].startswith(" "), children[0].lstrip(" ")
    if children and isinstance(children[-1], str):
        after, children[-1] = " " * children[-1].endswith(" "), children[-1].rstrip(" ")
    children = [child for child in children if child != ""]
    yield before
    if text_of(children).strip() or any(_notes_in(children)):
        yield replace(node, children=tuple(children))
    yield after


def _merged(nodes: Iterable[Inline]) -> list[Inline]:
    """Join what stands side by side and is alike; leave single spaces, and none at the ends."""
    found: list[Inline] = []
    for node in nodes:
        before = found[-1] if found else None
        if isinstance(node, str) and isinstance(before, str):
            found[-1] = before + node
        elif isinstance(node, Node) and isinstance(before, Node) and _is_alike(node, before):
            found[-1] = replace(before, children=tuple(_merged_children([*before.children, *node.children])))
        elif node != "":
            found.append(node)
    found = [re.sub(" +", " ", node) if isinstance(node, str) else node for node in found]
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip(" ")
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(" ")
    return [node for node in found if node != ""]


def _merged_children(children: Sequence[Inline]) -> Iterator[Inline]:
    text: str | None = None
    for child in children:
        if isinstance(child, str):
            text = (text or "") + child
            continue
        if text is not None:
            yield text
            text = None
        yield child
    if text is not None:
        yield text


def _is_alike(node: Node, before: Node) -> bool:
    return node.tag == before.tag and node.tag in STYLES | {"a"} and node.attributes == before.attributes


def _without(nodes: Sequence[Inline], tags: frozenset[str]) -> list[Inline]:
    """Give the nodes with some marks left out and all words kept; the address of a link stands behind them."""
    found: list[Inline] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node.tag in tags:
            found += _without(node.children, tags)
            if node.tag == "a":
                found.append(f" ({node.attributes['href']})")
        else:
            found.append(replace(node, children=tuple(_without(node.children, tags))))
    return list(_merged_children(found))


def _without_bullet(nodes: Sequence[Inline]) -> list[Inline]:
    """Take away the bullet that somebody typed before a paragraph: no mark of Markdown, it has no backslash."""
    first, *others = nodes
    if not isinstance(first, str) or not (bullet := BULLET.match(first)):
        return list(nodes)
    rest = first[bullet.end() :]
    return _without_bullet([rest, *others] if rest else others) if others or rest else []


def _without_tied(nodes: Sequence[Inline]) -> list[Inline]:
    """Give the nodes without the emphasis that begins within a word or right behind other emphasis."""
    found: list[Inline] = []
    for node in nodes:
        before = found[-1] if found else " "
        last = (before if isinstance(before, str) else text_of([before]))[-1:]
        is_tied = last.isalnum() or (isinstance(before, Node) and before.tag in STYLES)
        if isinstance(node, Node) and node.tag in {"em", "strong"} and is_tied:
            found += node.children
        else:
            found.append(node)
    return list(_merged_children(found))


def _without_notes(nodes: Sequence[Inline]) -> list[Inline]:
    return [
        node if isinstance(node, str) else replace(node, children=tuple(_without_notes(node.children)))
        for node in nodes
        if isinstance(node, str) or node.tag != "note"
    ]


def _text(nodes: Sequence[Inline], marked: re.Pattern[str], kind: Kind) -> str:
    """Write nodes, with a backslash before the marks found."""
    parts = [_sentences(node) if isinstance(node, str) and kind == "prose" else node for node in nodes]
    text = "".join(_mark(part, marked) for part in parts)
    return _at_start(text) if kind == "prose" else text


def _sentences(text: str) -> str:
    return _SENTENCE_END.sub("\n", text)


def _at_start(text: str) -> str:
    """Put a backslash where a text would begin a list, a heading, a table or the like."""
    if text.startswith(tuple("-+#>=:|")):
        return f"\\{text}"
    return f"1\\{text[1:]}" if _FIRST_POINT.match(text) else text


def _mark(node: Inline, marked: re.Pattern[str]) -> str:
    if isinstance(node, str):
        return marked.sub(r"\\\g<0>", node)
    within = "".join(_mark(child, marked) for child in node.children)
    match node.tag:
        case "code":
            code = text_of(node.children)
            return f"`{code}`" if "`" not in code else f"`` {code} ``"
        case "em":
            return f"*{within}*"
        case "strong":
            return f"**{within}**"
        case "sup":
            return f"^{within}^"
        case "sub":
            return f"~{within}~"
        case "a":
            return f"[{within}]({node.attributes['href']})"
        case "note":
            return f"[^{node.attributes['name']}]"
        case "maths":
            return text_of(node.children)
    return within


def _is_read(text: str, nodes: Sequence[Inline], kind: Kind) -> bool:
    """Tell whether the engine reads a paragraph as what it was written of."""
    located = _stubbed(text)
    return not list(marks.problems(located, kind)) and form(html_of(text, kind)) == form(_expected(nodes))


def is_read_as(text: str, expected: str) -> bool:
    """Tell whether the engine takes running text without a problem, and for the HTML expected."""
    return not list(marks.problems(_stubbed(text), "prose")) and form(html_of(text)) == form(expected)


def html_of(text: str, kind: Kind = "prose") -> str:
    """Set a text as the engine does, each footnote as an x; nothing where it would be refused."""
    setter = prose.to_html if kind == "prose" else prose.inline_html
    try:
        return text and "".join(setter(_stubbed(text), _resolved, escape))
    except ContentError:
        return "<hr>"


def _resolved(reference: object) -> Markup:
    """Stand for a formula; a reference or citation is none of the file's."""
    return Markup("<img>") if isinstance(reference, prose.Formula) else Markup("<hr>")


def _stubbed(text: str) -> Located:
    """Give a text with an x below it for each footnote that it calls."""
    names = _CALL.findall(text)
    return Located("\n\n".join([text, *(f"[^{name}]: x" for name in names)]), Place(""), ())


def _expected(nodes: Sequence[Inline]) -> str:
    """Write what is to come of nodes in print, each footnote as an x."""
    found = []
    for node in nodes:
        if isinstance(node, str):
            found.append(str(escape(node)))
        elif node.tag == "note":
            found.append('<span class="footnote">x</span>')
        elif node.tag == "maths":
            found.append("<img>")
        else:
            found.append(f"<{node.tag}>{_expected(node.children)}</{node.tag}>")
    return "".join(found)


def form(html: str) -> str:
    """Reduce HTML to its words and the elements that prose may hold."""
    reader = _Form()
    reader.feed(html)
    reader.close()
    return _BESIDE_LISTS.sub(r"\1", " ".join("".join(reader.found).split()))


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._spans: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "span":
            self._spans.append("footnote" in (dict(attrs).get("class") or ""))
            self.found += ["\x02note\x03"] * self._spans[-1]
        elif tag == "br":
            self.found.append(" ")
        elif tag != "p":
            self.found.append(f"\x02{tag}\x03")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self.found += ["\x02/note\x03"] * self._spans.pop()
        elif tag == "p":
            self.found.append(" ")
        elif tag != "br":
            self.found.append(f"\x02/{tag}\x03")

    def handle_data(self, data: str) -> None:
        self.found.append(data)
