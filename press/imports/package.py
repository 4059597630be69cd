"""A Word file opened: a ZIP archive of XML, in which nothing is believed.

Refused are archives that would fill the memory, XML that declares entities or goes too deep, macros, passwords, and
pictures that lie elsewhere: whatever is read here is in the file, and whatever is not is never fetched.

Source: ECMA-376, part 2 (packages); its 9.1.1 has no document type declarations.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from press.errors import Place, Problem, ReportError

RULE = "import"
LARGEST_BYTES = 60_000_000
"""Of the file."""
LARGEST_WHOLE = 300_000_000
"""Of all that is packed into it."""
LARGEST_XML = 20_000_000
MOST_PARTS = 5_000
MOST_ELEMENTS = 500_000
"""Of a part; a report of a thousand pages has as many."""
DEEPEST = 60
SAVE_ANEW = "open it in Word and save it as «Word document (.docx)»"
OLDER = b"\xd0\xcf\x11\xe0"
"""How files of Word 97, and those with a password, begin."""
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
Element = ElementTree.Element


@dataclass(frozen=True)
class Relation:
    """What a part refers to by an id."""

    kind: str
    """The last word of its type: `image`, `hyperlink`, `header`."""
    target: str
    is_external: bool


class Package:
    """The parts of a Word file; raises ReportError where it is opened."""

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self._archive = self._opened(path)
        self._names = {info.filename: info for info in self._archive.infolist()}
        self.main = next((part.target for part in self.relations("").values() if part.kind == "officeDocument"), "")
        if self.main not in self._names:
            raise self.refused("no text of Word is in this file", SAVE_ANEW)
        if any("vbaproject" in name.lower() for name in self._names) or b"macroEnabled" in self.read(
            "[Content_Types].xml"
        ):
            raise self.refused("this file holds macros, which are programs", "save it as .docx, which has none")
        if elsewhere := [*self._pictures_elsewhere()]:
            mend = "in Word: «Edit links to files», «Break link», or insert the picture itself"
            raise ReportError([self._problem(f"a picture is not in the file: {each}", mend) for each in elsewhere])

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def refused(self, what: str, mend: str) -> ReportError:
        return ReportError([self._problem(what, mend)])

    def read(self, name: str, most: int = LARGEST_XML) -> bytes:
        """Read a part, and never more of it than may be."""
        if name not in self._names:
            raise self.refused(f"a part is missing: {name}", SAVE_ANEW)
        try:
            with self._archive.open(self._names[name]) as part:
                data = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
            raise self.refused(f"a part cannot be read: {name}", SAVE_ANEW) from error
        if len(data) > most:
            raise self.refused(f"a part is larger than {most} bytes: {name}", "save the text in several files")
        return data

    def xml(self, name: str) -> Element:
        """Read a part that is XML."""
        data = self.read(name)
        self._require_plain(data, name)
        return ElementTree.fromstring(data)  # noqa: S314 - without entities, and not too deep

    def relations(self, part: str) -> dict[str, Relation]:
        """Give what a part refers to, by id; of the whole package for no part."""
        folder, _, name = part.rpartition("/")
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found = self.xml(path).iter(RELATIONSHIP) if path in self._names else ()
        return {each.get("Id", ""): _relation(each, folder) for each in found}

    def _opened(self, path: Path) -> zipfile.ZipFile:
        try:
            if path.stat().st_size > LARGEST_BYTES:
                raise self.refused(f"the file is larger than {LARGEST_BYTES} bytes", "make its pictures smaller")
            data = path.read_bytes()
            if data.startswith(OLDER):
                raise self.refused("this is a file of an older Word, or has a password", SAVE_ANEW)
            archive = zipfile.ZipFile(io.BytesIO(data))
        except OSError as error:
            raise self.refused(f"the file cannot be read: {error.strerror}", "name a file that can be read") from None
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise self.refused("this is no Word file, or it is damaged", SAVE_ANEW) from error
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_WHOLE:
            raise self.refused(
                f"more than {LARGEST_WHOLE} bytes are packed into this file", "make its pictures smaller"
            )
        if any(info.flag_bits & 1 for info in infos):
            raise self.refused("this file has a password", SAVE_ANEW)
        return archive

    def _pictures_elsewhere(self) -> Iterator[str]:
        folder = posixpath.dirname(self.main)
        for name in sorted(self._names):
            if posixpath.dirname(name) == folder and name.endswith(".xml"):
                for relation in self.relations(name).values():
                    if relation.kind == "image" and relation.is_external:
                        yield relation.target

    def _require_plain(self, data: bytes, name: str) -> None:
        """Refuse XML that could grow when it is read, or overflow what reads it."""
        depth = count = 0

        def opened(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth, count
            depth, count = depth + 1, count + 1
            if depth > DEEPEST or count > MOST_ELEMENTS:
                raise self.refused(f"more is nested or listed in a part than in any text: {name}", SAVE_ANEW)

        def closed(tag: str) -> None:
            nonlocal depth
            depth -= 1

        def declared(*declaration: object) -> None:
            raise self.refused(f"a part declares a document type, as Word never does: {name}", SAVE_ANEW)

        parser = expat.ParserCreate(namespace_separator="}")  # as ElementTree reads it
        parser.StartElementHandler, parser.EndElementHandler = opened, closed
        parser.StartDoctypeDeclHandler = declared
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self.refused(f"a part is damaged: {name}", SAVE_ANEW) from error

    def _problem(self, what: str, mend: str) -> Problem:
        return Problem(Place(self.shown), RULE, what, mend)


def _relation(element: Element, folder: str) -> Relation:
    target, is_external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not is_external:
        target = (
            target.removeprefix("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        )
    return Relation(element.get("Type", "").rpartition("/")[2], target, is_external)
