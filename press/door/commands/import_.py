"""`build.py import`: draft sections made of a Markdown or Word file, after the last chapter.

No file of the content is changed but `content/report.yaml`, which gets the lines of their order.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from press.door.console import Console, print_out
from press.door.exit_codes import DONE
from press.door.files import Folder, named
from press.door.telling import tell, with_project
from press.errors import Outcome, Place, Problem, ReportError

if TYPE_CHECKING:
    from press.imports.tree import Source, Told

NAME = "import"
HELP = "make draft sections of a Markdown or Word file"
MARKDOWN = (".md", ".markdown")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a Markdown file (.md) or a Word file (.docx)")
    parser.add_argument("--section", required=True, metavar="ID", help="the id of the section that it becomes")


def run(options: argparse.Namespace, console: Console) -> int:
    from press.imports.drafts import drafts
    from press.imports.files import REPORT, order_lines, section_file, with_order
    from press.imports.names import IMAGES, Names

    names = Names(options.project, options.section)
    source = _read(options.file)
    made = drafts(source, names)
    if not any(section.below or section.blocks or section.title for section in made.sections):
        what = "there are no words in this file that could be carried over"
        raise ReportError([Problem(Place(named(options.file)), NAME, what, "name another file")])
    files = {f"{IMAGES}/{name}": data for name, data in made.images.items()}
    for section in made.sections:
        for draft in section.walk():
            files[f"content/{draft.id}.yaml"] = section_file(draft, options.project).encode()
    order = with_order(_text_of(options.project / REPORT), made.sections)
    _write(options.project, files, {} if order is None else {REPORT: order.encode()})
    shown = named(options.file)
    tell(Outcome(tuple(_problem(told, source, shown) for told in made.told)), options, console)
    head = "added to the order in" if order is not None else "order lines for"
    print_out("\n".join(["", f"{head} {REPORT}:", *order_lines(made.sections), ""]))
    console.done(f"{len(files)} files written: {', '.join(files)}")
    next_step = "put the lines above where they belong, and " if order is None else "move these lines if you like, and "
    console.note(with_project(f"next: {next_step}run `build.py check`", options.project))
    return DONE


def _text_of(path: Path) -> str:
    """Give the text of a file with its line ends; nothing if it cannot be read."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return ""


def _read(path: Path) -> Source:
    """Read a file by the ending of its name; raises ReportError for what cannot be read."""
    shown = named(path)
    if path.suffix.lower() in MARKDOWN:
        from press.content.characters import decoded
        from press.content.strict_yaml import read_bytes
        from press.imports.markdown import read

        return read(decoded(read_bytes(path, shown), shown), path.resolve().parent, shown)
    if path.suffix.lower() == ".docx":
        from press.imports.word import read as read_word

        return read_word(path, shown)
    what, mend = "only Markdown and Word files are read", "save it as .docx or .md, and name that"
    raise ReportError([Problem(Place(shown), NAME, what, mend)])


def _problem(told: Told, source: Source, shown: str) -> Problem:
    if source.where is None:
        return Problem(Place(shown, told.at), NAME, told.what, told.mend, "note")
    return Problem(Place(shown), NAME, f"{source.where(told.at)}: {told.what}", told.mend, "note")


def _write(project: Path, files: dict[str, bytes], changed: dict[str, bytes]) -> None:
    """Write all files or none, and none over another but those that are to be changed."""
    for name in files:
        if os.path.lexists(project / name):
            raise ReportError([Problem(Place(name), NAME, "this file is there already", "choose another --section")])
    folder, written = Folder(project), []
    try:
        for name, data in files.items():
            folder.write(name, data)
            written.append(project / name)
        for name, data in changed.items():
            folder.write(name, data)
    except ReportError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
