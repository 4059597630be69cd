"""A session: what is shown of a publication now, made anew at each save, and told to every browser that listens.

A build runs in a thread beside the loop that answers browsers, one at a time; whatever is saved meanwhile is built
next. What could be built last stays on the screen while what is saved cannot.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from press.errors import Place, Problem, ReportError, in_order
from press.pages import Page
from press.preview.blocks import block_at, web_block_at
from press.preview.making import Made, Maker, Refused, Site
from press.preview.pictures import page_sizes
from press.preview.watching import saves
from press.writers.web.pages import Block

IDLE_S = 0.4
"""So long after a build the rules on pages begin, unless there is something new to build."""
STOPPED = "stopped"
"""The event that is the last one."""
Message = tuple[str, dict[str, Any]]
"""The name of an event, and what it tells."""
Deliver = Callable[[Made], None]
"""Puts the files of a build where they belong; raises ReportError where that cannot be."""
Tell = Callable[[Made | Site | Refused, str, Sequence[int | str], float], None]
"""Says elsewhere what came of a build: of which choice, which pages changed, and the seconds it took."""


class StoppedError(Exception):
    """The session ends; the build that runs is of no use any more."""


@dataclass(frozen=True)
class Shown:
    """The pages on the screen."""

    choice: str
    made: Made | Site
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each page, in millimetres."""
    changed: tuple[int, ...] = ()
    """The pages, from 1, that look like none did before."""
    blocks: tuple[Block, ...] = ()
    """What stands on the pages of a web edition and says what nothing there said before."""

    @property
    def names(self) -> Sequence[int | str]:
        """Say which pages changed."""
        return self.changed or tuple(dict.fromkeys(block.file for block in self.blocks))


@dataclass
class Session:
    """What is shown, and who is told of it."""

    project: Path
    maker: Maker
    deliver: Deliver
    tell: Tell
    choice: str
    stop: asyncio.Event
    """Set to end it."""
    shown: Shown | None = None
    problems: tuple[Problem, ...] = ()
    """Of the last build: what kept it from being made, or warnings on what was."""
    is_refused: bool = False
    stage: str = ""
    """What the build that runs is at; empty if none runs."""
    seconds: float = 0
    """What the last build took, from the save that was seen."""
    number: int = 0
    """Counts the builds."""
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _since: float = 0
    _listeners: set[asyncio.Queue[Message]] = field(default_factory=set)

    async def run(self) -> None:
        """Build now and after each save, until `stop` is set."""
        self._want()
        watching = asyncio.create_task(self._watch())
        stopping = asyncio.create_task(self.stop.wait())
        try:
            while not self.stop.is_set():
                wanted = asyncio.create_task(self._wanted.wait())
                await asyncio.wait({wanted, stopping, watching}, return_when=asyncio.FIRST_COMPLETED)
                wanted.cancel()
                if watching.done():
                    await watching  # raises what ended it
                if self._wanted.is_set() and not self.stop.is_set():
                    await self._build()
        finally:
            self.stop.set()
            self._send(STOPPED, {})
            await asyncio.gather(watching, stopping, return_exceptions=True)

    def choose(self, choice: str) -> bool:
        """Show another edition; returns False if there is none of this name."""
        if choice not in self.maker.choices:
            return False
        if choice != self.choice:
            self.choice = choice
            self._want()
        return True

    def caret(self, file: str, line: int) -> bool:
        """Have browsers show what is printed of a line of a file; returns False if nothing of the file is."""
        path = (self.project / file).resolve()  # which is the file itself if it is named from the root
        if self.shown is None or not path.is_relative_to(self.project):
            return False
        name = path.relative_to(self.project).as_posix()
        if isinstance(self.shown.made, Site):
            there = web_block_at(self.shown.made.blocks, name, line)
            if there is not None:
                self._send("caret", {"block": _told_block(there)})
            return there is not None
        block = block_at(self.shown.made.pages, name, line)
        if block is not None:
            edges = (block.extent.left, block.extent.top, block.extent.right, block.extent.bottom)
            self._send("caret", {"page": block.page, "extent": edges, "place": str(block.place)})
        return block is not None

    def listen(self) -> asyncio.Queue[Message]:
        """Give a queue of all that happens from now on; what is so already is its first message."""
        queue: asyncio.Queue[Message] = asyncio.Queue()
        queue.put_nowait(("state", self.state()))
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Message]) -> None:
        """Tell a queue no more."""
        self._listeners.discard(queue)

    def state(self) -> dict[str, Any]:
        """Say all that a browser shows, but for the pictures themselves."""
        shown = self.shown
        site = shown.made if shown is not None and isinstance(shown.made, Site) else None
        keys = shown.made.keys if shown is not None and isinstance(shown.made, Made) else ()
        sizes = shown.sizes if shown else ()
        return {
            "number": self.number,
            "title": str(shown.made.report.settings.title) if shown else self.project.name,
            "choices": self.maker.choices,
            "choice": self.choice,
            "shown": shown.choice if shown else None,
            "pages": [{"key": key, "size": size} for key, size in zip(keys, sizes, strict=True)],
            "changed": shown.changed if shown else (),
            "site": {"pages": site.page_count, "project": self.project.as_posix()} if site else None,
            "blocks": [_told_block(block) for block in shown.blocks] if shown else (),
            "refused": self.is_refused,
            "problems": [_told(problem, self.project) for problem in self.problems],
            "seconds": round(self.seconds, 2),
            "stage": self.stage,
        }

    def _want(self) -> None:
        if not self._wanted.is_set():
            self._since = time.perf_counter()
        self._wanted.set()

    async def _watch(self) -> None:
        async for _ in saves(self.project, self.stop):
            self._want()

    async def _build(self) -> None:
        self._wanted.clear()
        since, choice = self._since, self.choice
        loop = asyncio.get_running_loop()

        def progress(line: str) -> None:
            if self.stop.is_set():
                raise StoppedError
            loop.call_soon_threadsafe(self._at, line)

        try:
            result = await asyncio.to_thread(self._make, choice, progress)
        except StoppedError:
            return
        if isinstance(result, Refused) and (self._wanted.is_set() or self.stop.is_set()):
            return  # it may have been read in the middle of a save, and is built again at once
        self._settle(result, choice, time.perf_counter() - since)
        if isinstance(result, Shown) and await self._is_idle():
            self.problems = await asyncio.to_thread(self._on_pages, result.made)
            self._send("problems", {"problems": [_told(problem, self.project) for problem in self.problems]})

    async def _is_idle(self) -> bool:
        """Wait a moment for the next save; returns whether there was none."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wanted.wait(), IDLE_S)
        return not self._wanted.is_set() and not self.stop.is_set()

    def _on_pages(self, made: Made | Site) -> tuple[Problem, ...]:
        """Ask the rules on pages, which cost time: only of pages that are looked at."""
        if self.number == 1:
            # What is held now is held to the end, and to look through it for garbage again takes half a second.
            gc.collect()
            gc.freeze()
        try:
            return self.maker.on_pages(made)
        except Exception as error:
            return (*made.problems, _our_fault(error))

    def _make(self, choice: str, progress: Callable[[str], None]) -> Shown | Refused:
        """Build, and put the files where they belong; whatever is wrong is a problem, also what is our own fault."""
        try:
            made = self.maker.make(choice, progress)
            if isinstance(made, Refused):
                return made
            before = self.shown.made if self.shown is not None and self.shown.choice == choice else made
            if isinstance(made, Site):
                return Shown(choice, made, blocks=changed_blocks(before, made) if isinstance(before, Site) else ())
            self.deliver(made)
            changed = changed_pages(before, made) if isinstance(before, Made) else ()
            return Shown(choice, made, page_sizes(made.pdf), changed)
        except StoppedError:
            raise
        except ReportError as error:
            return Refused(error.problems)
        except Exception as error:
            if self.stop.is_set():
                raise StoppedError from error  # the processes that it asked are ended already
            return Refused((_our_fault(error),))

    def _settle(self, result: Shown | Refused, choice: str, seconds: float) -> None:
        self.number += 1
        self.seconds, self.stage = seconds, ""
        self.is_refused = isinstance(result, Refused)
        if isinstance(result, Shown):
            self.shown, self.problems = result, result.made.problems
            self.tell(result.made, choice, result.names, seconds)
        else:
            self.problems = tuple(in_order(result.problems))
            if self.shown is not None:
                self.shown = replace(self.shown, changed=(), blocks=())
            self.tell(result, choice, (), seconds)
        self._send("state", self.state())

    def _at(self, line: str) -> None:
        self.stage = line
        self._send("stage", {"stage": line})

    def _send(self, name: str, what: dict[str, Any]) -> None:
        for queue in self._listeners:
            queue.put_nowait((name, what))


def changed_pages(before: Made, after: Made) -> tuple[int, ...]:
    """Give the numbers of pages that say what none said before; where there are none, of those that look new.

    The fingerprint of the content, which is another after each save, does not count.
    """
    keys, texts = set(before.keys), {_text(page, before) for page in before.pages.pages}
    new = [page for page, key in zip(after.pages.pages, after.keys, strict=True) if key not in keys]
    said = [page.number for page in new if _text(page, after) not in texts]
    mark = _fingerprint(after)
    return tuple(said or [page.number for page in new if not any(mark in line.text for line in page.lines)])


def changed_blocks(before: Site, after: Site) -> tuple[Block, ...]:
    """Give what stands on pages and says what nothing there said before."""
    said = {block.text for block in before.blocks}
    mark = str(after.report.mark)
    return tuple(each for each in after.blocks if each.text and each.text not in said and mark not in each.text)


def _told_block(block: Block) -> dict[str, str]:
    return {"file": block.file, "at": str(block.place)}


def _text(page: Page, made: Made) -> str:
    return "\n".join(line.text for line in page.lines).replace(_fingerprint(made), "")


def _fingerprint(made: Made) -> str:
    """Give the fingerprint as it is printed."""
    return str(made.report.mark)


def _our_fault(error: Exception) -> Problem:
    """Print the traceback, and say in the preview that there is one."""
    traceback.print_exception(error, file=sys.stderr)
    what = f"a fault of the engine, not of your content: {type(error).__name__}: {error}"
    mend = "undo what you changed last; please report it with what the terminal shows"
    return Problem(Place("press"), "engine", what, mend)


def _told(problem: Problem, project: Path) -> dict[str, Any]:
    place = problem.place
    return {
        "place": str(place),
        "file": (project / place.file).as_posix() if (project / place.file).is_file() else None,
        "line": place.line or 1,
        "column": place.column or 1,
        "severity": problem.severity,
        "rule": problem.rule,
        "what": problem.what,
        "mend": problem.mend,
    }
