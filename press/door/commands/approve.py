"""`build.py approve`: statements of short editions read again beside what they rest on, and recorded."""

from __future__ import annotations

import argparse
import shutil
import sys

from press.door.console import Console, print_out
from press.door.exit_codes import DONE, TO_MEND
from press.door.files import Folder

NAME = "approve"
HELP = "record that statements of short editions have been read and hold"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help="a statement or a section (default: all that wait)")
    parser.add_argument("--yes", action="store_true", help="record without asking")


def run(options: argparse.Namespace, console: Console) -> int:
    from press.content.load import load
    from press.editions.approval import chosen, recorded, shown
    from press.editions.approvals import FILE
    from press.outputs.printable import printable

    report = load(options.project)
    waiting = chosen(report, options.ids)
    for claim in waiting:
        for line in shown(claim, options.project, shutil.get_terminal_size((120, 40)).columns):
            print_out(f"{printable(line)}\n")
    if waiting and not options.yes and not _confirmed(f"Record that {len(waiting)} hold?"):
        print("nothing recorded; answer yes, or give --yes", file=sys.stderr)
        return TO_MEND
    if waiting or report.approvals or report.approvals_amiss:  # of what nothing states any more, none is left
        Folder(options.project).write(FILE, recorded(report, waiting).encode())
    console.done(f"{FILE}: {len(waiting)} recorded" if waiting else "every statement is approved as it stands")
    return DONE


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        return False
    print(f"{question} [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes", "j", "ja"}
