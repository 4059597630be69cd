"""Exit codes: what a shell, make or CI is told of a command."""

DONE = 0
TO_MEND = 1
"""The author has something to mend."""
USAGE = 2
"""No such command or option; argparse ends with it too."""
OUR_FAULT = 3
"""A fault of the engine, with its traceback."""
STOPPED = 130
"""By an interrupt."""
