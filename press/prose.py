r"""Prose: Markdown in YAML, with references and facts by name.

What an editor may write is a small part of CommonMark: paragraphs, lists, emphasis, links and footnotes. Everything
else is text: raw HTML is printed as the letters it is made of, and marks that look like a heading, a table or code
are problems, so that nobody waits in vain for them to do something.

Braces name what the pipeline numbers:

    {figur-5}             figure 5, chapter 2, a section's title, a company's box: whatever the id is
    {page:figur-5}        the page it stands on
    {title:figur-5}       its title
    {fact:bedrifter}      a number from facts.yaml; `.words` and `.unit` give its other forms

A first letter in upper case begins a sentence. `\{` is a brace. Parsing is here; what a reference becomes is decided
by the `Resolver` that `press.compose` hands in, so that this module knows neither pages nor templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, Literal

from markupsafe import Markup

from press.document import AT
from press.errors import ContentError, Place, Problem, did_you_mean
from press.strict_yaml import Located

RULE = "prose"
ReferenceKind = Literal["name", "page", "title", "fact"]
REFERENCE_KINDS: tuple[ReferenceKind, ...] = ("name", "page", "title", "fact")

_LAST_WORD = re.compile(r".*\s([^\W\d_-]{7,}[.,:;!?»)]*)", re.DOTALL)
_WHOLE = Markup('{}<span class="whole">{}</span>')
ONE_LINE = 66
"""About as many letters as a line of the body column holds beside a list's indent."""

_BRACES = re.compile(r"\\.|\{([^{}\n]*)\}?")
_REFERENCE = re.compile(r"(?:([a-z]+):)?([A-Za-z][A-Za-z0-9-]*)(?:\.([a-z]+))?")
_FOOTNOTE = re.compile(r"(?m)(^[ ]*)?\[\^((?:[^\]\s\[]|\[(?!\^))+)\](:)?")
_NOTE = re.compile(r"(?m)^ *\[\^[^\]\s]+\]:(.*(?:\n(?! *$| *\[\^).*)*)")
# Each `](` is looked at, also one within what looks like another's address: only the parser knows which of them counts.
_LINK = re.compile(r"(?<!\\)(?:\\\\)*\]\((?=([^)\s]{0,2000}))")
# No name and password before the host, and no letters in it but those of Norwegian: others can look like them.
_HOST = r"(?!(?:[^/?#]*\.)?(?i:xn--))[A-Za-z0-9æøåÆØÅ.-]+(?::[0-9]{1,5})?(?![^/?#])"
_LINK_ALLOWED = re.compile(rf"(https://{_HOST}[^\s]*|mailto:[^\s@]+@[^\s@]+|#[a-z][a-z0-9-]*)\Z")
LINK_MEND = "links go to https://…, mailto:… or #id"
LINKS_BEGIN = ("https://", "mailto:", "#")
DEEPEST_LIST = 6
"""Of lists within lists; the parser drops what stands in the eleventh."""
_UNSUPPORTED = (
    (re.compile(r"(?m)^ {0,3}#{1,6} "), "a heading", "make it a section of its own with a line in report.yaml"),
    (re.compile(r"(?m)^ {0,3}=+ *$"), "an underlined heading", "make it a section with a line in report.yaml"),
    (re.compile(r"(?m)^ {0,3}(```|~~~)"), "a code block", "write the words as a paragraph"),
    (re.compile(r"(?<![\\`])`[^`\n]+`"), "code", "write the words without the marks, or in *emphasis*"),
    (re.compile(r"(?m)^ {0,3}>"), "a block quotation", "write a `quote` block"),
    (re.compile(r"(?m)^ {0,3}\|.*\|"), "a table", "write a `table` block"),
    (re.compile(r"!\[[^\]\[]*\]\("), "an image", "write a `figure` or `photo` block"),
    (re.compile(r"(?m)^ {0,3}([-*_])( *\1){2,} *$"), "a rule", "leave the line out"),
)


@dataclass(frozen=True)
class Reference:
    """One pair of braces in a text."""

    kind: ReferenceKind
    id: str
    form: str
    """For facts: `words` or `unit`; else empty."""
    capital: bool
    offset: int
    """Where the opening brace stands in the text, from 0."""
    before: str = ""
    """The few characters before it."""


Resolver = Callable[[Reference], Markup]
"""Turns a reference into the HTML that stands for it."""
Linker = Callable[[str], tuple[Markup, Markup]]
"""Gives what stands before and after the words of a link to an address."""
Typographer = Callable[[str], Markup]
"""Sets plain text as HTML: escaped, with the language's non-breaking spaces, foreign words and abbreviations marked."""


def references(text: str) -> Iterator[Reference]:
    """Yield the references of a text in order; what is not well formed is left to `problems`."""
    for match in _BRACES.finditer(text):
        if match[1] is None or not match[0].endswith("}"):
            continue
        if parsed := _parse(match[1], match.start(), text):
            yield parsed


def problems(text: Located, *, is_prose: bool = True) -> Iterator[Problem]:
    """Yield what is wrong in a text by itself: braces, footnotes, links, and Markdown that has no meaning here.

    Titles and labels are not prose (`is_prose=False`): in them only the braces count.
    """
    yield from _brace_problems(text)
    if not is_prose:
        return
    yield from _footnote_problems(text)
    for match in _LINK.finditer(text):
        if not _LINK_ALLOWED.match(match[1]):
            what = f"the link goes to {match[1]!r}"
            yield Problem(text.place_of(match.start(1)), RULE, what, LINK_MEND)
    for pattern, name, mend in _UNSUPPORTED:
        for match in pattern.finditer(text):
            yield Problem(
                text.place_of(match.start()), RULE, f"this looks like {name}, which prose does not have", mend
            )


def plain(text: str, resolve: Callable[[Reference], str]) -> str:
    """Replace the braces of a text that is not Markdown (titles, labels, captions) by what `resolve` says."""

    def replacement(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][1:]
        parsed = _parse(match[1], match.start(), text)
        return match[0] if parsed is None else resolve(parsed)

    return _BRACES.sub(replacement, text)


def words(text: str) -> str:
    """Reduce prose to its words: no marks, no braces' contents, no footnotes; for counting and comparing."""
    text = re.sub(r"(?m)^ *\[\^[^\]\[\n]+\]:.*(\n .*)*", "", text)
    text = re.sub(r"\[\^[^\]\[]+\]", "", text)
    text = re.sub(r"(?m)^ *(-|\d+\.) +", "", text)
    text = re.sub(r"\]\([^)\]]*\)", "]", text)
    return " ".join(re.sub(r"[*\[\]\\]", "", text).split())


def anchor(address: str) -> tuple[Markup, Markup]:
    """Give what stands before and after the words of a link."""
    return Markup('<a class="link" href="{}">').format(address), Markup("</a>")


def to_html(text: Located, resolve: Resolver, typography: Typographer, link: Linker = anchor) -> list[Markup]:
    """Set prose as HTML; returns one piece for each paragraph and list.

    Raises ContentError with what only the parse brings to light.
    """
    parser = _parser()
    environment = {"resolve": resolve, "typography": typography, "link": link, "open": [], "text": text}
    tokens = parser.parse(text, environment)
    _place(tokens, text)
    starts = [index for index, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    pieces = (tokens[start:end] for start, end in zip(starts, (*starts[1:], len(tokens)), strict=True))
    # The renderer escapes every text, and raw HTML is never parsed.
    return [Markup(parser.renderer.render(piece, parser.options, environment)) for piece in pieces]  # noqa: S704


def _parse(inside: str, offset: int, text: str) -> Reference | None:
    match = _REFERENCE.fullmatch(inside)
    if match is None:
        return None
    kind, name, form = match.groups()
    if kind is not None and kind not in REFERENCE_KINDS:
        return None
    if form and kind != "fact":
        return None
    capital = name[0].isupper()
    before = text[max(offset - 8, 0) : offset]
    return Reference(kind or "name", name[0].lower() + name[1:], form or "", capital, offset, before)


def _brace_problems(text: Located) -> Iterator[Problem]:
    for match in _BRACES.finditer(text):
        if match[1] is None:
            continue
        place = text.place_of(match.start())
        if not match[0].endswith("}"):
            yield Problem(
                place, RULE, "a brace opens here and does not close", "write {id}, or \\{ for a brace in print"
            )
        elif _parse(match[1], 0, text) is None:
            kind = match[1].partition(":")[0]
            yield Problem(
                place,
                RULE,
                f"{match[0]} is not a reference",
                did_you_mean(kind, REFERENCE_KINDS, "write {id}, {page:id}, {title:id} or {fact:name}")
                if ":" in match[1] and kind not in REFERENCE_KINDS
                else "write {id}, {page:id}, {title:id} or {fact:name}",
            )


def _footnote_problems(text: Located) -> Iterator[Problem]:
    calls: dict[str, int] = {}
    notes: dict[str, int] = {}
    for match in _FOOTNOTE.finditer(text):
        is_note = match[1] is not None and match[3] is not None
        offset = match.start(2) - 2
        seen = notes if is_note else calls
        if match[2] in seen:
            what = f"the footnote {match[2]!r} is {'written' if is_note else 'called'} a second time"
            yield Problem(text.place_of(offset), RULE, what, "give each footnote its own name, called once")
        seen.setdefault(match[2], offset)
    for note in _NOTE.finditer(text):
        for match in _FOOTNOTE.finditer(text, note.start(1), note.end()):
            place = text.place_of(match.start(2) - 2)
            yield Problem(place, RULE, "a footnote is called within a footnote", "write both as one note")
    for name in calls.keys() - notes.keys():
        mend = did_you_mean(name, notes, f"add a line `[^{name}]: …` at the end of this text")
        yield Problem(text.place_of(calls[name]), RULE, f"the footnote {name!r} has no text", mend)
    for name in notes.keys() - calls.keys():
        mend = f"write [^{name}] where it belongs, or delete it"
        yield Problem(text.place_of(notes[name]), RULE, f"the footnote {name!r} is called from nowhere", mend)


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("zero").enable(
        ["list", "emphasis", "link", "escape", "newline", "balance_pairs", "fragments_join"]
    )
    footnote_plugin(parser, inline=False, move_to_end=False)
    parser.inline.ruler.before("escape", "reference", _reference_rule)
    parser.core.ruler.push("sound", _sound)
    # Notes are set where they are called (CSS floats them to the foot of the page), not in a list at the end.
    parser.core.ruler.push("footnotes_in_place", _footnotes_in_place)
    parser.core.ruler.push("long_items", _long_items)
    parser.core.ruler.push("last_words", _last_words)
    rules = {"text": _text, "reference": _reference, "footnote": _footnote}
    for name, rule in {**rules, "link_open": _link_open, "link_close": _link_close}.items():
        parser.add_render_rule(name, rule)
    return parser


def _reference_rule(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = _BRACES.match(state.src, state.pos)
    parsed = _parse(match[1], state.pos, state.src) if match and match[1] is not None else None
    if match is None or parsed is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"reference": parsed}
    state.pos = match.end()
    return True


def _sound(state: Any) -> None:
    """Refuse lists within lists too deep, and links that go where none may however they are written."""
    text: Located = state.env["text"]
    offsets, line, found = _offsets(text), 0, []
    for token in state.tokens:
        line = token.map[0] if token.map else line
        place = text.place_of(offsets[line])
        # Each list and each item is a level; a note, in which lists may stand too, is one more.
        if token.type in {"bullet_list_open", "ordered_list_open"} and token.level // 2 == DEEPEST_LIST:
            what = f"a list stands within {DEEPEST_LIST} others"
            found.append(Problem(place, RULE, what, "flatten it, or write some of it as paragraphs"))
        for child in token.children or ():
            target = child.attrGet("href") if child.type == "link_open" else "#"
            if not target.startswith(LINKS_BEGIN):
                found.append(Problem(place, RULE, f"the link goes to {target!r}", LINK_MEND))
    if found:
        raise ContentError(found)


def _footnotes_in_place(state: Any) -> None:
    """Move the inline content of each note into the token of its call and drop the definitions."""
    kept: list[Any] = []
    notes: dict[str, list[Any]] = {}
    current: list[Any] | None = None
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            current = notes.setdefault(token.meta["label"], [])
        elif token.type == "footnote_reference_close":
            current = None
        elif current is None:
            kept.append(token)
        elif token.type == "inline":
            if current:
                current.append(_space(token))
            current.extend(token.children)
    for token in kept:
        for child in token.children or ():
            if child.type == "footnote_ref":
                child.type = "footnote"
                child.children = notes[child.meta["label"]]
    state.tokens = kept


def _long_items(state: Any) -> None:
    """Mark the lists in which an item takes more than a line, so that a style can set its items apart."""
    lists: list[Any] = []
    for token in state.tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif lists and token.type == "inline" and len(token.content) > ONE_LINE:
            lists[-1].attrSet("class", "long")


def _last_words(state: Any) -> None:
    """Mark the texts that end a paragraph or an item."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children[-1].meta["last"] = True


def _place(tokens: Sequence[Any], text: Located) -> None:
    """Tell each paragraph and list where it stands in the content."""
    offsets = _offsets(text)
    for token in tokens:
        if token.nesting == 1 and token.map and not token.hidden:
            token.attrSet(AT, str(text.place_of(offsets[token.map[0]])))


def _offsets(text: Located) -> list[int]:
    """Tell where each line of a text begins in it."""
    return [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]


def _space(like: Any) -> Any:
    token = type(like)("text", "", 0)
    token.content = " "
    return token


def _text(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    """Set a text, and keep the last word of a paragraph or item from being divided: no piece of it makes a last line.

    The typographer sees the words together: a term of several words may end here, and is not to be torn apart.
    """
    typography, token = environment["typography"], tokens[index]
    html: Markup = typography(token.content)
    last = _LAST_WORD.fullmatch(token.content) if token.meta.get("last") else None
    word = typography(last[1]) if last is not None else Markup("")
    return str(_WHOLE.format(html.removesuffix(word), word) if word and html.endswith(word) else html)


def _reference(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    return str(environment["resolve"](tokens[index].meta["reference"]))


def _footnote(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    inside = renderer.renderInline(tokens[index].children, options, environment)
    return f'<span class="footnote">{inside}</span>'


def _link_open(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    before, after = environment["link"](tokens[index].attrGet("href"))
    environment["open"].append(after)
    return str(before)


def _link_close(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    return str(environment["open"].pop())


def first_place(text: Located, needle: str) -> Place:
    """Tell where `needle` first stands in `text`, or where the text begins."""
    offset = text.find(needle)
    return text.place_of(offset) if offset >= 0 else text.place
