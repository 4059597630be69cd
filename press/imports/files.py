"""Files: drafts as YAML in the house's style, each with the lines that name its schema at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from press.content.files import SECTION
from press.content.schema import modeline
from press.content.strict_yaml import parse_yaml
from press.errors import ContentError
from press.imports.drafts import Code, Draft, Photo, Quotation, Table, Text

REPORT = "content/report.yaml"
_BARE = re.compile(r"[^\W\d_](?:[^:#\"'\[\]{},\n\\|>&*!%@`]|:(?! |$))*")
_LONG = 100
"""Characters from which on a value stands under a `|`."""


def section_file(draft: Draft, project: Path) -> str:
    """Write a section's file."""
    path = project / SECTION.named(draft.id)
    lines = [_key("title", draft.title, "")]
    lines += ["blocks:", *(line for block in draft.blocks for line in _block(block))] if draft.blocks else []
    return modeline(path, str(SECTION.schema)) + "\n".join(lines) + "\n"


def order_lines(drafts: Sequence[Draft], indent: int = 4) -> Iterator[str]:
    """Yield the lines that put sections into the order of report.yaml."""
    for draft in drafts:
        yield f"{' ' * indent}- {draft.id}{':' if draft.below else ''}"
        yield from order_lines(draft.below, indent + 4)


def with_order(text: str, drafts: Sequence[Draft]) -> str | None:
    """Put sections after the last chapter in the text of report.yaml, and change nothing else in it.

    None where its chapters are not written one under another, or it cannot be read as it stands.
    """
    try:
        before = parse_yaml(text, REPORT)
        chapters = before["order"]["chapters"]
        first = chapters[0].place
    except (ContentError, KeyError, TypeError, IndexError):
        return None
    lines = text.splitlines(keepends=True)
    dash = re.match(r" *(?=- )", lines[first.line - 1])
    if dash is None:
        return None
    last = first.line
    for number, line in enumerate(lines[first.line :], first.line + 1):
        if line.strip() and not line.lstrip().startswith("#"):
            indent = len(line) - len(line.lstrip(" "))
            if indent < len(dash[0]) or (indent == len(dash[0]) and not line.lstrip().startswith("-")):
                break
            last = number
    end = "\r\n" if "\r\n" in text else "\n"
    lines[last - 1] = lines[last - 1].rstrip("\r\n") + end
    lines[last:last] = [f"{line}{end}" for line in order_lines(drafts, len(dash[0]))]
    made = "".join(lines)
    wanted = {**before, "order": {**before["order"], "chapters": [*chapters, *map(_ordered, drafts)]}}
    try:
        return made if parse_yaml(made, REPORT) == wanted else None
    except ContentError:
        return None


def _ordered(draft: Draft) -> object:
    return {draft.id: [_ordered(each) for each in draft.below]} if draft.below else draft.id


def _block(block: Text | Code | Table | Photo) -> list[str]:
    if isinstance(block, Quotation):
        return _under_bar("quotation", block.written, "  - ")
    if isinstance(block, Code):
        return list(_code(block))
    if isinstance(block, Text):
        return _under_bar("text", block.written, "  - ")
    if isinstance(block, Table):
        return list(_table(block))
    return [
        f"  - photo: {block.id}",
        f"    image: {block.image}",
        _key("alt", block.alt, "    "),
        _key("caption", block.caption, "    "),
        "    # credit: who took it",
    ]


def _code(code: Code) -> Iterator[str]:
    yield f"  - code: {code.id}"
    if code.language:
        yield f"    language: {code.language}"
    head, *lines = _under_bar("listing", code.listing, "    ")
    yield f"{head}2" if code.listing.startswith(" ") else head
    yield from lines


def _table(table: Table) -> Iterator[str]:
    yield f"  - table: {table.id}"
    yield _key("title", table.title, "    ")
    yield "    columns:"
    for column in table.columns:
        yield f"      - heading: {_value(column.heading)}"
        if column.is_right:
            yield "        align: right"
    yield "    rows:"
    for row in table.rows:
        if not any("\n" in cell for cell in row):
            yield f"      - [{', '.join(map(_value, row))}]"
            continue
        for number, cell in enumerate(row):
            before = "        - " if number else "      - - "
            yield from _under_bar("", cell, before) if "\n" in cell else [f"{before}{_value(cell)}"]


def _key(name: str, value: str, indent: str) -> str:
    if not value:
        return f"{indent}# {name}: to be written"
    if "\n" in value or len(value) > _LONG:
        return "\n".join(_under_bar(name, value, indent))
    return f"{indent}{name}: {_value(value)}"


def _under_bar(name: str, text: str, before: str) -> list[str]:
    """Write a text under a `|`, two spaces further in than its key or dash."""
    indent = " " * (len(before) + (2 if name else 0))
    head = f"{before}{name}: |" if name else f"{before}|"
    return [head, *(f"{indent}{line}".rstrip() for line in text.split("\n"))]


def _value(text: str) -> str:
    """Write a value bare, or between double quotes where YAML would read it otherwise."""
    if _BARE.fullmatch(text) and not text.endswith(" "):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
