"""A process that grades: it does what `grader.classroom.local` asks of it, one thing at a time, and nothing else.

It runs nothing of a submission, and hears of the end of the run by the end of its standard input.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, BinaryIO, Final, TypeAlias, final

from grader.observe import scratch
from grader.observe.process_setup import move_pipes

__all__ = ["RemoteCall", "RemoteError", "main"]

_LEAVE: Final = 10.0  # seconds to clean up in, after the controller has closed the pipe

RemoteCall: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...]]


@final
@dataclass(frozen=True, slots=True)
class RemoteError:
    """An answer: the call has raised this."""

    error: Exception


@final
@dataclass
class _State:
    calls: queue.SimpleQueue[RemoteCall | None] = field(default_factory=queue.SimpleQueue)
    is_busy: bool = False

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """Nobody waits for what is being done; but what cleans up afterwards is not disturbed."""
        if self.is_busy:
            raise KeyboardInterrupt


def main() -> None:
    """Answer calls until there are no more."""
    requests, replies, _ = move_pipes(0, 1, 2)
    state = _State()
    signal.signal(signal.SIGINT, state.interrupt)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_listen, args=(os.fdopen(requests, "rb"), state), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError), os.fdopen(replies, "wb") as stream:
        while (call := state.calls.get()) is not None:
            stream.write(_answer(call, state))
            stream.flush()


def _answer(call: RemoteCall, state: _State) -> bytes:
    function, arguments = call
    state.is_busy = True
    try:
        return _pickled(function(*arguments))
    except Exception as error:  # noqa: BLE001 — a boundary: the caller is told
        return _failure(error)
    finally:
        state.is_busy = False


def _failure(error: Exception) -> bytes:
    try:
        pickled = _pickled(RemoteError(error))
        pickle.loads(pickled)  # noqa: S301 — our own, of a moment ago: not all that can be pickled can be had back
    except Exception:  # noqa: BLE001 — an exception may be of any kind
        return _pickled(RemoteError(RuntimeError(f"{type(error).__name__}: {error}")))
    return pickled


def _pickled(answer: object) -> bytes:
    return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)


def _listen(stream: BinaryIO, state: _State) -> None:
    with contextlib.suppress(Exception):  # a boundary: half a call is what is left of a process that has died
        while True:
            state.calls.put(pickle.load(stream))  # noqa: S301 — from the process that started this one
    state.calls.put(None)
    _interrupt_main()
    time.sleep(_LEAVE)
    _leave()


def _leave(*signalled: object) -> None:
    scratch.remove_all()
    os._exit(1)


def _interrupt_main() -> None:
    if sys.platform == "win32":
        import _thread

        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
