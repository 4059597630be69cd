"""What was made before, kept by what it was made of: a memory in front of a folder, never asked whether it is right.

A key is the hash of everything that a result depends on (`key_of`), so that an entry is right for ever or never asked
for. What lies on the disk is not trusted all the same: an entry carries its kind, its key and a hash of the whole, and
one that is not what was put there, whole and under its own name, is deleted and made again, with a warning. Entries are
bytes, which callers encode without anything that runs code when it is read (no pickle). No fault of a disk stops a
build, which then does without.

Several processes may use one folder: each writes under a name of its own and renames. Nothing is flushed to disk,
since a half-written entry is found out when it is read. Apart from `press.door.files` this alone writes files.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

MIB = 1024 * 1024
LIMIT_BYTES = 256 * MIB
"""What a folder may hold: hundreds of builds of a report."""
MEMORY_BYTES = 16 * MIB
"""What a living process holds of it."""
FORMAT = b"press cache 1\n"
DIGEST_BYTES = 32
LEFT_OVER_S = 3600
"""The age at which an unfinished entry is that of a build that was killed."""
UNFINISHED = ".unfinished"
TAGS = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Made by build.py, and made anew when deleted.\n",
}
"""What keeps a folder out of git, wherever it lies, and out of backups (https://bford.info/cachedir/)."""

_KIND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[0-9a-f]{64}")
_ENTRY = re.compile(rf"{_KIND.pattern}\.{_KEY.pattern}")
# A name that leads elsewhere is not followed, a pipe not waited for.
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def key_of(*parts: bytes | str) -> str:
    """Hash what a result depends on. Each part goes in with its length: `ab`, `c` is not `a`, `bc`."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


class Cache:
    """Entries by kind and key; without a folder they are held in memory alone."""

    def __init__(
        self,
        folder: Path | None,
        limit_bytes: int = LIMIT_BYTES,
        warn: Callable[[str], None] = lambda line: None,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.warn = warn
        self.memory_bytes = memory_bytes
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._held_bytes = 0
        self._lock = threading.Lock()
        self._warned: set[str] = set()

    def get(self, kind: str, key: str) -> bytes | None:
        """Give an entry; None if there is none that can be trusted."""
        name = _name(kind, key)
        with self._lock:
            content = self._memory.get(name)
            if content is not None:
                self._memory.move_to_end(name)
        if content is None and self.folder is not None:
            content = self._read(self.folder / name)
            if content is not None:
                self._hold(name, content)
        if content is not None and self.folder is not None:
            with suppress(OSError):  # gone, or not ours to touch
                os.utime(self.folder / name)
        return content

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep an entry; in memory alone where it cannot be written."""
        name = _name(kind, key)
        self._hold(name, content)
        if self.folder is None or len(content) > self.limit_bytes:
            return
        try:
            self._write(self.folder, name, content)
        except OSError as error:
            self._warn_once("written", f"the cache cannot be written to, and the build goes on without: {_said(error)}")

    def prune(self) -> None:
        """Delete what was not used for longest until the folder is within its limit, and what killed builds left."""
        if self.folder is None:
            return
        with suppress(OSError):
            long_ago = time.time() - LEFT_OVER_S
            entries = []
            for file, status in self._files(self.folder):
                if _ENTRY.fullmatch(file.name):
                    entries.append((status.st_mtime_ns, file.name, status.st_size))
                elif status.st_mtime < long_ago:
                    _delete(file)
            held = sum(size for _, _, size in entries)
            for _, name, size in sorted(entries):
                if held <= self.limit_bytes:
                    break
                _delete(self.folder / name)
                held -= size

    def clear(self) -> None:
        """Delete every entry; what else lies in the folder stays, and with it the folder."""
        with self._lock:
            self._memory.clear()
            self._held_bytes = 0
        if self.folder is None:
            return
        try:
            if not self.folder.is_dir():
                return
            for file, _ in list(self._files(self.folder)):
                file.unlink(missing_ok=True)
            rest = {file.name for file in self.folder.iterdir()}
            if rest <= {*TAGS}:
                for name in rest:
                    (self.folder / name).unlink(missing_ok=True)
                self.folder.rmdir()
        except OSError as error:
            self._warn_once("cleared", f"the cache cannot be deleted: {_said(error)}")

    def _hold(self, name: str, content: bytes) -> None:
        with self._lock:
            self._held_bytes -= len(self._memory.pop(name, b""))
            if len(content) > self.memory_bytes:
                return
            self._memory[name] = content
            self._held_bytes += len(content)
            while self._held_bytes > self.memory_bytes:
                _, oldest = self._memory.popitem(last=False)
                self._held_bytes -= len(oldest)

    def _read(self, path: Path) -> bytes | None:
        try:
            with open(os.open(path, _READING), "rb") as file:
                status = os.fstat(file.fileno())
                is_file = stat.S_ISREG(status.st_mode) and status.st_size <= self.limit_bytes + MIB
                data = file.read() if is_file else b""
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno != errno.ELOOP:  # which a link in the entry's place gives
                self._warn_once("read", f"the cache cannot be read, and the build goes on without: {_said(error)}")
                return None
            data = b""
        content, fault = _opened(path.name, data)
        if fault:
            _delete(path)
            self._warn_once("entry", f"{path}: this entry of the cache {fault}; it is deleted and made again")
        return content

    def _write(self, folder: Path, name: str, content: bytes) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
        for tag, text in TAGS.items():
            if not os.path.lexists(folder / tag):
                _place(folder / tag, text.encode("ascii"))
        _place(folder / name, _closed(name, content))

    @staticmethod
    def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield the files that this cache made in its folder, but for its tags: finished entries and unfinished."""
        with os.scandir(folder) as found:
            for each in found:
                if _ENTRY.fullmatch(each.name) or (each.name.startswith(".") and each.name.endswith(UNFINISHED)):
                    with suppress(FileNotFoundError):  # which another process deleted
                        yield Path(each.path), each.stat(follow_symlinks=False)

    def _warn_once(self, trouble: str, line: str) -> None:
        """Tell of the first of each kind of trouble: after it the others are as good as known."""
        if trouble not in self._warned:
            self._warned.add(trouble)
            self.warn(line)


def _name(kind: str, key: str) -> str:
    name = f"{kind}.{key}"
    if _ENTRY.fullmatch(name) is None:
        raise ValueError(f"no kind and key of a cache: {name!r}")
    return name


def _closed(name: str, content: bytes) -> bytes:
    """Give an entry as it lies on the disk: format, hash of all that follows, its own name, content."""
    body = b"%s\n%s" % (name.encode("ascii"), content)
    return FORMAT + hashlib.sha256(body).digest() + body


def _opened(name: str, data: bytes) -> tuple[bytes | None, str]:
    """Give the content of an entry, or what is wrong with it."""
    start = len(FORMAT) + DIGEST_BYTES
    if not data.startswith(FORMAT):
        return None, "is damaged, or of another version of the engine"
    if hashlib.sha256(memoryview(data)[start:]).digest() != data[len(FORMAT) : start]:
        return None, "is damaged"
    own, _, content = data[start:].partition(b"\n")
    if own != name.encode("ascii"):
        return None, "was put there under another's name"
    return content, ""


def _place(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, under a name of its own until then."""
    descriptor, temporary = tempfile.mkstemp(UNFINISHED, ".", path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        _delete(Path(temporary))
        raise


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _said(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
