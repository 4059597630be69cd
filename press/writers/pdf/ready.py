"""Imported by the process that children are forks of: what makes parts, once for all of them."""

from __future__ import annotations

import gc
from contextlib import suppress

# Where Pango is missing, each child says so when it is asked for something.
with suppress(OSError):
    import press.writers.pdf.write_part  # noqa: F401

# What is never looked at again is never copied either.
gc.collect()
gc.freeze()
