"""An interpreter of ours: its command, its environment, and how this process becomes one.

Imports nothing but what every interpreter has: a program that begins anew pays for it twice.
"""

from __future__ import annotations

import os
import sys

from grader.observe.import_paths import absolute

__all__ = ["HOMES", "ONE_THREAD", "SAFE", "become", "environment", "interpreter", "isolated"]

HOMES = ("HOME", "USERPROFILE", "TMPDIR", "TMP", "TEMP", "MPLCONFIGDIR")
SAFE = {"PYTHONSAFEPATH": "1"}  # for what a process of ours starts in its turn
# A thread for each processor is begun when numpy is imported, which takes a third of the time of that, and nothing of
# what is graded, or grades, is large enough for it. A process with threads cannot well be forked.
ONE_THREAD = {
    **{f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "BLIS")},
    "VECLIB_MAXIMUM_THREADS": "1",
}
_BOOTSTRAP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bootstrap.py")  # noqa: PTH100, PTH118, PTH120
# What an interpreter may need to find its own libraries.
_KEPT = ("SYSTEMROOT", *(("PATH",) if sys.platform == "win32" else ()))
# Lists of folders, in which nothing and `.` mean the folder at hand.
_SEARCHED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def interpreter() -> str:
    if not sys.executable:
        from grader.errors import NotJudged

        raise NotJudged("there is no Python interpreter to run submissions with: `sys.executable` is empty")
    return sys.executable


def isolated(*arguments: str, options: tuple[str, ...] = ()) -> list[str]:
    """From the user's settings and the folder at hand, as by `-I`, which would ignore our environment too."""
    return [interpreter(), "-s", "-P", "-X", "utf8", *options, _BOOTSTRAP, *arguments]


def environment(home: str) -> dict[str, str]:
    """Nothing of the user's own. Equal hashes make equal orders of sets, so that a verdict does not depend on luck."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        **_searched(),
        **SAFE,
        **ONE_THREAD,
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        **dict.fromkeys(HOMES, home),
    }


def _searched() -> dict[str, str]:
    found = {name: absolute(os.environ.get(name, "")) for name in _SEARCHED}
    return {name: folders for name, folders in found.items() if folders}


def become(arguments: list[str], variables: dict[str, str]) -> None:
    """Be that process from now on, with the number, the folder and the streams that this one has. Raises `OSError`."""
    os.execve(arguments[0], arguments, variables)  # noqa: S606 — our own interpreter and our own file
