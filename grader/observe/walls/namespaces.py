"""Namespaces: each child sees no process, no message queue and no user but its own (Linux, unprivileged)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, final

from grader.observe.walls.kernel import prctl, setns, unshare

__all__ = ["Namespaces", "enter_own_user"]

# The kernel's numbers; Python has names for them from 3.12 on.
_NEW_USER: Final = 0x10000000
_NEW_PROCESSES: Final = 0x20000000
_NEW_MESSAGES: Final = 0x08000000
_PR_SET_DUMPABLE: Final = 4


@final
class Namespaces:
    """A zygote's: it moves into namespaces of users and processes that are its own, in which it may make others."""

    def __init__(self) -> None:
        user, group = os.geteuid(), os.getegid()
        prctl(_PR_SET_DUMPABLE, 1)  # or the files below are root's
        try:
            unshare(_NEW_USER | _NEW_PROCESSES)
        except OSError as error:
            raise SystemExit(f"users may not make namespaces here: {error.strerror}") from None
        _map(user, group)
        _go_on_in_a_child()
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(self) -> int:
        """As `os.fork`; the child is the first process of its namespace, and all in it end with it.

        An ordinary fork between two changes of where children go, and not one raw `clone`: so Python and the C library
        know that they have been forked.
        """
        unshare(_NEW_PROCESSES | _NEW_MESSAGES)
        process = -1
        try:
            process = os.fork()
        finally:
            if process != 0:
                setns(self._own, _NEW_PROCESSES)
        return process


def enter_own_user() -> None:
    """Move into a new user namespace: unprivileged in it, and with its own count of processes."""
    unshare(_NEW_USER)


def _map(user: int, group: int) -> None:
    """Who one is outside, one is inside too: only who is somebody may make further namespaces of users."""
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny", encoding="ascii")
    (own / "uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    (own / "gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _go_on_in_a_child() -> None:
    """Only a child is in a new namespace of processes: it is the first there. Its parent stays for its end."""
    process = os.fork()
    if process != 0:
        _, status = os.waitpid(process, 0)
        os._exit(abs(os.waitstatus_to_exitcode(status)))
