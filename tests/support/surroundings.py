"""What surrounds a build and must not be seen in its bytes: folders, user, clock, caches and the like.

`VARIED` holds surroundings that each differ from the plain ones in one thing, `EVERYTHING` differs in all at once. A
build is started by `started_in`; `seen_in` tells what a process sees there, so that a test can show that the
surroundings did differ.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from support.projects import ROOT

NOBODY = 65534
PLAIN = {
    "HOME": "{folder}/home",
    "LC_ALL": "C.UTF-8",
    "LISTING": "a-z",
    "LOGNAME": "somebody",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "1700000000",
    "TMPDIR": "{folder}/temporary",
    "TZ": "UTC0",
    "USER": "somebody",
}
CACHES = {"MPLCONFIGDIR": "{folder}/caches/matplotlib", "XDG_CACHE_HOME": "{folder}/caches"}

LATER = """
import datetime, time

LATER = datetime.timedelta(days=4000, hours=11)


def later(function):
    return lambda *given: function(*given) + LATER.total_seconds()


def of_later(function):
    return lambda seconds=None: function(time.time() if seconds is None else seconds)


now_ns, strftime = time.time_ns, time.strftime
time.time = later(time.time)
time.time_ns = lambda: now_ns() + int(LATER.total_seconds()) * 10**9
time.localtime, time.gmtime, time.ctime = map(of_later, (time.localtime, time.gmtime, time.ctime))
time.strftime = lambda form, moment=None: strftime(form, time.localtime() if moment is None else moment)


class Known(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])


class Date(datetime.date, metaclass=Known):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class DateTime(datetime.datetime, metaclass=Known):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)


datetime.date, datetime.datetime = Date, DateTime
"""
"""Moves Python's clocks; nothing else in a build asks for the time."""

LISTING = """
import os

listdir, scandir = os.listdir, os.scandir
backwards = os.environ["LISTING"] == "z-a"


class Listed:
    def __init__(self, *given):
        with scandir(*given) as found:
            self.entries = iter(sorted(found, key=lambda entry: entry.name, reverse=backwards))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.entries = iter(())


os.scandir = Listed
os.listdir = lambda *given: sorted(listdir(*given), reverse=backwards)
"""
"""Lists folders from a to z or from z to a; a file system may list them in any order."""

MANY_CORES = "import os\nos.cpu_count = lambda: 64\n"
ONE_CORE = """
import os

os.cpu_count = lambda: 1
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
"""
STRANGER = "import os\nif os.geteuid() == 0:\n    os.setreuid(65534, 0)\n"
"""Makes nobody of a root in name only, where `Surroundings.other_user` cannot: root's own Python is root's alone."""
LIBRARIES = ("OMP", "OPENBLAS", "MKL", "NUMEXPR")

SEEN = """
import datetime, getpass, json, locale, os, sys, tempfile, time
import press

print(json.dumps({
    "working folder": os.getcwd(),
    "checkout": press.__file__,
    "user": [os.getuid(), getpass.getuser()],
    "time zone": time.strftime("%H", time.localtime(0)),
    "locale": [locale.getencoding(), sys.getfilesystemencoding()],
    "hash seed": hash("a word"),
    "umask": os.umask(0),
    "home": os.path.expanduser("~"),
    "clock": [datetime.datetime.now().year, datetime.date.today().year, time.gmtime().tm_year],
    "source date": os.environ["SOURCE_DATE_EPOCH"],
    "file dates": os.stat(sys.argv[1]).st_mtime,
    "file order": [os.listdir(sys.argv[2]), [entry.name for entry in os.scandir(sys.argv[2])]],
    "workers": [os.cpu_count(), os.environ.get("OMP_NUM_THREADS")],
    "caches": os.environ.get("XDG_CACHE_HOME"),
    "system fonts": os.environ.get("FONTCONFIG_FILE"),
    "temporary folder": tempfile.gettempdir(),
}))
"""


@dataclass(frozen=True)
class Surroundings:
    """How a build is run, as far as it differs from the plain way. `{folder}` stands for the folder it is run in."""

    environment: Mapping[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    """What every Python process runs before anything else."""
    umask: int = 0o022
    other_user: bool = False
    """Whether a root becomes nobody for the build; nobody else can become anybody."""
    other_checkout: bool = False
    """Whether the engine is a copy at another path."""
    other_folder: bool = False
    """Whether it is run in another folder than the publication's, by relative paths."""
    old_files: bool = False
    """Whether every file of the publication has a date of long ago."""

    def __or__(self, other: Surroundings) -> Surroundings:
        return Surroundings(
            {**self.environment, **other.environment},
            self.first + other.first,
            self.umask | other.umask,
            self.other_user or other.other_user,
            self.other_checkout or other.other_checkout,
            self.other_folder or other.other_folder,
            self.old_files or other.old_files,
        )


VARIED = {
    "working folder": Surroundings(other_folder=True),
    "checkout": Surroundings(other_checkout=True),
    "user": Surroundings({"USER": "kari", "LOGNAME": "kari"}, (STRANGER,), other_user=True),
    "time zone": Surroundings({"TZ": "NZST-12NZDT"}),
    "locale": Surroundings({"LC_ALL": "C", "LANGUAGE": "tr", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}),
    "hash seed": Surroundings({"PYTHONHASHSEED": "4711"}),
    "umask": Surroundings(umask=0o077),
    "home": Surroundings({"HOME": "{folder}/nowhere"}),
    "clock": Surroundings(first=(LATER,)),
    "source date": Surroundings({"SOURCE_DATE_EPOCH": "1"}),
    "file dates": Surroundings(old_files=True),
    "file order": Surroundings({"LISTING": "z-a"}),
    "workers": Surroundings({f"{name}_NUM_THREADS": "7" for name in LIBRARIES}, (MANY_CORES,)),
    "workers, but one": Surroundings({f"{name}_NUM_THREADS": "1" for name in LIBRARIES}, (ONE_CORE,)),
    "caches": Surroundings(CACHES),
    "system fonts": Surroundings({"FONTCONFIG_FILE": "{folder}/no-fonts.conf"}),
    "temporary folder": Surroundings({"TMPDIR": "{folder}/midlertidige filer"}),
}
EVERYTHING = reduce(Surroundings.__or__, VARIED.values())


@dataclass(frozen=True)
class Place:
    """A folder with a publication, ready for builds in some surroundings."""

    folder: Path
    project: Path
    engine: Path
    surroundings: Surroundings

    def start(self, *command: str | Path, **options: Any) -> subprocess.Popen[bytes]:
        """Run Python in the surroundings."""
        settings = {key: value.format(folder=self.folder) for key, value in self.surroundings.environment.items()}
        plain = {key: value.format(folder=self.folder) for key, value in PLAIN.items()}
        path = os.pathsep.join([str(self.folder / "first"), str(self.engine)])
        return subprocess.Popen(
            [sys.executable, "-B", *command],
            cwd=self.folder if self.surroundings.other_folder else self.project,
            env={**os.environ, **plain, **settings, "PYTHONPATH": path},
            umask=self.surroundings.umask,
            user=NOBODY if self.surroundings.other_user and can_be_nobody() else None,
            **options,
        )

    def build(self, edition: str = "report") -> subprocess.Popen[bytes]:
        """Start to build an edition of the publication into `folder/made`."""
        project, output = self.project, self.folder / "made"
        if self.surroundings.other_folder:
            project, output = project.relative_to(self.folder), output.relative_to(self.folder)
        return self.start(self.engine / "build.py", edition, "--quiet", "--project", project, "--output", output)

    def made(self, edition: str = "report") -> bytes:
        """Build an edition of the publication; returns the PDF."""
        with self.build(edition) as process:
            assert process.wait() == 0
        return self.pdf(edition)

    def pdf(self, edition: str = "report") -> bytes:
        """Read the PDF that was built, which has the checksum beside it."""
        data = (self.folder / f"made/{edition}.pdf").read_bytes()
        checksum = (self.folder / f"made/{edition}.pdf.sha256").read_text(encoding="ascii")
        assert checksum.startswith(f"{hashlib.sha256(data).hexdigest()}  {edition}.pdf\n# ")
        return data

    def seen(self) -> dict[str, Any]:
        """Tell what a process sees of its surroundings, with `{folder}` for the folder."""
        content = self.project / "content"
        with self.start("-c", SEEN, content / "report.yaml", content, stdout=subprocess.PIPE) as process:
            out, _ = process.communicate()
        told: dict[str, Any] = json.loads(out.decode("ascii").replace(str(self.folder), "{folder}"))
        return told


@contextmanager
def place(publication: Path, surroundings: Surroundings) -> Iterator[Place]:
    """Copy a publication into a folder of its own, which every user may read."""
    with TemporaryDirectory(prefix="surroundings-") as name:
        folder = Path(name).resolve()
        project = folder / ("en annen mappe – æøå/publikasjon" if surroundings.other_folder else "publication")
        for each in ("content", "figures") if (publication / "figures").is_dir() else ("content",):
            shutil.copytree(publication / each, project / each, ignore=shutil.ignore_patterns("__pycache__"))
        engine = ROOT
        if surroundings.other_checkout:
            engine = folder / "kopi av motoren"
            for each in ("press", "templates"):
                shutil.copytree(ROOT / each, engine / each, ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copy(ROOT / "build.py", engine)
        (folder / "first").mkdir()
        (folder / "first/sitecustomize.py").write_text("\n".join((LISTING, *surroundings.first)), encoding="utf-8")
        (folder / "no-fonts.conf").write_text("<fontconfig></fontconfig>", encoding="utf-8")
        for path in folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
            if surroundings.old_files and path.is_file():
                os.utime(path, (0, 0))
        folder.chmod(0o755)
        for each in ("home", "caches", "temporary", "midlertidige filer", "made"):
            (folder / each).mkdir()
            (folder / each).chmod(0o777)
        yield Place(folder, project, engine, surroundings)


@cache
def can_be_nobody() -> bool:
    """Tell whether we may become nobody, and nobody may read Python and the engine."""
    if os.geteuid() != 0:
        return False
    command = [sys.executable, "-c", "import sys, yaml; open(sys.argv[1]).close()", ROOT / "build.py"]
    try:
        return subprocess.run(command, user=NOBODY, stderr=subprocess.DEVNULL, cwd="/", check=False).returncode == 0
    except PermissionError:
        return False
