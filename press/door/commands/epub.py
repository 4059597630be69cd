"""`build.py epub`: the EPUB, and the full report first where its pages are not known, which the EPUB lists."""

from __future__ import annotations

import argparse

from press.door import publishing
from press.door.console import Console
from press.door.files import Folder

NAME = "epub"
HELP = "build the EPUB, for reading systems"
add_options = publishing.add_options


def run(options: argparse.Namespace, console: Console) -> int:
    return publishing.run(options, console, lambda: _built(options, console))


def _built(options: argparse.Namespace, console: Console) -> Folder:
    from press.editions.edition import EPUB

    return publishing.build_edition(options, console, lambda report: EPUB)
