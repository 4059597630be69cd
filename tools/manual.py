"""Write docs/checks.md from the docstrings of the rules: `make docs`."""

from __future__ import annotations

import sys
from pathlib import Path

from press.checks import RULES, manual

TARGET = Path(__file__).resolve().parent.parent / "docs" / "checks.md"


def main() -> int:
    """Write the file anew; returns the exit code."""
    TARGET.write_text(manual.whole(manual.pages(RULES)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
