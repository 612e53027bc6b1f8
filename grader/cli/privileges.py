"""Giving up root: an autograder that is started as root judges as a user that owns nothing."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import Final, NoReturn

from grader.errors import NotJudged

__all__ = ["run_unprivileged"]

_PR_SET_DUMPABLE: Final = 4


def run_unprivileged(work: Callable[[str], str]) -> str:
    """What `work` returns; it is called with the level of isolation that it has to ask for.

    Where this process is root, a forked child does the work, after it has changed to a user of its own. The child keeps
    what was read before the fork, but neither it nor any process that it starts can read files that only root may read.
    So the answers stay secret even without isolation. Other processes of the same user cannot read the child's memory.
    Where only root may read this Python installation, no such child can run: then isolation is required.
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
        _answer_from_child(lambda: work(AUTO), writing)
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


def _answer_from_child(work: Callable[[], str], writing: int) -> NoReturn:
    """All that the child does: change its user, work, write the text to the pipe, exit."""
    from grader.observe.walls.identity import change_user, unused_user
    from grader.observe.walls.kernel import prctl

    status = 1
    try:
        change_user(unused_user(os.getpid()), reads_anything=False)
        prctl(_PR_SET_DUMPABLE, 0)
        with os.fdopen(writing, "wb") as stream:
            stream.write(work().encode("utf-8"))
        status = 0
    except BaseException:  # noqa: BLE001 — a boundary: a child that went on would be a second parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
