"""bubblewrap: a view of the machine in which there is nothing but Python, for one zygote and its children."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from grader.observe.import_paths import absolute
from grader.observe.walls.levels import HOME
from grader.observe.walls.readable import PACKAGE, Readable

__all__ = ["command", "program"]

_FOLDERS_OF_SYSTEM: Final = ("/lib", "/lib32", "/lib64", "/libx32")
_APART: Final = ("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
_COURSE: Final = PACKAGE / "_course"  # the example that an installed package carries, with its solutions


def program() -> str | None:
    """Where bubblewrap is, if it is; never one that lies in the folder at hand."""
    return shutil.which("bwrap", path=absolute(os.environ.get("PATH", os.defpath)))


def command(inner: Sequence[str], shown: Readable, *, as_root: bool, dies_with_us: bool) -> list[str]:
    """`inner` inside. Root needs no user namespace to begin with, and can be another user in there."""
    found = program()
    if found is None:
        raise FileNotFoundError("bwrap is not on PATH")
    capabilities = ("--cap-drop", "ALL", *_each("--cap-add", ("CAP_SETUID", "CAP_SETGID", "CAP_CHOWN")))
    return [
        found,
        *_APART,
        *(capabilities if as_root else ("--unshare-user",)),
        *(("--die-with-parent",) if dies_with_us else ()),
        *("--hostname", "student", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),  # noqa: S108 — inside
        *_view(shown),
        *("--tmpfs", HOME, "--chdir", "/", "--remount-ro", "/", "--"),
        *inner,
    ]


def _view(shown: Readable) -> Iterable[str]:
    paths = list(dict.fromkeys([*shown.trees, *_interpreter(), str(PACKAGE)]))
    # Else those above a folder for root alone would be for root alone as well.
    yield from _each("--dir", dict.fromkeys(str(above) for path in paths for above in reversed(Path(path).parents)))
    for path in paths:
        if path in _FOLDERS_OF_SYSTEM and Path(path).is_symlink():
            yield from ("--symlink", str(Path(path).readlink()), path)
        else:
            yield from ("--ro-bind-try", str(Path(path).resolve()), path)
    if _COURSE.exists():
        yield from ("--tmpfs", str(_COURSE))


def _interpreter() -> list[str]:
    """The files that Python is started by, and the one that says where a virtual environment's Python is."""
    executable = Path(sys.executable)
    return [
        str(executable),
        str(executable.resolve()),
        str(Path(sys.prefix) / "pyvenv.cfg"),
        str(Path(sysconfig.get_paths()["stdlib"])),
    ]


def _each(option: str, values: Iterable[str]) -> Iterable[str]:
    for value in values:
        yield from (option, value)
