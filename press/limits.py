"""What a child process may use, held by the system; the clock is held by whoever waits for the child."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Memory, processor time, and time on the clock; by default what one typesetting may use."""

    memory_mib: int = 3000
    cpu_s: int = 300
    wall_s: int = 600


def limit_this_process(limits: Limits) -> None:
    """Hold this process to its memory and processor time; what breaks them gets MemoryError, or is killed."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds
        return
    wanted = ((resource.RLIMIT_AS, limits.memory_mib * MIB, 0), (resource.RLIMIT_CPU, limits.cpu_s, 5))
    for what, most, grace in (*wanted, (resource.RLIMIT_CORE, 0, 0)):
        _, hard = resource.getrlimit(what)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (ceiling, ceiling + grace))
        except (ValueError, OSError):
            # macOS refuses a limit on address space; the other limits still hold.
            continue
