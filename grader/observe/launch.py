"""How the interpreters of workers are started: command and environment."""

from __future__ import annotations

import importlib.util
import os
import sys
import threading
from pathlib import Path
from typing import Final

from grader.errors import NotJudged
from grader.observe.enclosure import HOMES
from grader.observe.walls.levels import Level

__all__ = ["command", "enclosed", "environment"]

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


def enclosed(arguments: list[str], level: Level) -> list[str]:
    """The same command, within a view of the machine that shows nothing else, where `level` wants that."""
    if level is not Level.STRICT:
        return arguments
    from grader.observe.walls import bubblewrap
    from grader.observe.walls.identity import is_root
    from grader.observe.walls.readable import readable

    # Linux means the thread: only the main one surely outlives the process.
    is_lasting = threading.current_thread() is threading.main_thread()
    return bubblewrap.command(arguments, readable(), as_root=is_root(), dies_with_us=is_lasting)


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


def _folders() -> list[str]:
    """Where numpy and msgspec are: in a user's own site folder, say, which a worker does not look into by itself."""
    found = [importlib.util.find_spec(name) for name in _NEEDED]
    origins = [Path(spec.origin) for spec in found if spec is not None and spec.origin is not None]
    return list(dict.fromkeys(str(origin.parent.parent) for origin in origins))
