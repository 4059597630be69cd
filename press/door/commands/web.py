"""`build.py web`: the web edition, and the full report first where its pages are not known, which it names."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.door import publishing
from press.door.building import STAGES, Build
from press.door.console import Console
from press.door.files import Folder

if TYPE_CHECKING:
    from press.editions.edition import Edition

NAME = "web"
HELP = "build the web edition, a folder of pages that stand by themselves"
MEGABYTE = 1e6
add_options = publishing.add_options


def run(options: argparse.Namespace, console: Console) -> int:
    if options.until == STAGES[-1]:
        options.beside = list(_short_pdfs(options.output or options.project / "build"))
    return publishing.run(options, console, lambda: _built(options, console))


def _short_pdfs(folder: Path) -> Iterator[str]:
    """Yield the PDFs that may come along, each with its hash: what the build goes by besides."""
    for path in sorted(folder.glob("*.pdf")):
        if path.name != "report.pdf" and path.is_file():
            yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _built(options: argparse.Namespace, console: Console) -> Folder:
    from press.editions.edition import WEB

    return publishing.build_edition(options, console, lambda report: WEB, _with_pdfs)


def _with_pdfs(build: Build, edition: Edition) -> Edition:
    """Have the PDFs come along that are built of this content."""
    from dataclasses import replace

    found = list(_pdfs(build))
    context = {**edition.context, "pdfs": [described for described, _ in found]}
    return replace(edition, context=context, attached={described["path"]: data for described, data in found})


def _pdfs(build: Build) -> Iterator[tuple[Mapping[str, Any], bytes]]:
    """Yield what readers are told of each PDF, and the PDF: the full report, and short editions that are of today."""
    import pypdfium2

    from press.editions.edition import FULL, short_edition

    short = [short_edition(name, content) for name, content in build.report.editions.items()]
    for edition in (FULL, *short):
        path = build.folder.path / edition.output
        if not path.is_file():
            continue
        data = path.read_bytes()
        try:
            with pypdfium2.PdfDocument(data) as document:
                count, mark = len(document), str(build.report.mark)
                is_of_today = edition is FULL or any(_prints(document[at], mark) for at in range(count))
        except pypdfium2.PdfiumError:
            continue  # no build wrote this
        if is_of_today:
            size = f"{len(data) / MEGABYTE:.1f}"
            yield {"path": edition.output, "label": edition.label, "pages": count, "megabytes": size}, data


def _prints(page: Any, words: str) -> bool:
    found = page.get_textpage().get_text_bounded()
    return words in found
