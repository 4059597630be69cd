"""The finished EPUB, read back from its bytes: what its standard asks for and a reading system trips over.

Whoever has Java holds it against all of the standard with EPUBCheck, as the long tests do. This is the part of it that
a template or a fault of ours can break, in every build.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from press.errors import Place, Problem
from press.writers.epub.packed import CONTAINER_FILE, FOLDER, MIMETYPE, PACKAGE

RULE = "epub"
MEND = "mend the template or style sheet that it comes from"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LINKS = ("href", "src", "{http://www.w3.org/1999/xlink}href")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_URL = re.compile(r"url\(['\"]?(?P<address>[^)'\"]+)['\"]?\)")


def faults(epub: bytes) -> Iterator[Problem]:
    """Yield what is wrong with an EPUB."""
    yield from (Problem(Place(f"templates ({where})"), RULE, what, MEND) for where, what in _faults(epub))


def _faults(epub: bytes) -> Iterator[tuple[str, str]]:
    """Yield what is wrong, each with the file in which it is."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        entries = archive.infolist()
        files = {entry.filename: archive.read(entry) for entry in entries}
    first = entries[0]
    if (first.filename, first.compress_type, bool(first.extra)) != ("mimetype", zipfile.ZIP_STORED, False):
        yield "mimetype", "it is not the first file, stored as it is"
    if files.get("mimetype") != MIMETYPE.encode():
        yield "mimetype", f"it does not say {MIMETYPE}"
    yield from (
        (name, "the archive has it twice") for name, count in Counter(e.filename for e in entries).items() if count > 1
    )
    trees: dict[str, Element] = {}
    for name, content in files.items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            try:
                trees[name] = ElementTree.fromstring(content)  # noqa: S314 - what we wrote, without entities
            except ElementTree.ParseError as error:
                yield name, f"it is no XML: {error}"
    if PACKAGE in trees and all(name in trees for name in files if name.endswith(".xhtml")):
        yield from _listed(trees[PACKAGE], files)
        yield from _linked(trees, files)
        yield from _navigable(trees)


def _listed(package: Element, files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Hold the list of files against the files, and the reading order against the list."""
    items = list(package.iter(f"{OPF}item"))
    listed = Counter(map(_file_of, items))
    for name in sorted({*listed, *files} - {"mimetype", CONTAINER_FILE, PACKAGE}):
        if name not in files:
            yield PACKAGE, f"it lists {name}, which is not there"
        elif listed[name] != 1:
            yield PACKAGE, f"it lists {name} {listed[name]} times"
    by_id = {item.get("id"): _file_of(item) for item in items}
    read = [by_id.get(each.get("idref")) for each in package.iter(f"{OPF}itemref")]
    pages = [_file_of(item) for item in items if item.get("media-type") == "application/xhtml+xml"]
    yield from ((PACKAGE, f"{page} is not read once") for page in pages if read.count(page) != 1)
    if sum("nav" in item.get("properties", "").split() for item in items) != 1:
        yield PACKAGE, "it does not name one file as that of the contents"


def _file_of(item: Element) -> str:
    return f"{FOLDER}/{unquote(item.get('href', ''))}"


def _linked(trees: Mapping[str, Element], files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Follow every link and address to what it names."""
    ids = {name: Counter(each.get("id") for each in tree.iter() if each.get("id")) for name, tree in trees.items()}
    for name, counted in ids.items():
        yield from ((name, f"the id {each!r} stands {count} times") for each, count in counted.items() if count > 1)
    addresses = [
        (name, element.get(key, ""))
        for name, tree in trees.items()
        if name.endswith(".xhtml")
        for element in tree.iter()
        for key in LINKS
        if element.get(key)
    ]
    sheets = [name for name in files if name.endswith(".css")]
    addresses += [(name, match["address"]) for name in sheets for match in _URL.finditer(files[name].decode())]
    for name, address in addresses:
        if _SCHEME.match(address):
            continue
        path, _, place = address.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
        if target not in files:
            yield name, f"it names {address!r}, which is not there"
        elif place and target in ids and place not in ids[target]:
            yield name, f"it leads to {address!r}, and nothing there has that id"


def _navigable(trees: Mapping[str, Element]) -> Iterator[tuple[str, str]]:
    """Hold the contents against the headings, and the list of pages against the marks of pages."""
    navs = {
        each.get(TYPE): {link.get("href", "") for link in each.iter(f"{XHTML}a")}
        for name, tree in trees.items()
        if name.endswith("/nav.xhtml")
        for each in tree.iter(f"{XHTML}nav")
    }
    for kind in ("toc", "landmarks"):
        if not navs.get(kind):
            yield f"{FOLDER}/nav.xhtml", f"there is no {kind!r} in it that leads anywhere"
    contents, listed = navs.get("toc", set()), navs.get("page-list", set())
    for name, tree in trees.items():
        file = posixpath.basename(name)
        if not name.endswith(".xhtml"):
            continue
        wanted = {each.get("id") for each in tree.iter(f"{XHTML}section") if {"chapter", "section"} & {*_classes(each)}}
        led = {file if name_ == file.removesuffix(".xhtml") else f"{file}#{name_}" for name_ in wanted}
        yield from ((name, f"the contents do not lead to {each!r}") for each in sorted(led - contents))
        marks = {f"{file}#{each.get('id')}" for each in tree.iter() if each.get(TYPE) == "pagebreak"}
        yield from ((name, f"the list of pages lacks {each!r}") for each in sorted(marks - listed))


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()
