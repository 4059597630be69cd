"""What a child process may use, held by the system; the clock is held by whoever waits for the child."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from math import ceil

MIB = 1024 * 1024
GRACE_S = 5


@dataclass(frozen=True)
class Limits:
    """Memory, processor time, and time on the clock; by default what one typesetting may use."""

    memory_mib: int = 3000
    cpu_s: int = 300
    wall_s: int = 600


def limit_this_process(limits: Limits, *, for_good: bool = True) -> None:
    """Hold this process to its memory and processor time; what breaks them gets MemoryError, or is killed.

    If it is not for good, `allow_processor_time` can renew the time.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    for what, most in ((resource.RLIMIT_AS, limits.memory_mib * MIB), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS refuses a limit on address space; the other limits still hold.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (ceiling, ceiling))
    allow_processor_time(limits, for_good=for_good)


def allow_processor_time(limits: Limits, *, for_good: bool = False) -> None:
    """Let this process use its processor time from now on, whatever it has used before."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = ceil(usage.ru_utime + usage.ru_stime) + limits.cpu_s
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + GRACE_S if for_good else hard))
