"""Citations and the list of sources, in a CSL style and the publication's language, by citeproc-py.

What an edition cites is gathered in reading order, since a style may number sources, or tell two of one author and year
apart by letters. citeproc-py 0.11 gives no such letters, and they are given here: years print as «2020a». It cannot
leave an author out either (`[-@key]`, or `@key` in a sentence), which is done where it sets names. It puts the letters
of entries into its output as they are; so marks that content cannot hold stand for its formatting, and all else
is escaped.

Source: CSL 1.0.2. The default style, `harvard-cite-them-right`, and the words of languages are those that citeproc-py
brings (both CC BY-SA 3.0); nothing of them is in this repository.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from press.content.blocks import Block, KeyResults
from press.content.report import Report, Section
from press.content.sources import RULE, Source, Sources, years_lettered
from press.content.strict_yaml import Located
from press.editions.statements import printed_by
from press.errors import ContentError, Problem
from press.words import prose
from press.words.language import Language
from press.words.prose import Citation, Cited

DEFAULT_STYLE = "harvard-cite-them-right"
MEND_ENTRY = "mend the entry, or use another style"
_ELEMENTS = {"Italic": "em", "Oblique": "em", "Bold": "strong", "Superscript": "sup", "Subscript": "sub"}
# Noncharacters of Unicode, which content cannot hold.
_MARKS = {name: (chr(0xFDE0 + 2 * index), chr(0xFDE1 + 2 * index)) for index, name in enumerate(_ELEMENTS)}
_ADDRESS = re.compile(r"https://(?:(?!&(?:[lg]t|#3[49]);)[^\s<>»”])+(?<![.,;:)\]])")
"""An address in escaped text, without the brackets or quotes that it may stand in."""


class _Formatter:
    """What citeproc-py asks of a formatter, as the modules in `citeproc.formatter` have it."""

    @staticmethod
    def preformat(text: Any) -> str:
        return str(text)

    def __getattr__(self, name: str) -> Any:
        before, after = _MARKS.get(name, ("", ""))
        return lambda text: f"{before}{text}{after}"


@dataclass(frozen=True)
class Listed:
    """An entry of the list of sources."""

    source: Source
    anchor: str
    html: Markup


class Citations:
    """What one edition cites."""

    def __init__(self, report: Report, language: Language, full: Report) -> None:
        self._report_has_none = report.sources is None
        self._sources = report.sources or Sources(report.settings.place)
        self._language = language
        cited = (citation for text in cited_texts(report.sections, full) for citation in prose.citations(text))
        self._cited = [c for c in cited if all(item.key in self._sources.entries for item in c.items)]
        lists = (block for _, block in report.blocks() if block.kind == "references")
        self._list_id = next((str(block.id) for block in lists), None)
        self._by_locale: dict[tuple[str, bool], _Processed] = {}

    def html(self, citation: Citation, locale: str = "") -> Markup:
        """Set a citation; it leads to its entry if it has one, and the edition lists them.

        Its words are those of a locale, by default the publication's.
        """
        locale = locale or self._language.locale
        if citation.is_narrated and self._report_has_none:
            return escape(citation.typed)  # no source, but the name of an account or the like
        said = self._narrated(citation, locale) if citation.is_narrated else self._in(locale).cite(citation)
        html = _marked_up(said)
        keys = {item.key for item in citation.items}
        if self._list_id is None or len(keys) > 1:
            return html
        return Markup('<a class="reference" href="#{}">{}</a>').format(self._anchor(keys.pop()), html)

    def _narrated(self, citation: Citation, locale: str) -> str:
        """Name the author, and the rest as the style has it."""
        (item,) = citation.items
        # A style that cites by numbers says nothing of authors.
        names = self._in(locale).names(item.key) or self._in(locale, by_author=True).names(item.key)
        if not names:
            what = f"the source {item.key!r} has no author that a text could name"
            place = self._sources.entries[item.key].place
            raise ContentError([Problem(place, RULE, what, f"give it one, or write [@{item.key}] in the text")])
        return f"{names} {self._in(locale).cite(Citation((replace(item, is_bare=True),)))}"

    def _in(self, locale: str, *, by_author: bool = False) -> _Processed:
        """Give what is cited as a locale says it, with the same letters and numbers; by the default style if asked."""
        if locale == self._language.locale and not by_author:
            return self._processed
        if (locale, by_author) not in self._by_locale:
            sources = replace(self._sources, style=None) if by_author else self._sources
            letters = {} if by_author else self._processed.letters
            self._by_locale[locale, by_author] = _Processed(sources, self._cited, locale, letters)
        return self._by_locale[locale, by_author]

    def listed(self) -> list[Listed]:
        """Give the entries that are cited, in the order of the style."""
        found = self._processed.listed()
        return [Listed(source, self._anchor(source.key), _linked(_marked_up(said))) for source, said in found]

    def alike(self) -> Iterator[tuple[Source, Source]]:
        """Yield the pairs of entries that are cited in the same words."""
        yield from (pair for pair in self._processed.alike() if not years_lettered(pair))

    def _anchor(self, key: str) -> str:
        return f"{self._list_id}.{[*self._sources.entries].index(key) + 1}"

    @cached_property
    def _processed(self) -> _Processed:
        plain = _Processed(self._sources, self._cited, self._language.locale, {})
        groups: dict[str, list[str]] = defaultdict(list)
        for first, second in plain.alike():
            if years_lettered((first, second)):
                groups[first.key] = list(dict.fromkeys([*groups[first.key], first.key, second.key]))
        order = [source.key for source, _ in plain.listed()] if groups else []
        letters = {
            key: chr(ord("a") + index)
            for group in groups.values()
            for index, key in enumerate(sorted(group, key=order.index))
        }
        return _Processed(self._sources, self._cited, self._language.locale, letters) if letters else plain


def cited_texts(sections: Sequence[Section], full: Report) -> Iterator[Located]:
    """Yield the texts that may cite, as they stand on the pages; `full` is what an edition's sections are taken of."""
    for section in sections:
        content = section.content
        yield from [content.lead] if content.lead is not None else []
        yield from (text for block in content.blocks for text in _texts_of(block, full))
        yield from cited_texts(section.children, full)
        yield from (text for block in content.closing for text in _texts_of(block, full))


def _texts_of(block: Block, full: Report) -> Iterator[Located]:
    """Yield a block's texts, and the statements that it prints."""
    yield from (text for kind, text in block.texts() if kind != "plain")
    if isinstance(block, KeyResults) and block.style == "list":
        return  # of claims alone
    for section_id, _, name in (key.rpartition(".") for key in printed_by(full, block)):
        section = full.sections_by_id.get(section_id)
        statements = dict(section.content.statements()) if section is not None else {}
        yield from [statements[name].text] if name in statements else []


class _Year(int):
    """A year that is printed with a letter."""

    letter: str

    def __abs__(self) -> _Year:
        return self

    def __str__(self) -> str:
        return f"{int(self)}{self.letter}"


NAMES = "names of the citation"


@dataclass
class _Names:
    """The names that stand first in a citation, as they were set."""

    is_left_out: bool
    said: str | None = None


@cache
def _note_names() -> None:
    """Let citeproc-py 0.11 note the first names of a citation, and leave them out of one that wants them left out."""
    from citeproc.model import Names

    render = Names.render

    def noted(self: Any, item: Any, *args: Any, **asked: Any) -> Any:
        names: _Names | None = item.get(NAMES)
        if names is None or names.said is not None or asked.get("sort_options") is not None:
            return render(self, item, *args, **asked)
        names.said = ""  # what stands for names that are not there is part of it
        try:
            names.said = render(self, item, *args, **asked)
        finally:
            names.said = names.said or None
        return None if names.is_left_out else names.said

    Names.render = noted


class _Processed:
    """citeproc-py at work on what is cited."""

    def __init__(self, sources: Sources, cited: Sequence[Citation], locale: str, letters: dict[str, str]) -> None:
        from citeproc import CitationStylesBibliography, CitationStylesStyle
        from citeproc.source.json import CiteProcJSON

        _note_names()
        self._sources = sources
        self.letters = letters
        """Those of the years of works that are cited alike, by their keys."""
        style = BytesIO(sources.style.encode()) if sources.style is not None else DEFAULT_STYLE
        self._keys = {item.key for citation in cited for item in citation.items}
        self._by_lower = {key.lower(): source for key, source in sources.entries.items()}
        data = [{**_without_unread(source.data), "id": key} for key, source in sources.entries.items()]
        with self._problems(""):
            source = CiteProcJSON(data)
            for key, letter in letters.items():
                date = source[key.lower()]["issued"]
                date["year"] = _Year(date["year"])
                date["year"].letter = letter
            parsed = CitationStylesStyle(style, locale=_locale(locale), validate=False)
            self._bibliography = CitationStylesBibliography(parsed, source, _Formatter())
            for key in dict.fromkeys(item.key for citation in cited for item in citation.items):
                self._as_theirs(Citation((Cited(key),)))
            self._bibliography.sort()

    def cite(self, citation: Citation) -> str:
        return self._said(self._as_theirs(citation), citation.items[0].key)

    def names(self, key: str) -> str:
        """Give the names that begin a citation; nothing if the style has none, or the source."""
        alone = self._as_theirs(Citation((Cited(key),)))
        self._said(alone, key)
        return str(alone.cites[0][NAMES].said or "")

    def _said(self, theirs: Any, key: str) -> str:
        with self._problems(key):
            return str(self._bibliography.cite(theirs, lambda item: None))

    def listed(self) -> list[tuple[Source, str]]:
        with self._problems(""):
            said = [str(each) for each in self._bibliography.bibliography()]
        if len(said) < len(self._bibliography.items):
            place = self._sources.style_place or self._sources.place
            what = "the style lists nothing of a source that is cited"
            raise ContentError([Problem(place, RULE, what, MEND_ENTRY)])
        found = zip((self._by_lower[item.key] for item in self._bibliography.items), said, strict=True)
        return [(source, each) for source, each in found if source.key in self._keys]

    def alike(self) -> Iterator[tuple[Source, Source]]:
        """Yield pairs of entries that are cited in the same words, the first of them with each other."""
        first: dict[str, Source] = {}
        for key in sorted(self._keys):
            source = self._sources.entries[key]
            other = first.setdefault(self.cite(Citation((Cited(key),))), source)
            if other is not source:
                yield other, source

    def _as_theirs(self, citation: Citation) -> Any:
        from citeproc import Citation as Theirs
        from citeproc import CitationItem
        from citeproc.source import Locator

        def of(item: Cited) -> Any:
            locator = {"locator": Locator(item.label, item.locator)} if item.locator else {}
            theirs = CitationItem(item.key, **({"prefix": f"{item.before} "} if item.before else {}), **locator)
            theirs[NAMES] = _Names(is_left_out=item.is_bare)
            return theirs

        theirs = Theirs([of(item) for item in citation.items])
        self._bibliography.register(theirs)
        return theirs

    def _problems(self, key: str) -> _Refusing:
        place = self._sources.entries[key].place if key else self._sources.place
        return _Refusing(self._sources.style_place or place, key)


class _Refusing:
    """Makes a problem of what citeproc-py cannot set."""

    def __init__(self, place: Any, key: str) -> None:
        self._place, self._key = place, key

    def __enter__(self) -> None:
        import warnings

        self._caught = warnings.catch_warnings()
        self._caught.__enter__()
        warnings.simplefilter("ignore")

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self._caught.__exit__(kind, error, trace)
        if isinstance(error, Exception) and not isinstance(error, ContentError):
            of = f" {self._key!r}" if self._key else ""
            what = (
                f"the style cannot set the source{of or 's'}: it asks for something that citeproc-py does not know "
                f"({type(error).__name__}: {error})"
            )
            raise ContentError([Problem(self._place, RULE, what, MEND_ENTRY)]) from error


def _without_unread(data: Any) -> dict[str, Any]:
    """Leave out what no style prints, and what citeproc-py has no word for."""
    read = {key: value for key, value in data.items() if key not in {"categories", "custom", "citation-key", "license"}}
    for key, value in read.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            marks = {"comma-suffix", "static-ordering", "parse-names"}
            read[key] = [{part: said for part, said in name.items() if part not in marks} for name in value]
    return read


def _locale(tag: str) -> str:
    """Give the language as the files of CSL are called: nb-NO, en-US."""
    from citeproc import LOCALES_PATH

    named = {"nb": "nb-NO", "nn": "nn-NO", "no": "nb-NO", "en": "en-GB"}.get(tag, tag)
    return named if Path(LOCALES_PATH, f"locales-{named}.xml").is_file() else "en-GB"


def _marked_up(said: str) -> Markup:
    html = str(escape(said.replace("...", "…")))
    for name, (before, after) in _MARKS.items():
        html = html.replace(before, f"<{_ELEMENTS[name]}>").replace(after, f"</{_ELEMENTS[name]}>")
    return Markup(html)  # noqa: S704 - escaped above, but for elements of our own


def _linked(html: Markup) -> Markup:
    """Make links of the addresses in an entry."""

    def link(match: re.Match[str]) -> str:
        return f'<a class="link" href="{match[0]}">{match[0]}</a>'

    return Markup(_ADDRESS.sub(link, str(html)))  # noqa: S704 - it was escaped, and addresses hold no quotes
