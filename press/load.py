"""Load: the YAML of a project in, a `Report` out. The only stage that reads `content/`.

Every file is read before anything is refused, so that an author sees all problems of a run together. Nothing is fixed
and nothing is filled in silently. Left to `press.checks`: whatever needs more than one file to be wrong.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from press import blocks as block_types
from press.blocks import Node, kind_of, unknown_kind
from press.errors import ContentError, Place, Problem, did_you_mean
from press.images import image_problems
from press.report import (
    GROUPS,
    DataColumn,
    DataFile,
    DataTable,
    Fact,
    FigureSource,
    Group,
    ReadTable,
    Report,
    Section,
    SectionContent,
    Settings,
    Value,
)
from press.strict_yaml import Located, LocatedList, LocatedMap, read_text, read_yaml
from press.terms import Terms

RULE = "schema"
TERMS = "content/terms.yaml"
FINGERPRINTED = (("content", "*"), ("figures", "*.py"), ("figures", "*.mplstyle"))
ModelT = TypeVar("ModelT", bound=Node)


def load(project: Path) -> Report:
    """Read the publication in `project`; raises ContentError with every problem of every file."""
    loader = _Loader(project)
    settings = loader.model("content/report.yaml", Settings)
    facts = loader.facts()
    sections = loader.sections(settings) if settings is not None else ()
    figures = loader.figures(sections)
    images = loader.images(sections)
    hyphenation = loader.hyphenation()
    terms = loader.model(TERMS, Terms) if (project / TERMS).exists() else None
    if loader.problems or settings is None:
        raise ContentError(sorted(set(loader.problems)))
    return Report(
        project,
        settings,
        facts,
        sections,
        figures,
        images,
        terms,
        fingerprint(project),
        hyphenation,
        tuple(loader.files),
    )


def fingerprint(project: Path) -> str:
    """Hash what a publication is made from: every file in `content/`, every script and style in `figures/`."""
    digest = hashlib.sha256()
    files = [path for folder in FINGERPRINTED for path in (project / folder[0]).rglob(folder[1]) if path.is_file()]
    for path in sorted(files, key=lambda path: path.relative_to(project).as_posix()):
        name, data = path.relative_to(project).as_posix().encode(), path.read_bytes()
        digest.update(b"%d %s %d " % (len(name), name, len(data)) + data)
    return digest.hexdigest()


class _Loader:
    """Gathers the problems of all files while they are read."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.problems: list[Problem] = []
        self.files: list[str] = []

    def model(self, shown: str, kind: type[ModelT]) -> ModelT | None:
        """Read one file as a model; None, and problems kept, if it cannot be."""
        data = self._yaml(shown)
        return self._validate(data, kind) if data is not None else None

    def facts(self) -> Mapping[str, Fact]:
        if not (self.project / "content/facts.yaml").exists():
            return {}
        data = self._yaml("content/facts.yaml")
        facts = {str(name): self._validate(value, Fact) for name, value in (data or {}).items()}
        return {name: fact for name, fact in facts.items() if fact is not None}

    def hyphenation(self) -> tuple[Located, ...]:
        shown = "content/hyphenation.yaml"
        if not (self.project / shown).exists():
            return ()
        data = self._yaml(shown) or LocatedMap(Place(shown))
        words = data.get("words", LocatedList(data.place))
        for key in data:
            if key != "words":
                self._add(data.key_places[key], f"unknown key {key!r}", "this file has the one key `words`")
        if not isinstance(words, LocatedList):
            self._add(data.place, "`words` must be a list", "write one `- sammen-slå-ing` a line")
            return ()
        for word in words:
            if not isinstance(word, Located) or "-" not in word.strip("-") or not word.replace("-", "").isalpha():
                place = word.place if isinstance(word, Located | LocatedMap | LocatedList) else data.place
                self._add(
                    place, f"{word!s} is no word with breaks", "write the word with a hyphen at each allowed break"
                )
        return tuple(word for word in words if isinstance(word, Located))

    def sections(self, settings: Settings) -> tuple[Section, ...]:
        seen: dict[str, Place] = {}
        found: list[Section] = []
        for group in GROUPS:
            entries = getattr(settings.order, group)
            if isinstance(entries, LocatedList):
                found.extend(self._sections(entries, group, 1, seen))
            elif entries != ():
                self._add(settings.order.place, f"`{group}` must be a list of section ids", "write one `- id` a line")
        return tuple(found)

    def figures(self, sections: tuple[Section, ...]) -> Mapping[str, FigureSource]:
        sources: dict[str, FigureSource] = {}
        for _, block in (pair for section in sections for pair in section.blocks()):
            if isinstance(block, block_types.Figure) and block.figure not in sources:
                shown = f"content/data/{block.figure}.yaml"
                if not (self.project / shown).exists():
                    self._add(
                        block.figure.place, f"the figure {block.figure!r} has no data", f"write {shown}", rule="file"
                    )
                    continue
                declared = self.model(shown, DataFile)
                if declared is not None:
                    sources[str(block.figure)] = self._figure_source(declared, shown)
        return sources

    def images(self, sections: tuple[Section, ...]) -> Mapping[str, bytes]:
        images: dict[str, bytes] = {}
        for _, block in (pair for section in sections for pair in section.blocks()):
            if not isinstance(block, block_types.Photo) or block.image is None:
                continue
            shown = f"content/images/{block.image}"
            if self._inside(block.image, shown):
                data = (self.project / shown).read_bytes()
                self.problems.extend(image_problems(data, block.image))
                images[str(block.image)] = data
        return images

    def _sections(self, entries: LocatedList, group: Group, level: int, seen: dict[str, Place]) -> Iterator[Section]:
        for entry in entries:
            name, below = self._entry(entry)
            if name is None:
                continue
            if name in seen:
                self._add(
                    name.place,
                    f"the section {name!r} stands in the order twice (first in line {seen[name].line})",
                    "remove one",
                )
                continue
            seen[name] = name.place
            shown = f"content/{name}.yaml"
            if not (self.project / shown).exists():
                stems = [path.stem for path in (self.project / "content").glob("*.yaml")]
                self._add(
                    name.place, f"there is no file {shown}", did_you_mean(name, stems, f"write {shown}"), rule="file"
                )
                continue
            content = self.model(shown, SectionContent)
            children = tuple(self._sections(below, group, level + 1, seen))
            if content is not None:
                yield Section(str(name), name.place, group, level, content, children)

    def _entry(self, entry: Any) -> tuple[Located | None, LocatedList]:
        if isinstance(entry, Located):
            return entry, LocatedList(entry.place)
        if isinstance(entry, LocatedMap) and len(entry) == 1:
            ((key, below),) = entry.items()
            if isinstance(below, LocatedList):
                return Located(key, entry.key_places[key]), below
        place = entry.place if isinstance(entry, LocatedMap | LocatedList) else Place("content/report.yaml")
        self._add(
            place,
            "this entry is neither a section nor a section with subsections",
            "write `- id`, or `- id:` and a list under it",
        )
        return None, LocatedList(place)

    def _figure_source(self, declared: DataFile, shown: str) -> FigureSource:
        folder = shown.rpartition("/")[0]
        tables = {name: self._table(table, folder) for name, table in declared.tables.items()}
        shapes = {name: self._shape(file, f"{folder}/{file}") for name, file in declared.shapes.items()}
        return FigureSource(declared, tables, shapes)

    def _table(self, table: DataTable, folder: str) -> ReadTable:
        keys = tuple(str(column.key) for column in table.columns)
        texts: list[tuple[Located, ...]] = []
        if (table.rows is None) == (table.csv is None):
            self._add(table.place, "a table has either `rows` or `csv`", "keep one of them")
        elif table.csv is not None:
            texts = self._csv_rows(table.csv, f"{folder}/{table.csv}", keys)
        else:
            for row in table.rows or ():
                if all(isinstance(cell, Located) for cell in row):
                    texts.append(row)
                else:
                    self._add(table.place, "a row holds something other than text", "write each row as [cell, cell, …]")
        rows = []
        for row in texts:
            if len(row) != len(keys):
                what = f"the row has {len(row)} cells, and the table {len(keys)} columns"
                self._add(
                    row[0].place if row else table.place,
                    what,
                    f"give a cell for each of: {', '.join(keys)}",
                    rule="data",
                )
                continue
            rows.append(
                {key: self._value(cell, column) for key, cell, column in zip(keys, row, table.columns, strict=True)}
            )
        return ReadTable(table, tuple(rows), tuple(row for row in texts if len(row) == len(keys)))

    def _csv_rows(self, file: Located, shown: str, keys: tuple[str, ...]) -> list[tuple[Located, ...]]:
        if not self._inside(file, shown):
            return []
        try:
            text = read_text(self.project / shown, shown)
        except ContentError as error:
            self.problems.extend(error.problems)
            return []
        self.files.append(shown)
        reader = csv.reader(io.StringIO(text), delimiter=";")
        rows: list[tuple[Located, ...]] = []
        for number, cells in enumerate(reader):
            located = tuple(Located(cell, Place(shown, reader.line_num, 1)) for cell in cells)
            if number == 0 and tuple(cells) != keys:
                self._add(
                    Place(shown, 1, 1), f"the heads are {', '.join(cells)}", f"write {';'.join(keys)}", rule="data"
                )
                return []
            if number and cells:
                rows.append(located)
        return rows

    def _value(self, cell: Located, column: DataColumn) -> Value:
        if not cell:
            return None
        if column.type == "text":
            return cell
        try:
            return int(cell) if column.type == "integer" else float(cell)
        except ValueError:
            kind = "a whole number" if column.type == "integer" else "a number with a decimal point"
            self._add(
                cell.place,
                f"{str(cell)!r} in the column {str(column.key)!r} is not {kind}",
                "mend the cell or the column's type",
                rule="data",
            )
            return None

    def _shape(self, file: Located, shown: str) -> Any:
        if not self._inside(file, shown):
            return None
        try:
            text = read_text(self.project / shown, shown)
            self.files.append(shown)
            return json.loads(text)
        except ContentError as error:
            self.problems.extend(error.problems)
        except json.JSONDecodeError as error:
            self._add(
                Place(shown, error.lineno, error.colno),
                f"this is not JSON: {error.msg}",
                "export the shape again",
                rule="data",
            )
        return None

    def _inside(self, file: Located, shown: str) -> bool:
        folder = (self.project / shown.rpartition("/")[0]).resolve()
        if "/" in file or "\\" in file or not (self.project / shown).resolve().is_relative_to(folder):
            self._add(
                file.place,
                f"{file} does not lie in {shown.rpartition('/')[0]}/",
                "name a file in that folder, without a path",
                rule="file",
            )
            return False
        if not (self.project / shown).is_file():
            self._add(file.place, f"there is no file {shown}", "write the file or mend its name", rule="file")
            return False
        return True

    def _yaml(self, shown: str) -> LocatedMap | None:
        try:
            data = read_yaml(self.project / shown, shown)
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        self.files.append(shown)
        return data

    def _validate(self, data: Any, kind: type[ModelT]) -> ModelT | None:
        if isinstance(data, LocatedMap):
            self._unknown_keys(data, kind)
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            self.problems.extend(_problem(details, data, kind) for details in error.errors(include_url=False))
            return None

    def _unknown_keys(self, data: LocatedMap, kind: type[Node]) -> None:
        """Report keys that no model has, here and in everything below, whatever else is wrong there."""
        known = kind.keys()
        for key, value in data.items():
            if key not in known:
                mend = did_you_mean(key, known, f"the keys here are: {', '.join(known)}")
                self._add(data.key_places[key], f"unknown key {key!r}", mend)
                continue
            for item, model in _models_below(value, kind.model_fields[key].annotation, key):
                self._unknown_keys(item, model)

    def _add(self, place: Place, what: str, mend: str, rule: str = RULE) -> None:
        self.problems.append(Problem(place, rule, what, mend))


def _models_below(value: Any, annotation: Any, key: str) -> Iterator[tuple[LocatedMap, type[Node]]]:
    """Yield the mappings in `value` together with the models that read them."""
    if key in {"blocks", "closing"} and isinstance(value, LocatedList):
        for item in value:
            if (kind := kind_of(item)) is not None:
                yield item, block_types.KINDS[kind]
        return
    models = [part for part in _flatten(annotation) if isinstance(part, type) and issubclass(part, Node)]
    if not models:
        return
    items = value if isinstance(value, LocatedList) else [value]
    if isinstance(value, LocatedMap) and _is_mapping(annotation):
        items = list(value.values())
    for item in items:
        if isinstance(item, LocatedMap):
            yield item, models[0]


def _flatten(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _flatten(part)


def _is_mapping(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is dict


def _problem(details: Any, data: Any, kind: type[Node]) -> Problem:
    """Turn one of pydantic's errors into a problem with a place in the file."""
    place, key, node = _find(data, details["loc"])
    what, mend = _say(details, key, node, kind)
    return Problem(place, RULE, what, mend)


def _find(data: Any, location: tuple[int | str, ...]) -> tuple[Place, str, Any]:
    """Follow pydantic's path; returns the place of what it leads to, the last key, and the value there."""
    place: Place = data.place
    node, key, after_item = data, "", False
    for step in location:
        if isinstance(node, LocatedList) and isinstance(step, int) and step < len(node):
            node, after_item = node[step], True
            place = node.place
        elif (
            isinstance(node, LocatedMap)
            and step in node
            and not (after_item and step == kind_of(node) and key in {"blocks", "closing"})
        ):
            key, after_item = str(step), False
            node = node[key]
            place = getattr(node, "place", place)
        else:
            # Either the tag that pydantic puts in for a block's type, or the name of a key that is missing.
            if not (after_item and step == kind_of(node)):
                key = str(step)
            after_item = False
    return place, key, node


def _say(details: Any, key: str, node: Any, kind: type[Node]) -> tuple[str, str]:
    match details["type"]:
        case "missing":
            return f"the key {key!r} is missing", f"add a line `{key}: …`"
        case "union_tag_not_found" | "union_tag_invalid":
            mend = unknown_kind(node) if isinstance(node, LocatedMap) else "write a block: `- text: |`"
            return "this block does not say what it is", mend
        case "literal_error":
            return f"{str(node)!r} is not a choice for {key!r}", f"choose {details['ctx']['expected']}"
        case "date_from_datetime_parsing" | "date_type" | "date_parsing":
            return f"{str(node)!r} is not a date", "write YYYY-MM-DD"
        case "string_pattern_mismatch":
            return f"{str(node)!r} is not a number", "write digits, with a decimal point if need be"
        case "tuple_type" | "list_type":
            return f"{key!r} must be a list", "write one `- …` a line"
        case "dict_type":
            return f"{key!r} must hold `key: value` lines", "write `name: words` lines under it"
        case "text_empty":
            return f"{key!r} is empty", "write its words, or leave the key out"
        case "photo_shown":
            return details["msg"], "name the file under `image`, or give the reason under `left_out`"
        case "too_short" | "too_long":
            return f"{key!r} holds {len(node)} entries", details["msg"]
    return f"{key}: {details['msg']}", f"see how other files write {key!r}"
