"""The ancestor's process: it imports what a zygote needs, and forks one whenever it is asked for (`ancestor`)."""

from __future__ import annotations

import gc
import os
import select
import socket
from collections.abc import Iterable
from typing import Never

from grader.observe import zygote_main
from grader.observe.zygote_protocol import ANSWER, STARTED

__all__ = ["main"]


def main() -> None:
    """Serve until nobody has the other end of the socket any more, and the last zygote has ended."""
    orders = zygote_main.ready()
    gc.collect()
    gc.freeze()  # what is here now stays; no zygote need look at it, and so copy it
    handles: dict[int, int] = {}  # of processes, by their pidfds
    poll = select.poll()
    poll.register(orders, select.POLLIN)
    while poll.poll():
        _reap(handles, poll)
        if not select.select([orders], [], [], 0)[0]:
            continue
        order, ends, _, _ = socket.recv_fds(orders, 1, 2, socket.MSG_CMSG_CLOEXEC)
        if not order:
            break
        process = os.fork()
        if process == 0:
            _become_zygote((orders.detach(), *handles), *ends)
        for end in ends:
            os.close(end)
        handle = os.pidfd_open(process)
        handles[handle] = process
        poll.register(handle, select.POLLIN)
    for process in handles.values():  # whoever had them is gone
        os.waitpid(process, 0)
    os._exit(0)


def _reap(handles: dict[int, int], poll: select.poll) -> None:
    """Wait for those that have ended: what they took of the processor is counted with what this process took."""
    for handle, process in list(handles.items()):
        if os.waitpid(process, os.WNOHANG) != (0, 0):
            poll.unregister(handle)
            os.close(handle)
            del handles[handle]


def _become_zygote(others: Iterable[int], control: int, words: int) -> Never:
    """With its end of the socket, and where it writes its last words; `others` are not its own."""
    try:
        os.setsid()
        for descriptor in others:
            os.close(descriptor)
        os.dup2(words, 2)
        os.close(words)
        with socket.socket(fileno=control) as channel:
            own = os.pidfd_open(os.getpid())
            socket.send_fds(channel, [ANSWER.pack(0, STARTED, os.getpid())], [own])
            os.close(own)
            zygote_main.serve_orders(channel)
    except BaseException as error:  # noqa: BLE001 — a boundary: nothing may get back into the ancestor's own loop
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(1)
