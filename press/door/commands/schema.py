"""`build.py schema`: the JSON Schemas with which editors complete, written anew."""

from __future__ import annotations

import argparse

from press.door.console import Console
from press.door.exit_codes import DONE
from press.door.files import Folder, named
from press.errors import Place, Problem, ReportError

NAME = "schema"
HELP = "write the JSON Schemas with which editors complete"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; fail when one is out of date")


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the JSON Schemas for editors, and into each content file the lines that name its own.

    With `--check` nothing is written, and whatever is out of date is a problem.
    """
    from press.content.schema import FOLDER, content_files, schemas, with_modeline
    from press.content.strict_yaml import read_text

    wanted = {FOLDER / name: text for name, text in schemas().items()}
    for path, schema in content_files(options.project):
        wanted[path] = with_modeline(path, schema, read_text(path, named(path)))
    stale = [path for path, text in wanted.items() if not path.is_file() or read_text(path, named(path)) != text]
    if options.check:
        mend = "run `python build.py schema`"
        problems = [
            Problem(Place(named(path)), "schema", "this is not what `build.py schema` writes", mend) for path in stale
        ]
        if problems:
            raise ReportError(sorted(problems))
    for path in stale:
        home = FOLDER if path.parent == FOLDER else options.project
        Folder(home).write(path.relative_to(home).as_posix(), wanted[path].encode())
    console.done(f"{len(stale)} of {len(wanted)} files written")
    return DONE
