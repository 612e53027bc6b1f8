"""Being ended from outside: by a signal, or with the terminal. What was begun is put away, whatever is pressed."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Final, final

__all__ = ["INTERRUPTED", "Ending", "orderly"]

INTERRUPTED: Final = 130
_SIGNALLED: Final = 128
_NAMES: Final = ("SIGTERM", "SIGHUP")


@final
class Ending:
    """How this process was told to end."""

    def __init__(self) -> None:
        self.status = INTERRUPTED

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Stop as on Ctrl-C, once: what is told again meanwhile is known already."""
        if self.status == INTERRUPTED:
            self.status = _SIGNALLED + number
            if signal.Signals(number).name == "SIGHUP":
                _leave_terminal()
            raise KeyboardInterrupt


@contextlib.contextmanager
def orderly() -> Iterator[Ending]:
    """In here, being ended is an interruption; after it, no temporary folder is left."""
    ending = Ending()
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)] if _is_main() else []
    # What is ignored stays so: `nohup` means it.
    heard = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in heard:
        signal.signal(number, ending.hear)
    try:
        yield ending
    finally:
        with _deaf(heard):
            _put_away()


@contextlib.contextmanager
def _deaf(heard: list[int]) -> Iterator[None]:
    """Nothing disturbs what is done in here; it is short."""
    numbers = [*heard, signal.SIGINT] if _is_main() else []
    before = [signal.signal(number, lambda *ignored: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, signal.SIG_DFL if number in heard else handler)


def _put_away() -> None:
    scratch = sys.modules.get("grader.observe.scratch")  # else nothing was made
    if scratch is not None:
        scratch.put_away()
        scratch.sweep()


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _leave_terminal() -> None:
    """Nobody is there any more: what is still said would fail, and stop what puts things away."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        with contextlib.suppress(OSError):
            if stat.S_ISCHR(os.fstat(descriptor).st_mode):
                os.dup2(nothing, descriptor)
    os.close(nothing)
