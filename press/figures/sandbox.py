"""What code of a project may do while it runs: read its own modules, and nothing else beyond computing.

An audit hook (PEP 578) refuses to open a file for writing, to read one that is not declared, to connect, to start a
program, and to ask. It stops accidents and careless code; it is no wall, since code that sets out to get past it can.
A hook cannot be taken away again, so that `seal` belongs in a process that ends with what it ran.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import zoneinfo
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FROM_DATA = "put what it needs into content/data/ and take it from `data`"
WRITES = "take that out: the figure that draw(data) returns is saved for it"


_PRESS = Path(__file__).resolve().parent.parent
OURS = (
    *sorted((_PRESS / "figures").glob("*.py")),
    *(_PRESS / name for name in ("__init__.py", "cache.py", "contrast.py", "errors.py", "fonts.py", "limits.py")),
    _PRESS / "surroundings.py",
    *(_PRESS / "content" / name for name in ("__init__.py", "characters.py", "slips.py", "strict_yaml.py")),
)
"""Our modules that have a part in drawing, all of which a drawing's key is made of: scripts can use no other."""


class RefusedError(PermissionError):
    """Raised in the code that tried what it may not."""


class Breach(NamedTuple):
    """What was tried, and what to do instead."""

    what: str
    mend: str


_PROGRAMS = (
    *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "pty.spawn"),
    *("os.startfile", "os.startfile/2", "_winapi.CreateProcess", "os.kill", "os.killpg"),
)
_CHANGES = (
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"),
    *("os.utime", "os.chflags", "os.setxattr", "os.removexattr", "tempfile.mkstemp", "tempfile.mkdtemp"),
)
_LOOKS = ("os.listdir", "os.scandir")


class _Sandbox:
    """Holds what may be read, and whom to tell of what may not be done."""

    def __init__(self, root: Path, readable: Iterable[Path], tell: Callable[[Breach], None]) -> None:
        self.root = root.resolve()
        self.folders = [path.resolve() for path in libraries()]
        self.readable = {Path(os.path.realpath(path)) for path in (*readable, *OURS)}
        self.tell = tell
        self.telling = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.telling:  # what this hook itself looks up
            return
        self.telling = True
        try:
            breach = self._breach(event, arguments)
            if breach is not None:
                self.tell(breach)
        finally:
            self.telling = False
        if breach is not None:
            raise RefusedError(breach.what)

    def _breach(self, event: str, arguments: tuple[Any, ...]) -> Breach | None:
        if event == "open":
            return self._opening(*arguments)
        if event in _LOOKS:
            if arguments[0] is None or self._may_read(arguments[0]):
                return None
            return Breach(f"it looks into the folder {self._shown(arguments[0])}", FROM_DATA)
        if event.startswith(("socket.", "urllib.", "http.client.", "ftplib.", "smtplib.", "poplib.", "imaplib.")):
            return Breach("it opens a connection", FROM_DATA)
        if event in _PROGRAMS:
            return Breach("it starts or ends another program", "draw with matplotlib alone")
        if event in _CHANGES or event.startswith("shutil."):
            return Breach("it makes, changes or deletes files", WRITES)
        if event.startswith("ctypes."):
            return Breach("it calls code beneath Python", "draw with matplotlib alone")
        if event == "builtins.input":
            return Breach("it asks a question and waits for the answer", FROM_DATA)
        return None

    def _opening(self, path: Any, mode: str | None, flags: int) -> Breach | None:
        if isinstance(path, int) or path == os.devnull:
            return None
        if (mode and set(mode) & set("wax+")) or (flags or 0) & WRITING:
            return Breach(f"it writes the file {self._shown(path)}", WRITES)
        if not self._may_read(path):
            return Breach(f"it reads the file {self._shown(path)}, which is not declared", FROM_DATA)
        return None

    def _may_read(self, path: Any) -> bool:
        if isinstance(path, int):
            return True
        found = Path(os.fsdecode(path)).resolve()
        return found in self.readable or any(found.is_relative_to(folder) for folder in self.folders)

    def _shown(self, path: Any) -> str:
        """Name a file as the project does, or as the script named it."""
        if isinstance(path, int):
            return str(path)
        found = Path(os.fsdecode(path)).resolve()
        return found.relative_to(self.root).as_posix() if found.is_relative_to(self.root) else os.fsdecode(path)


def seal(root: Path, readable: Iterable[Path], tell: Callable[[Breach], None]) -> None:
    """Let this process, from here on, read only Python's libraries and `readable`; it `tell`s what was tried instead.

    `root` is the folder that files are named from. Of a folder in `readable` the list of names may be read.
    """
    import ctypes  # noqa: F401 - which calls what is refused afterwards

    sys.path[:] = [path for path in sys.path if path and any(Path(path).is_relative_to(each) for each in libraries())]
    sys.addaudithook(_Sandbox(root, readable, tell))


def libraries() -> list[Path]:
    """Name the folders of Python, of the installed packages, and of the time zones that dates are in."""
    paths = sysconfig.get_paths()
    installed = [Path(paths[name]) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*installed, *map(Path, zoneinfo.TZPATH)]
