"""`build.py watch`: built again at each save, and shown in a browser on this machine: pages, or the web edition.

The PDF in the output folder is always the last one that could be built; what is wrong with the content stands beside
the pages, and here. What serves is imported where it is used: every command imports this module.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from press.door.building import OWN_FOLDERS, PAGE_MAP, add_output
from press.door.caching import add_cache, cache_of
from press.door.console import Console
from press.door.exit_codes import DONE, USAGE
from press.door.files import Folder, named, output_folder
from press.door.telling import tell
from press.errors import Outcome
from press.preview.editors import editor

if TYPE_CHECKING:
    import asyncio
    import socket
    from types import FrameType

    from press.preview.making import Made, Refused, Site

NAME = "watch"
HELP = "build at each save, and show the pages in a browser"
ADDRESS = ".preview"
"""The file in the output folder that holds the address while the preview runs; its owner alone can read it."""


def add_options(parser: argparse.ArgumentParser) -> None:
    add_output(parser)
    add_cache(parser)
    shown = "what is shown first: report, web, the name of a short edition, or proof and a letter (default: report)"
    parser.add_argument("shown", nargs="*", metavar="EDITION", default=["report"], help=shown)
    parser.add_argument("--port", type=int, metavar="NUMBER", help="where the preview is served (default: a free port)")
    opens = "what a click on a page opens: an editor's name, an address with {path}, {line} and {column}, or none"
    parser.add_argument("--editor", type=editor, metavar="NAME", help=f"{opens} (default: vscode)")
    parser.add_argument("--open", action="store_true", help="open the preview in the browser")


def run(options: argparse.Namespace, console: Console) -> int:
    import asyncio

    try:
        from press.preview.server import address_of, listening_socket, new_secret
    except ModuleNotFoundError as error:
        print(f"the preview needs {error.name}, which `make` installs", file=sys.stderr)
        return USAGE
    _folder(options)  # refused before anything begins
    try:
        listening = listening_socket(options.port)
    except (OSError, OverflowError) as error:
        said = getattr(error, "strerror", None) or error
        print(f"port {options.port} cannot be used: {said}; give another number to --port, or none", file=sys.stderr)
        return USAGE
    secret = new_secret()
    address = address_of(listening, secret)
    with listening, _kept(options, address):
        print(f"preview: {address}  (Ctrl-C ends it)", file=sys.stderr, flush=True)
        if options.open:
            import webbrowser

            webbrowser.open(address)
        asyncio.run(_served(options, console, listening, secret))
    console.note("stopped")
    return DONE


async def _served(options: argparse.Namespace, console: Console, listening: socket.socket, secret: str) -> None:
    """Build and serve until the user ends it."""
    import asyncio
    import multiprocessing

    from press.preview.making import Maker
    from press.preview.server import Server
    from press.preview.session import Session

    def told(result: Made | Site | Refused, choice: str, changed: Sequence[int | str], seconds: float) -> None:
        _tell(result, f"{choice} ({seconds:.2f} s)", changed, options, console)

    stop = asyncio.Event()
    with (
        _ended_by_signals(asyncio.get_running_loop(), stop),
        Maker(options.project, _folder(options).path, cache_of(options, console)) as maker,
    ):
        shown = " ".join(options.shown)
        session = Session(options.project, maker, lambda made: _write(options, made), told, shown, stop)
        server = Server(session, secret, options.editor, listening.getsockname()[1])
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        running = asyncio.create_task(session.run())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        server.should_exit = True
        for child in multiprocessing.active_children():
            child.kill()  # whatever is being laid out or drawn, nobody waits for it any more
        await asyncio.gather(serving, running, stopping)


@contextmanager
def _ended_by_signals(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> Iterator[None]:
    """Have Ctrl-C and the system's wish to end set `stop`; a second Ctrl-C ends the program as it always does."""

    def end(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stop.set)
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _kept(options: argparse.Namespace, address: str) -> Iterator[None]:
    """Keep the address where an editor finds it, and its owner alone, for as long as it leads anywhere."""
    path = _folder(options).path / ADDRESS
    _folder(options).write(ADDRESS, address.encode(), is_secret=True)
    try:
        yield
    finally:
        with suppress(OSError):
            if path.read_text() == address:  # or it is another preview's
                path.unlink()


def _folder(options: argparse.Namespace) -> Folder:
    """Give the output folder, fresh for the files of one build; raises ReportError for one that cannot be it."""
    ours = options.project / "build"
    path = options.output or ours
    return output_folder(path, options.project if path == ours else None, OWN_FOLDERS)


def _write(options: argparse.Namespace, made: Made) -> None:
    """Put the PDF where a build puts it, unless it is there; raises ReportError."""
    from press.editions.edition import FULL
    from press.writers import WRITERS

    folder = _folder(options)
    path = folder.path / made.output
    if path.is_file() and path.stat().st_size == len(made.pdf) and path.read_bytes() == made.pdf:
        return
    if made.page_map is not None:
        folder.write(PAGE_MAP, made.page_map.to_json())
    remark = f"the same content gives the same bytes where it is set by the same: {WRITERS[FULL.writer].set_by()}"
    folder.write_with_checksum(made.output, made.pdf, remark)


def _shown_as(result: Made | Site, options: argparse.Namespace) -> str:
    """Name the file that was written, or say that none was."""
    from press.preview.making import Made

    return named(_folder(options).path / result.output) if isinstance(result, Made) else "web edition (not written)"


def _tell(
    result: Made | Site | Refused,
    what: str,
    changed: Sequence[int | str],
    options: argparse.Namespace,
    console: Console,
) -> None:
    """Say in the terminal what came of a build: its pages, or all that is to be mended."""
    from press.preview.making import Refused

    if not isinstance(result, Refused):
        pages = ", ".join(map(str, changed[:8])) + (" …" if len(changed) > 8 else "")
        said = f"{result.page_count} pages{f', changed: {pages}' if pages else ''} – {what}"
        console.note(f"{_shown_as(result, options)}: {said}")
        return
    errors = tuple(problem for problem in result.problems if problem.severity == "error")
    console.note(f"not built – {what}")
    tell(Outcome(errors), options, console)
