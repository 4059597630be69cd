"""The marks of a text held against those it may have: what would be printed otherwise than it is meant is refused.

Editors paste and type Markdown of many kinds, HTML and LaTeX. Prose has a small part of Markdown (`press.words.prose`),
a table's cell, a caption or a source that part of it which stands in one paragraph, a title or label only references.
Whatever else looks like a mark is a problem with what to write instead; a backslash before it prints it as it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from press.content.blocks import Kind
from press.content.strict_yaml import Located
from press.errors import Problem, did_you_mean
from press.words import list_items, maths, prose
from press.words.list_items import Line, Mark

RULE = "prose"
_LACKS = {
    "prose": "prose does not have",
    "inline": "cells, captions and sources do not have",
    "plain": "titles and labels do not have",
}
_HIDDEN = "\ue000"
"""Stands for a character that is no mark: with its backslash, in a reference, in an address."""
_REFERENCE_MEND = "write {id}, {page:id}, {title:id} or {fact:name}"
_MATHS_MEND = "write $E = mc^2$ on one line of a text, in titles E = mc², and \\$ for the sign itself"
_CITE_MEND = "write [@key], [@key, s. 12], [se @key, kap. 3], [-@key] without the author, or [@key; @other]"
_PLAIN_MEND = "leave the marks out; a title or label has plain words"

_FOOTNOTE = re.compile(rf"(?m)(^[ ]*)?{list_items.NOTE}(:)?")
# Each `](` is looked at, also one within what looks like another's address: only the parser knows which of them counts.
_LINK = re.compile(r"(?<!\\)(?:\\\\)*\]\((?=([^)\s]{0,2000}))")
_ADDRESS = re.compile(r"(?<=\]\()[^)\s]{0,2000}")
# No name and password before the host, and no letters in it but those of Norwegian: others can look like them.
_HOST = r"(?!(?:[^/?#]*\.)?(?i:xn--))[A-Za-z0-9æøåÆØÅ.-]+(?::[0-9]{1,5})?(?![^/?#])"
_LINK_ALLOWED = re.compile(rf"(https://{_HOST}[^\s*]*|mailto:[^\s@*]+@[^\s@*]+|#[a-z][a-z0-9-]*)\Z")
_DISPLAYED = re.compile(r"\s*\$\$[^$\n]+\$\$\s*")
_STARS = re.compile(r"\*+")
_TICKS = re.compile("`+")
_NARRATED_PART = re.compile(rf"{prose.IN_TEXT} (\[[^\[\]\n@]*\])(?!\()")
_LOST_SPACES = re.compile(r"\A | \Z| {2,}")
_MOST_POINTS = 100
"""Numbers from here on are years and the like, and no point of a list that skips some."""
_PARAGRAPHS = re.compile(r"\n[ ]*\n")
_LOWER = re.compile(r"[a-zæøå]\S*")
_MONTH = re.compile(r"(?:jan|feb|mars|april|mai|jun|jul|aug|sep|okt|nov|des)", re.IGNORECASE)
_TOLD_AS_LISTS = re.compile(r"(?m)^ {0,3}\*(?: *\*){2,} *$|^ *\*(?= |$)")
_MAY_MARK = re.compile(r"[^\w\s.,;/()«»?%-]|_")

_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")

Mend = str | Callable[[re.Match[str]], str]


def _character(match: re.Match[str]) -> str:
    letter = html.unescape(match[0])
    shown = "an ordinary space: the pipeline binds what belongs together" if letter.isspace() else f"«{letter}»"
    return f"type the character itself: {shown}" if letter != match[0] else "type the character itself"


def _raised(match: re.Match[str]) -> str:
    raised = match["up"].translate(_SUPERSCRIPTS)
    closed = f"write {match['base']}^{match['up']}^"
    return f"write {match['base']}{raised}" if raised.isnumeric() else f"{closed}, or \\^ for the sign itself"


def _lowered(match: re.Match[str]) -> str:
    lowered = match["down"].translate(_SUBSCRIPTS)
    return (
        f"write {match['base']}{lowered}{match['tail']}" if lowered.isnumeric() else "write it out in words or letters"
    )


def _instead_of_element(match: re.Match[str]) -> str:
    name = match["name"].lower()
    if name in {"b", "strong", "i", "em", "u", "mark"}:
        return "write *emphasis* or **bold**"
    if name in {"br", "p", "div"}:
        return "leave an empty line to begin a new paragraph"
    if name in {"sub", "sup"}:
        return "write H~2~O and m^2^, or type the small figure itself: H₂O, m²"
    if name == "a":
        return "write [words](https://…)"
    return "leave it out; \\< prints the sign itself"


def _instead_of_command(match: re.Match[str]) -> str:
    if match["name"] in {"newpage", "pagebreak", "clearpage"}:
        return "leave it out; `opens: page` in a section's file begins a page"
    return "leave it out; a backslash only makes letters of marks (\\*), and two print one (\\\\)"


_EVERYWHERE: tuple[tuple[str, str, Mend], ...] = (
    (r"^ {0,3}#{1,6} ", "a heading", "make it a section of its own with a line in report.yaml; \\# prints the sign"),
    (r"!\[[^\]\[]*\]\(", "an image", "write a `figure` or `photo` block"),
    (
        r"<!--[\s\S]{0,2000}?-->|<!--|-->",
        "a comment",
        "delete it; a remark stands on a line of its own in the file, after # and outside texts",
    ),
    (r"<(?:https?://|mailto:|www\.)[^<>\s]*>|<[\w.+-]+@[\w.-]+>", "an address in < >", "write [words](https://…)"),
    (r"(?<!<)</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?:[\s/][^<>]*)?>(?:[^<]*</(?P=name)>)?", "HTML", _instead_of_element),
    (r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});", "the code of a character", _character),
    (r"\[\[", "a link in double brackets", "write [words](#id) or {id}"),
    (r"\[(?!\^)[^\[\]\n]+\] ?\[(?!\^)[^\[\]\n]*\]", "a link by name", "write the address here: [words](https://…)"),
    (r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:", "a link's address", "write it where the link is: [words](https://…)"),
    (r"\] \((?=https?:|mailto:|#)", "a link with a space in it", "write ]( without the space"),
    (r"\)\[(?=https?:|mailto:|#|www\.)", "a link the wrong way round", "write [words](https://…)"),
    (r"\^\[", "a footnote", "write [^name] here, and [^name]: with its text after the paragraph"),
    (r"\[\^(?=\]|[^\]\[\n]*\s[^\]\[\n]*\])", "a footnote without a name of one word", "write [^name]"),
    (
        r"\[[^\[\]\n@]{0,200}(?<![\w.])@\w[^\[\]\n]{0,200}\](?!\()",
        "a citation",
        _CITE_MEND,
    ),
    (r"~~(?=\S)", "struck out text", "leave out what does not count"),
    (r"(?<=\w)~(?=\w)", "a fixed space", "type an ordinary space: the pipeline binds what belongs together"),
    (r"==(?=\S)[^=\n]+==", "marked text", "write *emphasis*"),
    (r"\$\$|(?<![\w$])\$(?=[^\s$])(?:[^$\n]*[^\s$])?\$(?!\d)", "mathematics", _MATHS_MEND),
    (r"(?<![\w)])(?P<base>[\w)]+)\^\{?(?P<up>[-+\w]+)[}^]?", "raised text", _raised),
    (
        r"(?<![\w/_])_{1,3}(?=[^\s_])[^_\n]*[^\s_]_{1,3}(?![\w_])",
        "emphasis by underscores",
        "write *emphasis* or **bold**",
    ),
    (r"^ {0,3}:{3,}", "a fenced block", "write a block of its own: `callout`, `quote`, `table`"),
    (r"(?<![\w:]):[a-z][a-z0-9_+-]+:(?![\w:])", "the name of a picture", "write it in words"),
    (r"\\(?P<name>[A-Za-z]*)", "a command", _instead_of_command),
)
_LIST_MEND = "begin each point with - and a space, or with 1., 2., 3."
_IN_PROSE: tuple[tuple[str, str, Mend], ...] = (
    (r"^ {0,3}=+ *$", "an underlined heading", "make it a section with a line in report.yaml"),
    (r"^ {0,3}(```|~~~)", "a code block", "write a `code` block"),
    (r"^ {0,3}>", "a block quotation", "write a `quotation` block; \\> prints the sign"),
    (r"^ {0,3}\|.*\|", "a table", "write a `table` block"),
    (r"^ *:?-{2,}:? *(\| *:?-{2,}:? *)+\|? *$", "a table", "write a `table` block"),
    (r"^ {0,3}([-*_])( *\1){2,} *$", "a rule", "leave the line out"),
    (r"^ *- \[[ xX]\] ", "a list of tasks", "write the point without the box"),
    (r"^ {0,3}: +(?=\S)", "a definition", "write a `definition` block"),
    (r"^ *[*+](?: |$)", "a list", "begin each point with - and a space; \\* or \\+ prints the sign"),
    (r"^ *[•▪◦‣●○] ?", "a list", _LIST_MEND),
    (r"^ *– .*(?=\n *– )", "a list", _LIST_MEND),
    (r"^ *[a-z][.)] .*(?=\n *[b-z][.)] )", "a list", _LIST_MEND),
    (r"^ *-[^\W\d_].*(?=\n *-[^\W\d_])", "a list", _LIST_MEND),
    (r"^ *\d{1,2}[.)][^\W\d_].*(?=\n *\d{1,2}[.)][^\W\d_])", "a list", _LIST_MEND),
)
_ONE_PARAGRAPH = "write one paragraph on one line"
_OVER_LINES: tuple[tuple[str, str, Mend], ...] = (
    *((pattern, name, _ONE_PARAGRAPH) for pattern, name, _ in _IN_PROSE),
    (r"^ *(?:-|\d{1,2}[.)]) +\S.*(?=\n *(?:-|\d{1,2}[.)]) )", "a list", _ONE_PARAGRAPH),
)
"""What only marks of several lines can be meant by, where a text has one paragraph."""
_IN_PLAIN_WORDS: tuple[tuple[str, str, Mend], ...] = (
    (r"(?<!`)`{1,3}[^`\n]+`", "code", "write the words without the marks"),
    (r"(?<!\w)(?P<base>\w+)~(?P<down>[^\s~]+)~(?P<tail>\w*)", "lowered text", _lowered),
    (r"(?<![\w*])\*{1,3}[^\s*](?:[^*\n]*[^\s*])?\*{1,3}", "emphasis", f"{_PLAIN_MEND}; \\* prints a star"),
    (r"\]\(", "a link", "put the link into the text"),
    (r"\[\^[^\]\s]+\]", "a footnote", "put the footnote into the text"),
)


def _compiled(rows: tuple[tuple[str, str, Mend], ...]) -> tuple[tuple[re.Pattern[str], str, Mend], ...]:
    return tuple((re.compile(pattern, re.MULTILINE), name, mend) for pattern, name, mend in rows)


_FOREIGN = {
    "prose": _compiled((*_IN_PROSE, *_EVERYWHERE)),
    "inline": _compiled(_EVERYWHERE),
    "plain": _compiled((*_IN_PLAIN_WORDS, *_EVERYWHERE)),
}

_FOREIGN_OVER_LINES = _compiled(_OVER_LINES)


def problems(text: Located, kind: Kind = "prose") -> Iterator[Problem]:
    """Yield what is wrong with the marks of a text by itself, each at its place."""
    if kind != "plain" and ("$" in text or "`" in text):
        yield from _formula_problems(text, kind)
        yield from _code_problems(text)
        text = Located(prose.without_verbatim(text), text.place, text._starts)
        yield from _tick_problems(text)
    yield from _brace_problems(text)
    yield from _foreign_problems(text, kind)
    if kind != "prose":
        yield from _paragraph_problems(text, kind)
    if kind == "plain":
        return
    yield from _footnote_problems(text)
    yield from _link_problems(text)
    yield from _star_problems(text)
    if kind == "prose":
        yield from _list_problems(text)


def _formula_problems(text: Located, kind: Kind) -> Iterator[Problem]:
    for formula in prose.formulas(text):
        place = text.place_of(formula.offset)
        if (found := maths.fault(formula.tex)) is not None:
            yield Problem(place, RULE, *found)
        if formula.is_display and (kind != "prose" or not _stands_alone(text, formula.offset)):
            mend = "write it between single signs ($…$), or in a paragraph of its own between empty lines"
            yield Problem(place, RULE, "a formula between $$ stands among words", mend)


def _code_problems(text: Located) -> Iterator[Problem]:
    for code, offset in prose.codes(text):
        if spaces := _LOST_SPACES.search(code):
            what = "spaces stand here in code that nobody would see"
            mend = "leave one between words and none at the ends, or write a `code` block"
            yield Problem(text.place_of(offset + spaces.start()), RULE, what, mend)


def _tick_problems(text: Located) -> Iterator[Problem]:
    """Yield the backticks that begin or end no code; those of a code block are told as such."""
    for match in _TICKS.finditer(prose.ESCAPED.sub(_blank, text)) if "`" in text else ():
        if len(match[0]) < 3 or text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" "):
            what = "a backtick stands here that begins or ends no code, and would be printed"
            mend = "write `code` with one on each side, on one line, ’ for an apostrophe, or \\` for a backtick"
            yield Problem(text.place_of(match.start()), RULE, what, mend)


def _stands_alone(text: str, offset: int) -> bool:
    paragraph = text[:offset].rpartition("\n\n")[2] + text[offset:].partition("\n\n")[0]
    return _DISPLAYED.fullmatch(paragraph) is not None


def _hidden(text: str) -> str:
    """Take away what is no mark, so that every other character keeps its offset."""
    for pattern in (prose.ESCAPED, _ADDRESS):
        text = pattern.sub(_blank, text)
    return prose.BRACES.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return _HIDDEN * len(match[0])


def _blank_citation(match: re.Match[str]) -> str:
    return _blank(match) if prose.parse_citation(match[1], 0) is not None else match[0]


def _foreign_problems(text: Located, kind: Kind) -> Iterator[Problem]:
    over_lines = _FOREIGN_OVER_LINES if kind != "prose" and "\n" in text.strip() else ()
    if kind != "prose" and not over_lines and not _MAY_MARK.search(text):
        return
    seen, taken = _hidden(text), set[int]()
    if kind != "plain":
        seen = prose.CITATION.sub(_blank_citation, prose.SHIFTED.sub(_blank, seen))
        yield from _part_problems(text, seen)
    for pattern, name, mend in (*over_lines, *_FOREIGN[kind]):
        for match in pattern.finditer(seen):
            if match.start() in taken:
                continue
            taken.update(range(match.start(), match.end()))
            what = f"this looks like {name}, which {_LACKS[kind]}"
            yield Problem(text.place_of(match.start()), RULE, what, mend if isinstance(mend, str) else mend(match))


def _part_problems(text: Located, seen: str) -> Iterator[Problem]:
    """Yield the brackets behind a source which a text names that say nothing of a part of it."""
    for match in _NARRATED_PART.finditer(seen) if "@" in seen else ():
        if prose.parse_narrated(match[0], 0) is None:
            what = "brackets behind a source that the text names tell which part of it, and these do not"
            mend = "write @key [s. 12] or @key [kap. 3], and \\[ for a bracket in print"
            yield Problem(text.place_of(match.start(match.lastindex or 0)), RULE, what, mend)


def _brace_problems(text: Located) -> Iterator[Problem]:
    for match in prose.BRACES.finditer(text):
        if match[1] is None:
            continue
        place = text.place_of(match.start())
        if not match[0].endswith("}"):
            mend = "write {id}, or \\{ for a brace in print"
            yield Problem(place, RULE, "a brace opens here and does not close", mend)
        elif prose.parse_reference(match[1], 0, text) is None:
            kind = match[1].partition(":")[0]
            is_slip = ":" in match[1] and kind not in prose.REFERENCE_KINDS
            mend = did_you_mean(kind, prose.REFERENCE_KINDS, _REFERENCE_MEND) if is_slip else _REFERENCE_MEND
            yield Problem(place, RULE, f"{match[0]} is not a reference", mend)


def _footnote_problems(text: Located) -> Iterator[Problem]:
    calls: dict[str, int] = {}
    notes: dict[str, int] = {}
    seen_text = prose.ESCAPED.sub(lambda match: _HIDDEN * len(match[0]), text)
    for match in _FOOTNOTE.finditer(seen_text):
        is_note = match[1] is not None and match[3] is not None
        offset = match.start(2) - 2
        seen = notes if is_note else calls
        if match[2] in seen:
            what = f"the footnote {match[2]!r} is {'written' if is_note else 'called'} a second time"
            yield Problem(text.place_of(offset), RULE, what, "give each footnote its own name, called once")
        seen.setdefault(match[2], offset)
    for line in list_items.read(text):
        for match in _FOOTNOTE.finditer(seen_text, line.offset, line.offset + len(line.text)) if line.note else ():
            if match[1] is None or match[3] is None:
                place = text.place_of(match.start(2) - 2)
                yield Problem(place, RULE, "a footnote is called within a footnote", "write both as one note")
    for name in calls.keys() - notes.keys():
        mend = did_you_mean(name, notes, f"add a line `[^{name}]: …` at the end of this text")
        yield Problem(text.place_of(calls[name]), RULE, f"the footnote {name!r} has no text", mend)
    for name in notes.keys() - calls.keys():
        mend = f"write [^{name}] where it belongs, or delete it"
        yield Problem(text.place_of(notes[name]), RULE, f"the footnote {name!r} is called from nowhere", mend)


def _link_problems(text: Located) -> Iterator[Problem]:
    for match in _LINK.finditer(text):
        if not _LINK_ALLOWED.match(match[1]):
            what = f"the link goes to {match[1]!r}"
            yield Problem(text.place_of(match.start(1)), RULE, what, prose.LINK_MEND)
        elif text[match.end(1) : match.end(1) + 1] == " ":
            what = "something stands after a link's address, and would not be printed"
            yield Problem(text.place_of(match.end(1)), RULE, what, "close the bracket right after the address")
        elif not text.startswith(")", match.end(1)):
            what = "a link's address does not end, and would be printed with its brackets"
            yield Problem(text.place_of(match.start(1)), RULE, what, "write ) right after the address")
        elif text.startswith("[", match.start()) or text[match.start() - 1 : match.start()] == "[":
            yield Problem(text.place_of(match.start()), RULE, "a link has no words", "write [words](https://…)")


def _star_problems(text: Located) -> Iterator[Problem]:
    """Yield the stars that mark no emphasis: they would be printed."""
    if "*" not in text:
        return
    seen = _TOLD_AS_LISTS.sub(lambda match: _HIDDEN * len(match[0]), _hidden(text))
    for start, unit in _units(text):
        at = 0
        while match := _STARS.search(seen, start + at, start + len(unit)):
            offset = match.start() - start
            place = text.place_of(match.start())
            end = prose.emphasis_end(unit, offset)
            at = match.end() - start if end is None else end + 1
            if len(match[0]) == 2 and (bold_end := prose.bold_end(unit, offset)) is not None:
                at = bold_end + 2
            elif len(match[0]) > 1:
                what = "stars stand here that begin or end no bold words, and would be printed"
                mend = "write **words** with two stars on each side, without other stars in it, or \\* for a star"
                if (closing := unit.find(match[0], at)) >= 0:
                    at = closing + len(match[0])
                yield Problem(place, RULE, what, mend)
            elif end is None:
                what = "a star stands here that begins or ends no emphasis, and would be printed"
                yield Problem(
                    place, RULE, what, "write *words* with a star on each side, × for times, or \\* for a star"
                )


def _units(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs and points of a text, each with its offset: no emphasis goes from one to the next."""
    bounds = {0, len(text)}
    bounds |= {match.end() for match in _PARAGRAPHS.finditer(text)} | {mark.end for mark in list_items.points(text)}
    for start, end in pairwise(sorted(bounds)):
        yield start, text[start:end]


def _paragraph_problems(text: Located, kind: Kind) -> Iterator[Problem]:
    """Yield where a second paragraph begins that is no footnote's text."""
    if "\n" not in text.strip():
        return
    after_blank = False
    for line in list_items.read(text.rstrip())[1:]:
        if after_blank and not line.is_blank and not line.note:
            what = f"a second paragraph begins here, which {_LACKS[kind]}"
            yield Problem(text.place_of(line.offset), RULE, what, "write one paragraph")
        after_blank = line.is_blank


def _list_problems(text: Located) -> Iterator[Problem]:
    lines = list_items.read(text)
    if not any(line.marks or line.note for line in lines):
        return
    for mark in list_items.points(text):
        if text.startswith("\n", mark.end) or mark.end == len(text):
            place = text.place_of(mark.offset)
            yield Problem(place, RULE, "this list item is empty", "write it, or delete the line")
    for line in lines:
        if line.note and line.marks and line.marks[0].number is None:
            place = text.place_of(line.marks[0].offset)
            yield Problem(place, RULE, "a list stands in a footnote, which has none", "write a sentence")
    for before, line in pairwise(lines):
        if before.marks and line.marks and _is_amiss(before.marks[0], line.marks[0], text):
            what = (
                f"{line.marks[0].typed} under {before.marks[0].typed} is no list, and would be printed as running text"
            )
            mend = "number the points 1., 2., 3.; what is no point begins after an empty line"
            yield Problem(text.place_of(line.offset + line.indent), RULE, what, mend)
    yield from _joined_problems(text, lines)
    yield from _minus_problems(text, lines)


def _is_amiss(before: Mark, mark: Mark, text: str) -> bool:
    """Tell whether two lines in a row begin with numbers that are to be a list and are none.

    Two that go on with small letters are ordinals in sentences: «17. mai», «2. utgave».
    """
    if mark.is_point or mark.number is None or before.number is None or _MONTH.match(text, mark.end):
        return False
    if mark.column != before.column:
        return mark.column > before.column
    small = [_LOWER.match(text[at.end : at.end + 100]) for at in (before, mark)]
    if before.is_point:
        return True
    if all(small):
        return mark.number == before.number and small[0][0] != small[1][0]  # type: ignore[index]
    counts_on = before.number < mark.number < _MOST_POINTS and not any(small)
    return counts_on or mark.number in {before.number, before.number + 1}


def _joined_problems(text: Located, lines: tuple[Line, ...]) -> Iterator[Problem]:
    """Yield the lines that would be joined to the point or footnote above them without being asked."""
    column: int | None = None
    what_above = "point"
    for line in lines:
        begins_note = line.note and line.text.lstrip().startswith("[^")
        if line.is_blank:
            column = None
        elif line.point is not None or begins_note:
            column, what_above = line.indent, "footnote" if begins_note else "point"
        elif column is not None and line.indent <= column and not line.marks:
            what = f"this line stands right under a {what_above} and would be printed as its end"
            spaces = "four spaces" if what_above == "footnote" else "spaces"
            mend = f"leave an empty line above it, or begin it with {spaces} if it belongs to the {what_above}"
            yield Problem(text.place_of(line.offset + line.indent), RULE, what, mend)


def _minus_problems(text: Located, lines: tuple[Line, ...]) -> Iterator[Problem]:
    """Yield the one point of a list that begins with a digit: its dash may be a minus."""
    marks = [mark for line in lines for mark in line.marks if mark.is_point]
    for index, mark in enumerate(marks):
        # What stands within a point comes between it and the points beside it.
        beside = (
            next((each for each in side if each.column <= mark.column), None)
            for side in (marks[:index][::-1], marks[index + 1 :])
        )
        alone = all(other is None or other.number is not None or other.column != mark.column for other in beside)
        if mark.number is None and alone and text[mark.end : mark.end + 1].isdigit():
            mend = "write −5 for a minus, or the point as a sentence"
            yield Problem(text.place_of(mark.offset), RULE, "a list of one point begins with a number", mend)
