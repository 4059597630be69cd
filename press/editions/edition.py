"""The editions of a publication: what of it is printed, by which templates. No stage tests an edition's name.

The full report is declared here, and the web edition and EPUB of it. A short edition is a file of the content,
`content/editions/<name>.yaml`, which says what it prints, in order: sections with blocks of their own, or sections of
the report as they stand there. `select`
makes of a report the report that an edition prints, before anything is numbered, so that figures, notes and contents
are counted as that edition's reader sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from press.content.blocks import Block, Excerpt, KeyResults, Matrix
from press.content.report import DRAFT, EditionContent, EditionSection, Report, Section, SectionContent
from press.content.strict_yaml import Located
from press.door.commands import RESERVED
from press.editions.naming import ByLink, ByPage, ByPageElsewhere, Naming
from press.editions.references import Target, targets
from press.errors import ContentError, Place, Problem, did_you_mean

RULE = "edition"
PartKind = Literal[
    "cover",
    "contents",
    "sections",
    "back",
    "proof",
    "specimen",
    "index",
    "whole",
    "data",
    "about",
    "search",
    "accessibility",
    "nav",
]


@dataclass(frozen=True)
class Edition:
    """One way to publish a report."""

    name: str
    output: str
    """Name of what is made, in the output folder."""
    templates: str
    """Folder below `templates/` with a template for each kind of part."""
    parts: tuple[PartKind, ...]
    """Its parts in order; `sections` stands for all sections, divided as its writer does."""
    stylesheets: tuple[str, ...]
    """Files below `templates/`, in cascade order; the blocks' own style sheets follow them."""
    label: str = ""
    """What the edition calls itself; nothing for the full report."""
    content: EditionContent | None = None
    """What a short edition prints; None for the full report."""
    is_draft: bool = False
    """Whether it is marked as one: something in it has not been approved."""
    writer: str = "pdf"
    """The medium, by its name in `press.writers.WRITERS`."""
    blocks_of: tuple[str, ...] = ()
    """The media whose templates of blocks it takes, in this order; its own where nothing is said."""
    naming: type[Naming] = ByPage
    """How its references read."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What its templates are given besides."""
    texts: tuple[Located, ...] = ()
    """The texts in `context` that are printed once."""
    with_data: bool = False
    """Whether the data of its figures come along as files."""
    attached: Mapping[str, bytes] = field(default_factory=dict)
    """Files that come along as they are, by the path that its templates name."""

    def as_draft(self) -> Edition:
        """Give the edition as a draft, which never takes the place of the finished one."""
        stem, _, kind = self.output.rpartition(".")
        return replace(self, output=f"{stem}{DRAFT}.{kind}", is_draft=True)


FULL = Edition(
    name="report",
    output="report.pdf",
    templates="editions/report",
    parts=("cover", "contents", "sections", "back"),
    stylesheets=(
        "editions/report/page.css",
        "editions/report/type.css",
        "editions/report/opening.css",
        "editions/report/front.css",
    ),
)
WEB = Edition(
    name="web",
    output="web",
    templates="editions/web",
    parts=("index", "sections", "about", "data", "accessibility", "search", "whole"),
    stylesheets=("editions/web/page.css", "editions/web/type.css", "editions/web/front.css"),
    writer="web",
    naming=ByLink,
    context={"pdfs": ()},
    with_data=True,
)
EPUB = Edition(
    name="epub",
    output="report.epub",
    templates="editions/epub",
    parts=("cover", "nav", "sections", "back"),
    stylesheets=("editions/epub/book.css",),
    writer="epub",
    naming=ByLink,
    blocks_of=("epub", "web"),
)
SHORT = "short"
"""The templates of a short edition that names none."""


def edition_of(report: Report, name: str) -> Edition:
    """Give the edition of this name; raises ContentError with those there are."""
    if name == FULL.name:
        return FULL
    if name not in report.editions:
        known = [FULL.name, *report.editions]
        what = f"there is no edition {name!r}"
        otherwise = f"write content/editions/{name}.yaml; there are: {', '.join(known)}"
        mend = did_you_mean(name, known, did_you_mean(name, RESERVED, otherwise))
        raise ContentError([Problem(Place("content/editions"), RULE, what, mend)])
    return short_edition(name, report.editions[name])


def short_edition(name: str, content: EditionContent) -> Edition:
    """Declare the edition that a file of the content describes: in the report's dress, shortened."""
    dress = str(content.templates or SHORT)
    sheets = (*FULL.stylesheets, f"editions/{dress}/{dress}.css")
    label = str(content.label)
    return Edition(
        name,
        output=f"{name}.pdf",
        templates=f"editions/{dress}",
        parts=("cover", "sections"),
        stylesheets=sheets,
        label=label,
        content=content,
        naming=ByPageElsewhere,
    )


def select(report: Report, edition: Edition) -> Report:
    """Give the report as an edition prints it; what it leaves out is not in it.

    Raises ContentError when the edition names what the report does not hold.
    """
    if "sections" not in edition.parts:
        return replace(report, sections=())
    if edition.content is None:
        return report
    problems = list(edition_problems(report, edition.content))
    if problems:
        raise ContentError(problems)
    sections = tuple(_section(report, declared) for declared in edition.content.sections)
    return replace(report, sections=sections)


def own_ids(content: EditionContent) -> Iterator[Located]:
    """Yield the ids of what an edition has of its own."""
    for section in content.sections:
        names = (section.id, *(block.id for block in section.blocks))
        yield from (name for name in names if name is not None)


def edition_problems(report: Report, content: EditionContent) -> Iterator[Problem]:
    """Yield what an edition asks for that the report does not hold, and what would stand in it twice."""
    yield from _repeated(report, content)
    yield from unknown_results(report, [block for section in content.sections for block in section.blocks])
    sections, blocks, facts = report.sections_by_id, report.blocks_by_id, report.facts
    for declared in content.sections:
        if declared.include is not None and declared.include not in sections:
            yield _unknown(declared.include, "section", sections)
        for block in declared.blocks:
            if isinstance(block, Excerpt):
                if block.excerpt not in blocks:
                    yield _unknown(block.excerpt, "block", blocks)
                elif blocks[block.excerpt].stands == "none":
                    yield Problem(block.place, RULE, f"{str(block.excerpt)!r} is not in print", "leave it out")
                elif block.items is not None and not isinstance(blocks[block.excerpt], Matrix):
                    what = f"{str(block.excerpt)!r} is no matrix, and only a matrix has `items`"
                    yield Problem(block.place, RULE, what, "leave `items` out")
            brief = getattr(block, "brief", None)
            if brief is not None and (brief not in sections or sections[brief].content.summary is None):
                known = [name for name, section in sections.items() if section.content.summary is not None]
                what = f"no section {str(brief)!r} has a `summary`"
                yield Problem(brief.place, RULE, what, did_you_mean(brief, known, "write one in its file"))
            for item in getattr(block, "items", None) or () if block.kind == "numbers" else ():
                if item.fact not in facts:
                    yield _unknown(item.fact, "fact", facts)


def unknown_results(report: Report, blocks: Iterable[Block]) -> Iterator[Problem]:
    """Yield what blocks name as main results that are none."""
    known = [section.id for section in report.walk() if section.content.result is not None]
    for result in (name for block in blocks if isinstance(block, KeyResults) for name in block.results):
        if result not in known:
            what = f"no section {str(result)!r} is a main result"
            yield Problem(result.place, RULE, what, did_you_mean(result, known, "write its `result`"))


def targets_of_editions(report: Report) -> Mapping[str, Mapping[str, Target]]:
    """Index what can be referred to in each short edition that is whole, by the name of its file."""
    return {
        content.place.file: targets(select(report, short_edition(name, content)).sections)
        for name, content in report.editions.items()
        if not list(edition_problems(report, content))
    }


def _repeated(report: Report, content: EditionContent) -> Iterator[Problem]:
    """Yield each place at which an edition brings in an id for the second time, or one that the report has."""
    known = targets(report.sections)
    first: dict[str, Place] = {}
    told: set[Place] = set()
    for name, place, is_own in _ids(report, content):
        if is_own and name in known:
            what = f"the id {name!r} is ambiguous: it stands also at {known[name].place}"
            yield Problem(place, RULE, what, "give it an id that the report does not have")
        elif name in first and place not in told:
            told.add(place)
            what = f"{name!r} would stand in this edition twice; it came first by {first[name]}"
            yield Problem(place, RULE, what, "keep one of them")
        first.setdefault(name, place)


def _ids(report: Report, content: EditionContent) -> Iterator[tuple[str, Place, bool]]:
    """Yield each id that an edition prints, the place that brings it in, and whether it is the edition's own."""
    sections, blocks = report.sections_by_id, report.blocks_by_id
    for declared in content.sections:
        if declared.include is not None and declared.include in sections:
            included = sections[str(declared.include)]
            names = [*(section.id for section in included.walk()), *(block.id for _, block in included.blocks())]
            yield from ((str(name), declared.include.place, False) for name in names if name is not None)
        for block in declared.blocks:
            if isinstance(block, Excerpt) and block.excerpt in blocks:
                yield str(block.excerpt), block.excerpt.place, False
    yield from ((str(name), name.place, True) for name in own_ids(content))


def _section(report: Report, declared: EditionSection) -> Section:
    if declared.include is not None:
        return _at_level(report.sections_by_id[str(declared.include)], 1)
    blocks = tuple(_block(report, block) for block in declared.blocks)
    assert declared.id is not None and declared.title is not None  # the model allows nothing else  # noqa: S101, PT018
    content = SectionContent.model_construct(title=declared.title, blocks=blocks)
    return Section(str(declared.id), declared.id.place, "front_matter", 1, content)


def _block(report: Report, block: Block) -> Block:
    """Put in an excerpt's place the block it names."""
    if not isinstance(block, Excerpt):
        return block
    found = report.blocks_by_id[str(block.excerpt)]
    if block.items is not None and isinstance(found, Matrix):
        return found.in_short(int(block.items))
    return found


def _at_level(section: Section, level: int) -> Section:
    """Lift a section, with all below it, to another level; it begins a page of its own, without number or divider."""
    children = tuple(_at_level(child, level + 1) for child in section.children)
    content = section.content.model_copy(update={"divider": None})
    return replace(section, level=level, group="front_matter", content=content, children=children)


def _unknown(name: str, kind: str, known: Mapping[str, object]) -> Problem:
    place = getattr(name, "place", Place("content/editions"))
    mend = did_you_mean(name, known, f"use the id of a {kind} of the report")
    return Problem(place, RULE, f"the report has no {kind} {str(name)!r}", mend)
