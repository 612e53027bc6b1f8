"""What a program of ours that begins anew does first (`anew`): it forks the ancestor of what runs submissions.

Until then it is what any process is that `launch.command` starts, and has read nothing.
"""

from __future__ import annotations

import importlib
import marshal
import os
import socket
import sys
import time
from typing import Any, Final, Never

from grader.observe import ancestor_main
from grader.observe.process_setup import close_all_but, threads

__all__ = ["main"]

_STANDARD: Final = {0, 1, 2}


def main(descriptor: int) -> None:
    """Fork it, and go on as the program of which the file `descriptor` tells."""
    if threads() == 1:
        orders, process = _forked()
        from grader.observe.ancestor import use_own_ancestor

        use_own_ancestor(orders, process)
    with os.fdopen(descriptor, "rb") as file:
        told = marshal.loads(file.read())  # noqa: S302 — of this very process, of a moment ago
    _be_as_before(told)
    importlib.import_module(f"grader.{told['program']}").main()


def _forked() -> tuple[socket.socket, int]:
    """The socket that takes orders for zygotes, and the number of the process that does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    process = os.fork()
    if process == 0:
        _become_ancestor(ours.detach(), theirs.detach())
    theirs.close()
    return ours, process


def _become_ancestor(ours: int, theirs: int) -> Never:
    """With that socket alone, in no folder of anybody's, and where no signal of the terminal reaches it."""
    try:
        os.close(ours)
        os.setsid()
        os.chdir(os.sep)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor, place in ((theirs, 0), (nothing, 1), (nothing, 2)):
            os.dup2(descriptor, place)
        close_all_but(_STANDARD)
        ancestor_main.main()
    finally:
        os._exit(1)


def _be_as_before(told: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(told["environment"])
    time.tzset()
    sys.path[:] = told["folders"]
    sys.argv = told["arguments"]
    sys.dont_write_bytecode = told["writes_no_bytecode"]
    for stream, ways in zip((sys.stdin, sys.stdout, sys.stderr), told["streams"], strict=True):
        _write_so(stream, *ways)


def _write_so(stream: Any, encoding: str, errors: str, line_buffering: bool, write_through: bool) -> None:
    stream.reconfigure(encoding=encoding, errors=errors, line_buffering=line_buffering, write_through=write_through)
