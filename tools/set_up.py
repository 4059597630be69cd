"""Set the project up: a virtual environment from the lock file, and Pango.

    python3 tools/set_up.py build      what building the publication needs
    python3 tools/set_up.py dev        that, and what the tests and checks need
    python3 tools/set_up.py bench      that, and what `make bench` holds ours against
    python3 tools/set_up.py browser    Chromium, in which the long tests look at pages, and Java

Standard library only, so that it runs before anything is installed. Packages come from the hash-locked files in
requirements/ alone. Pango, which building needs, and Chromium and Java, which the long tests need, are no Python
packages: they are installed where apt and the right to use it exist, and named exactly where they do not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11, 2)
"""What Debian 12 has, and what is tried."""
SETS = ("build", "dev", "bench")
"""Each holds those before it."""
UNFINISHED = "set-up-unfinished"
"""Stands in the environment until all is installed in it."""

PANGO = """\
Pango, the library that shapes and breaks text, is missing on this machine. Install it and run make again:

  Debian, Ubuntu   sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0
  Fedora           sudo dnf install pango
  macOS            brew install pango
  Windows          pacman -S mingw-w64-x86_64-pango      (in MSYS2; then set WEASYPRINT_DLL_DIRECTORIES
                                                          to C:\\msys64\\mingw64\\bin)
"""
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0")
BROWSER = "browser"
CHROMIUM = """\
Chromium, in which the long tests look at the preview, is missing on this machine. Install it and try again:

  Debian           sudo apt-get install chromium
  Fedora           sudo dnf install chromium
  macOS            brew install --cask chromium
  elsewhere        https://www.chromium.org, or Chrome; `chromium` or `google-chrome` must be found by its name
"""
JAVA = """\
Java, which the validators of web edition and EPUB want, is missing on this machine. Install it and try again:

  Debian           sudo apt-get install default-jre-headless
  Fedora           sudo dnf install java-latest-openjdk-headless
  macOS            brew install openjdk
  elsewhere        https://adoptium.net; `java` must be found by its name
"""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(arguments: list[str]) -> int:
    """Set up one of `SETS`, or the browser; returns the exit code."""
    if len(arguments) != 1 or arguments[0] not in {*SETS, BROWSER}:
        print(f"usage: set_up.py {'|'.join((*SETS, BROWSER))}", file=sys.stderr)
        return 2
    if arguments[0] == BROWSER:
        return 0 if all([ensure_chromium(), ensure_java()]) else 1
    if sys.version_info < OLDEST:
        found, oldest = ".".join(map(str, sys.version_info[:3])), ".".join(map(str, OLDEST))
        print(f"Python {oldest} or newer is needed; {sys.executable} is {found}.", file=sys.stderr)
        print("Name another one: make PYTHON=python3.11", file=sys.stderr)
        return 1
    wanted = arguments[0]
    is_done = is_whole() and any(map(is_set_up, SETS[SETS.index(wanted) :]))
    if not is_done and not (make_environment() and install(lock_of(wanted)) and ensure_pango()):
        return 1
    stamp_of(wanted).write_text(fingerprint(wanted))
    return 0


def is_set_up(name: str) -> bool:
    """Tell whether one of `SETS` is installed as its lock file has it."""
    return stamp_of(name).is_file() and stamp_of(name).read_text() == fingerprint(name)


def fingerprint(name: str) -> str:
    """Hash what one of `SETS` is installed from."""
    return hashlib.sha256(lock_of(name).read_bytes() + sys.version.encode()).hexdigest()


def lock_of(name: str) -> Path:
    """Name the lock file of one of `SETS`."""
    return ROOT / "requirements" / f"{name}.txt"


def stamp_of(name: str) -> Path:
    """Name the file that says what one of `SETS` was installed from."""
    return ENVIRONMENT / f"set-up-{name}"


def make_environment() -> bool:
    """Create the virtual environment if there is none that is whole."""
    if is_whole():
        return True
    if ENVIRONMENT.exists():
        print("The set-up in .venv was not finished, or is of another Python; it is made anew", file=sys.stderr)
    print("Setting up .venv", file=sys.stderr)
    if create_environment():
        return True
    # Debian and Ubuntu keep the venv module's pip in a package of its own.
    version = ".".join(map(str, sys.version_info[:2]))
    package = f"python{version}-venv"
    if apt_install(package) and create_environment():
        return True
    clear_environment()  # or what has no pip would pass for one
    print("Python cannot make a virtual environment. Install what it lacks and run make again:", file=sys.stderr)
    print(f"\n  Debian, Ubuntu   sudo apt-get install {package}\n", file=sys.stderr)
    return False


def is_whole() -> bool:
    """Tell whether the environment can be used: nothing broke its making off, and its Python and pip run."""
    if not python_inside().exists() or (ENVIRONMENT / UNFINISHED).exists():
        return False
    command = (str(python_inside()), "-c", "import pip, sys; print(sys.version)")
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    return done.returncode == 0 and done.stdout.strip() == sys.version.strip()


def create_environment() -> bool:
    """Make the environment in the place of whatever stood there; it is unfinished until all is installed in it."""
    clear_environment()
    ENVIRONMENT.mkdir(exist_ok=True)
    (ENVIRONMENT / UNFINISHED).touch()
    return run(sys.executable, "-m", "venv", str(ENVIRONMENT))


def clear_environment() -> None:
    """Delete the environment; of a link, the link."""
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)


def install(lock: Path) -> bool:
    """Install exactly what the lock file names; pip refuses whatever has another hash."""
    print(f"Installing {lock.relative_to(ROOT)}", file=sys.stderr)
    options = ("--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:")
    (ENVIRONMENT / UNFINISHED).touch()
    if run(str(python_inside()), "-m", "pip", "install", *options, "-r", str(lock)):
        (ENVIRONMENT / UNFINISHED).unlink()
        return True
    print("The packages could not be installed, as the lines above say. Then run make again.", file=sys.stderr)
    return False


def ensure_pango() -> bool:
    """See that WeasyPrint finds Pango; install it where that is allowed, else say how."""
    if finds_pango():
        return True
    print("Pango is missing", file=sys.stderr)
    if apt_install(*PANGO_PACKAGES) and finds_pango():
        return True
    print(PANGO, file=sys.stderr)
    return False


def finds_pango() -> bool:
    """Ask WeasyPrint itself whether it can load its libraries."""
    command = (str(python_inside()), "-W", "ignore", "-c", "import weasyprint")
    return subprocess.run(command, capture_output=True, check=False, env=environment()).returncode == 0


def ensure_chromium() -> bool:
    """See that there is a Chromium; install it where that is allowed, else say how."""
    if finds_chromium():
        return True
    print("Chromium is missing", file=sys.stderr)
    if apt_install("chromium") and finds_chromium():
        return True
    print(CHROMIUM, file=sys.stderr)
    return False


def finds_chromium() -> bool:
    """Tell whether a Chromium can be started by its name."""
    return any(shutil.which(name) for name in CHROMIUM_NAMES)


def ensure_java() -> bool:
    """See that there is a Java; install it where that is allowed, else say how."""
    if shutil.which("java"):
        return True
    print("Java is missing", file=sys.stderr)
    if apt_install("default-jre-headless") and shutil.which("java"):
        return True
    print(JAVA, file=sys.stderr)
    return False


def apt_install(*packages: str) -> bool:
    """Install Debian packages if this machine has apt and lets us."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    prefix: tuple[str, ...] = ()
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if sudo is None or not run(sudo, "--non-interactive", "true", quiet=True):
            return False
        prefix = (sudo, "--non-interactive")
    print(f"Installing {', '.join(packages)} with apt", file=sys.stderr)
    command = (*prefix, apt, "install", "--yes", "--quiet", "--no-install-recommends", *packages)
    return run(*command) or (run(*prefix, apt, "update", "--quiet") and run(*command))


def run(*command: str, quiet: bool = False) -> bool:
    """Run a command, its output to standard error; returns whether it succeeded."""
    output = subprocess.DEVNULL if quiet else sys.stderr
    return subprocess.run(command, stdout=output, stderr=output, check=False, env=environment()).returncode == 0


def environment() -> dict[str, str]:
    """Give child processes the environment without what would lead them to other packages."""
    return {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    } | {"DEBIAN_FRONTEND": "noninteractive"}


def python_inside() -> Path:
    """Name the environment's interpreter."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
