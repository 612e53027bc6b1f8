"""What an attack has left on the machine: files, processes, segments, sockets. What is found is removed."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from hostile.planted import Planted

__all__ = ["adopting_orphans", "files_left", "processes_left"]

_SET_CHILD_SUBREAPER = 36
_PATIENCE = 1.5  # seconds that a process which was killed may take to be gone
_OPEN_TO_ALL = (Path("/dev/shm"), Path("/tmp"), Path("/var/tmp"), Path.home())


@contextlib.contextmanager
def adopting_orphans() -> Iterator[None]:
    """Be the parent of every process that loses its own, so that none can get away."""
    library = ctypes.CDLL(None)
    library.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    yield
    library.prctl(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def files_left(planted: Planted) -> list[str]:
    """What is new in places that anybody may write to, and in the folders of children that are gone."""
    found = [path for path in planted.outside.iterdir() if path.name != ".keep"]
    found += [path for home in planted.homes.iterdir() if home.is_dir() for path in home.iterdir()]
    for place in _OPEN_TO_ALL:
        if place.is_dir():
            found += [path for path in place.iterdir() if planted.token in path.name]
    told = [str(path) for path in found]
    if found:
        subprocess.run(["rm", "-rf", *told], check=False)  # Python's own way fails on what is deep
    return [*told, *_sockets(planted.token)]


def _sockets(token: str) -> list[str]:
    with contextlib.suppress(OSError):
        lines = Path("/proc/net/unix").read_text().splitlines()
        return [line.split()[-1] for line in lines if f"@hostile-{token}" in line]
    return []


def processes_left() -> list[str]:
    """Orphans: children of ours that we did not start (what we start leads a session of its own)."""
    end = time.monotonic() + _PATIENCE
    while (orphans := [number for number in _children() if _is_orphan(number)]) and time.monotonic() < end:
        time.sleep(0.01)
    told = []
    for number in orphans:
        told.append(f"process {number}")
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(number, 0)
    return told


def _children() -> list[int]:
    found: list[int] = []
    for file in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, file.read_text().split())
    return found


def _is_orphan(number: int) -> bool:
    try:
        if os.getsid(number) in (number, os.getsid(0)):
            return False
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    if state == "Z":
        with contextlib.suppress(ChildProcessError):
            os.waitpid(number, os.WNOHANG)
        return False
    return True
