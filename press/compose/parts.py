"""Compose: a checked `Report` and an `Edition` in, a `Document` out.

Figures are drawn, ids become numbers and names, prose becomes HTML, templates are filled. Compose knows nothing of
pages: where a page number will stand it leaves an empty element that `press.writers.pdf.typeset` fills. An undefined
name in a template is an error; content never becomes template source, and everything it says is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePath
from typing import Any, Literal

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape
from pydantic import BaseModel

from press.compose.printed import Ledger, template_problems, wanted_of, without_marks
from press.content import blocks as block_types
from press.content.blocks import Block
from press.content.images import WIDEST_MM, printed_size_mm
from press.content.report import Report, Section, Settings
from press.content.strict_yaml import Located, read_text
from press.document import PAGE_OF, Document, Part
from press.editions.edition import Edition, PartKind, select
from press.editions.references import Target, result_numbers, targets
from press.errors import ContentError, Place, Problem, ReportError, TemplateError, did_you_mean
from press.figures import Drawing, FigureData, draw_all, figure_data
from press.fonts import font_face_css
from press.words import prose
from press.words.language import NO_BREAK_SPACE, find_template, language_of
from press.words.prose import Reference
from press.writers.pdf import margins as margin_notes

RULE = "template"
GIVEN = "use what the template is given"
# Jinja's words (3.1) for a name that there is not.
_NO_ATTRIBUTE = re.compile(r"'(?:\w+\.)*(?P<owner>\w+) object' has no attribute '(?P<name>\w+)'")
_UNDEFINED = re.compile(r"'(?P<name>\w+)' is undefined")
Progress = Callable[[str], None]
Drawn = dict[str, tuple[FigureData, Drawing]]
"""What was drawn of what data, by the figure's id."""


@dataclass(frozen=True)
class Run:
    """Blocks that stand together: a stretch of the body column, one full-width block, or a grid of one kind."""

    span: Literal["body", "full"]
    blocks: tuple[Block, ...]

    @property
    def kind(self) -> str:
        return self.blocks[0].kind


@dataclass(frozen=True)
class Stretch:
    """A stretch of the body column, and what stands beside it in the margin column."""

    html: Markup
    beside: Markup | None = None
    reserve_pt: float = 0
    """How much farther down than the text the margin note may reach: room that must be left on the page."""
    shared_pt: float = 0
    """How much of that room the next stretch may stand beside."""


@dataclass(frozen=True)
class Rest:
    """What stands in a part below a section's own blocks, or what follows there after one of its subsections."""

    section: Section
    children: tuple[Section, ...]
    ends: bool
    """Whether the section ends in the part: nothing below it begins a page further on."""
    depth: int
    """How many headings deep its subsections stand in the part."""

    @property
    def closing(self) -> tuple[Block, ...]:
        return self.section.content.closing if self.ends else ()


def compose(
    report: Report,
    edition: Edition,
    progress: Progress = lambda line: None,
    pages: Mapping[str, int] | None = None,
    drawn: Drawn | None = None,
) -> Document:
    """Make the HTML of an edition and draw its figures.

    `pages` says on which page of the full report each id stands; an edition that leaves things out refers to them
    there. `drawn` is handed from one edition of a report to the next, which draws only what it does not find there.
    Raises ContentError, TemplateError or FigureError.
    """
    return _Composer(report, edition, progress, pages or {}, {} if drawn is None else drawn).document()


class _Composer:
    """Holds what every template call needs: the language, the targets and the drawings of one composition."""

    def __init__(
        self, full: Report, edition: Edition, progress: Progress, pages: Mapping[str, int], drawn: Drawn
    ) -> None:
        report = select(full, edition)
        self.report = report
        self.full = full
        self.edition = edition
        self.progress = progress
        self.pages = pages
        self.language = language_of(report)
        self.targets = targets(report.sections)
        self.elsewhere = targets(full.sections)
        self.results = result_numbers(full.sections)
        self.chapter_of = {s.id: root for root in report.sections for s in root.walk()}
        self.drawn = drawn
        self.drawings: dict[str, Drawing] = {}
        self.ledger = Ledger()
        self.templates: set[str] = set()
        """Those that were filled, by their names below `templates/`."""
        self.environment = self._environment()

    def document(self) -> Document:
        self._draw_figures()
        marked = [(kind, part) for kind in self.edition.parts for part in self._parts(kind)]
        self._require_printed(marked)
        parts = tuple(replace(part, html=without_marks(part.html)) for _, part in marked)
        assets = {f"figures/{name}.svg": drawing.svg for name, drawing in self.drawings.items()}
        assets |= {f"images/{name}": data for name, data in self.report.images.items()}
        stylesheet, sheets = self._stylesheet()
        hyphenation = tuple(map(str, self.report.hyphenation))
        return Document(parts, stylesheet, assets, hyphenation, self.language.locale, sheets)

    def _require_printed(self, parts: Sequence[tuple[PartKind, Part]]) -> None:
        """Raise TemplateError if the templates printed other than what the content says."""
        front = [part for kind, part in parts if kind in {"cover", "contents"}]
        body = [part for _, part in parts if part not in front]
        problems = self.ledger.problems(front, body, wanted_of(self.report, self._own_texts()))
        own_words = (problem for name in sorted(self.templates) for problem in self._own_words(name))
        if found := [*problems, *own_words]:
            raise TemplateError(found)

    def _own_texts(self) -> Iterator[Located]:
        """Yield the texts that stand once in the edition and in no block of it."""
        settings = self.report.settings
        blocks = [block for _, block in self.report.blocks()]
        if "contents" in self.edition.parts or any(isinstance(block, block_types.Colophon) for block in blocks):
            yield from (settings.colophon, settings.rights)
        if "back" in self.edition.parts:
            yield settings.imprint
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

    def _own_words(self, template: str) -> Iterator[Problem]:
        found = self._source(template)
        return template_problems(found[0], template, self.environment) if found is not None else iter(())

    def _draw_figures(self) -> None:
        names = [str(block.figure) for _, block in self.report.blocks() if isinstance(block, block_types.Figure)]
        wanted = {name: figure_data(self.report.figures[name], self.plain) for name in names}
        new = {name: data for name, data in wanted.items() if name not in self.drawn or self.drawn[name][0] != data}
        drawings = draw_all(self.report.project, new, self.progress)
        self.drawn |= {name: (data, drawings[name]) for name, data in new.items()}
        self.drawings |= {name: self.drawn[name][1] for name in wanted}

    def _parts(self, kind: PartKind) -> Iterator[Part]:
        if kind != "sections":
            yield self._part(kind, kind, str(self.report.settings.title), self.edition.context)
            return
        for root in self.report.sections:
            if root.content.divider is not None:
                yield self._part("divider", str(root.content.divider.id), str(root.content.title), {"section": root})
            for opener in self._openers(root):
                yield self._part("section", opener.id, str(opener.content.title), {"section": opener, "root": root})

    def _openers(self, section: Section) -> Iterator[Section]:
        """Yield the sections that begin a page, in reading order; each brings what follows it up to the next."""
        yield section
        for below in section.walk():
            if below is not section and below.content.opens == "page":
                yield below

    def rest(self, section: Section, depth: int, after: Section | None = None) -> Rest:
        """Gather the subsections of a section (after one of them) that stand before the next that begins a page."""
        start = section.children.index(after) + 1 if after is not None else 0
        children: list[Section] = []
        for child in section.children[start:]:
            if child.content.opens != "page":
                children.append(child)
            if _begins_pages(child):
                return Rest(section, tuple(children), ends=False, depth=depth)
        return Rest(section, tuple(children), ends=True, depth=depth)

    def continued(self, opener: Section, root: Section) -> Iterator[Rest]:
        """Yield what stands after a section in the part that it begins: the rest of the sections it stands in."""
        if any(_begins_pages(child) for child in opener.children):
            return  # what follows stands after the pages that are begun below it
        path = _path(root, opener)
        for index in range(len(path) - 2, -1, -1):
            level = max(s.level for s in path[: index + 1] if s is root or s.content.opens == "page")
            rest = self.rest(path[index], path[index].level - level, after=path[index + 1])
            yield rest
            if not rest.ends:
                return

    def _part(self, template: str, part_id: str, title: str, context: Mapping[str, Any]) -> Part:
        html = self._render(f"{self.edition.templates}/{template}.html.j2", {"part_id": part_id, **context})
        return Part(part_id, title, html)

    # What templates may call.

    def render_block(self, block: Block, level: int) -> Markup:
        """Fill the template of a block; `level` is the level its heading would have."""
        context = {"block": block, "level": min(level, 6)}
        return Markup(self._render(f"blocks/{block.kind}.html.j2", context))  # noqa: S704

    def runs(self, blocks: Sequence[Block]) -> list[Run]:
        """Gather blocks into stretches of the body column and full-width runs.

        Full-width blocks stand between the columns of text, never in them: WeasyPrint 70 loses text around
        `column-span`. Neighbours of a kind that is set as a grid share a run.
        """
        runs: list[Run] = []
        for block in blocks:
            if block.stands == "none":
                continue
            span: Literal["body", "full"] = "full" if block.stands == "full" else "body"
            together = span == "body" or block.kind == "questions"
            if runs and runs[-1].span == span and together and (span == "body" or runs[-1].kind == block.kind):
                runs[-1] = Run(span, (*runs[-1].blocks, block))
            else:
                runs.append(Run(span, (block,)))
        return runs

    def stretches(self, blocks: Sequence[Block], level: int) -> list[Stretch]:
        """Fill the templates of the blocks of one run of the body column.

        A pull quote stands beside the last paragraph or list of the text above it, in a stretch of its own.
        """
        stretches = [Stretch(Markup(""))]
        for block, after in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(block, block_types.Text) and isinstance(after, block_types.Quote):
                *before, last = self._pieces(block.text)
                above, beside = (self.ledger.mark(block.text, html) for html in (Markup("").join(before), last))
                stretches[-1] = Stretch(stretches[-1].html + above)
                stretches += [Stretch(beside, self.render_block(after, level), self._reserve_pt(after, last))]
                stretches += [Stretch(Markup(""))]
            elif not isinstance(block, block_types.Quote):
                stretches[-1] = Stretch(stretches[-1].html + self.render_block(block, level))
        stretches = [stretch for stretch in stretches if stretch.html]
        return [_sharing(*pair) for pair in zip(stretches, (*stretches[1:], None), strict=True)]

    def _reserve_pt(self, quote: block_types.Quote, html: str) -> float:
        words = f"{self.language.quotes[0]}{self.plain(quote.quote)}{self.language.quotes[1]}"
        depth = margin_notes.depth_pt(words, self.plain(quote.speaker or ""))
        return round(max(0.0, depth - margin_notes.least_depth_pt(html, margin_notes.BODY)), 1)

    def prose(self, text: Located) -> Markup:
        """Set Markdown as paragraphs and lists."""
        str(text)  # an undefined name says so here, with its name
        return self.ledger.mark(text, Markup("").join(self._pieces(text)))

    def _pieces(self, text: Located) -> list[Markup]:
        pieces = prose.to_html(text, self._resolve, self._marked, self._link)
        return [self.language.bind(piece) for piece in pieces]

    def inline(self, text: Located) -> Markup:
        """Set a cell, a caption or a source: one paragraph of Markdown, without an element of its own."""
        html = self.language.bind(prose.inline_html(text, self._resolve, self._marked, self._link))
        return self.ledger.mark(text, html)

    def plain(self, text: str) -> str:
        """Set a line of plain words for an attribute: facts and names put in, spaces made non-breaking."""
        return self.language.set(prose.plain(" ".join(text.split()), self._resolve_plain))

    def line(self, text: str) -> Markup:
        """Set a line of plain words for print: as `plain`, with foreign words and abbreviations marked."""
        html = self._marked(self.plain(text))
        return self.ledger.mark(text, html) if isinstance(text, Located) else html

    def _marked(self, text: str) -> Markup:
        return self.report.terms.mark(text) if self.report.terms is not None else escape(text)

    def photo_size(self, block: block_types.Photo) -> tuple[float, float]:
        """Give the width and height at which a photograph is printed, in millimetres."""
        return printed_size_mm(self.report.images[str(block.image)], float(block.width or WIDEST_MM))

    def page(self, target_id: str) -> Markup:
        """Leave room for the number of the page that something stands on, or print it if that is in the full report."""
        if not self._is_here(target_id):
            return escape(str(self._page_elsewhere(target_id)))
        return Markup(f'<span class="page-number" {PAGE_OF}="{escape(target_id)}"></span>')  # noqa: S704

    def page_reference(self, target_id: str, *, capital: bool = False) -> Markup:
        """Write «side 29» as a link, or «side 29 i hovedrapporten»."""
        word = self.language.word("page")
        word = word if capital else _small(word)
        if not self._is_here(target_id):
            where = f" {self.language.word('in_full_report')}" if self.edition.prints_sections else ""
            return escape(f"{word}{NO_BREAK_SPACE}{self._page_elsewhere(target_id)}{where}")
        return Markup('<a class="reference" href="#{}">{}{}{}</a>').format(
            target_id, word, NO_BREAK_SPACE, self.page(target_id)
        )

    def name(self, target_id: str, *, capital: bool = False) -> str:
        """Name a target as running text does: figur 5, kapittel 1, «Digitalisering», boksen om Bedrift F."""
        target = self._target(target_id)
        words = self._name(target)
        return words[0].upper() + words[1:] if capital else words

    def title(self, target_id: str) -> str:
        """Give a target's title in the language's quotation marks."""
        target = self._target(target_id)
        opening, closing = self.language.quotes
        return f"{opening}{self.plain(target.title or target.id)}{closing}"

    def number(self, target_id: str) -> int | None:
        """Give a target's number in its series, if it has one."""
        return self._target(target_id).number

    def cell(self, text: Located, kind: str) -> Markup:
        """Set a cell of a data table as its column's type wants: numbers with the language's decimal sign."""
        if kind != "number" or not text:
            return self.line(text)
        return self.ledger.mark(text, escape(self.language.number(text)))

    def brief(self, section_id: str) -> Located:
        """Give a section's `summary`, wherever the section is printed."""
        summary = self.full.sections_by_id[str(section_id)].content.summary
        assert summary is not None  # or the edition would have been refused  # noqa: S101
        return summary.text

    def main_results(self, block: block_types.KeyResults) -> list[Section]:
        """Give the sections whose results a block shows: those it names, or all."""
        wanted = set(map(str, block.results)) or self.results.keys()
        return [section for section in self.full.walk() if section.id in wanted and section.id in self.results]

    def _resolve(self, reference: Reference) -> Markup:
        if reference.kind == "page":
            return self.page_reference(reference.id, capital=reference.capital)
        if reference.kind == "fact" or not self._is_here(reference.id):
            return escape(self._resolve_plain(reference))
        return Markup('<a class="reference" href="#{}">{}</a>').format(reference.id, self._resolve_plain(reference))

    def _link(self, address: str) -> tuple[Markup, Markup]:
        """Lead to an address, or name the page of the full report where this edition leaves out what stands there."""
        target_id = address.removeprefix("#")
        if target_id == address or self._is_here(target_id):
            return prose.anchor(address)
        return Markup(""), escape(f" ({self._where(target_id)})" if self.edition.prints_sections else "")

    def _resolve_plain(self, reference: Reference) -> str:
        if reference.kind == "fact":
            words = self.language.fact(self.report.facts[reference.id], reference.form)
            return words[0].upper() + words[1:] if reference.capital else words
        if not self._is_here(reference.id) and self.edition.prints_sections:
            words = self._name_elsewhere(reference)
            return words[0].upper() + words[1:] if reference.capital else words
        if reference.kind == "title":
            return self.title(reference.id)
        return self.name(reference.id, capital=reference.capital)

    def _name_elsewhere(self, reference: Reference) -> str:
        """Name what this edition leaves out by where it stands: «se hovedrapporten, side 29»."""
        word = self.language.word
        page = f"{_small(word('page'))}{NO_BREAK_SPACE}{self._page_elsewhere(reference.id)}"
        if reference.kind == "page":
            return f"{page} {word('in_full_report')}"
        if reference.kind == "title":
            return f"{self.title(reference.id)} {word('in_full_report')}"
        where, see = self._where(reference.id), word("see")
        if reference.before.endswith("("):
            return f"{see} {where}"
        if reference.before[-1:].isspace() and reference.before.casefold().replace("(", " ").split()[-1:] == [see]:
            return where
        return f"{self._name(self._target(reference.id))} {word('in_full_report')} ({page})"

    def _where(self, target_id: str) -> str:
        """Say where something stands that this edition leaves out: «hovedrapporten, side 29»."""
        word = self.language.word
        page = f"{_small(word('page'))}{NO_BREAK_SPACE}{self._page_elsewhere(target_id)}"
        return f"{word('full_report')}, {page}"

    def _is_here(self, target_id: str) -> bool:
        self._target(target_id)
        return str(target_id) in self.targets

    def _page_elsewhere(self, target_id: str) -> int:
        try:
            return self.pages[str(target_id)]
        except KeyError:
            raise KeyError(f"the full report has no page for {str(target_id)!r}") from None

    def _name(self, target: Target) -> str:
        word = self.language.word
        match target.kind:
            case "figure" | "table" | "chapter" | "appendix":
                return f"{_small(word(target.kind))}{NO_BREAK_SPACE}{target.number}"
            case "divider" | "questions":
                return f"{_small(word('part'))}{NO_BREAK_SPACE}{target.number}"
            case "example":
                return f"{_small(word('box_about'))} {word('company')}{NO_BREAK_SPACE}{target.company}"
        return self.title(target.id)

    def _target(self, target_id: str) -> Target:
        try:
            return self.targets.get(str(target_id)) or self.elsewhere[str(target_id)]
        except KeyError:
            raise KeyError(f"a template refers to {target_id!r}, which nothing has as its id") from None

    # Templates and style sheets.

    def _environment(self) -> jinja2.Environment:
        environment = _Environment(
            loader=jinja2.FunctionLoader(self._source),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.globals.update(
            report=self.report,
            settings=self.report.settings,
            edition=self.edition,
            language=self.language,
            results=self.results,
            chapter_of=self.chapter_of,
            drawings=self.drawings,
            photo_size=self.photo_size,
            word=self.language.word,
            render_block=self.render_block,
            stretches=self.stretches,
            runs=self.runs,
            rest=self.rest,
            continued=self.continued,
            page=self.page,
            page_reference=self.page_reference,
            brief=self.brief,
            main_results=self.main_results,
            name=self.name,
            title=self.title,
            number=self.number,
            cell=self.cell,
        )
        environment.filters.update(
            prose=self.prose,
            plain=self.plain,
            line=self.line,
            inline=self.inline,
            lower_first=_small,
            have_heads=_have_heads,
            date=self.language.date,
            number=self.language.number,
        )
        return environment

    def _render(self, template: str, context: Mapping[str, Any]) -> str:
        try:
            return self.environment.get_template(template).render(context)
        except jinja2.TemplateSyntaxError as error:
            place = Place(f"templates/{error.name}", error.lineno)
            raise TemplateError([Problem(place, RULE, str(error.message), "mend the template's syntax")]) from error
        except jinja2.TemplateNotFound as error:
            what = f"there is no template {error.name}"
            raise TemplateError(
                [Problem(Place(f"templates/{error.name}"), RULE, what, f"write templates/{error.name}")]
            ) from error
        except ReportError:
            raise  # from a template within this one, with its own place
        except Exception as error:
            place = _template_place(error, template)
            if place.line == 0:
                raise  # it never came to a template: a fault of ours
            raise TemplateError([Problem(place, RULE, *_said_of_template(error))]) from error

    def _stylesheet(self) -> tuple[str, tuple[tuple[int, str], ...]]:
        """Join the style sheets; returns the text, and the line at which each file begins in it."""
        printed = {block.kind for _, block in self.report.blocks()}
        kinds = [kind for kind in block_types.ALL_KINDS if kind in block_types.KINDS or kind in printed]
        names = [*self.edition.stylesheets, *(f"blocks/{kind}.css" for kind in kinds)]
        texts = [font_face_css(), *(self._read_template(name) for name in names)]
        firsts = accumulate((text.count("\n") + 1 for text in texts), initial=1)
        shown = ["the fonts", *(f"templates/{name}" for name in names)]
        return "\n".join(texts), tuple(zip(firsts, shown, strict=False))

    def _read_template(self, name: str) -> str:
        if (found := self._source(name)) is not None:
            return found[0]
        what = f"there is no style sheet {name}"
        raise TemplateError([Problem(Place(f"templates/{name}"), RULE, what, f"write templates/{name}")])

    def _source(self, name: str) -> tuple[str, str, None] | None:
        """Read a template or style sheet as strictly as content is; returns its text and path, as Jinja wants them."""
        path = find_template(self.report.project, name)
        if path is None:
            return None
        if name.endswith(".j2"):
            self.templates.add(name)
        try:
            return read_text(path, f"templates/{name}"), str(path), None
        except ContentError as error:
            raise TemplateError(error.problems) from None


class _Environment(SandboxedEnvironment):
    """What templates run in: no way from what they are given to Python, to files, or to where the project lies.

    It keeps a template from doing by accident what only a script may. It is no wall: who may write a project's scripts
    needs no way round it.
    """

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        of_pydantic = isinstance(obj, BaseModel) and hasattr(BaseModel, attr)
        return not isinstance(value, PurePath) and not of_pydantic and super().is_safe_attribute(obj, attr, value)


def _begins_pages(section: Section) -> bool:
    """Tell whether a section, or anything below it, begins a page."""
    return any(below.content.opens == "page" for below in section.walk())


def _path(root: Section, section: Section) -> list[Section]:
    """Name the sections that one stands in, from the outermost to itself."""
    below = next((child for child in root.children if section in child.walk()), None)
    return [root] if below is None else [root, *_path(below, section)]


def _sharing(stretch: Stretch, after: Stretch | None) -> Stretch:
    """Let the text after a margin note come up beside it, as far as that text surely reaches down.

    What comes then may be a block over the full width, or a note of its own.
    """
    if stretch.beside is None or after is None or after.beside is not None:
        return stretch
    shared = min(stretch.reserve_pt, margin_notes.least_depth_pt(without_marks(after.html), margin_notes.SMALL))
    return replace(stretch, shared_pt=round(shared, 1))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _have_heads(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first cell of each row of a table is its head: it names the row, and no other row."""
    firsts = [row[0].strip() for row in rows]
    return all(len(row) > 1 for row in rows) and all(firsts) and len({*firsts}) == len(firsts)


def _said_of_template(error: Exception) -> tuple[str, str]:
    """Say in plain words what went wrong while a template was filled, and how to mend it."""
    message = str(error.args[0]) if error.args else type(error).__name__
    if match := _NO_ATTRIBUTE.fullmatch(message):
        owner = match["owner"]
        known = getattr({"Settings": Settings}.get(owner) or getattr(block_types, owner, None), "model_fields", ())
        what = f"{owner.lower()!r} has nothing that is called {match['name']!r}"
        return what, did_you_mean(match["name"], known, GIVEN)
    if match := _UNDEFINED.fullmatch(message):
        return f"the template is given nothing that is called {match['name']!r}", GIVEN
    return message, GIVEN


def _template_place(error: BaseException, template: str) -> Place:
    """Name the template line that an exception went through last."""
    place = Place(f"templates/{template}")
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            shown = file.replace("\\", "/").rpartition("/templates/")[2]
            place = Place(f"templates/{shown}", trace.tb_lineno)
        trace = trace.tb_next
    return place
