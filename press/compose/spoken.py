"""Which language the words of a part are in: `lang` put where a text is in another than what stands around it.

A title in the contents, a figure's in the list of figures, a result on a card: each keeps the language of its section
wherever it is printed. The marks of `press.compose.printed` say whose a piece of HTML is, and the elements around it
in which language it would be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from press.compose.printed import CLOSE, NAMED, OPEN

_TOKEN = re.compile(
    rf"{OPEN}(?P<index>[0-9]+){NAMED}|(?P<close>{CLOSE})"
    r"|<(?P<whole>style|script|title|textarea)\b.*?</(?P=whole)>|<!--.*?-->"
    r"|</(?P<end>[a-z][a-z0-9]*)\s*>|<(?P<start>[a-z][a-z0-9]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>",
    re.DOTALL,
)
_LANG = re.compile(r'(?:\A|\s)lang="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_LETTER = re.compile(r"[^\W\d_]")
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_OPENING = re.compile(r"<([a-z][a-z0-9]*)")
_BLOCKS = frozenset({"blockquote", "div", "dl", "figure", "ol", "p", "pre", "section", "table", "ul"})


def spoken_pieces(html: str, main: str, locale_of: Callable[[int], str]) -> str:
    """Put `lang` on each marked text that is in another language than the elements around it.

    `main` is the locale of what stands in no element with a `lang`; `locale_of` gives that of a text by the number in
    its marks. The marks stay where they are.
    """
    return "".join(_spoken(html, main, locale_of))


def in_language(html: str, locale: str) -> str:
    """Say of HTML in which language it is: on each of its outermost blocks, or on a span around words."""
    if (first := _OPENING.match(html.lstrip())) is None or first[1] not in _BLOCKS:
        return f'<span lang="{locale}">{html}</span>' if html.strip() else html
    said, depth, last = [], 0, 0
    for token in _TOKEN.finditer(html):
        if token["start"]:
            if depth == 0 and not _LANG.search(token["rest"]):
                at = token.start("rest")
                said += [html[last:at], f' lang="{locale}"']
                last = at
            depth += token["start"] not in _VOID
        elif token["end"]:
            depth -= 1
    return "".join([*said, html[last:]])


def _spoken(html: str, main: str, locale_of: Callable[[int], str]) -> Iterator[str]:
    around = [main]
    last, until = 0, -1
    for token in _TOKEN.finditer(html):
        if token["start"] and token["start"] not in _VOID:
            own = _LANG.search(token["rest"])
            around.append(own[1] if own else around[-1])
        elif token["end"] and len(around) > 1:
            around.pop()
        elif token["index"] and token.start() >= until:
            locale = locale_of(int(token["index"]))
            until = _end_of(html, token.end())
            if locale == around[-1] or not _LETTER.search(_TAG.sub("", html[token.end() : until])):
                continue  # a number is written, and read, as those around it
            yield html[last : token.end()]
            yield in_language(html[token.end() : until], locale)
            last = until
    yield html[last:]


def _end_of(html: str, start: int) -> int:
    """Find the mark that closes what begins at an offset."""
    depth = 1
    for token in re.compile(f"{OPEN}|{CLOSE}").finditer(html, start):
        depth += 1 if token[0] == OPEN else -1
        if depth == 0:
            return token.start()
    return len(html)
