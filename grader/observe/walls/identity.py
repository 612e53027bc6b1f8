"""The user that runs a submission: never root, and without capabilities."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import Final

from grader.observe.walls.kernel import capset, prctl

__all__ = ["change_user", "is_root", "unused_user"]

_UNUSED: Final = range(60578, 61184)  # given to nobody by Linux's distributions
_NOBODY: Final = 65534
_PR_SET_KEEPCAPS: Final = 8
_PR_CAPBSET_DROP: Final = 24
_PR_CAP_AMBIENT: Final = 47
_PR_CAP_AMBIENT_CLEAR_ALL: Final = 4
_LAST_CAPABILITY: Final = 63
_READ_ANYTHING: Final = 1 << 2  # CAP_DAC_READ_SEARCH


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def unused_user(number: int) -> int:
    """A user number that no account has. Different numbers give different users, as long as there are enough."""
    return _UNUSED[number % len(_UNUSED)]


def change_user(user: int, *, reads_anything: bool) -> None:
    """Give up root for `user`, or for `nobody` where this container has no such user; and every capability.

    With `reads_anything` one is kept, where it is there: to read what Landlock allows although its owner alone may, for
    a Python that is installed under root's home.
    """
    for capability in range(_LAST_CAPABILITY + 1):
        with contextlib.suppress(OSError):  # past the last that this kernel has, or not ours to drop: exec is forbidden
            prctl(_PR_CAPBSET_DROP, capability)
    prctl(_PR_SET_KEEPCAPS, int(reads_anything))
    _leave_root(user)
    with contextlib.suppress(OSError):
        prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    try:
        capset(_READ_ANYTHING if reads_anything else 0)
    except PermissionError:
        capset(0)


def _leave_root(user: int) -> None:
    for candidate in (user, _NOBODY):
        try:
            os.setgroups([])
            os.setresgid(candidate, candidate, candidate)
            os.setresuid(candidate, candidate, candidate)
        except OSError as error:
            # EINVAL: no such user in this container. EPERM: a root that may not even change its user is one in name
            # only, and gives up what capabilities it has.
            if error.errno not in (errno.EINVAL, errno.EPERM):
                raise
        else:
            return
