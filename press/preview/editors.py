"""Editors: the address by which each opens a file at a line. To add one: its line in `EDITORS`."""

from __future__ import annotations

import argparse
import re

EDITORS = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}
"""`{path}` is the whole path of the file, lines and columns count from 1; `none` leaves the place to be copied."""
USUAL = "vscode"
_ADDRESS = re.compile(r"(?!(?:https?|javascript|data|file|blob|ftp|wss?):)[a-z][a-z0-9+.-]*:\S*\{path\}\S*")


def editor(text: str) -> str:
    """Read the option: an editor's name, or an address of one's own with `{path}`, `{line}` and `{column}`."""
    if text in EDITORS or _ADDRESS.fullmatch(text):
        return text
    names = ", ".join(EDITORS)
    raise argparse.ArgumentTypeError(f"name one of {names}, or give an address such as 'myeditor://{{path}}:{{line}}'")
