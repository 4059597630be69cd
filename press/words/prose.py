r"""Prose: Markdown in YAML, with references and facts by name.

What an editor may write is a small part of CommonMark (paragraphs, lists, emphasis, bold words, links and footnotes)
and what Pandoc reads as raised and lowered letters (`m^2^`, `H~2~O`); in one paragraph of a cell, a caption or a
source, all of them but lists. Everything else is printed as the letters it is made of. `press.words.marks` refuses what
would mean something elsewhere, so that nobody waits in vain for it to do so.

Braces name what the pipeline numbers:

    {figur-5}             figure 5, chapter 2, a section's title, a party's box: whatever the id is
    {page:figur-5}        the page it stands on
    {title:figur-5}       its title
    {fact:bedrifter}      a number from facts.yaml; `.words` and `.unit` give its other forms

Dollar signs hold formulas in LaTeX: `$E = mc^2$` in a line, `$$…$$` in a paragraph of their own. Backticks hold code,
letter for letter, on one line; two of them on each side hold code with a backtick in it.

Brackets cite what the file of sources has, as Pandoc does: `[@key]`, `[se @key, s. 12; @other]`, without the author
`[-@key]`; in the text itself `@key` names the author, `@key [s. 12]`.

A first letter in upper case begins a sentence. A backslash makes a mark of punctuation a letter: `\{`, `\*`. Where this
is not CommonMark, it is so that nothing which is typed goes missing: `press.words.list_items` says which numbers begin
a list, `emphasis_end` which stars mark emphasis, and spaces at the end of a line mean nothing.

Parsing is here; what a reference becomes is decided by the `Resolver` that `press.compose.parts` hands in, so that this
module knows neither pages nor templates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import Any, Literal

from markupsafe import Markup, escape

from press.content.blocks import Kind
from press.content.sources import KEY
from press.content.strict_yaml import Located
from press.document import AT, POINT
from press.errors import ContentError, Problem
from press.words import list_items

RULE = "prose"
ReferenceKind = Literal["name", "page", "title", "fact"]
REFERENCE_KINDS: tuple[ReferenceKind, ...] = ("name", "page", "title", "fact")

# Of words that a narrow column holds.
_LAST_WORD = re.compile(r".*\s([^\W\d_-]{7,30}[.,:;!?»)]*)", re.DOTALL)
_WHOLE = Markup('{}<span class="whole">{}</span>')
ONE_LINE = 66
"""About as many letters as a line of the body column holds beside a list's indent."""

LONGEST_WHOLE_CODE = 24
"""Letters of a word of code that no line divides: narrow columns hold them."""

PUNCTUATION = r"""[!"#$%&'()*+,./:;<=>?@\[\\\]^_`{|}~-]"""
"""What a backslash makes a letter (CommonMark 0.31.2, section 2.4)."""
ESCAPED = re.compile(rf"\\{PUNCTUATION}")
_SPACES = re.compile(r"[ \n]+")
_TICKS = re.compile("`+")
_CODE = r"(?<!`)(?P<ticks>``?)(?!`)(?P<code>(?:(?!(?<!`)(?P=ticks)(?!`))[^\n])+)(?<!`)(?P=ticks)(?!`)"
VERBATIM = re.compile(
    rf"\\{PUNCTUATION}|{_CODE}"
    r"|\$\$(?P<shown>[^$\n]+)\$\$|(?<![\w$])\$(?P<within>(?=[^\s$])(?:[^$\n]*[^\s$])?)\$(?!\d)"
)
"""Code and formulas, in which no other mark counts: whichever of them begins first."""
_STAR = re.compile(rf"\\{PUNCTUATION}|{_CODE}|\*")
CITATION = re.compile(r"\[((?:[^\[\]\n@]|\n(?!\n))*@[^\[\]]*)\](?!\()")
IN_TEXT = rf"(?<![\w@.+/\[-])@(?P<key>{KEY})(?<![:.#/+-])"
"""A source that a text names: no address and no name of a link begins so."""
_NARRATED = re.compile(rf"{IN_TEXT}(?: \[(?P<part>[^\[\]\n@]*)\](?!\())?")
_LOCATOR = r"(?:(?P<label>[^\W\d]+\.?)\s*)?(?P<locator>\d+(?:\s*[–,.\s-]\s*\d+)*(?:\s?f{1,2}\.?)?)"
_PART = re.compile(_LOCATOR)
_CITED = re.compile(
    rf"\s*(?:(?P<before>[^\s@*`{{}}$^~\\][^@*`{{}}$^~\\]*?)\s+)?(?P<bare>-)?@(?P<key>{KEY})(?:,\s*{_LOCATOR})?\s*"
)
_CITES = re.compile(rf"{CITATION.pattern}|(?P<narrated>{_NARRATED.pattern})")
LOCATORS = {
    **dict.fromkeys(("", "s.", "side", "sidene", "p.", "pp.", "page", "pages"), "page"),
    **dict.fromkeys(("kap.", "kapittel", "kapitla", "ch.", "chap.", "chapter"), "chapter"),
    **dict.fromkeys(("avsn.", "avsnitt", "avsnittene", "avsnitta", "para.", "paragraph"), "paragraph"),
    **dict.fromkeys(("fig.", "figur", "figure"), "figure"),
    **dict.fromkeys(("tab.", "tabell", "table"), "table"),
    **dict.fromkeys(("bd.", "bind", "vol.", "volume"), "volume"),
}
"""What may stand before the number of a part that is cited, by what CSL calls such a part."""
SHIFTED = re.compile(r"\^([^\s^~*$\[\]{}\\]{1,30})\^|(?<=[\w)\]^])~([^\s^~*$\[\]{}\\]{1,30})~")
"""Raised letters, and lowered ones."""
BRACES = re.compile(rf"\\{PUNCTUATION}|\{{([^{{}}\n]*)\}}?")
_REFERENCE = re.compile(r"(?:([a-z]+):)?([A-Za-z][A-Za-z0-9-]*)(?:\.([a-z]+))?")
_FORMULA = re.compile(r'[(«]*<img class="maths"[^>]*>[.,:;!?)»]*')
LINK_MEND = "links go to https://…, mailto:… or #id"
LINKS_BEGIN = ("https://", "mailto:", "#")
DEEPEST_LIST = 6
"""Of lists within lists; the parser drops what stands in the eleventh."""


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


@dataclass(frozen=True)
class Cited:
    """A source that is cited, and which part of it."""

    key: str
    label: str = "page"
    locator: str = ""
    """The numbers of pages or of a chapter, if any are given."""
    before: str = ""
    """Words before it: `se`, `jf.`"""
    is_bare: bool = False
    """Whether its author is left out: the text names them."""


@dataclass(frozen=True)
class Citation:
    """One pair of brackets that cites, `[@key, s. 12; @other]`, or a source that the text names: `@key`."""

    items: tuple[Cited, ...]
    is_narrated: bool = False
    """Whether it is part of the sentence: the author, and the rest in brackets."""
    typed: str = field(default="", compare=False)
    offset: int = field(default=0, compare=False)
    """Where the opening bracket stands in the text, from 0."""


@dataclass(frozen=True)
class Formula:
    """One pair of dollar signs, or of two of them: `$E = mc^2$`."""

    tex: str
    is_display: bool
    """Whether it stands in a paragraph of its own."""
    offset: int = field(default=0, compare=False)
    """Where the first sign stands in the text, from 0."""


Resolver = Callable[[Reference | Citation | Formula], Markup]
"""Turns a reference, citation or formula into the HTML that stands for it."""
Linker = Callable[[str], tuple[Markup, Markup]]
"""Gives what stands before and after the words of a link to an address."""
Typographer = Callable[[str], Markup]
"""Sets plain text as HTML: escaped, with the language's non-breaking spaces, foreign words and abbreviations marked."""


def formulas(text: str) -> Iterator[Formula]:
    """Yield the formulas of a text in order."""
    for match in VERBATIM.finditer(text) if "$" in text else ():
        if (tex := match["shown"] or match["within"]) is not None:
            yield Formula(tex.strip(), match["shown"] is not None, match.start())


def codes(text: str) -> Iterator[tuple[str, int]]:
    """Yield the code among the words of a text, and where it begins in it."""
    for match in VERBATIM.finditer(text) if "`" in text else ():
        if match["code"] is not None:
            code = code_of(match)
            yield code, match.start("code") + match["code"].index(code)


def code_of(match: re.Match[str]) -> str:
    """Give what stands between backticks, without the spaces that part it from one at its end."""
    code = match["code"]
    return code[1:-1] if len(match["ticks"]) == 2 and code[0] == code[-1] == " " and code.strip() else code


def without_verbatim(text: str, filler: str = "\ue000") -> str:
    """Blank code and formulas, which have marks and braces of their own. The text stays as long as it was."""
    if "$" not in text and "`" not in text:
        return text
    return VERBATIM.sub(lambda match: match[0] if match[0].startswith("\\") else filler * len(match[0]), text)


def references(text: str) -> Iterator[Reference]:
    """Yield the references of a text in order; what is not well formed is left to `press.words.marks`."""
    text = without_verbatim(text)
    for match in BRACES.finditer(text):
        if match[1] is None or not match[0].endswith("}"):
            continue
        if parsed := parse_reference(match[1], match.start(), text):
            yield parsed


def citations(text: str) -> Iterator[Citation]:
    """Yield the citations of a text in order; what is not well formed is left to `press.words.marks`."""
    if "@" in text:
        for match in _CITES.finditer(ESCAPED.sub("  ", without_verbatim(text))):
            if match["narrated"] is not None:
                parsed = parse_narrated(match["narrated"], match.start())
            else:
                parsed = parse_citation(match[1], match.start())
            if parsed is not None:
                yield parsed


def plain(text: str, resolve: Callable[[Reference], str]) -> str:
    """Replace the braces of a text that is not Markdown (titles, labels, captions) by what `resolve` says."""

    def replacement(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][1:]  # a letter with its backslash
        parsed = parse_reference(match[1], match.start(), text)
        return match[0] if parsed is None else resolve(parsed)

    return BRACES.sub(replacement, text)


def unescaped(text: str) -> str:
    """Take the backslashes from words that are printed as they stand: a fact's."""
    return ESCAPED.sub(lambda match: match[0][1:], text)


def words(text: str) -> str:
    """Reduce prose to its words: no marks, no braces' contents, no footnotes; for counting and comparing."""
    text = "\n".join(line.words for line in list_items.read(text) if line.note is None)
    text = re.sub(list_items.NOTE, "", text)
    text = VERBATIM.sub(lambda match: match["code"] or (match[0] if match[0][0] == "\\" else len(match[0]) * "x"), text)
    text = CITATION.sub("", text)
    text = SHIFTED.sub(lambda match: match[1] or match[2], re.sub(r"\]\([^)\]]*\)", "]", text))
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
    tokens = parser.parse(list_items.as_markdown(text), environment)
    _place(tokens, text)
    starts = [index for index, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
    pieces = (tokens[start:end] for start, end in zip(starts, (*starts[1:], len(tokens)), strict=True))
    # The renderer escapes every text, and raw HTML is never parsed.
    rendered = (parser.renderer.render(piece, parser.options, environment) for piece in pieces)
    return [Markup(_together(html)) for html in rendered]  # noqa: S704


def unsound(text: Located, kind: Kind) -> tuple[Problem, ...]:
    """Give what only the parse of a text brings to light, and what setting it would raise."""
    try:
        _parser(is_inline=kind == "inline").parse(list_items.as_markdown(text), {"text": text})
    except ContentError as error:
        return error.problems
    return ()


def inline_html(text: Located, resolve: Resolver, typography: Typographer, link: Linker = anchor) -> Markup:
    """Set one paragraph that has no lists as HTML, without an element around it: a cell, a caption, a source."""
    parser = _parser(is_inline=True)
    environment = {"resolve": resolve, "typography": typography, "link": link, "open": [], "text": text}
    inlines = [token for token in parser.parse(text, environment) if token.type == "inline"]
    set_as = (parser.renderer.renderInline(token.children, parser.options, environment) for token in inlines)
    return Markup(_together(_SPACES.sub(" ", " ".join(set_as))))  # noqa: S704 - as in to_html


def _together(html: str) -> str:
    """Keep a formula on the line of the marks around it."""
    return _FORMULA.sub(r'<span class="together">\g<0></span>', html) if "<img" in html else html


def emphasis_end(text: str, start: int) -> int | None:
    """Find the star that ends the emphasis which the one at `start` begins, if it begins any.

    Emphasis begins before a word, not within one, and may end within one: `*«ord»*et`. What CommonMark says of stars
    beside punctuation would print the stars there, and `5*6*7` without them.
    """
    before, first = text[start - 1 : start], text[start + 1 : start + 2]
    if before.isalnum() or before == "*" or first in {"", "*"} or first.isspace():
        return None
    for match in _STAR.finditer(text, start + 1):
        if match[0] != "*":
            continue
        end, after = match.start(), text[match.end() : match.end() + 1]
        inside = text[start + 1 : end]
        is_end = not (inside[-1].isspace() or after.isdigit() or after == "*" or "\n\n" in inside)
        return end if is_end and _closes_brackets(inside) else None
    return None


def bold_end(text: str, start: int) -> int | None:
    """Find the two stars that end the bold words which the two at `start` begin, if they begin any.

    They stand as those of emphasis do, and no emphasis stands within.
    """
    before, first = text[start - 1 : start], text[start + 2 : start + 3]
    if not text.startswith("**", start) or before.isalnum() or before == "*" or first in {"", "*"} or first.isspace():
        return None
    for match in _STAR.finditer(text, start + 2):
        if match[0] == "*":
            end, inside = match.start(), text[start + 2 : match.start()]
            after = text[end + 2 : end + 3]
            is_end = text.startswith("**", end) and not (inside[-1].isspace() or after.isdigit() or after == "*")
            return end if is_end and "\n\n" not in inside and _closes_brackets(inside) else None
    return None


def _closes_brackets(inside: str) -> bool:
    inside = without_verbatim(inside)
    return inside.count("[") == inside.count("]")


def parse_citation(inside: str, offset: int) -> Citation | None:
    """Read what stands between brackets; None if it is no citation."""
    items = []
    for part in inside.split(";"):
        match = _CITED.fullmatch(" ".join(part.split()))  # many spaces would take long
        if match is None or (match["label"] or "").lower() not in LOCATORS:
            return None
        key = match["key"] if match["locator"] else match["key"].rstrip(".:")
        if key != match["key"]:
            return None
        before = " ".join((match["before"] or "").split())
        items.append(Cited(key, *_part(match), before, match["bare"] is not None))
    return Citation(tuple(items), offset=offset)


def parse_narrated(typed: str, offset: int) -> Citation | None:
    """Read a source that a text names, and which part of it in brackets; None if those say something else."""
    match = _NARRATED.fullmatch(typed)
    part = _PART.fullmatch(" ".join(match["part"].split())) if match and match["part"] is not None else None
    if match is None or (match["part"] is not None and (part is None or (part["label"] or "").lower() not in LOCATORS)):
        return None
    named = Cited(match["key"], *(_part(part) if part is not None else ()))
    return Citation((named,), is_narrated=True, typed=typed, offset=offset)


def _part(match: re.Match[str]) -> tuple[str, str]:
    """Name a part of a source as CSL does, with its numbers."""
    return LOCATORS[(match["label"] or "").lower()], " ".join((match["locator"] or "").split())


def parse_reference(inside: str, offset: int, text: str) -> Reference | None:
    """Read what stands between braces; None if it is no reference."""
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


@cache
def _parser(*, is_inline: bool = False) -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("zero").enable(
        ["link", "escape", "newline"] if is_inline else ["list", "link", "escape", "newline"]
    )
    footnote_plugin(parser, inline=False, move_to_end=False)
    parser.inline.ruler.at("escape", _escape_rule)
    parser.inline.ruler.at("newline", _newline_rule)
    parser.inline.ruler.before("escape", "reference", _reference_rule)
    parser.inline.ruler.before("escape", "stars", _emphasis_rule)
    parser.inline.ruler.before("escape", "shifted", _shifted_rule)
    parser.inline.ruler.before("escape", "citation", _citation_rule)
    parser.inline.ruler.before("escape", "formula", _formula_rule)
    parser.inline.ruler.before("escape", "code", _code_rule)
    parser.core.ruler.push("sound", _sound)
    # Notes are set where they are called (CSS floats them to the foot of the page), not in a list at the end.
    parser.core.ruler.push("footnotes_in_place", _footnotes_in_place)
    if not is_inline:
        parser.core.ruler.push("lists_begun_anew", _lists_begun_anew)
        parser.core.ruler.push("points", _points)
        parser.core.ruler.push("last_words", _last_words)
    rules = {
        "text": _text,
        "reference": _reference,
        "citation": _reference,
        "formula": _reference,
        "footnote": _footnote,
        "code": _code,
    }
    for name, rule in {**rules, "link_open": _link_open, "link_close": _link_close}.items():
        parser.add_render_rule(name, rule)
    return parser


def _escape_rule(state: Any, silent: bool) -> bool:
    if not ESCAPED.match(state.src, state.pos):
        return False
    if not silent:
        state.append_pending(state.src[state.pos + 1])
    state.pos += 2
    return True


def _newline_rule(state: Any, silent: bool) -> bool:
    """Take the end of a line for a space, whatever spaces nobody sees stand before it."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
        state.push("softbreak", "br", 0)
    state.pos += 1
    while state.pos < state.posMax and state.src[state.pos] == " ":
        state.pos += 1
    return True


def _emphasis_rule(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "*":
        return False
    start, is_bold = state.pos, state.src.startswith("**", state.pos)
    end = bold_end(state.src, start) if is_bold else emphasis_end(state.src, start)
    return end is not None and _set_within(state, "strong" if is_bold else "em", 2 if is_bold else 1, end, silent)


def _shifted_rule(state: Any, silent: bool) -> bool:
    if state.src[state.pos] not in "^~" or (match := SHIFTED.match(state.src, state.pos)) is None:
        return False
    return _set_within(state, "sup" if match[1] else "sub", 1, match.end() - 1, silent)


def _set_within(state: Any, element: str, width: int, end: int, silent: bool) -> bool:
    """Set what stands between a mark of so many characters here and the one at `end` within an element."""
    if end >= state.posMax:
        return False
    if not silent:
        most, state.posMax = state.posMax, end
        state.pos += width
        state.push(f"{element}_open", element, 1)
        state.md.inline.tokenize(state)
        state.push(f"{element}_close", element, -1)
        state.posMax = most
    state.pos = end + width
    return True


def _reference_rule(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = BRACES.match(state.src, state.pos)
    parsed = parse_reference(match[1], state.pos, state.src) if match and match[1] is not None else None
    if match is None or parsed is None or match.end() > state.posMax:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.meta = {"reference": parsed}
    state.pos = match.end()
    return True


def _citation_rule(state: Any, silent: bool) -> bool:
    match = _CITES.match(state.src, state.pos) if state.src[state.pos] in "[@" else None
    if match is None:
        return False
    narrated = match["narrated"]
    parsed = parse_citation(match[1], state.pos) if narrated is None else parse_narrated(narrated, state.pos)
    if parsed is None or match.end() > state.posMax:
        return False
    if not silent:
        state.push("citation", "", 0).meta = {"reference": parsed}
    state.pos = match.end()
    return True


def _formula_rule(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "$" or (match := VERBATIM.match(state.src, state.pos)) is None:
        return False
    if match.end() > state.posMax:
        return False
    if not silent:
        tex = match["shown"] or match["within"]
        formula = Formula(tex.strip(), match["shown"] is not None, state.pos)
        state.push("formula", "", 0).meta = {"reference": formula}
    state.pos = match.end()
    return True


def _code_rule(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "`":
        return False
    match = VERBATIM.match(state.src, state.pos)
    if match is None or match.end() > state.posMax:
        # A run of backticks that begins no code is letters, all of it.
        end = _TICKS.match(state.src, state.pos).end()  # type: ignore[union-attr]
        if not silent:
            state.pending += state.src[state.pos : end]
        state.pos = end
        return True
    if not silent:
        state.push("code", "", 0).content = code_of(match)
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


def _lists_begun_anew(state: Any) -> None:
    """Divide a list where its points are numbered from 1 again: CommonMark would count on over an empty line."""
    tokens: list[Any] = []
    begun: list[Any] = []
    for token in state.tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            begun.append(token)
        elif token.type == "list_item_open" and token.info == "1" and tokens[-1] is not begun[-1]:
            closing = begun[-1].copy(type="ordered_list_close", nesting=-1, attrs={})
            begun[-1] = begun[-1].copy(map=token.map, attrs={})
            tokens += [closing, begun[-1]]
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            begun.pop()
        tokens.append(token)
    state.tokens = tokens


def _points(state: Any) -> None:
    """Say of each counted point what is to stand before it; mark the lists in which a point takes more than a line."""
    lists: list[Any] = []
    for token in state.tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
            if token.markup == ")":
                token.attrSet("class", "bracket")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and token.info:
            token.attrSet(POINT, f"{token.info}{token.markup}")
        elif lists and token.type == "inline" and len(token.content) > ONE_LINE:
            classes = str(lists[-1].attrGet("class") or "").split()
            lists[-1].attrSet("class", " ".join(dict.fromkeys([*classes, "long"])))


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


def _code(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    words = map(_code_word, tokens[index].content.split(" "))
    return str(Markup("<code>{}</code>").format(Markup(" ").join(words)))


def _code_word(word: str) -> Markup:
    """Set a word of code: lines may end at a hyphen or stroke of a long one, such as an address, and of no other."""
    is_whole = len(word) <= LONGEST_WHOLE_CODE and not {"-", "/"}.isdisjoint(word)
    return Markup('<span class="together">{}</span>').format(word) if is_whole else escape(word)


def _footnote(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    # WeasyPrint 70 takes a footnote out of the text before it makes spaces of line ends.
    inside = _SPACES.sub(" ", renderer.renderInline(tokens[index].children, options, environment))
    # Two calls side by side want a comma between them: 1,2 is not 12.
    beside = " beside" if index and tokens[index - 1].type == "footnote" else ""
    return f'<span class="footnote{beside}">{inside}</span>'


def _link_open(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    before, after = environment["link"](tokens[index].attrGet("href"))
    environment["open"].append(after)
    return str(before)


def _link_close(renderer: Any, tokens: Sequence[Any], index: int, options: Any, environment: dict[str, Any]) -> str:
    return str(environment["open"].pop())
