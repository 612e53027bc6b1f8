"""Single keys from a terminal; where there is none, the first letters of lines."""

from __future__ import annotations

import contextlib
import queue
import sys
import threading
import time
from collections.abc import Iterator
from typing import Protocol, TextIO, final

__all__ = ["Keyboard", "LineKeys", "keyboard"]


class Keyboard(Protocol):
    """Something that gives keys."""

    def read(self, timeout: float) -> str | None:
        """The next key, in small letters; None where none was pressed within `timeout` seconds."""
        ...


@contextlib.contextmanager
def keyboard(stream: TextIO) -> Iterator[Keyboard]:
    """Keys from `stream`: as they are pressed where it is a terminal, which is put back as it was at the end."""
    if not stream.isatty():
        yield LineKeys(stream)
    elif sys.platform == "win32":
        yield _WindowsKeys()
    else:
        with _raw_keys(stream) as keys:
            yield keys


@final
class LineKeys:
    """The first letter of each line. At the end of the stream there are no more keys; the watch goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._keys: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._pump, args=(stream,), daemon=True).start()

    def _pump(self, stream: TextIO) -> None:
        for line in stream:
            if key := line.strip()[:1].lower():
                self._keys.put(key)

    def read(self, timeout: float) -> str | None:
        try:
            return self._keys.get(timeout=timeout)
        except queue.Empty:
            return None


if sys.platform == "win32":
    import msvcrt

    @final
    class _WindowsKeys:
        def read(self, timeout: float) -> str | None:
            end = time.monotonic() + timeout
            while not msvcrt.kbhit():
                if time.monotonic() >= end:
                    return None
                time.sleep(0.02)
            return msvcrt.getwch().lower()

else:
    import os
    import select

    @contextlib.contextmanager
    def _raw_keys(stream: TextIO) -> Iterator[Keyboard]:
        import termios
        import tty

        descriptor = stream.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor)
        try:
            yield _TerminalKeys(descriptor)
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    @final
    class _TerminalKeys:
        def __init__(self, descriptor: int) -> None:
            self._descriptor = descriptor

        def read(self, timeout: float) -> str | None:
            ready, _, _ = select.select([self._descriptor], [], [], timeout)
            if not ready:
                return None
            data = os.read(self._descriptor, 64)
            # An arrow or a function key arrives as several bytes that begin with ESC; none of them means anything here.
            return data[:1].decode("ascii", "ignore").lower() if data else None
