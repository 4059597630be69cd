#!/usr/bin/env python3
"""Check the publication in the current folder with the engine that this script belongs to: for pre-commit.

The first run sets the engine up. Every file is checked, whatever changed: a reference breaks in the file that nobody
touched.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ENGINE = Path(__file__).resolve().parent.parent
INSIDE = ENGINE / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main() -> int:
    """Run the checks; returns their exit code."""
    if not INSIDE.exists():
        done = subprocess.run([sys.executable, ENGINE / "tools/set_up.py", "build"], check=False)
        if done.returncode != 0:
            return done.returncode
    command: list[str | Path] = [INSIDE, ENGINE / "build.py", "check", "--project", Path.cwd(), "--quiet"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
