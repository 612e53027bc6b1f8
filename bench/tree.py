"""What a tree of processes takes: seconds of the processor, and memory (Linux).

Of memory counts what each process has for itself, and its share of what it shares.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, final

__all__ = ["Peak", "below", "children_seconds", "highest", "peak_below", "proportional"]

_PROC: Final = Path("/proc")
_PAUSE: Final = 0.05  # seconds between two looks


@final
class Peak:
    """The most that was seen, in bytes."""

    bytes = 0


@contextlib.contextmanager
def peak_below(pid: int) -> Iterator[Peak]:
    """Watch all that `pid` has started, and what that has started, while the block runs."""
    peak, ended = Peak(), threading.Event()

    def watch() -> None:
        while not ended.wait(_PAUSE):
            peak.bytes = max(peak.bytes, sum(map(proportional, below(pid))))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def children_seconds() -> float:
    """Seconds of the processor, of all that this process has started and waited for, and of theirs."""
    spent = os.times()
    return spent.children_user + spent.children_system


def below(pid: int) -> list[int]:
    """The processes that stand below `pid` in the tree."""
    children = defaultdict[int, list[int]](list)
    for folder in _PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (folder / "stat").read_text(errors="replace")
            children[int(stat.rpartition(")")[2].split()[1])].append(int(folder.name))
    found, waiting = list[int](), [pid]
    while waiting:
        more = children[waiting.pop()]
        found += more
        waiting += more
    return found


def proportional(pid: int) -> int:
    """Bytes of one process; 0 where it has ended."""
    with contextlib.suppress(OSError):
        for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def highest(pid: int) -> int:
    """The most that one process has had resident so far, in bytes; 0 where it has ended."""
    with contextlib.suppress(OSError):
        for line in (_PROC / str(pid) / "status").read_text(errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0
