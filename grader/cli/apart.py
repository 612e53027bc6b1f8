"""Doing something as a user that nobody is, where a place runs us as root."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import Final, NoReturn

from grader.errors import NotJudged

__all__ = ["apart"]

_PR_SET_DUMPABLE: Final = 4


def apart(work: Callable[[str], str]) -> str:
    """What `work` returns, given the isolation that it has to ask for.

    As root it is done by a child that gives up root first: it keeps what has been read before, and neither it nor what
    it starts can read the files that are root's alone. So answers are safe where there are no walls. Others of its
    user cannot look into the child. Where nobody but root can
    read this Python there can be no such child: there have to be walls.
    """
    from grader.observe.walls.identity import is_root
    from grader.observe.walls.levels import AUTO, Level

    if not is_root():
        return work(AUTO)
    if _is_for_root_alone():
        return work(Level.STANDARD.value)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(lambda: work(AUTO), writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        text = stream.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise NotJudged("the process that judges has failed")
    return text.decode("utf-8")


def _is_for_root_alone() -> bool:
    import sysconfig

    from grader.observe.walls.readable import PACKAGE, first_shut

    paths = sysconfig.get_paths()
    return first_shut([sys.executable, paths["stdlib"], paths["purelib"], str(PACKAGE)]) is not None


def _answer(work: Callable[[], str], writing: int) -> NoReturn:
    """The child's whole life."""
    from grader.observe.walls.identity import become, spare_user
    from grader.observe.walls.kernel import prctl

    status = 1
    try:
        become(spare_user(os.getpid()), reads_anything=False)
        prctl(_PR_SET_DUMPABLE, 0)
        with os.fdopen(writing, "wb") as stream:
            stream.write(work().encode("utf-8"))
        status = 0
    except BaseException:  # noqa: BLE001 — a border: a child that went on would be a second parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
