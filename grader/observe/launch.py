"""How the interpreters of workers are started: command, environment, and an empty folder to be in."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from grader.errors import NotJudged
from grader.observe.enclosure import HOMES

__all__ = ["command", "environment", "leave_home", "new_home"]

_BOOTSTRAP: Final = Path(__file__).with_name("bootstrap.py")
_NEEDED: Final = ("numpy", "msgspec")
_THREADS: Final = ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "BLIS")
# What an interpreter may need to find its own libraries.
_KEPT: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", *(("PATH",) if sys.platform == "win32" else ()))


def command(role: str, parent: int | None = None) -> list[str]:
    """Isolated from the user's settings and the folder at hand, as by `-I`, which would ignore our environment too."""
    if not sys.executable:
        raise NotJudged("there is no Python interpreter to run submissions with: `sys.executable` is empty")
    options = ["-s", "-P", "-X", "utf8"]
    return [sys.executable, *options, str(_BOOTSTRAP), role, "-" if parent is None else str(parent), *_folders()]


def environment(home: str) -> dict[str, str]:
    """Nothing of the user's own. Equal hashes make equal orders of sets, so that a verdict does not depend on luck."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        **{f"{library}_NUM_THREADS": "1" for library in _THREADS},
        "VECLIB_MAXIMUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "LANG": "C.UTF-8",
        **dict.fromkeys(HOMES, home),
    }


def new_home() -> str:
    return tempfile.mkdtemp(prefix="grader-")


def leave_home(home: str) -> None:
    shutil.rmtree(home, ignore_errors=True)


def _folders() -> list[str]:
    """Where numpy and msgspec are: in a user's own site folder, say, which a worker does not look into by itself."""
    found = [importlib.util.find_spec(name) for name in _NEEDED]
    origins = [Path(spec.origin) for spec in found if spec is not None and spec.origin is not None]
    return list(dict.fromkeys(str(origin.parent.parent) for origin in origins))
