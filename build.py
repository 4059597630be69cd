"""The door to the pipeline: one command run, problems printed, an exit code.

    python build.py                 build the full report into build/report.pdf
    python build.py check           read and check the content, make nothing
    python build.py check --pages   lay the report out as well, and check its pages
    python build.py check --rules   list the rules; `--explain RULE` prints one's page
    python build.py --help          everything else

Problems go to stdout, progress and totals to stderr. `press.door.exit_codes` says what the exit codes mean.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from press.door.arguments import parse
from press.door.console import Console, UnprintableError
from press.door.exit_codes import DONE, OUR_FAULT, STOPPED, TO_MEND, USAGE
from press.door.streams import make_safe
from press.door.telling import tell
from press.errors import Outcome, ReportError

__all__ = ["DONE", "OUR_FAULT", "STOPPED", "TO_MEND", "USAGE", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    options = parse(sys.argv[1:] if arguments is None else arguments)
    console = Console(quiet=options.quiet, timings=getattr(options, "timings", False))
    try:
        try:
            code: int = options.run(options, console)
        except ReportError as error:
            tell(Outcome(error.problems), options, console)
            return TO_MEND
        return code
    except UnprintableError as error:
        print(f"what was found cannot be written to the output: {error}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return TO_MEND
    except BrokenPipeError:
        # Whoever read our output has gone, as `head` does; Python would complain once more on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return STOPPED
    except KeyboardInterrupt:
        console.wipe()
        print("stopped", file=sys.stderr)
        return STOPPED
    except Exception:
        traceback.print_exc()
        print(
            "\nThis is a fault of the engine, not of your content. Please report it with the lines above.",
            file=sys.stderr,
        )
        return OUR_FAULT


if __name__ == "__main__":
    make_safe()
    sys.exit(main())
