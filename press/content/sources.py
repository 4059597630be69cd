"""The sources that a publication cites: a CSL-JSON or BibTeX file read into entries in the terms of CSL.

Every entry must be one that can be cited and set whole: what is written wrongly, or in terms that nobody would print,
is refused at its line. How entries look is left to `press.compose.citations`.

Source: CSL 1.0.2, appendix III and IV; CSL-JSON, its schema `csl-data.json`; BibTeX as `bibtexparser` reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from press.content.characters import is_hidden
from press.errors import Place, Problem, did_you_mean

RULE = "sources"
KEY = r"[A-Za-z0-9ÆØÅæøå_][A-Za-z0-9ÆØÅæøå_:.#/+-]*"
"""What an entry may be called, to be cited by it."""
KEY_MEND = "give it a name of letters, digits, - and _, such as nordmann2020"
ENDINGS = {".json": "CSL-JSON", ".bib": "BibTeX"}

_UNPRINTED = {
    "id",
    "type",
    "categories",
    "custom",
    "abstract",
    "keyword",
    "citation-key",
    "language",
    "license",
    "source",
}
_NAME_PARTS = {"family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"}
_NAME_MARKS = {"comma-suffix", "static-ordering", "parse-names"}

_BIBTEX_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "article",
    "online": "webpage",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "www": "webpage",
}
_BIBTEX_FIELDS = {
    "address": "publisher-place",
    "author": "author",
    "booktitle": "container-title",
    "chapter": "chapter-number",
    "date": "issued",
    "doi": "DOI",
    "edition": "edition",
    "editor": "editor",
    "howpublished": "publisher",
    "institution": "publisher",
    "isbn": "ISBN",
    "issn": "ISSN",
    "issue": "issue",
    "journal": "container-title",
    "journaltitle": "container-title",
    "location": "publisher-place",
    "note": "note",
    "number": "number",
    "organization": "publisher",
    "pages": "page",
    "publisher": "publisher",
    "school": "publisher",
    "series": "collection-title",
    "title": "title",
    "translator": "translator",
    "type": "genre",
    "url": "URL",
    "urldate": "accessed",
    "version": "version",
    "volume": "volume",
    "year": "issued",
}
_BIBTEX_UNPRINTED = {
    *("abstract", "annotation", "annote", "copyright", "file", "groups", "ids", "keywords", "langid", "language"),
    *("month", "owner", "shorttitle", "timestamp", "urlyear", "added-at", "biburl", "bibsource", "numpages"),
}
"""What reference managers keep of an entry; `month` is read with the year."""
_BIBTEX_NAMES = {"author", "editor", "translator"}
_ADDRESS = re.compile(r"\\url\s*\{([^{}]*)\}")
_MONTHS = {
    name: month
    for month, names in enumerate(
        ("jan", "feb", "mar", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec des"), start=1
    )
    for name in names.split()
}
_MONTH = re.compile(rf"(?<![a-z])(?:{'|'.join(_MONTHS)})")
_ID = re.compile(r'"id"\s*:')
_BETWEEN = re.compile(r"[\s,]*")
_JSON_MEND = "export it again as CSL-JSON"


@dataclass(frozen=True)
class Source:
    """An entry in the terms of CSL-JSON."""

    key: str
    place: Place
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Sources:
    """What a publication may cite, and how it is to be set."""

    place: Place
    """Where report.yaml names the file."""
    entries: Mapping[str, Source] = field(default_factory=dict)
    style: str | None = None
    """A CSL style; None for the default."""
    style_place: Place | None = None


def read_sources(text: str, shown: str, problems: list[Problem]) -> dict[str, Source]:
    """Read a file of sources, by its ending; adds to `problems`."""
    read = _read_json if shown.endswith(".json") else _read_bibtex
    found: dict[str, Source] = {}
    seen: dict[str, str] = {}
    for source in read(text, shown, problems):
        if re.fullmatch(KEY, source.key) is None:
            problems.append(Problem(source.place, RULE, f"nobody can cite an entry called {source.key!r}", KEY_MEND))
        elif (other := seen.setdefault(source.key.lower(), source.key)) in found:
            what = (
                f"there are two entries called {source.key!r}"
                if other == source.key
                else (f"the entries {other!r} and {source.key!r} differ in nothing but capitals")
            )
            problems.append(Problem(source.place, RULE, what, "give one of them another name, or delete it"))
        else:
            problems.extend(_amiss(source))
            found[source.key] = source
    return found


def style_problems(text: str, place: Place) -> Iterator[Problem]:
    """Yield what keeps a CSL style from being used."""
    from lxml import etree

    mend = "take a style from github.com/citation-style-language/styles"
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield Problem(place, RULE, "the style declares entities", mend)
        return
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(no_network=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        yield Problem(Place(place.file, error.lineno or 1), RULE, "from here on the style is no XML", mend)
        return
    csl = "{http://purl.org/net/xbiblio/csl}"
    if root.tag != f"{csl}style":
        yield Problem(place, RULE, "this is no CSL style", mend)
    elif root.find(f"{csl}citation") is None:
        parent = next((link.get("href", "") for link in root.iter(f"{csl}link") if link.get("rel") != "self"), "")
        yield Problem(place, RULE, "this style only names another one", f"take that one: {parent}")
    elif root.get("class") == "note":
        what = "this style cites in footnotes, and citations stand in the text here"
        yield Problem(place, RULE, what, "take a style that cites by author and year, or by number")
    elif root.find(f"{csl}bibliography") is None:
        yield Problem(place, RULE, "this style lists no sources", "take a style with a bibliography")


def _read_json(text: str, shown: str, problems: list[Problem]) -> Iterator[Source]:
    try:
        data = json.loads(text, object_pairs_hook=_Object, parse_float=str, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        what = "from here on the file is not JSON" if text.strip() else "the file is empty"
        problems.append(Problem(Place(shown, error.lineno, error.colno), RULE, what, _JSON_MEND))
        return
    except RecursionError:
        problems.append(Problem(Place(shown), RULE, "the file is nested too deeply", _JSON_MEND))
        return
    except ValueError:
        what = "the file holds a number that is none, or far too long"
        problems.append(Problem(Place(shown), RULE, what, _JSON_MEND))
        return
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        problems.append(Problem(Place(shown, 1, 1), RULE, "the file is no list of entries", "export it as CSL-JSON"))
        return
    for entry, place in zip(data, _places(text, shown, len(data)), strict=True):
        if "id" not in entry:
            problems.append(Problem(place, RULE, "an entry has no `id`", KEY_MEND))
            continue
        if entry.twice:
            what = f"an entry has two of: {', '.join(entry.twice)}"
            problems.append(Problem(place, RULE, what, "keep one of them"))
        yield Source(str(entry["id"]), place, entry)


class _Object(dict[str, Any]):
    """An object of JSON, which knows what it was given twice."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs]
        self.twice = sorted({name for name in names if names.count(name) > 1})


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _places(text: str, shown: str, count: int) -> Iterator[Place]:
    """Yield where the entries of a list have their ids, or begin."""
    decoder, at, line, counted = json.JSONDecoder(), text.index("[") + 1, 1, 0
    for _ in range(count):
        begin = _BETWEEN.match(text, at).end()  # type: ignore[union-attr] # which matches nothing too
        _, at = decoder.raw_decode(text, begin)
        found = _ID.search(text, begin, at)
        start = found.start() if found is not None else begin
        line, counted = line + text.count("\n", counted, start), start
        yield Place(shown, line, start - text.rfind("\n", 0, start))


def _amiss(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with an entry in the terms of CSL."""
    from citeproc import DATES, NAMES, VARIABLES, types

    known_types = {value for name, value in vars(types).items() if name.isupper()}
    kind = str(source.data.get("type", ""))
    if kind not in known_types:
        what = f"{source.key!r} is of the type {kind!r}, which CSL does not have"
        mend = did_you_mean(kind, known_types, f"use one of: {', '.join(sorted(known_types))}")
        yield Problem(source.place, RULE, what, mend)
    variables = {name.replace("_", "-"): name for name in VARIABLES}
    for name, value in source.data.items():
        if name in _UNPRINTED:
            continue
        python_name = variables.get("title-short" if name == "shortTitle" else name)
        if python_name is None:
            mend = did_you_mean(name, variables, "delete it, or call it as CSL does")
            yield Problem(source.place, RULE, f"{source.key!r} has {name!r}, which CSL does not have", mend)
        elif python_name in NAMES:
            if not _are_names(value):
                what = f"the {name} of {source.key!r} is no list of names"
                yield Problem(source.place, RULE, what, 'write [{"family": "Nordmann", "given": "Kari"}]')
        elif python_name in DATES:
            if not _is_date(value):
                what = f"the date {name!r} of {source.key!r} cannot be read"
                yield Problem(source.place, RULE, what, 'write {"date-parts": [[2020, 5, 17]]}, or less of it')
        elif not isinstance(value, str | int | float) or isinstance(value, bool):
            yield Problem(source.place, RULE, f"the {name} of {source.key!r} is no text", "write a text in quotes")
        if hidden := next((each for each in _letters(value) if is_hidden(each) and not each.isspace()), None):
            what = f"the {name} of {source.key!r} has a character that nobody sees: U+{ord(hidden):04X}"
            yield Problem(source.place, RULE, what, "delete it")


def _letters(value: Any) -> Iterator[str]:
    """Yield the letters of all texts in a value of JSON."""
    if isinstance(value, str):
        yield from value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _letters(each)


def _are_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(name, dict)
            and {"family", "literal"} & name.keys()
            and name.keys() <= _NAME_PARTS
            and all(isinstance(part, str) and part.strip() for part in name.values())
            for name in (_without_marks(name) for name in value)
        )
    )


def _without_marks(name: Any) -> Any:
    return {key: part for key, part in name.items() if key not in _NAME_MARKS} if isinstance(name, dict) else name


def _is_date(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    parts = value.get("date-parts")
    if parts is None:
        return isinstance(value.get("literal"), str)
    return (
        isinstance(parts, list)
        and 1 <= len(parts) <= 2
        and all(isinstance(date, list) and 1 <= len(date) <= 3 and _is_day(date) for date in parts)
    )


def _is_day(date: Sequence[Any]) -> bool:
    """Tell whether a year, or year and month, or year, month and day can be one; a month above 12 is a season."""
    if any(re.fullmatch(r"-?[0-9]{1,4}", str(part)) is None for part in date):
        return False
    _, month, day = (*map(int, date), *(1, 1)[len(date) - 1 :])
    return 1 <= month <= (16 if len(date) == 2 else 12) and 1 <= day <= 31


def _read_bibtex(text: str, shown: str, problems: list[Problem]) -> Iterator[Source]:
    import logging

    import bibtexparser
    from bibtexparser import middlewares
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ParsingFailedBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it warns of is told here, with its line
    names = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = bibtexparser.parse_string(text, append_middleware=names)
    for block in library.failed_blocks:
        place = Place(shown, (block.start_line or 0) + 1, 1)
        if isinstance(block, DuplicateBlockKeyBlock):
            what, mend = f"there are two entries called {block.key!r}", "give one of them another name, or delete it"
        elif isinstance(block, DuplicateFieldKeyBlock):
            what = f"an entry has two of: {', '.join(sorted(block.duplicate_keys))}"
            mend = "keep one of them"
        else:
            assert isinstance(block, ParsingFailedBlock)  # noqa: S101 - what all of them are
            what, mend = "this entry is no BibTeX to its end", "look for a brace or comma that is missing in it"
        problems.append(Problem(place, RULE, what, mend))
    for entry in library.entries:
        place = Place(shown, (entry.start_line or 0) + 1, 1)
        yield Source(entry.key, place, dict(_in_terms_of_csl(entry, shown, problems)))


def _in_terms_of_csl(entry: Any, shown: str, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """Yield the variables of CSL that a BibTeX entry has."""
    place = Place(shown, (entry.start_line or 0) + 1, 1)
    kind = entry.entry_type.lower()
    if kind not in _BIBTEX_TYPES:
        mend = did_you_mean(kind, _BIBTEX_TYPES, f"use one of: {', '.join(_BIBTEX_TYPES)}")
        problems.append(Problem(place, RULE, f"there is no entry type @{entry.entry_type}", mend))
    yield "type", _BIBTEX_TYPES.get(kind, "article")
    fields = {each.key.lower(): each for each in entry.fields}
    problems.extend(_unread(entry, fields, shown))
    taken: dict[str, str] = {}
    for name, found in fields.items():
        at = Place(shown, (found.start_line or 0) + 1, 1)
        if name in _BIBTEX_UNPRINTED:
            continue
        variable = _BIBTEX_FIELDS.get(name)
        if variable is None:
            mend = did_you_mean(name, _BIBTEX_FIELDS, "delete it, or write what is to be printed under `note`")
            problems.append(Problem(at, RULE, f"the field {name!r} of {entry.key!r} would not be printed", mend))
        elif (other := taken.setdefault(variable, name)) != name:
            what = f"the fields {other!r} and {name!r} of {entry.key!r} say the same thing"
            problems.append(Problem(at, RULE, what, "keep one of them"))
        else:
            value = _value(variable, found.value, fields)
            if value is None:
                what = f"the {name} of {entry.key!r} cannot be read"
                is_date = variable in {"issued", "accessed"}
                mend = "write a year, or year, month and day: 2020-05-17" if is_date else "write it without commands"
                problems.append(Problem(at, RULE, what, mend))
            else:
                if variable in _BIBTEX_NAMES:
                    problems.extend(_turned_about(entry, found.value, at))
                address = _ADDRESS.fullmatch(str(found.value).strip())
                if name == "howpublished" and address and "url" not in fields:
                    yield "URL", _value("URL", address[1], fields)
                else:
                    yield "issue" if variable == "number" and kind == "article" else variable, value


def _unread(entry: Any, fields: Mapping[str, Any], shown: str) -> Iterator[Problem]:
    """Yield what an entry says and the reader of BibTeX passes over, or takes for the words themselves."""
    if twice := sorted({each.key.lower() for each in entry.fields if fields[each.key.lower()] is not each}):
        place = Place(shown, (entry.start_line or 0) + 1, 1)
        yield Problem(place, RULE, f"an entry has two of: {', '.join(twice)}", "keep one of them")
    enclosed = entry.parser_metadata.get("removed_enclosing", {})
    for name, found in fields.items():
        at = Place(shown, (found.start_line or 0) + 1, 1)
        is_bare = enclosed.get(found.key) == "no-enclosing" and re.fullmatch("[0-9]+", str(found.value)) is None
        if name == "month" and _month(found.value) is None:
            what = f"the month of {entry.key!r} cannot be read"
            yield Problem(at, RULE, what, "write its number, or the first three letters of its name")
        elif is_bare and name in _BIBTEX_FIELDS:
            what = f"the {name} of {entry.key!r} stands neither in braces nor in quotes, and no @string is called so"
            yield Problem(at, RULE, what, "write it in braces, {…}, and what # joins as one")


def _turned_about(entry: Any, names: Sequence[Any], place: Place) -> Iterator[Problem]:
    """Yield the organisations among names, whose last word would be printed as a family name."""
    raw = " ".join((entry.raw or "").split())
    for parts in names:
        written = " ".join([*parts.first, *parts.von, *parts.last])
        if parts.first and parts.last[0][:1].islower() and written in raw:
            family = " ".join([*parts.von, *parts.last])
            what = f"{written!r} would be printed as a person of the family name {family!r}"
            mend = f"write {{{{{written}}}}} if it is an organisation, or «{family}, {' '.join(parts.first)}» if not"
            yield Problem(place, RULE, what, mend)


def _value(variable: str, value: Any, fields: Mapping[str, Any]) -> Any:
    """Give a field as CSL-JSON has it; None if it cannot be read."""
    try:
        return _read_value(variable, value, fields)
    except Exception:  # whatever pylatexenc stumbles over, be it nested too deep
        return None


def _read_value(variable: str, value: Any, fields: Mapping[str, Any]) -> Any:
    if variable in _BIBTEX_NAMES:
        return [_name(parts) for parts in value]
    if variable in {"issued", "accessed"}:
        return _date(_decoded(str(value)), fields if variable == "issued" else {})
    if variable == "URL":
        return re.sub(r"\\(?=[_%&#~])", "", str(value))
    text = _decoded(str(value))
    return re.sub(r"\s*(?:–|--?)\s*", "-", text) if variable == "page" else text


def _name(parts: Any) -> dict[str, str]:
    last = _decoded(" ".join(parts.last))
    if not (parts.first or parts.von or parts.jr):
        return {"literal": last}
    given = {"given": parts.first, "non-dropping-particle": parts.von, "suffix": parts.jr}
    return {"family": last, **{name: _decoded(" ".join(words)) for name, words in given.items() if words}}


def _date(text: str, fields: Mapping[str, Any]) -> dict[str, Any] | None:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text.strip())
    if match is None:
        return {"literal": text} if re.fullmatch(r"[^\W\d_][\w .]*", text) else None
    parts = [int(part) for part in match.groups() if part]
    month = _month(fields["month"].value) if "month" in fields else None
    return {"date-parts": [[*parts, month] if len(parts) == 1 and month else parts]}


def _month(written: Any) -> int | None:
    """Give the number of a month by its number, or by what its name begins with; None if it cannot be read."""
    typed = str(written).strip(" {}").lower()
    if re.fullmatch("0?[1-9]|1[0-2]", typed):
        return int(typed)
    found = _MONTH.search(typed)
    return _MONTHS[found[0]] if found is not None else None


def _decoded(text: str) -> str:
    """Give the letters that LaTeX stands for, without braces."""
    from pylatexenc.latex2text import LatexNodes2Text

    text = _ADDRESS.sub(r"\1", text)
    text = re.sub(r"(?<!\\)[&%#_]", lambda match: f"\\{match[0]}", text)  # which many type as it is
    return " ".join(LatexNodes2Text(math_mode="text", keep_braced_groups=False).latex_to_text(text).split())


def years_lettered(sources: Sequence[Source]) -> bool:
    """Tell whether entries have years that a letter can be put to."""
    return all("date-parts" in source.data.get("issued", {}) for source in sources)
