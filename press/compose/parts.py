"""Compose: a checked `Report` and an `Edition` in, a `Document` out.

Figures are drawn, ids become numbers and names (`press.editions.naming`), prose becomes HTML, templates are filled.
Compose knows nothing of pages: what depends on the medium, the edition's writer and its naming say. An undefined name
in a template is an error; content never becomes template source, and everything it says is escaped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from typing import Any

from markupsafe import Markup, escape

from press.cache import Cache, key_of
from press.compose.citations import Citations
from press.compose.code import highlighted
from press.compose.data_files import data_file_names, data_files
from press.compose.printed import Ledger, first_cell_spans, wanted_of, without_marks
from press.compose.spoken import in_language, spoken_pieces
from press.compose.templates import Templates
from press.content import blocks as block_types
from press.content.blocks import Block
from press.content.data import MINUS
from press.content.images import printed_size_mm
from press.content.report import DataColumn, Report, Section, Settings
from press.content.strict_yaml import Located
from press.content.tables import SIGNS, rounded, total
from press.content.terms import Terms
from press.document import FINGERPRINT, About, Document, Part
from press.editions.edition import Edition, PartKind, select
from press.editions.naming import Naming, plain_words
from press.editions.references import result_numbers, targets
from press.errors import Place, TemplateError
from press.figures import Drawing, FigureData, draw_all, figure_data
from press.figures.numbers import Signs
from press.fonts import as_truetype, use_own
from press.pages import Lettering
from press.words import maths, prose
from press.words.language import Language, language_of, lower_first
from press.words.prose import Citation, Formula, Reference
from press.words.remembered import remembered_asking
from press.words.undivided import Names, keep_whole, pattern_of
from press.words.wording import locale_of
from press.writers import WRITERS

REACH_EM = 0.25
"""How far a formula may reach over and under what counts for the height of its line."""
CAPTION_MM = 30
"""What the caption of a picture may take of the height of a page."""
BODY = frozenset({"sections", "back", "about", "proof"})
"""The kinds of parts that print the content; the others repeat titles of it, to lead there."""
OPENTYPE = b"OTTO"
"""How a font begins whose outlines are not those of TrueType."""
OUTLINES = "outlines-1"
"""The kind of what is kept of such a font; its number goes up when other outlines come of it."""
Progress = Callable[[str], None]


def compose(
    report: Report,
    edition: Edition,
    progress: Progress = lambda line: None,
    pages: Mapping[str, int] | None = None,
    cache: Cache | None = None,
) -> Document:
    """Make the HTML of an edition and draw its figures.

    `pages` says on which page of the full report each id stands, or what is at a place in the content; an edition that
    leaves things out refers to them there. What the cache has is not drawn.
    Raises ContentError, TemplateError or FigureError.
    """
    return _Composer(report, edition, progress, pages or {}).document(cache)


def figures_of(report: Report, edition: Edition) -> dict[str, FigureData]:
    """Give what the scripts of an edition's figures are handed, by the figures' ids."""
    return _Composer(report, edition, lambda line: None, {}).figures()


class _Composer:
    """Holds what every template call needs: the languages, the namings and the drawings of one composition."""

    def __init__(self, full: Report, edition: Edition, progress: Progress, pages: Mapping[str, int]) -> None:
        report = select(full, edition)
        self.report = report
        self.full = full
        self.edition = edition
        self.progress = progress
        self.pages = pages
        here, elsewhere = targets(report.sections), targets(full.sections)
        language = language_of(report)
        locales = {text: locale_of(full, tag) for text, tag in full.language_by_text.items()}
        self.naming = edition.naming(language, report.facts, here, elsewhere, pages, locales, language.locale)
        self._namings: dict[str, Naming] = {}
        """The same in the languages of sections, by their tags."""
        self._speaking = self.naming
        """That of the block whose template is being filled, or else the publication's."""
        self.writer = WRITERS[edition.writer]
        left_out = full.settings.leave_out
        self.kinds = tuple(kind for kind in edition.parts if kind not in left_out)
        """The kinds of parts that it has."""
        self.citations = Citations(report, self.naming.language, full)
        self.results = result_numbers(full.sections)
        self.chapter_of = {s.id: root for root in report.sections for s in root.walk()}
        self.drawings: dict[str, Drawing] = {}
        self.formulas: dict[str, bytes] = {}
        """Those that were set, by the names of their files."""
        self.ledger = Ledger()
        use_own(report.faces)
        self.templates = Templates(report.project, edition)
        self.templates.environment.globals.update(self._globals())
        self.templates.environment.filters.update(self._filters())

    def document(self, cache: Cache | None) -> Document:
        self.drawings.update(draw_all(self.report.project, self.figures(), self.progress, cache))
        openings = [(kind, each) for kind in self.kinds for each in self._openings(kind)]
        marked = [(kind, self._part(*each, is_first=not n)) for n, (kind, each) in enumerate(openings)]
        self._require_printed(marked)
        parts = tuple(replace(part, html=without_marks(self._with_languages(part.html))) for _, part in marked)
        assets = {f"figures/{name}.svg": drawing.svg for name, drawing in self.drawings.items()}
        assets |= {f"images/{name}": data for name, data in self.report.images.items()}
        assets |= {f"images/{each.name}": each.data for each in self.report.pictures.values()}
        assets |= self.formulas
        if self.edition.with_data:
            assets |= data_files(self.report, self.plain, self.language)
        assets |= self.edition.attached
        faces = tuple(replace(face, content=_embeddable(face.content, cache)) for face in self.report.faces)
        assets |= {face.asset: face.content for face in faces}
        use_own(faces)
        hyphenation = tuple(map(str, self.report.hyphenation))
        numbers = {FINGERPRINT: self.report.mark}
        locale, sheets = self.language.locale, self._sheets[1]
        about = self._about()
        return Document(
            parts,
            self.stylesheet,
            assets,
            hyphenation,
            locale,
            sheets,
            numbers,
            about,
            self.pages,
            faces=faces,
            lettering=self._lettering,
        )

    def _with_languages(self, html: str) -> str:
        """Say of each text in which language it is, where that is not the language around it."""
        if not self.full.language_by_section:
            return html
        return spoken_pieces(html, self.language.locale, lambda index: self._locale_of(self.ledger.pieces[index][0]))

    def _about(self) -> About:
        settings, facts = self.report.settings, self.report.facts
        motif, series = settings.motif, settings.series

        def said(text: str) -> str:
            return " ".join(self.plain(text).split())  # with ordinary spaces, on one line

        return About(
            title=said(settings.title),
            subtitle=said(settings.subtitle),
            whole_title=said(settings.whole_title),
            publisher=said(settings.publisher),
            edition=said(settings.edition),
            date=settings.date,
            language=self.language.locale,
            subject=said(settings.subject),
            keywords=tuple(map(said, settings.keywords)),
            address=f"{str(settings.address).rstrip('/')}/" if settings.address else None,
            motif=(int(facts[motif.lines].value), int(facts[motif.marked].value)) if motif else None,
            colours={**self.report.theme.cover_palette, "marked": self.report.theme.palette["highlight"]},
            authors=tuple(said(author.name) for author in settings.authors),
            orcids={said(author.name): str(author.orcid) for author in settings.authors if author.orcid},
            doi=str(settings.doi) if settings.doi else None,
            isbn=str(settings.isbn) if settings.isbn else None,
            certified_by=said(settings.epub_certified_by) if settings.epub_certified_by else None,
            series=(said(series.name), said(series.number or ""), str(series.issn or "")) if series else None,
        )

    def _require_printed(self, parts: Sequence[tuple[PartKind, Part]]) -> None:
        """Raise TemplateError if the templates printed other than what the content says."""
        front = [part for kind, part in parts if kind not in BODY]
        body = [part for _, part in parts if part not in front]
        named = _colophon_lines(self.report.settings) if self._has_colophon else ()
        problems = self.ledger.problems(front, body, wanted_of(self.report, self._own_texts(), named))
        if found := [*problems, *self.templates.problems()]:
            raise TemplateError(found)

    @property
    def _closing(self) -> set[str]:
        return {"back", "about"} & {*self.kinds}

    @property
    def _has_colophon(self) -> bool:
        return bool(self._closing) or any(block.kind == block_types.Colophon.kind for _, block in self.report.blocks())

    def _own_texts(self) -> Iterator[Located]:
        """Yield the texts that stand once in the edition and in no block of it."""
        settings = self.report.settings
        blocks = [block for _, block in self.report.blocks()]
        own = [settings.imprint] if self._closing else []
        if self._has_colophon:
            own += [settings.colophon, settings.rights]
        yield from (text for text in own if text is not None)
        for block in blocks:
            if isinstance(block, block_types.Brief):
                yield self.brief(block.brief)
            elif isinstance(block, block_types.KeyResults) and block.style != "list":
                for result in (section.content.result for section in self.main_results(block)):
                    assert result is not None  # or it would not be among them  # noqa: S101
                    yield from (
                        result.text,
                        *([result.example.text] if block.style == "cases" and result.example else []),
                    )
        yield from self.edition.texts

    def figures(self) -> dict[str, FigureData]:
        blocks = [block for _, block in self.report.blocks() if isinstance(block, block_types.Figure)]
        theme = self.report.theme.for_figures(self.report.faces)
        return {
            str(block.figure): figure_data(
                self.report.figures[str(block.figure)], self.plain, theme, self._signs_of(block)
            )
            for block in blocks
        }

    def _signs_of(self, figure: block_types.Figure) -> Signs:
        with self.speaking_of(figure):
            return Signs(self.language.decimal, self.language.group)

    @property
    def _lettering(self) -> tuple[Lettering, ...]:
        """The numbers in the words of the figures, each with the script's line that wrote it."""
        return tuple(
            Lettering(Place(f"figures/{name.replace('-', '_')}.py", line), text, name)
            for name, drawing in self.drawings.items()
            for text, line in drawing.numbers
        )

    def _openings(self, kind: PartKind) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
        """Yield for each part of a kind its template, its id, its title, and what its template is given."""
        if kind != "sections":
            yield kind, kind, str(self.report.settings.title), self.edition.context
            return
        for root in self.report.sections:
            for template, part_id, context in self.writer.openings(root):
                yield template, part_id, str(context["section"].content.title), context

    def _part(self, template: str, part_id: str, title: str, context: Mapping[str, Any], *, is_first: bool) -> Part:
        given = {"part_id": part_id, "is_first": is_first, **context}
        return Part(part_id, title, self.templates.fill_part(template, given))

    @cached_property
    def _sheets(self) -> tuple[str, tuple[tuple[int, str], ...]]:
        """The style sheets as one, and the line at which each begins in it."""
        printed = {block.kind for _, block in self.report.blocks()}
        # Code has a typeface of its own, which is not read for nothing.
        usual = block_types.KINDS.keys() - {block_types.Code.kind}
        if any(next(prose.codes(text), None) for kind, text in self.full.texts() if kind != "plain"):
            printed.add(block_types.Code.kind)
        kinds = [kind for kind in block_types.ALL_KINDS if kind in usual or kind in printed]
        return self.templates.stylesheet(kinds, self.report.theme)

    # What the writer's functions may ask.

    @property
    def language(self) -> Language:
        """The language of the block whose template is being filled, or else the publication's."""
        return self._speaking.language

    @property
    def stylesheet(self) -> str:
        return self._sheets[0]

    def last_apart(self, text: Located) -> tuple[Markup, Markup]:
        """Set Markdown: what stands above its last paragraph or list, and that one."""
        *before, last = self._pieces(text)
        return self.ledger.mark(text, Markup("").join(before)), self.ledger.mark(text, last)

    def unmarked(self, html: str) -> str:
        """Give what was set as it will be printed."""
        return without_marks(html)

    # What templates may call.

    def render_block(self, block: Block, level: int) -> Markup:
        """Fill the template of a block; `level` is the level its heading would have."""
        with self.speaking_of(block):
            given = {"block": block, "level": min(level, 6), "language": self.language}
            html = self.templates.fill_block(block.kind, given)
        if (locale := self._own_locale.get(id(block))) is not None:
            html = in_language(html, locale)
        return Markup(html)  # noqa: S704 - the template has escaped it

    @contextmanager
    def speaking_of(self, block: Block) -> Iterator[None]:
        """Let templates speak the language of a block while the body runs."""
        tag, before = self._tags.get(id(block)), self._speaking
        self._speaking = self.naming if tag is None else self._naming_in(tag)
        try:
            yield
        finally:
            self._speaking = before

    @cached_property
    def _tags(self) -> Mapping[int, str]:
        """The languages of blocks that are not in the publication's, by their identity."""
        of_text, of_section = self.full.language_by_text, self.full.language_by_section
        found = {}
        for section, block in self.report.blocks():
            of_words = (of_text[id(text)] for _, text in block.texts() if id(text) in of_text)
            if (tag := next(of_words, of_section.get(section.id))) is not None:
                found[id(block)] = str(tag)
        return found

    @cached_property
    def _own_locale(self) -> Mapping[int, str]:
        """The locales of blocks that are printed in a section of another language, by their identity."""
        of_section = self.full.language_by_section
        return {
            id(block): locale_of(self.full, self._tags[id(block)])
            for section, block in self.report.blocks()
            if id(block) in self._tags and self._tags[id(block)] != of_section.get(section.id)
        }

    def prose(self, text: Located) -> Markup:
        """Set Markdown as paragraphs and lists."""
        str(text)  # an undefined name says so here, with its name
        return self.ledger.mark(text, Markup("").join(self._pieces(text)))

    @cached_property
    def _names(self) -> Names:
        """The names that no line divides."""
        return pattern_of(tuple(map(str, self.report.undivided)))

    def _pieces(self, text: Located) -> tuple[Markup, ...]:
        naming = self._naming_for(text)
        return _set_prose(text, partial(self._said_of, naming), self.report.terms, self._names, naming.language)

    def _said_of(self, naming: Naming, asked: Reference | Citation | Formula | str) -> Any:
        """Set a reference or citation, or give what stands before and after the words of a link to an address."""
        if isinstance(asked, Formula):
            return self._formula(naming, asked)
        if isinstance(asked, Citation):
            return self.citations.html(asked, naming.language.locale)
        return naming.link(asked) if isinstance(asked, str) else naming.reference(asked)

    def _naming_for(self, text: Located) -> Naming:
        """Give the naming in the language that a text is in: its section's, or else the publication's."""
        tag = self.full.language_by_text.get(id(text))
        return self.naming if tag is None else self._naming_in(str(tag))

    def _naming_in(self, tag: str) -> Naming:
        if tag not in self._namings:
            with suppress(TemplateError):  # of a language that nobody has words for: its references are in ours
                self._namings[tag] = replace(self.naming, language=language_of(self.full, tag))
        return self._namings.setdefault(tag, self.naming)

    def _locale_of(self, text: Located) -> str:
        """Give the locale of a text's language."""
        tag = self.full.language_by_text.get(id(text))
        return self.naming.language.locale if tag is None else locale_of(self.full, tag)

    def word(self, name: str, of: Section | None = None) -> str:
        """Say a word of the language file: in the language of the block that is being filled, or of a section."""
        tag = self.full.language_by_section.get(of.id) if of is not None else None
        return (self.language if tag is None else self._naming_in(str(tag)).language).word(name)

    def callout_label(self, block: block_types.Callout) -> str:
        """Give the word above the title of a callout that has a style, in the language of what is being filled."""
        own = self.report.theme.callouts.get(str(block.style))
        if own is None:
            return self.language.word(f"callout_{block.style}")
        return str(own.label_in(self.language.tag, str(self.report.settings.language)) or own.label)

    def date(self, day: date) -> str:
        """Write a date out, as the language of what is being filled does."""
        return self.language.date(day)

    def number(self, value: str) -> str:
        """Write a number as the language of what is being filled does."""
        return self.language.number(value)

    def _by_naming(self, name: str) -> Callable[..., Any]:
        """Give a function of the naming, in the language of what is being filled."""

        def said(*asked: Any, **more: Any) -> Any:
            return getattr(self._speaking, name)(*asked, **more)

        return said

    def _formula(self, naming: Naming, formula: Formula) -> Markup:
        """Set a formula as a drawing, with words for those who cannot see it."""
        drawn = maths.drawn(formula.tex, self.report.theme.palette["ink"], is_display=formula.is_display)
        name = f"maths/{hashlib.sha256(drawn.svg).hexdigest()[:16]}.svg"
        self.formulas[name] = drawn.svg
        # A line is no higher for a formula that reaches a little over its letters.
        over = 0 if formula.is_display else min(REACH_EM, drawn.height / 3)
        place = f"margin: {-over:g}em 0; vertical-align: {over - drawn.depth:g}em"
        size = f"width: {drawn.width:g}em; height: {drawn.height:g}em{'' if formula.is_display else f'; {place}'}"
        return Markup('<img class="{}" src="{}" alt="{}" style="{}">').format(
            "maths-display" if formula.is_display else "maths",
            name,
            maths.spoken(formula.tex, naming.language.words),
            size,
        )

    def spoken(self, section: Section) -> Markup:
        """Say as an attribute in which language a section is, if that is not the publication's."""
        tag = self.full.language_by_section.get(section.id)
        return Markup("") if tag is None else Markup(' lang="{}"').format(locale_of(self.full, tag))

    def inline(self, text: Located) -> Markup:
        """Set a cell, a caption or a source: one paragraph of Markdown, without an element of its own."""
        str(text)  # as in `prose`
        naming = self._naming_for(text)
        (html,) = _set_inline(text, partial(self._said_of, naming), self.report.terms, self._names, naming.language)
        return self.ledger.mark(text, html)

    def plain(self, text: str) -> str:
        """Set a line of plain words for an attribute: facts and names put in, spaces made non-breaking."""
        return (self._naming_for(text) if isinstance(text, Located) else self._speaking).plain(text)

    def line(self, text: str) -> Markup:
        """Set a line of plain words for print: as `plain`, with foreign words and abbreviations marked."""
        html = self._line(text)
        return self.ledger.mark(text, html) if isinstance(text, Located) else html

    def _line(self, text: str) -> Markup:
        if not isinstance(text, Located):
            return _typography(self.report.terms, self._names)(self.plain(text))
        naming = self._naming_for(text)
        (html,) = _set_line(text, naming.words, self.report.terms, self._names, naming.language)
        return html

    def display(self, text: str) -> Markup:
        """Set a line of plain words for display type: as `line`, and no line of a title ends in a short word."""
        html = self.language.bind_short(self._line(text))
        return self.ledger.mark(text, html) if isinstance(text, Located) else html

    def display_plain(self, text: str) -> str:
        """Give the words that `display` sets, to be measured."""
        return str(self.language.bind_short(Markup(self.plain(text))))  # noqa: S704 - measured, never printed

    def _logo(self) -> Mapping[str, Any] | None:
        """Give the theme's mark: its file, its size in millimetres, and what it is."""
        logo = self.report.theme.logo
        if logo is None:
            return None
        picture = self.report.pictures[str(logo.file)]
        width, height = logo.size_mm(picture.ratio)
        return {"name": picture.name, "alt": str(logo.alt), "place": logo.place, "width": width, "height": height}

    def photo_size(self, block: block_types.Photo) -> tuple[float, float]:
        """Give the width and height at which a photograph is printed, in millimetres."""
        return printed_size_mm(self.report.images[str(block.image)], float(block.width or self.report.theme.body_mm))

    def picture_size(self, block: block_types.Picture) -> tuple[float, float]:
        """Give the width and height at which a picture is printed: no higher than a page holds."""
        theme, ratio = self.report.theme, self.report.pictures[str(block.image)].ratio
        lies = block.width == "page"
        across, up = (theme.height_mm, theme.width_mm) if lies else (theme.width_mm, theme.height_mm)
        widest = theme.body_mm if block.width == "body" else across - theme.left_mm - theme.right_mm
        highest = up - theme.top_mm - theme.bottom_mm - CAPTION_MM
        width = min(widest, highest * ratio)
        return round(width, 2), round(width / ratio, 2)

    def data_cell(self, column: DataColumn, cell: Located) -> Markup:
        """Set a cell of a figure's data as its column wants: integers that have no unit, as years, as they are."""
        if not cell or column.type == "text" or (column.type == "integer" and column.unit is None):
            return self.line(cell)
        return self.ledger.mark(cell, escape(self._number(column, cell)))

    def table_cell(self, column: block_types.Column, cell: Located) -> Markup:
        """Set a cell of a table: words, or a number as its column and the language write it."""
        if column.type == "text" or not cell or cell in SIGNS:
            return self.inline(cell)
        return self.ledger.mark(cell, escape(self._number(column, cell)))

    def table_total(self, table: block_types.Table, index: int) -> str:
        """Give the sum of a column; nothing if it is not added up."""
        column = table.columns[index]
        return self._number(column, total(table, index)) if column.total is not None else ""

    def _number(self, column: block_types.Column | DataColumn, number: str) -> str:
        return self.language.number(rounded(number, column.decimals)).replace("-", MINUS)

    def brief(self, section_id: str) -> Located:
        """Give a section's `summary`, wherever the section is printed."""
        summary = self.full.sections_by_id[str(section_id)].content.summary
        assert summary is not None  # or the edition would have been refused  # noqa: S101
        return summary.text

    def main_results(self, block: block_types.KeyResults) -> list[Section]:
        """Give the sections whose results a block shows: those it names, or all."""
        wanted = set(map(str, block.results)) or self.results.keys()
        return [section for section in self.full.walk() if section.id in wanted and section.id in self.results]

    def _globals(self) -> Mapping[str, Any]:
        return {
            "report": self.report,
            "settings": self.report.settings,
            "edition": self.edition,
            "language": self.language,
            "data_files": data_file_names,
            "results": self.results,
            "chapter_of": self.chapter_of,
            "drawings": self.drawings,
            "photo_size": self.photo_size,
            "logo": self._logo(),
            "picture_size": self.picture_size,
            "word": self.word,
            "render_block": self.render_block,
            "page": self.naming.page,
            **{name: self._by_naming(name) for name in ("page_reference", "page_link", "name", "title")},
            "brief": self.brief,
            "callout_label": self.callout_label,
            "main_results": self.main_results,
            "number": self.naming.number,
            "spoken": self.spoken,
            "section_number": self.naming.section_number,
            "fingerprint": lambda: self.naming.fingerprint(self.report.mark),
            "data_cell": self.data_cell,
            "table_cell": self.table_cell,
            "table_total": self.table_total,
            "highlighted": lambda block: self.ledger.mark(block.listing, highlighted(block)),
            "sources_listed": self.citations.listed,
            "repeated": _repeated,
            "balanced": _as_it_comes,
            "captioned_beside": _nowhere,
            **self.writer.functions(self),
        }

    def _filters(self) -> Mapping[str, Callable[..., Any]]:
        return {
            "prose": self.prose,
            "plain": self.plain,
            "line": self.line,
            "display": self.display,
            "measured": self.display_plain,
            "inline": self.inline,
            "lower_first": lower_first,
            "have_heads": _have_heads,
            "spans": first_cell_spans,
            "date": self.date,
            "number": self.number,
        }


@lru_cache(maxsize=32)
def _converted(content: bytes) -> bytes:
    return as_truetype(content)


def _embeddable(content: bytes, cache: Cache | None) -> bytes:
    """Give a font with the outlines of TrueType, kept or made."""
    if content[:4] != OPENTYPE:
        return content
    key = key_of(OUTLINES, version("fonttools"), content)
    kept = cache.get(OUTLINES, key) if cache is not None else None
    if kept is None:
        kept = _converted(content)
        if cache is not None:
            cache.put(OUTLINES, key, kept)
    return kept


@remembered_asking
def _set_prose(
    text: Located,
    say: Callable[[Reference | Citation | Formula | str], Any],
    terms: Terms | None,
    names: Names,
    language: Language,
) -> Iterator[Markup]:
    return map(language.bind, prose.to_html(text, say, _typography(terms, names), say))


@remembered_asking
def _set_inline(
    text: Located,
    say: Callable[[Reference | Citation | Formula | str], Any],
    terms: Terms | None,
    names: Names,
    language: Language,
) -> Iterator[Markup]:
    yield language.bind(prose.inline_html(text, say, _typography(terms, names), say))


@remembered_asking
def _set_line(
    text: Located, say: Callable[[Reference], str], terms: Terms | None, names: Names, language: Language
) -> Iterator[Markup]:
    yield _typography(terms, names)(plain_words(text, say, language))


def _typography(terms: Terms | None, names: Names) -> Callable[[str], Markup]:
    mark = terms.mark if terms is not None else escape
    return lambda text: keep_whole(text, names, mark)


def _colophon_lines(settings: Settings) -> Iterator[Located]:
    """Yield what a colophon says besides its prose, each printed once where it is given."""
    series, authors = settings.series, settings.authors
    given = [text for author in authors for text in (author.name, author.affiliation, author.orcid)]
    given += [settings.isbn, settings.doi, settings.how_to_cite]
    given += [series.name, series.number, series.issn] if series is not None else []
    yield from (text for text in given if text is not None)


def _have_heads(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first cell of each row of a table is its head: it names the row, and no other row."""
    firsts = [row[0].strip() for row in rows]
    return all(len(row) > 1 for row in rows) and all(firsts) and len({*firsts}) == len(firsts)


def _repeated(html: Markup) -> Markup:
    """Give what stands once more for the eye alone (`data-repeats`), and is not counted as printed."""
    return Markup(without_marks(html))  # noqa: S704 - it was markup


def _nowhere(_block: Block, _caption: str, _depth_mm: float = 0) -> bool:
    """Say that no caption stands in a margin, in a medium that has none."""
    return False


def _as_it_comes(_name: str, _text: str) -> str:
    """Say nothing of how wide a text in display type is to be set, in a medium whose lines are not known."""
    return ""
