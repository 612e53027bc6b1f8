"""Orderly termination: on Ctrl-C, SIGTERM or SIGHUP, temporary files are removed before the process exits."""

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

__all__ = ["INTERRUPTED", "Termination", "orderly_termination"]

INTERRUPTED: Final = 130
_SIGNALLED: Final = 128
_NAMES: Final = ("SIGTERM", "SIGHUP")


@final
class Termination:
    """Which signal ends this process, as an exit status: 128 + its number; 130 for Ctrl-C."""

    def __init__(self) -> None:
        self.status = INTERRUPTED

    def handle(self, number: int, frame: FrameType | None) -> None:
        """A signal handler: raise `KeyboardInterrupt`, once. Further signals are ignored while it is handled."""
        if self.status == INTERRUPTED:
            self.status = _SIGNALLED + number
            if signal.Signals(number).name == "SIGHUP":
                _leave_terminal()
            raise KeyboardInterrupt


@contextlib.contextmanager
def orderly_termination() -> Iterator[Termination]:
    """A context in which SIGTERM and SIGHUP raise `KeyboardInterrupt`; temporary folders are removed on the way out."""
    termination = Termination()
    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)] if _is_main() else []
    # A signal that is ignored already stays ignored: that is what `nohup` asks for.
    heard = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in heard:
        signal.signal(number, termination.handle)
    try:
        yield termination
    finally:
        with _ignoring(heard):
            _remove_temporary_files()


@contextlib.contextmanager
def _ignoring(heard: list[int]) -> Iterator[None]:
    """A context in which these signals and Ctrl-C are ignored, for a short cleanup."""
    numbers = [*heard, signal.SIGINT] if _is_main() else []
    before = [signal.signal(number, lambda *ignored: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, signal.SIG_DFL if number in heard else handler)


def _remove_temporary_files() -> None:
    scratch = sys.modules.get("grader.observe.scratch")  # if it was never imported, there is nothing to remove
    if scratch is not None:
        scratch.remove_all()
        scratch.sweep()


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _leave_terminal() -> None:
    """Send output to the null device: the terminal is gone, and a failing write would stop the cleanup."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (1, 2):
        with contextlib.suppress(OSError):
            if stat.S_ISCHR(os.fstat(descriptor).st_mode):
                os.dup2(nothing, descriptor)
    os.close(nothing)
