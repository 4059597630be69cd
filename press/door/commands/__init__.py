"""The commands, in the order of the help. One command, one file.

A command's module has `NAME`, `HELP` (its line in the help), `add_options(parser)` and `run(options, console)`, which
returns an exit code and raises ReportError for what an author can mend. To add one: its file here and its line in
`COMMANDS`. What is slow to import is imported by `run`.
"""

from __future__ import annotations

import argparse
from typing import Protocol

from press.door.commands import (
    approve,
    check,
    clean,
    edition,
    epub,
    figures,
    import_,
    new,
    proof,
    report,
    schema,
    theme,
    watch,
    web,
)
from press.door.console import Console


class Command(Protocol):
    """What the module of every command has."""

    NAME: str
    HELP: str

    def add_options(self, parser: argparse.ArgumentParser, /) -> None: ...

    def run(self, options: argparse.Namespace, console: Console, /) -> int: ...


COMMANDS: tuple[Command, ...] = (
    report,
    edition,
    new,
    import_,
    web,
    epub,
    watch,
    check,
    figures,
    approve,
    proof,
    theme,
    schema,
    clean,
)
RESERVED = frozenset(command.NAME for command in COMMANDS if command is not edition)
"""Names that no short edition can have."""
