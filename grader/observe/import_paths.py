"""Import paths: modules and programs are never looked for in the current folder, which may hold students' files.

Imports nothing that such a folder could hold.
"""

from __future__ import annotations

import os
import sys

__all__ = ["absolute", "begun_unsafely", "keep_to_own_folders", "module_folders"]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 — see above
_UNSAFE = (
    "`python -m` has Python look for its own modules in this folder first, so a file of the right name here would run. "
    "Use the command `grader` or `grade`; or put -P before -m: `python -P -m grader`"
)
_LEFT_OUT = (
    "PYTHONPATH has an entry that is empty or relative, by which Python looks for its own modules in this folder. It "
    "was left out here; but take it out of the variable: Python has looked there before numgrade could begin"
)


def begun_unsafely() -> str | None:
    """What to do instead, where `python -m grader` was typed in a folder that is not the one of this package."""
    is_ours = sys.flags.safe_path or _is_same(sys.path[0], os.path.dirname(_PACKAGE))  # noqa: PTH120 — see above
    return None if is_ours else _UNSAFE


def keep_to_own_folders() -> str | None:
    """Look no more into the folder at hand, nor let what we start do so; what a person should know of it."""
    sys.path[:] = module_folders()
    os.environ["PYTHONSAFEPATH"] = "1"
    if os.name == "posix" and "PATH" in os.environ:
        os.environ["PATH"] = absolute(os.environ["PATH"])
    return _LEFT_OUT if _relative_entries() else None


def module_folders() -> list[str]:
    """`sys.path`, but for the folder at hand and what was named as seen from there."""
    left_out = [os.curdir, *_relative_entries()]
    return [folder for folder in sys.path if _is_absolute(folder) and not any(_is_same(folder, o) for o in left_out)]


def absolute(folders: str) -> str:
    """Those of a list of folders, as in `PATH`, that do not depend on the folder at hand."""
    return os.pathsep.join(filter(_is_absolute, folders.split(os.pathsep)))


def _relative_entries() -> list[str]:
    """Of `PYTHONPATH`; Python has made them absolute in `sys.path`."""
    entries = "" if sys.flags.ignore_environment else os.environ.get("PYTHONPATH", "")
    return [entry or os.curdir for entry in entries.split(os.pathsep) if not _is_absolute(entry)] if entries else []


def _is_absolute(folder: str) -> bool:
    return os.path.isabs(folder)  # noqa: PTH117


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.realpath(one) == os.path.realpath(other)
    except OSError:  # the folder at hand is gone, and nothing can lie in it
        return False
