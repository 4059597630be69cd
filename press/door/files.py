"""The only writer of files: whole or not at all, below the folder that a command writes to, and never over a source.

A name comes from content as often as not (a letter, an edition, a section), so that a folder takes none that leads
out of it, by `..` or by a link, none that is a folder or a device already, and no two in a run that a computer which
does not tell capitals from small letters would keep in one file.

Left to others: which names content may choose. They are held to a pattern where they are read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from press.errors import Place, Problem, ReportError

if sys.platform != "win32":
    import fcntl

ENGINE = Path(__file__).resolve().parent.parent.parent
RULE = "output"
CACHE = ".cache"
TEMPORARY = ".unfinished"
"""How the names of temporary files end."""
SOURCES = frozenset({"content", "figures", "fonts", "templates"})
THEME = "theme.yaml"
"""What lies beside these folders and is a source too."""
OF_ENGINE = SOURCES | {"benchmarks", "ci", "docs", "press", "requirements", "tests", "tools"}
FINDINGS = frozenset({".json", ".log", ".sarif", ".txt", ".xml"})
"""How the name of a file ends that problems may be written into right beside a publication's folders."""
SUMS = "SHA256SUMS"
"""The file that a folder of ours has, with the checksums of the others."""
LEFT_FOLDER = f"{TEMPORARY}.folder"
"""How the names of folders end that are not in their place."""
ELSEWHERE = "choose another folder with --output, for instance build/"


@dataclass(frozen=True)
class Folder:
    """A folder that files are written into, and nowhere else."""

    path: Path
    written: dict[str, str] = field(default_factory=dict)
    """SHA-256 of what was written in this run, by name."""
    _taken: set[str] = field(default_factory=set)
    """The names written in this run, in small letters."""

    def write(self, name: str, data: bytes, *, is_secret: bool = False) -> None:
        """Write a file whole or not at all: beside its place, flushed to disk, then renamed onto it."""
        target = self._target(name)
        with _writing(target) as flush, _temporary(target, data, is_secret=is_secret) as new:
            new.replace(target)
            flush()
        self.written[name] = _sha256(data)

    def write_with_checksum(self, name: str, data: bytes, remark: str = "") -> None:
        """Write a file whole, and `<its name>.sha256` beside it, as `sha256sum` does; a remark stands below.

        At no moment does a checksum stand beside a file that it is not of: the old one goes before the file is
        replaced, and the new one comes after. Both lie on the disk by then, so that the disk cannot become full in
        between.
        """
        target, beside = self._target(name), self._target(f"{name}.sha256")
        below = f"# {remark}\n" if remark else ""
        checksum = f"{_sha256(data)}  {target.name}\n{below}".encode("ascii", "replace")
        with (
            _writing(target) as flush,
            _temporary(target, data) as new,
            _temporary(beside, checksum) as new_checksum,
            _temporary(beside) as old_checksum,
        ):
            had_checksum = beside.is_file()
            if had_checksum:
                beside.replace(old_checksum)
                flush()
            try:
                new.replace(target)
            except OSError:
                if had_checksum:
                    old_checksum.replace(beside)
                raise
            flush()
            new_checksum.replace(beside)
            flush()
        self.written.update({name: _sha256(data), f"{name}.sha256": _sha256(checksum)})

    def write_folder(self, name: str, files: Mapping[str, bytes], remark: str = "") -> None:
        """Write a folder that holds these files and no others, whole or not at all, and with them their checksums.

        It is made beside its place and renamed onto it. A build that is killed leaves the old folder or the new one;
        what else it leaves, the next takes away. Raises ReportError for a folder that is not one of ours.
        """
        below = f"# {remark}\n" if remark else ""
        sums = "".join(f"{_sha256(data)}  {file}\n" for file, data in sorted(files.items()))
        whole = {**files, SUMS: f"{sums}{below}".encode("utf-8", "replace")}
        target = self.path.joinpath(name)
        self._require_ours(target)
        with _writing(target) as flush:
            for left_over in sorted(target.parent.glob(f".{target.name}.*{LEFT_FOLDER}")):
                _settle(left_over, target)
            new = Path(tempfile.mkdtemp(f".new{LEFT_FOLDER}", f".{target.name}.", target.parent))
            inside = Folder(new)
            try:
                for file, data in whole.items():
                    inside._write_new(file, data)
                new.chmod(0o777 & ~_umask())
                _exchange(new, target, flush)
            finally:
                shutil.rmtree(new, ignore_errors=True)
        self.written.update({f"{name}/{file}": _sha256(data) for file, data in whole.items()})

    def _require_ours(self, target: Path) -> None:
        if not _is_within(target, self.path):
            mend = "delete the link, or choose a folder with --output"
            raise _refused(target, "this folder is a link that leads out", mend)
        if os.path.lexists(target) and not target.is_dir():
            raise _refused(target, "a file stands where a folder is to be written", "move it, or choose another folder")
        if target.is_dir() and any(target.iterdir()) and not (target / SUMS).is_file():
            what = "files lie in this folder that no build wrote, and they would be deleted"
            raise _refused(target, what, ELSEWHERE)

    def _write_new(self, name: str, data: bytes) -> None:
        """Write a file into a folder that nobody has seen yet, and have it on the disk."""
        target = self._target(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def _target(self, name: str) -> Path:
        """Give the path of a name; raises ReportError for what must not be written."""
        parts = PurePosixPath(name).parts
        target = self.path.joinpath(*parts)
        if not parts or ".." in parts or "\\" in name or PurePosixPath(name).is_absolute():
            raise _refused(self.path, f"{name!r} leads out of this folder", "choose a plain name in the content")
        if not _is_within(target.parent, self.path):
            mend = "delete the link, or choose a folder with --output"
            raise _refused(target.parent, "this folder is a link that leads out", mend)
        if os.path.lexists(target) and not target.is_symlink() and not target.is_file():
            what = "a folder" if target.is_dir() else "a device or a pipe"
            raise _refused(target, f"the file cannot be written: {what} stands in its place", "move it, or name a file")
        if name.casefold() in self._taken:
            what = "two things would be written into this file (on many computers A and a are the same name)"
            raise _refused(target, what, "give one of the two another name or id in the content")
        self._taken.add(name.casefold())
        return target


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def output_folder(path: Path, home: Path | None, own: Iterable[str] = ()) -> Folder:
    """Give a folder that output goes into; `own` are the folders in it that the engine makes.

    Raises ReportError where sources lie, and for links out of it; out of `home` too if the user did not name the path.
    """
    if home is not None and not _is_within(path, home):
        raise _refused(path, "this folder is a link that leads out", "delete the link, or choose one with --output")
    if os.path.lexists(path) and not path.is_dir():
        raise _refused(path, "this is a file, not a folder", ELSEWHERE)
    if _is_source(path, OF_ENGINE):
        raise _refused(path, "sources of a publication lie here, and no output may replace one", ELSEWHERE)
    for name in own:
        if not _is_within(path / name, path):
            mend = "delete the link, or choose a folder with --output"
            raise _refused(path / name, "this folder is a link that leads out", mend)
    return Folder(path)


def cache_folder(path: Path | None, project: Path) -> Path:
    """Give the folder of a cache: `.cache/` of the project, or the one that the user named.

    Raises ReportError where sources lie, for what is no folder, and for a link out of the project if it is its own.
    """
    own = project / CACHE
    folder = own if path is None else path
    mend = "delete it, or choose another folder with --cache"
    if path is None and not _is_within(own, project):
        raise _refused(own, "this folder is a link that leads out", mend)
    if os.path.lexists(folder) and not folder.is_dir():
        raise _refused(folder, "this is a file, not a folder", mend)
    if folder.resolve() != project.resolve() / CACHE and _is_source(folder, OF_ENGINE):
        raise _refused(folder, "sources of a publication lie here, and no cache may lie among them", mend)
    return folder


def output_file(path: Path, made: Path) -> tuple[Folder, str]:
    """Give the folder and the name of a file that output goes into; `made` is the one folder that need not be there.

    Raises ReportError where sources lie, and for a folder that is not there.
    """
    if path.is_dir():
        raise _refused(path, "this is a folder, not a file", "name a file in it, for instance build/findings.json")
    is_beside = path.suffix.lower() in FINDINGS and not path.name.startswith(".")
    if _is_source(path.parent, OF_ENGINE, is_beside=is_beside):
        mend = "choose another file with --output, for instance build/findings.json"
        raise _refused(path, "sources of a publication lie here, and no output may replace one", mend)
    if not path.parent.is_dir() and path.parent.resolve() != made.resolve():
        raise _refused(path, "there is no such folder", "make it, or mend its name; build/ is made by itself")
    return Folder(path.parent), path.name


def _is_within(path: Path, folder: Path) -> bool:
    from press.content.strict_yaml import is_within  # which reads YAML, and `--help` should not wait for that

    return is_within(path, folder)


def holds_sources(folder: Path) -> bool:
    """Tell whether a folder is, or lies in, one that the engine or a publication keeps sources in."""
    return _is_source(folder, OF_ENGINE)


def _is_source(folder: Path, of_engine: Iterable[str], *, is_beside: bool = False) -> bool:
    """Tell whether a folder is where a publication, or the engine, keeps its sources."""
    path = folder.resolve()
    for home in (path, *path.parents):
        if home == ENGINE or os.path.isfile(home / "content" / "report.yaml"):
            top = next(iter(path.relative_to(home).parts), None)
            if top is None:
                return not is_beside
            return top.startswith(".") or top.casefold() in (of_engine if home == ENGINE else SOURCES)
    return False


@contextmanager
def _writing(target: Path) -> Iterator[Callable[[], None]]:
    """Have the folder of a target to ourselves; yields what flushes its entries to disk.

    Only who holds the folder's lock makes temporary files in it, so that those found there were left by a build that
    was killed; they are deleted. A system or file system without such locks keeps them.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":  # which neither locks folders nor needs to be told to flush a rename
            yield lambda: None
            return
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            with suppress(OSError):
                fcntl.flock(folder, fcntl.LOCK_EX)  # let go by the system when the process ends, however it ends
                for left_over in target.parent.glob(f".*{TEMPORARY}"):
                    left_over.unlink()
            yield lambda: os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        mend = "allow writing there and make room, or name another folder"
        raise _refused(target, f"the file cannot be written: {error.strerror}", mend) from error


def _exchange(new: Path, target: Path, flush: Callable[[], None]) -> None:
    """Put a folder in the place of another, which goes."""
    old = new.with_name(new.name.replace(".new.", ".old."))
    if target.is_dir():
        target.replace(old)
    try:
        new.replace(target)
    except OSError:
        if old.is_dir():
            old.replace(target)
        raise
    flush()
    shutil.rmtree(old, ignore_errors=True)


def _settle(left_over: Path, target: Path) -> None:
    """Put the old folder back that a build had moved away when it was killed; take any other away."""
    if left_over.name.endswith(f".old{LEFT_FOLDER}") and not target.exists():
        left_over.replace(target)
    else:
        shutil.rmtree(left_over, ignore_errors=True)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


@contextmanager
def _temporary(target: Path, data: bytes = b"", *, is_secret: bool = False) -> Iterator[Path]:
    """Write a file beside a target and flush it to disk; whoever does not rename it has it deleted."""
    descriptor, name = tempfile.mkstemp(TEMPORARY, f".{target.name}.", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp lets only the owner read; a finished document is as readable as any other new file.
        if not is_secret:
            temporary.chmod(0o666 & ~_umask())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def named(path: Path) -> str:
    """Name a file as whoever gave the command would."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _refused(path: Path, what: str, mend: str) -> ReportError:
    return ReportError([Problem(Place(named(path)), RULE, what, mend)])
