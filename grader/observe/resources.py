"""What this process is allowed to use up, and whether that is enough to run submissions. Imports nothing heavy."""

from __future__ import annotations

import os
import sys
from typing import Final

from grader.errors import GraderError

if sys.platform != "win32":
    import resource

__all__ = ["check_resources"]

_DESCRIPTORS: Final = 128  # for itself, for a warm process and its children
_OF_A_PROCESS: Final = 4  # more of them, for each process of a pool
_MEMORY: Final = 2 << 30  # bytes of addresses: the usual budget of a submission, above what numpy takes
_PROCESSES: Final = 32  # with their threads
_PLENTY: Final = 4096  # more descriptors than anything here needs


def check_resources(processes: int = 0) -> None:
    """Raise limits that are too low as far as that is allowed; `GraderError` where it is not enough.

    `processes`: how many others this one is going to start and to talk to.
    """
    if sys.platform == "win32":
        return
    descriptors = _DESCRIPTORS + _OF_A_PROCESS * processes
    if not _is_had(resource.RLIMIT_NOFILE, descriptors):
        raise GraderError(_too_low("files that may be open at once", "n", descriptors))
    if not _is_had(resource.RLIMIT_AS, _MEMORY):
        raise GraderError(_too_low("memory of a process", "v", _MEMORY >> 10))
    soft, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    if sys.platform == "linux" and 0 <= soft < _PLENTY and os.geteuid():  # it does not hold for root
        from grader.observe.walls.limits import threads_of_user

        wanted = threads_of_user(os.geteuid()) + _PROCESSES
        if not _is_had(resource.RLIMIT_NPROC, wanted):
            raise GraderError(_too_low("processes of this user", "u", wanted))


def _is_had(kind: int, wanted: int) -> bool:
    soft, hard = resource.getrlimit(kind)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return True
    if hard != resource.RLIM_INFINITY and hard < wanted:
        return False
    try:
        resource.setrlimit(kind, (wanted, hard))
    except (OSError, ValueError):  # a rule of the machine beyond these limits
        return False
    return True


def _too_low(what: str, option: str, wanted: int) -> str:
    return (
        f"this computer: the limit on {what} is too low to run submissions; `ulimit -{option} {wanted}` raises it for "
        "a shell, as far as whoever runs the computer allows"
    )
