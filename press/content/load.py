"""Load: the YAML of a project in, a `Report` out. The only stage that reads `content/`.

Every file is read before anything is refused, so that an author sees all problems of a run together. Nothing is fixed
and nothing is filled in silently. Left to `press.checks`: whatever needs more than one file to be wrong.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from press.content import blocks as block_types
from press.content.blocks import Block, Table
from press.content.characters import MOST_ALIKE
from press.content.data import csv_text, read_shape, read_table, rows_of, rows_of_csv
from press.content.files import DATA, EDITION, FACTS, HYPHENATION, LISTS, REPORT, SECTION, THEME, ContentFile
from press.content.images import LARGEST_BYTES, image_problems
from press.content.lists import WORDS, Denylist, ListedWord, listed_words
from press.content.pictures import LetIn, let_in
from press.content.report import (
    DRAFT,
    GROUPS,
    DataFile,
    DataTable,
    EditionContent,
    EditionSection,
    Fact,
    FigureSource,
    Group,
    Numbering,
    ReadTable,
    Report,
    Section,
    SectionContent,
    Settings,
)
from press.content.sources import ENDINGS, Sources, read_sources, style_problems
from press.content.strict_yaml import (
    Located,
    LocatedList,
    LocatedMap,
    is_within,
    parse_yaml,
    read_bytes,
    read_text,
    read_yaml,
)
from press.content.tables import as_data, filled
from press.content.theme import Theme, default_theme
from press.content.typefaces import own_faces
from press.content.validation import RULE, ModelT, validate
from press.door.commands import RESERVED
from press.editions.approvals import FILE as APPROVED
from press.editions.approvals import Approval, read_approvals
from press.errors import ContentError, Place, Problem, did_you_mean
from press.figures.scripts import read_by_figures
from press.fonts import use_own
from press.surroundings import DENYLIST

ID_PATTERN = re.compile(r"(?=.{1,100}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")
FILE_PATTERN = re.compile(r"(?=.{1,100}\Z)\w[\w. -]*")
"""Names that mean themselves in an address and on every system."""
ID_MEND = "write small letters a–z and digits, with hyphens between words"

BlocksT = TypeVar("BlocksT", SectionContent, EditionSection)
MOST_KNOWN = 2000
"""How many files a living process knows."""
MOST_VERSIONS = 8
"""And of each, how many of the texts that it had: somebody may undo an edit; nobody needs all of a day's."""


def load(project: Path) -> Report:
    """Read the publication in `project`; raises ContentError with every problem of every file."""
    loader = _Loader(project)
    settings = loader.model(REPORT)
    facts = loader.facts()
    sections = loader.sections(settings) if settings is not None else ()
    figures = loader.figures(sections)
    images = loader.images(sections)
    hyphenation = loader.optional(HYPHENATION)
    lists = {str(file.schema): loader.optional(file) for file in LISTS}
    if outside := os.environ.get(DENYLIST):
        lists["denylist"] = loader.denylist(Path(outside), lists["denylist"])
    theme = loader.optional(THEME) or default_theme()
    loader.logo(theme)
    faces, amiss = own_faces(project, theme)
    loader.problems.extend(amiss)
    words = loader.words()
    sources = loader.sources(settings) if settings is not None else None
    editions = loader.editions()
    approvals, approvals_amiss = loader.approvals()
    if loader.problems or settings is None:
        raise ContentError(sorted(set(loader.problems)))
    scripts = {name: (project / name).read_bytes() for name in read_by_figures(project, figures)}
    fonts = {f"fonts/{face.file}": face.content for face in faces}
    use_own(faces)
    return Report(
        project=project,
        settings=settings,
        facts=facts,
        sections=sections,
        figures=figures,
        images=images,
        pictures=loader.pictures,
        fingerprint=fingerprint(loader.texts, {**images, **loader.marks}, scripts, fonts),
        editions=editions,
        approvals=approvals,
        approvals_amiss=tuple(approvals_amiss),
        hyphenation=hyphenation.words if hyphenation is not None else (),
        undivided=hyphenation.names if hyphenation is not None else (),
        files=loader.texts,
        words=words,
        theme=theme,
        faces=faces,
        sources=sources,
        scripts=scripts,
        **lists,
    )


def fingerprint(
    texts: Mapping[str, str],
    images: Mapping[str, bytes],
    scripts: Mapping[str, bytes],
    fonts: Mapping[str, bytes] | None = None,
) -> str:
    """Hash what a publication is made from, as it was read, by the names of the files.

    What a checkout or an editor does to the same content changes nothing: line ends, a byte order mark, the line end
    behind the last line. Nor does what editors approved, which is not printed.
    """
    files = {name: text.rstrip("\n").encode() for name, text in texts.items() if name != APPROVED}
    files |= {f"content/images/{name}": data for name, data in images.items()}
    files |= {name: data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").rstrip(b"\n") for name, data in scripts.items()}
    files |= fonts or {}
    digest = hashlib.sha256()
    for shown, data in sorted(files.items()):
        name = shown.encode()
        digest.update(b"%d %s %d " % (len(name), name, len(data)) + data)
    return digest.hexdigest()


@lru_cache(maxsize=MOST_KNOWN)
def _parser_of(shown: str) -> Callable[[str], LocatedMap]:
    """Give what parses a file; a process that reads it again as it was need not. Nobody changes what was read."""
    return lru_cache(maxsize=MOST_VERSIONS)(lambda text: parse_yaml(text, shown))


@lru_cache(maxsize=MOST_KNOWN)
def _validator_of(shown: str, model: type[ModelT]) -> Callable[[str], tuple[ModelT | None, Sequence[Problem]]]:
    """Give what holds a file that can be parsed against its model, which cannot be changed either."""
    return lru_cache(maxsize=MOST_VERSIONS)(lambda text: validate(_parser_of(shown)(text), model))


class _Loader:
    """Gathers the problems of all files while they are read."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.problems: list[Problem] = []
        self.texts: dict[str, str] = {}
        """What was read, by file."""
        self.pictures: dict[str, LetIn] = {}
        self.marks: dict[str, bytes] = {}
        """The file of the logo."""
        self._numbering: Numbering | None = None
        self._named: dict[str, str] = {}
        """Files that content names, by their small letters."""

    def model(self, file: ContentFile[ModelT], id_: str = "") -> ModelT | None:
        """Read one file as its model; None, and problems kept, if it cannot be."""
        shown = file.named(id_)
        data = self._yaml(shown)
        if data is None:
            return None
        node, problems = _validator_of(shown, file.model)(self.texts[shown])
        self.problems.extend(problems)
        return node

    def optional(self, file: ContentFile[ModelT]) -> ModelT | None:
        """Read a file that a project may leave out."""
        return self.model(file) if (self.project / file.path).exists() else None

    def denylist(self, outside: Path, listed: Denylist | None) -> Denylist | None:
        """Add the names of a file elsewhere to those in `listed`. It is no part of the publication, nor of its hash."""
        try:
            data = read_yaml(outside, str(outside))
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        more = self._validate(data, Denylist)
        return more and more.model_copy(update={"names": (*(listed.names if listed else ()), *more.names)})

    def facts(self) -> Mapping[str, Fact]:
        data = self._yaml(FACTS.path) if (self.project / FACTS.path).exists() else None
        facts = {str(name): self._validate(value, Fact, str(name)) for name, value in (data or {}).items()}
        return {name: fact for name, fact in facts.items() if fact is not None}

    def editions(self) -> Mapping[str, EditionContent]:
        """Read the short editions, by name."""
        found: dict[str, EditionContent] = {}
        for path in sorted(self.project.glob(EDITION.named("[!.]*"))):
            if not ID_PATTERN.fullmatch(path.stem) or path.stem in RESERVED or path.stem.endswith(DRAFT):
                what = f"{path.stem!r} cannot be the name of an edition"
                mend = f"{ID_MEND}, without {DRAFT} at the end, and none of: {', '.join(sorted(RESERVED))}"
                self._add(Place(EDITION.named(path.stem)), what, mend)
            elif (edition := self.model(EDITION, path.stem)) is not None:
                sections = tuple(self._filled(section) for section in edition.sections)
                found[path.stem] = edition.model_copy(update={"sections": sections})
        return found

    def approvals(self) -> tuple[dict[str, tuple[Approval, ...]], list[Problem]]:
        """Read what editors approved. What is amiss with the file stops nothing here: `approve` mends it."""
        path = self.project / APPROVED
        if not path.exists():
            return {}, []
        if not is_within(path, self.project):
            self._add_outward_link(APPROVED)
            return {}, []
        return read_approvals(path.read_bytes().decode("utf-8", "replace") if path.is_file() else "?")

    def words(self) -> tuple[ListedWord, ...] | None:
        if not (self.project / WORDS).exists():
            return None
        if not is_within(self.project / WORDS, self.project):
            self._add_outward_link(WORDS)
            return None
        try:
            text = self.texts[WORDS] = read_text(self.project / WORDS, WORDS)
            found = list(listed_words(text, RULE))
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        self.problems.extend(entry for entry in found if isinstance(entry, Problem))
        return tuple(entry for entry in found if isinstance(entry, ListedWord))

    def sources(self, settings: Settings) -> Sources | None:
        """Read what may be cited, and the style that it is set in."""
        if settings.references is None:
            return None
        style, style_place = None, None
        if settings.reference_style is not None:
            style, style_place = self._style(settings.reference_style)
        shown = f"content/{settings.references}"
        if not shown.endswith(tuple(ENDINGS)):
            mend = f"name one that ends in {' or '.join(f'{end} ({name})' for end, name in ENDINGS.items())}"
            self._add(settings.references.place, f"{shown} is no file of sources", mend)
            return None
        text = self._text(settings.references, shown)
        entries = read_sources(text, shown, self.problems) if text is not None else {}
        return Sources(settings.references.place, entries, style, style_place)

    def _style(self, file: Located) -> tuple[str | None, Place]:
        shown = f"content/{file}"
        if not shown.endswith(".csl"):
            self._add(file.place, f"{shown} is no CSL style", "name a file that ends in .csl")
            return None, file.place
        text = self._text(file, shown)
        if text is not None:
            self.problems.extend(style_problems(text, Place(shown, 1, 1)))
        return text, Place(shown, 1, 1)

    def sections(self, settings: Settings) -> tuple[Section, ...]:
        seen: dict[str, Place] = {}
        found: list[Section] = []
        self._numbering = settings.numbering
        for group in GROUPS:
            entries = getattr(settings.order, group)
            if isinstance(entries, LocatedList):
                found.extend(self._sections(entries, group, 1, seen, "dividers" in settings.leave_out))
            elif entries != ():
                self._add(settings.order.place, f"`{group}` must be a list of section ids", "write one `- id` a line")
        return tuple(found)

    def figures(self, sections: tuple[Section, ...]) -> Mapping[str, FigureSource]:
        sources: dict[str, FigureSource] = {}
        for _, block in (pair for section in sections for pair in section.blocks()):
            if isinstance(block, block_types.Figure) and block.figure not in sources:
                shown = DATA.named(block.figure)
                if not ID_PATTERN.fullmatch(block.figure):
                    what = f"{str(block.figure)!r} cannot be the id of a figure"
                    self._add(block.figure.place, what, ID_MEND)
                    continue
                if not (self.project / shown).exists():
                    self._add(
                        block.figure.place, f"the figure {block.figure!r} has no data", f"write {shown}", rule="file"
                    )
                    continue
                declared = self.model(DATA, block.figure)
                if declared is not None:
                    sources[str(block.figure)] = self._figure_source(declared, shown)
        return sources

    def images(self, sections: tuple[Section, ...]) -> Mapping[str, bytes]:
        images: dict[str, bytes] = {}
        for _, block in (pair for section in sections for pair in section.blocks()):
            if not isinstance(block, block_types.Photo | block_types.Picture) or block.image is None:
                continue
            shown = f"content/images/{block.image}"
            if self._inside(block.image, shown):
                data = self._bytes(block.image, shown)
                if isinstance(block, block_types.Picture):
                    self._let_in(block.image, data)
                    images.setdefault(str(block.image), data)
                    continue
                self.problems.extend(image_problems(data, block.image))
                images[str(block.image)] = data
        return images

    def logo(self, theme: Theme) -> None:
        """Let in the mark of a theme."""
        if theme.logo is not None and self._inside(theme.logo.file, f"content/images/{theme.logo.file}"):
            data = self._bytes(theme.logo.file, f"content/images/{theme.logo.file}")
            self.marks[str(theme.logo.file)] = data
            self._let_in(theme.logo.file, data)

    def _let_in(self, file: Located, data: bytes) -> None:
        """Make a picture ready for print, once for all blocks that show it."""
        if file not in self.pictures and (picture := let_in(data, file, self.problems)) is not None:
            self.pictures[str(file)] = picture

    def _sections(
        self, entries: LocatedList, group: Group, level: int, seen: dict[str, Place], has_no_dividers: bool
    ) -> Iterator[Section]:
        for entry in entries:
            name, below = self._entry(entry)
            if name is None:
                continue
            if not ID_PATTERN.fullmatch(name):
                self._add(name.place, f"{str(name)!r} cannot be the id of a section", ID_MEND)
                continue
            if name in seen:
                self._add(
                    name.place,
                    f"the section {name!r} stands in the order twice (first in line {seen[name].line})",
                    "remove one",
                )
                continue
            seen[name] = name.place
            shown = SECTION.named(name)
            if not (self.project / shown).exists():
                stems = [path.stem for path in self.project.glob(SECTION.named("[!.]*"))]
                self._add(
                    name.place, f"there is no file {shown}", did_you_mean(name, stems, f"write {shown}"), rule="file"
                )
                continue
            content = self.model(SECTION, name)
            if content is not None and has_no_dividers:
                content = content.model_copy(update={"divider": None})
            children = tuple(self._sections(below, group, level + 1, seen, has_no_dividers))
            if content is not None:
                filled_in = self._filled(content)
                yield Section(str(name), name.place, group, level, filled_in, children, self._numbering)

    def _filled(self, node: BlocksT) -> BlocksT:
        """Read the tables of a section. What was validated is shared and not changed."""
        lists: dict[str, tuple[Block, ...]] = {
            name: getattr(node, name) for name in ("blocks", "closing") if hasattr(node, name)
        }
        if not any(isinstance(block, Table) for blocks in lists.values() for block in blocks):
            return node
        return node.model_copy(
            update={
                name: tuple(self._filled_table(block) if isinstance(block, Table) else block for block in blocks)
                for name, blocks in lists.items()
            }
        )

    def _filled_table(self, table: Table) -> Table:
        if table.csv is None:
            return filled(table, table.rows or (), self.problems, MOST_ALIKE)
        before = len(self.problems)
        rows = self._csv(as_data(table), table.csv, f"content/data/{table.csv}")
        if not rows and len(self.problems) > before:
            return table  # whose rows could not be read, as is told
        return filled(table, rows, self.problems, 1)

    def _entry(self, entry: Any) -> tuple[Located | None, LocatedList]:
        if isinstance(entry, Located) and entry:
            return entry, LocatedList(entry.place)
        if isinstance(entry, LocatedMap) and len(entry) == 1:
            ((key, below),) = entry.items()
            if isinstance(below, LocatedList):
                return Located(key, entry.key_places[key]), below
        place: Place = entry.place
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
        if (table.rows is None) == (table.csv is None):
            self._add(table.place, "a table has either `rows` or `csv`", "keep one of them")
        elif table.csv is not None:
            return read_table(table, self._csv(table, table.csv, f"{folder}/{table.csv}"), self.problems, 1)
        return read_table(table, list(rows_of(table, self.problems)), self.problems)

    def _csv(self, table: DataTable, file: Located, shown: str) -> list[tuple[Located, ...]]:
        """Read the rows of a CSV file; none, and problems kept, if they cannot be."""
        if not self._inside(file, shown):
            return []
        try:
            data = read_bytes(self.project / shown, shown)
        except ContentError as error:
            self.problems.extend(error.problems)
            return []
        text = csv_text(data, shown, table, self.problems)
        if text is None:
            return []
        self.texts[shown] = text
        return rows_of_csv(text, shown, table, self.problems)

    def _shape(self, file: Located, shown: str) -> Any:
        text = self._text(file, shown)
        shape, problem = read_shape(text, shown) if text is not None else (None, None)
        if problem is not None:
            self.problems.append(problem)
        return shape

    def _text(self, file: Located, shown: str) -> str | None:
        """Read a file that content names; None, and problems kept, if it cannot be."""
        if not self._inside(file, shown):
            return None
        try:
            text = self.texts[shown] = read_text(self.project / shown, shown)
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        return text

    def _bytes(self, file: Located, shown: str) -> bytes:
        """Read an image, and no more of it than one byte too many."""
        try:
            with (self.project / shown).open("rb") as image:
                return image.read(LARGEST_BYTES + 1)
        except OSError as error:
            self._add(file.place, f"{shown} cannot be read: {error.strerror}", "let it be read", rule="file")
            return b""

    def _inside(self, file: Located, shown: str) -> bool:
        folder = self.project / shown.rpartition("/")[0]
        is_path = "/" in file or "\\" in file or file in {".", ".."}
        if not is_path and not FILE_PATTERN.fullmatch(file):
            what, mend = f"{str(file)!r} cannot be the name of a file", "use letters, digits, points and hyphens"
            self._add(file.place, what, mend, rule="file")
            return False
        if is_path or not is_within(self.project / shown, folder) or not is_within(folder, self.project):
            self._add(
                file.place,
                f"{file} does not lie in {shown.rpartition('/')[0]}/",
                "name a file in that folder, without a path",
                rule="file",
            )
            return False
        if not (self.project / shown).is_file():
            self._add(file.place, f"there is no file {shown}", _mend_missing(folder, file), rule="file")
            return False
        first = self._named.setdefault(shown.casefold(), shown)
        if first != shown:
            what = f"{shown} and {first} differ in nothing but capitals: on many computers they are one file"
            self._add(file.place, what, "give one of the two another name", rule="file")
            return False
        return True

    def _yaml(self, shown: str) -> LocatedMap | None:
        if not is_within(self.project / shown, self.project):
            self._add_outward_link(shown)
            return None
        try:
            text = read_text(self.project / shown, shown)
            data = _parser_of(shown)(text)
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        self.texts[shown] = text
        return data

    def _validate(self, data: Any, kind: type[ModelT], name: str = "") -> ModelT | None:
        node, problems = validate(data, kind, name)
        self.problems.extend(problems)
        return node

    def _add_outward_link(self, shown: str) -> None:
        self._add(Place(shown), "this file is a link that leads out of the project", "put the file itself here", "file")

    def _add(self, place: Place, what: str, mend: str, rule: str = RULE) -> None:
        self.problems.append(Problem(place, rule, what, mend))


def _mend_missing(folder: Path, name: str) -> str:
    """Say what to do about a file that is not there, or is but for how its name is put together."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    if any(other != name == unicodedata.normalize("NFC", other) for other in names):
        return f"a file there looks as if it were called so, with letters put together from two: call it {name} anew"
    return did_you_mean(name, names, "write the file or mend its name")
