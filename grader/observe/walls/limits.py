"""What a child may use up. Memory is apart: `grader.observe.process_setup` limits it at every level."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import resource

__all__ = ["THREADS", "ResourceLimits", "apply", "limits", "threads_of_user"]

ResourceLimits = tuple[tuple[int, int], ...]  # kinds and values

THREADS: Final = 64  # beyond those that are there already
_DESCRIPTORS: Final = 256
_SECONDS: Final = 3600  # of the processor; for a child that nobody waits for any more


def limits(threads: int) -> ResourceLimits:
    """What to set in each child. `threads`: how many its user may have, the child's own among them."""
    wanted = {
        "CPU": _SECONDS,
        "FSIZE": 0,
        "NPROC": threads,
        "NOFILE": _DESCRIPTORS,
        "CORE": 0,
        "MEMLOCK": 0,
        "MSGQUEUE": 0,
        "SIGPENDING": THREADS,
        "RTPRIO": 0,
        "NICE": 0,
    }
    kinds = [(getattr(resource, f"RLIMIT_{name}", None), value) for name, value in wanted.items()]
    return tuple((kind, _least(value, resource.getrlimit(kind)[1])) for kind, value in kinds if kind is not None)


def apply(chosen: ResourceLimits) -> None:
    """Set this process's limits, for good."""
    for kind, value in chosen:
        resource.setrlimit(kind, (value, value))


def _least(value: int, hard: int) -> int:
    return value if hard == resource.RLIM_INFINITY else min(value, hard)


def threads_of_user(user: int) -> int:
    """How many threads a user's processes have, all together."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            if process.stat().st_uid == user:
                count += len(os.listdir(process / "task"))  # noqa: PTH208 — only how many
    return count
