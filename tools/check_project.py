#!/usr/bin/env python3
"""Check the publication that is about to be committed with the engine that this script belongs to: for pre-commit.

    tools/check_project.py [FOLDER]     the publication's folder in the repository, if it is not its top

What is checked is what the commit will hold, not what lies in the folder: a new file that nobody has added is missing,
and one that was deleted is gone. The first run sets the engine up. Every file is checked, whatever changed: a reference
breaks in the file that nobody touched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ENGINE = Path(__file__).resolve().parent.parent
INSIDE = ENGINE / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
SOURCES = ("content", "figures", "fonts", "templates", "theme.yaml")
GIT = shutil.which("git") or "git"


def main(arguments: list[str]) -> int:
    """Run the checks; returns their exit code."""
    publication = Path(arguments[0] if arguments else ".")
    done = subprocess.run([sys.executable, ENGINE / "tools/set_up.py", "build"], check=False)
    if done.returncode != 0:
        return done.returncode
    with tempfile.TemporaryDirectory() as folder:
        # The names that messages give are those of the folder that is being committed.
        where = folder if staged(publication, Path(folder)) else None
        command: list[str | Path] = [INSIDE, ENGINE / "build.py", "check", "--quiet", "--project", publication]
        return subprocess.run(command, check=False, cwd=where).returncode


def staged(publication: Path, folder: Path) -> bool:
    """Lay into a folder what the next commit holds of a publication; False where there is no repository to ask."""
    names = [(publication / name).as_posix() for name in SOURCES]
    listed = subprocess.run([GIT, "ls-files", "-z", "--", *names], capture_output=True, check=False)
    if listed.returncode != 0 or not listed.stdout:
        return False
    # From the top, as checkout-index names files from there whatever folder it is run in.
    command = [GIT, "checkout-index", "-z", "--stdin", f"--prefix={folder}/"]
    return subprocess.run(command, input=listed.stdout, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
