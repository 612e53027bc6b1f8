"""The zygote's process: it has everything imported, and forks a child for each session. It never sees a submission.

On its standard input is a socket (`grader.observe.zygote_protocol`); `grader.observe.zygote` has the other end of it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
from collections.abc import Sequence
from typing import Final, Never, final

import msgspec

from grader.observe.heap import fill_holes
from grader.observe.kept import import_modules, keep
from grader.observe.process_setup import close_all_but, die_with_parent, move_pipes, replace_streams, threads, use_home
from grader.observe.walls.guard import Guard
from grader.observe.walls.plan import Plan
from grader.observe.worker import serve, warm_up
from grader.observe.zygote_protocol import ANSWER, ENDED, FAILED, MAX_ORDER_BYTES, MAX_PLAN_BYTES, NUMBER, STARTED

__all__ = ["main", "ready", "serve_orders"]

# Seconds. While a class is judged the next submission comes sooner; a child that waits longer has time to warm up.
_IDLE: Final = 0.02


def main() -> None:
    """Serve until the other end of the socket is closed."""
    serve_orders(ready())


def ready() -> socket.socket:
    """Make this process what every zygote is, whatever its plan; the socket on its standard input."""
    control = socket.socket(fileno=os.dup(0))
    _open_streams()
    warm_up()
    return control


def serve_orders(control: socket.socket) -> None:
    """Put on what the plan says, which comes first, and fork children."""
    plan = msgspec.msgpack.decode(control.recv(MAX_PLAN_BYTES), type=Plan)
    if plan.home:
        use_home(plan.home)
    keep(_import_warm(plan.modules))
    guard = Guard(plan)
    gc.collect()
    fill_holes()
    gc.freeze()  # what is here now stays; no child need look at it, and so copy it
    _ForkServer(control, guard).run()


def _import_warm(modules: Sequence[str]) -> list[str]:
    """Import, and name, what starts no threads: a fork would have none of them, and might wait for them for ever.

    What does is imported by each child for itself.
    """
    warm = list(modules)
    while (number := _tried(warm)) < len(warm):
        del warm[number]
    import_modules(warm)
    return warm


def _tried(modules: Sequence[str]) -> int:
    """How many a child could import, one after the other, before one failed or started threads."""
    if not modules:
        return 0
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            before = threads()
            for module in modules:
                import_modules([module])
                if threads() > before:
                    break
                os.write(write, b".")
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answers:
        count = len(answers.read())
    os.waitpid(process, 0)
    return count


def _open_streams() -> None:
    """Make here, once, the streams of all children: of an empty input, and of pipes for what is printed.

    A stream goes by what its descriptor was when it was made; in a child, a pipe of its own takes that place.
    """
    nothing = os.open(os.devnull, os.O_RDONLY)
    read, write = os.pipe()
    os.dup2(nothing, 0)
    os.dup2(write, 1)
    for descriptor in (nothing, read, write):
        os.close(descriptor)
    replace_streams()


@final
class _ForkServer:
    def __init__(self, control: socket.socket, guard: Guard) -> None:
        self._control = control
        self._guard = guard
        self._children: dict[int, tuple[int, int]] = {}  # by pidfd: number of the order, process
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def run(self) -> None:
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._children:
                    self._reap(descriptor)
                else:
                    self._handle_order()

    def _handle_order(self) -> None:
        order, ends, _, _ = socket.recv_fds(self._control, MAX_ORDER_BYTES, 3, socket.MSG_CMSG_CLOEXEC)
        if not order:
            os._exit(0)  # and the children with it
        (number,) = NUMBER.unpack_from(order)
        try:
            process = self._guard.fork()
            if process == 0:
                _run_child(self._guard, order[NUMBER.size :].decode(), *ends)
            self._watch(number, process)
        except OSError as error:
            self._control.send(ANSWER.pack(number, FAILED, error.errno or 0))
        finally:
            for end in ends:
                os.close(end)

    def _watch(self, number: int, process: int) -> None:
        handle = os.pidfd_open(process)
        self._children[handle] = number, process
        self._poll.register(handle, select.POLLIN)
        socket.send_fds(self._control, [ANSWER.pack(number, STARTED, 0)], [handle])

    def _reap(self, handle: int) -> None:
        number, process = self._children.pop(handle)
        self._poll.unregister(handle)
        os.close(handle)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)  # what it has started; its number is its own until it was waited for
        _, status = os.waitpid(process, 0)
        self._control.send(ANSWER.pack(number, ENDED, os.waitstatus_to_exitcode(status)))


def _run_child(guard: Guard, home: str, requests: int, replies: int, output: int) -> Never:
    try:
        parent = os.getppid()
        os.setsid()
        die_with_parent(parent)
        kept = move_pipes(requests, replies, output)
        close_all_but({0, 1, 2, *kept, *guard.descriptors})
        if home:
            use_home(home)
        if not select.select([kept[0]], [], [], _IDLE)[0]:
            warm_up()
        serve(*kept, guard.close_in)
    except BaseException as error:  # noqa: BLE001 — a boundary: nothing may get back into the zygote's own loop
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(70)
