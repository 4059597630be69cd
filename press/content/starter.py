"""A publication to start from: the files in `press/starter/`, with a title, a date and a paper put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from press.content.schema import schema_of, with_modeline
from press.content.strict_yaml import parse_yaml
from press.errors import ContentError, Place, Problem
from press.figures.scripts import script_of

FOLDER = Path(__file__).resolve().parent.parent / "starter"
TITLES = {"nb": "Rapporten vår", "nn": "Rapporten vår", "en": "Our report"}
"""By the languages that there is a publication in."""
RULE = "new"


def starter(folder: Path, language: str, title: str, paper: str, today: date) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a new publication in `folder`, by name; raises ContentError for a title no YAML can hold."""
    put_in = {"@title@": _quoted(title), "@date@": today.isoformat(), "@paper@": paper}
    marks = re.compile("|".join(put_in))
    yield ".gitignore", (FOLDER / "gitignore").read_bytes()
    for path in sorted((FOLDER / language).rglob("*")):
        name = path.relative_to(FOLDER / language).as_posix()
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            text = marks.sub(lambda match: put_in[match[0]], text)
            schema = schema_of(name)
            yield name, (with_modeline(folder / name, schema, text) if schema is not None else text).encode()
        if name.startswith("content/data/") and path.suffix == ".yaml":
            yield script_of(path.stem), (FOLDER / "figure.py").read_bytes()


def _quoted(title: str) -> str:
    """Write a title as a value of YAML: bare, or in the quotation marks that it does not have itself."""
    for written in (title, f'"{title}"', f"'{title}'"):
        try:
            if parse_yaml(f"title: {written}\n", RULE)["title"] == title:
                return written
        except (ContentError, KeyError):
            continue
    what = f"the title {title!r} cannot be written as it is"
    raise ContentError(
        [Problem(Place("--title"), RULE, what, "leave --title out, and write it in content/report.yaml")]
    )
