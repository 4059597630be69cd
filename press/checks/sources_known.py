"""Every source that is cited is in the file of sources, and the publication lists what it cites.

Why:  a reader must be able to find what a text rests on; the list is made of what is cited, so that nothing is missing
      in it, and a short edition lists what it cites itself. `references:` in content/report.yaml names the file
      (CSL-JSON or BibTeX), `reference_style:` its look.
Bad:  "[@nordman2020]" where the file has nordmann2020; citations without a `references` block, in a short edition too.
Good: "Slik er det også i andre land [@nordmann2020, s. 12]." and `- references: kilder` in the last chapter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from press.content.blocks import Block, References
from press.content.report import Report
from press.content.strict_yaml import Located
from press.editions.edition import edition_problems, select, short_edition
from press.errors import ContentError, Place, Problem, Severity, TemplateError, did_you_mean
from press.words import prose

ID = "sources-known"
SEVERITY: Severity = "error"
NEEDED = True
NO_FILE = "put a CSL-JSON or BibTeX file into content/, and name it under `references:` in content/report.yaml"


def check(report: Report) -> Iterator[Problem]:
    known = report.sources.entries if report.sources is not None else {}
    places: dict[int, Place] = {}
    unknown = list[Problem]()
    narrated: list[prose.Citation] = []
    for kind, text in report.texts():
        if kind == "plain" and known and "@" in text:
            unknown += _in_plain_words(text, known)
        for citation in prose.citations(text) if kind != "plain" else ():
            if citation.is_narrated and report.sources is None:
                continue  # an account of some network
            narrated += [citation] * citation.is_narrated
            place = text.place_of(citation.offset)
            places.setdefault(id(text), place)
            for item in citation.items:
                if item.key not in known:
                    mend = did_you_mean(item.key, known, _mend_of(citation)) if known else NO_FILE
                    unknown.append(Problem(place, ID, f"there is no source {item.key!r}", mend))
    yield from unknown
    yield from _of_report(report, places)
    yield from _of_editions(report, places)
    if places and not unknown:
        yield from _unset(report, narrated)


def _in_plain_words(text: Located, known: Collection[str]) -> Iterator[Problem]:
    for citation in prose.citations(text):
        if citation.is_narrated and citation.items[0].key in known:
            what = "titles and labels cite nothing, and this would be printed as it is typed"
            yield Problem(text.place_of(citation.offset), ID, what, "put the citation into the text")


def _mend_of(citation: prose.Citation) -> str:
    return "add it to the file of sources" + (", or write \\@ for the sign itself" if citation.is_narrated else "")


def _of_report(report: Report, places: Mapping[int, Place]) -> Iterator[Problem]:
    """Yield what is wrong with the list of the full report; `places` are those of citations, by the text's identity."""
    of_editions = {id(text) for content in report.editions.values() for _, text in content.texts()}
    statements = {id(each.text) for section in report.walk() for _, each in section.content.statements()}
    printed = {id(text) for text in _printed(report, report)}
    cited = [place for text, place in places.items() if text not in of_editions | statements or text in printed]
    lists = _lists(report)
    if cited and not lists:
        mend = "write `- references: kilder` among the blocks of the section that is to list them"
        yield Problem(cited[0], ID, "this is cited, and nothing lists the sources", mend)
    yield from _twice_or_none(lists, cited)


def _of_editions(report: Report, places: Mapping[int, Place]) -> Iterator[Problem]:
    """Yield the short editions that cite and list no sources, list them twice, or list none."""
    for name, content in report.editions.items() if places or _lists(report) else ():
        if list(edition_problems(report, content)):
            continue  # which `editions-whole` says
        edition = select(report, short_edition(name, content))
        cited = [places[id(text)] for text in _printed(edition, report) if id(text) in places]
        lists = _lists(edition)
        if cited and not lists:
            what = f"this edition cites ({cited[0]}), and does not list its sources"
            mend = (
                "write `- references: kilder-her` among the blocks of its last section, or of one of its own after it"
            )
            yield Problem(content.sections[-1].place, ID, what, mend)
        yield from _twice_or_none(lists, cited)


def _twice_or_none(lists: Sequence[Block], cited: Sequence[Place]) -> Iterator[Problem]:
    for block in lists[1:]:
        yield Problem(block.place, ID, "the sources are listed twice", "leave one of the `references` blocks out")
    if lists and not cited:
        mend = "cite a source with [@key], or leave the block out"
        yield Problem(lists[0].place, ID, "no source is cited, and so none is listed", mend)


def _lists(report: Report) -> list[Block]:
    return [block for _, block in report.blocks() if isinstance(block, References)]


def _printed(edition: Report, full: Report) -> Iterator[Located]:
    from press.compose.citations import cited_texts

    return cited_texts(edition.sections, full)


def _unset(report: Report, narrated: Iterable[prose.Citation]) -> Iterator[Problem]:
    """Yield what the style cannot set, and what it cites in the same words."""
    from press.compose.citations import Citations
    from press.words.language import language_of

    try:
        citations = Citations(report, language_of(report), report)
        citations.listed()
        for citation in narrated:
            citations.html(citation)
    except ContentError as error:
        yield from error.problems
        return
    except TemplateError:
        return  # which `language-known` says
    for first, second in citations.alike():
        what = f"the sources {first.key!r} and {second.key!r} are cited in the same words"
        yield Problem(second.place, ID, what, "give both a year, or an author")
