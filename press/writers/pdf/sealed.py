"""Typesetting in a process of its own, with limits of memory, processor time and time on the clock.

Layout can be made to hang or to eat all memory by content that nobody has vetted, and there is no way to stop it from
inside (WeasyPrint's documentation says as much). So the door hands a `Document` to a child process and gets back a
`Typeset`, or the problems; a child that breaks a limit is killed, and the problem names the part it was laying out. The
child starts at once and imports WeasyPrint while the figures are still being drawn.
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
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from press.document import Document
from press.errors import Place, Problem, ReportError, TypesetError
from press.limits import Limits, limit_this_process
from press.writers.pdf.typeset import Typeset, typeset

RULE = "limits"
NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Typesetter:
    """A child process that typesets one document.

    Use it as a context manager: leaving it, for whatever reason, ends the child.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        # WeasyPrint unpacks the fonts into a folder that a killed child cannot clear away, so that it gets one of ours.
        self._folder = tempfile.TemporaryDirectory(prefix="press-")
        # Spawned, not forked: the child holds nothing of the parent's, and starts alike on every system.
        context = multiprocessing.get_context("spawn")
        self._connection, far_end = context.Pipe()
        self._process = context.Process(target=_child, args=(far_end, self.limits, self._folder.name), daemon=True)
        self._process.start()
        far_end.close()

    def __enter__(self) -> Typesetter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()
        self._folder.cleanup()

    def typeset(
        self, document: Document, progress: Callable[[str], None] = lambda line: None, *, surveying: bool = False
    ) -> Typeset:
        """Make the PDF of a document, and survey its pages if that is asked for.

        Raises TypesetError where none can be made, and with the problem of a limit that was broken.
        """
        deadline = time.monotonic() + self.limits.wall_s
        at = ""
        try:
            self._connection.send((document, surveying))
            while self._connection.poll(max(0, deadline - time.monotonic())):
                kind, value = self._connection.recv()
                if kind == "progress":
                    at = value
                    progress(value)
                elif kind == "done":
                    finished: Typeset = value
                    return finished
                elif kind == "problems":
                    raise TypesetError(value)
                else:
                    raise RuntimeError(f"typesetting failed:\n{value}")
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self._process.join()
            raise TypesetError([self._breach(at, self._process.exitcode)]) from None
        raise TypesetError([_broken(at, f"takes more than {self.limits.wall_s} seconds")])

    def _breach(self, at: str, exit_code: int | None) -> Problem:
        if exit_code is not None and -exit_code in {getattr(signal, "SIGXCPU", -1), getattr(signal, "SIGKILL", -1)}:
            return _broken(at, f"takes more than {self.limits.cpu_s} seconds of processor time")
        return _broken(at, f"needs more than {self.limits.memory_mib} MiB of memory (exit code {exit_code})")


def _broken(at: str, how: str) -> Problem:
    where = f"after «{at}»" if at else "at the first part"
    mend = "look for something very large or deeply nested in the section that comes there"
    return Problem(Place("content"), RULE, f"laying out the document {how}; it had come to {where}", mend)


def _child(connection: Connection, limits: Limits, folder: str) -> None:
    """Typeset one document; everything that happens goes through the connection, or into `folder`."""
    threading.Thread(target=_end_with_the_parent, args=(folder,), daemon=True).start()
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    limit_this_process(limits)
    # The process makes one document and ends, so that looking for garbage would only cost time (about a tenth).
    gc.disable()
    try:
        import press.writers.pdf.write  # noqa: F401 - imports WeasyPrint before there is anything to typeset

        document, surveying = connection.recv()
        done = typeset(document, lambda line: _send(connection, "progress", line), surveying=surveying)
        _send(connection, "done", done)
    except EOFError:
        return
    except ReportError as error:
        _send(connection, "problems", error.problems)
    except MemoryError:
        sys.exit(1)
    except RecursionError:
        what = "the document is nested too deeply to be laid out"
        _send(connection, "problems", (Problem(Place("content"), RULE, what, "flatten its lists"),))
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            what = f"the fonts cannot be unpacked for layout: {error.strerror}"
            mend = "make room, or name another folder for temporary files in TMPDIR"
            _send(connection, "problems", (Problem(Place(os.path.dirname(folder)), RULE, what, mend),))
        else:
            _send(connection, "crash", traceback.format_exc())


def _end_with_the_parent(folder: str) -> None:
    """Wait for the parent; when it ends without having ended this process, it was killed, and nobody wants the PDF."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _send(connection: Connection, kind: str, value: Any) -> None:
    connection.send((kind, value))
