"""Write docs/checks.md from the docstrings of the rules: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

from press.checks import RULES, manual
from press.door.files import Folder

TARGET = Path(__file__).resolve().parent.parent / "docs" / "checks.md"


def main() -> int:
    """Write the file anew; returns the exit code."""
    Folder(TARGET.parent).write(TARGET.name, manual.whole(manual.pages(RULES)).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
