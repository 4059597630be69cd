"""Typesetting in processes of their own, with limits of memory, processor time and time on the clock.

Layout can be made to hang or to eat all memory by content that nobody has vetted, and there is no way to stop it from
inside (WeasyPrint's documentation says as much). So the parts of a document are made by child processes, a part each at
a time; a child that breaks a limit is killed, and the problem names the part that it was at. The children start at once
and import WeasyPrint while the figures are still being drawn; they outlive a document, so that the next one need not
wait for that.

What was made before is not made again (`press.writers.pdf.kept`). Which parts are made, in which order and by which
child has no part in what comes out.
"""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any

from press.cache import Cache
from press.document import Document, Part
from press.errors import Place, Problem, ReportError, TypesetError
from press.fonts import in_use
from press.limits import Limits, allow_processor_time, limit_this_process
from press.timing import Timing
from press.writers.pdf.kept import KeptParts
from press.writers.pdf.link import Linker, at_home, numbers_by_id
from press.writers.pdf.made_of import History
from press.writers.pdf.named import NamedFiles
from press.writers.pdf.seen.asked import Asked
from press.writers.pdf.settle import estimated, settle
from press.writers.pdf.typeset import Maker, Typeset, finish
from press.writers.pdf.written import Written

RULE = "limits"
NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
MOST_WORKERS = 2
"""More are of little use: a report has a few long parts."""
IDLE_S = 0.3
"""A child with nothing to do for so long clears up."""

Job = tuple[Part, int, Mapping[str, int]]
"""A part, its first page, and the page numbers that are known by id."""


class Typesetter:
    """Child processes that typeset documents, one after another.

    Use it as a context manager: leaving it, for whatever reason, ends the children.
    """

    def __init__(self, limits: Limits | None = None, cache: Cache | None = None, workers: int | None = None) -> None:
        self.limits = limits or Limits()
        self.kept = KeptParts(cache or Cache(None))
        self.files = _FontFiles()
        self.linker = Linker(self.files, self.kept.cache)
        self.asked = Asked(self.kept.cache)
        self.most = workers or min(MOST_WORKERS, os.cpu_count() or 1)
        # WeasyPrint unpacks the fonts into a folder that a killed child cannot clear away, so that it gets one of ours.
        self._folder = tempfile.TemporaryDirectory(prefix="press-", ignore_cleanup_errors=True)
        self._workers: list[_Worker] = []
        # Where parts were kept, few will have to be made.
        self.grow(self.most if self.kept.is_empty() else 1)

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end()
        self._folder.cleanup()

    def typeset(
        self, document: Document, progress: Callable[[str], None] = lambda line: None, *, surveying: bool = False
    ) -> Typeset:
        """Make the PDF of a document, and survey its pages if that is asked for.

        Raises TypesetError where none can be made, and with the problem of a limit that was broken.
        """
        run = _Run(self, document, progress)
        try:
            run.make_ahead()
            parts = run.settled()
            keys = run.keys(parts)
        except TypesetError:
            self._renew()
            raise
        except BaseException:
            self._renew(at_once=True)
            raise
        problems = self.kept.problems(document)
        done = finish(parts, keys, self.linker, self.asked, problems, run.count, surveying=surveying)
        done = done.with_lettering(document.lettering)
        if not done.problems:
            self.kept.keep(run.new)
            run.history.record()
        self.kept.forget_all_but(run.used)
        return replace(done, timings=(*run.timings(), *done.timings))

    def grow(self, wanted: int) -> None:
        """Start more children, so that there are so many, but no more than there may be."""
        for _ in range(len(self._workers), min(wanted, self.most)):
            self._workers.append(_Worker(self.limits, self._folder.name))

    def _renew(self, at_once: bool = False) -> None:
        """Put a new child in the place of each that has ended, or is still at work that nobody waits for."""
        for index, worker in enumerate(self._workers):
            if at_once or worker.job is not None or not worker.is_alive():
                worker.end()
                self._workers[index] = _Worker(self.limits, self._folder.name)


class _Run:
    """The making of one document."""

    def __init__(self, typesetter: Typesetter, document: Document, progress: Callable[[str], None]) -> None:
        self.kept, self.files = typesetter.kept, typesetter.files
        self.typesetter, self.workers, self.limits = typesetter, typesetter._workers, typesetter.limits
        self.document = document
        self.progress = progress
        self.deadline = time.monotonic() + self.limits.wall_s
        self.new: dict[str, Written] = {}
        """What was made and not found, or has other numbers than it had, by its key."""
        self.used: set[str] = set()
        self.count = 0
        self.told: set[str] = set()
        self.history = History(self.kept.cache, self.kept.made_of(document))
        self.took: dict[str, list[Timing]] = {}
        """How long each making of a part took, by its id, and why it was made."""
        self.waited_s = 0.0
        """How long the first answer of a process was waited for, beside the making."""

    def make(self, part: Part, first_page: int, pages: Mapping[str, int]) -> Written:
        """Give a part for these numbers, kept or made."""
        key = self.kept.key(self.document, part, first_page, pages)
        self.used.add(key)
        while True:
            found = self.kept.find(self.document, part, first_page, pages)
            if found is not None:
                self._tell(part)
                return found
            self._give([(part, first_page, pages)])

    def settled(self) -> list[Written]:
        """Make all parts until every number in them is right; they are kept with these numbers."""
        found = settle(self.document, self.make)
        parts = at_home(found, self.document.numbers)
        numbers = numbers_by_id(parts)
        for part, before, after in zip(self.document.parts, found, parts, strict=True):
            if after is not before:
                key = self.kept.key(self.document, part, after.first_page, numbers)
                self.kept.met[key] = self.new[key] = after
        return parts

    def keys(self, parts: Sequence[Written]) -> dict[Written, str]:
        """Give the key under which each part is kept that is settled."""
        numbers = numbers_by_id(parts)
        return {
            written: self.kept.key(self.document, part, written.first_page, numbers)
            for part, written in zip(self.document.parts, parts, strict=True)
        }

    def make_ahead(self) -> None:
        """Begin with the parts that will have to be made as far as can be told: the numbers may turn out others.

        What is kept for other numbers, or the other side of a leaf, may be what is wanted in the end.
        """
        pages = {**estimated(self.document.parts), **self.document.numbers}
        wanted = [(part, self.history.likely(part, pages[part.id]), pages) for part in self.document.parts]
        missing = [job for job in wanted if not self.kept.has(self.document, *job)]
        if len(missing) > 1:
            self.typesetter.grow(len(missing))
            # The longest first, so that no child is left with a long part while the others have nothing to do.
            missing.sort(key=lambda job: -len(job[0].html))
            self._give(missing)

    def _give(self, jobs: Sequence[Job]) -> None:
        """Have the children do jobs; raises TypesetError with the problems of all that cannot be done."""
        waiting = deque(jobs)
        refused: list[Problem] = []
        while waiting or any(worker.job is not None for worker in self.workers):
            idle = [worker for worker in self.workers if worker.job is None]
            for worker in idle[: len(waiting)]:
                worker.begin(self.document)
                worker.give(waiting.popleft())
            refused += self._receive()
        if refused:
            raise TypesetError(dict.fromkeys(sorted(refused)))

    def _receive(self) -> list[Problem]:
        """Wait for the next part; returns what keeps one from being made."""
        refused: list[Problem] = []
        busy = {worker.connection: worker for worker in self.workers if worker.job is not None}
        ready = wait(list(busy), timeout=max(0.0, self.deadline - time.monotonic()))
        if not ready:
            at = "» and «".join(worker.job[0].title for worker in busy.values() if worker.job is not None)
            raise TypesetError([_broken(at, f"takes more than {self.limits.wall_s} seconds")])
        for each in ready:
            worker = busy[each]  # type: ignore[index]
            job = worker.job
            assert job is not None  # or nothing would be waited for  # noqa: S101
            try:
                kind, value = worker.connection.recv()
            except (EOFError, ConnectionResetError):
                worker.process.join()
                raise TypesetError([self._breach(job[0].title, worker.process.exitcode)]) from None
            worker.job = None
            if kind == "problems":
                refused += value
                continue
            if kind != "made":
                raise RuntimeError(f"typesetting failed:\n{value}")
            written, problems, files, seconds = value
            self._time(worker, job, seconds)
            self.kept.tell(self.document, problems)
            self.files.update(files)
            self.count += 1
            self.kept.meet(self.document, job[0], written, job[2])
            self.new[self.kept.key(self.document, job[0], written.first_page, job[2])] = written
            self._tell(job[0])
        return refused

    def timings(self) -> Iterator[Timing]:
        """Tell of each part whether it was kept, or how long it took to make, and why."""
        if self.waited_s:
            yield Timing("WeasyPrint imported, the style sheet read", self.waited_s)
        for part in self.document.parts:
            yield from self.took.get(part.id, [Timing(part.id, 0, "kept")])

    def _time(self, worker: _Worker, job: Job, seconds: float) -> None:
        if worker.is_new:
            worker.is_new = False
            self.waited_s = max(self.waited_s, time.perf_counter() - worker.given_at - seconds)
        self.took.setdefault(job[0].id, []).append(Timing(job[0].id, seconds, self.history.why(*job)))

    def _tell(self, part: Part) -> None:
        if part.id not in self.told:
            self.told.add(part.id)
            self.progress(part.title)

    def _breach(self, at: str, exit_code: int | None) -> Problem:
        if exit_code is not None and -exit_code in {getattr(signal, "SIGXCPU", -1), getattr(signal, "SIGKILL", -1)}:
            return _broken(at, f"takes more than {self.limits.cpu_s} seconds of processor time")
        return _broken(at, f"needs more than {self.limits.memory_mib} MiB of memory (exit code {exit_code})")


class _Worker:
    """One child process, from the parent's side."""

    def __init__(self, limits: Limits, folder: str) -> None:
        self.job: Job | None = None
        """What it is at."""
        self.document: Document | None = None
        """What it makes parts of."""
        self.is_new = True
        """Whether it has yet to answer for the first time."""
        self.given_at = 0.0
        # Spawned, not forked: the child holds nothing of the parent's, and starts alike on every system. A server of
        # forks would share the import, but its socket wants a short TMPDIR, and a killed parent leaves what it made.
        context = multiprocessing.get_context("spawn")
        self.connection, far_end = context.Pipe()
        self.process = context.Process(target=_child, args=(far_end, limits, folder), daemon=True)
        self.process.start()
        far_end.close()

    def begin(self, document: Document) -> None:
        """Let it make parts of a document."""
        if self.document is document:
            return
        has = self.document.assets if self.document is not None else {}
        new = {name: data for name, data in document.assets.items() if has.get(name) != data}
        self.document = document
        self._send(("document", (replace(document, parts=(), assets=new), tuple(document.assets))))

    def give(self, job: Job) -> None:
        self.job = job
        self.given_at = time.perf_counter()
        self._send(("part", job))

    def pid(self) -> int | None:
        return self.process.pid

    def is_alive(self) -> bool:
        return self.process.is_alive()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    def _send(self, message: object) -> None:
        # A child that has ended is found out about when its answer is waited for.
        try:
            self.connection.send(message)
        except (BrokenPipeError, ConnectionResetError):
            return


class _FontFiles(dict[str, bytes]):
    """Font files by SHA-256: those that children have sent, and the bundled ones."""

    def __missing__(self, digest: str) -> bytes:
        import hashlib

        self.update({hashlib.sha256(face.content).hexdigest(): face.content for face in in_use()})
        return self.get(digest, b"")


def _broken(at: str, how: str) -> Problem:
    what = f"laying out the document {how}; it had come to «{at}»"
    return Problem(Place("content"), RULE, what, "look for something very large or deeply nested in that section")


def _child(connection: Connection, limits: Limits, folder: str) -> None:
    """Make parts; everything that happens goes through the connection, or into `folder`."""
    threading.Thread(target=_end_with_the_parent, args=(folder,), daemon=True).start()
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    limit_this_process(limits, for_good=False)
    import press.writers.pdf.write_part  # noqa: F401 - imports WeasyPrint before there is anything to typeset

    # Looking for garbage while a part is laid out only costs time (about a tenth); it is done when nothing is asked.
    gc.disable()
    gc.freeze()
    makers = _Makers()
    for kind, value in _messages(connection):
        if kind == "document":
            makers.begin(*value)
            allow_processor_time(limits)
        else:
            _answer(connection, folder, partial(makers.made, value))


def _messages(connection: Connection) -> Iterator[Any]:
    """Yield what is asked for; clear up when nothing is."""
    while True:
        if not connection.poll(IDLE_S):
            gc.collect()
        try:
            yield connection.recv()
        except EOFError:
            return


class _Makers:
    """What a child makes the parts of one document with, and then of the next."""

    def __init__(self) -> None:
        self.document: Document | None = None
        self.maker: Maker | None = None
        self.sent: set[str] = set()
        """The fonts that were sent, by SHA-256."""

    def begin(self, document: Document, names: Iterable[str]) -> None:
        """Go on to a document with files of these names, which has those that are new.

        One that differs in its parts and their files alone is made with what is there.
        """
        before = self.document
        has = before.assets if before is not None else {}
        files = {name: document.assets[name] if name in document.assets else has[name] for name in names}
        self.document = replace(document, assets=files)
        if self.maker is None or before is None or _shared(before) != _shared(self.document):
            self.maker = None
        elif before.assets != files:
            self.maker.show(self.document)

    def made(self, job: Job) -> tuple[Written, tuple[Problem, ...], dict[str, bytes], float]:
        """Make a part; gives it, what is wrong with the document, the fonts not sent before, and the seconds taken."""
        began = time.perf_counter()
        assert self.document is not None  # it is named before its parts  # noqa: S101
        if self.maker is None:
            self.maker = Maker(self.document)
        written = self.maker.make(*job)
        files = {digest: content for digest, content in self.maker.files.items() if digest not in self.sent}
        self.sent |= files.keys()
        return written, self.maker.problems, files, time.perf_counter() - began


def _answer(connection: Connection, folder: str, work: Callable[[], object]) -> None:
    try:
        connection.send(("made", work()))
    except ReportError as error:
        connection.send(("problems", error.problems))
    except MemoryError:
        sys.exit(1)
    except RecursionError:
        what = "the document is nested too deeply to be laid out"
        connection.send(("problems", (Problem(Place("content"), RULE, what, "flatten its lists"),)))
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            what = f"the fonts cannot be unpacked for layout: {error.strerror}"
            mend = "make room, or name another folder for temporary files in TMPDIR"
            connection.send(("problems", (Problem(Place(os.path.dirname(folder)), RULE, what, mend),)))
        else:
            connection.send(("crash", traceback.format_exc()))


def _shared(document: Document) -> tuple[object, ...]:
    files = {name: document.assets[name] for name in NamedFiles(document).of_sheet}
    return document.stylesheet, document.hyphenation, document.language, document.sheets, files


def _end_with_the_parent(folder: str) -> None:
    """Wait for the parent; when it ends without having ended this process, it was killed, and nobody wants the PDF."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
