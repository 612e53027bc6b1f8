"""What a process does to itself before it runs a submission: descriptors, streams, limits and, in time, walls."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Final, final

from grader.observe.interpreter import HOMES

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl
    import resource

__all__ = [
    "HeldOutput",
    "close_all_but",
    "confine",
    "die_with_parent",
    "flush",
    "move_pipes",
    "open_streams",
    "output_held",
    "replace_streams",
    "threads",
    "use_home",
]

_FIRST_PRIVATE: Final = 100  # where a stray close(3) does not reach
_PR_SET_PDEATHSIG: Final = 1
_UNENCODABLE: Final = "backslashreplace"  # what becomes of a lone surrogate
_STATM: Final = "/proc/self/statm"
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def move_pipes(requests: int, replies: int, output: int) -> tuple[int, int, int]:
    """Move the pipes to private descriptors; standard input becomes empty, and all output goes to the output pipe."""
    private = _moved(requests), _moved(replies), _moved(output)
    os.dup2(output, 1)
    os.dup2(output, 2)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for descriptor in {nothing, requests, replies, output} - {0, 1, 2}:
        os.close(descriptor)
    return private


def _moved(descriptor: int) -> int:
    if sys.platform == "win32":
        copy = os.dup(descriptor)
        msvcrt.setmode(copy, os.O_BINARY)
        return copy
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _FIRST_PRIVATE)


def close_all_but(kept: set[int]) -> None:
    """Of the descriptors of this process."""
    for descriptor in {int(name) for name in os.listdir("/proc/self/fd")} - kept:  # noqa: PTH208 — numbers, not paths
        with contextlib.suppress(OSError):
            os.close(descriptor)


def threads() -> int:
    """How many this process has."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208 — numbers, not paths


def open_streams() -> None:
    """New `sys.stdin`, `sys.stdout` and `sys.stderr`, where the old ones are gone.

    A line is written as it ends, so that what a submission printed before it crashed is not lost. Closing one of them
    leaves its descriptor open.
    """
    if _is_closed(sys.stdin):
        sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding="utf-8")
    if _is_closed(sys.stdout):
        sys.stdout = _writer(1)
    if _is_closed(sys.stderr):
        sys.stderr = _writer(2)


def replace_streams() -> None:
    sys.stdin = sys.stdout = sys.stderr = None
    open_streams()
    warnings.simplefilter("ignore")  # outside of calls they are not recorded


def _is_closed(stream: object) -> bool:
    try:
        return bool(stream is None or stream.closed)  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 — a boundary: the stream may be the submission's own
        return True


def _writer(descriptor: int) -> io.TextIOWrapper:
    raw = io.BufferedWriter(io.FileIO(descriptor, "w", closefd=False))
    return io.TextIOWrapper(raw, encoding="utf-8", errors=_UNENCODABLE, newline="\n", line_buffering=True)


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 — every call comes by here
            stream.flush()
        except BaseException:  # noqa: BLE001, S110 — a boundary: the stream may be the submission's own
            pass


@final
class HeldOutput:
    """What is printed, held in memory as it would be read from a pipe."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    def taken(self) -> str:
        """What was printed since it was last taken."""
        if not self.stream.tell():
            return ""
        text = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        return text.encode("utf-8", _UNENCODABLE).decode("utf-8")


@contextlib.contextmanager
def output_held() -> Iterator[HeldOutput]:
    """Hold what is printed by code that can neither close its streams nor write past them."""
    streams, held = (sys.stdout, sys.stderr), HeldOutput()
    sys.stdout = sys.stderr = held.stream
    try:
        yield held
    finally:
        sys.stdout, sys.stderr = streams


def use_home(home: str) -> None:
    """Make the empty folder `home` the current folder, the home folder and that for temporary files."""
    os.chdir(home)
    os.environ.update(dict.fromkeys(HOMES, home))


def die_with_parent(parent: int) -> None:
    """Linux ends this process when its parent ends."""
    if _prctl is not None:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def confine(memory: int, close_in: Callable[[], None]) -> None:
    """Limit this process to what it has now and `memory` bytes. Called once, before anything of the submission runs.

    `close_in` puts up the walls, last: what they forbid is not needed by anything here.
    """
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if (size := _address_space()) is not None:
        resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
    close_in()


def _address_space() -> int | None:
    """Bytes that this process has now, where the system tells."""
    try:
        statm = os.open(_STATM, os.O_RDONLY)  # not as text: what that needs would be made anew in each child
    except OSError:
        return None
    try:
        return int(os.read(statm, 100).split()[0]) * resource.getpagesize()
    finally:
        os.close(statm)
