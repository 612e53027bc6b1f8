"""Single keys from a terminal; where there is none, the first letters of lines."""

from __future__ import annotations

import _thread
import contextlib
import queue
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, Protocol, TextIO, TypeVar, final

__all__ = ["QUIT", "Keyboard", "LineKeys", "Quit", "keyboard", "unless_quit"]

QUIT: Final = "q"
_LISTENING: Final = 0.1
_AGAIN: Final = 0.05

T = TypeVar("T")


class Quit(Exception):
    """The key to quit was pressed while something else was under way."""


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


def unless_quit(keys: Keyboard, action: Callable[[], T]) -> T:
    """What `action` gives. `Quit` at once, if the key to quit is pressed meanwhile; other keys are not heeded.

    For the main thread, which is interrupted as by Ctrl-C, so that `action` puts away what it has begun. It is so where
    Ctrl-C itself is ignored too, as in what a script starts in the background.
    """
    done, quitting, heard = threading.Event(), threading.Event(), threading.Event()
    deciding = threading.Lock()

    def listen() -> None:
        while not done.is_set():
            if keys.read(_LISTENING) == QUIT:
                with deciding:
                    if not done.is_set():
                        quitting.set()
                        _interrupt_main(heard)
                return

    listener = threading.Thread(target=listen, daemon=True)
    try:
        with _interruptible(heard):
            listener.start()
            result = action()
            with deciding:
                done.set()
            listener.join()
    except KeyboardInterrupt:
        if quitting.is_set():
            raise Quit from None
        raise
    finally:
        done.set()
    return result


if sys.platform == "win32":

    def _interruptible(heard: threading.Event) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def _interrupt_main(heard: threading.Event) -> None:
        _thread.interrupt_main()

else:

    @contextlib.contextmanager
    def _interruptible(heard: threading.Event) -> Iterator[None]:
        """`_interrupt_main` works in here: by a signal of its own, which also ends a wait."""

        def interrupt(number: int, frame: object) -> None:
            if not heard.is_set():  # once: what was begun is being put away after that
                heard.set()
                raise KeyboardInterrupt

        before = signal.signal(signal.SIGUSR1, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGUSR1, before)

    def _interrupt_main(heard: threading.Event) -> None:
        """Again until it is heard: a signal that comes just before a wait is only looked at when the wait is over."""
        while not heard.is_set():
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
            heard.wait(_AGAIN)


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
            self._typed: deque[str] = deque()

        def read(self, timeout: float) -> str | None:
            if not self._typed and select.select([self._descriptor], [], [], timeout)[0]:
                # An arrow or a function key arrives as several bytes that begin with ESC; none means anything here.
                keys, _, _ = os.read(self._descriptor, 64).partition(b"\x1b")
                self._typed.extend(keys.decode("ascii", "ignore").lower())
            return self._typed.popleft() if self._typed else None
